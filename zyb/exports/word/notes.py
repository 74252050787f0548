"""Notes below the tables: those of an annex, and at the end those of the whole document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zyb.briefing.model import Briefing
from zyb.exports.word.elements import Element, clean, element, text_paragraph
from zyb.exports.word.styles import NOTE
from zyb.letters import ems


def numbered(head: str, notes: Sequence[str]) -> Iterator[Element]:
    """“注：1.…” and below it “2.…”; a single one has no number."""
    lead = f"{head}："
    for place, note in enumerate(notes, 1):
        number = f"{place}." if len(notes) > 1 else ""
        first, hanging = (lead if place == 1 else ""), ems(number) + (ems(lead) if place == 1 else 0)
        size = round(NOTE.size * 20)
        left = ems(lead) + ems(number)
        indent = element("w:ind", left=round(left * size), hanging=round(hanging * size))
        yield text_paragraph(NOTE, f"{first}{number}{note}", indent=indent, before=60 if place == 1 else 0)


def general_notes(briefing: Briefing) -> list[str]:
    """What no annex says yet."""
    said = {clean(note) for annex in briefing.annexes for note in annex.notes}
    told = dict.fromkeys(clean(note) for note in _all_notes(briefing))
    return [note for note in told if note and note not in said]


def _all_notes(briefing: Briefing) -> Iterator[str]:
    yield from briefing.notes
    judged = any(column.kind == "verdict" for annex in briefing.annexes for column in annex.columns)
    everything = "".join([*briefing.notes, *(note for annex in briefing.annexes for note in annex.notes)])
    if judged and briefing.told_rules and briefing.told_rules not in everything:
        yield f"进展评价：{briefing.told_rules}。"
    if briefing.revises and briefing.revises not in everything + _text(briefing):
        yield f"本件修订{briefing.revises}。{briefing.changes}"


def _text(briefing: Briefing) -> str:
    return "".join(paragraph.text for paragraph in briefing.paragraphs)
