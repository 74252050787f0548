"""报送与节点: what is due from whom by when, and how it stands, whether anybody reports or nobody."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import books
from tests.spec import lists
from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN
from zyb.answers.duties import duty_survey
from zyb.answers.ticking import tick, untick
from zyb.errors import NotPossible
from zyb.rulebook.duties import EVERY, DutyTerm, duties, duty_rules, every_duty, rhythm
from zyb.rulebook.regions import load_roster
from zyb.standing.duties import DutySurvey, Fulfilment, answer, answers_in, state_of
from zyb.store import Store
from zyb.uploads.published import fill

SHIJIAZHUANG, YULIN = "130100", "610800"
LEDGER, LIST = "hebei_assistance_monthly", "hebei_assistance_list"


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """Noon in Beijing."""
    return datetime.fromisoformat(f"{text}T04:00").replace(tzinfo=UTC)


def arrives(province: Province, ledger: str, regions: Sequence[str], as_of: str, came: str) -> int:
    """A list of these regions, a line each, that came on a day."""
    roster = load_roster(province.name)
    rows = [{"region_code": region.code, "county_code": ""} for name in regions if (region := roster.find(name))]  # fmt: skip
    found = lists.submission(province, ledger, rows, as_of)
    content = f"{ledger} {as_of} {came} {regions}".encode()
    return province.store.save_snapshot(found, content, "台账.xlsx", by="测试", at=moment(came))


def seen(province: Province, on: str, region: str | None = None, known_at: str | None = None) -> DutySurvey:
    at = moment(known_at) if known_at else None
    return duty_survey(province.store, province.name, day(on), at).within(region)


def states(found: DutySurvey, duty: str) -> dict[str, str]:
    """Of one who owes it: each term by the day that it is due."""
    return {
        standing.term.due.isoformat(): standing.cells[0].state.title
        for standing in found.standings
        if standing.duty.id == duty
    }


# -- one time that something is due ---------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "came", "reported", "expected"),
    [
        [None if cell == "-" else cell for cell in line]
        for line in books.table("""
            on         | came       | reported | expected
            2024-12-15 | -          | yes      | coming
            2024-12-16 | -          | yes      | soon
            2024-12-31 | -          | yes      | soon
            2025-01-01 | -          | yes      | overdue
            2030-01-01 | -          | yes      | overdue
            2025-01-01 | -          | no       | unknown
            2024-12-31 | -          | no       | soon
            2024-12-01 | 2024-12-01 | yes      | done
            2025-01-01 | 2024-12-31 | yes      | done
            2025-01-01 | 2025-01-01 | yes      | late
            2025-03-01 | 2025-01-02 | no       | late
        """)[1:]
    ],
)
def test_a_term_due_at_the_years_end(on: str, came: str | None, reported: str, expected: str) -> None:
    term = DutyTerm(day("2024-10-01"), day("2024-12-31"))
    done = Fulfilment(day(came), day(came)) if came else None
    assert state_of(term, done, day(on), 15, reported=reported == "yes") == expected


# -- twelve months of a city ----------------------------------------------------------------

# What 石家庄 sent in of its 帮扶台账: as of a day, and when it came. Nothing of 9月 and from 2025年3月 on.
SENT = """
    as_of      | came
    2024-07-31 | 2024-07-31
    2024-08-31 | 2024-09-05
    2024-10-20 | 2024-10-21
    2024-11-30 | 2024-11-30
    2024-12-31 | 2025-01-03
    2025-01-31 | 2025-01-31
    2025-02-28 | 2025-02-28
"""
# By the day of looking: what is said of the term that ended last, and of the one that runs.
YEAR = """
    on         | last     | running
    2024-07-15 | -        | 未到期
    2024-07-16 | -        | 即将到期
    2024-07-31 | -        | 已完成
    2024-08-01 | 已完成   | 未到期
    2024-09-01 | 逾期完成 | 未到期
    2024-10-01 | 逾期     | 未到期
    2024-10-19 | 逾期     | 即将到期
    2024-10-20 | 逾期     | 已完成
    2024-11-01 | 已完成   | 未到期
    2024-12-31 | 已完成   | 逾期完成
    2025-01-01 | 逾期完成 | 未到期
    2025-02-01 | 已完成   | 未到期
    2025-03-01 | 已完成   | 未到期
    2025-04-01 | 逾期     | 未到期
    2025-05-01 | 逾期     | 未到期
    2025-06-30 | 逾期     | 即将到期
