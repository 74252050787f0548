"""联动核查: who should stand in another list and does not, who stands where they should not; and every trap of names and codes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.firms import code, found, mistyped, only, place, sends, survey
from tests.spec.lists import listed
from zyb.access import on_this_machine
from zyb.crosscheck import check_survey, link, refute, reopen, settle, unlink
from zyb.errors import NotPossible

EXCEEDING, HELPED, GOVERNED, EMPLOYERS = "exceedances", "assistance", "governance_enterprises", "employers"
NOT_HELPED, NOT_GOVERNED, NOT_DECLARED = (
    "exceeding_not_assisted",
    "exceeding_not_governed",
    "governed_not_declared",
)
DAY = "2025-06-30"
BY = on_this_machine("王某")


# -- who is in no other list ----------------------------------------------------------------

TRAPS = """
    what it is                      | ours                                 | theirs                               | found | close
    --------------------------------+--------------------------------------+--------------------------------------+-------+------
    the same code                   | 雁塔区,甲机械厂,A                    | 雁塔区,甲机械厂,A                    | no    | -
    renamed: the code stays         | 雁塔区,华山铸造有限公司,A            | 雁塔区,秦岭新材料有限公司,A          | no    | -
    moved to another county         | 雁塔区,甲机械厂,A                    | 长安区,甲机械厂,A                    | no    | -
    full-width letters              | 雁塔区,甲ＡＢ机械厂,-                | 雁塔区,甲AB机械厂,A                  | no    | -
    full-width code                 | 雁塔区,甲机械厂,ＷＩＤＥ             | 雁塔区,乙机械厂,A                    | no    | -
    brackets and blanks             | 雁塔区,甲（西安）机械 厂,-           | 雁塔区,甲(西安)机械厂,A              | no    | -
    有限责任公司                    | 雁塔区,甲机械有限责任公司,-          | 雁塔区,甲机械有限公司,A              | no    | -
    the province with 省            | 雁塔区,陕西省甲机械厂,-              | 雁塔区,陕西甲机械厂,A                | no    | -
    same name, another county       | 雁塔区,甲机械厂,-                    | 长安区,甲机械厂,A                    | yes   | 0
    same name twice in theirs       | 雁塔区,甲机械厂,-                    | 雁塔区,甲机械厂,A;雁塔区,甲机械厂,B  | yes   | 2
    same name, two good codes       | 雁塔区,甲机械厂,A                    | 雁塔区,甲机械厂,B                    | yes   | 1
    mistyped code, same name        | 雁塔区,甲机械厂,~A                   | 雁塔区,甲机械厂,A                    | no    | -
    mistyped code, name shortened   | 雁塔区,西安甲乙丙机械厂,~A           | 雁塔区,甲乙丙机械,A                  | yes   | 1
    mistyped code, another employer | 雁塔区,甲机械厂,~A                   | 雁塔区,大明宫面粉公司,B              | yes   | 0
    a pilot code on one side        | 雁塔区,甲机械厂,M00000000000000001   | 雁塔区,甲机械厂,A                    | no    | -
    a pilot code on both            | 雁塔区,甲机械厂,M00000000000000001   | 雁塔区,乙面粉厂,M00000000000000001   | no    | -
    a placeholder is no code        | 雁塔区,甲机械厂,000000000000000000   | 雁塔区,大明宫面粉,000000000000000000 | yes   | 0
    a branch is not its head office | 雁塔区,甲乙丙机械公司西安分公司,-    | 雁塔区,甲乙丙机械公司西安公司,A      | yes   | 0
    第一 is not 第二                | 雁塔区,华山矿业第一采石场,-          | 雁塔区,华山矿业第二采石场,A          | yes   | 0
    a letter of the name mistaken   | 雁塔区,西安华山精密机械制造厂,-      | 雁塔区,西安华山精密机诫制造厂,A      | yes   | 1
    in no county, nobody is sure    | -,甲乙丙精密机械厂,-                 | 雁塔区,甲乙丙精密机械厂,A            | yes   | 1
