"""汇总项的条件: what a tally counts of a list, and what it does not tell when a column is missing."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from tests.books import table
from zyb.intake.tallying import tally
from zyb.rulebook.ledgers import parse_ledgers
from zyb.rulebook.toml import parse

LEDGER = """
[visits]
title = "走访台账"
campaign = "governance"
grain = "enterprise"
basis = "文号"
columns = [
    { name = "region", title = "地区", type = "region" },
    { name = "name", title = "企业名称", type = "text" },
    { name = "done", title = "是否完成", type = "flag" },
    { name = "seen_on", title = "走访日期", type = "date", required = false },
    { name = "posts", title = "岗位数", type = "count", required = false },
]
tallies = [
    { name = "all", count = "rows" },
    { name = "done_and_seen", count = "done", is = ["是"], where = [{ column = "seen_on", filled = true }] },
    { name = "posts_seen", sum = "posts", where = [{ column = "seen_on", filled = true }] },
]
"""
VISITS = parse_ledgers(parse(LEDGER, "visits.toml"))["visits"]
COLUMNS = ("done", "seen_on", "posts")


def sums(rows: list[tuple[str | None, str | None, int | None]], told: tuple[str, ...]) -> dict[str, int]:
    done, seen, posts = (list(column) for column in zip(*rows, strict=True))
    body = pa.table({
        "region_code": ["610100"] * len(rows), "county_code": [""] * len(rows), "year": pa.array([0] * len(rows), pa.int32()),
        "done": pa.array(done, pa.string()), "seen_on": pa.array(seen, pa.string()), "posts": pa.array(posts, pa.int64()),
    })  # fmt: skip
    return {found.name: found.amount for found in tally(VISITS, body, told)}


@pytest.mark.parametrize(
    ("told", "wanted"),
    table("""
        done seen_on posts | all 3, done_and_seen 1, posts_seen 7
        done posts         | all 3
        done seen_on       | all 3, done_and_seen 1
    """),
)
def test_a_column_that_is_to_be_filled_in_leaves_out_blank_rows_and_without_it_nothing_is_told(told, wanted):
    """A zero for want of a column would say that nobody was confirmed."""
    rows = [("是", "2025-03-01", 7), ("是", None, 5), ("否", "2025-03-02", None)]
    found = sums(rows, tuple(told.split()))
    assert ", ".join(f"{name} {amount}" for name, amount in found.items()) == wanted


@pytest.mark.parametrize("seed", range(5))
def test_rows_with_the_column_filled_in_equal_an_obvious_loop(seed):
    chance = random.Random(seed)
    rows = [
        (
            chance.choice(("是", "否", None)),
            chance.choice(("2025-03-01", None)),
            chance.choice((None, 0, 3, 8)),
        )
        for _ in range(50)
    ]
    seen = [row for row in rows if row[1]]
    assert sums(rows, COLUMNS) == {
        "all": 50, "done_and_seen": sum(row[0] == "是" for row in seen), "posts_seen": sum(row[2] or 0 for row in seen),
    }  # fmt: skip
