"""What people add to an alert: 认领, 备注, 解除."""

from __future__ import annotations

from datetime import date

from zyb.access import Permission, Viewer, insist
from zyb.alerting.model import Alert
from zyb.alerting.surveying import survey
from zyb.answers.progress import find_measure
from zyb.errors import NotPossible
from zyb.periods import chinese_day, chinese_moment
from zyb.rulebook.campaigns import campaigns_of
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Region, load_roster
from zyb.store import AlertRecord, Store
from zyb.wording.closings import closed

DECISIONS = {"claim": "认领", "release": "解除"}


def claim(
    store: Store,
    province: str,
    region: str,
    measure_id: str,
    on: date,
    *,
    by: Viewer,
    cause: str,
    action: str,
    due: date,
    owner: str = "",
    seen: int | None = None,
) -> int:
    """认领: who sees to it, why it is behind, what is done, until when; the number of the record.

    `seen` is the newest decision (`newest_decision`) that whoever claims has looked at: one that came since is not
    overruled unread. Without it nothing was looked at, and a claim that holds is not replaced.
    """
    _need(责任人=owner or by.name, 原因=cause, 措施=action)
    with store.exclusively():
        alert = _own_alert(store, province, region, measure_id, on, by)
        _refuse_unread(alert, _claim_that_holds(alert) if seen is None else newest_decision(alert), seen or 0)
        if due <= alert.as_of:
            raise NotPossible(
                f"整改期限应晚于数据截至日期（{chinese_day(alert.as_of)}）。", "请重新填写期限。"
            )
        return store.add_alert_record(
            AlertRecord(
                province_code=load_roster(province).province_code, region_code=alert.region_code, measure=measure_id, kind="claim", as_of=alert.as_of, recorded_by=by.name,
                owner=(owner or by.name).strip(), cause=cause.strip(), action=action.strip(), due=due,
            )
        )  # fmt: skip


def release(
    store: Store,
    province: str,
    region: str,
    measure_id: str,
    on: date,
    *,
    by: Viewer,
    reason: str,
    seen: int | None = None,
) -> int:
    """解除 by a person, with the reason. The next report that is behind raises the alert anew. `seen` as for a claim."""
    _need(原因=reason)
    with store.exclusively():
        alert = _own_alert(store, province, region, measure_id, on, by)
        if seen is not None:
            _refuse_unread(alert, newest_decision(alert), seen)
        return _remark(store, "release", alert, by, reason)


def note(
    store: Store, province: str, region: str, measure_id: str, on: date, *, by: Viewer, reason: str
) -> int:
    """备注: changes no state."""
    _need(原因=reason)
    with store.exclusively():
        return _remark(store, "note", _own_alert(store, province, region, measure_id, on, by), by, reason)


def _remark(store: Store, kind: str, alert: Alert, by: Viewer, reason: str) -> int:
    code = f"{alert.region_code[:2]}0000"
    return store.add_alert_record(
        AlertRecord(
            province_code=code,
            region_code=alert.region_code,
            measure=alert.measure.id,
            kind=kind,
            as_of=alert.as_of,
            recorded_by=by.name,
            reason=reason.strip(),
        )
    )


def newest_decision(alert: Alert) -> AlertRecord | None:
    """The last claim or release of an alert; notes decide nothing."""
    return next((record for record in reversed(alert.records) if record.kind in DECISIONS), None)


def _refuse_unread(alert: Alert, decision: AlertRecord | None, seen: int) -> None:
    """Somebody has decided since the alert was looked at: who did, and when."""
    if decision and decision.id > seen:
        raise _decided(alert, decision)


def _claim_that_holds(alert: Alert) -> AlertRecord | None:
    """One that has run out is to be claimed anew."""
    claimed = alert.claim
    return claimed if claimed and claimed.due and claimed.due >= alert.as_of else None


def decision_words(record: AlertRecord) -> str:
    """“由李四于2024年3月4日09:30认领，责任人王五，期限2024年4月30日”."""
    when = chinese_moment(record.recorded_at) if record.recorded_at else ""
    until = f"，责任人{record.owner}，期限{chinese_day(record.due)}" if record.due else ""
    return f"由{record.recorded_by}于{when}{DECISIONS[record.kind]}{until}"


def _decided(alert: Alert, record: AlertRecord) -> NotPossible:
    return NotPossible(
        f"{alert.region}{alert.measure.title}的预警已{decision_words(record)}。",
        "您填写的内容没有保存，请核对后再决定是否重新提交。",
    )


def _need(**said: str) -> None:
    missing = [name for name, text in said.items() if not text.strip()]
    if missing:
        raise NotPossible(f"还没有填写{'、'.join(missing)}。", "请补充后重试。")


def _own_alert(store: Store, province: str, region: str, measure_id: str, on: date, by: Viewer) -> Alert:
    """The open alert, if it is this viewer's to act on."""
    insist(by, Permission.CLAIM, find_subject(province, region))
    return find_alert(store, province, region, measure_id, on)


def find_alert(store: Store, province: str, region: str, measure_id: str, on: date) -> Alert:
    """The open alert of a region (name or code) and measure, or of the province itself."""
    wanted = find_subject(province, region)
    found = survey(store, province, on, measure_id=measure_id).alerts
    own = next((alert for alert in found if alert.region_code == wanted.code), None)
    if own and own.open:
        return own
    last = newest_decision(own) if own else None
    if own and last and last.kind == "release":
        raise _decided(own, last)
    measure = find_measure(province, measure_id)
    campaign = campaigns_of(load_roster(province).province)[measure.campaign]
    if campaign.closing and campaign.closed_on(on):
        raise NotPossible(closed(campaign, campaign.closing), "结束以前的预警可以选较早的日期查看。")
    title = measure.title
    raise NotPossible(f"{wanted.name}{title}当前没有需要处理的预警。", "请核对地区、指标和日期。")


def find_subject(province: str, text: str) -> Region:
    """As `find_region`, or the whole of the province, of which an average is asked."""
    roster = load_roster(province)
    whole = level_words(roster.province).whole
    if text in (whole, roster.province, roster.province_code):
        return Region(roster.province_code, whole, whole, ())
    return find_region(province, text)


def find_region(province: str, text: str) -> Region:
    roster = load_roster(province)
    found = roster.find(text)
    if found is None:
        names = "、".join(region.name for region in roster.regions)
        raise NotPossible(f"{roster.province}没有填报地区“{text[:20]}”。", f"可填：{names}。")
    return found
