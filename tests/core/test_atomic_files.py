"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from zyb.atomic_files import write_whole


def test_a_new_file_takes_the_place_of_the_old_one_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "报表.csv"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_whole(file, b"new")
    assert file.read_bytes() == b"new" and file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "报表.csv"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old" and list(tmp_path.iterdir()) == [file]


def test_the_half_of_a_killed_program_is_written_over(tmp_path: Path) -> None:
    waiting = tmp_path / ".报表.new"
    waiting.write_bytes(b"half")
    write_whole(tmp_path / "报表.csv", b"new", waiting)
    assert [file.name for file in tmp_path.iterdir()] == ["报表.csv"]
