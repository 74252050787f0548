"""One region's own summary without a column 地区: the title, the sheet or the file says whose figures they are."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, csv_bytes, errors, sheet, submission, submissions
from zyb.uploads import prepare

TODAY = date(2025, 6, 30)
HEAD = ("纳入治理企业数", "完成治理企业数")
DAY = "（截至2025年5月31日）"


def alone(
    *lines: tuple, title: str = "", head: tuple = HEAD, page: str = "Sheet1", name: str = "上报.xlsx", **given
):
    rows = [(f"{title}{DAY}",), head, *lines]
    return submission(sheet(rows, page), name=name, today=TODAY, **{"province": "陕西", **given})


def said(found) -> list[str]:
    return [p.message for p in found.problems if p.code == "region_around"]


@pytest.mark.parametrize(
    ("title", "page", "name", "where"),
    [
        ("西安市专项治理进展", "Sheet1", "上报.xlsx", f"标题“西安市专项治理进展{DAY}”"),
        ("陕西省西安市专项治理进展", "西安", "西安市上报.xlsx", f"标题“陕西省西安市专项治理进展{DAY}”"),
        ("", "西安市", "上报.xlsx", "工作表名“西安市”"),
        ("", "Sheet1", "西安市进展.xlsx", "文件名“西安市进展”"),
    ],
)
def test_the_region_is_read_around_the_figures_and_where_is_said(title, page, name, where):
    found = alone((10, 5), title=title, page=page, name=name)
    assert not found.blocked
    assert [(row.region.name, row.values) for row in found.rows] == [
        ("西安市", {"enrolled": 10, "completed": 5})
    ]
    assert said(found) == [f"表中没有“地区”一列，按{where}作为西安市的数据入库。"]


@pytest.mark.parametrize(
    ("page", "name", "code"),
    [
        ("宝鸡市", "上报.xlsx", "sheet_of_another_place"),
        ("宝鸡", "上报.xlsx", "sheet_of_another_place"),
        ("Sheet1", "宝鸡市进展.xlsx", "place_contradicted"),
        ("Sheet1", "西安市、宝鸡市进展.xlsx", ""),
        ("Sheet1", "陕西省进展.xlsx", ""),
    ],
)
def test_a_title_and_a_name_of_two_places_are_asked_about(page, name, code):
    """A title is copied from another city's table sooner than it is written wrong."""
    found = alone((10, 5), title="西安市专项治理进展", page=page, name=name)
    assert errors(found) == ([(code, "")] if code else [])


def test_an_answer_decides_between_the_title_and_the_files_name():
    found = alone((10, 5), title="西安市专项治理进展", name="宝鸡市进展.xlsx", region="宝鸡市")
    assert (found.blocked, found.region_codes) == (False, ("610300",))


def test_the_title_names_the_province_as_well():
    found = alone((10, 5), title="西安市专项治理进展", province=None)
    assert (found.roster.province, found.region_codes) == ("陕西省", ("610100",))


def test_where_nothing_names_the_region_it_is_asked_for():
    found = alone((10, 5))
    assert errors(found) == [("region_unknown", "")]
    assert "标题、工作表名、文件名" in found.problems[0].remedy


def test_the_answer_to_the_question_is_taken_without_a_word():
    found = alone((10, 5), region="宝鸡市")
    assert (found.problems, found.region_codes) == ((), ("610300",))


def test_figures_of_a_county_are_never_filed_as_the_citys():
    found = alone((10, 5), title="西安市雁塔区专项治理进展")
    assert errors(found) == [("county_alone", "")]
    assert "雁塔区" in found.problems[0].message and "西安市" in found.problems[0].remedy


def test_a_unit_that_is_one_county_speaks_for_itself():
    assert alone((10, 5), title="韩城市专项治理进展").region_codes == ("610581",)


def test_a_signature_below_is_no_figure():
    found = alone((10, 5), ("西安市卫生健康委员会", "2025年6月3日"), title="西安市专项治理进展")
    assert (errors(found), found.n_rows) == ([], 1)


