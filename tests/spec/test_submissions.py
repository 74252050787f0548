"""报送情况: 按时, 迟报, 未报, 未到期, 免报 — by unit, duty and month; reminders, the calendar, and what is locked."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests import books
from tests.spec import lists
from tests.spec.conftest import Province
from tests.spec.test_duties import SHIJIAZHUANG, arrives, day, seen, states
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.answers.ticking import exempt, tick, untick
from zyb.errors import NotPossible, RulesError
from zyb.exports.calendar import calendar_file, due_ahead
from zyb.intake import Submission
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.duties import DutySubject, DutyTerm, duties, duty_rules, lock_days
from zyb.rulebook.regions import load_roster
from zyb.settings import ROOT
from zyb.standing.duties import DutyCell, DutyStanding, DutySurvey
from zyb.standing.duties.submissions import KINDS, SubmissionBoard, board, first_day
from zyb.uploads.locking import when_locked
from zyb.wording.reminders import ended_told, reminder, reminders_of_late

HEBEI = load_roster("河北省")
LEDGER = "hebei_assistance_monthly"


def board_of(province: Province, on: str, region: str | None = None) -> SubmissionBoard:
    return board(seen(province, on, region), load_roster(province.name))


def cell(shown: SubmissionBoard, unit: str) -> list[str]:
    """Of one who owes something: each time that it was due, and how it is called."""
    (found,) = [one for one in shown.units if one.subject.name == unit]
    return [f"{mark.term.due} {mark.kind}" for mark in found.marks]


# -- how it is counted ----------------------------------------------------------------------

# 石家庄 and 唐山 send their 帮扶台账 as of the month's end, or nothing; 唐山 does not owe September's.
SENT = """
    city   | as_of      | came
    石家庄 | 2024-07-31 | 2024-07-31
    石家庄 | 2024-08-31 | 2024-09-05
    石家庄 | 2024-09-20 | 2024-09-20
    唐山   | 2024-07-31 | 2024-08-01
"""
COUNTED = """
    on         | city     | on_time | late | missing | ahead | exempt | reporting | punctual
    2024-07-15 | 石家庄市 | 0       | 0    | 0       | 1     | 0      | -         | -
    2024-08-01 | 石家庄市 | 1       | 0    | 0       | 1     | 0      | 1         | 1
    2024-09-04 | 石家庄市 | 1       | 1    | 0       | 1     | 0      | 1         | 1/2
    2024-09-21 | 石家庄市 | 2       | 1    | 0       | 0     | 0      | 1         | 2/3
    2024-11-01 | 石家庄市 | 2       | 1    | 1       | 1     | 0      | 3/4       | 1/2
    2024-11-01 | 唐山市   | 0       | 1    | 2       | 1     | 1      | 1/3       | 0
    2024-11-01 | 邢台市   | 0       | 0    | 4       | 1     | 0      | 0         | 0
