"""What was seen goes in, whole or not at all; what has changed since is compared and asked about again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zyb.access import Viewer
from zyb.errors import NotPossible
from zyb.store import Store, Upload
from zyb.uploads.comparing import compared
from zyb.uploads.permitted import refuse_report
from zyb.uploads.prepared import Prepared


class Outdated(NotPossible):
    """What is in force is no longer what a file was held against; `tables` are its tables, compared again."""

    def __init__(self, tables: Sequence[Prepared]) -> None:
        super().__init__(
            "核对之后，库中的数据有了变化（别人上报、撤回或调整了评价），没有入库。",
            "请按重新核对的结果再次确认。",
        )
        self.tables = list(tables)


def accept_all(
    store: Store,
    tables: Sequence[Prepared],
    *,
    by: Viewer,
    source: str = "",
    at: datetime | None = None,
    explained: int = 0,
) -> list[int]:
    """Save the tables of a file, all or none; the numbers of the snapshots, in their order.

    What goes in is what was seen: where the store has been written since, the tables are compared again, and a result
    that differs raises `Outdated`. A table whose bytes are in force already has the number that it got then, so a
    button pressed twice, in two windows or at once, makes one snapshot. `NotPermitted` where anything in the file is
    not for this viewer to report. `explained`: so many headings, names and values of the file somebody explained.
    """
    refuse_report(by, (table.submission for table in tables))
    with store.exclusively():
        fresh = _as_of_now(store, tables)
        new = [table for table in fresh if table.duplicate_of is None]
        if new and any(_said(one) != _said(other) for one, other in zip(tables, fresh, strict=True)):
            raise Outdated(fresh)
        numbers = iter(store.save_snapshots([
            Upload(submission=table.submission, content=table.content, file_name=table.file_name, by=by.name, reason=table.reason, source=source, at=at, explained=0 if n else explained)
            for n, table in enumerate(new)
        ])) if new else iter(())  # fmt: skip
        return [next(numbers) if table.duplicate_of is None else table.duplicate_of for table in fresh]


def _as_of_now(store: Store, tables: Sequence[Prepared]) -> list[Prepared]:
    if all(table.revision == store.revision for table in tables):
        return list(tables)
    return compared_again(store, tables)


def compared_again(store: Store, tables: Sequence[Prepared]) -> list[Prepared]:
    """The tables of a file, held against what is in force now."""
    read = [
        Prepared(
            file_name=table.file_name,
            content=table.content,
            submission=table.understood or table.submission,
            sha256=table.sha256,
        )
        for table in tables
    ]
    return compared(store, read, next((table.reason for table in tables), ""))


def _said(prepared: Prepared) -> tuple[object, ...]:
    """What a person was shown of the effect of a file."""
    return prepared.status, prepared.problems, prepared.duplicate_of, prepared.effects, prepared.row_counts


def accept(
    store: Store, prepared: Prepared, *, by: Viewer, source: str = "", at: datetime | None = None
) -> int:
    """A file of one table; see `accept_all`."""
    return accept_all(store, [prepared], by=by, source=source, at=at)[0]
