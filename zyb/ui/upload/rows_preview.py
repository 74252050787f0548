"""The official's own rows with the faults marked, and what would be saved of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from zyb.intake import Submission
from zyb.intake.adopted import Changed, changed_cells
from zyb.intake.tables.found import TableFound
from zyb.numerals import as_written, column_letters
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.problems import Problem, cell_place
from zyb.rulebook.regions import Roster
from zyb.ui import look
from zyb.ui.frame.grids import Colours, grid
from zyb.ui.frame.labels import literal
from zyb.uploads import Prepared

# Enough to recognise the table by; the whole of it is in the official's own file.
ROWS_SHOWN = 300
MARKS = {
    "error": "background-color:#f7dcd8;color:#861414;font-weight:600",
    "warning": "background-color:#fdf1dc;color:#744807;font-weight:600",
    "note": "background-color:#eef3f6",
}
Severities = dict[tuple[int, str], str]
"""Line and column letters → severity."""
FAULTY, ALL, CHANGED, ADOPTED = "只看有问题的行", "全部行", "原值与采用值", "入库后的数据"


def preview(prepared: Prepared, key: str) -> None:
    """A choice of what to see, and the table; nothing where no table was found."""
    found = prepared.submission
    if found.table is None or found.roster is None:
        return
    faulty = {sheet: marks for sheet in found.sheets if (marks := _marks(found.problems, sheet))}
    with st.expander("查看表格，问题已标色" if faulty else "查看表格"):
        with st.container(horizontal=True, vertical_alignment="center"):
            table = _pick_table(found, faulty, key)
            marks = faulty.get(table.sheet.name, {})
            options = [*([FAULTY] if marks else []), ALL, CHANGED, ADOPTED]
            shown = st.segmented_control(
                "显示",
                options,
                format_func=literal,
                default=options[0],
                key=f"{key}_{bool(marks)}",
                label_visibility="collapsed",
            )
        if shown == CHANGED:
            _original_and_adopted(found)
            return
        if shown == ADOPTED:
            rows = _adopted(found, found.roster)
            grid(rows, hide_index=True, alt="入库后的数据", placeholder=look.NO_VALUE)
        else:
            cells = _original(table, sorted({line for line, _ in marks}) if shown == FAULTY else None)
            rows = _numbered(cells)
            grid(cells, colours=_colours(marks), alt="原表")
        look.show(look.on_paper(rows))


def _original_and_adopted(found: Submission) -> None:
    """Cell by cell what is taken over differently from how it is written."""
    cells = changed_cells(found)
    if not cells:
        look.show(look.muted("各单元格都按原样采用。"))
        return
    rows = [_told(cell, len(found.sheets) > 1) for cell in cells[:ROWS_SHOWN]]
    grid(rows, hide_index=True, alt="原值与采用值")
    look.show(look.on_paper(rows))
    more = f"，这里列出前 {ROWS_SHOWN} 个" if len(cells) > ROWS_SHOWN else ""
    look.show(look.muted(f"共 {len(cells)} 个单元格的写法经过换算或补全{more}；其余按原样采用。"))


def _told(cell: Changed, with_sheet: bool) -> dict[str, object]:
    sheet = {"工作表": cell.sheet} if with_sheet else {}
    return {**sheet, "单元格": cell.cell, "列": cell.column, "原值": cell.original, "采用值": cell.adopted}


def _pick_table(found: Submission, faulty: Mapping[str, Severities], key: str) -> TableFound:
    """Of several sheets one is shown: at first one that has something wrong."""
    by_sheet = {table.sheet.name: table for table in reversed(found.tables)}
    if len(by_sheet) == 1:
        return next(iter(by_sheet.values()))
    first = next(iter(faulty), found.sheets[0])

    def told(sheet: str) -> str:
        return f"{sheet}（{len(faulty[sheet])} 处）" if sheet in faulty else sheet

    sheet = st.selectbox(
        "工作表", found.sheets, index=found.sheets.index(first), format_func=told, key=f"{key}_sheet",
        label_visibility="collapsed", width=320,
    )  # fmt: skip
    return by_sheet[sheet]


def _marks(problems: Sequence[Problem], sheet: str) -> Severities:
    """Line and column letters of every problem → its severity, the gravest where several meet."""
    marks: Severities = {}
    for problem in sorted(problems, key=lambda p: list(MARKS).index(p.severity), reverse=True):
        place = cell_place(problem.cell)
        if place and problem.sheet == sheet:
            marks[place] = problem.severity
    return marks


def _original(table: TableFound, lines: list[int] | None) -> pd.DataFrame:
    """The cells as they stand in the file, with the row numbers and column letters of Excel."""
    sheet = table.sheet
    wanted = lines if lines is not None else list(range(table.first_row + 1, sheet.n_rows + 1))
    wanted = wanted[:ROWS_SHOWN]
    letters = [column_letters(column) for column in range(sheet.n_cols)]
    rows = [sheet.rows(line - 1, line)[0] for line in wanted]
    return pd.DataFrame(rows, index=[str(line) for line in wanted], columns=letters)


def _numbered(cells: pd.DataFrame) -> list[dict[str, object]]:
    """The same for paper, with the row numbers in the first column."""
    rows = zip(cells.index, cells.to_dict("records"), strict=True)
    return [{"行": line} | {str(name): text for name, text in row.items()} for line, row in rows]


def _colours(marks: Severities) -> Colours:
    def colours(column: pd.Series[Any]) -> list[str]:
        return [MARKS.get(marks.get((int(line), str(column.name)), ""), "") for line in column.index]

    return colours


def place_name(ledger: Ledger, roster: Roster, code: str) -> str:
    """In a summary the province itself is its 合计 line, 全省; in a list its own institutions."""
    if not ledger.is_list and code == roster.province_code:
        return level_words(roster.province).whole
    return roster.name_of(code) if code else "—"


def _adopted(found: Submission, roster: Roster) -> list[dict[str, object]]:
    """The rows as they would be saved, in the ledger's own words."""
    assert found.ledger
    columns = found.ledger.stored
    counties = {county.code: county.name for county in roster.counties}
    rows = []
    for row in found.body.slice(0, ROWS_SHOWN).to_pylist():
        place = {"行": row["line"], "地区": place_name(found.ledger, roster, row["region_code"])}
        if row["county_code"]:
            place["县区"] = counties.get(row["county_code"], "—")
            place["县区来源"] = row.get("county_source") or "—"
        if row["year"]:
            place["年度"] = str(row["year"])
        rows.append({**place, **{one.title: as_written(row[one.name], one.type) for one in columns}})
    return rows
