"""数据疑点: figures that cannot all be right — cumulative counts that fall, ledgers that disagree — and those of which somebody
has to be asked what they are: last year's once more, or none of last year's end to count from.

合计 that does not match its rows never gets here: the intake refuses such a table.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zyb.alerting.evidence import MonthlyTotals, only
from zyb.alerting.model import Fault
from zyb.periods import chinese_day, month_end
from zyb.records import Part
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Region, Roster
from zyb.standing.standings import Standing, Standings
from zyb.standing.tallies import Totals
from zyb.store import Store

# What is asked of the region, after what is said of its figures.
ASKED = {"repeated": "：是当年的，写明理由调整评价；是上年的，改正后重新上报", "startless": ""}


def checked_ledgers() -> set[str]:
    known = [ledger for ledger in ledgers().values() if ledger.cumulative or ledger.agreements]
    return {ledger.id for ledger in known} | {rule.ledger for ledger in known for rule in ledger.agreements}


def faults(
    store: Store, roster: Roster, evidence: MonthlyTotals, known_at: datetime | None
) -> Iterator[Fault]:
    """What is doubtful in the newest figures, and the falls before them that no report has made good."""
    if not evidence.ends:
        return
    last = evidence.totals[evidence.ends[-1]]
    reasons = {snapshot.id: snapshot.reason for snapshot in store.snapshots(roster.province_code)}
    reports = _each_report(store, roster, evidence, known_at)
    for part in last.sources:
        region, ledger = roster.region(part.region_code), ledgers()[part.ledger]
        if region is not None:
            yield from _falls(ledger, region, part, reports, reasons)
            yield from _disagreements(ledger, region, part, last)


# -- cumulative counts that fall ----------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """A cumulative count as one report has it."""

    day: date
    amount: int
    snapshot: int


def _each_report(
    store: Store, roster: Roster, evidence: MonthlyTotals, known_at: datetime | None
) -> list[Totals]:
    """The totals after each report on cumulative counts, oldest first; a month's last ones are at hand."""
    cumulative = {ledger.id for ledger in ledgers().values() if ledger.cumulative}
    known = store.days(roster.province_code, sorted(cumulative), known_at)
    days = [day for day in known if day <= evidence.on]
    midway = [day for day, later in itertools.pairwise(days) if month_end(day) == month_end(later)]
    found: dict[date, Totals] = {}
    if midway:
        editions = [only(e, cumulative) for e in store.editions(roster.province_code, midway, known_at)]
        counts = sorted({tally for name in cumulative for tally in ledgers()[name].cumulative})
        found = dict(zip(midway, store.totals(editions, counts), strict=True))
    return [found[day] if day in found else evidence.totals[evidence.end_of(day)] for day in days]


def _falls(
    ledger: Ledger, region: Region, part: Part, reports: Sequence[Totals], reasons: dict[int, str]
) -> Iterator[Fault]:
    explained = {snapshot for snapshot, reason in reasons.items() if reason}
    for tally in ledger.cumulative:
        said = _series(part, tally, reports)
        fall = _open_fall(said, explained)
        if fall is None:
            continue
        before, after = fall
        told = f"{region.name}{ledger.column(tally).title}{_fallen(before, after, said[-1], reasons)}"
        yield Fault(
            kind="fell",
            region_code=region.code,
            region=region.name,
            ledger=ledger,
            as_of=after.day,
            snapshot=after.snapshot,
            told=told,
        )


def _series(part: Part, tally: str, reports: Sequence[Totals]) -> list[_Said]:
    """What each report of the part itself said; the reports of others repeat it."""
    found: list[_Said] = []
    for totals in reports:
        amount, source = totals.amount(part, tally), totals.sources.get(part)
        if amount is not None and source and (not found or source.snapshot != found[-1].snapshot):
            found.append(_Said(source.as_of, amount, source.snapshot))
    return found


def _open_fall(said: Sequence[_Said], explained: Collection[int]) -> tuple[_Said, _Said] | None:
    """The fall that still stands, as (before, after).

    Without a reason it stands until a report reaches the earlier count again; with one, until the next
    report that does not fall anew: the count that was explained is then the one to hold.
    """
    fall: tuple[_Said, _Said] | None = None
    level = said[0] if said else None
    for report in said[1:]:
        assert level
        if report.amount >= level.amount:
            level, fall = report, None
        elif report.snapshot in explained:
            level, fall = report, (level, report)
        elif fall is None or fall[1].snapshot in explained:
            fall = (level, report)
    return fall


def _fallen(before: _Said, after: _Said, last: _Said, reasons: dict[int, str]) -> str:
    """“由…的90减少到…的84，至…为85，仍未恢复，未说明原因，请核实”."""
    words = f"由{chinese_day(before.day)}的{before.amount}减少到{chinese_day(after.day)}的{after.amount}"
    if last.snapshot != after.snapshot:
        words += f"，至{chinese_day(last.day)}为{last.amount}，仍未恢复"
    reason = reasons.get(after.snapshot, "")
    return f"{words}，{f'原因：{reason}' if reason else '未说明原因，请核实'}"


# -- ledgers that disagree ----------------------------------------------------------------


def _disagreements(ledger: Ledger, region: Region, part: Part, totals: Totals) -> Iterator[Fault]:
    """A summary and an enterprise list of the same month that count the same thing differently."""
    source = totals.sources[part]
    for rule in ledger.agreements:
        theirs = ledgers()[rule.ledger]
        other = replace(part, ledger=theirs.id)
        one, two = totals.amount(part, rule.tally), totals.amount(other, rule.their)
        if one is None or two is None or one == two:
            continue
        if month_end(source.as_of) == month_end(totals.sources[other].as_of):
            told = (
                f"{region.name}{ledger.column(rule.tally).title}不一致：《{ledger.title}》为{one}，"
                f"《{theirs.title}》为{two}，请核实后改正"
            )
            yield Fault(
                kind="disagree",
                region_code=region.code,
                region=region.name,
                ledger=ledger,
                as_of=source.as_of,
                snapshot=source.snapshot,
                told=told,
            )


# -- figures that wait for an answer --------------------------------------------------------


def unanswered(latest: Sequence[Standings], evidence: MonthlyTotals) -> Iterator[Fault]:
    """Whose figures nobody can judge before the region says what they are; once for all measures that they feed."""
    asked: dict[tuple[str, str, str], list[tuple[Standings, Standing]]] = {}
    for found in latest:
        for standing in found.regions:
            if standing.verdict.id in ASKED:
                key = standing.verdict.id, standing.ledger, standing.region_code
                asked.setdefault(key, []).append((found, standing))
    for (kind, ledger, code), told in asked.items():
        found, standing = told[0]
        titles = "、".join(each.measure.title for each, _ in told)
        yield Fault(
            kind=kind,
            region_code=code,
            region=standing.region,
            ledger=ledgers()[ledger],
            as_of=standing.as_of or found.on,
            snapshot=_snapshot(evidence, found.on, ledger, code),
            told=f"{standing.region}{titles}：{'；'.join(found.caveats_of(standing))}{ASKED[kind]}",
        )


def _snapshot(evidence: MonthlyTotals, on: date, ledger: str, code: str) -> int:
    own = [
        source
        for part, source in evidence.edition(on).sources
        if (part.ledger, part.region_code) == (ledger, code)
    ]
    return max(own, key=lambda source: source.as_of).snapshot if own else 0
