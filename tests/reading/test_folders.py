"""Temporary folders: away at the end of a reading; those of a killed program are swept, those of a living one are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from zyb.reading import folders, sweep_leftovers
from zyb.reading.folders import OWNED, own_folder

ROOT = Path(folders.__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows goes by age alone")

HOLDER = """
import sys
sys.path.insert(0, sys.argv[1])
from zyb.reading.folders import own_folder
with own_folder() as folder:
    (folder / "source.xlsx").write_bytes(b"x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The system's temporary folder, for this process and those that it starts."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@contextmanager
def another_program() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program in the middle of a reading, and its folder."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(ROOT)], **pipes) as program:  # type: ignore[call-overload]
        assert program.stdout
        yield program, Path(program.stdout.readline().strip())
        program.kill()


@posix_only
def test_the_folder_of_a_killed_program_is_swept_and_that_of_a_living_one_is_not(temporary: Path) -> None:
    with another_program() as (living, kept), another_program() as (killed, left):
        assert {path.parent for path in (kept, left)} == {temporary}
        killed.kill()
        killed.wait()
        assert sweep_leftovers() == 1
        assert (kept.exists(), left.exists()) == (True, False)
        assert living.poll() is None
    assert not kept.exists() or sweep_leftovers() == 1


@posix_only
def test_ones_own_reading_is_not_swept_and_leaves_nothing(temporary: Path) -> None:
    with own_folder() as folder:
        assert sweep_leftovers() == 0
        assert folder.exists()
    assert list(temporary.iterdir()) == []


def abandoned(folder: Path) -> Path:
    """A folder as a killed program leaves it, a week ago."""
    folder.mkdir(parents=True)
    (folder / OWNED).touch()
    (folder / "0.arrow").touch()
    os.utime(folder, (1, 1))
    return folder


def test_what_does_not_look_like_ours_is_never_swept(temporary: Path) -> None:
    elsewhere = abandoned(temporary / "other" / "zyb-abcd1234")
    kept = [
        abandoned(temporary / "zyb-reports"),
        abandoned(temporary / "zyb-ABCD1234"),
        abandoned(temporary / "zyb-aaaaaaaa"),
        abandoned(temporary / "zyb-bbbbbbbb"),
        temporary / "zyb-cccccccc",
        temporary / "zyb-dddddddd",
    ]
    (kept[2] / "drafts").mkdir()
    (kept[3] / OWNED).unlink()
    kept[4].symlink_to(elsewhere)
    kept[5].write_text("a file")
    assert sweep_leftovers() == 0
    assert all(path.exists() for path in (*kept, elsewhere))
    left = abandoned(temporary / "zyb-eeeeeeee")
    assert sweep_leftovers() == 1
    assert not left.exists()


@posix_only
def test_two_programs_that_sweep_at_once_do_not_get_in_each_others_way(temporary: Path) -> None:
    left = [abandoned(temporary / f"zyb-0000000{n}") for n in range(9)]
    script = "import sys; sys.path.insert(0, sys.argv[1]); import zyb.reading; zyb.reading.sweep_leftovers()"
    both = [subprocess.Popen([sys.executable, "-c", script, str(ROOT)]) for _ in range(2)]
    assert [program.wait() for program in both] == [0, 0]
    assert not any(folder.exists() for folder in left)
