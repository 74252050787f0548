"""What the form of a ledger holds: its title, lines, columns and the rule of each column, in words.

A form follows from the ledger; where the notice prints it otherwise, data/rules/forms.toml says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zyb.intake.cells.flags import NO, NOT_APPLICABLE, YES
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Region, Roster

DEFAULT_TITLE = "{place}{year}年{ledger}"
FILLED_IN_BY = ("填报单位",)
# What a title may name in braces, and what a year may be.
TITLE_WORDS = ("place", "year", "first", "ledger")
YEAR = re.compile(r"\d{4}|\{year(-1)?\}")


@dataclass(frozen=True)
class MergedHeading:
    """A heading merged over the columns from `first` to `last`."""

    title: str
    first: str
    last: str


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What the notice prints otherwise than the ledger is declared."""

    title: str = DEFAULT_TITLE
    lines: tuple[str, ...] = FILLED_IN_BY
    years: tuple[str, ...] = ("{year}",)
    headings: tuple[tuple[str, str], ...] = ()
    groups: tuple[MergedHeading, ...] = ()
    notes: tuple[str, ...] = ()
    checked: str = ""
    """What is merged over the items of a check list."""


@dataclass(frozen=True)
class FormHeading:
    """One column of the form; `year` where the heading carries it."""

    column: Column
    title: str
    group: str = ""
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of a ledger for one roster (or one of its regions) and year."""

    ledger: Ledger
    roster: Roster
    year: int
    region: Region | None
    title: str
    lines: tuple[str, ...]
    headings: tuple[FormHeading, ...]
    notes: tuple[str, ...]

    @property
    def dated(self) -> bool:
        """Plans hold from the beginning of their year; everything else says its day."""
        return not self.ledger.set_for_years

    @property
    def regions(self) -> tuple[Region, ...]:
        return (self.region,) if self.region else self.roster.regions

    @property
    def counties(self) -> list[str]:
        members = {code for region in self.regions for code in region.members}
        names = (county.name for county in self.roster.counties if county.code in members)
        return list(dict.fromkeys(names))

    @property
    def prefilled(self) -> list[tuple[str, str]]:
        """(region, item) of the rows of a summary; an empty item where it has none."""
        if self.ledger.is_list:
            return []
        items = self.ledger.column(self.ledger.item).options if self.ledger.item else ("",)
        return [(region.name, item) for region in self.regions for item in items]

    @property
    def summed(self) -> FormHeading | None:
        """The column that repeats the sum of the years beside it."""
        names = {rule.column for rule in self.ledger.row_sums}
        return next((heading for heading in self.headings if heading.column.name in names), None)


def _layout(name: str, table: toml.RulesTable) -> Layout:
    if name not in ledgers():
        raise table.fault("没有这张台账。")
    layout = Layout(
        title=table.text("title", DEFAULT_TITLE, TITLE_WORDS),
        lines=table.texts("lines", FILLED_IN_BY),
        years=table.texts("years", ("{year}",), names=None),
        headings=_renamed(table),
        groups=tuple(
            MergedHeading(t.text("title"), t.text("first"), t.text("last")) for t in table.tables("groups")
        ),
        notes=table.texts("notes", ()),
        checked=table.text("checked", ""),
    )
    table.finish()
    _check_words(table, layout)
    return layout


def _check_words(table: toml.RulesTable, layout: Layout) -> None:
    if not layout.years or not all(YEAR.fullmatch(text) for text in layout.years):
        raise table.fault("“years”应为年份，例如 2023、{year}、{year-1}。")


def _renamed(table: toml.RulesTable) -> tuple[tuple[str, str], ...]:
    if not table.has("headings"):
        return ()
    below = table.table("headings")
    return tuple((name, below.text(name)) for name in below.data)


@rule
def layouts() -> dict[str, Layout]:
    return {name: _layout(name, table) for name, table in toml.load(rules_file("forms.toml")).items()}


def place_name(roster: Roster, region: Region | None) -> str:
    """陕西省, 陕西省西安市; the province keeps two regions of one name apart."""
    return roster.titled(region)


def form_of(ledger: Ledger, roster: Roster, year: int, region: Region | None = None) -> Form:
    layout = layouts().get(ledger.id, Layout())
    years = sorted({_year(text, year) for text in layout.years})
    said = (place_name(roster, region), year, years[0], ledger.title)
    stated = tuple(column.title for column in ledger.columns if column.stated)
    return Form(
        ledger=ledger, roster=roster, year=year, region=region,
        title=layout.title.format(**dict(zip(TITLE_WORDS, said, strict=True))), lines=stated or layout.lines,
        headings=tuple(_headings(ledger, layout, years, _items(ledger, roster, region))), notes=layout.notes,
    )  # fmt: skip


def _items(ledger: Ledger, roster: Roster, region: Region | None) -> dict[str, str]:
    """The columns of the check list in its order, as the form heads them: a plan's own words in its own place, where no
    plan is in force the columns' titles."""
    own = ledger.check_list(roster.province, region.name if region else "")
    if own:
        return dict(own.items)
    taken = ledger.check_lists[0].columns if ledger.check_lists else ()
    return {name: ledger.column(name).title for name in taken}


