"""What is downloaded equals the screen: read again from each form, and held against the filter's own number and sums."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.access import LOCAL_ADMIN
from zyb.answers.inquiring import InquiryPage, answered, question
from zyb.answers.side_by_side import SideBySide, side_by_side
from zyb.exports.books import pouring
from zyb.exports.inquiries.rows import rows_taken
from zyb.exports.inquiries.standings import standings_taken
from zyb.exports.inquiries.table import TakenTable
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.inquiries.cells import cell_text
from zyb.inquiries.fields import BLANK
from zyb.inquiries.model import ColumnTest, Inquiry, StandingsInquiry
from zyb.settings import DEMO_WARNING
from zyb.store import Store

LEDGER, MAY, JUNE = "governance_enterprises", date(2024, 5, 31), date(2024, 6, 30)
XIAN, YULIN = "610100", "610800"
# 㐂 and 𠮷 stand in GB18030 and in no older Chinese encoding.
RARE, EVIL = "西安𠮷㐂机械", "=cmd|'/c calc'!A1"
FIRST = 4
COLUMNS = ("name", "staff", "region", "enrolled_on", "completed", "hazards")
ASKED = Inquiry(
    ledger_id=LEDGER, province="陕西省", days=(JUNE,), columns=COLUMNS, sort="staff", descending=True
)


def company(name: str, region: str = XIAN, **more: Any) -> dict[str, Any]:
    return {"region_code": region, "county_code": "", "name": name, **more}


ROWS = [
    company(RARE, staff=10, completed="否", enrolled_on=date(2024, 1, 9), hazards="噪声、粉尘"),
    company(EVIL, staff=None, completed="否"),
    company("榆林煤业", YULIN, staff=700, completed="否", hazards='一"二,三\n四'),
    company("@甲", YULIN, staff=5, completed="是"),
    company("-3", XIAN, staff=2, completed=None),
]


@pytest.fixture
def shaanxi(store: Store) -> Province:
    province = Province(store, "陕西省")
    saved(province, LEDGER, ROWS, str(MAY))
    return province


def taken(province: Province, asked: Inquiry, warning: str = "") -> tuple[InquiryPage, TakenTable]:
    page = answered(province.store, question(province.store, asked, by=LOCAL_ADMIN))
    return page, rows_taken(province.store, page.question, page.sums, to=LOCAL_ADMIN, warning=warning)


def written(table: TakenTable, form: str) -> bytes:
    stream = io.BytesIO()
    TAKEN_FORMS[form].write(table, stream, lambda done, total: None)
    return stream.getvalue()


def sheet(table: TakenTable, name: str = "查询结果") -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(written(table, "xlsx")))[name]
    assert isinstance(found, Worksheet)
    return found


def of_workbook(table: TakenTable) -> list[tuple[Any, ...]]:
    cells = sheet(table).iter_rows(min_row=FIRST, values_only=True)
    return [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in cells]


def of_csv(table: TakenTable, form: str) -> list[list[str]]:
    text = written(table, form).decode("utf-8-sig" if form == "csv" else "gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def of_parquet(table: TakenTable, folder: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    file = folder / "查询.parquet"
    file.write_bytes(written(table, "parquet"))
    found = duckdb.connect().execute("select * from read_parquet(?)", [str(file)])
    return [column[0] for column in found.description or ()], found.fetchall()


# -- rows -------------------------------------------------------------------------------------


def test_each_form_holds_the_rows_of_the_screen_in_their_order(shaanxi: Province, tmp_path: Path) -> None:
    page, table = taken(shaanxi, ASKED.testing(ColumnTest("completed", ("否", BLANK))))
    shown = [line.cells for line in page.lines]
    assert [row[0] for row in shown] == ["榆林煤业", RARE, "-3", EVIL]
    assert of_workbook(table)[:-1] == shown
    titles = [field.title for field in page.question.asked.shown]
    for form in ("csv", "gb18030"):
        heads, *rows = of_csv(table, form)
        assert heads == titles
        kinds = [field.kind for field in page.question.asked.shown]
        plain = [[cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in shown]
        assert [[cell.removeprefix("'") for cell in row] for row in rows] == plain
    assert of_parquet(table, tmp_path) == (titles, shown)


def test_the_sums_stand_in_the_last_line_and_equal_the_filters_own(shaanxi: Province) -> None:
    page, table = taken(shaanxi, ASKED.testing(ColumnTest("completed", ("否",))))
    assert (page.rows, page.sums[0].sums) == (3, {"staff": 710})
    assert of_workbook(table)[-1] == ("合计（3行）", 710, None, None, None, None)
    made = sheet(table)
    assert made.cell(made.max_row, 2).font.b and not made.cell(made.max_row - 1, 2).font.b
    assert made.auto_filter.ref == f"A3:F{made.max_row - 1}"


def test_two_days_stand_beside_each_other_with_a_sum_each(shaanxi: Province) -> None:
    saved(shaanxi, LEDGER, [company("新来", staff=1, completed="否")], str(JUNE))
    page, table = taken(
        shaanxi, Inquiry(ledger_id=LEDGER, province="陕西省", days=(JUNE, MAY), regions=(XIAN,))
    )
    assert [(one.day, one.rows, one.sums["staff"]) for one in page.sums] == [(JUNE, 1, 1), (MAY, 3, 12)]
    rows = of_workbook(table)
    assert [row[0] for row in rows[:-2]] == [JUNE, MAY, MAY, MAY]
    assert [row[0] for row in rows[-2:]] == ["2024-06-30 合计（1行）", "2024-05-31 合计（3行）"]


def test_where_nothing_was_found_there_are_headings_and_a_sum_of_nothing(
    shaanxi: Province, tmp_path: Path
) -> None:
    page, table = taken(shaanxi, ASKED.testing(ColumnTest("staff", (), (), 10_000)))
    assert page.rows == 0
    assert of_workbook(table) == [("合计（0行）", 0, None, None, None, None)]
    assert len(of_csv(table, "csv")) == 1 and of_parquet(table, tmp_path)[1] == []


def test_no_cell_begins_a_formula(shaanxi: Province) -> None:
    _, table = taken(shaanxi, ASKED)
    cells = [cell for row in sheet(table).iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert EVIL in [cell.value for cell in cells]
    first = [row[0] for row in of_csv(table, "csv")]
    assert f"'{EVIL}" in first and "'@甲" in first and "-3" in first


def test_gb18030_holds_what_only_it_can_write(shaanxi: Province) -> None:
    _, table = taken(shaanxi, ASKED)
    content = written(table, "gb18030")
    assert RARE.encode("gb18030") in content
    with pytest.raises(UnicodeEncodeError):
        RARE.encode("gbk")
    assert written(table, "csv").startswith("\ufeff".encode())


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(NAMES, st.none() | st.integers(0, 10**6)), min_size=1, max_size=8))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_cell_stays_in_its_cell(
    tmp_path: Path, rows: list[tuple[str, int | None]]
) -> None:
    table = TakenTable(
        name="甲", on=JUNE, title="甲", aside="", warning="", total=len(rows), portions=lambda: iter([rows]), sums=(), notes=(),
        columns=(pouring.PouredColumn("名称", "text", 9), pouring.PouredColumn("人数", "count", 9)), kept=1,
    )  # fmt: skip
    numbers = [staff for _, staff in rows]
    assert [row[1] for row in of_workbook(table)] == numbers
    for form in ("csv", "gb18030"):
        assert [row[1] for row in of_csv(table, form)[1:]] == ["" if n is None else str(n) for n in numbers]
    assert [row[1] for row in of_parquet(table, tmp_path)[1]] == numbers


# -- what is said beside ------------------------------------------------------------------------


def test_the_file_tells_filters_day_order_definition_and_snapshots(shaanxi: Province) -> None:
    _, table = taken(shaanxi, ASKED.testing(ColumnTest("completed", ("否",))))
    told = {str(row[0]): str(row[1]) for row in sheet(table, "说明").iter_rows(min_row=2, values_only=True)}
    assert told["数据截至"] == "2024年6月30日"
    assert told["筛选条件"] == "是否完成治理：否"
    assert told["排序"] == "按“职工人数”从大到小，空白在后"
    assert told["合计"] == "2024年6月30日：3行，职工人数710"
    assert "没有撤回的批次" in told["口径"] and "名单.csv，数据截至2024年5月31日" in told["批次1"]
    assert "注意" not in told


def test_snapshots_of_other_regions_are_not_named(shaanxi: Province) -> None:
    other = saved(shaanxi, LEDGER, [company("榆林二厂", YULIN)], str(JUNE))
    _, table = taken(shaanxi, Inquiry(ledger_id=LEDGER, province="陕西省", days=(JUNE,), regions=(XIAN,)))
    assert [name for name, _ in table.notes if name.startswith("批次")] == ["批次1"]
    assert other == 2


@pytest.mark.parametrize("form", TAKEN_FORMS)
def test_invented_data_are_marked_in_every_form_and_in_its_name(
    shaanxi: Province, form: str, tmp_path: Path
) -> None:
    _, table = taken(shaanxi, ASKED, DEMO_WARNING)
    assert TAKEN_FORMS[form].file_name(table.name).startswith("演示数据_陕西省专项治理企业台账")
    if form == "xlsx":
        assert DEMO_WARNING in str(sheet(table)["A2"].value)
        assert sheet(table, "说明")["B2"].value == DEMO_WARNING
    elif form == "parquet":
        titles, rows = of_parquet(table, tmp_path)
        assert titles[-1] == "说明" and {row[-1] for row in rows} == {DEMO_WARNING}
    else:
        assert {row[-1] for row in of_csv(table, form)} == {"说明", DEMO_WARNING}


def test_names_of_files_say_filter_and_day(shaanxi: Province) -> None:
    _, table = taken(shaanxi, ASKED.testing(ColumnTest("completed", ("否",))))
    assert {form.file_name(table.name) for form in TAKEN_FORMS.values()} == {
        f"陕西省专项治理企业台账_是否完成治理否（截至2024年6月30日）{ending}"
        for ending in (".xlsx", ".csv", "（GB18030）.csv", ".parquet")
    }


# -- progress, cancel ---------------------------------------------------------------------------


class Enough(Exception):
    """Somebody has said that it is enough."""


@pytest.mark.parametrize("form", TAKEN_FORMS)
def test_writing_tells_how_far_it_is_and_ends_when_it_is_told_to(
    shaanxi: Province, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pouring, "ROWS_A_REPORT", 2)
    _, table = taken(shaanxi, ASKED)
    heard: list[tuple[int, int]] = []
    TAKEN_FORMS[form].write(table, io.BytesIO(), lambda done, total: heard.append((done, total)))
    assert (heard[0], heard[-1]) == ((0, 5), (5, 5)) and heard == sorted(heard)

    def enough(done: int, total: int) -> None:
        if done:
            raise Enough

    with pytest.raises(Enough):
        TAKEN_FORMS[form].write(table, io.BytesIO(), enough)
    assert list(shaanxi.store.audit_lines()) != []  # the store is as open as before


# -- standings ----------------------------------------------------------------------------------

RATE, COUNT = "governance_completion", "assistance_progress"
SUMMARY = "region | enrolled | completed\n"


@pytest.fixture
def months(store: Store) -> Province:
    province = Province(store, "陕西省")
    province.reports(SUMMARY + "榆林市 | 463 | 84\n西安市 | 2000 | 1999", str(MAY))
    province.reports(SUMMARY + "榆林市 | 463 | 90\n西安市 | 2000 | 2000", str(JUNE))
    return province


def beside(province: Province, **said: Any) -> SideBySide:
    asked = StandingsInquiry(**{"province": "陕西省", "days": (JUNE, MAY), "measures": (RATE, COUNT), **said})
    return side_by_side(asked, lambda name, day: province.stands(str(day), name))


def test_several_measures_of_two_days_stand_beside_each_other(months: Province, tmp_path: Path) -> None:
    found = beside(months, regions=(YULIN, XIAN))
    table = standings_taken(found, to=LOCAL_ADMIN)
    heads = [str(cell.value).split("\n") for cell in sheet(table)[3]]
    assert heads[:4] == [
        ["地区"], ["专项治理完成率", "2024年6月30日"], ["专项治理完成率", "2024年5月31日"], ["专项治理完成率", "变化"],
    ]  # fmt: skip
    xian, yulin, whole = of_workbook(table)
    assert (xian[:2], yulin[0], whole[0]) == (("西安市", 1), "榆林市", "全省")
    assert yulin[1:4] == pytest.approx((90 / 463, 84 / 463, float(Fraction(600, 463))))
    rows = of_csv(table, "gb18030")[1:]
    assert [row[:4] for row in rows] == [
        ["西安市", "100.0%", "99.9%", "+0.1"],
        ["榆林市", "19.4%", "18.1%", "+1.3"],
        ["全省", "84.9%", "84.6%", "+0.3"],
    ], "what no rows add up to is in every form"
    assert [row[0] for row in of_parquet(table, tmp_path)[1]] == ["西安市", "榆林市", "全省"]


def test_whoever_has_no_value_stands_last_and_the_province_behind_all(months: Province) -> None:
    table = standings_taken(beside(months, sort=RATE), to=LOCAL_ADMIN)
    names = [row[0] for row in of_workbook(table)]
    assert (names[:2], names[-1], len(names)) == (["榆林市", "西安市"], "全省", 13)
    turned = standings_taken(beside(months, sort=RATE, descending=True), to=LOCAL_ADMIN)
    assert [row[0] for row in of_workbook(turned)][:2] == ["西安市", "榆林市"]


def test_figures_beside_the_value_have_the_names_of_their_measure(months: Province) -> None:
    figures = ("numerator", "denominator", "rank", "gap", "verdict")
    table = standings_taken(beside(months, days=(JUNE,), measures=(RATE,), figures=figures), to=LOCAL_ADMIN)
    heads = [str(cell.value).split("\n")[-1] for cell in sheet(table)[3]]
    assert heads == ["地区", "完成治理", "纳入治理", "排名", "与序时差", "评价"]
    row = next(row for row in of_workbook(table) if row[0] == "榆林市")
    standing = months.stands(str(JUNE)).region(YULIN)
    assert standing and standing.gap is not None
    assert row[1:4] == (90, 463, 2) and row[5] == standing.verdict.title
    assert row[4] == pytest.approx(float(standing.gap * 100))


def test_standings_tell_how_each_measure_is_counted(months: Province) -> None:
    found = beside(months)
    told = dict(standings_taken(found, to=LOCAL_ADMIN).notes)
    measure = found.found[0].measure
    assert measure.definition in told[measure.title] and measure.basis in told[measure.title]
    assert "变化" in told and "未报送" in told[f"{measure.title}来源"]
