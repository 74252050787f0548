"""各县区与企业: counties as the regions are judged, the least first; counts alone where they have no task."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.books import csv_bytes, uscc
from tests.pages.screen import open_page, plain
from zyb.access import LOCAL_ADMIN, on_this_machine
from zyb.exports.inquiries.cards import CardDrawing, drawing_taken
from zyb.ui.filtered import taking
from zyb.ui.frame.loading import the_store
from zyb.uploads import accept, prepare

GOVERNANCE = "governance"
# county: enterprises, how many of them have finished
XIAN = {"雁塔区": (4, 3), "长安区": (5, 1), "灞桥区": (2, 2)}


@pytest.fixture
def listed(data: Path) -> Path:
    number = iter(range(100))
    rows = [
        [f"{county}{n}号公司", uscc(next(number)), "西安市", county, "是" if n < done else "否"]
        for county, (all_of_them, done) in XIAN.items()
        for n in range(all_of_them)
    ]
    head = ["企业名称", "统一社会信用代码", "地区", "县区", "是否完成治理"]
    table = csv_bytes([["陕西省专项治理企业台账（截至2024年4月30日）"], head, *rows])
    found = prepare(the_store(), table, "台账.csv", today=date(2024, 5, 5))
    assert not found.submission.blocked
    accept(the_store(), found, by=on_this_machine("王某"))
    return data


def card(page: AppTest) -> list[str]:
    assert not page.exception
    shown = [plain(html.value) for html in page.get("html")]
    return shown[next(n for n, text in enumerate(shown) if "各县区与企业" in text) :]


def test_counties_are_judged_as_regions_are_the_least_first(listed: Path) -> None:
    page = open_page(GOVERNANCE, region="西安市", measure="专项治理完成率")
    table = next(text for text in card(page) if "县区" in text and "比率" in text)
    assert [table.index(county) for county in ("长安区", "雁塔区", "灞桥区")] == sorted(
        table.index(county) for county in XIAN
    )
    assert "长安区 5 1" in table and "20.0%" in table and "75.0%" in table and "100.0%" in table
    assert len(page.get("plotly_chart")) == 3, "the province, its counties, the trend"


def test_the_map_of_counties_is_taken_away_as_a_drawing(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[str, CardDrawing] = {}
    monkeypatch.setattr(taking, "_drawing", lambda drawing, *more: drawn.update({more[-1]: drawing}))
    open_page(GOVERNANCE, region="西安市", measure="专项治理完成率")
    picture = ET.fromstring(drawing_taken(drawn["take_counties_svg"], to=LOCAL_ADMIN))
    told = "".join(picture.itertext())
    assert "西安市各县区专项治理完成率（数据截至2024年4月30日）" in told
    assert all(words in told for words in ("长安区", "20.0", "雁塔区", "75.0", "未报送 10", "审图号"))


def test_counties_that_are_in_no_list_stand_as_not_reported_in_the_legend(listed: Path) -> None:
    legend = next(text for text in card(open_page(GOVERNANCE, region="西安市")) if "未报送" in text)
    assert "未报送" in legend and "10" in legend, "西安 has thirteen counties"
