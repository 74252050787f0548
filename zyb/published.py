"""What the notices publish, as ordinary snapshots with their source: never a blank first screen.

Each province's folder lists its files in published/published.toml; they go through the same
intake as an official's upload.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zyb import rules
from zyb.errors import RulesError
from zyb.store import Store
from zyb.uploads import accept, prepare

PUBLISHER = "系统（公开文件）"


@dataclass(frozen=True)
class PublishedTable:
    path: Path
    province: str
    ledger: str
    as_of: date
    source: str


def published_tables() -> Iterator[PublishedTable]:
    for listing in sorted((rules.RULES / "provinces").glob("*/published/published.toml")):
        for entry in rules.load(listing).tables("tables"):
            yield PublishedTable(
                listing.parent / entry.text("file"),
                listing.parent.parent.name,
                entry.text("ledger"),
                entry.day("as_of"),
                entry.text("source"),
            )
            entry.finish()


def fill(store: Store, today: date) -> list[int]:
    """Save every published table; a fault in one is a fault in our own files."""
    numbers = []
    for table in published_tables():
        prepared = prepare(
            store,
            rules.content(table.path),
            table.path.name,
            today=today,
            ledger=table.ledger,
            province=table.province,
            as_of=table.as_of,
        )
        if prepared.submission.blocked:
            first = next(found for found in prepared.problems if found.severity == "error")
            raise RulesError(rules.label(table.path), "", first.message)
        numbers.append(accept(store, prepared, by=PUBLISHER, source=table.source))
    return numbers
