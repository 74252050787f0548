"""变化原因 on a campaign's page: the sentence, the regions and the uploads behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import owning
from tests.pages.screen import markup, open_page, shown
from tests.spec.conftest import submission
from zyb.ui.frame.loading import the_store

HISTORY = (
    ("2025-04-02", "2025-03-31", "西安 | 100 | 40\n宝鸡 | 50 | 20"),
    ("2025-04-20", "2025-03-31", "宝鸡 | 50 | 25"),
    ("2025-05-02", "2025-04-30", "西安 | 100 | 60\n咸阳 | 10 | 1"),
    ("2025-05-10", "2025-03-31", "宝鸡 | 50 | 26"),
)


@pytest.fixture
def history(shared_empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A correction while the figures were the newest, and one that came after newer ones."""
    for folder in owning(shared_empty, tmp_path / "data", monkeypatch):
        monkeypatch.setenv("ZYB_PUBLISHED", "off")
        _fill()
        yield folder


def _fill() -> None:
    for came, as_of, rows in HISTORY:
        found = submission(f"region | enrolled | completed\n{rows}", as_of, "陕西省")
        at = datetime.fromisoformat(came).replace(tzinfo=UTC)
        the_store().save_snapshot(found, rows.encode(), "汇总表.csv", by="测试", at=at)


def opened(**query: str) -> AppTest:
    page = open_page("governance", province="陕西省", measure="governance_completion", **query)
    assert not page.exception
    return page


def test_the_figures_then_and_now_are_explained(history: Path) -> None:
    page = opened()
    assert "自2025年3月31日（按2025年4月20日23:59掌握的情况）至2025年4月30日" in shown(page)
    assert "（新增完成治理＋20、首次报送＋1、更正＋1）" in shown(page)


def test_as_known_now_a_correction_is_no_reason(history: Path) -> None:
    told = shown(opened(known="now"))
    assert "完成治理由66家变为87家，增加21家（新增完成治理＋20、首次报送＋1）" in told


def test_a_region_is_explained_alone(history: Path) -> None:
    told = shown(opened(region="宝鸡市"))
    assert "完成治理由25家变为26家，增加1家（更正＋1）" in told


def test_each_reason_leads_to_its_snapshot(history: Path) -> None:
    page = opened(known="2025-04-02")
    (uploads,) = (frame.value for frame in page.dataframe if "原因" in frame.value.columns)
    assert uploads["批次"].tolist() == [2, 4, 3, 3]
    assert uploads["原因"].tolist() == ["更正", "更正", "新增", "首次报送"]
    assert all("snapshots?" in address for address in uploads["内容"])
    # What a first report is of nobody can be compared with; the other is with the one that held before.
    assert [address and address.split("&with=")[-1] for address in uploads["逐行比较"]] == [
        "1",
        "2",
        "1",
        "1",
    ]


def test_the_first_report_has_nothing_to_be_compared_with(history: Path) -> None:
    assert "变化原因" not in markup(opened(as_of="2025-03-31"))


def test_the_day_that_is_compared_with_is_in_the_address(history: Path) -> None:
    page = opened(since="2025-04-30")
    assert "2025年4月30日的数据" in shown(page)
    page.selectbox(key="since").select("2025-03-31").run()
    assert "since" not in page.query_params
    assert date(2025, 3, 31).isoformat() == page.selectbox(key="since").value
