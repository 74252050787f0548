"""台账: what can be uploaded. Declared in data/rules/ledgers/; none has its own Python.

A new ledger is a new file there: columns with their headings and types, the checks within a
row, what is tallied and which documents ask for it. The README beside the files explains each key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.folding import folded
from zyb.rulebook.meanings import Meaning, SizeClass, parse_meaning, parse_size_class, states

GRAINS = ("region", "enterprise", "case")
STORED = ("count", "text", "flag", "date", "uscc", "industry", "choice")
# Columns that every ledger has by the same headings.
COMMON = ("region", "county", "year", "ignored")
TYPES = (*COMMON, *STORED)
ROWS = "rows"
# The most frequent first.
# From when a table holds that says no day: the first day of its first year, or the day on which it was filled in.
UNDATED = ("", "first_year", "filed")
CADENCES = ("monthly", "quarterly", "yearly", "once")
# Brackets in a heading hold the unit or a hint, never the meaning: 帮扶企业数量(家).
BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
OPENING = re.compile(r"[(\[【〔]")
# With its hints in brackets; a text that is longer is no heading, and means no column.
LONGEST_HEADING = 500
YEAR = re.compile(r"(20\d{2})年?度?")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def plain_heading(text: str) -> str:
    """A heading without what varies: width, blanks, line breaks, units in brackets, case."""
    narrow = "".join(folded(text[:LONGEST_HEADING]).split()).lower()
    return _without_brackets(narrow) or narrow


def _without_brackets(text: str) -> str:
    """Each from its opening to the first closing mark; what is never closed stays."""
    if not any(opening in text and closing in text for opening, closing in BRACKETS.items()):
        return text
    kept, at = "", 0
    for found in OPENING.finditer(text):
        end = text.find(BRACKETS[found[0]], found.end()) if found.start() >= at else -1
        if end >= 0:
            kept, at = kept + text[at : found.start()], end + 1
    return kept + text[at:]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One meaning in a ledger and the headings it arrives under.

    `headings` match whole; `words` match inside a heading that has none of `without`.
    A `yearly` column carries its year in the heading (2024年帮扶任务数) and becomes one row a year.
    An `after` column is only meant when it follows the named one (the several 开展时间 of a form).
    `means` tells what statements mean which option, `passing` what may be said beside them; `asks` which states answer
    a flag (data/rules/states.toml); `classes` are the sizes that a number may be given with.
    """

    name: str
    title: str
    type: str
    required: bool = True
    headings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    yearly: bool = False
    after: str = ""
    stated: str = ""
    options: tuple[str, ...] = ()
    multiple: bool = False
    ticked: bool = False
    detail: bool = False
    not_applicable: bool = False
    personal: bool = False
    means: tuple[Meaning, ...] = ()
    passing: tuple[str, ...] = ()
    asks: str = ""
    classes: tuple[SizeClass, ...] = ()

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
class DateOrder:
    """The first date may not lie after the second."""

    earlier: str
    later: str


@dataclass(frozen=True)
class Expects:
    """Where `when` is one of `values`, `column` should be filled in."""

    column: str
    when: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Below:
    """A column should stay below a limit; `reason` says what follows when it does not."""

    column: str
    limit: int
    reason: str


@dataclass(frozen=True)
class Agreement:
    """A tally that another ledger counts as well (summary and enterprise list): they should be equal."""

    tally: str
    ledger: str
    their: str


