"""Whose file it is: the reporting unit (填报单位) that explanations are remembered for."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.intake.context import find_place, surroundings
from zyb.intake.submission import Submission

# Enough names to see that a column speaks of more than one region.
NAMES_LOOKED_AT = 300


def reporting_unit(found: Sequence[Submission], file_name: str) -> str:
    """The code of the one region that all tables of a file speak for; blank for a file of several, or of none known.

    A table that could not be read for want of a column tells by its names of regions, or by its title, its
    sheet's or its file's name. An answer beside the file is no evidence: it is what is to be remembered.
    """
    codes: set[str] = set()
    for one in found:
        codes.update(one.region_codes or _named(one) or _around(one, file_name))
    return codes.pop() if len(codes) == 1 else ""


def _named(one: Submission) -> set[str]:
    """The regions that the table's own column names."""
    column = one.ledger.of_type("region") if one.ledger else None
    if not (column and one.table and one.roster):
        return set()
    names: set[str] = set()
    for at in one.table.fields.get(column.name, ()):
        cells = one.table.sheet.table.column(at.index).slice(one.table.body_row)
        names.update(cells.unique().drop_null().slice(0, NAMES_LOOKED_AT).to_pylist())
    regions = (one.roster.find(name) for name in names)
    return {region.code for region in regions if region}


def _around(one: Submission, file_name: str) -> set[str]:
    if one.table is None or one.roster is None:
        return set()
    place = find_place(surroundings(one.table, file_name), one.roster)
    return {place.region.code} if place.region else set()