"""


def test_a_city_through_twelve_months(hebei: Province) -> None:
    """As of its day a report is there, as in every edition; it is late where it came after the day due."""
    for as_of, came in books.table(SENT)[1:]:
        arrives(hebei, "assistance", ["石家庄"], as_of, came)
    said = [["on", "last", "running"]]
    for on, *_ in books.table(YEAR)[1:]:
        found = states(seen(hebei, on, SHIJIAZHUANG), LEDGER)
        running = next(due for due in sorted(found) if due >= on)
        last = max((due for due in found if due < on), default="")
        said.append([on, found.get(last, "-"), found[running]])
    assert said == books.table(YEAR)
    (monthly,) = [one for one in seen(hebei, "2025-06-30", SHIJIAZHUANG).missed if one.duty.id == LEDGER]
    assert monthly.sentence == (
        "中小微企业帮扶台账（附件4）（每月）逾期4次，最近一次应于2025年5月31日前完成，已逾期30天"
    )


def test_nobody_reports_anything_for_two_years(hebei: Province) -> None:
    """A duty is there from its first day, whoever is silent: 14 cities and the province."""
    assert seen(hebei, "2024-04-29").standings == ()
    begun = seen(hebei, "2024-04-30")
    assert {standing.duty.id for standing in begun.standings} >= {LIST, "hebei_teams", "hebei_summary"}
    assert begun.counts()["overdue"] == 0
    lost = seen(hebei, "2026-01-01")
    terms = [standing for standing in lost.standings if standing.duty.reported]
    assert {standing.state.title for standing in terms} == {"逾期"}
    cities = [len(standing.cells) for standing in terms if standing.duty.who == "cities"]
    assert set(cities) == {14}
    # 8 once or yearly twice … : 6 once, 3 yearly of two years, 5 quarters, 18 months; the province 2 once and 3 yearly.
    assert lost.counts()["overdue"] == 14 * (5 + 3 * 2 + 5 + 18) + (2 + 3 * 2)
    assert lost.following == ()


def test_what_nobody_hands_in_is_never_said_to_be_missed(shaanxi: Province) -> None:
    found = seen(shaanxi, "2024-04-01", YULIN)
    assert states(found, "shaanxi_monthly") == {"2024-03-31": "未登记", "2024-04-30": "未到期"}
    assert "shaanxi_monthly" not in {missed.duty.id for missed in found.missed}


def test_a_report_of_the_next_month_does_not_answer_for_this_one(hebei: Province) -> None:
    arrives(hebei, "assistance", ["石家庄"], "2024-08-31", "2024-08-31")
    found = seen(hebei, "2024-09-01", SHIJIAZHUANG)
    assert states(found, LEDGER) == {"2024-07-31": "逾期", "2024-08-31": "已完成", "2024-09-30": "未到期"}
    # What is due once is answered by the first report, whenever it comes.
    assert states(found, LIST) == {"2024-06-30": "逾期完成"}


def test_a_yearly_report_after_its_day_is_late_and_not_next_years(hebei: Province) -> None:
    arrives(hebei, "cdc_guidance", ["石家庄"], "2024-12-20", "2024-12-20")
    found = states(seen(hebei, "2025-01-01", SHIJIAZHUANG), "hebei_cdc")
    assert found == {"2024-12-15": "逾期完成", "2025-12-15": "未到期"}


def test_a_list_of_january_answers_what_the_notice_of_march_asks_for(shaanxi: Province) -> None:
    for as_of, expected in (("2024-12-31", "逾期"), ("2025-01-20", "已完成")):
        arrives(shaanxi, "assistance", ["榆林"], as_of, as_of)
        found = states(seen(shaanxi, "2025-04-01", YULIN), "shaanxi_assistance_list")
        assert found == {"2025-03-31": expected}


def test_a_region_has_reported_when_all_its_counties_have(shaanxi: Province) -> None:
    region = load_roster("陕西省").region("610200")
    assert region and region.name == "铜川市"
    *most, last = region.members
    for code in most:
        rows = [{"region_code": region.code, "county_code": code}]
        lists.saved(shaanxi, "employers", rows, "2024-06-10", county_code=code)
    assert states(seen(shaanxi, "2024-06-20", region.code), "national_employers") == {
        "2024-06-30": "即将到期"
    }
    rows = [{"region_code": region.code, "county_code": last}]
    found = lists.submission(shaanxi, "employers", rows, "2024-06-12", county_code=last)
    shaanxi.store.save_snapshot(found, b"last", "台账.xlsx", by="测试", at=moment("2024-06-12"))
    # The others came long after, as the clock of this test has it.
    assert states(seen(shaanxi, "2024-06-20", region.code), "national_employers") == {
        "2024-06-30": "逾期完成"
    }


def test_a_report_taken_back_answers_nothing_and_is_known_as_it_was(hebei: Province) -> None:
    number = arrives(hebei, "assistance", ["石家庄"], "2024-06-20", "2024-06-21")
    assert states(seen(hebei, "2024-07-01", SHIJIAZHUANG), LIST) == {"2024-06-30": "已完成"}
    assert states(seen(hebei, "2024-07-01", SHIJIAZHUANG, "2024-06-20"), LIST) == {"2024-06-30": "逾期"}
    hebei.withdraws(number)
    assert states(seen(hebei, "2024-07-01", SHIJIAZHUANG), LIST) == {"2024-06-30": "逾期"}
    assert states(seen(hebei, "2024-07-01", SHIJIAZHUANG, "2024-07-01"), LIST) == {"2024-06-30": "已完成"}


def test_what_has_to_be_finished_is_finished_by_the_figures(shaanxi: Province) -> None:
    """Not by anybody's word; and what is enrolled later has to be done too. 治理 and 行政确认 are asked for: neither alone is."""
    duty = "shaanxi_governance_finished"
    place = (shaanxi.store, "陕西省", duty, "榆林市", day("2025-06-30"))
    for as_of, figures, confirmed, expected in (
        ("2025-04-30", "463 | 400", "2 | 1", "即将到期"),
        ("2025-06-20", "463 | 463", "2 | 1", "即将到期"),
        ("2025-06-25", "463 | 463", "2 | 2", "已完成"),
        ("2025-07-31", "470 | 465", "2 | 2", "逾期"),
        ("2025-08-31", "470 | 470", "3 | 3", "逾期完成"),
    ):
        shaanxi.reports(f"region | enrolled | completed\n榆林市 | {figures}", as_of)
        confirmations(shaanxi, *map(int, confirmed.split(" | ")), as_of)
        on = max(as_of, "2025-06-20")
        assert states(seen(shaanxi, on, YULIN), duty) == {"2025-06-30": expected}
    with pytest.raises(NotPossible, match="以数据为准：截至2025年8月31日为470／470，不能登记"):
        tick(*place, by=LOCAL_ADMIN, day=day("2025-06-30"), file="确认书.pdf")


