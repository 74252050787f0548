"""指标: what is measured, against which plan, and which document says so.

Four kinds: a ratio (numerator / denominator), a growth (value / baseline − 1), a plain count (a number, held against
the number that its plan names for each region, or for the province where it is asked of the `whole`, or against none) and
a survey (a percentage as it is reported, which is never added up).
National measures stand in data/rules/measures.toml with the documents that bind every province; a province's
plan.toml sets the targets and windows that its own documents name, and names these as the basis.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zyb.periods import Window
from zyb.records import RowTest

COUNTIES = "counties"
# Instead of a denominator: a plain count is held against the number that its plan names, or against none.
TARGET_NUMBER = "target_number"
COUNT, SURVEY = "count", "survey"
INSTITUTIONS = "institutions"
PACE, TARGET, ALWAYS = "pace", "target", "always"


@dataclass(frozen=True, kw_only=True)
class Operand:
    """Where one side of a measure comes from: a tally of a ledger, the region's counties, or its institutions.

    `added_title`: what the title is after “新增”: 新增申报, not 新增已申报.
    `year`: None, a fixed year (the baseline 2023), or "current" for the year of the day asked for. Of a
    ledger without a year column, "current" takes what was reported in that year: the list begins anew.
    `years`: these years together.
    `since_new_year`: only what was added since the end of last year (当年新增).
    `item`: only this kind (an indicator of the institutions).
    `over`, `at_least`: how many counties or listed institutions reach a floor (县区不少于20家), instead of the sum.
    `times`: so many for each county (每县20家).
    `absent_is_zero`: the table names everyone who has a share; who is not in it has none.
    `also_in`: only the rows whose 统一社会信用代码 also stands in this other list (zyb.answers.linkage); of it only the
    rows of `also_year` (as `year`) and those that meet all of `also_where`.
    """

    ledger: str
    tally: str
    title: str
    added_title: str = ""
    year: int | str | None = None
    years: tuple[int, ...] = ()
    since_new_year: bool = False
    item: str | None = None
    over: str = ""
    at_least: int = 0
    times: int = 1
    absent_is_zero: bool = False
    also_in: str = ""
    also_year: int | str | None = None
    also_where: tuple[RowTest, ...] = ()

    @property
    def sum(self) -> str:
        """The name that the amount has among the totals."""
        if not self.also_in:
            return self.tally
        narrowed = "".join(f" {one.column}={'/'.join(one.values)}" for one in self.also_where)
        return f"{self.tally} {self.also_in}{f' {self.also_year}' if self.also_year else ''}{narrowed}"

    def also_year_on(self, day: date) -> int | None:
        """The year of the other list's rows that count for a day; None for all."""
        return (
            day.year
            if self.also_year == "current"
            else self.also_year
            if isinstance(self.also_year, int)
            else None
        )

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.ledger, self.also_in)))

    def years_on(self, day: date) -> tuple[int | None, ...]:
        """The years that are read for a day; None stands for figures without a year."""
        if self.years:
            return self.years
        return (day.year if self.year == "current" else self.year if isinstance(self.year, int) else None,)


@dataclass(frozen=True)
class Sides:
    """The two operands of a measure from one source: the summary table, or the list of enterprises."""

    numerator: Operand
    denominator: Operand
    weight: Operand | None = None
    """Of a survey how many were asked: what the regions' percentages weigh in the province's."""

    @property
    def alone(self) -> bool:
        """Whether the numerator is all that is reported: a plain count, or a survey's percentage."""
        return self.denominator.tally == TARGET_NUMBER

    @property
    def operands(self) -> tuple[Operand, ...]:
        return tuple(filter(None, (self.numerator, self.denominator, self.weight)))

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(ledger for operand in self.operands for ledger in operand.ledger_ids)


@dataclass(frozen=True)
class Caveat:
    """Rows that a measure cannot place: enterprises of no county, employers of no class. They are said beside the figure.

    `counted` of them `among` so many (without it no share is said); `placeless`: only those without a county.
    `said` may hold {number}, {total} and {share}.
    """

    counted: Operand
    said: str
    among: Operand | None = None
    placeless: bool = False


