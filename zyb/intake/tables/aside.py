"""Sheets that say of themselves that they are not the one to be reported: 作废, 备份, 退出名单."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.tables.found import TableFound
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.sheets import set_aside_by, sheet_set_aside_by


def without_those_aside(
    found: Sequence[TableFound], file_name: str
) -> tuple[list[TableFound], list[Problem]]:
    """The tables without those, where another table of the ledger is none of them; and what is to be said of each. The
    file's name speaks of all of its sheets."""
    named = set_aside_by(narrow(file_name[:LONGEST_LINE]))
    words = [_word(table) or named for table in found]
    usual = {table.ledger.id for table, word in zip(found, words, strict=True) if not word}
    kept, told = [], []
    for table, word in zip(found, words, strict=True):
        read = not word or table.ledger.id not in usual
        kept += [table] if read else []
        if word:
            said = {"word": word, "ledger": table.ledger.title}
            told.append(problem("aside_and_read" if read else "set_aside", table.sheet.name, **said))
    return kept, told


def _word(table: TableFound) -> str:
    said = (set_aside_by(narrow(line[:LONGEST_LINE])) for line in table.title_lines)
    return sheet_set_aside_by(narrow(table.sheet.name[:LONGEST_LINE])) or next(filter(None, said), "")
