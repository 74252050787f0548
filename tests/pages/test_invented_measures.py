"""Measures of kinds that no document asks for yet, on their pages: counted, coloured and put into words as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import invented
from tests.pages.screen import _Text, open_page, shown
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
    with using(invented.rules(tmp_path, request.param)):
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
