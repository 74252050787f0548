"""Fixtures for every test: a store of one's own; and which worker runs what."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from zyb.store import Store

# Every store that a test fills waits for the disk at each commit; where there is room, its folder is one in memory.
MEMORY, ROOM = Path("/dev/shm"), 6 * 1024**3
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# No test is timed: a busy machine makes none fail.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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


class ByFile(LoadFileScheduling):
    """A file to a worker, and all of the browser to one: a single server and Chromium, while the other computes."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    # In the order of the folders: the browser, which waits the most, comes first and ends long before the rest.
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have measured and do not judge: `record_property("measured", "…")`."""
    passed = terminalreporter.stats.get("passed", [])
    told = [said for report in passed for name, said in report.user_properties if name == "measured"]
    if told:
        terminalreporter.section("measured, not judged")
        for line in dict.fromkeys(map(str, told)):
            terminalreporter.write_line(line)
