"""The first start is one piece: the published figures are all there, or will be at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from zyb import settings
from zyb.store import Store, snapshots
from zyb.uploads import published
from zyb.uploads.opening import open_store

TODAY = date(2026, 11, 29)
ROOT = Path(settings.__file__).parents[1]


def published_ones(folder: Path) -> int:
    with_all = open_store(folder)
    number = len(with_all.snapshots())
    with_all.close()
    return number


ALL = len(list(published.published_tables()))


def test_the_first_start_fills_all_and_the_next_adds_nothing(tmp_path):
    assert ALL >= 3
    assert [published_ones(tmp_path), published_ones(tmp_path)] == [ALL, ALL]


def test_a_first_start_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    real, calls = snapshots.insert_rows, []

    def breaking(cursor, snapshot, submission):
        calls.append(snapshot)
        if len(calls) == ALL:
            raise KeyboardInterrupt
        real(cursor, snapshot, submission)

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "insert_rows", breaking)
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path)
    store = Store(tmp_path)
    assert len(calls) == ALL and store.snapshots() == [] and list(store.uploads.iterdir()) == []
    store.close()
    assert published_ones(tmp_path) == ALL


def test_what_an_earlier_program_left_half_done_is_completed(tmp_path):
    store = Store(tmp_path)
    (first, *_) = published.published_tables()
    store.save_snapshots([published._upload(store, first, TODAY)])
    store.close()
    assert published_ones(tmp_path) == ALL


def test_a_database_that_people_use_gets_nothing_added(tmp_path):
    store = Store(tmp_path)
    (first, *_) = published.published_tables()
    upload = published._upload(store, first, TODAY)
    store.save_snapshot(upload.submission, upload.content, upload.file_name, by="张三")
    store.close()
    assert published_ones(tmp_path) == 1


KILLED = """
import os, signal, sys, threading
from pathlib import Path
from zyb.uploads.opening import open_store
threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
open_store(Path(sys.argv[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("seconds", [0.05, 0.4, 0.9])
def test_a_first_start_that_is_killed_is_completed_by_the_next_and_leaves_nothing_over(tmp_path, seconds):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(seconds)], cwd=ROOT, check=False
    )
    assert killed.returncode in (-signal.SIGKILL, 0)
    assert published_ones(tmp_path) == ALL
    store = Store(tmp_path)
    there = {snapshot.sha256 for snapshot in store.snapshots()}
    assert {file.name for file in store.uploads.iterdir()} == there
    assert list(tmp_path.glob(".*")) == []
    store.close()
