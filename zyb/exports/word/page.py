"""The page: margins, the grid of 22 lines, page numbers and the mark of a demo, upright and on its side.

A table too wide lies on its side, the way the standard binds it: the page number stays where it is on every
other page, at the foot of the upright sheet, and so stands sideways at the left edge.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.hdrftr import FooterPart, HeaderPart

from zyb.exports.word.boxes import BoxPlace, text_box
from zyb.exports.word.elements import Element, element, paragraph, run, text_paragraph, twips
from zyb.exports.word.styles import DEMO, LINE, PAGE_NUMBER

SHORT, LONG = 210.0, 297.0


@dataclass(frozen=True)
class Paper:
    """A4 one way up; margins in millimetres. `width` and `height` are those of the text."""

    landscape: bool
    top: float
    bottom: float
    left: float
    right: float

    @property
    def page(self) -> tuple[float, float]:
        return (LONG, SHORT) if self.landscape else (SHORT, LONG)

    @property
    def width(self) -> float:
        return self.page[0] - self.left - self.right

    @property
    def height(self) -> float:
        return self.page[1] - self.top - self.bottom


# 天头 37 mm, 订口 28 mm, text 156 mm × 225 mm; lying down, the head of the sheet is on the right.
PORTRAIT = Paper(False, top=37, bottom=35, left=28, right=26)
LANDSCAPE = Paper(True, top=28, bottom=26, left=35, right=37)
# The dash of the page number lies 7 mm below the text; the number stands one character from the edge.
NUMBER_FROM_EDGE, HEADER_FROM_EDGE = 24.5, 15
BOX_WIDTH, BOX_HEIGHT = 7.0, 30.0


class Pages:
    """The section properties of one document, with headers and footers that are made when first needed."""

    def __init__(self, document: Document, demo_warning: str) -> None:
        self._document = document
        self._demo_warning = demo_warning
        self._references: dict[Paper, list[tuple[str, str, str]]] = {}

    def section(self, sheet: Paper) -> Element:
        if sheet not in self._references:
            self._references[sheet] = [*self._headers(), *self._footers(sheet)]
        return _section(sheet, self._references[sheet])

    def _headers(self) -> list[tuple[str, str, str]]:
        if not self._demo_warning:
            return []
        return [("header", side, self._header()) for side in ("default", "even")]

    def _header(self) -> str:
        part, reference = self._document.part.add_header_part()  # type: ignore[no-untyped-call]
        _fill(part, text_paragraph(DEMO, self._demo_warning))
        return str(reference)

    def _footers(self, sheet: Paper) -> list[tuple[str, str, str]]:
        return [("footer", side, self._footer(sheet, odd=side == "default")) for side in ("default", "even")]

    def _footer(self, sheet: Paper, odd: bool) -> str:
        part, reference = self._document.part.add_footer_part()  # type: ignore[no-untyped-call]
        _fill(part, _sideways_number(odd) if sheet.landscape else _number(odd))
        return str(reference)


def _fill(part: HeaderPart | FooterPart, content: Element) -> None:
    part.element[:] = [content]


def _number(odd: bool) -> Element:
    """Odd pages on the right, even ones on the left, one character from the edge."""
    side = "right" if odd else "left"
    indent = element("w:ind", **{f"{side}Chars": 100, side: 280})
    return paragraph(PAGE_NUMBER, *_number_runs(), align=side, indent=indent)


def _number_runs() -> list[Element]:
    field = element("w:fldSimple", run("1", PAGE_NUMBER), instr="PAGE")
    return [_dash("— "), field, _dash(" —")]


def _dash(text: str) -> Element:
    """With its blank, that a run would lose."""
    made = run("—", PAGE_NUMBER)
    made.find(qn("w:t")).text = text
    return made


def _sideways_number(odd: bool) -> Element:
    top = SHORT - LANDSCAPE.bottom - BOX_HEIGHT if odd else LANDSCAPE.top
    place = BoxPlace(NUMBER_FROM_EDGE, top, BOX_WIDTH, BOX_HEIGHT, "page")
    box = text_box("页码", 1 if odd else 2, place, [_number(odd)], sideways=True)
    return paragraph(PAGE_NUMBER, box)


def _section(sheet: Paper, references: list[tuple[str, str, str]]) -> Element:
    width, height = (twips(side) for side in sheet.page)
    return element(
        "w:sectPr",
        *(_reference(*reference) for reference in references),
        element("w:type", val="nextPage"),
        element("w:pgSz", w=width, h=height, orient="landscape" if sheet.landscape else None),
        element(
            "w:pgMar",
            top=twips(sheet.top),
            right=twips(sheet.right),
            bottom=twips(sheet.bottom),
            left=twips(sheet.left),
            header=twips(HEADER_FROM_EDGE),
            footer=twips(10 if sheet.landscape else NUMBER_FROM_EDGE),
            gutter=0,
        ),
        # Not linesAndChars: some programs set 17 characters a line by it.
        element("w:docGrid", type="lines", linePitch=LINE),
    )


def _reference(kind: str, side: str, reference: str) -> Element:
    made = element(f"w:{kind}Reference", type=side)
    made.set(qn("r:id"), reference)
    return made
