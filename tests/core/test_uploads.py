"""From a file to a snapshot: duplicates, falling figures, the effect before anything is saved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import COMPLETED, ENROLLED, NOTICE, codes, csv_bytes
from zyb.progress import standings, view
from zyb.store import Store
from zyb.uploads import Prepared, RowCounts, accept, prepare

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TODAY = date(2024, 12, 31)


def progress(day: str, figures: dict[str, tuple[object, object]] | None = None) -> bytes:
    rows = [(name, *numbers) for name, numbers in (figures or NOTICE).items()]
    return csv_bytes([(f"陕西省专项治理（截至{day}）",), HEAD, *rows])


def prepared(store: Store, content: bytes, **given) -> Prepared:
    return prepare(store, content, "表.csv", today=TODAY, **given)


def saved(store: Store, content: bytes, **given) -> int:
    return accept(store, prepared(store, content, **given), by="张三")


def completed(store: Store, on: date) -> dict[str, int | None]:
    found = standings(store, view(store, "陕西省", "governance_completion", on))
    return {s.short: s.numerator for s in found.reported}


# -- the same bytes ---------------------------------------------------------------------------


def test_the_same_bytes_twice_are_one_snapshot(store):
    first = saved(store, progress("2024年3月1日"))
    again = prepared(store, progress("2024年3月1日"))
    assert (again.status, again.duplicate_of) == ("duplicate", first)
    assert accept(store, again, by="李四") == first
    assert len(store.snapshots()) == 1


def test_a_button_pressed_twice_saves_once(store):
    one = prepared(store, progress("2024年3月1日"))
    assert accept(store, one, by="张三") == accept(store, one, by="张三")
    assert len(store.snapshots()) == 1


def test_other_bytes_with_the_same_figures_are_another_snapshot(store):
    first = saved(store, progress("2024年3月1日"))
    other = prepared(store, progress("2024年3月1日") + b"\r\n")
    assert other.status == "accepted"
    assert other.row_counts == RowCounts(new=0, changed=0, same=12)
    assert accept(store, other, by="张三") != first


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
    accept(store, back, by="张三")
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
    accept(store, after, by="张三")
    effect = next(e for e in after.effects if e.measure.id == "governance_completion")
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 4, 1)))
    assert (found.province.numerator, found.province.denominator) == (
        effect.after.numerator,
        effect.after.denominator,
    )
    assert found.province.value == effect.after.value


def test_the_first_upload_has_nothing_before_it(store):
    first = prepared(store, progress("2024年3月1日"))
    effect = next(e for e in first.effects if e.measure.id == "governance_completion")
    assert (effect.before.value, effect.difference, effect.moved) == (None, None, True)
    assert first.row_counts == RowCounts(new=12, changed=0, same=0)


def test_figures_that_change_nothing_do_not_move(store):
    saved(store, progress("2024年3月1日"))
    same = prepared(store, progress("2024年4月1日"))
    assert not any(effect.moved or effect.changed for effect in same.effects)


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
    number = accept(store, accepted, by="张三")
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
    accept(store, older, by="张三")
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
    assert store.is_untouched() and list(store.uploads.iterdir()) == []
