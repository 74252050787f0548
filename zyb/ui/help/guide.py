"""The users' guide: chapters from data/help, with tables made from the rules, so that help cannot lag behind.

A line such as {{台账}} in a chapter stands for one of the tables in BLOCKS, {{各专项}} for lines in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import value_text
from zyb.periods import chinese_day
from zyb.reading import LIMITS
from zyb.reading.limits import MB
from zyb.reading.refusals import REFUSALS, UnreadableFile
from zyb.rulebook import toml
from zyb.rulebook.book import RULES, rule
from zyb.rulebook.campaigns import all_campaigns
from zyb.rulebook.checks.cross_checks import CrossCheck, cross_checks
from zyb.rulebook.columns import Column
from zyb.rulebook.duties import Duty, duty_rules, every_duty
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.lexicon.headings import YEAR
from zyb.rulebook.measures import Measure, Plan, campaigns, measures
from zyb.rulebook.places.divisions import provinces, provinces_and_nation
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.problems import SEVERITIES, SEVERITY_WORDS, Problem, catalogue, problem
from zyb.rulebook.verdicts import BY_GAP, Verdict, verdicts
from zyb.standing.alert_course import alert_rules
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.upload.waiting import MINUTES_KEPT, MOST_OF_ONE

HELP = RULES.parent / "help"
CAMPAIGN_LINES = "{{各专项}}"
MARK = re.compile(r"^\{\{(.+?)\}\}$", re.MULTILINE)
# No folder has this name, so what comes back are the national rules alone.
NATION = "全国"
# In the order in which zyb.rulebook.verdicts.verdict asks.
JUDGED = (
    "not_reported", "startless", "unassigned", "no_task", "repeated", "finished", "undetermined", "not_begun", "nothing_done", "unplanned", "partial", *BY_GAP,
)  # fmt: skip
TONES = {"error": "lagging", "warning": "watch", "note": "plain"}
HINTS = {
    "county": "填县区名称",
    "flag": "填“是”或“否”",
    "date": "填日期，如 2024-03-01",
    "uscc": "18 位，请设为文本格式",
}
WITHOUT_A_DAY = {
    "first_year": "没有写数据截至日期的，自首个年度1月1日起生效",
    "filed": "没有写数据截至日期的，按填报日期计，并请确认",
}
WHAT_IT_MEANS = {"error": "须改正后才能入库", "warning": "可以入库，请先确认", "note": "仅供知晓"}


@dataclass(frozen=True)
class RulesBlock:
    """Tables made from the rules; with a title they can be folded away."""

    parts: tuple[Markup, ...]
    title: str = ""


@dataclass(frozen=True)
class Chapter:
    """A title and what follows in order: Markdown of ours, blocks made from the rules."""

    title: str
    pieces: tuple[str | RulesBlock, ...]


@rule
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order of the numbers that the files' names begin with."""
    return tuple(_chapter(file.read_text(encoding="utf-8")) for file in sorted(HELP.glob("*.md")))


def _chapter(text: str) -> Chapter:
    head, _, body = text.partition("\n")
    body = body.replace(CAMPAIGN_LINES, "\n".join(_campaign_lines()))
    parts = MARK.split(body)  # text, name, text, name, …, text
    pieces: list[str | RulesBlock] = []
    for number, part in enumerate(parts):
        pieces += BLOCKS[part]() if number % 2 else filter(None, [part.strip()])
    return Chapter(head.removeprefix("#").strip(), tuple(pieces))


def _campaign_lines() -> list[str]:
    """What the pages of the campaigns are for: lines of the Markdown table of all pages."""
    return [f"| {literal(c.title)} | {literal(c.purpose)} |" for c in all_campaigns().values()]


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """All columns as narrow as their words, the last one with the room that is left."""
    kinds = ["name", *["left"] * (len(headings) - 2), "wrap"]
    return look.league(
        [HtmlCell(heading, "left") for heading in headings],
        [HtmlRow([HtmlCell(text, kind) for text, kind in zip(row, kinds, strict=True)]) for row in rows],
    )


# -- ledgers ----------------------------------------------------------------------------


