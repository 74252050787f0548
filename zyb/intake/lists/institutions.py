"""One institution under several names in a list: 市疾控 and 徐州市疾病预防控制中心 would be two that reach no floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from zyb.intake.lists.findings import alike
from zyb.intake.lists.reader import ListReader
from zyb.rulebook.places.placenames import place_words, plain

# A province has some hundred of them; what has more names is no list of institutions.
MOST_NAMES = 500


def check_institutions(reader: ListReader, table: pa.Table) -> None:
    """Each further name of an institution, with the first that it was called by."""
    item = reader.ledger.item
    column = reader.ledger.column(item) if item else None
    at = reader.field_of(column) if column and column.type == "text" else None
    if column is None or at is None:
        return
    pairs = table.select(["region_code", column.name]).to_pylist()
    first = dict(
        _called_otherwise(list(dict.fromkeys((one["region_code"], one[column.name]) for one in pairs)))
    )
    called = [first.get((one["region_code"], one[column.name])) for one in pairs]
    places = np.flatnonzero([name is not None for name in called])
    if len(places):
        names, other = pa.array([one[column.name] for one in pairs]), pa.array(called, pa.string())
        groups = alike(names.take(pa.array(places)), other.take(pa.array(places)))
        reader.report(
            "institution_twice", at, places, groups,
            lambda place: (names[place].as_py(), {"other": other[place].as_py()}),
        )  # fmt: skip


def _called_otherwise(known: list[tuple[str | None, str | None]]) -> Iterator[tuple[tuple[str, str], str]]:
    """(region, name) → the name that the same institution had before."""
    before: dict[str, list[str]] = {}
    for region, name in known[:MOST_NAMES]:
        if not region or not name:
            continue
        others = before.setdefault(region, [])
        if same := next((other for other in others if _is_the_same(name, other)), None):
            yield (region, name), same
        others.append(name)


def _is_the_same(one: str, other: str) -> bool:
    short, shorter = sorted((_short(one), _short(other)), key=len, reverse=True)
    return bool(shorter) and short.endswith(shorter)


def _short(name: str) -> str:
    text = plain(name)
    for whole, short in place_words().institutions.items():
        text = text.replace(whole, short)
    return text
