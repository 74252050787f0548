"""附件4 has no column for the county: it comes from what stands around the table, the address or the code, with a word."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, sheet, submission, table, uscc
from zyb.access import on_this_machine
from zyb.intake import Submission
from zyb.records import Part
from zyb.uploads import accept, prepare

HEAD = (
    "用人单位名称", "统一社会信用代码", "单位地址", "是否开展职业病危害因素辨识", "是否建立职业健康管理制度", "是否开展现场告知和防护用品配置指导",
    "是否举办职业健康培训", "是否开展超标岗位治理", "是否完成帮扶工作目标",
)  # fmt: skip
TODAY = date(2024, 12, 31)


def assisted(
    *rows: tuple[str, str], title: str = "石家庄市", name: str = "Sheet1", county: str = ""
) -> Submission:
    """附件4 with the code and the address of each employer; with `county` a column that says so of all."""
    head = (*HEAD, "县区") if county else HEAD
    lines = [
        (f"第{n}公司", code, address, "是", "是", "是", "是", "不涉及", "是", *([county] if county else []))
        for n, (code, address) in enumerate(rows)
    ]
    rows_of_sheet = [(f"{title}2024年中小微企业帮扶台账（截至2024年10月31日）",), head, *lines]
    return submission(sheet(rows_of_sheet, name), name="上报.xlsx", today=TODAY, province="河北")


def placed(found: Submission) -> list[tuple[str, str]]:
    roster = found.roster
    assert roster
    body = found.body.to_pylist()
    names = [roster.county_by_code(row["county_code"]) for row in body]
    return [
        (name.name if name else "-", row["county_source"] or "-")
        for name, row in zip(names, body, strict=True)
    ]


# Codes of 桥西区 of 石家庄 (130104), of 路南区 of 唐山, of a city's own authority, and one whose check digit fails.
AREAS = {
    "桥西": uscc(1, "130104"),
    "路南": uscc(2, "130202"),
    "市局": uscc(3, "130100"),
    "错": "91130104MA00000010",
    "-": "",
}

# code | address | county | where it was read | what is said. Before: no county, and 零进展 for all of them.
SOURCES = """
    桥西 | -                          | 桥西区     | 信用代码 | county_filled
    桥西 | 河北省石家庄市桥西区中山路 | 桥西区     | 单位地址 | county_filled
    桥西 | 石家庄长安区中山路1号      | 长安区     | 单位地址 | county_filled county_not_of_code
    市局 | 正定县常山路               | 正定县     | 单位地址 | county_filled
    -    | 石家庄市栾城县富强路       | 栾城区     | 单位地址 | county_filled
    -    | 石家庄市鹿泉市             | 鹿泉区     | 单位地址 | county_filled
    -    | 石家庄市井陉矿区矿市街     | 井陉矿区   | 单位地址 | county_filled
    路南 | 石家庄市高新区             | -          | -        | county_unknown
    错   | 石家庄市高新区             | -          | -        | county_unknown
    市局 | 中山路1号                  | -          | -        | county_unknown
    市局 | 长安区路1号                | -          | -        | county_unknown
    市局 | 厂区在桥西区               | -          | -        | county_unknown
    桥西 | 唐山市路南区新华道         | -          | -        | address_elsewhere county_unknown
    桥西 | 河北省唐山市路南区         | -          | -        | address_elsewhere county_unknown
    市局 | 路南区新华道               | -          | -        | county_unknown
"""


@pytest.mark.parametrize(("code", "address", "county", "source", "said"), table(SOURCES))
def test_a_county_is_read_from_the_address_and_else_from_the_code(code, address, county, source, said):
    found = assisted((AREAS[code], address.replace("-", "")))
    assert placed(found) == [(county, source)]
    told = [p.code for p in found.problems if p.code.startswith(("county_", "address_"))]
    assert sorted(told) == sorted(said.split())


def test_what_is_said_of_many_rows_is_said_once_and_shows_no_address():
    rows = [(AREAS["桥西"], f"石家庄市长安区{n}号") for n in range(7)] + [(AREAS["-"], "工业园")]
    found = assisted(*rows)
    told = {p.code: p.message for p in found.problems if p.code.startswith("county_")}
    assert told["county_filled"] == "有 7 行没有填写县区（A3、A4、A5、A6、A7等 7 处），按单位地址 7 行补上。"
    assert told["county_not_of_code"].startswith("有 7 行的单位地址与信用代码登记机关所在的县区不同")
    assert told["county_unknown"].startswith("有 1 行没有写明县区（A10）")
    assert not any("工业园" in one.message + one.remedy for one in found.problems)


# title | sheet | a column 县区 | address | county | where it was read | what is said
AROUND = """
    石家庄市桥西区 | Sheet1 | -      | -                | 桥西区 | 标题     | -
    石家庄市       | 桥西区 | -      | -                | 桥西区 | 工作表名 | -
    石家庄市       | Sheet1 | 桥西区 | -                | 桥西区 | 填写     | -
    石家庄市       | Sheet1 | 桥西区 | 石家庄市长安区   | 桥西区 | 填写     | county_not_of_address
    石家庄市       | 桥西区 | -      | 石家庄市长安区   | 桥西区 | 工作表名 | county_not_of_address
    石家庄市       | 桥西区 | -      | 唐山市路南区     | 桥西区 | 工作表名 | address_elsewhere
    定州市         | Sheet1 | -      | 保定市定州市     | 定州市 | 标题     | -
    保定市         | Sheet1 | -      | 保定市竞秀区     | 竞秀区 | 单位地址 | county_filled
    雄安新区       | Sheet1 | -      | 保定市雄县雄州镇 | 雄县   | 单位地址 | county_filled
