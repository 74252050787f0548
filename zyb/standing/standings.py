"""Totals → standings: divides, compares with pace, ranks and judges. Pure, on a dozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from zyb.numerals import worded
from zyb.periods import DAYS_A_MONTH, Schedule, months_later, schedule
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure, Plan
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.rulebook.verdicts import Override, Verdict, Verdicts, verdict, verdicts
from zyb.standing.alert_course import Owed
from zyb.standing.arithmetic import goal_of as goal_of
from zyb.standing.arithmetic import growth as growth
from zyb.standing.arithmetic import has_begun, remaining, together, value_of
from zyb.standing.arithmetic import outlook as outlook
from zyb.standing.arithmetic import pace as pace
from zyb.standing.arithmetic import ratio as ratio
from zyb.standing.caveats import CaveatFigure, caveat_figures
from zyb.standing.counting import Counts, RollUp, TotalsAt, added, provinces_own
from zyb.standing.counting import KnownTotals as KnownTotals
from zyb.standing.disagreement import Disagreement, Said
from zyb.standing.ranking import ranks
from zyb.standing.rolling_up import counted
from zyb.standing.yardsticks import gap_title, lead, yardstick

# After how many months figures are due anew, by the cadence of their ledger.
DUE_AFTER_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one region (or the province) stands. Shares are exact fractions, 1 = 100 %.

    `numerator` and `denominator` are counts; for a growth they are the present value and the
    baseline. `gap` = value − pace; where less is better (`falls`) who is above is behind. `shortfall` is the gap in 家
    (how many short of pace, or too many, 0 when ahead). `remaining` is what the target still needs, or needs less. `ledger` is the one that the numerator is taken from.
    `verdict` is the one that holds: the rule's own (`proposed`) or what a person put in its place.
    `rolled`: at the national level, whose reports it is added up from, where it is no line of the province's own.
    `stale`: new figures were due by the newest day and have not come, 本期未报送, so those of `as_of` are used.
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
    disagreement: Disagreement | None = None
    ledger: str = ""
    override: Override | None = None
    stale: bool = False
    falls: bool = False
    scale: Fraction = Fraction(1)
    """What the gap is a part of where verdicts ask for shares: of a plain count its target."""
    rolled: RollUp | None = None
    at_most: int | None = None
    """What the numerator may be at most, where some enterprises say too little to be placed."""

    @property
    def lead(self) -> Fraction | None:
        """The gap from the good side, as a share: negative is behind."""
        return lead(self.gap, not self.falls, self.scale)

    @property
    def proposed(self) -> Verdict:
        """What the rule says, whatever a person made of it."""
        return self.override.proposed if self.override else self.verdict

    @property
    def rank_change(self) -> int | None:
        """Places gained since the previous period; negative when lost."""
        if self.rank is None or self.previous_rank is None:
            return None
        return self.previous_rank - self.rank

    @property
    def stalled(self) -> bool:
        """本期无新增: a fact beside the verdict. Nothing new of what should be less is no standstill."""
        return self.added == 0 and bool(self.remaining) and not self.falls


@dataclass(frozen=True, kw_only=True)
class Standings:
    """A measure on a day: the province's own row and every region of the roster, in roster order."""

    measure: Measure
    plan: Plan | None
    on: date
    as_of: date | None
    previous_as_of: date | None
    province: Standing
    regions: tuple[Standing, ...]
    verdicts: Verdicts = field(compare=False, repr=False)
    """The settings that the verdicts follow."""
    asked: date | None = None
    """The day that was asked for, where it is not `on`: a deadline passes whether or not there are new figures."""
    beside: tuple[int, int] = (0, 0)
    """Both sides of what is counted for the province and for none of its regions: its own institutions."""
    caveats: tuple[CaveatFigure, ...] = ()
    """What could not be placed, of the province and of each region that has any."""

    def region(self, code: str | None) -> Standing | None:
        return next((standing for standing in self.regions if standing.region_code == code), None)

    def by_gap(self) -> list[Standing]:
        """The league table: best first, ties in roster order, who has no value last."""
        return sorted(self.regions, key=lambda s: (s.rank is None, s.rank or 0))

    @property
    def begun(self) -> bool:
        """Whether there is anything to judge by yet; before a window opens nobody is ahead or behind."""
        return has_begun(self.plan, self.province.pace)

    def caveats_of(self, standing: Standing) -> list[str]:
        """“另有12家没有写明县区，不计入任何县区，达标县区至少2个、至多3个”."""
        told = [one.told for one in self.caveats if one.region_code == standing.region_code]
        if told and standing.numerator is not None and standing.at_most not in (None, standing.numerator):
            side, unit = self.measure.numerator.title, self.measure.unit
            told.append(f"{side}至少{standing.numerator}{unit}、至多{standing.at_most}{unit}")
        return told

    @property
    def national(self) -> Plan | None:
        """What the nation asks for besides, where the province's own plan binds."""
        return self.measure.national_plan_on(self.on)

    @property
    def judges(self) -> bool:
        """Whether its regions are judged; else they are told apart by their values alone."""
        return self.province.pace is not None and not self.measure.whole

    @property
    def yardstick(self) -> str:
        """What values are compared with: 序时进度, or the target itself."""
        return yardstick(self.measure.paced)

    @property
    def gap_title(self) -> str:
        return gap_title(self.measure.paced)

    @property
    def reported(self) -> list[Standing]:
        return [standing for standing in self.regions if standing.numerator is not None]

    @property
    def carried(self) -> list[Standing]:
        """Who has not reported this time: figures of an earlier day are used."""
        return [standing for standing in self.regions if standing.stale]

    @property
    def current(self) -> list[Standing]:
        """Who has reported this time."""
        return [standing for standing in self.reported if not standing.stale]

    @property
    def regional_remainder(self) -> int:
        """What all regions need together: 占剩余 is a share of this."""
        return sum(standing.remaining or 0 for standing in self.regions)

    @property
    def own_remainder(self) -> int | None:
        """What the province's own two totals lack of the target; a surplus of one region counts for all. Where it is asked of
        the province together there is no other remainder to tell it from."""
        if self.measure.owed_by_all:
            return None
        whole = self.province
        goal = whole.target if self.measure.counts else goal_of(self.measure, self.plan)
        return remaining(self.measure, whole.numerator, whole.denominator, goal)

    @property
    def own_year(self) -> int | None:
        """The year that the figures belong to, of a count that begins anew each year."""
        return (self.as_of or self.on).year if self.measure.annual else None

    @property
    def missing(self) -> list[Standing]:
        return [standing for standing in self.regions if standing.verdict.id == "not_reported"]

    @property
    def disagreeing(self) -> list[Standing]:
        return [standing for standing in self.regions if standing.disagreement]

    @property
    def disagreements(self) -> list[tuple[str, str]]:
        """Region, and which tally its two ledgers say differently."""
        return [(s.region, s.disagreement.told(self.measure)) for s in self.regions if s.disagreement]

    def months_ahead(self, standing: Standing) -> Fraction | None:
        """How many months earlier than planned the value was reached; negative when it is behind.

        None where no pace runs: without a plan, before its window, and when all is done.
        """
        day, plan = self.as_of, self.plan
        if (
            plan is None
            or day is None
            or standing.value is None
            or not self.measure.paced
            or not standing.target
        ):
            return None
        share = standing.value / standing.target
        if share >= 1 or day <= plan.window.start:
            return None
        reached = min(day, plan.window.due)
        return Fraction((plan.window.day_at(share) - reached).days) / DAYS_A_MONTH

    def said(self, standing: Standing, space: str = "") -> str:
        """“完成率54.8%”, “申报数量较2023年下降3.0%”, “新发病例数28例”: the value in a sentence."""
        measure = self.measure
        said = worded(measure.before_value, measure.fallen, standing.value, measure.kind)
        return space.join(said) + (measure.unit if measure.counts else "")

    def owed(self, standing: Standing, day: date) -> Owed:
        """Gap and remainder of a region against each target whose day has passed, of figures that go on over the years."""
        measure, value = self.measure, standing.value
        counts = standing.numerator, standing.denominator
        return {
            plan.window.due: (
                None if value is None else value - plan.target,
                remaining(measure, *counts, plan.target),
            )
            for plan in measure.plans
            if plan.window.due < day and not measure.annual
        }

    def schedule(self, standing: Standing) -> Schedule | None:
        """倒排工期 from the day of the figures, or once the deadline has passed from the day that was asked for; None where
        there is no plan or no figure."""
        if self.plan is None or standing.remaining is None:
            return None
        measure, due, asked = self.measure, self.plan.window.due, self.asked or self.on
        day = asked if due < asked else self.as_of or self.on
        return schedule(standing.remaining, due, day, measure.unit, measure.always)