def _year(text: str, year: int) -> int:
    return int(text.replace("{year-1}", str(year - 1)).replace("{year}", str(year)))


def _headings(
    ledger: Ledger, layout: Layout, years: list[int], items: Mapping[str, str]
) -> Iterator[FormHeading]:
    titles = {**dict(layout.headings), **items}
    group = ""
    groups = {one.first: one for one in layout.groups}
    last = ""
    for column in _in_order(_columns(ledger, years), list(items)):
        if column.name in items and layout.checked:
            yield FormHeading(column, titles[column.name], layout.checked)
            continue
        if column.name in groups:
            group, last = groups[column.name].title, groups[column.name].last
        title = titles.get(column.name, column.title)
        if column.yearly:
            yield from (FormHeading(column, f"{year}年{title}", group, year) for year in years)
        else:
            yield FormHeading(column, title, group)
        if column.name == last:
            group = ""


def _in_order(columns: list[Column], items: Sequence[str]) -> list[Column]:
    """The items of a check list where the first of them stands and in its own order; those of other lists are left out."""
    if not items:
        return columns
    place = next(n for n, column in enumerate(columns) if column.sentences)
    named = {column.name: column for column in columns}
    rest = [column for column in columns if not column.sentences]
    return [*rest[:place], *(named[name] for name in items), *rest[place:]]


def _columns(ledger: Ledger, years: list[int]) -> list[Column]:
    """The places first, then the rest as declared; no rates, no sum of a single year, no year said above."""
    sums = {rule.column for rule in ledger.row_sums} if len(years) == 1 else set()
    left_out = {"ignored"} if ledger.is_list else {"ignored", "year"}
    shown = [c for c in ledger.columns if c.type not in left_out and not c.stated and c.name not in sums]
    places = [column for column in shown if column.type in ("region", "county")]
    return places + [column for column in shown if column not in places]


# -- the rule of a column, in words -------------------------------------------------------


def rule_of(ledger: Ledger, column: Column, year: int) -> str:
    """What to write into the column, and what is checked."""
    return "".join((_kind(ledger, column, year), *_checks(ledger, column)))


def _kind(ledger: Ledger, column: Column, year: int) -> str:
    if column.type == "choice":
        return _choice(column)
    if column.type == "flag":
        answers = f"“{YES}”“{NO}”" + (f"或“{NOT_APPLICABLE}”" if column.not_applicable else "")
        return f"填{answers}。"
    if column.type == "region" and not ledger.is_list:
        return "地区名称，不要改动；不报的地区整行留空。"
    return KINDS[column.type].format(year=year)


KINDS = {
    "region": "从下拉列表选择；与上一行相同的可以不填。",
    "county": "从下拉列表选择，开发区等填所在县区；与上一行相同的可以不填。",
    "year": "四位年份，例如 {year}。",
    "count": "填整数；确实没有的填 0。",
    "percent": "填 0 至 100 之间的百分数，写上百分号，例如 87.5%；没有调查的留空。",
    "date": "写成 {year}-06-30 的形式，不晚于填报当天。",
    "uscc": "18 位，按营业执照填写；确实没有的留空。",
    "industry": "GB/T 4754-2017 的行业代码，保留前面的 0，例如 06、C30；也可填行业名称。",
    "text": "按实际情况填写。",
}


def _choice(column: Column) -> str:
    several = "可以多选，用“、”分开" if column.multiple else "只选一项"
    detail = "；选项后可以写明具体类别" if column.detail else ""
    return f"可填：{'、'.join(column.options)}；{several}{detail}。"


def _checks(ledger: Ledger, column: Column) -> Iterator[str]:
    """What the ledger checks between this column and others."""

    def title(name: str) -> str:
        return f"“{ledger.column(name).title}”"

    name = column.name
    yield from (f"不大于{title(rule.larger)}。" for rule in ledger.at_most if rule.smaller == name)
    yield from (f"不早于{title(rule.earlier)}。" for rule in ledger.date_orders if rule.later == name)
    for other in ledger.expects:
        if other.column == name:
            yield f"{title(other.when)}填“{'”或“'.join(other.values)}”的，应当填写。"
    yield from (f"应小于 {rule.limit}。" for rule in ledger.below if rule.column == name)
    sums = (rule for rule in ledger.row_sums if rule.column == name)
    yield from (f"等于各年{title(rule.of)}之和，自动计算。" for rule in sums)
