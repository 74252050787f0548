"""督办单: the report on one region, of every measure that is behind there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zyb.briefing import facts, tables
from zyb.briefing.gathering import Work
from zyb.briefing.model import Paragraph, Table
from zyb.briefing.numbering import Numbering, plain
from zyb.briefing.sentences import RULES, Telling, reply
from zyb.errors import NotPossible

# What is told of each measure that is behind.
SENTENCES = ("overall", "change", "place", "deadline", "forecast")


def check(work: Work) -> None:
    """Nobody is pressed who keeps pace."""
    if not _late(work):
        raise NotPossible(f"{work.scope}各项指标均达到序时进度或目标，无需督办。", "请改选其他地区或专项。")


def paragraphs(work: Work) -> Iterator[Paragraph]:
    numbers = Numbering()
    yield Paragraph("body", (work.opening(),))
    yield numbers.heading("滞后情况")
    for telling in _late(work):
        yield numbers.subheading(telling.section.title)
        yield Paragraph("body", tuple(found for name in SENTENCES if (found := RULES[name](telling))))
    yield numbers.heading("办理要求")
    yield Paragraph("body", (reply(work.telling(work.told[0])),))
    for text in work.request.requirements:
        if text.strip():
            yield plain(text.strip())


def annexes(work: Work) -> Iterator[Table]:
    yield tables.measures_table([each for told in work.told for each in told.sections])


def _late(work: Work) -> list[Telling]:
    """The region's measures that are behind, in the order of campaigns."""
    return [
        replace(work.telling(told), section=each)
        for told in work.told
        for each in told.sections
        if facts.is_behind(each)
    ]
