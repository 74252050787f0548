"""What a heading says: cut into the words of the field, and what they mean together.

累计完成数, 本月完成数, 计划完成数, 未完成数, 完成率 and 完成时间 share one word and mean six things. So a heading is never
known by a word that it holds alone: it is cut into concepts, every one of which a column must ask for, or declare as
saying nothing new, before the column is that heading's. What is not understood counts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.lexicon.folding import folded

FILE, TIERS_FILE = "headings.toml", "tiers.toml"
# Brackets in a heading hold the unit or a hint, seldom the meaning: 帮扶企业数量(家).
BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
OPENING = re.compile(r"[(\[【〔]")
# With its hints in brackets; a text that is longer is no heading, and means no column.
LONGEST_HEADING = 500
YEAR = re.compile(r"(20\d{2})年?度?")
# A day of a month, a month's or a quarter's end: what the figures are as of. A month alone may be what was done in it.
MOMENT = re.compile(
    r"截[至止]到?(?:(?:20)?\d{2}年)?(?:\d{1,2}月(?:\d{1,2}[日号]|[底末])?份?|年[底末])(?:累计)?"
    r"|(?:20\d{2}年?)?(?:\d{1,2}月份?(?:\d{1,2}[日号]|[底末])|[一二三四1-4]季度[底末]|上半年[底末]|年[底末])"
    r"|20\d{2}[.\-/]\d{1,2}[.\-/]\d{1,2}"
)
# From January on: what was done in the year to date, as of the end of the month.
TO_DATE = re.compile(
    r"(?:(20\d{2})年?)?(?:(?<!\d)0?1月?份?[-—–~至到]+(\d{1,2})月份?(?![\d底末])|(上半年|前三季度|前[23]季度|前二季度|前两季度|[1一第]+季度)(?=累计))"
)
LAST_MONTHS = {"上半年": 6, "前三季度": 9, "前3季度": 9, "前2季度": 6, "前二季度": 6, "前两季度": 6}
MONTHS = 12
YEARS_END = re.compile(r"年[底末]|12月份?(?:31|[底末])")
PERIOD = re.compile(r"\d{1,2}(?:[-—~至到]\d{1,2})?月份?|第?[一二三四1-4]季度?|[上下]半年|第\d{1,2}周")
# What is between words and says nothing.
GLUE = frozenset(" 中、，,;；:：/\\|.。·_-—~“”\"'‘’*※★+&()[]【】〔〕的了其之各和及与或并等")
# 完成数①, 完成数*, 1.完成数, （一）完成数
FOOTNOTE = re.compile(r"[①-⑳⑴-⒇¹²³⁴-⁹₁-₉]+|[*＊※]+$")
NUMBERED_NOTE = re.compile(r"[(\[](?:注?\d{1,2}|[a-z])[)\]]$")
# What Excel writes over a column that a pivot table adds up.
PIVOTED = re.compile(r"^(?:求和项|sumof)[:：]")
NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}|[a-h])[.、)](?!\d)|[a-h](?=[一-鿿])|[(\[](?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-h])[)\]]|[一二三四五六七八九十]{1,2}、)"
)
UNKNOWN = "?"


def plain_heading(text: str) -> str:
    """A heading without what varies: width, blanks, line breaks, units in brackets, case."""
    return plain_of(written_heading(text))


def plain_of(written: str) -> str:
    """Of a heading as `written_heading` gives it."""
    return without_brackets(written) or written


def written_heading(text: str) -> str:
    """In half width and one case, without blanks, the number before and the mark of a footnote behind; with what stands
    in its brackets. So a heading is remembered when an official explains it."""
    bare = FOOTNOTE.sub("", text[:LONGEST_HEADING])
    narrow = "".join(folded(bare).split()).lower()
    narrow = PIVOTED.sub("", narrow)
    return NUMBERING.sub("", NUMBERED_NOTE.sub("", narrow) or narrow)


def without_brackets(text: str) -> str:
    """Each from its opening to the first closing mark; what is never closed stays."""
    return "".join(part for part, inside in _pieces(text) if not inside)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text outside and inside of its brackets, in order."""
    if not OPENING.search(text):
        return [(text, False)]
    pieces, at = [], 0
    for found in OPENING.finditer(text):
        end = text.find(BRACKETS[found[0]], found.end()) if found.start() >= at else -1
        if end >= 0:
            pieces += [(text[at : found.start()], False), (text[found.end() : end], True)]
            at = end + 1
    return [*pieces, (text[at:], False)]