def confirmations(province: Province, completed: int, confirmed: int, as_of: str) -> None:
    """A list of 榆林: so many that have completed, so many of them confirmed."""
    rows = [
        {
            "region_code": YULIN, "county_code": "", "name": f"企业{n}", "uscc": books.uscc(n), "completed": "是",
            "confirmed_on": day(as_of) if n < confirmed else None,
        }
        for n in range(completed)
    ]  # fmt: skip
    lists.saved(province, "governance_enterprises", rows, as_of)


def test_of_what_no_figures_tell_a_person_may_while_nothing_is_left_of_the_rest(shaanxi: Province) -> None:
    """Nobody has sent the list that 行政确认 is counted in."""
    duty = "shaanxi_governance_finished"
    place = (shaanxi.store, "陕西省", duty, "榆林市", day("2025-06-30"))
    shaanxi.reports("region | enrolled | completed\n榆林市 | 463 | 400", "2025-04-30")
    with pytest.raises(NotPossible, match="以数据为准：截至2025年4月30日为400／463，不能登记"):
        tick(*place, by=LOCAL_ADMIN, day=day("2025-05-30"), file="确认书.pdf")
    shaanxi.reports("region | enrolled | completed\n榆林市 | 463 | 463", "2025-06-20")
    assert states(seen(shaanxi, "2025-07-01", YULIN), duty) == {"2025-06-30": "逾期"}
    tick(*place, by=LOCAL_ADMIN, day=day("2025-06-28"), file="确认书.pdf")
    assert states(seen(shaanxi, "2025-07-01", YULIN), duty) == {"2025-06-30": "已完成"}
    shaanxi.reports("region | enrolled | completed\n榆林市 | 470 | 463", "2025-07-31")
    assert states(seen(shaanxi, "2025-08-01", YULIN), duty) == {"2025-06-30": "逾期"}


