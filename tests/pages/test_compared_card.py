"""与另一批次比较: two uploads row by row, bound to the address, and taken away as a file."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, shown
from tests.spec import lists
from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN, NotPermitted, Viewer
from zyb.changes import RowsCompared, compared, of_snapshots
from zyb.exports.inquiries.row_changes import row_changes_taken
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.ui.frame.loading import the_store

LEDGER = "assistance"
PLACE = {"region_code": "610100", "county_code": "610113"}


def listed(number: int, trained: int, day: str) -> int:
    rows = [{**PLACE, "name": f"第{n}厂", "training": "是" if n < trained else "否"} for n in range(number)]
    return lists.saved(Province(the_store(), "陕西省"), LEDGER, rows, day)


def opened(snapshot: int, **query: str) -> AppTest:
    page = open_page("pages/intake/snapshots.py", province="陕西省", snapshot=str(snapshot), **query)
    assert not page.exception
    return page


def compared_rows(page: AppTest) -> list[dict[str, object]]:
    (found,) = (frame.value for frame in page.dataframe if "修改内容" in frame.value.columns)
    return found.to_dict("records")


def test_nothing_is_compared_until_somebody_asks(data: Path) -> None:
    first, second = listed(3, 1, "2025-03-31"), listed(4, 2, "2025-04-30")
    page = opened(second)
    assert "与另一批次比较" in shown(page) and "选择同一台账的另一批次" in shown(page)
    page.selectbox(key=f"with_{second}").select(str(first)).run()
    assert page.query_params["with"] == str(first)
    assert "新增1行，减少0行，修改1行，无法对应0行，相同2行" in shown(page)


def test_the_address_says_what_is_compared(data: Path) -> None:
    first, second = listed(3, 1, "2025-03-31"), listed(4, 2, "2025-04-30")
    rows = compared_rows(opened(second, **{"with": str(first)}))
    assert [(row["变化"], row["用人单位名称"]) for row in rows] == [("新增", "第3厂"), ("修改", "第1厂")]
    assert rows[1]["修改内容"] == "是否举办一次职业健康培训：否→是"
    assert rows[1]["现位置"] == "Sheet1 第3行"
    # From the older one's side it is the same comparison.
    assert compared_rows(opened(first, **{"with": str(second)})) == rows
    assert [row["变化"] for row in compared_rows(opened(second, kind="changed", **{"with": str(first)}))] == [
        "修改"
    ]


def test_a_hundred_rows_are_a_page(data: Path) -> None:
    first, second = listed(250, 0, "2025-03-31"), listed(250, 230, "2025-04-30")
    query = {"with": str(first), "compared_page": "3"}
    page = opened(second, **query)
    assert len(compared_rows(page)) == 30
    assert "第 201–230 行，共 230 行" in shown(page)
    assert len(compared_rows(opened(second, **{"with": str(first), "compared_page": "99"}))) == 30


def two() -> RowsCompared:
    store = the_store()
    numbers = listed(3, 1, "2025-03-31"), listed(4, 2, "2025-04-30")
    one, other = (store.snapshot(number) for number in numbers)
    return compared(store, of_snapshots(store, "陕西省", one, other, by=LOCAL_ADMIN))


@pytest.mark.parametrize("form", TAKEN_FORMS)
def test_what_is_taken_equals_the_screen_in_every_form(data: Path, form: str) -> None:
    taken, stream = row_changes_taken(the_store(), two(), to=LOCAL_ADMIN), io.BytesIO()
    TAKEN_FORMS[form].write(taken, stream, lambda done, total: None)
    assert stream.getvalue() and taken.total == 2
    assert "帮扶" in TAKEN_FORMS[form].file_name(taken.name)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(stream).worksheets[0]
        cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
        assert [row[0] for row in cells if row[0] in ("新增", "修改")] == ["新增", "修改"]
        assert any("是否举办一次职业健康培训：否→是" in row for row in cells)


def test_a_file_is_for_who_may_have_data(data: Path) -> None:
    with pytest.raises(NotPermitted):
        row_changes_taken(the_store(), two(), to=Viewer("x", "某", "nobody"))


# -- two days beside each other -----------------------------------------------------------------


def of_two_days(**query: str) -> AppTest:
    asked = {"table": LEDGER, "as_of": "2025-04-30", "beside": "2025-03-31", **query}
    page = open_page("pages/reports/explore.py", province="陕西省", **asked)
    assert not page.exception
    return page


def test_two_days_of_a_list_are_compared_row_by_row_when_somebody_asks(data: Path) -> None:
    listed(3, 1, "2025-03-31")
    listed(4, 2, "2025-04-30")
    page = of_two_days()
    assert "两日逐行比较" in shown(page) and "相同2行" not in shown(page)
    page.toggle(key="differences").set_value(True).run()
    assert page.query_params["differences"] == "rows"
    assert "2025年3月31日 → 2025年4月30日：新增1行，减少0行，修改1行，无法对应0行，相同2行" in shown(page)
    assert "两天采用同一批次的地区没有变化" in shown(page), "their rows are not among those that are the same"
    assert [(row["变化"], row["用人单位名称"]) for row in compared_rows(page)] == [
        ("新增", "第3厂"),
        ("修改", "第1厂"),
    ]
    # Whichever of the two was chosen first; and of regions that are asked for alone.
    turned = of_two_days(as_of="2025-03-31", beside="2025-04-30", differences="rows", kind="changed")
    assert [row["修改内容"] for row in compared_rows(turned)] == ["是否举办一次职业健康培训：否→是"]
    assert "没有不同的行" in shown(of_two_days(region="宝鸡市", differences="rows"))


def test_one_day_alone_and_measures_have_no_rows_to_compare(data: Path) -> None:
    listed(3, 1, "2025-03-31")
    listed(4, 2, "2025-04-30")
    assert "两日逐行比较" not in shown(of_two_days(beside=""))
    assert "两日逐行比较" not in shown(of_two_days(table="standings"))
