"""Inquiries that people keep by name: each for one person, whole, and with its line in the audit."""

from __future__ import annotations

from datetime import date

import pytest

from zyb.access import LOCAL_ADMIN, Viewer
from zyb.answers.saving import MOST_VIEWS, forget_view, note_unmasked, save_view, saved_address, views_of
from zyb.errors import NotPossible
from zyb.inquiries.addresses import inquiry_of
from zyb.inquiries.model import ColumnTest, Inquiry
from zyb.store import Store

ASKED = Inquiry(
    ledger_id="governance_enterprises", province="陕西省", days=(date(2024, 6, 30),), regions=("610800",), text="a&b=c",
    sort="staff", descending=True, page=3,
).testing(ColumnTest("completed", ("否",)))  # fmt: skip
OTHER = Viewer("z", "张某", "analyst")


def test_what_was_saved_is_asked_again_as_it_was(store: Store) -> None:
    save_view(store, " 榆林\n未完成 ", ASKED, by=LOCAL_ADMIN)
    (view,) = views_of(store, LOCAL_ADMIN)
    assert view.name == "榆林 未完成" and inquiry_of(saved_address(view)) == ASKED


def test_a_view_is_its_owners_alone(store: Store) -> None:
    save_view(store, "榆林", ASKED, by=LOCAL_ADMIN)
    assert views_of(store, OTHER) == []
    with pytest.raises(NotPossible, match="已被删除"):
        forget_view(store, "榆林", by=OTHER)
    save_view(store, "榆林", ASKED.unfiltered, by=OTHER)
    assert inquiry_of(saved_address(views_of(store, LOCAL_ADMIN)[0])) == ASKED


def test_a_view_of_the_same_name_takes_the_place_of_the_one_before(store: Store) -> None:
    save_view(store, "榆林", ASKED, by=OTHER)
    save_view(store, "榆林", ASKED.unfiltered, by=OTHER)
    assert [inquiry_of(saved_address(view)) for view in views_of(store, OTHER)] == [ASKED.unfiltered]
    forget_view(store, "榆林", by=OTHER)
    assert views_of(store, OTHER) == []
    assert [line[1:4] for line in store.audit_lines()] == [
        ("张某", "删除查询", "榆林"), ("张某", "保存查询", "榆林"), ("张某", "保存查询", "榆林"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"), [("", "没有填写名称"), (" \n", "没有填写名称"), ("很" * 31, "最多30个字")]
)
def test_a_name_is_short_and_says_something(store: Store, name: str, told: str) -> None:
    with pytest.raises(NotPossible, match=told):
        save_view(store, name, ASKED, by=OTHER)


def test_nobody_keeps_more_than_a_list_can_show(store: Store) -> None:
    for number in range(MOST_VIEWS):
        save_view(store, f"查询{number}", ASKED, by=OTHER)
    with pytest.raises(NotPossible, match="请先删除"):
        save_view(store, "又一个", ASKED, by=OTHER)
    save_view(store, "查询1", ASKED, by=OTHER)
    assert len(views_of(store, OTHER)) == MOST_VIEWS


def test_that_personal_data_were_shown_is_on_record(store: Store) -> None:
    note_unmasked(store, ASKED, by=OTHER)
    who, act, subject, detail = store.audit_lines()[0][1:]
    assert (who, act, subject) == ("张某", "显示个人信息", "陕西省专项治理企业台账")
    assert detail == "榆林市；含“a&b=c”；是否完成治理：否"
