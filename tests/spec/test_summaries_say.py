"""Summaries: what is a target and what has been done, the year to date, a figure and its parts, whose figures they are."""

from __future__ import annotations

from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import codes, submission, submissions, table
from zyb.intake.tables.kinds import kinds_of_enterprises
from zyb.rulebook.ledgers import ledgers

PLACES = (("西安市", 1), ("宝鸡市", 2))
DAY = "（截至2024年6月30日）"

# title | headings | ledger | what of the first line goes in (each place has 100, 90, 80… in its cells); asked if nothing
SAID = f"""
    title                                  | headings                                                | ledger              | taken
    2024年专项治理年度目标任务表           | 目标任务完成数                                          | governance_targets  |
    2024年专项治理年度目标任务表           | 6月底目标任务数, 年底目标任务数                         | governance_targets  | target 90
    2024年专项治理年度目标任务表           | 6月底目标任务数                                         | governance_targets  |
    2024年专项治理工作任务分解表           | 目标任务（家）                                          | governance_targets  | target 100
    专项治理进展{DAY}                      | 纳入治理企业数, 开展治理企业数                          | governance_progress |
    专项治理进展{DAY}                      | 纳入治理企业数, 任务完成数                              | governance_progress | enrolled 100, completed 90
    专项治理进展{DAY}                      | 申报企业数, 完成治理企业数                              | declaration_counts  |
    专项治理完成计划表（2024年6月）        | 纳入治理企业数, 完成治理企业数                          | governance_progress |
    专项治理进展{DAY}                      | 纳入治理企业数, 核减数, 实际应治理企业数, 完成治理企业数 | governance_progress |
    专项治理进展{DAY}                      | 实际应治理企业数, 完成治理企业数                        | governance_progress | enrolled 100, completed 90
    专项治理进展{DAY}                      | 期末纳入数, 年初纳入数, 完成治理企业数                  | governance_progress | enrolled 100, completed 80
    2024年示范帮扶任务分配表               | 帮扶任务数                                              | demonstration_quota | quota 100
    申报数量汇总表{DAY}                    | 2023年申报数（基数）, 2024年申报数                      | declaration_counts  | declared 100 2023, declared 90 2024
    申报数量汇总表{DAY}                    | 2023年, 2024年1—6月                                     | declaration_counts  | declared 100 2023, declared 90 2024
    申报数量汇总表{DAY}                    | 2023年1-6月申报数, 2024年1-6月申报数                    | declaration_counts  | declared 90 2024
    申报数量汇总表{DAY}                    | 上半年累计申报数                                        | declaration_counts  | declared 100 2024
    申报数量汇总表{DAY}                    | 上半年申报数                                            | declaration_counts  |
    申报数量汇总表{DAY}                    | 2024年11-12月申报数                                     | declaration_counts  |
    申报数量汇总表{DAY}                    | 2023年申报数, 2024年01-06月申报数                       | declaration_counts  | declared 100 2023, declared 90 2024
    申报数量汇总表{DAY}                    | 2024年1-5月申报数                                       | declaration_counts  |
    申报数量汇总表{DAY}                    | 2023年1-6月申报数                                       | declaration_counts  |
"""


@pytest.mark.parametrize(("title", "headings", "ledger", "taken"), table(SAID)[1:])
def test_what_is_taken_of_a_summary_and_what_is_asked(title, headings, ledger, taken):
    head = headings.split(", ")
    rows = [(place, *(100 - 10 * at for at in range(len(head)))) for place, _ in PLACES]
    found = submission([(title,), ("地区", *head), *rows], name="表.xlsx", province="陕西")
    assert found.blocked == (not taken)
    if taken:
        assert found.ledger and found.ledger.id == ledger
        first = [row for row in found.rows if row.region.name == "西安市"]
        got = [
            f"{name} {n}" + f" {row.year}" * (ledger == "declaration_counts")
            for row in first
            for name, n in row.values.items()
        ]
        assert sorted(got) == sorted(taken.split(", "))


@given(
    st.integers(2, 12), st.integers(2018, 2023), st.sampled_from("-—~至"), st.sampled_from(("{}年{}", "{}{}"))
)
def test_the_year_to_the_end_of_a_month_is_a_report_as_of_that_month(month, year, dash, order):
    heading = order.format(year if order.startswith("{}年") else f"{year}年", f"1{dash}{month}月申报数")
    rows = [
        ("申报数量汇总表",),
        ("地区", "2017年申报数", heading),
        *((place, 300, 100 + n) for place, n in PLACES),
    ]
    (found,) = submissions(rows, name="表.xlsx", province="陕西")
    assert found.as_of and (found.as_of.year, found.as_of.month) == (year, month)
    assert found.as_of.day == monthrange(year, month)[1]
    assert {(row.year, row.values["declared"]) for row in found.rows} == {
        (2017, 300),
        (year, 101),
        (year, 102),
    }


PARTS = (("初次", "变更", "年度更新"), ("中型", "小型", "微型"), ("第一批", "第二批"), ("城区", "郊县"))


