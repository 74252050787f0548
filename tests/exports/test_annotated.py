"""The official's own workbook back with its faults marked: same contents, same problems, and mended it goes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.books import NOTICE, NOTICE_MERGED, csv_bytes, notice_rows, xlsx
from tests.exports.filling import code
from zyb.exports.marked import annotated
from zyb.exports.marked.annotated import LOST, annotated_name, annotated_workbook, worth_marking
from zyb.exports.marked.marking import HEADINGS, INDEX, set_text
from zyb.exports.marked.marks import COLOURS
from zyb.intake import Given, Submission
from zyb.intake.tables.guidance import NOT_READ
from zyb.reading import UnreadableFile
from zyb.rulebook.problems import Problem
from zyb.uploads import read_submissions

TODAY = date(2024, 7, 10)
HEADS = (
    "序号", "企业名称", "统一社会信用代码", "地区", "县区", "职工人数", "是否完成治理", "行政确认日期", "备注",
)  # fmt: skip
TITLE = "宝鸡市专项治理企业台账（截至2024年6月30日）"


def row(number: int, **other: object) -> list[object]:
    usual: dict[str, object] = {
        "序号": number, "企业名称": f"宝鸡{number}号厂", "统一社会信用代码": code(number), "地区": "宝鸡市",
        "县区": "金台区", "职工人数": 20 + number, "是否完成治理": "是", "行政确认日期": date(2024, 5, 6), "备注": None,
    }  # fmt: skip
    return list({**usual, **other}.values())


FAULTY = [
    row(1),
    row(2, 统一社会信用代码="9161030"),
    row(3, 行政确认日期="2024.6.31"),
    row(4, 行政确认日期=None),
    row(5, 是否完成治理="大概"),
    row(6, 行政确认日期=date(2027, 1, 1), 职工人数="很多"),
]


@cache
def formatted() -> bytes:
    """A ledger with an official's own formats, notes and formulas, and faults."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "治理'台账"
    for cells in ([TITLE], list(HEADS), *FAULTY):
        page.append(cells)
    page.merge_cells("A1:I1")
    page["A1"].font = Font(name="黑体", size=20, bold=True)
    page["B3"].fill = PatternFill("solid", fgColor="FFFF00")
    page["B4"].comment = Comment("我的批注", "王某")
    page["C4"].comment = Comment("已联系企业", "王某")
    page["I3"].value = "=F3*2"
    set_text(page["I4"], '=HYPERLINK("http://x","点我")')
    page.column_dimensions["B"].width = 33
    page.row_dimensions[2].height = 41
    page.freeze_panes = "B3"
    other = book.create_sheet("底稿")
    other["A1"] = "随手记"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def read(content: bytes, name: str = "台账.xlsx") -> tuple[Submission, ...]:
    return read_submissions(content, name, Given(today=TODAY, preferred_province="陕西省"))


@cache
def marked(content: bytes, name: str = "台账.xlsx") -> bytes:
    return annotated_workbook(content, name, read(content, name))[1]


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def problems(found: Iterable[Submission]) -> list[Problem]:
    return [problem for submission in found for problem in submission.problems]


def places(found: Iterable[Submission]) -> list[tuple[str, str, str]]:
    return sorted((p.code, p.cell, p.value) for p in problems(found))


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:]


# -- the marks --------------------------------------------------------------------------------


def test_faulty_cells_are_coloured_by_severity_and_say_what_to_do() -> None:
    page = opened(marked(formatted()))["治理'台账"]
    expected = {"C4": "warning", "H5": "error", "H6": "warning", "G7": "error", "F8": "error", "H8": "error"}
    assert {cell: colour(page[cell]) for cell in expected} == {c: COLOURS[s] for c, s in expected.items()}
    untouched = [
        cell for cells in page.iter_rows(min_row=3) for cell in cells if cell.coordinate not in expected
    ]
    assert not [cell.coordinate for cell in untouched if colour(cell) in COLOURS.values()]
    comment = page["H5"].comment.text
    assert "错误：H5 的“行政确认日期”“2024.6.31”这一天不存在。" in comment
    assert "怎样改：请核对日期。" in comment


