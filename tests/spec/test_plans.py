"""Plans: what each document asks for and by when; the province's goes before the nation's."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.errors import RulesError
from zyb.numerals import percent
from zyb.periods import Window
from zyb.rulebook.measures import measures, parse_measures
from zyb.rulebook.stages import parse_timelines, timelines, timelines_for
from zyb.rulebook.toml import parse

PLANS = """
    measure               | 山东省 (国家)    | 陕西省          | 河北省
    ----------------------+------------------+-----------------+----------------
    governance_completion | -                | 100% 2025-06-30 | -
    governance_confirmed  | -                | 100% 2025-06-30 | -
    governance_posts_dust | 85% 2025-12-31   | 85% 2025-12-31  | 85% 2025-12-31
    declaration_growth    | -                | -               | 50% 2025-12-31
    declaration_coverage  | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    declaration_severe    | 100% 2024-12-31  | 100% 2024-12-31 | 100% 2024-12-31
    assistance_progress   | -                | 100% 2025-09-30 | 100% 2025-12-31
    assistance_identified | -                | 100% 2025-09-30 | 100% 2025-12-31
    assistance_tested     | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    county_average        | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    county_floor          | -                | 100% 2025-09-30 | -
    cdc_floor             | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    demonstration_filled  | -                | 100% 2025-03-31 | -
    capability_confirmed  | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2024-12-31
    monitoring_share      | 85% 2025-12-31   | 85% 2025-12-31  | 95% 2025-12-31
    reporting             | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    case_reporting        | 95% 2025-12-31   | 95% 2025-12-31  | 95% 2025-12-31
    assessment_rectified  | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    quality_control       | 100% 2025-12-31  | 100% 2025-12-31 | 100% 2025-12-31
    quality_control_yearly | -               | -               | 100% 2025-12-31
    dust_reviewed         | -                | -               | -
"""


@pytest.mark.parametrize(("measure", "nation", "shaanxi", "hebei"), table(PLANS)[1:])
def test_the_target_in_force_in_spring_2025(measure, nation, shaanxi, hebei):
    for province, wanted in (("山东省", nation), ("陕西省", shaanxi), ("河北省", hebei)):
        plan = measures(province)[measure].plan_on(date(2025, 3, 20))
        said = f"{percent(plan.target).replace('.0%', '%')} {plan.window.due}" if plan else "-"
        assert said == wanted, province


def test_a_count_that_begins_anew_each_year_is_not_judged_by_another_years_plan():
    """Shaanxi dates its 帮扶 of 2025; the list of 2024 has no deadline of its own, and none is borrowed."""
    assistance = measures("陕西省")["assistance_progress"]
    assert assistance.plan_on(date(2024, 11, 30)) is None
    assert assistance.plan_on(date(2025, 12, 1)).window.due == date(2025, 9, 30)
    assert assistance.plan_on(date(2026, 2, 1)) is None
    assert measures("陕西省")["governance_completion"].plan_on(date(2026, 2, 1)).window.due == date(
        2025, 6, 30
    )


SUCCESSIVE = """
[rate]
title = "甲率"
campaign = "governance"
kind = "ratio"
definition = "甲÷纳入"
basis = "文号"
numerator = { tally = "governance_progress.completed", title = "甲" }
denominator = { tally = "governance_progress.enrolled", title = "纳入" }
plans = [
    { start = 2026-01-01, due = 2026-12-31, target = "100%", basis = "三" },
    { start = 2024-07-15, due = 2024-12-31, target = "80%", basis = "二" },
    { start = 2024-01-01, due = 2024-06-30, target = "50%", basis = "一" },
]
"""
# Between two plans the one that ended last is still owed; before all of them the first is the one to come.
PLAN_OF_THE_DAY = """
    2023-12-31 | 一
    2024-01-01 | 一
    2024-04-01 | 一
    2024-06-30 | 一
    2024-07-14 | 一
    2024-07-15 | 二
    2024-12-31 | 二
    2025-12-31 | 二
    2026-01-01 | 三
    2027-01-01 | 三
"""


@pytest.mark.parametrize(("day", "plan"), table(PLAN_OF_THE_DAY))
def test_each_plan_holds_from_its_first_day_until_the_next_one_begins(day, plan):
    assert parse_measures(parse(SUCCESSIVE))["rate"].plan_on(date.fromisoformat(day)).basis == plan


def test_a_window_touches_every_year_of_which_it_has_a_day():
    window = Window(date(2023, 12, 31), date(2025, 1, 1))
    assert [year for year in range(2021, 2028) if window.touches(year)] == [2023, 2024, 2025]


def test_the_thirty_first_of_september_is_read_as_the_thirtieth_and_says_so():
    first = measures("河北省")["declaration_severe"].plans[0]
    assert (first.window.start, first.note) == (
        date(2024, 9, 30), "原文“2024年9月31日”不存在，按2024年9月30日执行",
    )  # fmt: skip


def test_measures_of_one_task_have_its_time_table():
    known = measures("陕西省")
    assert known["assistance_remedied"].plans == known["assistance_progress"].plans
    assert known["assistance_task_floor"].plans == known["county_average"].plans


# -- pace across milestones, through a measure ---------------------------------------------------------

FAMILY = """
[steps]
id = "step_{key}"
title = "{name}率"
campaign = "governance"
kind = "ratio"
definition = "{name}÷纳入"
basis = "文号"
numerator = { tally = "governance_progress.completed", title = "{name}" }
denominator = { tally = "governance_progress.enrolled", title = "纳入" }
each = [{ key = "first", name = "甲" }, { key = "second", name = "乙" }]

