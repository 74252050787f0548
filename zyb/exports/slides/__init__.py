"""汇报: a Briefing as PowerPoint, everything in it native and editable, the same bytes for the same Briefing."""

from __future__ import annotations

from functools import partial

from pptx.presentation import Presentation

from zyb.briefing.model import Briefing, Slide
from zyb.exports.slides import house, packing
from zyb.exports.slides.around import footer, kicker, speaker_notes
from zyb.exports.slides.cover import draw_cover
from zyb.exports.slides.page import SlidePage
from zyb.exports.slides.scenes import SlideScene, draw
from zyb.maps.polygons import ProvinceMap

COVER, CONTENT = house.KEPT.values()


def write_slides(briefing: Briefing, shapes: ProvinceMap | None) -> bytes:
    """`shapes` None leaves the maps out; their legends and tables stay."""
    deck = house.empty_presentation()
    for slide in briefing.slides:
        if slide.kind == "cover":
            _cover(deck, briefing, slide, shapes)
        else:
            draw(SlideScene(briefing, slide, shapes, partial(_page, deck, briefing, slide)))
    packing.sign(deck, briefing.short_title, briefing.issuer, briefing.made, briefing.demo_warning)
    return packing.packed(deck)


def _cover(deck: Presentation, briefing: Briefing, slide: Slide, shapes: ProvinceMap | None) -> None:
    page = SlidePage(deck.slides.add_slide(house.layout(deck, COVER)))
    draw_cover(page, briefing, slide, shapes)
    page.warning(briefing.demo_warning)
    page.notes(speaker_notes(briefing, slide, None))


def _page(deck: Presentation, briefing: Briefing, slide: Slide, title: str) -> SlidePage:
    """A page with everything but its content."""
    section = briefing.section_of(slide)
    page = SlidePage(deck.slides.add_slide(house.layout(deck, CONTENT)))
    page.title(title)
    page.kicker(kicker(briefing, section))
    page.footer(footer(briefing, section))
    page.number(len(deck.slides))
    page.warning(briefing.demo_warning)
    page.notes(speaker_notes(briefing, slide, section))
    return page