def is_stale(ledger: str, as_of: date | None, newest: date | None) -> bool:
    """Whether figures of that day were due anew by the newest day: a whole reporting period lies between."""
    if as_of is None or newest is None or not ledger:
        return False
    months = DUE_AFTER_MONTHS.get(ledgers()[ledger].cadence)
    return months is not None and months_later(as_of, months) <= newest


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A region's counts, or the province's sum of them."""

    code: str
    name: str
    short: str
    numerator: int | None
    denominator: int | None
    as_of: date | None = None
    disagreement: Disagreement | None = None
    ledger: str = ""
    regions: int = 1
    rolled: RollUp | None = None
    at_most: int | None = None


def _standing(
    measure: Measure, plan: Plan | None, due: Fraction | None, row: _Row, table: Verdicts
) -> Standing:
    """`due` is the pace of the day."""
    due = together(measure, due, row.regions)
    target = together(measure, plan.target if plan else None, row.regions)
    goal = target if plan else goal_of(measure, plan)
    numerator, denominator = row.numerator, row.denominator
    if measure.counts:
        denominator = None if target is None or numerator is None else int(target)
    value = value_of(measure, numerator, denominator)
    left = remaining(measure, numerator, denominator, goal)
    gap = value - due if value is not None and due is not None else None
    short = remaining(measure, numerator, denominator, due) if gap is not None else None
    rises = measure.higher_is_better
    finished = value is not None and goal is not None and (value >= goal if rises else value <= goal)
    scale = max(target, Fraction(1)) if measure.counts and target is not None else Fraction(1)
    # A number without a plan says nothing of what was done.
    held = verdict(
        table, numerator, 1 if measure.counts else denominator, finished, lead(gap, rises, scale),
        begun=has_begun(plan, due), rises=rises and not (measure.counts and plan is None),
    )  # fmt: skip
    if held != _at_best(measure, plan, due, row, table, held):
        held, gap, short, left = table["undetermined"], None, None, None
    return Standing(
        region_code=row.code, region=row.name, short=row.short, numerator=numerator, denominator=denominator, value=value, target=target, pace=due, gap=gap, shortfall=short, remaining=left,
        verdict=held, as_of=row.as_of, disagreement=row.disagreement, ledger=row.ledger, rolled=row.rolled, falls=not rises, scale=scale, at_most=row.at_most,
    )  # fmt: skip


def _at_best(
    measure: Measure, plan: Plan | None, due: Fraction | None, row: _Row, table: Verdicts, judged: Verdict
) -> Verdict:
    """The verdict if all that nobody can place belonged to the numerator; where it is another, neither is certain."""
    if row.at_most in (None, row.numerator):
        return judged
    return _standing(measure, plan, due, replace(row, numerator=row.at_most, at_most=None), table).verdict


def _row(counts: Counts) -> _Row:
    region = counts.region
    numerator, denominator = counts.amounts
    return _Row(
        code=region.code, name=region.name, short=region.short, numerator=numerator, denominator=denominator,
        as_of=counts.source.as_of if counts.source else None, disagreement=_disagreement(counts),
        ledger=counts.sides.numerator.ledger, rolled=counts.rolled, at_most=counts.numerator.at_most,
    )  # fmt: skip


def _disagreement(counts: Counts) -> Disagreement | None:
    other = counts.disagreeing
    return Disagreement(_said(counts), _said(other)) if other else None


def _said(counts: Counts) -> Said:
    numerator, denominator = counts.amounts
    assert numerator is not None
    return Said(
        "" if counts.rolled else counts.sides.numerator.ledger,
        numerator,
        denominator or 0,
        counts.source.as_of if counts.source else None,
    )


def _sum(measure: Measure, roster: Roster, rows: list[_Row], latest: date | None) -> _Row:
    """The province's own row; a plain count has no other side."""
    pairs = [
        (row.numerator, 0 if measure.counts and row.numerator is not None else row.denominator)
        for row in rows
    ]
    numerator, denominator = added(pairs, together=measure.owed_by_all)
    told = len(rows) if measure.owed_by_all else sum(None not in pair for pair in pairs)
    bounded = [
        (n if row.at_most is None else row.at_most, d) for row, (n, d) in zip(rows, pairs, strict=True)
    ]
    most, _ = added(bounded, together=measure.owed_by_all)
    open_ended = any(row.at_most is not None for row in rows)
    called = level_words(roster.province).whole
    return _Row(
        code=roster.province_code, name=called, short=called, numerator=numerator, denominator=denominator,
        as_of=latest, regions=told or len(rows), at_most=most if open_ended else None,
    )  # fmt: skip


