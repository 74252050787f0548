"""人工调整: the rule proposes, a person may see it otherwise, both are kept, and new figures are judged by the rule again."""

from __future__ import annotations

import pytest

from tests.books import table
from zyb.access import on_this_machine
from zyb.answers.judging import override, take_back
from zyb.answers.overrides import choices, lapsed
from zyb.answers.progress import view
from zyb.errors import NotPossible
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import verdicts
from zyb.store import VerdictRecord, now

GOVERNANCE = "governance_completion"
# The notice names 杨凌 and 榆林 as slow; 延安 is as far behind by the rule, but is not named.
NOTICE = """
    region     | enrolled | completed
    -----------+----------+----------
    西安市     | 2367     | 1378
    延安市     | 131      | 23
    榆林市     | 463      | 84
    杨凌示范区 | 48       | 4
    汉中市     | 331      | 331
    安康市     | 104      | 0
    商洛市     | 0        | 0
"""
CODES = {region.name: region.code for region in load_roster("陕西省").regions}
IDS = {verdict.title: verdict.id for verdict in verdicts("").values()}
REASON = "在建项目集中，六月前集中验收"


def put(shaanxi, region: str, title: str, on: str = "2024-03-01", reason: str = REASON) -> int:
    return override(
        shaanxi.store, shaanxi.stands(on), CODES[region], IDS[title], reason, by=on_this_machine("李四")
    )


def back(shaanxi, region: str, on: str = "2024-03-01") -> int:
    return take_back(shaanxi.store, shaanxi.stands(on), CODES[region], "验收推迟", by=on_this_machine("王五"))


def told(shaanxi, region: str, on: str = "2024-03-01", **words) -> tuple[str, str]:
    """The verdict that holds and what the rule says."""
    standing = shaanxi.stands(on, **words).region(CODES[region])
    return standing.verdict.title, standing.proposed.title


@pytest.fixture
def notice(shaanxi):
    shaanxi.reports(NOTICE, "2024-03-01")
    return shaanxi


def test_both_verdicts_are_kept_with_reason_person_and_moment(notice):
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")
    before = now()
    put(notice, "延安市", "相对滞后")
    assert told(notice, "延安市") == ("相对滞后", "进展缓慢")
    kept = notice.stands("2024-03-01").region(CODES["延安市"]).override
    assert (kept.verdict.title, kept.proposed.title) == ("相对滞后", "进展缓慢")
    assert (kept.reason, kept.by) == (REASON, "李四") and before <= kept.at <= now()


def test_nothing_but_the_verdict_moves(notice):
    plain = notice.stands("2024-03-01")
    put(notice, "延安市", "相对滞后")
    judged = notice.stands("2024-03-01")
    for one, other in zip(plain.regions, judged.regions, strict=True):
        if one.region != "延安市":
            assert one == other
    one, other = plain.region(CODES["延安市"]), judged.region(CODES["延安市"])
    assert (one.value, one.gap, one.rank, one.remaining) == (
        other.value,
        other.gap,
        other.rank,
        other.remaining,
    )
    assert judged.province == plain.province


def test_the_newest_word_holds_and_taking_it_back_returns_to_the_rule(notice):
    put(notice, "延安市", "相对滞后")
    put(notice, "延安市", "达到序时")
    assert told(notice, "延安市") == ("达到序时", "进展缓慢")
    back(notice, "延安市")
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")
    put(notice, "延安市", "相对滞后")
    assert told(notice, "延安市") == ("相对滞后", "进展缓慢")
    records = notice.store.verdict_records("610000", GOVERNANCE)
    assert [(r.proposed, r.verdict, r.recorded_by) for r in records] == [
        ("slow", "lagging", "李四"), ("slow", "on_pace", "李四"), ("slow", "", "王五"), ("slow", "lagging", "李四"),
    ], "nothing is ever changed or deleted"  # fmt: skip


def test_what_was_known_then_is_told_as_it_was(notice):
    plain = now()
    put(notice, "延安市", "相对滞后")
    judged = now()
    back(notice, "延安市")
    assert told(notice, "延安市", known_at=plain) == ("进展缓慢", "进展缓慢")
    assert told(notice, "延安市", known_at=judged) == ("相对滞后", "进展缓慢")
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")


# -- how long it holds ------------------------------------------------------------------------


def lapsed_reason(shaanxi, region: str, on: str) -> str | None:
    seen, found = view(shaanxi.store, "陕西省", GOVERNANCE, shaanxi.stands(on).on), shaanxi.stands(on)
    record = lapsed(found, found.region(CODES[region]), seen.verdict_records)
    return record.reason if record else None


