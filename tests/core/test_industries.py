"""GB/T 4754-2017: the list is whole, and every way of writing an industry leads to its 大类."""

from __future__ import annotations

import pytest

from zyb.demo.enterprises import TRADES
from zyb.errors import RulesError
from zyb.rulebook import industries
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.industries import classification, division, industry, section


def test_the_list_has_as_many_codes_on_each_level_as_the_standard_says():
    known = classification()
    sizes = [len(level) for level in (known.sections, known.divisions, known.groups, known.classes)]
    assert sizes == [20, 97, 473, 1381]
    assert list(known.sections) == list("ABCDEFGHIJKLMNOPQRST")
    assert list(known.divisions) == [f"{number:02}" for number in range(1, 98)]


def test_every_group_has_classes_and_every_code_stands_under_its_own_division():
    known = classification()
    assert {code[:3] for code in known.classes} == set(known.groups)
    assert {code[:2] for code in known.groups} == set(known.divisions)
    titled = [*known.sections.values(), *known.groups.values(), *(d.title for d in known.divisions.values())]
    assert all(title and title == title.strip() for title in titled)


@pytest.mark.parametrize(
    ("code", "title", "letter"),
    [
        ("01", "农业", "A"), ("05", "农、林、牧、渔专业及辅助性活动", "A"), ("06", "煤炭开采和洗选业", "B"),
        ("12", "其他采矿业", "B"), ("13", "农副食品加工业", "C"), ("30", "非金属矿物制品业", "C"),
        ("33", "金属制品业", "C"), ("43", "金属制品、机械和设备修理业", "C"), ("44", "电力、热力生产和供应业", "D"),
        ("47", "房屋建筑业", "E"), ("51", "批发业", "F"), ("60", "邮政业", "G"), ("62", "餐饮业", "H"),
        ("65", "软件和信息技术服务业", "I"), ("69", "其他金融业", "J"), ("70", "房地产业", "K"),
        ("71", "租赁业", "L"), ("75", "科技推广和应用服务业", "M"), ("79", "土地管理业", "N"),
        ("82", "其他服务业", "O"), ("83", "教育", "P"), ("85", "社会工作", "Q"), ("90", "娱乐业", "R"),
        ("96", "基层群众自治组织及其他组织", "S"), ("97", "国际组织", "T"),
    ],
)  # fmt: skip
def test_a_division_has_its_title_and_its_section(code, title, letter):
    assert (industry(code), section(code)) == (title, letter)


@pytest.mark.parametrize(
    "written", ["06", "061", "0610", "B06", "B0610", "b0610", "0610 烟煤开采", "煤炭开采和洗选业", " 06 "]
)
def test_every_way_of_writing_coal_mining_is_coal_mining(written):
    found = division(written)
    assert found and (found.code, found.section, found.section_title) == ("06", "B", "采矿业")


def test_a_section_alone_is_called_by_its_own_title():
    assert industry("C") == industry("制造业") == "制造业"
    assert division("C") is None
    assert section("制造业") == "C"


@pytest.mark.parametrize("written", [None, "", "水泥厂", "IT", "X", "99", "6", "9999", "国际"])
def test_what_names_no_industry_has_no_title(written):
    assert industry(written) == ""
    assert division(written) is None


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("06", True), ("061", True), ("0610", True), ("B0610", True), ("C0610", False), ("0611", False), ("T", True),
        ("U", False), ("", False), ("IT", False), ("6", False), ("00610", False), ("7271", True), ("8053", True),
    ],
)  # fmt: skip
def test_a_code_is_known_only_as_the_standard_writes_it(code, known):
    assert classification().knows(code) is known


def test_a_class_goes_by_the_title_of_its_group():
    known = classification()
    assert known.title("0711") == known.title("B071") == "石油开采"
    assert (known.title("07"), known.title("B"), known.title("9999")) == ("石油和天然气开采业", "采矿业", "")


def test_the_invented_enterprises_have_codes_that_exist():
    assert [code for _, code, *_ in TRADES if not classification().knows(code)] == []


def test_a_line_in_the_wrong_place_is_named(tmp_path):
    wrong = tmp_path / industries.FILE
    wrong.write_text("code,title,classes\nA,农业门类,\n01,农业,\n021,林木育种,0211\n", encoding="utf-8")
    with using(Rulebook(tmp_path)), pytest.raises(RulesError, match="021"):
        classification()
