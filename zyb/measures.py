"""指标: what is measured, against which plan, and which document says so.

Two kinds only: a ratio (numerator / denominator) and a growth (value / baseline − 1).
National measures stand in data/rules/measures.toml; a province's plan.toml sets the
targets and windows that its own documents name.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from zyb import rules
from zyb.ledgers import ledgers
from zyb.periods import Milestone, Window

KINDS = ("ratio", "growth")


@dataclass(frozen=True)
class Operand:
    """Where one side of a measure comes from: a tally of a ledger.

    `year`: None, a fixed year (the baseline 2023), or "current" for the year of the day asked for.
    `since_new_year`: only what was added since the end of last year (当年新增).
    """

    ledger: str
    tally: str
    title: str
    year: int | str | None = None
    since_new_year: bool = False

    def year_on(self, day: date) -> int | None:
        return day.year if self.year == "current" else self.year if isinstance(self.year, int) else None


@dataclass(frozen=True)
class Plan:
    """A dated target: `target` is the share (or growth) due at the end of the window."""

    window: Window
    target: Fraction
    basis: str


@dataclass(frozen=True)
class Measure:
    id: str
    title: str
    campaign: str
    kind: str
    definition: str
    basis: str
    unit: str
    paced: bool
    numerator: Operand
    denominator: Operand
    plans: tuple[Plan, ...] = ()

    def plan_on(self, day: date) -> Plan | None:
        """The plan of the day: the running one, else the one last ended, else the first to come."""
        running = [plan for plan in self.plans if plan.window.start <= day <= plan.window.due]
        ended = [plan for plan in self.plans if plan.window.due < day]
        if running:
            return min(running, key=lambda plan: plan.window.due)
        if ended:
            return max(ended, key=lambda plan: plan.window.due)
        return min(self.plans, key=lambda plan: plan.window.start, default=None)

    @property
    def annual(self) -> bool:
        """Whether the count begins anew each year, so that figures of two years make no series."""
        return self.numerator.since_new_year or self.numerator.year == "current"

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.numerator.ledger, self.denominator.ledger)))


def _operand(table: rules.Table) -> Operand:
    ledger_id, _, tally = table.text("tally").partition(".")
    ledger = ledgers().get(ledger_id)
    if ledger is None or tally not in ledger.tally_names:
        raise table.fault(f"没有汇总项 {ledger_id}.{tally}。")
    year: int | str | None = None
    if table.has("year"):
        year = "current" if table.data["year"] == "current" else table.integer("year")
        table.text("year", "") if year == "current" else None
    operand = Operand(ledger_id, tally, table.text("title"), year, table.flag("since_new_year", False))
    table.finish()
    return operand


def _plan(table: rules.Table) -> Plan:
    stones = tuple(
        Milestone(t.day("day"), t.share("share"), t.text("basis")) for t in table.tables("milestones")
    )
    window = Window(table.day("start"), table.day("due"), stones)
    days = [day for day, _ in window.knots()]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        raise table.fault("起止日期与里程碑应按时间先后排列。")
    plan = Plan(window, table.share("target"), table.text("basis"))
    table.finish()
    return plan


def _measure(measure_id: str, table: rules.Table) -> Measure:
    measure = Measure(
        id=measure_id,
        title=table.text("title"),
        campaign=table.choice("campaign", tuple(campaigns())),
        kind=table.choice("kind", KINDS),
        definition=table.text("definition"),
        basis=table.text("basis"),
        unit=table.text("unit", "家"),
        paced=table.flag("paced", True),
        numerator=_operand(table.table("numerator")),
        denominator=_operand(table.table("denominator")),
        plans=tuple(_plan(plan) for plan in table.tables("plans")),
    )
    table.finish()
    return measure


def _with_plans(measure: Measure, table: rules.Table) -> Measure:
    plans = tuple(_plan(plan) for plan in table.tables("plans"))
    merged = Measure(
        **{
            **measure.__dict__,
            "plans": plans or measure.plans,
            "basis": table.text("basis", measure.basis),
            "paced": table.flag("paced", measure.paced),
        }
    )
    table.finish()
    return merged


def parse_measures(national: rules.Table, provincial: rules.Table | None = None) -> dict[str, Measure]:
    """The province's plan overrides the nation's, measure by measure."""
    measures = {measure_id: _measure(measure_id, table) for measure_id, table in national.items()}
    for measure_id, table in provincial.items() if provincial else ():
        if measure_id not in measures:
            raise table.fault("国家规则中没有这个指标。")
        measures[measure_id] = _with_plans(measures[measure_id], table)
    return measures


@cache
def measures(province: str) -> Mapping[str, Measure]:
    """Every measure as it stands for a province (full name, such as 陕西省)."""
    plan = rules.RULES / "provinces" / province / "plan.toml"
    return parse_measures(
        rules.load(rules.RULES / "measures.toml"), rules.load(plan) if plan.exists() else None
    )


@cache
def campaigns() -> dict[str, str]:
    """Campaign id → Chinese title, in the order of the file."""
    table = rules.load(rules.RULES / "campaigns.toml")
    return {campaign: below.text("title") for campaign, below in table.items()}
