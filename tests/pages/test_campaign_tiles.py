"""各专项一行 on the overview: each campaign by its figure, and where a click leads."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.books import csv_bytes
from tests.pages.screen import markup, open_page, plain
from zyb.access import on_this_machine
from zyb.rulebook.measures import campaigns
from zyb.ui.frame.navigation import pages
from zyb.uploads import accept, prepare
from zyb.uploads.opening import open_store

OVERVIEW = "pages/progress/overview.py"
COUNTS = [
    ["河北省申报数量汇总表（截至2024年6月30日）"],
    ["地区", "年度", "申报数"],
    ["石家庄市", "2023", "100"],
    ["石家庄市", "2024", "140"],
]
PROGRESS = [
    ["河北省专项治理进展汇总表（截至2024年6月30日）"],
    ["地区", "纳入治理企业数", "完成治理企业数"],
    ["石家庄市", "10", "8"],
]


def tiles(**query: str) -> dict[str, str]:
    """Title → what stands on the tile."""
    parts = markup(open_page(OVERVIEW, **query)).split('class="z-tile"')[1:]
    told = [plain(f"<div {part.split('z-kpis')[0]}") for part in parts]
    return {words.split()[0]: words for words in told}


@pytest.fixture
def two_campaigns(data: Path) -> Path:
    store = open_store(data)
    for name, table in (("申报.csv", COUNTS), ("治理.csv", PROGRESS)):
        accept(
            store, prepare(store, csv_bytes(table), name, today=date(2024, 7, 1)), by=on_this_machine("王某")
        )
    store.close()
    return data


def test_every_campaign_has_its_tile_and_the_alerts_theirs(data: Path) -> None:
    shown = tiles()
    assert list(shown) == [*campaigns().values(), "滞后预警"]
    assert "54.8%" in shown["专项治理"] and "专项治理完成率" in shown["专项治理"]
    assert "尚无数据" in shown["帮扶行动"]


def test_of_a_region_the_tiles_tell_its_own_figures(data: Path) -> None:
    assert "18.1%" in tiles(region="榆林市")["专项治理"]


def test_each_tile_leads_to_the_campaign_at_the_same_province_region_and_day(data: Path) -> None:
    found = markup(open_page(OVERVIEW, region="榆林市"))
    addresses = [
        urlsplit(unescape(href)) for href in re.findall(r'<a href="([^"]+)"[^>]*><div class="z-tile"', found)
    ]
    known = {entry.url_path for entry in pages()}
    assert addresses and {address.path.strip("/") for address in addresses} <= known
    for address in addresses:
        query = dict(parse_qsl(address.query))
        assert (query["province"], query["region"], query["as_of"]) == ("陕西省", "榆林市", "2024-03-01")


def test_the_days_of_the_overview_are_those_of_all_campaigns_and_each_tile_names_its_own(data: Path) -> None:
    store = open_store(data)
    later = [["截至2024年7月31日"], *COUNTS[1:]]
    for name, table in (
        ("申报.csv", [COUNTS[0], *COUNTS[1:]]),
        ("申报七月.csv", later),
        ("治理.csv", PROGRESS),
    ):
        prepared = prepare(store, csv_bytes(table), name, today=date(2024, 8, 1), province="河北省")
        accept(store, prepared, by=on_this_machine("王某"))
    store.close()
    page = open_page(OVERVIEW, province="河北省")
    (days,) = [box for box in page.selectbox if box.label == "数据截至"]
    assert days.options[:2] == ["2024-07-31", "2024-06-30"] and days.value == "2024-07-31"
    shown = tiles(province="河北省")
    assert "截至6月30日" in shown["专项治理"] and "截至" not in shown["申报扩面"]
    june = tiles(province="河北省", as_of="2024-06-30")
    assert "截至" not in june["专项治理"] + june["申报扩面"]


def test_on_a_day_before_the_first_report_of_the_usual_headline_the_overview_begins_with_what_there_is(
    data: Path,
) -> None:
    """Until June only 申报 was reported, and 专项治理 has no deadline in Hebei anyway."""
    store = open_store(data)
    early = [["河北省专项治理进展汇总表（截至2024年3月31日）"], *PROGRESS[1:]]
    for name, table in (("申报.csv", COUNTS), ("治理.csv", early)):
        prepared = prepare(store, csv_bytes(table), name, today=date(2024, 8, 1), province="河北省")
        accept(store, prepared, by=on_this_machine("王某"))
    store.close()
    march = plain(markup(open_page(OVERVIEW, province="河北省", as_of="2024-03-31")).split("z-hero")[1])
    june = plain(markup(open_page(OVERVIEW, province="河北省", as_of="2024-06-30")).split("z-hero")[1])
    assert "申报数量较2023年增长" in june and "申报数量较2023年增长" not in march


def test_the_headline_is_a_measure_that_can_be_judged(two_campaigns: Path) -> None:
    """In Hebei no document sets a deadline for 专项治理, but one does for 申报."""
    page = open_page(OVERVIEW, province="河北省")
    hero = plain(markup(page).split("z-hero")[1])
    assert "申报数量较2023年增长" in hero and "+40.0" in hero
    assert "80.0%" in tiles(province="河北省")["专项治理"]