"""


@pytest.fixture
def sent(hebei: Province) -> Province:
    for city, as_of, came in books.table(SENT)[1:]:
        arrives(hebei, "assistance", [city], as_of, came)
    exempt(hebei.store, "河北省", LEDGER, "唐山", [date(2024, 9, 30)], by=LOCAL_ADMIN, reason="当月系统迁移")
    return hebei


def test_each_kind_is_counted_by_unit(sent: Province) -> None:
    lines = [books.table(COUNTED)[0]]
    for on, city, *_ in books.table(COUNTED)[1:]:
        (unit,) = [one for one in board_of(sent, on).of_duty(LEDGER).units if one.subject.name == city]
        n = unit.counted
        rates = ["-" if rate is None else str(rate) for rate in (n.reporting, n.punctual)]
        lines.append([on, city, *map(str, (n.on_time, n.late, n.missing, n.ahead, n.exempt)), *rates])
    assert lines == books.table(COUNTED)


def test_the_board_has_who_is_furthest_behind_first_and_months_in_order(sent: Province) -> None:
    shown = board_of(sent, "2024-11-01").of_duty(LEDGER)
    assert [unit.subject.name for unit in shown.units[:2]] == ["石家庄市", "承德市"]
    assert [unit.subject.name for unit in shown.by_urgency[-2:]] == ["唐山市", "石家庄市"]
    assert [unit.subject.name for unit in shown.behind[-2:]] == ["唐山市", "石家庄市"]
    assert cell(shown, "唐山市") == [
        "2024-07-31 late", "2024-08-31 missing", "2024-09-30 exempt", "2024-10-31 missing", "2024-11-30 ahead",
    ]  # fmt: skip
    months = shown.by_month()
    assert list(months) == ["2024-07", "2024-08", "2024-09", "2024-10"]
    assert months["2024-07"].reporting == Fraction(2, 14) and months["2024-09"].due == 13
    assert shown.by_duty()[LEDGER] == shown.counted
    assert shown.of_ledger("employers").units == ()


def test_what_is_looked_back_on_begins_so_many_months_ago(sent: Province) -> None:
    shown = board_of(sent, "2024-11-01").of_duty(LEDGER)
    assert first_day(date(2024, 11, 1), 0) is None
    recent = shown.due_since(first_day(date(2024, 11, 1), 3))
    assert cell(recent, "石家庄市")[0] == "2024-08-31 late" and len(cell(recent, "石家庄市")) == 4
    assert shown.due_since(None) == shown


STATES = ("overdue", "soon", "coming", "rested", "exempt", "late", "done")


@given(
    marks=st.lists(
        st.tuples(
            st.sampled_from(["甲", "乙", "丙"]), st.sampled_from(["一", "二"]), st.integers(0, 5),
            st.sampled_from(STATES),
        ),
        max_size=40, unique_by=lambda one: one[:3],
    )
)  # fmt: skip
def test_counts_add_up_however_they_are_cut(marks: list[tuple[str, str, int, str]]) -> None:
    """By unit, by duty and by month: the same 项次, each once, as an obvious loop counts them."""
    shown = board(_survey(marks), HEBEI)
    told = Counter(state for *_, state in marks)
    ahead = told["soon"] + told["coming"]
    expected = (told["overdue"], told["late"], told["done"], ahead, told["exempt"], told["rested"])
    whole = shown.counted
    assert tuple(getattr(whole, kind) for kind in KINDS) == expected
    assert whole.due == told["overdue"] + told["late"] + told["done"]
    for parts in ([unit.counted for unit in shown.units], list(shown.by_duty().values())):
        assert tuple(sum(getattr(part, kind) for part in parts) for kind in KINDS) == expected
    assert sum(part.due for part in shown.by_month().values()) == whole.due


def _survey(marks: list[tuple[str, str, int, str]]) -> DutySurvey:
    """Duties that differ by their ids alone, each mark a term of its own."""
    monthly, rules = next(duty for duty in duties("河北省") if duty.id == LEDGER), duty_rules()
    found = tuple(
        DutyStanding(
            replace(monthly, id=name), DutyTerm(date(2024, month + 1, 1), date(2024, month + 1, 28)),
            (DutyCell(DutySubject(unit, unit, unit, unit), rules.states[state], None),),
        )
        for unit, name, month, state in marks
    )  # fmt: skip
    return DutySurvey(province="河北省", on=date(2024, 12, 31), known_at=None, standings=found, rules=rules)


def test_what_was_missed_when_a_campaign_ended_stays_missed(sent: Province, tmp_path: Path) -> None:
    """The rate of the day before is that of the day after; nobody is reminded, and nothing is called 免报 that nobody exempted."""
    before = board_of(sent, "2024-10-31").of_duty(LEDGER)
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "rules")
    own = tmp_path / "rules" / "provinces" / "河北省" / "campaigns.toml"
    own.write_text('[assistance]\nclosed = 2024-11-01\nclosing_report = "某〔2024〕9号"\n', encoding="utf-8")
    with using(Rulebook(tmp_path / "rules")):
        after = board_of(sent, "2024-11-02").of_duty(LEDGER)
    missed = (
        before.counted.missing + before.counted.ahead
    )  # October was due on the last day that the campaign had
    assert (after.counted.missing, after.counted.ended, after.counted.lapsed) == (0, missed, missed)
    assert after.counted.due == before.counted.due + before.counted.ahead
    assert after.counted.exempt == before.counted.exempt == 1
    assert reminders_of_late(after) == ""
    assert ended_told(after.counted) == (
        f"所属专项已结束的{missed}项次不再催报，其中结束前已到期没有报送的{missed}项次仍计入应报。"
    )


# -- what is not owed -----------------------------------------------------------------------

SEPTEMBER = ("河北省", LEDGER, "唐山", date(2024, 9, 30))


def test_what_is_not_owed_is_told_with_its_reason_and_taken_back(sent: Province) -> None:
    tangshan = "130200"
    found = seen(sent, "2024-11-01", tangshan)
    assert states(found, LEDGER)["2024-09-30"] == "免报"
    (excused,) = [one.cells[0] for one in found.standings if one.duty.id == LEDGER and one.count("exempt")]
    assert excused.excuse == "当月系统迁移（本机管理员认定）"
    (missed,) = [missed for missed in found.missed if missed.duty.id == LEDGER]
    assert [term.due for term in missed.terms] == [date(2024, 8, 31), date(2024, 10, 31)]
    with pytest.raises(NotPossible, match=r"已由本机管理员于.+认定免报。如需更正，请先撤销"):
        exempt(sent.store, *SEPTEMBER[:3], [SEPTEMBER[3]], by=LOCAL_ADMIN, reason="再一次")
    with pytest.raises(NotPossible, match=r"已由本机管理员于.+认定免报"):
        tick(sent.store, *SEPTEMBER, by=LOCAL_ADMIN, day=day("2024-09-30"), file="台账.xlsx")
    untick(sent.store, *SEPTEMBER, by=LOCAL_ADMIN, reason="认定有误")
    assert states(seen(sent, "2024-11-01", tangshan), LEDGER)["2024-09-30"] == "逾期"
    assert [line[2] for line in sent.store.audit_lines(2)] == ["撤销登记", "认定免报"]


def test_what_comes_although_it_was_not_owed_counts(sent: Province) -> None:
    arrives(sent, "assistance", ["唐山"], "2024-09-30", "2024-10-08")
    assert states(seen(sent, "2024-11-01", "130200"), LEDGER)["2024-09-30"] == "逾期完成"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "还没有填写免报的理由。请补充后重试。"),
        ({"dues": []}, "还没有选择期次。请选择一期或几期。"),
        ({"dues": [date(2024, 9, 29)]}, "没有2024年9月29日到期的一期"),
        ({"duty_id": "hebei_declaration_weekly", "dues": [date(2024, 5, 5)]}, "不要求报送"),
        ({"by": Viewer("x", "某人", "official", OwnRegion("130200", "唐山市"))}, "您没有认定免报的权限"),
    ],
)
def test_who_may_and_of_what(hebei: Province, changed: dict[str, object], sentence: str) -> None:
    said = {"duty_id": LEDGER, "subject": "唐山", "dues": [date(2024, 9, 30)], "reason": "没有对象", "by": LOCAL_ADMIN} | changed  # fmt: skip
    with pytest.raises(NotPossible) as told:
        exempt(hebei.store, "河北省", **said)
    assert sentence in str(told.value)
    assert hebei.store.duty_ticks("130000") == []


def test_an_exemption_is_taken_back_by_who_may_give_it(sent: Province) -> None:
    official = Viewer("x", "某人", "official", OwnRegion("130200", "唐山市"))
    with pytest.raises(NotPossible, match="您没有认定免报的权限"):
        untick(sent.store, *SEPTEMBER, by=official, reason="认定有误")


def test_several_periods_go_in_together_or_not_at_all(sent: Province) -> None:
    """September is exempt already: nothing of the others is written."""
    days = [date(2024, 8, 31), date(2024, 9, 30), date(2024, 10, 31)]
    with pytest.raises(NotPossible, match="已由"):
        exempt(sent.store, "河北省", LEDGER, "唐山", days, by=LOCAL_ADMIN, reason="没有对象")
    assert len(sent.store.duty_ticks("130000")) == 1
    exempt(sent.store, "河北省", LEDGER, "唐山", days[::2], by=LOCAL_ADMIN, reason="没有对象")
    assert len(sent.store.duty_ticks("130000")) == 3


# -- reminders ------------------------------------------------------------------------------


def test_a_reminder_says_what_is_overdue_and_what_comes(sent: Province) -> None:
    (unit,) = board_of(sent, "2024-11-20", "130200").of_duty(LEDGER).units
    assert reminder(unit, date(2024, 11, 20)).splitlines() == [
        "唐山市：",
        "截至2024年11月20日，下列2项已过报送时限，尚未收到，请抓紧报送：",
        "1. 中小微企业帮扶台账（附件4）（2024年8月）：应于2024年8月31日前报送，已逾期81天（冀卫办职健函〔2024〕5号 三（二）3）",
        "2. 中小微企业帮扶台账（附件4）（2024年10月）：应于2024年10月31日前报送，已逾期20天（冀卫办职健函〔2024〕5号 三（二）3）",
        "下列1项即将到期，请按时报送：",
        "1. 中小微企业帮扶台账（附件4）（2024年11月）：应于2024年11月30日前报送，还有10天（冀卫办职健函〔2024〕5号 三（二）3）",
        "已经报送的，请核对台账的地区和数据截至日期；本地没有报送对象的，请说明情况。",
    ]
    (unit,) = board_of(sent, "2024-11-30", "130200").of_duty(LEDGER).units
    assert "应于2024年11月30日前报送，今天到期（" in reminder(unit, date(2024, 11, 30))


def test_all_who_are_late_are_reminded_together_and_nobody_else(sent: Province) -> None:
    shown = board_of(sent, "2024-09-21").of_duty(LEDGER)
    text = reminders_of_late(shown)
    assert text.count("：\n截至") == 13 and "石家庄市" not in text
    assert text.index("承德市") < text.index("唐山市")
    (unit,) = [one for one in shown.units if one.subject.code == SHIJIAZHUANG]
    assert reminder(unit, shown.on) == ""


# -- the calendar ---------------------------------------------------------------------------


def test_the_calendar_has_each_day_that_is_still_to_come(hebei: Province) -> None:
    on, region = date(2024, 11, 1), HEBEI.region("130200")
    content = calendar_file(HEBEI, region, on, to=LOCAL_ADMIN)
    events = {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
    expected = [
        (duty, term)
        for duty in duties("河北省")
        if duty.reported and duty.who != "province"
        for term in duty.terms
        if term.due >= on
    ]
    assert set(events) == {f"{duty.id}-{term.due}@zyb" for duty, term in expected}
    assert len(events) == 14 + 5 + 2 + 2 + 2  # months, quarters, training, 附件5, 总结
    one = events[f"{LEDGER}-2024-11-30@zyb"]
    assert (one.start, one.end) == (date(2024, 11, 30), date(2024, 12, 1))
    assert str(one["summary"]) == "报送：中小微企业帮扶台账（附件4）（2024年11月）"
    assert "依据：冀卫办职健函〔2024〕5号 三（二）3" in str(one["description"]).splitlines()
    assert [alarm.TRIGGER for alarm in one.walk("VALARM")] == [timedelta(days=-3, hours=9)]
    assert content.endswith(b"END:VCALENDAR\r\n") and max(map(len, content.split(b"\r\n"))) <= 75


def test_nothing_of_a_campaign_that_is_over_stands_in_the_calendar(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "rules")
    own = tmp_path / "rules" / "provinces" / "河北省" / "campaigns.toml"
    closing = '[assistance]\nclosed = 2025-01-01\nclosing_report = "某〔2025〕1号"\n'
    own.write_text(closing, encoding="utf-8")
    on = date(2024, 11, 1)
    before = {duty.campaign for duty, term in due_ahead(HEBEI, None, on) if term.due > date(2025, 1, 1)}
    with using(Rulebook(tmp_path / "rules")):
        after = {duty.campaign for duty, term in due_ahead(HEBEI, None, on) if term.due > date(2025, 1, 1)}
    assert "assistance" in before and before - after == {"assistance"}


# -- two clocks -----------------------------------------------------------------------------

# A list of 石家庄 as of a day that comes on another, where what was due is locked ten days after; due on 31 July,
# 31 August …, and as 前四项 once on 30 June.
LOCKED = """
    as_of      | on         | locked
    2024-07-31 | 2024-08-10 | -
    2024-07-31 | 2024-08-11 | 应于2024年7月31日前报送，2024年8月10日锁定：石家庄市
    2024-08-05 | 2024-08-11 | -
    2024-06-29 | 2024-07-10 | -
    2024-06-29 | 2024-07-11 | 应于2024年6月30日前报送，2024年7月10日锁定：石家庄市
    2023-12-31 | 2024-12-31 | -
