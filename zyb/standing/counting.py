"""Totals → the two sides of a measure for every region: sums, kinds, floors, counties, years together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from zyb.numerals import HUNDRED_PERCENT
from zyb.records import NO_COUNTY, NO_YEAR, Part, Source
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import COUNTIES, INSTITUTIONS, TARGET_NUMBER, Measure, Operand, Sides
from zyb.rulebook.places.institutions import institutions
from zyb.rulebook.places.institutions import of_region as institutions_of
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.surveys import INCOMPLETE, REPORTED, UNWEIGHED, WEIGHTED
from zyb.standing.tallies import Split, Totals


@dataclass(frozen=True)
class KnownTotals:
    """The totals that a measure may need: of the day, of the previous period, of last year's end."""

    now: Totals
    previous: Totals | None = None
    last_year: Totals | None = None
    repeated: Mapping[str, date] = field(default_factory=dict)
    """The regions whose figures of now are last year's once more, and of which day those were (zyb.standing.caveats)."""
    over: bool = False
    """The day that the task is due on has passed by the day that was asked for, with no report of it from these."""


@dataclass(frozen=True)
class TotalsAt:
    """What is known when: the totals that are looked at (of now or of the previous period), the day, and until when
    reports were due."""

    totals: Totals
    evidence: KnownTotals
    day: date
    until: date | None = None

    @property
    def is_now(self) -> bool:
        return self.totals is self.evidence.now

    @property
    def repeated(self) -> Mapping[str, date]:
        return self.evidence.repeated if self.is_now else {}

    @property
    def over(self) -> bool:
        return self.evidence.over


@dataclass(frozen=True)
class OperandReading:
    """One operand in one region; without an amount nobody has said anything."""

    amount: int | None = None
    source: Source | None = None
    at_most: int | None = None
    """More than the amount where what nobody can place might belong to it: enterprises that name no county."""
    startless: bool = False
    """It was reported this year, and what was added since New Year is unknown: last year's end was not."""
    alone: frozenset[str] = frozenset()
    """The counties that it is of, where others of the region have not reported."""


NOTHING = OperandReading()


@dataclass(frozen=True)
class RollUp:
    """由各地上报汇总: whose reports a province's figures at the national level are added up from."""

    ledger: str
    regions: int
    silent: tuple[str, ...]
    """Names of its regions that have not reported, and are in no sum."""
    spoken: tuple[tuple[str, int], ...] = ()
    """The others by code, with what each brings to the numerator of a sum."""
    parted: tuple[str, ...] = ()
    """Names of those of which some counties alone have reported."""

    @property
    def reported(self) -> int:
        return self.regions - len(self.silent)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Both sides in one region, from the source that holds there, and whether another says otherwise."""

    region: Region
    numerator: OperandReading
    denominator: OperandReading
    sides: Sides
    others: tuple[Counts, ...] = ()
    rolled: RollUp | None = None
    """Where no line of the region's own is used: what its own regions have reported, added up."""
    weight: OperandReading = NOTHING
    """Of a survey how many were asked."""
    mean: Fraction | None = None
    """Of a survey the percentage of those below together, where it is not its own reported one."""

    @property
    def share(self) -> Fraction | None:
        """Of a survey its percentage, 1 = 100 %."""
        if self.mean is not None or self.numerator.amount is None:
            return self.mean
        return Fraction(self.numerator.amount, HUNDRED_PERCENT)

    @property
    def whole(self) -> bool:
        known = self.sides.alone or self.denominator.amount is not None
        return self.numerator.amount is not None and known

    @property
    def alone(self) -> frozenset[str]:
        """The counties that a side of it is of, where that is not the whole region."""
        return self.numerator.alone or self.denominator.alone

    @property
    def silent(self) -> bool:
        return self.numerator.amount is None and self.denominator.amount is None

    @property
    def source(self) -> Source | None:
        """The snapshot behind the numerator; the denominator's where the numerator was never reported."""
        return self.numerator.source or self.denominator.source

    @property
    def amounts(self) -> tuple[int | None, int | None]:
        return self.numerator.amount, self.denominator.amount

    @property
    def disagreeing(self) -> Counts | None:
        """The first other source that is complete and says other numbers."""
        if not self.whole or self.alone:
            return None
        told = (other for other in self.others if other.whole and not other.alone)
        return next((other for other in told if other.amounts != self.amounts), None)


