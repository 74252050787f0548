"""A campaign that was closed, in words: the same on pages, in documents and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zyb.periods import chinese_day
from zyb.rulebook.campaigns import Campaign, Closing, campaigns, campaigns_of
from zyb.rulebook.duties.model import RESTED
from zyb.rulebook.measures import Measure
from zyb.standing.duties import DutySurvey
from zyb.wording.templates import said_on_pages


def closed(campaign: Campaign, closing: Closing) -> str:
    """“职业病危害专项治理已于2025年6月30日结束（某〔2025〕1号），自该日起不再预警、督办。”"""
    said = {"专项": campaign.subject, "日期": chinese_day(closing.day), "文件": closing.report}
    return said_on_pages("campaign_closed", said)


def closed_measure(province: str, measure: Measure, closing: Closing) -> str:
    """The same of the campaign that a measure belongs to."""
    return closed(campaigns_of(province)[measure.campaign], closing)


def ended(closing: Closing) -> str:
    """“专项已于2025年6月30日结束”, on a card."""
    return f"专项已于{chinese_day(closing.day)}结束"


def alerts_rest(campaigns: Sequence[Campaign]) -> str:
    """“已结束的专项不再预警、督办，报送与节点不再提醒：专项治理（自2025年6月30日起）、…。” Empty where all go on."""
    told = [f"{c.title}（自{chinese_day(c.closing.day)}起）" for c in campaigns if c.closing]
    return said_on_pages("alerts_rest", {"各专项": "、".join(told)}) if told else ""


def duties_rest(seen: DutySurvey) -> str:
    """“已结束的专项不再提醒，…：专项治理（自2025年6月30日起）24项次。” Empty where nothing was left undone."""
    numbers, closings = Counter[str](), {}
    for standing in seen.standings:
        if standing.closing and standing.count(RESTED):
            numbers[standing.duty.campaign] += standing.count(RESTED)
            closings[standing.duty.campaign] = standing.closing
    told = [
        f"{title}（自{chinese_day(closings[name].day)}起）{numbers[name]}项次"
        for name, title in campaigns().items()
        if name in closings
    ]
    return said_on_pages("duties_rest", {"各专项": "、".join(told)}) if told else ""
