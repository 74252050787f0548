"""What stands on each slide of the full-screen briefing, as HTML for a stage of 1920 × 1080 that grows with the screen.

Lengths in slideshow.css are pixels of that stage (`--u` is one of them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import Briefing, Section
from zyb.briefing.report_table import ReportTable
from zyb.deck import measuring, paging, remarks
from zyb.deck.legend import LegendEntry, classes, map_words
from zyb.deck.paging import TablePage
from zyb.html import NOTHING, HtmlCell, HtmlRow, Markup, joined, table, tag
from zyb.maps.polygons import ProvinceMap
from zyb.numerals import NO_VALUE, count, signed_count, value_number
from zyb.periods import chinese_day
from zyb.rulebook.verdicts import Tone
from zyb.ui import look
from zyb.ui.wall import pictures, table_pages
from zyb.ui.wall.bars import bar, full_scale, judged, tick_words
from zyb.ui.wall.league import league
from zyb.ui.wall.scene import Screen, WallScene, foot_height

TITLE_SIZES, TITLE_WIDTH = (58, 52, 46), 1744
NUMBER_SIZE, NUMBER_WIDTH = 300, 1040
# Between the place at the left of a foot and the number at its right: letters of 22 pixels, two lines.
NOTE_WIDTH, NOTE_POINTS, NOTE_LINES = 7.6, 11.0, 2


def screens(briefing: Briefing, shapes: ProvinceMap | None) -> list[Screen]:
    return [screen for slide in briefing.slides for screen in _drawn(WallScene(briefing, slide, shapes))]


def _drawn(scene: WallScene) -> Iterator[Screen]:
    section, kind = scene.section, scene.slide.kind
    if kind == "cover":
        yield _cover(scene)
    elif section is not None and kind in DRAWN:
        yield from DRAWN[kind](scene, section)
    else:
        yield from _tables(scene)


# --- small pieces -----------------------------------------------------------------------------------


def _letters(text: str, width: float, sizes: Sequence[float]) -> float:
    """The largest size in which the text stands on one line; the smallest may take two."""
    return next((size for size in sizes if measuring.ems(text) * size * 1.04 <= width), sizes[-1])


def _sized(size: float) -> str:
    return f"font-size:calc({size:g} * var(--u))"


# --- cover -------------------------------------------------------------------------------------------


def _cover(scene: WallScene) -> Screen:
    briefing = scene.briefing
    lines = scene.slide.lines or (scene.slide.title,)
    size = min(_letters(line, 1090, (96, 88, 80, 72, 64, 56)) for line in lines)
    title = tag("div", *(tag("div", line) for line in lines), classes="z-cover-title", style=_sized(size))
    words = look.box(
        "z-cover-words", title, tag("hr"),
        look.box("z-cover-kind", f"{briefing.request.province}　{briefing.kind_title}"),
        look.box("z-cover-who", briefing.issuer), look.box("z-cover-who", f"数据截至{chinese_day(briefing.as_of)}"),
    )  # fmt: skip
    outline = pictures.silhouette(scene.shapes) if scene.shapes else NOTHING
    sketch = scene.shapes.sketch if scene.shapes else ""
    return Screen("cover", "", scene.slide.title, look.box("z-cover", words, outline), sketch)


# --- headline ----------------------------------------------------------------------------------------


def _headline(scene: WallScene, section: Section) -> Iterator[Screen]:
    left = look.box(
        "z-big",
        _big_number(section),
        _verdict(section),
        _pace_bar(section),
        look.box("z-stats", *_stats(section)),
    )
    said = [look.box("z-point", point) for point in scene.slide.points]
    yield scene.screen(joined(left, look.box("z-points", *said) if said else NOTHING), _definition(section))


def _big_number(section: Section) -> Markup:
    number = value_number(section.whole.value, section.kind)
    size = min(NUMBER_SIZE, NUMBER_WIDTH / (measuring.ems(number) + 0.55))
    tone = section.whole.judgement.tone
    unit = tag("small", section.value_unit) if section.whole.value is not None else NOTHING
    return tag("div", number, unit, classes=f"z-number z-ink-{tone}", style=_sized(round(size)))


def _verdict(section: Section) -> Markup:
    """Colour, shape and word, and how far from the pace."""
    line = section.whole
    return look.box(
        "z-verdict",
        judged(line),
        look.box(f"z-gap z-ink-{line.judgement.tone}", facts.against_pace(section, line)),
    )


def _pace_bar(section: Section) -> Markup:
    line, full = section.whole, full_scale(section)
    if line.value is None or line.pace is None:
        return NOTHING
    return look.box("z-pace", tick_words(section, line.pace, full), bar(section, line, full))


def _stats(section: Section) -> Iterator[Markup]:
    line, unit = section.whole, section.unit
    if section.surveys:
        if section.weight_title:
            yield _stat(section.weight_title, count(line.asked), "")
        return
    yield _stat(section.denominator_title, count(line.denominator), unit)
    yield _stat(section.numerator_title, count(line.numerator), unit)
    if line.remaining is not None:
        yield _stat(section.left_title, count(line.remaining), unit, line.demand if line.remaining else "")
    if line.added is not None:
        yield _stat(f"较{section.earlier}新增", signed_count(line.added), unit)


def _stat(title: str, value: str, unit: str, remark: str = "") -> Markup:
    shown_unit = unit if value != NO_VALUE else ""
    number = look.box("z-stat-value", value, tag("small", shown_unit))
    return look.box("z-stat", title, number, look.box("z-stat-remark", remark) if remark else NOTHING)


def _definition(section: Section) -> str:
    """As much as is read from the back of a room; all of it stands on the measure's own page."""
    return f"口径：{section.gist or section.definition}"


