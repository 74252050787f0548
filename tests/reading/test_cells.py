"""Good files: every cell arrives where it stood, in its canonical spelling."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
import xlwt
from hypothesis import example, given
from hypothesis import strategies as st

from tests.reading.files import Rows, changed, ods, saved, xls, xlsx
from tests.xlsb import xlsb
from zyb.reading import Workbook, cells, read_workbook

FORM: Rows = [
    ["专项治理进展汇总表", "", ""],
    ["地区", "纳入治理企业数", "完成治理企业数"],
    ["西安市", 2367, 1378],
    ["杨凌示范区", 12, 1],
]
FORM_TEXT = [
    ["专项治理进展汇总表", "", ""],
    ["地区", "纳入治理企业数", "完成治理企业数"],
    ["西安市", "2367", "1378"],
    ["杨凌示范区", "12", "1"],
]


def read(content: bytes, name: str = "进展.xlsx") -> Workbook:
    return read_workbook(content, name)


def column(values: list[object]) -> list[str]:
    """The values of one column written by openpyxl and read back."""
    return [row[0] for row in read(xlsx([["头"], *([value] for value in values)])).sheets[0].rows(1)]


def as_csv(mark: str = ",") -> str:
    return "\r\n".join(mark.join(str(cell) for cell in row) for row in FORM)


def by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表1")
        for number, row in enumerate(FORM):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (xlsx(FORM), "进展.xlsx", "xlsx"),
        (by_xlsxwriter(), "进展.xlsx", "xlsx"),
        (xlsx(FORM), "其实是新格式.xls", "xlsx"),
        (xlsb(FORM, "表1"), "进展.xlsb", "xlsb"),
        (xlsb(FORM, "表1", shared=False), "其实是二进制.xlsx", "xlsb"),
        (xls(FORM), "进展.xls", "xls"),
        (xls(FORM), "其实是老格式.xlsx", "xls"),
        (as_csv().encode(), "进展.csv", "text"),
        (as_csv().encode("utf-8-sig"), "进展.csv", "text"),
        (as_csv().encode("gb18030"), "进展.csv", "text"),
        (as_csv(";").encode("gb18030"), "进展.csv", "text"),
        (as_csv("\t").encode("gb18030"), "其实是文本.xls", "text"),
        (as_csv("\t").encode("utf-16"), "进展.txt", "text"),
    ],
)
def test_the_same_form_reads_the_same_from_every_format(content: bytes, name: str, kind: str) -> None:
    book = read(content, name)
    assert book.format == kind
    assert book.sheets[0].rows() == FORM_TEXT
    assert book.sheets[0].name == ("" if kind == "text" else "表1")


def test_an_xlsb_gives_numbers_dates_truth_and_merged_cells_as_an_xlsx_does() -> None:
    rows: Rows = [["地区", None, 0.5], [True, dt.date(2024, 3, 1), 91610131], ["长" * 9000, -2.25, 1e15]]
    merged = [(0, 0, 0, 1), (1, 0, 2, 0)]
    sheet = read(xlsb(rows, merged=merged), "表.xlsb").sheets[0]
    assert sheet.rows() == [
        ["地区", "", "0.5"], ["TRUE", "2024-03-01", "91610131"], ["长" * 9000, "-2.25", "1000000000000000"]
    ]  # fmt: skip
    assert sheet.merged == tuple(merged)


def test_bytes_in_a_cell_that_look_like_merged_cells_are_none() -> None:
    look_alike = (b"\xb1\x01\x04\x09\x00\x00\x00\xb0\x01\x10" + b"\x00" * 8).decode("utf-16-le")
    sheet = read(xlsb([[look_alike, look_alike], ["西安市", 1]], merged=[(0, 0, 0, 1)], shared=False)).sheets[
        0
    ]
    assert sheet.merged == ((0, 0, 0, 1),)


def test_many_merged_cells_behind_a_long_sheet_of_an_xlsb_are_all_found() -> None:
    rows: Rows = [[f"第{n}家", n] for n in range(30_000)]
    merged = [(n, 0, n + 1, 0) for n in range(0, 4000, 2)]
    sheet = read(xlsb(rows, merged=merged, shared=False), "表.xlsb").sheets[0]
    assert (sheet.n_rows, sheet.merged) == (30_000, tuple(merged))


def test_all_columns_are_strings_with_null_for_blank() -> None:
    table = read(xlsx([["甲", None, 1], [None, None, 2.5]])).sheets[0].table
    assert table.schema == pa.schema([("c0", pa.string()), ("c1", pa.string()), ("c2", pa.string())])
    assert table.to_pydict() == {"c0": ["甲", None], "c1": [None, None], "c2": ["1", "2.5"]}


SPELLINGS: list[tuple[object, str]] = [
    (2367, "2367"),
    (100.0, "100"),
    (0.5, "0.5"),
    (-0.0, "0"),
    (2575 / 4699, "0.5479889338157055"),
    (123456789.5, "123456789.5"),
    (0.333333333, "0.333333333"),
    ("0.333333333", "0.333333333"),
    (True, "TRUE"),
    (False, "FALSE"),
    (dt.date(2024, 3, 1), "2024-03-01"),
    (dt.datetime(2024, 3, 1, 8), "2024-03-01 08:00:00"),
    (dt.time(8, 30), "08:30:00"),
    ("00123", "00123"),
    ("１２", "１２"),
    ("1,234", "1,234"),
    ("6.10E+05", "6.10E+05"),
    ("2024.3", "2024.3"),
    ("91610131MA6U0X1X2K", "91610131MA6U0X1X2K"),
    ("合  计", "合  计"),
    ("纳入\n企业数", "纳入\n企业数"),
    ("西安\u200b市\u202e\ufeff", "西安市"),
    ("“五个一”—是·否￥", "“五个一”—是·否￥"),
]


def test_a_value_has_one_spelling() -> None:
    assert column([value for value, _ in SPELLINGS]) == [text for _, text in SPELLINGS]


def test_numbers_words_and_dates_may_share_a_column() -> None:
    values = [1, "不适用", dt.date(2024, 3, 1), 0.1234567891234, "0012", True, 3]
    assert column(values) == ["1", "不适用", "2024-03-01", "0.1234567891234", "0012", "TRUE", "3"]


def test_an_eighteen_digit_number_stays_recognisable() -> None:
    def whole(book: openpyxl.Workbook) -> None:
        book["表1"]["A1"] = 911101080000000000

    assert read(xlsx([], prepare=whole)).sheets[0].rows() == [["911101080000000000"]]


@pytest.mark.parametrize(
    "look", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy.mm.dd", '[$-804]yyyy"年"m"月";@', "m/d"]
)
def test_a_number_that_looks_like_a_date_is_a_date_among_numbers(look: str) -> None:
    def dress(book: openpyxl.Workbook) -> None:
        book["表1"]["A2"].number_format = look

    rows = read(xlsx([[45352], [45352], [45352.5]], prepare=dress)).sheets[0].rows()
    assert rows == [["45352"], ["2024-03-01"], ["45352.5"]]


@pytest.mark.parametrize("since_1904", [False, True])
def test_both_date_systems_give_the_day_that_was_written(since_1904: bool) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": since_1904}) as book:
        look = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2024, 3, 1), look)
    read_back = read(stream.getvalue())
    assert read_back.date_1904 is since_1904
    assert read_back.sheets[0].rows() == [["2024-03-01"]]


def test_formulas_give_the_values_saved_with_them() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet().write_formula("A1", "=SUM(B1:B9)", None, 4699)
    assert read(stream.getvalue()).sheets[0].rows() == [["4699"]]


def test_leading_blank_rows_and_columns_are_kept() -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["表1"]["C4"] = "地区"

    sheet = read(xlsx([], prepare=put)).sheets[0]
    assert sheet.rows() == [["", "", ""]] * 3 + [["", "", "地区"]]
    assert read(b"\r\n\r\n,,a\r\n", "x.csv").sheets[0].rows() == [["", "", ""]] * 2 + [["", "", "a"]]


def test_blank_rows_and_columns_at_the_end_are_cut_off() -> None:
    def style_far_away(book: openpyxl.Workbook) -> None:
        book["表1"]["ZZ900"].font = openpyxl.styles.Font(bold=True)

    content = xlsx([["甲", 1, "", " \u3000"], ["", "\u200b"], [" ", "\u00a0"]], prepare=style_far_away)
    assert read(content).sheets[0].rows() == [["甲", "1"]]
    assert read("甲,1,,\n,,,\n\n".encode(), "x.csv").sheets[0].rows() == [["甲", "1"]]


def test_hidden_and_empty_sheets_are_reported_in_order() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["表2"].sheet_state = "hidden"
        book["表3"].sheet_state = "veryHidden"

    sheets = read(xlsx([["甲"]], [["乙"]], [["丙"]], [], prepare=hide)).sheets
    assert [(s.name, s.hidden, s.n_rows, s.n_cols) for s in sheets] == [
        ("表1", False, 1, 1),
        ("表2", True, 1, 1),
        ("表3", True, 1, 1),
        ("表4", False, 0, 0),
    ]
    assert sheets[3].rows() == []


def test_merged_ranges_count_from_zero_and_include_their_last_cell() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book["表1"].merge_cells("C1:F1")
        book["表2"].merge_cells("A2:A5")

    sheets = read(xlsx([["", "", "五个一"]], [["标题"], ["西安市"]], prepare=merge)).sheets
    assert [sheet.merged for sheet in sheets] == [((0, 2, 0, 5),), ((1, 0, 4, 0),)]


def test_merged_ranges_of_an_old_workbook_are_known_too() -> None:
    book = xlwt.Workbook()
    book.add_sheet("表1").write_merge(0, 1, 1, 3, "五个一")
    assert read(saved(book), "老.xls").sheets[0].merged == ((0, 1, 1, 3),)


def test_cells_with_an_error_value_are_blank_and_named() -> None:
    rows: Rows = [
        ["地区", "数"],
        ["西安市", "#REF!"],
        ["宝鸡市", "#N/A"],
        ["咸阳市", "#DIV/0!"],
        ["铜川市", 5],
    ]
    sheet = read(xlsx([], rows)).sheets[1]
    assert [row[1] for row in sheet.rows(1)] == ["", "", "", "5"]
    assert sheet.faults == ((1, 1, "#REF!"), (2, 1, "#N/A"), (3, 1, "#DIV/0!"))


def test_a_fault_is_named_where_it_stands_when_columns_before_it_are_blank() -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["表1"]["D3"] = "#VALUE!"
        book["表1"]["D4"] = 1

    assert read(xlsx([], prepare=put)).sheets[0].faults == ((2, 3, "#VALUE!"),)


def test_an_error_value_newer_than_the_reader_does_not_lose_the_sheet() -> None:
    content = changed(
        xlsx([["地区", "数"], ["西安市", "#REF!"], ["宝鸡市", 3]]),
        "xl/worksheets/sheet1.xml",
        b"#REF!",
        b"#SPILL!",
    )
    sheet = read(content).sheets[0]
    assert sheet.rows() == [["地区", "数"], ["西安市", ""], ["宝鸡市", "3"]]
    assert sheet.faults == ((1, 1, "#N/A"),)


def test_words_that_look_like_errors_are_words() -> None:
    assert column(["#1 井", "# REF", "#SPILL!"]) == ["#1 井", "# REF", "#SPILL!"]


def test_an_open_document_spreadsheet_is_read() -> None:
    cells = [
        '<table:table-cell office:value-type="string"><text:p>西安市</text:p></table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="2367"><text:p>2,367</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>',
    ]
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    book = read(ods(f'<table:table table:name="汇总">{row}</table:table>'), "进展.ods")
    assert (book.format, book.sheets[0].name) == ("ods", "汇总")
    assert book.sheets[0].rows() == [["西安市", "2367", "2024-03-01"]]


def test_commas_quotes_and_line_breaks_inside_a_cell_of_text_stay_inside() -> None:
    text = '名称,备注\n"甲,乙","说""是""\n第二行"\n丙,\n'
    assert read(text.encode(), "x.csv").sheets[0].rows() == [
        ["名称", "备注"],
        ["甲,乙", '说"是"\n第二行'],
        ["丙", ""],
    ]


def test_a_title_with_a_comma_does_not_hide_that_tabs_separate() -> None:
    text = "一,二,三,四,五\n地区\t数\n西安市\t1\n"
    assert read(text.encode(), "x.csv").sheets[0].rows()[1:] == [["地区", "数"], ["西安市", "1"]]


def test_lines_of_text_may_differ_in_length_also_far_apart() -> None:
    lines = ["标题", *["a,b"] * 60_000, "c,d,e"]
    sheet = read("\n".join(lines).encode(), "x.csv").sheets[0]
    assert (sheet.n_rows, sheet.n_cols) == (60_002, 3)
    assert sheet.rows(0, 2) == [["标题", "", ""], ["a", "b", ""]]
    assert sheet.rows(60_001) == [["c", "d", "e"]]


def test_rows_may_be_asked_for_in_part() -> None:
    sheet = read(xlsx([["甲", 1], ["乙"], ["丙", 3]])).sheets[0]
    assert sheet.rows(1, 2) == [["乙", ""]]
    assert sheet.rows(2, 99) == [["丙", "3"]]
    assert sheet.rows(5) == []


# -- looking for rare bytes before working on values ------------------------------------------


@given(
    st.binary(max_size=40),
    st.sampled_from([b"true", b" 00:00:00", b"\xe2\x80", b"\xc2", b"-0", b"1899-12-31 "]),
)
@example(b"eurt", b"true")
@example(b"0-", b"-0")
@example(b"x\xe2\x80y", b"\xe2\x80")
def test_the_quick_look_finds_a_word_exactly_where_it_occurs(data: bytes, word: bytes) -> None:
    assert cells._holds(data, word) == (word in data)
    assert cells._holds(data + word, word)


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        (["真", "eurt", "true"], ["真", "eurt", "TRUE"]),
        (["0-", "10-02", "-0"], ["0-", "10-02", "0"]),
        (["2024-06-30 00:00:00", "x"], ["2024-06-30", "x"]),
        (["1899-12-31 08:30:00", "x"], ["08:30:00", "x"]),
        (["杨\u200b凌", "\ufeff西安", "“引号”"], ["杨凌", "西安", "“引号”"]),
    ],
)
def test_letters_of_a_word_in_another_order_change_nothing(said: list[str], canonical: list[str]) -> None:
    assert cells.canonical(pa.array(said)).to_pylist() == canonical
