"""数据质量: what was checked until it was accepted, told in small tables; the SQL held against a loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import books
from tests.spec.conftest import Province, submission
from zyb.access import NotPermitted, OwnRegion, Viewer
from zyb.quality import quality_survey, unit_note
from zyb.quality.model import columns_of, optional_columns
from zyb.records import CheckedFile, CheckedReport, FilledCells, ProblemCount
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import catalogue, kind_remedy, kind_title
from zyb.store import Store, fingerprint
from zyb.store.checks import keep_check
from zyb.uploads import Prepared, note_checked
from zyb.uploads.retallying import count_filled

UNITS = {"西安": "610100", "宝鸡": "610300", "几地": ""}
EVER = (date(2000, 1, 1), date(2100, 1, 1))
GOVERNANCE = "governance_progress"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "data")) as store:
        yield store


def checks(store: Store, text: str) -> None:
    """`who | file | unit | day | error | warning | accepted`, in their order; a file of the same name has the same content."""
    _, *lines = books.table(text)
    for who, file, unit, day, error, warning, accepted in lines:
        counts = {("total_differs", "error"): int(error), ("county_sum_differs", "warning"): int(warning)}
        check = CheckedFile(
            checked_by=str(who), file_name=f"{file}.xlsx", sha256=str(file), sheet="表", ledger=GOVERNANCE,
            province_code="610000", unit=UNITS[str(unit)], as_of=None if day == "-" else date.fromisoformat(str(day)), row_count=12,
            problems=tuple(ProblemCount(*kind, n, n) for kind, n in counts.items() if n),
        )  # fmt: skip
        if accepted == "是":
            accepts(store, check)
        else:
            store.add_checks([check])


def accepts(store: Store, check: CheckedFile) -> None:
    """As saving a snapshot does, without its rows."""
    with store._transaction() as cursor:
        number, at = len(store.snapshots()) + 1, store._stamp()
        cursor.execute(
            "insert into snapshots values (?, ?, '610000', ?, ?, ?, ?, ?, '', '', '', '', 12)",
            [number, check.ledger, check.as_of, at, check.checked_by, check.file_name, check.sha256],
        )
        keep_check(cursor, check, at, number)
        cursor.execute("insert into audit (happened_at, actor, action, subject, detail) values (?, '', '', '', '')", [at])  # fmt: skip


def told(store: Store) -> list[tuple[str, str, int, int, int, int, bool]]:
    """Of each report unit, day, rounds, problems found, mended and left, and whether it was accepted; the oldest first."""
    names = {code: name for name, code in UNITS.items()}
    return [
        (
            names[one.unit], str(one.as_of), one.rounds, one.number("error", "warning"),
            one.number("error", "warning") - one.remaining("error", "warning"), one.remaining("error", "warning"),
            one.snapshot is not None,
        )
        for one in reversed(store.checked_reports("610000", *EVER))
    ]  # fmt: skip


def test_rounds_are_the_versions_until_one_is_accepted(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | 2024-03-31 | 5     | 2       | 否
        王某 | 甲2  | 西安 | 2024-03-31 | 1     | 2       | 否
        李某 | 乙1  | 宝鸡 | 2024-03-31 | 0     | 1       | 是
        王某 | 甲3  | 西安 | 2024-03-31 | 0     | 1       | 是
    """)  # fmt: skip
    assert told(store) == [
        ("宝鸡", "2024-03-31", 1, 1, 0, 1, True),
        ("西安", "2024-03-31", 3, 7, 6, 1, True),
    ]


def test_looking_again_at_the_same_content_is_no_round(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | 2024-03-31 | 3     | 0       | 否
        王某 | 甲1  | 西安 | 2024-03-31 | 3     | 0       | 否
        王某 | 甲1  | 西安 | 2024-03-31 | 0     | 1       | 是
    """)  # fmt: skip
    assert told(store) == [("西安", "2024-03-31", 1, 4, 3, 1, True)]


def test_what_comes_after_an_accepted_one_is_another_report(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | 2024-03-31 | 0     | 0       | 是
        王某 | 甲2  | 西安 | 2024-03-31 | 2     | 0       | 否
        王某 | 甲3  | 西安 | 2024-03-31 | 0     | 0       | 是
        王某 | 丙1  | 西安 | 2024-04-30 | 1     | 0       | 否
    """)  # fmt: skip
    assert told(store) == [
        ("西安", "2024-03-31", 1, 0, 0, 0, True),
        ("西安", "2024-03-31", 2, 2, 2, 0, True),
        ("西安", "2024-04-30", 1, 1, 0, 1, False),
    ]


