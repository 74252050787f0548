"""全省, 全市, 全区, 全国: each place is called what it is, and no province is told what another's documents say."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.books import table
from zyb.briefing.composing import usual_addressees
from zyb.briefing.outlines import campaign_texts, plans, rhythm
from zyb.briefing.text.phrases import kind_of_regions
from zyb.rulebook.book import rules_file
from zyb.rulebook.measures import campaigns, measures
from zyb.rulebook.places.divisions import provinces, provinces_and_nation
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import load_roster
from zyb.standing.alert_course import alert_rules

PLACES = [name for _, name in provinces_and_nation()]
# Who has issued what: the beginning of the number, or of the title, of its documents.
OWN_DOCUMENTS = {
    "陕西省": ("陕卫", "《关于做好2025年职业病危害源头治理"), "河北省": ("冀卫",), "天津市": ("津卫", "《天津市"),
    "江苏省": ("苏卫", "《扬州市", "《海陵区"),
}  # fmt: skip

CALLED = """
    place             | whole | own | letters go to
    ------------------+-------+-----+---------------------------------------------------
    陕西省            | 全省  | 本省 | 各设区市、杨凌示范区、韩城市卫生健康委（局）：
    河北省            | 全省  | 本省 | 各设区市、定州市、辛集市、雄安新区卫生健康委（局）：
    江苏省            | 全省  | 本省 | 各设区市卫生健康委（局）：
    北京市            | 全市  | 本市 | 各区卫生健康委：
    重庆市            | 全市  | 本市 | 各区县（自治县）卫生健康委：
    内蒙古自治区      | 全区  | 本区 | 各盟市卫生健康委：
    广西壮族自治区    | 全区  | 本区 | 各设区市卫生健康委：
    西藏自治区        | 全区  | 本区 | 各市（地）卫生健康委：
    新疆维吾尔自治区  | 全区  | 本区 | 各地（州、市）卫生健康委：
    全国              | 全国  | 国家 | 各省、自治区、直辖市及新疆生产建设兵团卫生健康委：
"""


def test_each_place_is_called_by_its_level():
    assert len(table(CALLED)) > 10
    for place, *expected in table(CALLED)[1:]:
        words, roster = level_words(place), load_roster(place)
        assert [words.whole, words.own, usual_addressees(roster, None)] == expected, place


def test_a_letter_to_one_province_names_it_alone():
    nation = load_roster("全国")
    assert usual_addressees(nation, nation.region("660000")) == "新疆生产建设兵团卫生健康委："
    assert level_words("全国").issuer == "国家卫生健康委员会办公厅"


def test_four_cities_five_regions_and_all_others_are_provinces():
    wholes = [level_words(name).whole for _, name in provinces()]
    assert [wholes.count(word) for word in ("全市", "全区", "全省")] == [4, 5, 22]


@pytest.mark.parametrize("place", PLACES)
def test_a_definition_speaks_of_the_place_itself(place):
    said = "".join(one.definition + one.gist + one.basis for one in measures(place).values())
    others = {"全省", "本省", "全市", "本市", "全区", "本区"} - {
        level_words(place).whole,
        level_words(place).own,
    }
    assert [word for word in others if word in said] == [] and "{" not in said


def documents_of_others(place: str) -> re.Pattern[str]:
    others = [mark for name, marks in OWN_DOCUMENTS.items() if name != place for mark in marks]
    return re.compile("|".join(map(re.escape, others)))


@pytest.mark.parametrize("place", PLACES)
def test_no_measure_of_a_place_rests_on_a_document_of_another(place):
    foreign = documents_of_others(place)
    assert measures(place)
    for one in measures(place).values():
        said = [one.basis, *(text for plan in one.plans for text in (plan.basis, plan.note))]
        assert not any(map(foreign.search, said)), (place, one.id)


@pytest.mark.parametrize("place", PLACES)
def test_what_a_report_demands_is_the_places_own_or_the_nations(place):
    assert campaign_texts("")
    for campaign in campaign_texts(""):
        assert {one.province for one in campaign.demands_on(place)} in ({place}, {""}, set())


def test_each_demand_rests_on_a_document_of_whom_it_binds():
    assert briefing()["campaigns"] and briefing()["rhythms"]
    for campaign, below in briefing()["campaigns"].items():
        for demand in below.get("requirements", ()):
            place = demand.get("province", "")
            assert not documents_of_others(place).search(demand["basis"]), (campaign, demand["title"])
    for one in briefing()["rhythms"]:
        assert not documents_of_others(one["province"]).search(one["basis"])


def briefing() -> dict[str, Any]:
    return tomllib.loads(rules_file("briefing.toml").read_text(encoding="utf-8"))


def test_a_rhythm_is_that_of_the_province_whose_report_it_is():
    known = {(one.province, name) for one in plans().rhythms for name in one.campaigns}
    assert known
    for place in PLACES:
        told = {name for name in campaigns() if rhythm(place, name)}
        assert told == {name for province, name in known if province == place}


@pytest.mark.parametrize("place", PLACES)
def test_no_alert_of_a_place_rests_on_a_document_of_another(place):
    rules, foreign = alert_rules(place), documents_of_others(place)
    said = [rules.basis, *(level.basis for level in rules.levels)]
    assert len(said) > 4 and [text for text in said if foreign.search(text)] == []


TOGETHER = """
    place             | called
    ------------------+-----------
    陕西省            | 市（区）
    江苏省            | 市
    北京市            | 区
    重庆市            | 区县
    内蒙古自治区      | 市（盟）
    广西壮族自治区    | 市
    西藏自治区        | 市（地区）
    新疆维吾尔自治区  | 地区
    全国              | 地区
"""


def test_what_its_regions_are_called_when_they_are_counted():
    assert len(table(TOGETHER)) > 9
    for place, called in table(TOGETHER)[1:]:
        assert kind_of_regions([region.name for region in load_roster(place).regions]) == called, place
