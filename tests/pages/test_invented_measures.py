"""Measures of kinds that no document asks for yet, on their pages: counted, coloured and put into words as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import invented
from tests.pages.screen import _Text, open_page, shown
from tests.spec import test_surveys as surveys
from tests.spec.conftest import Province
from zyb.rulebook.book import using
from zyb.ui.frame.loading import close_stores, the_store

PAGE, OVERVIEW, ALERTS = (
    "pages/progress/dust_toxics.py",
    "pages/progress/overview.py",
    "pages/progress/alerts.py",
)
SHAANXI = "陕西省"


@pytest.fixture
def invented_rules(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Province]:
    """An empty store under rules with the measures that the test names."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "boundaries").symlink_to(filled / "boundaries")
    with using(invented.rules(tmp_path, request.param, ledgers=invented.SURVEY_LEDGER)):
        yield Province(the_store(), SHAANXI)
        close_stores()


def ranking(page: AppTest) -> list[list[str]]:
    """The league table, row by row, 全省 first."""
    parser = _Text()
    parser.feed(
        next(html.value for html in page.get("html") if "位次" in html.value and "<table" in html.value)
    )
    return parser.rows[1:]


POSTS = "region | posts | exceeding | within\n西安 | 100 | 1 | 99\n宝鸡 | 100 | 8 | 92\n榆林 | 100 | 15 | 85"


@pytest.mark.parametrize("invented_rules", [invented.LIMITED], indirect=True)
def test_where_less_is_better_every_card_speaks_of_the_limit(invented_rules):
    for day in ("2025-02-28", "2025-03-31"):
        invented_rules.reports(POSTS, day, "posts")
    page = open_page(PAGE, province=SHAANXI, measure="posts_exceeding")
    rows = ranking(page)
    assert [row[1] for row in rows[1:4]] == ["西安", "宝鸡", "榆林"]
    assert [row[5:7] for row in rows[1:4]] == [["−4.0", "0"], ["+3.0", "3"], ["+10.0", "10"]]
    text = shown(page)
    for words in (
        "高于目标 3.0 个百分点",
        "高于目标的地区",
        "还需减少",
        "高出目标 10 个",
        "相对滞后：高于目标30个百分点以内",
    ):
        assert words in text, words
    for wrong in ("低于目标的地区", "还差 10", "低于目标 10", "需完成", "本期无新增"):
        assert wrong not in text, wrong


@pytest.mark.parametrize("invented_rules", [invented.LIMITED], indirect=True)
def test_the_alerts_page_and_the_overview_open(invented_rules):
    for day in ("2025-02-28", "2025-03-31"):
        invented_rules.reports(POSTS, day, "posts")
    assert "高于目标10.0个百分点" in shown(open_page(ALERTS, province=SHAANXI))
    assert not open_page(OVERVIEW, province=SHAANXI).exception


COUNTED = """
[cases]
title = "新发尘肺病例数"
campaign = "dust_toxics"
kind = "count"
unit = "例"
definition = "新发尘肺病例数。"
basis = "测试〔2025〕1号"
held = "target"
higher_is_better = false
numerator = { tally = "posts.cases", title = "新发病例" }
"""
WITH_TARGET = """
[[cases.plans]]
start = 2025-01-01
due = 2025-12-31
target = 10
basis = "测试〔2025〕1号 三"
"""
CASES = "region | posts | exceeding | cases\n西安 | 1 | 0 | 14\n宝鸡 | 1 | 0 | 8\n榆林 | 1 | 0 | 1"


@pytest.mark.parametrize(
    "invented_rules", [COUNTED + WITH_TARGET, COUNTED], indirect=True, ids=["limit", "bare"]
)
def test_a_plain_count_is_a_number_on_every_card(invented_rules, request):
    for day in ("2025-02-28", "2025-03-31"):
        invented_rules.reports(CASES, day, "posts")
    page = open_page(PAGE, province=SHAANXI, measure="cases")
    assert not page.exception
    rows = ranking(page)
    assert [(row[1], row[4]) for row in rows[:4]] == [
        ("全省", "23"),
        ("榆林", "1"),
        ("宝鸡", "8"),
        ("西安", "14"),
    ]
    text = shown(page)
    limited = "limit" in request.node.callspec.id
    assert ("高于目标 4 例" in text) == limited
    for wrong in ("2300", "1400", "140.0", "14.0%", "23.0", "None"):
        assert wrong not in text, wrong
    region = shown(open_page(PAGE, province=SHAANXI, measure="cases", region="西安市"))
    assert "14" in region and "None" not in region
    alerts = open_page(ALERTS, province=SHAANXI)
    assert not alerts.exception and ("+4例" in shown(alerts)) == limited


@pytest.mark.parametrize("invented_rules", [invented.EXCEEDING], indirect=True)
def test_a_measure_without_plan_is_coloured_by_value_and_says_so(invented_rules):
    invented_rules.reports(POSTS, "2025-03-31", "posts")
    text = shown(open_page(PAGE, province=SHAANXI, measure="posts_exceeding"))
    assert "颜色由浅到深为数值由低到高" in text and "15.0% 1" in text


SURVEYED = "region | aware | sampled\n西安 | 72.5% | 200\n宝鸡 | 87.5% | 40\n榆林 | 90% | 10"


@pytest.mark.parametrize(
    "invented_rules", [surveys.WEIGHED, surveys.BARE], indirect=True, ids=["weighed", "bare"]
)
def test_a_survey_is_percentages_on_every_card(invented_rules, request):
    for day in ("2025-06-30", "2025-09-30"):
        invented_rules.reports(SURVEYED, day, "awareness")
    page = open_page(PAGE, province=SHAANXI, measure="aware")
    weighed = "weighed" in request.node.callspec.id
    rows = ranking(page)
    assert [row[1] for row in rows[1:4]] == ["榆林", "宝鸡", "西安"]
    at = 4 if weighed else 3
    assert [row[at] for row in rows[:4]] == ["75.6%" if weighed else "—", "90.0%", "87.5%", "72.5%"]
    assert not weighed or [row[2] for row in rows[1:4]] == ["10", "40", "200"]
    text = shown(page)
    assert ("全省的数由各地按调查人数加权平均" if weighed else "不计算全省的数") in text
    assert "距目标差 12.5 个百分点" in text
    for wrong in ("72500000", "100000000", "None", "还差 ", "7250"):
        assert wrong not in text, wrong
    of_xian = shown(open_page(PAGE, province=SHAANXI, measure="aware", region="西安市"))
    assert "72.5%" in of_xian and "72500000" not in of_xian
    for other in (OVERVIEW, ALERTS):
        assert "72500000" not in shown(open_page(other, province=SHAANXI))
