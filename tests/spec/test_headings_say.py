"""What a heading says: 累计完成数, 本月完成数, 计划完成数, 未完成数, 完成率 share a word and mean different things."""

from __future__ import annotations

import pytest

from tests.books import codes, errors, submission, submissions, table

# ledger | heading | the column that it is, or nothing | why
ALONE = """
    ledger              | heading                    | column
    governance_progress | 累计完成治理企业数         | completed
    governance_progress | 截至6月底完成治理企业数    | completed
    governance_progress | 治理完成家数               | completed
    governance_progress | 完成治理企业数（户）       | completed
    governance_progress | 1.完成治理企业数①          | completed
    governance_progress | 本月完成治理企业数         |
    governance_progress | 当月完成数                 |
    governance_progress | 上月完成治理企业数         |
    governance_progress | 6月完成治理企业数          |
    governance_progress | 第二季度完成治理企业数     |
    governance_progress | 新增完成治理企业数         |
    governance_progress | 2024年完成治理企业数       |
    governance_progress | 完成治理企业数（2024年）   |
    governance_progress | 完成治理企业数（本月）     |
    governance_progress | 计划完成治理企业数         |
    governance_progress | 未完成治理企业数           |
    governance_progress | 完成治理率                 |
    governance_progress | 完成治理情况（%）          |
    governance_progress | 完成治理时间               |
    governance_progress | 其中：规模以上完成治理企业数 |
    governance_progress | 完成治理企业数（规模以上） |
    governance_progress | 完成治理企业数（百家）     |
    governance_progress | 完成治理人数               |
    governance_targets  | 2024年应完成数             | target
    governance_targets  | 年度计划治理企业数         | target
    governance_targets  | 累计完成数                 |
    declaration_counts  | 2024年申报用人单位数       | declared
    declaration_counts  | 累计申报数                 | declared
    declaration_counts  | 2024年新增申报数           |
    declaration_counts  | 未申报数                   |
    assistance_rates    | 其中已申报                 | declared
    assistance_rates    | 检测率                     |
    assistance_rates    | 本月体检企业数             |
"""
FORMS = {
    "governance_progress": {"enrolled": "纳入治理企业数", "completed": "完成治理企业数"},
    "governance_targets": {"target": "目标任务数"},
    "declaration_counts": {"declared": "申报数"},
    "assistance_rates": {
        "assisted": "帮扶企业数", "declared": "已申报", "tested": "已检测", "examined": "已体检", "trained": "已培训",
    },
}  # fmt: skip
MEANT = {"检测率": "tested", "本月体检企业数": "examined", "其中已申报": "declared"}
LAST = {"governance_progress": "completed", "governance_targets": "target", "declaration_counts": "declared"}


def with_heading(ledger: str, heading: str):
    """The ledger's form, complete but for one column, above which the heading stands."""
    name = MEANT.get(heading) or LAST[ledger]
    head = ["地区", *(heading if column == name else title for column, title in FORMS[ledger].items())]
    body = [(place, *range(20, 21 - len(head), -1)) for place in ("西安市", "宝鸡市")]
    return name, submission([("截至2024年6月30日",), head, *body], ledger=ledger, province="陕西")


@pytest.mark.parametrize(("ledger", "heading", "column"), table(ALONE)[1:])
def test_a_heading_is_a_column_only_when_all_that_it_says_is_the_columns(ledger, heading, column):
    name, found = with_heading(ledger, heading)
    assert found.table
    read = {one.heading: field for field, twins in found.table.fields.items() for one in twins}
    assert read.get(heading) in ((name,) if column else (None, "derived"))
    assert found.blocked == (not column)


@pytest.mark.parametrize(
    ("heading", "called"),
    [
        ("本月完成治理企业数", "本期（本月、本季、新增等）的数"),
        ("2024年完成治理企业数", "一个年度的数"),
        ("计划完成治理企业数", "计划数"),
        ("完成治理企业数（百家）", "不以“家”为单位的数"),
    ],
)
def test_where_only_another_figure_stands_it_is_said_which(heading, called):
    _, found = with_heading("governance_progress", heading)
    said = [p.message for p in found.problems if p.code == "other_figure"]
    assert said == [f"C2 的“{heading}”是{called}，没有当作“完成治理企业数”。"]


# all headings of a table, in their order | what each is (- for none)
TOGETHER = """
    headings                                                      | columns
    纳入治理企业数, 本月完成数, 累计完成数, 完成率                | enrolled, -, completed, derived
    纳入治理企业数, 上月完成数, 完成治理企业数                    | enrolled, -, completed
    纳入数, 治理数                                                | enrolled, completed
    治理企业数, 完成治理企业数                                    | enrolled, completed
    应完成数, 已完成数                                            | enrolled, completed
    应治理企业数, 已治理企业数, 未治理企业数                      | enrolled, completed, -
    纳入治理企业数, 计划完成治理企业数, 完成治理企业数, 完成时间  | enrolled, -, completed, -
    任务总数, 2024年完成数, 累计完成                              | enrolled, -, completed
"""