# -- by a person's word ---------------------------------------------------------------------

SUMMARY = ("陕西省", "shaanxi_year_2024", "榆林", date(2024, 11, 15))


def test_a_persons_word_answers_and_is_taken_back_by_another_record(shaanxi: Province) -> None:
    store = shaanxi.store
    number = tick(store, *SUMMARY, by=LOCAL_ADMIN, day=day("2024-11-14"), person="李四", file="总结.docx")
    found = seen(shaanxi, "2024-12-01", YULIN)
    assert states(found, SUMMARY[1]) == {"2024-11-15": "已完成"}
    (cell,) = [one.cells[0] for one in found.standings if one.duty.id == SUMMARY[1]]
    assert cell.done and cell.done.told == "登记：李四，总结.docx"
    # It holds from the day that it was done, and nobody else has done it.
    assert states(seen(shaanxi, "2024-11-13", YULIN), SUMMARY[1]) == {"2024-11-15": "即将到期"}
    assert states(seen(shaanxi, "2024-12-01", "610100"), SUMMARY[1]) == {"2024-11-15": "逾期"}
    with pytest.raises(NotPossible, match=r"已由本机管理员于.+登记。如需更正，请先撤销"):
        tick(store, *SUMMARY, by=LOCAL_ADMIN, day=day("2024-11-10"), file="另一份.docx")
    before = store.now()
    untick(store, *SUMMARY, by=LOCAL_ADMIN, reason="日期填错", seen=number)
    tick(store, *SUMMARY, by=LOCAL_ADMIN, day=day("2024-11-20"), file="总结.docx")
    assert states(seen(shaanxi, "2024-12-01", YULIN), SUMMARY[1]) == {"2024-11-15": "逾期完成"}
    then = duty_survey(store, "陕西省", day("2024-12-01"), before).within(YULIN)
    assert states(then, SUMMARY[1]) == {"2024-11-15": "已完成"}
    assert [one.kind for one in store.duty_ticks("610000")] == ["tick", "untick", "tick"]
    assert [line[2] for line in store.audit_lines(3)] == ["登记报送", "撤销登记", "登记报送"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"file": " "}, "还没有填写文件名称（文号）或说明。请补充后重试。"),
        ({"note": "长" * 501}, "内容不能超过500字。请精简后重试。"),
        ({"day": date(2999, 1, 1)}, "完成日期2999年1月1日还没有到。请核对日期。"),
        ({"day": date(2024, 2, 29)}, "完成日期早于该项的起始日2024年3月1日。请核对日期和期次。"),
    ],
)
def test_what_is_recorded_has_a_file_and_a_day_that_can_be(
    shaanxi: Province, changed: dict[str, str], sentence: str
) -> None:
    said = {"day": day("2024-11-14"), "file": "总结.docx", "by": LOCAL_ADMIN} | changed
    with pytest.raises(NotPossible) as told:
        tick(shaanxi.store, *SUMMARY, **said)
    assert str(told.value) == sentence
    assert shaanxi.store.duty_ticks("610000") == []


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (("陕西省", "no_such", "榆林", date(2024, 11, 15)), "没有报送事项“no_such”。可用的编号："),
        (("陕西省", SUMMARY[1], "榆林", date(2024, 11, 14)), "没有2024年11月14日到期的一期。最近的到期日是2024-11-15。"),
        (("陕西省", "shaanxi_demonstration", "西安", date(2025, 3, 31)), "不由“西安”报送。可填：延安市、榆林市"),
        (("河北省", SUMMARY[1], "石家庄", date(2024, 11, 15)), "没有报送事项“shaanxi_year_2024”"),
    ],
)  # fmt: skip
def test_only_what_is_due_from_somebody_is_recorded(
    shaanxi: Province, place: tuple[str, str, str, date], sentence: str
) -> None:
    with pytest.raises(NotPossible) as told:
        tick(shaanxi.store, *place, by=LOCAL_ADMIN, day=day("2024-03-10"), file="总结.docx")
    assert sentence in str(told.value)
    with pytest.raises(NotPossible, match="没有这项登记，或已撤销"):
        untick(shaanxi.store, *SUMMARY, by=LOCAL_ADMIN, reason="填错")