"""


def locked_after(tmp_path: Path, days: str) -> Rulebook:
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "rules")
    own = tmp_path / "rules" / "provinces" / "河北省" / "duties.toml"
    own.write_text(f"{days}\n{own.read_text(encoding='utf-8')}", encoding="utf-8")
    return Rulebook(tmp_path / "rules")


def test_after_the_second_clock_a_report_needs_a_reason(hebei: Province, tmp_path: Path) -> None:
    said = [books.table(LOCKED)[0]]
    with using(locked_after(tmp_path, "lock_days = 10")):
        assert (lock_days("河北省"), lock_days("陕西省")) == (10, None)
        for as_of, on, _ in books.table(LOCKED)[1:]:
            found = when_locked(list_of(hebei, as_of), "", day(on))
            assert {one.severity for one in found} <= {"error"}
            told = [
                re.sub(r".*已于(.+)锁定（(.+)）：(.+)。$", r"\2，\1锁定：\3", one.message) for one in found
            ]
            said.append([as_of, on, *(told or ["-"])])
        (kept,) = when_locked(list_of(hebei, "2024-07-31"), "停电", day("2024-08-11"))
    assert said == books.table(LOCKED)
    assert (kept.severity, kept.code) == ("warning", "locked_with_reason")
    assert "重新开放的原因：停电。" in kept.message


def list_of(province: Province, as_of: str) -> Submission:
    rows = [{"region_code": SHIJIAZHUANG, "county_code": ""}]
    return lists.submission(province, "assistance", rows, as_of)


def test_nothing_is_locked_unless_a_province_says_so(hebei: Province) -> None:
    assert lock_days("河北省") is None
    assert when_locked(list_of(hebei, "2024-07-31"), "", day("2026-08-11")) == []


def test_a_slip_in_the_second_clock_is_a_sentence(tmp_path: Path) -> None:
    with using(locked_after(tmp_path, 'lock_days = "十天"')), pytest.raises(RulesError) as told:
        lock_days("河北省")
    assert told.value.fault == "“lock_days”应为整数，现为 “十天”。"
