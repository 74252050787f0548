"""The plans of a measure: windows with milestones and targets, refused where nobody could owe them."""

from __future__ import annotations

import itertools
from fractions import Fraction

from zyb.periods import Milestone, Window
from zyb.rulebook import toml
from zyb.rulebook.measures.model import COUNT, SURVEY, Plan

GROWTH = "growth"


def parse_plans(table: toml.RulesTable, kind: str, rises: bool) -> tuple[Plan, ...]:
    """No two of a measure's run on one day: nobody could tell which is owed."""
    tables = table.tables("plans")
    found = tuple(_plan(below, kind, rises) for below in tables)
    for (first, one), (second, other) in itertools.combinations(enumerate(found, 1), 2):
        if one.window.start <= other.window.due and other.window.start <= one.window.due:
            raise table.fault(
                f"“plans”第{first}项和第{second}项的起止日期重叠，同一天只能有一个目标；分阶段的写成“milestones”。"
            )
    return found


def _plan(table: toml.RulesTable, kind: str, rises: bool) -> Plan:
    stones = tuple(map(_milestone, table.tables("milestones")))
    window = Window(table.day("start"), table.day("due"), stones)
    days = [day for day, _ in window.knots()]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        raise table.fault("“start”、“milestones”的“day”和“due”应按时间先后排列。")
    if any(later < earlier for (_, earlier), (_, later) in itertools.pairwise(window.knots())):
        raise table.fault("“milestones”的“share”应由小到大：到后一个节点应完成的比例，不会比前一个节点少。")
    first = table.day("first_report") if table.has("first_report") else None
    if first and not window.start <= first <= window.due:
        raise table.fault("“first_report”（首次应报送之日）应在起止日期之间。")
    target = _number(table) if kind == COUNT else table.share("target")
    _check_target(target, table, kind, rises)
    plan = Plan(window, target, table.text("basis"), table.text("note", ""), first)
    table.finish()
    return plan


def _milestone(table: toml.RulesTable) -> Milestone:
    found = Milestone(table.day("day"), table.share("share"), table.text("basis"))
    if not 0 <= found.share <= 1:
        raise table.fault(
            f"“share”是到该日应完成的比例，应在0%至100%之间，现为 {toml.shown(table.text('share'))}。"
        )
    table.finish()
    return found


def _check_target(target: Fraction, table: toml.RulesTable, kind: str, rises: bool) -> None:
    """Within what the value can be, and not such that everybody has met it before anything is done."""
    shown = toml.shown(table.data["target"])
    if kind in ("ratio", SURVEY) and not 0 <= target <= 1:
        raise table.fault(f"“target”是比率，应在0%至100%之间，现为 {shown}。")
    if rises and (target < 0 or (target == 0 and kind != GROWTH)):
        raise table.fault(f"“target”现为 {shown}，什么都不做就已达到；请填写文件规定的目标。")
    if not rises and kind in ("ratio", SURVEY) and target == 1:
        raise table.fault(f"“target”现为 {shown}，指标越低越好，任何数值都已达到；请填写文件规定的目标。")


def _number(table: toml.RulesTable) -> Fraction:
    """The target of a plain count: a whole number, for each region."""
    return Fraction(table.integer("target", least=0))
