"""A damaged, cut or full data folder: every page says so in a sentence, without a path and without English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page
from zyb.access import LOCAL_ADMIN, Viewer
from zyb.store import Store
from zyb.ui.frame.loading import close_stores, the_store

OVERVIEW = "pages/progress/overview.py"
BLOCK = 262144


def told(page: AppTest) -> list[str]:
    return [element.value for element in (*page.error, *page.warning)]


@pytest.mark.parametrize("left", [4096, 12288 + BLOCK, -BLOCK])
def test_a_page_over_a_database_that_was_cut_short_says_so(data: Path, left: int) -> None:
    file = data / "zyb.duckdb"
    file.write_bytes(file.read_bytes()[:left])
    page = open_page(OVERVIEW, LOCAL_ADMIN)
    (sentence,) = told(page)
    assert "数据库文件已损坏或不完整" in sentence and "备份恢复" in sentence
    assert str(data) not in sentence and not re.search("[A-Za-z]{3}", sentence)


def lose_the_last_upload(folder: Path) -> None:
    """As if the log had been deleted after a crash."""
    before = (folder / "zyb.duckdb").read_bytes()
    store = Store(folder)
    store.withdraw(1, by="张三", reason="填错")
    store.close()
    (folder / "zyb.duckdb").write_bytes(before)


def test_what_is_lost_is_told_on_every_page_until_somebody_takes_note(data: Path) -> None:
    lose_the_last_upload(data)
    for page in (open_page(OVERVIEW, LOCAL_ADMIN), open_page("pages/intake/snapshots.py", LOCAL_ADMIN)):
        (sentence,) = told(page)
        assert "少了记录" in sentence and "撤回 批次1" in sentence
    next(button for button in page.button if button.label == "已核对，不再提示").click().run()
    assert told(page) == []
    close_stores()
    assert told(open_page(OVERVIEW, LOCAL_ADMIN)) == []


def test_only_who_administers_may_take_note(data: Path) -> None:
    lose_the_last_upload(data)
    page = open_page(OVERVIEW, Viewer("l", "王五", "leader"))
    assert len(told(page)) == 1 and "已核对，不再提示" not in {button.label for button in page.button}


def test_a_disk_that_is_nearly_full_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = the_store()
    monkeypatch.setattr(Store, "_has_room", lambda self: False)
    store.withdraw(1, by="张三", reason="填错")
    (sentence,) = told(open_page(OVERVIEW, LOCAL_ADMIN))
    assert "空间不足" in sentence and "没有丢失" in sentence
