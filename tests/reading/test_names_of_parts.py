"""Workbooks whose inner parts are called otherwise than Excel calls them: every value and every sheet, as other programs show them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping

import pytest
import xlsxwriter
import xlwt

from tests.reading.compound import compound
from tests.reading.files import Rows, unzipped, zipped
from tests.xlsb import xlsb
from zyb.reading import UnreadableFile, Workbook, read_workbook

FORM: Rows = [["地区", "数", "日期"], ["西安市", 2367, dt.date(2024, 3, 1)]]
FORM_TEXT = [["地区", "数", "日期"], ["西安市", "2367", "2024-03-01"]]
OTHER: Rows = [["地区", "数", "日期"], ["宝鸡市", 1, dt.date(2023, 1, 1)]]


def biff(rows: Rows) -> bytes:
    """What lies in the stream Workbook of an .xls."""
    book = xlwt.Workbook()
    sheet, day = book.add_sheet("表1"), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value, day if isinstance(value, dt.date) else xlwt.Style.default_style)
    found: bytes = book.get_biff_data()
    return found.ljust(4096, b"\0")


def two_sheets(rows: Rows = FORM) -> dict[str, bytes]:
    """The parts of an .xlsx of two sheets, with a merged cell in the second."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name in ("表1", "表2"):
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    sheet.write(r, c, value, day if isinstance(value, dt.date) else None)
        sheet.merge_range(2, 0, 2, 1, "合并")
    return unzipped(stream.getvalue())


PARTS = two_sheets()
LINKS = "xl/_rels/workbook.xml.rels"


def moved(parts: Mapping[str, bytes], moves: Mapping[str, str], **links: str) -> bytes:
    """The package with some parts under other names; `links` are targets in the workbook's relations, by their ends."""
    found: dict[str, str | bytes] = {}
    for name, data in parts.items():
        if name.startswith(("_rels", "[Content")):
            for old, new in moves.items():
                data = data.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
                data = data.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        if name.endswith(("workbook.xml.rels", "workbook.bin.rels")):
            for old, new in links.items():
                before = data
                data = data.replace(_target(data, old), f'Target="{new}"'.encode())
                assert data != before
        found[moves.get(name, name)] = data
    return zipped(found)


def _target(links: bytes, end: str) -> bytes:
    """The attribute of the one relation whose target is called so, whatever its ending."""
    start = links.index(b'Target="', links.index(f"{end}.".encode()) - 40)
    return links[start : links.index(b'"', start + 8) + 1]


def in_folder(parts: Mapping[str, bytes], folder: str) -> bytes:
    """Everything that lies under xl/ under another folder, or under none."""
    return moved(parts, {name: folder + name.removeprefix("xl/") for name in parts if name.startswith("xl/")})


def rows_of(book: Workbook) -> list[list[list[str]]]:
    return [sheet.rows(0, 2) for sheet in book.sheets]


# -- .xls -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "workbook", "WorkBook", "Book", "BOOK", "book"])
@pytest.mark.parametrize("below", [True, False], ids=["", "a tree of names that is broken"])
def test_an_xls_is_read_however_its_stream_is_spelt(name: str, below: bool) -> None:
    book = read_workbook(compound((name, biff(FORM)), below=below), "表.xls")
    assert (book.format, [sheet.rows() for sheet in book.sheets]) == ("xls", [FORM_TEXT])


@pytest.mark.parametrize(
    "streams",
    [
        ("MBD1/Workbook", "Workbook"),
        ("MBD1/WORKBOOK", "workbook"),
        ("Book", "Workbook"),
        ("BOOK", "WORKBOOK"),
    ],
    ids="+".join,
)
def test_an_embedded_or_older_workbook_does_not_take_the_place_of_the_files_own(
    streams: tuple[str, str],
) -> None:
    other, own = streams
    book = read_workbook(compound((other, biff(OTHER)), (own, biff(FORM))), "表.xls")
    assert [sheet.rows() for sheet in book.sheets] == [FORM_TEXT]


def test_a_directory_that_runs_in_circles_ends_in_a_refusal() -> None:
    content = bytearray(compound(("Workbook", biff(FORM))))
    content[68:76] = (0).to_bytes(4, "little") + (1).to_bytes(
        4, "little"
    )  # the list of tables begins in the data
    for place in range(512, len(content), 4):
        if content[place : place + 4] == b"\xfe\xff\xff\xff":
            content[place : place + 4] = (3).to_bytes(4, "little")
    with pytest.raises(UnreadableFile):
        read_workbook(bytes(content), "表.xls")


# -- .xlsx and .xlsb ------------------------------------------------------------------------------