def _ledgers() -> list[RulesBlock]:
    return [RulesBlock((_ledger(ledger),), ledger.title) for ledger in ledgers().values()]


def _ledger(ledger: Ledger) -> Markup:
    columns = [column for column in ledger.columns if column.type != "ignored"]
    rows = [(c.title, "必填" if c.required else "选填", _headings(c)) for c in columns]
    return joined(
        _table(("列", "", "也认这些写法，以及怎样填"), rows),
        *(look.source(f"核对：{'；'.join(checks)}。") for checks in [_checks(ledger)] if checks),
        look.source(f"依据：{ledger.basis}"),
    )


def _headings(column: Column) -> str:
    """What a heading may say, and the words by which it is known as well."""
    others = [heading for heading in dict.fromkeys(column.headings) if heading != column.title]
    known = f"“{'”“'.join(others)}”" if others else ""
    if column.words:
        without = f"（不含“{'”“'.join(column.without)}”）" if column.without else ""
        known += f"；含“{'”或“'.join(column.words)}”字样的{without}"
    if column.options:
        known += f"；可填“{'”“'.join(column.options)}”"
    if column.type in HINTS:
        known += f"；{HINTS[column.type]}"
    if column.yearly:
        known += f"；可以一年一列，如“2024年{YEAR.sub('', column.title)}”"
    return known.lstrip("；")


def _checks(ledger: Ledger) -> list[str]:
    """What is held against each other, in words."""
    title = {column.name: column.title for column in ledger.columns}
    found = [] if ledger.is_list else ["合计行与各地区之和核对"]
    found += [f"“{title[rule.smaller]}”不应大于“{title[rule.larger]}”" for rule in ledger.at_most]
    found += [f"“{title[rule.column]}”应等于各年“{title[rule.of]}”之和" for rule in ledger.row_sums]
    found += [f"“{title[rule.earlier]}”不应晚于“{title[rule.later]}”" for rule in ledger.date_orders]
    found += [
        f"“{title[rule.when]}”填“{'”或“'.join(rule.values)}”的，应填写“{title[rule.column]}”"
        for rule in ledger.expects
    ]
    found += [f"“{title[rule.column]}”应小于 {rule.limit}" for rule in ledger.below]
    if ledger.cumulative:
        names = "、".join(f"“{title[name]}”" for name in ledger.cumulative)
        found.append(f"{names}为累计数，减少须说明原因")
    if ledger.undated_from:
        found.append(WITHOUT_A_DAY[ledger.undated_from])
    return found


# -- problems ---------------------------------------------------------------------------


def _problems() -> list[RulesBlock]:
    return [_problems_of(severity) for severity in SEVERITIES]


def _problems_of(severity: str) -> RulesBlock:
    found = [example(code) for code, said in catalogue().items() if said.severity == severity]
    title = f"{SEVERITY_WORDS[severity]}：{WHAT_IT_MEANS[severity]}（{len(found)} 种）"
    return RulesBlock((look.problem_list(map(_line, found)),), title)


@cache
def _examples() -> dict[str, dict[str, str]]:
    tables = toml.load(HELP / "examples.toml").items()
    return {code: {key: table.text(key) for key in table.data} for code, table in tables}


def example(code: str) -> Problem:
    """The problem as an official might meet it; a word without an example is left open."""
    common, own = _examples()["common"], _examples().get(code, {})
    words = {word: common.get(word, "…") for word in catalogue()[code].words}
    return problem(code, **{"sheet": common["sheet"], **words, **own})


def _line(found: Problem) -> look.ProblemLine:
    sheet = found.sheet if found.cell else ""
    return look.ProblemLine(
        found.cell or "整张表", sheet, found.value, found.message, found.remedy, TONES[found.severity]
    )


