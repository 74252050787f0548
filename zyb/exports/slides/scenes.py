"""Slides by kind: what stands where on a headline, a map, a league table and the pages of tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zyb import palette
from zyb.briefing.model import Briefing, Section, Slide, told_rules
from zyb.briefing.report_table import ReportTable
from zyb.deck import measuring, paging, remarks
from zyb.deck.legend import Ground, LegendEntry, classes, map_words, told_by_class
from zyb.deck.paging import TablePage
from zyb.exports.drawingml.ink import LetterStyle
from zyb.exports.slides import cards, charts, maps, tables
from zyb.exports.slides.drawing import Box, paragraph, run
from zyb.exports.slides.page import CONTENT, SMALL, SlidePage
from zyb.maps.polygons import ProvinceMap
from zyb.periods import chinese_day

HEADING = LetterStyle(15, palette.INK, bold=True)
BODY = LetterStyle(14, palette.INK)
FOOTNOTE = LetterStyle(12, palette.SECONDARY)
POINT_SIZES = (17, 16, 15, 14, 13, 12, 11, 10)
BULLET, BULLET_INDENT = "■", 0.26
SMALL_SIZES = (11, 10.5, 10, 9, 8)
FOOTNOTE_GAP, MOST_FOOTNOTE_LINES = 0.08, 3

CHART_WIDTH = 7.75
MAP_WIDTH = 6.2
LINE_BELOW = Box(CONTENT.left, CONTENT.bottom - 0.26, CONTENT.width, 0.26)
ABOVE_LINE = replace(CONTENT, height=CONTENT.height - 0.3)
# Between the unit line and the notes.
TABLE_ROOM = Box(CONTENT.left, CONTENT.top + 0.28, CONTENT.width, CONTENT.height - 0.28 - 0.34)

VALUES_ALONE = "（按数值分档，不作评价）"

NewPage = Callable[[str], SlidePage]


@dataclass(frozen=True)
class SlideScene:
    """One slide of the Briefing; a long table asks `new_page` for more than one page, by title."""

    briefing: Briefing
    slide: Slide
    shapes: ProvinceMap | None
    new_page: NewPage

    @property
    def section(self) -> Section | None:
        return self.briefing.section_of(self.slide)


def draw(scene: SlideScene) -> None:
    section, kind = scene.section, scene.slide.kind
    if section is None or kind not in DRAWN:
        _table_pages(scene)
    else:
        DRAWN[kind](scene, scene.new_page(scene.slide.title), section)


# --- headline, trend and league --------------------------------------------------------------------


def _headline(scene: SlideScene, page: SlidePage, section: Section) -> None:
    cards.draw_cards(page, CONTENT, cards.headline_cards(section))
    used = cards.HEIGHT + 0.22
    left = _footnote(page, section, CONTENT)
    lower = replace(left, top=left.top + used, height=left.height - used)
    _trend_and_points(scene, page, section, lower)


def _trend(scene: SlideScene, page: SlidePage, section: Section) -> None:
    _trend_and_points(scene, page, section, CONTENT)


def _trend_and_points(scene: SlideScene, page: SlidePage, section: Section, box: Box) -> None:
    """What is worth saying stands beside the line; either takes all the room where the other is missing."""
    has_trend = any(point.value is not None for point in section.trend)
    points = scene.slide.points
    left = replace(box, width=CHART_WIDTH) if points else box
    beside = left.right + 0.35
    right = Box(beside, box.top, box.right - beside, box.height) if has_trend else box
    if has_trend:
        _trend_chart(scene, page, section, left)
    if points:
        _points(page, right, points)


def _trend_chart(scene: SlideScene, page: SlidePage, section: Section, box: Box) -> None:
    data = charts.trend(section, box.width)
    first, last = section.trend[0].day, section.trend[-1].day
    period = f"{chinese_day(first)}至{chinese_day(last)}"
    page.chart("进展趋势图", box, data, f"{section.whole.name}{section.title}趋势，{period}")


def _points(page: SlidePage, box: Box, points: Sequence[str], heading: str = "主要情况") -> None:
    _heading(page, "要点标题", box, heading)
    room = Box(box.left, box.top + 0.46, box.width, box.height - 0.46)
    size = measuring.fitting_all(points, room.width - BULLET_INDENT, room.height, POINT_SIZES, 0.12)
    style = BODY.sized(size)
    texts = [
        paragraph(run(point, style), spacing=108, after=8, bullet=BULLET, indent=BULLET_INDENT)
        for point in points
    ]
    page.text("要点", room, texts)


def _league(scene: SlideScene, page: SlidePage, section: Section) -> None:
    box = _footnote(page, section, replace(CONTENT, height=CONTENT.height - 0.34))
    told = "；".join(remarks.described(section, line) for line in section.ranked())
    data = charts.league(section)
    page.chart("完成情况排名图", box, data, f"{section.title}排名。{told}")
    rules = f"{told_rules(scene.briefing.rules_of(section))}。" if section.pace is not None else ""
    both = f"目标：{section.both_targets}，按本省目标评价。" if section.both_targets else ""
    _small(page, "评价说明", LINE_BELOW, f"单位：{section.value_unit}。{both}{rules}")


def _footnote(page: SlidePage, section: Section | None, box: Box) -> Box:
    """人工调整 along the lower edge of the box; what is left of it above."""
    text, room = _footed(section, box)
    if text:
        place = Box(box.left, room.bottom + FOOTNOTE_GAP, box.width, box.bottom - room.bottom - FOOTNOTE_GAP)
        page.text(remarks.ADJUSTED, place, [paragraph(run(text, FOOTNOTE))], "ctr")
    return room


def _footed(section: Section | None, box: Box) -> tuple[str, Box]:
    text = remarks.footnote([section] if section else [], box.width, FOOTNOTE.size, MOST_FOOTNOTE_LINES)
    if not text:
        return "", box
    lines = measuring.lines(text, box.width, FOOTNOTE.size)
    high = lines * measuring.line_height(FOOTNOTE.size) + FOOTNOTE_GAP
    return text, replace(box, height=box.height - high)


def _heading(page: SlidePage, name: str, box: Box, text: str, size: float = 15) -> None:
    page.text(name, replace(box, height=0.32), [paragraph(run(text, HEADING.sized(size)))], "ctr")


def _small(page: SlidePage, name: str, box: Box, text: str) -> None:
    size = measuring.fitting(text, box.width, SMALL_SIZES)
    page.text(name, box, [paragraph(run(text, SMALL.sized(size)))], "ctr")


# --- map -------------------------------------------------------------------------------------------


def _map(scene: SlideScene, page: SlidePage, section: Section) -> None:
    """Map and legend; beside it who has to be pressed. Without boundaries these take the page."""
    left = _footnote(page, section, ABOVE_LINE)
    right = CONTENT if left == ABOVE_LINE else left
    if scene.shapes is not None:
        room = Box(left.left, left.top - 0.1, MAP_WIDTH, left.bottom - left.top + 0.1)
        maps.draw_map(page, room, scene.shapes, section)
        caption = f"图中数字为{section.short_title}（{section.value_unit}）。{map_words(section)}{scene.shapes.sketch}"
        _small(page, "地图说明", replace(LINE_BELOW, width=MAP_WIDTH), caption)
        right = replace(right, left=room.right + 0.3, width=right.right - room.right - 0.3)
    end = _legend(page, right, scene.briefing, section) + 0.2
    rest = Box(right.left, end, right.width, right.bottom - end)
    if scene.slide.table:
        _pressed(page, rest, scene.slide.table)
    elif points := scene.slide.points or told_by_class(section):
        _points(page, rest, points, "各地情况")


def _legend(page: SlidePage, box: Box, briefing: Briefing, section: Section) -> float:
    """Draws it and says where it ends."""
    compared = f"（{section.short_title}与{section.yardstick}比较）" if section.judges else VALUES_ALONE
    _heading(page, "图例标题", box, f"图例{compared}", 14)
    row = Box(box.left, box.top + 0.4, box.width, 0.29)
    for entry in _legend_entries(briefing, section):
        _legend_row(page, row, entry)
        row = replace(row, top=row.bottom)
    return row.top


def _legend_entries(briefing: Briefing, section: Section) -> list[LegendEntry]:
    """The classes of the scale, and of the others those that occur."""
    return [entry for entry in classes(briefing, section) if entry.regions or entry.in_scale]


def _legend_row(page: SlidePage, row: Box, entry: LegendEntry) -> None:
    swatch = Box(row.left, row.top + 0.05, 0.32, row.height - 0.1)
    name = Box(row.left + 0.44, row.top, 1.85, row.height)
    rule = Box(name.right, row.top, row.right - name.right, row.height)
    words = f"{entry.shape} {entry.title}（{entry.regions}个）".lstrip()
    fill = charts.filled(Ground(entry.colour, hatched=entry.hatched))
    page.panel(f"图例-{entry.title}", swatch, fill, edge=palette.HAIRLINE)
    page.text(f"图例文字-{entry.title}", name, [paragraph(run(words, LetterStyle(12, bold=True)))], "ctr")
    if entry.rule:
        _small(page, f"图例说明-{entry.title}", rule, entry.rule)


def _pressed(page: SlidePage, box: Box, table: ReportTable) -> None:
    """There is no second page beside a map: who does not fit is counted and stands in the league table."""
    room = Box(box.left, box.top + 0.4, box.width, box.height - 0.4)
    first, *others = paging.paged(table, room.width, room.height, tables.READING)
    rest = sum(len(other.rows) for other in others)
    beside = "，".join(part for part in (table.unit, f"另有{rest}个" if rest else "") if part)
    _heading(page, "督导标题", box, table.title + (f"（{beside}）" if beside else ""), 14)
    place, xml = tables.drawn(first, room)
    page.table("督导表", place, xml, table.title)


# --- tables ----------------------------------------------------------------------------------------


def _table_pages(scene: SlideScene) -> None:
    slide = scene.slide
    if slide.table is None or not slide.table.rows:
        page = scene.new_page(slide.title)
        if slide.points:
            _points(page, CONTENT, slide.points)
        return
    _, room = _footed(scene.section, TABLE_ROOM)
    pages = paging.pages(slide.table, room.width, room.height, tables.READING)
    kept, rest = paging.shown_of(slide, pages)
    for n, one in enumerate(kept, 1):
        page = scene.new_page(f"{slide.title}{paging.part(n, len(kept))}")
        _table_page(page, _footnote(page, scene.section, TABLE_ROOM), one, f"{rest}。" if rest else "")


def _table_page(page: SlidePage, room: Box, shown: TablePage, remark: str) -> None:
    table = shown.sheet.table
    place, xml = tables.drawn(shown, room)
    page.table(table.title, place, xml, table.title)
    above, grey = (
        Box(CONTENT.left, CONTENT.top - 0.08, CONTENT.width, 0.28),
        LetterStyle(12, palette.SECONDARY),
    )
    page.text("表题", above, [paragraph(run(table.title, grey.sized(13)))], "ctr")
    if table.unit:
        page.text("单位", above, [paragraph(run(table.unit, grey), align="r")], "ctr")
    # All of them stand in the speaker notes.
    if notes := paging.below(table, CONTENT.width, SMALL_SIZES[-2], remark):
        _small(page, "表注", LINE_BELOW, notes)


DRAWN: dict[str, Callable[[SlideScene, SlidePage, Section], None]] = {
    "headline": _headline,
    "map": _map,
    "league": _league,
    "trend": _trend,
}
