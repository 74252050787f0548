"""A data folder for every test, filled once and copied; those that only look share one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from zyb import demo
from zyb.demo.building import send
from zyb.maps.polygons import province_map
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_MARKER
from zyb.ui.frame.loading import close_stores, the_store
from zyb.uploads.opening import open_store

MARCH = date(2024, 3, 31)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the program makes of its folder on the first start, with the maps that pages draw."""
    folder = tmp_path_factory.mktemp("filled")
    open_store(folder).close()
    for province in ("陕西省", "河北省"):
        province_map(load_roster(province), folder / "boundaries")
    return folder


@pytest.fixture(scope="session")
def shared(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(filled, folder)
    return folder


@pytest.fixture(scope="session")
def shared_empty(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "data"
    shutil.copytree(filled / "boundaries", folder / "boundaries")
    return folder


@pytest.fixture(scope="session")
def shared_march(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published figures and the monthly tables that Shaanxi sends in the demo's March."""
    folder = tmp_path_factory.mktemp("march") / "data"
    shutil.copytree(filled, folder)
    (folder / DEMO_MARKER).touch()  # a real database takes none of them
    with closing(open_store(folder)) as store:
        for report in demo.reports([3], 0.05):
            if report.province == "陕西省" and report.as_of == MARCH and "月报" in report.file_name:
                send(store, report)
    (folder / DEMO_MARKER).unlink()
    return folder


def looking(folder: Path) -> Iterator[Path]:
    """The store stays open for the next test, with all that is remembered of it; nobody may write into it."""
    before = the_store().revision
    yield folder
    assert the_store().revision == before, "a test that shares its data has written"


@pytest.fixture
def published(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The published figures, for tests that only look."""
    monkeypatch.setenv("ZYB_DATA", str(shared))
    monkeypatch.delenv("ZYB_PUBLISHED", raising=False)
    yield from looking(shared)


@pytest.fixture
def reported(shared_march: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A month of the demo's tables of Shaanxi, for tests that only look."""
    monkeypatch.setenv("ZYB_DATA", str(shared_march))
    monkeypatch.delenv("ZYB_PUBLISHED", raising=False)
    yield from looking(shared_march)


@pytest.fixture
def silence(shared_empty: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder in which nobody has reported anything, for tests that only look."""
    monkeypatch.setenv("ZYB_DATA", str(shared_empty))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    yield from looking(shared_empty)


@pytest.fixture
def data(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of one's own with the published figures."""
    yield from owning(filled, tmp_path / "data", monkeypatch)


@pytest.fixture
def reported_apart(shared_march: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of one's own with a month of the demo's tables of Shaanxi."""
    close_stores()
    yield from owning(shared_march, tmp_path / "data", monkeypatch)


def owning(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ZYB_DATA", str(folder))
    monkeypatch.delenv("ZYB_PUBLISHED", raising=False)
    shutil.copytree(source, folder)
    yield folder
    close_stores()
