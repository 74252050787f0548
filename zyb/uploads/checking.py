"""That a file was checked and could not, or not yet, be accepted: on record for 数据质量, with nothing of what it says."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.access import Permission, Viewer, insist
from zyb.store import Store, checked_file
from zyb.uploads.permitted import refusal_to_report
from zyb.uploads.prepared import Prepared

# What the machine could not do says nothing of the file.
OURS = {"no_room", "short_of_handles", "busy", "understanding_broke"}


def note_checked(store: Store, tables: Sequence[Prepared], *, by: Viewer) -> bool:
    """Whether there was something to note: a file that is in force already is no attempt, nor one of other regions."""
    insist(by, Permission.UPLOAD)
    own = [table for table in tables if _is_attempt(table, by)]
    store.add_checks([
        checked_file(table.submission, table.file_name, table.sha256, by=by.name) for table in own
    ])  # fmt: skip
    return bool(own)


def _is_attempt(table: Prepared, by: Viewer) -> bool:
    if table.duplicate_of is not None or any(problem.code in OURS for problem in table.problems):
        return False
    return not table.submission.region_codes or refusal_to_report(by, table.submission) is None