@dataclass(frozen=True)
class Breakdown:
    """A measure, or a count alone, by what a tally is split by: industry, kind of violation.

    `heading` names what it is split by; `classified` when the kinds are codes of GB/T 4754.
    `then` is the step after `done`, a share of it: of the cases resolved those rectified.
    """

    title: str
    heading: str
    counted: Operand
    done: Operand | None
    classified: bool
    then: Operand | None = None

    @property
    def operands(self) -> tuple[Operand, ...]:
        return tuple(operand for operand in (self.counted, self.done, self.then) if operand)


@dataclass(frozen=True)
class Plan:
    """A dated target: `target` is the share (or growth) due at the end of the window.

    `note` says where the program reads a document otherwise than it is written (“9月31日”).
    `first_report`: the day from which reports are due by the document; without it whoever is silent is so from the first
    whole period after the tasks were published or anybody reported.
    """

    window: Window
    target: Fraction
    basis: str
    note: str = ""
    first_report: date | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`sources` in their order of precedence: for each region the first that has both sides holds."""

    id: str
    title: str
    campaign: str
    kind: str
    definition: str
    basis: str
    unit: str
    held: str
    """What the value is held against: the pace of the window, the target on its day, or the target always."""
    sources: tuple[Sides, ...]
    plans: tuple[Plan, ...] = ()
    """Those that bind: the province's own, else the nation's."""
    national: tuple[Plan, ...] = ()
    """The nation's, where the province's own stand in their place."""
    plans_of: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    whole: bool = False
    """Asked of the province together, such as an average: regions are shown beside it and none of them is judged."""
    higher_is_better: bool = True
    """Whether more of it is better; of 岗位超标率 less is, and who is above the target is behind."""
    shown_only: bool = False
    """No document names a target: the value is shown, and nothing is still owed."""
    fallen: str = ""
    """The same of a growth below zero: “申报数量较2023年下降”."""
    gist: str = ""
    """The definition without what is said further: as much as can be read from the back of a room."""
    said: str = ""
    """What goes before the value in a sentence, where the title names no rate: “帮扶不少于20家的县区占”."""
    short: str = ""
    """The title where its campaign is named already: 完成率."""
    in_group: str = ""
    """The title where its group is named already: “五个一”帮扶方面，管理制度建立率 …"""

    @property
    def counts(self) -> bool:
        """Whether it is a plain count, its own value; the plan's target is a number of its unit."""
        return self.kind == COUNT

    @property
    def surveys(self) -> bool:
        """Whether it is a percentage as a survey found it: with neither numerator nor denominator, and nothing left of it."""
        return self.kind == SURVEY

    @property
    def weight_title(self) -> str:
        """What the sample of a survey is called: 调查人数; nothing where none is asked for."""
        weight = self.sources[0].weight
        return weight.title if weight else ""

    @property
    def gap_unit(self) -> str:
        """Of a plain count the unit of its gap; nothing where that is 百分点."""
        return self.unit if self.counts else ""

    @property
    def lacking(self) -> str:
        """Before what the target still needs: so many more, or so many fewer; what has been counted once stays so."""
        if self.higher_is_better:
            return "还差"
        return "高出目标" if self.counts else "还需减少"

    @property
    def paced(self) -> bool:
        return self.held == PACE

    @property
    def waits(self) -> bool:
        """Whether only the day it is due tells: a share of a stock, which time alone does not bring."""
        return self.held == TARGET

    @property
    def always(self) -> bool:
        """Whether the target holds on every day: who is short of it is late already."""
        return self.held == ALWAYS

    @property
    def of_institutions(self) -> bool:
        """Whether it counts the institutions of the province's list: who has not reported is owed as well, and the
        province's own belong to it alone."""
        return self.denominator.tally == INSTITUTIONS and not self.denominator.ledger

    @property
    def owed_by_all(self) -> bool:
        """Whether the province is held against all of its regions, those that are silent among them."""
        return self.whole or self.of_institutions

    @property
    def before_value(self) -> str:
        return self.said or self.title

    @property
    def title_in_campaign(self) -> str:
        return self.short or self.title

    @property
    def title_in_group(self) -> str:
        return self.in_group or self.title

    @property
    def numerator(self) -> Operand:
        return self.sources[0].numerator

    @property
    def denominator(self) -> Operand:
        return self.sources[0].denominator

    def plan_on(self, day: date) -> Plan | None:
        """The plan of the day: the running one, else the one last ended, else the first to come.

        A count that begins anew each year is held against that year's plans only.
        """
        plans = [plan for plan in self.plans if not self.annual or plan.window.touches(day.year)]
        running = next((plan for plan in plans if plan.window.start <= day <= plan.window.due), None)
        ended = [plan for plan in plans if plan.window.due < day]
        if running:
            return running
        if ended:
            return max(ended, key=lambda plan: plan.window.due)
        return min(plans, key=lambda plan: plan.window.start, default=None)

    def is_over(self, on: date, asked: date) -> bool:
        """Whether the task of one day is due no more on another."""
        plan = self.plan_on(on)
        return plan is not None and plan.window.due < asked

    def national_plan_on(self, day: date) -> Plan | None:
        """The nation's plan of the day where it asks for something else, or by another day, than the one that binds."""
        own, nation = self.plan_on(day), replace(self, plans=self.national).plan_on(day)
        if own is None or nation is None:
            return None
        same = (own.target, own.window.due) == (nation.target, nation.window.due)
        return None if same else nation

    def looked_at(self, day: date, told: Collection[int], tasked: Collection[int] = ()) -> date:
        """The day whose figures a day shows. After the last of its years a sum of years stands as it was then; of a count that
        begins anew the outcome of the last year stands until the first report of the year, or until what this one asks for is
        overdue; and where it asks for nothing, that of the last year that did, were it that nobody reported. `told`: the years
        that reports until then tell of; `tasked`: those that tables of tasks do."""
        if self.numerator.years:
            return min(day, date(max(self.numerator.years), 12, 31))
        if not self.annual or day.year in told:
            return day
        if (now := self.plan_on(day)) is not None:
            ended = date(day.year - 1, 12, 31)
            return ended if ended.year in told and day <= now.window.due and self.plan_on(ended) else day
        ended = self.last_asked_for(day)
        begun, newest = min((*told, *tasked), default=day.year), max(told, default=0)
        return ended if begun <= ended.year and newest <= ended.year < day.year else day

    def last_asked_for(self, day: date) -> date:
        """The end of the last year in which anything was due by a day; the year's own while nothing was."""
        return date(
            max((plan.window.due.year for plan in self.plans if plan.window.due < day), default=day.year),
            12,
            31,
        )

    @property
    def alerts(self) -> bool:
        """Whether it is owed by a day: without a plan nothing is late."""
        return bool(self.plans)

    @property
    def annual(self) -> bool:
        """Whether the count begins anew each year."""
        return self.numerator.since_new_year or self.numerator.year == "current"

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ledger for sides in self.sources for ledger in sides.ledger_ids))

    @property
    def report_ledgers(self) -> tuple[str, ...]:
        """The ledgers whose arrival is a report on the measure; a table of tasks is none."""
        return tuple(dict.fromkeys(sides.numerator.ledger for sides in self.sources))

    @property
    def task_ledgers(self) -> tuple[str, ...]:
        """The ledgers that say how much there is to do: with them the task is published. Counties, institutions and numbers
        that a plan names are known beforehand."""
        sides = ((each.denominator if each.denominator.ledger else each.numerator) for each in self.sources)
        return tuple(dict.fromkeys(operand.ledger for operand in sides))

    @property
    def counts_its_own_tasks(self) -> bool:
        """Whether who reports what is done says with it how much there is to do."""
        return bool(set(self.task_ledgers) & set(self.report_ledgers))
