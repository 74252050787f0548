"""A list of enterprises held against the one that is in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.books import Rows, csv_bytes
from zyb.access import on_this_machine
from zyb.store import Store
from zyb.uploads import Prepared, accept, prepare

HEADINGS = ["企业名称", "统一社会信用代码", "地区", "是否完成治理", "行政确认日期"]
FIRST = ["甲公司", "91610113MA0000000C", "西安市", "否", None]
SECOND = ["乙公司", "91610302MA0000001P", "宝鸡市", "否", None]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def sent(store: Store, day: str, *rows: list[str | None]) -> Prepared:
    table: Rows = [[f"陕西省专项治理企业台账（截至{day}）"], HEADINGS, *rows]
    return prepare(store, csv_bytes(table), "台账.csv", today=date(2025, 1, 1))


def in_force(store: Store, *rows: list[str | None]) -> None:
    accept(store, sent(store, "2024年5月31日", *rows), by=on_this_machine("王某"))


def test_the_same_rows_a_month_later_are_unchanged_and_a_finished_one_is_changed(store: Store) -> None:
    in_force(store, FIRST, SECOND)
    later = sent(store, "2024年6月30日", FIRST, [*SECOND[:3], "是", "2024-06-01"])
    assert (later.row_counts.new, later.row_counts.changed, later.row_counts.same) == (0, 1, 1)


def test_a_code_that_another_region_has_reported_is_pointed_out(store: Store) -> None:
    in_force(store, FIRST, SECOND)
    later = sent(store, "2024年6月30日", [SECOND[0], SECOND[1], "西安市", "否", None])
    assert "code_elsewhere" in [found.code for found in later.problems]