def test_everything_the_official_made_stays() -> None:
    before, after = opened(formatted()), opened(marked(formatted()))
    was, page = before["治理'台账"], after["治理'台账"]
    values = [[cell.value for cell in cells] for cells in was.iter_rows()]
    assert [[cell.value for cell in cells] for cells in page.iter_rows()] == values
    assert page["I3"].data_type == "f" and page["I4"].data_type == "s"
    assert (page["A1"].font.sz, page["A1"].font.name) == (20, "黑体")
    assert colour(page["B3"]) == "FFFF00"
    assert (page.column_dimensions["B"].width, page.row_dimensions[2].height) == (33, 41)
    assert page.freeze_panes == "B3" and [str(m) for m in page.merged_cells.ranges] == ["A1:I1"]
    assert page["B4"].comment.text == "我的批注"
    assert page["C4"].comment.text.startswith("已联系企业\n")
    assert after["底稿"]["A1"].value == "随手记"


def test_the_list_in_front_names_every_problem_and_links_into_the_workbook() -> None:
    content = marked(formatted())
    book = opened(content)
    page = book.worksheets[0]
    assert (page.title, book.active.title) == (INDEX, INDEX)
    head = next(cell.row for cell in page["A"] if cell.value == HEADINGS[0])
    lines = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=head + 1)]
    found = problems(read(formatted()))
    assert sorted((line[3], line[4] or "") for line in lines) == sorted(
        (p.cell or ("表首" if p.sheet else "—"), p.value) for p in found
    )
    words = [line[1] for line in lines]
    assert words == sorted(words, key=["错误", "提醒", "提示"].index)
    links = {cell.value: cell.hyperlink for cell in page["D"][head:] if cell.hyperlink}
    assert links["H5"].location == "'治理''台账'!H5" and all(link.target is None for link in links.values())
    legend = " ".join(str(cell.value) for cell in page["B"][:head])
    warnings = sum(p.severity == "warning" for p in found)
    assert "错误 4 处：须改正后才能入库" in legend and f"提醒 {warnings} 处" in legend
    assert "hyperlink" not in "".join(zipfile.ZipFile(io.BytesIO(content)).namelist()).lower()


def test_no_sheet_but_the_list_is_selected_so_that_typing_goes_into_one() -> None:
    book = opened(marked(formatted()))
    assert [bool(page.sheet_view.tabSelected) for page in book.worksheets] == [True, False, False]


