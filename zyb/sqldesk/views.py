"""The documented views: what may be read, what each column is, and one statement to begin with.

A view for each ledger, made of its declaration without the personal columns, and those of zyb/sql/desk_views.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zyb.rulebook.book import rule
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.store import SQL

FILE = "desk_views.toml"
KINDS = {
    "count": "数量",
    "date": "日期",
    "percent": "百分比，54.8 即 54.8%",
    "flag": "是、否",
    "uscc": "统一社会信用代码",
}


@dataclass(frozen=True)
class DeskColumn:
    name: str
    about: str


@dataclass(frozen=True)
class DeskView:
    """`name` is how a statement calls it."""

    name: str
    title: str
    about: str
    columns: tuple[DeskColumn, ...]
    example: str


@rule
def desk_views() -> Mapping[str, DeskView]:
    """By name: lists of enterprises and cases first, then summaries, then what is no ledger."""
    ordered = sorted(ledgers().values(), key=lambda one: not one.is_list)
    every = (*map(_of_ledger, ordered), *_of_file())
    found = {view.name: view for view in every}
    assert len(found) == len(every), "two views of one name"
    return found


@rule
def desk_schema() -> Mapping[str, tuple[str, ...]]:
    return {view.name: tuple(column.name for column in view.columns) for view in desk_views().values()}


@rule
def seen_columns(ledger: Ledger) -> tuple[Column, ...]:
    """Those that hold no personal data; what stands before them in every ledger keeps its name."""
    before = _documented()["ledger"]
    return tuple(one for one in ledger.stored if not one.personal and one.name not in before)


@cache
def _documented() -> Mapping[str, Any]:
    return tomllib.loads((SQL / FILE).read_text(encoding="utf-8"))


def _of_ledger(ledger: Ledger) -> DeskView:
    before = (DeskColumn(name, about) for name, about in _documented()["ledger"].items())
    own = (DeskColumn(one.name, _about(one)) for one in seen_columns(ledger))
    kind = "每户（件）一行" if ledger.is_list else "每个地区（县区）一行"
    return DeskView(
        ledger.id, ledger.title, f"各地当前有效批次的{kind}", (*before, *own),
        f"select region, count(*) as 行数 from {ledger.id} group by region order by 行数 desc",
    )  # fmt: skip


def _about(column: Column) -> str:
    kind = f"（{'、'.join(column.options)}）" if column.options else ""
    return column.title + (kind or (f"（{KINDS[column.type]}）" if column.type in KINDS else ""))


def _of_file() -> Iterator[DeskView]:
    for name, told in _documented()["views"].items():
        columns = tuple(DeskColumn(*one) for one in told["columns"].items())
        yield DeskView(name, told["title"], told["about"], columns, told["example"])