"""


@pytest.mark.parametrize(("title", "name", "county", "address", "wanted", "source", "said"), table(AROUND))
def test_what_a_person_wrote_holds_and_an_address_that_says_otherwise_is_told(
    title, name, county, address, wanted, source, said
):
    plain = {"county": county.replace("-", ""), "title": title, "name": name}
    found = assisted((AREAS["-"], address.replace("-", "")), **plain)
    assert placed(found) == [(wanted, source)]
    told = [p.code for p in found.problems if p.code.startswith(("county_", "address_"))]
    assert told == said.replace("-", "").split()


# -- for whom a file speaks -----------------------------------------------------------------------

QIAOXI, CHANGAN = "石家庄市桥西区中山路", "石家庄市长安区中山路"


def test_a_county_in_the_title_beside_rows_that_name_the_city_is_that_countys_report():
    """Before: a 地区 of the city in the rows made it the whole city's."""
    lines = [
        ("甲公司", uscc(1, "130104"), "石家庄市", "", "否"),
        ("乙公司", uscc(2, "130104"), "石家庄市", "", "是"),
    ]
    rows = [
        ("石家庄市桥西区专项治理企业台账（截至2024年10月31日）",),
        ("企业名称", "统一社会信用代码", "地区", "县区", "是否完成治理"),
        *lines,
    ]
    found = submission(sheet(rows), name="上报.xlsx", today=TODAY, province="河北")
    assert found.parts() == (Part("governance_enterprises", "130100", 0, "130104"),)


def test_a_countys_title_over_rows_of_others_is_filed_as_the_whole_citys_with_a_word():
    found = assisted((AREAS["-"], QIAOXI), (AREAS["-"], CHANGAN), title="石家庄市")
    assert "county_title_of_whole" not in codes(found.problems)
    rows = [
        ("石家庄市桥西区专项治理企业台账（截至2024年10月31日）",),
        ("企业名称", "县区", "是否完成治理"), ("甲公司", "桥西区", "是"), ("乙公司", "长安区", "是"), ("丙公司", "长安区", "否"),
    ]  # fmt: skip
    found = submission(sheet(rows), name="上报.xlsx", today=TODAY, province="河北")
    assert found.parts() == (Part("governance_enterprises", "130100"),)
    (told,) = [p for p in found.problems if p.code == "county_title_of_whole"]
    assert "桥西区" in told.message and "2 行" in told.message and "石家庄市全市" in told.message


@pytest.mark.parametrize(("number", "told"), [(4, False), (5, True)])
def test_a_long_list_of_one_county_under_the_citys_name_is_pointed_out(number, told):
    found = assisted(*[(AREAS["-"], QIAOXI)] * number)
    assert ("one_county_for_all" in codes(found.problems)) == told
    assert found.parts() == (Part("assistance", "130100"),)


def test_sheets_of_some_counties_say_which_are_missing():
    def page(county: str) -> object:
        lines = (f"{county}一厂", "", "", "是", "是", "是", "是", "不涉及", "是")
        return sheet(
            [(f"石家庄市{county}2024年中小微企业帮扶台账（截至2024年10月31日）",), HEAD, lines], county
        )

    found = submission(page("桥西区"), page("长安区"), name="上报.xlsx", today=TODAY, province="河北")
    (told,) = [p for p in found.problems if p.code == "sheets_of_some_counties"]
    assert "石家庄市" in told.message and "新华区" in told.message and "桥西区" not in told.message


def test_where_a_county_was_read_is_kept_with_its_row(store):
    """新 rows of the store tell; those of an earlier program have nothing there."""
    from tests.books import csv_bytes

    lines = [
        ("甲公司", AREAS["桥西"], "", *["是"] * 4, "不涉及", "是"),
        ("乙公司", "", CHANGAN, *["是"] * 4, "不涉及", "是"),
    ]
    content = csv_bytes([("石家庄市2024年中小微企业帮扶台账（截至2024年10月31日）",), HEAD, *lines])
    prepared = prepare(store, content, "附件4.csv", today=TODAY, province="河北")
    number = accept(store, prepared, by=on_this_machine("测试"))
    with store._cursor() as cursor:
        kept = cursor.execute(
            "select county_code, county_source from rows_assistance where snapshot = ? order by line",
            [number],
        ).fetchall()
    assert kept == [("130104", "信用代码"), ("130102", "单位地址")]