@pytest.mark.parametrize("text", ['=cmd|"/c calc"!A1', "+1+1", "-1-1", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_stays_text_everywhere(text: str) -> None:
    content = xlsx([[TITLE], HEADS, row(1, 是否完成治理=None), row(2)])
    book = opened(content)
    set_text(book.active["G3"], text)
    stream = io.BytesIO()
    book.save(stream)
    after = opened(marked(stream.getvalue()))
    cells = [cell for page in after.worksheets for cells in page.iter_rows() for cell in cells]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    told = [cell for cell in cells if cell.parent.title == INDEX and str(cell.value).strip() == text.strip()]
    assert told and all(cell.number_format == "@" for cell in told)


# -- up again ---------------------------------------------------------------------------------


def test_uploaded_again_as_it_is_it_has_the_same_problems() -> None:
    first = read(formatted())
    again = read(marked(formatted()), annotated_name("台账.xlsx"))
    assert places(again) == places(first)
    assert [found.n_rows for found in again] == [found.n_rows for found in first]


def test_mended_it_goes_in_and_marked_again_nothing_is_left_of_the_old_marks() -> None:
    book = opened(marked(formatted()))
    page = book["治理'台账"]
    for cell, value in {
        "C4": code(2),
        "H5": date(2024, 6, 30),
        "G7": "是",
        "F8": 26,
        "H8": date(2024, 6, 1),
    }.items():
        page[cell].value = value
    stream = io.BytesIO()
    book.save(stream)
    (mended,) = read(stream.getvalue())
    assert not mended.blocked
    assert [p.code for p in mended.problems if p.severity == "warning"] == ["expected_value"]
    after = opened(marked(stream.getvalue()))
    assert [page.title for page in after.worksheets] == [INDEX, "治理'台账", "底稿"]
    page = after["治理'台账"]
    assert [colour(page[cell]) in COLOURS.values() for cell in ("C4", "H5", "G7", "F8", "H8")] == [False] * 5
    assert page["C4"].comment.text == "已联系企业" and page["H5"].comment is None
    assert colour(page["H6"]) == COLOURS["warning"]


def test_a_summary_with_formulas_keeps_what_they_showed() -> None:
    """The values of formulas are all that a reader sees: without them the 合计 row would fall silent."""
    rows = notice_rows({"宝鸡市": (554, 600)})
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        for number, cells in enumerate(rows):
            for column, value in enumerate(cells):
                page.write(number, column, value)
        page.write_formula("B5", "=SUM(B6:B17)+1", None, 4700)
        page.write_formula("D6", '=IF(C6>0,"有<进>展","")', None, "有<进>展")
        page.write_formula("D7", "=C7>0", None, True)
        page.write_formula("D8", "=1/0", None, "#DIV/0!")
    content = stream.getvalue()
    after = marked(content, "进展.xlsx")
    assert "total_differs" in {p.code for p in problems(read(after))}
    assert places(read(after)) == places(read(content))
    shown = openpyxl.load_workbook(io.BytesIO(after), data_only=True).worksheets[1]
    assert [shown[cell].value for cell in ("B5", "D6", "D7", "D8")] == [4700, "有<进>展", True, "#DIV/0!"]
    assert opened(after).worksheets[1]["B5"].value == "=SUM(B6:B17)+1"


def test_a_fault_in_a_merged_cell_is_marked_where_the_cell_begins() -> None:
    rows = [[f"陕西省{TITLE}"], HEADS, *(row(n, 地区="宝鸡县", 统一社会信用代码=code(n)) for n in (1, 2))]
    rows[3][3] = None
    page = opened(marked(xlsx(rows, merged=[(2, 3, 3, 3)]))).worksheets[1]
    assert colour(page["D3"]) == COLOURS["error"] and "宝鸡县" in page["D3"].comment.text


# -- other formats ------------------------------------------------------------------------------


def xls(rows: Iterable[Iterable[object]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for number, cells in enumerate(rows):
        for column, value in enumerate(cells):
            page.write(number, column, value.isoformat() if isinstance(value, date) else value)
    page.merge(0, 0, 0, 8)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [("台账.xls", xls), ("台账.csv", lambda rows: csv_bytes(rows, "gb18030"))],
    ids=["xls", "csv"],
)
def test_other_formats_come_back_as_xlsx_with_the_same_problems(name: str, make: Any) -> None:
    content = make(
        [
            [TITLE],
            HEADS,
            *FAULTY,
            row(8, 企业名称="=1+1", 统一社会信用代码="M00000000000000001", 是否完成治理="无法说"),
        ]
    )
    after_name, after = annotated_workbook(content, name, read(content, name))
    assert after_name == "台账（标注）.xlsx"
    assert places(read(after, after_name)) == places(read(content, name))
    page = opened(after).worksheets[1]
    assert page["F3"].value == 21 and page["C3"].value == code(1)
    assert page["B9"].value == "=1+1" and page["B9"].data_type == "s"
    assert colour(page["H5"]) == COLOURS["error"]


def test_cells_with_error_values_come_back_with_them() -> None:
    rows = notice_rows()
    book = opened(xlsx(rows, merged=NOTICE_MERGED))
    book.active["B7"].value = "#REF!"
    stream = io.BytesIO()
    book.save(stream)
    content = stream.getvalue()
    assert "cell_fault" in {p.code for p in problems(read(content))}
    assert places(read(marked(content))) == places(read(content))


def with_part(content: bytes, name: str, old: str, new: str) -> bytes:
    """The workbook with one word of one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for entry in before.infolist():
            text = before.read(entry)
            if entry.filename == name:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(entry, text)
    return stream.getvalue()


def test_a_workbook_that_openpyxl_cannot_read_is_rebuilt_from_its_cells() -> None:
    content = with_part(formatted(), "xl/styles.xml", 'patternType="gray125"', 'patternType="smoke"')
    with pytest.raises(ValueError, match="could not read stylesheet"):
        opened(content)
    after = marked(content)
    assert places(read(after)) == places(read(content))
    assert colour(opened(after)["治理'台账"]["H5"]) == COLOURS["error"]


def test_where_marking_takes_too_long_the_faulty_rows_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> bytes:
        raise UnreadableFile("timeout")

    monkeypatch.setattr(annotated, "edit_workbook", ended)
    after = annotated_workbook(formatted(), "台账.xlsx", read(formatted()))[1]
    assert opened(after).sheetnames == ["问题汇总", "问题行1"]


def test_openpyxl_meets_the_file_in_the_reading_process_only(monkeypatch: pytest.MonkeyPatch) -> None:
    content, found = formatted(), read(formatted())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an uploaded workbook was opened in the server itself")

    monkeypatch.setattr(openpyxl, "load_workbook", refuse)
    assert annotated_workbook(content, "台账.xlsx", found)[1].startswith(b"PK")


# -- long lists -------------------------------------------------------------------------------


def test_of_a_long_list_only_the_faulty_rows_come_back_and_they_are_not_for_uploading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(annotated, "MOST_ROWS", 5)
    content = formatted()
    name, after = annotated_workbook(content, "台账.xlsx", read(content))
    assert name == "台账（标注）.xlsx"
    summary, page = opened(after).worksheets
    assert NOT_READ in str(page["A1"].value)
    lines = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=3)]
    assert (lines[0][0], lines[0][-1]) == ("原表行号", "问题")
    assert [line[0] for line in lines[1:]] == ["4", "5", "6", "7", "8"]
    assert "不是 18 位" in lines[1][-1] and "没有填写“行政确认日期”" in lines[3][-1]
    assert lines[5][-1].count("错误：") == 2
    assert lines[1][9] == '=HYPERLINK("http://x","点我")' and page["J4"].data_type == "s"
    kinds = {cells[4].value: cells[1].value for cells in summary.iter_rows(min_row=5)}
    assert sum("这一天不存在" in str(kind) for kind in kinds) == 1
    again = read(after)
    assert [p.code for p in problems(again) if p.severity == "error"] == ["only_guidance"]


# -- names and nothing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("四月.xlsx", "四月（标注）.xlsx"),
        ("四月（标注）.xlsx", "四月（标注）.xlsx"),
        ("../../etc/台账.v2.XLS", "台账.v2（标注）.xlsx"),
        ("C:\\表\\六月.et", "六月（标注）.xlsx"),
        (".csv", "工作簿（标注）.xlsx"),
    ],
)
def test_the_name_says_that_it_is_marked(name: str, wanted: str) -> None:
    assert annotated_name(name) == wanted


def test_a_file_without_a_table_or_without_faults_is_not_worth_marking() -> None:
    assert not worth_marking(read(b"%PDF-1.7"))
    assert not worth_marking(read(xlsx([["张三", 1]])))
    good = [[TITLE.replace("宝鸡市", "陕西省")], ["地区", "纳入治理企业数", "完成治理企业数"]]
    good += [[name, *figures] for name, figures in NOTICE.items()]
    assert not worth_marking(read(xlsx(good)))
    assert worth_marking(read(formatted()))


PICTURES = ["xl/cellimages.xml", "xl/media/image1.png", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"]


@pytest.mark.parametrize("part", PICTURES)
def test_what_does_not_come_back_is_told_in_front_of_the_list(part: str) -> None:
    stream = io.BytesIO(xlsx([(TITLE,), HEADS, *FAULTY]))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(part, "<a/>")
    assert LOST in heads(stream.getvalue()) and LOST not in heads(xlsx([(TITLE,), HEADS, *FAULTY]))


def heads(content: bytes) -> list[object]:
    found = read_submissions(content, "表.xlsx", Given(today=TODAY, preferred_province="陕西省"))
    _, marked = annotated_workbook(content, "表.xlsx", found)
    front = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]
    return [row[0] for row in front.iter_rows(max_row=8, values_only=True)]
