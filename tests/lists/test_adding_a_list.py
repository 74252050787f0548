"""A sixteenth ledger, a list of enterprises, is data: from a TOML string to rows, tallies and problems."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import csv_bytes, errors, submission, uscc
from zyb.access import on_this_machine
from zyb.records import Part
from zyb.rulebook import ledgers
from zyb.rulebook.book import in_force, using
from zyb.rulebook.toml import parse
from zyb.uploads import accept, prepare

TODAY = date(2026, 8, 1)
LEDGER = """
[protectors]
title = "噪声防护用品发放台账"
campaign = "governance"
grain = "enterprise"
basis = "某某〔2026〕1号"
title_words = ["防护用品", "发放"]

[[protectors.columns]]
name = "name"
title = "企业名称"
type = "text"

[[protectors.columns]]
name = "uscc"
title = "统一社会信用代码"
type = "uscc"
required = false

[[protectors.columns]]
name = "region"
title = "地区"
type = "region"
required = false

[[protectors.columns]]
name = "kind"
title = "用品种类"
type = "choice"
options = ["耳塞", "耳罩"]
multiple = true

[[protectors.columns]]
name = "needed"
title = "应发人数"
type = "count"

[[protectors.columns]]
name = "issued"
title = "实发人数"
type = "count"

[[protectors.columns]]
name = "issued_on"
title = "发放日期"
type = "date"
required = false

[[protectors.columns]]
name = "signed"
title = "是否签收"
type = "flag"

[[protectors.tallies]]
name = "employers"
count = "rows"

[[protectors.tallies]]
name = "issued"
sum = "issued"

[[protectors.tallies]]
name = "signed"
count = "signed"
is = ["是"]

[[protectors.tallies]]
name = "kinds"
count = "rows"
by = "kind"

[[protectors.at_most]]
smaller = "issued"
larger = "needed"

[[protectors.expects]]
column = "issued_on"
when = "signed"
is = ["是"]
"""
HEAD = ("企业名称", "统一社会信用代码", "地区", "用品种类", "应发人数", "实发人数", "发放日期", "是否签收")
ROWS = [
    ("噪声防护用品发放台账（截至2026年7月31日）",),
    HEAD,
    ("甲公司", uscc(1), "西安", "耳塞", 100, 90, "2026.7.1", "是"),
    ("乙公司", uscc(2), "西安", "耳塞、耳罩", 20, 20, "2026年7月3日", "√"),
    ("丙公司", uscc(3), "杨凌", "耳罩", 5, 0, "", "否"),
    ("合计", "", "", "", 125, 110, "", ""),
]


@pytest.fixture
def sixteenth():
    """The ledgers that ship and the one above, as if it stood in data/rules/ledgers."""
    known = {**ledgers.ledgers(), **ledgers.parse_ledgers(parse(LEDGER, "protectors.toml"))}
    with using(in_force().holding((ledgers.ledgers, (), known))):
        yield known


def test_it_is_recognised_saved_and_tallied(sixteenth, store):
    prepared = prepare(store, csv_bytes(ROWS), "发放台账.csv", today=TODAY, province="陕西")
    assert (prepared.status, prepared.problems) == ("accepted", ())
    accept(store, prepared, by=on_this_machine("张三"))
    totals = store.totals([store.edition("610000", TODAY)])[0]
    xian, yangling = Part("protectors", "610100"), Part("protectors", "610403")
    assert [totals.amount(xian, name) for name in ("employers", "issued", "signed")] == [2, 110, 2]
    assert [totals.amount(yangling, name) for name in ("employers", "issued", "signed")] == [1, 0, 0]
    assert [totals.amount(xian, "kinds", kind) for kind in ("耳塞", "耳罩")] == [2, 1]


def test_its_own_checks_hold(sixteenth):
    wrong = [*ROWS[:2], ("甲公司", uscc(1), "西安", "手套", 10, 11, "", "是")]
    found = submission(wrong, province="陕西", today=TODAY)
    assert errors(found) == [("unknown_choice", "D3"), ("exceeds", "F3")]
    assert [(p.code, p.cell) for p in found.problems if p.severity == "warning"] == [("expected_value", "G3")]


def test_its_next_report_is_compared_enterprise_by_enterprise(sixteenth, store):
    accept(
        store,
        prepare(store, csv_bytes(ROWS), "一.csv", today=TODAY, province="陕西"),
        by=on_this_machine("张三"),
    )
    later = [
        ("防护用品发放台账（截至2026年8月1日）",), HEAD, ROWS[2], (*ROWS[4][:5], 5, "2026.8.1", "是"),
        ("丁公司", uscc(4), "西安", "耳塞", 8, 8, "2026.8.1", "是"),
    ]  # fmt: skip
    counts = prepare(store, csv_bytes(later), "二.csv", today=TODAY, province="陕西").row_counts
    assert (counts.new, counts.changed, counts.same) == (1, 1, 1)
