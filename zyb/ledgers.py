"""台账: what can be uploaded. Declared in data/rules/ledgers.toml; none has its own Python.

A new ledger is a new table in that file: columns with their headings and types, the checks
within a row, what is tallied and which documents ask for it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from zyb import rules

GRAINS = ("region", "enterprise", "case")
TYPES = ("region", "county", "year", "count", "text", "ignored")
# Brackets in a heading hold the unit or a hint, never the meaning: 帮扶企业数量(家).
BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
YEAR = re.compile(r"(20\d{2})年?度?")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def plain_heading(text: str) -> str:
    """A heading without what varies: width, blanks, line breaks, units in brackets, case."""
    narrow = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    bare = BRACKETS.sub("", narrow)
    return bare or narrow


@dataclass(frozen=True)
class Column:
    """One meaning in a ledger and the headings it arrives under.

    `headings` match whole; `words` match inside a heading that has none of `without`.
    A `yearly` column carries its year in the heading (2024年帮扶任务数) and becomes one row a year.
    """

    name: str
    title: str
    type: str
    required: bool
    headings: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...]
    yearly: bool

    def match(self, heading: str) -> int:
        """0 no, 1 by a word inside, 2 by the whole heading. `heading` is plain."""
        bare = YEAR.sub("", heading) if self.yearly else heading
        if bare in self.headings:
            return 2
        if any(word in bare for word in self.without):
            return 0
        return int(any(word in bare for word in self.words))


@dataclass(frozen=True)
class AtMost:
    """Within a row the first column may not exceed the second (完成 ≤ 纳入)."""

    smaller: str
    larger: str


@dataclass(frozen=True)
class RowSum:
    """A column that repeats the sum of a yearly column (合计帮扶任务数): checked, never stored."""

    column: str
    of: str


@dataclass(frozen=True)
class Ledger:
    id: str
    title: str
    campaign: str
    grain: str
    basis: str
    title_words: tuple[str, ...]
    columns: tuple[Column, ...]
    tallies: tuple[str, ...]
    cumulative: tuple[str, ...]
    at_most: tuple[AtMost, ...]
    row_sums: tuple[RowSum, ...]
    expects_every_region: bool
    undated_from: str

    @property
    def yearly(self) -> bool:
        return any(column.type == "year" for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that are kept beside the region, the county and the year."""
        checked = {row_sum.column for row_sum in self.row_sums}
        kept = ("count", "text")
        return tuple(c for c in self.columns if c.type in kept and c.name not in checked)


@cache
def common_headings() -> dict[str, tuple[str, ...]]:
    """Headings that every ledger understands, by the type of the column."""
    table = rules.load(rules.RULES / "headings.toml")
    return {kind: tuple(map(plain_heading, below.texts("headings"))) for kind, below in table.items()}


def _column(table: rules.Table) -> Column:
    title = table.text("title")
    kind = table.choice("type", TYPES)
    own = tuple(plain_heading(heading) for heading in (title, *table.texts("headings", ())))
    column = Column(
        name=table.text("name"),
        title=title,
        type=kind,
        required=table.flag("required", True),
        headings=own + common_headings().get(kind, ()),
        words=table.texts("words", ()),
        without=table.texts("without", ()),
        yearly=table.flag("yearly", False),
    )
    if not IDENTIFIER.fullmatch(column.name):
        raise table.fault(f"列名 {column.name!r} 只能用小写英文字母、数字和下划线。")
    table.finish()
    return column


def _ledger(ledger_id: str, table: rules.Table) -> Ledger:
    if not IDENTIFIER.fullmatch(ledger_id):
        raise table.fault("台账编号只能用小写英文字母、数字和下划线。")
    columns = tuple(_column(column) for column in table.tables("columns"))
    ledger = Ledger(
        id=ledger_id,
        title=table.text("title"),
        campaign=table.text("campaign"),
        grain=table.choice("grain", GRAINS),
        basis=table.text("basis"),
        title_words=table.texts("title_words", ()),
        columns=columns,
        tallies=table.texts("tallies"),
        cumulative=table.texts("cumulative", ()),
        at_most=tuple(AtMost(t.text("smaller"), t.text("larger")) for t in table.tables("at_most")),
        row_sums=tuple(RowSum(t.text("column"), t.text("of")) for t in table.tables("row_sums")),
        expects_every_region=table.flag("expects_every_region", False),
        undated_from=table.choice("undated_from", ("", "first_year"), ""),
    )
    table.finish()
    _check(ledger, table)
    return ledger


def _check(ledger: Ledger, table: rules.Table) -> None:
    names = [column.name for column in ledger.columns]
    if len(set(names)) != len(names):
        raise table.fault("列名重复。")
    if sum(column.type == "region" for column in ledger.columns) != 1:
        raise table.fault("必须恰有一列的类型是 region。")
    used = {*ledger.tallies, *ledger.cumulative}
    used |= {name for rule in ledger.at_most for name in (rule.smaller, rule.larger)}
    used |= {name for rule in ledger.row_sums for name in (rule.column, rule.of)}
    counts = {column.name for column in ledger.columns if column.type == "count"}
    if any(column.yearly for column in ledger.columns) and not ledger.yearly:
        raise table.fault("有表头带年份的列（yearly），就必须有一列的类型是 year。")
    if used - counts:
        raise table.fault(f"引用了不存在的数量列：{'、'.join(sorted(used - counts))}。")


def parse_ledgers(table: rules.Table) -> dict[str, Ledger]:
    return {ledger_id: _ledger(ledger_id, below) for ledger_id, below in table.items()}


@cache
def ledgers() -> dict[str, Ledger]:
    """Every ledger that can be uploaded, by id, in the order of the file."""
    return parse_ledgers(rules.load(rules.RULES / "ledgers.toml"))
