"""What is chosen on the map or in a picker holds for the whole page, stands in the URL and outlives the page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.driving import (
    address,
    click_on_map,
    go,
    go_by_sidebar,
    hero,
    league_row,
    map_labels,
    pick,
    picked,
    settle,
)

# What the address says of a page on which nobody has chosen anything.
UNCHOSEN = {"province": "陕西省", "as_of": "2024-03-01"}


def chosen(page: Page) -> dict[str, str]:
    """The choices that the URL holds."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address(page)).query).items()}


def test_a_click_on_the_map_chooses_the_region_and_a_second_click_returns(page: Page) -> None:
    region, name, rate = "榆林", "榆林市", "18.1"
    go(page, "/")
    click_on_map(page, region)
    expect(hero(page)).to_contain_text(f"{region}完成率")
    expect(hero(page)).to_contain_text(f"{rate}%")
    expect(picked(page, "地区")).to_have_value(name)
    expect(league_row(page, region)).to_have_class("z-chosen")
    expect(page.locator(".st-key-card_history")).to_contain_text(f"{name}：历次报送")
    assert chosen(page) == UNCHOSEN | {"region": name}
    settle(page)
    click_on_map(page, region)
    expect(hero(page)).to_contain_text("全省完成率")
    expect(picked(page, "地区")).to_have_value("全省")
    expect(page.locator(".z-chosen")).to_have_count(0)
    assert chosen(page) == UNCHOSEN


def test_one_region_after_another_can_be_clicked(page: Page) -> None:
    go(page, "/")
    for region in ("汉中", "杨凌"):
        click_on_map(page, region)
        expect(hero(page)).to_contain_text(f"{region}完成率")
        settle(page)


def test_pickers_survive_reload_and_page_changes(page: Page) -> None:
    go(page, "/")
    pick(page, "省份", "河北省")
    expect(page.locator(".z-head")).to_contain_text("河北省 · 帮扶任务完成率")
    pick(page, "地区", "雄安新区")
    expect(hero(page)).to_contain_text("雄安")
    settle(page)
    assert chosen(page).items() >= {"province": "河北省", "region": "雄安新区"}.items()

    page.reload()
    settle(page)
    expect(hero(page)).to_contain_text("雄安")
    assert chosen(page).items() >= {"province": "河北省", "region": "雄安新区"}.items()

    for title in ("专项治理", "数据上报", "总览"):
        go_by_sidebar(page, title)
        expect(picked(page, "省份")).to_have_value("河北省")
        assert chosen(page)["province"] == "河北省"
    expect(hero(page)).to_contain_text("雄安")
    assert chosen(page).items() >= {"province": "河北省", "region": "雄安新区"}.items()


def test_back_leads_to_where_one_came_from(page: Page) -> None:
    go(page, "/")
    click_on_map(page, "榆林")
    expect(hero(page)).to_contain_text("榆林完成率")
    settle(page)
    page.go_back()
    expect(hero(page)).to_contain_text("全省完成率")
    page.go_forward()
    expect(hero(page)).to_contain_text("榆林完成率")


def test_back_does_not_stop_at_an_address_that_filled_itself_in(page: Page) -> None:
    go(page, "/")
    go_by_sidebar(page, "专项治理")
    settle(page)
    expect(picked(page, "省份")).to_have_value("陕西省")
    assert chosen(page) == UNCHOSEN | {"measure": "governance_completion"}
    page.go_back()
    expect(page.locator(".z-head")).to_contain_text("职业病防治工作总览")
    settle(page)
    assert "governance" not in urlsplit(address(page)).path


def test_a_link_opens_what_it_names(page: Page) -> None:
    go(page, "/governance?province=陕西省&region=杨凌示范区&as_of=2024-03-01")
    expect(hero(page)).to_contain_text("8.3%")
    expect(picked(page, "数据截至")).to_have_value("2024-03-01")


def test_a_link_to_what_does_not_exist_opens_the_first_choice(page: Page) -> None:
    go(page, "/?province=火星省&region=火星市&as_of=2999-01-01")
    expect(hero(page)).to_contain_text("54.8%")
    assert chosen(page) == UNCHOSEN


def test_hebei_hatches_its_fourteen_regions(page: Page) -> None:
    go(page, "/?province=河北省")
    labels = map_labels(page)
    expect(labels).to_have_count(14)
    expect(page.locator(".z-bullet.z-missing")).to_have_count(15)
    expect(hero(page)).to_contain_text("尚未收到数据")