def test_new_figures_are_judged_by_the_rule_and_the_old_ones_keep_their_override(notice):
    put(notice, "延安市", "相对滞后")
    assert lapsed_reason(notice, "延安市", "2024-03-01") is None
    notice.reports(NOTICE.replace("| 23", "| 24"), "2024-04-01")
    assert told(notice, "延安市", "2024-04-01") == ("进展缓慢", "进展缓慢")
    assert lapsed_reason(notice, "延安市", "2024-04-01") == REASON
    assert lapsed_reason(notice, "榆林市", "2024-04-01") is None
    assert told(notice, "延安市", "2024-03-01") == ("相对滞后", "进展缓慢")
    assert lapsed_reason(notice, "延安市", "2024-03-01") is None


def test_the_same_count_on_a_later_day_is_a_new_figure(notice):
    put(notice, "延安市", "相对滞后")
    notice.reports(NOTICE, "2024-03-15")
    assert told(notice, "延安市", "2024-03-15") == ("进展缓慢", "进展缓慢")


def test_a_corrected_report_of_the_same_day_is_judged_anew_until_it_is_withdrawn(notice):
    put(notice, "延安市", "相对滞后")
    number = notice.reports(NOTICE.replace("| 23", "| 20"), "2024-03-01")
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")
    assert lapsed_reason(notice, "延安市", "2024-03-01") == REASON
    notice.withdraws(number)
    assert told(notice, "延安市") == ("相对滞后", "进展缓慢")


def test_a_corrected_task_is_another_figure_although_as_much_is_done(notice):
    put(notice, "延安市", "相对滞后")
    notice.reports(NOTICE.replace("| 131 ", "| 132 "), "2024-03-01")
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")


def test_of_two_reasons_for_the_same_figures_the_later_holds_and_is_shown(notice):
    put(notice, "延安市", "相对滞后", reason="六月前集中验收")
    put(notice, "延安市", "达到序时", reason="验收提前到四月")
    held = notice.stands("2024-03-01").region(CODES["延安市"]).override
    assert (held.verdict.title, held.reason) == ("达到序时", "验收提前到四月")


def test_a_verdict_on_record_that_the_figures_contradict_does_not_hold(notice):
    """As after a change of the rules: when it was recorded it may have been possible."""
    standing = notice.stands("2024-03-01").region(CODES["延安市"])
    notice.store.add_verdict_record(
        VerdictRecord(
            province_code="610000", region_code=standing.region_code, measure=GOVERNANCE, as_of=standing.as_of, numerator=standing.numerator, denominator=standing.denominator,
            proposed="slow", verdict="finished", reason=REASON, recorded_by="李四",
        )
    )  # fmt: skip
    assert told(notice, "延安市") == ("进展缓慢", "进展缓慢")


def test_whoever_falls_silent_does_not_keep_a_verdict_into_the_next_month(notice):
    put(notice, "延安市", "相对滞后")
    notice.reports("region | enrolled | completed\n西安市 | 2367 | 1380", "2024-03-29")
    assert told(notice, "延安市", "2024-03-29") == ("相对滞后", "进展缓慢"), "the same month"
    notice.reports("region | enrolled | completed\n西安市 | 2367 | 1390", "2024-04-01")
    assert told(notice, "延安市", "2024-04-01") == ("进展缓慢", "进展缓慢")
    assert lapsed_reason(notice, "延安市", "2024-04-01") == REASON
    with pytest.raises(NotPossible, match="没有报送本期数据"):
        put(notice, "延安市", "相对滞后", "2024-04-01")


def test_a_lapsed_override_that_was_taken_back_is_not_told(notice):
    put(notice, "延安市", "相对滞后")
    back(notice, "延安市")
    notice.reports(NOTICE.replace("| 23", "| 24"), "2024-04-01")
    assert lapsed_reason(notice, "延安市", "2024-04-01") is None


def test_of_two_overrides_of_the_old_figures_the_later_is_told(notice):
    put(notice, "延安市", "相对滞后", reason="六月前集中验收")
    put(notice, "延安市", "达到序时", reason="验收提前到四月")
    notice.reports(NOTICE.replace("| 23", "| 24"), "2024-04-01")
    assert lapsed_reason(notice, "延安市", "2024-04-01") == "验收提前到四月"


def test_an_override_is_of_one_measure_and_one_province(notice, hebei):
    put(notice, "延安市", "相对滞后")
    assert hebei.store.verdict_records("130000") == []
    assert notice.store.verdict_records("610000", "declaration_growth") == []


# -- what the figures forbid ------------------------------------------------------------------