@dataclass(frozen=True)
class ShortForm:
    """The first columns of a list, due before the others: `columns` must be there, `basis` says who wants them."""

    columns: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Condition:
    """Only rows count whose `column` is one of `values`, or at least so much.

    A blank cell, and a column that the file does not have, say nothing against a row: it counts.
    """

    column: str
    values: tuple[str, ...] = ()
    at_least: int = 0


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
    cumulative: tuple[str, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    row_sums: tuple[RowSum, ...] = ()
    date_orders: tuple[DateOrder, ...] = ()
    expects: tuple[Expects, ...] = ()
    below: tuple[Below, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    jump: Fraction | None = None
    expects_every_region: bool = False
    undated_from: str = ""
    item: str = ""
    short_form: ShortForm | None = None
    cadence: str = "once"
    """How often the documents want it; a month or quarter in which nobody reports is silence, a year is not."""

    def __hash__(self) -> int:
        """Quick, because much is remembered for each ledger; two readings of one ledger are compared in full."""
        return hash(self.id)

    @property
    def is_list(self) -> bool:
        """A list of enterprises or cases, of any length; otherwise a summary with a row a region."""
        return self.grain != "region"

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
    def stored(self) -> tuple[Column, ...]:
        """The columns that are kept beside the region, the county and the year."""
        checked = {row_sum.column for row_sum in self.row_sums}
        return tuple(c for c in self.columns if c.type in STORED and c.name not in checked)


@rule
def common_headings() -> dict[str, tuple[str, ...]]:
    """Headings that every ledger understands, by the type of the column."""
    table = toml.load(rules_file("headings.toml"))
    if missing := [kind for kind in COMMON if not table.has(kind)]:
        raise table.fault(f"缺少：{'、'.join(missing)}。")
    return {kind: tuple(map(plain_heading, below.texts("headings"))) for kind, below in table.items()}


def _column(table: toml.RulesTable) -> Column:
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
        after=table.text("after", ""),
        stated=table.text("stated", ""),
        options=table.texts("options", ()),
        multiple=table.flag("multiple", False),
        ticked=table.flag("ticked", False),
        detail=table.flag("detail", False),
        not_applicable=table.flag("not_applicable", False),
        personal=table.flag("personal", False),
        means=tuple(map(parse_meaning, table.tables("means"))),
        passing=table.texts("passing", ()),
        asks=table.choice("asks", ("", *states()), ""),
        classes=tuple(map(parse_size_class, table.tables("classes"))),
    )
    if not IDENTIFIER.fullmatch(column.name):
        raise table.fault(f"列名 {column.name!r} 只能用小写英文字母、数字和下划线。")
    if (column.type == "choice") != bool(column.options):
        raise table.fault("类型为 choice 的列（也只有它）要写明 options。")
    _check_words(column, table)
    table.finish()
    return column


def _check_words(column: Column, table: toml.RulesTable) -> None:
    if unknown := {meaning.option for meaning in column.means} - set(column.options):
        raise table.fault(f"means 中的选项不在 options 中：{'、'.join(sorted(unknown))}。")
    if column.asks and column.type != "flag":
        raise table.fault("asks 只用于是否类的列（类型为 flag）。")
    if column.classes and column.type != "count":
        raise table.fault("classes 只用于数量列（类型为 count）。")


def _condition(table: toml.RulesTable) -> Condition:
    if table.has("is") == table.has("at_least"):
        raise table.fault("条件要写 is 或 at_least 之一。")
    condition = Condition(table.text("column"), table.texts("is", ()), table.integer("at_least", 0))
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
    columns = tuple(_column(column) for column in table.tables("columns"))
    ledger = Ledger(
        id=ledger_id,
        title=table.text("title"),
        campaign=table.text("campaign"),
        grain=table.choice("grain", GRAINS),
        basis=table.text("basis"),
        title_words=table.texts("title_words", ()),
        columns=columns,
        tallies=_tallies(table),
        cumulative=table.texts("cumulative", ()),
        at_most=tuple(AtMost(t.text("smaller"), t.text("larger")) for t in table.tables("at_most")),
        row_sums=tuple(RowSum(t.text("column"), t.text("of")) for t in table.tables("row_sums")),
        date_orders=tuple(DateOrder(t.text("earlier"), t.text("later")) for t in table.tables("date_order")),
        expects=tuple(
            Expects(t.text("column"), t.text("when"), t.texts("is")) for t in table.tables("expects")
        ),
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
        cadence=table.choice("cadence", CADENCES, "once"),
    )
    table.finish()
    _check_columns(ledger, table)
    _check_references(ledger, table)
    return ledger


def _check_columns(ledger: Ledger, table: toml.RulesTable) -> None:
    names = [column.name for column in ledger.columns]
    if len(set(names)) != len(names):
        raise table.fault("列名重复。")
    for kind, wanted in (("region", (1,)), ("county", (0, 1)), ("year", (0, 1)), ("uscc", (0, 1))):
        if sum(column.type == kind for column in ledger.columns) not in wanted:
            raise table.fault("必须恰有一列的类型是 region，county、year、uscc 至多各一列。")
    if any(column.yearly for column in ledger.columns) and not ledger.yearly:
        raise table.fault("有表头带年份的列（yearly），就必须有一列的类型是 year。")


def _check_references(ledger: Ledger, table: toml.RulesTable) -> None:
    counts = {column.name for column in ledger.columns if column.type == "count"}
    added = {*ledger.cumulative, *(tally.sum for tally in ledger.tallies)}
    added |= {name for rule in ledger.at_most for name in (rule.smaller, rule.larger)}
    added |= {name for rule in ledger.row_sums for name in (rule.column, rule.of)}
    added |= {rule.column for rule in ledger.below}
    conditions = [condition for tally in ledger.tallies for condition in tally.where]
    added |= {condition.column for condition in conditions if condition.at_least}
    if missing := added - counts - {""}:
        raise table.fault(f"引用了不存在的数量列：{'、'.join(sorted(missing))}。")
    known = {column.name for column in ledger.columns} | {"", ROWS}
    named = {name for tally in ledger.tallies for name in (tally.count, tally.by, *tally.distinct)} | {
        ledger.item
    }
    named |= {name for rule in ledger.date_orders for name in (rule.earlier, rule.later)}
    named |= {name for rule in ledger.expects for name in (rule.column, rule.when)}
    named |= set(ledger.short_form.columns) if ledger.short_form else set()
    named |= {column.after for column in ledger.columns} | {condition.column for condition in conditions}
    if missing := named - known:
        raise table.fault(f"引用了不存在的列：{'、'.join(sorted(missing))}。")
    if any(tally.divisions and ledger.column(tally.by).type != "industry" for tally in ledger.tallies):
        raise table.fault("divisions 只用于按行业代码（类型为 industry 的列）分列的汇总项。")


def with_headings(ledger: Ledger, said: Mapping[str, str]) -> Ledger:
    """The ledger with further headings (plain heading → column name), such as an official has explained."""
    columns = tuple(
        replace(column, headings=(*column.headings, *(h for h, name in said.items() if name == column.name)))
        for column in ledger.columns
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
    return found
