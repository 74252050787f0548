"""Where regions and province stand in a measure on a day, as plain data (zyb.standing.evaluating makes it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zyb.numerals import HUNDRED_PERCENT, worded
from zyb.periods import DAYS_A_MONTH, Schedule, chinese_day, schedule
from zyb.rulebook.campaigns import Closing
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure, Plan
from zyb.rulebook.surveys import origin_words
from zyb.rulebook.verdicts import Override, Verdict, Verdicts
from zyb.standing.alert_course import Owed
from zyb.standing.arithmetic import goal_of, has_begun, remaining, short_of
from zyb.standing.caveats import MOST_NAMED, CaveatFigure, CountiesAlone
from zyb.standing.counting import RollUp
from zyb.standing.disagreement import Disagreement
from zyb.standing.forecast import Forecast
from zyb.standing.silence import handed_down
from zyb.standing.yardsticks import gap_title, lead, yardstick

LAST_YEARS = "可能是上年的累计数，核实后再作评价"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one region (or the province) stands. Shares are exact fractions, 1 = 100 %.

    `numerator` and `denominator` are counts; for a growth they are the present value and the
    baseline. `gap` = value − pace; where less is better (`falls`) who is above is behind. `shortfall` is the gap in 家
    (how many short of pace, or too many, 0 when ahead). `remaining` is what the target still needs, or needs less. `ledger` is the one that the numerator is taken from.
    `verdict` is the one that holds: the rule's own (`proposed`) or what a person put in its place.
    `rolled`: at the national level, whose reports it is added up from, where it is no line of the province's own.
    `stale`: new figures were due by the newest day, or by the day asked for, and have not come, 本期未报送, so those of `as_of`
    are used.
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
    newly: int = 0
    """How much of the numerator was reported for the first time, by those of whom there was nothing in the previous
    period: new reporting and no new completion, so that it is not among what was `added`."""
    at_most: int | None = None
    """What the numerator may be at most, where some enterprises say too little to be placed."""
    asked: int | None = None
    """Of a survey, which has no other numbers, how many were asked."""
    repeats: date | None = None
    """The day of last year's report whose figures these are once more, although the count begins anew each year."""

    alone: CountiesAlone | None = None
    """Where some counties have reported for themselves and nobody for the others: the figures are theirs."""

    @property
    def told(self) -> bool:
        """Whether anything was reported: a count, or the percentage of a survey, which has none."""
        return self.numerator is not None or self.value is not None

    @property
    def on_record(self) -> tuple[int | None, int]:
        """The figures that a person's verdict is about: both sides; of a survey, which has none, its value in parts of a
        hundred per cent. A plain count without a target has nothing beside it, and the record a nought."""
        if self.numerator is None and self.value is not None:
            return round(self.value * HUNDRED_PERCENT), HUNDRED_PERCENT
        return self.numerator, self.denominator or 0

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
    silent_from: date | None = None
    """The first day of a period that is over by then without a report from anybody."""
    beside: tuple[int, int] = (0, 0)
    """Both sides of what is counted for the province and for none of its regions: its own institutions."""
    caveats: tuple[CaveatFigure, ...] = ()
    """What could not be placed, of the province and of each region that has any."""
    own: Standing | None = None
    """What the province's own institutions owe, which is asked of no region."""
    origin: str = ""
    """Of a survey where the province's own figure comes from, or why there is none (zyb.rulebook.surveys)."""
    closing: Closing | None = None
    """How its campaign was closed by the day that was asked for: the figures stand, and nothing is still to be done."""

    def region(self, code: str | None) -> Standing | None:
        return next((standing for standing in self.regions if standing.region_code == code), None)

    def by_gap(self) -> list[Standing]:
        """The league table: best first, ties in roster order, who has no value last."""
        return sorted(self.regions, key=lambda s: (s.rank is None, s.rank or 0))

    @property
    def owing(self) -> tuple[Standing, ...]:
        """Of whom it is asked: of each region and of the province's own institutions, or of the province together."""
        if self.measure.whole:
            return (self.province,)
        return (*self.regions, self.own) if self.own else self.regions

    @property
    def begun(self) -> bool:
        """Whether there is anything to judge by yet; before a window opens nobody is ahead or behind."""
        return has_begun(self.plan, self.province.pace)

    def caveats_of(self, standing: Standing) -> list[str]:
        """“另有12家没有写明县区，不计入任何县区，达标县区至少2个、至多3个”."""
        told = [one.told for one in self.caveats if one.region_code == standing.region_code]
        if self.origin and standing is self.province and self.reported:
            told.append(origin_words(self.origin, standing.region, self.measure.weight_title))
        if told and standing.numerator is not None and standing.at_most not in (None, standing.numerator):
            side, unit = self.measure.numerator.title, self.measure.unit
            told.append(f"{side}至少{standing.numerator}{unit}、至多{standing.at_most}{unit}")
        return [*told, *self._alone(standing), *self._startless(standing), *self._repeated(standing)]

    def _alone(self, standing: Standing) -> list[str]:
        """“仅桥东区报送（1／16个县区）”; of the whole whose figures are of some counties."""
        if standing is not self.province:
            return [standing.alone.told] if standing.alone else []
        parted = [f"{one.region}{one.alone.told}" for one in self.regions if one.alone]
        if len(parted) > MOST_NAMED:
            return [f"{len(parted)}个地区仅部分县区报送"]
        return ["、".join(parted)] if parted else []

    def _startless(self, standing: Standing) -> list[str]:
        """“韩城市缺2023年末累计数，无法计算，请补报2023年12月31日的累计数”"""
        of_whole = standing is self.province
        own = [one.region for one in self.startless if of_whole or one is standing]
        if not own:
            return []
        year = (self.as_of or self.on).year - 1
        left_out = "，不计入合计" if of_whole and standing.numerator is not None else ""
        names = "、".join(own) if of_whole else ""
        return [f"{names}缺{year}年末累计数，无法计算{left_out}，请补报{year}年12月31日的累计数"]

    def _repeated(self, standing: Standing) -> list[str]:
        """“石家庄市所报各数与2024年12月31日完全相同，可能是上年的累计数，核实后再作评价”"""
        of_whole = standing is self.province
        own = [one for one in self.regions if one.repeats and (of_whole or one is standing)]
        names: dict[date, list[str]] = {}
        for one in own:
            names.setdefault(one.repeats or self.on, []).append(one.region)
        what = "企业和各数" if ledgers()[self.measure.numerator.ledger].is_list else "各数"
        return [
            f"{'、'.join(named) if of_whole else ''}所报{what}与{chinese_day(day)}完全相同，{LAST_YEARS}"
            for day, named in names.items()
        ]

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
        return [standing for standing in self.regions if standing.told]

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
    def startless(self) -> list[Standing]:
        """Who has reported, and not from where this year began."""
        return [standing for standing in self.regions if standing.verdict.id == "startless"]

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
            or standing.repeats
            or standing.alone
            or not self.measure.paced
            or not standing.target
        ):
            return None
        share = standing.value / standing.target
        if share >= 1 or day <= plan.window.start:
            return None
        over = self.measure.is_over(self.on, self.asked or self.on)
        reached = plan.window.due if over else min(day, plan.window.due)
        return Fraction((plan.window.day_at(share) - reached).days) / DAYS_A_MONTH

    def foreseen(self, rate: Forecast | None) -> Forecast | None:
        """A forecast that still lies ahead on the day asked for, within the year that the figures belong to."""
        asked = self.asked or self.on
        past = rate is not None and rate.finish is not None and rate.finish < asked
        over = self.own_year is not None and self.own_year < asked.year
        return None if past or over else rate

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
                short_of(measure, value, plan.target)
                if measure.surveys
                else remaining(measure, *counts, plan.target),
            )
            for plan in measure.plans
            if plan.window.due < day and not measure.annual
        }

    def schedule(self, standing: Standing) -> Schedule | None:
        """倒排工期 from the day of the figures, or once the deadline has passed, or they no longer speak for it, from the day
        that was asked for; None where
        there is no plan or no figure, of tables of tasks, which are no work, and of a closed campaign, where nothing is
        to be done any more."""
        resting = handed_down(self.measure) or (self.closing and standing.remaining)
        if self.plan is None or standing.remaining is None or resting:
            return None
        measure, due, asked = self.measure, self.plan.window.due, self.asked or self.on
        day = asked if due < asked or self.silent_from else self.as_of or self.on
        return schedule(standing.remaining, due, day, measure.unit, measure.always)
