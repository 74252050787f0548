"""Good workbooks changed at random: problems, never an exception, and never a changed database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import as_file, sheet, submissions
from tests.effort import examples
from tests.lists import forms
from tests.lists.test_every_ledger import CASES
from zyb.intake import Submission
from zyb.store import Store
from zyb.uploads import Prepared, compare, prepare

TODAY = date(2025, 12, 31)
SETTINGS = settings(
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

ODD_TEXTS = [
    "合计", "其中：", "注：", "小计", "序号", "甲", "1", "0", "-1", "1e999", "9.1E+17", "1" * 400, "𠮷" * 50, "\u200b", "\u3000", "\t",
    "=cmd|' /C calc'!A0", "{cell}", "{0}", "%s", "<b>西安</b>", "../../etc/passwd", "☑", "□", "☑☒■●", "□是☑否☑是", "是否", "√×", "、、", "/",
    "2024.2.30", "99991231", "00000", "99999", "20240000", "0000年00月00日", "6月31日", "2024-06-30 25:61", "截至2024年13月40日", "西安市", "石家庄市",
    "雁塔区", "杨凌示范区", "陕西省河北省", "市/县/区：", "市/县/区：西安市宝鸡市", "帮扶单位：", "企业名称", "统一社会信用代码", "开展时间", "地区", "年度",
    "２０２４年", "Ｃ３０", "Z99", "A" * 18, "9" * 18, "9" * 15 + "000", "\x1f", "a\x1fb", " ", "\n\n", "万", "约", "约约约", "家", "1,2,3",
]  # fmt: skip
odd = st.one_of(
    st.none(), st.sampled_from(ODD_TEXTS), st.text(max_size=20), st.integers(-(10**20), 10**20), st.floats()
)
place = st.tuples(st.integers(0, 30), st.integers(0, 18))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("cell"), place, odd),
        st.tuples(st.just("swap"), place, place),
        st.tuples(st.just("drop row"), st.integers(0, 30), st.none()),
        st.tuples(st.just("twice row"), st.integers(0, 30), st.none()),
        st.tuples(st.just("drop column"), st.integers(0, 18), st.none()),
        st.tuples(st.just("twice column"), st.integers(0, 18), st.none()),
    ),
    min_size=1,
    max_size=8,
)
FORMS = [form() for form in forms.FORMS]
GOOD = [(form.rows, form.merged) for form in FORMS] + [(case()[0][:12], ()) for case in CASES]


def changed(rows: list[list[object]], what: str, where: object, with_: object) -> None:
    """One change in place; what lies outside the table changes nothing."""
    if what in ("cell", "swap"):
        (row, column), other = where, with_  # type: ignore[misc]
        if row < len(rows) and column < len(rows[row]):
            if what == "cell":
                rows[row][column] = other
            elif other[0] < len(rows) and other[1] < len(rows[other[0]]):  # type: ignore[index]
                far, at = other  # type: ignore[misc]
                rows[row][column], rows[far][at] = rows[far][at], rows[row][column]
    elif what.endswith("row"):
        assert isinstance(where, int)
        if where < len(rows):
            rows[where : where + 1] = [] if what == "drop row" else [rows[where], list(rows[where])]
    else:
        assert isinstance(where, int)
        for row in rows:
            row[where : where + 1] = [] if what == "drop column" else row[where : where + 1] * 2


def mutated(rows, steps) -> list[list[object]]:
    width = max(map(len, rows))
    copy = [[*row, *[None] * (width - len(row))] for row in rows]
    for what, where, with_ in steps:
        changed(copy, what, where, with_)
    return copy


def logical_export(store: Store) -> str:
    """A fingerprint of every row of every table, and of the originals on the disk."""
    digest = hashlib.sha256()
    with store._cursor() as cursor:
        for (name,) in cursor.execute("select table_name from duckdb_tables() order by 1").fetchall():
            rows = cursor.execute(f"select * from {name} order by all").fetchall()
            digest.update(f"{name}{rows}".encode())
    digest.update("".join(sorted(path.name for path in store.uploads.iterdir())).encode())
    return digest.hexdigest()


@pytest.fixture
def kept(store: Store) -> Store:
    """A store that holds the good ones, so that there is something to compare with."""
    for n, (rows, merged) in enumerate(GOOD):
        for found in submissions(
            sheet(rows, merged=merged), name="上报2025年3月31日.xlsx", today=TODAY, province=province(n)
        ):
            store.save_snapshot(found, str(n).encode(), "表.xlsx", by="测试")
    return store


def province(n: int) -> str:
    return "河北" if n < 4 else "陕西"


def unharmed(store: Store, mutate: Callable[[], None]) -> None:
    before = logical_export(store)
    mutate()
    assert logical_export(store) == before


def is_answered(found: Submission) -> None:
    """Either something blocks, with a remedy, or there are rows that could be saved."""
    assert all(problem.message and problem.remedy for problem in found.problems)
    if not found.blocked:
        assert found.ledger and found.roster and found.as_of and len(found.body)
        assert None not in found.body["region_code"].to_pylist()
        assert all(tally.amount >= 0 for tally in found.tallies())


def test_a_good_workbook_changed_at_random_brings_problems_and_never_an_exception(kept):
    @settings(SETTINGS, max_examples=examples(30, deep=300))
    @given(number=st.integers(0, len(GOOD) - 1), steps=changes, known=st.booleans())
    def mutate(number: int, steps: list, known: bool) -> None:
        rows, merged = GOOD[number]
        said = {"province": province(number)} if known else {}
        for found in submissions(
            sheet(mutated(rows, steps), merged=merged), name="上报2025年6月30日.xlsx", today=TODAY, **said
        ):
            is_answered(found)
            compare(kept, Prepared(file_name="上报.xlsx", content=repr(steps).encode(), submission=found))

    unharmed(kept, mutate)


def test_a_changed_file_prepared_as_the_page_does_leaves_the_store_as_it_was(kept):
    @settings(SETTINGS, max_examples=5)
    @given(number=st.integers(0, len(GOOD) - 1), steps=changes, kind=st.sampled_from(["csv", "xlsx", "xls"]))
    def mutate(number: int, steps: list, kind: str) -> None:
        rows = [[_writable(cell, kind) for cell in row] for row in mutated(GOOD[number][0], steps)]
        prepared = prepare(
            kept, as_file(kind, rows), f"上报2025年6月30日.{kind}", today=TODAY, province="陕西"
        )
        assert prepared.status in ("accepted", "duplicate", "refused")

    unharmed(kept, mutate)


def _writable(cell: object, kind: str) -> object:
    """What the writers of the test can write; the readers are held by tests of their own."""
    if isinstance(cell, str):
        plain = "".join(
            letter for letter in cell if letter.isprintable() and letter.encode("gb18030", "ignore")
        )
        return plain.lstrip("=")
    return str(cell) if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) > 2**31) else cell