@pytest.mark.parametrize(("headings", "columns"), table(TOGETHER)[1:])
def test_what_merely_shares_a_word_is_extra_and_blocks_nothing(headings, columns):
    head = headings.split(", ")
    body = [("西安市", *range(90, 90 - len(head), -1)), ("宝鸡市", *range(90, 90 - len(head), -1))]
    found = submission([("专项治理进展（截至2024年6月30日）",), ("地区", *head), *body], province="陕西")
    assert found.table and found.table.ledger.id == "governance_progress"
    read = {one.heading: field for field, twins in found.table.fields.items() for one in twins}
    wanted = {heading: name for heading, name in zip(head, columns.split(", "), strict=True) if name != "-"}
    assert {heading: read[heading] for heading in wanted} == wanted
    extra = {one.heading for one in found.table.unknown} | {
        h for h, name in read.items() if name == "derived"
    }
    assert extra >= set(head) - set(wanted)
    assert not found.blocked


def test_what_two_ledgers_say_alike_is_asked_unless_the_title_tells():
    rows = [("地区", "任务数"), ("西安市", 10), ("宝鸡市", 12)]
    for title, ledger in (("专项治理年度目标任务", "governance_targets"), ("帮扶任务", "assistance_targets")):
        found = submission([(f"2024年{title}",), *rows], name="表.xlsx", province="陕西")
        assert (found.ledger.id if found.ledger else "", found.blocked) == (ledger, False)
    untold = submission([("2024年任务",), *rows], name="表.xlsx", province="陕西")
    (asked,) = [p.message for p in untold.problems if p.code == "ledger_unclear"]
    assert "专项治理年度目标任务表" in asked and "中小微企业帮扶任务表" in asked
    both = submission(
        [("专项治理目标任务与帮扶任务",), ("地区", "2024年任务数"), *rows[1:]],
        name="表.xlsx",
        province="陕西",
    )
    assert codes(both.problems, "error") == ["ledger_unclear"] or both.ledger


def test_months_side_by_side_are_reports_of_their_own():
    rows = [
        ("四川省2024年专项治理按月进展",),
        ("市（州）", "4月底", None, "5月底", None),
        (None, "纳入治理企业数", "完成治理企业数", "纳入治理企业数", "完成治理企业数"),
        ("成都市", 100, 40, 101, 47),
        ("自贡市", 109, 45, 110, 52),
    ]
    found = submissions(rows, name="表.xlsx")
    assert [str(one.as_of) for one in found] == ["2024-04-30", "2024-05-31"]
    assert [[row.values["completed"] for row in one.rows] for one in found] == [[40, 45], [47, 52]]


def test_regions_across_are_read_and_faults_named_by_the_cells_of_the_file():
    rows = [
        ("山东省专项治理进展（截至2024年6月30日）",),
        (),
        ("指标", "济南", "青岛", "淄博", "合计"),
        ("纳入治理企业数（家）", 300, 317, 334, 951),
        ("完成治理企业数（家）", 150, 400, 176, 727),
    ]
    found = submission(rows, name="表.xlsx")
    assert [(row.region.short, row.values["enrolled"]) for row in found.rows] == [
        ("济南", 300), ("青岛", 317), ("淄博", 334),
    ]  # fmt: skip
    assert errors(found) == [("exceeds", "C5"), ("total_differs", "E5")]


def test_two_tables_side_by_side_are_one():
    head = ("地区", "纳入治理企业数", "完成治理企业数")
    rows = [
        ("专项治理进展（截至2024年6月30日）",),
        (*head, None, *head),
        ("西安市", 10, 5, None, "宝鸡市", 20, 8),
        ("咸阳市", 30, 15, None, "合计", 60, 29),
    ]
    found = submission(rows, province="陕西")
    assert {row.region.short: row.values["completed"] for row in found.rows} == {
        "西安": 5,
        "咸阳": 15,
        "宝鸡": 8,
    }
    assert errors(found) == [("total_differs", "G4")]


def test_indicators_across_are_lines_of_their_own():
    rows = [
        ("职业病防治机构提质合规情况（截至2024年6月30日）",),
        ("地区", "能力确认", None, "体检诊断机构质控覆盖", None),
        (None, "应完成数", "已完成数", "应完成数", "已完成数"),
        ("西安市", 3, 2, 5, 5),
        ("宝鸡市", 2, 1, None, None),
    ]
    found = submission(rows, province="陕西")
    assert not found.blocked
    assert [(row.region.short, row.values["indicator"], row.values["done"]) for row in found.rows] == [
        ("西安", "能力确认", 2), ("西安", "体检诊断机构质控覆盖", 5), ("宝鸡", "能力确认", 1),
    ]  # fmt: skip


def test_a_unit_above_the_table_that_is_not_one_enterprise_is_refused():
    rows = [
        ("专项治理进展（截至2024年6月30日）",), ("单位：百家",),
        ("地区", "纳入治理企业数", "完成治理企业数"), ("西安市", 10, 5),
    ]  # fmt: skip
    assert errors(submission(rows, province="陕西")) == [("unit_of_table", "A2")]
