"""The rows that were asked for: how many, their sums, a page of them, and where a row stands in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from zyb.access import Viewer
from zyb.answers.inquiring import InquiryLine, InquiryPage, answered, question
from zyb.exports.inquiries.rows import rows_taken
from zyb.html import Markup, joined
from zyb.inquiries.cells import NUMERIC, cell_text, told_apart
from zyb.inquiries.fields import InquiryField
from zyb.inquiries.model import ROWS_A_SCREEN, Inquiry
from zyb.inquiries.question import DaySum
from zyb.inquiries.words import name_of_file
from zyb.numerals import count
from zyb.periods import chinese_day
from zyb.settings import DEMO_WARNING, is_demo
from zyb.store import Store
from zyb.ui import look
from zyb.ui.explore.asking import ask
from zyb.ui.filtered import downloads
from zyb.ui.filtered.downloads import demo_mark
from zyb.ui.filtered.paging import ASCENDING, DESCENDING, paging
from zyb.ui.frame import leads, pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.placeholders import keeps_its_place

# A screen of a notebook shows so much without scrolling the page.
HEIGHT, LINE_HEIGHT, EMPTY_LINES = 492, 35, 2
WIDTHS = {"text": "medium", "uscc": "medium"}


def rows_card(store: Store, viewer: Viewer, asked: Inquiry, unmasked: bool) -> None:
    page = answered(store, question(store, asked, by=viewer, unmasked=unmasked))
    seen = page.question.asked
    with st.container(border=True, key="card_rows"):
        look.show(look.card_title(f"{seen.ledger.title}：{count(page.rows)} 行", sums_told(page)))
        if not page.rows:
            look.show(look.empty("没有符合条件的行", "可以去掉一个条件，或换一个日期。"))
            return
        chosen = _table(page)
        _origin(store, page, chosen)
        with st.container(horizontal=True, vertical_alignment="center", key="explore_foot"):
            downloads.buttons(
                lambda: _taken(store, viewer, page), page.rows, seen, name_of_file(seen, demo_mark())
            )
            _paging(page)
        downloads.under_way(seen)


def _taken(store: Store, viewer: Viewer, page: InquiryPage) -> Any:
    warning = DEMO_WARNING if is_demo() else ""
    return rows_taken(store, page.question, page.sums, to=viewer, warning=warning)


def sums_told(page: InquiryPage) -> Markup:
    """The sums of all rows that were asked for, of each day."""
    several = len(page.sums) > 1
    return joined(*(_sum_told(page.question.asked, one, several) for one in page.sums), between="　|　")


def _sum_told(asked: Inquiry, one: DaySum, several: bool) -> Markup:
    day = f"{chinese_day(one.day)} {count(one.rows)} 行" if several else ""
    sums = [
        joined(f"{asked.fields[name].title} ", look.strong(count(total))) for name, total in one.sums.items()
    ]
    return joined(*filter(None, (day, *sums)), between="　")


# -- the table ----------------------------------------------------------------------------------


def _table(page: InquiryPage) -> InquiryLine | None:
    """A click on a heading sorts all rows, not the page; the line that is ticked, if any."""
    asked = page.question.asked
    named = dict(zip(told_apart([one.title for one in asked.shown]), asked.shown, strict=True))
    rows = [
        {title: _cell(cell, one) for (title, one), cell in zip(named.items(), line.cells, strict=True)}
        for line in page.lines
    ]
    # What was ticked on another page, or in another order, is not what stands there now.
    key = f"explore_rows_{hash(replace(asked, columns=())) & 0xFFFFFF:x}"
    grid(
        rows, hide_index=True, key=key, alt="查询结果", placeholder=look.NO_VALUE, height=_height(len(rows)),
        column_config={title: _heading(one, asked) for title, one in named.items()},
        on_select=lambda: _picked(key, asked, named), selection_mode=["single-row", "single-column"],
    )  # fmt: skip
    look.show(look.on_paper([_on_paper(page, line) for line in page.lines], most=ROWS_A_SCREEN))
    ticked = st.session_state.get(key, {}).get("selection", {}).get("rows", [])
    return page.lines[ticked[0]] if ticked and ticked[0] < len(page.lines) else None


def _height(rows: int) -> int:
    return min(HEIGHT, LINE_HEIGHT * (rows + 1) + EMPTY_LINES)


def _cell(cell: object, field: InquiryField) -> object:
    if field.kind == "percent":
        return cell_text(cell, field.kind)
    return "" if cell is None and field.kind not in ("count", "date") else cell


def _heading(field: InquiryField, asked: Inquiry) -> Any:
    turned = f" {DESCENDING if asked.descending else ASCENDING}" if field.name == asked.sort else ""
    title = field.title + turned
    if field.kind == "date":
        return st.column_config.DateColumn(title, format="YYYY-MM-DD")
    if field.is_summed:
        return st.column_config.NumberColumn(title, format="localized")
    if field.kind in NUMERIC:
        return st.column_config.NumberColumn(title, format="%d")
    return st.column_config.TextColumn(title, width=WIDTHS.get(field.kind))  # type: ignore[arg-type]


def _picked(key: str, asked: Inquiry, named: Mapping[str, InquiryField]) -> None:
    """A heading that is clicked sorts; a row that is clicked stays ticked."""
    columns = st.session_state[key]["selection"]["columns"]
    if columns and columns[0] in named:
        ask(asked.sorted_by(named[columns[0]].name))


def _on_paper(page: InquiryPage, line: InquiryLine) -> dict[str, object]:
    shown = page.question.asked.shown
    titles = told_apart([field.title for field in shown])
    each = zip(titles, shown, line.cells, strict=True)
    return {title: cell_text(cell, field.kind) for title, field, cell in each}


def _paging(page: InquiryPage) -> None:
    asked = page.question.asked
    paging("explore", asked.page, ROWS_A_SCREEN, page.rows, lambda number: ask(replace(asked, page=number)))


# -- one row ------------------------------------------------------------------------------------


@keeps_its_place
def _origin(store: Store, page: InquiryPage, line: InquiryLine | None) -> None:
    """From the row to file, sheet and line, and to the upload that brought it."""
    if line is None:
        return
    snapshot = store.snapshot(line.snapshot)
    sheet = f"工作表“{line.sheet}”" if line.sheet else ""
    with st.container(horizontal=True, vertical_alignment="center", key="explore_origin"):
        look.show(
            joined(
                look.strong(f"{snapshot.file_name}　{sheet}第 {line.line} 行"),
                look.muted(
                    f"数据截至 {snapshot.as_of}，{pickers.moment(snapshot.uploaded_at)} 由{snapshot.uploaded_by}上报"
                ),
                between="　",
            )
        )
        leads.snapshot_link(snapshot, page.question.asked.province, f"查看批次 {snapshot.id}", "history")
