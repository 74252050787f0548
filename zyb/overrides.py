"""人工调整: a person's verdict in place of the rule's, with the reason. The rule proposes, both are kept.

An override is about figures: the region's own, of one 数据截至. New figures are judged by the rule again,
and so are figures that went stale because others have reported a later month since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from zyb.errors import NotPossible
from zyb.indicators import Standing, Standings
from zyb.periods import chinese_day, chinese_moment
from zyb.store import Store, VerdictRecord
from zyb.verdicts import BY_GAP, FACTS, Override, Verdict, verdicts

MISSING = ("not_reported", "no_task")
REASON_LENGTH = 500


# -- reading ----------------------------------------------------------------------------


def applied(found: Standings, records: Sequence[VerdictRecord]) -> Standings:
    """The standings with what people have said of exactly these figures; `records` oldest first."""
    own = [record for record in records if record.measure == found.measure.id]
    if not own:
        return found
    return replace(found, regions=tuple(_judged(found, standing, own) for standing in found.regions))


def _judged(found: Standings, standing: Standing, records: Sequence[VerdictRecord]) -> Standing:
    spoken = [record for record in records if _is_about(record, standing)]
    if not spoken or not spoken[-1].verdict or _is_stale(found, standing):
        return standing
    wanted = verdicts().get(spoken[-1].verdict)
    # The rules may have changed since: what the figures contradict does not hold.
    if wanted is None or objection(found, standing, wanted):
        return standing
    last, proposed = spoken[-1], standing.proposed
    override = Override(wanted, proposed, last.reason, last.recorded_by, last.recorded_at)
    return replace(standing, verdict=wanted, override=override)


def _is_about(record: VerdictRecord, standing: Standing) -> bool:
    """The very figures: a corrected report of the same day is another matter."""
    said = (record.region_code, record.as_of, record.numerator, record.denominator)
    return said == (standing.region_code, standing.as_of, standing.numerator, standing.denominator)


def _is_stale(found: Standings, standing: Standing) -> bool:
    """Others have reported a later month: silence does not keep a verdict."""
    if found.as_of is None or standing.as_of is None:
        return False
    return standing.as_of < found.as_of.replace(day=1)


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
        for other in verdicts().values()
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
    if wanted.id == "finished":
        left = f"还差{standing.remaining}{unit}" if standing.remaining else "尚未达到目标"
        return f"{standing.region}{left}，不能评为“{wanted.title}”。", "请改选其他评价。"
    if wanted.id == "nothing_done" and standing.numerator:
        done = f"{found.measure.numerator.title}{standing.numerator}{unit}"
        return f"{standing.region}{done}，不能评为“{wanted.title}”。", "请改选其他评价。"
    if wanted.id == BY_GAP[0] and not standing.numerator:
        return f"{standing.region}尚无一{unit}完成，不能评为“{wanted.title}”。", "请改选其他评价。"
    return None


# -- writing ----------------------------------------------------------------------------


def override(
    store: Store,
    found: Standings,
    region_code: str,
    verdict_id: str,
    reason: str,
    *,
    by: str,
    at: datetime | None = None,
) -> int:
    """Put another verdict in place of the rule's, for the figures of `found`; the number of the record.

    `at` is for a history told afterwards (the demo).
    """
    standing = _standing(found, region_code)
    wanted = verdicts().get(verdict_id)
    if wanted is None:
        raise NotPossible(f"没有评价“{verdict_id}”。", f"可用的评价：{_titles(found, standing)}。")
    if refused := objection(found, standing, wanted):
        raise NotPossible(*refused)
    if wanted == standing.verdict:
        raise NotPossible(f"{standing.region}的评价已是“{wanted.title}”，无需调整。", "请改选其他评价。")
    if wanted == standing.proposed:
        raise NotPossible(f"“{wanted.title}”就是规则的评价。", "请撤销原来的调整。")
    return _add(store, found, standing, _record(found, standing, wanted.id, reason, by), at)


def take_back(
    store: Store, found: Standings, region_code: str, reason: str, *, by: str, at: datetime | None = None
) -> int:
    """The rule's verdict holds again; the override and its reason stay on record."""
    standing = _standing(found, region_code)
    if standing.override is None:
        raise NotPossible(f"{standing.region}的评价没有人工调整，无需撤销。", "请核对地区、指标和日期。")
    return _add(store, found, standing, _record(found, standing, "", reason, by), at)


def _add(
    store: Store, found: Standings, standing: Standing, record: VerdictRecord, at: datetime | None
) -> int:
    """Unless somebody has judged these figures since `found` was looked at: then who did, and when."""
    with store.exclusively():
        known = store.verdict_records(record.province_code, record.measure)
        by_the_rule = replace(standing, verdict=standing.proposed, override=None)
        if _judged(found, by_the_rule, known).override != standing.override:
            last = [one for one in known if _is_about(one, standing)][-1]
            raise _judged_since(standing, last)
        return store.add_verdict_record(record, at=at)


def _judged_since(standing: Standing, last: VerdictRecord) -> NotPossible:
    who = f"{standing.region}的评价已由{last.recorded_by}于{chinese_moment(last.recorded_at)}"
    what = f"调整为“{verdicts()[last.verdict].title}”" if last.verdict else "恢复为规则评价"
    return NotPossible(f"{who}{what}。", "您的调整没有保存，请核对后再决定。")


def _standing(found: Standings, region_code: str) -> Standing:
    standing = found.region(region_code)
    if standing is None:
        raise NotPossible("只能调整各地区的评价。", "请先选择一个地区。")
    if _is_stale(found, standing):
        raise NotPossible(
            f"{standing.region}没有报送本期数据（最近一次为{standing.as_of}），不能调整。",
            "请在收到本期数据后再评价。",
        )
    return standing


def _titles(found: Standings, standing: Standing) -> str:
    return "、".join(verdict.title for verdict in choices(found, standing)) or "无"


def _record(found: Standings, standing: Standing, verdict_id: str, reason: str, by: str) -> VerdictRecord:
    if not reason.strip():
        raise NotPossible("还没有填写理由。", "请写明调整或撤销的理由后重试。")
    if len(reason.strip()) > REASON_LENGTH:
        raise NotPossible(f"理由不能超过{REASON_LENGTH}字。", "请精简后重试。")
    assert standing.as_of and standing.numerator is not None and standing.denominator is not None
    return VerdictRecord(
        found.province.region_code, standing.region_code, found.measure.id, standing.as_of,
        standing.numerator, standing.denominator, standing.proposed.id, verdict_id, reason.strip(), by,
    )  # fmt: skip
