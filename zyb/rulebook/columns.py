"""A column of a ledger: what it means, the headings it arrives under, and how well a heading names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.lexicon import headings
from zyb.rulebook.lexicon.headings import YEAR, Sense, all_known, is_partway, lexicon, plain_heading
from zyb.rulebook.lexicon.meanings import Meaning, SizeClass, parse_meaning, parse_size_class, states

STORED = ("count", "percent", "text", "flag", "date", "uscc", "industry", "choice")
# Columns that every ledger has by the same headings.
COMMON = ("region", "county", "year", "ignored")
TYPES = (*COMMON, *STORED)
NO_MATCH, WORD_MATCH, SAME_MATCH, WHOLE_MATCH, EXPLAINED_MATCH = range(5)
YES_AND_NO, NOT_APPLICABLE = ("是", "否"), "不涉及"
# Concepts of what brackets add, and of what is not done.
INCLUDED, UNDONE = "include", "undone"
# The concept that a day is asked for.
DAY = "day"
# The concept of a count that is none of enterprises.
PEOPLE = "people"
# What counts as nothing until it is explained: a mark of which the form says that it is not what it usually is.
ASKED = "?"
# What may be said of any day on which something was done.
FULFILLED = frozenset({"done", "complete", "hold"})
# Types whose columns are known by a word only where all else that the heading says is the column's as well.
KNOWN_BY_ALL = frozenset({"flag", "date", "choice", "uscc", "industry"})
KNOWN_BY_COUNT_OR_ALL = KNOWN_BY_ALL | {"count"}
# Figures: known by all that their heading says, and by no word inside of it.
FIGURES = ("count", "percent")
# What stands in brackets behind a heading and tells how to answer: 完成情况（完成/未完成）, 纳入日期（年/月/日）.
ANSWERED_BY = {
    "flag": frozenset({"undone", "question", "state"}),
    "date": frozenset({"year", "period", DAY}),
    "percent": frozenset({"share"}),
}
# 任务年度, 申报年份; not 本年 or 2024年, which say of when something else is.
ENDS_WITH_YEAR = re.compile(r"(?<![\d本当全今去上每])年[度份]?$")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One meaning in a ledger and the headings it arrives under.

    `headings` match whole, and whatever says the same in other words (`cores`: their concepts); `words` match inside
    a heading that has none of `without` and says nothing that would make another thing of it (`refuses`). What is in
    `takes` may be said or not; what it `heeds` is something else, though of its type it would say nothing new. What is `titled` counts only under a title that names the ledger.
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
    loosely: tuple[str, ...] = ()
    """Headings that offices give it and that may be another thing: taken where no better one stands, and told."""
    explained: tuple[str, ...] = ()
    """Headings that an official has said to be the column."""
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    takes: frozenset[str] = frozenset()
    sentences: bool = False
    """An item of a check list: its headings are whole sentences."""
    refuses: frozenset[str] = frozenset()
    cores: frozenset[frozenset[str]] = frozenset()
    titled: frozenset[frozenset[str]] = frozenset()
    yearly: bool = False
    whole_year: bool = False
    """Of a whole year: what is to be done by its end; 6月底目标 is a part of it."""
    after: str = ""
    stated: str = ""
    options: tuple[str, ...] = ()
    multiple: bool = False
    ticked: bool = False
    detail: bool = False
    headed: bool = False
    """Known by its heading alone, never by what stands below: 停产 may be said of a row for other reasons."""
    not_applicable: bool = False
    personal: bool = False
    by_industry: str = ""
    """The column of industry codes that answers where this one, 风险类别, is blank (data/rules/severe_industries.csv)."""
    institution: bool = False
    """Names an institution of the province's list (zyb.rulebook.places.institutions)."""
    means: tuple[Meaning, ...] = ()
    passing: tuple[str, ...] = ()
    asks: str = ""
    classes: tuple[SizeClass, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    """What an official has explained of single values: as written without blanks, what it counts as."""

    def match(self, heading: str, said: Sense) -> int:
        """How well a heading, plain and with what it says, names the column: not at all, by a word inside, by
        saying the same, whole, or as it was explained."""
        if self.whole_year and is_partway(said.moment):
            return NO_MATCH
        bare = YEAR.sub("", heading) if self.yearly else heading
        if self.type == "ignored":
            return self._match_word(bare) if bare not in self.headings else WHOLE_MATCH
        if said.written in self.explained:
            return EXPLAINED_MATCH
        if self.after:
            return SAME_MATCH if DAY in said.core and said.core <= self.takes else NO_MATCH
        if self._is_beside_it(said) or (self.type == "year" and not ENDS_WITH_YEAR.search(heading)):
            return NO_MATCH
        if bare in self.headings or bare in self.explained:
            return WHOLE_MATCH
        if bare in self.loosely or said.core - self.takes in self.cores:
            return SAME_MATCH
        if self.type in FIGURES or self._is_another_thing(said):
            return NO_MATCH
        return NO_MATCH if self._says_more(said) else self._match_word(bare)

    def nearly(self, heading: str, said: Sense) -> bool:
        """Whether a heading that is not the column's speaks of it all the same: 复查申请日期, 是否开展治理."""
        if self.type not in KNOWN_BY_COUNT_OR_ALL or self.sentences or self.after:
            return False
        if self.type in ANSWERED_BY and (self.type == "date") != (DAY in said.core):
            return False
        unheeded = said.core - self.takes - lexicon().silent_for(self.type)
        return any(word in heading for word in self.words) or unheeded in self.cores

    def _says_more(self, said: Sense) -> bool:
        """Whether a heading that holds a word of the column says anything that is not the column's: 复查申请日期. What is
        asked may be asked to be done: 是否完成申报."""
        if self.type not in KNOWN_BY_ALL or self.sentences:
            return False
        return not said.core <= self.takes | self.told | (FULFILLED if self.type == "flag" else frozenset())

    def _is_beside_it(self, said: Sense) -> bool:
        """Whether brackets say that something else is meant: （本月）, and of a count whatever is not understood. Those
        of a choice hold its options, those of a place or a year an example; 完成情况（是/否） is still the question."""
        if self.type in ("choice", *COMMON) or (INCLUDED in said.hints and UNDONE not in said.hints):
            return False  # （含关停） is counted with the others, （不含关停） is not
        beside = said.hints - self.told - ANSWERED_BY.get(self.type, frozenset())
        return not self.refuses.isdisjoint(beside) or (self.type in FIGURES and not all_known(said.hints))

    def _is_another_thing(self, said: Sense) -> bool:
        """Whether a heading that holds a word of the column says what makes another thing of it. Items of check lists
        are whole sentences; what stands below them is one of few words or refused."""
        if self.type == "date" and DAY not in said.core:
            return True
        refused = self.refuses - self.told
        return not said.core.isdisjoint(
            refused & lexicon().always_telling if self.type == "choice" else refused
        )

    def _match_word(self, bare: str) -> int:
        held = any(word in bare for word in self.words) and not any(word in bare for word in self.without)
        return WORD_MATCH if held else NO_MATCH

    def needs_title(self, said: Sense) -> bool:
        """Whether what the heading says is said in other ledgers' tables as well: 任务数, 帮扶企业数."""
        return said.core - self.takes in self.titled

    @property
    def values(self) -> tuple[str, ...]:
        """All that a cell may come to hold; nothing where that is not known beforehand."""
        if self.type != "flag":
            return self.options
        return (*YES_AND_NO, NOT_APPLICABLE) if self.not_applicable else YES_AND_NO

    @property
    def counts_people(self) -> bool:
        return PEOPLE in self.takes | self.told

    @cached_property
    def told(self) -> frozenset[str]:
        """All concepts of its headings."""
        return frozenset().union(*self.cores)


@rule
def common_headings() -> dict[str, tuple[str, ...]]:
    """Headings that every ledger understands, by the type of the column."""
    return {kind: tuple(map(plain_heading, one.headings)) for kind, one in _common().items()}


@rule
def lengthwise_headings() -> dict[str, tuple[str, ...]]:
    """Headings of tables with a line for each figure: over the indicators, the numbers and the units."""
    table = toml.load(rules_file(headings.FILE)).table("lengthwise")
    found = {key: tuple(map(plain_heading, table.texts(key))) for key in ("indicators", "numbers", "units")}
    table.finish()
    return found


class _Common(NamedTuple):
    headings: tuple[str, ...]
    concepts: frozenset[frozenset[str]]


@rule
def _common() -> dict[str, _Common]:
    """What every ledger understands by type: whole headings, and the concepts that alone make one, such as places."""
    table = toml.load(rules_file(headings.FILE))
    table.tables("concepts")
    table.table("lengthwise")
    if missing := [kind for kind in COMMON if not table.has(kind)]:
        raise table.fault(f"缺少：{'、'.join(missing)}。")
    found = {kind: _common_of(table.table(kind)) for kind in COMMON}
    table.finish()
    return found


def _common_of(table: toml.RulesTable) -> _Common:
    said = table.texts("concepts", ())
    found = _Common(table.texts("headings"), frozenset(frozenset(concepts.split()) for concepts in said))
    if unknown := set().union(*found.concepts) - lexicon().names:
        raise table.fault(f"concepts 中不认识的词义：{'、'.join(sorted(unknown))}。")
    table.finish()
    return found


def read_column(table: toml.RulesTable) -> Column:
    """A column as it is declared in a ledger's file."""
    title = table.text("title")
    kind = table.choice("type", TYPES)
    own = tuple(plain_heading(heading) for heading in (title, *table.texts("headings", ())))
    yearly = table.flag("yearly", False)
    said = (*table.texts("takes", ()), *(["year"] if yearly else []))
    heeds = lexicon().spread(table.texts("heeds", ()))
    takes = (lexicon().spread(said) | lexicon().silent_for(kind)) - heeds
    column = Column(
        name=table.text("name"),
        title=title,
        type=kind,
        required=table.flag("required", True),
        headings=own + common_headings().get(kind, ()),
        loosely=tuple(map(plain_heading, table.texts("loosely", ()))),
        words=table.texts("words", ()),
        without=table.texts("without", ()),
        takes=takes,
        sentences=table.flag("sentences", False),
        refuses=lexicon().telling - takes,
        cores=_common()[kind].concepts if kind in COMMON else _cores(own, takes),
        titled=_cores(table.texts("titled", ()), takes),
        yearly=yearly,
        whole_year=table.flag("whole_year", False),
        after=table.text("after", ""),
        stated=table.text("stated", ""),
        options=table.texts("options", ()),
        multiple=table.flag("multiple", False),
        ticked=table.flag("ticked", False),
        detail=table.flag("detail", False),
        headed=table.flag("headed", False),
        not_applicable=table.flag("not_applicable", False),
        personal=table.flag("personal", False),
        by_industry=table.text("by_industry", ""),
        institution=table.flag("institution", False),
        means=tuple(map(parse_meaning, table.tables("means"))),
        passing=table.texts("passing", ()),
        asks=table.choice("asks", ("", *states()), ""),
        classes=tuple(map(parse_size_class, table.tables("classes"))),
    )
    if not IDENTIFIER.fullmatch(column.name):
        raise table.fault(f"“name”只能用小写英文字母、数字和下划线，现为 {toml.shown(column.name)}。")
    if (column.type == "choice") != bool(column.options):
        raise table.fault("类型为 choice 的列（也只有它）要写明 options。")
    _check_words(column, table)
    table.finish()
    return column


def with_what_they_follow(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A day that follows a column (辨识时间 behind 是否开展辨识) may be said of all that the column is said of."""
    named = {one.name: one for one in columns}
    return tuple(
        replace(one, takes=one.takes | named[one.after].takes | named[one.after].told | FULFILLED)
        if one.after in named
        else one
        for one in columns
    )


def with_any_place(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A ledger without counties takes 区（市）县 for its regions: which places they are, the cells tell."""
    if any(column.type == "county" for column in columns):
        return columns
    districts = _common()["county"].concepts
    return tuple(
        replace(one, cores=one.cores | districts) if one.type == "region" else one for one in columns
    )


def _check_words(column: Column, table: toml.RulesTable) -> None:
    for key in ("takes", "heeds"):
        if unknown := set(table.texts(key, ())) - lexicon().names:
            raise table.fault(f"{key} 中不认识的词义：{'、'.join(sorted(unknown))}。")
    if unknown := {meaning.option for meaning in column.means} - set(column.options):
        raise table.fault(f"means 中的选项不在 options 中：{'、'.join(sorted(unknown))}。")
    if column.type in FIGURES and (column.words or column.without):
        raise table.fault(
            "数量列、百分比列按表头的全部词义来认，不用 words、without；请把表头写进 headings。"
        )
    if column.asks and column.type != "flag":
        raise table.fault("asks 只用于是否类的列（类型为 flag）。")
    if column.classes and column.type != "count":
        raise table.fault("classes 只用于数量列（类型为 count）。")


def _cores(texts: Iterable[str], takes: frozenset[str]) -> frozenset[frozenset[str]]:
    """What the headings say, each as the concepts that are not silent; a heading of silent ones says nothing."""
    return frozenset(core for text in texts if (core := lexicon().meaning(text).core - takes))
