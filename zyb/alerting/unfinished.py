"""Who is not finished: the rows of a list of enterprises that a measure still waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zyb.alerting.model import Survey
from zyb.records import NO_YEAR, Part
from zyb.rulebook.ledgers import ROWS, Condition, Ledger, TallyRule, ledgers
from zyb.rulebook.measures import Measure, Operand
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.store import Edition, Store, Trace


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """The enterprises of a list that a measure still waits for: how many, and where their rows stand."""

    measure: Measure
    ledger: Ledger
    operand: Operand
    """The numerator: who is counted there is finished; where less is better, who is counted there is not."""
    base: tuple[str, str | None]
    """Tally and item of everybody who should be."""
    region_code: str
    as_of: date
    sources: tuple[tuple[str, int], ...]
    """County (“” for the whole region) and snapshot."""
    count: int

    @property
    def title(self) -> str:
        """“《专项治理企业台账》：专项治理完成率尚未完成的企业”"""
        left = "尚未完成的" if self.measure.higher_is_better else "仍计入的"
        return f"《{self.ledger.title}》：{self.measure.title}{left}{self.ledger.row_name}"

    @property
    def unit(self) -> str:
        return self.measure.unit if self.ledger.grain == "case" else "家"


@dataclass(frozen=True)
class UnfinishedRow:
    """One enterprise that is not finished: its county as reported, and its row with sheet and line."""

    county: str
    trace: Trace


class Lists:
    """The lists of enterprises of one region that are in force on the day."""

    def __init__(self, store: Store, seen: Survey, region: Region) -> None:
        self.region, self.on = region, seen.on
        self.edition: Edition = store.edition(
            load_roster(seen.province).province_code, seen.on, seen.known_at
        )
        self.totals = store.totals([self.edition])[0]

    def behind(self, measure: Measure) -> Unfinished | None:
        """What the measure's numerator has left undone, from the first of its sources that is a list; where less is better,
        what is counted. Of a plain count, and of rows that are found in another list, no list of one ledger tells."""
        if measure.counts or any(sides.numerator.also_in for sides in measure.sources):
            return None
        found = (self._of(measure, sides.numerator) for sides in measure.sources)
        return next((one for one in found if one), None)

    def _of(self, measure: Measure, operand: Operand) -> Unfinished | None:
        ledger = ledgers().get(operand.ledger)
        rule = _rule(ledger, operand.tally) if ledger and ledger.is_list and not operand.over else None
        every = _rows(ledger) if ledger else None
        if ledger is None or rule is None or every is None or not rule.count or rule.count == ROWS:
            return None
        part = Part(ledger.id, self.region.code, NO_YEAR)
        done = self.totals.amount(part, operand.tally, operand.item)
        base = self.totals.amount(part, *(of := _base(ledger, measure, operand, every)))
        if done is None or base is None:
            return None
        left = base - done if measure.higher_is_better else done
        if left <= 0:
            return None
        own = [(p, s) for p, s in self.edition.sources if p.whole == part]
        as_of = max(s.as_of for _, s in own)
        if operand.year == "current" and as_of.year != self.on.year:
            return None  # last year's list: this year's has not come yet
        sources = tuple((p.county_code, s.snapshot) for p, s in own)
        return Unfinished(
            measure=measure, ledger=ledger, operand=operand, base=of, region_code=self.region.code, as_of=as_of, sources=sources, count=left
        )  # fmt: skip


def _rule(ledger: Ledger, tally: str) -> TallyRule:
    return next(rule for rule in ledger.tallies if rule.name == tally)


def _rows(ledger: Ledger) -> TallyRule | None:
    """The tally that counts every row."""
    return next((rule for rule in ledger.tallies if rule.count == ROWS and not rule.by), None)


def _base(ledger: Ledger, measure: Measure, operand: Operand, every: TallyRule) -> tuple[str, str | None]:
    """The tally that the numerator is a part of: the denominator's from the same list, else every row."""
    for sides in measure.sources:
        if sides.numerator == operand and sides.denominator.ledger == ledger.id:
            return sides.denominator.tally, sides.denominator.item
    return every.name, None


def unfinished_rows(store: Store, roster: Roster, found: Unfinished) -> list[UnfinishedRow]:
    """The rows themselves, county by county; read only when somebody asks for them."""
    done, base = _rule(found.ledger, found.operand.tally), _rule(found.ledger, found.base[0])
    wanted = not found.measure.higher_is_better
    return [
        row
        for row in _rows_in_force(store, roster, found)
        if _counts(base, found.base[1], row.trace) and _counts(done, found.operand.item, row.trace) == wanted
    ]


def _rows_in_force(store: Store, roster: Roster, found: Unfinished) -> Iterator[UnfinishedRow]:
    """A county that reports for itself replaces its share of the region's own list."""
    own = {county: snapshot for county, snapshot in found.sources if county}
    region = roster.region(found.region_code)
    counties = [county for county in roster.counties if region and county.code in region.members]
    placed: set[tuple[int, str, int]] = set()
    for county in counties:
        numbers = [own[county.code]] if county.code in own else _whole(found)
        for trace in store.traces(found.ledger, numbers, found.region_code, county.code):
            placed.add((trace.snapshot, trace.sheet, trace.line))
            yield UnfinishedRow(county.name, trace)
    replaced = {
        (trace.snapshot, trace.sheet, trace.line)
        for code in own
        for trace in store.traces(found.ledger, _whole(found), found.region_code, code)
    }
    for trace in store.traces(found.ledger, _whole(found), found.region_code):
        if (trace.snapshot, trace.sheet, trace.line) not in placed | replaced:
            yield UnfinishedRow("", trace)


def _whole(found: Unfinished) -> list[int]:
    return [snapshot for county, snapshot in found.sources if not county]


def _counts(rule: TallyRule, item: str | None, trace: Trace) -> bool:
    """Whether the tally counts this row: as zyb.intake.tallying does for whole columns."""
    if rule.by and item is not None and item not in str(trace.values.get(rule.by) or "").split("、"):
        return False
    if not all(_meets(condition, trace.values.get(condition.column)) for condition in rule.where):
        return False
    if rule.count == ROWS:
        return True
    value = trace.values.get(rule.count)
    return value in rule.values if rule.values else value not in (None, "")


def _meets(condition: Condition, value: int | str | None) -> bool:
    """A blank cell speaks against nobody, unless the cell is to be filled in."""
    if value in (None, ""):
        return not condition.filled
    if condition.filled:
        return True
    if condition.values:
        return value in condition.values
    return isinstance(value, int) and value >= condition.at_least
