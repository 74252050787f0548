"""`quality` on the command line: what an import refused is a round of what it accepts later; a dry run is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.books import csv_bytes
from zyb import cli

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")

    def answer(*words: str) -> tuple[int, str]:
        code = cli.main(list(words))
        told = capsys.readouterr()
        return code, told.out + told.err

    return answer


def file(folder: Path, name: str, completed: int) -> str:
    rows = [("西安市专项治理进展（截至2024年4月30日）",), HEAD, ("西安市", 641, completed)]
    (folder / name).write_bytes(csv_bytes(rows))
    return str(folder / name)


def units(said: Said, *words: str) -> list[dict[str, Any]]:
    code, told = said("quality", "--province", "陕西", *words, "--json")
    assert code == 0
    return json.loads(told)


def test_what_was_refused_is_a_round_of_what_is_accepted(said: Said, tmp_path: Path) -> None:
    assert said("import", file(tmp_path, "一版.csv", 900), "--province", "陕西")[0] == cli.REFUSED
    (unit,) = units(said)
    assert (unit["region"], unit["accepted"], unit["not_accepted"]) == ("西安市", 0, 1)
    assert said("import", file(tmp_path, "二版.csv", 400), "--province", "陕西")[0] == cli.DONE
    (unit,) = units(said)
    assert (unit["accepted"], unit["first_try"], unit["rounds"], unit["not_accepted"]) == (1, 0, 2.0, 0)
    assert unit["found"] == unit["mended"] + unit["warnings_left"] and unit["mended"] >= 1
    exceeds = next(one for one in unit["problems"] if one["code"] == "exceeds")
    assert (exceeds["title"], exceeds["found"], exceeds["remaining"]) == ("部分大于总数", 1, 0)
    assert units(said, "--from", "2024-05-01") == [] == units(said, "--to", "2024-04-29")
    assert len(units(said, "--region", "西安", "--from", "2024-04-30", "--to", "2024-04-30")) == 1


def test_a_dry_run_is_no_attempt(said: Said, tmp_path: Path) -> None:
    said("import", file(tmp_path, "一版.csv", 900), "--province", "陕西", "--dry-run")
    assert units(said) == []


def test_the_table_ends_with_the_whole_and_a_region_has_its_note(said: Said, tmp_path: Path) -> None:
    said("import", file(tmp_path, "二版.csv", 400), "--province", "陕西")
    code, told = said("quality", "--province", "陕西")
    assert code == 0 and told.splitlines()[-1].startswith("全省")
    assert "关于西安市数据报送质量的提示" in said("quality", "--province", "陕西", "--region", "西安")[1]


def test_days_the_wrong_way_round_are_a_sentence(said: Said) -> None:
    code, told = said("quality", "--from", "2024-05-01", "--to", "2024-04-01")
    assert code == 1 and "晚于截止日期" in told
