"""联动核查: what several lists must not say of the same employers, check by check, with the clause that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.row_checks import Agreement
from zyb.rulebook.verdicts import TONES

FILE = "cross_checks.toml"
KINDS = ("missing", "regions", "codes", "twice", "count")
# In the order in which they ask for attention.
STATES = ("open", "settled", "refuted", "cleared")
UNJUDGED = "plain"


@dataclass(frozen=True)
class FindingState:
    id: str
    title: str
    rule: str
    tone: str


@dataclass(frozen=True)
class ToldBy:
    """What one column says of a row, where it is filled in: one of `values`, or less than `below`."""

    column: str
    values: tuple[str, ...] = ()
    below: int = 0


@dataclass(frozen=True)
class ListChoice:
    """A list, or its rows of a year, or those of which `where` says so: the first column that is filled in decides."""

    ledger: str
    year: int | None = None
    where: tuple[ToldBy, ...] = ()

    @property
    def title(self) -> str:
        """“《监测超标企业名单》（2024年）”."""
        return f"《{ledgers()[self.ledger].title}》{f'（{self.year}年）' if self.year else ''}"


@dataclass(frozen=True, kw_only=True)
class CrossCheck:
    """`of` and `not_in` of a kind that compares lists; a `count` has the `agreement` of the ledger `summary` instead."""

    id: str
    title: str
    kind: str
    of: tuple[ListChoice, ...]
    not_in: tuple[ListChoice, ...]
    summary: str
    agreement: Agreement | None
    since: date | None
    replaces: str
    remedy: str
    basis: str
    note: str

    @property
    def lists(self) -> tuple[ListChoice, ...]:
        return (*self.of, *self.not_in)

    @property
    def ledger_ids(self) -> tuple[str, ...]:
        """Of all that it looks at, each once."""
        counted = (self.summary, self.agreement.ledger) if self.agreement else ()
        return tuple(dict.fromkeys([*(one.ledger for one in self.lists), *counted]))

    @property
    def campaigns(self) -> set[str]:
        """Those whose lists it compares."""
        return {ledgers()[name].campaign for name in self.ledger_ids}

    def asked_on(self, on: date) -> bool:
        return self.since is None or self.since <= on


# -- one file -------------------------------------------------------------------------------


def parse_states(table: toml.RulesTable) -> Mapping[str, FindingState]:
    below = table.table("states")
    found = {name: _state(name, below.table(name)) for name in STATES}
    below.finish()
    if len({state.title for state in found.values()}) < len(found):
        raise below.fault("有两个状态用了同一个名称。")
    return found


def _state(state_id: str, table: toml.RulesTable) -> FindingState:
    found = FindingState(
        state_id, table.text("title"), table.text("rule"), table.choice("tone", (*TONES, UNJUDGED))
    )
    table.finish()
    return found


def parse_cross_checks(table: toml.RulesTable) -> tuple[CrossCheck, ...]:
    return tuple(_check(check_id, below) for check_id, below in table.table("checks").items())


def _check(check_id: str, table: toml.RulesTable) -> CrossCheck:
    kind = table.choice("kind", KINDS)
    counted = kind == "count"
    summary, agreement = _agreement(table) if counted else ("", None)
    found = CrossCheck(
        id=check_id, title=table.text("title"), kind=kind,
        of=() if counted else _choices(table, "of"), not_in=_choices(table, "not_in") if kind == "missing" else (),
        summary=summary, agreement=agreement, since=table.day("since") if table.has("since") else None,
        replaces=table.text("replaces", ""), remedy=table.text("remedy"), basis=table.text("basis"),
        note=table.text("note", ""),
    )  # fmt: skip
    table.finish()
    return found


def _choices(table: toml.RulesTable, key: str) -> tuple[ListChoice, ...]:
    found = tuple(_choice(below) for below in table.tables(key))
    if not found:
        raise table.fault(f"“{key}”至少要写一张名单。")
    return found


def _choice(table: toml.RulesTable) -> ListChoice:
    ledger = ledgers().get(written := table.text("ledger"))
    if ledger is None or not ledger.is_list or ledger.of_type("uscc") is None:
        raise table.fault(f"“ledger”应是有统一社会信用代码的名单，现为{toml.shown(written)}。")
    year = table.integer("year") if table.has("year") else None
    where = tuple(_told_by(ledger, below) for below in table.tables("where"))
    table.finish()
    return ListChoice(ledger.id, year, where)


def _told_by(ledger: Ledger, table: toml.RulesTable) -> ToldBy:
    found = ToldBy(table.text("column"), table.texts("is", ()), table.integer("below", 0))
    stored = {column.name: column for column in ledger.stored}
    column = stored.get(found.column)
    if column is None:
        raise table.fault(f"《{ledger.title}》没有列 {toml.shown(found.column)}。")
    if bool(found.values) == bool(found.below):
        raise table.fault("条件要写 is 或 below 之一。")
    if found.below and (column.type != "count" or found.below < 0):
        raise table.fault(f"“below”只用于数量列，且大于0；{found.column} 不是。")
    options = ("是", "否", *(("不涉及",) if column.not_applicable else ()))
    offered = options if column.type == "flag" else column.options
    if found.values and column.type not in ("flag", "choice"):
        raise table.fault(f"“is”只用于是否类的列和选项列；{found.column} 不是。")
    if odd := [value for value in found.values if value not in offered]:
        raise table.fault(f"{toml.shown(odd[0])}不是列 {found.column} 的选项。")
    table.finish()
    return found


def _agreement(table: toml.RulesTable) -> tuple[str, Agreement]:
    """Only what the ledgers themselves say should be equal: the same two figures are not held to two rules."""
    summary, tally = _named(table, "tally")
    listed, their = _named(table, "list_tally")
    known = Agreement(tally, listed.id, their)
    if known not in summary.agreements:
        raise table.fault(
            f"《{summary.title}》没有写明 {tally} 应与{toml.shown(f'{listed.id}.{their}')}相等（agrees）。"
        )
    return summary.id, known


def _named(table: toml.RulesTable, key: str) -> tuple[Ledger, str]:
    ledger, _, tally = (written := table.text(key)).partition(".")
    known = ledgers().get(ledger)
    if known is None or tally not in known.tally_names:
        raise table.fault(f"“{key}”没有汇总项{toml.shown(written)}，应写成“台账.汇总项”。")
    return known, tally


# -- in force -------------------------------------------------------------------------------


@rule
def _national() -> tuple[Mapping[str, FindingState], tuple[CrossCheck, ...]]:
    table = toml.load(rules_file(FILE))
    found = parse_states(table), parse_cross_checks(table)
    table.finish()
    return found


@rule
def finding_states() -> Mapping[str, FindingState]:
    return _national()[0]


@rule
def _own(province: str) -> tuple[CrossCheck, ...]:
    table = toml.own_table(FILE, province)
    if table is None:
        return ()
    found, national = parse_cross_checks(table), {check.id for check in _national()[1]}
    table.finish()
    for check in found:
        below = table.table("checks").table(check.id)
        if check.id in national:
            raise below.fault("全国的规则里已有这个编号，请换一个。")
        if check.replaces and check.replaces not in national:
            raise below.fault(f"“replaces”没有全国的规则{toml.shown(check.replaces)}。")
    return found


@rule
def cross_checks(province: str) -> tuple[CrossCheck, ...]:
    """What is checked in a province (full name): by its own documents first, then by the nation's.

    The country as a whole checks nothing: lists are held against each other within a province.
    """
    if province == NATION.name:
        return ()
    own = _own(province)
    replaced = {check.replaces for check in own}
    return (*own, *(check for check in _national()[1] if check.id not in replaced))
