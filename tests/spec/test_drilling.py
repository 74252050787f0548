"""From a region to its counties, kinds and enterprises: the parts are those of the region's own figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.spec.lists import listed, saved
from zyb.answers.drilling import counties, enterprises, kinds
from zyb.answers.progress import View, view
from zyb.errors import RulesError
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures, parse_measures
from zyb.rulebook.toml import parse

XIAN, BAOJI = "610100", "610300"


def seen(province, measure: str, day: str) -> View:
    return view(province.store, province.name, measure, date.fromisoformat(day))


def by_county(province, measure: str, day: str, region: str = XIAN) -> dict[str, tuple[int, int | None]]:
    found = counties(province.store, seen(province, measure, day), region)
    return {figure.county: (figure.numerator, figure.denominator) for figure in found}


def test_only_the_item_of_the_measure_is_counted_in_a_county(shaanxi):
    """严重 alone, as in the region's own figure; employers of another risk are not among them."""
    listed(shaanxi, "employers", """
        region | county | risk | declared | number
        西安   | 雁塔区 | 严重 | 是       | 2
        西安   | 雁塔区 | 严重 | 否       | 1
        西安   | 雁塔区 | 一般 | 否       | 7
        西安   | 长安区 | 一般 | 是       | 5
    """, "2024-09-30")  # fmt: skip
    assert by_county(shaanxi, "declaration_severe", "2024-09-30") == {"雁塔区": (2, 3)}


LIST = """
    region | county | completed | number
    西安   | 雁塔区 | 是        | 3
    西安   | 长安区 | 否        | 2
"""


def test_counties_come_from_the_second_source_where_that_is_the_one_that_holds(shaanxi):
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-31")
    assert by_county(shaanxi, "governance_completion", "2024-03-31") == {"雁塔区": (3, 3), "长安区": (0, 2)}


def test_a_summary_that_holds_leaves_the_counties_to_the_list(shaanxi):
    """A summary knows no counties; the card names the list that they are taken from."""
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", "2024-03-31")
    assert by_county(shaanxi, "governance_completion", "2024-03-31") == {"雁塔区": (3, 3), "长安区": (0, 2)}
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 4 | 1", "2024-03-31")
    assert by_county(shaanxi, "governance_completion", "2024-03-31", BAOJI) == {}


def test_two_sources_are_never_mixed_in_one_county(hebei):
    """The rates of 石家庄 come from the summary, those of its counties from the list alone."""
    hebei.reports("region | assisted | declared\n石家庄 | 10 | 9", "2025-06-30", "assistance_rates")
    flags = "region | county | declared | number\n石家庄 | 桥西区 | 是 | 2\n石家庄 | 桥西区 | 否 | 1"
    listed(hebei, "assistance", flags, "2025-06-30")
    assert by_county(hebei, "assistance_declared", "2025-06-30", "130100") == {"桥西区": (2, 3)}


def test_counties_of_what_was_added_this_year_leave_out_what_was_there_at_new_year(shaanxi):
    listed(shaanxi, "governance_enterprises", LIST, "2023-12-31")
    grown = LIST + "    西安 | 长安区 | 是 | 4\n"
    listed(shaanxi, "governance_enterprises", grown, "2024-03-31")
    shaanxi.reports("region | year | target\n西安 | 2024 | 9", "2024-01-01", "governance_targets")
    assert by_county(shaanxi, "governance_annual", "2024-03-31") == {"雁塔区": (0, None), "长安区": (4, None)}


def test_counties_add_up_to_the_share_over_two_lists(shaanxi):
    listed(shaanxi, "governance_enterprises", "region | uscc\n西安 | A\n西安 | B", "2024-06-30")
    listed(
        shaanxi,
        "assistance",
        "region | county | uscc\n西安 | 雁塔区 | A\n西安 | 雁塔区 | C\n西安 | 长安区 | B",
        "2024-06-30",
    )
    assert by_county(shaanxi, "assistance_from_governance", "2024-06-30") == {
        "雁塔区": (1, 2),
        "长安区": (1, 1),
    }


def test_a_floor_over_counties_is_no_sum_of_theirs(shaanxi):
    listed(
        shaanxi, "assistance", "region | county | completed | number\n西安 | 雁塔区 | 是 | 30", "2024-06-30"
    )
    assert by_county(shaanxi, "county_floor", "2024-06-30") == {}


def test_the_rows_of_a_county_that_reported_for_itself_replace_those_of_the_regions_list(shaanxi):
    listed(
        shaanxi, "assistance", "region | county | name\n西安 | 雁塔区 | 旧\n西安 | 长安区 | 甲", "2024-05-31"
    )
    own = [{"region_code": XIAN, "county_code": "610113", "name": "新"}]
    saved(shaanxi, "assistance", own, "2024-06-30", "610113")
    found = seen(shaanxi, "assistance_identified", "2024-06-30")

    def names(county: str = "") -> list[object]:
        traces = enterprises(shaanxi.store, found, ledgers()["assistance"], XIAN, county)
        return [trace.values["name"] for trace in traces]

    assert (names(), names("610113"), names("610116")) == (["甲", "新"], ["新"], ["甲"])


def test_counties_without_a_value_come_after_those_with_the_lowest(shaanxi):
    lines = "西安 | 雁塔区 | 不适用\n西安 | 长安区 | 是\n西安 | 临潼区 | 否"
    listed(shaanxi, "assistance", f"region | county | remedied\n{lines}", "2024-06-30")
    found = counties(shaanxi.store, seen(shaanxi, "assistance_remedied", "2024-06-30"), XIAN)
    assert [(figure.county, figure.value) for figure in found] == [
        ("临潼区", 0),
        ("长安区", 1),
        ("雁塔区", None),
    ]


