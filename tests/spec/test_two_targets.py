"""Nation and province may both ask: the province's target binds, and both are told, each with its day and clause."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import invented
from tests.books import table
from tests.spec.conftest import Province
from zyb.briefing import both_targets, two_targets
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.rulebook.book import using
from zyb.rulebook.measures import measures
from zyb.ui.progress.league import rules_words

OWN = """
[[posts_exceeding.plans]]
start = 2025-01-01
due = {due}
target = "{target}"
basis = "陕卫测试〔2025〕9号 一"
"""

# the nation asks for 5 % by 2025-12-31; the province: its target and day → what is told of both
CASES = """
    target | due        | told
    -------+------------+--------------------------------------------------------
    3%     | 2025-12-31 | 国家5.0%（2025年12月31日）、本省3.0%（2025年12月31日）
    5%     | 2025-06-30 | 国家5.0%（2025年12月31日）、本省5.0%（2025年6月30日）
    5%     | 2025-12-31 | -
    none   | -          | -
"""


@pytest.mark.parametrize(("target", "due", "told"), table(CASES)[1:])
def test_both_are_told_where_they_differ_and_the_province_s_binds(tmp_path, store, target, due, told):
    own = {} if target == "none" else {"陕西省": OWN.format(target=target, due=due)}
    with using(invented.rules(tmp_path, invented.LIMITED, told="posts_exceeding", **own)):
        province = Province(store, "陕西省")
        province.reports("region | posts | exceeding\n西安 | 100 | 4\n宝鸡 | 100 | 9", "2025-03-31", "posts")
        found = province.stands("2025-03-31", "posts_exceeding")
        assert both_targets(found) == ("" if told == "-" else told)
        bound = Fraction(3, 100) if target == "3%" else Fraction(5, 100)
        assert found.plan.target == bound
        assert [s.verdict.title for s in found.reported] == [
            "相对滞后" if target == "3%" else "全面完成",
            "相对滞后",
        ]
        request = Request(province="陕西省", kind="monthly", on=date(2025, 3, 31), campaign="dust_toxics")
        report = compose(store, request)
        text = "".join([*report.notes, *(note for annex in report.annexes for note in annex.notes)])
        if told == "-":
            assert two_targets(found) == () and "本省目标" not in text + rules_words(found)
        else:
            assert told in rules_words(found) and f"目标：{told}，按本省目标评价。" in text
            (nation, its), (own_one, ours) = two_targets(found)
            assert (nation, own_one) == ("国家目标", "本省目标（按此评价）")
            assert "测试〔2025〕1号 二" in its and "陕卫测试〔2025〕9号 一" in ours
            assert its in text and ours in text, "each with its clause"


def test_what_hebei_asks_for_beyond_the_nation():
    known, day = measures("河北省"), date(2024, 9, 30)
    share, ability = known["monitoring_share"], known["capability_confirmed"]
    assert (share.plan_on(day).target, share.national_plan_on(day).target) == (
        Fraction(95, 100),
        Fraction(85, 100),
    )
    assert "承担85%以上" in share.national_plan_on(day).basis
    assert ability.plan_on(day).window.due == date(2024, 12, 31)
    assert ability.national_plan_on(day).window.due == date(2025, 12, 31)
    assert known["supervision"].national_plan_on(day) is None, "the nation's alone"
    assert all(one.national_plan_on(day) is None for one in measures("").values())


def test_whose_plans_are_another_measure_s_have_its_national_ones_too(tmp_path):
    """M takes the plans of T: what the nation asks of T is asked of M, whichever of the two the province changes."""
    shared = invented.LIMITED + invented.WITHIN.replace(
        "[posts_within]", '[posts_within]\nplans_of = "posts_exceeding"'
    )
    for number, changed in enumerate(("posts_exceeding", "posts_within")):
        own = OWN.format(target="3%", due="2025-12-31").replace("posts_exceeding", changed)
        with using(invented.rules(tmp_path / str(number), shared, 陕西省=own)):
            within = measures("陕西省")["posts_within"]
            assert within.plan_on(date(2025, 3, 1)).target == Fraction(3, 100)
            assert within.national_plan_on(date(2025, 3, 1)).target == Fraction(5, 100)
