"""台账: what can be uploaded. Declared in data/rules/ledgers/; none has its own Python.

A new ledger is a new file there: columns with their headings and types, the checks within a
row, what is tallied and which documents ask for it. The README beside the files explains each key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from zyb.records import RowTest
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.campaigns import campaigns
from zyb.rulebook.checks.check_lists import CheckList, parse_check_list, with_items
from zyb.rulebook.columns import (
    IDENTIFIER,
    STORED,
    Column,
    read_column,
    with_any_place,
    with_what_they_follow,
)
from zyb.rulebook.industries import classification, risks
from zyb.rulebook.lexicon.meanings import doubting, spellings
from zyb.rulebook.row_checks import Agreement, AllOf, AtMost, Below, DateOrder, Expects, RowSum
from zyb.rulebook.sheets import sheet_words

GRAINS = ("region", "enterprise", "case")
ROWS = "rows"
# The most frequent first.
# From when a table holds that says no day: the first day of its first year, or the day on which it was filled in.
UNDATED = ("", "first_year", "filed")
CADENCES = ("monthly", "quarterly", "yearly", "once")


@dataclass(frozen=True)
class ShortForm:
    """The first columns of a list, due before the others: `columns` must be there, `basis` says who wants them."""

    columns: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Condition:
    """Only rows count whose `column` is one of `values`, or at least so much, or an industry of one of the `sections`, or
    filled in at all.

    A blank cell, and a column that the file does not have, say nothing against a row: it counts, unless it has to be
    `sure`. With `filled` they do: a table without the column does not tell the tally.
    """

    column: str
    values: tuple[str, ...] = ()
    at_least: int = 0
    filled: bool = False
    sections: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class TallyRule:
    """What is added up per region: a column's sum, or the number of rows (with a value, with one of `values`).

    `by` splits the tally by another column's value (kind of violation, institution); with `divisions` an
    industry counts with its 大类. `where` leaves out what does not belong. With `distinct` several rows of one
    employer count once within region, year and kind: the first of these columns that is filled in tells who it is.
    """

    name: str
    sum: str = ""
    count: str = ""
    values: tuple[str, ...] = ()
    by: str = ""
    divisions: bool = False
    where: tuple[Condition, ...] = ()
    distinct: tuple[str, ...] = ()


def countable(rule: TallyRule) -> bool:
    """Whether single rows either count or do not: nothing is added up, split, or counted once for several."""
    return bool(rule.count) and not (rule.by or rule.divisions or rule.distinct)


def row_tests(rule: TallyRule) -> tuple[RowTest, ...]:
    """What a row has to meet to be counted by such a rule."""
    counted = () if rule.count == ROWS else (RowTest(rule.count, rule.values),)
    return (
        *counted,
        *(RowTest(one.column, one.values, one.at_least, blank_counts=True) for one in rule.where),
    )


@dataclass(frozen=True, kw_only=True)
class Ledger:
    id: str
    title: str
    campaign: str
    grain: str
    basis: str
    title_words: tuple[str, ...]
    columns: tuple[Column, ...]
    tallies: tuple[TallyRule, ...]
    other_words: tuple[str, ...] = ()
    """A title with one of these speaks of another ledger, whatever else it says."""
    cumulative: tuple[str, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    row_sums: tuple[RowSum, ...] = ()
    date_orders: tuple[DateOrder, ...] = ()
    expects: tuple[Expects, ...] = ()
    all_of: tuple[AllOf, ...] = ()
    below: tuple[Below, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    jump: Fraction | None = None
    expects_every_region: bool = False
    undated_from: str = ""
    item: str = ""
    short_form: ShortForm | None = None
    check_lists: tuple[CheckList, ...] = ()
    """What plans have checked; the first is the one that a place without its own takes for a form."""
    called: str = ""
    """What a row is called, where it is neither an enterprise nor a case: 问题, 线索."""
    by_county: bool = False
    """Whether counties answer for themselves, so that it is said how many rows name none."""
    cadence: str = "once"
    """How often the documents want it; a month or quarter in which nobody reports is silence, a year is not."""

    @property
    def set_for_years(self) -> bool:
        """Tasks and quotas that an office hands down: regions do not report them."""
        return self.undated_from == "first_year"

    def __hash__(self) -> int:
        """Quick, because much is remembered for each ledger; two readings of one ledger are compared in full."""
        return hash(self.id)

    @property
    def is_list(self) -> bool:
        """A list of enterprises or cases, of any length; otherwise a summary with a row a region."""
        return self.grain != "region"

    def check_list(self, province: str, region: str) -> CheckList | None:
        """The list of a region (“” for the province): its own plan's, or nobody's."""
        return next((one for one in self.check_lists if one.holds_in(province, region)), None)

    @property
    def row_name(self) -> str:
        return self.called or ("案件" if self.grain == "case" else "企业")

    @cached_property
    def key_column(self) -> Column:
        """Of a list: whom (or what case) a row is about."""
        return next(one for one in self.columns if one.type == "text" and one.required and not one.stated)

    @property
    def yearly(self) -> bool:
        return any(column.type == "year" for column in self.columns)

    def always_has(self, column: Column) -> bool:
        """Whether a table cannot go in without the column."""
        return column.required and (self.short_form is None or column.name in self.short_form.columns)

    @property
    def tally_names(self) -> tuple[str, ...]:
        return tuple(tally.name for tally in self.tallies)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def of_type(self, kind: str) -> Column | None:
        """The one column of a type that occurs once: region, county, year, uscc."""
        return next((column for column in self.columns if column.type == kind), None)

    @property
    def institution_column(self) -> Column | None:
        """Where a row says which institution of the province's list it is about."""
        return next((column for column in self.columns if column.institution), None)

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that are kept beside the region, the county and the year."""
        checked = {row_sum.column for row_sum in self.row_sums}
        return tuple(c for c in self.columns if c.type in STORED and c.name not in checked)


def _condition(table: toml.RulesTable) -> Condition:
    if [*map(table.has, ("is", "at_least", "sections")), table.flag("filled", False)].count(True) != 1:
        raise table.fault("条件要写 is、at_least、sections 或 filled = true 之一。")
    condition = Condition(
        table.text("column"),
        table.texts("is", ()),
        table.integer("at_least", 0),
        table.flag("filled", False),
        table.texts("sections", ()),
        table.flag("sure", False),
    )
    table.finish()
    return condition


def _tally(table: toml.RulesTable) -> TallyRule:
    rule = TallyRule(
        name=table.text("name"), sum=table.text("sum", ""), count=table.text("count", ""),
        values=table.texts("is", ()), by=table.text("by", ""), divisions=table.flag("divisions", False),
        where=tuple(_condition(below) for below in table.tables("where")), distinct=table.texts("distinct", ()),
    )  # fmt: skip
    if bool(rule.sum) == bool(rule.count):
        raise table.fault("汇总项要写 sum 或 count 之一。")
    if rule.sum and rule.distinct:
        raise table.fault("distinct 只用于数行的汇总项（count）。")
    table.finish()
    return rule


def _short_form(table: toml.RulesTable) -> ShortForm | None:
    if not table.has("short_form"):
        return None
    below = table.table("short_form")
    form = ShortForm(below.texts("columns"), below.text("basis"))
    below.finish()
    return form


def _tallies(table: toml.RulesTable) -> tuple[TallyRule, ...]:
    """In short, a list of columns to add up; in full, a subtable each."""
    written = table.data.get("tallies", [None])
    if not isinstance(written, list) or all(isinstance(name, str) for name in written):
        return tuple(TallyRule(name=name, sum=name) for name in table.texts("tallies"))
    return tuple(_tally(below) for below in table.tables("tallies"))


def _ledger(ledger_id: str, table: toml.RulesTable) -> Ledger:
    if not IDENTIFIER.fullmatch(ledger_id):
        raise table.fault("台账编号只能用小写英文字母、数字和下划线。")
    columns = with_what_they_follow(
        with_any_place(tuple(read_column(column) for column in table.tables("columns")))
    )
    lists = tuple(parse_check_list(below, columns) for below in table.tables("check_lists"))
    columns = with_items(columns, lists)
    ledger = Ledger(
        id=ledger_id,
        title=table.text("title"),
        campaign=table.choice("campaign", tuple(campaigns())),
        grain=table.choice("grain", GRAINS),
        basis=table.text("basis"),
        title_words=table.texts("title_words", ()),
        other_words=table.texts("other_words", ()),
        columns=columns,
        tallies=_tallies(table),
        cumulative=table.texts("cumulative", ()),
        at_most=tuple(AtMost(t.text("smaller"), t.text("larger")) for t in table.tables("at_most")),
        row_sums=tuple(RowSum(t.text("column"), t.text("of")) for t in table.tables("row_sums")),
        date_orders=tuple(DateOrder(t.text("earlier"), t.text("later")) for t in table.tables("date_order")),
        expects=tuple(
            Expects(t.text("column"), t.text("when"), t.texts("is")) for t in table.tables("expects")
        ),
        all_of=tuple(AllOf(t.text("when"), t.texts("columns")) for t in table.tables("all_of")),
        below=tuple(
            Below(t.text("column"), t.integer("limit"), t.text("reason")) for t in table.tables("below")
        ),
        agreements=tuple(
            Agreement(t.text("tally"), t.text("ledger"), t.text("their")) for t in table.tables("agrees")
        ),
        jump=table.share("jump") if table.has("jump") else None,
        expects_every_region=table.flag("expects_every_region", False),
        undated_from=table.choice("undated_from", UNDATED, ""),
        item=table.text("item", ""),
        short_form=_short_form(table),
        check_lists=lists,
        called=table.text("called", ""),
        by_county=table.flag("by_county", False),
        cadence=table.choice("cadence", CADENCES, "once"),
    )
    table.finish()
    _check_columns(ledger, table)
    _check_references(ledger, table)
    return ledger


def _check_columns(ledger: Ledger, table: toml.RulesTable) -> None:
    names = [column.name for column in ledger.columns]
    if len(set(names)) != len(names):
        raise table.fault(f"“columns”的“name”重复：{next(n for n in names if names.count(n) > 1)}。")
    for kind, wanted in (("region", (1,)), ("county", (0, 1)), ("year", (0, 1)), ("uscc", (0, 1))):
        if sum(column.type == kind for column in ledger.columns) not in wanted:
            raise table.fault("必须恰有一列的类型是 region，county、year、uscc 至多各一列。")
    if any(column.yearly for column in ledger.columns) and not ledger.yearly:
        raise table.fault("有表头带年份的列（yearly），就必须有一列的类型是 year。")


def _check_references(ledger: Ledger, table: toml.RulesTable) -> None:
    _check_percents(ledger, table)
    counts = [column.name for column in ledger.columns if column.type == "count"]
    _check_names(_added(ledger), counts, "数量列", table)
    _check_names(_named(ledger), [*(column.name for column in ledger.columns), ROWS], "列", table)
    _check_values(ledger, table)
    conditions = [condition for tally in ledger.tallies for condition in tally.where]
    industries = {column.name for column in ledger.columns if column.type == "industry"}
    asked = {column.by_industry for column in ledger.columns} - {""}
    if (asked | {condition.column for condition in conditions if condition.sections}) - industries:
        raise table.fault("by_industry、sections 只用于行业代码（类型为 industry 的列）。")
    if any(tally.divisions and ledger.column(tally.by).type != "industry" for tally in ledger.tallies):
        raise table.fault("divisions 只用于按行业代码（类型为 industry 的列）分列的汇总项。")


References = Iterator[tuple[str, str]]
"""The key that names something, and what it names; blank where it names nothing."""


def _check_names(said: References, known: Sequence[str], kind: str, table: toml.RulesTable) -> None:
    for key, name in said:
        if name and name not in known:
            raise table.fault(
                f"“{key}”引用了不存在的{kind}“{name}”；本台账的{kind}有：{'、'.join(known) or '无'}。"
            )


def _added(ledger: Ledger) -> References:
    """What is added up or compared: columns of numbers."""
    percents = {column.name for column in ledger.columns if column.type == "percent"}
    yield from (("cumulative", name) for name in ledger.cumulative)
    for tally in ledger.tallies:
        yield "tallies", "" if tally.sum in percents else tally.sum
        yield from ((f"tallies：{tally.name}", one.column) for one in tally.where if one.at_least)
    for order in ledger.at_most:
        yield from (("at_most", order.smaller), ("at_most", order.larger))
    for row_sum in ledger.row_sums:
        yield from (("row_sums", row_sum.column), ("row_sums", row_sum.of))
    yield from (("below", limit.column) for limit in ledger.below)


def _named(ledger: Ledger) -> References:
    """What else is referred to: columns of any type."""
    yield "item", ledger.item
    for tally in ledger.tallies:
        columns = (tally.count, tally.by, *tally.distinct, *(one.column for one in tally.where))
        yield from ((f"tallies：{tally.name}", name) for name in columns)
    for order in ledger.date_orders:
        yield from (("date_order", order.earlier), ("date_order", order.later))
    for expected in ledger.expects:
        yield from (("expects", expected.column), ("expects", expected.when))
    yield from (("all_of", name) for each in ledger.all_of for name in (each.when, *each.columns))
    yield from (("short_form", name) for name in (ledger.short_form.columns if ledger.short_form else ()))
    yield from ((f"columns：{column.name} 的 after", column.after) for column in ledger.columns)


def _check_values(ledger: Ledger, table: toml.RulesTable) -> None:
    """What a column is asked for may stand in it: of anything else there would never be any."""
    asked = [
        *((f"tallies：{one.name}", one.count, one.values) for one in ledger.tallies if one.values),
        *((f"tallies：{t.name}", one.column, one.values) for t in ledger.tallies for one in t.where),
        *(("expects", one.when, one.values) for one in ledger.expects),
    ]
    for key, name, values in asked:
        known = () if name == ROWS else ledger.column(name).values
        if odd := [value for value in values if known and value not in known]:
            raise table.fault(f"“{key}”的 is 中“{odd[0]}”不是列 {name} 的值；可用的有：{'、'.join(known)}。")
    sections = classification().sections
    letters = (one for tally in ledger.tallies for condition in tally.where for one in condition.sections)
    if odd := [letter for letter in letters if letter not in sections]:
        raise table.fault(f"sections 中“{odd[0]}”不是行业门类；可用的有：{'、'.join(sections)}。")


def _check_percents(ledger: Ledger, table: toml.RulesTable) -> None:
    """A percentage is each region's own: there is a row for each, and nothing is made of several."""
    percents = {column.name for column in ledger.columns if column.type == "percent"}
    if not percents:
        return
    if ledger.is_list:
        raise table.fault('百分比列（类型为 percent）只用于每行一个地区的汇总表（grain = "region"）。')
    if any(tally.count for tally in ledger.tallies):
        raise table.fault("有百分比列的台账，tallies 只写要用的列名，不数行（count）。")
    if odd := [one.name for one in ledger.tallies if one.sum in percents and (one.by or one.where)]:
        raise table.fault(f"百分比列不分列（by）、不设条件（where）：{'、'.join(odd)}。")


