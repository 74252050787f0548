"""What a cell of a list means, by its column's type: 是/否, a date, a choice, an industry code, a count."""

from __future__ import annotations

import re

from zyb.intake.cells import codes, flags, values
from zyb.intake.cells.answers import Context, Word, WordReader, of_an_answer
from zyb.intake.cells.choices import choice
from zyb.intake.cells.days import day
from zyb.intake.cells.values import BLANKS, LONGEST_ANSWER, narrow, one_figure
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.meanings import SizeClass

# What is left of a size with its number once the class is taken out: (186人), 企业(186人), 186人().
CLASSED = re.compile(
    r"(?:企业)?[(\[:：,，、/]*(?:职工)?(?:人数)?[:：]?([\d,]+)人?(?:[)\]]|\(\)|\[\]|[,，、/])?(?:企业)?(?:\(\))?"
)


@of_an_answer
def industry(column: Column, text: str, _: Context) -> Word:
    """A code of GB/T 4754-2017 with its zeros; a name stays as it is, and so does a code nobody knows."""
    plain = narrow(text)
    if plain in BLANKS:
        return Word(None)
    found = codes.industry(plain)
    if found is None:
        return Word(text.strip())
    return Word(found.code, found.fault, found.shown)


def count(column: Column, text: str, _: Context) -> Word:
    classed = _of_a_class(column.classes, text) if column.classes else None
    if classed:
        return classed
    read = values.count(text, column.counts_people)
    if read.fault:
        return Word(None, read.fault)
    if read.approximate:
        return Word(read.number, "approximate_number", str(read.number))
    return Word(read.number, "number_adopted" if read.adopted else "", str(read.number))


def _of_a_class(classes: tuple[SizeClass, ...], text: str) -> Word | None:
    """小型（186人）, 186人（小型） → 186; a class that the number does not belong to is pointed out."""
    plain = narrow(text) if len(text) <= LONGEST_ANSWER and one_figure(text) else ""
    named = [size for size in classes if size.name in plain]
    rest = plain.replace(named[0].name, "", 1) if len(named) == 1 else ""
    found = CLASSED.fullmatch(rest)
    read = values.count(found[1]) if found else None
    if read is None or read.number is None or read.fault:
        return None
    size = named[0]
    if not size.least <= read.number < size.below:
        return Word(read.number, "class_disagrees", f"{size.name}应为 {size.least} 至 {size.below - 1} 人")
    return Word(read.number, "number_adopted", str(read.number))


READERS: dict[str, WordReader] = {
    "flag": of_an_answer(flags.flag),
    "choice": choice,
    "date": day,
    "industry": industry,
    "count": count,
}