def test_a_version_without_a_day_belongs_to_the_next_that_says_one(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | -          | 1     | 0       | 否
        王某 | 乙1  | 宝鸡 | 2024-04-30 | 0     | 0       | 是
        王某 | 甲2  | 西安 | 2024-03-31 | 0     | 0       | 是
    """)  # fmt: skip
    assert told(store) == [
        ("宝鸡", "2024-04-30", 1, 0, 0, 0, True),
        ("西安", "2024-03-31", 2, 1, 1, 0, True),
    ]


# -- against a loop -----------------------------------------------------------------------------

STEP = st.tuples(
    st.sampled_from(["王某", "李某"]), st.sampled_from("甲乙丙丁"), st.sampled_from(["西安", "几地"]),
    st.sampled_from(["2024-03-31", "2024-04-30"]), st.integers(0, 3), st.integers(0, 3), st.booleans(),
)  # fmt: skip


def by_loop(steps: list[tuple[str, str, str, str, int, int, bool]]) -> list[tuple[object, ...]]:
    """Open checks by content and person; a report is closed by what is accepted of it."""
    reports: list[dict[str, object]] = []
    for unit, day in ((u, d) for u in ("西安", "几地") for d in ("2024-03-31", "2024-04-30")):
        seen: list[dict[str, object]] = []
        for at, (who, file, u, d, error, warning, accepted) in enumerate(steps):
            if (u, d) != (unit, day):
                continue
            open_one = next((one for one in seen if one["key"] == (who, file) and not one["done"]), None)
            if open_one is None:
                open_one = {"key": (who, file), "done": False, "at": at, "most": [0, 0]}
                seen.append(open_one)
            most = open_one["most"]
            open_one["most"] = [max(most[0], error), max(most[1], warning)]  # type: ignore[index]
            open_one["last"], open_one["done"] = [error, warning], accepted
            open_one["moment"] = at if accepted else open_one["at"]
        seen.sort(key=lambda one: one["moment"])  # type: ignore[arg-type, return-value]
        group: list[dict[str, object]] = []
        for one in seen:
            group.append(one)
            if one["done"]:
                reports.append({"unit": unit, "day": day, "of": group})
                group = []
        if group:
            reports.append({"unit": unit, "day": day, "of": group})
    return sorted(map(_counted, reports))  # type: ignore[type-var]


def _counted(report: dict[str, object]) -> tuple[object, ...]:
    of: list[dict[str, object]] = report["of"]  # type: ignore[assignment]
    found = sum(max(one["most"][kind] for one in of) for kind in (0, 1))  # type: ignore[index]
    left = sum(of[-1]["last"])  # type: ignore[call-overload]
    versions = len({one["key"][1] for one in of})  # type: ignore[index]
    return report["unit"], report["day"], versions, found, found - left, left, of[-1]["done"]


@given(st.lists(STEP, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_is_counted_as_a_loop_counts_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, str, int, int, bool]]
) -> None:
    # A content says one unit and one day: another's file is another content.
    apart = [(who, f"{file}{unit}{day}", unit, day, *rest) for who, file, unit, day, *rest in steps]
    with closing(Store(tmp_path_factory.mktemp("history"))) as store:
        lines = "\n".join(" | ".join(["是" if one is True else "否" if one is False else str(one) for one in step]) for step in apart)  # fmt: skip
        if lines:
            checks(store, f"who | file | unit | day | error | warning | accepted\n{lines}")
        assert sorted(told(store)) == by_loop(apart)  # type: ignore[arg-type]


# -- what is kept, and of whom ------------------------------------------------------------------


def table(text: str, day: str = "2024-03-31") -> Prepared:
    return Prepared(
        file_name="表.csv", content=text.encode(), submission=submission(text, day, "陕西省"), sha256=fingerprint(text.encode())
    )  # fmt: skip


HEAD = "region | enrolled | completed"


def reports_of(store: Store) -> list[CheckedReport]:
    return store.checked_reports("610000", *EVER)


def test_a_check_is_noted_aside_and_only_of_ones_own_region(store: Store) -> None:
    before, own = store.revision, Viewer("a", "王某", "official", OwnRegion("610100", "西安市"))
    assert note_checked(store, [table(f"{HEAD}\n西安 | 10 | 5")], by=own)
    assert not note_checked(store, [table(f"{HEAD}\n宝鸡 | 10 | 5")], by=own)
    assert [(one.unit, one.checked_by) for one in reports_of(store)] == [("610100", "王某")]
    assert store.revision == before and store.audit_lines()[0][2] == "核对"
    with pytest.raises(NotPermitted):
        note_checked(store, [table(f"{HEAD}\n西安 | 10 | 5")], by=Viewer("b", "李某", "leader"))


def test_every_snapshot_brings_its_check_and_its_filled_cells(store: Store) -> None:
    shaanxi = Province(store, "陕西省")
    shaanxi.reports(f"{HEAD}\n西安 | 10 | 5\n宝鸡 | 8 | -", "2024-03-31")
    (one,) = reports_of(store)
    assert (one.unit, one.rounds, one.snapshot, one.problems) == ("", 1, 1, ())
    cells = {
        (cell.region_code, cell.column): (cell.filled, cell.rows)
        for cell in store.filled_cells("610000", *EVER)
    }
    assert cells["610100", "completed"] == (1, 1) and cells["610300", "completed"] == (0, 1)
    store.withdraw(1, by="王某", reason="测试")
    assert store.filled_cells("610000", *EVER) == [] and reports_of(store)[0].withdrawn


def test_snapshots_of_earlier_programs_are_counted_when_the_store_is_opened(store: Store) -> None:
    Province(store, "陕西省").reports(f"{HEAD}\n西安 | 10 | 5", "2024-03-31")
    cells = store.filled_cells("610000", *EVER)
    with store._transaction() as cursor:
        cursor.execute("delete from filled_cells")
        cursor.execute("insert into audit (happened_at, actor, action, subject, detail) values (now()::timestamp, '', '', '', '')")  # fmt: skip
    assert cells and store.filled_cells("610000", *EVER) == []
    assert (count_filled(store), count_filled(store)) == (1, 0)
    assert store.filled_cells("610000", *EVER) == cells
    assert isinstance(cells[0], FilledCells)


# -- what is said of it -------------------------------------------------------------------------


def test_every_kind_of_problem_has_a_name_of_its_own() -> None:
    titles = [words.title for words in catalogue().values()]
    assert len(titles) > 150 and len(set(titles)) == len(titles) and max(map(len, titles)) <= 20
    assert kind_title("gone_in_a_later_version") == "文件无法读取"
    assert "{" not in "".join(map(kind_remedy, catalogue()))


def test_completeness_is_of_what_may_be_blank_and_is_better_filled_in() -> None:
    """Neither remarks nor what only some rows are to have, such as the day of what was confirmed."""
    names = optional_columns(ledgers()["governance_enterprises"])
    assert "staff" in names and not {"note", "confirmed_on", "name", "completed"} & set(names)
    cells = [
        FilledCells("610100", "governance_enterprises", "staff", 3, 4), FilledCells("610300", "governance_enterprises", "staff", 0, 2),
        FilledCells("610100", "governance_enterprises", "note", 0, 4), FilledCells("610100", "gone", "staff", 0, 4),
    ]  # fmt: skip
    (column,) = columns_of(cells)
    assert (column.column, column.filled, column.rows) == ("staff", 3, 6)


def test_units_add_up_to_the_whole(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | 2024-03-31 | 5     | 2       | 否
        王某 | 甲2  | 西安 | 2024-03-31 | 0     | 2       | 是
        李某 | 乙1  | 几地 | 2024-04-30 | 0     | 1       | 是
        王某 | 丙1  | 宝鸡 | 2024-05-31 | 3     | 0       | 否
    """)  # fmt: skip
    seen = quality_survey(store, "陕西省", *EVER)
    told = {
        one.name: (len(one.counts.accepted), one.counts.first_try, one.counts.found, one.counts.mended, one.counts.warnings_left, one.counts.still_open)
        for one in (*seen.units, seen.whole)
    }  # fmt: skip
    assert told == {
        "西安市": (1, 0, 7, 5, 2, 0), "宝鸡市": (0, 0, 3, 0, 0, 3), "多个地区合报": (1, 1, 1, 0, 1, 0),
        "全省": (2, 1, 11, 5, 3, 3),
    }  # fmt: skip
    assert [month.month for month in seen.months] == ["2024-03", "2024-04", "2024-05"]
    assert seen.whole.counts.mean_rounds == Fraction(3, 2)


def test_the_note_of_a_unit_without_a_fault_is_short(store: Store) -> None:
    checks(store, """
        who  | file | unit | day        | error | warning | accepted
        王某 | 甲1  | 西安 | 2024-03-31 | 0     | 0       | 是
        李某 | 乙1  | 宝鸡 | 2024-03-31 | 4     | 0       | 否
    """)  # fmt: skip
    seen = quality_survey(store, "陕西省", *EVER)
    notes = {unit.name: unit_note(unit).splitlines() for unit in seen.units}
    assert notes["西安市"][2:] == [
        "入库1次，其中一次通过1次（100.0%），平均核对1.0个版本后入库；核对没有发现问题。", "报送质量较好，请继续保持。",
    ]  # fmt: skip
    assert notes["宝鸡市"][2] == "入库0次；核对共发现问题4处，已改正0处，入库时留作提醒0处，尚未改正4处。"
    assert "合计与各地区之和不符：1次报送共4处，还有4处。" in notes["宝鸡市"][4]
    assert notes["宝鸡市"][5] == "以下文件核对后还没有入库：“乙1.xlsx”，请改正后重新上报。"
