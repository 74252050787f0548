"""版记 at the foot of the last page: whom copies go to, who issued it and when."""

from __future__ import annotations

import math

from zyb.briefing.model import Briefing
from zyb.exports.word.annexes import Stretch
from zyb.exports.word.boxes import BoxPlace, text_box
from zyb.exports.word.elements import (
    Element,
    border,
    clean,
    element,
    paragraph,
    text_paragraph,
    twips,
)
from zyb.exports.word.page import PORTRAIT
from zyb.exports.word.styles import IMPRINT, NOTE
from zyb.letters import ems
from zyb.periods import chinese_day

IMPRINT_NUMBER = 900
ROW_MM, FURTHER_LINE_MM, ABOVE_MM = 9.6, 8.9, 6.0
# A 四号 character, and how many of them stand on a line of 抄送.
CHARACTER, COPIES_A_LINE = 280, 26


def upright(stretches: list[Stretch]) -> None:
    """After a table on its side a page for the imprint, and for what stands above it."""
    if stretches[-1].sheet != PORTRAIT:
        stretches.append(Stretch(PORTRAIT))


def add_imprint(briefing: Briefing, stretches: list[Stretch]) -> None:
    """At the foot of the last page, which is upright."""
    stretches[-1].content.append(_imprint(briefing))


def _imprint(briefing: Briefing) -> Element:
    """The paragraph is as high as the box that hangs on it, so that the box never covers anything."""
    copies, height = _copies(briefing), imprint_height(briefing) - ABOVE_MM
    rows = [*_copies_row(copies), _issued_row(briefing)]
    table = element("w:tbl", _properties(), _grid(), *rows)
    # A box must end with a paragraph; this one is too low to be seen.
    place = BoxPlace(0, 0, PORTRAIT.width, height + 1, "margin")
    box = text_box("版记", IMPRINT_NUMBER, place, [table, paragraph(IMPRINT, line=20)])
    return paragraph(NOTE, box, line=twips(height + ABOVE_MM))


def imprint_height(briefing: Briefing) -> float:
    """In millimetres, with the white above."""
    copies = _copies(briefing)
    return ABOVE_MM + ROW_MM * (2 if copies else 1) + FURTHER_LINE_MM * (_lines(copies) - 1)


def _copies(briefing: Briefing) -> str:
    return clean(briefing.copies).rstrip("。")


def _lines(copies: str) -> int:
    return max(math.ceil(ems(copies) / COPIES_A_LINE), 1)


def _properties() -> Element:
    """Rules above and below are thicker than those between."""
    rules = (border("top", 8), border("bottom", 8), border("insideH", 6))
    return element(
        "w:tblPr",
        element("w:tblW", w=twips(PORTRAIT.width), type="dxa"),
        element("w:tblBorders", *rules),
        element("w:tblLayout", type="fixed"),
    )


def _grid() -> Element:
    half = twips(PORTRAIT.width / 2)
    return element("w:tblGrid", element("w:gridCol", w=half), element("w:gridCol", w=half))


def _copies_row(copies: str) -> list[Element]:
    if not copies:
        return []
    indent = element("w:ind", left=4 * CHARACTER, hanging=3 * CHARACTER, right=CHARACTER)
    told = text_paragraph(IMPRINT, f"抄送：{copies}。", indent=indent)
    return [_row(element("w:tc", _cell_properties(PORTRAIT.width, 2), told))]


def _issued_row(briefing: Briefing) -> Element:
    half = PORTRAIT.width / 2
    issuer = text_paragraph(IMPRINT, briefing.issuer, indent=element("w:ind", left=CHARACTER))
    issued = f"{chinese_day(briefing.made)}印发"
    day = text_paragraph(IMPRINT, issued, indent=element("w:ind", right=CHARACTER), align="right")
    return _row(*(element("w:tc", _cell_properties(half, 1), words) for words in (issuer, day)))


def _row(*cells: Element) -> Element:
    height = element("w:trHeight", val=twips(ROW_MM), hRule="atLeast")
    return element("w:tr", element("w:trPr", element("w:cantSplit"), height), *cells)


def _cell_properties(width: float, columns: int) -> Element:
    span = [element("w:gridSpan", val=columns)] if columns > 1 else []
    return element(
        "w:tcPr",
        element("w:tcW", w=twips(width), type="dxa"),
        *span,
        element("w:vAlign", val="center"),
    )
