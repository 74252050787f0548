"""Templates filled in as a careful official would, by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import openpyxl

from zyb.exports.books.forms import Form, FormHeading
from zyb.intake.cells.codes import ALPHABET, MODULUS, WEIGHTS

YEAR = 2025
TODAY = date(2025, 7, 10)
AS_OF = date(2025, 6, 30)
LIST_ROWS = 3


def code(number: int) -> str:
    """A 统一社会信用代码 whose check digit is right."""
    digits = f"9161{number:013d}"
    total = sum(ALPHABET.index(digit) * int(weight) for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + ALPHABET[(MODULUS - total % MODULUS) % MODULUS]


def filled(content: bytes, form: Form, as_of: date = AS_OF, flags: Mapping[str, str] | None = None) -> bytes:
    """The template with its day, its lines and all its rows filled in; `flags` are columns that do not answer 是."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    labels = {cell.value: cell for row in page.iter_rows(max_row=6) for cell in row if cell.value}
    for line in form.lines:
        _blank_beside(page, labels[f"{line}："]).value = f"{form.regions[0].name}疾控中心"
    if form.dated:
        _blank_beside(page, labels["数据截至："]).value = as_of
    for row, column, value in cells(page, form, flags or {}):
        page.cell(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _blank_beside(page: Any, label: Any) -> Any:
    """The first cell to the right of a label that is not merged with it."""
    column = label.column + 1
    while isinstance(page.cell(label.row, column), openpyxl.cell.cell.MergedCell):
        column += 1
    return page.cell(label.row, column)


def first_row(page: Any, form: Form) -> int:
    """The row below the headings."""
    title = form.headings[0].title
    head = next(c.row for row in page.iter_rows(max_row=10) for c in row if c.value == title)
    merged = [m for m in page.merged_cells.ranges if m.min_row == head and m.min_col == 1 and head > 1]
    return int(merged[0].max_row if merged else head) + 1


def cells(page: Any, form: Form, flags: Mapping[str, str]) -> Iterator[tuple[int, int, object]]:
    start, is_list = first_row(page, form), form.ledger.is_list
    rows = LIST_ROWS if is_list else len(form.prefilled)
    for number in range(rows):
        for column, heading in enumerate(form.headings, 2 if is_list else 1):
            value = flags.get(heading.column.name, value_of(form, heading, number))
            if value is not None:
                yield start + number, column, value


def value_of(form: Form, heading: FormHeading, number: int) -> object:
    """Something that the column's rule allows; None where the template has filled it in."""
    column, ledger = heading.column, form.ledger
    if not ledger.is_list and column.type in ("region", "choice"):
        return None
    if heading == form.summed:
        return sum(AMOUNT + number for _ in range(len([h for h in form.headings if h.year])))
    larger = {rule.larger for rule in ledger.at_most}
    later = {rule.later for rule in ledger.date_orders}
    return {
        "region": form.regions[0].name,
        "county": form.counties[number % LIST_ROWS],
        "year": YEAR,
        "count": AMOUNT + number + (5 if column.name in larger else 0),
        "text": f"{column.title}{number}",
        "flag": "是",
        "date": date(2025, 5, 20) if column.name in later else date(2025, 4, 9),
        "uscc": code(number),
        "industry": "06",
        "choice": column.options[0] if column.options else None,
    }[column.type]


AMOUNT = 40
