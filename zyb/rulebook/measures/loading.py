"""Measures as data/rules/measures.toml declares them, with the targets and windows of a province's plan.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from zyb.errors import RulesError
from zyb.records import RowTest
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.campaigns import FILE as CAMPAIGNS
from zyb.rulebook.campaigns import all_campaigns, campaigns
from zyb.rulebook.ledgers import Ledger, countable, ledgers
from zyb.rulebook.measures.model import (
    ALWAYS,
    COUNT,
    COUNTIES,
    INSTITUTIONS,
    PACE,
    SURVEY,
    TARGET,
    TARGET_NUMBER,
    Breakdown,
    Caveat,
    Measure,
    Operand,
    Plan,
    Sides,
)
from zyb.rulebook.measures.plans import GROWTH, parse_plans
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.places.institutions import institutions
from zyb.rulebook.places.levels import PLACE_NAMES, LevelWords, level_words
from zyb.rulebook.surveys import survey_words

KINDS, HELD = ("ratio", GROWTH, COUNT, SURVEY), (PACE, TARGET, ALWAYS)
GOAL = Operand(ledger="", tally=TARGET_NUMBER, title="目标")
# What is printed where neither a national document nor one of the province asks for a measure.
NO_BASIS = "{本省文件}未作规定，仅作统计"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _operand(table: toml.RulesTable) -> Operand:
    over = table.choice("over", ("", COUNTIES, INSTITUTIONS), "")
    ledger_id, tally = _tally(table)
    operand = Operand(
        ledger=ledger_id, tally=tally, title=table.text("title"),
        added_title=table.text("added_title", table.text("title")), year=_year(table), years=_years(table),
        since_new_year=table.flag("since_new_year", False), item=table.text("item") if table.has("item") else None,
        over=over, at_least=table.integer("at_least", least=1) if over else 0,
        times=table.integer("times", 1, least=1), absent_is_zero=table.flag("absent_is_zero", False),
    )  # fmt: skip
    operand = _linked(operand, table)
    table.finish()
    if over == INSTITUTIONS and ledgers()[ledger_id].institution_column is None:
        raise table.fault('over = "institutions" 只用于有机构列（institution）的台账。')
    if operand.also_in:
        _check_link(operand, table)
    _check_item(operand, table)
    return operand


def _check_item(operand: Operand, table: toml.RulesTable) -> None:
    """One of those by which the ledger, or its tally, is split."""
    if not (operand.item and operand.ledger):
        return
    ledger = ledgers()[operand.ledger]
    split = next(rule.by for rule in ledger.tallies if rule.name == operand.tally) or ledger.item
    if not split:
        raise table.fault(f"{operand.ledger}.{operand.tally} 不分项，不写“item”。")
    known = ledger.column(split).values
    if known and operand.item not in known:
        raise table.fault(f"“item”中“{operand.item}”不是{ledger.title}的分项；可用的有：{'、'.join(known)}。")


def _linked(operand: Operand, table: toml.RulesTable) -> Operand:
    """With the other list: its name alone, or a table with the year and the conditions of its rows."""
    if not isinstance(table.data.get("also_in"), dict):
        return replace(operand, also_in=table.text("also_in", ""))
    other = table.table("also_in")
    where = other.table("where") if other.has("where") else None
    tests = tuple(RowTest(column, where.texts(column)) for column in where.data) if where else ()
    found = replace(operand, also_in=other.text("ledger"), also_year=_year(other), also_where=tests)
    other.finish()
    if where:
        where.finish()
    return found


def _check_link(operand: Operand, table: toml.RulesTable) -> None:
    """Rows are found again in another list by their code: rows are counted, nothing is added up or split."""
    ours, other = ledgers().get(operand.ledger), ledgers().get(operand.also_in)
    if not (ours and ours.of_type("uscc") and other and other.of_type("uscc")):
        raise table.fault("also_in 两边都应是有统一社会信用代码的台账。")
    if not countable(next(tally for tally in ours.tallies if tally.name == operand.tally)):
        raise table.fault("also_in 只用于数行的汇总项，不用于求和（sum）、分列（by）、去重（distinct）的。")
    for one in operand.also_where:
        _check_test(one, other, table)


def _check_test(one: RowTest, other: Ledger, table: toml.RulesTable) -> None:
    """The column is one of the other list, and what it is asked for may stand in it."""
    if one.column not in {column.name for column in other.stored}:
        raise table.fault(f"also_in.where：{other.title}没有列 {one.column}。")
    column = other.column(one.column)
    if not one.values or column.type not in ("flag", "choice", "text") or column.multiple:
        raise table.fault(f"also_in.where.{one.column} 应写至少一个值，只用于是否、单选和文字列。")
    if odd := [value for value in one.values if column.values and value not in column.values]:
        raise table.fault(
            f"also_in.where.{one.column} 中的“{odd[0]}”不是该列的选项（{'、'.join(column.values)}）。"
        )


def _tally(table: toml.RulesTable) -> tuple[str, str]:
    """Ledger and tally; a region's counties come from the roster, its institutions from their list: no ledger has them."""
    said = table.text("tally")
    if said in (COUNTIES, INSTITUTIONS):
        return "", said
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
    kind = table.text("kind")
    alone = kind in (COUNT, SURVEY)
    if alone and table.has("denominator"):
        raise table.fault(f"kind 为 {kind} 的只有分子，不写 denominator；目标写在 plans 的 target。")
    if kind == SURVEY:
        return (_surveyed(table),)
    first = Sides(_operand(table.table("numerator")), GOAL if alone else _operand(table.table("denominator")))
    return (first, *(_alternative(first, other) for other in table.tables("alternatives")))


