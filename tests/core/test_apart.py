"""Understanding in a process of its own: it says what it would say in ours, is ended when it takes too much, and
ends with the server."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.books import csv_bytes, several, xlsx
from tests.lists import forms
from tests.lists.test_every_ledger import CASES
from zyb.errors import NotPossible, RulesError, StoreBusy, ZybError
from zyb.intake import Given, Submission, understand_all
from zyb.intake.lists.findings import Finding
from zyb.intake.process import apart, worker
from zyb.intake.process.apart import understood
from zyb.reading import LIMITS, Opened, UnreadableFile, Workbook, opened_workbook
from zyb.reading.limits import GB, Allowance
from zyb.rulebook.book import in_force, using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import catalogue
from zyb.store import DiskFull, Unsure
from zyb.uploads import read_submissions

TODAY = date(2025, 12, 31)
ROOT = Path(apart.__file__).parents[3]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Windows has no resource limits")

HEAD = ("企业名称", "统一社会信用代码", "地区", "县区", "纳入日期", "是否完成治理", "行政确认日期", "行业")
TITLE = ("陕西省专项治理企业台账（截至2024年3月1日）",)
PROGRESS = [
    ("陕西省专项治理进展（截至2024年3月1日）",),
    ("地区", "纳入治理企业数", "完成治理企业数"),
    ("西安市", 10, 5),
]


# -- it says the same -----------------------------------------------------------------------------


def all_wrong(rows: int) -> list[tuple[object, ...]]:
    """A list with more distinct faults than are kept one by one: codes, places, days, twins."""
    body = [
        (f"第{n % 3000}公司", f"91{n}", f"第{n}市", f"第{n}区", f"{n}日", "也许", "2024.13.1", f"Z{n}")
        for n in range(rows)
    ]
    return [TITLE, HEAD, *body]


def every_kind_of_file() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for case in CASES:
        yield case.__name__, csv_bytes(case()[0]), {"province": "陕西"}
    for form in (make() for make in forms.FORMS):
        yield form.ledger, xlsx(form.rows, form.sheet, form.merged), {"province": "河北"}
    yield "all wrong", csv_bytes(all_wrong(5000)), {"province": "陕西"}
    twins = [TITLE, HEAD, *((f"第{n}公司", "", "西安市", "", "", "是", "", "") for n in range(2500))]
    yield "two sheets of one list", several(("一", twins), ("二", twins)), {"province": "陕西"}
    again = [("陕西省专项治理进展（截至2024年4月1日）",), *PROGRESS[1:]]
    yield "stacked and several", several(("一", [*PROGRESS, (), *again]), ("二", PROGRESS)), {}
    yield "explained", csv_bytes([*PROGRESS[:2], ("西咸新区", 10, 5)]), {"places": (("西咸新区", "610100"),)}
    renamed = [PROGRESS[0], ("单位名", *PROGRESS[1][1:]), PROGRESS[2]]
    yield (
        "explained heading",
        csv_bytes(renamed),
        {"headings": (("governance_progress", "单位名", "region"),)},
    )
    yield "nothing", csv_bytes([("姓名", "电话")]), {}


FILES = {name: (content, given) for name, content, given in every_kind_of_file()}


def same_finding(one: Finding, other: Finding) -> None:
    for item in fields(Finding):
        if item.name not in ("rows", "say"):
            assert getattr(one, item.name) == getattr(other, item.name)
    assert np.array_equal(one.rows, other.rows)
    assert [one.problem_at(row) for row in one.rows] == [other.problem_at(row) for row in other.rows]


def same(one: Submission, other: Submission, workbook: Workbook) -> None:
    """Field by field, also those that do not count when submissions are compared."""
    assert one == other
    assert (one.listed, one.unreported) == (other.listed, other.unreported)
    assert one.ledger is other.ledger or one.ledger not in ledgers().values()
    assert (one.roster.names if one.roster else None) == (other.roster.names if other.roster else None)
    assert one.body.equals(other.body)
    assert one.body.schema == other.body.schema
    for own, theirs in zip(one.findings, other.findings, strict=True):
        same_finding(own, theirs)
    for table, twin in zip(one.tables, other.tables, strict=True):
        assert replace(table, sheet=twin.sheet) == twin
        assert table.sheet.table.equals(twin.sheet.table)
        if any(twin.sheet is sheet for sheet in workbook.sheets):
            assert table.sheet is twin.sheet
    assert (one.table is one.tables[0]) if one.tables else (one.table is None)
    if one.ledger and not one.blocked:
        assert (one.parts(), one.tallies()) == (other.parts(), other.tallies())


@pytest.mark.parametrize("name", FILES)
def test_what_comes_back_is_what_would_be_understood_here(name: str) -> None:
    content, said = FILES[name]
    given = Given(today=TODAY, **said)
    with opened_workbook(content) as opened:
        apart_found = understood(opened, "台账.xlsx", given)
    here = understand_all(opened.workbook, "台账.xlsx", given)
    assert here
    for one, other in zip(apart_found, here, strict=True):
        same(one, other, opened.workbook)


def test_the_columns_of_a_list_are_mapped_and_outlive_the_folder() -> None:
    with opened_workbook(FILES["governance_enterprises"][0]) as opened:
        (found,) = understood(opened, "台账.xlsx", Given(today=TODAY, province="陕西"))
        before = pa.total_allocated_bytes()
        again = understood(opened, "台账.xlsx", Given(today=TODAY, province="陕西"))
        assert pa.total_allocated_bytes() - before < 100_000
    assert not opened.folder.exists()
    assert found.body.equals(again[0].body)
    assert found.tallies()


def test_an_answer_that_is_impossible_is_told_as_it_is_here() -> None:
    with opened_workbook(csv_bytes([*PROGRESS[:1], (*HEAD[:2], HEAD[5]), ("甲", "", "是")])) as opened:
        given = Given(today=TODAY, province="陕西", ledger="governance_enterprises", region="火星市")
        with pytest.raises(NotPossible) as there:
            understood(opened, "台账.csv", given)
        with pytest.raises(NotPossible) as here:
            understand_all(opened.workbook, "台账.csv", given)
    assert (there.value.message, there.value.remedy) == (here.value.message, here.value.remedy)


# -- what may go wrong ----------------------------------------------------------------------------


@pytest.fixture
def fresh() -> Iterator[None]:
    """No process from before, and none for those that come after."""
    apart._end_all()
    yield
    apart._end_all()


STUBBORN = """
import sys, runpy
sys.path.insert(0, {root!r})
import zyb.intake.process.worker as worker
def understood(folder, number, letter):
    import ctypes, os, re, time
    {does}
