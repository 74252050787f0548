"""The column of places, told by what stands in it: its heading has dozens of names, and sometimes none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zyb.intake.rosters import names_county, names_region, names_whole
from zyb.intake.tables.found import ColumnFound, TableFound

# What stands in the first lines tells.
LINES_LOOKED_AT = 40


def with_places(found: TableFound) -> TableFound:
    """The table with its regions (and counties), if a column that is none of the ledger's holds nothing else."""
    for kind, names in (("region", names_region), ("county", names_county)):
        column = found.ledger.of_type(kind)
        if column and column.name not in found.fields and (at := _column_of(found, names)):
            unknown = tuple(one for one in found.unknown if one.index != at.index)
            found = replace(found, fields={**found.fields, column.name: (at,)}, unknown=unknown)
    return found


def _column_of(found: TableFound, names: Callable[[str], bool]) -> ColumnFound | None:
    used = {one.index for twins in found.fields.values() for one in twins}
    headings = {one.index: one.heading for one in found.unknown}
    rows = found.sheet.rows(found.body_row, found.body_row + LINES_LOOKED_AT)
    free = [
        n for n in range(found.sheet.n_cols) if n not in used and (n in headings or not found.ledger.is_list)
    ]
    at = next((n for n in free if _holds(names, [row[n] for row in rows])), None)
    return None if at is None else ColumnFound(at, headings.get(at, ""))


def _holds(names: Callable[[str], bool], cells: list[str]) -> bool:
    """Most of the distinct texts are places, and the first of them is one."""
    texts = [text for text in dict.fromkeys(cells) if text.strip() and not names_whole(text)]
    return bool(texts) and names(texts[0]) and 3 * sum(map(names, texts)) >= 2 * len(texts)