def count(measure: Measure, roster: Roster, moment: TotalsAt) -> list[Counts]:
    """For each region the first source that has both sides, of the whole region rather than of some counties; else the first
    that says anything."""
    by_source = [_of_source(sides, roster, moment) for sides in measure.sources]
    return [_preferred(alternatives) for alternatives in zip(*by_source, strict=True)]


def _preferred(found: tuple[Counts, ...]) -> Counts:
    whole = [counts for counts in found if counts.whole]
    startless = [counts for counts in found if counts.numerator.startless]
    speaking = [counts for counts in found if not counts.silent]
    whole = [counts for counts in whole if not counts.alone] or whole
    chosen = (whole or startless or speaking or list(found))[0]
    return replace(chosen, others=tuple(counts for counts in found if counts is not chosen))


def _of_source(sides: Sides, roster: Roster, moment: TotalsAt) -> list[Counts]:
    numerators, denominators = (read(side, roster, moment) for side in (sides.numerator, sides.denominator))
    weights = read(sides.weight, roster, moment) if sides.weight else {}
    return [
        Counts(
            region=region, numerator=numerators[region.code], denominator=denominators[region.code], sides=sides,
            weight=weights.get(region.code, NOTHING),
        )
        for region in roster.regions
    ]  # fmt: skip


@dataclass(frozen=True)
class SurveyedWhole:
    """A province's own percentage of a survey, where it comes from (zyb.rulebook.surveys), and of which day."""

    share: Fraction | None
    origin: str
    as_of: date | None


def surveyed_whole(
    measure: Measure, roster: Roster, moment: TotalsAt, regions: Sequence[Counts]
) -> SurveyedWhole:
    """The line that was reported of the whole, unless a region has newer figures; else the mean of the regions by how many
    were asked, if all that report say so; else nothing. Percentages have no plain mean: a county town is no 西安."""
    spoken = [counts for counts in regions if counts.share is not None]
    latest = max((counts.source.as_of for counts in spoken if counts.source), default=None)
    sides = measure.sources[0]
    line = _report(sides.numerator, roster.province_code, moment)
    if line and (latest is None or line.source.as_of >= latest):
        share = Fraction(sum(line.split.values()), HUNDRED_PERCENT)
        return SurveyedWhole(share, REPORTED, line.source.as_of)
    if sides.weight is None:
        return SurveyedWhole(None, UNWEIGHED, latest)
    weights = [counts.weight.amount for counts in spoken]
    if not spoken or not all(weights):
        return SurveyedWhole(None, INCOMPLETE, latest)
    asked = sum(weight or 0 for weight in weights)
    mean = sum((counts.share or 0) * (counts.weight.amount or 0) for counts in spoken) / Fraction(asked)
    return SurveyedWhole(mean, WEIGHTED, latest)


def read(operand: Operand, roster: Roster, moment: TotalsAt) -> dict[str, OperandReading]:
    """The operand in every region of the roster."""
    if operand.tally == TARGET_NUMBER:
        return {region.code: NOTHING for region in roster.regions}
    if not operand.ledger:
        return {
            region.code: OperandReading(_known_beforehand(operand, roster, region, moment))
            for region in roster.regions
        }
    if operand.over == INSTITUTIONS:
        found = _institutions_reaching(operand, roster, moment)
        return {region.code: found.get(region.code, NOTHING) for region in roster.regions}
    reports = {region: _report(operand, region.code, moment) for region in roster.regions}
    readings = {
        region.code: replace(_reduced(operand, region, report, moment), alone=_alone(region, report))
        if report
        else NOTHING
        for region, report in reports.items()
    }
    return _with_zeros(readings) if operand.absent_is_zero else readings


def _known_beforehand(operand: Operand, roster: Roster, region: Region, moment: TotalsAt) -> int:
    """What nobody reports: the counties of the roster, the institutions of the list."""
    if operand.tally == INSTITUTIONS:
        return len(institutions_of(roster.province, region.code))
    return len(region.members) * _times(operand, moment)


