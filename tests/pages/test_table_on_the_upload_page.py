"""查看表格 on the upload page: the rows with something wrong, all of them, what was understood, what would be saved."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.books import several
from tests.pages.screen import shown
from tests.pages.test_upload_page import upload

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
FAULTY = [TITLE, HEAD, ("西安市", 2400, 1500), ("宝鸡市", "很多", 3), ("咸阳", "1,200", "12家")]
FINE = [TITLE, HEAD, ("西安市", "１０", 5), ("咸阳", "1,200家", 12)]


def pick(page: AppTest, view: str) -> AppTest:
    (views,) = (group for group in page.get("button_group") if group.label == "显示")
    return views.set_value(view).run()


def cells(page: AppTest) -> list[str]:
    assert not page.exception
    frame = page.dataframe[-1]
    return [str(cell) for row in frame.value.reset_index().to_numpy().tolist() for cell in row]


def test_first_the_rows_with_something_wrong_then_all_of_them(data: Path) -> None:
    page = upload(("表.xlsx", several(("4月", FAULTY))))
    assert "很多" in cells(page) and "西安市" not in cells(page)
    assert "西安市" in cells(pick(page, "全部行"))


def test_what_was_written_stands_beside_what_is_taken_over(data: Path) -> None:
    page = pick(upload(("表.xlsx", several(("4月", FINE)))), "原值与采用值")
    told = cells(page)
    assert {"１０", "10", "1,200家", "1200", "咸阳", "咸阳市"} <= set(told)
    assert "共 3 个单元格的写法经过换算或补全" in shown(page)


def test_what_would_be_saved_stands_in_the_ledgers_words(data: Path) -> None:
    page = pick(upload(("表.xlsx", several(("4月", FINE)))), "入库后的数据")
    assert {"西安市", "咸阳市", "1200", "12"} <= set(cells(page))


def test_of_several_sheets_the_one_with_something_wrong_is_shown_first(data: Path) -> None:
    good = [TITLE, HEAD, ("西安市", 10, 5)]
    other = [("陕西省职业病危害专项治理进展情况表（截至2024年5月31日）",), HEAD, ("宝鸡市", "很多", 3)]
    page = upload(("表.xlsx", several(("4月", good), ("5月", other))))
    assert "很多" in cells(page)