[[steps.plans]]
start = 2024-01-01
due = 2024-12-31
target = "80%"
basis = "文号（{name}）"
milestones = [{ day = 2024-07-01, share = "75%", basis = "文号" }]
"""


def test_one_table_declares_a_family_of_measures():
    known = parse_measures(parse(FAMILY))
    assert {name: (m.title, m.definition, m.plans[0].basis) for name, m in known.items()} == {
        "step_first": ("甲率", "甲÷纳入", "文号（甲）"),
        "step_second": ("乙率", "乙÷纳入", "文号（乙）"),
    }


# 182 days until the milestone, 183 after it.
BENT = """
    2024-01-01 | 0
    2024-04-01 | 3/8
    2024-07-01 | 3/4
    2024-08-31 | 5/6
    2024-10-31 | 11/12
    2024-12-31 | 1
    2025-02-01 | 1
"""


@pytest.mark.parametrize(("day", "share"), table(BENT))
def test_a_milestone_bends_the_pace(day, share):
    """Three quarters by July, the last quarter in the second half."""
    window = parse_measures(parse(FAMILY))["step_first"].plans[0].window
    assert window.pace(date.fromisoformat(day)) == Fraction(share)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "乙"', 'called = "乙"', "缺少“name”"),
        ('key = "second"', 'key = "first"', "编号重复"),
        ("due = 2024-12-31", "due = 2024-01-01", "按时间先后"),
        ("day = 2024-07-01", "day = 2024-12-31", "按时间先后"),
        ("day = 2024-07-01", "day = 2024-01-01", "按时间先后"),
        ('title = "纳入" }', 'title = "纳入", years = [2025, 2024] }', "“years”"),
        ('title = "纳入" }', 'title = "纳入", over = "villages" }', "“over”应为"),
        ('title = "纳入" }', 'title = "纳入", over = "counties" }', "缺少“at_least”"),
        ('basis = "文号"\n', 'basis = "文号"\nplans_of = "none"\n', "没有指标 none"),
        ('basis = "文号"\n', 'basis = "文号"\nalternatives = [{ numerator = "a.b", denominator = "a.b" }]\n', "没有汇总项 a.b"),
    ],
)  # fmt: skip
def test_a_slip_in_a_family_is_named(old, new, said):
    assert old in FAMILY
    with pytest.raises(RulesError, match=said):
        parse_measures(parse(FAMILY.replace(old, new, 1)))


# -- the stages of the 尘毒 campaigns -------------------------------------------------------------------

STAGES = """
    day        | running                | following
    -----------+------------------------+------------
    2024-09-30 | -                      | 动员部署
    2024-10-01 | 动员部署               | 自查自改
    2024-10-31 | 动员部署               | 自查自改
    2024-11-01 | 自查自改               | 检查复查
    2025-03-31 | 自查自改               | 检查复查
    2025-08-31 | 检查复查               | 检查总结
    2025-10-15 | 检查总结、迎接国家检查 | -
    2026-01-01 | -                      | -
"""


@pytest.mark.parametrize(("day", "running", "following"), table(STAGES)[1:])
def test_where_a_day_stands_in_tianjins_stages(day, running, following):
    (tianjin,) = timelines_for("dust_toxics", "天津市")
    today = date.fromisoformat(day)
    coming = tianjin.following(today)
    assert ("、".join(stage.name for stage in tianjin.running(today)) or "-") == running
    assert (coming.name if coming else "-") == following


def test_a_province_without_a_time_table_is_shown_those_of_others():
    assert [found.place for found in timelines_for("dust_toxics", "河北省")] == ["全乡"]
    assert [found.place for found in timelines_for("dust_toxics", "陕西省")] == [
        "天津市", "海陵区", "扬州市", "全乡",
    ]  # fmt: skip


def test_every_stage_that_is_read_otherwise_than_written_says_so():
    """The documents write 2024 throughout; whatever lies in 2025 is the program's reading."""
    stages = [stage for timeline in timelines() for stage in timeline.stages]
    assert len(stages) > 10
    assert [stage.name for stage in stages if (stage.end.year > 2024) != bool(stage.note)] == []


def test_days_left_and_share_of_a_stage():
    (hebei,) = timelines_for("dust_toxics", "河北省")
    stage = hebei.stages[0]
    assert [stage.state_on(date(2024, 8, day)) for day in (7, 8, 20, 21)] == [
        "未开始", "进行中", "进行中", "已结束",
    ]  # fmt: skip
    assert (stage.elapsed(date(2024, 8, 14)), stage.days_left(date(2024, 8, 14))) == (Fraction(1, 2), 6)


