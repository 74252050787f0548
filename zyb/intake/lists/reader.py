"""One list on its way from texts to typed columns: its cells, and what is reported of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from zyb.intake.cells.answers import Context
from zyb.intake.context import Place, Surroundings
from zyb.intake.lists.findings import Among, Finding, Say, Words, alike, grouped
from zyb.intake.lists.lines import Lines, trimmed, whole
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.reading import Sheet
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.regions import Roster


@dataclass(kw_only=True)
class ListReader:
    """One table on its way from texts to typed columns."""

    found: TableFound
    roster: Roster
    around: Surroundings
    place: Place
    context: Context
    findings: list[Finding] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    rows: np.ndarray = field(default_factory=lambda: np.array([], np.int64))

    @property
    def sheet(self) -> Sheet:
        return self.found.sheet

    @property
    def ledger(self) -> Ledger:
        return self.found.ledger

    def field_of(self, column: Column | None) -> ColumnFound | None:
        fields = self.found.fields.get(column.name, ()) if column else ()
        return fields[0] if fields else None

    def cells(self, at: ColumnFound) -> pa.Array:
        """The column in the rows that count, as it stands."""
        column, rows = self.sheet.table.column(at.index), self.rows
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1:  # one block: nothing has to be copied
            return whole(column.slice(rows[0], len(rows)))
        return whole(column).take(pa.array(rows))

    def texts(self, at: ColumnFound) -> pa.Array:
        """The column's cells in the rows that count; blank is null."""
        return trimmed(self.cells(at))

    def distinct(self, at: ColumnFound) -> pa.DictionaryArray:
        """As `texts`, each distinct text once: few are left to be trimmed, and seldom one needs it."""
        found = self.cells(at).dictionary_encode()
        if trimmed(found.dictionary).equals(found.dictionary):
            return found
        return self.texts(at).dictionary_encode()

    def report(self, code: str, at: ColumnFound, places: np.ndarray, groups: np.ndarray, say: Say) -> None:
        """Faults in `places`, positions among the rows that count; `groups` numbers those that read alike.

        `say` gives the value and the words of a place."""
        if len(places):
            found = (code, self.sheet.name, at.index, self.rows[places])
            self.findings += grouped(*found, groups, Among(say, places))

    def report_same(self, code: str, at: ColumnFound, places: np.ndarray, **words: object) -> None:
        """One and the same fault in all these places."""
        self.report(code, at, places, np.zeros(len(places), np.int8), lambda _: ("", words))

    def report_texts(self, code: str, at: ColumnFound, mask: np.ndarray, texts: pa.Array) -> None:
        """A fault of the texts in every place of the mask."""
        places = np.flatnonzero(mask)
        self.report(code, at, places, alike(texts.take(pa.array(places))), _SayText(texts))


def text_at(texts: pa.Array, place: int) -> str:
    return texts[place].as_py() or ""


@dataclass(frozen=True)
class _SayText:
    texts: pa.Array

    def __call__(self, place: int) -> tuple[str, Words]:
        return text_at(self.texts, place), {}