def with_headings(ledger: Ledger, said: Mapping[str, str]) -> Ledger:
    """The ledger with further headings (plain heading → column name), such as an official has explained."""
    columns = tuple(
        replace(column, explained=tuple(h for h, name in said.items() if name == column.name))
        for column in ledger.columns
    )
    return replace(ledger, columns=columns) if said else ledger


def with_answers(ledger: Ledger, said: Sequence[tuple[str, str, str]]) -> Ledger:
    """The ledger with what an official has explained of values: column name, as written, what it counts as."""
    columns = tuple(
        replace(one, answers=tuple((text, meant) for name, text, meant in said if name == one.name))
        for one in ledger.columns
    )
    return replace(ledger, columns=columns) if said else ledger


def parse_ledgers(table: toml.RulesTable) -> dict[str, Ledger]:
    return {ledger_id: _ledger(ledger_id, below) for ledger_id, below in table.items()}


@rule
def ledgers() -> dict[str, Ledger]:
    """Every ledger that can be uploaded, by id, in the order of the files."""
    found: dict[str, Ledger] = {}
    for file in sorted(rules_file("ledgers").glob("*.toml")):
        found |= parse_ledgers(toml.load(file))
    spellings()  # a slip in these is told with those of the ledgers, not with the first file that is sent
    doubting()
    sheet_words()
    risks()
    return found