def _surveyed(table: toml.RulesTable) -> Sides:
    """A percentage as reported, and how many were asked: each in one cell of one table, and nothing is made of several."""
    if odd := [key for key in ("alternatives", "breakdowns", "caveats") if table.has(key)]:
        raise table.fault(f"kind 为 survey 的不写 {'、'.join(odd)}：百分比是报上来的，不相加、不分列。")
    share = _operand(table.table("numerator"))
    weight = _operand(table.table("weight")) if table.has("weight") else None
    for operand in filter(None, (share, weight)):
        plain = Operand(
            ledger=operand.ledger, tally=operand.tally, title=operand.title, added_title=operand.added_title,
            year=operand.year, item=operand.item,
        )  # fmt: skip
        if operand != plain or not operand.ledger:
            raise table.fault("kind 为 survey 的，分子、weight 只写 tally、title、year、item。")
        if bool(ledgers()[operand.ledger].item) != (operand.item is not None):
            raise table.fault("台账分项（item）的，分子、weight 要写明是哪一项；不分项的不写 item。")
    if weight and weight.ledger != share.ledger:
        raise table.fault("weight（样本量）应与分子取自同一张台账。")
    return Sides(share, GOAL, weight)


def _check_percentages(measure: Measure, table: toml.RulesTable) -> None:
    """What is reported as a percentage is a survey's value, and no side of any other measure."""
    beside = [o for one in measure.caveats for o in (one.counted, one.among) if o]
    beside += [o for one in measure.breakdowns for o in one.operands]
    for operand in (*(o for sides in measure.sources for o in sides.operands), *beside):
        wanted = measure.surveys and operand == measure.numerator
        if _is_percentage(operand) != wanted:
            named = f"{operand.ledger}.{operand.tally}"
            raise table.fault(
                f"kind 为 survey 的，分子应取百分比列（percent），现为 {named}。"
                if wanted
                else f"{named} 是百分比列，只用作 kind 为 survey 的指标的分子。"
            )


def _is_percentage(operand: Operand) -> bool:
    if not operand.ledger:
        return False
    ledger = ledgers()[operand.ledger]
    added = next(rule.sum for rule in ledger.tallies if rule.name == operand.tally)
    return bool(added) and ledger.column(added).type == "percent"


