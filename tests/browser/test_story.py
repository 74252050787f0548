"""The main job from end to end: a spreadsheet goes in, the briefing screen changes, and changes back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import (
    card,
    choose_line,
    click_on_report,
    drop,
    go,
    go_by_sidebar,
    hero,
    league_row,
    map_label,
    map_labels,
    picked,
    settle,
)
from tests.pages.test_upload_page import april, book


def spoilt() -> bytes:
    """April's table with one region wrong, one 完成 > 纳入 and one total wrong."""
    rows = [list(row) for row in april()]
    lines = {row[0]: number for number, row in enumerate(rows)}
    rows[lines["宝鸡"]][0] = "宝鸡县"
    rows[lines["延安"]][2] = 132
    rows[lines["合  计"]][2] = 2600
    return book(rows)


def see(page: Page, province: str, yulin: str) -> None:
    """Headline, map and table agree on the province's and on one region's rate."""
    expect(hero(page)).to_contain_text(f"{province}%")
    expect(league_row(page, "全省")).to_contain_text(f"{province}%")
    expect(league_row(page, "榆林")).to_contain_text(f"{yulin}%")
    expect(map_label(page, "榆林")).to_contain_text(yulin)


def test_from_the_notice_to_the_briefing_screen_and_back(page: Page) -> None:
    go(page, "/")
    see(page, "54.8", "18.1")
    before = screen(page)

    go_by_sidebar(page, "数据上报")
    drop(page, "四月.xlsx", spoilt())
    bad = card(page, "四月.xlsx")
    expect(bad).to_contain_text("3 处需要改正")
    expect(bad.locator(".z-problem.z-lagging")).to_have_count(3)
    for cell in ("A7", "C11", "C5"):
        expect(bad.locator(".z-cell", has_text=cell)).to_be_visible()
    expect(page.get_by_role("button", name="确认入库")).to_have_count(0)

    page.get_by_role("button", name="移除 四月.xlsx").click()
    expect(bad).to_have_count(0)
    drop(page, "四月（改）.xlsx", book(april()))
    good = card(page, "四月（改）.xlsx")
    expect(good.locator(".z-change")).to_contain_text("确认后全省专项治理完成率")
    expect(good.locator(".z-change")).to_contain_text("54.8%　→　55.4%")
    page.get_by_role("button", name="确认入库").click()
    expect(good.locator(".z-receipt")).to_contain_text("已入库：批次")

    page.get_by_role("link", name="查看总览").click()
    see(page, "55.4", "23.8")
    expect(picked(page, "数据截至")).to_have_value("2024-04-01")
    expect(hero(page)).to_contain_text("低于序时进度")

    settle(page)
    click_on_report(page, 1)
    expect(picked(page, "数据截至")).to_have_value("2024-03-01")
    see(page, "54.8", "18.1")

    go_by_sidebar(page, "历史批次")
    choose_line(page, "register", 1)
    expect(page.locator(".st-key-card_snapshot")).to_contain_text("四月（改）.xlsx")
    page.get_by_role("button", name="撤回此批次").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="确认撤回").click()
    expect(dialog).to_contain_text("撤回批次需要填写原因")
    dialog.get_by_label("撤回原因").fill("演示后撤回")
    dialog.get_by_label("撤回原因").press("Enter")
    dialog.get_by_role("button", name="确认撤回").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".z-head")).to_contain_text("其中已撤回 1 个")

    go_by_sidebar(page, "总览")
    see(page, "54.8", "18.1")
    settle(page)
    assert screen(page) == before


def screen(page: Page) -> list[str]:
    """The words of headline, map and table."""
    parts = [page.locator(".z-head"), page.locator(".z-kpis"), page.locator(".st-key-card_league")]
    labels = map_labels(page).all_text_contents()
    return [*(part.inner_text() for part in parts), *sorted(labels)]
