"""指标: what is measured, against which plan, and which document says so.

Two kinds only: a ratio (numerator / denominator) and a growth (value / baseline − 1).
National measures stand in data/rules/measures.toml with the documents that bind every province; a province's
plan.toml sets the targets and windows that its own documents name, and names these as the basis.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from zyb.errors import RulesError
from zyb.periods import Milestone, Window
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.ledgers import ROWS, TallyRule, ledgers

KINDS = ("ratio", "growth")
# What is printed where neither a national document nor one of the province asks for a measure.
NO_BASIS = "本省文件未作规定，仅作统计"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


COUNTIES = "counties"
ITEMS = "items"
FLOOR_A_YEAR = "at_least_a_year"


@dataclass(frozen=True, kw_only=True)
class Operand:
    """Where one side of a measure comes from: a tally of a ledger, or the region's counties.

    `added_title`: what the title is after “新增”: 新增申报, not 新增已申报.
    `year`: None, a fixed year (the baseline 2023), or "current" for the year of the day asked for. Of a
    ledger without a year column, "current" takes what was reported in that year: the list begins anew.
    `years`: these years together.
    `since_new_year`: only what was added since the end of last year (当年新增).
    `item`: only this kind (an indicator of the institutions).
    `over`, `at_least`: how many counties or items reach a floor (县区不少于20家), instead of the sum.
    `each_year`: the floor is that of one year, and grows with each of `years` that has begun.
    `times`: so many for each county (每县20家).
    `absent_is_zero`: the table names everyone who has a share; who is not in it has none.
    `also_in`: only the rows whose 统一社会信用代码 also stands in this other list (zyb.answers.linkage).
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
    each_year: bool = False
    times: int = 1
    absent_is_zero: bool = False
    also_in: str = ""

    @property
    def sum(self) -> str:
        """The name that the amount has among the totals."""
        return f"{self.tally} {self.also_in}" if self.also_in else self.tally

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.ledger, self.also_in)))

    def floor_on(self, day: date) -> int:
        """20 a year are 20 in the first year and 40 together in the second."""
        begun = sum(year <= day.year for year in self.years) if self.each_year else 1
        return self.at_least * max(begun, 1)

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

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return (*self.numerator.ledger_ids, *self.denominator.ledger_ids)


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
    """

    window: Window
    target: Fraction
    basis: str
    note: str = ""


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
    paced: bool
    sources: tuple[Sides, ...]
    plans: tuple[Plan, ...] = ()
    plans_of: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
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
        running = [plan for plan in plans if plan.window.start <= day <= plan.window.due]
        ended = [plan for plan in plans if plan.window.due < day]
        if running:
            return min(running, key=lambda plan: plan.window.due)
        if ended:
            return max(ended, key=lambda plan: plan.window.due)
        return min(plans, key=lambda plan: plan.window.start, default=None)

    @property
    def annual(self) -> bool:
        """Whether the count begins anew each year."""
        return self.numerator.since_new_year or self.numerator.year == "current"

    @property
    def yearly_series(self) -> bool:
        """Whether figures of two years make no series: the count begins anew, or the floor that it is held to."""
        return self.annual or self.numerator.each_year

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ledger for sides in self.sources for ledger in sides.ledger_ids))

    @property
    def report_ledgers(self) -> tuple[str, ...]:
        """The ledgers whose arrival is a report on the measure; a table of tasks is none."""
        return tuple(dict.fromkeys(sides.numerator.ledger for sides in self.sources))


def _operand(table: toml.RulesTable) -> Operand:
    over = table.choice("over", ("", COUNTIES, ITEMS), "")
    ledger_id, tally = _tally(table)
    operand = Operand(
        ledger=ledger_id, tally=tally, title=table.text("title"),
        added_title=table.text("added_title", table.text("title")), year=_year(table), years=_years(table),
        since_new_year=table.flag("since_new_year", False), item=table.text("item") if table.has("item") else None,
        over=over, at_least=_floor(table) if over else 0, each_year=table.has(FLOOR_A_YEAR),
        times=table.integer("times", 1), absent_is_zero=table.flag("absent_is_zero", False),
        also_in=table.text("also_in", ""),
    )  # fmt: skip
    table.finish()
    if operand.each_year and not (operand.over and operand.years):
        raise table.fault(f"写了 {FLOOR_A_YEAR} 的，应同时写 over 和 years。")
    if operand.also_in:
        _check_link(operand, table)
    return operand


def _floor(table: toml.RulesTable) -> int:
    return table.integer(FLOOR_A_YEAR if table.has(FLOOR_A_YEAR) else "at_least")


def _check_link(operand: Operand, table: toml.RulesTable) -> None:
    """Rows are found again in another list by their code, all of them or none: no sum, no condition."""
    ours, other = ledgers().get(operand.ledger), ledgers().get(operand.also_in)
    if not (ours and ours.of_type("uscc") and other and other.of_type("uscc")):
        raise table.fault("also_in 两边都应是有统一社会信用代码的台账。")
    if next(tally for tally in ours.tallies if tally.name == operand.tally) != TallyRule(
        name=operand.tally, count=ROWS
    ):
        raise table.fault("also_in 只用于数全部行的汇总项。")


def _tally(table: toml.RulesTable) -> tuple[str, str]:
    """Ledger and tally; the counties of a region come from the roster and have no ledger."""
    said = table.text("tally")
    if said == COUNTIES:
        return "", COUNTIES
    ledger_id, _, tally = said.partition(".")
    ledger = ledgers().get(ledger_id)
    if ledger is None or tally not in ledger.tally_names:
        raise table.fault(f"没有汇总项 {said}。")
    return ledger_id, tally


def _year(table: toml.RulesTable) -> int | str | None:
    if not table.has("year"):
        return None
    return table.text("year") if table.data["year"] == "current" else table.integer("year")


def _years(table: toml.RulesTable) -> tuple[int, ...]:
    years = table.integers("years", ())
    if list(years) != sorted(set(years)):
        raise table.fault("“years”应为从小到大的年份，例如 [2024, 2025]。")
    return years


def _sources(table: toml.RulesTable) -> tuple[Sides, ...]:
    """The first source is written in full; an alternative names its tallies and takes over the rest."""
    first = Sides(_operand(table.table("numerator")), _operand(table.table("denominator")))
    return (first, *(_alternative(first, other) for other in table.tables("alternatives")))


def _alternative(first: Sides, table: toml.RulesTable) -> Sides:
    sides = Sides(
        _other(first.numerator, table, "numerator"), _other(first.denominator, table, "denominator")
    )
    table.finish()
    return sides


def _other(operand: Operand, table: toml.RulesTable, side: str) -> Operand:
    ledger, tally = _tally(toml.RulesTable({"tally": table.text(side)}, table.file, table.place))
    return replace(operand, ledger=ledger, tally=tally)


def _plan(table: toml.RulesTable) -> Plan:
    stones = tuple(
        Milestone(t.day("day"), t.share("share"), t.text("basis")) for t in table.tables("milestones")
    )
    window = Window(table.day("start"), table.day("due"), stones)
    days = [day for day, _ in window.knots()]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        raise table.fault("起止日期与里程碑应按时间先后排列。")
    plan = Plan(window, table.share("target"), table.text("basis"), table.text("note", ""))
    table.finish()
    return plan


def _breakdown(measure: Sides, table: toml.RulesTable) -> Breakdown:
    """As the measure is read, from tallies of its ledgers that are split."""
    found = Breakdown(
        table.text("title"),
        table.text("heading"),
        _other(
            replace(measure.denominator, title=table.text("counted_title", measure.denominator.title)),
            table,
            "counted",
        ),
        _other(measure.numerator, table, "done") if table.has("done") else None,
        table.flag("classified", False),
        _then(measure, table) if table.has("then") else None,
    )
    table.finish()
    if found.then and not found.done:
        raise table.fault("写了 then 的，应同时写 done。")
    if not all(_is_split(operand) for operand in found.operands):
        raise table.fault("counted、done、then 应是按项分列（by）的汇总项。")
    return found


def _then(measure: Sides, table: toml.RulesTable) -> Operand:
    return _other(replace(measure.numerator, title=table.text("then_title")), table, "then")


def _is_split(operand: Operand) -> bool:
    ledger = ledgers()[operand.ledger]
    return any(rule.by for rule in ledger.tallies if rule.name == operand.tally)


def _definition(table: toml.RulesTable) -> str:
    main, further = table.text("definition"), table.text("further", "")
    return f"{main.removesuffix('。')}；{further}" if further else main


def _measure(measure_id: str, table: toml.RulesTable) -> Measure:
    sources = _sources(table)
    measure = Measure(
        id=measure_id, title=table.text("title"), campaign=table.choice("campaign", tuple(campaigns())),
        kind=table.choice("kind", KINDS), definition=_definition(table), basis=table.text("basis", NO_BASIS),
        unit=table.text("unit", "家"), paced=table.flag("paced", True), sources=sources,
        plans=tuple(_plan(plan) for plan in table.tables("plans")), plans_of=table.text("plans_of", ""),
        breakdowns=tuple(_breakdown(sources[0], below) for below in table.tables("breakdowns")),
        shown_only=table.flag("shown_only", False), gist=table.text("definition"),
        fallen=table.text("fallen") if table.text("kind") == "growth" else "", said=table.text("said", ""),
        short=table.text("short", ""), in_group=table.text("in_group", ""),
    )  # fmt: skip
    table.finish()
    return measure


def _with_plans(measure: Measure, table: toml.RulesTable) -> Measure:
    plans = tuple(_plan(plan) for plan in table.tables("plans"))
    planned = replace(
        measure,
        plans=plans or measure.plans,
        plans_of="" if plans else measure.plans_of,
        basis=table.text("basis", measure.basis),
        paced=table.flag("paced", measure.paced),
    )
    table.finish()
    return planned


def _family(measure_id: str, table: toml.RulesTable) -> Iterator[tuple[str, toml.RulesTable]]:
    """A table with `each` stands for several measures: {name} takes that member's own value everywhere."""
    if not table.has("each"):
        yield measure_id, table
        return
    common = {key: value for key, value in table.data.items() if key not in ("each", "id")}
    for member in table.tables("each"):
        words = {key: member.text(key) for key in member.data}
        own_id = _filled(table.text("id"), words, member)
        yield own_id, toml.RulesTable(_filled(common, words, member), table.file, own_id)


