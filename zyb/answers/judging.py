"""人工调整, put in place and taken back: of the very figures that were looked at, and of no decision unread."""

from __future__ import annotations

from datetime import datetime

from zyb.access import Permission, Viewer, insist
from zyb.answers.overrides import choices, is_about, objection
from zyb.answers.progress import standings, view
from zyb.errors import NotPossible
from zyb.numerals import value_text
from zyb.periods import chinese_moment
from zyb.rulebook.measures import Measure
from zyb.standing.standings import Standing, Standings
from zyb.store import Store, VerdictRecord

REASON_LENGTH = 500
NOT_SAVED = "您的调整没有保存，请核对后再决定。"


def override(
    store: Store,
    found: Standings,
    region_code: str,
    verdict_id: str,
    reason: str,
    *,
    by: Viewer,
    at: datetime | None = None,
) -> int:
    """Put another verdict in place of the rule's, for the figures of `found`; the number of the record.

    `at` is for a history told afterwards (the demo).
    """
    insist(by, Permission.JUDGE)
    standing = _standing(found, region_code)
    wanted = found.verdicts.get(verdict_id)
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
    store: Store, found: Standings, region_code: str, reason: str, *, by: Viewer, at: datetime | None = None
) -> int:
    """The rule's verdict holds again; the override and its reason stay on record."""
    insist(by, Permission.JUDGE)
    standing = _standing(found, region_code)
    if standing.override is None:
        raise NotPossible(f"{standing.region}的评价没有人工调整，无需撤销。", "请核对地区、指标和日期。")
    return _add(store, found, standing, _record(found, standing, "", reason, by), at)


def _add(
    store: Store, found: Standings, standing: Standing, record: VerdictRecord, at: datetime | None
) -> int:
    """Unless the figures or their verdict have changed since `found` was looked at: then who has, and when."""
    with store.exclusively():
        seen = view(store, found.province.region_code, found.measure.id, found.on)
        now = _standing(standings(store, seen), standing.region_code)
        if not is_about(record, now):
            raise _reported_since(found, standing, now)
        if now.override != standing.override:
            raise _judged_since(
                found, standing, [one for one in seen.verdict_records if is_about(one, standing)][-1]
            )
        return store.add_verdict_record(record, at=at)


def _reported_since(found: Standings, standing: Standing, now: Standing) -> NotPossible:
    measure = found.measure
    said = measure.title if measure.surveys else f"{measure.numerator.title}、{measure.denominator.title}"
    before = _figures(measure, standing)
    after = _figures(measure, now) if now.as_of else "没有数据"
    return NotPossible(
        f"{standing.region}的数据在您查看之后有变化：{said}原为{before}（数据截至{standing.as_of}），现为{after}。",
        NOT_SAVED,
    )


def _figures(measure: Measure, standing: Standing) -> str:
    """Both sides; of a survey its percentage alone."""
    if measure.surveys:
        return value_text(standing.value, measure.kind)
    return f"{standing.numerator}、{standing.denominator}"


def _judged_since(found: Standings, standing: Standing, last: VerdictRecord) -> NotPossible:
    who = f"{standing.region}的评价已由{last.recorded_by}于{chinese_moment(last.recorded_at)}"
    what = f"调整为“{found.verdicts[last.verdict].title}”" if last.verdict else "恢复为规则评价"
    return NotPossible(f"{who}{what}。", NOT_SAVED)


def _standing(found: Standings, region_code: str) -> Standing:
    standing = found.region(region_code)
    if standing is None:
        raise NotPossible("只能调整各地区的评价。", "请先选择一个地区。")
    if standing.stale:
        raise NotPossible(
            f"{standing.region}没有报送本期数据（最近一次为{standing.as_of}），不能调整。",
            "请在收到本期数据后再评价。",
        )
    return standing


def _titles(found: Standings, standing: Standing) -> str:
    return "、".join(verdict.title for verdict in choices(found, standing)) or "无"


def _record(found: Standings, standing: Standing, verdict_id: str, reason: str, by: Viewer) -> VerdictRecord:
    if not reason.strip():
        raise NotPossible("还没有填写理由。", "请写明调整或撤销的理由后重试。")
    if len(reason.strip()) > REASON_LENGTH:
        raise NotPossible(f"理由不能超过{REASON_LENGTH}字。", "请精简后重试。")
    numerator, denominator = standing.on_record
    assert standing.as_of and numerator is not None
    return VerdictRecord(
        province_code=found.province.region_code, region_code=standing.region_code, measure=found.measure.id, as_of=standing.as_of,
        numerator=numerator, denominator=denominator, proposed=standing.proposed.id, verdict=verdict_id, reason=reason.strip(), recorded_by=by.name,
    )  # fmt: skip