# -- who owes what --------------------------------------------------------------------------

# province, duty, when it is first due, how often in all, who owes it
OWED = """
    province | duty                       | due        | times | who
    陕西省   | shaanxi_year_2024          | 2024-11-15 | 1     | 12 西安市
    陕西省   | shaanxi_assistance_list    | 2025-03-31 | 1     | 12 西安市
    陕西省   | shaanxi_demonstration      | 2025-03-31 | 1     | 5 延安市
    陕西省   | shaanxi_governance_finished | 2025-06-30 | 1    | 12 西安市
    陕西省   | shaanxi_governance_summary | 2025-07-15 | 1     | 12 西安市
    陕西省   | shaanxi_assistance_finished | 2025-09-30 | 1    | 12 西安市
    陕西省   | shaanxi_assistance_summary | 2025-10-20 | 1     | 12 西安市
    陕西省   | shaanxi_weekly             | 2024-03-03 | 70    | 12 西安市
    陕西省   | shaanxi_monthly            | 2024-03-31 | 16    | 12 西安市
    陕西省   | shaanxi_quarterly          | 2024-03-31 | 6     | 12 西安市
    陕西省   | national_employers         | 2024-06-30 | 7     | 12 西安市
    陕西省   | national_capability        | 2025-12-31 | 1     | 1 省级
    河北省   | hebei_mobilisation         | 2024-06-30 | 1     | 14 石家庄市
    河北省   | hebei_visits               | 2024-09-30 | 1     | 14 石家庄市
    河北省   | hebei_employers            | 2024-09-30 | 1     | 14 石家庄市
    河北省   | hebei_employers_update     | 2024-12-31 | 5     | 14 石家庄市
    河北省   | hebei_training             | 2024-12-31 | 2     | 14 石家庄市
    河北省   | hebei_spot_check           | 2024-12-31 | 2     | 1 省级
    河北省   | hebei_declaration_weekly   | 2024-05-05 | 87    | 14 石家庄市
    河北省   | hebei_assistance_list      | 2024-06-30 | 1     | 14 石家庄市
    河北省   | hebei_teams                | 2024-06-30 | 1     | 14 石家庄市
    河北省   | hebei_assistance_monthly   | 2024-07-31 | 18    | 14 石家庄市
    河北省   | hebei_capability           | 2024-12-31 | 1     | 1 省级
    河北省   | hebei_cdc                  | 2024-12-15 | 2     | 14 石家庄市
    河北省   | hebei_summary              | 2024-12-31 | 2     | 14 石家庄市
    河北省   | national_declaration_survey | 2024-12-31 | 2    | 1 省级
    河北省   | national_assistance_review | 2024-12-31 | 2     | 1 省级
    天津市   | tianjin_plan               | 2024-10-31 | 1     | 16 和平区
    天津市   | tianjin_leaders            | 2024-11-15 | 1     | 16 和平区
    天津市   | tianjin_self_check         | 2025-03-31 | 1     | 16 和平区
    天津市   | tianjin_monthly            | 2024-10-31 | 15    | 16 和平区
    天津市   | tianjin_summary            | 2025-09-15 | 1     | 16 和平区
    江苏省   | hailing_self_check         | 2025-04-30 | 1     | 1 海陵区
    江苏省   | yangzhou_plan              | 2024-11-25 | 1     | 6 广陵区
    江苏省   | yangzhou_meetings          | 2024-12-31 | 4     | 1 扬州市
    江苏省   | yangzhou_summary           | 2025-08-20 | 1     | 6 广陵区
"""


