"""Headings as they are found in real workbooks → ledger and column."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.books import codes, sheet, submission, table, uscc
from tests.effort import examples
from zyb.intake.tables.vocabulary import Vocabulary, vocabulary
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.lexicon.headings import lexicon, plain_heading

# ledger | heading as found | column
HEADINGS = """
    governance_progress | 纳入治理企业数         | enrolled
    governance_progress | 纳入治理企业数（家）   | enrolled
    governance_progress | 纳入专项治理企业数     | enrolled
    governance_progress | 纳入治理               | enrolled
    governance_progress | 纳入数                 | enrolled
    governance_progress | 应纳入治理企业数       | enrolled
    governance_progress | 累计纳入治理企业(家)   | enrolled
    governance_progress | 纳入 治理 企业         | enrolled
    governance_progress | 应治理企业数           | enrolled
    governance_progress | 完成治理企业数         | completed
    governance_progress | 已完成治理企业数       | completed
    governance_progress | 完成治理               | completed
    governance_progress | 完成数（家）           | completed
    governance_progress | 已完成                 | completed
    governance_progress | 累计完成治理企业       | completed
    governance_progress | 完成率                 | derived
    governance_progress | 完成率（%）            | derived
    governance_progress | 完成占比               | derived
    governance_progress | 未完成企业数           | derived
    governance_progress | 剩余家数               | derived
    governance_targets  | 目标任务数             | target
    governance_targets  | 治理任务数             | target
    governance_targets  | 年度目标任务数         | target
    governance_targets  | 2024年目标任务数       | target
    governance_targets  | 2024年治理目标（家）   | target
    declaration_counts  | 申报数                 | declared
    declaration_counts  | 申报企业数（家）       | declared
    declaration_counts  | 2024年申报数           | declared
    declaration_counts  | 2024年度申报数量       | declared
    declaration_counts  | 累计申报用人单位数     | declared
    declaration_counts  | 职业病危害项目申报数量 | declared
    declaration_counts  | 同比增长（%）          | derived
    assistance_targets  | 帮扶任务数             | target
    assistance_targets  | 2024年帮扶任务数       | target
    assistance_targets  | 2025年度帮扶任务（家） | target
    assistance_targets  | 合计帮扶任务数         | target_sum
    assistance_targets  | 合计                   | target_sum
    demonstration_quota | 帮扶企业数量(家)       | quota
    demonstration_quota | 示范帮扶名额           | quota
    demonstration_quota | 名额分配               | quota
