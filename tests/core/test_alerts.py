"""Alerts from the store: their sentences, what people add, faults, 督办单, and what a slip in the rules says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.spec.conftest import Province, submission
from tests.spec.lists import listed
from zyb.access import Viewer, on_this_machine
from zyb.alerting import Alert, alerts, claim, note, release, sheet_of, supervision_sheet, survey
from zyb.answers.judging import override
from zyb.answers.progress import history, view
from zyb.errors import NotPossible, RulesError
from zyb.intake import AdoptedRow, Submission
from zyb.periods import Window
from zyb.rulebook.book import RULES, in_force, using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.toml import parse
from zyb.standing.alert_course import STATES, alert_rules, parse_alert_rules
from zyb.standing.forecast import forecast
from zyb.store import Store, now
from zyb.wording.schedules import task

MARCH = date(2024, 3, 1)
MEASURE = "governance_completion"
LIST_HEAD = "region | enrolled | completed"
GOOD_CLAIM = {
    "by": on_this_machine("张三"),
    "cause": "企业停产",
    "action": "逐家督导",
    "due": date(2024, 6, 30),
}


@pytest.fixture
def shaanxi(store: Store) -> Province:
    return Province(store, "陕西省")


@pytest.fixture
def hebei(store: Store) -> Province:
    return Province(store, "河北省")


def months(province: Province, region: str, *reports: tuple[str, int | None], enrolled: int = 463) -> None:
    """One region's reports; another one that keeps pace reports every time."""
    for day, completed in reports:
        own = [] if completed is None else [f"{region} | {enrolled} | {completed}"]
        province.reports("\n".join([LIST_HEAD, "宝鸡 | 100 | 99", *own]), day)


def sentences(province: Province, on: str, region: str = "榆林市") -> list[str]:
    found = alerts(province.store, province.name, date.fromisoformat(on))
    return [alert.sentence for alert in found if alert.region == region]


def of_governance(province: Province, on: str) -> list[str]:
    return [said for said in sentences(province, on) if "专项治理完成率" in said]


def open_claim(province: Province, **changed: object) -> int:
    said = {**GOOD_CLAIM, **changed}
    return claim(province.store, province.name, "榆林", MEASURE, MARCH, **said)


# -- what an alert says -------------------------------------------------------------------


def test_what_how_much_since_when_what_is_needed(shaanxi):
    months(shaanxi, "榆林", ("2024-01-01", 70), ("2024-02-01", 80), ("2024-03-01", 84))
    assert sentences(shaanxi, "2024-03-01") == [
        "榆林市专项治理完成率18.1%，低于序时进度34.8个百分点，自2024年1月起连续3期滞后，还差379家，每周至少完成6家。"
    ]


def test_an_unheard_region_is_asked_to_report(shaanxi):
    months(
        shaanxi, "榆林", ("2024-01-01", 70), ("2024-02-01", 80), ("2024-03-01", None), ("2024-04-01", None)
    )
    assert sentences(shaanxi, "2024-04-30") == [
        "榆林市专项治理完成率自2024年3月起连续2期未报送，最近数据为2024年2月1日的17.3%，此前已连续2期滞后，请督促上报。"
    ]
    assert sentences(shaanxi, "2024-04-01", "西安市") == [
        "西安市专项治理完成率自2024年1月起连续4期未报送，没有可用的数据，请督促上报。"
    ]


def test_after_the_deadline_what_is_left_is_to_be_cleared(shaanxi):
    months(shaanxi, "榆林", ("2025-05-31", 400), ("2025-06-30", 440))
    assert of_governance(shaanxi, "2025-06-30") == [
        "榆林市专项治理完成率95.0%，低于序时进度5.0个百分点，自2025年5月起连续2期滞后，还差23家，当日完成剩余23家。"
    ]
    assert of_governance(shaanxi, "2025-07-01") == [
        "榆林市专项治理完成率95.0%，低于目标5.0个百分点，自2025年5月起连续2期滞后，"
        "时限2025年6月30日已过，还差23家，限期清零。"
    ]