def _alternative(first: Sides, table: toml.RulesTable) -> Sides:
    other = first.denominator if first.alone else _of_kind(_other(first.denominator, table, "denominator"))
    sides = Sides(_of_kind(_other(first.numerator, table, "numerator")), other)
    table.finish()
    return sides


def _of_kind(operand: Operand) -> Operand:
    """What is one indicator of the first source is all that a list of its own counts."""
    split = not operand.ledger or _is_split(operand) or ledgers()[operand.ledger].item
    return operand if split else replace(operand, item=None)


def _other(operand: Operand, table: toml.RulesTable, side: str) -> Operand:
    ledger, tally = _tally(toml.RulesTable({"tally": table.text(side)}, table.file, table.place))
    return replace(operand, ledger=ledger, tally=tally)


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
        _done(measure, table) if table.has("done") else None,
        table.flag("classified", False),
        _then(measure, table) if table.has("then") else None,
    )
    table.finish()
    if found.then and not found.done:
        raise table.fault("写了 then 的，应同时写 done。")
    if not all(_is_split(operand) for operand in found.operands):
        raise table.fault("counted、done、then 应是按项分列（by）的汇总项。")
    return found


def _done(measure: Sides, table: toml.RulesTable) -> Operand:
    title = table.text("done_title", measure.numerator.title)
    return _other(replace(measure.numerator, title=title), table, "done")


def _caveat(measure: Sides, table: toml.RulesTable) -> Caveat:
    """As the numerator is read, without its floor or item: from tallies of its own ledger."""
    plain = replace(measure.numerator, over="", at_least=0, item=None, also_in="")
    counted = _other(plain, table, "counted")
    found = Caveat(
        replace(counted, item="" if table.flag("kindless", False) else None),
        table.text("said", names=("number", *(("total", "share") if table.has("among") else ()))),
        _other(plain, table, "among") if table.has("among") else None,
        table.flag("placeless", False),
    )
    table.finish()
    return found


def _then(measure: Sides, table: toml.RulesTable) -> Operand:
    return _other(replace(measure.numerator, title=table.text("then_title")), table, "then")


def _is_split(operand: Operand) -> bool:
    ledger = ledgers()[operand.ledger]
    return any(rule.by for rule in ledger.tallies if rule.name == operand.tally)


def _definition(table: toml.RulesTable) -> str:
    main, further = table.text("definition", names=PLACE_NAMES), table.text("further", "", PLACE_NAMES)
    return f"{main.removesuffix('。')}；{further}" if further else main


def _measure(measure_id: str, table: toml.RulesTable) -> Measure:
    sources = _sources(table)
    measure = Measure(
        id=measure_id, title=table.text("title"), campaign=table.choice("campaign", tuple(campaigns())),
        kind=table.choice("kind", KINDS), definition=_definition(table), basis=table.text("basis", NO_BASIS, PLACE_NAMES),
        unit=table.text("unit", "家"), held=table.choice("held", HELD, _usually_held(table)), sources=sources,
        plans=parse_plans(table, table.text("kind"), table.flag("higher_is_better", True)), plans_of=table.text("plans_of", ""),
        breakdowns=tuple(_breakdown(sources[0], below) for below in table.tables("breakdowns")),
        caveats=tuple(_caveat(sources[0], below) for below in table.tables("caveats")),
        shown_only=table.flag("shown_only", False), whole=table.flag("whole", False), gist=table.text("definition", names=PLACE_NAMES),
        fallen=table.text("fallen") if table.text("kind") == "growth" else "", said=table.text("said", ""),
        short=table.text("short", ""), in_group=table.text("in_group", ""),
        higher_is_better=table.flag("higher_is_better", True),
    )  # fmt: skip
    table.finish()
    _check_direction(measure, table)
    _check_percentages(measure, table)
    return measure


def _usually_held(table: toml.RulesTable) -> str:
    """What a survey finds does not begin at nothing."""
    return TARGET if table.text("kind") == SURVEY else PACE