# --- map ---------------------------------------------------------------------------------------------


def _map(scene: WallScene, section: Section) -> Iterator[Screen]:
    drawing = pictures.region_map(scene.shapes, section) if scene.shapes else NOTHING
    compared = f"{section.short_title}与{section.yardstick}比较" if section.judges else "按数值分档，不作评价"
    beside = look.box(
        "z-beside",
        look.box("z-heading", compared),
        look.box("z-classes", *_classes(scene.briefing, section)),
        _pressed(scene.slide.table) if scene.slide.table else NOTHING,
    )
    words = f"{section.short_title}（{section.value_unit}）。{map_words(section)}"
    note = f"图中数字为{words}{scene.shapes.sketch}" if scene.shapes else ""
    yield scene.screen(joined(look.box("z-map-box", drawing) if drawing else NOTHING, beside), note)


def _classes(briefing: Briefing, section: Section) -> Iterator[Markup]:
    """Every class that occurs with the number of its regions, and always 未报送."""
    for found in classes(briefing, section):
        if found.regions or found.hatched:
            yield _class(found)


def _class(found: LegendEntry) -> Markup:
    number = look.box("z-class-number", tag("b", str(found.regions)), " 个")
    return look.box("z-class", _patch(found), tag("div", f"{found.shape} {found.title}"), number)


def _patch(found: LegendEntry) -> Markup:
    if found.hatched:
        return look.box("z-patch z-hatched")
    return tag("div", classes="z-patch", style=f"background:{found.colour}")


def _pressed(pressed: ReportTable) -> Markup:
    """Who has to be pressed; the furthest behind first."""
    rows = zip(pressed.texts()[: len(pressed.rows)], pressed.tones, strict=True)
    title = f"{pressed.title}（{pressed.unit}）" if pressed.unit else pressed.title
    headings = [HtmlCell(column.title) for column in pressed.columns]
    made = table(headings, [_pressed_row(row, tone) for row, tone in rows], "z-pressed")
    return joined(look.box("z-heading", title), made)


