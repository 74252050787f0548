"""The smallest pieces of a Word document: elements, runs and paragraphs, in the order that the schema wants.

Lengths are twips, a twentieth of a point. Text from a Briefing only ever becomes the content of `w:t`,
never an attribute, a field or a link.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from zyb.exports.word.styles import Face, ParagraphStyle
from zyb.inert import unturned

Element: TypeAlias = BaseOxmlElement

TWIPS_A_MM, POINTS_A_MM = 1440 / 25.4, 72 / 25.4
# Control, surrogate and unassigned characters; of the format characters those that turn text around.
NOT_PRINTED = frozenset({"Cc", "Cs", "Cn"})


def twips(mm: float) -> int:
    return round(mm * TWIPS_A_MM)


def clean(text: str) -> str:
    """What can be printed on one line: line breaks and tabs are blanks, other control characters go."""
    return "".join(map(_printed, unturned(text))).strip(" ")


def _printed(letter: str) -> str:
    if letter in "\t\n\r\v\f\u2028\u2029":
        return " "
    return "" if unicodedata.category(letter) in NOT_PRINTED else letter


_name = cache(qn)
NAMESPACE = {"w": nsmap["w"]}


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """`element("w:ind", left=20)`: attributes are in Word's own namespace; who is None is left out."""
    named = {_name(f"w:{name}"): str(value) for name, value in attributes.items() if value is not None}
    made: Element = oxml_parser.makeelement(_name(tag), named, NAMESPACE)
    made.extend(children)
    return made


def fonts(face: Face) -> Element:
    """All four kinds of letters by name; quotation marks and dashes count as Chinese."""
    latin = face.latin
    return element("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=face.chinese, cs=latin, hint="eastAsia")


def run(
    text: str,
    style: ParagraphStyle,
    size: float | None = None,
    face: Face | None = None,
    closer: int | None = None,
) -> Element:
    """`size` in points, `face`, and twips that letters stand `closer`, where they are not the style's own."""
    properties = element("w:rPr", fonts(face or style.face))
    if closer is not None:
        properties.append(element("w:spacing", val=-closer))
    if size is not None:
        properties.extend(sizes(size))
    written = element("w:t")
    written.text = clean(text)
    written.set(_name("xml:space"), "preserve")
    return element("w:r", properties, written)


def sizes(points: float) -> list[Element]:
    """Word counts letters in half points."""
    half = round(points * 2)
    return [element("w:sz", val=half), element("w:szCs", val=half)]


def line_break(style: ParagraphStyle) -> Element:
    return element("w:r", element("w:rPr", fonts(style.face)), element("w:br"))


def paragraph(
    style: ParagraphStyle,
    *runs: Element,
    page_break: bool = False,
    keep_next: bool = False,
    before: int | None = None,
    line: int | None = None,
    indent: Element | None = None,
    align: str | None = None,
    border: Element | None = None,
) -> Element:
    """Only what differs from the style is written."""
    wanted: list[Element | None] = [
        element("w:pStyle", val=style.id),
        element("w:keepNext") if keep_next else None,
        element("w:pageBreakBefore") if page_break else None,
        border,
        _spacing(style, before, line),
        indent,
        element("w:jc", val=align) if align else None,
    ]
    return element("w:p", element("w:pPr", *present(wanted)), *runs)


def present(wanted: Iterable[Element | None]) -> list[Element]:
    return [one for one in wanted if one is not None]


def _spacing(style: ParagraphStyle, before: int | None, line: int | None) -> Element | None:
    if before is None and line is None:
        return None
    return element(
        "w:spacing",
        before=style.before if before is None else before,
        after=0,
        line=line or style.line,
        lineRule="exact",
    )


def text_paragraph(style: ParagraphStyle, text: str, **options: object) -> Element:
    return paragraph(style, run(text, style), **options)  # type: ignore[arg-type]


def border(side: str, eighths: int, colour: str = "000000", space: int = 0) -> Element:
    """A rule along a paragraph or table; its thickness in eighths of a point."""
    return element(f"w:{side}", val="single", sz=eighths, space=space, color=colour)
