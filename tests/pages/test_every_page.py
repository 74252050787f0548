"""Every page in every role, with and without figures, and in Chinese."""

from __future__ import annotations

import pytest

from tests.pages.screen import open_main, open_page, open_script, shown, texts
from tests.pages.wording import english_words
from zyb.access import LOCAL_ADMIN, NOBODY, ROLES, OwnRegion, Viewer, refusal
from zyb.ui.frame.navigation import PageEntry, pages

XIAN = OwnRegion("610100", "西安市")
VIEWERS = [Viewer("wang", "王某", role, XIAN if role == "official" else None) for role in ROLES]
OFFICIAL_OF_NOWHERE = Viewer("zhao", "赵某", "official")

# A page whose script is not there is not in the navigation either.
THERE = [entry for entry in pages() if entry.switched_on and entry.script.is_file()]
# Where a region's own figures stand in the headline.
PAGES_OF_REGIONS = ("overview", "governance")
PROGRESS = [entry for entry in THERE if entry.path.startswith("pages/progress/")]

every_page = pytest.mark.parametrize("entry", THERE, ids=lambda entry: entry.url_path)
every_progress_page = pytest.mark.parametrize("entry", PROGRESS, ids=lambda entry: entry.url_path)


def test_the_first_page_and_its_companions_are_there() -> None:
    assert {entry.url_path for entry in THERE} >= {"overview", "governance", "upload", "snapshots"}


@every_page
@pytest.mark.parametrize(
    "viewer", [*VIEWERS, OFFICIAL_OF_NOWHERE], ids=lambda viewer: f"{viewer.role}-{bool(viewer.region)}"
)
def test_a_page_shows_itself_or_only_the_reason_of_the_refusal(
    published: object, entry: PageEntry, viewer: Viewer
) -> None:
    reason = refusal(viewer, entry.permission)
    if reason is None:
        page = open_page(entry.url_path, viewer)
        assert not page.exception and not page.error
        assert entry.title in shown(page) or "<h1>" in page.get("html")[0].value
    else:
        page = open_script(entry.path, viewer)
        assert texts(page) == [reason]
        with pytest.raises(ValueError, match="navigation page"):
            open_page(entry.url_path, viewer)


@every_page
def test_without_identity_there_is_only_the_refusal(published: object, entry: PageEntry) -> None:
    assert texts(open_script(entry.path, None)) == [NOBODY]


def test_nobody_gets_neither_navigation_nor_a_page(published: object) -> None:
    assert texts(open_main(None)) == [NOBODY]


def test_a_role_that_is_not_in_the_table_gets_one_sentence(published: object) -> None:
    page = open_main(Viewer("qian", "钱某", "guest"))
    assert texts(page) == ["您的账号还没有可以使用的页面。请联系管理员分配权限。"]


@every_page
@pytest.mark.parametrize("province", ["陕西省", "河北省", "山东省"])
def test_everything_a_page_says_is_chinese(published: object, entry: PageEntry, province: str) -> None:
    page = open_page(entry.url_path, LOCAL_ADMIN, province=province)
    assert not page.exception
    assert len(texts(page)) > 3
    assert english_words(texts(page)) == []


def test_the_scan_for_english_finds_a_word_of_any_language_but_ours() -> None:
    assert english_words(["完成率 Value 54.8%"]) == ["Value: 完成率 Value 54.8%"]
    assert english_words(["审图号 GS(2024)0650号，C7 处，校验码 3f9a0c77d1e2b4aa，请另存为 .xlsx"]) == []


def test_a_campaign_is_opened_at_the_first_of_its_measures_that_anybody_has_reported(
    reported: object,
) -> None:
    """In the demo's March Shaanxi has no task of 帮扶 yet, but the four rates."""
    page = open_page("assistance", province="陕西省")
    assert "帮扶企业职业病危害项目申报率" in shown(page) and "还没有上报数据" not in shown(page)


# -- nothing reported ---------------------------------------------------------------------


@every_progress_page
def test_an_empty_database_says_what_to_do(silence: object, entry: PageEntry) -> None:
    page = open_page(entry.url_path)
    assert not page.exception and not page.error
    assert "陕西省还没有上报数据" in shown(page)
    assert "去上报数据" in shown(page)
    assert not page.get("plotly_chart")


@every_page
def test_no_page_fails_on_an_empty_database(silence: object, entry: PageEntry) -> None:
    page = open_page(entry.url_path, LOCAL_ADMIN, province="陕西省")
    assert not page.exception and not page.error
    assert english_words(texts(page)) == []


def test_the_register_of_an_empty_database_says_that_there_is_nothing(silence: object) -> None:
    assert "还没有批次" in shown(open_page("pages/intake/snapshots.py"))


@every_progress_page
def test_a_province_of_which_nothing_is_known_says_so(published: object, entry: PageEntry) -> None:
    page = open_page(entry.url_path, LOCAL_ADMIN, province="山东省")
    assert not page.exception
    assert "山东省还没有上报数据" in shown(page)


# -- what the URL asks for ------------------------------------------------------------------


@every_page
@pytest.mark.parametrize(
    "query",
    [
        {"province": "火星省"},
        {"region": "石家庄市"},
        {"as_of": "2099-01-01"},
        {"as_of": "昨天"},
        {"province": "<img src=x onerror=alert(1)>", "region": "[a](javascript:x)"},
    ],
    ids=lambda query: "-".join(query.values())[:12],
)
def test_what_a_url_asks_for_in_vain_falls_back_to_the_first_choice(
    published: object, entry: PageEntry, query: dict[str, str]
) -> None:
    page = open_page(entry.url_path, LOCAL_ADMIN, **query)
    assert not page.exception and not page.error
    assert [box.value for box in page.selectbox if box.label == "省份"] in ([], ["陕西省"])


@every_progress_page
def test_the_url_chooses_province_region_and_day(published: object, entry: PageEntry) -> None:
    page = open_page(entry.url_path, LOCAL_ADMIN, province="陕西省", region="榆林市", as_of="2024-03-01")
    picked = [box.value for box in page.selectbox]
    assert picked[0] == "陕西省"
    if entry.url_path in PAGES_OF_REGIONS:
        assert picked[:3] == ["陕西省", "榆林市", "2024-03-01"]
        assert "榆林完成率" in shown(page)
