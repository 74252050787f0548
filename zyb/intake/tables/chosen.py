"""A table of the ledger that a person has named: where no heading is understood, each of them is asked about."""

from __future__ import annotations

from collections.abc import Iterable

from zyb.intake.rosters import names_region
from zyb.intake.tables.bycontent import with_content
from zyb.intake.tables.found import ROWS_SEARCHED, ColumnFound, TableFound
from zyb.intake.tables.layouts.rearranging import one_below_the_other
from zyb.intake.tables.tiers import has_figures
from zyb.reading import Sheet
from zyb.rulebook.ledgers import Ledger

# Fewer columns are no table of any ledger.
FEWEST_HEADINGS = 2


def as_chosen(sheets: Iterable[Sheet], ledger: Ledger) -> TableFound | None:
    """The first line of several texts with lines below it, as the headings; what stands in the columns may tell some."""
    for sheet in map(one_below_the_other, sheets):
        rows = sheet.rows(0, ROWS_SEARCHED)
        for number, row in enumerate(rows[:-1]):
            if _may_be_headings(row) and any(rows[number + 1]):
                unknown = tuple(ColumnFound(index=at, heading=text) for at, text in enumerate(row) if text)
                return with_content(
                    TableFound(
                        sheet=sheet, ledger=ledger, first_row=number, body_row=number + 1, score=0, unknown=unknown
                    )
                )  # fmt: skip
    return None


def _may_be_headings(row: list[str]) -> bool:
    texts = {cell for cell in row if cell.strip()}
    return len(texts) >= FEWEST_HEADINGS and not has_figures(row) and not any(map(names_region, texts))
