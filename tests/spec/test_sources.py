"""Summary table and list of enterprises feed the same measure: the first that is complete holds, region by region."""

from __future__ import annotations

from fractions import Fraction

from tests.spec.lists import listed

XIAN, BAOJI, XIANYANG = "610100", "610300", "610400"
LIST = """
    region | completed | number
    西安   | 是        | 6
    西安   | 否        | 4
    宝鸡   | 是        | 1
    宝鸡   | 否        | 3
"""


def test_the_summary_goes_before_the_list_and_the_list_before_silence(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", "2024-03-01")
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-05")
    found = shaanxi.stands("2024-03-31")
    values = {s.short: (s.numerator, s.denominator, str(s.as_of)) for s in found.reported}
    assert values == {"西安": (5, 10, "2024-03-01"), "宝鸡": (1, 4, "2024-03-05")}
    assert found.province.value == Fraction(6, 14)
    assert [s.ledger for s in found.reported] == ["governance_progress", "governance_enterprises"]


def test_half_a_summary_gives_way_to_a_whole_list(shaanxi):
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 9 | -", "2024-03-01")
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-05")
    found = shaanxi.stands("2024-03-31").region(BAOJI)
    assert (found.numerator, found.denominator, found.disagreement) == (1, 4, None)


def test_two_sources_that_differ_are_said_with_both_numbers(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5\n宝鸡 | 4 | 1", "2024-03-01")
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-05")
    found = shaanxi.stands("2024-03-31")
    assert [s.region_code for s in found.disagreeing] == [XIAN]
    assert found.disagreements == [
        (
            "西安市",
            "完成治理《专项治理进展汇总表》（截至2024年3月1日）为5家、《专项治理企业台账》（截至2024年3月5日）为6家",
        )
    ]


def test_a_withdrawn_summary_leaves_the_list(shaanxi):
    summary = shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", "2024-03-01")
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-05")
    shaanxi.withdraws(summary)
    found = shaanxi.stands("2024-03-31").region(XIAN)
    assert (found.numerator, found.denominator, found.disagreement) == (6, 10, None)


def test_a_period_is_that_of_the_source_that_holds(shaanxi):
    """A list that comes in between is no second report: what was added counts from the last summary."""
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 2", "2024-02-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", "2024-03-01")
    listed(shaanxi, "governance_enterprises", LIST, "2024-03-05")
    assert shaanxi.stands("2024-03-31").region(XIAN).added == 3


RATES = "region | assisted | declared | tested | examined | trained\n石家庄 | 10 | 9 | 8 | 7 | 10"
FLAGS = """
    region | declared | tested | number
    石家庄 | 是       | 是     | 8
    石家庄 | 是       | 否     | 2
    承德   | 是       | 否     | 4
"""


def test_the_four_rates_come_from_the_summary_and_else_from_the_list(hebei):
    hebei.reports(RATES, "2025-06-30", "assistance_rates")
    listed(hebei, "assistance", FLAGS, "2025-06-30")
    declared, tested, examined = (
        hebei.stands("2025-06-30", f"assistance_{rate}") for rate in ("declared", "tested", "examined")
    )
    assert {s.short: s.value for s in declared.reported} == {"石家庄": Fraction(9, 10), "承德": 1}
    assert [s.short for s in declared.disagreeing] == ["石家庄"]
    assert {s.short: s.value for s in tested.reported} == {"石家庄": Fraction(4, 5), "承德": 0}
    assert not tested.disagreeing
    # A list without the column 已体检 says nothing about it: that is no zero.
    assert {s.short for s in examined.reported} == {"石家庄"}
    assert examined.region("130800").denominator == 4


def test_the_fifth_of_the_five_steps_counts_only_who_has_posts_above_the_limits(hebei):
    flags = "region | identified | remedied | number\n承德 | 是 | 是 | 3\n承德 | 是 | 否 | 1\n承德 | 否 | 不适用 | 6"
    listed(hebei, "assistance", flags, "2024-08-31")
    shares = [
        hebei.stands("2024-08-31", f"assistance_{step}").region("130800").value
        for step in ("identified", "remedied")
    ]
    assert shares == [Fraction(4, 10), Fraction(3, 4)]


KINDS = """
    region | indicator    | due | done
    石家庄 | 监测任务承担 | 100 | 96
    石家庄 | 报送卡上报   | 50  | 49
    承德   | 监测任务承担 | 100 | 94
"""


def test_an_indicator_is_read_for_itself_and_who_leaves_it_out_has_not_reported(hebei):
    rows = "region | indicator | due | done\n" + "\n".join(KINDS.strip().splitlines()[1:])
    listed(hebei, "institutions", rows, "2025-12-31")
    share, cards = (hebei.stands("2025-12-31", name) for name in ("monitoring_share", "reporting"))
    assert {s.short: (s.value, s.verdict.title) for s in share.reported} == {
        "石家庄": (Fraction(96, 100), "全面完成"), "承德": (Fraction(94, 100), "相对滞后"),
    }  # fmt: skip
    assert {s.short: s.value for s in cards.reported} == {"石家庄": Fraction(49, 50)}


def test_employers_of_severe_risk_are_counted_by_themselves_where_the_risk_is_told(hebei):
    listed(hebei, "employers", """
        region | risk | staff | declared | number
        石家庄 | 严重 | 10    | 是       | 3
        石家庄 | 严重 | -     | 否       | 1
        石家庄 | 严重 | 9     | 否       | 4
        石家庄 | 一般 | 50    | 否       | 6
        承德   | -    | 12    | 是       | 5
        承德   | -    | -     | 否       | 1
    """, "2024-09-30")  # fmt: skip
    whole, severe = (
        hebei.stands("2024-09-30", name) for name in ("declaration_coverage", "declaration_severe")
    )
    assert {s.short: s.value for s in whole.reported} == {"石家庄": Fraction(3, 4), "承德": Fraction(5, 6)}
    assert {s.short: s.value for s in severe.reported} == {"石家庄": Fraction(3, 8)}