def test_a_claim_names_who_and_until_when(shaanxi):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    open_claim(shaanxi, owner="王五")
    (said,) = sentences(shaanxi, "2024-03-01")
    assert said.endswith("，还差379家，每周至少完成6家，由王五负责，2024年6月30日前整改到位。")
    (said,) = sentences(shaanxi, "2024-07-01")
    assert "未报送" in said and said.endswith("由王五负责，认领期限2024年6月30日已过。")


def growths(hebei: Province, on: str) -> list[Alert]:
    """What is told of 承德's declarations."""
    every = alerts(hebei.store, "河北省", date.fromisoformat(on))
    return [a for a in every if (a.region, a.measure.id) == ("承德市", "declaration_growth")]


def test_a_growth_is_held_against_its_target_and_only_watched_until_it_is_due(hebei):
    hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
    for month in ("2024-03-31", "2024-06-30", "2024-09-30"):
        hebei.reports("region | year | declared\n承德 | 2024 | 95", month)
    (said,) = sentences(hebei, "2024-09-30", "承德市")
    assert said.startswith(
        "承德市申报数量较2023年下降5.0%，低于目标35.0个百分点，自2024年3月起连续3期低于目标，不设序时，到期前只列观察，还差35"
    )
    states = {a.region: a.state.title for a in alerts(hebei.store, "河北省", date(2024, 9, 30))}
    assert states["承德市"] == "观察"
    (found,) = growths(hebei, "2025-01-01")
    assert found.state.title == "逾期"


def test_the_year_that_a_growth_starts_from_is_no_period(hebei):
    """Not even where the window began before the baseline was counted."""
    known = measures("河北省")["declaration_growth"]
    early = replace(known.plans[0], window=Window(date(2023, 7, 1), date(2024, 12, 31)))
    changed = {"declaration_growth": replace(known, plans=(early,))}
    with using(in_force().holding((measures, ("河北省",), changed))):
        hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
        assert alerts(hebei.store, "河北省", date(2023, 12, 31)) == []
        hebei.reports("region | year | declared\n承德 | 2024 | 95", "2024-01-31")
        hebei.reports("region | year | declared\n承德 | 2023 | 101", "2024-02-29")
        (found,) = [a for a in alerts(hebei.store, "河北省", date(2024, 2, 29)) if a.region == "承德市"]
    assert (found.since, found.periods) == (date(2024, 1, 31), 1), "a restated baseline is no period either"


def test_a_new_years_task_begins_beside_the_one_that_was_missed(hebei):
    hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
    hebei.reports("region | year | declared\n承德 | 2024 | 95", "2024-12-31")
    hebei.reports("region | year | declared\n承德 | 2025 | 120", "2025-01-31")
    (found,) = growths(hebei, "2025-01-31")
    assert (found.state.title, found.periods, found.due) == ("逾期", 2, date(2024, 12, 31))
    assert "还差30家" in found.sentence and "2024年12月31日到期的任务还差35家未完成" in found.sentence


def test_a_new_years_task_begins_anew_where_none_was_missed(hebei):
    hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
    hebei.reports("region | year | declared\n承德 | 2024 | 130", "2024-12-31")
    hebei.reports("region | year | declared\n承德 | 2025 | 120", "2025-01-31")
    (found,) = growths(hebei, "2025-01-31")
    assert (found.state.title, found.periods, found.due) == ("观察", 1, date(2025, 12, 31))


def silent(province: Province, on: str, measure: str) -> dict[str, tuple[int, date | None]]:
    """Who is 未报送 by region: for how many periods, since when."""
    found = alerts(province.store, province.name, date.fromisoformat(on))
    return {
        a.standing.short: (a.periods, a.since)
        for a in found
        if (a.measure.id, a.state.id) == (measure, "silent")
    }


