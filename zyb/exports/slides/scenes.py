"""Slides by kind: what stands where on the cover, the headline, the map, the league table and the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zyb import palette
from zyb.boundaries import ProvinceMap
from zyb.briefing.model import Briefing, Line, Section, Slide, Table
from zyb.exports.slides import charts, maps, measuring, tables
from zyb.exports.slides.drawing import Box, Style, paragraph, run, solid
from zyb.exports.slides.page import CONTENT, SMALL, Page
from zyb.numerals import absolute_points
from zyb.periods import chinese_day

GAP = 0.16
HEADING = Style(15, palette.INK, bold=True)
BODY = Style(14, palette.INK)
POINT_SIZES = (17, 16, 15, 14, 13, 12, 11)
BULLET = "■"
BULLET_INDENT = 0.26
KEY = "▼ 滞后　◆ 关注　● 正常　▨ 无数据"

NewPage = Callable[[str], Page]


@dataclass(frozen=True)
class Scene:
    """One slide of the Briefing; a long table asks `new_page` for more than one page, by title."""

    briefing: Briefing
    slide: Slide
    shapes: ProvinceMap | None
    new_page: NewPage

    @property
    def section(self) -> Section | None:
        return None if self.slide.section is None else self.briefing.sections[self.slide.section]


def draw(scene: Scene) -> None:
    section = scene.section
    if section is not None and scene.slide.kind in OF_A_SECTION:
        OF_A_SECTION[scene.slide.kind](scene, scene.new_page(scene.slide.title), section)
    else:
        _table_pages(scene)


# --- headline --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    title: str
    value: str
    remark: str
    colour: str = palette.JADE


def _headline(scene: Scene, page: Page, section: Section) -> None:
    cards = headline_cards(section)
    width = (CONTENT.width - GAP * (len(cards) - 1)) / len(cards)
    for n, card in enumerate(cards):
        _card(page, Box(CONTENT.left + n * (width + GAP), CONTENT.top, width, 1.62), card)
    lower = Box(CONTENT.left, CONTENT.top + 1.86, CONTENT.width, CONTENT.height - 1.86)
    _chart_and_points(scene, page, section, lower)


def headline_cards(section: Section) -> list[Card]:
    whole, unit = section.whole, section.unit
    return [
        Card(section.title, charts.value_shown(section, whole.value), _judged(whole), _colour(whole)),
        Card(f"{section.denominator_title}（{unit}）", _count(whole.denominator), f"数据截至{chinese_day(section.as_of)}",
             palette.INDIGO),
        Card(f"{section.numerator_title}（{unit}）", _count(whole.numerator), _added(section), palette.JADE),
        Card(f"剩余任务（{unit}）", _count(whole.remaining), _time_left(section), palette.WATCH),
        _last_card(section),
    ]  # fmt: skip


def _count(number: int | None) -> str:
    return "—" if number is None else str(number).replace("-", "−")


def _colour(line: Line) -> str:
    return palette.TONES[line.judgement.tone]


def _judged(line: Line) -> str:
    """“● 达到序时，快1.8个百分点”."""
    said = f"{line.judgement.shape} {line.judgement.title}"
    if line.gap is None:
        return said
    shown = absolute_points(line.gap)
    if shown == "0.0":
        return f"{said}，与序时持平"
    return f"{said}，{'快' if line.gap > 0 else '低'}{shown}个百分点"


def _added(section: Section) -> str:
    added = section.whole.added
    if added is None:
        return "上期没有可比数据"
    return f"较上期{'新增' if added >= 0 else '减少'}{abs(added)}{section.unit}"


def _time_left(section: Section) -> str:
    demand = section.whole.demand
    if section.weeks_left and section.whole.remaining:
        return f"距时限{section.weeks_left}周，{demand}" if demand else f"距时限{section.weeks_left}周"
    return demand or "未设时限"


def _last_card(section: Section) -> Card:
    """How many regions are behind; in a report on one region its own place in time."""
    if not section.lines:
        pace = charts.value_shown(section, section.pace)
        due = f"时限{chinese_day(section.due)}" if section.due else "未设时限"
        return Card("序时进度", pace, due, palette.INK)
    behind = [line for line in section.lines if line.judgement.tone in ("watch", "lagging")]
    slow = [line for line in behind if line.judgement.tone == "lagging"]
    silent = sum(line.judgement.id == maps.NOT_REPORTED for line in section.lines)
    remarks = [f"▼ 其中进展缓慢或零进展{len(slow)}个"] if slow else []
    remarks += [f"▨ 未报送{silent}个"] if silent else []
    remark = "，".join(remarks) or ("◆ 均为相对滞后" if behind else "● 均未滞后")
    return Card(
        "滞后地区（个）",
        str(len(behind)),
        remark,
        palette.LAGGING if slow else palette.WATCH if behind else palette.GOOD,
    )


def _card(page: Page, box: Box, card: Card) -> None:
    inside = box.width - 2 * 0.16
    value = measuring.fitting(card.value, inside, (32, 28, 24, 20))
    remark = measuring.fitting(card.remark, inside, (12, 11, 10.5), 2)
    title = measuring.fitting(card.title, inside, (13, 12, 11), 1)
    page.panel(
        f"卡片-{card.title}", box, solid(palette.GROUND),
        [
            paragraph(run(card.title, Style(title, palette.SECONDARY)), after=2),
            paragraph(run(card.value, Style(value, palette.INK, bold=True)), after=2, spacing=95),
            paragraph(run(card.remark, Style(remark, palette.SECONDARY)), spacing=95),
        ],
        inset=0.16, description=f"{card.title}{card.value}，{card.remark}",
    )  # fmt: skip
    page.panel(f"色条-{card.title}", replace(box, height=0.06), solid(card.colour))


# --- charts and points -----------------------------------------------------------------------------


def _chart_and_points(scene: Scene, page: Page, section: Section, box: Box) -> None:
    """The trend with what is worth saying beside it; either takes all the room where the other is missing."""
    has_trend = any(point.value is not None for point in section.trend)
    points = scene.slide.points
    left = box if not points else replace(box, width=7.75)
    right = (
        box if not has_trend else Box(left.right + 0.35, box.top, box.right - left.right - 0.35, box.height)
    )
    if has_trend:
        _trend_chart(scene, page, section, left)
    if points:
        _points(page, right, points)


def _trend_chart(scene: Scene, page: Page, section: Section, box: Box) -> None:
    data = charts.trend(section, scene.briefing.made)
    first, last = section.trend[0].day, section.trend[-1].day
    period = f"{chinese_day(first)}至{chinese_day(last)}"
    page.chart("进展趋势图", box, data, f"{section.whole.name}{section.title}趋势，{period}")


def _points(page: Page, box: Box, points: Sequence[str], heading: str = "主要情况") -> None:
    page.text("要点标题", replace(box, height=0.34), [paragraph(run(heading, HEADING))], "ctr")
    room = Box(box.left, box.top + 0.46, box.width, box.height - 0.46)
    size = measuring.fitting_all(points, room.width - BULLET_INDENT, room.height, POINT_SIZES, 0.12)
    style = BODY.sized(size)
    texts = [
        paragraph(run(point, style), spacing=108, after=8, bullet=BULLET, indent=BULLET_INDENT)
        for point in points
    ]
    page.text("要点", room, texts)


def _trend(scene: Scene, page: Page, section: Section) -> None:
    _chart_and_points(scene, page, section, CONTENT)


def _league(scene: Scene, page: Page, section: Section) -> None:
    note = Box(CONTENT.left, CONTENT.bottom - 0.26, CONTENT.width, 0.26)
    box = replace(CONTENT, height=CONTENT.height - 0.34)
    description = "；".join(maps.described(section, line) for line in section.ranked())
    page.chart(
        "完成情况排名图",
        box,
        charts.league(section, scene.briefing.made),
        f"{section.title}排名。{description}",
    )
    rules = f"单位：%。{scene.briefing.verdict_rules}。" if section.pace is not None else "单位：%。"
    _small(page, "评价说明", note, rules)


def _small(page: Page, name: str, box: Box, text: str) -> None:
    size = measuring.fitting(text, box.width, (11, 10.5, 10, 9, 8))
    page.text(name, box, [paragraph(run(text, SMALL.sized(size)))], "ctr")


# --- map -------------------------------------------------------------------------------------------


def _map(scene: Scene, page: Page, section: Section) -> None:
    """Map and legend; beside it who has to be pressed. Without boundaries the table takes the page."""
    right = CONTENT
    if scene.shapes is not None:
        room = Box(CONTENT.left, CONTENT.top - 0.1, 6.2, CONTENT.height - 0.2)
        maps.draw_map(page, room, scene.shapes, section)
        caption = Box(CONTENT.left, CONTENT.bottom - 0.24, 6.2, 0.24)
        _small(page, "地图说明", caption, maps.CAPTION)
        right = Box(room.right + 0.3, CONTENT.top, CONTENT.right - room.right - 0.3, CONTENT.height)
    below = _legend(page, right, maps.legend(scene.briefing, section), section)
    rest = Box(right.left, below + 0.2, right.width, right.bottom - below - 0.2)
    if scene.slide.table:
        _pressed(page, rest, scene.slide.table)
    elif scene.slide.points:
        _points(page, rest, scene.slide.points)


def _legend(page: Page, box: Box, entries: Sequence[maps.LegendEntry], section: Section) -> float:
    """Where it ends."""
    title = f"图例（{section.short_title}与序时进度比较）" if section.pace is not None else "图例"
    page.text("图例标题", replace(box, height=0.32), [paragraph(run(title, HEADING.sized(14)))], "ctr")
    high, top = 0.29, box.top + 0.4
    for n, entry in enumerate(entries):
        row = Box(box.left, top + n * high, box.width, high)
        swatch = Box(row.left, row.top + 0.05, 0.32, high - 0.1)
        page.panel(f"图例-{entry.title}", swatch, maps.fill(entry.verdict_id), edge=palette.HAIRLINE)
        words = f"{entry.shape} {entry.title}（{entry.regions}个）"
        name, rule = (
            Box(row.left + 0.44, row.top, 1.85, high),
            Box(row.left + 2.3, row.top, row.width - 2.3, high),
        )
        page.text(f"图例文字-{entry.title}", name, [paragraph(run(words, Style(12, bold=True)))], "ctr")
        if entry.rule:
            size = measuring.fitting(entry.rule, rule.width, (11, 10.5, 10, 9))
            page.text(f"图例说明-{entry.title}", rule, [paragraph(run(entry.rule, SMALL.sized(size)))], "ctr")
    return top + len(entries) * high


def _pressed(page: Page, box: Box, table: Table) -> None:
    heading = f"{table.title}" + (f"（{table.unit}）" if table.unit else "")
    page.text("督导标题", replace(box, height=0.32), [paragraph(run(heading, HEADING.sized(14)))], "ctr")
    room = Box(box.left, box.top + 0.4, box.width, box.height - 0.4)
    sheet, pages = tables.paged(table, room)
    # A page beside the map is all there is: what does not fit is in the league table.
    place, xml = tables.drawn(sheet, pages[0], room)
    page.table("督导表", place, xml, table.title)


# --- tables ----------------------------------------------------------------------------------------


def _table_pages(scene: Scene) -> None:
    table, slide = scene.slide.table, scene.slide
    if table is None or not table.rows:
        page = scene.new_page(slide.title)
        if slide.points:
            _points(page, CONTENT, slide.points)
        return
    room = _table_room(scene)
    sheet, pages = tables.paged(table, room)
    for n, rows in enumerate(pages, 1):
        part = f"（{n}/{len(pages)}）" if len(pages) > 1 else ""
        page = scene.new_page(f"{slide.title}{part}")
        place, xml = tables.drawn(sheet, rows, room)
        page.table(f"{table.title}{part}", place, xml, table.title)
        _unit_line(page, table)
        _table_notes(scene, page, table)


def _table_room(scene: Scene) -> Box:
    """Between the unit line and the notes."""
    return Box(CONTENT.left, CONTENT.top + 0.28, CONTENT.width, CONTENT.height - 0.28 - 0.34)


def _unit_line(page: Page, table: Table) -> None:
    style = Style(12, palette.SECONDARY)
    place = Box(CONTENT.left, CONTENT.top - 0.08, CONTENT.width / 2, 0.28)
    page.text("表题", place, [paragraph(run(table.title, style.sized(13)))], "ctr")
    if table.unit:
        right = replace(place, left=CONTENT.left + CONTENT.width / 2)
        page.text("单位", right, [paragraph(run(table.unit, style), align="r")], "ctr")


def _table_notes(scene: Scene, page: Page, table: Table) -> None:
    """The key to the colours and as many notes as a line holds; all of them stand in the speaker notes."""
    text = KEY if tables.judged_column(table) is not None else ""
    for note in table.notes[:2]:
        longer = f"{text}　{note}" if text else note
        if measuring.lines(longer, CONTENT.width, 9) > 1:
            break
        text = longer
    if text:
        _small(page, "表注", Box(CONTENT.left, CONTENT.bottom - 0.26, CONTENT.width, 0.26), text)


OF_A_SECTION: dict[str, Callable[[Scene, Page, Section], None]] = {
    "headline": _headline,
    "map": _map,
    "league": _league,
    "trend": _trend,
}
