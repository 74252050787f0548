"""What stands on a sheet beside headings and figures: that it, or a part of it, is not to be reported; notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "sheets.toml"
# From an ASCII letter to the same in full width.
FULL_WIDTH = 0xFEE0
WITHOUT = r"(?<!不含)(?<!剔除)(?<!不含已)(?<!剔除已)"


@dataclass(frozen=True, kw_only=True)
class SheetWords:
    """Patterns, each for a text as it stands unless said; those of lists are read by Arrow's engine (RE2) too.

    `set_aside`: of a sheet's name or title without blanks, `sheet_aside` of its name alone; `corrected`: that it counts
    and another does not. `page_sums`: labels of lines that sum up a page, `continued`: what is added to a title that
    stands over the next page. `narrowed`: that only some
    are counted, by a title's words (not by those that may be said `of_all`), and `partly` by what any line says. `foreign`: titles of other work. `remarks`:
    headings of columns in which a row may say that it is `against` being counted.
    `undone`: said beside a 是. `none_exceeds`: said where a hazard is asked for. `nil`, `notes` and `examples`: alternatives for the text that
    stands for a name, and for those that a line begins with. `below`: with what a line below the table begins that
    is of nobody in it, its blanks taken out; `below_anyhow` as it stands, with blanks inside and in full width.
    `other_units`: units of what is no number of enterprises. `noted`: what a note says of figures, once `not_noted` is taken
    out of it. `earliest_day`: before it nothing was done of what is asked.
    """

    set_aside: str
    sheet_aside: str
    corrected: str
    page_sums: str
    continued: str
    narrowed: str
    of_all: tuple[str, ...]
    partly: str
    foreign: str
    remarks: str
    against: str
    against_words: tuple[str, ...]
    states: tuple[str, ...]
    none_exceeds: str
    undone: tuple[str, ...]
    nil: str
    nil_begins: str
    notes: str
    examples: str
    below: str
    below_anyhow: str
    other_units: str
    noted: str
    not_noted: str
    earliest_day: date


@rule
def sheet_words() -> SheetWords:
    table = toml.load(rules_file(FILE))
    aside, corrected, against, nil = (
        table.table(name) for name in ("set_aside", "corrected", "against", "nil")
    )
    notes, examples, narrowed = (table.table(name) for name in ("notes", "examples", "narrowed"))
    pages, units, noted, days = (table.table(name) for name in ("pages", "units", "noted", "days"))
    found = SheetWords(
        set_aside=_any(aside, "words"), sheet_aside=_any(aside, "sheets"), corrected=_any(corrected, "words"), page_sums=_any(pages, "sums"),
        continued=rf"[(\[]?(?:{_any(pages, 'continued')})\d{{0,2}}[)\]]?|第\d{{1,3}}页,?(?:共\d{{1,3}}页)?",
        of_all=narrowed.texts("of_all"), narrowed=rf"(?<!中)(?:{_any(narrowed, 'words')})", partly=_partly(narrowed), foreign=_any(narrowed, "foreign"), remarks=_any(against, "headings"), against=_any(against, "words"),
        against_words=against.texts("words"),
        states=against.texts("states"),
        undone=against.texts("undone"),
        none_exceeds=_any(against, "none_exceeds"), nil=_any(nil, "words"),
        nil_begins=_any(nil, "begins"), notes=_any(notes, "begins"), examples=_any(examples, "begins"),
        other_units=_any(units, "others"), noted=_noted(noted), not_noted=_any(noted, "unless"), earliest_day=days.day("earliest"),
        below=_any(notes, "below"), below_anyhow=rf"^[\s\pZ]*({'|'.join(map(_anyhow, notes.texts('below')))})",
    )  # fmt: skip
    for below in (
        aside,
        corrected,
        pages,
        units,
        noted,
        days,
        narrowed,
        against,
        nil,
        notes,
        examples,
        table,
    ):
        below.finish()
    return found


def _anyhow(word: str) -> str:
    letters = (f"[{c}{chr(ord(c) + FULL_WIDTH)}]" if c.isascii() else c for c in word)
    return r"[\s\pZ]*".join(letters)


def _any(table: toml.RulesTable, key: str) -> str:
    return any_of(table.texts(key))


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _partly(table: toml.RulesTable) -> str:
    """仅统计规模以上企业: such a word, and soon behind it of whom."""
    return rf"(?:{_any(table, 'partly')})[^。；;]{{0,{table.integer('before')}}}(?:{_any(table, 'of')})"


def _noted(table: toml.RulesTable) -> str:
    """估算; 应为198家 (and no day: 应为2024年); 不含新纳入的45家."""
    number, firms = _any(table, "number"), _any(table, "firms")
    within = rf"[^。；;,，]{{0,{table.integer('before')}}}"
    return rf"{_any(table, 'words')}|(?:{number})\d+(?![\d年月日./%-])|(?:{firms}){within}?\d+[家户]"


def set_aside_by(text: str) -> str:
    """The word in a text without blanks that sets the sheet aside; blank where there is none."""
    return _found(sheet_words().set_aside, text)


def sheet_set_aside_by(name: str) -> str:
    """The same of a sheet's name, which is short and says nothing else."""
    return _found(f"{sheet_words().set_aside}|{sheet_words().sheet_aside}", name)


def corrected_by(text: str) -> str:
    """The word in a text without blanks by which the sheet is the one that counts."""
    return _found(sheet_words().corrected, text)


def is_page_sum(label: str) -> bool:
    """本页小计, 承前页: of a label without blanks."""
    return re.match(sheet_words().page_sums, label) is not None


def without_continued(text: str) -> str:
    """A title without blanks and without what says that it stands over the next page; blank where it says no more."""
    return re.sub(f"(?:{sheet_words().continued})$", "", text)


def _found(words: str, text: str) -> str:
    found = re.search(f"{WITHOUT}({words})", text)
    return found[1] if found else ""
