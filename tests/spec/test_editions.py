"""某日有效数据: the latest figure of each region until a day, and as it was known at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.books import table
from tests.spec.conftest import submission
from tests.spec.lists import listed, saved
from zyb.store import now


def figures(shaanxi, on, known_at=None):
    found = shaanxi.stands(on, known_at=known_at)
    return {s.short: s.numerator for s in found.reported}


def test_each_region_speaks_with_its_own_latest_report(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10\n宝鸡 | 50 | 5", "2024-01-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 30", "2024-02-29")
    assert figures(shaanxi, "2024-01-30") == {}
    assert figures(shaanxi, "2024-01-31") == {"西安": 10, "宝鸡": 5}
    assert figures(shaanxi, "2024-02-28") == {"西安": 10, "宝鸡": 5}
    assert figures(shaanxi, "2024-02-29") == {"西安": 30, "宝鸡": 5}


def test_the_day_of_the_figures_counts_and_not_the_order_of_arrival(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 30", "2024-02-29")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    assert figures(shaanxi, "2024-03-01") == {"西安": 30}
    assert figures(shaanxi, "2024-02-01") == {"西安": 10}


def test_a_correction_of_the_same_day_replaces_what_it_corrects(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10\n宝鸡 | 50 | 5", "2024-01-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 12", "2024-01-31")
    assert figures(shaanxi, "2024-01-31") == {"西安": 12, "宝鸡": 5}


# The region's list of 05-31 has 2 enterprises in 雁塔区 and 1 elsewhere, the county's own has 5 in 雁塔区.
COUNTYS_OWN = """
    of the county | sent                | enterprises | as of
    2024-05-31    | after the region's  | 6           | 2024-05-31
    2024-05-31    | before the region's | 3           | 2024-05-31
    2024-05-30    | after the region's  | 3           | 2024-05-31
    2024-06-01    | before the region's | 6           | 2024-06-01
    2024-06-01    | after the region's  | 6           | 2024-06-01
"""


@pytest.mark.parametrize(("day", "sent", "enterprises", "as_of"), table(COUNTYS_OWN)[1:])
def test_a_countys_own_list_holds_when_it_is_newer_and_on_the_same_day_when_it_came_later(
    shaanxi, day, sent, enterprises, as_of
):
    own = [{"region_code": "610100", "county_code": "610113"}] * 5
    if sent.startswith("before"):
        saved(shaanxi, "assistance", own, day, "610113")
    lines = "西安 | 雁塔区 | 2\n西安 | 长安区 | 1"
    listed(shaanxi, "assistance", f"region | county | number\n{lines}", "2024-05-31")
    if sent.startswith("after"):
        saved(shaanxi, "assistance", own, day, "610113")
    found = shaanxi.stands("2024-06-30", "assistance_trained").region("610100")
    assert (found.denominator, str(found.as_of)) == (int(enterprises), as_of)


def test_what_came_or_was_withdrawn_at_a_moment_is_known_at_it(shaanxi):
    noon, tick = datetime(2024, 2, 1, 12, tzinfo=UTC), timedelta(microseconds=1)
    found = submission("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31", "陕西省")
    number = shaanxi.store.save_snapshot(found, b"bytes", "表.csv", by="测试", at=noon)
    shaanxi.store.withdraw(number, by="测试", reason="填报有误", at=noon + 2 * tick)
    known = [bool(figures(shaanxi, "2024-01-31", noon + n * tick)) for n in (-1, 0, 1, 2)]
    assert known == [False, True, True, False]
    ledger = ["governance_progress"]
    days = [bool(shaanxi.store.days("610000", ledger, noon + n * tick)) for n in (-1, 0, 1, 2)]
    assert days == known


def test_as_we_knew_it_then(shaanxi):
    """Upload, correction, withdrawal, upload again: each moment keeps the answer that it gave."""
    answers = []

    def remember() -> None:
        answers.append((now(), figures(shaanxi, "2024-01-31")))

    remember()
    first = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    remember()
    second = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 12", "2024-01-31")
    remember()
    shaanxi.withdraws(second)
    remember()
    shaanxi.withdraws(first)
    remember()
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    remember()
    assert [said for _, said in answers] == [{}, {"西安": 10}, {"西安": 12}, {"西安": 10}, {}, {"西安": 10}]
    assert [figures(shaanxi, "2024-01-31", moment) for moment, _ in answers] == [said for _, said in answers]


def test_the_days_with_figures_follow_what_was_known_as_well(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    before = now()
    late = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 20", "2024-02-29")
    between = now()
    shaanxi.withdraws(late)
    ledger = ["governance_progress"]
    january, february = date(2024, 1, 31), date(2024, 2, 29)
    assert shaanxi.store.days("610000", ledger) == [january]
    assert shaanxi.store.days("610000", ledger, before) == [january]
    assert shaanxi.store.days("610000", ledger, between) == [january, february]


def test_years_of_one_ledger_stand_side_by_side(hebei):
    """A table of 2025 does not push out the figures of 2023."""
    hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
    hebei.reports("region | year | declared\n承德 | 2024 | 130", "2024-12-31")
    hebei.reports("region | year | declared\n承德 | 2025 | 90", "2025-06-30")
    found = hebei.stands("2025-06-30", "declaration_growth").region("130800")
    assert (found.numerator, found.denominator) == (90, 100)
    assert hebei.stands("2024-12-31", "declaration_growth").region("130800").numerator == 130


def test_provinces_do_not_mix(shaanxi, hebei):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    hebei.reports("region | enrolled | completed\n承德 | 100 | 70", "2024-01-31")
    assert figures(shaanxi, "2024-01-31") == {"西安": 10}
    assert figures(hebei, "2024-01-31") == {"承德": 70}
