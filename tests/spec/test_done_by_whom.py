"""全部完成 is said of the whole only where all of it has spoken, be there a plan or none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import table
from tests.spec.conftest import Province
from tests.spec.test_sentences import sentences
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.remarks import few_words
from zyb.rulebook.regions import load_roster
from zyb.store import Store

KINDS = ("monthly", "quarterly", "yearly")
ALL = 32
SPEAK_OF = {
    "全国": [one.name for one in load_roster("全国").regions],
    "陕西省": [one.name for one in load_roster("陕西省").regions],
}


def reported(names: list[str], done: int) -> str:
    return "region | enrolled | completed\n" + "\n".join(f"{name} | 10 | {done}" for name in names)


# 专项治理 has no plan at the national level. How many of the 32 have reported, all of them all done; what is said of it, and the verdict.
NATION = """
    speak | said                     | verdict
    1     | -                        | 未设时序
    15    | -                        | 未设时序
    16    | 已报送的地区均已全部完成。 | 未设时序
    31    | 已报送的地区均已全部完成。 | 未设时序
    32    | 全国已全部完成。           | 全面完成
"""


@pytest.mark.parametrize(("speak", "said", "verdict"), table(NATION)[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_the_country_has_done_all_once_all_provinces_have_said_so(store: Store, kind, speak, said, verdict):
    nation = Province(store, "全国")
    nation.reports(reported(SPEAK_OF["全国"][: int(speak)], 10), "2024-03-31")
    told = told_of(nation, kind)
    assert told.get("remainder", "-") == said
    assert ("全国已全部完成" in "".join(told.values())) == (int(speak) == ALL)
    assert nation.stands("2024-03-31").province.verdict.title == verdict


def told_of(place: Province, kind: str, campaign: str = "governance") -> dict[str, str]:
    on = date(2024, 3, 31)
    return sentences(compose(place.store, Request(province=place.name, kind=kind, on=on, campaign=campaign)))


def test_a_province_of_which_some_cities_are_silent_has_not_done_all(store: Store):
    nation, shaanxi = Province(store, "全国"), Province(store, "陕西省")
    nation.reports(reported([name for name in SPEAK_OF["全国"] if name != "陕西省"], 10), "2024-03-31")
    cities = SPEAK_OF["陕西省"]
    shaanxi.reports(reported(cities[:-1], 10), "2024-03-31")
    assert told_of(nation, "yearly")["remainder"] == "已报送的地区均已全部完成。"
    shaanxi.reports(reported(cities[-1:], 10), "2024-03-31")
    assert told_of(nation, "yearly")["remainder"] == "全国已全部完成。"


# Figures of December speak no longer for the end of March: nobody is judged by the few that are new, however much was done.
@pytest.mark.parametrize(("done", "title"), [(10, "报送不足"), (0, "报送不足")])
def test_few_new_reports_make_no_verdict_where_there_is_no_plan_either(store: Store, done, title):
    nation = Province(store, "全国")
    nation.reports(reported(SPEAK_OF["全国"], done), "2023-12-31")
    nation.reports(reported(SPEAK_OF["全国"][:2], done), "2024-03-31")
    found = nation.stands("2024-03-31")
    assert few_words(found) == "32 个地区中仅 2 个报送本期数据，不作评价"
    assert found.province.verdict.title == title
    assert "remainder" not in told_of(nation, "yearly") or done == 0
    assert "全国已全部完成" not in "".join(told_of(nation, "yearly").values())


# With the plan of a province: the same of the year's task, whose figures come with the report.
@pytest.mark.parametrize("kind", KINDS)
def test_a_province_has_done_all_once_all_regions_have_said_so(store: Store, kind):
    shaanxi = Province(store, "陕西省")
    shaanxi.reports(reported(SPEAK_OF["陕西省"][:-1], 10), "2024-03-31")
    text = "".join(told_of(shaanxi, kind).values())
    assert "已报送的地区均已全部完成" in text and "全省已全部完成" not in text and "各地均" not in text
