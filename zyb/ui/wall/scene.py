"""A slide of the full-screen briefing with what it is drawn from, and what fills the projector at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zyb.briefing.model import Briefing, Section, Slide
from zyb.deck import measuring, remarks
from zyb.html import Markup
from zyb.maps.polygons import ProvinceMap
from zyb.periods import chinese_day
from zyb.ui.wall import table_pages

# 人工调整 at the lower edge; in slideshow.css the same in pixels of the stage.
FOOTNOTE_POINTS, FOOTNOTE_LINE, FOOTNOTE_GAP, MOST_FOOTNOTE_LINES = 14.0, 38, 12, 2


@dataclass(frozen=True)
class Screen:
    """What fills the projector at a time; a slide with a long table is several."""

    kind: str
    kicker: str
    title: str
    body: Markup
    note: str = ""
    footnote: str = ""
    """Whose verdict a person set; "" where every verdict is the rule's."""


@dataclass(frozen=True)
class WallScene:
    """One slide with what it is drawn from."""

    briefing: Briefing
    slide: Slide
    shapes: ProvinceMap | None

    @property
    def section(self) -> Section | None:
        return self.briefing.section_of(self.slide)

    @property
    def footnote(self) -> str:
        """Where verdicts are shown: 人工调整 with the rule's own verdict and the reason."""
        if self.slide.kind == "matrix":
            return _footnote(_in_matrix(self.briefing, self.slide))
        return _footnote([self.section]) if self.section and self.slide.kind != "trend" else ""

    def screen(self, body: Markup, note: str = "", part: str = "") -> Screen:
        section = self.section
        as_of = chinese_day(section.as_of if section else self.briefing.as_of)
        kicker = f"{section.title}　数据截至{as_of}" if section else f"数据截至{as_of}"
        return Screen(self.slide.kind, kicker, f"{self.slide.title}{part}", body, note, self.footnote)


def _footnote(sections: Sequence[Section]) -> str:
    return remarks.footnote(sections, table_pages.WIDTH, FOOTNOTE_POINTS, MOST_FOOTNOTE_LINES)


def _in_matrix(briefing: Briefing, slide: Slide) -> list[Section]:
    titles = {column.title for column in slide.table.columns} if slide.table else set()
    return [section for section in briefing.sections if section.title in titles]


def foot_height(footnote: str) -> float:
    """What a footnote takes of the stage, in inches of a page."""
    if not footnote:
        return 0.0
    lines = measuring.lines(footnote, table_pages.WIDTH, FOOTNOTE_POINTS)
    return (lines * FOOTNOTE_LINE + FOOTNOTE_GAP) / table_pages.PIXELS_PER_INCH
