"""位次: by unrounded values, equal values share a rank and the next is skipped (1, 2, 3, 3, 5)."""

from __future__ import annotations

from fractions import Fraction

from zyb.standing.arithmetic import ranks


def test_equal_values_share_a_rank_and_the_next_is_skipped(shaanxi):
    shaanxi.reports(
        """
        region | enrolled | completed
        西安   | 10       | 9
        宝鸡   | 10       | 8
        咸阳   | 10       | 7
        铜川   | 20       | 14
        渭南   | 10       | 1
        延安   | 0        | 0
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    placed = [(s.short, s.rank) for s in found.by_gap() if s.rank]
    assert placed == [("西安", 1), ("宝鸡", 2), ("咸阳", 3), ("铜川", 3), ("渭南", 5)]


def test_values_that_print_alike_are_still_ranked_by_what_they_are():
    """Both print as 54.8 %."""
    assert ranks({"a": Fraction(54801, 100000), "b": Fraction(54802, 100000)}) == {"a": 2, "b": 1}


def test_who_has_no_value_has_no_rank_and_stands_last():
    assert ranks({"a": None, "b": Fraction(0)}) == {"b": 1}


def test_places_gained_and_lost_since_the_report_before(shaanxi):
    """Whoever has finished adds nothing and does not stand still."""
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 1\n宝鸡 | 10 | 2\n咸阳 | 9 | 9", "2024-02-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5\n宝鸡 | 10 | 2\n咸阳 | 9 | 9", "2024-03-01")
    found = shaanxi.stands("2024-03-01")
    moved = {s.short: (s.rank_change, s.added, s.stalled) for s in found.reported}
    assert moved == {"西安": (1, 4, False), "宝鸡": (-1, 0, True), "咸阳": (0, 0, False)}
    assert (found.province.added, str(found.previous_as_of)) == (4, "2024-02-01")


def test_who_has_not_reported_again_is_silent_and_has_not_stood_still(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 1\n宝鸡 | 10 | 2", "2024-02-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", "2024-03-01")
    silent = shaanxi.stands("2024-03-01").region("610300")
    assert (silent.added, silent.stalled, silent.previous_rank) == (None, False, 1)


def test_tasks_that_arrive_between_two_reports_are_no_period_of_their_own(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 1", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 3", "2024-03-01")
    shaanxi.reports("region | year | target\n西安 | 2024 | 4", "2024-04-01", "governance_targets")
    found = shaanxi.stands("2024-04-01", "governance_annual").region("610100")
    assert (found.numerator, found.denominator, found.added, found.stalled) == (2, 4, 2, False)
