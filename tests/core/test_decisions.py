"""Confirmed is what was seen: of two people one wins, and the other is told who was first, and when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.books import NOTICE, notice_rows, xlsx
from zyb.access import on_this_machine
from zyb.alerting import claim, find_alert, newest_decision, release
from zyb.answers.judging import override, take_back
from zyb.answers.progress import standings, view
from zyb.errors import NotPossible
from zyb.store import Store
from zyb.uploads import Outdated, Prepared, accept, accept_all, compared_again, prepare

TODAY, DAY = date(2024, 6, 30), date(2024, 3, 1)
PROVINCE, MEASURE, YULIN = "陕西省", "governance_completion", "610800"
WHEN = r"\d{4}年\d+月\d+日\d\d:\d\d"


def workbook(completed: int = 84) -> bytes:
    """The notice's table with another number for 榆林."""
    figures = {"榆林市": (463, completed)}
    done = sum(done for _, done in NOTICE.values()) - 84 + completed
    return xlsx(notice_rows(figures, (sum(all_ for all_, _ in NOTICE.values()), done)))


BOOKS = {completed: workbook(completed) for completed in (84, 90, 120)}


def prepared(store: Store, completed: int = 84, reason: str = "") -> Prepared:
    found = prepare(store, BOOKS[completed], f"进展{completed}.xlsx", today=TODAY, reason=reason)
    assert found.status in ("accepted", "duplicate"), found.problems
    return found


def value(store: Store) -> object:
    return standings(store, view(store, PROVINCE, MEASURE, DAY)).province.value


# -- uploads ----------------------------------------------------------------------------------


def test_the_same_file_confirmed_twice_is_one_snapshot(store):
    seen = prepared(store)
    assert [
        accept(store, seen, by=on_this_machine("张三")),
        accept(store, seen, by=on_this_machine("张三")),
    ] == [1, 1]
    assert len(store.snapshots()) == 1


def test_the_same_file_confirmed_at_once_from_eight_windows_is_one_snapshot(store):
    seen = prepared(store)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: accept(store, seen, by=on_this_machine(f"第{n}个")), range(8)))
    assert numbers == [1] * 8 and len(store.snapshots()) == 1


def test_what_came_between_preview_and_confirmation_is_compared_again_and_asked_again(store):
    accept(store, prepared(store), by=on_this_machine("张三"))
    mine = prepared(store, 90)
    accept(store, prepared(store, 120), by=on_this_machine("李四"))
    with pytest.raises(Outdated, match=r"有了变化.*没有入库.*再次确认") as caught:
        accept(store, mine, by=on_this_machine("张三"))
    (fresh,) = caught.value.tables
    assert len(store.snapshots()) == 2
    assert fresh.status == "refused" and [p.code for p in fresh.own_errors] == ["fell"], (
        "90 after 120 needs a reason"
    )
    (explained,) = compared_again(store, [replace(mine, reason="核减")])
    assert accept(store, explained, by=on_this_machine("张三")) == 3


def test_a_write_that_changes_nothing_of_what_was_seen_is_no_reason_to_ask_again(store):
    accept(store, prepared(store), by=on_this_machine("张三"))
    mine = prepared(store, 90)
    store.learn("610000", replace(store.learned("610000"), places=(("榆林高新区", YULIN),)), by="李四")
    assert accept(store, mine, by=on_this_machine("张三")) == 2


def test_a_withdrawal_between_preview_and_confirmation_asks_again(store):
    first = accept(store, prepared(store), by=on_this_machine("张三"))
    mine = prepared(store, 90)
    store.withdraw(first, by="李四", reason="填错")
    with pytest.raises(Outdated):
        accept(store, mine, by=on_this_machine("张三"))


ACTS = st.lists(
    st.tuples(st.sampled_from(["look", "confirm", "withdraw"]), st.sampled_from(["张三", "李四"]), st.sampled_from(sorted(BOOKS))),
    max_size=12,
)  # fmt: skip


@given(ACTS)
@example([("look", "李四", 120), ("confirm", "李四", 84), ("look", "李四", 90), ("confirm", "李四", 90)])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_confirms_gets_what_they_saw_or_is_asked_again(tmp_path_factory, acts):
    """Two people look, confirm and withdraw in any order; the figure after confirming is the one of the preview."""
    store = Store(tmp_path_factory.mktemp("two") / "data")
    shown: dict[str, Prepared] = {}
    for act, person, completed in acts:
        if act == "look":
            shown[person] = prepared_from(store, completed)
        elif act == "withdraw":
            for snapshot in [one for one in store.snapshots() if not one.withdrawn][:1]:
                store.withdraw(snapshot.id, by=person, reason="填错")
        elif person in shown and shown[person].status == "accepted":
            seen, before = shown[person], len(store.snapshots())
            try:
                accept_all(store, [seen], by=on_this_machine(person))
            except Outdated as outdated:
                shown[person] = outdated.tables[0]
                assert len(store.snapshots()) == before
            else:
                assert len(store.snapshots()) <= before + 1
                (effect,) = [one for one in seen.effects if one.measure.id == MEASURE]
                assert value(store) == effect.after.value
    assert len(store.snapshots()) <= len(acts)
    store.close()


READ: dict[int, Prepared] = {}


