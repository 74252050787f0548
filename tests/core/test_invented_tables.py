"""Tables that nobody thought of: standings equal an obvious loop, and no workbook raises an exception."""

from __future__ import annotations

import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import NOTICE_MERGED, csv_bytes, notice_rows, sheet, submission, xlsx
from tests.effort import examples
from zyb.access import on_this_machine
from zyb.answers.progress import standings, view
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.uploads import Prepared, accept, compare, prepare

TODAY = date(2024, 6, 30)
SHAANXI = load_roster("陕西")
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

numbers = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(lambda two: (max(two), min(two)))
figures = st.dictionaries(st.sampled_from([region.name for region in SHAANXI.regions]), numbers, min_size=1)


def rows_of(table: dict[str, tuple[int, int]]) -> list[tuple]:
    head = ("地区", "纳入治理企业数", "完成治理企业数")
    total = tuple(sum(column) for column in zip(*table.values(), strict=True))
    body = [(name, *two) for name, two in table.items()]
    return [("陕西省专项治理（截至2024年3月1日）",), head, *body, ("合计", *total)]


def expected(table: dict[str, tuple[int, int]]) -> list[tuple]:
    """The same by a loop that nobody can misread: (region, enrolled, completed, value, left, rank)."""
    values = {name: Fraction(done, all_) for name, (all_, done) in table.items() if all_}
    rows = []
    for region in SHAANXI.regions:
        if region.name not in table:
            rows.append((region.name, None, None, None, None, None))
            continue
        all_, done = table[region.name]
        value = values.get(region.name)
        rank = None if value is None else 1 + sum(1 for other in values.values() if other > value)
        rows.append((region.name, all_, done, value, all_ - done, rank))
    return rows


def found_in(store: Store) -> list[tuple]:
    found = standings(store, view(store, "陕西", "governance_completion", TODAY))
    return [(s.region, s.denominator, s.numerator, s.value, s.remaining, s.rank) for s in found.regions]


@settings(max_examples=8, suppress_health_check=SLOW, derandomize=True)
@given(table=figures, kind=st.sampled_from(["csv", "gb18030", "xlsx"]))
def test_any_table_stands_as_an_obvious_loop_says(table, kind):
    rows = rows_of(table)
    content = xlsx(rows) if kind == "xlsx" else csv_bytes(rows, "utf-8" if kind == "csv" else kind)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        prepared = prepare(store, content, f"表.{kind}", today=TODAY)
        assert not [p for p in prepared.problems if p.severity == "error"]
        accept(store, prepared, by=on_this_machine("张三"))
        assert found_in(store) == expected(table)
        store.close()


@settings(max_examples=12, suppress_health_check=SLOW, derandomize=True)
@given(reports=st.lists(st.tuples(st.integers(1, 28), figures), min_size=1, max_size=4))
def test_any_sequence_of_reports_leaves_each_regions_latest(reports):
    """In whatever order they arrive: the latest day, and on one day the last to arrive."""
    latest: dict[str, tuple[int, tuple[int, int]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for n, (day, table) in enumerate(reports):
            found = submission(rows_of(table), as_of=date(2024, 3, day), province="陕西")
            store.save_snapshot(found, f"{n}".encode(), "表.xlsx", by="张三")
            for name, two in table.items():
                if name not in latest or latest[name][0] <= day:
                    latest[name] = (day, two)
        assert found_in(store) == expected({name: two for name, (_, two) in latest.items()})
        store.close()


# -- mutations ------------------------------------------------------------------------------------

ODDITIES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True),
    st.sampled_from(
        ["合计", "总计", "注：", "其中：", "西安", "陕西省", "全省", "截至2024年9月31日", "截至9999年12月31日", "2024年", "20000年",
         "地区", "纳入", "完成", "年度", "{cell}", "%s", "=1+1", "１２", "约", "万", "家", "-", "甲", "0" * 400, "\u200b", "𠮷"]
    ),
)  # fmt: skip
CHANGES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), ODDITIES), max_size=12)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("kept") / "data")
    accept(
        store,
        prepare(store, csv_bytes(rows_of({"西安市": (10, 5)})), "表.csv", today=TODAY),
        by=on_this_machine("张三"),
    )
    yield store
    store.close()


@settings(max_examples=examples(40, deep=400), suppress_health_check=SLOW, derandomize=True)
@given(changes=CHANGES, dropped=st.lists(st.integers(0, 18), max_size=4), merged=st.booleans())
def test_a_notice_changed_at_random_brings_problems_and_never_an_exception(kept, changes, dropped, merged):
    rows = [list(row) + [None] * 2 for row in notice_rows()]
    for row, column, oddity in changes:
        if row < len(rows):
            rows[row][column] = oddity
    rows = [row for n, row in enumerate(rows) if n not in dropped]
    found = submission(sheet(rows, merged=NOTICE_MERGED if merged else ()), today=TODAY)
    assert found.blocked or (found.ledger and found.roster and found.as_of and found.rows)
    assert all(problem.message and problem.remedy for problem in found.problems)
    compare(kept, Prepared(file_name="表.xlsx", content=b"x", submission=found))


@settings(max_examples=12, suppress_health_check=SLOW, derandomize=True)
@given(cut=st.integers(0, 6000), flipped=st.lists(st.integers(0, 6000), max_size=4))
def test_a_damaged_file_brings_problems_and_never_an_exception(kept, cut, flipped):
    content = bytearray(xlsx(notice_rows(), merged=NOTICE_MERGED))
    for place in flipped:
        content[place % len(content)] ^= 0xFF
    content = content[: len(content) - cut] if cut < len(content) else content[:0]
    found = prepare(kept, bytes(content), "表.xlsx", today=TODAY)
    assert found.status in ("refused", "accepted", "duplicate")
    if found.status == "refused":
        assert all(problem.remedy for problem in found.problems if problem.severity == "error")


@settings(max_examples=examples(40, deep=400), derandomize=True)
@given(texts=st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=12), name=st.text(max_size=20))
def test_any_texts_in_any_cells_bring_problems_and_never_an_exception(texts, name):
    found = submission(sheet(texts or [[""]]), name=name, today=TODAY)
    assert found.blocked or found.rows
