"""通报与文件 in a real browser: a Word file comes down, a report is signed, and paper gets nothing but the paper."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.browser.driving import go, settle

BULLETIN = "/bulletin?province=陕西省"


def open_bulletin(page: Page) -> None:
    go(page, BULLETIN)
    expect(page.locator(".st-key-card_preview .z-paper")).to_be_visible()
    settle(page)


def test_the_word_file_says_what_the_preview_says(page: Page, tmp_path: Path) -> None:
    open_bulletin(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=re.compile("Word 通报")).click()
    assert re.fullmatch(
        r"陕西省职业病危害专项治理进展通报（截至2024年\d+月\d+日）\.docx", started.value.suggested_filename
    )
    started.value.save_as(tmp_path / "通报.docx")
    written = [paragraph.text for paragraph in docx.Document(str(tmp_path / "通报.docx")).paragraphs]
    shown = page.locator(".st-key-card_preview .z-paper .z-p").all_inner_texts()
    told = [text for text in shown if "家" in text]
    assert len(told) > 3 and set(told) <= set(written)


def test_signing_is_told_at_the_top_and_listed_below(page: Page) -> None:
    open_bulletin(page)
    page.get_by_role("button", name=re.compile("签发本期")).click()
    page.get_by_role("button", name="确认签发").click()
    settle(page)
    told = page.get_by_test_id("stAlert").filter(has_text=re.compile("已签发为20..年第1期"))
    expect(told).to_be_in_viewport()
    expect(page.get_by_role("button", name="确认签发")).to_have_count(0)
    expect(page.locator(".st-key-card_issued")).to_contain_text("1 期")


def test_the_form_to_sign_lies_above_everything(page: Page) -> None:
    open_bulletin(page)
    page.get_by_role("button", name=re.compile("签发本期")).click()
    confirm = page.get_by_role("button", name="确认签发")
    expect(confirm).to_be_in_viewport(ratio=1)
    box = confirm.bounding_box()
    assert box
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert confirm.evaluate("(it, [x, y]) => it.contains(document.elementFromPoint(x, y))", middle)


def test_on_a4_there_is_only_the_paper(page: Page) -> None:
    open_bulletin(page)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert {(round(float(wide)), round(float(high))) for wide, high in sheets} == {(595, 842)}
    page.emulate_media(media="print")
    expect(page.locator(".st-key-card_preview .z-paper")).to_be_visible()
    for gone in (".z-head", ".st-key-card_files", ".st-key-card_issued", ".st-key-preview_tools"):
        expect(page.locator(gone)).to_be_hidden()


def test_every_control_is_reached_by_key_in_the_order_of_reading(page: Page) -> None:
    open_bulletin(page)
    reached = []
    page.locator(".st-key-pickers_report button").first.focus()
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText"))
    wanted = [
        "专项",
        "Word 通报",
        "PPT 汇报",
        "Excel 统计表",
        "文字稿",
        "打包下载",
        "签发本期",
        "发文机关",
        "文号",
    ]
    places = [next(n for n, said in enumerate(reached) if name in said) for name in wanted]
    assert places == sorted(places)