def test_old_figures_do_not_reassure(shaanxi):
    """Each month that is over without a report from anybody is one: who is done is not asked."""
    shaanxi.reports(f"{LIST_HEAD}\n宝鸡 | 100 | 99\n西安 | 100 | 100", "2024-03-01")
    assert "宝鸡" not in silent(shaanxi, "2024-04-30", MEASURE), "April is not over"
    assert silent(shaanxi, "2024-05-01", MEASURE)["宝鸡"] == (1, date(2024, 4, 30))
    found = silent(shaanxi, "2024-07-01", MEASURE)
    assert found["宝鸡"] == (3, date(2024, 4, 30)) and "西安" not in found
    lines = supervision_sheet(shaanxi.store, "陕西省", "宝鸡", date(2024, 7, 1)).supervised
    line = next(line for line in lines if line.measure.id == MEASURE)
    assert (line.history, line.figure) == (
        "2024年3月正常，4月未报送（提醒），5月未报送（督办），6月未报送（通报）",
        "99.0%（99／100家）",
    )


def test_a_month_is_not_over_on_its_last_day_though_another_ledger_was_reported_in_it(shaanxi):
    shaanxi.reports(f"{LIST_HEAD}\n宝鸡 | 100 | 99", "2024-03-01")
    shaanxi.reports("region | year | declared\n宝鸡 | 2024 | 5", "2024-04-15")
    told = [silent(shaanxi, on, MEASURE).get("宝鸡") for on in ("2024-04-20", "2024-04-30", "2024-05-01")]
    assert told == [None, None, (1, date(2024, 4, 30))]


def test_a_report_on_the_tasks_first_day_is_a_period_and_so_is_a_silent_month_that_ends_on_its_last(shaanxi):
    """专项治理 runs from 2022-09-01 to 2025-06-30."""
    shaanxi.reports(f"{LIST_HEAD}\n宝鸡 | 100 | 99", "2022-09-01")
    assert silent(shaanxi, "2022-11-01", MEASURE)["宝鸡"] == (1, date(2022, 10, 31))
    shaanxi.reports(f"{LIST_HEAD}\n宝鸡 | 100 | 99", "2025-05-30")
    found = alerts(shaanxi.store, "陕西省", date(2025, 9, 1))
    history = next(a.history for a in found if (a.standing.short, a.measure.id) == ("宝鸡", MEASURE))
    assert [step.signal.day for step in history][-2:] == [date(2025, 5, 30), date(2025, 6, 30)]


def test_a_list_that_comes_with_the_quarter_is_late_when_the_quarter_is_over(shaanxi):
    """Its task began in May."""
    listed(shaanxi, "employers", "region | declared | number\n榆林 | 是 | 5\n榆林 | 否 | 9", "2024-06-28")
    assert "榆林" not in silent(shaanxi, "2024-09-30", "declaration_coverage")
    assert silent(shaanxi, "2024-10-01", "declaration_coverage")["榆林"] == (1, date(2024, 9, 30))
    found = silent(shaanxi, "2024-12-31", "declaration_coverage")
    assert found["榆林"] == (1, date(2024, 9, 30)), "the last quarter is not over"


def test_what_is_reported_once_a_year_is_not_missed_in_between(shaanxi):
    listed(shaanxi, "cdc_guidance", "region | institution | number\n榆林 | 市疾控中心 | 10", "2024-06-28")
    found = alerts(shaanxi.store, "陕西省", date(2024, 12, 31))
    assert [a.state.title for a in found if a.region == "榆林市"] == ["观察"]


def test_the_most_frequent_of_the_ledgers_that_have_reported_sets_the_rhythm(shaanxi):
    """A monthly summary that nobody uses does not hurry a list that comes with the quarter."""
    slower = {
        **ledgers(),
        "governance_enterprises": replace(ledgers()["governance_enterprises"], cadence="quarterly"),
    }
    with using(in_force().holding((ledgers, (), slower))):
        listed(
            shaanxi,
            "governance_enterprises",
            "region | completed | number\n榆林 | 是 | 1\n榆林 | 否 | 9",
            "2024-03-29",
        )
        assert "榆林" not in silent(shaanxi, "2024-06-30", MEASURE)
        months(shaanxi, "榆林", ("2024-03-30", 1), enrolled=10)
        assert silent(shaanxi, "2024-06-01", MEASURE)["榆林"] == (2, date(2024, 4, 30))