@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize(
    "ledger", ["declaration_counts", "assistance_targets", "governance_targets", "governance_progress"]
)
def test_of_parts_and_their_sum_the_sum_is_the_figure(ledger, parts):
    column = next(one for one in ledgers()[ledger].columns if one.type == "count" and one.required)
    more = [one.title for one in ledgers()[ledger].columns if one.type == "count" and one.required][1:]
    head = ("地区", column.title, *[""] * len(parts), *more)
    below = ("", *parts, "合计", *[""] * len(more))
    rows = [(place, *range(1, len(parts) + 1), 50 + n, *[7] * len(more)) for place, n in PLACES]
    title = f"陕西省2024年{ledgers()[ledger].title}{DAY}"
    found = submission([(title,), head, below, *rows], name="表.xlsx", province="陕西")
    assert not found.blocked and [row.values[column.name] for row in found.rows] == [51, 52]


def test_years_and_their_sum_stay_years():
    head = [("地区", "帮扶任务数", "", ""), ("", "2023年", "2024年", "合计")]
    found = submission([("陕西省中小微企业帮扶任务表",), *head, ("西安市", 10, 20, 30)], province="陕西")
    assert {(row.year, row.values["target"]) for row in found.rows} == {(2023, 10), (2024, 20)}


def test_a_day_in_figures_above_the_table_is_no_group_of_headings():
    rows = [("陕西省专项治理进展",), ("数据截至", 20240620), ("地区", "纳入治理企业数", "完成治理企业数")]
    found = submission([*rows, ("西安市", 10, 5)], name="表.xlsx", province="陕西")
    assert not found.blocked and str(found.as_of) == "2024-06-20"


# what stands in the title | the kind that it says
KINDS = """
    title                              | kind
    四川省职业病危害严重用人单位申报数 | 严重用人单位
    四川省外资企业治理进展             | 外资企业
    四川省存在超标岗位的企业帮扶台账   |
    雁塔区辖区内企业台账               |
    2024年度治理企业台账               |
"""


@pytest.mark.parametrize(("title", "kind"), table(KINDS)[1:])
def test_kinds_of_enterprises_that_a_title_speaks_of(title, kind):
    assert list(kinds_of_enterprises(title)) == ([kind] if kind else [])


@pytest.mark.parametrize("before", ["", "陕西省", "西安市雁塔区", "宝鸡市2024年", "内蒙古自治区"])
def test_no_ledgers_own_title_speaks_of_some_enterprises(before):
    titles = [before + one.title for one in ledgers().values()]
    assert titles
    assert not [title for title in titles if list(kinds_of_enterprises(title))]


# What stands in the place of a column that is missing, and what is said of it.
INSTEAD = """
    heading                      | called
    完成治理企业数（不含关停）   | 其中一部分的数
    未完成治理企业数             | 没有完成的数
    合计                         | 合计，没有写明是什么的合计
"""


@pytest.mark.parametrize(("heading", "called"), table(INSTEAD)[1:])
def test_what_stands_instead_of_a_missing_column_is_named(heading, called):
    rows = [(f"专项治理进展{DAY}",), ("地区", "纳入治理企业数", heading), ("西安市", 10, 5)]
    found = submission(rows, province="陕西")
    assert [p.message for p in found.problems if p.code == "other_figure"] == [
        f"C2 的“{heading}”是{called}，没有当作“完成治理企业数”。"
    ]


@pytest.mark.parametrize(
    ("heading", "called"),
    [
        ("今年以来申报数", "今年以来的数"),
        ("1-6月新增申报数", "本期（本月、本季、新增等）的数"),
        ("11-12月申报数", "本期（本月、本季、新增等）的数"),
    ],
)
def test_beside_an_earlier_year_it_is_told_why_this_one_is_not_there(heading, called):
    rows = [(f"申报数量汇总表{DAY}",), ("地区", "2023年申报数", heading), ("西安市", 10, 5)]
    found = submission(rows, province="陕西")
    assert [p.message for p in found.problems if p.code == "other_figure"] == [
        f"C2 的“{heading}”是{called}，没有当作“申报数”。"
    ]


def test_people_are_no_enterprises():
    head = ("地区", "帮扶企业数", "申报企业数", "检测企业数", "体检人数", "培训人数")
    rows = [(f"陕西省帮扶企业四率情况{DAY}",), head, ("西安市", 100, 90, 80, 700, 600)]
    found = submission(rows, name="表.xlsx", province="陕西")
    said = [p.message for p in found.problems if p.code == "other_figure"]
    assert said == ["E2 的“体检人数”是人数，没有当作“已体检”。", "F2 的“培训人数”是人数，没有当作“已培训”。"]
    assert found.blocked


def test_tiers_of_hazards_over_places_are_no_list():
    head = [("地区", "粉尘", "", "噪声", ""), ("", "纳入", "完成", "纳入", "完成")]
    found = submission([(f"陕西省专项治理进展{DAY}",), *head, ("西安市", 9, 5, 8, 4)], province="陕西")
    assert found.ledger and found.ledger.id == "governance_progress" and found.blocked


def test_enterprises_that_are_recommended_are_told_where_places_to_be_given_are_asked_for():
    rows = [("陕西省2024年示范帮扶名额分配表",), ("地区", "推荐企业数"), ("西安市", 10)]
    assert "taken_for" in codes(submission(rows, province="陕西").problems)
