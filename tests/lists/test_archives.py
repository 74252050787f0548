"""A zip of workbooks: each file in it is treated as if it had been sent alone; nothing touches the disk."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tests.books import csv_bytes, xlsx
from tests.reading.files import zipped
from zyb.intake import Given
from zyb.reading import UnreadableFile, archives, workbooks_in
from zyb.reading.archives import MOST_FILES
from zyb.uploads import files_in, prepare_all, read_submissions

TODAY = date(2024, 6, 30)


def progress(name: str, completed: int = 5) -> bytes:
    rows = [("陕西省专项治理（截至2024年3月1日）",), ("地区", "纳入治理企业数", "完成治理企业数")]
    return csv_bytes([*rows, (name, 10, completed)], "gb18030")


def labels(content: bytes) -> list[str]:
    return [name for name, _ in files_in(content, "各市.zip")]


def test_every_workbook_of_a_zip_is_a_file_of_its_own(store):
    content = zipped({"西安.csv": progress("西安"), "宝鸡.csv": progress("宝鸡", 11)})
    found = {
        name: [one.status for one in prepare_all(store, inside, name, Given(today=TODAY))]
        for name, inside in files_in(content, "各市.zip")
    }
    assert found == {"西安.csv": ["accepted"], "宝鸡.csv": ["refused"]}


def test_a_workbook_is_a_zip_too_and_stays_one_file():
    content = xlsx([("地区", "纳入"), ("西安", 1)])
    assert workbooks_in(content, "表.xlsx") is None
    assert files_in(content, "表.xlsx") == [("表.xlsx", content)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"%PDF-1.7"])
def test_what_is_no_zip_of_workbooks_stays_as_it_is(content):
    assert files_in(content, "表.xlsx") == [("表.xlsx", content)]


def test_names_serve_as_labels_and_never_as_paths():
    content = zipped({
        "../../etc/西安.csv": progress("西安"), "石家庄市/桥西区.csv": b"a,b", "C:\\temp\\<b>宝鸡</b>.csv": b"a,b",
    })  # fmt: skip
    assert labels(content) == ["etc－西安.csv", "石家庄市－桥西区.csv", "C－temp－b宝鸡－b.csv"]


def test_names_that_chinese_windows_wrote_are_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("AAAAAAAA.csv", progress("西安"))
    content = stream.getvalue().replace(b"AAAAAAAA", "西安上报".encode("gb18030"))
    assert labels(content) == ["西安上报.csv"]


def test_what_systems_leave_behind_is_passed_over_and_a_letter_is_told_why():
    parts = {
        "表.csv": progress("西安"), "__MACOSX/._表.csv": b"\0", "~$表.xlsx": b"\0", "Thumbs.db": b"\0",
        "说明.pdf": b"%PDF-1.7 " + b"0" * 99,
    }  # fmt: skip
    found = files_in(zipped(parts), "上报.zip")
    assert [name for name, _ in found] == ["表.csv", "说明.pdf"]
    (letter,) = read_submissions(found[1][1], found[1][0], Given(today=TODAY))
    assert [problem.code for problem in letter.problems] == ["pdf"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"表.csv": b"a,b", "更多.zip": b"PK"}, "archive_nested"),
        ({f"{n}.csv": b"a,b" for n in range(MOST_FILES + 1)}, "archive_too_many"),
        ({"表.csv": bytes(30 << 20)}, "zip_bomb"),
    ],
)
def test_a_zip_that_asks_too_much_is_refused_in_its_own_words(parts, code):
    content = zipped(parts)
    with pytest.raises(UnreadableFile) as refused:
        workbooks_in(content, "上报.zip")
    assert refused.value.code == code
    (found,) = read_submissions(*files_in(content, "上报.zip")[0][::-1], Given(today=TODAY))
    assert [(problem.code, bool(problem.remedy)) for problem in found.problems] == [(code, True)]


def test_a_zip_that_is_too_large_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 100)
    with pytest.raises(UnreadableFile) as refused:
        workbooks_in(zipped({"表.csv": progress("西安") * 9}), "上报.zip")
    assert refused.value.code == "archive_too_large"


def test_a_zip_with_a_password_says_so():
    content = bytearray(zipped({"表.csv": progress("西安")}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile) as refused:
        workbooks_in(bytes(content), "上报.zip")
    assert refused.value.code == "encrypted"


def test_a_damaged_zip_is_told_to_be_damaged():
    content = bytearray(zipped({"表.csv": progress("西安") * 50}))
    content[60] ^= 0xFF
    with pytest.raises(UnreadableFile) as refused:
        workbooks_in(bytes(content), "上报.zip")
    assert refused.value.code == "broken_zip"
