"""What is said around a slide: the line above, the line below, and the notes for who presents."""

from __future__ import annotations

import re

from zyb.briefing.model import Briefing, Section, Slide
from zyb.numerals import percent
from zyb.periods import chinese_day

# As notes say it: “数据来源：国家职业病危害“专项治理”模块（《专项治理进展汇总表》），截至…”.
SOURCE = re.compile("数据来源：([^（，。；]+)")


def kicker(briefing: Briefing, section: Section | None) -> str:
    return " · ".join(text for text in (section.title if section else "", briefing.kind_title) if text)


def footer(briefing: Briefing, section: Section | None) -> str:
    as_of = section.as_of if section else briefing.as_of
    parts = [source(briefing, section), f"数据截至{chinese_day(as_of)}"]
    if section and section.pace is not None:
        parts.append(f"{section.yardstick}{percent(section.pace)}")
    return "　".join(part for part in parts if part)


def source(briefing: Briefing, section: Section | None) -> str:
    """As the report itself names it, otherwise the ledgers that the figures come from."""
    own = [note for note in briefing.notes if section and note.startswith(f"{section.title}：")]
    named = [found.group(1) for note in own or briefing.notes if (found := SOURCE.search(note))]
    named = named or [found.ledger for found in (section.sources if section else ())]
    return f"数据来源：{'、'.join(dict.fromkeys(named))}" if named else ""


def speaker_notes(briefing: Briefing, slide: Slide, section: Section | None) -> list[str]:
    """Definition, basis, sources, verdicts that a person set, and the notes of the table."""
    said = [*(_counted(section) if section else briefing.notes)]
    if slide.table:
        said += slide.table.notes
    if section and section.pace is not None and briefing.verdict_rules:
        said.append(f"进展评价：{briefing.verdict_rules}。")
    return list(dict.fromkeys(note for note in [*said, briefing.demo_warning] if note))


def _counted(section: Section) -> list[str]:
    notes = [
        f"{section.title}：{section.definition}".rstrip("。") + "。",
        f"依据：{section.basis}。" if section.basis else "",
        f"时限依据：{section.plan_basis}。" if section.plan_basis else "",
        section.note,
    ]
    notes += [
        f"来源：《{found.ledger}》第{found.snapshot}号（{found.file_name}），数据截至{chinese_day(found.as_of)}。"
        for found in section.sources
    ]
    notes += [
        f"{line.name}：按规则为“{line.judgement.proposed}”，人工调整为“{line.judgement.title}”，理由：{line.judgement.reason}。"
        for line in section.lines
        if line.judgement.proposed
    ]
    return notes
