"""What a sheet shows of a number, where that is more than the number: days, 2024.10; and formulas without a result."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.reading.files import Rows, changed, xlsx
from zyb.reading import read_workbook

PART, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def formatted(rows: Rows, code: str) -> bytes:
    """A workbook whose A1 has this number format."""
    return xlsx(rows, prepare=lambda book: setattr(book["表1"]["A1"], "number_format", code))


def chinese(serial: float, built_in: int) -> bytes:
    """A1 in one of Excel's built-in Chinese formats, which have numbers and no codes."""
    content = formatted([(serial, "地区")], "0.000")
    return changed(content, STYLES, b'numFmtId="164" fontId', f'numFmtId="{built_in}" fontId'.encode())


@pytest.mark.parametrize("built_in", [27, 28, 31, 57, 58])
def test_a_day_in_a_built_in_chinese_format_is_a_day(built_in: int) -> None:
    assert read_workbook(chinese(45473, built_in), "表.xlsx").sheets[0].rows() == [["2024-06-30", "地区"]]


def test_its_time_stays() -> None:
    assert read_workbook(chinese(45473.5, 31), "表.xlsx").sheets[0].rows()[0][0] == "2024-06-30 12:00:00"


@pytest.mark.parametrize(("code", "text"), [("0.00", "2024.10"), ("0.00_ ", "2024.10"), ("#,##0.00", "2024.10"), ("General", "2024.1")])  # fmt: skip
def test_october_is_what_the_cell_shows(code: str, text: str) -> None:
    sheet = read_workbook(formatted([(2024.1, "地区")], code), "表.xlsx").sheets[0]
    assert (sheet.rows()[0][0], sheet.doubts.unclear) == (text, ((0, 0),) if text == "2024.1" else ())


def test_what_was_typed_as_text_is_as_it_was_typed() -> None:
    assert read_workbook(formatted([("2024.1", "地区")], "0.00"), "表.xlsx").sheets[0].doubts.unclear == ()


def test_a_text_file_does_not_tell_a_text_from_a_number() -> None:
    sheet = read_workbook("数据截至,2024.1\n甲,2024.01\n".encode(), "表.csv").sheets[0]
    assert sheet.doubts.unclear == ((0, 1),)


def test_a_formula_without_a_result_is_named() -> None:
    sheet = read_workbook(xlsx([("甲", "=1+1"), ("乙", 3)]), "表.xlsx").sheets[0]
    assert sheet.doubts.unsaved == ((0, 1),)


@pytest.mark.parametrize("saved", [b"<v>2</v>", b"<v>0</v>"])
def test_a_saved_result_is_a_result(saved: bytes) -> None:
    content = changed(xlsx([("甲", "=1+1")]), PART, b"</f><v></v>", b"</f>" + saved)
    assert read_workbook(content, "表.xlsx").sheets[0].doubts.unsaved == ()


def test_an_empty_text_that_was_saved_is_a_result() -> None:
    content = changed(xlsx([("甲", '=""')]), PART, b'<c r="B1"', b'<c r="B1" t="str"')
    assert read_workbook(content, "表.xlsx").sheets[0].doubts.unsaved == ()


def test_texts_that_are_guarded_as_formulas_lose_their_guard() -> None:
    sheet = read_workbook('="0012","=""91610113MA6T000198""",="甲\n'.encode(), "表.csv").sheets[0]
    assert sheet.rows()[0][:2] == ["0012", "91610113MA6T000198"]


def crossed_out(*cells: str, font: Font) -> bytes:
    def prepare(book: openpyxl.Workbook) -> None:
        for cell in cells:
            book["表1"][cell].font = font

    return xlsx([("甲", 1), ("乙", 2), ("", 3)], prepare=prepare)


def test_cells_that_are_crossed_out_are_named_and_blank_ones_are_not() -> None:
    content = crossed_out("A2", "B2", "A3", font=Font(strike=True))
    assert read_workbook(content, "表.xlsx").sheets[0].doubts.struck == ((1, 0), (1, 1))


@pytest.mark.parametrize("mark", [b'<strike val="0"/>', b'<strike val="false"/>', b""])
def test_a_font_that_says_it_is_not_crossed_out_is_not(mark: bytes) -> None:
    content = changed(crossed_out("A2", font=Font(strike=True)), STYLES, b'<strike val="1"/>', mark)
    assert read_workbook(content, "表.xlsx").sheets[0].doubts.struck == ()


def test_other_fonts_cross_nothing_out() -> None:
    content = crossed_out("A2", font=Font(bold=True))
    assert read_workbook(content, "表.xlsx").sheets[0].doubts.struck == ()


@pytest.mark.parametrize(("code", "printed"), [
    ("0%", "1%"), ("0.00%", "1%"), ('0"（预计）"', "1（预计）"), ('"约"0', "约1"), ("0\\家", "1家"), ('General"家"', "1家"),
    ('[红色]0"百家"', "1百家"), ('#,##0"家";-#,##0', "1家"), ("General", ""), ("#,##0_ ", ""), ("￥#,##0.00", ""),
    ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', ""), ('yyyy"年"m"月"', ""), ('0!.0,"万"', ""), ('[>=100]0"多";0', ""),
])  # fmt: skip
def test_what_a_format_prints_around_its_number(code: str, printed: str) -> None:
    read = read_workbook(formatted([(1, "地区")], code), "表.xlsx").sheets[0]
    assert read.doubts.shown == (((0, 0, printed),) if printed else ())


def test_a_text_is_shown_as_it_is() -> None:
    assert read_workbook(formatted([("甲", 1)], "0%"), "表.xlsx").sheets[0].doubts.shown == ()


def test_comments_are_read_with_their_cells() -> None:
    def prepare(book: openpyxl.Workbook) -> None:
        book["表1"]["B2"].comment = Comment("有误，应为201", "科员")

    read = read_workbook(xlsx([("甲", 1), ("乙", 2)], prepare=prepare), "表.xlsx").sheets[0]
    assert read.doubts.comments == ((1, 1, "有误，应为201"),)
