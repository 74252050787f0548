"""A data folder for every test, filled once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zyb.boundaries import province_map
from zyb.regions import load_roster
from zyb.settings import open_store
from zyb.ui.loading import close_stores


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the program makes of its folder on the first start, with the maps that pages draw."""
    folder = tmp_path_factory.mktemp("filled")
    open_store(folder).close()
    for province in ("陕西省", "河北省"):
        province_map(load_roster(province), folder / "boundaries")
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of one's own with the published figures."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("ZYB_PUBLISHED", raising=False)
    shutil.copytree(filled, tmp_path / "data")
    yield tmp_path / "data"
    close_stores()


@pytest.fixture
def empty_data(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder in which nobody has reported anything."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    shutil.copytree(filled / "boundaries", tmp_path / "data" / "boundaries")
    yield tmp_path / "data"
    close_stores()
