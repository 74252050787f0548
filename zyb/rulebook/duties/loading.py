"""Duties from data/rules/duties.toml and the provinces' own files, checked key by key."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.duties.model import STATES, WHOM, Duty, DutyRules, DutyState, DutyWords
from zyb.rulebook.duties.rhythm import EVERY
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import campaigns, measure_ids, survey_ids
from zyb.rulebook.places.divisions import NATION, provinces
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import TONES

FILE = "duties.toml"
# What a clause says of its rhythm.
EVERY_WORDS = {"week": "周", "month": "月", "quarter": "季", "year": "年"}
SENTENCES = {
    "overdue_once": ("事项", "到期日", "天数"),
    "overdue_often": ("事项", "周期", "次数", "到期日", "天数"),
}
MONTH_AND_DAY = re.compile(r"(\d{2})-(\d{2})")
LAST_DAY = (12, 31)
# Of what is not due yet there is nothing to judge.
UNJUDGED = "plain"


# -- how duties are told --------------------------------------------------------------------


def parse_duty_rules(table: toml.RulesTable) -> DutyRules:
    soon, below = table.integer("soon_days", least=1), table.table("states")
    states = {name: _state(name, below.table(name)) for name in STATES}
    if twice := toml.twice(state.title for state in states.values()):
        raise below.fault(f"有两个状态的“title”都是“{twice}”。")
    for name in ("soon", "coming"):
        toml.says(below.table(name), "rule", soon)
    words = DutyWords(
        _named(table.table("whom"), WHOM), _named(table.table("rhythms"), EVERY), **_sentences(table.table("sentences"))
    )  # fmt: skip
    below.finish()
    return DutyRules(soon, states, words, _lock_days(table))


def _state(state_id: str, table: toml.RulesTable) -> DutyState:
    tone = table.choice("tone", (*TONES, UNJUDGED))
    found = DutyState(state_id, table.text("title"), table.text("rule"), tone, table.text("shape"))
    table.finish()
    return found


def _named(table: toml.RulesTable, names: tuple[str, ...]) -> Mapping[str, str]:
    found = {name: table.text(name) for name in names}
    table.finish()
    return found


def _sentences(table: toml.RulesTable) -> dict[str, str]:
    found = {name: table.text(name, names=words) for name, words in SENTENCES.items()}
    table.finish()
    return found


# -- duties ---------------------------------------------------------------------------------


def parse_duties(table: toml.RulesTable, province: str = "") -> tuple[Duty, ...]:
    """Those of one file; with a province those of its own file."""
    return tuple(_duty(duty_id, below, province) for duty_id, below in table.table("duties").items())


def _duty(duty_id: str, table: toml.RulesTable, own: str) -> Duty:
    every = table.choice("every", EVERY) if table.has("every") else ""
    found = Duty(
        id=duty_id,
        title=table.text("title"),
        campaign=table.choice("campaign", tuple(campaigns()), "") if table.has("campaign") else "",
        who=table.choice("who", WHOM),
        province=own or table.text("province", ""),
        place=table.text("place", ""),
        regions=table.texts("regions", ()),
        start=table.day("start"),
        since=table.day("since") if table.has("since") else None,
        due=table.day("end" if every else "due"),
        every=every,
        day=_month_and_day(table, every),
        ledger=table.text("ledger", ""),
        measures=_measures(table),
        reported=table.flag("reported", True),
        replaces=table.text("replaces", ""),
        basis=table.text("basis"),
        clause=table.text("clause"),
        note=table.text("note", ""),
    )
    table.finish()
    for check in (_dated, _answered, _owed, _quoted):
        if fault := check(found):
            raise table.fault(fault)
    return found


def _measures(table: toml.RulesTable) -> tuple[str, ...]:
    """`measure` is one, or the list of those that have to be without remainder."""
    return (
        table.texts("measure", ())
        if table.is_list("measure")
        else tuple(filter(None, [table.text("measure", "")]))
    )


def _month_and_day(table: toml.RulesTable, every: str) -> tuple[int, int]:
    if not table.has("day"):
        return LAST_DAY
    written = table.text("day")
    found = MONTH_AND_DAY.fullmatch(written)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    # Of a year that is no leap year: a day that there is every year.
    if every != "year" or not (1 <= month <= LAST_DAY[0] and 1 <= day <= calendar.monthrange(2025, month)[1]):
        raise table.fault(f'“day”只用于每年一次的，应为月和日，例如 "12-15"，现为 {toml.shown(written)}。')
    return month, day


def _dated(duty: Duty) -> str:
    if duty.due < duty.start:
        return f"“{'end' if duty.every else 'due'}”早于“start”。"
    if duty.since and (duty.every or duty.since > duty.start):
        return "“since”只用于一次完成的，应早于“start”。"
    return "" if duty.terms else "从“start”到“end”没有一期到期。"


def _answered(duty: Duty) -> str:
    """By one ledger, one measure, or a person."""
    if duty.ledger and duty.measures:
        return "“ledger”和“measure”只能写一项。"
    if duty.ledger and duty.ledger not in ledgers():
        return f"“ledger”没有台账{toml.shown(duty.ledger)}。"
    for measure in duty.measures:
        if measure not in measure_ids():
            return f"“measure”没有指标{toml.shown(measure)}。"
        if measure in survey_ids():
            return f"“measure”的{toml.shown(measure)}是调查所得的百分数，没有剩余可言，不能用来认定完成；请改由人登记。"
    if duty.measures and duty.every:
        return "“measure”只用于一次完成的，不能与“every”同用。"
    by_itself = duty.ledger or duty.measures
    if by_itself and not duty.reported:
        return "“reported = false”的由人登记，不能写“ledger”或“measure”。"
    return "由省级完成的由人登记，不能写“ledger”或“measure”。" if by_itself and duty.who == "province" else ""


def _owed(duty: Duty) -> str:
    """By somebody on the roster."""
    if not duty.province:
        return "“place”“regions”要同时写明“province”。" if duty.place or duty.regions else ""
    if duty.province not in [name for _, name in provinces()]:
        return f"“province”没有省份{toml.shown(duty.province)}，应写全称。"
    roster = load_roster(duty.province)
    unknown = [name for name in duty.regions if name not in [region.name for region in roster.regions]]
    if unknown:
        return f"“regions”中的{toml.shown(unknown[0])}不在{duty.province}的地区名册中。"
    subjects = duty.subjects(roster)
    if not subjects:
        return f"“place”{toml.shown(duty.place)}不是{duty.province}的地区或县区。"
    if (duty.ledger or duty.measures) and not all(subject.is_region for subject in subjects):
        return "按县区完成的由人登记，不能写“ledger”或“measure”。"
    return ""


def _quoted(duty: Duty) -> str:
    """The clause says the day or the rhythm; where the program reads it otherwise, a note says so."""
    if duty.note:
        return ""
    if duty.every:
        word = EVERY_WORDS[duty.every]
        return (
            "" if word in duty.clause else f"“clause”里没有“{word}”，与“every”不一致；另有依据的请写“note”。"
        )
    said = duty.clause.replace(" ", "")
    return "" if any(words in said for words in _ways(duty.due)) else (
        f"“clause”里没有写明到期日 {duty.due}；按别的日期执行的请写“note”。"
    )  # fmt: skip


def _ways(day: date) -> Iterator[str]:
    """“6月30日”, and of a month's or year's last day “6月底”, “6月结束”, “2025年底”."""
    yield f"{day.month}月{day.day}日"
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        yield from (f"{day.month}月底", f"{day.month}月结束", f"{day.month}月份底")
    if (day.month, day.day) == LAST_DAY:
        yield f"{day.year}年底"


# -- in force -------------------------------------------------------------------------------


@rule
def _national() -> tuple[DutyRules, tuple[Duty, ...]]:
    table = toml.load(rules_file(FILE))
    found = parse_duty_rules(table), parse_duties(table)
    table.finish()
    return found


@rule
def duty_rules() -> DutyRules:
    return _national()[0]


@rule
def _own(province: str) -> tuple[int | None, tuple[Duty, ...]]:
    """After how many days a province locks what was due, where it says so itself; and its duties."""
    table = toml.own_table(FILE, province)
    if table is None:
        return None, ()
    locked = _lock_days(table)
    found, national = parse_duties(table, province), {duty.id: duty for duty in _national()[1]}
    table.finish()
    for duty in found:
        below = table.table("duties").table(duty.id)
        if duty.id in national:
            raise below.fault("全国的规则里已有这个编号，请换一个。")
        replaced = national.get(duty.replaces)
        if duty.replaces and (replaced is None or replaced.province):
            raise below.fault(f"“replaces”没有全国的规则{toml.shown(duty.replaces)}。")
    return locked, found


def _lock_days(table: toml.RulesTable) -> int | None:
    return table.integer("lock_days", least=0) if table.has("lock_days") else None


@rule
def lock_days(province: str) -> int | None:
    """So many days after something was due its reports are locked; None where they never are."""
    own = _own(province)[0]
    return _national()[0].lock_days if own is None else own


@rule
def duties(province: str) -> tuple[Duty, ...]:
    """What binds a province (full name): the nation's, unless its own document sets the same, and its own.

    Of the country as a whole (全国) it is what the nation's documents ask of every province: what cities and others owe is
    told of by their provinces. None of them asks that it be handed in to the nation, which therefore knows of none missed.
    """
    if province == NATION.name:
        asked = (duty for duty in _national()[1] if duty.who == "province" and not duty.province)
        return tuple(replace(duty, reported=False) for duty in asked)
    own = _own(province)[1]
    replaced = {duty.replaces for duty in own}
    nations = (duty for duty in _national()[1] if duty.province in ("", province) and duty.id not in replaced)
    return (*nations, *own)


@rule
def every_duty() -> tuple[Duty, ...]:
    """Of all documents: the nation's file, then the provinces' own in the order of their codes."""
    return (*_national()[1], *(duty for _, name in provinces() for duty in _own(name)[1]))
