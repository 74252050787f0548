"""The cover: title, who reports, and the outline of the province beside it."""

from __future__ import annotations

from zyb import palette
from zyb.briefing.model import Briefing, Slide
from zyb.deck import measuring
from zyb.exports.drawingml.ink import LetterStyle
from zyb.exports.slides import house, maps
from zyb.exports.slides.drawing import Box, paragraph, run
from zyb.exports.slides.page import SlidePage
from zyb.maps.polygons import ProvinceMap
from zyb.periods import chinese_day

PROVINCE = Box(8.5, 0.9, 4.3, 5.6)
CAPTION = Box(8.5, 6.85, 4.3, 0.24)
# One step lighter than the ground: seen, but not in the way of the title.
AREA, EDGE, CHOSEN = "#17434a", "#2b626a", palette.JADE
PALE, FAINT = "#d3e2df", "#8fadad"
TITLE_SIZES = (38, 34, 30, 27, 24)


def draw_cover(page: SlidePage, briefing: Briefing, slide: Slide, shapes: ProvinceMap | None) -> None:
    if shapes is not None:
        # A report on one region shows where it lies; "" stands for all others.
        fills = {briefing.request.region_code: CHOSEN, "": AREA}
        maps.silhouette(page, PROVINCE, shapes, fills, EDGE)
        page.text(
            "地图说明", CAPTION, [paragraph(run(shapes.sketch, LetterStyle(9, FAINT)), align="r")], "ctr"
        )
    lines = slide.lines or (slide.title,)
    size = measuring.fitting(max(lines, key=len), house.COVER_TITLE.width, TITLE_SIZES)
    style = LetterStyle(size, palette.CARD, bold=True)
    page.placeholder(0, [paragraph(run(text, style), spacing=110) for text in lines], "b")
    page.placeholder(1, _subtitle(briefing), "t")


def _subtitle(briefing: Briefing) -> list[str]:
    kind = " · ".join(text for text in (briefing.kind_title, briefing.scope) if text)
    made = f"{briefing.made.year}年{briefing.made.month}月"
    return [
        paragraph(run(kind, LetterStyle(20, palette.GOLD, bold=True)), after=10),
        *([paragraph(run(briefing.issuer, LetterStyle(18, PALE)), after=6)] if briefing.issuer else []),
        paragraph(run(f"{made}　数据截至{chinese_day(briefing.as_of)}", LetterStyle(18, PALE))),
    ]