def _ranked(standings: list[Standing]) -> list[Standing]:
    falling = any(s.falls for s in standings)
    places = ranks({s.region_code: s.value for s in standings}, highest_first=not falling)
    return [replace(s, rank=places.get(s.region_code)) for s in standings]


def _shared(standings: list[Standing], whole: int) -> list[Standing]:
    return [replace(s, share_of_remaining=ratio(s.remaining, whole)) for s in standings]


def _latest(rows: Iterable[_Row]) -> date | None:
    return max((row.as_of for row in rows if row.as_of), default=None)


def _at(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[Standing, list[Standing]]:
    plan = measure.plan_on(moment.day)
    rows = [_row(counts) for counts in counted(measure, roster, moment)]
    own = provinces_own(measure, roster, moment)
    beside = [_row(own)] if own else []
    latest = _latest([*rows, *beside])
    # One pace for all, that of the newest figures: who has not reported since does not gain by silence.
    due = pace(measure, plan, latest or moment.day)
    table = verdicts(roster.province)
    sum_of_all = _standing(measure, plan, due, _sum(measure, roster, [*rows, *beside], latest), table)
    if measure.whole:
        shown = [
            _unjudged(measure, _standing(measure, None, None, row, table), latest, table) for row in rows
        ]
        return _unless_few(sum_of_all, shown, table), _ranked(shown)
    regions = [
        replace(_standing(measure, plan, due, row, table), stale=_is_carried(row, latest)) for row in rows
    ]
    province = _whole(sum_of_all, plan, regions, table)
    # What is left in all regions together: one region's surplus does not do another's work.
    left = sum(standing.remaining or 0 for standing in regions)
    if measure.of_institutions:  # what the silent and the province's own still owe is left as well
        left = province.remaining or 0
    shared = _shared(_ranked(regions), left)
    if measure.kind != "growth" and province.remaining is not None:
        province = replace(province, remaining=left)
    province = replace(province, share_of_remaining=ratio(left, left))
    return _unless_few(province, regions, table), shared


def _is_carried(row: _Row, latest: date | None) -> bool:
    """Of who has never sent a figure none is carried on; the day would be that of the tasks."""
    return row.numerator is not None and is_stale(row.ledger, row.as_of, latest)


def _unjudged(measure: Measure, standing: Standing, latest: date | None, table: Verdicts) -> Standing:
    """A region beside what is asked of the province: its figures alone, or that it has sent none."""
    silent = standing.numerator is None or (standing.denominator is None and not measure.counts)
    stale = not silent and is_stale(standing.ledger, standing.as_of, latest)
    verdict_id = "not_reported" if silent else "unplanned"
    return replace(standing, remaining=None, stale=stale, verdict=table[verdict_id])


def _unless_few(province: Standing, regions: Sequence[Standing], table: Verdicts) -> Standing:
    """The province is not judged by a report in which few speak: neither by a verdict nor by a gap."""
    owing = [one for one in regions if one.verdict.id != "no_task"]
    speaking = sum(one.numerator is not None and not one.stale for one in owing)
    enough = (table["partial"].at_least or 0) * len(owing)
    if province.gap is None or speaking >= enough:
        return province
    return replace(province, gap=None, shortfall=None, verdict=table["partial"])


def _whole(province: Standing, plan: Plan | None, regions: Sequence[Standing], table: Verdicts) -> Standing:
    """The province has not finished while a region that owes figures is silent: it is judged by its gap then."""
    silent = any(standing.verdict.id == "not_reported" for standing in regions)
    if province.verdict.id != "finished" or not silent:
        return province
    counts = province.numerator, province.denominator or 1  # what is finished has something to finish
    begun = has_begun(plan, province.pace)
    unfinished = verdict(table, *counts, False, province.lead, begun=begun, rises=not province.falls)
    return replace(province, verdict=unfinished)


def evaluate(measure: Measure, roster: Roster, evidence: KnownTotals, day: date) -> Standings:
    """The measure on a day for every region of the roster and for the province."""
    province, regions = _at(measure, roster, TotalsAt(evidence.now, evidence, day))
    before: dict[str, Standing] = {}
    previous_day = None
    if evidence.previous is not None:
        whole, earlier = _at(measure, roster, TotalsAt(evidence.previous, evidence, day))
        before = {s.region_code: s for s in (whole, *earlier)}
        previous_day = whole.as_of
    compared = [_compared(s, before) for s in (province, *regions)]
    return Standings(
        measure=measure, plan=measure.plan_on(day), on=day, as_of=province.as_of, previous_as_of=previous_day,
        province=compared[0], regions=tuple(compared[1:]), verdicts=verdicts(roster.province),
        beside=_beside(measure, roster, TotalsAt(evidence.now, evidence, day)),
        caveats=caveat_figures(measure, roster, TotalsAt(evidence.now, evidence, day)),
    )  # fmt: skip


def _beside(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[int, int]:
    own = provinces_own(measure, roster, moment)
    return (own.numerator.amount or 0, own.denominator.amount or 0) if own else (0, 0)


def _compared(standing: Standing, before: Mapping[str, Standing]) -> Standing:
    earlier = before.get(standing.region_code)
    if earlier is None or earlier.numerator is None or standing.numerator is None:
        return standing
    # Without a report of its own since then nothing is known to have stood still.
    added = standing.numerator - earlier.numerator if standing.as_of != earlier.as_of else None
    return replace(standing, added=added, previous_rank=earlier.rank)
