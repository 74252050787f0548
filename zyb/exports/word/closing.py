"""The end of the document: general notes below the last annex, and the 版记 at the foot of the last page."""

from __future__ import annotations

import math
from collections.abc import Iterator

from zyb.briefing.model import Briefing
from zyb.exports.word.annexes import Stretch, numbered
from zyb.exports.word.boxes import Place, text_box
from zyb.exports.word.elements import (
    Element,
    border,
    clean,
    element,
    ems,
    paragraph,
    text_paragraph,
    twips,
)
from zyb.exports.word.page import PORTRAIT
from zyb.exports.word.styles import IMPRINT, NOTE
from zyb.periods import chinese_day

IMPRINT_NUMBER = 900
ROW_MM, FURTHER_LINE_MM, ABOVE_MM = 9.6, 8.9, 6.0
# A 四号 character, and how many of them stand on a line of 抄送.
CHARACTER, COPIES_A_LINE = 280, 26


def notes(briefing: Briefing) -> list[Element]:
    """What no annex says yet."""
    said = {clean(note) for annex in briefing.annexes for note in annex.notes}
    told = dict.fromkeys(clean(note) for note in _all_notes(briefing))
    return list(numbered("说明", [note for note in told if note and note not in said]))


def _all_notes(briefing: Briefing) -> Iterator[str]:
    yield from briefing.notes
    judged = any(column.kind == "verdict" for annex in briefing.annexes for column in annex.columns)
    everything = "".join([*briefing.notes, *(note for annex in briefing.annexes for note in annex.notes)])
    if judged and briefing.verdict_rules and briefing.verdict_rules not in everything:
        yield f"进展评价：{briefing.verdict_rules}。"
    if briefing.revises and briefing.revises not in everything + _text(briefing):
        yield f"本件修订{briefing.revises}。{briefing.changes}"


def _text(briefing: Briefing) -> str:
    return "".join(paragraph.text for paragraph in briefing.paragraphs)


def add_imprint(briefing: Briefing, stretches: list[Stretch]) -> None:
    """At the foot of the last upright page; after a table on its side it has a page of its own."""
    if stretches[-1].sheet != PORTRAIT:
        stretches.append(Stretch(PORTRAIT))
    stretches[-1].content.append(_imprint(briefing))


def _imprint(briefing: Briefing) -> Element:
    """The paragraph is as high as the box that hangs on it, so that the box never covers anything."""
    copies = clean(briefing.copies).rstrip("。")
    height = ROW_MM * (2 if copies else 1) + FURTHER_LINE_MM * (_lines(copies) - 1)
    rows = [*_copies_row(copies), _issued_row(briefing)]
    table = element("w:tbl", _properties(), _grid(), *rows)
    # A box must end with a paragraph; this one is too low to be seen.
    place = Place(0, 0, PORTRAIT.width, height + 1, "margin")
    box = text_box("版记", IMPRINT_NUMBER, place, [table, paragraph(IMPRINT, line=20)])
    return paragraph(NOTE, box, line=twips(height + ABOVE_MM))


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