def test_after_the_window_of_a_year_whoever_is_silent_in_the_next_is_so_from_its_first_month(hebei):
    hebei.reports("region | year | declared\n承德 | 2023 | 100", "2023-12-31")
    hebei.reports("region | year | declared\n承德 | 2024 | 140", "2024-12-31")
    before = silent(hebei, "2024-12-31", "declaration_growth")
    after = silent(hebei, "2025-09-01", "declaration_growth")
    assert (before.get("承德"), after["承德"]) == (None, (8, date(2025, 1, 31)))
    periods, since = before["唐山"]
    assert after["唐山"] == (periods + 8, since), "a year without any report is no new beginning"


def test_a_measure_without_a_plan_warns_of_nothing(hebei):
    hebei.reports(f"{LIST_HEAD}\n承德 | 100 | 1", "2024-03-01")
    assert alerts(hebei.store, "河北省", MARCH) == []


def test_nothing_reported_nothing_to_say(shaanxi):
    found = survey(shaanxi.store, "陕西省", MARCH)
    assert (found.alerts, found.faults, found.latest) == ((), (), ())


def test_the_most_pressing_comes_first(shaanxi):
    shaanxi.reports(f"{LIST_HEAD}\n西安 | 100 | 50\n榆林 | 463 | 84\n延安 | 131 | 23", "2024-03-01")
    found = [(a.standing.short, a.state.title) for a in alerts(shaanxi.store, "陕西省", MARCH)]
    assert found[:2] == [("榆林", "预警"), ("延安", "预警")]
    assert found[-1] == ("西安", "观察") and {state for _, state in found[2:-1]} == {"未报送"}


def test_a_persons_verdict_stands_beside_an_alert_and_the_rules_own_is_kept(shaanxi):
    """The alert itself goes by the figures: a milder word does not end it."""
    months(shaanxi, "榆林", ("2024-02-01", 80), ("2024-03-01", 84))
    (before,) = sentences(shaanxi, "2024-03-01")
    found = shaanxi.stands("2024-03-01")
    earlier = now()
    override(shaanxi.store, found, "610800", "lagging", "六月前集中验收", by=on_this_machine("李四"))
    told = survey(shaanxi.store, "陕西省", MARCH)
    alert = next(alert for alert in told.alerts if alert.region == "榆林市")
    (latest,) = [found for found in told.latest if found.measure.id == MEASURE]
    for standing in (alert.standing, latest.region("610800")):
        assert (standing.verdict.title, standing.proposed.title) == ("相对滞后", "进展缓慢")
    assert alert.state.id == "warning"
    assert sentences(shaanxi, "2024-03-01") == [
        before.replace("。", "，人工调整为相对滞后，程序判定进展缓慢，理由：六月前集中验收。")
    ]
    line = next(line for line in sheet_of(shaanxi.store, told, "榆林").lines if line.measure.id == MEASURE)
    assert line.adjusted == "人工调整为相对滞后，程序判定进展缓慢，理由：六月前集中验收"
    then = survey(shaanxi.store, "陕西省", MARCH, known_at=earlier).latest[0].region("610800")
    assert (then.verdict.title, then.override) == ("进展缓慢", None)


def test_a_measure_over_two_lists_is_followed_when_it_gets_a_plan(shaanxi):
    known = measures("陕西省")
    planned = replace(known["assistance_from_governance"], plans=known[MEASURE].plans)
    with using(in_force().holding((measures, ("陕西省",), {planned.id: planned}))):
        listed(shaanxi, "assistance", "region | uscc | number\n西安 | A | 1\n西安 | B | 9", "2024-03-01")
        listed(shaanxi, "governance_enterprises", "region | uscc\n西安 | A", "2024-03-01")
        (found,) = survey(shaanxi.store, "陕西省", MARCH).latest
    standing = found.region("610100")
    assert (standing.numerator, standing.denominator) == (1, 10)


# -- several reports a month, corrections, withdrawals ------------------------------------


