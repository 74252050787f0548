"""The rows of an answer: how many, in what time, a page of them, and the files."""

from __future__ import annotations

from typing import Any

import streamlit as st

from zyb.access import Viewer
from zyb.exports.inquiries.statements import rows_told, statement_file, statement_taken
from zyb.inquiries.cells import NUMERIC
from zyb.inquiries.model import ROWS_A_SCREEN
from zyb.settings import DEMO_WARNING, is_demo
from zyb.sqldesk import AnswerColumn, DeskAnswer, answer_columns, answer_rows
from zyb.ui import look
from zyb.ui.filtered import downloads
from zyb.ui.filtered.paging import page_in_address, paging, turn_in_address
from zyb.ui.frame.grids import grid
from zyb.ui.sqldesk.statement import PAGE


def answer_card(viewer: Viewer, answer: DeskAnswer) -> None:
    warning, total = DEMO_WARNING if is_demo() else "", answer.found.table.num_rows
    with st.container(border=True, key="card_answer"):
        look.show(look.card_title(rows_told(answer), f"用时 {answer.found.seconds:.1f} 秒"))
        if not total:
            look.show(look.empty("没有符合条件的行", "可以放宽 WHERE 条件后再运行。"))
            return
        page = page_in_address(PAGE, total, ROWS_A_SCREEN)
        _table(answer, (page - 1) * ROWS_A_SCREEN)
        with st.container(horizontal=True, vertical_alignment="center", key="sql_foot"):
            name = statement_file(answer, warning)
            asked = ("sql", id(answer))
            downloads.buttons(
                lambda: statement_taken(answer, to=viewer, warning=warning), total, asked, name, "sql"
            )
            paging("sql", page, ROWS_A_SCREEN, total, turn_in_address(PAGE))
        downloads.under_way(asked)


def _table(answer: DeskAnswer, start: int) -> None:
    columns = answer_columns(answer.found.table)
    titles = [column.title for column in columns]
    rows = [
        dict(zip(titles, row, strict=True)) for row in answer_rows(answer.found.table, start, ROWS_A_SCREEN)
    ]
    heads = {column.title: _heading(column) for column in columns}
    key = f"sql_rows_{id(answer) & 0xFFFFFF:x}_{start}"
    grid(rows, hide_index=True, key=key, alt="查询结果", placeholder=look.NO_VALUE, column_config=heads)


def _heading(column: AnswerColumn) -> Any:
    if column.kind == "date":
        return st.column_config.DateColumn(column.title, format="YYYY-MM-DD")
    if column.kind in NUMERIC:
        return st.column_config.NumberColumn(column.title, format="%d" if column.kind == "count" else None)
    return st.column_config.TextColumn(column.title)