"""
REGION_HEADINGS = [
    "地区",
    "市（区）",
    "市区",
    "各市（区）",
    "行政区域",
    "单位",
    "设区市",
    "地 市",
    "地区名称",
    "市(州)",
]
# What else the table needs, so that the heading stands in company.
COMPANY = {
    "governance_progress": {"enrolled": "纳入治理企业数", "completed": "完成治理企业数"},
    "governance_targets": {"target": "目标任务数"},
    "declaration_counts": {"declared": "申报数"},
    "assistance_targets": {"target": "2024年帮扶任务数"},
    "demonstration_quota": {"quota": "帮扶企业数量"},
}


@pytest.mark.parametrize(("ledger", "heading", "column"), table(HEADINGS))
def test_a_heading_is_understood(ledger, heading, column):
    others = [text for name, text in COMPANY[ledger].items() if name != column]
    found = submission(
        [("2024年",), ("地区", heading, *others), ("西安市", 1, *[1] * len(others))], ledger=ledger
    )
    fields = found.table.fields
    assert [one.heading for one in fields[column]] == [heading]
    assert not found.table.unknown


@pytest.mark.parametrize(
    ("ledger", "heading"),
    [(row[0], row[1]) for row in table(HEADINGS) if row[2] in ("target", "declared", "quota")],
)
def test_a_heading_alone_tells_the_ledger_where_it_can(ledger, heading):
    titles = {
        "governance_targets": "专项治理目标任务", "declaration_counts": "申报情况",
        "assistance_targets": "帮扶任务表", "demonstration_quota": "示范帮扶名额分配",
    }  # fmt: skip
    found = submission([(f"2024年{titles[ledger]}",), ("地区", heading), ("西安市", 1)])
    assert found.ledger.id == ledger


@pytest.mark.parametrize("heading", REGION_HEADINGS)
def test_the_column_of_regions_has_many_names(heading):
    found = submission([("截至2024年3月1日",), (heading, "纳入治理", "完成治理"), ("西安市", 2, 1)])
    assert [row.region.short for row in found.rows] == ["西安"]
    assert not found.problems


def test_an_explained_heading_is_understood_in_that_file_and_in_no_other():
    def unknown(**said: object) -> list[str]:
        rows = [("截至2024年3月1日",), ("地区", "纳入治理", "好了的"), ("西安市", 2, 1)]
        table = submission(rows, ledger="governance_progress", **said).table
        return [] if table is None else [one.heading for one in table.unknown]

    explained = {"headings": (("governance_progress", "好了的", "completed"),)}
    assert [unknown(), unknown(**explained), unknown()] == [["好了的"], [], ["好了的"]]


def test_this_table_holds_forty_headings():
    assert len(table(HEADINGS)) == 40


KNOWN = tuple(ledgers().values())
PIECES = sorted({
    piece
    for ledger in KNOWN
    for column in ledger.columns
    for piece in (*column.headings, *column.words, *column.without)
} | {"2024年", "2025年度", "数", "完", "(", "家"})  # fmt: skip


@settings(max_examples=examples(100, deep=20_000), derandomize=True)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.text(max_size=2))
def test_looking_up_a_heading_finds_the_columns_that_asking_each_of_them_finds(pieces, more):
    heading = "".join(pieces) + more
    plain, said = plain_heading(heading), lexicon().meaning(heading)
    asked = {
        number: found
        for number, ledger in enumerate(KNOWN)
        if (found := [(c, level) for c in ledger.columns if (level := c.match(plain, said))])
    }
    assert vocabulary(KNOWN).recognised(heading).choice == asked


@settings(max_examples=examples(30, deep=2_000), derandomize=True)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=2, max_size=6))
@example([["(", "年"], ["年", "2024年", "度"]])
@example([["年度帮扶任务数", "数"], ["帮扶任务数", "年"]])
def test_what_was_looked_up_before_changes_nothing(asked):
    """What is remembered of one heading is never the answer to another."""
    together, headings = Vocabulary(KNOWN), list(map("".join, asked))
    alone = [Vocabulary(KNOWN).recognised(heading) for heading in headings]
    assert [together.recognised(heading) for heading in headings] == alone


UNREADABLE = (
    "序号",
    "单位全名",
    "统一社会信用代码",
    "地区",
    "职工人数",
    "超标危害因素",
    "纳入日期",
    "好了没",
    "行政确认日期",
)


@pytest.mark.parametrize("title", ["铜川市专项治理企业台账（截至2024年1月31日）", "专项治理企业 台账"])
def test_the_whole_name_of_the_ledger_in_the_title_outweighs_headings_that_cannot_be_read(title):
    row = (1, "甲公司", "", "铜川市", 20, "矽尘", "2023.3.1", "是", "2023.9.1")
    found = submission([(title,), UNREADABLE, row], province="陕西")
    assert found.ledger and found.ledger.id == "governance_enterprises"
    assert [p.message for p in found.problems if p.code == "missing_column"] == [
        "《专项治理企业台账》缺少“是否完成治理”一列。",
    ]  # 单位全名 is known by the firms that stand below it


def test_a_list_that_is_named_but_lacks_its_columns_is_not_taken_for_another() -> None:
    """“是否完成帮扶工作目标” alone would also do for 专项治理; under its own name the list is told what it lacks."""
    rows = [
        ("河北省中小微企业帮扶台账（截至2024年6月30日）",),
        ("用人单位名称", "统一社会信用代码", "地区", "是否完成帮扶工作目标"),
        ("甲公司", uscc(1), "保定市", "是"),
    ]
    found = submission(sheet(rows), name="上报.xlsx")
    assert found.ledger and found.ledger.id == "assistance"
    assert found.blocked and "missing_column" in codes(found.problems, "error")
