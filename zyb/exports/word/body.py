"""The text and what follows it on the same pages: list of annexes, signature, form of publication."""

from __future__ import annotations

import math

from docx.oxml.ns import qn

from zyb.briefing.model import Briefing, Paragraph
from zyb.exports.word.elements import Element, clean, element, run, text_paragraph
from zyb.exports.word.elements import paragraph as empty_paragraph
from zyb.exports.word.styles import BODY, CHARACTER, CLOSER, HEADING, LINE, PLAIN, SUBHEADING
from zyb.letters import ems
from zyb.periods import chinese_day

PUBLICATION = "（信息公开形式：依申请公开）"
ROLES = {"body": BODY, "heading": HEADING, "subheading": SUBHEADING}
CHARACTERS_A_LINE, MOST_BROUGHT_IN, MOST_LINES_HELD = 28, 2, 8
# 成文日期 stands four characters from the right edge.
DATE_FROM_RIGHT = 4.0


def body(briefing: Briefing, publication: str) -> list[Element]:
    """No date stands alone on a page: what comes before it holds on to it."""
    told = [_paragraph(paragraph) for paragraph in briefing.paragraphs]
    listed, signed = _annex_list(briefing), _signature(briefing)
    for held in [*_holding(briefing, told, listed), *signed]:
        hold(held)
    return [*told, *listed, *signed, *([text_paragraph(BODY, publication)] if publication else [])]


def _holding(briefing: Briefing, told: list[Element], listed: list[Element]) -> list[Element]:
    """The last paragraph and the list, or where these are long the end of the list alone.

    Some word processors move a held paragraph as a whole, and would leave most of a page white.
    """
    last = math.ceil(ems(briefing.paragraphs[-1].text) / CHARACTERS_A_LINE) if told else 0
    if not listed or last + len(listed) <= MOST_LINES_HELD:
        return [*told[-1:], *listed]
    return listed[-2:]


def _paragraph(told: Paragraph) -> Element:
    style = ROLES[told.role]
    return empty_paragraph(style, *(run(sentence.text, style) for sentence in told.sentences))


def hold(paragraph: Element) -> None:
    """Keeps a paragraph on the page of the next one."""
    properties = paragraph.find(qn("w:pPr"))
    if properties.find(qn("w:keepNext")) is None:
        properties.insert(1, element("w:keepNext"))


def annex_mark(briefing: Briefing, place: int) -> str:
    """“附件2”; the only one has no number."""
    return "附件" if len(briefing.annexes) == 1 else f"附件{place}"


def _annex_list(briefing: Briefing) -> list[Element]:
    """Two characters in; a title that needs a second line goes on below its own first character."""
    titles = [clean(annex.title) for annex in briefing.annexes]
    if len(titles) == 1:
        return [_listed(f"附件：{titles[0]}", left=5, hanging=3, before=LINE)]
    return [
        _listed(f"附件：{place}.{title}", left=6, hanging=4, before=LINE)
        if place == 1
        else _listed(f"{place}.{title}", left=6, hanging=1, before=0)
        for place, title in enumerate(titles, 1)
    ]


def _listed(text: str, left: int, hanging: int, before: int) -> Element:
    indent = element(
        "w:ind",
        leftChars=left * 100,
        left=left * CHARACTER,
        hangingChars=hanging * 100,
        hanging=hanging * CHARACTER,
    )
    words = run(text, PLAIN, closer=_closer(text, CHARACTERS_A_LINE - left + hanging))
    return empty_paragraph(PLAIN, words, indent=indent, before=before, align="left")


def _closer(text: str, room: int) -> int | None:
    """A character or two too many are brought onto the line, rather than leave one alone on the next."""
    if not room < ems(text) <= room + MOST_BROUGHT_IN:
        return None
    return math.ceil((ems(text) - room) * CHARACTER / len(text)) - CLOSER + 1


def _signature(briefing: Briefing) -> list[Element]:
    """The authority centred over the date; one longer than eight characters more than the date moves it inwards."""
    issuer, day = clean(briefing.issuer), chinese_day(briefing.made)
    middle = max(DATE_FROM_RIGHT + ems(day) / 2, ems(issuer) / 2)
    signed = [_right(issuer, middle - ems(issuer) / 2, before=2 * LINE)] if issuer else []
    return [*signed, _right(day, middle - ems(day) / 2, before=0 if signed else 2 * LINE)]


def _right(text: str, characters: float, before: int) -> Element:
    indent = element(
        "w:ind", rightChars=round(characters * 100), right=round(characters * CHARACTER), firstLine=0
    )
    return text_paragraph(PLAIN, text, indent=indent, align="right", before=before)