def test_several_reports_of_one_month_are_one_period(shaanxi):
    months(shaanxi, "榆林", ("2024-03-01", 84), ("2024-03-15", 85), ("2024-03-29", 86))
    found = next(a for a in alerts(shaanxi.store, "陕西省", date(2024, 3, 31)) if a.region == "榆林市")
    assert (found.periods, found.standing.numerator) == (1, 86)


def test_a_withdrawn_report_takes_its_period_along_and_earlier_knowledge_stays(shaanxi):
    months(shaanxi, "榆林", ("2024-02-01", 80))
    wrong = shaanxi.reports(f"{LIST_HEAD}\n榆林 | 463 | 84", "2024-03-01")
    before = now()
    shaanxi.withdraws(wrong)

    def periods(known_at=None):
        found = alerts(shaanxi.store, "陕西省", MARCH, known_at)
        return [a.periods for a in found if a.region == "榆林市"]

    assert (periods(), periods(before)) == ([1], [2])


def test_a_claim_is_not_known_before_it_was_made(shaanxi):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    before = now()
    open_claim(shaanxi)

    def owner(known_at=None):
        return next(a.owner for a in alerts(shaanxi.store, "陕西省", MARCH, known_at) if a.region == "榆林市")

    assert (owner(), owner(before)) == ("张三", "")


def test_a_claim_of_later_figures_does_not_reach_back(shaanxi):
    months(shaanxi, "榆林", ("2024-02-01", 80), ("2024-03-01", 84))
    open_claim(shaanxi)
    state = {a.region: a.state.title for a in alerts(shaanxi.store, "陕西省", date(2024, 2, 29))}
    assert state["榆林市"] == "预警"


# -- what people add ----------------------------------------------------------------------


def test_what_people_add_is_kept_in_order_with_its_lines_in_the_audit(shaanxi):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    said = (shaanxi.store, "陕西省", "榆林", MEASURE, MARCH)
    note(*said, by=on_this_machine("李四"), reason="已电话了解")
    open_claim(shaanxi)
    release(*said, by=on_this_machine("李四"), reason="企业已关停")
    found = next(a for a in alerts(shaanxi.store, "陕西省", MARCH) if a.region == "榆林市")
    assert [(record.kind, record.recorded_by) for record in found.records] == [
        ("note", "李四"), ("claim", "张三"), ("release", "李四"),
    ]  # fmt: skip
    assert (found.state.title, found.open, found.owner) == ("已解除", False, "")
    assert found.sentence.endswith("预警由李四解除，原因：企业已关停。")
    lines = [(action, actor, detail) for _, actor, action, _, detail in shaanxi.store.audit_lines(3)]
    assert lines == [
        ("解除预警", "李四", "企业已关停"),
        ("认领预警", "张三", "张三；企业停产；逐家督导；2024-06-30"),
        ("预警备注", "李四", "已电话了解"),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cause": " "}, "还没有填写原因"),
        ({"action": "", "cause": ""}, "还没有填写原因、措施"),
        ({"by": Viewer("x", " ", "admin"), "owner": ""}, "还没有填写责任人"),
        ({"due": MARCH}, "整改期限应晚于数据截至日期（2024年3月1日）"),
    ],
)
def test_a_claim_that_says_too_little_is_refused(shaanxi, changed, said):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    with pytest.raises(NotPossible, match=said):
        open_claim(shaanxi, **changed)
    assert shaanxi.store.alert_records("610000") == []


def test_a_claim_holds_through_its_last_day_and_is_made_anew_after_it(shaanxi):
    months(shaanxi, "榆林", ("2024-02-01", 80), ("2024-03-01", 84))
    open_claim(shaanxi, due=date(2024, 3, 31))
    anew = {**GOOD_CLAIM, "by": on_this_machine("李四")}
    months(shaanxi, "榆林", ("2024-03-31", 85))
    with pytest.raises(NotPossible, match="由张三"):
        claim(shaanxi.store, "陕西省", "榆林", MEASURE, date(2024, 3, 31), **anew)
    months(shaanxi, "榆林", ("2024-04-01", 86))
    claim(shaanxi.store, "陕西省", "榆林", MEASURE, date(2024, 4, 1), **anew)
    assert [record.recorded_by for record in shaanxi.store.alert_records("610000")] == ["张三", "李四"]


