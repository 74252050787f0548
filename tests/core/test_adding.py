"""A sixth ledger and its measure are data: declared here in TOML, from the workbook to the league table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.books import csv_bytes, errors, submission
from zyb.access import on_this_machine
from zyb.answers.progress import standings, view
from zyb.rulebook import ledgers
from zyb.rulebook.book import RULES, Rulebook, in_force, using
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.toml import parse
from zyb.uploads import accept, prepare

LEDGER = """
[machines]
title = "除尘设备更新汇总表"
campaign = "governance"
grain = "region"
basis = "某某〔2026〕1号"
title_words = ["除尘设备"]
tallies = ["planned", "replaced"]
cumulative = ["replaced"]

[[machines.columns]]
name = "region"
title = "地区"
type = "region"

[[machines.columns]]
name = "planned"
title = "应更新台数"
type = "count"

[[machines.columns]]
name = "replaced"
title = "已更新台数"
type = "count"
headings = ["更新完成台数"]

[[machines.columns]]
name = "supplier"
title = "供货单位"
type = "text"
required = false

[[machines.at_most]]
smaller = "replaced"
larger = "planned"
"""

MEASURE = """
[machines_replaced]
title = "除尘设备更新率"
campaign = "governance"
kind = "ratio"
unit = "台"
definition = "已更新台数÷应更新台数。"
basis = "某某〔2026〕1号"

[machines_replaced.numerator]
tally = "machines.replaced"
title = "已更新"

[machines_replaced.denominator]
tally = "machines.planned"
title = "应更新"

[[machines_replaced.plans]]
start = 2024-01-01
due = 2024-12-31
target = "80%"
basis = "某某〔2026〕1号"
"""


@pytest.fixture
def sixth(tmp_path: Path) -> Iterator[Mapping[str, Ledger]]:
    """The rules that ship and the two tables above, as if they stood in data/rules."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "ledgers" / "machines.toml").write_text(LEDGER, encoding="utf-8")
    with (folder / "measures.toml").open("a", encoding="utf-8") as shipped:
        shipped.write(MEASURE)
    with using(Rulebook(folder)):
        yield ledgers.ledgers()


ROWS = [
    ("除尘设备更新情况（截至2024年7月1日）",),
    ("市（区）", "应更新台数", "更新完成台数（台）", "供货单位"),
    ("西安", 100, 60, "甲厂"),
    ("杨凌", 10, 0, ""),
    ("合计", 110, 60, ""),
]


def test_it_is_recognised_checked_saved_and_measured(sixth, store):
    prepared = prepare(store, csv_bytes(ROWS), "除尘设备.csv", today=date(2024, 8, 1), province="陕西")
    assert (prepared.status, prepared.submission.ledger.id) == ("accepted", "machines")
    assert [effect.measure.title for effect in prepared.effects] == ["除尘设备更新率"]
    number = accept(store, prepared, by=on_this_machine("张三"))
    found = standings(store, view(store, "陕西", "machines_replaced", date(2024, 7, 1)))
    xian, yangling = found.region("610100"), found.region("610403")
    assert (xian.value, xian.remaining, xian.verdict.title) == (Fraction(3, 5), 20, "进展较快")
    assert (yangling.rank, yangling.verdict.title) == (2, "零进展")
    assert xian.pace == Fraction(8, 10) * Fraction(182, 365)
    traces = store.traces(prepared.submission.ledger, [number])
    assert [trace.values["supplier"] for trace in traces] == ["甲厂", None]


def test_its_own_checks_hold(sixth):
    wrong = [*ROWS[:2], ("西安", 100, 101, "甲厂"), ("火星", 1, 1, "")]
    assert errors(submission(wrong, province="陕西", today=date(2024, 8, 1))) == [
        ("exceeds", "C3"),
        ("unknown_region", "A4"),
    ]


def test_a_new_column_is_added_to_what_is_stored_already(sixth, store):
    """The ledger is declared with one column less at first."""
    first = prepare(store, csv_bytes(ROWS), "除尘设备.csv", today=date(2024, 8, 1), province="陕西")
    accept(store, first, by=on_this_machine("张三"))
    more = LEDGER.replace('name = "supplier"', 'name = "brand"').replace("供货单位", "品牌")
    longer = ledgers.parse_ledgers(parse(more, "machines.toml"))
    later = [("截至2024年8月1日",), ("地区", "应更新台数", "已更新台数", "品牌"), ("西安", 100, 70, "乙牌")]
    with using(in_force().holding((ledgers.ledgers, (), {**sixth, **longer}))):
        second = prepare(store, csv_bytes(later), "除尘设备.csv", today=date(2024, 8, 1), province="陕西")
        number = accept(store, second, by=on_this_machine("张三"))
    assert store.traces(longer["machines"], [number])[0].values["brand"] == "乙牌"
    assert store.traces(longer["machines"], [number - 1])[0].values["brand"] is None