def prepared_from(store: Store, completed: int) -> Prepared:
    """Read once, compared anew: reading takes a process of its own."""
    if completed not in READ:
        READ[completed] = prepared(store, completed, "核实")  # more may have been confirmed before
    (found,) = compared_again(store, [replace(READ[completed], reason="核实")])
    return found


# -- withdrawals, claims, verdicts ----------------------------------------------------------------


@pytest.fixture
def notice(store: Store) -> Store:
    accept(store, prepared(store), by=on_this_machine("张三"))
    return store


def outcomes(work, people: int = 6) -> tuple[list[object], list[str]]:
    """What several people at once get, and what the others are told."""

    def each(number: int) -> object:
        try:
            return work(f"第{number}人")
        except NotPossible as error:
            return error

    with ThreadPoolExecutor(people) as pool:
        found = list(pool.map(each, range(people)))
    return [one for one in found if not isinstance(one, NotPossible)], [
        str(one) for one in found if isinstance(one, NotPossible)
    ]


def test_of_several_who_withdraw_one_wins_and_the_others_hear_who_and_when(notice):
    won, told = outcomes(lambda who: notice.withdraw(1, by=who, reason="填错"))
    assert (len(won), len(told)) == (1, 5)
    winner = notice.snapshot(1).withdrawn_by
    assert len(set(told)) == 1 and told[0].startswith(f"批次1已由{winner}于")


def claiming(store: Store, who: str, **words: object) -> int:
    said = {"cause": "项目未开工", "action": "倒排工期", "due": date(2024, 5, 1)} | words
    return claim(store, PROVINCE, "榆林", MEASURE, DAY, by=on_this_machine(who), **said)


def test_of_several_who_claim_one_wins_and_the_others_hear_who_and_when(notice):
    won, told = outcomes(lambda who: claiming(notice, who))
    assert (len(won), len(told)) == (1, 5)
    winner = notice.alert_records("610000")[0].recorded_by
    assert {f"榆林市专项治理完成率的预警已由{winner}" in sentence for sentence in told} == {True}


def test_a_claim_that_was_looked_at_may_be_replaced_and_one_that_came_since_may_not(notice):
    first = claiming(notice, "张三")
    assert newest_decision(find_alert(notice, PROVINCE, "榆林", MEASURE, DAY)).id == first
    second = claiming(notice, "李四", seen=first)
    with pytest.raises(
        NotPossible, match=rf"已由李四于{WHEN}认领，责任人李四，期限2024年5月1日。您填写的内容没有保存"
    ):
        claiming(notice, "张三", seen=first)
    assert [record.id for record in notice.alert_records("610000")] == [first, second]


def test_whoever_claims_what_was_released_meanwhile_hears_who_released_it(notice):
    release(notice, PROVINCE, "榆林", MEASURE, DAY, by=on_this_machine("李四"), reason="省级挂牌督办", seen=0)
    with pytest.raises(NotPossible, match=rf"预警已由李四于{WHEN}解除"):
        claiming(notice, "张三", seen=0)


def test_of_two_who_judge_the_same_figures_the_second_hears_of_the_first(notice):
    found = standings(notice, view(notice, PROVINCE, MEASURE, DAY))
    override(notice, found, YULIN, "lagging", "六月前集中验收", by=on_this_machine("李四"))
    with pytest.raises(NotPossible, match=rf"榆林市的评价已由李四于{WHEN}调整为“相对滞后”"):
        override(notice, found, YULIN, "on_pace", "另有安排", by=on_this_machine("张三"))
    again = standings(notice, view(notice, PROVINCE, MEASURE, DAY))
    take_back(notice, again, YULIN, "撤回", by=on_this_machine("李四"))
    with pytest.raises(NotPossible, match=rf"已由李四于{WHEN}恢复为规则评价"):
        override(notice, again, YULIN, "on_pace", "另有安排", by=on_this_machine("张三"))


def test_a_verdict_on_figures_that_were_corrected_meanwhile_is_refused_and_not_saved(notice):
    found = standings(notice, view(notice, PROVINCE, MEASURE, DAY))
    accept(notice, prepared(notice, 90), by=on_this_machine("李四"))
    said = (
        r"榆林市的数据在您查看之后有变化：.*原为84、463（数据截至2024-03-01），现为90、463。您的调整没有保存"
    )
    with pytest.raises(NotPossible, match=said):
        override(notice, found, YULIN, "lagging", "六月前集中验收", by=on_this_machine("张三"))
    assert notice.verdict_records("610000") == []


# -- a file of several tables -------------------------------------------------------------------


def test_a_file_whose_second_table_cannot_be_saved_leaves_nothing(notice, monkeypatch):
    from zyb.store import snapshots

    first, second = prepared(notice, 90), prepared(notice, 120)
    real, calls = snapshots.insert_rows, []

    def failing(cursor, snapshot, submission):
        calls.append(snapshot)
        if len(calls) == 2:
            raise RuntimeError("the second table")
        real(cursor, snapshot, submission)

    monkeypatch.setattr(snapshots, "insert_rows", failing)
    with pytest.raises(RuntimeError):
        accept_all(notice, [first, second], by=on_this_machine("张三"))
    assert len(calls) == 2 and len(notice.snapshots()) == 1
    assert [Path(file).name for file in notice.uploads.iterdir()] == [notice.snapshots()[0].sha256]
