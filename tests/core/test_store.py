"""The store: all or nothing, nothing ever changed, many readers beside one writer."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.books import NOTICE, submission
from zyb.errors import NotPossible, StoreBusy, ZybError
from zyb.records import Part
from zyb.rulebook.ledgers import ledgers
from zyb.store import Edition, Store, database, fingerprint, now, originals, snapshots
from zyb.store.editions import EDITIONS_KEPT

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
LEDGER = "governance_progress"


def progress(day: str = "2024年3月1日", figures: dict[str, tuple[int, int]] | None = None):
    rows = [(name, *numbers) for name, numbers in (figures or NOTICE).items()]
    return submission([(f"陕西省专项治理（截至{day}）",), HEAD, *rows])


def save(store: Store, found=None, content: bytes = b"bytes", **words) -> int:
    return store.save_snapshot(found or progress(), content, "表.xlsx", **{"by": "张三", **words})


def contents(store: Store) -> tuple[str, tuple[str, ...]]:
    """A fingerprint of every table, row by row, and the names of the kept files."""
    text = []
    with store._cursor() as cursor:
        names = [
            row[0] for row in cursor.execute("select table_name from duckdb_tables() order by 1").fetchall()
        ]
        for name in names:
            text += [name, *sorted(map(repr, cursor.execute(f"from {name}").fetchall()))]
    files = tuple(sorted(path.name for path in store.uploads.iterdir()))
    return hashlib.sha256("\n".join(text).encode()).hexdigest(), files


# -- one snapshot ---------------------------------------------------------------------------


def test_a_snapshot_is_what_the_upload_said(store):
    before = now()
    number = save(store, content=b"the original", reason="核减", source="文号")
    found = store.snapshot(number)
    assert before <= found.uploaded_at <= now()
    assert replace(found, uploaded_at=before) == replace(
        found,
        id=number, ledger=LEDGER, province_code="610000", as_of=date(2024, 3, 1), uploaded_at=before,
        uploaded_by="张三", file_name="表.xlsx", sha256=fingerprint(b"the original"), sheet="Sheet1",
        title="陕西省专项治理（截至2024年3月1日）", source="文号", reason="核减", row_count=12, regions=12,
        withdrawn_at=None, withdrawn_by=None, withdrawal_reason=None,
    )  # fmt: skip
    assert not found.withdrawn


def test_the_original_comes_back_byte_for_byte(store):
    content = bytes(range(256)) * 50
    number = save(store, content=content)
    assert store.original(store.snapshot(number).sha256) == content


def test_an_original_that_is_missing_or_changed_is_told_and_never_handed_out(store):
    sha256 = store.snapshot(save(store, content=b"bytes")).sha256
    assert store.has_original(sha256)
    (store.uploads / sha256).write_bytes(b"other bytes")
    assert not store.has_original(sha256)
    with pytest.raises(ZybError, match="原始文件已损坏，与入库时不一致"):
        store.original(sha256)
    (store.uploads / sha256).unlink()
    assert not store.has_original(sha256)
    with pytest.raises(ZybError, match="原始文件已不在数据目录中"):
        store.original(sha256)


def test_every_figure_leads_back_to_its_line(store):
    number = save(store)
    traces = store.traces(ledgers()[LEDGER], [number], "610403")
    assert [(t.sheet, t.line, t.values["enrolled"], t.values["completed"]) for t in traces] == [
        ("Sheet1", 13, 48, 4)
    ]
    assert len(store.traces(ledgers()[LEDGER], [number])) == 12
    assert store.traces(ledgers()["governance_targets"], [number]) == []


def test_rows_tallies_and_totals_agree(store):
    number = save(store)
    totals = store.totals([store.edition("610000", date(2024, 3, 1))])[0]
    traces = store.traces(ledgers()[LEDGER], [number])
    assert len(traces) == 12
    for trace in traces:
        part = Part(LEDGER, trace.region_code)
        assert {name: totals.amount(part, name) for name in ("enrolled", "completed")} == {
            name: trace.values[name] for name in ("enrolled", "completed")
        }


def test_what_must_be_mended_first_is_not_saved(store):
    before = contents(store)
    wrong = progress(figures={"西安市": (10, 11)})
    with pytest.raises(NotPossible, match="不能入库"):
        save(store, wrong)
    assert contents(store) == before


def test_every_act_leaves_a_line_in_the_audit(store):
    number = save(store)
    store.withdraw(number, by="李四", reason="填错")
    lines = [(actor, action, subject) for _, actor, action, subject, _ in store.audit_lines()]
    assert lines == [("李四", "撤回", f"批次{number}"), ("张三", "上报", f"批次{number}")]
    assert isinstance(store.audit_lines()[0][0], datetime)


# -- withdrawal -----------------------------------------------------------------------------


def test_a_withdrawn_snapshot_stays_in_the_register_with_its_reason(store):
    number = save(store)
    store.withdraw(number, by="李四", reason="  填错  ")
    found = store.snapshot(number)
    assert (found.withdrawn, found.withdrawn_by, found.withdrawal_reason) == (True, "李四", "填错")
    assert store.edition("610000", date(2024, 3, 1)).snapshots == ()
    assert store.original(found.sha256) == b"bytes"


def test_a_withdrawal_told_afterwards_has_its_own_moment_and_the_audit_the_clocks(store):
    sent, taken_back = (datetime(2024, 3, 2, hour, tzinfo=UTC) for hour in (1, 3))
    number = save(store, at=sent)
    store.withdraw(number, by="李四", reason="填错", at=taken_back)
    assert store.snapshot(number).withdrawn_at == taken_back
    assert store.edition("610000", date(2024, 3, 1), sent).snapshots == (number,)
    assert store.edition("610000", date(2024, 3, 1), taken_back).snapshots == ()
    assert store.audit_lines()[0][0].date() > taken_back.date()


def test_an_edition_is_remembered_until_something_is_written(store):
    def asked() -> Edition:
        return store.edition("610000", date(2024, 3, 1))

    number = save(store)
    first = asked()
    assert asked() is first
    again = save(store, content=b"others")
    assert (first.snapshots, asked().snapshots) == ((number,), (again,))
    store.withdraw(again, by="李四", reason="填错")
    assert asked() == first


def test_only_days_that_were_not_asked_for_before_are_asked_of_the_database(store, monkeypatch):
    save(store)
    asked = []
    find = store._find_editions
    monkeypatch.setattr(
        store, "_find_editions", lambda province, days, known_at: asked.append(days) or find(province, days, known_at)
    )  # fmt: skip
    march, april, may = date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)
    first = store.editions("610000", [march, april])
    again = store.editions("610000", [may, april, march, april])
    assert asked == [[march, april], [may]]
    assert [edition.on for edition in again] == [may, april, march, april]
    assert again[1] is first[1] and again[2] is first[0]


def test_more_editions_than_are_kept_are_still_the_right_ones(store):
    number = save(store)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(2 * EDITIONS_KEPT)]
    for some in (days, days[:3], days[-3:]):
        found = [(edition.on, edition.snapshots) for edition in store.editions("610000", some)]
        assert found == [(day, (number,) if day >= date(2024, 3, 1) else ()) for day in some]


def test_it_cannot_be_withdrawn_twice(store):
    number = save(store)
    store.withdraw(number, by="李四", reason="填错")
    before = contents(store)
    with pytest.raises(NotPossible, match=r"批次1已由李四于\d{4}年\d+月\d+日\d\d:\d\d撤回"):
        store.withdraw(number, by="王五", reason="填错")
    assert contents(store) == before


@pytest.mark.parametrize("reason", ["", "   ", "　"])
def test_a_withdrawal_needs_a_reason(store, reason):
    number = save(store)
    with pytest.raises(NotPossible, match="原因"):
        store.withdraw(number, by="李四", reason=reason)
    assert not store.snapshot(number).withdrawn


def test_a_number_that_nobody_gave_is_refused_with_a_remedy(store):
    with pytest.raises(NotPossible, match=r"没有批次99.*核对批次号"):
        store.withdraw(99, by="李四", reason="填错")


def test_the_same_bytes_are_found_only_while_in_force(store):
    question = (fingerprint(b"bytes"), LEDGER, "610000", date(2024, 3, 1))
    assert store.same_bytes(*question) is None
    number = save(store)
    assert store.same_bytes(*question) == number
    assert store.same_bytes(question[0], LEDGER, "130000", question[3]) is None
    assert store.same_bytes(*question[:3], date(2024, 3, 2)) is None
    store.withdraw(number, by="李四", reason="填错")
    assert store.same_bytes(*question) is None


# -- all or nothing -------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["insert", "insert_rows", "_insert_tallies", "audit"])
def test_a_fault_at_any_step_leaves_everything_as_it_was(store, monkeypatch, step):
    save(store, progress("2024年2月1日"), b"earlier")
    before = contents(store)

    def fail(*arguments):
        raise RuntimeError("power failure")

    monkeypatch.setattr(snapshots, step, fail)
    with pytest.raises(RuntimeError):
        save(store, progress(), b"later")
    monkeypatch.undo()
    assert contents(store) == before
    assert save(store, progress(), b"later")


def test_a_fault_in_a_new_ledgers_first_upload_leaves_no_table_behind(store, monkeypatch):
    before = contents(store)
    monkeypatch.setattr(snapshots, "_insert_tallies", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(store)
    assert contents(store) == before


def test_a_file_that_was_there_before_survives_a_failed_second_upload(store, monkeypatch):
    number = save(store, content=b"same")
    monkeypatch.setattr(snapshots, "audit", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(store, progress("2024年4月1日"), b"same")
    assert store.original(store.snapshot(number).sha256) == b"same"


def test_a_full_disk_is_said_plainly_and_leaves_no_half_file(store, monkeypatch):
    before = contents(store)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(originals.os, "fsync", full)
    with pytest.raises(ZybError, match=r"磁盘已满，没有保存。请清理"):
        save(store)
    assert contents(store) == before


def test_what_was_saved_is_there_after_closing_and_opening(store):
    save(store)
    before = contents(store)
    store.close()
    reopened = Store(store.folder)
    assert contents(reopened) == before
    reopened.close()
    assert contents(store) == before, "a closed store opens again when it is asked"


# -- many at once -----------------------------------------------------------------------------


def test_readers_in_threads_see_what_a_loop_sees_while_a_writer_writes(store):
    """Each answer is one of the states that were ever true: a snapshot is there whole or not at all."""
    days = [date(2024, 1, day) for day in range(1, 9)]
    for day in days:
        save(
            store,
            progress(f"2024年1月{day.day}日", {"西安市": (100, day.day), "宝鸡市": (100, day.day)}),
            day.isoformat().encode(),
        )
    writing = threading.Event()

    def write() -> None:
        for day in range(9, 19):
            figures = {"西安市": (100, day), "宝鸡市": (100, day)}
            save(store, progress(f"2024年1月{day}日", figures), f"later {day}".encode())
        writing.set()

    def read(day: date) -> list[tuple[int | None, int | None]]:
        totals = store.totals([store.edition("610000", day)])[0]
        return [totals.amount(Part(LEDGER, code), "completed") for code in ("610100", "610300")]

    with ThreadPoolExecutor(6) as pool:
        writer = pool.submit(write)
        asked = [days[n % len(days)] for n in range(150)]
        answers = list(pool.map(read, asked))
        latest = list(pool.map(read, [date(2024, 1, 31)] * 50))
        writer.result()
    assert writing.is_set()
    assert answers == [[day.day, day.day] for day in asked]
    assert all(one == other and 8 <= one <= 18 for one, other in latest)
    assert read(date(2024, 1, 31)) == [18, 18]


def test_writers_in_threads_wait_for_each_other(store):
    submissions = [(progress(f"2024年1月{day}日"), str(day).encode()) for day in range(1, 13)]
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda one: save(store, *one), submissions))
    assert len(set(numbers)) == 12
    assert {snapshot.id for snapshot in store.snapshots()} == set(numbers)


def test_a_second_process_is_told_who_holds_the_database(store):
    code = (
        "import sys; from pathlib import Path; from zyb.store import Store; from zyb.errors import StoreBusy\n"
        "try: Store(Path(sys.argv[1]))\n"
        "except StoreBusy as error: print(error)"
    )
    root = Path(database.__file__).parents[2]
    second = subprocess.run(
        [sys.executable, "-c", code, str(store.folder)], capture_output=True, text=True, cwd=root, check=True
    )
    assert (
        second.stdout.strip()
        == "数据库正被另一个程序占用（看板可能正在运行）。请先关闭看板或另一个命令，再重试。"
    )
    assert issubclass(StoreBusy, ZybError)


# -- versions ---------------------------------------------------------------------------------


def versions(store: Store) -> list[int]:
    with store._cursor() as cursor:
        return [row[0] for row in cursor.execute("from schema_versions order by 1").fetchall()]


def test_a_database_of_version_zero_is_brought_up(tmp_path):
    """As an interrupted first start may leave it: a file without a single table."""
    folder = tmp_path / "data"
    folder.mkdir()
    duckdb.connect(str(folder / "zyb.duckdb")).close()
    store = Store(folder)
    assert versions(store) == list(range(1, len(list((database.SQL / "schema").glob("*.sql"))) + 1))
    assert save(store)
    store.close()


@pytest.fixture
def schema(tmp_path, monkeypatch) -> Path:
    """The schema files in a folder where a test may add some."""
    folder = tmp_path / "sql" / "schema"
    folder.mkdir(parents=True)
    for file in (database.SQL / "schema").glob("*.sql"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(database, "SQL", folder.parent)
    return folder


def test_an_older_database_is_migrated_with_all_that_it_holds(store, schema):
    number = save(store)
    before = versions(store)
    store.close()
    (schema / "900_note.sql").write_text("alter table snapshots add column remark varchar default '无'")
    newer = Store(store.folder)
    assert versions(newer) == [*before, len(before) + 1]
    with newer._cursor() as cursor:
        assert cursor.execute("select id, remark from snapshots").fetchall() == [(number, "无")]
    newer.close()
    again = Store(store.folder)
    assert versions(again) == [*before, len(before) + 1]
    again.close()


def test_a_migration_that_fails_changes_nothing(store, schema):
    save(store)
    before, known = contents(store), versions(store)
    store.close()
    (schema / "900_broken.sql").write_text(
        "create table half (a integer); create table snapshots (a integer)"
    )
    with pytest.raises(ZybError, match="数据库文件无法打开"):
        Store(store.folder)
    (schema / "900_broken.sql").unlink()
    reopened = Store(store.folder)
    assert (contents(reopened), versions(reopened)) == (before, known)
    reopened.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(store):
    save(store)
    with store._cursor() as cursor:
        cursor.execute("insert into schema_versions values (999)")
    store.close()
    for _ in range(2):
        with pytest.raises(ZybError, match=r"更新版本的程序建立。请升级程序"):
            Store(store.folder)


def test_a_file_that_is_no_database_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "zyb.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(ZybError, match=r"已损坏.*备份恢复"):
        Store(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ZybError, match=r"数据目录无法建立.*ZYB_DATA"):
        Store(tmp_path / "file" / "data")
