"""What a form's own legend says of its marks and codes: 是否完成治理（0.是 1.否）, 未申报的打√, 说明：0表示已完成，1表示未完成.

It stands in the heading, above or below the table, or on a sheet that explains the form. A heading's legend holds for its
column; any other for the column that it names, or for all that its answers answer. One that turns a usual mark around for
several columns at once may be meant for one of them: then those cells are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from zyb.intake.cells.answers import Context
from zyb.intake.cells.boxes import CROSSES, OPEN, TICKED
from zyb.intake.cells.readers import READERS
from zyb.intake.cells.values import LONGEST_ANSWER
from zyb.intake.lists.lines import fields_of
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.book import rule
from zyb.rulebook.columns import ASKED, Column
from zyb.rulebook.lexicon.folding import folded
from zyb.rulebook.lexicon.headings import plain_heading, tier_words
from zyb.rulebook.sheets import any_of

Legend = Mapping[str, str]
"""Marks and codes, each with the words that it stands for."""

OF_ANSWERS = ("flag", "choice")
MARKS = TICKED + OPEN + CROSSES
CODE = rf"(?:[{MARKS}]|(?<![\d.])\d(?![\d]))"
QUOTES = re.compile("[“”‘’\"'「」【】\\[\\]]")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
CLAUSES = re.compile(r"[,;。、/|\s()]+")
WORDS = rf"(?P<words>[^\d{MARKS}:=.—–-]{{1,10}}?)"
HAS_CODE = re.compile(CODE)
ENDS_WITH_CODE = re.compile(f"{CODE}$")
# Headings by which two answers are told apart from any other.
PLAIN = ("是", "否")


@rule
def _patterns() -> dict[bool, tuple[re.Pattern[str], ...]]:
    """By whether the text is a heading's own: there 1是2否 and 完成√ are legends, elsewhere 1. numbers a line."""
    means, put = any_of(tier_words().marks.means), any_of(tier_words().marks.put)
    signs = "[:=—–-]+"
    strict = (
        rf"(?P<code>{CODE})(?:{signs}|{means}){WORDS}$",
        rf"{WORDS}(?:的|者)?(?:请|则)?(?:{put})+(?P<code>{CODE})$",
        rf"(?:{put})(?P<code>{CODE})(?:的|者)?(?:{means}){WORDS}$",
    )
    loose = (
        *strict,
        rf"^(?P<code>{CODE})\.?{WORDS}$",
        rf"^{WORDS}(?P<code>{CODE})$",
    )
    return {one: tuple(map(re.compile, texts)) for one, texts in ((False, strict), (True, loose))}


def with_legend(reader: ListReader, column: Column, at: ColumnFound) -> Column:
    """The column with what the form says of its marks; as it is, where the form says nothing."""
    if column.type not in OF_ANSWERS:
        return column
    told = (*_brackets(at.heading), *_remarked(reader, at))
    own = {code: words for text in told for code, words in _legend(text, own=True)}
    answers = _answers(column, own, reader.context) if own else _of_the_form(reader, column, at)
    return replace(column, answers=(*column.answers, *answers.items())) if answers else column


def _pieces(clause: str) -> list[str]:
    """1是2否, 是1否2: whether the codes stand before their answers or behind, the ends of the clause tell."""
    begins, ends = HAS_CODE.match(clause), ENDS_WITH_CODE.search(clause)
    if bool(begins) == bool(ends):
        return [clause]
    return re.split(rf"(?<=.)(?={CODE})" if begins else rf"(?<={CODE})", clause)


def _of_the_form(reader: ListReader, column: Column, at: ColumnFound) -> dict[str, str]:
    """By what stands around the table; a text that names headings speaks of their columns only."""
    answers: dict[str, str] = {}
    for text in reader.context.said:
        told = dict(_legend(text, own=False))
        named = _named(reader, text) if told else []
        if told and (not named or any(one.index == at.index for one in named)):
            found = _answers(column, told, reader.context)
            unsure = not named and ASKED in found.values() and _may_be_of_another(reader, column, told)
            answers |= dict.fromkeys(found, ASKED) if unsure else found
    return answers


def _brackets(heading: str) -> list[str]:
    return IN_BRACKETS.findall(folded(heading[:LONGEST_ANSWER]))


def _remarked(reader: ListReader, at: ColumnFound) -> list[str]:
    """What a comment on the heading says: 0—已申报，1—未申报."""
    above = range(reader.found.body_row)
    comments = reader.found.sheet.doubts.comments
    return [text for row, column, text in comments if row in above and column == at.index]


def _legend(text: str, own: bool) -> Iterator[tuple[str, str]]:
    plain = QUOTES.sub("", folded(text[:LONGEST_ANSWER]))
    if not HAS_CODE.search(plain):
        return
    for clause in CLAUSES.split(plain):
        for piece in _pieces(clause) if own else (clause,):
            found = next(filter(None, (one.search(piece) for one in _patterns()[own])), None)
            if found:
                yield found["code"], found["words"]


def _named(reader: ListReader, text: str) -> list[ColumnFound]:
    """The columns whose headings stand before the first mark."""
    before = plain_heading(HAS_CODE.split(folded(text[:LONGEST_ANSWER]))[0])
    return [at for _, at in _asked(reader) if plain_heading(at.heading) in before]


def _asked(reader: ListReader) -> list[tuple[Column, ColumnFound]]:
    return [(column, at) for column, at in fields_of(reader.found) if column.type in OF_ANSWERS]


def _answers(column: Column, told: Legend, context: Context) -> dict[str, str]:
    """What the legend makes of each mark. Where it turns a usual one around, the others are no longer certain."""
    read = READERS[column.type]
    meant = {code: read(column, words, context) for code, words in told.items()}
    known = {code: word.value for code, word in meant.items() if word.value and not word.code}
    if not any(code in MARKS for code in known) and len(known) < 2:
        return {}
    turned = any(_turns(column, code, value, context) for code, value in known.items())
    found = dict.fromkeys((*"01", *MARKS), ASKED) if turned else {}
    for code, value in known.items():
        found |= dict.fromkeys(_alike(code), value)
    return found


def _turns(column: Column, code: str, value: str, context: Context) -> bool:
    usual = READERS[column.type](column, code, context).value
    return bool(usual) and usual != value


def _alike(code: str) -> tuple[str, ...]:
    """✓ is √; 0 comes as 0.0 from some tables."""
    if code.isdigit():
        return code, f"{code}.0"
    return next(tuple(marks) for marks in (TICKED, OPEN, CROSSES) if code in marks)


def _may_be_of_another(reader: ListReader, column: Column, told: Legend) -> bool:
    """Whether a legend that turns marks around answers other columns as well; 是 and 否 answer all alike."""
    others = [one for one, _ in _asked(reader) if one.name != column.name]
    return not set(told.values()) <= set(PLAIN) and any(_answers(one, told, reader.context) for one in others)