"""
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in TRAPS.strip().splitlines()
    if "|" in line and "-+-" not in line
][1:]


def rows(text: str) -> str:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code("A"))
    lines = [line.replace("ＷＩＤＥ", wide).split(",") for line in text.split(";")]
    return "region | county | name | uscc\n" + "\n".join(f"西安 | {' | '.join(line)}" for line in lines)


@pytest.mark.parametrize(("ours", "theirs", "missing", "close"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])  # fmt: skip
def test_nobody_is_known_again_by_guessing(shaanxi, ours, theirs, missing, close):
    """What is beyond doubt links; whatever may be meant is shown to a person."""
    sends(shaanxi, EXCEEDING, rows(ours), "2024-12-31")
    sends(shaanxi, GOVERNED, rows(theirs), "2025-03-31")
    open_now = survey(shaanxi, DAY, NOT_GOVERNED).open
    assert len(open_now) == (1 if missing == "yes" else 0)
    assert [str(len(one.fact.candidates)) for one in open_now] == ([] if close == "-" else [close])


def test_xian_and_yangling_are_told_apart(shaanxi):
    """杨陵区 lies in 咸阳 on the map and reports as 杨凌示范区; a region of one county needs none written."""
    sends(shaanxi, EXCEEDING, """
        region | county | name       | uscc
        西安   | 雁塔区 | 农科机械厂 | -
        杨凌   | -      | 农科机械厂 | -
    """, "2024-12-31")  # fmt: skip
    sends(shaanxi, GOVERNED, """
        region | county | name       | uscc
        西安   | 长安区 | 大明面粉   | B
        杨凌   | 杨陵区 | 农科机械厂 | A
    """, "2025-03-31")  # fmt: skip
    assert found(shaanxi, DAY, NOT_GOVERNED) == ["西安 农科机械厂"]


def test_whoever_exceeded_in_2024_and_is_small_has_to_be_helped_in_2025(shaanxi):
    """陕西 2025-03-12 三: by the size, else by the staff; of 2023 and of whom nothing is told nobody asks."""
    sends(shaanxi, EXCEEDING, """
        region | county | name | uscc | year | size | staff
        西安   | 雁塔区 | 甲   | A    | 2024 | 小型 | -
        西安   | 雁塔区 | 乙   | B    | 2024 | 大型 | 20
        西安   | 雁塔区 | 丙   | C    | 2024 | -    | 999
        西安   | 雁塔区 | 丁   | D    | 2024 | -    | 1000
        西安   | 雁塔区 | 戊   | E    | 2024 | -    | -
        西安   | 雁塔区 | 己   | F    | 2023 | 小型 | -
        西安   | 雁塔区 | 庚   | G    | 2024 | 微型 | -
    """, "2024-12-31")  # fmt: skip
    sends(shaanxi, HELPED, "region | county | name | uscc\n西安 | 雁塔区 | 甲 | A", "2024-11-30")
    assert survey(shaanxi, DAY, NOT_HELPED).unchecked[0].region == "西安市"
    sends(shaanxi, HELPED, "region | county | name | uscc\n西安 | 雁塔区 | 庚 | G", "2025-03-31")
    assert found(shaanxi, "2025-03-31", NOT_HELPED) == []
    assert found(shaanxi, DAY, NOT_HELPED) == ["西安 甲", "西安 丙"]
    # Next year's list does not speak for 2025.
    sends(shaanxi, HELPED, "region | county | name | uscc\n西安 | 雁塔区 | 甲 | A", "2026-03-31")
    assert found(shaanxi, "2026-06-30", NOT_HELPED) == ["西安 甲", "西安 丙"]


def test_who_has_not_sent_the_other_list_cannot_be_checked_and_that_is_said(shaanxi):
    sends(shaanxi, EXCEEDING, "region | name | uscc\n西安 | 甲 | A\n宝鸡 | 乙 | B", "2024-12-31")
    sends(shaanxi, GOVERNED, "region | name | uscc\n宝鸡 | 丙 | C", "2025-03-31")
    seen = survey(shaanxi, DAY, NOT_GOVERNED)
    assert [one.fact.name for one in seen.open] == ["乙"]
    assert [one.told for one in seen.unchecked] == [
        "西安市没有报送《专项治理企业台账》，“监测超标企业未纳入专项治理”无法核查。"
    ]


def test_whoever_is_in_the_database_and_has_not_declared_is_found_too(shaanxi):
    sends(shaanxi, GOVERNED, "region | name | uscc\n西安 | 甲 | A\n西安 | 乙 | B\n西安 | 丙 | C", DAY)
    sends(shaanxi, EMPLOYERS, "region | name | uscc | declared\n西安 | 甲 | A | 是\n西安 | 乙 | B | 否", DAY)
    assert found(shaanxi, DAY, NOT_DECLARED) == ["西安 乙", "西安 丙"]


def test_of_the_helped_only_those_with_posts_above_the_limits_belong_to_governance(shaanxi):
    sends(shaanxi, HELPED, "region | name | uscc | remedied\n西安 | 甲 | A | 否\n西安 | 乙 | B | 不涉及", DAY)
    sends(shaanxi, GOVERNED, "region | name | uscc\n西安 | 丙 | C", DAY)
    assert found(shaanxi, DAY, "assisted_not_governed") == ["西安 甲"]


# -- who stands where they should not -------------------------------------------------------


def test_one_code_in_two_regions_is_for_both_to_look_into(shaanxi):
    sends(shaanxi, GOVERNED, "region | name | uscc\n西安 | 甲 | A\n西安 | 乙 | B", DAY)
    sends(shaanxi, EMPLOYERS, "region | name | uscc\n杨凌 | 甲厂 | A\n西安 | 乙 | B", DAY)
    seen = survey(shaanxi, DAY, "code_in_two_regions")
    assert [(one.region, one.fact.name) for one in seen.open] == [("西安市", "甲"), ("杨凌示范区", "甲厂")]
    assert seen.open[1].told == f"甲厂（{code('A')}）出现在2个地区：西安市、杨凌示范区"
    first, second = seen.open[1].fact.rows
    assert seen.open[1].places == f"第{first.snapshot}批 Sheet1 第2行；第{second.snapshot}批 Sheet1 第2行"


def test_one_name_with_two_codes_is_found_within_a_county_only(shaanxi):
    sends(shaanxi, GOVERNED, """
        region | county | name   | uscc
        西安   | 雁塔区 | 甲厂   | A
        西安   | 长安区 | 甲厂   | B
        西安   | 雁塔区 | 乙厂   | C
    """, DAY)  # fmt: skip
    sends(shaanxi, HELPED, """
        region | county | name   | uscc
        西安   | 雁塔区 | 甲 厂  | ~A
        西安   | 雁塔区 | 乙厂   | C
    """, DAY)  # fmt: skip
    one = only(shaanxi, DAY, "name_with_two_codes")
    assert one.told == f"甲厂有2个统一社会信用代码：{code('A')}、{mistyped('A')}（校验位不符）"


def test_twice_in_a_list_is_by_code_or_by_name_where_a_code_is_wanting(shaanxi):
    sends(shaanxi, GOVERNED, """
        region | county | name | uscc
        西安   | 雁塔区 | 甲   | A
        西安   | 雁塔区 | 甲厂 | A
        西安   | 雁塔区 | 乙   | B
        西安   | 雁塔区 | 乙   | -
        西安   | 雁塔区 | 丙   | C
        西安   | 雁塔区 | 丙   | D
        西安   | 长安区 | 乙   | -
    """, DAY)  # fmt: skip
    seen = survey(shaanxi, DAY, "twice_in_a_list")
    assert [one.fact.name for one in seen.open] == ["甲", "乙"]
    assert seen.open[0].told == f"甲（{code('A')}）在《专项治理企业台账》中列了2次：第2行、第3行"


def test_the_same_employer_in_two_years_is_not_twice_in_a_list(shaanxi):
    text = "region | name | uscc | year\n西安 | 甲 | A | 2023\n西安 | 甲 | A | 2024"
    sends(shaanxi, EXCEEDING, text, "2024-12-31")
    assert found(shaanxi, DAY, "twice_in_a_list") == []
    sends(shaanxi, EXCEEDING, f"{text}\n西安 | 甲 | A | 2024", "2025-01-31")
    assert found(shaanxi, DAY, "twice_in_a_list") == ["西安 甲"]


def test_a_summary_is_held_against_the_list_of_the_same_month(hebei):
    listed(hebei, HELPED, "region | uscc | number\n石家庄 | A | 1\n石家庄 | B | 1", "2024-12-31")
    head = "region | assisted | declared | tested | examined | trained\n石家庄 | 3 | 1 | 1 | 1 | 1"
    hebei.reports(head, "2024-12-20", "assistance_rates")
    one = only(hebei, "2024-12-31", "assisted_count")
    assert one.told == "石家庄市帮扶企业数不一致：《帮扶企业四率汇总表》为3，《中小微企业帮扶台账》为2"
    listed(hebei, HELPED, "region | uscc\n石家庄 | A", "2025-01-31")
    assert survey(hebei, "2025-01-31", "assisted_count").open == ()


# -- what people say ------------------------------------------------------------------------


@pytest.fixture
def missing(shaanxi):
    """甲 exceeded, and stands in no list of 专项治理; 乙 nearly does."""
    sends(shaanxi, EXCEEDING, """
        region | county | name                 | uscc
        西安   | 雁塔区 | 甲厂                 | A
        西安   | 雁塔区 | 西安华山精密机械制造厂 | -
    """, "2024-12-31")  # fmt: skip
    sends(shaanxi, GOVERNED, """
        region | county | name                 | uscc
        西安   | 雁塔区 | 西安华山精密机诫制造厂 | B
    """, "2025-03-31")  # fmt: skip
    return shaanxi


def one_of(province, name: str, on: str = DAY):
    return next(one for one in survey(province, on, NOT_GOVERNED).findings if one.fact.name.startswith(name))


def test_what_was_settled_has_to_be_borne_out_by_the_next_report(missing):
    first = one_of(missing, "甲")
    settle(missing.store, place(first, DAY), by=BY, reason="已录入治理模块")
    settled = one_of(missing, "甲")
    assert (settled.state.title, settled.record.recorded_by, settled.record.reason) == ("已销号", "王某", "已录入治理模块")  # fmt: skip
    again = "region | county | name | uscc\n西安 | 雁塔区 | 西安华山精密机诫制造厂 | B"
    sends(missing, GOVERNED, again, "2025-04-30")
    assert one_of(missing, "甲").state.title == "待核实"
    assert one_of(missing, "甲").told.endswith("（销号后新的报送仍然如此）")
    number = sends(missing, GOVERNED, f"{again}\n西安 | 雁塔区 | 甲厂 | A", "2025-05-31")
    cleared = one_of(missing, "甲")
    assert cleared.state.title == "已消除"
    assert cleared.told.endswith(f"；按第{number}批（数据截至2025年5月31日），已经消除")


def test_what_is_no_fault_stays_none_and_may_be_taken_up_again(missing):
    first = one_of(missing, "甲")
    refute(missing.store, place(first, DAY), by=BY, reason="职工不足10人，不符合条件")
    sends(missing, GOVERNED, "region | name | uscc\n西安 | 乙 | B", "2025-04-30")
    assert one_of(missing, "甲").state.title == "不属实"
    reopen(missing.store, place(first, DAY), by=BY, reason="核实有误")
    assert one_of(missing, "甲").state.title == "待核实"
    assert [one.kind for one in missing.store.finding_records("610000")] == ["refute", "reopen"]


def test_a_new_report_clears_what_nobody_has_touched_and_says_by_which(missing):
    assert one_of(missing, "甲").open
    number = sends(missing, GOVERNED, "region | name | uscc\n西安 | 新名 | A", "2025-04-30")
    cleared = one_of(missing, "甲")
    assert cleared.state.title == "已消除" and f"第{number}批" in cleared.told
    missing.withdraws(number)
    assert one_of(missing, "甲").open


def test_a_list_that_is_withdrawn_clears_nothing(shaanxi):
    sends(shaanxi, EXCEEDING, "region | name | uscc\n西安 | 甲厂 | A", "2024-12-31")
    number = sends(shaanxi, GOVERNED, "region | name | uscc\n西安 | 乙厂 | B", "2025-03-31")
    settle(shaanxi.store, place(one_of(shaanxi, "甲"), DAY), by=BY, reason="已录入")
    shaanxi.withdraws(number)
    seen = survey(shaanxi, DAY, NOT_GOVERNED)
    assert seen.findings == () and [one.region for one in seen.unchecked] == ["西安市"]


def test_nobody_is_linked_without_a_persons_yes_which_is_kept_and_may_be_taken_back(missing):
    likely = one_of(missing, "西安华山")
    (close,) = likely.fact.candidates
    assert likely.open and close.told == "名称相似89%"
    number = link(missing.store, place(likely, DAY), close.row.identity, by=BY, same=True)
    seen = survey(missing, DAY, NOT_GOVERNED)
    assert [one.fact.name for one in seen.open] == ["甲厂"]
    unlink(missing.store, "陕西省", number, by=BY, reason="看错了")
    assert one_of(missing, "西安华山").open
    link(missing.store, place(likely, DAY), close.row.identity, by=BY, same=False, reason="两家")
    assert one_of(missing, "西安华山").fact.candidates == ()


def test_a_persons_no_holds_against_the_same_name_as_well(shaanxi):
    sends(shaanxi, EXCEEDING, "region | county | name | uscc\n西安 | 雁塔区 | 甲机械厂 | A", "2024-12-31")
    sends(shaanxi, GOVERNED, "region | county | name | uscc\n西安 | 雁塔区 | 甲机械厂 | B", "2025-03-31")
    finding = one_of(shaanxi, "甲")
    link(shaanxi.store, place(finding, DAY), code("B"), by=BY, same=False)
    assert one_of(shaanxi, "甲").fact.candidates == ()
    sends(shaanxi, GOVERNED, "region | county | name | uscc\n西安 | 雁塔区 | 甲机械厂 | ~B", "2025-04-30")
    assert one_of(shaanxi, "甲").state.title == "已消除"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda store, at: settle(store, at, by=BY, reason=" "), "还没有填写怎样处理的。"),
        (lambda store, at: refute(store, at, by=BY, reason="长" * 501), "内容不能超过500字。"),
        (lambda store, at: reopen(store, at, by=BY, reason="再看"), "现为“待核实”，不需要这样处理。"),
        (lambda store, at: link(store, at, "某代码", by=BY, same=True), "“某代码”不在西安市的“甲厂”的相近企业中。"),
        (lambda store, at: unlink(store, "陕西省", 7, by=BY, reason="错"), "没有第7号企业认定，或已撤销。"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_with_a_sentence(missing, act, said):
    with pytest.raises(NotPossible, match=said):
        act(missing.store, place(one_of(missing, "甲"), DAY))


def test_a_colleagues_word_is_not_overruled_unread(missing):
    first = place(one_of(missing, "甲"), DAY)
    settle(missing.store, first, by=BY, reason="已录入", seen=0)
    with pytest.raises(NotPossible, match=r"已由王某于.*处理"):
        refute(missing.store, first, by=on_this_machine("李某"), reason="不符", seen=0)


def test_as_it_was_known_then(missing):
    before = missing.store.now()
    settle(missing.store, place(one_of(missing, "甲"), DAY), by=BY, reason="已录入")
    then = check_survey(missing.store, "陕西省", date.fromisoformat(DAY), before, NOT_GOVERNED)
    assert len(then.open) == 2 and len(survey(missing, DAY, NOT_GOVERNED).open) == 1
