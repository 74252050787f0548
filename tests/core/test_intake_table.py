"""The table in a sheet as officials lay it out: what is understood without a question, and what is refused where."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import (
    COMPLETED,
    ENROLLED,
    NOTICE,
    NOTICE_MERGED,
    codes,
    csv_bytes,
    errors,
    notice_rows,
    sheet,
    submission,
    submissions,
    table,
    xlsx,
)
from zyb.intake import Given
from zyb.uploads import read_submissions

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TITLE = ("专项治理进展（截至2024年3月1日）",)
TWO = [("西安市", 10, 5), ("宝鸡市", 20, 8)]


def plain(*lines: tuple, head: tuple = HEAD, title: tuple = TITLE):
    return submission([title, head, *lines], province="陕西")


def figures(found) -> dict[str, tuple]:
    """Region → (enrolled, completed) as adopted."""
    return {row.region.name: (row.values["enrolled"], row.values["completed"]) for row in found.rows}


# -- the notice's own table ---------------------------------------------------------------


def notice(*changes, **given):
    return submission(sheet(notice_rows(*changes, **given), merged=NOTICE_MERGED), name="进展.xlsx")


def test_the_notices_table_goes_in_without_a_question():
    found = notice()
    assert found.problems == ()
    assert (found.ledger.id, found.roster.province, found.as_of) == (
        "governance_progress", "陕西省", date(2024, 3, 1),
    )  # fmt: skip
    assert figures(found) == NOTICE


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_notices_table_as_a_real_file(kind):
    rows = notice_rows()
    content = xlsx(rows, merged=NOTICE_MERGED) if kind == "xlsx" else csv_bytes(rows, "gb18030")
    found = read_submissions(content, f"进展.{kind}", Given(today=date(2024, 6, 30)))[0]
    assert found.problems == ()
    assert figures(found) == NOTICE


def test_three_faults_are_three_problems_at_their_cells():
    """One region wrong, one total wrong, one 完成 above 纳入: nothing else is said."""
    rows = [list(row) for row in notice_rows({"咸阳市": (213, 214)}, total=(ENROLLED + 1, COMPLETED + 74))]
    where = next(n for n, row in enumerate(rows) if row[0] == "榆林")
    rows[where][0] = "榆森"
    found = submission(sheet(rows, name="汇总", merged=NOTICE_MERGED))
    assert sorted(errors(found)) == [
        ("exceeds", "C8"),
        ("total_differs", "B5"),
        ("unknown_region", f"A{where + 1}"),
    ]
    assert len(found.problems) == 3
    assert {p.sheet for p in found.problems} == {"汇总"}
    wrong = {p.code: p for p in found.problems}
    assert wrong["unknown_region"].remedy == "您是否要填“榆林市”？请改正后重新上报。"
    assert wrong["total_differs"].message == (
        "B5：合计行的“专项治理企业纳入治理”为 4700，各地区相加为 4699，相差 ＋1。"
    )
    assert wrong["exceeds"].message == "C8：咸阳市的“完成治理企业数”为 214，大于“纳入治理企业数” 213。"


# -- where the table stands -----------------------------------------------------------------


def test_the_total_may_stand_last():
    assert plain(*TWO, ("合计", 30, 13)).problems == plain(*TWO).problems
    assert errors(plain(*TWO, ("合计", 30, 12))) == [("total_differs", "C5")]


@pytest.mark.parametrize(
    "word", ["合计", "合  计", "总计", "全省", "全省合计", "陕西省", "陕西省合计", "共计：", "合　计"]
)
def test_a_total_under_any_name_is_compared_and_never_stored(word):
    assert errors(plain((word, 31, 13), *TWO)) == [("total_differs", "B3")]
    found = plain((word, 30, 13), *TWO)
    assert not found.blocked
    assert list(figures(found)) == ["西安市", "宝鸡市"]


def test_no_total_is_no_fault():
    assert codes(plain(*TWO).problems) == ["regions_absent"]


def test_a_total_left_empty_is_no_fault():
    assert not errors(plain(("合计", None, None), *TWO))


def test_the_total_may_stand_in_the_column_of_numbers():
    head = ("序号", *HEAD)
    lines = [(1, *TWO[0]), (2, *TWO[1]), ("合计", None, 30, 99)]
    assert errors(plain(*lines, head=head)) == [("total_differs", "D5")]


def test_the_total_counts_rows_of_unknown_regions_as_written():
    """So that one wrong name is one problem and not two."""
    assert errors(plain(("西安市", 10, 5), ("火星市", 20, 8), ("合计", 30, 13))) == [("unknown_region", "A4")]


def test_subtotals_are_left_alone():
    assert not errors(plain(TWO[0], ("小计", 10, 5), TWO[1], ("合计", 30, 13)))


def test_of_which_lines_are_never_added():
    found = plain(("西安市", 10, 5), ("其中：高新区", 4, 2), ("宝鸡市", 20, 8), ("合计", 30, 13))
    assert not found.blocked
    assert figures(found) == {"西安市": (10, 5), "宝鸡市": (20, 8)}


def test_the_table_may_begin_in_column_c_and_after_blank_rows():
    shifted = [(), (None, None, *TITLE), (), (None, None, *HEAD), *[(None, None, *line) for line in TWO]]
    found = submission([*shifted, (), (None, None, "合计", 30, 14)], province="陕西")
    assert figures(found) == {"西安市": (10, 5), "宝鸡市": (20, 8)}
    assert errors(found) == [("total_differs", "E8")]


def test_blank_rows_inside_the_table_are_passed_over():
    assert figures(plain(TWO[0], (), (None, " ", "　"), TWO[1])) == {"西安市": (10, 5), "宝鸡市": (20, 8)}


def test_a_row_that_numbers_the_columns_is_no_region():
    for marks in (("甲", 1, 2), ("栏次", 1, 2), (1, 2, 3)):
        assert not errors(plain(marks, *TWO)), marks


@pytest.mark.parametrize(
    "line",
    [
        ("注：西安市数据含西咸新区。",),
        ("说明：宝鸡市2家已关闭",),
        ("填表人：张三", None, "审核人：李四"),
        (None, None, "填报日期：2024年3月5日"),
        ("陕西省卫生健康委员会", None, "2024年3月5日"),
        ("备注：含杨凌示范区", "合计", ""),
        ("1.西安市数据为初步数",),
        ("联系电话：029-12345678", "传真", "见附件"),
    ],
)
def test_notes_and_signatures_below_are_no_regions(line):
    found = plain(*TWO, ("合计", 30, 13), (), line)
    assert not errors(found)
    assert figures(found) == {"西安市": (10, 5), "宝鸡市": (20, 8)}


def test_a_row_with_figures_and_no_name_is_asked_for_its_name():
    found = plain(TWO[0], (None, 20, 8))
    assert errors(found) == [("missing_region", "A4")]


def test_two_tiers_of_headings_without_merged_cells():
    rows = [TITLE, ("市（区）", "专项治理企业", "", ""), ("", "纳入治理", "完成治理", "完成率"), *TWO]
    assert figures(submission(rows, province="陕西")) == {"西安市": (10, 5), "宝鸡市": (20, 8)}


def test_columns_may_stand_in_any_order():
    found = plain((5, "西安市", 10), head=(HEAD[2], HEAD[0], HEAD[1]))
    assert figures(found) == {"西安市": (10, 5)}


# -- the regions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "region"),
    table("""
        西安       | 西安市
        西 安 市   | 西安市
        陕西省西安市 | 西安市
        杨凌       | 杨凌示范区
        杨凌区     | 杨凌示范区
        杨陵区     | 杨凌示范区
        杨凌示范区 | 杨凌示范区
        咸阳市杨陵区 | 杨凌示范区
        韩城       | 韩城市
        韩城市     | 韩城市
        610100     | 西安市
    """),
)
def test_a_region_under_its_many_names(written, region):
    assert list(figures(plain((written, 10, 5)))) == [region]


@pytest.mark.parametrize("written", ["雄安", "雄安新区", "河北雄安新区", "雄安市"])
def test_xiongan_under_its_many_names(written):
    found = submission([TITLE, HEAD, (written, 10, 5)], province="河北")
    assert list(figures(found)) == ["雄安新区"]


def test_a_name_that_means_a_district_elsewhere_is_adopted_aloud():
    found = plain(("杨陵区", 10, 5), ("西安", 10, 5))
    changed = [p for p in found.problems if p.code == "region_changed"]
    assert [(p.cell, p.value) for p in changed] == [("A3", "杨陵区")]
    assert "杨凌示范区" in changed[0].message


def test_a_region_twice_is_named_with_both_cells():
    found = plain(("西安市", 10, 5), ("宝鸡市", 1, 1), ("西安", 20, 8))
    assert errors(found) == [("duplicate_region", "A5")]
    assert "A3" in found.problems[0].message


def test_regions_that_are_missing_are_named_and_are_no_fault():
    found = plain(*[(name, *numbers) for name, numbers in NOTICE.items() if name != "韩城市"])
    assert codes(found.problems) == ["regions_absent"]
    assert "韩城市" in found.problems[0].message


def test_one_citys_own_report_is_not_told_that_eleven_others_are_missing():
    assert plain(("西安市", 10, 5)).problems == ()


# -- the numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number", "said"),
    table("""
        128       | 128   |
        ０        | 0     | number_adopted
        １２８    | 128   | number_adopted
        1,234     | 1234  | number_adopted
        1，234    | 1234  | number_adopted
        12家      | 12    | number_adopted
        12 家     | 12    | number_adopted
        1.2万     | 12000 | number_adopted
        约300     | 300   | approximate_number
        近300家   | 300   | approximate_number
        300余家   | 300   | approximate_number
        300家左右 | 300   | approximate_number
    """),
)
def test_a_number_as_people_write_it(written, number, said):
    found = plain(("西安市", written, 0))
    assert figures(found) == {"西安市": (int(number), 0)}
    assert codes(found.problems) == ([said] if said else [])


@pytest.mark.parametrize(
    ("written", "code"),
    table("""
        很多               | not_a_number
        54.8%              | not_a_number
        1/2                | not_a_number
        9.1E+17            | not_a_number
        2024年3月1日       | not_a_number
        -3                 | negative_number
        −3                 | negative_number
        12.5               | not_whole
        911301021056789123 | too_large_number
        99999999999999999999999999 | too_large_number
    """),
)
def test_what_is_no_number_of_enterprises_is_refused_at_its_cell(written, code):
    found = plain(("西安市", written, 0))
    assert errors(found) == [(code, "B3")]
    assert written in found.problems[0].message


@pytest.mark.parametrize("blank", ["", "-", "—", "/", "未报", "无"])
def test_an_empty_cell_is_asked_for_and_is_never_zero(blank):
    found = plain(("西安市", 10, blank), TWO[1])
    assert errors(found) == [("missing_value", "C3")]


@pytest.mark.parametrize("blank", ["", "-", "未报"])
def test_a_region_without_any_figure_has_not_reported(blank):
    found = plain(("西安市", blank, blank), *[(n, *f) for n, f in NOTICE.items() if n != "西安市"])
    assert codes(found.problems) == ["unreported"]
    assert (found.problems[0].severity, found.problems[0].cell) == ("warning", "A3")
    assert "西安市" not in figures(found)


def test_a_total_is_compared_with_those_that_reported():
    assert not errors(plain(("西安市", "", ""), ("宝鸡市", 20, 8), ("合计", 20, 8)))
    assert errors(plain(("西安市", "", ""), ("宝鸡市", 20, 8), ("合计", 30, 8))) == [("total_differs", "B5")]


def test_a_sheet_where_nobody_reported_is_empty():
    assert ("empty_table", "") in errors(plain(("西安市", "", ""), ("宝鸡市", "", "")))


def test_error_values_of_excel_are_named_with_their_cells():
    rows = [TITLE, HEAD, ("西安市", "", 5), ("", 20, 8)]
    found = submission(sheet(rows, faults=[(2, 1, "#REF!"), (3, 0, "#N/A")]), province="陕西")
    assert sorted(errors(found)) == [("cell_fault", "A4"), ("cell_fault", "B3")]
    assert {p.value for p in found.problems if p.severity == "error"} == {"#REF!", "#N/A"}


def test_an_error_value_in_a_column_that_is_not_read_does_no_harm():
    rows = [TITLE, (*HEAD, "完成率"), ("西安市", 0, 0, "")]
    assert submission(sheet(rows, faults=[(2, 3, "#DIV/0!")]), province="陕西").problems == ()


def test_completed_may_equal_enrolled():
    assert not errors(plain(("西安市", 10, 10)))


# -- headings -----------------------------------------------------------------------------------


def test_a_missing_column_is_named():
    found = submission([TITLE, ("地区", "纳入治理企业数"), ("西安市", 10)], province="陕西")
    assert codes(found.problems, "error") == ["missing_column"]
    assert "完成治理企业数" in found.problems[0].message


def test_two_columns_of_one_meaning_are_refused():
    found = plain(("西安市", 10, 5, 6), head=(*HEAD, "已完成治理"))
    assert ("duplicate_column", "D2") in errors(found)
    assert "C2" in found.problems[0].message


def test_a_column_that_nobody_knows_is_mentioned_and_passed_over():
    found = plain(("西安市", 10, 5, "张三"), head=(*HEAD, "责任人"))
    assert codes(found.problems) == ["unknown_column"]
    assert (found.problems[0].cell, found.problems[0].value) == ("D2", "责任人")


def test_common_columns_are_passed_over_without_a_word():
    found = plain((1, "西安市", 10, 5, "50%", 3, "含高新区"), head=("序号", *HEAD, "完成率", "位次", "备注"))
    assert found.problems == ()


def test_a_head_without_a_body_is_empty():
    assert errors(plain()) == [("empty_table", "")]


@pytest.mark.parametrize(
    "rows",
    [[("一", "二"), ("三", "四")], [("姓名", "电话"), ("张三", "029")], [("地区", "面积"), ("西安", 1)]],
)
def test_a_sheet_without_any_known_heading(rows):
    found = submission(rows)
    assert codes(found.problems) == ["no_ledger"]
    assert found.ledger is None


# -- several sheets -------------------------------------------------------------------------------


def test_two_tables_in_one_workbook_are_two_submissions():
    first = sheet([TITLE, HEAD, *TWO], "进展")
    second = sheet([("2024年任务",), ("地区", "治理任务数"), ("西安市", 10)], "任务")
    found = submissions(first, second, province="陕西")
    assert [(one.ledger.id, one.sheet) for one in found] == [
        ("governance_progress", "进展"),
        ("governance_targets", "任务"),
    ]


def test_the_same_summary_twice_for_one_day_is_read_once_and_said():
    first, second = sheet([TITLE, HEAD, *TWO], "进展"), sheet([TITLE, HEAD, *TWO], "进展二")
    (found,) = submissions(first, second, province="陕西")
    assert (found.ledger.id, found.sheet) == ("governance_progress", "进展")
    said = next(p for p in found.problems if p.code == "more_tables")
    assert "进展二" in said.message


def test_the_ledger_may_be_chosen():
    first = sheet([TITLE, HEAD, *TWO], "进展")
    second = sheet([("2024年任务",), ("地区", "治理任务数"), ("西安市", 10)], "任务")
    found = submission(first, second, province="陕西", ledger="governance_targets")
    assert (found.ledger.id, found.sheet) == ("governance_targets", "任务")


def test_a_cover_sheet_comes_before_the_table():
    cover = sheet([("填报说明",), ("请如实填写",)], "说明")
    found = submission(cover, sheet([TITLE, HEAD, *TWO], "表"), province="陕西")
    assert (found.sheet, errors(found)) == ("表", [])


def test_half_a_table_on_the_first_sheet_does_not_hide_the_whole_one():
    contacts = sheet([("地区", "纳入企业联系人"), ("西安市", "张三")], "联系人")
    found = submission(contacts, sheet([TITLE, HEAD, *TWO], "表"), province="陕西")
    assert (found.sheet, errors(found)) == ("表", [])


def test_a_hidden_sheet_is_not_read_and_said_so():
    hidden = sheet([TITLE, HEAD, ("西安市", 1, 1)], "旧表", hidden=True)
    found = submission(hidden, sheet([TITLE, HEAD, *TWO], "表"), province="陕西")
    assert (found.sheet, codes(found.problems, "note")) == ("表", ["regions_absent", "hidden_sheet"])
