"""From a statement to its rows: who may, what may be asked, the copy that it runs on, and the line in the audit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary, finalize

from zyb.access import Permission, Viewer, insist
from zyb.errors import NotPossible
from zyb.periods import today
from zyb.reading.folders import own_folder
from zyb.rulebook.book import Rulebook, in_force
from zyb.settings import offers_statements
from zyb.sqldesk.checking import StatementRefused, checked
from zyb.sqldesk.tables import desk_copy
from zyb.sqldesk.views import desk_schema
from zyb.store import Store
from zyb.store.desk.running import LIMITS, DeskLimits, DeskRows, StatementFailed, limits_hold, run_statement

SWITCHED_OFF = NotPossible("查询语句没有启用。", "如需使用，请管理员设置 ZYB_SQL=on 后重新启动程序。")
UNLIMITED = NotPossible("本机不能限制查询语句占用的内存，因此不提供查询语句。", "请用“数据查询”。")
FILE = "views.duckdb"
# The view that takes long: all measures of all provinces have to be judged for it.
JUDGED = "standings"


class _KeptCopy:
    """A copy in a folder of its own, which goes away when nobody holds it any more: a question that still runs does."""

    def __init__(self, store: Store, on: date, judged: bool) -> None:
        self.of, self.judged = _moment(store, on), judged
        kept = ExitStack()
        finalize(self, kept.close)
        self.path: Path = kept.enter_context(own_folder()) / FILE
        store.write_desk_copy(self.path, desk_copy(store, on, judged=judged))


_making = threading.Lock()
_copies: WeakKeyDictionary[Store, _KeptCopy] = WeakKeyDictionary()


@dataclass(frozen=True)
class DeskAnswer:
    """`statement` as the person wrote it."""

    statement: str
    on: date
    found: DeskRows


def not_offered() -> NotPossible | None:
    """Why nobody can ask here; None where it is switched on and a process can be held to limits."""
    if not offers_statements():
        return SWITCHED_OFF
    return None if limits_hold() else UNLIMITED


def ask(
    store: Store, statement: str, *, by: Viewer, limits: DeskLimits = LIMITS, wanted: Callable[[float], None] = lambda _: None
) -> DeskAnswer:  # fmt: skip
    """`NotPermitted` for whom it is not; `StatementRefused` and `StatementFailed` with a sentence. What `wanted` raises,
    while it runs, ends it. However it ends, the audit tells of it."""
    insist(by, Permission.QUERY)
    if reason := not_offered():
        raise reason
    on, became = today(), "已停止"
    try:
        written = checked(statement, desk_schema())
        kept = _copy_of(store, on, judged=JUDGED in written.lower())
        found = run_statement(kept.path, written, limits, wanted)
        became = f"{found.table.num_rows}行"
        return DeskAnswer(statement, on, found)
    except (StatementRefused, StatementFailed) as reason:
        became = reason.message
        raise
    finally:
        store.note_statement(statement, became, by=by.name)


def _moment(store: Store, on: date) -> tuple[int, date, Rulebook]:
    return store.revision, on, in_force()


def _copy_of(store: Store, on: date, *, judged: bool = False) -> _KeptCopy:
    """Made anew after a write, on another day, or under other rules; with the standings once somebody reads them."""
    with _making:
        kept = _copies.get(store)
        if kept is None or kept.of != _moment(store, on) or (judged and not kept.judged):
            _copies.pop(store, None)
            kept = None
            kept = _copies[store] = _KeptCopy(store, on, judged)
        return kept


def forget_copy(store: Store) -> None:
    with _making:
        _copies.pop(store, None)
