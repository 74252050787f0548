"""campaigns.toml: what a page shows and when a campaign was closed, and the slips that are told."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from zyb.errors import RulesError
from zyb.rulebook.campaigns import CARDS, TAKEN, all_campaigns, icon_names, parse_campaigns, parse_closings
from zyb.rulebook.toml import parse
from zyb.ui.frame.navigation import PAGES
from zyb.ui.progress import campaign_page

CAMPAIGN = """
[health]
title = "健康保护"
subject = "职业健康保护行动"
purpose = "健康保护"
icon = "shield"
cards = ["headline", "map | league", "trend, attention | history", "counties"]
"""


def parsed(text: str):
    return parse_campaigns(parse(text, "campaigns.toml"))


def test_a_page_is_rows_of_one_or_two_columns():
    assert parsed(CAMPAIGN)["health"].rows == (
        (("headline",),),
        (("map",), ("league",)),
        (("trend", "attention"), ("history",)),
        (("counties",),),
    )


def test_every_card_that_may_be_named_can_be_drawn_and_is_on_a_page_that_ships():
    assert tuple(campaign_page.CARDS) == CARDS
    used = {card for one in all_campaigns().values() for row in one.rows for column in row for card in column}
    assert used == set(CARDS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[health]", '["职业健康"]', "只用小写字母"),
        ('"headline", ', '"headlines", ', "没有名为“headlines”的卡片；可用的有：headline"),
        ('"counties"', '"counties", "map"', "卡片“map”写了两次"),
        ("map | league", "map | league | trend", "一列或左右两列"),
        ("map | league", "map |", "一列或左右两列"),
        ('"counties"', '"counties", "elsewhere"', "卡片“elsewhere”"),
        ('icon = "shield"', 'icon = "shield"\nelsewhere = ["cdc_floor"]', "卡片“elsewhere”"),
        ('icon = "shield"', 'icon = "shield"\nclosed = 2030-12-31', "缺少“closing_report”"),
        ('icon = "shield"', 'icon = "shield"\nclosing_report = "某文"', "缺少“closed”"),
        ('icon = "shield"', 'icon = "shield"\nclosed = "2030年"\nclosing_report = "某文"', "“closed”应为日期"),
        ('"shield"', '"facttory"', "“icon”应是 Material Symbols 中的名称，没有“facttory”；相近的有：factory"),
        ('"shield"', '"盾牌"', "没有“盾牌”。"),
        ("[health]", "[duties]", "已有同名的页面"),
        ('purpose = "健康保护"', 'purpose = "{全省}健康保护"', "“purpose”中用了不认识的名称“{全省}”；这里不用花括号"),
        ('title = "健康保护"', "", "缺少“title”"),
        ('title = "健康保护"', 'title = "健康保护"\ncolour = "red"', "不认识的项：colour"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_table(old, new, told):
    assert old in CAMPAIGN
    with pytest.raises(RulesError) as slip:
        parsed(CAMPAIGN.replace(old, new, 1))
    assert told in str(slip.value) and "campaigns.toml" in str(slip.value)


def test_icons_and_addresses_are_those_of_the_pages():
    assert icon_names() == ALL_MATERIAL_ICONS
    assert tuple(page.url_path for page in PAGES) == TAKEN


def test_two_campaigns_are_not_called_the_same():
    with pytest.raises(RulesError, match="都叫“健康保护”"):
        parsed(CAMPAIGN + CAMPAIGN.replace("[health]", "[safety]"))


# -- closing -------------------------------------------------------------------------------------


def closed_by(text: str):
    return list(parse_closings(parse(text, "provinces/陕西省/campaigns.toml"), parsed(CAMPAIGN)))


def test_a_province_closes_a_campaign_on_a_day_of_its_own():
    (health,) = closed_by('[health]\nclosed = 2029-06-30\nclosing_report = "陕卫办某〔2029〕1号"\n')
    days = [date(2029, 6, 29), date(2029, 6, 30), date(2030, 1, 1)]
    assert [health.closed_on(day) for day in days] == [False, True, True]
    assert health.closing is not None and health.closing.report == "陕卫办某〔2029〕1号"
    assert not parsed(CAMPAIGN)["health"].closed_on(date.max)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[healthy]\nclosed = 2029-06-30\nclosing_report = "某文"\n', "没有这个专项；可用的有：health"),
        ("[health]\n", "只写本省的结束日期"),
        ("[health]\nclosed = 2029-06-30\n", "缺少“closing_report”"),
        ('[health]\nclosed = 2029-06-30\nclosing_report = "某文"\ntitle = "别名"\n', "不认识的项：title"),
    ],
)
def test_a_slip_of_a_province_is_named(text, told):
    with pytest.raises(RulesError, match=told):
        closed_by(text)
