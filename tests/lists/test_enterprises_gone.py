"""Enterprises that a list no longer holds are named before it replaces the one in force."""

from __future__ import annotations

from tests.lists.test_counties import City, city
from zyb.rulebook.problems import Problem

__all__ = ["city"]

MARCH = """
    甲 | 雁塔区 | 是
    乙 | 雁塔区 | 否
    丙 | 长安区 | 否
    丁 | 长安区 | 否
"""


def gone(city: City, where: str, day: str, text: str) -> list[Problem]:
    problems = city.prepared(where, day, text).problems
    return [found for found in problems if found.code == "enterprises_gone"]


def test_who_is_missing_is_counted_and_named(city: City) -> None:
    city.reports("西安市", "2025年3月31日", MARCH)
    (said,) = gone(city, "西安市", "2025年4月30日", "甲 | 雁塔区 | 是\n丙 | 长安区 | 是\n戊 | 长安区 | 否")
    assert said.severity == "warning" and said.value == "2"
    assert "乙、丁" in said.message and "2025年3月31日" in said.message


def test_a_list_that_only_grows_is_not_asked_about(city: City) -> None:
    city.reports("西安市", "2025年3月31日", MARCH)
    assert gone(city, "西安市", "2025年4月30日", MARCH + "戊 | 长安区 | 否") == []


def test_a_county_answers_for_its_own_enterprises_alone(city: City) -> None:
    city.reports("西安市", "2025年3月31日", MARCH)
    city.reports("雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是\n乙 | 雁塔区 | 是")
    (said,) = gone(city, "雁塔区", "2025年5月31日", "甲 | 雁塔区 | 是")
    assert (said.value, "丙" in said.message) == ("1", False)


def test_what_a_county_has_replaced_does_not_go_again(city: City) -> None:
    """乙 left with the county's own list; the city's next list misses 丁 only."""
    city.reports("西安市", "2025年3月31日", MARCH)
    city.reports("雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是")
    (said,) = gone(city, "西安市", "2025年5月31日", "甲 | 雁塔区 | 是\n丙 | 长安区 | 是")
    assert said.value == "1" and "丁" in said.message


def test_a_new_year_begins_anew(city: City) -> None:
    city.reports("西安市", "2024年12月31日", MARCH)
    assert gone(city, "西安市", "2025年1月31日", "甲 | 雁塔区 | 是") == []


def test_five_are_named_of_many(city: City) -> None:
    many = "\n".join(f"{name} | 雁塔区 | 否" for name in "甲乙丙丁戊己庚")
    city.reports("西安市", "2025年3月31日", many)
    (said,) = gone(city, "西安市", "2025年4月30日", "庚 | 雁塔区 | 否")
    assert said.value == "6" and "甲、乙、丙、丁、戊等" in said.message