def provinces_own(measure: Measure, roster: Roster, moment: TotalsAt) -> Counts | None:
    """What is counted for the province and for none of its regions: the work of its own institutions."""
    own = institutions_of(roster.province, "") if measure.of_institutions else ()
    if not own:
        return None
    sides = measure.sources[0]
    found = _institutions_reaching(sides.numerator, roster, moment).get("", NOTHING)
    region = Region(roster.province_code, f"{roster.province}本级", "省本级", ())
    return Counts(region=region, numerator=found, denominator=OperandReading(len(own)), sides=sides)


def _times(operand: Operand, moment: TotalsAt) -> int:
    """每县20家 a year is 40 over two years."""
    return operand.times * max(len(operand.years), 1)


def _with_zeros(readings: Mapping[str, OperandReading]) -> dict[str, OperandReading]:
    """Once the table is there, whoever it does not name has no share; before, nobody knows."""
    sources = [reading.source for reading in readings.values() if reading.source]
    if not sources:
        return dict(readings)
    newest = max(sources, key=lambda source: source.as_of)
    return {
        code: OperandReading(0, newest) if reading.amount is None else reading
        for code, reading in readings.items()
    }


def of_region(measure: Measure, roster: Roster, code: str, moment: TotalsAt) -> Counts:
    """As `count`, of one region: an institution is at home in one, so all have to be looked at."""
    return next(counts for counts in count(measure, roster, moment) if counts.region.code == code)


def by_county(operand: Operand, code: str, moment: TotalsAt) -> dict[str, int]:
    """The operand in each county of a region, as far as rows tell; a floor over counties is no sum and has none."""
    report = _report(operand, code, moment) if operand.ledger and not operand.over else None
    if report is None:
        return {}
    found = _by_place(report.split, 0)
    if operand.since_new_year:
        before = _at_year_end(operand, code, moment)
        earlier = _by_place(before.split, 0) if before else {}
        return {county: n - earlier.get(county, 0) for county, n in found.items()} if before else {}
    return found


def by_kind(operand: Operand, code: str, moment: TotalsAt) -> dict[str, int]:
    """A tally that is split, kind by kind: industries, kinds of violation."""
    report = _report(operand, code, moment)
    return _by_place(report.split, 1) if report else {}


def _by_place(split: Split, which: int) -> dict[str, int]:
    """Added up by county (0) or by kind (1)."""
    sums: Counter[str] = Counter()
    for place, amount in split.items():
        sums[place[which]] += amount
    return dict(sums)


# -- what a region reported -----------------------------------------------------------------


@dataclass(frozen=True)
class KindsReport:
    """The split of a tally in one region, with the newest snapshot behind it."""

    split: Split
    source: Source
    alone: frozenset[str] | None = None
    """The counties that have spoken for themselves, where nobody has for the region."""


def _report(operand: Operand, code: str, moment: TotalsAt) -> KindsReport | None:
    wanted = [_of_year(operand, code, year, moment) for year in operand.years_on(moment.day)]
    if any(report is None and _is_past(operand, year, moment) for report, year in zip(
        wanted, operand.years_on(moment.day), strict=True
    )):  # fmt: skip
        return None
    found = [report for report in wanted if report]
    if len(found) < 2:
        return found[0] if found else None
    together: Counter[tuple[str, str]] = Counter()
    for report in found:
        together.update(report.split)
    newest = KindsReport(together, max((report.source for report in found), key=lambda source: source.as_of))
    parted = [report.alone for report in found if report.alone is not None]
    return replace(newest, alone=frozenset.intersection(*parted)) if parted else newest


def _is_past(operand: Operand, year: int | None, moment: TotalsAt) -> bool:
    """Of several years those to come are not missed; one that is over and unknown leaves the sum unknown."""
    return len(operand.years) > 1 and year is not None and year < moment.day.year


def _of_year(operand: Operand, code: str, year: int | None, moment: TotalsAt) -> KindsReport | None:
    if year is None or ledgers()[operand.ledger].yearly:
        return split_of(operand, Part(operand.ledger, code, year or NO_YEAR), moment.totals)
    # The list has no column for the year and begins anew each year: the day of the report tells.
    return next(
        (
            report
            for totals in (moment.totals, moment.evidence.last_year)
            if totals and (report := split_of(operand, Part(operand.ledger, code), totals))
            if report.source.as_of.year == year
        ),
        None,
    )