@pytest.mark.parametrize(("province", "duty", "due", "times", "who"), books.table(OWED)[1:])
def test_what_the_notices_ask_for(province: str, duty: str, due: str, times: str, who: str) -> None:
    (found,) = [one for one in duties(province) if one.id == duty]
    owing = found.subjects(load_roster(province))
    told = (found.terms[0].due.isoformat(), len(found.terms), f"{len(owing)} {owing[0].name}")
    assert told == (due, int(times), who)


def test_the_nations_duties_bind_every_province_but_are_not_said_twice() -> None:
    for province in ("陕西省", "山西省", "新疆维吾尔自治区"):
        assert "national_employers" in {duty.id for duty in duties(province)}
    hebei = {duty.id for duty in duties("河北省")}
    assert "hebei_employers_update" in hebei and "national_employers" not in hebei
    assert not any(duty.id.startswith("tianjin") for duty in duties("陕西省"))


def test_the_five_cities_are_those_with_a_quota(shaanxi: Province) -> None:
    """附件1 as it was published, read by the program itself."""
    fill(shaanxi.store, day("2025-04-01"))
    found = shaanxi.stands("2025-03-31", "demonstration_filled")
    with_quota = {standing.region for standing in found.regions if standing.denominator}
    (duty,) = [one for one in duties("陕西省") if one.id == "shaanxi_demonstration"]
    assert len(with_quota) == 5
    assert set(duty.regions) == with_quota


# -- the rhythm, the other way about --------------------------------------------------------


