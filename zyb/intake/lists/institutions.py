"""One institution under several names in a list: 市疾控 and 徐州市疾病预防控制中心 would be two that reach no floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from zyb.intake.lists.checks import report_values
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
    regions, names = (
        table[name].combine_chunks().dictionary_encode() for name in ("region_code", column.name)
    )
    numbers = (
        regions.indices.fill_null(-1).to_numpy() * len(names.dictionary)
        + names.indices.fill_null(-1).to_numpy()
    )
    known, first, pair = np.unique(numbers, return_index=True, return_inverse=True)
    if len(known) > MOST_NAMES:
        return
    own = table.select(["region_code", column.name]).take(pa.array(first)).to_pylist()
    pairs = [(one["region_code"], one[column.name]) for one in own]
    called = dict(_called_otherwise([pairs[at] for at in np.argsort(first)]))
    other = pa.array([called.get(one) for one in pairs], pa.string()).take(pa.array(pair))
    places = np.flatnonzero(other.is_valid().to_numpy(zero_copy_only=False))
    if len(places):
        report_values(reader, "institution_twice", at, places, table[column.name], {"other": other})


def _called_otherwise(known: list[tuple[str | None, str | None]]) -> Iterator[tuple[tuple[str, str], str]]:
    """(region, name) → the name that the same institution had before."""
    before: dict[str, list[str]] = {}
    for region, name in known:
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
