"""Institutions named in a list: which of the province's list is meant, and whose work is booked where."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from tests.books import codes, csv_bytes, sheet, submission, table, uscc
from zyb.access import on_this_machine
from zyb.answers.progress import standings, view
from zyb.errors import RulesError
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.places.institutions import institutions
from zyb.rulebook.regions import load_roster
from zyb.uploads import accept, prepare

# names of two institutions of one region | are they told as one? Those on the province's list are counted as one anyhow.
NAMES = """
    徐州市疾病预防控制中心 | 徐州市疾控中心 | 否
    徐州市疾病预防控制中心 | 市疾控         | 否
    徐州市职业病防治院     | 市职防院       | 是
    徐州市职业病防治院     | 徐州市疾控中心 | 否
    徐州市卫生监督所       | 卫生监督所     | 是
    沛县疾控中心           | 徐州市疾控中心 | 否
    江苏省疾控中心         | 徐州市疾控中心 | 否
    徐州市疾控中心         | 徐州市疾控中心 | 否
"""


@pytest.mark.parametrize(("one", "other", "told"), table(NAMES))
def test_two_names_of_one_institution_are_told(one: str, other: str, told: str) -> None:
    found = submission(
        sheet([
            ["江苏省疾控中心帮扶用人单位情况表（截至2024年6月30日）"],
            ["帮扶单位", "被帮扶对象名称", "帮扶时间", "地区"],
            [one, "甲公司", "2024-03-01", "徐州市"],
            [other, "乙公司", "2024-03-02", "徐州市"],
            [other, "丙公司", "2024-03-02", "南京市"],
        ])
    )  # fmt: skip
    warned = [p for p in found.problems if p.code == "institution_twice"]
    assert [p.cell for p in warned] == (["A4"] if told == "是" else [])
    assert found.n_rows == 3 or "institution_twice" in codes(found.problems)


# 帮扶单位 | what is said of it | where its row is booked
KINDS = """
    西安市疾病预防控制中心 | -                      | 610100
    西安疾控中心           | -                      | 610100
    市疾控中心             | -                      | 610100
    陕西省疾病预防控制中心 | provincial_institution | 610000
    省职防院               | provincial_institution | 610000
    雁塔区疾控中心         | county_institution     | 610100
    西安市职业病医院       | unknown_institution    | 610100
    陕西省第九医院         | unknown_institution    | 610000
    韩城市疾控中心         | unknown_institution    | 610100
"""


@pytest.mark.parametrize(("name", "told", "booked"), table(KINDS))
def test_each_institution_is_told_by_what_it_is_and_the_provinces_belongs_to_no_city(name, told, booked):
    found = submission(
        sheet([
            ["疾控中心帮扶用人单位情况表（截至2024年6月30日）"],
            ["帮扶单位", "被帮扶对象名称", "帮扶时间", "地区"],
            [name, "甲公司", "2024-03-01", "西安市"],
            [name, "乙公司", "2024-03-02", "西安市"],
        ]),
        province="陕西",
    )  # fmt: skip
    said = [p for p in found.problems if p.code.endswith("_institution")]
    assert [p.code for p in said] == ([told] if told != "-" else [])
    assert all(name in p.message and "2 行" in p.message for p in said)
    assert found.body["region_code"].unique().to_pylist() == [booked]


def test_a_table_of_the_provinces_own_institution_needs_no_region(store):
    """附件5 has no column for it; before, it was refused."""
    rows = [
        ["疾控中心帮扶用人单位情况表（截至2024年6月30日）"],
        ["帮扶单位：陕西省疾病预防控制中心"],
        ["被帮扶对象名称", "统一社会信用代码", "帮扶时间", "帮扶形式", "帮扶成员姓名"],
        ["甲公司", uscc(1), "2024-02-01", "现场", "张三"],
    ]
    prepared = prepare(store, csv_bytes(rows), "附件5.csv", today=date(2024, 7, 1), province="陕西")
    assert prepared.status == "accepted", prepared.problems
    accept(store, prepared, by=on_this_machine("测试"))
    seen = view(store, "陕西省", "cdc_floor", date(2024, 6, 30))
    found = standings(store, seen)
    assert (found.province.numerator, found.province.denominator, found.beside) == (0, 12, (0, 2))
    assert found.reported == []


def own_table(institution: str, *numbers: int) -> bytes:
    return csv_bytes([
        ["疾控中心帮扶用人单位情况表（截至2024年6月30日）"],
        [f"帮扶单位：{institution}"],
        ["被帮扶对象名称", "统一社会信用代码", "帮扶时间", "帮扶形式", "帮扶成员姓名"],
        *([f"甲{n}公司", uscc(n), "2024-02-01", "现场", "张三"] for n in numbers),
    ])  # fmt: skip


# What comes after a table of 陕西省疾控中心: whose, and is it said that the first would be left out?
AFTER = """
    陕西省职业病防治院     | 是
    陕西省疾病预防控制中心 | 否
    西安市疾控中心         | 否
"""


@pytest.mark.parametrize(("institution", "told"), table(AFTER))
def test_an_institution_that_a_new_list_leaves_out_is_named(store, institution, told):
    """Both are the province's own: of each region the newest list stands."""
    said = {"today": date(2024, 7, 1), "province": "陕西"}
    first = prepare(store, own_table("省疾控中心", 1, 2), "一.csv", **said)
    accept(store, first, by=on_this_machine("测试"))
    second = prepare(store, own_table(institution, 1, 2, 3), "二.csv", **said)
    found = [p for p in second.submission.problems if p.code == "institutions_gone"]
    assert [p.value for p in found] == (["陕西省疾病预防控制中心"] if told == "是" else [])
    assert "code_elsewhere" not in codes(second.submission.problems)


SLIPS = """
    陕西省疾控,市,,,甲        | 级别
    西安市疾控,市级,长安,,甲  | 应写明名册中的地区
    省疾控,省级,西安市,,甲    | 省级机构不写
    西安市疾控,市级,西安市,,  | basis
"""


@pytest.mark.parametrize(("line", "said"), table(SLIPS))
def test_a_slip_in_the_list_is_told_with_its_file_and_line(tmp_path, line, said):
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    file = folder / "provinces" / "陕西省" / "institutions.csv"
    file.write_text(f"name,level,region,aliases,basis\n{line}\n", encoding="utf-8")
    with using(Rulebook(folder)), pytest.raises(RulesError) as refused:
        institutions("陕西省")
    assert "provinces/陕西省/institutions.csv" in str(refused.value) and said in str(refused.value)


def test_one_spelling_for_two_institutions_is_refused(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    with (folder / "provinces" / "陕西省" / "institutions.csv").open("a", encoding="utf-8") as file:
        file.write("西安市第九医院,市级,西安市,西安市疾控中心,甲\n")
    with using(Rulebook(folder)), pytest.raises(RulesError, match="同时指向"):
        institutions("陕西省")


@pytest.mark.parametrize("province", ["陕西省", "河北省", "江苏省", "北京市", "新疆维吾尔自治区"])
def test_every_prefecture_has_its_institution_and_a_county_that_reports_for_itself_none(province):
    roster = load_roster(province)
    codes = [one.region_code for one in institutions(province)]
    assert codes[0] == ""
    for region in roster.regions:
        single = region.members == (region.code,) or region.carved
        assert (region.code in codes) != single