def obvious(every: str, start: date, end: date) -> list[tuple[date, date]]:
    """Day by day: a period ends where the next day is of another; first and last day of each that is due in time."""

    def period(one: date) -> tuple[int, ...]:
        iso = one.isocalendar()
        return {
            "week": (iso.year, iso.week), "month": (one.year, one.month),
            "quarter": (one.year, -(-one.month // 3)), "year": (one.year,),
        }[every]  # fmt: skip

    found, first, today = [], start, start
    while today <= end:
        following = today + timedelta(days=1)
        if period(following) != period(today):
            found.append((first, today))
            first = following
        today = following
    return found


DAYS = st.dates(date(2019, 12, 1), date(2031, 2, 1))


@given(st.sampled_from(EVERY), DAYS, st.integers(0, 900))
def test_terms_are_what_a_walk_through_the_calendar_finds(every: str, start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = list(rhythm(every, start, end))
    assert [(term.first, term.due) for term in found] == obvious(every, start, end)
    assert [term.last for term in found] == [term.due for term in found]
    assert len({term.label for term in found}) == len(found)


@given(DAYS, st.integers(0, 2000), st.integers(1, 12), st.integers(1, 28))
def test_a_yearly_day_is_that_day_of_each_year(start: date, days: int, month: int, of_month: int) -> None:
    end = start + timedelta(days=days)
    every_day = (start + timedelta(days=n) for n in range(days + 1))
    wanted = [one for one in every_day if (one.month, one.day) == (month, of_month)]
    found = list(rhythm("year", start, end, (month, of_month)))
    assert [term.due for term in found] == wanted
    assert all(term.last == date(term.due.year, 12, 31) for term in found) or not found


@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 60)), max_size=8), st.dates(date(2024, 7, 1), date(2025, 8, 31))
)  # fmt: skip
def test_a_state_is_what_its_rule_says(reports: list[tuple[int, int]], on: date) -> None:
    """Each report is (month, days that it took to come) on the month's 10th; asked again by hand."""
    (duty,) = [one for one in duties("河北省") if one.id == LEDGER]
    sent = [(date(2024 + (6 + m) // 12, (6 + m) % 12 + 1, 10), wait) for m, wait in reports]
    offered = [Fulfilment(as_of + timedelta(days=wait), as_of) for as_of, wait in sent]
    assert len(duty.terms) == 18
    for term in duty.terms[:14]:
        state = state_of(term, answer(answers_in(term, offered), on), on, 15)
        own = [wait for as_of, wait in sent if (as_of.year, as_of.month) == (term.due.year, term.due.month) and as_of <= on]  # fmt: skip
        room = calendar.monthrange(term.due.year, term.due.month)[1] - 10
        if own:
            assert state == ("done" if min(own) <= room else "late")
        elif on > term.due:
            assert state == "overdue"
        else:
            assert state == ("soon" if on >= term.due - timedelta(days=15) else "coming")


# -- counted --------------------------------------------------------------------------------


def test_counts_are_those_of_the_cells_one_by_one(hebei: Province) -> None:
    arrives(hebei, "assistance", ["石家庄", "定州"], "2024-06-20", "2024-06-20")
    found = seen(hebei, "2024-07-16")
    (standing,) = [one for one in found.standings if one.duty.id == LIST]
    assert (standing.fulfilled, len(standing.cells), standing.state.title) == (2, 14, "逾期")
    every = [cell.state.id for one in found.standings for cell in one.cells]
    assert found.counts() == {state: every.count(state) for state in duty_rules().states}
    assert sum(len(missed.terms) for missed in found.missed) == found.counts()["overdue"]
    assert [one.title for one in found.following] == ["中小微企业帮扶台账（附件4）（2024年7月）"]
    within = found.within(SHIJIAZHUANG)
    assert [len(one.cells) for one in within.standings if one.duty.id == LIST] == [1]
    assert {one.duty.campaign for one in found.of_campaign("assistance").standings} == {"assistance", ""}


def test_every_document_names_its_clause_and_its_words() -> None:
    known = every_duty()
    assert len(known) > 30 and len({duty.id for duty in known}) == len(known)
    assert all("〔" in duty.basis or "《" in duty.basis for duty in known)
    (read_otherwise,) = [duty for duty in known if "9月31日" in duty.clause]
    assert (read_otherwise.due, read_otherwise.note) == (
        day("2024-09-30"), "原文为“9月31日”，9月没有31日，按9月30日执行",
    )  # fmt: skip
    assert replace(read_otherwise, due=day("2024-10-01")).terms[0].due == day("2024-10-01")


REVIEW = "national_assistance_review"


def test_the_country_shows_what_its_documents_ask_of_every_province(store: Store) -> None:
    """国卫办职健函〔2024〕146号 asks it of provinces and not that it be handed in: what nobody recorded is 未登记. What a
    province records of itself stands in the country too."""
    review = (REVIEW, "610000", day("2024-12-31"))
    tick(store, "陕西省", *review, by=LOCAL_ADMIN, day=day("2024-12-20"), file="总结.docx")
    found = duty_survey(store, "全国", day("2025-01-10"))
    assert {one.duty.id for one in found.standings} == {
        "national_declaration_survey",
        REVIEW,
        "national_capability",
    }
    (reviewed,) = [one for one in found.standings if one.duty.id == REVIEW and one.term.due.year == 2024]
    cells = {cell.subject.name: cell.state.title for cell in reviewed.cells}
    assert len(cells) == 32 and cells.pop("陕西省") == "已完成" and set(cells.values()) == {"未登记"}