worker._understood = understood
worker.main()
"""
PATIENT_REGEX = 're.match("(a+)+$", "a" * 60 + "b")'  # in one call that lets no other thread run


@pytest.fixture
def stubborn(fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Lets the process do something else instead of understanding, under its real limits."""

    def instead(does: str) -> None:
        script = tmp_path / "worker.py"
        script.write_text(STUBBORN.format(root=str(ROOT), does=does), encoding="utf-8")
        monkeypatch.setattr(apart, "SCRIPT", script)

    return instead


def refusal(allowance: Allowance = LIMITS.ordinary) -> str:
    with opened_workbook(csv_bytes(PROGRESS)) as opened, pytest.raises(UnreadableFile) as caught:
        understood(replace(opened, allowance=allowance), "表.csv", Given(today=TODAY))
    return caught.value.code


def understand_normally(monkeypatch: pytest.MonkeyPatch) -> tuple[Submission, ...]:
    apart._end_all()
    monkeypatch.setattr(apart, "SCRIPT", ROOT / "zyb" / "intake" / "process" / "worker.py")
    return read_submissions(csv_bytes(PROGRESS), "表.csv", Given(today=TODAY))


@pytest.mark.parametrize("does", [PATIENT_REGEX, "time.sleep(60)"])
def test_what_takes_too_long_by_the_clock_is_ended(
    stubborn: Any, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    stubborn(does)
    began = time.monotonic()
    assert refusal(Allowance(GB, 60, 1)) == "understanding_timeout"
    assert time.monotonic() - began < 20
    assert understand_normally(monkeypatch)[0].n_rows == 1


@linux_only
def test_what_computes_too_long_is_ended_by_the_system(stubborn: Any) -> None:
    stubborn(PATIENT_REGEX)
    assert refusal(Allowance(GB, 1, 60)) == "understanding_timeout"


@linux_only
@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("bytearray(2 << 30)", "understanding_memory"),
        ("os.abort()", "understanding_memory"),
        ("ctypes.string_at(0)", "understanding_broke"),
        ("os._exit(3)", "understanding_broke"),
        ('raise OSError(28, "full")', "no_room"),
    ],
)
def test_a_process_that_takes_too_much_or_dies_is_a_refusal(
    stubborn: Any, monkeypatch: pytest.MonkeyPatch, does: str, code: str
) -> None:
    stubborn(does)
    assert refusal() == code
    assert understand_normally(monkeypatch)[0].n_rows == 1