# -- by kind --------------------------------------------------------------------------------


def of_kinds(province, measure: str, day: str, place: int = 0, region: str | None = None) -> list[tuple]:
    found = seen(province, measure, day)
    told = kinds(province.store, found, found.measure.breakdowns[place], region)
    return [(figure.kind, figure.numerator, figure.denominator, figure.value) for figure in told]


EMPLOYERS = """
    region | industry | declared | staff | number
    西安   | 3032     | 是       | 50    | 2
    西安   | C3011    | 否       | 50    | 1
    西安   | 0610     | 是       | -     | 1
    西安   | 0610     | 否       | 9     | 5
    宝鸡   | 30       | 是       | 10    | 1
    宝鸡   | -        | 否       | 10    | 1
"""


def test_declaration_by_industry_goes_by_division_and_names_it(shaanxi):
    listed(shaanxi, "employers", EMPLOYERS, "2024-09-30")
    assert of_kinds(shaanxi, "declaration_coverage", "2024-09-30") == [
        ("30 非金属矿物制品业", 3, 4, Fraction(3, 4)),
        ("06 煤炭开采和洗选业", 1, 1, Fraction(1)),
        ("未填写", 0, 1, Fraction(0)),
    ]
    assert of_kinds(shaanxi, "declaration_coverage", "2024-09-30", region=BAOJI) == [
        ("30 非金属矿物制品业", 1, 1, Fraction(1)), ("未填写", 0, 1, Fraction(0)),
    ]  # fmt: skip


def test_the_kinds_add_up_to_the_figure_itself(shaanxi):
    listed(shaanxi, "employers", EMPLOYERS, "2024-09-30")
    province = shaanxi.stands("2024-09-30", "declaration_coverage").province
    told = of_kinds(shaanxi, "declaration_coverage", "2024-09-30")
    assert (province.numerator, province.denominator) == (sum(t[1] for t in told), sum(t[2] for t in told))


def test_a_section_stands_beside_each_division(shaanxi):
    listed(shaanxi, "employers", EMPLOYERS, "2024-09-30")
    found = seen(shaanxi, "declaration_coverage", "2024-09-30")
    told = kinds(shaanxi.store, found, found.measure.breakdowns[0], None)
    assert [figure.group for figure in told] == ["制造业", "采矿业", ""]


def test_without_the_column_there_is_nothing_to_break_down(shaanxi):
    listed(shaanxi, "employers", "region | declared\n西安 | 是", "2024-09-30")
    assert of_kinds(shaanxi, "declaration_coverage", "2024-09-30") == []


def test_cases_are_counted_by_violation_and_by_disposal_once_for_each_that_is_named(shaanxi):
    listed(shaanxi, "enforcement", """
        region | violations   | disposal | resolved
        西安   | 未申报、未检测 | 警告、罚款 | 是
        宝鸡   | 未检测       | -        | 否
    """, "2024-09-30")  # fmt: skip
    assert of_kinds(shaanxi, "enforcement_resolved", "2024-09-30") == [
        ("未检测", 1, 2, Fraction(1, 2)), ("未申报", 1, 1, Fraction(1)),
    ]  # fmt: skip
    assert of_kinds(shaanxi, "enforcement_resolved", "2024-09-30", 1) == [
        ("罚款", 1, 1, Fraction(1)), ("警告", 1, 1, Fraction(1)), ("未填写", 0, 1, Fraction(0)),
    ]  # fmt: skip


def test_of_the_cases_resolved_those_rectified_are_counted_kind_by_kind(shaanxi):
    listed(shaanxi, "enforcement", """
        region | violations   | resolved | rectified_on
        西安   | 未申报、未检测 | 是      | 2024-08-01
        宝鸡   | 未检测       | 是      | -
        宝鸡   | 其他         | 否      | -
    """, "2024-09-30")  # fmt: skip
    found = seen(shaanxi, "enforcement_resolved", "2024-09-30")
    told = kinds(shaanxi.store, found, found.measure.breakdowns[0], None)
    assert {figure.kind: (figure.numerator, figure.followed, figure.followed_value) for figure in told} == {
        "未检测": (2, 1, Fraction(1, 2)),
        "未申报": (1, 1, Fraction(1)),
        "其他": (0, 0, None),
    }


def test_every_breakdown_that_ships_is_of_a_tally_that_is_split():
    shipped = [b for measure in measures("陕西省").values() for b in measure.breakdowns]
    assert len(shipped) >= 3
    for breakdown in shipped:
        for operand in breakdown.operands:
            ledger = ledgers()[operand.ledger]
            (rule,) = (rule for rule in ledger.tallies if rule.name == operand.tally)
            assert rule.by and rule.divisions == breakdown.classified


def test_a_breakdown_by_a_tally_that_is_not_split_is_refused():
    rule = """
        [coverage]
        title = "率"
        campaign = "declaration"
        kind = "ratio"
        definition = "口径"
        basis = "文号"
        numerator = { tally = "employers.declared", title = "已申报" }
        denominator = { tally = "employers.employers", title = "单位" }
        breakdowns = [{ title = "分", heading = "类", counted = "employers.employers" }]
    """
    with pytest.raises(RulesError, match="按项分列"):
        parse_measures(parse(rule))