@dataclass(frozen=True, kw_only=True)
class Concept:
    """Words of one meaning. It says nothing new in a heading of the types in `silent_for` (数 in a count's).

    The words of a `various` one are of a kind, but none says what another says (检测机构, 上级单位): each is a concept of its
    own, named `other_party:检测机构`. A `telling` concept makes another thing of what it stands with (未, 率, 本月): a column that has not declared it is
    never meant, however well the rest fits.
    """

    name: str
    words: tuple[str, ...]
    silent_for: frozenset[str] = frozenset()
    various: bool = False
    telling: bool = False
    always: bool = False
    """Telling also in the sentences of a check list."""
    called: str = ""
    """As people are told what a figure is that the concept makes another one."""

    def of(self, word: str) -> str:
        """What the word is called in what a heading says."""
        return f"{self.name}:{word}" if self.various else self.name

    @cached_property
    def all(self) -> frozenset[str]:
        return frozenset(map(self.of, self.words))


def is_partway(moment: str) -> bool:
    """Whether a day of a heading is within a year, and not its end."""
    return bool(moment) and not YEARS_END.search(moment)


class Sense(NamedTuple):
    """The concepts of a heading: outside and inside its brackets. What is no known word is `?` and the letters."""

    core: frozenset[str]
    hints: frozenset[str]
    year: int | None = None
    moment: str = ""
    written: str = ""
    """As written, but for width, case, blanks, numbering and footnotes."""


def all_known(concepts: Iterable[str]) -> bool:
    """Whether nothing was said that the rules have no word for."""
    return not any(concept.startswith(UNKNOWN) for concept in concepts)