def test_a_fault_of_the_program_comes_with_its_traceback(stubborn: Any) -> None:
    stubborn("return {}[7]")
    with opened_workbook(csv_bytes(PROGRESS)) as opened, pytest.raises(KeyError) as caught:
        understood(opened, "表.csv", Given(today=TODAY))
    assert "return {}[7]" in "".join(caught.value.__notes__)


@pytest.mark.parametrize(
    "error",
    [
        ZybError("甲", "乙"), NotPossible("甲"), RulesError("problems.toml", "fell", "甲"), StoreBusy("甲"),
        UnreadableFile("archive_too_large", size=3, limit=2), DiskFull("甲"), Unsure("甲"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_for_a_person_reaches_the_process_that_asked_as_what_it_is(error: ZybError) -> None:
    _, told = worker._raised(error)
    again = pickle.loads(pickle.dumps(told))
    assert type(again) is type(error) and str(again) == str(error)
    assert {**vars(again), "__notes__": 0} == {**vars(error), "__notes__": 0}


def test_an_upload_that_is_refused_so_says_why_and_what_to_do(stubborn: Any) -> None:
    stubborn("raise MemoryError")
    (found,) = read_submissions(csv_bytes(PROGRESS), "表.csv", Given(today=TODAY))
    (said,) = found.problems
    assert (said.severity, said.code) == ("error", "understanding_memory")
    assert said.message.endswith("。") and said.remedy.startswith("请")


def test_the_server_goes_on_while_a_text_is_chewed_on(stubborn: Any) -> None:
    """The longest pause of another thread of ours, against a call that would hold all of them."""
    stubborn(PATIENT_REGEX)
    pauses: list[float] = []
    done = Event()

    def tick() -> None:
        last = time.monotonic()
        while not done.wait(0.01):
            now = time.monotonic()
            pauses.append(now - last)
            last = now

    page = Thread(target=tick)
    page.start()
    refusal(Allowance(GB, 60, 4))
    done.set()
    page.join()
    assert len(pauses) > 30
    assert max(pauses) < 3


# -- one after the other --------------------------------------------------------------------------


def idle() -> list[int]:
    return [worker._process.pid for worker in apart._idle]


def understand(content: bytes, allowance: Allowance = LIMITS.ordinary) -> tuple[Submission, ...]:
    with opened_workbook(content) as opened:
        return understood(replace(opened, allowance=allowance), "表.csv", Given(today=TODAY))


def test_one_process_serves_one_file_after_the_other(fresh: None) -> None:
    understand(csv_bytes(PROGRESS))
    (first,) = idle()
    understand(csv_bytes(PROGRESS))
    assert idle() == [first]


def test_files_at_once_have_a_process_each_and_no_more_than_two_stay(fresh: None) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: understand(csv_bytes(PROGRESS))[0].n_rows, range(8)))
    assert found == [1] * 8
    assert 1 <= len(idle()) <= LIMITS.at_once


def test_a_process_that_died_meanwhile_is_replaced_unnoticed(fresh: None) -> None:
    understand(csv_bytes(PROGRESS))
    (first,) = idle()
    os.kill(first, signal.SIGKILL)
    apart._idle[0]._process.wait()
    assert understand(csv_bytes(PROGRESS))[0].n_rows == 1
    assert first not in idle()


def test_after_a_large_file_another_process_takes_over(fresh: None) -> None:
    understand(csv_bytes(PROGRESS), LIMITS.large)
    (second,) = idle()
    understand(csv_bytes(PROGRESS))
    assert idle() == [second]
    understand(csv_bytes(PROGRESS), LIMITS.large)
    assert idle() != [second]


@linux_only
def test_a_process_that_has_grown_is_replaced(stubborn: Any) -> None:
    stubborn('worker.kept = b"x" * (450 << 20); return "refused", "understanding_broke"')
    successors = set()
    for _ in range(2):
        assert refusal() == "understanding_broke"
        successors.update(idle())
    assert len(successors) == 2


def test_a_process_started_later_speaks_by_the_rules_that_the_server_has_read(fresh: None) -> None:
    shipped = dict(catalogue())
    other = replace(shipped["as_of_unknown"], message="没有写日期。")
    with using(in_force().holding((catalogue, (), {**shipped, "as_of_unknown": other}))):
        (found,) = understand(csv_bytes(PROGRESS[1:]))
    assert "没有写日期。" in [said.message for said in found.problems]


# -- with the server ------------------------------------------------------------------------------

SERVER = """
import sys
from datetime import date
from threading import Thread
sys.path.insert(0, {root!r})
from pathlib import Path
from zyb.intake import Given
from zyb.intake.process import apart
from zyb.uploads import read_submissions
apart.SCRIPT = Path({script!r})
def upload():
    read_submissions("地区,纳入治理企业数\\n西安市,1\\n".encode(), "表.csv", Given(today=date(2024, 1, 1)))
started = apart._Worker
def watched():
    worker = started()
    print(worker._process.pid, flush=True)
    return worker
apart._Worker = watched
{how}
"""


def is_alive(pid: int) -> bool:
    """A dead process that nobody has waited for yet does not count."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_alive(pid)


def server(script: Path, how: str) -> subprocess.Popen[str]:
    code = SERVER.format(root=str(ROOT), script=str(script), how=how)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@linux_only
@pytest.mark.parametrize("ends", ["upload()", "upload(); print('done', flush=True); sys.stdin.read()"])
def test_no_process_outlives_the_server(ends: str) -> None:
    """It ends by itself, or is killed while it waits."""
    with server(ROOT / "zyb" / "intake" / "process" / "worker.py", ends) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.stdout.readline()
        parent.kill()
    assert gone_within(pid, 10)


@linux_only
def test_a_process_at_work_outlives_a_killed_server_no_longer_than_its_time(tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    hurry = "from zyb.reading import Allowance; worker._limit(Allowance(1 << 30, 60, 1))"
    script.write_text(STUBBORN.format(root=str(ROOT), does=f"{hurry}; {PATIENT_REGEX}"), encoding="utf-8")
    with server(script, "upload()") as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        time.sleep(1)
        parent.kill()
    assert gone_within(pid, 10)


def test_nothing_stays_in_the_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_submissions(FILES["governance_enterprises"][0], "台账.csv", Given(today=TODAY, province="陕西"))
    assert list(tmp_path.iterdir()) == []


def cells_of(opened: Opened) -> Sequence[Path]:
    return [opened.cells_file(number) for number in range(len(opened.workbook.sheets))]


def test_the_cells_lie_where_the_other_process_looks_for_them() -> None:
    with opened_workbook(several(("一", PROGRESS), ("二", PROGRESS))) as opened:
        assert [file.exists() for file in cells_of(opened)] == [True, True]


@pytest.mark.parametrize("left", [0, 3, 8, 9, -1])
def test_a_message_that_breaks_off_is_the_end_and_no_fault_of_its_reader(left):
    """The server may be killed while it writes."""
    pipe = io.BytesIO()
    worker.send(pipe, b"a message")
    with pytest.raises(EOFError):
        worker.receive(io.BytesIO(pipe.getvalue()[:left]))
    assert worker.receive(io.BytesIO(pipe.getvalue())) == b"a message"