@pytest.mark.parametrize(
    ("reports", "claimed", "later"),
    [
        ((("2024-03-01", 84),), "2024-03-01", ("2024-03-15", 85)),
        ((("2024-02-01", 240), ("2024-03-01", 241)), "2024-03-01", ("2024-03-15", 242)),
        ((("2024-03-01", 84),), "2024-03-01", ("2024-04-01", 85)),
    ],
)
def test_a_claim_is_not_lost_to_a_second_report_of_its_month(shaanxi, reports, claimed, later):
    months(shaanxi, "榆林", *reports)
    claim(shaanxi.store, "陕西省", "榆林", MEASURE, date.fromisoformat(claimed), **GOOD_CLAIM)
    months(shaanxi, "榆林", later)
    (found,) = [
        a
        for a in alerts(shaanxi.store, "陕西省", date.fromisoformat(later[0]))
        if a.region == "榆林市" and a.measure.id == MEASURE
    ]
    assert (found.owner, found.claim and found.claim.cause) == ("张三", "企业停产")


def test_a_claim_outlives_the_withdrawal_of_the_figures_that_it_was_written_on(shaanxi):
    months(shaanxi, "榆林", ("2024-01-01", 230), ("2024-02-01", 80), ("2024-03-01", 84))
    claim(shaanxi.store, "陕西省", "榆林", MEASURE, date(2024, 3, 1), **GOOD_CLAIM)
    shaanxi.withdraws(shaanxi.store.snapshots()[0].id)
    (found,) = [
        a
        for a in alerts(shaanxi.store, "陕西省", date(2024, 3, 31))
        if a.region == "榆林市" and a.measure.id == MEASURE
    ]
    assert (found.as_of, found.owner) == (date(2024, 2, 1), "张三")


@pytest.mark.parametrize(
    ("region", "measure", "said"),
    [
        ("宝鸡", MEASURE, "宝鸡市专项治理完成率当前没有需要处理的预警"),
        ("石家庄", MEASURE, "陕西省没有填报地区“石家庄”"),
        ("榆林", "governance", "没有指标“governance”"),
    ],
)
def test_where_there_is_no_alert_nothing_can_be_released(shaanxi, region, measure, said):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    with pytest.raises(NotPossible, match=said):
        release(shaanxi.store, "陕西省", region, measure, MARCH, by=on_this_machine("李四"), reason="核实")


def test_a_release_wants_a_reason(shaanxi):
    months(shaanxi, "榆林", ("2024-03-01", 84))
    with pytest.raises(NotPossible, match="还没有填写原因"):
        release(shaanxi.store, "陕西省", "榆林", MEASURE, MARCH, by=on_this_machine("李四"), reason=" ")


# -- figures that cannot all be right -------------------------------------------------------


def test_a_count_that_fell_is_named_with_both_numbers(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90), ("2024-02-29", 84))
    (fault,) = survey(shaanxi.store, "陕西省", date(2024, 3, 31)).faults
    assert (fault.kind, fault.region, fault.ledger.id) == ("fell", "榆林市", "governance_progress")
    assert fault.sentence == (
        "榆林市完成治理企业数由2024年1月31日的90减少到2024年2月29日的84，未说明原因，请核实。"
    )


def falls(province: Province, on: str) -> list[str]:
    found = survey(province.store, province.name, date.fromisoformat(on)).faults
    return [fault.sentence for fault in found if fault.kind == "fell"]


def test_a_fall_nobody_explained_stays_until_the_earlier_count_is_reached_again(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90), ("2024-02-29", 84), ("2024-03-31", 88))
    assert falls(shaanxi, "2024-03-31") == [
        "榆林市完成治理企业数由2024年1月31日的90减少到2024年2月29日的84，至2024年3月31日为88，仍未恢复，"
        "未说明原因，请核实。"
    ]
    months(shaanxi, "榆林", ("2024-04-30", None))
    assert len(falls(shaanxi, "2024-04-30")) == 1, "silence mends nothing"
    months(shaanxi, "榆林", ("2024-05-31", 90))
    assert falls(shaanxi, "2024-05-31") == []
    assert len(falls(shaanxi, "2024-03-31")) == 1, "as it was seen then"


