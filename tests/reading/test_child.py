"""The reading process: alone, without the server's secrets, and ended when it takes too much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reading.files import xlsx
from zyb.reading import LIMITS, UnreadableFile, read_workbook, reader
from zyb.reading.limits import GB, MB, Allowance

linux_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")

TEXT = "地区,数\n西安市,1\n".encode()


def act_as_child(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a script in the place of the reading process; it may write to `out`."""
    child = folder / "child.py"
    child.write_text(f"import json, os, sys, time\nout = {str(folder / 'out')!r}\n{script}")
    monkeypatch.setattr(reader, "_CHILD", child)


def seen(folder: Path) -> Any:
    return json.loads((folder / "out").read_text())


def code_of(content: bytes, **limits: Any) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, "x.csv", replace(LIMITS, **limits))
    return caught.value.code


def test_the_child_sees_nothing_of_the_servers_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZYB_SECRET", "密")
    script = "json.dump([sorted(os.environ), sys.flags.isolated, os.getcwd()], open(out, 'w'))"
    act_as_child(monkeypatch, tmp_path, script)
    assert code_of(TEXT) == "damaged"
    environment, isolated, folder = seen(tmp_path)
    assert set(environment) <= {"LC_CTYPE", "SYSTEMROOT"}  # Python itself sets the first
    assert isolated
    assert Path(folder) != Path.cwd()


@linux_only
def test_the_child_caps_itself_before_it_loads_a_parser(tmp_path: Path) -> None:
    script = (
        "import json, resource, runpy, sys; child = runpy.run_path(sys.argv[1]);"
        f"child['limit_resources']({GB}, 15);"
        "names = 'RLIMIT_AS', 'RLIMIT_CPU', 'RLIMIT_CORE';"
        "limits = [resource.getrlimit(getattr(resource, n)) for n in names];"
        "print(json.dumps([limits, 'pyarrow' in sys.modules, 'fastexcel' in sys.modules]))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", script, str(reader._CHILD)], capture_output=True, check=True
    )
    assert json.loads(run.stdout) == [[[GB, GB], [15, 16], [0, 0]], False, False]


def test_a_child_that_hangs_is_ended_after_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    act_as_child(monkeypatch, tmp_path, "json.dump(os.getpid(), open(out, 'w')); time.sleep(60)")
    began = time.monotonic()
    assert code_of(TEXT, ordinary=Allowance(GB, 15, 1)) == "timeout"
    assert time.monotonic() - began < 5
    with pytest.raises(ProcessLookupError):
        os.kill(seen(tmp_path), 0)


@linux_only
def test_a_child_that_computes_too_long_is_ended_by_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limit = f"import runpy; runpy.run_path({str(reader._CHILD)!r})['limit_resources']({GB}, 1)"
    act_as_child(monkeypatch, tmp_path, f"{limit}\nwhile True: pass")
    assert code_of(TEXT) == "timeout"


@linux_only
def test_a_child_that_takes_too_much_memory_is_refused_it() -> None:
    assert code_of(TEXT * 1_000_000, ordinary=Allowance(200 * MB, 15, 20)) == "out_of_memory"


@pytest.mark.parametrize("answer", ["", "panic", "sys.exit(3)", "os.abort()", "print('{')"])
def test_a_child_that_dies_without_an_answer_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str
) -> None:
    act_as_child(monkeypatch, tmp_path, answer)
    assert code_of(TEXT) in {"damaged", "out_of_memory"}


def test_no_more_than_two_files_are_read_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = "open(out, 'a').write(f'{word} {time.monotonic()}\\n')"
    script = f"word = 'begin'; {log}\ntime.sleep(0.2)\nword = 'end'; {log}"
    act_as_child(monkeypatch, tmp_path, script)
    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(lambda _: code_of(TEXT), range(5))) == ["damaged"] * 5
    events = sorted(
        (float(at), word) for word, at in map(str.split, (tmp_path / "out").read_text().splitlines())
    )
    running = [0]
    for _, word in events:
        running.append(running[-1] + (1 if word == "begin" else -1))
    assert (max(running), running[-1]) == (2, 0)


def test_who_waits_too_long_for_a_place_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with reader._place(False, 1), reader._place(False, 1):
        assert code_of(TEXT, queue_seconds=0) == "busy"
    assert read_workbook(TEXT, "x.csv").sheets[0].n_rows == 2


def test_a_large_file_gets_the_large_allowance_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    act_as_child(monkeypatch, tmp_path, "json.dump(json.loads(sys.argv[1]), open(out, 'w'))")
    assert code_of(TEXT) == "damaged"
    assert seen(tmp_path)["memory"] == LIMITS.ordinary.memory
    assert code_of(TEXT, large_from=10) == "damaged"
    assert seen(tmp_path)["memory"] == LIMITS.large.memory
    with reader._place(True, 1):
        assert code_of(TEXT, large_from=10, queue_seconds=0) == "busy"
        assert code_of(TEXT, queue_seconds=0) == "damaged"


def test_nothing_stays_behind_and_the_cells_remain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    good = read_workbook(xlsx([["西安市", 1]]), "../../etc/passwd.xlsx")
    assert code_of(b"\xff\xff\xff,1") == "unknown_encoding"
    assert list(tmp_path.iterdir()) == []
    assert good.sheets[0].rows() == [["西安市", "1"]]


def test_a_full_disk_is_said_to_be_the_servers_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert code_of(TEXT) == "no_room"


def test_the_server_itself_loads_no_parser() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import zyb.reading;"
        "print({'fastexcel', 'python_calamine', 'openpyxl'} & set(sys.modules))"
    )
    root = str(Path(reader.__file__).parents[2])
    run = subprocess.run([sys.executable, "-I", "-c", script, root], capture_output=True, check=True)
    assert run.stdout.strip() == b"set()"


@linux_only
@pytest.mark.parametrize(("limit", "least"), [("RLIMIT_AS", 3_000_000 << 10), ("RLIMIT_NOFILE", 40)])
def test_a_machine_with_limits_of_its_own_reads_all_the_same(limit: str, least: int) -> None:
    """What a service may not exceed is less than what we would allow, and cannot be raised."""
    script = (
        f"import resource; resource.setrlimit(resource.{limit}, ({least}, {least}))\n"
        "from tests.books import csv_bytes, notice_rows\n"
        "from zyb.intake import Given\n"
        "from zyb.periods import today\n"
        "from zyb.uploads import read_submissions\n"
        "(found,) = read_submissions(csv_bytes(notice_rows()), '表.csv', Given(today=today()))\n"
        "print(found.ledger.id if found.ledger else found.problems)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("governance_progress", "")
