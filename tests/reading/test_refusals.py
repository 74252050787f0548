"""Files that are refused: each with its code, a Chinese sentence and a remedy, and the server lives on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.compound import compound
from tests.reading.files import Rows, changed, ods, unzipped, xls, xlsx, zipped
from zyb.reading import LIMITS, Limits, UnreadableFile, read_workbook
from zyb.reading.limits import MB
from zyb.reading.refusals import REFUSALS
from zyb.reading.sniffing import sniff

SHEET = "xl/worksheets/sheet1.xml"
SMALL: Rows = [["地区", "数"], ["西安市", 1]]


def refused(content: bytes, name: str = "台账.xlsx", limits: Limits = LIMITS) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, name, limits)
    return caught.value


def with_password_record(content: bytes) -> bytes:
    """An .xls whose second record says that the rest is encrypted (FilePass, 0x2F)."""
    start = content.index(b"\x09\x08\x10\x00")
    second = start + 4 + int.from_bytes(content[start + 2 : start + 4], "little")
    return content[:second] + b"\x2f\x00" + content[second + 2 :]


def with_encrypted_flag(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + bytes([content[at] | 1]) + content[at + 1 :]


def many_entries() -> bytes:
    return zipped({f"xl/{number}.xml": "" for number in range(3_001)})


def inflating() -> bytes:
    return zipped({**unzipped(xlsx(SMALL)), "xl/media/zeros.bin": bytes(60 * MB)})


def far_cell(claimed: bool) -> bytes:
    """Two cells in opposite corners of the sheet; only an honest writer's head of the sheet says so."""

    def put(book: openpyxl.Workbook) -> None:
        book["表1"]["XFD1048576"] = "远"

    content = xlsx(SMALL, prepare=put)
    return content if claimed else changed(content, SHEET, b'ref="A1:XFD1048576"', b'ref="A1:B2"')


def wide(letters: str) -> bytes:
    def put(book: openpyxl.Workbook) -> None:
        book["表1"][f"{letters}3"] = "宽"

    return xlsx(SMALL, prepare=put)


def with_dtd(content: bytes) -> bytes:
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    return changed(content, SHEET, b"<worksheet", dtd)


REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("empty_file", "an empty file", lambda: b""),
    ("too_large", "60 MB of zeros", lambda: bytes(60 * MB)),
    ("unknown_content", "40 MB of zeros", lambda: bytes(40 * MB)),
    ("picture", "a PNG", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99)),
    ("picture", "a JPEG", lambda: b"\xff\xd8\xff\xe0" + bytes(99)),
    ("picture", "a bitmap", lambda: b"BM" + bytes(99)),
    ("pdf", "a PDF", lambda: b"%PDF-1.7 ..."),
    ("archive", "a RAR", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99)),
    ("archive", "a 7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(99)),
    ("archive", "workbooks in a zip", lambda: zipped({"西安/台账.xlsx": xlsx(SMALL)})),
    ("ofd", "an OFD document", lambda: zipped({"OFD.xml": "<x/>"})),
    ("word", "a Word document", lambda: zipped({"word/document.xml": "<x/>"})),
    ("word", "an old Word document", lambda: compound(("WordDocument", b""))),
    ("slides", "a presentation", lambda: zipped({"ppt/presentation.xml": "<x/>"})),
    ("html", "a web page", lambda: "\r\n <html><table><tr><td>西安市".encode()),
    ("html", "a web page in UTF-16", lambda: "<HTML><table>西安市".encode("utf-16")),
    ("html", "XHTML", lambda: b'<?xml version="1.0"?><html xmlns="x">'),
    ("mhtml", "a web archive", lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook"),
    ("xml_2003", "an XML spreadsheet", lambda: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook xmlns="x">'),
    ("old_excel", "a worksheet of Excel 4", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(99)),
    ("encrypted", "an encrypted .xlsx", lambda: compound(("EncryptionInfo", b""), ("EncryptedPackage", b""))),
    ("encrypted", "an .xls with a password", lambda: with_password_record(xls(SMALL))),
    ("encrypted", "a zip with a password", lambda: with_encrypted_flag(xlsx(SMALL))),
    ("broken_zip", "half a workbook", lambda: xlsx(SMALL)[:3000]),
    ("broken_zip", "the first bytes of an .xls", lambda: xls(SMALL)[:700]),
    ("broken_zip", "an empty zip", lambda: zipped({})),
    ("not_a_workbook", "some other zip", lambda: zipped({"readme.txt": "x"})),
    ("not_a_workbook", "some other OLE file", lambda: compound(("Catalog", b""))),
    ("not_a_workbook", "an OLE file of nothing", lambda: compound()),
    (
        "word",
        "an old Word document with a workbook in it",
        lambda: compound(("MBD1/Workbook", b""), ("WordDocument", b"")),
    ),
    ("zip_bomb", "a zip of 3,001 entries", many_entries),
    ("zip_bomb", "60 MB of zeros in a workbook", inflating),
    ("xml_with_dtd", "XML with entities", lambda: with_dtd(xlsx(SMALL))),
    ("no_sheet", "an open document without table", lambda: ods("")),
    ("empty_workbook", "a workbook nobody filled in", lambda: xlsx([], [["", " \u3000"]])),
    ("no_sheet", "an .xls whose workbook has no bytes", lambda: compound(("Workbook", b""))),
    ("empty_workbook", "an .xls without a cell", lambda: xls([])),
    ("empty_workbook", "text of blanks", lambda: b"\r\n ,, \r\n"),
    ("too_many_sheets", "51 sheets", lambda: xlsx(*[SMALL] * 51)),
    ("too_many_columns", "a cell in column 301", lambda: wide("KO")),
    ("too_many_columns", "text of 301 columns", lambda: b"a," * 300 + b"b"),
    ("too_many_rows", "text of more rows than Excel has", lambda: b"a\n" * 1_048_577),
    ("range_too_large", "cells at A1 and XFD1048576", lambda: far_cell(claimed=True)),
    ("out_of_memory", "the same, with a false head", lambda: far_cell(claimed=False)),
    ("cell_too_long", "32,768 characters in a cell", lambda: ods(_one_cell("长" * 32_768))),
    ("line_too_long", "a quotation mark never closed", lambda: '甲,"乙\n'.encode() + b"a,b\n" * 20_000),
    ("damaged", "a sheet cut in the middle", lambda: changed(xlsx(SMALL), SHEET, b"</row>", b"</ro")),
    ("damaged", "an OLE file that only says Workbook", lambda: compound(("Workbook", b"x" * 5000))),
    ("unknown_encoding", "bytes of no encoding", lambda: "地区,数\n".encode() + b"\xff\xff\xfe,1\n"),
    ("unknown_encoding", "control characters", lambda: bytes(range(1, 9)) * 500),
]


def _one_cell(text: str) -> str:
    cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return f'<table:table table:name="表1"><table:table-row>{cell}</table:table-row></table:table>'


@pytest.mark.parametrize(
    ("code", "make"), [(c, m) for c, _, m in REFUSED], ids=[what for _, what, _ in REFUSED]
)
def test_a_file_is_refused_with_its_code_and_a_remedy(code: str, make: Callable[[], bytes]) -> None:
    error = refused(make())
    assert error.code == code
    assert error.message.endswith("。")
    assert error.remedy.startswith("请")


# Held by the tests of zips of workbooks.
OF_ARCHIVES = {"archive_nested", "archive_too_many", "archive_too_large"}
# Held by the tests of the processes that read and understand.
OF_PROCESSES = {"timeout", "busy", "no_room", "short_of_handles"} | {
    f"understanding_{fate}" for fate in ("timeout", "memory", "broke")
}


def test_every_refusal_has_a_case_here_or_elsewhere() -> None:
    assert {code for code, _, _ in REFUSED} | OF_PROCESSES | OF_ARCHIVES == set(REFUSALS)


def test_a_refusal_names_the_place_to_look_at() -> None:
    assert "工作表“表1”" in refused(wide("KO")).message
    assert "第 KO 列" in refused(wide("KO")).message
    assert "XFD1048576" in refused(far_cell(claimed=True)).message
    assert "60 MB" in refused(bytes(60 * MB)).message
    assert "A1 单元格" in refused(ods(_one_cell("长" * 32_768))).message


@pytest.mark.parametrize("written", [b"/>", b" />", b"></c>"])
def test_a_far_cell_only_formatted_is_no_reason_to_refuse(written: bytes) -> None:
    def style(book: openpyxl.Workbook) -> None:
        book["表1"]["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    content = xlsx(SMALL, prepare=style)
    found = re.search(rb'(<c [^>]*"XFD1048576"[^>/]*?) ?(/>|></c>)', unzipped(content)[SHEET])
    assert found
    content = changed(content, SHEET, found[0], found[1] + written)
    assert read_workbook(content, "台账.xlsx").sheets[0].rows() == [["地区", "数"], ["西安市", "1"]]


def test_300_columns_and_50_sheets_are_still_read() -> None:
    assert read_workbook(wide("KN"), "台账.xlsx").sheets[0].n_cols == 300
    assert len(read_workbook(xlsx(*[SMALL] * 50), "台账.xlsx").sheets) == 50


def test_names_in_the_file_cannot_write_markup_into_the_sentence() -> None:
    named = changed(wide("KO"), "xl/workbook.xml", "表1".encode(), b"&lt;b&gt;**x**`$[a](b)")
    message = refused(named, "<script>.xlsx").message
    assert not set("<>*`$[]") & set(message)
    assert "script" not in message


def test_no_sentence_holds_a_path_or_english() -> None:
    known = {"Excel", "WPS", "PDF", "OFD", "Word", "XML", "MHTML", "MB", "xlsx", "xls", "csv"}
    for message, remedy in REFUSALS.values():
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"{\w+}", "", message + remedy)))
        assert words - known <= {"UTF", "GB"}


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x01\x02", compound()[:512], b"<", b"BM"]),
)
def test_whatever_the_bytes_a_look_at_them_ends_in_a_format_or_a_refusal(tail: bytes, head: bytes) -> None:
    try:
        assert sniff(head + tail, LIMITS).format in {"xlsx", "xlsb", "xls", "ods", "text"}
    except UnreadableFile as error:
        assert error.code in REFUSALS


def test_a_smaller_limit_given_by_the_caller_counts() -> None:
    assert refused(b"a\n" * 11, limits=replace(LIMITS, max_rows=10)).code == "too_many_rows"
    assert (
        refused(b"a" * (MB + 1), limits=replace(LIMITS, max_bytes=MB)).message
        == "文件大小为 2 MB，超过 1 MB 的上限。"
    )