def test_a_fall_within_a_month_is_seen_although_the_month_ends_higher_than_it_began(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 80), ("2024-03-01", 90), ("2024-03-29", 84), ("2024-04-30", 85))
    assert falls(shaanxi, "2024-04-30") == [
        "榆林市完成治理企业数由2024年3月1日的90减少到2024年3月29日的84，至2024年4月30日为85，仍未恢复，"
        "未说明原因，请核实。"
    ]


def test_an_amended_report_of_the_same_day_takes_its_fall_away(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90), ("2024-02-29", 84))
    assert len(falls(shaanxi, "2024-02-29")) == 1
    months(shaanxi, "榆林", ("2024-02-29", 94))
    assert falls(shaanxi, "2024-02-29") == []


def test_an_explained_fall_is_told_until_the_next_report_that_holds_its_count(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90))
    found = submission(f"{LIST_HEAD}\n榆林 | 463 | 84", "2024-02-29", "陕西省")
    shaanxi.store.save_snapshot(found, b"lower", "表.csv", by="测试", reason="剔除重复企业")
    assert len(falls(shaanxi, "2024-02-29")) == 1
    months(shaanxi, "榆林", ("2024-03-31", 85))
    assert falls(shaanxi, "2024-03-31") == []
    months(shaanxi, "榆林", ("2024-04-30", 83))
    assert falls(shaanxi, "2024-04-30") == [
        "榆林市完成治理企业数由2024年3月31日的85减少到2024年4月30日的83，未说明原因，请核实。"
    ]


def test_a_second_fall_without_a_reason_is_told_in_place_of_the_explained_one(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90))
    found = submission(f"{LIST_HEAD}\n榆林 | 463 | 84", "2024-02-29", "陕西省")
    shaanxi.store.save_snapshot(found, b"lower", "表.csv", by="测试", reason="剔除重复企业")
    months(shaanxi, "榆林", ("2024-03-31", 83))
    assert falls(shaanxi, "2024-03-31") == [
        "榆林市完成治理企业数由2024年2月29日的84减少到2024年3月31日的83，未说明原因，请核实。"
    ]


def test_the_reason_given_at_the_upload_is_told(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 90))
    found = submission(f"{LIST_HEAD}\n榆林 | 463 | 84", "2024-02-29", "陕西省")
    shaanxi.store.save_snapshot(found, b"lower", "表.csv", by="测试", reason="剔除重复企业")
    (fault,) = survey(shaanxi.store, "陕西省", date(2024, 2, 29)).faults
    assert fault.sentence.endswith("减少到2024年2月29日的84，原因：剔除重复企业。")


def enterprises(completed: int, number: int) -> Submission:
    """榆林's list of enterprises, `completed` of them put right."""
    roster, ledger = load_roster("陕西省"), ledgers()["governance_enterprises"]
    said = [{"name": f"企业{n}", "completed": "是" if n < completed else "否"} for n in range(number)]
    rows = [
        AdoptedRow(line=n, region=roster.find("榆林"), year=0, values=values, cells={})
        for n, values in enumerate(said, 2)
    ]
    return Submission(ledger=ledger, roster=roster, as_of=date(2024, 3, 29), sheet="Sheet1", rows=tuple(rows))


def test_two_ledgers_that_disagree_are_named_with_both_numbers(shaanxi):
    months(shaanxi, "榆林", ("2024-03-31", 4), enrolled=13)
    shaanxi.store.save_snapshot(enterprises(4, 12), b"list", "名单.csv", by="测试")
    (fault,) = survey(shaanxi.store, "陕西省", date(2024, 3, 31)).faults
    assert (fault.kind, fault.region) == ("disagree", "榆林市")
    assert fault.sentence == (
        "榆林市纳入治理企业数不一致：《专项治理进展汇总表》为13，《专项治理企业台账》为12，请核实后改正。"
    )
    months(shaanxi, "榆林", ("2024-04-30", 5), enrolled=13)
    assert survey(shaanxi.store, "陕西省", date(2024, 4, 30)).faults == (), (
        "a list of another month is no contradiction"
    )


