"""人工调整: a person's verdict in place of the rule's, with the reason. The rule proposes, both are kept.

How one is put there or taken back: zyb/answers/judging.py.

An override is about figures: the region's own, of one 数据截至. New figures are judged by the rule again,
and so are figures that went stale: new ones were due and have not come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zyb.numerals import value_text
from zyb.periods import chinese_day
from zyb.rulebook.verdicts import BY_GAP, FACTS, Override, Verdict
from zyb.standing.standings import Standing, Standings
from zyb.store import VerdictRecord

MISSING = ("not_reported", "startless", "unassigned", "no_task", "undetermined")


# -- reading ----------------------------------------------------------------------------


def applied(found: Standings, records: Sequence[VerdictRecord]) -> Standings:
    """The standings with what people have said of exactly these figures; `records` oldest first."""
    own = [record for record in records if record.measure == found.measure.id]
    if not own:
        return found
    return replace(found, regions=tuple(_judged(found, standing, own) for standing in found.regions))


def _judged(found: Standings, standing: Standing, records: Sequence[VerdictRecord]) -> Standing:
    spoken = [record for record in records if is_about(record, standing)]
    if not spoken or not spoken[-1].verdict or standing.stale:
        return standing
    wanted = found.verdicts.get(spoken[-1].verdict)
    # The rules may have changed since: what the figures contradict does not hold.
    if wanted is None or objection(found, standing, wanted):
        return standing
    last, proposed = spoken[-1], standing.proposed
    override = Override(wanted, proposed, last.reason, last.recorded_by, last.recorded_at)
    return replace(standing, verdict=wanted, override=override)


def is_about(record: VerdictRecord, standing: Standing) -> bool:
    """The very figures: a corrected report of the same day is another matter."""
    said = (record.region_code, record.as_of, record.numerator, record.denominator)
    return said == (standing.region_code, standing.as_of, *standing.on_record)


def lapsed(found: Standings, standing: Standing, records: Sequence[VerdictRecord]) -> VerdictRecord | None:
    """The newest override of earlier figures, which does not hold for these any more."""
    day = standing.as_of
    own = [
        record
        for record in records
        if (record.measure, record.region_code) == (found.measure.id, standing.region_code)
        and day is not None
        and record.as_of <= day
    ]
    if standing.override or not own or not own[-1].verdict:
        return None
    return own[-1]


# -- what may be said -------------------------------------------------------------------


def choices(found: Standings, standing: Standing) -> list[Verdict]:
    """The verdicts that a person may put in place of the one that holds, best first."""
    return [
        other
        for other in found.verdicts.values()
        if other not in (standing.verdict, standing.proposed) and not objection(found, standing, other)
    ]


def objection(found: Standings, standing: Standing, wanted: Verdict) -> tuple[str, str] | None:
    """Why the figures forbid this verdict, and what to do; None where it is a matter of judgement."""
    proposed = standing.proposed
    if proposed.id in MISSING or standing.as_of is None:
        return f"{standing.region}{proposed.title}，没有可以评价的数据，不能调整。", "请在收到数据后再评价。"
    if proposed.id == "not_begun":
        start = chinese_day(found.plan.window.start) if found.plan else ""
        return (
            f"{found.measure.title}的任务自{start}起，现在还不能评价。",
            "请在起始日之后的数据收到后再评价。",
        )
    if proposed.id == "finished":
        return (
            f"{standing.region}已达到目标，评价为“{proposed.title}”，不能调整。",
            "如数据有误，请改正后重新上报。",
        )
    if wanted.id not in (*BY_GAP, *FACTS):
        return f"不能把评价调整为“{wanted.title}”。", "请从列出的评价中选择。"
    unit = found.measure.unit
    if wanted.id == "finished" and not (
        standing.repeats and standing.value and standing.value >= (standing.target or 1)
    ):
        left = f"{found.measure.lacking}{standing.remaining}{unit}" if standing.remaining else "尚未达到目标"
        return f"{standing.region}{left}，不能评为“{wanted.title}”。", "请改选其他评价。"
    if wanted.id == "nothing_done" and found.measure.surveys:
        shown = value_text(standing.value, found.measure.kind)
        return (
            f"{standing.region}{found.measure.title}{shown}，是调查所得，不能评为“{wanted.title}”。",
            "请改选其他评价。",
        )
    if wanted.id == "nothing_done" and standing.falls:
        return f"{found.measure.title}越低越好，不能评为“{wanted.title}”。", "请改选其他评价。"
    if wanted.id == "nothing_done" and standing.numerator:
        done = f"{found.measure.numerator.title}{standing.numerator}{unit}"
        return f"{standing.region}{done}，不能评为“{wanted.title}”。", "请改选其他评价。"
    if wanted.id == BY_GAP[0] and standing.numerator == 0 and not standing.falls:
        return f"{standing.region}尚无一{unit}完成，不能评为“{wanted.title}”。", "请改选其他评价。"
    return None