def _pressed_row(row: Sequence[str], tone: Tone) -> HtmlRow:
    name = HtmlCell(f"{palette.SHAPES[tone]} {row[0]}", f"ink-{tone}")
    return HtmlRow([name, *map(HtmlCell, row[1:])])


# --- trend --------------------------------------------------------------------------------


def _trend(scene: WallScene, section: Section) -> Iterator[Screen]:
    if all(point.value is None for point in section.trend):
        return
    note = f"实线为{section.whole.name}{section.short_title}（{section.value_unit}）"
    if section.pace is not None:
        note += f"，虚线为{section.yardstick}"
    yield scene.screen(pictures.trend(section), f"{note}。{_definition(section)}")


# --- tables ------------------------------------------------------------------------------------------


def _tables(scene: WallScene) -> Iterator[Screen]:
    slide = scene.slide
    if slide.table is None or not slide.table.rows:
        said = (look.box("z-point", point) for point in slide.points)
        yield scene.screen(look.box("z-points z-alone", *said))
        return
    whole = table_pages.brief_alerts(scene.briefing.alerts) if slide.kind == "alerts" else slide.table
    foot = foot_height(scene.footnote)
    kept, rest = paging.shown_of(slide, table_pages.pages(whole, foot))
    judge = _matrix_tones(scene.briefing) if slide.kind == "matrix" else None
    note = paging.below(slide.table, NOTE_WIDTH, NOTE_POINTS, lines=NOTE_LINES, judged=judge is not None)
    for number, page in enumerate(kept, 1):
        body = joined(_caption(page, rest), table_pages.drawn(page, judge, foot))
        yield scene.screen(body, note, paging.part(number, len(kept)))


def _caption(page: TablePage, rest: str) -> Markup:
    shown = page.sheet.table
    aside = "　".join(part for part in (rest, shown.unit) if part)
    return look.box("z-caption", tag("div", shown.title), tag("div", aside))


def _matrix_tones(briefing: Briefing) -> Callable[[str, str], Tone | None]:
    """The verdict behind each figure of a table of regions by measures; what has no pace is not judged."""
    known: Mapping[tuple[str, str], Tone] = {
        (section.title, line.name): line.judgement.tone
        for section in briefing.sections
        for line in section.lines
        if line.value is None or line.judgement.tone != "missing"
    }
    return lambda measure, region: known.get((measure, region))


DRAWN: dict[str, Callable[[WallScene, Section], Iterator[Screen]]] = {
    "headline": _headline,
    "map": _map,
    "league": league,
    "trend": _trend,
}


# --- the frame of a page ------------------------------------------------------------------------------


def page(briefing: Briefing, screen: Screen, number: int, last: int) -> Markup:
    return look.box(
        f"z-page z-page-{screen.kind}",
        _page_head(briefing, screen),
        look.box("z-page-body", screen.body),
        look.box("z-adjusted", screen.footnote) if screen.footnote else NOTHING,
        _page_foot(briefing, screen, number, last),
    )


def _page_head(briefing: Briefing, screen: Screen) -> Markup:
    warning = look.box("z-invented", briefing.demo_warning) if briefing.demo_warning else NOTHING
    if screen.kind == "cover":
        return look.box("z-page-head", warning)
    size = _letters(screen.title, TITLE_WIDTH, TITLE_SIZES)
    title = tag("h2", screen.title, style=_sized(size))
    return look.box("z-page-head", look.box("z-kicker", screen.kicker), warning, title)


def _page_foot(briefing: Briefing, screen: Screen, number: int, last: int) -> Markup:
    where = f"{briefing.request.province} · 数据截至{chinese_day(briefing.as_of)}"
    return look.box(
        "z-page-foot",
        look.box("z-where", where),
        look.box("z-page-note", screen.note or remarks.source(briefing, None)),
        look.box("z-page-number", f"{number}／{last}"),
    )
