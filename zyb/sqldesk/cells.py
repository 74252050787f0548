"""The cells of an answer as page and files show them: kinds as the ledgers' columns have, whatever type SQL gave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

from zyb.inquiries.cells import told_apart
from zyb.intake.cells.flags import NO, YES

# As many decimals as anybody reads, on the screen and in files alike.
DECIMALS = 6


@dataclass(frozen=True)
class AnswerColumn:
    title: str
    kind: str


def answer_columns(table: pa.Table) -> tuple[AnswerColumn, ...]:
    kinds = [_kind(field.type) for field in table.schema]
    return tuple(map(AnswerColumn, told_apart(table.schema.names), kinds))


def answer_rows(table: pa.Table, start: int, number: int) -> list[tuple[object, ...]]:
    """So many rows from the one at `start`, counted from 0."""
    columns = [
        [_cell(value, _kind(column.type)) for value in column.to_pylist()]
        for column in table.slice(start, number).columns
    ]
    return list(zip(*columns, strict=True))


def _kind(said: pa.DataType) -> str:
    if pa.types.is_date(said):
        return "date"
    if pa.types.is_integer(said) or (pa.types.is_decimal(said) and said.scale == 0):
        return "count"
    return "decimal" if pa.types.is_floating(said) or pa.types.is_decimal(said) else "text"


def _cell(value: object, kind: str) -> object:
    if value is None:
        return None
    if kind == "count":
        return _whole(value)
    if kind == "decimal":
        assert isinstance(value, float | Decimal)
        return round(float(value), DECIMALS) if math.isfinite(value) else None
    return value if kind == "date" else _text(value)


def _whole(value: object) -> object:
    """What no file keeps as a whole number is one of them no more: 64 bits."""
    assert isinstance(value, int | Decimal)
    return int(value) if -(2**63) <= value < 2**63 else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return "、".join(_text(one) for one in value if one is not None)
    return str(value)