@pytest.mark.parametrize("end", ["2024-03-31", "2024-11-01"])
def test_a_stage_that_ends_before_it_begins_or_on_that_day_is_refused(end):
    text = '[a]\ncampaign = "dust_toxics"\nprovince = "天津市"\nplace = "天津市"\nbasis = "文号"\n'
    stage = f'stages = [{{ name = "自查", start = 2024-11-01, end = {end}, basis = "四" }}]'
    with pytest.raises(RulesError, match="“end”应晚于“start”"):
        parse_timelines(parse(text + stage))


# The documents of a province begin with its one-character name: “陕卫办…”, “冀卫办…”.
OWN_DOCUMENTS = {"陕西省": "陕", "河北省": "冀"}


@pytest.mark.parametrize("province", [*OWN_DOCUMENTS, "山东省"])
def test_a_province_is_told_of_no_document_that_binds_another(province):
    others = [f"{mark}卫" for name, mark in OWN_DOCUMENTS.items() if name != province]
    others += ["天津市"]
    said = {
        f"{measure.id}: {words}"
        for measure in measures(province).values()
        for words in (
            measure.basis,
            *(plan.basis for plan in measure.plans),
            *(plan.note for plan in measure.plans),
        )
    }
    assert len(said) > len(measures(province)) > 50
    assert [words for words in said if any(other in words for other in others)] == []


BASES = [
    ("governance_completion", "陕西省", "陕卫办职业函〔2022〕37号；陕卫办职业发〔2024〕5号"),
    ("governance_completion", "河北省", "本省文件未作规定，仅作统计"),
    ("declaration_growth", "陕西省", "本省文件未作规定，仅作统计"),
    ("suspected_diagnosed", "陕西省", "本省文件未作规定，仅作统计"),
    ("enforcement_rectified", "河北省", "本省文件未作规定，仅作统计"),
    ("dust_item_monitoring", "陕西省", "本省文件未作规定，仅作统计"),
]


@pytest.mark.parametrize(("measure", "province", "basis"), BASES)
def test_what_no_document_asks_for_says_so(measure, province, basis):
    assert measures(province)[measure].basis == basis


@pytest.mark.parametrize("province", [*OWN_DOCUMENTS, "山东省"])
def test_a_basis_names_every_year_that_a_plan_ends_in(province):
    """工业领域严重行业 by the end of 2024, 10人及以上 by the end of 2025: each stage of the document is a measure's own."""
    for name, year in (("declaration_severe", 2024), ("declaration_coverage", 2025)):
        measure = measures(province)[name]
        assert [plan.window.due.year for plan in measure.plans] == [year]
        assert f"{year}年底" in measure.basis and f"{4049 - year}年底" not in measure.basis


# 河北 2024: what was covered of 体检诊断机构 and of others, on which day → judged how. Before: both by each year's end.
COVERED = """
    indicator            | due | done | on         | verdict  | target by
    体检诊断机构质控覆盖 | 10  | 5    | 2024-12-31 | 达到序时 | 2025-12-31
    其他机构质控覆盖     | 10  | 5    | 2024-12-31 | 进展缓慢 | 2024-12-31
    体检诊断机构质控覆盖 | 10  | 10   | 2024-12-31 | 全面完成 | 2025-12-31
    其他机构质控覆盖     | 10  | 10   | 2024-12-31 | 全面完成 | 2024-12-31
"""


@pytest.mark.parametrize(("indicator", "due", "done", "on", "verdict", "by"), table(COVERED)[1:])
def test_who_examines_and_diagnoses_is_covered_every_two_years_and_others_every_year(
    hebei, indicator, due, done, on, verdict, by
):
    said = f"region | indicator | due | done\n石家庄 | {indicator} | {due} | {done}"
    listed(hebei, "institutions", said, on)
    measure = "quality_control" if indicator.startswith("体检") else "quality_control_yearly"
    found = hebei.stands(on, measure)
    assert (found.region("130100").verdict.title, str(found.plan.window.due)) == (verdict, by)


def test_what_was_covered_last_year_is_not_what_was_covered_this_year(hebei):
    for indicator in ("体检诊断机构质控覆盖", "其他机构质控覆盖"):
        lines = f"region | indicator | due | done\n石家庄 | {indicator} | 10 | 10"
        listed(hebei, "institutions", lines, "2024-12-31" if indicator.startswith("其他") else "2024-12-30")
    said = "region | indicator | due | done\n承德 | 其他机构质控覆盖 | 10 | 2"
    listed(hebei, "institutions", said, "2025-03-31")
    found = hebei.stands("2025-03-31", "quality_control_yearly")
    assert found.region("130100").verdict.title == "未报送"
    assert (found.region("130800").numerator, found.region("130800").verdict.title) == (2, "相对滞后")
