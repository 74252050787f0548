"""What the copy is filled with: the documented views that are no ledger as tables, and the parts in force of each ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa

from zyb.answers.progress import standings, view
from zyb.answers.provinces import provinces_with_data
from zyb.inquiries.register import SNAPSHOT_STATES, RegisterInquiry
from zyb.periods import in_beijing
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.places.divisions import NATION, provinces_and_nation
from zyb.rulebook.regions import load_roster
from zyb.sqldesk.views import seen_columns
from zyb.standing.standings import Standing, Standings
from zyb.store import Store
from zyb.store.desk.copying import DeskCopy

TEXT, NUMBER, DAY, SHARE = pa.string(), pa.int64(), pa.date32(), pa.float64()
REGIONS = {"province": TEXT, "region_code": TEXT, "region": TEXT}
COUNTIES = {"county_code": TEXT, "county": TEXT}
SNAPSHOTS = {
    "snapshot": NUMBER, "ledger": TEXT, "ledger_title": TEXT, "province": TEXT, "as_of": DAY, "uploaded_on": DAY,
    "row_count": NUMBER, "regions": NUMBER, "state": TEXT,
}  # fmt: skip
STANDINGS = {
    "province": TEXT, "measure": TEXT, "measure_title": TEXT, "region_code": TEXT, "region": TEXT, "as_of": DAY,
    "numerator": NUMBER, "denominator": NUMBER, "value": SHARE, "target": SHARE, "pace": SHARE, "gap": SHARE,
    "rank": NUMBER, "verdict": TEXT,
}  # fmt: skip
# So many lines of the register at a time.
LINES = 10_000

CellsByName = dict[str, Any]


def desk_copy(store: Store, on: date, *, judged: bool) -> DeskCopy:
    """Of a day: the nation's edition holds what is in force everywhere. Without `judged` nobody reads the standings."""
    sources = store.edition(NATION.code, on).sources
    every = ledgers().values()
    return DeskCopy(
        known={
            "regions": _table(REGIONS, _regions()),
            "snapshots": _table(SNAPSHOTS, _snapshots(store)),
            "standings": _table(STANDINGS, _standings(store, on) if judged else iter(())),
        },
        counties=_table(COUNTIES, _counties()),
        ledgers=[(one, [said for said in sources if said[0].ledger == one.id]) for one in every],
        columns={one.id: [column.name for column in seen_columns(one)] for one in every},
    )  # fmt: skip


def _table(columns: dict[str, pa.DataType], rows: Iterator[CellsByName]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(columns.items())))


def _regions() -> Iterator[CellsByName]:
    """Reporting regions of every roster, and what belongs to a province itself; a code stands once."""
    told = set()
    for _, province in provinces_and_nation():
        for code, name in load_roster(province).titles.items():
            if code not in told:
                told.add(code)
                yield {"province": province, "region_code": code, "region": name}


def _counties() -> Iterator[CellsByName]:
    found = {
        county.code: county.name
        for _, province in provinces_and_nation()
        for county in load_roster(province).counties
    }
    yield from ({"county_code": code, "county": name} for code, name in found.items())


def _snapshots(store: Store) -> Iterator[CellsByName]:
    total = store.register_page(RegisterInquiry(), limit=0).total
    for start in range(0, total, LINES):
        for line in store.register_page(RegisterInquiry(), limit=LINES, offset=start).lines:
            one = line.snapshot
            yield {
                "snapshot": one.id, "ledger": one.ledger, "ledger_title": ledgers()[one.ledger].title,
                "province": load_roster(one.province_code).province, "as_of": one.as_of,
                "uploaded_on": in_beijing(one.uploaded_at).date(), "row_count": one.row_count, "regions": one.regions,
                "state": SNAPSHOT_STATES[line.state],
            }  # fmt: skip


def _standings(store: Store, on: date) -> Iterator[CellsByName]:
    for province in provinces_with_data(store):
        for measure in measures(province):
            found = standings(store, view(store, province, measure, on))
            code = load_roster(province).province_code
            yield _standing(province, found, found.province, code)
            for one in found.regions:
                yield _standing(province, found, one, one.region_code)


def _standing(province: str, found: Standings, one: Standing, code: str) -> CellsByName:
    return {
        "province": province, "measure": found.measure.id, "measure_title": found.measure.title, "region_code": code,
        "region": one.region, "as_of": one.as_of, "numerator": one.numerator, "denominator": one.denominator,
        "value": _share(one.value), "target": _share(one.target), "pace": _share(one.pace), "gap": _share(one.gap),
        "rank": one.rank, "verdict": one.verdict.title,
    }  # fmt: skip


def _share(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
