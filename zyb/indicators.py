"""Totals → standings: divides, compares with pace, ranks and judges. Pure, on a dozen rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zyb.measures import Measure, Operand, Plan
from zyb.periods import Schedule, schedule
from zyb.ranking import ranks
from zyb.regions import Roster
from zyb.tallies import NO_YEAR, Part, Source, Totals
from zyb.verdicts import Verdict, verdict


@dataclass(frozen=True)
class Standing:
    """Where one region (or the province) stands. Shares are exact fractions, 1 = 100 %.

    `numerator` and `denominator` are counts; for a growth they are the present value and the
    baseline. `gap` = value − pace. `shortfall` is the gap in 家 (how many short of pace, 0 when ahead).
    `remaining` is what the target still needs.
    """

    region_code: str
    region: str
    short: str
    numerator: int | None
    denominator: int | None
    value: Fraction | None
    target: Fraction | None
    pace: Fraction | None
    gap: Fraction | None
    shortfall: int | None
    remaining: int | None
    verdict: Verdict
    share_of_remaining: Fraction | None = None
    rank: int | None = None
    previous_rank: int | None = None
    added: int | None = None
    as_of: date | None = None

    @property
    def rank_change(self) -> int | None:
        """Places gained since the previous period; negative when lost."""
        if self.rank is None or self.previous_rank is None:
            return None
        return self.previous_rank - self.rank

    @property
    def stalled(self) -> bool:
        """本期无新增: a fact beside the verdict."""
        return self.added == 0 and bool(self.remaining)


@dataclass(frozen=True)
class Standings:
    """A measure on a day: the province's own row and every region of the roster, in roster order."""

    measure: Measure
    plan: Plan | None
    on: date
    as_of: date | None
    previous_as_of: date | None
    province: Standing
    regions: tuple[Standing, ...]

    def region(self, code: str | None) -> Standing | None:
        return next((standing for standing in self.regions if standing.region_code == code), None)

    def by_gap(self) -> list[Standing]:
        """The league table: best first, ties in roster order, who has no value last."""
        return sorted(self.regions, key=lambda s: (s.rank is None, s.rank or 0))

    @property
    def reported(self) -> list[Standing]:
        return [standing for standing in self.regions if standing.numerator is not None]

    @property
    def missing(self) -> list[Standing]:
        return [standing for standing in self.regions if standing.verdict.id == "not_reported"]

    def schedule(self, standing: Standing) -> Schedule | None:
        """倒排工期 from the day of the figures; None where there is no plan or no figure."""
        if self.plan is None or standing.remaining is None:
            return None
        return schedule(standing.remaining, self.plan.window.due, self.as_of or self.on)


def ratio(numerator: int | None, denominator: int | None) -> Fraction | None:
    """A share, 1 = 100 %, never capped; where nothing was enrolled there is no value, not zero."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


def growth(value: int | None, baseline: int | None) -> Fraction | None:
    """value / baseline − 1; no baseline, no growth."""
    share = ratio(value, baseline)
    return None if share is None else share - 1


def remaining(
    kind: str, numerator: int | None, denominator: int | None, target: Fraction | None
) -> int | None:
    """How many more the target needs; for a growth the target stands on top of the baseline."""
    if numerator is None or denominator is None or target is None:
        return None
    wanted = denominator * (target if kind == "ratio" else 1 + target)
    return max(math.ceil(wanted - numerator), 0)


@dataclass(frozen=True)
class Evidence:
    """The totals that a measure may need: of the day, of the previous period, of last year's end."""

    now: Totals
    previous: Totals | None = None
    last_year: Totals | None = None


def _read(operand: Operand, totals: Totals | None, region_code: str, day: date) -> int | None:
    return totals.amount(_part(operand, region_code, day), operand.tally) if totals else None


def _part(operand: Operand, region_code: str, day: date) -> Part:
    return Part(operand.ledger, region_code, operand.year_on(day) or NO_YEAR)


def _source_of(operand: Operand, totals: Totals | None, region_code: str, day: date) -> Source | None:
    return totals.sources.get(_part(operand, region_code, day)) if totals else None


def _amount(operand: Operand, totals: Totals | None, evidence: Evidence, code: str, day: date) -> int | None:
    """The amount, or what was added this year; who has not reported since New Year has not added "0"."""
    amount = _read(operand, totals, code, day)
    if amount is None or not operand.since_new_year:
        return amount
    before = _at_year_end(operand, evidence.last_year, code, day)
    silent = totals is evidence.now and _source_of(operand, totals, code, day) == before.source
    return None if before.amount is None or silent else amount - before.amount


@dataclass(frozen=True)
class _YearEnd:
    amount: int | None = None
    source: Source | None = None


def _at_year_end(operand: Operand, totals: Totals | None, code: str, day: date) -> _YearEnd:
    """上年末累计数: only a figure of last December is one; an older one would count twice what came since."""
    source = _source_of(operand, totals, code, day)
    if source is None or (source.as_of.year, source.as_of.month) != (day.year - 1, 12):
        return _YearEnd()
    return _YearEnd(_read(operand, totals, code, day), source)


