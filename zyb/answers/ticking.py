"""登记报送: a person says what was handed in, when and by whom, or that it is not owed; taking back is another record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from zyb.access import OwnRegion, Permission, Viewer, insist
from zyb.answers.duties import figures_of, something_left, ticks_in_force
from zyb.errors import NotPossible
from zyb.periods import chinese_day, chinese_moment, today
from zyb.rulebook.campaigns import closing_of
from zyb.rulebook.duties import Duty, DutySubject, DutyTerm, duties
from zyb.rulebook.regions import Roster, load_roster
from zyb.standing.duties import begins_before
from zyb.store import DutyTick, Store

LONGEST_TEXT = 500
SAID = {"tick": "登记", "exempt": "认定免报"}


def tick(
    store: Store,
    province: str,
    duty_id: str,
    subject: str,
    due: date,
    *,
    by: Viewer,
    day: date,
    person: str = "",
    file: str = "",
    note: str = "",
) -> int:
    """Record that a duty was done on a day; the number of the record."""
    roster = load_roster(province)
    duty, term, owing = _wanted(roster, duty_id, subject, due)
    insist(by, Permission.TICK, _asked(roster, owing))
    _need(file, note, what="文件名称（文号）或说明")
    _refuse_after_the_closing(roster, duty, term)
    if day > today():
        raise NotPossible(f"完成日期{chinese_day(day)}还没有到。", "请核对日期。")
    if day < term.first:
        raise NotPossible(f"完成日期早于该项的起始日{chinese_day(term.first)}。", "请核对日期和期次。")
    with store.exclusively():
        if known := _holds(store, roster, duty, owing, due):
            raise NotPossible(
                f"{owing.name}的“{duty.title}”已由{_who(known)}{SAID[known.kind]}。",
                "如需更正，请先撤销原来的登记。",
            )
        _refuse_against_figures(store, roster, duty, owing)
        return store.add_duty_tick(
            DutyTick(
                province_code=roster.province_code, subject_code=owing.code, duty=duty.id, due=due, kind="tick", day=day,
                person=(person or by.name).strip(), file=file.strip(), note=note.strip(), recorded_by=by.name,
            )
        )  # fmt: skip


def exempt(
    store: Store,
    province: str,
    duty_id: str,
    subject: str,
    dues: Collection[date],
    *,
    by: Viewer,
    reason: str,
) -> list[int]:
    """Record that somebody does not owe what is due on these days, with the reason; all of them or none."""
    roster = load_roster(province)
    wanted = [_wanted(roster, duty_id, subject, due) for due in sorted(dues)]
    insist(by, Permission.EXEMPT)
    if not wanted:
        raise NotPossible("还没有选择期次。", "请选择一期或几期。")
    _need(reason, what="免报的理由")
    with store.exclusively():
        for duty, term, owing in wanted:
            if not duty.reported:
                raise NotPossible(f"“{duty.title}”不要求报送。", "没有登记的不算逾期，不需要认定免报。")
            if known := _holds(store, roster, duty, owing, term.due):
                said = f"{owing.name}的“{duty.title}”（{chinese_day(term.due)}到期）已由{_who(known)}{SAID[known.kind]}。"
                raise NotPossible(said, "如需更正，请先撤销原来的登记。")
        return [
            store.add_duty_tick(
                DutyTick(
                    province_code=roster.province_code, subject_code=owing.code, duty=duty.id, due=term.due, kind="exempt",
                    day=today(), person="", file="", note=reason.strip(), recorded_by=by.name,
                )
            )
            for duty, term, owing in wanted
        ]  # fmt: skip


def untick(
    store: Store,
    province: str,
    duty_id: str,
    subject: str,
    due: date,
    *,
    by: Viewer,
    reason: str,
    seen: int | None = None,
) -> int:
    """Take a record back, with the reason; both stay on record. `seen` is the record that was looked at."""
    roster = load_roster(province)
    duty, _, owing = _wanted(roster, duty_id, subject, due)
    insist(by, Permission.TICK, _asked(roster, owing))
    _need(reason, what="撤销的原因")
    with store.exclusively():
        known = _holds(store, roster, duty, owing, due)
        if known and known.kind == "exempt":
            insist(by, Permission.EXEMPT)
        if known is None or (seen is not None and known.id != seen):
            raise NotPossible(f"{owing.name}的“{duty.title}”没有这项登记，或已撤销。", "请刷新页面后核对。")
        return store.add_duty_tick(
            DutyTick(
                province_code=roster.province_code, subject_code=owing.code, duty=duty.id, due=due, kind="untick",
                day=known.day, person=known.person, file=known.file, note=reason.strip(), recorded_by=by.name,
            )
        )  # fmt: skip


def ticks(store: Store, province: str, known_at: datetime | None = None) -> list[DutyTick]:
    """The records that hold, the newest first."""
    code = load_roster(province).province_code
    return sorted(
        ticks_in_force(store.duty_ticks(code, known_at)).values(), key=lambda one: one.id, reverse=True
    )


def _wanted(roster: Roster, duty_id: str, subject: str, due: date) -> tuple[Duty, DutyTerm, DutySubject]:
    """The duty, the time that it is due and who owes it (name or code)."""
    known = {duty.id: duty for duty in duties(roster.province)}
    duty = known.get(duty_id)
    if duty is None:
        raise NotPossible(f"没有报送事项“{duty_id[:40]}”。", f"可用的编号：{'、'.join(known)}。")
    term = duty.term(due)
    if term is None:
        days = [one.due for one in duty.terms]
        near = min(days, key=lambda day: abs((day - due).days))
        raise NotPossible(f"“{duty.title}”没有{chinese_day(due)}到期的一期。", f"最近的到期日是{near}。")
    owing = duty.subjects(roster)
    region = roster.find(subject)
    found = next((one for one in owing if subject in (one.code, one.name, one.short)), None)
    found = found or next((one for one in owing if region and one.code == region.code), None)
    if found is None:
        names = "、".join(one.name for one in owing)
        raise NotPossible(f"“{duty.title}”不由“{subject[:20]}”报送。", f"可填：{names}。")
    return duty, term, found


def _asked(roster: Roster, subject: DutySubject) -> OwnRegion:
    """Whom a permission is asked for: a county's duty is its region's to tell of."""
    region = roster.region(subject.region_code)
    return OwnRegion(subject.region_code, region.name if region else "全省")


def _need(*texts: str, what: str) -> None:
    if not any(text.strip() for text in texts):
        raise NotPossible(f"还没有填写{what}。", "请补充后重试。")
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise NotPossible(f"内容不能超过{LONGEST_TEXT}字。", "请精简后重试。")


def _holds(store: Store, roster: Roster, duty: Duty, subject: DutySubject, due: date) -> DutyTick | None:
    return ticks_in_force(store.duty_ticks(roster.province_code)).get((subject.code, duty.id, due))


def _refuse_after_the_closing(roster: Roster, duty: Duty, term: DutyTerm) -> None:
    """What had begun before can still be told of, late or not."""
    closing = closing_of(roster.province, duty.campaign, today()) if duty.campaign else None
    if closing and not begins_before(term, closing):
        raise NotPossible(
            f"“{duty.title}”所属专项已于{chinese_day(closing.day)}结束，{chinese_day(term.due)}到期的一期不再要求。",
            "请核对到期日；结束以前开始的各期仍可登记。",
        )


def _who(known: DutyTick) -> str:
    return f"{known.recorded_by}于{chinese_moment(known.recorded_at)}"


def _refuse_against_figures(store: Store, roster: Roster, duty: Duty, subject: DutySubject) -> None:
    """What figures answer, nobody's word can; of a measure without any a person may tell, while nothing is left of the rest."""
    known = [
        figures_of(store, roster.province, duty, measure, today()).get(subject.code, ())
        for measure in duty.measures
    ]
    told = next(
        (points for points in known if something_left(points)), known[0] if known and all(known) else ()
    )
    if told:
        last = told[-1]
        raise NotPossible(
            f"{subject.name}的“{duty.title}”以数据为准：截至{chinese_day(last.day)}为{last.completed}／{last.enrolled}，不能登记。",
            "如数据有误，请重新上报台账。",
        )
