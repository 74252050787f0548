"""What a sentence is told of: a measure's section, with the figures that several sentences share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zyb.alerting import MissedDeadline, Unheard
from zyb.briefing import facts
from zyb.briefing.model import Figure, RegionLine, Section, Sentence
from zyb.briefing.outlines import CampaignText, KindOfReport
from zyb.briefing.text.phrases import (
    grown,
)
from zyb.numerals import percent, value_text
from zyb.rulebook.places.levels import level_words
from zyb.wording.templates import Wording

MONTHS_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What the rules may speak of: one measure in full, and beside it the campaign's other measures."""

    kind: KindOfReport
    campaign: CampaignText
    wording: Wording
    province: str
    scope: str
    """全省 (全市, 全区, 全国) or the region's name."""
    section: Section
    annual: Section | None
    others: Mapping[str, Section]
    rules_said: bool
    """Whether the rule behind the verdicts was already given: it stands in brackets at its first use."""
    verdict_rules: str
    schedule_annexes: tuple[int, ...]
    """The numbers of the annexes with the 倒排工期 of all measures that are told in full."""
    on: date
    """The day that the report is asked for."""
    overdue: tuple[MissedDeadline, ...] = ()
    """Of the campaign's measures, as its alerts have them."""
    unheard: tuple[Unheard, ...] = ()
    """The measures of the campaign that were due and that nobody has ever reported."""
    silent: bool = False
    """Nobody has reported anything of the campaign."""

    @property
    def whole(self) -> str:
        """全省, 全市, 全区, 全国: whatever the report is on."""
        return level_words(self.province).whole

    @property
    def variants(self) -> tuple[str, ...]:
        """A wording for this very measure comes before one for its kind."""
        return self.section.variants

    def section_of(self, measure_id: str) -> Section | None:
        """Of a measure that the report tells of."""
        annual = (self.annual,) if self.annual else ()
        own = (self.section, *annual, *self.others.values())
        return next((each for each in own if each.measure_id == measure_id), None)

    def say(self, rule: str, said: Mapping[str, object], figures: Iterable[Figure] = ()) -> Sentence:
        return Sentence(rule, self.wording.say(rule, said, *self.variants), tuple(figures))


SentenceRule = Callable[[Telling], Sentence | None]


def amounts(section: Section, line: RegionLine) -> tuple[Figure, ...]:
    """Both sides of a region's value; a plain count has one, a survey none."""
    if section.surveys:
        return ()
    done = Figure(
        f"{line.name}{section.numerator_title}",
        f"{line.numerator}{section.unit}",
        section.measure_id,
        line.code,
    )
    if section.counts:
        return (done,)
    return (
        Figure(f"{line.name}{section.denominator_title}", f"{line.denominator}{section.unit}", section.measure_id, line.code),
        done,
    )  # fmt: skip


def value(section: Section, line: RegionLine) -> Figure:
    shown = value_text(line.value, section.kind) + section.gap_unit
    return Figure(f"{line.name}{section.title}", shown, section.measure_id, line.code)


def remaining(section: Section, line: RegionLine) -> Figure:
    return Figure(
        f"{line.name}{section.left_title if section.falls else '还差'}",
        f"{line.remaining}{section.unit}",
        section.measure_id,
        line.code,
    )


def gap(section: Section, line: RegionLine) -> Figure:
    return Figure(
        f"{line.name}{section.title}", facts.against_pace(section, line), section.measure_id, line.code
    )


def sides(section: Section, line: RegionLine) -> dict[str, object]:
    return {
        "指标": section.title,
        "分母": section.denominator_title,
        "总数": line.denominator,
        "分子": section.numerator_title,
        "完成数": line.numerator,
        "单位": section.unit,
        "比率": value_text(line.value, section.kind) + section.unit
        if section.counts
        else percent(line.value),
        "增减": grown(line.value) if line.value is not None and not section.counts else "",
    }
