"""进展评价: the verdict on a region from its gap to pace. Settings are data, printed in every legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Literal, cast, get_args

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "verdicts.toml"
Tone = Literal["good", "watch", "lagging", "missing"]
TONES = get_args(Tone)
# In this order the first whose lower bound is reached holds.
BY_GAP = ("fast", "on_pace", "lagging", "slow")
# What the figures say outright; everything else is a matter of degree, which a person may see otherwise.
FACTS = ("finished", "nothing_done")
# What a report of figures says of a region that has a task; everything else is said of it whatever the figures are.
JUDGED = frozenset({"finished", *BY_GAP})
# Reported, and to be looked into before anybody can judge.
OPEN = ("undetermined", "repeated", "startless")
# Of whom a task is known, and not what has been done of it.
UNKNOWN = ("startless", "not_reported")
OTHERS = (
    "finished", "partial", "not_begun", "nothing_done", "unplanned", "undetermined", "repeated", "startless", "unassigned", "not_reported",
    "no_task",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Verdict:
    id: str
    title: str
    rule: str
    tone: Tone
    shape: str
    at_least: Fraction | None = None
    rule_of_target: str = ""
    """The rule in words where a measure has no pace and is held against its target."""
    rule_of_limit: str = ""
    """The same where less is better, and who is above the target is behind."""


@dataclass(frozen=True)
class Override:
    """人工调整: a person's verdict in place of the rule's. Both are kept, with the reason; `at` is UTC."""

    verdict: Verdict
    proposed: Verdict
    reason: str
    by: str
    at: datetime


def _verdict(verdict_id: str, table: toml.RulesTable) -> Verdict:
    found = Verdict(
        id=verdict_id,
        title=table.text("title"),
        rule=table.text("rule"),
        tone=cast(Tone, table.choice("tone", TONES)),
        shape=table.text("shape"),
        at_least=table.share("at_least") if table.has("at_least") else None,
        rule_of_target=table.text("rule_of_target") if table.has("rule_of_target") else "",
        rule_of_limit=table.text("rule_of_limit", ""),
    )
    if found.rule_of_target and not found.rule_of_limit:
        raise table.fault(
            "写了“rule_of_target”的，应同时写“rule_of_limit”（越低越好的指标的说法，如“高于目标……”）。"
        )
    table.finish()
    return found


def parse_verdicts(table: toml.RulesTable) -> dict[str, Verdict]:
    table.text("basis")
    wanted = {*BY_GAP, *OTHERS}
    in_order = [key for key in table.data if key in wanted] + sorted(wanted - set(table.data))
    found = {verdict_id: _verdict(verdict_id, table.table(verdict_id)) for verdict_id in in_order}
    table.finish()
    _in_order(table, found)
    if twice := toml.twice(one.title for one in found.values()):
        raise table.fault(f"有两个评价的“title”都是“{twice}”。")
    _told(table, found)
    _sensible_part(table.table("partial"), found["partial"].at_least)
    return found


def _in_order(table: toml.RulesTable, found: Mapping[str, Verdict]) -> None:
    """Each verdict by gap begins where the one above it ends; what is below all of them has no end."""
    *bounded, last = BY_GAP
    for verdict_id in bounded:
        if found[verdict_id].at_least is None:
            raise table.table(verdict_id).fault("缺少“at_least”（下限，百分数）。")
    for above, below in pairwise(bounded):
        if (found[below].at_least or 0) >= (found[above].at_least or 0):
            raise table.table(below).fault(
                f"“at_least”应低于 [{above}] 的：界限按 {'、'.join(bounded)} 的次序从高到低排列。"
            )
    if found[last].at_least is not None:
        raise table.table(last).fault("最后一档不写“at_least”。")


def _sensible_part(table: toml.RulesTable, least: Fraction | None) -> None:
    """How many of the regions must have reported for the whole to be judged."""
    if least is None or not 0 <= least <= 1:
        raise table.fault("“at_least”是作评价所需的报送地区比例，应在0%至100%之间。")
    toml.says(table, "rule", least * 100)


def _told(table: toml.RulesTable, found: Mapping[str, Verdict]) -> None:
    """A bound stands in the words of the verdicts on both its sides."""
    for above, below in pairwise(BY_GAP):
        bound = found[above].at_least or Fraction(0)
        for own in (table.table(above), table.table(below)) if bound else ():
            for key in ("rule", "rule_of_target", "rule_of_limit"):
                if own.has(key):
                    toml.says(own, key, abs(bound * 100))


Verdicts = Mapping[str, Verdict]


@rule
def verdicts(province: str) -> Verdicts:
    """By id, best first, with the bounds of a province (full name); "" for the nation's."""
    found = toml.read_with_own(FILE, province, parse_verdicts)
    known = {verdict_id: one.title for verdict_id, one in verdicts("").items()} if province else {}
    for one in found.values():
        if known.get(one.id, one.title) != one.title:
            own = toml.label(rules_file("provinces", province, FILE))
            raise RulesError(
                own, one.id, f"评价的名称全国一致，不能改为“{one.title}”；各省可以改界限和说明。"
            )
    return found


def verdict(
    table: Verdicts,
    numerator: int | None,
    denominator: int | None,
    finished: bool,
    lead: Fraction | None,
    *,
    begun: bool = True,
    rises: bool = True,
) -> Verdict:
    """One region's verdict by the settings of its province; silence (未报送) never turns into anything else, but who has no task owes no report.

    `lead`: how far it is on the good side of what it is held against; negative is behind.
    `begun`: the window of the task has opened. Until then nothing can be judged but what is finished already.
    `rises`: done is what is counted. Where less is better, nothing counted is no 零进展.
    """
    if denominator == 0:
        return table["no_task"]
    if numerator is None or denominator is None:
        return table["not_reported"]
    if finished:
        return table["finished"]
    if not begun:
        return table["not_begun"]
    if numerator == 0 and rises:
        return table["nothing_done"]
    if lead is None:
        return table["unplanned"]
    for verdict_id in BY_GAP:
        bound = table[verdict_id].at_least
        if bound is None or lead >= bound:
            return table[verdict_id]
    raise AssertionError("the last verdict has no lower bound")
