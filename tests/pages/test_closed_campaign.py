"""A campaign that was closed: its page can be read and says so, its tile too, and nothing is warned any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.screen import markup, open_page, plain, shown
from tests.pages.test_campaign_tiles import tiles
from tests.pages.wording import english_words
from zyb.rulebook.book import RULES, Rulebook, using

CLOSED = '[governance]\nclosed = 2024-06-30\nclosing_report = "陕卫办某〔2024〕9号"\n'
BANNER = "职业病危害专项治理已于2024年6月30日结束（陕卫办某〔2024〕9号）"
REST = "已结束的专项不再预警、督办，报送与节点不再提醒：专项治理（自2024年6月30日起）"


@pytest.fixture
def closed(published: Path, tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "provinces" / "陕西省" / "campaigns.toml").write_text(CLOSED, encoding="utf-8")
    with using(Rulebook(folder)):
        yield


def test_its_page_says_so_and_shows_its_figures_as_before(closed: None) -> None:
    page = open_page("governance")
    assert not page.exception
    assert BANNER in shown(page) and "54.8%" in shown(page) and "榆林" in shown(page)
    assert english_words([BANNER]) == []


@pytest.mark.parametrize(
    ("as_of", "told", "untold"),
    [
        (
            "",
            ["专项已结束，不再调度", "专项已结束，不再倒排工期"],
            ["每周至少", "暂不预测", "距2025年6月30日"],
        ),
        ("2024-03-01", ["距2025年6月30日", "每周至少", "落后序时"], ["专项已结束"]),
    ],
)
def test_what_it_still_had_to_do_is_pending_until_the_day_and_no_longer(
    closed: None, as_of: str, told: list[str], untold: list[str]
) -> None:
    page = shown(open_page("governance", **({"as_of": as_of} if as_of else {})))
    assert [words for words in told if words not in page] == []
    assert [words for words in untold if words in page] == []


def test_the_wall_has_no_slide_of_what_each_week_must_bring(closed: None) -> None:
    newest, march = (
        markup(open_page("briefing", campaign="专项治理", **day)) for day in ({}, {"as_of": "2024-03-01"})
    )
    assert "每周至少" not in newest and "需重点督导" not in newest and "54.8" in newest
    assert "每周至少" in march and "需重点督导" in march


def test_a_sheet_names_what_is_over(closed: None) -> None:
    asked = {"view": "督办单", "region": "榆林市"}
    assert REST in shown(open_page("alerts", **asked))
    assert REST not in shown(open_page("alerts", as_of="2024-03-01", **asked))


def test_no_other_page_says_so(closed: None) -> None:
    assert "已于" not in shown(open_page("declaration"))
    assert BANNER not in shown(open_page("governance", province="河北省"))


def test_the_tile_says_so_from_the_day_on_and_names_its_own_day(closed: None) -> None:
    newest, march = tiles()["专项治理"], tiles(as_of="2024-03-01")["专项治理"]
    assert "已结束" in newest and "地滞后" not in newest and "54.8%" in newest and "截至3月1日" in newest
    assert "已结束" not in march and "地滞后" in march and "截至" not in march


def test_alerts_are_those_of_the_day_that_is_picked(closed: None) -> None:
    newest, march = open_page("alerts"), open_page("alerts", as_of="2024-03-01")
    assert REST in shown(newest) and "没有符合条件的预警" in shown(newest)
    assert REST not in shown(march) and "榆林市" in shown(march)
    assert "0 项" in tiles()["滞后预警"] and "0 项" not in tiles(as_of="2024-03-01")["滞后预警"]


def test_the_overview_begins_with_a_campaign_that_goes_on_where_there_is_one(closed: None) -> None:
    """Of Shaanxi nothing else is reported: then with the one that is over."""
    hero = plain(markup(open_page("overview")).split("z-hero")[1])
    assert "54.8" in hero


def test_its_duties_rest_and_are_counted(closed: None) -> None:
    before, after = (
        shown(open_page("duties", province="陕西省", on=on)) for on in ("2024-06-29", "2024-06-30")
    )
    assert "结束时没有完成的列为“已结束”，补报的仍可登记：专项治理（自2024年6月30日起）48项次" in after
    assert "专项治理（自" not in before
