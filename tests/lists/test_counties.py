"""Counties report for themselves: the city is their sum, until somebody reports the whole city."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import sheet, submission, table, uscc
from zyb.access import on_this_machine
from zyb.intake import Submission
from zyb.records import Part, Source
from zyb.standing.tallies import Totals
from zyb.store import Store
from zyb.uploads import Prepared, accept, compare

TODAY = date(2025, 6, 30)
CITY = "610100"
COUNTIES = {"雁塔区": "610113", "长安区": "610116", "莲湖区": "610104"}


class City:
    """西安市 and what reaches the store about it, as small tables of invented enterprises."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self, where: str, day: str, text: str) -> Submission:
        """`where` stands above the table; its lines are `company | county | completed`."""
        head = ("企业名称", "统一社会信用代码", "县区", "是否完成治理")
        body = [(name, uscc(ord(name)), county, done) for name, county, done in table(text)]
        title = [(f"专项治理企业台账（截至{day}）",), (f"市/县/区：{where}",), head]
        return submission(sheet([*title, *body]), name="上报.xlsx", today=TODAY, province="陕西")

    def prepared(self, where: str, day: str, text: str) -> Prepared:
        content = f"{where}{day}{text}".encode()
        return compare(
            self.store,
            Prepared(file_name="上报.xlsx", content=content, submission=self.read(where, day, text)),
        )

    def reports(self, where: str, day: str, text: str) -> int:
        prepared = self.prepared(where, day, text)
        assert prepared.status == "accepted", prepared.problems
        return accept(self.store, prepared, by=on_this_machine("测试"))

    def totals(self, on: str) -> Totals:
        return self.store.totals([self.store.edition("610000", date.fromisoformat(on))])[0]

    def stands(self, on: str) -> tuple[int | None, int | None, dict[str, int]]:
        """Enrolled and completed of the city, and enrolled by county."""
        totals = self.totals(on)
        part = Part("governance_enterprises", CITY)
        names = {code: name for name, code in COUNTIES.items()}
        split = {names.get(code, code): n for code, n in totals.by_county(part, "enrolled").items()}
        return totals.amount(part, "enrolled"), totals.amount(part, "completed"), split


@pytest.fixture
def city(store: Store) -> City:
    return City(store)


YANTA = """
    甲 | 雁塔区 | 是
    乙 | 雁塔区 | 否
"""
CHANGAN = """
    丙 | 长安区 | 是
    丁 | 长安区 | 是
    戊 | 长安区 | 否
"""


def test_a_county_report_speaks_for_its_county_only(city):
    found = city.read("西安市雁塔区", "2025年3月31日", YANTA)
    assert found.parts() == (Part("governance_enterprises", CITY, 0, COUNTIES["雁塔区"]),)
    assert city.read("西安市", "2025年3月31日", YANTA).parts() == (Part("governance_enterprises", CITY),)


def test_the_title_names_a_county_but_a_row_lies_elsewhere_then_the_whole_city_is_meant(city):
    mixed = city.read("西安市雁塔区", "2025年3月31日", YANTA + CHANGAN)
    assert mixed.parts() == (Part("governance_enterprises", CITY),)


def test_the_city_is_the_sum_of_its_counties_reports(city):
    city.reports("西安市雁塔区", "2025年3月31日", YANTA)
    assert city.stands("2025-03-31") == (2, 1, {"雁塔区": 2})
    city.reports("西安市长安区", "2025年4月15日", CHANGAN)
    assert city.stands("2025-03-31") == (2, 1, {"雁塔区": 2})
    assert city.stands("2025-04-30") == (5, 3, {"雁塔区": 2, "长安区": 3})


def test_a_county_replaces_its_own_earlier_report_and_nobody_elses(city):
    city.reports("西安市雁塔区", "2025年3月31日", YANTA)
    city.reports("西安市长安区", "2025年3月31日", CHANGAN)
    city.reports("西安市雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是")
    assert city.stands("2025-04-30") == (4, 3, {"雁塔区": 1, "长安区": 3})


def test_a_later_report_of_the_whole_city_replaces_its_counties(city):
    city.reports("西安市雁塔区", "2025年3月31日", YANTA)
    city.reports("西安市长安区", "2025年3月31日", CHANGAN)
    city.reports("西安市", "2025年4月30日", "己 | 莲湖区 | 否")
    assert city.stands("2025-03-31") == (5, 3, {"雁塔区": 2, "长安区": 3})
    assert city.stands("2025-04-30") == (1, 0, {"莲湖区": 1})


def test_a_county_after_the_whole_city_replaces_its_share_of_it(city):
    city.reports("西安市", "2025年3月31日", YANTA + CHANGAN)
    city.reports("西安市雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是")
    assert city.stands("2025-04-30") == (4, 3, {"雁塔区": 1, "长安区": 3})


def test_withdrawing_a_countys_report_brings_the_citys_figure_back(city):
    city.reports("西安市", "2025年3月31日", YANTA + CHANGAN)
    number = city.reports("西安市雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是")
    city.store.withdraw(number, by="测试", reason="填错")
    assert city.stands("2025-04-30") == (5, 3, {"雁塔区": 2, "长安区": 3})


def test_a_countys_report_is_compared_with_its_rows_in_the_citys(city):
    city.reports("西安市", "2025年3月31日", YANTA + CHANGAN)
    counts = city.prepared(
        "西安市雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是\n乙 | 雁塔区 | 是\n庚 | 雁塔区 | 否"
    ).row_counts
    assert (counts.new, counts.changed, counts.same) == (1, 1, 1)


def test_the_whole_city_is_compared_with_the_counties_rows(city):
    city.reports("西安市雁塔区", "2025年3月31日", YANTA)
    city.reports("西安市长安区", "2025年3月31日", CHANGAN)
    counts = city.prepared("西安市", "2025年4月30日", YANTA + CHANGAN + "己 | 莲湖区 | 否").row_counts
    assert (counts.new, counts.changed, counts.same) == (1, 0, 5)


def test_a_countys_report_older_than_the_citys_is_said_to_change_the_past_only(city):
    city.reports("西安市", "2025年4月30日", YANTA + CHANGAN)
    older = city.prepared("西安市雁塔区", "2025年3月31日", YANTA)
    assert "older_than_latest" in [p.code for p in older.problems]


def test_a_unit_that_is_one_county_speaks_for_the_whole_of_itself(city):
    found = city.read("韩城市", "2025年3月31日", "甲 | 韩城市 | 是")
    assert found.parts() == (Part("governance_enterprises", "610581"),)
    assert found.body["county_code"].to_pylist() == ["610581"]


def test_what_the_preview_foretells_is_what_stands_afterwards(city):
    city.reports("西安市", "2025年3月31日", YANTA + CHANGAN)
    prepared = city.prepared("西安市雁塔区", "2025年4月30日", "甲 | 雁塔区 | 是")
    submission, before = prepared.submission, city.totals("2025-04-30")
    source = Source(accept(city.store, prepared, by=on_this_machine("测试")), date(2025, 4, 30))
    after = city.totals("2025-04-30")
    foretold = before.replaced_by(submission.tallies(), submission.parts(), source)
    part = Part("governance_enterprises", CITY)
    assert after.by_county(part, "enrolled") == {COUNTIES["雁塔区"]: 1, COUNTIES["长安区"]: 3}
    assert foretold.by_county(part, "enrolled") == after.by_county(part, "enrolled")
    assert foretold.amount(part, "completed") == after.amount(part, "completed") == 3
