"""What people add to an alert: 认领, 备注, 解除."""

from __future__ import annotations

from datetime import date

from zyb.alerting.model import Alert
from zyb.alerting.surveying import survey
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.progress import find_measure
from zyb.regions import Region, load_roster
from zyb.store import AlertRecord, Store


def claim(
    store: Store,
    province: str,
    region: str,
    measure_id: str,
    on: date,
    *,
    by: str,
    cause: str,
    action: str,
    due: date,
    owner: str = "",
) -> int:
    """认领: who sees to it, why it is behind, what is done, until when; the number of the record."""
    _need(责任人=owner or by, 原因=cause, 措施=action)
    alert = find_alert(store, province, region, measure_id, on)
    if due <= alert.as_of:
        raise NotPossible(f"整改期限应晚于数据截至日期（{chinese_day(alert.as_of)}）。", "请重新填写期限。")
    return store.add_alert_record(
        AlertRecord(
            load_roster(province).province_code, alert.region_code, measure_id, "claim", alert.as_of, by,
            owner=(owner or by).strip(), cause=cause.strip(), action=action.strip(), due=due,
        )
    )  # fmt: skip


def release(
    store: Store, province: str, region: str, measure_id: str, on: date, *, by: str, reason: str
) -> int:
    """解除 by a person, with the reason. The next report that is behind raises the alert anew."""
    return _remark(store, "release", province, region, measure_id, on, by, reason)


def note(store: Store, province: str, region: str, measure_id: str, on: date, *, by: str, reason: str) -> int:
    """备注: changes no state."""
    return _remark(store, "note", province, region, measure_id, on, by, reason)


def _remark(
    store: Store, kind: str, province: str, region: str, measure_id: str, on: date, by: str, reason: str
) -> int:
    _need(原因=reason)
    alert = find_alert(store, province, region, measure_id, on)
    code = load_roster(province).province_code
    return store.add_alert_record(
        AlertRecord(code, alert.region_code, measure_id, kind, alert.as_of, by, reason=reason.strip())
    )


def _need(**said: str) -> None:
    missing = [name for name, text in said.items() if not text.strip()]
    if missing:
        raise NotPossible(f"还没有填写{'、'.join(missing)}。", "请补充后重试。")


def find_alert(store: Store, province: str, region: str, measure_id: str, on: date) -> Alert:
    """The open alert of a region (name or code) and measure."""
    wanted = find_region(province, region)
    found = survey(store, province, on, measure_id=measure_id).alerts
    for alert in found:
        if alert.region_code == wanted.code and alert.open:
            return alert
    title = find_measure(province, measure_id).title
    raise NotPossible(f"{wanted.name}{title}当前没有需要处理的预警。", "请核对地区、指标和日期。")


def find_region(province: str, text: str) -> Region:
    roster = load_roster(province)
    found = roster.find(text)
    if found is None:
        names = "、".join(region.name for region in roster.regions)
        raise NotPossible(f"{roster.province}没有填报地区“{text[:20]}”。", f"可填：{names}。")
    return found
