"""An upload that is going to be killed; see `tests.benchmarks.kills`."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from tests.books import notice_rows, xlsx
from zyb.access import on_this_machine
from zyb.intake import Given
from zyb.store import Store
from zyb.uploads import accept_all, prepare_all

TODAY = date(2030, 1, 1)
FIRST_DAY = date(2024, 3, 1)
TARGETS = [("西安市", 2024, 500), ("宝鸡市", 2024, 100), ("咸阳市", 2024, 40)]


def workbook(number: int, tables: int) -> bytes:
    """A report of a day of its own; with two tables the yearly tasks stand on a second sheet."""
    day = FIRST_DAY + timedelta(days=number)
    rows = [
        (f"陕西省职业病危害专项治理进展情况表（截至{day.year}年{day.month}月{day.day}日）",),
        *notice_rows()[1:],
    ]
    if tables == 1:
        return xlsx(rows)
    book = openpyxl.Workbook()
    for name, lines in (("进展", rows), ("任务", [(f"陕西省专项治理年度目标任务表（截至{day.year}年{day.month}月{day.day}日）",), ("地区", "年度", "目标任务数"), *TARGETS])):  # fmt: skip
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    book.remove(book.worksheets[0])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return file.read()


def upload(folder: Path, number: int, tables: int, acknowledged: Path) -> None:
    """As the page does it; the answer is written down when the program would have given it."""
    with closing(Store(folder)) as store:
        acknowledged.with_suffix(".begun").touch()
        found = prepare_all(store, workbook(number, tables), f"{number}.xlsx", Given(today=TODAY))
        assert [one.status for one in found] == ["accepted"] * tables, [one.problems for one in found]
        numbers = accept_all(store, found, by=on_this_machine("王某"))
        acknowledged.write_text(json.dumps(numbers))