ELSEWHERE: dict[str, Callable[[], bytes]] = {
    "as usual": lambda: zipped(dict(PARTS)),
    "at the root": lambda: in_folder(PARTS, ""),
    "in a folder": lambda: in_folder(PARTS, "office/"),
    "deep in folders": lambda: in_folder(PARTS, "a/b/c/"),
    "names with a slash in front": lambda: zipped({f"/{name}": data for name, data in PARTS.items()}),
    "names with backslashes": lambda: zipped({name.replace("/", "\\"): data for name, data in PARTS.items()}),
    "names in capitals": lambda: zipped({name.upper(): data for name, data in PARTS.items()}),
    "workbook2.xml": lambda: moved(
        PARTS, {"xl/workbook.xml": "xl/workbook2.xml", LINKS: "xl/_rels/workbook2.xml.rels"}
    ),
    "another ending": lambda: moved(
        PARTS, {"xl/workbook.xml": "book.part", LINKS: "_rels/book.part.rels"},
        sheet1="xl/worksheets/sheet1.xml", sheet2="xl/worksheets/sheet2.xml",
        sharedStrings="xl/sharedStrings.xml", styles="xl/styles.xml",
    ),
    "strings elsewhere": lambda: moved(
        PARTS, {"xl/sharedStrings.xml": "xl/text/strings.xml"}, sharedStrings="text/strings.xml"
    ),
    "styles elsewhere": lambda: moved(PARTS, {"xl/styles.xml": "look.xml"}, styles="/look.xml"),
    "a sheet elsewhere": lambda: moved(
        PARTS, {"xl/worksheets/sheet2.xml": "sheets/2.xml"}, sheet2="../sheets/2.xml"
    ),
    "a name with a blank": lambda: moved(
        PARTS, {"xl/worksheets/sheet2.xml": "xl/worksheets/sheet 2.xml"}, sheet2="worksheets/sheet%202.xml"
    ),
    "a detour": lambda: moved(PARTS, {}, sheet1="./worksheets/../worksheets/sheet1.xml"),
    "backslashes in a relation": lambda: moved(PARTS, {}, sheet1="worksheets\\sheet1.xml"),
    "no relations of the package": lambda: zipped(
        {n: d for n, d in unzipped(in_folder(PARTS, "office/")).items() if n != "_rels/.rels"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_xlsx_is_read_wherever_its_parts_lie(name: str) -> None:
    book = read_workbook(ELSEWHERE[name](), "表.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2"]
    assert rows_of(book) == [FORM_TEXT, FORM_TEXT]
    assert [sheet.merged for sheet in book.sheets] == [(), ((2, 0, 2, 1),)]


@pytest.mark.parametrize("folder", ["", "office/"])
def test_an_xlsb_is_read_wherever_its_parts_lie(folder: str) -> None:
    parts = unzipped(xlsb(FORM, merged=[(0, 0, 0, 1)]))
    book = read_workbook(in_folder(parts, folder), "表.xlsb")
    assert (book.format, rows_of(book)) == ("xlsb", [FORM_TEXT])
    assert book.sheets[0].merged == ((0, 0, 0, 1),)


def test_of_two_workbooks_in_a_package_the_one_is_read_that_the_package_names() -> None:
    other = {name.replace("xl/", "other/"): data for name, data in two_sheets(OTHER).items()}
    both = {**PARTS, **{name: data for name, data in other.items() if name.startswith("other/")}}
    assert rows_of(read_workbook(zipped(both), "表.xlsx")) == [FORM_TEXT, FORM_TEXT]
    both["_rels/.rels"] = PARTS["_rels/.rels"].replace(b'"xl/workbook', b'"other/workbook')
    assert rows_of(read_workbook(zipped(both), "表.xlsx"))[0][1][0] == "宝鸡市"


@pytest.mark.parametrize("folder", ["xl/", "office/"])
@pytest.mark.parametrize("gone", ["worksheets/sheet2.xml", "sharedStrings.xml", "styles.xml", "workbook.xml"])
def test_a_part_that_is_missing_is_a_refusal_and_never_a_sheet_less_or_a_day_as_a_number(
    gone: str, folder: str
) -> None:
    parts: dict[str, str | bytes] = dict(unzipped(in_folder(PARTS, folder)))
    del parts[folder + gone]
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(zipped(parts), "表.xlsx")
    assert caught.value.code == "damaged"


def test_a_declaration_in_a_part_of_another_name_is_refused_as_well() -> None:
    parts: dict[str, str | bytes] = dict(
        unzipped(moved(PARTS, {"xl/worksheets/sheet2.xml": "sheets/2.part"}, sheet2="/sheets/2.part"))
    )
    held = parts["sheets/2.part"]
    assert isinstance(held, bytes)
    parts["sheets/2.part"] = held.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet', 1)
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(zipped(parts), "表.xlsx")
    assert caught.value.code == "xml_with_dtd"
