"""What people do about findings: 销号, 不属实, back to 待核实; and whether two rows are the same employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zyb.access import Permission, Viewer, insist
from zyb.crosscheck.model import CheckFinding
from zyb.crosscheck.surveying import check_survey, find_check, last_records
from zyb.errors import NotPossible
from zyb.periods import chinese_moment
from zyb.records import FindingRecord, LinkRecord
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.store import Store

LONGEST_TEXT = 500
REASONS = {"settle": "怎样处理的", "refute": "不属实的理由", "reopen": "恢复的原因"}
# From which states each leads on.
FROM = {"settle": ("open", "refuted"), "refute": ("open", "settled"), "reopen": ("settled", "refuted")}


@dataclass(frozen=True)
class FindingPlace:
    """Which finding: the check, the region (name or code) and whom it is about, on the day that it was looked at."""

    province: str
    check_id: str
    region: str
    subject: str
    on: date


def settle(store: Store, place: FindingPlace, *, by: Viewer, reason: str, seen: int | None = None) -> int:
    """Say that it was dealt with; the next report has to bear it out. `seen` is the record that was looked at (0: none)."""
    return _record(store, place, "settle", by, reason, seen)


def refute(store: Store, place: FindingPlace, *, by: Viewer, reason: str, seen: int | None = None) -> int:
    """Say that it is no fault, and why: it stays so whatever is reported."""
    return _record(store, place, "refute", by, reason, seen)


def reopen(store: Store, place: FindingPlace, *, by: Viewer, reason: str, seen: int | None = None) -> int:
    return _record(store, place, "reopen", by, reason, seen)


def _record(store: Store, place: FindingPlace, kind: str, by: Viewer, reason: str, seen: int | None) -> int:
    roster, region = _region(place.province, place.region)
    find_check(roster.province, place.check_id)
    insist(by, Permission.SETTLE, region)
    _need(reason, REASONS[kind])
    with store.exclusively():
        found = _standing(store, roster, region, place)
        _refuse_unseen(store, roster, found, seen)
        if found.state.id not in FROM[kind]:
            raise NotPossible(
                f"{_named(found)}现为“{found.state.title}”，不需要这样处理。", "请刷新页面后核对。"
            )
        fact = found.fact
        return store.add_finding_record(
            FindingRecord(
                province_code=roster.province_code, region_code=fact.region_code, check_id=fact.check.id,
                subject=fact.subject, kind=kind, name=fact.name or fact.subject, snapshot=fact.newest,
                reason=reason.strip(), recorded_by=by.name,
            )
        )  # fmt: skip


def _standing(store: Store, roster: Roster, region: Region, place: FindingPlace) -> CheckFinding:
    seen = check_survey(store, roster.province, place.on, check_id=place.check_id).within(region.code)
    known = [one for one in seen.findings if place.subject in (one.fact.subject, one.fact.code)]
    if not known:
        title = find_check(roster.province, place.check_id).title
        raise NotPossible(
            f"{region.name}的“{title}”中没有“{place.subject[:60]}”。", "可能已由新的报送消除，请刷新后核对。"
        )
    return known[0]


def _refuse_unseen(store: Store, roster: Roster, found: CheckFinding, seen: int | None) -> None:
    if seen is None:
        return
    last = last_records(store.finding_records(roster.province_code)).get(found.fact.key)
    if last and last.id != seen:
        who = f"{last.recorded_by}于{chinese_moment(last.recorded_at)}"
        raise NotPossible(f"{_named(found)}已由{who}处理。", "请刷新页面，看过后再决定。")


def _named(found: CheckFinding) -> str:
    return f"{found.region}的“{found.fact.name or found.check.title}”"


# -- the same employer ----------------------------------------------------------------------


def link(store: Store, place: FindingPlace, other: str, *, by: Viewer, same: bool, reason: str = "") -> int:
    """A person's word on whether a candidate (its identity) is the employer of a finding."""
    roster, region = _region(place.province, place.region)
    insist(by, Permission.SETTLE, region)
    if reason:
        _need(reason, "说明")
    with store.exclusively():
        found = _standing(store, roster, region, place)
        close = [one.row for one in found.fact.candidates if other in (one.row.identity, one.row.told_code)]
        if not close:
            raise NotPossible(f"“{other[:60]}”不在{_named(found)}的相近企业中。", "请刷新页面后核对。")
        return store.add_link_record(
            LinkRecord(
                province_code=roster.province_code, region_code=region.code, one=found.fact.subject,
                other=close[0].identity, kind="same" if same else "apart", one_name=found.fact.name,
                other_name=close[0].told_name, reason=reason.strip(), recorded_by=by.name,
            )
        )  # fmt: skip


def unlink(store: Store, province: str, number: int, *, by: Viewer, reason: str) -> int:
    """Take a word about two employers back, by the number of its record; both stay on record."""
    roster = load_roster(province)
    known = {one.id: one for one in store.link_records(roster.province_code)}
    last = known.get(number)
    region = roster.region(last.region_code) if last else None
    insist(by, Permission.SETTLE, *([region] if region else []))
    _need(reason, "撤销的原因")
    with store.exclusively():
        held = {tuple(sorted((one.one, one.other))): one for one in store.link_records(roster.province_code)}
        if last is None or last.kind == "undo" or held[tuple(sorted((last.one, last.other)))].id != number:
            raise NotPossible(f"没有第{number}号企业认定，或已撤销。", "请刷新页面后核对。")
        return store.add_link_record(
            LinkRecord(
                province_code=last.province_code, region_code=last.region_code, one=last.one, other=last.other,
                kind="undo", one_name=last.one_name, other_name=last.other_name, reason=reason.strip(),
                recorded_by=by.name,
            )
        )  # fmt: skip


def _region(province: str, region: str) -> tuple[Roster, Region]:
    roster = load_roster(province)
    found = roster.region(region) or roster.find(region)
    if found is None:
        names = "、".join(one.name for one in roster.regions)
        raise NotPossible(f"{roster.province}的地区名册中没有“{region[:20]}”。", f"可填：{names}。")
    return roster, found


def _need(text: str, said: str) -> None:
    if not text.strip():
        raise NotPossible(f"还没有填写{said}。", "请补充后重试。")
    if len(text) > LONGEST_TEXT:
        raise NotPossible(f"内容不能超过{LONGEST_TEXT}字。", "请精简后重试。")
