"""All rows of a list as a workbook: whose rows they are, where they come from, and that data stay data."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.spec.conftest import Province
from tests.spec.lists import listed, saved
from zyb.access import LOCAL_ADMIN
from zyb.errors import NotPossible
from zyb.exports.books import pouring
from zyb.exports.books.detail import detail_name, write_detail
from zyb.reading import read_workbook
from zyb.rulebook.ledgers import ledgers
from zyb.store import Store

ENTERPRISES = "governance_enterprises"
XIAN, BAOJI = "610100", "610300"
EVIL = "=cmd|'/c calc'!A1"
FIRST = 4


@pytest.fixture
def shaanxi(store: Store) -> Province:
    return Province(store, "陕西省")


def company(name: str, region: str = XIAN, **more: Any) -> dict[str, Any]:
    return {"region_code": region, "county_code": "", "name": name, **more}


def written(
    province: Province, ledger: str = ENTERPRISES, region: str = "", on: str = "2024-12-31", **more: Any
) -> bytes:
    edition = province.store.edition("610000", date.fromisoformat(on))
    return write_detail(province.store, edition, ledgers()[ledger], region, to=LOCAL_ADMIN, **more)


def sheet(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def rows(content: bytes) -> list[dict[str, Any]]:
    heads, *body = sheet(content).iter_rows(min_row=FIRST - 1, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in body]


def test_a_row_says_whose_it_is_and_where_it_comes_from(shaanxi: Province) -> None:
    number = saved(shaanxi, ENTERPRISES, [company("甲厂", county_code="610102")], "2024-03-01")
    (row,) = rows(written(shaanxi))
    assert (row["序号"], row["地区"], row["县区"], row["企业名称"]) == (1, "西安市", "新城区", "甲厂")
    assert (row["批次"], row["文件"], row["工作表"], row["行"]) == (number, "名单.csv", "Sheet1", 2)


def test_only_rows_in_force_on_the_day_are_listed(shaanxi: Province) -> None:
    saved(shaanxi, ENTERPRISES, [company("旧厂")], "2024-03-01")
    withdrawn = saved(shaanxi, ENTERPRISES, [company("误报厂")], "2024-05-01")
    saved(shaanxi, ENTERPRISES, [company("新厂")], "2024-04-01")
    shaanxi.withdraws(withdrawn)
    assert [row["企业名称"] for row in rows(written(shaanxi))] == ["新厂"]
    assert [row["企业名称"] for row in rows(written(shaanxi, on="2024-03-15"))] == ["旧厂"]


def test_a_countys_own_list_replaces_its_share_of_the_regions(shaanxi: Province) -> None:
    whole = [company("区外厂", county_code="610103"), company("旧厂", county_code="610102")]
    saved(shaanxi, ENTERPRISES, whole, "2024-03-01")
    saved(shaanxi, ENTERPRISES, [company("县报厂", county_code="610102")], "2024-04-01", county_code="610102")
    assert [row["企业名称"] for row in rows(written(shaanxi))] == ["县报厂", "区外厂"]


def test_a_region_gets_its_own_rows_only(shaanxi: Province) -> None:
    saved(shaanxi, ENTERPRISES, [company("甲厂"), company("乙厂", BAOJI)], "2024-03-01")
    assert [row["企业名称"] for row in rows(written(shaanxi, region=BAOJI))] == ["乙厂"]
    assert len(rows(written(shaanxi))) == 2


def test_codes_are_text_days_are_days_and_counts_are_numbers(shaanxi: Province) -> None:
    said = {"uscc": "916101000000000011", "industry": "0610", "enrolled_on": date(2024, 2, 29), "staff": 12}
    known = {name: value for name, value in said.items() if ledgers()[ENTERPRISES].has(name)}
    saved(shaanxi, ENTERPRISES, [company("甲厂", **known)], "2024-03-01")
    (row,) = rows(written(shaanxi))
    titles = {name: ledgers()[ENTERPRISES].column(name).title for name in known}
    assert row[titles["uscc"]] == "916101000000000011"
    assert row[titles["industry"]] == "0610"
    assert row[titles["staff"]] == 12
    days = [value for value in row.values() if isinstance(value, datetime)]
    assert days == ([datetime(2024, 2, 29)] if "enrolled_on" in known else [])


@pytest.mark.parametrize("text", [EVIL, "@SUM(A1)", "+1", "-1", "http://a.cn", "<b>&甲", "  前后空格  "])
def test_whatever_a_text_begins_with_it_stays_the_same_text(shaanxi: Province, text: str) -> None:
    saved(shaanxi, ENTERPRISES, [company(text)], "2024-03-01")
    cell = sheet(written(shaanxi)).cell(FIRST, 4)
    assert (cell.value, cell.data_type, cell.hyperlink) == (
        text,
        "s" if cell.data_type == "s" else "inlineStr",
        None,
    )
    assert cell.data_type != "f"


def test_characters_that_no_workbook_can_hold_are_left_out(shaanxi: Province) -> None:
    saved(shaanxi, ENTERPRISES, [company("甲\x00厂\x1f")], "2024-03-01")
    assert rows(written(shaanxi))[0]["企业名称"] == "甲厂"


def test_personal_columns_are_left_out_and_that_is_said(shaanxi: Province) -> None:
    personal = [column for column in ledgers()["assistance"].stored if column.personal]
    more = {column.name: "张某" for column in personal}
    saved(shaanxi, "assistance", [company("甲厂", **more)], "2024-03-01")
    content = written(shaanxi, "assistance")
    assert personal and not any("张某" in str(value) for value in rows(content)[0].values())
    assert all(column.title in str(sheet(content).cell(2, 1).value) for column in personal)
    (allowed,) = rows(written(shaanxi, "assistance", personal=True))
    assert all(allowed[column.title] == "张某" for column in personal)


def test_progress_is_told_from_nothing_to_everything(
    shaanxi: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pouring, "ROWS_A_REPORT", 10)
    saved(shaanxi, ENTERPRISES, [company(f"第{n}厂") for n in range(25)], "2024-03-01")
    told: list[tuple[int, int]] = []
    written(shaanxi, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 25), (10, 25), (20, 25), (25, 25)]


def test_rows_beyond_one_sheet_go_on_the_next(shaanxi: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pouring, "ROWS_A_SHEET", 4)
    saved(shaanxi, ENTERPRISES, [company(f"第{n}厂") for n in range(42)], "2024-03-01")
    book = openpyxl.load_workbook(io.BytesIO(written(shaanxi)))
    assert book.sheetnames == [f"明细{n}" for n in range(1, 12)]
    numbers = [row[0] for page in book for row in page.iter_rows(min_row=FIRST, values_only=True)]
    assert numbers == list(range(1, 43))


def test_an_empty_list_has_headings_and_no_rows(shaanxi: Province) -> None:
    content = written(shaanxi)
    assert rows(content) == [] or all(value is None for value in rows(content)[0].values())
    assert "共0行" in str(sheet(content).cell(2, 1).value)


def test_a_summary_has_no_rows_to_list(shaanxi: Province) -> None:
    with pytest.raises(NotPossible, match="汇总表"):
        written(shaanxi, "governance_progress")


def test_head_filter_and_paper_are_ready(shaanxi: Province) -> None:
    saved(shaanxi, ENTERPRISES, [company("甲厂"), company("乙厂")], "2024-03-01")
    page = sheet(written(shaanxi, warning="演示数据，不得作为工作依据"))
    assert page.auto_filter.ref and page.auto_filter.ref.endswith(f"{FIRST + 1}")
    assert page.dimensions.endswith(f"{FIRST + 1}")
    assert (page.freeze_panes, page.print_title_rows) == ("E4", "$3:$3")
    assert "演示数据" in str(page.cell(2, 1).value)
    assert "演示数据" in str(page.oddHeader.right.text)


def test_the_file_opens_in_the_programs_own_reader(shaanxi: Province) -> None:
    listed(shaanxi, ENTERPRISES, "region | name | number\n西安 | 甲厂 | 3", "2024-03-01")
    (page,) = read_workbook(written(shaanxi), "明细.xlsx").sheets
    assert page.n_rows == 6


def test_the_same_rows_give_the_same_bytes(shaanxi: Province) -> None:
    saved(shaanxi, ENTERPRISES, [company("甲厂")], "2024-03-01")
    first = written(shaanxi)
    assert written(shaanxi) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}


def test_the_name_says_place_list_and_day(shaanxi: Province) -> None:
    edition, known = shaanxi.store.edition("610000", date(2024, 3, 1)), ledgers()
    assert (
        detail_name(edition, known[ENTERPRISES], XIAN)
        == "陕西省西安市专项治理企业台账明细（截至2024年3月1日）.xlsx"
    )
    assert "/" not in detail_name(edition, known["cdc_guidance"], warning="演示数据")
    assert detail_name(edition, known[ENTERPRISES], warning="演示数据").startswith("演示数据_")