ALLOWED = """
    region     | may be judged
    -----------+------------------------------
    西安市     | 进展较快 相对滞后 进展缓慢
    延安市     | 进展较快 达到序时 相对滞后
    安康市     | 达到序时 相对滞后 进展缓慢
    汉中市     | -
    商洛市     | -
    韩城市     | -
"""
FORBIDDEN = """
    region | wanted   | sentence
    -------+----------+---------
    榆林市 | 全面完成 | 榆林市还差379家，不能评为“全面完成”。请改选其他评价。
    榆林市 | 零进展   | 榆林市完成治理84家，不能评为“零进展”。请改选其他评价。
    安康市 | 进展较快 | 安康市尚无一家完成，不能评为“进展较快”。请改选其他评价。
    汉中市 | 进展缓慢 | 汉中市已达到目标，评价为“全面完成”，不能调整。如数据有误，请改正后重新上报。
    商洛市 | 相对滞后 | 商洛市无任务，没有可以评价的数据，不能调整。请在收到数据后再评价。
    韩城市 | 进展较快 | 韩城市未报送，没有可以评价的数据，不能调整。请在收到数据后再评价。
    榆林市 | 未报送   | 不能把评价调整为“未报送”。请从列出的评价中选择。
    榆林市 | 未设时序 | 不能把评价调整为“未设时序”。请从列出的评价中选择。
    榆林市 | 进展缓慢 | 榆林市的评价已是“进展缓慢”，无需调整。请改选其他评价。
"""


@pytest.mark.parametrize(("region", "titles"), table(ALLOWED)[1:])
def test_the_choices(notice, region, titles):
    found = notice.stands("2024-03-01")
    offered = choices(found, found.region(CODES[region]))
    assert [verdict.title for verdict in offered] == ([] if titles == "-" else titles.split())


@pytest.mark.parametrize(("region", "wanted", "sentence"), table(FORBIDDEN)[1:])
def test_what_the_figures_contradict_is_refused(notice, region, wanted, sentence):
    with pytest.raises(NotPossible) as refused:
        put(notice, region, wanted)
    assert str(refused.value) == sentence
    assert notice.store.verdict_records("610000") == []


@pytest.mark.parametrize(("region", "titles"), table(ALLOWED)[1:4])
def test_every_choice_is_accepted(notice, region, titles):
    for title in titles.split():
        put(notice, region, title)
        assert told(notice, region)[0] == title


def test_a_reason_may_be_five_hundred_letters_long(notice):
    put(notice, "延安市", "相对滞后", reason="长" * 500)
    assert told(notice, "延安市") == ("相对滞后", "进展缓慢")


@pytest.mark.parametrize("reason", ["", " 　", "长" * 501])
def test_an_override_and_its_taking_back_need_a_reason(notice, reason):
    with pytest.raises(NotPossible, match="理由"):
        put(notice, "延安市", "相对滞后", reason=reason)
    put(notice, "延安市", "相对滞后")
    with pytest.raises(NotPossible, match="理由"):
        take_back(
            notice.store, notice.stands("2024-03-01"), CODES["延安市"], reason, by=on_this_machine("王五")
        )
    assert told(notice, "延安市") == ("相对滞后", "进展缓慢")


def test_the_rules_own_verdict_is_reached_by_taking_back(notice):
    put(notice, "延安市", "相对滞后")
    with pytest.raises(NotPossible, match="就是规则的评价。请撤销原来的调整"):
        put(notice, "延安市", "进展缓慢")
    back(notice, "延安市")
    with pytest.raises(NotPossible, match="没有人工调整，无需撤销"):
        back(notice, "延安市")


def test_the_province_as_a_whole_is_judged_by_the_rule_only(notice):
    with pytest.raises(NotPossible, match="只能调整各地区的评价"):
        override(
            notice.store, notice.stands("2024-03-01"), "610000", "lagging", REASON, by=on_this_machine("李四")
        )


def test_both_acts_leave_a_line_in_the_audit(notice):
    put(notice, "延安市", "相对滞后")
    back(notice, "延安市")
    assert [line[1:] for line in notice.store.audit_lines(2)] == [
        ("王五", "撤销调整", f"{CODES['延安市']} {GOVERNANCE} 2024-03-01", "验收推迟"),
        ("李四", "调整评价", f"{CODES['延安市']} {GOVERNANCE} 2024-03-01", f"slow → lagging；{REASON}"),
    ]


def test_before_the_task_begins_there_is_nothing_to_override(shaanxi):
    shaanxi.reports("region | enrolled | completed\n延安 | 100 | 10", "2022-08-15")
    found = shaanxi.stands("2022-08-15")
    assert choices(found, found.region(CODES["延安市"])) == []
    with pytest.raises(NotPossible, match="任务自2022年9月1日起，现在还不能评价。请在起始日之后"):
        put(shaanxi, "延安市", "相对滞后", "2022-08-15")
