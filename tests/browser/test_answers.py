"""What a file leaves open is answered with the keys alone: the question is reached, answered, and the file may go in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.books import Rows, uscc, xlsx
from tests.browser.driving import card, drop, go, picked, settle

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
ONE = ("西安市", 2400, 1400)
DATED = ("陕西省专项治理进展（截至2024年5月31日）",)
# The key Tab, pressed so often, has been everywhere.
MOST_STEPS = 90

# file, what is in it, the question, the answer
QUESTIONS: list[tuple[str, Rows, str, str]] = [
    ("没写日期.xlsx", [("陕西省专项治理进展",), HEAD, ONE], "数据截至日期", "2024-05-31"),
    ("新区.xlsx", [DATED, HEAD, ONE, ("西咸新区", 300, 200)], "“西咸新区”", "咸阳市"),
    ("新表头.xlsx", [DATED, (*HEAD[:2], "弄完的"), ONE], "哪一列是“完成治理企业数”", "弄完的"),
    (
        "执法.xlsx",
        [
            ("西安市专项执法台账（截至2024年5月31日）",),
            ("企业名称", "统一社会信用代码", "违法行为", "立案日期", "是否查处到位", "整改完成日期"),
            ("甲公司", uscc(1), "私设暗管", "2024-03-05", "是", "2024-04-01"),
        ],
        "“违法行为”中的“私设暗管”",
        "其他",
    ),
    (
        "名单.xlsx",
        [
            ("专项治理企业台账（截至2024年5月31日）",),
            ("企业名称", "统一社会信用代码", "是否完成治理", "行政确认日期"),
            ("甲公司", uscc(1), "否", None),
        ],
        "哪个地区的名单",
        "西安市",
    ),
]


def tab_to(page: Page, target: Locator) -> None:
    """As somebody without a mouse gets there."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            return
    raise AssertionError("the key does not lead there")


def leave(page: Page) -> None:
    """A day counts when its field is left: behind its parts stand the buttons that clear it and open the calendar."""
    for _ in range(4):
        page.keyboard.press("Tab")


@pytest.mark.parametrize(("name", "rows", "question", "answer"), QUESTIONS)
def test_a_question_is_answered_with_the_keys_alone(
    page: Page, name: str, rows: Rows, question: str, answer: str
) -> None:
    go(page, "/upload?province=陕西省")
    drop(page, name, xlsx(rows))
    expect(card(page, name)).to_contain_text("需要改正")
    settle(page)
    confirm = page.get_by_role("button", name="确认入库")
    expect(confirm).to_have_count(0)
    where = page.get_by_label(question) if question == "数据截至日期" else picked(page, question)
    tab_to(page, where.first)
    page.keyboard.type(answer)
    if answer[0].isdigit():
        leave(page)
    else:
        page.keyboard.press("Enter")
    expect(confirm).to_be_visible()
    settle(page)
    tab_to(page, confirm)