def _refusals() -> list[RulesBlock]:
    """Why a file may not be read at all, with this installation's limits in the sentences."""
    limits = {
        "too_large": LIMITS.max_bytes // MB, "too_many_sheets": LIMITS.max_sheets,
        "too_many_columns": LIMITS.max_columns, "too_many_rows": LIMITS.max_rows,
        "cell_too_long": LIMITS.max_cell_chars, "line_too_long": LIMITS.max_cell_chars,
    }  # fmt: skip
    some: dict[str, object] = {"size": 63, "sheet": "汇总表", "column": 512, "cell": "XFD1048576", "line": 12}
    reasons = [
        UnreadableFile(code, **some, limit=limits.get(code, 0), count=limits.get(code, 0) + 1)
        for code in REFUSALS
    ]
    table = _table(("提示", "怎样处理"), [(reason.message, reason.remedy) for reason in reasons])
    return [RulesBlock((table,), f"无法读取的文件（{len(reasons)} 种）")]


def _limits() -> list[RulesBlock]:
    pairs = [
        ("文件大小", f"不超过 {LIMITS.max_bytes // MB} MB"),
        ("工作表", f"不超过 {LIMITS.max_sheets} 张；隐藏的工作表不读取"),
        ("一张表", f"不超过 {LIMITS.max_columns} 列、{LIMITS.max_rows:,} 行"),
        ("密码", "设有打开密码的，请先取消密码再上报"),
        (
            "等待确认",
            f"连同读出的数据每人不超过 {MOST_OF_ONE // MB} MB；{MINUTES_KEPT} 分钟没有操作的从内存中清除，重新拖入即可",
        ),
    ]
    return [RulesBlock((look.facts(pairs),))]


# -- verdicts and measures ----------------------------------------------------------------


def _verdicts() -> list[RulesBlock]:
    found = [verdicts(NATION)[name] for name in JUDGED]
    return [RulesBlock((_judged(found),)), *_own_verdicts(), *_own_levels()]


def _judged(found: Iterable[Verdict]) -> Markup:
    """Each with its rule; where that is another for measures held against a target or a limit, these below it."""
    rows = [
        (
            look.badge(one.title, one.tone),
            joined(*filter(None, (one.rule, *map(look.below, _otherwise(one))))),
        )
        for one in found
    ]
    return _table(("评价", "规则"), rows)


def _otherwise(one: Verdict) -> Iterator[str]:
    if one.rule_of_target:
        yield f"不按时间推算的指标：{one.rule_of_target}"
    if one.rule_of_limit:
        yield f"越低越好的指标：{one.rule_of_limit}"


def _own_verdicts() -> Iterator[RulesBlock]:
    """The bounds of provinces that judge by others than the nation's."""
    for _, province in provinces():
        own = [one for name in JUDGED if (one := verdicts(province)[name]) != verdicts("")[name]]
        if own:
            yield RulesBlock((_judged(own),), f"{province}：本省的评价界限")


def _own_levels() -> Iterator[RulesBlock]:
    """The levels of alerts of provinces that warn by others than the nation's."""
    for _, province in provinces():
        levels = alert_rules(province).levels
        if levels != alert_rules("").levels:
            rows = [(one.title, f"连续{one.behind}期滞后或{one.silent}期未报送", one.basis) for one in levels]
            yield RulesBlock((_table(("级别", "达到即列入", "依据"), rows),), f"{province}：本省的预警级别")


def _measures() -> list[RulesBlock]:
    """The measures of each campaign."""
    known = sorted(measures(NATION).values(), key=lambda measure: list(campaigns()).index(measure.campaign))
    return [
        RulesBlock(tuple(map(_measure, below)), campaigns()[campaign])
        for campaign, below in groupby(known, lambda measure: measure.campaign)
    ]


def _measure(measure: Measure) -> Markup:
    kind = {"ratio": "比率", "growth": "增长"}.get(measure.kind, "数量")
    if not measure.higher_is_better:
        kind += "，越低越好"
    own = _definitions(measure)
    pairs = [(f"口径（{where}）" if len(own) > 1 else "口径", said) for said, where in own.items()]
    pairs.append(("依据", measure.basis))
    pairs += [(where, _plan(measure, plan)) for where, plan in _plans(measure)]
    if not _plans(measure):
        pairs.append(("时限", "没有规定时限，只列数值，不作评价"))
    return joined(look.card_title(measure.title, kind), look.facts(pairs))


