"""陕卫办职业发〔2024〕5号 to the digit: from the store, from the command line, and by an obvious loop."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import duckdb
import pytest

from tests.books import COMPLETED, ENROLLED, NOTICE, table
from zyb import cli
from zyb.answers.progress import standings, view
from zyb.numerals import percent, points
from zyb.store import Store
from zyb.uploads import published

# In the order of the notice.
PRINTED = table("""
    region     | value | remaining | share | rank | gap   | verdict
    -----------+-------+-----------+-------+------+-------+---------
    西安市     | 58.2% | 989       | 46.6% | 7    | +5.3  | 达到序时
    宝鸡市     | 64.3% | 198       | 9.3%  | 4    | +11.3 | 进展较快
    咸阳市     | 65.7% | 73        | 3.4%  | 3    | +12.8 | 进展较快
    铜川市     | 60.7% | 33        | 1.6%  | 5    | +7.8  | 达到序时
    渭南市     | 59.1% | 101       | 4.8%  | 6    | +6.2  | 达到序时
    延安市     | 17.6% | 108       | 5.1%  | 11   | −35.4 | 进展缓慢
    榆林市     | 18.1% | 379       | 17.8% | 10   | −34.8 | 进展缓慢
    汉中市     | 73.7% | 87        | 4.1%  | 1    | +20.8 | 进展较快
    安康市     | 49.0% | 53        | 2.5%  | 9    | −3.9  | 相对滞后
    商洛市     | 71.8% | 22        | 1.0%  | 2    | +18.8 | 进展较快
    杨凌示范区 | 8.3%  | 44        | 2.1%  | 12   | −44.6 | 进展缓慢
    韩城市     | 53.2% | 37        | 1.7%  | 8    | +0.2  | 达到序时
""")[1:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder as the first start leaves it."""
    folder = tmp_path_factory.mktemp("first") / "data"
    store = Store(folder)
    published.fill(store, date(2025, 7, 1))
    store.close()
    return folder


@pytest.fixture
def notice(folder):
    store = Store(folder)
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 1)))
    store.close()
    return found


def test_the_twelve_regions_as_the_notice_lists_them(notice):
    assert {s.region: (s.denominator, s.numerator) for s in notice.regions} == NOTICE
    assert [s.region for s in notice.regions] == list(NOTICE)


def test_every_printed_figure(notice):
    shown = [
        [
            s.region, percent(s.value), str(s.remaining), percent(s.share_of_remaining), str(s.rank),
            points(s.gap), s.verdict.title,
        ]
        for s in notice.regions
    ]  # fmt: skip
    assert shown == PRINTED


def test_the_province(notice):
    whole = notice.province
    assert (whole.denominator, whole.numerator) == (4699, 2575) == (ENROLLED, COMPLETED)
    assert (percent(whole.value), whole.pace, whole.remaining) == ("54.8%", Fraction(547, 1033), 2124)
    assert (points(whole.gap), whole.shortfall, whole.verdict.title) == ("+1.8", 0, "达到序时")


def test_xian_is_ahead_of_pace_and_holds_almost_half_of_what_is_left(notice):
    xian = notice.region("610100")
    assert xian.share_of_remaining == Fraction(989, 2124)
    assert sum(s.share_of_remaining for s in notice.regions) == 1


def test_the_command_line_says_the_same(folder, notice, monkeypatch, capsys):
    monkeypatch.setenv("ZYB_DATA", str(folder))
    assert cli.main(["standings", "governance_completion", "--json"]) == 0
    whole, *rows = json.loads(capsys.readouterr().out)
    assert [row["region"] for row in rows] == [s.region for s in notice.by_gap()]
    for row, standing in zip([whole, *rows], [notice.province, *notice.by_gap()], strict=True):
        assert row == {
            "region": standing.region,
            "numerator": standing.numerator,
            "denominator": standing.denominator,
            "value": float(standing.value),
            "target": 1.0,
            "pace": 547 / 1033,
            "gap": float(standing.gap),
            "remaining": standing.remaining,
            "share_of_remaining": float(standing.share_of_remaining),
            "rank": standing.rank,
            "verdict": standing.verdict.title,
            "proposed_verdict": standing.verdict.title,
            "override_reason": None,
            "as_of": "2024-03-01",
            "stale": False,
            "at_most": None,
            "asked": None,
            "regions": None,
            "regions_reported": None,
            "newly": None,
            "caveats": None,
        }


def test_the_database_says_the_same_to_an_obvious_loop(folder, notice):
    with duckdb.connect(str(folder / "zyb.duckdb"), read_only=True) as database:
        rows = database.execute(
            "select region_code, enrolled, completed from rows_governance_progress"
        ).fetchall()
    for code, enrolled, completed in rows:
        standing = notice.region(code)
        assert standing.value == Fraction(completed, enrolled)
        assert standing.remaining == enrolled - completed
        better = sum(1 for _, e, c in rows if Fraction(c, e) > standing.value)
        assert standing.rank == better + 1
    assert len(rows) == 12
    assert sum(row[1] for row in rows) == notice.province.denominator
    assert sum(row[2] for row in rows) == notice.province.numerator
