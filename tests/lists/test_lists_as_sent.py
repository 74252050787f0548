"""Lists as offices send them: examples left in, headings on every page, sums between the rows, what is hidden."""

from __future__ import annotations

import pytest

from tests.books import codes, errors, sheet, submission, submissions, uscc

TITLE = ("西安市专项治理企业台账（截至2024年6月30日）",)
HEAD = ("序号", "企业名称", "统一社会信用代码", "县区", "是否完成治理")
TWO = [(1, "甲公司", uscc(1), "雁塔区", "是"), (2, "乙公司", uscc(2), "碑林区", "否")]


def read(*rows, head=HEAD, **shown):
    return submission(sheet([TITLE, head, *rows], **shown), province="陕西")


def names(found) -> list[str]:
    return found.body["name"].to_pylist()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("例", "某公司", uscc(9), "雁塔区", "是"), ["example_row"]),
        (("示例", "某公司", uscc(9), "雁塔区", "是"), ["example_row"]),
        ((None, "例：某某公司", uscc(9), "雁塔区", "是"), ["example_row"]),
        (HEAD, []),
        (("雁塔区合计", None, None, None, None), []),
        (("雁塔区 计数", 1, None, None, None), []),
        ((None, "小计", 1, None, None), []),
        (("汇总", None, 2, None, None), []),
    ],
)
def test_a_line_between_the_rows_that_is_no_enterprise(row, said):
    found = read(TWO[0], row, TWO[1])
    assert names(found) == ["甲公司", "乙公司"]
    assert codes(found.problems) == said


def test_an_answer_that_is_also_a_heading_makes_no_new_table():
    head = (*HEAD, "帮扶情况")
    rows = [(*row, "已完成") for row in TWO]
    assert names(read(*rows, head=head)) == ["甲公司", "乙公司"]


def test_what_is_hidden_is_read_and_told():
    found = read(*TWO, unseen=([3], [3]))
    assert names(found) == ["甲公司", "乙公司"]
    assert [(p.code, p.value or p.cell) for p in found.problems] == [
        ("hidden_rows", "4"),
        ("hidden_column", "县区"),
    ]


def test_a_sum_that_differs_while_rows_are_hidden_names_them_as_a_cause():
    found = read(*TWO, ("合计", 1, None, None, None), unseen=([3], []))
    (told,) = (p for p in found.problems if p.code == "total_differs")
    assert "表中有 1 行被隐藏" in told.remedy


def by_county(name: str, *rows):
    return sheet([(f"西安市专项治理企业台账（{name}）",), ("截至2024年6月30日",), HEAD, *rows], name)


def test_sums_by_county_beside_the_lists_are_held_against_them_and_stop_nothing():
    summed = [
        ("西安市专项治理汇总表",), ("县（区）", "纳入治理企业数", "完成治理企业数"),
        ("雁塔区", 1, 1), ("碑林区", 2, 0), ("合计", 3, 1),
    ]  # fmt: skip
    lists = [by_county("雁塔区", TWO[0]), by_county("碑林区", TWO[1])]
    (found,) = submissions(sheet(summed, "汇总"), *lists, province="陕西")
    assert found.ledger and found.ledger.id == "governance_enterprises"
    assert not found.blocked and names(found) == ["甲公司", "乙公司"]
    assert [p.message for p in found.problems if p.code == "county_sum_differs"] == [
        "B4：碑林区的“纳入治理企业数”在汇总页“汇总”中为 2，名单中数出 1；按名单入库。"
    ]


def test_a_column_that_is_missing_names_the_figures_that_will_be_missing():
    rows = [
        ("西安市专项执法台账（截至2024年6月30日）",),
        ("企业名称", "统一社会信用代码", "违法行为", "立案日期", "是否查处到位"),
        ("甲公司", uscc(1), "未检测", "2024-03-05", "是"),
    ]
    found = submission(rows, province="陕西")
    assert [p.message for p in found.problems if p.code == "figures_missing"] == [
        "表中没有“整改完成日期”，入库后没有“违法案件整改率”的数。"
    ]
    whole = submission([rows[0], (*rows[1], "整改完成日期"), (*rows[2], "2024-04-01")], province="陕西")
    assert not errors(whole) and "figures_missing" not in codes(whole.problems)


