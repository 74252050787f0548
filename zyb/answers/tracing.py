"""From a figure back to where it stands: snapshot, file, sheet and row."""

from __future__ import annotations

from dataclasses import dataclass

from zyb.answers.progress import View
from zyb.records import Source
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.places.divisions import NATION
from zyb.store import Snapshot, Store, Trace


@dataclass(frozen=True)
class Origin:
    """One stored row together with the upload that brought it."""

    ledger: Ledger
    snapshot: Snapshot
    trace: Trace

    @property
    def place(self) -> str:
        """“汇总表 第 7 行”; a text file has no sheets."""
        sheet = f"{self.trace.sheet} " if self.trace.sheet else ""
        return f"{sheet}第 {self.trace.line} 行"


def _ledgers_behind(seen: View) -> list[Ledger]:
    return [ledgers()[name] for name in seen.measure.ledger_ids if name in ledgers()]


def sources_behind(seen: View) -> list[Source]:
    """Of each part that speaks for a measure on its day: the snapshot in force, by its number."""
    behind = {ledger.id for ledger in _ledgers_behind(seen)}
    return [source for part, source in seen.now.sources if part.ledger in behind]


def sources(store: Store, seen: View) -> list[Snapshot]:
    """The snapshots in force behind a measure on its day, newest first."""
    numbers = {source.snapshot for source in sources_behind(seen)}
    own = seen.now.province_code
    register = store.snapshots(None if own == NATION.code else own)  # rolled up from what the provinces sent
    return [snapshot for snapshot in register if snapshot.id in numbers]


def reports(store: Store, seen: View, region_code: str) -> list[Origin]:
    """What a region reported in summaries, upload by upload, newest first. Lists are looked into by zyb.answers.drilling."""
    register = {snapshot.id: snapshot for snapshot in store.snapshots(seen.now.province_code)}
    spoken = {source.snapshot for edition in seen.history for _, source in edition.sources} & set(register)
    found = [
        Origin(ledger, register[trace.snapshot], trace)
        for ledger in _ledgers_behind(seen)
        if not ledger.is_list
        for trace in store.traces(ledger, sorted(spoken), region_code)
    ]
    return sorted(found, key=lambda origin: (origin.snapshot.as_of, origin.snapshot.id), reverse=True)
