"""Fixtures for every test: a store of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zyb.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    opened = Store(tmp_path / "data")
    yield opened
    opened.close()