def test_codes_and_names_are_known_by_what_stands_below():
    head = ("序号", "搞治理的", "USCC", "县区", "是否完成治理")
    assert names(read(*TWO, head=head)) == ["甲公司", "乙公司"]
    assert read(*TWO, head=head).body["uscc"].to_pylist() == [uscc(1), uscc(2)]
    lost = read((1, "甲公司", "9.16103E+17", "雁塔区", "是"), head=head)
    assert errors(lost) == [("code_lost_digits", "C3")]


def test_headings_on_every_page_make_one_table():
    rows = [("西安市帮扶企业情况（截至2024年6月30日）",), ("帮扶单位：西安市疾控中心",)]
    head = ("被帮扶对象名称", "统一社会信用代码", "帮扶时间")
    one, two = (("甲公司", uscc(1), "2024-03-05"), ("乙公司", uscc(2), "2024-03-06"))
    (found,) = submissions([*rows, head, one, head, two], ledger="cdc_guidance", province="陕西")
    assert found.body["institution"].to_pylist() == ["西安市疾控中心"] * 2


def test_nothing_in_the_column_of_what_need_not_be_done_is_told():
    head = (*HEAD[:4], "是否开展一次超标岗位职业病危害治理")
    rows = [(1, "甲公司", uscc(1), "雁塔区", "无"), (2, "乙公司", uscc(2), "碑林区", "是")]
    found = submission(
        [("西安市帮扶台账（截至2024年6月30日）",), head, *rows], ledger="assistance", province="陕西"
    )
    assert "taken_as" not in codes(found.problems)  # the other columns are missing: nothing has been read
    whole = ("是否开展职业病危害因素辨识", "是否建立一套实用的职业健康管理制度", "是否开展现场告知和防护用品配置指导",
             "是否举办一次职业健康培训", "是否开展一次超标岗位职业病危害治理", "是否完成帮扶工作目标")  # fmt: skip
    lines = [(*row[:3], "是", "是", "是", "是", row[4], "是") for row in rows]
    found = submission(
        [
            ("西安市帮扶台账（截至2024年6月30日）",),
            ("序号", "用人单位名称", "统一社会信用代码", *whole),
            *lines,
        ],
        province="陕西",
    )
    assert [(p.code, p.cell) for p in found.problems if p.code == "taken_as"] == [("taken_as", "H3")]
    assert found.body["remedied"].to_pylist() == ["不涉及", "是"]


@pytest.mark.parametrize("heading", ["检测机构", "第三方", "技术服务单位名"])
def test_firms_of_another_party_are_not_whom_the_list_is_about(heading):
    head = ("序号", heading, "统一社会信用代码", "县区", "是否完成治理")
    assert ("missing_column", "") in errors(read(*TWO, head=head))


def test_an_institution_that_is_stated_anew_within_the_list_holds_for_the_rows_below():
    head = ("被帮扶对象名称", "统一社会信用代码", "帮扶时间", "帮扶形式", "帮扶成员姓名")
    rows = [
        ("市级疾控中心/职业病防治院帮扶用人单位情况表（截至2024年6月30日）",), ("帮扶单位：西安市疾控中心",), head,
        ("甲公司", uscc(1), "2024-03-01", "现场", "张三"),
        ("帮扶单位（盖章）：西安市职业病防治院",),
        ("乙公司", uscc(2), "2024-03-02", "现场", "张三"),
        ("丙公司", uscc(3), "2024-03-02", "现场", "张三"),
    ]  # fmt: skip
    found = submission(sheet(rows), province="陕西")
    assert not found.blocked and "divided_list" not in codes(found.problems)
    assert found.body["institution"].to_pylist() == ["西安市疾控中心", *["西安市职业病防治院"] * 2]
