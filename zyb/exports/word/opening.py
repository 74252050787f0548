"""The beginning of a document: red head and rule, document number, title, addressees."""

from __future__ import annotations

from zyb.briefing.model import Briefing
from zyb.exports.word.elements import (
    POINTS_A_MM,
    Element,
    border,
    clean,
    element,
    line_break,
    paragraph,
    run,
    text_paragraph,
    twips,
)
from zyb.exports.word.page import PORTRAIT
from zyb.exports.word.styles import AUTHORITY, LINE, NUMBER, PLAIN, RED, TITLE

# The name of the authority begins 35 mm below the head of the text; its line is higher than its letters.
AUTHORITY_BELOW = 35 - 2.6
SMALLEST_AUTHORITY = 18.0


def opening(briefing: Briefing, red_head: bool) -> list[Element]:
    head = _red_head(briefing) if red_head else []
    return [*head, _title(briefing, below_rule=red_head), *_addressees(briefing)]


def _red_head(briefing: Briefing) -> list[Element]:
    name = clean(briefing.issuer)
    authority = paragraph(
        AUTHORITY, run(name, AUTHORITY, _authority_size(name)), before=twips(AUTHORITY_BELOW)
    )
    return [authority, _numbered_rule(briefing)]


def _authority_size(name: str) -> float:
    """As large as the style says, or smaller so that the name stays on one line."""
    fits = PORTRAIT.width * POINTS_A_MM / max(len(name), 1)
    return max(min(AUTHORITY.size, fits // 1), SMALLEST_AUTHORITY)


def _numbered_rule(briefing: Briefing) -> Element:
    """The number two lines below the authority, the red rule 4 mm below the number."""
    rule = element("w:pBdr", border("bottom", 16, RED, space=11))
    return text_paragraph(NUMBER, document_number(briefing), before=2 * LINE, border=rule)


def document_number(briefing: Briefing) -> str:
    """A number still to be given leaves room to write it in."""
    return clean(briefing.number) or f"〔{briefing.made.year}〕　　号"


def _title(briefing: Briefing, below_rule: bool) -> Element:
    runs: list[Element] = []
    for line in briefing.title:
        runs += [line_break(TITLE)] if runs else []
        runs.append(run(line, TITLE))
    return paragraph(TITLE, *runs, before=2 * LINE if below_rule else 0)


def _addressees(briefing: Briefing) -> list[Element]:
    names = clean(briefing.addressees).rstrip("：:")
    if not names:
        return [paragraph(PLAIN)]
    return [text_paragraph(PLAIN, f"{names}：", before=LINE)]
