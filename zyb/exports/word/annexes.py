"""Annexes: each on a new page with mark, title, unit, table and notes; the league chart below the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document

from zyb.briefing.model import Briefing, Section
from zyb.briefing.report_table import ReportTable
from zyb.exports.word.body import annex_mark
from zyb.exports.word.chart import ROOM_FOR_CHART, chartable, league_chart
from zyb.exports.word.elements import POINTS_A_MM, Element, clean, paragraph, run, text_paragraph
from zyb.exports.word.fitting import UPRIGHT_SIZES, Fit, fit
from zyb.exports.word.heights import RowHeights, rows
from zyb.exports.word.notes import numbered
from zyb.exports.word.page import Paper
from zyb.exports.word.styles import ANNEX_MARK, ANNEX_TITLE, LINE, UNIT
from zyb.exports.word.tables import word_table
from zyb.letters import ems

# Kinds of report that show the league as a chart too.
CHARTED = frozenset({"monthly", "quarterly"})
# Sizes a title may take to stay on one line, 二号 to 三号.
TITLE_SIZES = (22.0, 18.0, 16.0)


@dataclass
class Stretch:
    """Pages that lie the same way, and what stands on them."""

    sheet: Paper
    content: list[Element] = field(default_factory=list)


def annexes(document: Document, briefing: Briefing, text: Stretch, ending: float) -> list[Stretch]:
    """The text's own stretch and those of the annexes after it; an upright annex goes on where the text ended.

    `ending` are the millimetres that the end of the document wants to have below the last one.
    """
    stretches, charted = [text], _charted(briefing)
    for place, table in enumerate(briefing.annexes, 1):
        section = charted.get(place)
        after = ending if place == len(briefing.annexes) else 0.0
        fitted, stood = _with_chart(table, after) if section else _alone(table, after)
        turns = fitted.sheet != stretches[-1].sheet
        if turns:
            stretches.append(Stretch(fitted.sheet))
        content = stretches[-1].content
        # A section begins on a new page by itself.
        content += _annex(annex_mark(briefing, place), table, fitted, stood.height, new_page=not turns)
        if section:
            content += league_chart(document, section, fitted.sheet.width, stood.free)
    return stretches


def _alone(table: ReportTable, after: float) -> tuple[Fit, RowHeights]:
    fitted = fit(table)
    return fitted, rows(table, fitted, (after, 0.0))


def _with_chart(table: ReportTable, after: float) -> tuple[Fit, RowHeights]:
    """Table and chart on one page, in smaller letters if it must be; what ends the document may go overleaf."""
    wanted = (ROOM_FOR_CHART + after, ROOM_FOR_CHART, 0.0)
    tried = [(fitted, rows(table, fitted, wanted)) for fitted in (fit(table, size) for size in UPRIGHT_SIZES)]
    return next((both for both in tried if both[1].free >= ROOM_FOR_CHART), tried[0])


def _charted(briefing: Briefing) -> dict[int, Section]:
    """The place of the first ranking with enough values to draw."""
    if briefing.request.kind not in CHARTED:
        return {}
    for place, table in enumerate(briefing.annexes, 1):
        ranked = any(column.kind == "rank" for column in table.columns)
        if ranked and table.section is not None and chartable(briefing.sections[table.section]):
            return {place: briefing.sections[table.section]}
    return {}


def _annex(mark: str, table: ReportTable, fitted: Fit, height: int, new_page: bool) -> Iterator[Element]:
    yield text_paragraph(ANNEX_MARK, mark, page_break=new_page)
    title = clean(table.title)
    yield paragraph(ANNEX_TITLE, run(title, ANNEX_TITLE, _title_size(title, fitted.sheet)), before=LINE)
    yield text_paragraph(UNIT, table.unit)
    for place, group in enumerate(fitted.groups):
        if place:
            yield text_paragraph(UNIT, f"{mark}（续表）　{clean(table.unit)}", page_break=True)
        yield word_table(table, fitted, group, height)
    yield from numbered("注", table.notes)


def _title_size(title: str, sheet: Paper) -> float:
    room = sheet.width * POINTS_A_MM
    return next((size for size in TITLE_SIZES if ems(title) * size <= room), TITLE_SIZES[1])
