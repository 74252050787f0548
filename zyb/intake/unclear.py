"""Values that could not be told, each once: what an official may explain as one of the answers of its column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from zyb.intake.cells.flags import NO, NOT_APPLICABLE, YES
from zyb.intake.cells.values import narrow
from zyb.intake.submission import Submission
from zyb.numerals import column_letters
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.problems import cell_place

CODES = ("unknown_choice", "not_a_flag", "unclear_choice", "unclear_mark")
# What is longer is a report, not an answer that will be given again.
LONGEST_ASKED = 60


@dataclass(frozen=True)
class UnclearValue:
    """A text of a column, in so many cells, and what it may count as."""

    ledger: Ledger
    column: Column
    text: str
    count: int

    @property
    def plain(self) -> str:
        return narrow(self.text).lower()

    @property
    def options(self) -> tuple[str, ...]:
        if self.column.options:
            return self.column.options
        return (YES, NO, NOT_APPLICABLE) if self.column.not_applicable else (YES, NO)


def unclear_values(found: Submission) -> list[UnclearValue]:
    """In the order in which they stand. What is told at its length only is not asked about."""
    ledger = found.ledger
    if ledger is None:
        return []
    counted: Counter[tuple[str, str]] = Counter()
    for sheet, letters, text, count in _told(found):
        if (name := _column_at(found, sheet, letters)) and 0 < len(text) <= LONGEST_ASKED:
            counted[name, text] += count
    return [UnclearValue(ledger, ledger.column(name), text, count) for (name, text), count in counted.items()]


def _told(found: Submission) -> Iterator[tuple[str, str, str, int]]:
    """Sheet, column, text and number of cells: of lists by their findings, of summaries by what is said."""
    for one in found.findings:
        if one.code in CODES and not one.say:
            yield one.sheet, column_letters(one.column), one.value, one.count
    for said in () if found.findings else found.problems:
        if said.code in CODES:
            yield said.sheet, (cell_place(said.cell) or (0, ""))[1], said.value, 1


def _column_at(found: Submission, sheet: str, letters: str) -> str:
    """The name of the column that stands there; a sheet that was rearranged has none."""
    for table in found.tables:
        if table.sheet.name == sheet and not table.sheet.turned:
            for name, twins in table.fields.items():
                if any(column_letters(one.index) == letters for one in twins):
                    return name
    return ""