def test_a_wrong_total_is_named():
    head, title = ("年度", "申报数"), "西安市申报数量"
    assert errors(alone((2023, 100), (2024, 150), ("合计", 251), title=title, head=head)) == [
        ("total_differs", "B5")
    ]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (HEAD, [(10, 5), (20, 6)]),
        (("乡镇负责人", *HEAD), [("王某", 20, 6), ("李某", 10, 5)]),
    ],
    ids=["two lines", "a column of people"],
)  # fmt: skip
def test_a_column_of_regions_that_is_missing_is_asked_for_and_no_title_stands_in(head, lines):
    found = alone(*lines, head=head, title="西安市专项治理进展")
    assert codes(found.problems, "error") == ["missing_column"]
    assert "“地区”" in found.problems[-1].message
    assert said(found) == []


def test_a_county_is_no_region_whatever_the_title_says():
    found = alone(("雁塔区", 20, 6), head=("县区", *HEAD), title="西安市专项治理进展")
    assert codes(found.problems, "error") == ["unknown_region"]
    assert said(found) == []


@pytest.mark.parametrize("heading", ["", "报送的同志", "名称"])
@pytest.mark.parametrize("lines", [[("西安市", 10, 5), ("宝鸡市", 20, 6)], [("宝鸡市", 20, 6)]])
def test_the_column_of_regions_is_known_by_what_stands_in_it(heading, lines):
    found = alone(*lines, head=(heading, *HEAD), title="全省专项治理进展")
    assert not codes(found.problems, "error")
    assert [row.region.name for row in found.rows] == [line[0] for line in lines]


@pytest.mark.parametrize(
    ("title", "head", "lines", "tallies"),
    [
        ("西安市帮扶企业四率", ("帮扶企业数", "已申报", "已检测", "已体检", "已培训"), [(9, 8, 7, 6, 5)],
         {"assisted": 9, "declared": 8, "tested": 7, "examined": 6, "trained": 5}),
        ("西安市申报数量", ("年度", "申报数"), [(2023, 100), (2024, 150)], {"declared 2023": 100, "declared 2024": 150}),
        ("西安市申报数量", ("2023年申报数", "2024年申报数"), [(100, 150)], {"declared 2023": 100, "declared 2024": 150}),
        ("西安市职业病防治机构提质合规情况", ("指标", "应完成数", "已完成数"), [("能力确认", 3, 2), ("体检诊断机构质控覆盖", 4, 4), ("填表人：张某",)],
         {"due 能力确认": 3, "done 能力确认": 2, "due 体检诊断机构质控覆盖": 4, "done 体检诊断机构质控覆盖": 4}),
        ("2025年西安市中小微企业帮扶任务", ("年度", "帮扶任务数"), [(2025, 30)], {"target 2025": 30}),
    ],
)  # fmt: skip
def test_every_kind_of_summary(title, head, lines, tallies):
    found = alone(*lines, title=title, head=head)
    told = {
        " ".join(filter(None, (t.name, str(t.part.year or ""), t.item))): t.amount for t in found.tallies()
    }
    assert (told, found.region_codes, errors(found)) == (tallies, ("610100",), [])


def test_it_replaces_what_the_region_reported_before_and_nothing_else(store):
    content = csv_bytes([(f"西安市专项治理进展{DAY}",), HEAD, (10, 5)])
    prepared = prepare(store, content, "上报.csv", today=TODAY)
    assert (prepared.status, [part.region_code for part in prepared.submission.parts()]) == (
        "accepted",
        ["610100"],
    )


def test_a_box_of_figures_beside_the_table_itself_is_passed_over():
    table = sheet([(f"陕西省专项治理进展{DAY}",), ("地区", *HEAD), ("西安", 10, 5)], "汇总")
    box = sheet([("西安市",), HEAD, (11, 6)], "西安市")
    (found,) = submissions(box, table, today=TODAY, province="陕西")
    assert (found.sheet, errors(found)) == ("汇总", [])


def test_a_box_of_figures_about_nobody_does_not_hold_a_list_up():
    listed = [
        (f"西安市专项治理企业台账{DAY}",),
        ("企业名称", "地区", "是否完成治理"),
        ("甲公司", "西安市", "是"),
    ]
    found = submissions(
        sheet(listed, "台账"), sheet([("统计",), HEAD, (1, 1)], "统计"), today=TODAY, province="陕西"
    )
    assert [(one.ledger.id, errors(one)) for one in found] == [("governance_enterprises", [])]


def test_a_list_without_some_columns_is_still_a_list():
    rows = [
        (f"西安市专项治理企业台账{DAY}",),
        ("企业名称", "纳入日期", "完成日期"),
        ("甲公司", "2024.5.1", ""),
    ]
    assert submission(sheet(rows), today=TODAY, province="陕西").ledger.is_list
