"""Tables as officials send them: as sheets in memory, as .xlsx and .csv, and the notice's own table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pyarrow as pa
import xlwt

from tests.xlsb import xlsb
from zyb.intake import Given, Submission, understand, understand_all
from zyb.reading import Doubts, Sheet, Workbook
from zyb.rulebook.problems import Problem

Rows = Sequence[Sequence[object]]
TODAY = date(2024, 6, 30)

# 陕卫办职业发〔2024〕5号, first section, in its order: enrolled, completed.
NOTICE = {
    "西安市": (2367, 1378), "宝鸡市": (554, 356), "咸阳市": (213, 140), "铜川市": (84, 51),
    "渭南市": (247, 146), "延安市": (131, 23), "榆林市": (463, 84), "汉中市": (331, 244),
    "安康市": (104, 51), "商洛市": (78, 56), "杨凌示范区": (48, 4), "韩城市": (79, 42),
}  # fmt: skip
ENROLLED = sum(enrolled for enrolled, _ in NOTICE.values())
COMPLETED = sum(completed for _, completed in NOTICE.values())

NOTICE_TITLE = "陕西省职业病危害专项治理进展情况表（截至2024年3月1日）"
# The ranges that the notice's table merges: title, unit line, two tiers of headings.
NOTICE_MERGED = ((0, 0, 0, 3), (1, 0, 1, 3), (2, 0, 3, 0), (2, 1, 2, 3))


def notice_rows(
    figures: dict[str, tuple[object, object]] | None = None, total: Sequence[object] = ()
) -> Rows:
    """The notice's table: title, unit line, two tiers of headings, the total first, short names, a note."""
    figures = {**NOTICE, **(figures or {})}
    names = {name: name.removesuffix("示范区").removesuffix("市") for name in figures}
    body = [(names[name], *numbers, None) for name, numbers in figures.items()]
    return [
        (NOTICE_TITLE, None, None, None),
        ("单位：家", None, None, None),
        ("市（区）", "专项治理企业", None, None),
        (None, "纳入治理", "完成治理", "完成率"),
        ("合  计", *(total or (ENROLLED, COMPLETED)), None),
        *body,
        ("注：数据来自国家职业病危害“专项治理”模块。", None, None, None),
    ]


def table(text: str) -> list[list[str]]:
    """The cells of a table drawn with | and -: one list a line, the headings first."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if not set(line) <= set("-+|: ")]


def sheet(
    rows: Rows,
    name: str = "Sheet1",
    merged: Iterable[tuple[int, int, int, int]] = (),
    faults: Iterable[tuple[int, int, str]] = (),
    hidden: bool = False,
    unsaved: Iterable[tuple[int, int]] = (),
    unclear: Iterable[tuple[int, int]] = (),
    unseen: tuple[Iterable[int], Iterable[int]] = ((), ()),
    struck: Iterable[tuple[int, int]] = (),
    shown: Iterable[tuple[int, int, str]] = (),
    comments: Iterable[tuple[int, int, str]] = (),
) -> Sheet:
    """A sheet as the reading process would hand it over; None and "" are blank cells, `unseen` hidden rows and columns."""
    width = max((len(row) for row in rows), default=0)
    texts = [
        [None if cell in (None, "") else str(cell) for cell in (*row, *[None] * (width - len(row)))]
        for row in rows
    ]
    columns = {f"c{n}": pa.array([row[n] for row in texts], pa.string()) for n in range(width)}
    hidden_rows, hidden_columns = map(tuple, unseen)
    doubts = Doubts(
        unsaved=tuple(unsaved),
        unclear=tuple(unclear),
        rows=hidden_rows,
        columns=hidden_columns,
        struck=tuple(struck),
        shown=tuple(shown),
        comments=tuple(comments),
    )
    return Sheet(name, hidden, pa.table(columns), tuple(merged), tuple(faults), doubts)


def submission(
    *sheets: Sheet | Rows, name: str = "进展表.xlsx", today: date = TODAY, **given: Any
) -> Submission:
    """What intake makes of these sheets, without a file in between."""
    known = tuple(one if isinstance(one, Sheet) else sheet(one) for one in sheets)
    return understand(Workbook("xlsx", known), name, today=today, **given)


def submissions(
    *sheets: Sheet | Rows, name: str = "进展表.xlsx", today: date = TODAY, **given: Any
) -> tuple[Submission, ...]:
    """As `submission`, for a workbook that holds several tables."""
    known = tuple(one if isinstance(one, Sheet) else sheet(one) for one in sheets)
    return understand_all(Workbook("xlsx", known), name, Given(today=today, **given))


def codes(problems: Iterable[Problem], severity: str | None = None) -> list[str]:
    return [found.code for found in problems if severity in (None, found.severity)]


def errors(found: Submission) -> list[tuple[str, str]]:
    """(code, cell) of everything that blocks."""
    return [(p.code, p.cell) for p in found.problems if p.severity == "error"]


def xlsx(rows: Rows, name: str = "Sheet1", merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = name
    for row in rows:
        page.append(list(row))
    for top, left, bottom, right in merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


# -- enterprises that do not exist ----------------------------------------------------------

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(number: int, division: str = "610102") -> str:
    """An invented 统一社会信用代码 with the check digit of GB 32100-2015."""
    return checked(f"91{division}MA{number:07d}")


def checked(body: str) -> str:
    """The seventeen letters of a code with their check digit (GB 32100-2015)."""
    total = sum(USCC_ALPHABET.index(letter) * 3**place for place, letter in enumerate(body))
    return body + USCC_ALPHABET[-total % 31]


# -- the same cells in every format ---------------------------------------------------------


def xls(rows: Rows, name: str = "Sheet1", merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """As Excel 97 and WPS (.et) write it."""
    book = xlwt.Workbook()
    page = book.add_sheet(name, cell_overwrite_ok=True)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in (None, ""):
                page.write(r, c, value)
    for top, left, bottom, right in merged:
        held = rows[top][left] if left < len(rows[top]) else None
        page.write_merge(top, bottom, left, right, "" if held is None else held)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_file(
    kind: str, rows: Rows, name: str = "Sheet1", merged: Iterable[tuple[int, int, int, int]] = ()
) -> bytes:
    """xlsx, xlsb, xls, et (the bytes of an xls) or csv (GB18030, as Excel saves it in China)."""
    if kind == "csv":
        return csv_bytes(rows, "gb18030")
    if kind == "xlsb":
        return xlsb(rows, name, merged)
    return xlsx(rows, name, merged) if kind == "xlsx" else xls(rows, name, merged)


def several(*sheets: tuple[str, Rows]) -> bytes:
    """An .xlsx of several sheets, each with its name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