@dataclass(frozen=True)
class Lexicon:
    concepts: tuple[Concept, ...]

    @cached_property
    def telling(self) -> frozenset[str]:
        return self._all(concept for concept in self.concepts if concept.telling)

    @staticmethod
    def _all(concepts: Iterable[Concept]) -> frozenset[str]:
        return frozenset().union(*(concept.all for concept in concepts))

    def spread(self, names: Iterable[str]) -> frozenset[str]:
        """With the words of the various ones among them."""
        named = set(names)
        return frozenset(named) | self._all(concept for concept in self.concepts if concept.name in named)

    @cached_property
    def always_telling(self) -> frozenset[str]:
        return self._all(concept for concept in self.concepts if concept.always)

    @cached_property
    def _by_letter(self) -> Mapping[str, list[tuple[str, str]]]:
        """First letter → (word, concept), the longest word first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for concept in self.concepts:
            for word in concept.words:
                found.setdefault(word[0], []).append((word, concept.of(word)))
        return {letter: sorted(words, key=lambda w: -len(w[0])) for letter, words in found.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(concept.name for concept in self.concepts) | self._all(self.concepts)

    def called(self, names: frozenset[str]) -> str:
        """The first of these concepts as people are told it; blank where none has a name."""
        return next((one.called for one in self.concepts if one.called and not one.all.isdisjoint(names)), "")

    def silent_for(self, kind: str) -> frozenset[str]:
        return self._all(concept for concept in self.concepts if kind in concept.silent_for)

    def meaning(self, text: str) -> Sense:
        """What a heading says. Linear: each letter is looked at once for every word that begins with it."""
        return self.meaning_of(written_heading(text))

    def meaning_of(self, narrow: str) -> Sense:
        """Of a heading as `written_heading` gives it."""
        written = narrow
        moment = MOMENT.search(narrow)
        until, narrow = ("", narrow) if moment else _to_date(narrow)
        dated = YEAR.search(moment[0]) if moment else None
        year = int(dated[1]) if dated else None
        told: tuple[set[str], set[str]] = (set(), set())
        for piece, inside in _pieces(MOMENT.sub("", narrow) if moment else narrow):
            if found := YEAR.search(piece):
                year = year or int(found[1])
                told[inside].add("year")
                piece = YEAR.sub("", piece)
            told[inside].update(self._concepts(PERIOD.sub("本期", piece)))
        core, hints = map(frozenset, told)
        own, beside = (core, hints) if core else (hints, frozenset())
        return Sense(own, beside, year, moment[0] if moment else until, written)

    def _concepts(self, text: str) -> list[str]:
        words_at, found, unknown, at = self._by_letter, [], "", 0
        while at < len(text):
            for word, name in words_at.get(text[at], ()):
                if text.startswith(word, at):
                    found.append(name)
                    at += len(word)
                    break
            else:
                unknown += "" if text[at] in GLUE else text[at]
                at += 1
        return [*found, UNKNOWN + unknown] if unknown else found


def _to_date(narrow: str) -> tuple[str, str]:
    """2025年1-6月申报数 is what was declared in the year to the end of June: as of when, and the heading in those words."""
    found = TO_DATE.search(narrow)
    last = int(found[2] or LAST_MONTHS.get(found[3], 3)) if found else 0
    if not found or not 1 < last <= MONTHS:
        return "", narrow
    year = f"{found[1]}年" if found[1] else ""
    return f"{year}{last}月底", f"{narrow[: found.start()]}{year}年初至今{narrow[found.end() :]}"


@rule
def lexicon() -> Lexicon:
    """The words of the field, from the rules."""
    table = toml.load(rules_file(FILE))
    concepts = tuple(_concept(below) for below in table.tables("concepts"))
    known: dict[str, str] = {}
    for concept in concepts:
        for word in concept.words:
            if known.setdefault(word, concept.name) != concept.name:
                raise table.fault(f"“{word}”同时属于 {known[word]} 和 {concept.name}。")
    return Lexicon(concepts)


def _concept(table: toml.RulesTable) -> Concept:
    concept = Concept(
        name=table.text("name"),
        words=tuple(map(written_heading, table.texts("words"))),
        silent_for=frozenset(table.texts("silent_for", ())),
        various=table.flag("various", False),
        telling=table.flag("telling", False),
        always=table.flag("always", False),
        called=table.text("called", ""),
    )
    table.finish()
    if not concept.words or not all(concept.words):
        raise table.fault("words 至少要有一个词，词不能为空。")
    return concept


class Now(NamedTuple):
    """Words of the period's own figure or of the one to date, those that they have to stand `beside`, and whether the
    figures have to prove it."""

    words: frozenset[str]
    beside: frozenset[str]
    proof: bool


class SideWords(NamedTuple):
    """One figure as of several times: words that say themselves that it is the one to date, the earlier ones, and what
    has become of these since."""

    levels: frozenset[str]
    before: frozenset[str]
    change: frozenset[str]
    added: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class MarkWords:
    """What stands in a cell that is ticked (a ring where nothing better does), crossed out, or empty as a box is."""

    ticks: frozenset[str]
    rings: frozenset[str]
    crosses: frozenset[str]
    empty: frozenset[str]
    means: frozenset[str]
    put: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]


class TierWords(NamedTuple):
    """What stands side by side in a tier of headings: one figure as of several times, or the answers to one question,
    each with what it is read as."""

    sides: SideWords
    now: tuple[Now, ...]
    answers: tuple[Mapping[str, str], ...]
    marks: MarkWords


@rule
def tier_words() -> TierWords:
    """The words of tiers, from the rules."""
    table = toml.load(rules_file(TIERS_FILE))
    sides, marks = table.table("sides"), table.table("marks")
    found = TierWords(
        SideWords(*(_words_of(sides, key) for key in ("levels", "before", "change", "added"))),
        tuple(map(_now, table.tables("now"))),
        tuple(map(_answers, table.tables("answers"))),
        MarkWords(**{one.name: _words_of(marks, one.name) for one in fields(MarkWords)}),
    )
    for below in (sides, marks, table):
        below.finish()
    return found


def _now(table: toml.RulesTable) -> Now:
    now = Now(_words_of(table, "words"), _words_of(table, "beside"), table.flag("proof", False))
    table.finish()
    return now


def _answers(table: toml.RulesTable) -> Mapping[str, str]:
    words = table.texts("words")
    read_as = table.texts("read_as", words)
    table.finish()
    if len(read_as) != len(words):
        raise table.fault("read_as 与 words 应一样多。")
    return dict(zip(words, read_as, strict=True))


def _words_of(table: toml.RulesTable, key: str) -> frozenset[str]:
    return frozenset(table.texts(key))
