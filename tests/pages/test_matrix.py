"""各项指标: a row a measure, a column a region, the weakest in the corner; thresholds, shapes and a person's verdicts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, plain, shown
from zyb.access import on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.ui.frame.loading import the_store

INSTITUTIONS, DUST = "institutions", "dust_toxics"
REGIONS = 12
MARCH = date(2024, 3, 31)


def opened(path: str, **query: str) -> AppTest:
    page = open_page(path, province="陕西省", **query)
    assert not page.exception
    return page


def table(page: AppTest) -> str:
    (found,) = [html.value for html in page.get("html") if "z-matrix" in html.value]
    return found


def cells(page: AppTest) -> list[list[str]]:
    rows = re.findall(r"<tr.*?</tr>", table(page))
    return [[plain(f"<tr>{cell}</tr>") for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def shapes(page: AppTest, column: int) -> list[str]:
    """The tone of each figure in a column."""
    rows = re.findall(r"<tr.*?</tr>", table(page))[1:]
    return [re.findall(r"z-heat z-(\w+)", row)[column] for row in rows]


def told(heading: str, shape: str) -> int:
    found = re.search(rf"{shape}(\d+)", heading)
    return int(found[1]) if found else 0


def test_each_measure_stands_beside_its_target_and_pace(reported: Path) -> None:
    heading, *rows = cells(opened(INSTITUTIONS))
    assert heading[:4] == ["指标", "目标", "序时", "全省"] and len(heading) == 4 + REGIONS
    limits = {row[0]: row[1:3] for row in rows}
    assert limits["国家监测任务承担率"][0] == "85"
    # Held against the target, which stands beside it; a pace it has none.
    assert limits["职业病诊断机构报告率"] == ["95", "—"]
    assert limits["疑似职业病进入诊断程序比例"] == ["未设", "—"]


def test_the_weakest_region_stands_first_and_says_in_how_many_measures_it_is_behind(reported: Path) -> None:
    page = opened(INSTITUTIONS)
    headings = cells(page)[0][4:]
    behind = [(told(h, "▼"), told(h, "◆")) for h in headings]
    assert behind == sorted(behind, reverse=True) and behind[0] > behind[-1]
    for column, (lagging, watch) in enumerate(behind, 1):
        tones = shapes(page, column)
        assert (tones.count("lagging"), tones.count("watch")) == (lagging, watch)


def test_without_time_limits_the_lowest_measure_comes_first_and_each_lowest_region_is_marked(
    reported: Path,
) -> None:
    page = opened(DUST)
    heading, *rows = cells(page)
    assert heading[:2] == ["指标", "全省"], "nothing is set that a column could hold"
    whole = [float(row[1]) for row in rows if row[1] != "—"]
    assert len(whole) > 15 and whole == sorted(whole)
    number = 0
    for row, markup in zip(rows, re.findall(r"<tr.*?</tr>", table(page))[1:], strict=True):
        tones = re.findall(r"z-heat z-(\w+)", markup)[1:]
        marked = [float(cell) for cell, tone in zip(row[2:], tones, strict=True) if tone == "lowest"]
        assert set(marked) <= {min(float(cell) for cell in row[2:] if cell != "—")}
        number += len(marked)
    assert number > 5
    assert "↓ 没有规定时限的指标中，该项最低的地区" in shown(page)


def test_only_shapes_that_occur_are_explained(reported: Path) -> None:
    assert "◆ 相对滞后" in shown(opened(INSTITUTIONS))
    assert "◆ 相对滞后" not in shown(opened(DUST))


def test_the_chosen_region_is_picked_out_in_its_column(reported: Path) -> None:
    assert table(opened(INSTITUTIONS)).count("z-picked") == 0
    picked = table(opened(INSTITUTIONS, region="榆林市"))
    rows = picked.count("<tr")
    assert picked.count("z-picked") == rows
    assert re.search(r"z-picked[^>]*>榆林<", picked)


def test_a_verdict_by_a_person_is_marked_and_the_rules_own_told(reported_apart: Path) -> None:
    measure = "diagnosis_reporting"
    found = standings(the_store(), view(the_store(), "陕西省", measure, MARCH))
    region = next(s for s in found.regions if s.verdict.id == "lagging")
    override(the_store(), found, region.region_code, "on_pace", "正在补报", by=on_this_machine("李四"))
    page = opened(INSTITUTIONS)
    (row,) = [row for row in cells(page) if row[0] == found.measure.title]
    assert sum("人工" in cell for cell in row) == 1
    assert f"人工调整：{region.short}{found.measure.title}（规则评价：相对滞后）" in shown(page)
    assert "规则评价：相对滞后；调整理由：正在补报（李四，" in table(page)
