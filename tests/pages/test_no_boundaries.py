"""A province whose boundaries were lost: its pages open with tiles in the place of the map, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.conftest import looking
from tests.pages.screen import open_page, texts
from zyb.access import LOCAL_ADMIN
from zyb.maps import polygons


@pytest.fixture
def bare(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Figures, and no boundaries of any province."""
    folder = Path(shutil.copytree(filled, tmp_path / "data"))
    shutil.rmtree(folder / "boundaries", ignore_errors=True)
    monkeypatch.setattr(polygons, "SHIPPED", tmp_path / "nothing")
    monkeypatch.setenv("ZYB_DATA", str(folder))
    yield from looking(folder)


@pytest.mark.parametrize("path", ["pages/progress/governance.py", "pages/progress/overview.py"])
def test_the_page_says_why_there_is_no_map(bare: Path, path: str) -> None:
    page = open_page(path, LOCAL_ADMIN)
    assert not page.exception and not page.error
    told = "".join(texts(page))
    assert "以方格示意各地，不代表位置和界线。请重新安装程序" in told
    assert "天地图" not in told
