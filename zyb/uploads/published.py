"""What the notices publish, as ordinary snapshots with their source: never a blank first screen.

Each province's folder lists its files in published/published.toml; they go through the same
intake as an official's upload.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import rules_file
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store, Upload
from zyb.uploads import prepare

PUBLISHER = "系统（公开文件）"


@dataclass(frozen=True)
class PublishedTable:
    path: Path
    province: str
    ledger: str
    as_of: date
    source: str


def published_tables() -> Iterator[PublishedTable]:
    """Of every province, each slip told by its table, whether or not anything is filled in from there."""
    for listing in sorted(rules_file("provinces").glob("*/published/published.toml")):
        table = toml.load(listing)
        yield from (_table(entry, listing) for entry in table.tables("tables"))
        table.tables("stated")  # read beside the measures, in zyb/rulebook/stated.py
        table.finish()


def _table(entry: toml.RulesTable, listing: Path) -> PublishedTable:
    found = PublishedTable(
        listing.parent / entry.text("file"),
        listing.parent.parent.name,
        entry.choice("ledger", tuple(ledgers())),
        entry.day("as_of"),
        entry.text("source"),
    )
    entry.finish()
    if found.path.name != entry.text("file") or not found.path.is_file():
        raise entry.fault(f"“file”：同一文件夹中没有“{entry.text('file')}”。")
    return found


def fill(store: Store, today: date) -> list[int]:
    """Save every published table that is not there yet, all of them or none; the numbers of the snapshots.

    A database that people have used is theirs: nothing is added to it. One that holds published figures only, but
    not all of them, is one whose first start was cut short (or an older program's): it gets the rest.
    """
    with store.exclusively():
        known = store.snapshots()
        if any(snapshot.uploaded_by != PUBLISHER for snapshot in known):
            return []
        there = {(snapshot.ledger, snapshot.province_code, snapshot.as_of) for snapshot in known}
        missing = [table for table in published_tables() if _key(table) not in there]
        return store.save_snapshots([_upload(store, table, today) for table in missing]) if missing else []


def _key(table: PublishedTable) -> tuple[str, str, date]:
    return table.ledger, load_roster(table.province).province_code, table.as_of


def _upload(store: Store, table: PublishedTable, today: date) -> Upload:
    """Through the intake, like an official's; a fault in it is a fault in our own files."""
    content, name = toml.content(table.path), table.path.name
    prepared = prepare(
        store, content, name, today=today, ledger=table.ledger, province=table.province, as_of=table.as_of
    )
    if prepared.submission.blocked:
        first = next(found for found in prepared.problems if found.severity == "error")
        raise RulesError(toml.label(table.path), "", first.message)
    return Upload(
        submission=prepared.submission, content=content, file_name=name, by=PUBLISHER, source=table.source
    )