def _definitions(measure: Measure) -> dict[str, str]:
    """Definition → whose: 全省, 全市, 全区, 全国, where they differ in nothing but this word, or in more."""
    found: dict[str, str] = {}
    for _, place in provinces_and_nation():
        found.setdefault(measures(place)[measure.id].definition, level_words(place).whole)
    return found


def _plans(measure: Measure) -> list[tuple[str, Plan]]:
    """The nation's plans, and those of the provinces whose own documents set others."""
    found = [(NATION, plan) for plan in measure.plans]
    for _, province in provinces():
        plans = measures(province)[measure.id].plans
        found += [(province, plan) for plan in plans if plans != measure.plans]
    return found


def _plan(measure: Measure, plan: Plan) -> str:
    target = value_text(plan.target, measure.kind) + measure.gap_unit
    wanted = "应达到" if measure.higher_is_better else "不高于"
    days = f"{chinese_day(plan.window.start)}至{chinese_day(plan.window.due)}"
    return f"{days}，到期{wanted} {target.replace('.0%', '%')}（{plan.basis}）"


# -- duties -----------------------------------------------------------------------------


# The document of a clause: its 文号, or its title with the day where it has none.
DOCUMENT = re.compile(r"《.+?》(?:（\d{4}年\d+月\d+日）)?|\S+?〔\d{4}〕\d+号")


def _duties() -> list[RulesBlock]:
    """A table a document: each duty, and where the program answers it."""
    grouped: dict[str, list[Duty]] = {}
    for duty in every_duty():
        found = DOCUMENT.match(duty.basis)
        grouped.setdefault(found[0] if found else duty.basis, []).append(duty)
    return [RulesBlock((_table_of(own, document),), document) for document, own in grouped.items()]


def _table_of(own: Sequence[Duty], document: str) -> Markup:
    headings = ("事项", "条款", "由谁", "到期", "在哪里办")
    return _table(headings, [_duty_row(duty, document) for duty in own])


def _duty_row(duty: Duty, document: str) -> tuple[str, ...]:
    words = duty_rules().words
    due = (
        f"{words.every[duty.every]}，{duty.terms[0].due}起至{duty.terms[-1].due}"
        if duty.every
        else str(duty.due)
    )
    where = answered_where(duty) + (f"。{duty.note}" if duty.note else "")
    return duty.title, duty.basis.removeprefix(document).strip(), words.whom[duty.who], due, where


def answered_where(duty: Duty) -> str:
    """The pages, and the table or measure."""
    if duty.ledger:
        return f"“数据上报”报《{ledgers()[duty.ledger].title}》，收到即认定；空表在“空白模板”"
    if duty.measures:
        known = measures(duty.province or NATION)
        campaign = campaigns()[known[duty.measures[0]].campaign]
        titles = "、".join(known[name].title for name in duty.measures)
        return f"“{campaign}”的{titles}，{'都' if len(duty.measures) > 1 else ''}没有剩余即认定"
    return "“报送与节点”登记" if duty.reported else "“报送与节点”登记；不要求报送"


# -- checks between lists -----------------------------------------------------------------


def _cross_checks() -> list[RulesBlock]:
    """The nation's, then those that a province has of its own."""
    every = {name: cross_checks(name) for _, name in provinces()}
    common = [one for one in next(iter(every.values())) if all(one in own for own in every.values())]
    grouped = {"全国": common} | {
        name: own for name, known in every.items() if (own := [one for one in known if one not in common])
    }
    return [_checks_table(place, own) for place, own in grouped.items()]


def _checks_table(place: str, checks: Sequence[CrossCheck]) -> RulesBlock:
    rows = [
        (one.title, "。".join(filter(None, (one.remedy, f"依据：{one.basis}", one.note)))) for one in checks
    ]
    return RulesBlock((_table(("核查项目", "怎样办和依据"), rows),), place)


BLOCKS: dict[str, Callable[[], list[RulesBlock]]] = {
    "台账": _ledgers,
    "问题": _problems,
    "拒收": _refusals,
    "文件上限": _limits,
    "评价": _verdicts,
    "指标": _measures,
    "报送与节点": _duties,
    "联动核查": _cross_checks,
}