def _standing(
    measure: Measure, plan: Plan | None, pace: Fraction | None, source: Source | None, counts: _Counts
) -> Standing:
    numerator, denominator = counts.numerator, counts.denominator
    value = (ratio if measure.kind == "ratio" else growth)(numerator, denominator)
    target = plan.target if plan else None
    goal = target if target is not None else Fraction(1) if measure.kind == "ratio" else None
    left = remaining(measure.kind, numerator, denominator, goal)
    gap = value - pace if value is not None and pace is not None else None
    short = remaining(measure.kind, numerator, denominator, pace) if gap is not None else None
    finished = value is not None and goal is not None and value >= goal
    return Standing(
        counts.code, counts.name, counts.short, numerator, denominator, value, target, pace, gap, short, left,
        verdict(numerator, denominator, finished, gap), as_of=source.as_of if source else None,
    )  # fmt: skip


def _pace(measure: Measure, plan: Plan | None, day: date) -> Fraction | None:
    """What the value should be on the day. A measure without pace is held against its target itself."""
    if plan is None:
        return None
    return plan.target * plan.window.pace(day) if measure.paced else plan.target


@dataclass(frozen=True)
class _Counts:
    code: str
    name: str
    short: str
    numerator: int | None
    denominator: int | None


def _counts(
    measure: Measure, roster: Roster, totals: Totals | None, evidence: Evidence, day: date
) -> list[_Counts]:
    return [
        _Counts(
            region.code, region.name, region.short,
            _amount(measure.numerator, totals, evidence, region.code, day),
            _amount(measure.denominator, totals, evidence, region.code, day),
        )
        for region in roster.regions
    ]  # fmt: skip


def _sum(roster: Roster, counts: list[_Counts]) -> _Counts:
    """The province is the sum of the regions that have both sides; a side nobody reported stays unknown."""
    whole = [c for c in counts if c.numerator is not None and c.denominator is not None]
    if whole:
        numerator = sum(c.numerator or 0 for c in whole)
        denominator = sum(c.denominator or 0 for c in whole)
        return _Counts(roster.province_code, "全省", "全省", numerator, denominator)
    return _Counts(roster.province_code, "全省", "全省", _known_sum(c.numerator for c in counts), _known_sum(
        c.denominator for c in counts
    ))  # fmt: skip


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _source(measure: Measure, totals: Totals, code: str, day: date) -> Source | None:
    """The snapshot behind the numerator; the denominator's where the numerator was never reported."""
    found = _source_of(measure.numerator, totals, code, day)
    return found or _source_of(measure.denominator, totals, code, day)


def _ranked(standings: list[Standing]) -> list[Standing]:
    places = ranks({s.region_code: s.value for s in standings})
    return [replace(s, rank=places.get(s.region_code)) for s in standings]


def _shared(standings: list[Standing], whole: int) -> list[Standing]:
    return [replace(s, share_of_remaining=ratio(s.remaining, whole)) for s in standings]


def _latest(sources: Iterable[Source | None]) -> Source | None:
    return max((source for source in sources if source), key=lambda source: source.as_of, default=None)


def _at(
    measure: Measure, roster: Roster, totals: Totals, evidence: Evidence, day: date
) -> tuple[Standing, list[Standing]]:
    plan = measure.plan_on(day)
    counts = _counts(measure, roster, totals, evidence, day)
    sources = {c.code: _source(measure, totals, c.code, day) for c in counts}
    latest = _latest(sources.values())
    # One pace for all, that of the newest figures: who has not reported since does not gain by silence.
    pace = _pace(measure, plan, latest.as_of if latest else day)
    regions = [_standing(measure, plan, pace, sources[c.code], c) for c in counts]
    province = _standing(measure, plan, pace, latest, _sum(roster, counts))
    # What is left in all regions together: one region's surplus does not do another's work.
    left = sum(standing.remaining or 0 for standing in regions)
    shared = _shared(_ranked(regions), left)
    return replace(province, share_of_remaining=ratio(left, left)), shared


def evaluate(measure: Measure, roster: Roster, evidence: Evidence, day: date) -> Standings:
    """The measure on a day for every region of the roster and for the province."""
    province, regions = _at(measure, roster, evidence.now, evidence, day)
    before: dict[str, Standing] = {}
    previous_day = None
    if evidence.previous is not None:
        whole, earlier = _at(measure, roster, evidence.previous, evidence, day)
        before = {s.region_code: s for s in (whole, *earlier)}
        previous_day = whole.as_of
    compared = [_compared(s, before) for s in (province, *regions)]
    return Standings(
        measure, measure.plan_on(day), day, province.as_of, previous_day, compared[0], tuple(compared[1:])
    )


def _compared(standing: Standing, before: Mapping[str, Standing]) -> Standing:
    earlier = before.get(standing.region_code)
    if earlier is None or earlier.numerator is None or standing.numerator is None:
        return standing
    # Without a report of its own since then nothing is known to have stood still.
    added = standing.numerator - earlier.numerator if standing.as_of != earlier.as_of else None
    return replace(standing, added=added, previous_rank=earlier.rank)