def _check_direction(measure: Measure, table: toml.RulesTable) -> None:
    """Pace begins at nothing, where what should be low is best; what a survey finds never does."""
    if measure.paced and measure.surveys:
        raise table.fault("kind 为 survey 的，held 应为 target 或 always：调查所得的比率不从零做起。")
    if measure.paced and not measure.higher_is_better:
        raise table.fault(
            "higher_is_better = false 的，held 应为 target 或 always：序时进度从零起推算，越低越好的不从零做起。"
        )


def _with_plans(measure: Measure, table: toml.RulesTable) -> Measure:
    plans = parse_plans(table, measure.kind, measure.higher_is_better)
    planned = replace(
        measure,
        plans=plans or measure.plans,
        plans_of="" if plans else measure.plans_of,
        basis=table.text("basis", measure.basis, PLACE_NAMES),
        held=table.choice("held", HELD, measure.held),
        whole=table.flag("whole", measure.whole),
    )
    if table.has("definition"):
        planned = replace(
            planned, definition=_definition(table), gist=table.text("definition", names=PLACE_NAMES)
        )
    table.finish()
    _check_direction(planned, table)
    return planned


def _family(measure_id: str, table: toml.RulesTable) -> Iterator[tuple[str, toml.RulesTable]]:
    """A table with `each` stands for several measures: {name} takes that member's own value everywhere."""
    if not table.has("each"):
        yield measure_id, table
        return
    common = {key: value for key, value in table.data.items() if key not in ("each", "id")}
    for member in table.tables("each"):
        words = {key: member.text(key) for key in member.data}
        own_id = _filled(table.text("id", names=None), words, member)
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
    shared = {name: _with_shared_plans(measure, found) for name, measure in found.items()}
    nation = parse_measures(national) if provincial else shared
    return {name: _beside(measure, nation[name].plans) for name, measure in shared.items()}


def _beside(measure: Measure, national: tuple[Plan, ...]) -> Measure:
    """What the nation asks for stands beside what the province does in its place."""
    return replace(measure, national=national) if measure.plans != national else measure


def _with_shared_plans(measure: Measure, known: Mapping[str, Measure]) -> Measure:
    """Measures of one task (the five steps of 帮扶) have one time-table, that of the task itself."""
    if not measure.plans_of:
        return measure
    if measure.counts != known[measure.plans_of].counts:
        said = "plans_of 只能引用同类的指标：目标数和百分数不能互相引用。"
        raise RulesError("measures.toml", measure.id, said)
    return replace(measure, plans=known[measure.plans_of].plans)


@rule
def measures(province: str) -> Mapping[str, Measure]:
    """Every measure as it stands for a province (full name, such as 陕西省)."""
    plan = rules_file("provinces", province, "plan.toml")
    if plan.exists():
        # A slip in the list is told at the start, not with the first table that names one.
        institutions(province)
    found = parse_measures(toml.load(rules_file("measures.toml")), toml.load(plan) if plan.exists() else None)
    check_campaigns(found)
    survey_words()  # a slip in these is told at the start as well
    words = level_words(province or NATION.name)
    return {name: _worded(measure, words) for name, measure in found.items()}


def _worded(measure: Measure, words: LevelWords) -> Measure:
    """{全省} and {本省文件} as the place is called."""
    return replace(
        measure,
        definition=words.filled(measure.definition),
        gist=words.filled(measure.gist),
        basis=words.filled(measure.basis),
    )


def check_campaigns(known: Mapping[str, Measure]) -> None:
    """A campaign's page names measures that are there, and begins the overview with one of its own."""
    for campaign in all_campaigns().values():
        for name in filter(None, (campaign.headline, *campaign.elsewhere)):
            if name not in known:
                raise RulesError(CAMPAIGNS, campaign.id, f"measures.toml 中没有指标：{name}。")
        if campaign.headline and known[campaign.headline].campaign != campaign.id:
            raise RulesError(
                CAMPAIGNS, campaign.id, f"“headline”应是本专项的指标，现为 {campaign.headline}。"
            )
