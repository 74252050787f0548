"""A table as it was found in a sheet: where it stands, which ledger it is, which column means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zyb.intake.tables.notes import note_lines
from zyb.reading import Sheet
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.lexicon.headings import Sense, lexicon, plain_of
from zyb.rulebook.problems import cell_name

# Title, unit line, filling unit and blank rows seldom take more; a heading has at most three tiers.
ROWS_SEARCHED = 30


@dataclass(frozen=True, kw_only=True)
class ColumnFound:
    """A sheet column understood as a ledger column; `year` when the heading carries one, `moment` (6月底) when it
    says as of when."""

    index: int
    heading: str
    year: int | None = None
    moment: str = ""
    item: str = ""
    """The item (an indicator) whose figures stand in the column, where each has columns of its own."""
    like: str = ""
    """Of a column that was not taken: the ledger's column that another heading says better."""
    under: str = ""
    """A group over it of which nobody knows what it says."""
    beside: str = ""
    """What stands beside it of an earlier time, where it may be the period's own figure."""
    by_content: bool = False
    """Known by what stands below, whatever it is called."""

    @cached_property
    def said(self) -> Sense:
        """What its heading says."""
        return lexicon().meaning(self.heading)

    def nearly(self, column: Column) -> bool:
        """Whether the heading speaks of the column and says something else as well."""
        return column.nearly(plain_of(self.said.written), self.said)

    @property
    def kind(self) -> tuple[int | None, str, str]:
        """What tells it from other columns of its meaning."""
        return self.year, self.moment, self.item


@dataclass(frozen=True, kw_only=True)
class TableFound:
    sheet: Sheet
    ledger: Ledger
    first_row: int
    body_row: int
    score: int
    fields: Mapping[str, tuple[ColumnFound, ...]] = field(default_factory=dict)
    unknown: tuple[ColumnFound, ...] = ()
    moment: str = ""
    """As of when its columns are, where their headings say so."""
    beside: bool = False
    """Whether the same columns stand beside them as of another time."""
    titled: bool = False
    """Whether the title, or a name, speaks of the ledger."""
    rivals: tuple[Ledger, ...] = ()
    """Ledgers that it may be just as well."""
    named: tuple[Ledger, ...] = ()
    """Ledgers that the title speaks of more than of this one."""

    @property
    def heading_row(self) -> int:
        return self.body_row - 1

    def cell(self, row: int, column: int) -> str:
        """How the official's own file names the cell."""
        return cell_name(*self.sheet.place(row, column))

    @property
    def used(self) -> set[int]:
        return {one.index for twins in self.fields.values() for one in twins}

    @property
    def hidden_rows(self) -> list[int]:
        """Rows of the body that are hidden."""
        return sorted(row for row in self.sheet.doubts.rows if self.body_row <= row < self.sheet.n_rows)

    @property
    def placeless(self) -> bool:
        """A summary of figures alone: which region they are about stands around the table."""
        regions = [column.name for column in self.ledger.columns if column.type == "region"]
        return not self.ledger.is_list and not any(name in self.fields for name in regions)

    @property
    def items_across(self) -> bool:
        """Whether the items stand over the figures instead of beside them."""
        return any(one.item for twins in self.fields.values() for one in twins)

    @property
    def wanted(self) -> list[Column]:
        """The columns that the ledger asks of every table, wherever its region may stand."""
        columns = [column for column in self.ledger.columns if column.required and not column.stated]
        told_above = {self.ledger.item} if self.items_across else set()
        return [
            column
            for column in columns
            if not (self.placeless and column.type == "region") and column.name not in told_above
        ]

    @property
    def doubled(self) -> dict[str, list[ColumnFound]]:
        """Columns of the ledger that more than one of the table may be, with those, from left to right."""
        found = {}
        for name, twins in self.fields.items():
            alike = [*twins, *(one for one in self.unknown if one.like == name)]
            told_apart = len({one.kind for one in alike}) == len(alike)
            if not told_apart and self.ledger.column(name).type != "ignored":
                found[name] = sorted(alike, key=lambda one: one.index)
        return found

    @property
    def put_off(self) -> list[Column]:
        """What the ledger's short form leaves for later, and the table has not."""
        return [c for c in self.wanted if not self.ledger.always_has(c) and c.name not in self.fields]

    @property
    def shortened(self) -> bool:
        """Cut to its first columns, which are due first. With a later one there, or an unknown one, a column has
        been forgotten or misspelt."""
        form, put_off = self.ledger.short_form, self.put_off
        if not form or not put_off or form.columns[0] not in self.fields:
            return False
        later = [column for column in self.wanted if not self.ledger.always_has(column)]
        cut = later[-len(put_off) :] == put_off
        return cut and (put_off == later or not self.unknown)

    @property
    def missing(self) -> list[Column]:
        form = self.ledger.short_form
        if form and self.shortened:
            return [self.ledger.column(name) for name in form.columns if name not in self.fields]
        return [column for column in self.wanted if column.name not in self.fields]

    def rows_above(self) -> list[tuple[int, list[str]]]:
        """What stands above the headings, with the numbers of the rows; further up everything is blank."""
        start = max(self.first_row - ROWS_SEARCHED, 0)
        return list(enumerate(self.sheet.rows(start, self.first_row), start))

    @cached_property
    def note_lines(self) -> list[str]:
        """What stands below of notes; looked for once, for it goes through all the rows."""
        return note_lines(self.sheet, self.body_row)

    @property
    def title_lines(self) -> list[str]:
        return [" ".join(filter(None, cells)) for _, cells in self.rows_above() if any(cells)]
