"""The figures on the page are those of the notice, of the command line and of the database."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.books import COMPLETED, ENROLLED, NOTICE
from tests.pages.screen import league, markup, open_page, plain, shown
from zyb import cli

OVERVIEW, GOVERNANCE = "pages/progress/overview.py", "governance"

# 陕卫办职业发〔2024〕5号, first section.
PUBLISHED = {
    "汉中": "73.7%", "商洛": "71.8%", "咸阳": "65.7%", "宝鸡": "64.3%", "铜川": "60.7%", "渭南": "59.1%",
    "西安": "58.2%", "韩城": "53.2%", "安康": "49.0%", "榆林": "18.1%", "延安": "17.6%", "杨凌": "8.3%",
}  # fmt: skip

both_pages = pytest.mark.parametrize("path", [OVERVIEW, GOVERNANCE])


@both_pages
def test_the_rates_of_the_notice_stand_in_its_order(published: Path, path: str) -> None:
    rows = league(open_page(path))
    assert {row[1]: row[4] for row in rows} == {"全省": "54.8%", **PUBLISHED}
    assert [row[1] for row in rows[1:]] == list(PUBLISHED)


def test_the_headline_is_the_provinces_rate(published: Path) -> None:
    hero = plain(markup(open_page(OVERVIEW)).split("z-hero")[1])
    assert "全省完成率" in hero and "54.8 %" in hero
    assert "纳入治理 4,699 家" in hero and "完成治理 2,575 家" in hero and "还差 2,124 家" in hero


@both_pages
def test_the_map_carries_every_rate(published: Path, path: str) -> None:
    words = drawn(open_page(path))
    for name, rate in PUBLISHED.items():
        assert re.search(f"{name} [●◆▼]{re.escape(rate.removesuffix('%'))}$", words, re.M)


def drawn(page: AppTest) -> str:
    charts = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    texts = [text for chart in charts for trace in chart["data"] for text in trace.get("text") or ()]
    return "\n".join(plain(text) for text in texts)


@both_pages
def test_the_page_equals_the_command_line(
    published: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = league(open_page(path))
    assert cli.main(["standings", "governance_completion", "--province", "陕西省", "--json"]) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(rows) == 13
    for row, standing in zip(rows, told, strict=True):
        assert row[0] == str(standing["rank"] or "")
        assert standing["region"].startswith(row[1])
        assert row[2] == f"{standing['numerator']:,}／{standing['denominator']:,}"
        assert float(row[4].removesuffix("%")) == pytest.approx(standing["value"] * 100, abs=0.0501)
        assert as_number(row[5]) == pytest.approx(standing["gap"] * 100, abs=0.0501)
        assert row[6] == f"{standing['remaining']:,}"
        assert float(row[7].removesuffix("%")) == pytest.approx(
            standing["share_of_remaining"] * 100, abs=0.0501
        )
        assert row[9] == standing["verdict"]


def as_number(points: str) -> float:
    return float(points.replace("−", "-"))


def test_the_page_equals_the_rows_in_the_database(published: Path) -> None:
    rows = league(open_page(OVERVIEW))
    with duckdb.connect(str(published / "zyb.duckdb")) as database:
        stored = database.execute("select completed, enrolled from rows_governance_progress").fetchall()
    assert {row[2] for row in rows[1:]} == {f"{completed:,}／{enrolled:,}" for completed, enrolled in stored}
    assert rows[0][2] == f"{sum(c for c, _ in stored):,}／{sum(e for _, e in stored):,}"
    assert len(stored) == len(NOTICE)
    assert rows[0][2] == f"{COMPLETED:,}／{ENROLLED:,}"


def test_who_is_below_pace_is_named_and_what_remains_is_shared_out(published: Path) -> None:
    text = shown(open_page(OVERVIEW))
    assert "序时进度 53.0%" in text
    assert "安康、榆林、延安、杨凌" in text
    assert "占全省剩余 46.6%" in text


def test_hebei_shows_its_tasks_and_that_nobody_has_reported(published: Path) -> None:
    page = open_page(OVERVIEW, province="河北省")
    text = shown(page)
    assert not page.exception
    assert "5,348" in text
    assert "14 个地区均未报送" in text
    assert len(league(page)) == 15
    assert all(row[4] == "—" for row in league(page))


def test_a_chosen_region_shows_its_own_figures_and_where_they_come_from(published: Path) -> None:
    page = open_page(OVERVIEW, region="榆林市")
    text = shown(page)
    assert "18.1 %" in text and "84／463" in text
    assert "榆林市：历次报送" in text
    report = page.dataframe[0].value.iloc[0]
    assert (report["纳入治理企业数"], report["完成治理企业数"]) == (463, 84)
    assert "第 " in report["位置"]


def test_the_second_page_names_definition_documents_and_sources(published: Path) -> None:
    text = shown(open_page(GOVERNANCE))
    assert "陕卫办职业发〔2024〕5号" in text
    assert "倒排工期" in text and "每周至少完成31家" in text
