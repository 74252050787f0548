"""From a file to a snapshot: duplicates, falling figures, the effect before anything is saved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import COMPLETED, ENROLLED, NOTICE, codes, csv_bytes
from zyb.access import on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.intake import Given, Submission
from zyb.intake.lists.findings import NAMED_PER_KIND
from zyb.rulebook.problems import problem
from zyb.store import Learned, Store
from zyb.uploads import (
    Prepared,
    RowCounts,
    WorkStage,
    accept,
    needs_reason,
    prepare,
    read_as_explained,
    together,
)

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TODAY = date(2024, 12, 31)


def progress(day: str, figures: dict[str, tuple[object, object]] | None = None) -> bytes:
    rows = [(name, *numbers) for name, numbers in (figures or NOTICE).items()]
    return csv_bytes([(f"陕西省专项治理（截至{day}）",), HEAD, *rows])


def prepared(store: Store, content: bytes, **given) -> Prepared:
    return prepare(store, content, "表.csv", today=TODAY, **given)


def saved(store: Store, content: bytes, **given) -> int:
    return accept(store, prepared(store, content, **given), by=on_this_machine("张三"))


def completed(store: Store, on: date) -> dict[str, int | None]:
    found = standings(store, view(store, "陕西省", "governance_completion", on))
    return {s.short: s.numerator for s in found.reported}


# -- the same bytes ---------------------------------------------------------------------------


def test_the_same_bytes_twice_are_one_snapshot(store):
    first = saved(store, progress("2024年3月1日"))
    again = prepared(store, progress("2024年3月1日"))
    assert (again.status, again.duplicate_of) == ("duplicate", first)
    assert accept(store, again, by=on_this_machine("李四")) == first
    assert len(store.snapshots()) == 1


def test_a_button_pressed_twice_saves_once(store):
    one = prepared(store, progress("2024年3月1日"))
    assert accept(store, one, by=on_this_machine("张三")) == accept(store, one, by=on_this_machine("张三"))
    assert len(store.snapshots()) == 1


def test_other_bytes_with_the_same_figures_are_another_snapshot(store):
    first = saved(store, progress("2024年3月1日"))
    other = prepared(store, progress("2024年3月1日") + b"\r\n")
    assert other.status == "accepted"
    assert other.row_counts == RowCounts(new=0, changed=0, same=12)
    assert accept(store, other, by=on_this_machine("张三")) != first


def test_the_same_file_for_another_day_is_no_duplicate(store):
    saved(store, progress("2024年3月1日"))
    assert prepared(store, progress("2024年3月1日"), as_of=date(2024, 4, 1)).status == "accepted"


def test_a_withdrawn_upload_comes_back_by_sending_it_again(store):
    number = saved(store, progress("2024年3月1日"))
    store.withdraw(number, by="张三", reason="填错")
    assert completed(store, TODAY) == {}
    assert saved(store, progress("2024年3月1日")) != number
    assert completed(store, TODAY)["西安"] == 1378


def test_a_corrected_upload_comes_back_by_sending_it_again(store):
    """The first file is still in the register, but the correction stands in its place."""
    first, second = (progress("2024年3月1日", {"西安市": (10, done)}) for done in (4, 5))
    saved(store, first)
    saved(store, second)
    back = prepared(store, first, reason="更正有误")
    assert back.status == "accepted"
    accept(store, back, by=on_this_machine("张三"))
    assert completed(store, TODAY) == {"西安": 4}


# -- the effect -------------------------------------------------------------------------------


def test_the_effect_is_shown_before_anything_is_saved(store):
    saved(store, progress("2024年3月1日"))
    after = prepared(store, progress("2024年4月1日", {"西安市": (2367, 1400), "宝鸡市": (554, 356)}))
    effect = next(e for e in after.effects if e.measure.id == "governance_completion")
    assert (effect.before.value, effect.after.value) == (
        Fraction(COMPLETED, ENROLLED),
        Fraction(COMPLETED + 22, ENROLLED),
    )
    assert (effect.moved, effect.difference) == (True, Fraction(22, ENROLLED))
    assert [(old.short, old.numerator, new.numerator) for old, new in effect.changed] == [
        ("西安", 1378, 1400)
    ]
    assert after.row_counts == RowCounts(new=0, changed=1, same=1)
    assert completed(store, TODAY)["西安"] == 1378
    assert len(store.snapshots()) == 1


def test_what_was_foretold_is_what_stands_afterwards(store):
    saved(store, progress("2024年3月1日"))
    after = prepared(store, progress("2024年4月1日", {"西安市": (2400, 1400)}))
    accept(store, after, by=on_this_machine("张三"))
    effect = next(e for e in after.effects if e.measure.id == "governance_completion")
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 4, 1)))
    assert (found.province.numerator, found.province.denominator) == (
        effect.after.numerator,
        effect.after.denominator,
    )
    assert found.province.value == effect.after.value


def test_what_is_wrong_a_thousand_times_is_named_at_first_and_counted_in_full(store):
    lines = [("西安市", 2367, 1378)] * 1_001
    title = ("陕西省专项治理进展（截至2024年4月1日）",)
    found = prepared(store, csv_bytes([title, ("地区", "纳入治理企业数", "完成治理企业数"), *lines]))
    assert found.status == "refused" and found.number_of("error") == 1_000
    assert len(found.problems) < 2 * NAMED_PER_KIND
    assert "同类的问题共 1000 处，列出前 300 处，其余 700 处" in found.problems[-1].message
    assert sum(one.count for one in found.submission.left_out) == 700


@pytest.mark.parametrize(
    ("before", "after", "day", "codes"),
    [
        (100, 200, "2024年4月1日", []),
        (100, 201, "2024年4月1日", ["jumped"]),
        (100, 100, "2024年3月1日", []),
        (100, 120, "2024年2月29日", ["older_than_latest"]),
        (100, 99, "2024年4月1日", ["fell"]),
    ],
    ids=["just doubled", "more than doubled", "the same day", "the day before", "one fewer"],
)
def test_what_is_pointed_out_begins_behind_the_limit(store, before, after, day, codes):
    saved(store, progress("2024年3月1日", {"西安市": (2367, before)}))
    found = prepared(store, progress(day, {"西安市": (2367, after), "宝鸡市": (555, 356)}))
    asked = {"jumped", "older_than_latest", "fell"}
    assert [problem.code for problem in found.problems if problem.code in asked] == codes


def test_the_first_upload_has_nothing_before_it(store):
    first = prepared(store, progress("2024年3月1日"))
    effect = next(e for e in first.effects if e.measure.id == "governance_completion")
    assert (effect.before.value, effect.difference, effect.moved) == (None, None, True)
    assert first.row_counts == RowCounts(new=12, changed=0, same=0)


def test_figures_that_change_nothing_do_not_move(store):
    saved(store, progress("2024年3月1日"))
    same = prepared(store, progress("2024年4月1日"))
    assert same.effects
    assert not any(effect.moved or effect.changed for effect in same.effects)


def test_the_effect_starts_from_the_verdict_that_a_person_has_set(store):
    saved(store, progress("2024年3月1日"))
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 1)))
    override(store, found, "610800", "lagging", "六月前集中验收", by=on_this_machine("李四"))
    after = prepared(store, progress("2024年4月1日", {"榆林市": (463, 90)}))
    effect = next(e for e in after.effects if e.measure.id == "governance_completion")
    ((old, new),) = effect.changed
    assert (old.verdict.title, old.proposed.title, new.verdict.title) == ("相对滞后", "进展缓慢", "进展缓慢")


# -- figures that fall ------------------------------------------------------------------------


def test_cumulative_figures_that_fall_need_a_reason(store):
    saved(store, progress("2024年3月1日"))
    fallen = {"西安市": (2366, 1377), "宝鸡市": (554, 356)}
    refused = prepared(store, progress("2024年4月1日", fallen))
    assert (refused.status, refused.needs_reason) == ("refused", True)
    assert [(p.code, p.cell) for p in refused.problems if p.severity == "error"] == [
        ("fell", "B3"),
        ("fell", "C3"),
    ]
    assert "2367（截至2024年3月1日）降为 2366" in refused.problems[-2].message

    accepted = prepared(store, progress("2024年4月1日", fallen), reason=" 企业关闭 ")
    assert (accepted.status, accepted.needs_reason) == ("accepted", False)
    assert codes(accepted.problems, "warning") == ["fell_with_reason", "fell_with_reason"]
    number = accept(store, accepted, by=on_this_machine("张三"))
    assert store.snapshot(number).reason == "企业关闭"


def test_a_blank_reason_is_none(store):
    saved(store, progress("2024年3月1日"))
    assert prepared(store, progress("2024年4月1日", {"西安市": (1, 1)}), reason="  ").needs_reason


def test_other_faults_are_not_mended_by_a_reason(store):
    saved(store, progress("2024年3月1日"))
    both = prepared(store, progress("2024年4月1日", {"西安市": (1, 2)}))
    assert (both.status, both.needs_reason) == ("refused", False)


def test_a_region_is_compared_with_its_own_latest_figure_until_that_day(store):
    saved(store, progress("2024年5月1日", {"西安市": (10, 9)}))
    saved(store, progress("2024年3月1日", {"西安市": (10, 5), "宝鸡市": (10, 5)}))
    assert not prepared(store, progress("2024年4月1日", {"西安市": (10, 6)})).needs_reason
    assert prepared(store, progress("2024年4月1日", {"西安市": (10, 4)})).needs_reason
    assert prepared(store, progress("2024年6月1日", {"西安市": (10, 8)})).needs_reason


# -- older than what is there -------------------------------------------------------------------


def test_an_older_day_changes_the_past_only_and_says_for_whom(store):
    saved(store, progress("2024年5月1日", {"西安市": (10, 9)}))
    older = prepared(store, progress("2024年3月1日", {"西安市": (10, 5), "宝鸡市": (10, 5)}))
    said = next(p for p in older.problems if p.code == "older_than_latest")
    assert said.message.startswith("西安市已有截至2024年5月1日的较新数据")
    accept(store, older, by=on_this_machine("张三"))
    assert completed(store, date(2024, 3, 1)) == {"西安": 5, "宝鸡": 5}
    assert completed(store, TODAY) == {"西安": 9, "宝鸡": 5}


def test_another_citys_newer_report_is_no_reason_to_warn(store):
    saved(store, progress("2024年5月1日", {"西安市": (10, 9)}))
    assert prepared(store, progress("2024年3月1日", {"宝鸡市": (10, 5)})).problems == ()


# -- refused files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "picture"),
        (b"", "empty_file"),
        (b"%PDF-1.7 " + b"0" * 200, "pdf"),
        (bytes(1000), "unknown_content"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_and_changes_nothing(store, content, code):
    found = prepare(store, content, "表.xlsx", today=TODAY)
    assert (found.status, codes(found.problems)) == ("refused", [code])
    assert found.problems[0].message and found.problems[0].remedy
    assert found.effects == ()
    assert store.snapshots() == [] and list(store.uploads.iterdir()) == []


# -- what a file's unit has explained -----------------------------------------------------------

ODD = ("地区", "纳入治理企业数", "办结情况")
MEANING = Learned(headings=(("governance_progress", "办结情况", "completed"),))


def odd(*rows: tuple[object, ...], title: str = "陕西省专项治理（截至2024年4月1日）") -> bytes:
    return csv_bytes([(title,), ODD, *rows])


def as_explained(store: Store, content: bytes, name: str = "表.csv", **given) -> Submission:
    given = Given(today=TODAY, preferred_province="陕西省", **given)
    return read_as_explained(store, content, name, given)[0]


def test_a_units_explanation_reads_its_own_file_and_no_others(store):
    store.learn("610000", MEANING, by="王某", unit="610800")
    assert not as_explained(store, odd(("榆林市", 9, 5))).blocked
    assert as_explained(store, odd(("延安市", 9, 5))).blocked
    assert as_explained(store, odd(("榆林市", 9, 5), ("延安市", 9, 5))).blocked


def test_a_file_without_a_column_of_regions_is_known_by_its_title(store):
    store.learn("610000", Learned(places=(("曲江新区", "610100"),)), by="王某", unit="610100")
    rows = csv_bytes([("西安市专项治理进展（截至2024年4月1日）",), HEAD, ("曲江新区", 9, 5)])
    assert as_explained(store, rows).region_codes == ("610100",)
    elsewhere = csv_bytes([("宝鸡市专项治理进展（截至2024年4月1日）",), HEAD, ("曲江新区", 9, 5)])
    assert "unknown_region" in codes(as_explained(store, elsewhere).problems)


def test_an_answer_beside_the_file_comes_before_what_was_learned(store):
    store.learn("610000", Learned(places=(("高新区", "610100"),)), by="省级")
    rows = csv_bytes([("陕西省专项治理（截至2024年4月1日）",), HEAD, ("高新区", 9, 5)])
    assert as_explained(store, rows).region_codes == ("610100",)
    assert as_explained(store, rows, places=(("高新区", "610300"),)).region_codes == ("610300",)


def test_a_file_is_told_of_stage_by_stage(store):
    stages: list[WorkStage] = []
    given = Given(today=TODAY, preferred_province="陕西省")
    read_as_explained(store, progress("2024年4月1日"), "表.csv", given, stages.append)
    assert stages == [WorkStage.READING, WorkStage.UNDERSTANDING]
    stages.clear()
    (picture,) = read_as_explained(store, b"\x89PNG\r\n\x1a\n", "照片.xlsx", given, stages.append)
    assert codes(picture.problems) == ["picture"] and stages == []


def test_a_file_needs_a_reason_when_only_falls_stand_in_its_way(store):
    saved(store, progress("2024年3月1日"))
    fell = prepared(store, progress("2024年4月1日", {"西安市": (2367, 1000)}))
    good = prepared(store, progress("2024年4月1日"))
    wrong = prepared(store, progress("2024年4月1日", {"火星市": (1, 1)}))
    assert needs_reason([fell]) and needs_reason(together([fell, good]))
    assert not needs_reason([good]) and not needs_reason(together([fell, wrong]))


def test_what_was_added_up_survives_further_problems(store):
    found = prepared(store, progress("2024年4月1日")).submission
    sums, parts = found.tallies(), found.parts()
    more = found.with_problems([problem("no_ledger")])
    assert more.tallies() is sums and more.parts() is parts
    assert len(more.problems) == len(found.problems) + 1
