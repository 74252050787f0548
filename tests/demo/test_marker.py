"""The marker: nothing invented is shown without it, and nothing real is touched where it is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pages.screen import open_main, open_page, shown
from zyb import cli
from zyb.demo.building import claim_folder
from zyb.errors import NotPossible
from zyb.settings import DEMO_MARKER, DEMO_WARNING, is_demo
from zyb.ui.frame.loading import close_stores
from zyb.ui.frame.navigation import pages


def empty_installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZYB_DATA", str(folder))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")


@pytest.mark.parametrize("url", [entry.url_path for entry in pages() if entry.script.is_file()][:3])
def test_every_page_of_the_demo_says_so_at_its_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    empty_installation(tmp_path, monkeypatch)
    claim_folder(tmp_path)
    page = open_page(url)
    close_stores()
    assert DEMO_WARNING in page.get("html")[0].value
    assert "z-demo" in page.get("html")[0].value


def test_an_installation_with_real_figures_has_no_such_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_installation(tmp_path, monkeypatch)
    page = open_main()
    close_stores()
    assert not page.exception
    assert DEMO_WARNING not in shown(page)


@pytest.mark.parametrize("there", ["zyb.duckdb", "accounts.db", "uploads"])
def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("real", encoding="utf-8")
    with pytest.raises(NotPossible) as refused:
        claim_folder(tmp_path)
    assert "没有演示标记" in str(refused.value)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [(there, "real")]
    assert not is_demo(tmp_path)


def test_maps_that_were_drawn_already_do_not_hinder(tmp_path: Path) -> None:
    (tmp_path / "boundaries").mkdir()
    claim_folder(tmp_path)
    assert DEMO_MARKER in {item.name for item in tmp_path.iterdir()}
    assert is_demo(tmp_path)


def test_the_command_refuses_a_folder_of_real_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zyb.duckdb").write_text("real", encoding="utf-8")
    assert cli.main(["demo", "--data", str(tmp_path)]) == cli.FAILED
    assert "没有演示标记" in capsys.readouterr().err


def test_the_command_tells_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("zyb.demo.building.reports", lambda months, scale: [])
    assert cli.main(["demo", "--data", str(tmp_path / "new"), "--months", "1", "--json"]) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("files", "added", "snapshots")} == {
        "files": 0, "added": 0, "snapshots": 0,
    }  # fmt: skip
