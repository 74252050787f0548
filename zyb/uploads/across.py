"""Files of one upload held against each other before any of them has gone in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zyb.intake import Submission
from zyb.rulebook.problems import Problem
from zyb.store import PREVIEW, Store
from zyb.uploads.comparing import compare
from zyb.uploads.prepared import FALLS, Prepared

# What one file can say of another: a fall between them, with its reason or without, a list and a summary that differ.
OF_OTHERS = {*FALLS, *(f"{code}_with_reason" for code in FALLS), "ledgers_disagree"}


@dataclass(frozen=True)
class Contradiction:
    """What is said of a file because of those that came with it."""

    file_name: str
    problem: Problem


def contradictions(store: Store, files: Sequence[Sequence[Prepared]]) -> list[Contradiction]:
    """Each file's tables as if those before it were in force already; what they say without them is left out."""
    found: list[Contradiction] = []
    beside: list[Submission] = []
    for tables in files:
        ready = [table for table in tables if table.status == "accepted"]
        for table in ready if beside else ():
            alone = {problem.message for problem in table.problems}
            held = compare(store, _as_read(table), table.reason, beside)
            found += [
                Contradiction(table.file_name, problem)
                for problem in held.problems
                if problem.code in OF_OTHERS and problem.message not in alone
            ]
        beside += [table.submission for table in ready]
    return found


def _as_read(table: Prepared) -> Prepared:
    return replace(table, submission=table.understood or table.submission, duplicate_of=None)


def with_repeats(tables: Sequence[Prepared], tried: Sequence[Prepared]) -> list[Prepared]:
    """Tables of a file after others that were only tried: what repeats one of them is a duplicate, as in an import."""
    return [
        replace(_as_read(table), duplicate_of=PREVIEW) if _repeats(table, tried) else table
        for table in tables
    ]


def _repeats(table: Prepared, tried: Sequence[Prepared]) -> bool:
    """Whether the same bytes would be what is in force of the table's ledger, day and regions."""
    found = table.submission
    if table.status != "accepted":
        return False
    of_its_day = [
        one for one in tried if _whose(one) == _whose(table) and one.submission.as_of == found.as_of
    ]
    own = set(found.parts())
    last = next((one for one in reversed(of_its_day) if own & set(one.submission.parts())), None)
    return last is not None and last.sha256 == table.sha256


def _whose(table: Prepared) -> tuple[str, str]:
    found = table.submission
    return found.ledger.id if found.ledger else "", found.roster.province_code if found.roster else ""
