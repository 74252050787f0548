"""Fixtures for every test: a store of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zyb.store import Store


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty store: to copy it takes half as long as to build the tables."""
    folder = tmp_path_factory.mktemp("blank") / "data"
    Store(folder).close()
    return folder


@pytest.fixture
def store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    shutil.copytree(blank, tmp_path / "data")
    opened = Store(tmp_path / "data")
    yield opened
    opened.close()
