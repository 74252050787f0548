"""The split of a change: what each step on the way from one looking to another brings to each region."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zyb.answers import linkage
from zyb.answers.progress import Looked, find_measure, looked_at, looked_on, of_measure, sums_of
from zyb.changes.model import (
    SIDES,
    ChangeKind,
    ChangeSplit,
    ChangeTerm,
    LookedThen,
    PlaceChange,
    SidesPair,
    added_up,
)
from zyb.changes.report_log import LogState, ReportLog
from zyb.changes.steps import ChangeStep, ChangeWay, way
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.records import Edition
from zyb.rulebook.measures import Measure
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster, load_roster
from zyb.standing.arithmetic import shares
from zyb.standing.counting import Counts, KnownTotals, TotalsAt, provinces_own
from zyb.standing.rolling_up import counted, homes
from zyb.store import Store


class Brought(NamedTuple):
    """By region what it brings to both sides, and whether anybody has reported at all."""

    sides: Mapping[str, SidesPair]
    told: bool

    def of(self, code: str) -> SidesPair:
        return self.sides.get(code, (0, 0))


def refusal(measure: Measure) -> tuple[str, str] | None:
    """Why the change of a measure cannot be split, and what to look at instead."""
    if measure.surveys:
        return (
            f"{measure.title}是调查所得的百分比，各次报送不能相加，变化不能分解。",
            "请在“数据查询”中比较两天的数值。",
        )
    return None


def change_split(
    store: Store,
    province: str,
    measure_id: str,
    first: LookedThen,
    second: LookedThen,
    region_code: str | None = None,
) -> ChangeSplit:
    """Why the figures of the province, or of one region, are at the second looking what they were not at the first."""
    roster, measure = load_roster(province), find_measure(province, measure_id)
    if refused := refusal(measure):
        raise NotPossible(*refused)
    _refuse_backwards(first, second)
    log = ReportLog(roster.province_code, tuple(store.report_log(roster.province_code, measure.ledger_ids)))
    stations = list(_stations(measure, log, way(log, first, second)))
    seen = _brought(store, measure, roster, [one.looked for one in stations], region_code)
    steps = [one.step for one in stations if one.step]
    names = _names(measure, roster, region_code)
    places = tuple(_place(code, name, steps, seen) for code, name in names.items())
    told = seen[0].told, seen[-1].told
    if region_code is not None:
        return ChangeSplit(measure, first, second, places[0], (), told)
    whole = added_up(roster.province_code, level_words(roster.province).whole, places)
    return ChangeSplit(measure, first, second, whole, places, told)


def _refuse_backwards(first: LookedThen, second: LookedThen) -> None:
    if second.on < first.on:
        raise NotPossible(
            f"{chinese_day(second.on)}早于{chinese_day(first.on)}，变化要从早的一天看到晚的一天。",
            "请把两天对调后重试。",
        )
    if second.known_at < first.known_at:
        raise NotPossible("后一次查看的时间早于前一次。", "请把两次查看的时间对调后重试。")


def _names(measure: Measure, roster: Roster, region_code: str | None) -> dict[str, str]:
    names = {region.code: region.name for region in roster.regions if region_code in (None, region.code)}
    if region_code is None and measure.of_institutions:
        names[roster.province_code] = f"{roster.province}本级"
    return names


@dataclass(frozen=True)
class _Station:
    """A state on the way as it is looked at, and the step that led there; none to the first."""

    step: ChangeStep | None
    looked: Looked


def _stations(measure: Measure, log: ReportLog, walked: ChangeWay) -> Iterator[_Station]:
    """Between New Year and the first report of a year last year's outcome is shown: that report turns the year for all, which
    is a step of its own before what it says."""
    before, taken = _looked(measure, log, walked.start), walked.start.taken
    yield _Station(None, before)
    for step in walked.steps:
        after = _looked(measure, log, step.state)
        if after.on.year != before.on.year and step.kind is not ChangeKind.TURNED:
            turned = ChangeStep(ChangeKind.TURNED, LogState(step.state.on, taken))
            yield _Station(turned, looked_on(after.on, _editions(measure, log, taken)))
        yield _Station(step, after)
        before, taken = after, step.state.taken


def _looked(measure: Measure, log: ReportLog, state: LogState) -> Looked:
    return looked_at(measure, state.on, _editions(measure, log, state.taken))


def _editions(measure: Measure, log: ReportLog, taken: frozenset[int]) -> Callable[[date], Edition]:
    return lambda day: of_measure(log.edition(taken, day), measure)


def _brought(
    store: Store, measure: Measure, roster: Roster, looked: Sequence[Looked], region_code: str | None
) -> list[Brought]:
    """State by state what each region brings to the sum of the province; of one region alone what it has itself."""
    editions = list(
        dict.fromkeys(edition for one in looked for edition in (one.now, one.last_year) if edition)
    )
    every = linkage.totals(store, [measure], editions, sums_of(measure))
    totals = dict(zip(editions, every, strict=True))
    found: dict[Looked, Brought] = {}
    for one in looked:
        if one not in found:
            last_year = totals[one.last_year] if one.last_year else None
            known = KnownTotals(totals[one.now], last_year=last_year)
            found[one] = _of_moment(measure, roster, TotalsAt(known.now, known, one.on), region_code)
    return [found[one] for one in looked]


def _of_moment(measure: Measure, roster: Roster, moment: TotalsAt, region_code: str | None) -> Brought:
    rows: list[Counts] = counted(measure, roster, moment)
    if region_code is not None:
        own_told = any(row.amounts[0] is not None for row in rows if row.region.code == region_code)
        return Brought({row.region.code: _plain(measure, row) for row in rows}, own_told)
    own = provinces_own(measure, roster, moment)
    rows += [own] if own else []
    pairs = [_pair(measure, row) for row in rows]
    brought = shares(pairs, together=measure.owed_by_all)
    sides = {row.region.code: pair for row, pair in zip(rows, brought, strict=True)}
    return Brought(sides, any(numerator is not None for numerator, _ in pairs))


def _pair(measure: Measure, row: Counts) -> tuple[int | None, int | None]:
    """As zyb.standing.evaluating adds them: a plain count has no other side."""
    numerator, denominator = row.amounts
    return numerator, 0 if measure.counts and numerator is not None else denominator


def _plain(measure: Measure, row: Counts) -> SidesPair:
    numerator, denominator = _pair(measure, row)
    return numerator or 0, denominator or 0


# -- from states to terms ------------------------------------------------------------------


def _place(code: str, name: str, steps: Sequence[ChangeStep], seen: Sequence[Brought]) -> PlaceChange:
    before, after = seen[0].of(code), seen[-1].of(code)
    terms = [
        ChangeTerm(code, side, _kind(step, code, amount), amount, step.snapshot, step.state.on)
        for step, old, new in zip(steps, seen, seen[1:], strict=False)
        for which, side in enumerate(SIDES)
        if (amount := new.of(code)[which] - old.of(code)[which])
    ]
    return PlaceChange(code, name, before, after, tuple(terms))


def _kind(step: ChangeStep, code: str, amount: int) -> ChangeKind:
    if step.kind is ChangeKind.TURNED:
        return step.kind
    if code not in {homes().get(region, region) for region in step.region_codes} | step.region_codes:
        return ChangeKind.ELSEWHERE
    return ChangeKind.REDUCED if step.kind is ChangeKind.NEW and amount < 0 else step.kind