def test_a_list_of_the_same_month_a_year_before_is_no_contradiction(shaanxi):
    found = enterprises(4, 12)
    for day, faults in ((date(2023, 3, 29), 0), (date(2024, 3, 1), 1)):
        shaanxi.store.save_snapshot(replace(found, as_of=day), f"{day}".encode(), "名单.csv", by="测试")
        months(shaanxi, "榆林", ("2024-03-31", 4), enrolled=13)
        assert len(survey(shaanxi.store, "陕西省", date(2024, 3, 31)).faults) == faults


# -- 督办单 ---------------------------------------------------------------------------------


def test_the_sheet_of_a_region_holds_what_is_left_the_pace_needed_and_the_forecast(shaanxi):
    months(shaanxi, "榆林", ("2024-01-31", 70), ("2024-02-29", 84), ("2024-03-08", 88))
    shaanxi.reports("region | year | target\n榆林 | 2024 | 100", "2024-01-01", "governance_targets")
    on = date(2024, 3, 31)
    sheet = supervision_sheet(shaanxi.store, "陕西省", "榆林", on)
    line = next(line for line in sheet.lines if line.measure.id == MEASURE)
    seen = view(shaanxi.store, "陕西省", MEASURE, on)
    assert line.forecast == forecast(history(shaanxi.store, seen, "610800"), date(2025, 6, 30))
    assert line.forecast and line.schedule
    assert (line.standing.remaining, task(line.schedule, line.measure)) == (375, "每周至少完成6家")
    assert line.alert and line.alert.state.title == "预警" and line.alert in sheet.alerts
    assert sheet.remaining == sum(line.standing.remaining or 0 for line in sheet.lines)


# -- the rules -------------------------------------------------------------------------------


def shipped() -> str:
    return (RULES / "alerts.toml").read_text(encoding="utf-8")


def test_every_state_has_its_words_and_a_shape_and_every_level_its_document():
    found = alert_rules("")
    assert set(found.states) == set(STATES)
    assert all(state.title and state.rule and state.shape for state in found.states.values())
    assert [level.title for level in found.levels] == ["提醒", "督办", "通报", "约谈"]
    assert all(level.basis for level in found.levels) and found.basis


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("after_periods = 2", "", "缺少“after_periods”"),
        ("after_periods = 2", "after_periods = 2\nafter = 3", "不认识的项：after"),
        ('at_once_below = "-30%"', "at_once_below = -30", "应为文字"),
        ('level = "supervise"', 'level = "督办"', "“level”应为 remind"),
        ("behind = 4", "behind = 2", "从低到高"),
        (
            "behind = 2\nsilent = 1",
            "behind = 0\nsilent = 1",
            r"\[levels 第\d项\]：“behind”应为1以上的整数，现为 0",
        ),
        ("[states.claimed]", "[states.taken]", "缺少“claimed”"),
    ],
)
def test_a_slip_in_the_rules_is_named(old, new, said):
    assert shipped().count(old) >= 1
    with pytest.raises(RulesError, match=said):
        parse_alert_rules(parse(shipped().replace(old, new, 1), "alerts.toml"))


def test_another_threshold_is_another_history(shaanxi):
    months(shaanxi, "榆林", ("2024-02-01", 230), ("2024-03-01", 231))
    stricter = parse_alert_rules(parse(shipped().replace("behind = 3", "behind = 2", 1), "alerts.toml"))
    found = next(a for a in alerts(shaanxi.store, "陕西省", MARCH) if a.region == "榆林市")
    assert found.level and found.level.title == "提醒"
    with using(in_force().holding((alert_rules, ("陕西省",), stricter))):
        found = next(a for a in alerts(shaanxi.store, "陕西省", MARCH) if a.region == "榆林市")
    assert found.level and found.level.title == "督办"
