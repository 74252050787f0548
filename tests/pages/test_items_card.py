"""提质合规 and 尘毒专项: every item from the weakest on, on a month of the demo's own tables."""

from __future__ import annotations

import re
from pathlib import Path

from tests.pages.screen import open_page, plain, shown


def items(path: str, **query: str) -> list[list[str]]:
    """The card's table with its headings, cell by cell; bars are empty."""
    page = open_page(path, province="陕西省", **query)
    assert not page.exception
    (table,) = [html.value for html in page.get("html") if ">最低的地区<" in html.value]
    rows = re.findall(r"<tr.*?</tr>", table)
    return [[plain(f"<tr>{cell}</tr>") for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_indicators_stand_against_their_targets_the_furthest_first(reported: Path) -> None:
    heading, *rows = items("institutions")
    assert heading == ["项目", "完成／应完成", "", "比率", "目标", "与目标差", "未达目标", "最低的地区"]
    targets = {row[0]: row[4] for row in rows}
    gaps = [float(row[5].replace("−", "-").replace("+", "")) for row in rows if row[4] != "未设"]
    assert len(gaps) > 8 and gaps == sorted(gaps)
    assert (targets["国家监测任务承担率"], targets["机构监管覆盖率"]) == ("85.0%", "100.0%")


def test_without_targets_the_lowest_ratio_comes_first_and_that_is_said(reported: Path) -> None:
    heading, *rows = items("dust_toxics")
    assert heading == ["项目", "完成／应完成", "", "比率", "还差", "最低的地区"]
    ratios = [float(row[3].rstrip("%")) for row in rows if row[3] != "—"]
    assert len(ratios) > 15 and ratios == sorted(ratios)
    page = open_page("dust_toxics", province="陕西省")
    said = shown(page)
    assert "没有规定这些项目的时限和目标" in said
    assert said.index("工作阶段（参照：") < said.index("各项由弱到强"), "the time-table stands high"


def test_a_region_sees_its_own_figures(reported: Path) -> None:
    whole = {row[0]: row[1] for row in items("institutions")[1:]}
    own = {row[0]: row[1] for row in items("institutions", region="榆林市")[1:]}
    assert whole["机构监管覆盖率"] != own["机构监管覆盖率"]
