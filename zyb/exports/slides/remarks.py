"""What is said around a slide: the line above, the line below, and the notes for who presents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zyb.briefing.model import Briefing, Line, Section, Slide
from zyb.deck import measuring
from zyb.numerals import percent
from zyb.periods import chinese_day

# As notes say it: “数据来源：国家职业病危害“专项治理”模块（《专项治理进展汇总表》），截至…”.
SOURCE = re.compile("数据来源：([^（，。；]+)")
ADJUSTED, MARK = "人工调整", "*"
# Reasons on a slide are cut to one of these numbers of letters, the longest that fits.
REASON_LENGTHS = (500, 120, 80, 50, 30, 16, 8)


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
        said.append(f"进展评价：{briefing.told_rules}。")
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
    return [*notes, *(_adjustment(line, REASON_LENGTHS[0]) for line in adjusted(section))]


# --- verdicts that a person set ----------------------------------------------------------------------


def adjusted(section: Section) -> list[Line]:
    """Whose verdict is a person's; in a report on one region that region."""
    return [line for line in section.lines or (section.whole,) if line.judgement.proposed]


def mark(line: Line) -> str:
    """Behind a name whose verdict the footnote explains."""
    return MARK if line.judgement.proposed else ""


def told_beside(line: Line) -> str:
    """Behind a verdict in words."""
    return f"（{ADJUSTED}）" if line.judgement.proposed else ""


def footnote(sections: Sequence[Section], width: float, size: float, most: int) -> str:
    """人工调整 on a slide: region, the rule's own verdict and the reason, in no more than `most` lines.

    `width` in inches, `size` in points. Reasons that would take more are cut; all of them stand in the notes.
    Of several measures each is named.
    """
    found = [(_measure(section, sections), line) for section in sections for line in adjusted(section)]
    if not found:
        return ""
    texts = [
        f"{MARK} {ADJUSTED}　{'　'.join(_adjustment(line, n, about) for about, line in found)}"
        for n in REASON_LENGTHS
    ]
    fits = (text for text in texts if measuring.lines(text, width, size) <= most)
    return next(fits, _names_only(found))


def _measure(section: Section, sections: Sequence[Section]) -> str:
    return section.title if len(sections) > 1 else ""


def _adjustment(line: Line, most: int, about: str = "") -> str:
    held, reason = line.judgement, line.judgement.reason.rstrip("。")
    told = reason if len(reason) <= most else f"{reason[:most]}…"
    return f"{line.name}{about}：按规则为“{held.proposed}”，人工调整为“{held.title}”，理由：{told}。"


def _names_only(found: Sequence[tuple[str, Line]]) -> str:
    each = (f"{line.name}{about}（按规则为“{line.judgement.proposed}”）" for about, line in found)
    return f"{MARK} {ADJUSTED}　{'、'.join(each)}，理由见备注。"
