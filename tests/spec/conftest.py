"""Small text tables in, standings out: through a real store, without workbooks in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest

from tests import books
from zyb.answers.progress import standings, view
from zyb.intake import AdoptedRow, Submission
from zyb.numerals import HUNDRED_PERCENT
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Region, load_roster
from zyb.standing.standings import Standings
from zyb.store import Store

NOTHING = "-"
LEDGER_OF = {
    frozenset({"enrolled", "completed"}): "governance_progress",
    frozenset({"year", "declared"}): "declaration_counts",
    frozenset({"year", "quota"}): "demonstration_quota",
}


def submission(text: str, as_of: str, province: str, ledger: str | None = None) -> Submission:
    """`region | enrolled | completed` as if a faultless workbook had said so; “-” is an empty cell."""
    (head, *body), roster = books.table(text), load_roster(province)
    known = ledgers()[ledger or LEDGER_OF[frozenset(head) - {"region"}]]
    rows = []
    for line, cells in enumerate(body, 2):
        said = dict(zip(head, cells, strict=True))
        named = said.pop("region")
        whole = Region(roster.province_code, named, named, ())
        region = whole if roster.is_total(named) else roster.find(named)
        assert region, f"no such region: {cells}"
        year = int(said.pop("year", "0"))
        numbers = {name: _number(cell) for name, cell in said.items() if cell != NOTHING}
        rows.append(
            AdoptedRow(
                line=line, region=region, year=year, values=dict(numbers), cells=dict.fromkeys(numbers, "A1")
            )
        )
    return Submission(
        ledger=known, roster=roster, as_of=date.fromisoformat(as_of), sheet="Sheet1", rows=tuple(rows)
    )


def _number(cell: str) -> int:
    """A count, or a percentage as a ledger keeps it."""
    if cell.endswith("%"):
        return int(Fraction(cell.removesuffix("%")) * HUNDRED_PERCENT / 100)
    return int(cell)


class Province:
    """What a province reports, report by report, and where it then stands."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, name

    def reports(self, text: str, as_of: str, ledger: str | None = None) -> int:
        found = submission(text, as_of, self.name, ledger)
        return self.store.save_snapshot(found, f"{as_of}\n{text}".encode(), "表.csv", by="测试")

    def withdraws(self, snapshot: int) -> None:
        self.store.withdraw(snapshot, by="测试", reason="填报有误")

    def stands(
        self, on: str, measure: str = "governance_completion", known_at: datetime | None = None
    ) -> Standings:
        seen = view(self.store, self.name, measure, date.fromisoformat(on), known_at)
        return standings(self.store, seen)


@pytest.fixture
def shaanxi(store: Store) -> Province:
    return Province(store, "陕西省")


@pytest.fixture
def hebei(store: Store) -> Province:
    return Province(store, "河北省")


@pytest.fixture
def completion(shaanxi: Province) -> Callable[[str], dict[str, Fraction | None]]:
    """A table of one report → 专项治理完成率 of the regions in it, and of the province."""

    def values(text: str) -> dict[str, Fraction | None]:
        shaanxi.reports(text, "2024-03-01")
        found = shaanxi.stands("2024-03-01")
        return {s.short: s.value for s in (found.province, *found.regions) if s.denominator is not None}

    return values
