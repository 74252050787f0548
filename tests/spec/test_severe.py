"""严重行业: 附件2 has a code of the industry and no 风险类别. What the notices name is 严重, the rest 未分类 and said so."""

from __future__ import annotations

import random
import shutil
from datetime import date

import pytest

from tests.books import codes, sheet, submission, table
from tests.spec.lists import listed, saved
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.cli.standing import standing_row
from zyb.errors import RulesError
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.industries import risk

DAY = "2024-12-31"

# What stands in the column | 风险类别. 146号 附件2 二（一）: 矿山、建材、冶金、化工.
CODES = """
    06                   | 严重
    B0610                | 严重
    0810                 | 严重
    1011                 | 严重
    2614                 | 严重
    C3011                | 严重
    3110 炼铁            | 严重
    非金属矿物制品业     | 严重
    32                   | 严重
    07                   | -
    11                   | -
    2710                 | -
    4511                 | -
    5111                 | -
    B                    | -
    某                   | -
"""


@pytest.mark.parametrize(("written", "wanted"), table(CODES))
def test_only_the_industries_that_the_notices_name_are_severe(written, wanted):
    assert (risk(written) or "-") == wanted


# 石家庄's list: 风险类别, code, 已申报 → (declared, employers) of 严重行业应报尽报率 and of 应报尽报率. Before, without a
# column 风险类别 there was no figure of the first, and 批发 filled in as 严重 was counted in it.
ROWS = """
    risk | industry | declared | severe  | coverage
    -    | 3011     | 是       | 1/1     | 1/1
    -    | 3011     | 否       | 0/1     | 0/1
    -    | 2710     | 是       | None    | 1/1
    一般 | 3011     | 是       | None    | 0/0
    严重 | 2710     | 是       | 1/1     | 1/1
    严重 | 5111     | 是       | 0/0     | 1/1
    严重 | -        | 是       | 1/1     | 1/1
    -    | -        | 否       | None    | 0/1
"""


@pytest.mark.parametrize(("filled", "industry", "declared", "severe", "coverage"), table(ROWS)[1:])
def test_what_is_filled_in_holds_then_the_code_and_only_industry_counts(
    hebei, filled, industry, declared, severe, coverage
):
    listed(
        hebei,
        "employers",
        f"region | risk | industry | declared\n石家庄 | {filled} | {industry} | {declared}",
        DAY,
    )
    for measure, wanted in (("declaration_severe", severe), ("declaration_coverage", coverage)):
        own = hebei.stands(DAY, measure).region("130100")
        told = None if own.numerator is None else f"{own.numerator}/{own.denominator}"
        assert str(told) == wanted, measure


MIXED = """
    region | risk | industry | staff | declared | number
    石家庄 | -    | 3011     | 20    | 是       | 3
    石家庄 | -    | 2710     | 20    | 否       | 5
    石家庄 | -    | 2710     | 9     | 否       | 1
    石家庄 | 严重 | -        | 20    | 是       | 2
    承德   | -    | 5111     | 20    | 否       | 1
"""


def test_the_share_that_is_not_classified_is_said_of_region_and_province(hebei):
    listed(hebei, "employers", MIXED, DAY)
    found = hebei.stands(DAY, "declaration_severe")
    severe = "数据库11家中有6家（占54.5%）没有填报风险类别、行业也未分类，没有计入"
    nameless = "另有2家填报为严重而没有行业代码，按工业领域计入"
    assert found.caveats_of(found.region("130100")) == [severe, nameless]
    assert found.caveats_of(found.province)[0].startswith("数据库12家中有6家（占50.0%）")
    covered = hebei.stands(DAY, "declaration_coverage")
    assert covered.caveats_of(covered.region("130100")) == [
        "应报单位10家中有5家（占50.0%）没有填报风险类别、行业也未分类，照样计入"
    ]
    row = standing_row(found.province, found.caveats_of(found.province))
    assert "行业也未分类" in row["caveats"]


def test_a_document_says_how_many_are_not_classified(hebei):
    listed(hebei, "employers", MIXED, DAY)
    request = Request(province="河北省", kind="quarterly", on=date(2024, 12, 31), campaign="declaration")
    report = compose(hebei.store, request)
    assert any("行业也未分类，没有计入" in part.text for part in report.paragraphs)


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_equal_an_obvious_loop(hebei, seed):
    chance = random.Random(seed)
    severe, others, beyond = (
        ("0610", "1011", "2614", "3011", "3110", "3240"),
        ("2710", "4511"),
        ("5111", "A0111"),
    )
    rows = [
        {
            "region_code": "130100", "county_code": "", "name": f"{n}", "declared": chance.choice(("是", "否")),
            "industry": chance.choice((*severe, *others, *beyond, None)), "staff": chance.choice((5, 10, 80, None)),
            "risk": chance.choice(("严重", "一般", None, None)),
        }
        for n in range(120)
    ]  # fmt: skip
    saved(hebei, "employers", rows, DAY)
    kinds = {n: row["risk"] or ("严重" if row["industry"] in severe else None) for n, row in enumerate(rows)}
    industrial = {n for n, row in enumerate(rows) if row["industry"] not in beyond}
    sizable = {n for n, row in enumerate(rows) if row["staff"] is None or row["staff"] >= 10}
    done = {n for n, row in enumerate(rows) if row["declared"] == "是"}
    counted = {n for n in industrial if kinds[n] == "严重"}
    owed = {n for n in sizable if kinds[n] in ("严重", None)}
    for measure, wanted in (("declaration_severe", counted), ("declaration_coverage", owed)):
        own = hebei.stands(DAY, measure).region("130100")
        assert (own.numerator, own.denominator) == (len(wanted & done), len(wanted)), measure
    told = hebei.stands(DAY, "declaration_severe").caveats
    assert [one.number for one in told if one.region_code == "130100"] == [
        sum(kinds[n] is None for n in industrial),
        sum(row["risk"] == "严重" and row["industry"] is None for row in rows),
    ]


def test_a_category_that_the_code_contradicts_is_a_warning_and_holds():
    rows = [
        ("石家庄市职业病危害用人单位数据库（截至2024年9月30日）",),
        ("用人单位名称", "行业代码", "是否已申报", "风险类别"), ("甲公司", "3011", "是", "一般"), ("乙公司", "3011", "是", "严重"), ("丙公司", "2710", "是", "一般"),
        ("丁公司", "3011", "是", ""),
    ]  # fmt: skip
    found = submission(sheet(rows), name="上报.xlsx", today=date(2024, 12, 31), province="河北")
    told = [p for p in found.problems if p.code == "risk_not_of_industry"]
    assert [(p.cell, p.severity) for p in told] == [("D3", "warning")]
    assert "“一般”" in told[0].message and "3011" in told[0].message and "“严重”" in told[0].message
    assert found.body["risk"].to_pylist() == ["一般", "严重", "一般", None]
    assert "risk_not_of_industry" in codes(found.problems)


SLIPS = """
    3099999,严重,甲 | 不是
    30,重,甲        | 应为
    30,严重,        | basis
"""


@pytest.mark.parametrize(("line", "said"), table(SLIPS))
def test_a_slip_in_the_list_is_told_with_its_line(tmp_path, line, said):
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "severe_industries.csv").write_text(f"code,risk,basis\n{line}\n", encoding="utf-8")
    with using(Rulebook(folder)), pytest.raises(RulesError) as refused:
        risk("3011")
    assert "severe_industries.csv" in str(refused.value) and "第 2 行" in str(refused.value)
    assert said in str(refused.value)
