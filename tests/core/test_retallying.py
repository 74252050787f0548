"""When tally rules change, what is stored comes to the same sums as if it were uploaded again."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from tests import books
from tests.books import uscc
from zyb.intake import Submission
from zyb.intake.tallying import rules_fingerprint
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Condition, Ledger, TallyRule, ledgers
from zyb.store import Store
from zyb.uploads import opening, retallying
from zyb.uploads.retallying import retally

EMPLOYERS = ledgers()["employers"]
PROGRESS = ledgers()["governance_progress"]
HEAD = ("用人单位名称", "统一社会信用代码", "地区", "县区", "行业代码", "是否已申报")
# Region, county, industry, declared, then staff and risk where a test asks for them.
PLACES = (
    ("西安市", "雁塔区", "3032", "是", 120, "严重"),
    ("西安市", "雁塔区", "C3011 水泥制造", "否", 8, "严重"),
    ("西安市", "", "", "是", "", ""),
    ("宝鸡市", "", "0610", "", 15, "一般"),
    ("宝鸡市", "", "0610", "是", 15, "严重"),
)


def few(ledger: Ledger, *names: str) -> Ledger:
    """The ledger as it was declared before, with these tallies only."""
    return replace(ledger, tallies=tuple(rule for rule in ledger.tallies if rule.name in names))


def employers(*, more: tuple[str, ...] = (), rows: tuple[tuple[object, ...], ...] = PLACES) -> Submission:
    """The list of employers with further columns beside the required ones: 职工人数, 风险类别."""
    columns = {"职工人数": 4, "风险类别": 5}
    lines = [
        (f"企业{n}", uscc(n), *row[:4], *(row[columns[title]] for title in more))
        for n, row in enumerate(rows)
    ]
    title = ("陕西省职业病危害用人单位数据库（截至2024年3月31日）",)
    found = books.submission([title, (*HEAD, *more), *lines])
    assert found.ledger == EMPLOYERS and not found.blocked, found.problems
    return found


def summary() -> Submission:
    rows = [(name, *numbers) for name, numbers in books.NOTICE.items()]
    head = ("地区", "纳入治理企业数", "完成治理企业数")
    found = books.submission([("陕西省专项治理（截至2024年3月1日）",), head, *rows])
    assert found.ledger == PROGRESS
    return found


def save(store: Store, found: Submission, ledger: Ledger | None = None) -> int:
    """As it would have been saved while the ledger was declared otherwise."""
    known = replace(found, ledger=ledger or found.ledger)
    return store.save_snapshot(known, b"bytes", "表.xlsx", by="张三")


def tallies(store: Store, snapshot: int) -> Counter[tuple[object, ...]]:
    query = "select region_code, county_code, year, item, name, amount from tallies where snapshot = ?"
    return Counter(rows(store, query, snapshot))


def rows(store: Store, query: str, *values: object) -> list[tuple[object, ...]]:
    with store._cursor() as cursor:
        return cursor.execute(query, list(values)).fetchall()


def test_rows_of_one_employer_become_one_as_soon_as_the_rules_say_so(tmp_path: Path) -> None:
    """As where a list was stored before employers that are visited twice counted once."""
    store, guidance = Store(tmp_path), ledgers()["cdc_guidance"]
    counted_rows = replace(guidance, tallies=tuple(replace(rule, distinct=()) for rule in guidance.tallies))
    head = ("帮扶单位", "被帮扶对象名称", "统一社会信用代码", "地区", "帮扶时间")
    lines = [("省疾控中心", f"企业{n}", uscc(n), "西安市", f"2024-0{m}-01") for n in range(3) for m in (2, 3)]
    found = books.submission([("陕西省疾控中心帮扶用人单位情况表（截至2024年3月31日）",), head, *lines])
    assert found.ledger == guidance and not found.blocked, found.problems
    snapshot = save(store, found, counted_rows)
    amounts = "select sum(amount) from tallies where snapshot = ?"
    assert rows(store, amounts, snapshot) == [(6,)]
    retally(store, tell=lambda _: None)
    assert rows(store, amounts, snapshot) == [(3,)]
    store.close()


def forget_what_was_told(store: Store) -> None:
    """As in a database from before snapshots remembered it."""
    with store._cursor() as cursor:
        cursor.execute("delete from tallied")


def again(store: Store, *known: Ledger) -> int:
    return retally(store, known or None, lambda sentence: None)


# -- the same as a fresh upload -------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("职工人数",), ("风险类别", "职工人数")], ids=len)
@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "from before"])
def test_a_list_saved_with_fewer_tallies_comes_to_the_sums_of_a_fresh_upload(store, more, remembered):
    older = save(store, employers(more=more), few(EMPLOYERS, "employers", "declared"))
    fresh = save(store, employers(more=more))
    assert set(tallies(store, older)) < set(tallies(store, fresh))
    if not remembered:
        forget_what_was_told(store)
    again(store)
    assert tallies(store, older) == tallies(store, fresh)
    assert {name for *_, name, _ in tallies(store, older)} == set(EMPLOYERS.tally_names)


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "from before"])
def test_a_summary_saved_with_fewer_tallies_comes_to_the_sums_of_a_fresh_upload(store, remembered):
    older, fresh = save(store, summary(), few(PROGRESS, "enrolled")), save(store, summary())
    if not remembered:
        forget_what_was_told(store)
    again(store)
    assert tallies(store, older) == tallies(store, fresh)
    assert len(tallies(store, older)) == 2 * len(books.NOTICE)


def test_a_rule_that_counts_otherwise_replaces_what_it_had_counted(store):
    rule = next(rule for rule in EMPLOYERS.tallies if rule.name == "declared")
    others = tuple(one for one in EMPLOYERS.tallies if one is not rule)
    wrong = replace(
        EMPLOYERS, tallies=(*others, replace(rule, values=("否",)), TallyRule(name="gone", count="rows"))
    )
    older, fresh = save(store, employers(), wrong), save(store, employers())
    assert again(store) == 1
    assert tallies(store, older) == tallies(store, fresh)


def test_the_oldest_snapshot_and_a_withdrawn_one_are_tallied_anew_as_well(store):
    """What was in force until it was withdrawn is still asked for by whoever looks back."""
    withdrawn = save(store, employers(), few(EMPLOYERS, "employers"))
    store.withdraw(withdrawn, by="李四", reason="填错")
    fresh = save(store, employers())
    again(store)
    assert tallies(store, withdrawn) == tallies(store, fresh)
    assert store.snapshot(withdrawn).withdrawn


def test_nothing_else_of_a_snapshot_changes(store):
    number = save(store, employers(), few(EMPLOYERS, "employers"))
    kept = ("snapshots", "parts", "rows_employers", "withdrawals")
    before = {table: rows(store, f"from {table}") for table in kept}
    again(store)
    assert {table: rows(store, f"from {table}") for table in kept} == before
    assert store.original(store.snapshot(number).sha256) == b"bytes"
    line = store.audit_lines()[0][1:]
    assert line == ("系统", "重新汇总", f"批次{number}", "职业病危害用人单位数据库 共1个批次，汇总规则有变化")


# -- what cannot be known is not zero -------------------------------------------------------


def counting(ledger: Ledger, column: Column) -> Ledger:
    """The ledger with one more column, required or not, and a tally of it."""
    rule = TallyRule(name=f"with_{column.name}", count=column.name, values=("是",))
    return replace(ledger, columns=(*ledger.columns, column), tallies=(*ledger.tallies, rule))


@pytest.mark.parametrize("required", [True, False])
def test_a_column_that_was_not_declared_then_stays_unreported(store, required):
    number = save(store, employers())
    before = tallies(store, number)
    later = counting(EMPLOYERS, Column(name="insured", title="是否参保", type="flag", required=required))
    assert again(store, later) == 1
    assert tallies(store, number) == before


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "from before"])
def test_an_optional_column_that_the_file_did_not_have_stays_unreported(store, remembered):
    number = save(store, employers(), few(EMPLOYERS, "employers"))
    if not remembered:
        forget_what_was_told(store)
    rule = TallyRule(name="staffed", count="staff")
    again(store, replace(EMPLOYERS, tallies=(*EMPLOYERS.tallies, rule)))
    assert {name for *_, name, _ in tallies(store, number)} == set(EMPLOYERS.tally_names)


def test_a_column_that_the_file_had_and_left_blank_says_none(store):
    blank = tuple((*row[:4], "", "") for row in PLACES)
    number = save(store, employers(more=("职工人数",), rows=blank), few(EMPLOYERS, "employers"))
    again(store, replace(EMPLOYERS, tallies=(*EMPLOYERS.tallies, TallyRule(name="staffed", count="staff"))))
    staffed = {(region, amount) for region, *_, name, amount in tallies(store, number) if name == "staffed"}
    assert staffed == {("610100", 0), ("610300", 0)}


def test_a_blank_column_that_was_counted_as_none_then_is_known_to_have_been_there(store):
    """In a database from before the columns were remembered, the zeros that stand there tell."""
    blank = tuple((*row[:3], "", *row[4:]) for row in PLACES)
    older = save(store, employers(rows=blank), few(EMPLOYERS, "employers", "declared"))
    fresh = save(store, employers(rows=blank))
    forget_what_was_told(store)
    again(store)
    assert tallies(store, older) == tallies(store, fresh)
    assert sum(amount for *_, name, amount in tallies(store, older) if name == "obliged_declared") == 0


def test_a_column_that_has_become_a_number_is_read_as_one(store):
    """The stored text that is none counts as a blank cell."""
    notes = tuple(zip(("12", "约三十", "", "7", "1"), PLACES, strict=True))
    lines = [(f"企业{n}", uscc(n), *row[:4], note) for n, (note, row) in enumerate(notes)]
    found = books.submission(
        [("陕西省职业病危害用人单位数据库（截至2024年3月31日）",), (*HEAD, "备注"), *lines]
    )
    number = save(store, found)
    columns = tuple(replace(c, type="count") if c.name == "note" else c for c in EMPLOYERS.columns)
    again(store, replace(EMPLOYERS, columns=columns, tallies=(TallyRule(name="noted", sum="note"),)))
    assert {(region, amount) for region, *_, amount in tallies(store, number)} == {
        ("610100", 12),
        ("610300", 8),
    }


# -- only when the rules have changed -------------------------------------------------------


def test_unchanged_rules_do_nothing(store):
    number = save(store, employers())
    before = rows(store, "from audit"), rows(store, "select rowid, * from tallies"), store.revision
    told: list[str] = []
    assert retally(store, tell=told.append) == 0
    assert (rows(store, "from audit"), rows(store, "select rowid, * from tallies"), store.revision) == before
    assert told == [] and tallies(store, number)


def test_a_second_opening_has_nothing_left_to_do(store):
    save(store, employers(), few(EMPLOYERS, "employers"))
    assert (again(store), again(store)) == (1, 0)


def test_only_the_ledger_whose_rules_changed_is_tallied_anew(store):
    save(store, employers()), save(store, summary())
    later = replace(EMPLOYERS, tallies=EMPLOYERS.tallies[:1])
    assert again(store, later, PROGRESS) == 1


def test_a_ledger_that_is_no_longer_declared_is_left_alone(store):
    number = save(store, employers(), few(EMPLOYERS, "employers"))
    before = tallies(store, number)
    assert again(store, PROGRESS) == 0
    assert tallies(store, number) == before


def test_an_ordinary_start_asks_one_small_question(store):
    """Beside the rules, which every start reads, a few milliseconds: the best of several tries."""
    for _ in range(20):
        save(store, employers(), None)
    taken = []
    for _ in range(10):
        begun = perf_counter()
        assert retally(store) == 0
        taken.append(perf_counter() - begun)
    assert min(taken) < 0.03


def test_the_fingerprint_hangs_on_what_the_sums_hang_on():
    same = rules_fingerprint(EMPLOYERS)
    titled = replace(EMPLOYERS, title="另一个标题", cumulative=(), tallies=EMPLOYERS.tallies[::-1])
    assert rules_fingerprint(titled) == same
    where = replace(EMPLOYERS.tallies[0], where=(Condition("staff", at_least=10),))
    columns = tuple(replace(c, type="text") if c.name == "risk" else c for c in EMPLOYERS.columns)
    others = (
        replace(EMPLOYERS, tallies=EMPLOYERS.tallies[1:]),
        replace(EMPLOYERS, tallies=(where, *EMPLOYERS.tallies[1:])),
        replace(EMPLOYERS, item="industry"),
        replace(EMPLOYERS, columns=columns),
    )
    assert len({same, *map(rules_fingerprint, others)}) == 5
    assert asdict(EMPLOYERS.tallies[0])["where"] == (), "the rules themselves are as they were"


def test_the_fingerprint_hangs_on_what_tallying_means(monkeypatch):
    before = rules_fingerprint(EMPLOYERS)
    monkeypatch.setattr("zyb.intake.tallying.MEANING", 2)
    assert rules_fingerprint(EMPLOYERS) != before


# -- interrupted, and told ------------------------------------------------------------------


def test_an_interrupted_run_goes_on_where_it_stopped(store, monkeypatch):
    older = [save(store, employers(), few(EMPLOYERS, "employers")) for _ in range(3)]
    fresh = save(store, employers())
    before = tallies(store, older[0])
    monkeypatch.setattr(retallying, "SNAPSHOTS_A_PORTION", 1)
    real, calls = Store.retally, []

    def interrupted(self: Store, ledger: Ledger, snapshots: list[int], *, by: str) -> None:
        calls.append(snapshots)
        if len(calls) == 2:
            # The sums of the second are written already when the power goes.
            monkeypatch.setattr(
                "zyb.store.snapshots.audit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt())
            )
        real(self, ledger, snapshots, by=by)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "retally", interrupted)
        with pytest.raises(KeyboardInterrupt):
            again(store)
    assert [tallies(store, number) for number in older] == [tallies(store, fresh), before, before]
    monkeypatch.undo()
    assert again(store) == 2
    assert [tallies(store, number) for number in older] == [tallies(store, fresh)] * 3


def test_whoever_waits_at_the_console_is_told_how_far_it_is(store, caplog, tmp_path):
    save(store, employers(), few(EMPLOYERS, "employers"))
    save(store, summary(), few(PROGRESS, "enrolled"))
    retally(store)
    first, one, two, last = [record.getMessage() for record in caplog.records]
    assert first.startswith("汇总规则有变化，正在按现行规则重新汇总已入库的2个批次，请稍候")
    assert (one, two) == (
        "已重新汇总 1/2 个批次（职业病危害用人单位数据库）",
        "已重新汇总 2/2 个批次（专项治理进展汇总表）",
    )
    assert last.startswith("重新汇总完成，用时")
    assert not any(word in " ".join([first, one, two, last]) for word in (str(tmp_path), "employers"))


def test_the_installation_opens_with_figures_by_the_rules_of_today(tmp_path: Path):
    older = Store(tmp_path)
    number = save(older, employers(), few(EMPLOYERS, "employers"))
    older.close()
    opened = opening.open_store(tmp_path)
    fresh = save(opened, employers())
    totals = opened.totals([opened.edition("610000", date(2024, 12, 31))])[0]
    assert tallies(opened, number) == tallies(opened, fresh)
    assert {name for _, name in totals.amounts} == set(EMPLOYERS.tally_names)
    opened.close()
