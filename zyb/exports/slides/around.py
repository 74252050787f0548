"""What is said around a slide: the line above, the line below, and the notes for who presents."""

from __future__ import annotations

from zyb.briefing import facts
from zyb.briefing.model import Briefing, Section, Slide, told_rules
from zyb.deck import remarks
from zyb.numerals import value_text
from zyb.periods import chinese_day


def kicker(briefing: Briefing, section: Section | None) -> str:
    return " · ".join(text for text in (section.title if section else "", briefing.kind_title) if text)


def footer(briefing: Briefing, section: Section | None) -> str:
    as_of = section.as_of if section else briefing.as_of
    parts = [remarks.source(briefing, section), f"数据截至{chinese_day(as_of)}"]
    if section and section.pace is not None:
        parts.append(f"{section.yardstick}{value_text(section.pace, section.kind)}{section.gap_unit}")
    return "　".join(part for part in parts if part)


def speaker_notes(briefing: Briefing, slide: Slide, section: Section | None) -> list[str]:
    """Definition, basis, sources, verdicts that a person set, and the notes of the table."""
    said = [*(_counted(section) if section else briefing.notes)]
    if slide.table:
        said += slide.table.notes
    if section and section.pace is not None and briefing.verdict_rules:
        said.append(f"进展评价：{told_rules(briefing.rules_of(section))}。")
    return list(dict.fromkeys(note for note in [*said, briefing.demo_warning] if note))


def _counted(section: Section) -> list[str]:
    notes = [
        f"{section.title}：{section.definition}".rstrip("。") + "。",
        *facts.basis(section),
        section.note,
    ]
    notes += [
        f"来源：《{found.ledger}》第{found.snapshot}号（{found.file_name}），数据截至{chinese_day(found.as_of)}。"
        for found in section.sources
    ]
    return [
        *notes,
        *(facts.adjustment(line, most=remarks.REASON_LENGTHS[0]) for line in remarks.adjusted(section)),
    ]
