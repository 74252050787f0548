"""Institutions named in a list: whose work counts where, who is on none of the province's lists, one under two names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
import pyarrow as pa

from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.places.institutions import find_institution
from zyb.rulebook.places.placenames import place_words, plain
from zyb.rulebook.regions import Roster

# A province has some hundred of them; what has more names is no list of institutions.
MOST_NAMES = 500
InstitutionKind = Literal["provincial", "listed", "county", "unknown"]
# What is said of each kind; of those that are on the list for their region, nothing.
TOLD: Mapping[InstitutionKind, str] = {
    "provincial": "provincial_institution", "county": "county_institution", "unknown": "unknown_institution",
}  # fmt: skip


def of_the_province(reader: ListReader, named: Mapping[str, pa.Array]) -> np.ndarray:
    """Which rows are about an institution of the province itself; `named` are the columns of institutions."""
    found = np.zeros(len(reader.rows), bool)
    for names in named.values():
        texts = names.dictionary_encode()
        own = [_is_provincial(reader.roster, text) for text in texts.dictionary.to_pylist()]
        found |= np.array([*own, False])[texts.indices.fill_null(-1).to_numpy()]
    return found


def _is_provincial(roster: Roster, text: str) -> bool:
    """On the list as such; or, of one that is on no list, by its name: 河北省第八人民医院."""
    known = find_institution(roster.province, text)
    if known:
        return known.provincial
    return plain(text).startswith(roster.province) and not (roster.find(text) or roster.county(text))


def check_institutions(reader: ListReader, table: pa.Table) -> None:
    """What each institution is, once; and each further name of one, with the first that it was called by."""
    column = reader.ledger.institution_column
    if column is None:
        return
    regions, names = (
        table[name].combine_chunks().dictionary_encode() for name in ("region_code", column.name)
    )
    numbers = (
        regions.indices.fill_null(-1).to_numpy() * len(names.dictionary)
        + names.indices.fill_null(-1).to_numpy()
    )
    known, first, pair = np.unique(numbers, return_index=True, return_inverse=True)
    at = reader.field_of(column)
    key = reader.field_of(reader.ledger.key_column)
    if len(known) > MOST_NAMES or not (at or key):
        return
    own = table.select(["region_code", column.name]).take(pa.array(first)).to_pylist()
    pairs = [(one["region_code"], one[column.name]) for one in own]
    _tell_kinds(reader, at or key, pairs, pair)
    called = dict(_called_otherwise(reader.roster, [pairs[at] for at in np.argsort(first)]))
    for number, one in enumerate(pairs):
        if at and one in called:
            _tell(reader, "institution_twice", at, np.flatnonzero(pair == number), one[1], other=called[one])


def _tell_kinds(
    reader: ListReader, at: ColumnFound | None, pairs: list[tuple[str | None, str | None]], pair: np.ndarray
) -> None:
    """Each name once, whichever regions its rows lie in, with the number of its rows."""
    told: dict[tuple[InstitutionKind, str], list[int]] = {}
    for number, (region, name) in enumerate(pairs):
        if region and name:
            told.setdefault((_kind(reader.roster, name, region), name), []).append(number)
    for (kind, name), numbers in told.items():
        if kind in TOLD and at:
            _tell(reader, TOLD[kind], at, np.flatnonzero(np.isin(pair, numbers)), name)


def _kind(roster: Roster, name: str, region: str) -> InstitutionKind:
    known = find_institution(roster.province, name, region)
    if known:
        return "provincial" if known.provincial else "listed"
    if region == roster.province_code:
        return "unknown"
    return "county" if roster.county(name, roster.region(region)) and not roster.find(name) else "unknown"


def _tell(
    reader: ListReader, code: str, at: ColumnFound, places: np.ndarray, name: str, **words: object
) -> None:
    said: Words = {"count": len(places), "province": reader.roster.province, **words}
    reader.findings.append(
        Finding(
            code=code,
            sheet=reader.sheet.name,
            column=at.index,
            rows=reader.rows[places[:1]],
            value=name,
            words=said,
        )
    )


def _called_otherwise(
    roster: Roster, known: list[tuple[str | None, str | None]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """(region, name) → the name that the same institution had before; those on the list are counted as one anyhow."""
    before: dict[str, list[str]] = {}
    for region, name in known:
        if not region or not name or find_institution(roster.province, name, region):
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
