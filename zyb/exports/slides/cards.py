"""The five cards of a headline: a large number each, with what it means in two short lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import Section
from zyb.briefing.report_table import shown
from zyb.deck import measuring
from zyb.deck.legend import NOT_REPORTED
from zyb.deck.remarks import told_beside
from zyb.exports.drawingml.ink import LetterStyle, solid
from zyb.exports.slides.drawing import Box, paragraph, run
from zyb.exports.slides.page import SlidePage
from zyb.numerals import NO_VALUE, value_text
from zyb.periods import chinese_day, time_left

HEIGHT, PADDING, GAP = 1.58, 0.15, 0.16
BEHIND = "滞后地区（个）"
VALUE_SIZES = (32, 28, 24, 20)
TITLE_SIZES = (13, 12, 11, 10)
REMARK_SIZES = (12, 11.5, 11, 10.5, 10, 9)


@dataclass(frozen=True)
class Card:
    title: str
    value: str
    remarks: tuple[str, ...]
    colour: str = palette.JADE


def draw_cards(page: SlidePage, box: Box, cards: Sequence[Card]) -> None:
    """Side by side over the width of the box."""
    width = (box.width - GAP * (len(cards) - 1)) / len(cards)
    for n, card in enumerate(cards):
        _draw(page, Box(box.left + n * (width + GAP), box.top, width, HEIGHT), card)


def headline_cards(section: Section) -> list[Card]:
    whole, unit = section.whole, section.unit
    first = Card(section.title, value_text(whole.value, section.kind) + section.gap_unit, _judged(section),
                 palette.TONES[whole.judgement.tone])  # fmt: skip
    last = _behind(section) if section.lines else _yardstick(section)
    if section.surveys:
        until = (f"截至{chinese_day(section.as_of)}",)
        asked = Card(
            section.weight_title or "已报送地区",
            shown(whole.asked if section.weight_title else sum(line.told for line in section.lines), "count"),
            until,
            palette.INDIGO,
        )
        return [first, asked, _yardstick(section), *([last] if section.lines else [])]
    return [
        first,
        Card(f"{section.denominator_title}（{unit}）", shown(whole.denominator, "count"),
             (f"截至{chinese_day(section.as_of)}",), palette.INDIGO),
        Card(f"{section.numerator_title}（{unit}）", shown(whole.numerator, "count"), (_added(section),)),
        Card(f"{section.left_title if section.falls else '剩余任务'}（{unit}）", shown(whole.remaining, "count"), _time_left(section), palette.WATCH),
        last,
    ]  # fmt: skip


def _judged(section: Section) -> tuple[str, ...]:
    """“● 达到序时”, “快于序时进度1.8个百分点”."""
    line = section.whole
    judged = f"{line.judgement.shape} {line.judgement.title}{told_beside(line)}"
    return tuple(text for text in (judged, facts.against_pace(section, line)) if text)


def _added(section: Section) -> str:
    added = section.whole.added
    if added is None:
        return f"没有可比的{section.earlier}数据"
    return f"较{section.earlier}{'新增' if added >= 0 else '减少'}{abs(added)}{section.unit}"


def _time_left(section: Section) -> tuple[str, ...]:
    if section.due is None:
        return ("未设时限",)
    if section.whole.remaining is None:
        return ("没有数据",)
    pending = section.whole.remaining and not section.always and not section.closed
    day = section.counted_from
    left = time_left(section.due, day) if pending and day <= section.due else ""
    return tuple(text for text in (left, section.whole.demand) if text)


def _yardstick(section: Section) -> Card:
    """In a report on one region its place in time stands where others count the regions behind."""
    due = f"时限{chinese_day(section.due)}" if section.due else "未设时限"
    held = section.whole.pace if section.counts else section.pace
    return Card(section.yardstick, value_text(held, section.kind) + section.gap_unit, (due,), palette.INK)


def _behind(section: Section) -> Card:
    """How many are behind; where nothing is due or nobody has reported there is no such number."""
    behind = [line for line in section.lines if line.judgement.tone in ("watch", "lagging")]
    good = any(line.judgement.tone == "good" for line in section.lines)
    silent = sum(line.judgement.id == NOT_REPORTED for line in section.lines)
    remarks = [f"▨ 未报送{silent}个"] if silent else []
    if section.pace is None and not behind:
        why = "未设时序，不作评价" if section.begun else "未到起始日，暂不评价"
        return Card(BEHIND, NO_VALUE, (why, *remarks), palette.MISSING)
    if not behind and not good:
        return Card(BEHIND, NO_VALUE, tuple(remarks or ["没有数据"]), palette.MISSING)
    slow = sum(line.judgement.tone == "lagging" for line in behind)
    first = f"▼ 进展缓慢或零进展{slow}个" if slow else "◆ 均为相对滞后" if behind else "● 没有滞后地区"
    colour = palette.LAGGING if slow else palette.WATCH if behind else palette.GOOD
    return Card(BEHIND, str(len(behind)), (first, *remarks), colour)


def _draw(page: SlidePage, box: Box, card: Card) -> None:
    inside = box.width - 2 * PADDING
    grey = LetterStyle(
        min(measuring.fitting(text, inside, REMARK_SIZES) for text in card.remarks), palette.SECONDARY
    )
    value = LetterStyle(measuring.fitting(card.value, inside, VALUE_SIZES), palette.INK, bold=True)
    title = grey.sized(measuring.fitting(card.title, inside, TITLE_SIZES))
    texts = [
        paragraph(run(card.title, title), after=2),
        paragraph(run(card.value, value), after=2, spacing=95),
        *(paragraph(run(text, grey), spacing=95) for text in card.remarks),
    ]
    description = "，".join([card.title + card.value, *card.remarks])
    page.panel(
        f"卡片-{card.title}", box, solid(palette.GROUND), texts, inset=PADDING, top=0.18, description=description,
    )  # fmt: skip
    page.panel(f"色条-{card.title}", replace(box, height=0.06), solid(card.colour))