def split_of(operand: Operand, part: Part, totals: Totals) -> KindsReport | None:
    """The split of the operand's tally that is in force, of its own kind alone."""
    source = totals.sources.get(part)
    split = totals.amounts.get((part, operand.sum))
    if source is None or split is None:
        return None
    if operand.item is not None:
        split = {place: amount for place, amount in split.items() if place[1] == operand.item}
    return KindsReport(split, source, totals.alone.get(part)) if split else None


def _alone(region: Region, report: KindsReport) -> frozenset[str]:
    """Counties that have all reported are the region."""
    if report.alone is None or report.alone >= set(region.members):
        return frozenset()
    return report.alone


# -- from the report to a number --------------------------------------------------------------


def _reduced(operand: Operand, region: Region, report: KindsReport, moment: TotalsAt) -> OperandReading:
    if operand.since_new_year:
        return _since_new_year(operand, region.code, report, moment)
    if operand.over == COUNTIES:
        least, most = counties_reaching(operand.at_least, region, report.split)
        return OperandReading(least, report.source, most)
    return OperandReading(sum(report.split.values()), report.source)


def _since_new_year(operand: Operand, code: str, report: KindsReport, moment: TotalsAt) -> OperandReading:
    """What was added this year; who has not reported since New Year has not added "0"."""
    before = _at_year_end(operand, code, moment)
    silent = before is not None and moment.is_now and report.source == before.source
    if before is None or silent:
        startless = before is None and report.source.as_of.year == moment.day.year
        return OperandReading(None, report.source, startless=startless)
    return OperandReading(sum(report.split.values()) - sum(before.split.values()), report.source)


def _at_year_end(operand: Operand, code: str, moment: TotalsAt) -> KindsReport | None:
    """上年末累计数: only a figure of last December is one; an older one would count twice what came since."""
    if moment.evidence.last_year is None:
        return None
    found = split_of(operand, Part(operand.ledger, code), moment.evidence.last_year)
    wanted = (moment.day.year - 1, 12)
    return found if found and (found.source.as_of.year, found.source.as_of.month) == wanted else None


def counties_reaching(floor: int, region: Region, split: Split) -> tuple[int, int]:
    """How many of the region's counties reach the floor at least, and at most: those that lack least might have got the
    enterprises that name no county. 韩城 or 定州 is its own county."""
    if len(region.members) == 1:
        reached = int(sum(split.values()) >= floor)
        return reached, reached
    sums: Counter[str] = Counter()
    for (county, _), amount in split.items():
        sums[county if county in region.members else NO_COUNTY] += amount
    least = most = sum(sums[county] >= floor for county in region.members)
    left = sums[NO_COUNTY]
    for lack in sorted(floor - sums[county] for county in region.members if sums[county] < floor):
        left -= lack
        most += left >= 0
    return least, most


def _institutions_reaching(operand: Operand, roster: Roster, moment: TotalsAt) -> dict[str, OperandReading]:
    """How many institutions of the list reach the floor, by their own region ("": the province's own); wherever the
    employers are. Where none of a region's is named in any report, the region has not reported."""
    places = [roster.province_code, *(region.code for region in roster.regions)]
    reports = [report for code in places if (report := _report(operand, code, moment))]
    done: Counter[str] = Counter()
    source: dict[str, Source] = {}
    for report in reports:
        for (_, name), amount in report.split.items():
            done[name] += amount
            source[name] = max(source.get(name, report.source), report.source, key=lambda one: one.as_of)
    found: dict[str, OperandReading] = {}
    for one in institutions(roster.province):
        if one.name not in done:
            continue
        before = found.get(one.region_code, OperandReading(0, source[one.name]))
        newest = max(before.source or source[one.name], source[one.name], key=lambda one: one.as_of)
        reached = (before.amount or 0) + (done[one.name] >= operand.at_least)
        found[one.region_code] = OperandReading(reached, newest)
    return found
