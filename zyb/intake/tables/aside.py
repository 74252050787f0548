"""Sheets that say of themselves that they are not the one to be reported (作废, 备份, 退出名单), or that they are (更正后)."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.tables.found import TableFound
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.sheets import corrected_by, set_aside_by, sheet_set_aside_by

# What is left of “9月（更正后）” beside the name of the sheet that it corrects.
BRACKETS = str.maketrans("", "", "()[]-_")


def without_those_aside(
    found: Sequence[TableFound], file_name: str
) -> tuple[list[TableFound], list[Problem]]:
    """The tables without those, where another table of the ledger is none of them; and what is to be said of each. The
    file's name speaks of all of its sheets, and of none where a sheet speaks for itself."""
    own = [_word(table) for table in found]
    usual = {table.ledger.id for table, word in zip(found, own, strict=True) if not word}
    named = set_aside_by(narrow(file_name[:LONGEST_LINE]))
    kept, told = [], []
    for table, word in zip(found, own, strict=True):
        read = not word or table.ledger.id not in usual
        kept += [table] if read else []
        if said := word or named:
            words = {"word": said, "ledger": table.ledger.title}
            told.append(problem("aside_and_read" if read else "set_aside", table.sheet.name, **words))
    return _without_corrected_lists(kept, told)


def _without_corrected_lists(
    kept: Sequence[TableFound], told: list[Problem]
) -> tuple[list[TableFound], list[Problem]]:
    """Lists of one ledger go in together, so that 台账（更正后） would double what stands in 台账."""
    instead = {
        (one.ledger.id, _uncorrected(one)): one for one in kept if one.ledger.is_list and _correcting(one)
    }
    read = []
    for table in kept:
        other = instead.get((table.ledger.id, _plain_name(table)))
        if other is None or other.sheet.name == table.sheet.name:
            read.append(table)
            continue
        words = {"other": other.sheet.name, "word": _correcting(other)}
        told.append(problem("superseded", table.sheet.name, **words))
    return read, told


def _plain_name(table: TableFound) -> str:
    return narrow(table.sheet.name[:LONGEST_LINE]).translate(BRACKETS)


def _correcting(table: TableFound) -> str:
    return corrected_by(narrow(table.sheet.name[:LONGEST_LINE]))


def _uncorrected(table: TableFound) -> str:
    return _plain_name(table).replace(_correcting(table), "")


def correcting(table: TableFound) -> str:
    """The word by which a table is the one that counts: in its sheet's name, or its title."""
    lines = (narrow(line[:LONGEST_LINE]) for line in (table.sheet.name, *table.title_lines))
    return next(filter(None, map(corrected_by, lines)), "")


def _word(table: TableFound) -> str:
    said = (set_aside_by(narrow(line[:LONGEST_LINE])) for line in table.title_lines)
    return sheet_set_aside_by(narrow(table.sheet.name[:LONGEST_LINE])) or next(filter(None, said), "")