def _filled(value: Any, words: Mapping[str, str], table: toml.RulesTable) -> Any:
    if isinstance(value, dict):
        return {key: _filled(below, words, table) for key, below in value.items()}
    if isinstance(value, list):
        return [_filled(below, words, table) for below in value]
    if not isinstance(value, str):
        return value
    if missing := [name for name in PLACEHOLDER.findall(value) if name not in words]:
        raise table.fault(f"缺少“{missing[0]}”。")
    return PLACEHOLDER.sub(lambda found: words[found[1]], value)


def _declared(national: toml.RulesTable) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for name, below in national.items():
        for measure_id, table in _family(name, below):
            if measure_id in found:
                raise table.fault("指标编号重复。")
            found[measure_id] = _measure(measure_id, table)
    return found


def parse_measures(
    national: toml.RulesTable, provincial: toml.RulesTable | None = None
) -> dict[str, Measure]:
    """The province's plan overrides the nation's, measure by measure."""
    found = _declared(national)
    for measure_id, table in provincial.items() if provincial else ():
        if measure_id not in found:
            raise table.fault("国家规则中没有这个指标。")
        found[measure_id] = _with_plans(found[measure_id], table)
    for measure in found.values():
        if measure.plans_of and (measure.plans_of not in found or found[measure.plans_of].plans_of):
            raise RulesError(national.file, measure.id, f"没有指标 {measure.plans_of}，或它没有自己的时限。")
    return {name: _with_shared_plans(measure, found) for name, measure in found.items()}


def _with_shared_plans(measure: Measure, known: Mapping[str, Measure]) -> Measure:
    """Measures of one task (the five steps of 帮扶) have one time-table, that of the task itself."""
    return replace(measure, plans=known[measure.plans_of].plans) if measure.plans_of else measure


@rule
def measures(province: str) -> Mapping[str, Measure]:
    """Every measure as it stands for a province (full name, such as 陕西省)."""
    plan = rules_file("provinces", province, "plan.toml")
    return parse_measures(toml.load(rules_file("measures.toml")), toml.load(plan) if plan.exists() else None)


@rule
def measure_ids() -> frozenset[str]:
    return frozenset(parse_measures(toml.load(rules_file("measures.toml")), None))


@rule
def campaigns() -> dict[str, str]:
    """Campaign id → Chinese title, in the order of the file."""
    table = toml.load(rules_file("campaigns.toml"))
    found = {}
    for campaign, below in table.items():
        found[campaign] = below.text("title")
        below.finish()
    if not found:
        raise table.fault("没有列出任何专项。")
    return found
