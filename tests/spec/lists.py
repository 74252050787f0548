"""Lists of enterprises as small text tables: one line for so many enterprises that are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from tests import books
from tests.spec.conftest import NOTHING, Province
from zyb.intake import Submission
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Roster, load_roster

KINDS = {"count": pa.int64(), "date": pa.date32()}


def listed(province: Province, ledger: str, text: str, as_of: str) -> int:
    """`region | county | completed | number` as if a faultless list had said so; “-” is an empty cell."""
    known, roster = ledgers()[ledger], load_roster(province.name)
    head, *lines = books.table(text)
    rows = [row for cells in lines for row in _rows(known, roster, dict(zip(head, cells, strict=True)))]
    return saved(province, ledger, rows, as_of)


def _rows(ledger: Ledger, roster: Roster, said: dict[str, str]) -> list[dict[str, Any]]:
    region = roster.find(said.pop("region"))
    assert region, said
    name = said.pop("county", NOTHING)
    county = roster.county(name, region) if name != NOTHING else None
    assert county or name == NOTHING, name
    place = {"region_code": region.code, "county_code": county.code if county else ""}
    number = int(said.pop("number", "1"))
    return [{**place, **{key: _typed(ledger, key, cell) for key, cell in said.items()}}] * number


def _typed(ledger: Ledger, name: str, cell: str) -> object:
    if cell == NOTHING:
        return None
    kind = ledger.column(name).type
    return int(cell) if kind in ("count", "year") else date.fromisoformat(cell) if kind == "date" else cell


def saved(
    province: Province, ledger: str, rows: Sequence[Mapping[str, Any]], as_of: str, county_code: str = ""
) -> int:
    """Typed rows as a snapshot."""
    found = submission(province, ledger, rows, as_of, county_code)
    return province.store.save_snapshot(found, f"{ledger} {as_of} {rows}".encode(), "名单.csv", by="测试")


def submission(
    province: Province, ledger: str, rows: Sequence[Mapping[str, Any]], as_of: str, county_code: str = ""
) -> Submission:
    """Typed rows as a faultless list: region_code, county_code and the ledger's own columns; others stay empty.

    With a county the list speaks for that county only.
    """
    known = ledgers()[ledger]
    body = {
        "sheet": pa.array(["Sheet1"] * len(rows), pa.string()),
        "line": pa.array(range(2, len(rows) + 2), pa.int32()),
        "year": pa.array([row.get("year", 0) for row in rows], pa.int32()),
    }
    for name in ("region_code", "county_code", *(column.name for column in known.stored)):
        kind = known.column(name).type if known.has(name) else "text"
        body[name] = pa.array([row.get(name) for row in rows], KINDS.get(kind, pa.string()))
    roster, day = load_roster(province.name), date.fromisoformat(as_of)
    return Submission(
        ledger=known, roster=roster, as_of=day, sheet="Sheet1", body=pa.table(body), county_code=county_code
    )
