"""A real Chromium against the program as it ships: one server, one browser, a new tab for every test."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.web.conftest import ROOT, free_port, start, wait_until_healthy

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SCREEN = {"width": 1440, "height": 900}
# Tells late from never, no measurement: with both cores busy the first page of a fresh server took over 15 s.
MILLISECONDS = 60_000
# Streamlit, opened at the address of a page, asks below that address for its server first, and is told 404;
# opened at an address that is none, it says so here too, in English.
STREAMLITS_OWN = re.compile(
    r"/\w+/_stcore/(health|host-config)$|The page that you have requested does not seem"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """The running program: where it answers and where it keeps its data."""

    url: str
    data: Path


@dataclass
class Watch:
    """What a tab asked for and complained about while a test used it."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def follow(self, tab: Page) -> None:
        tab.on("request", self._asked)
        tab.on("console", self._said)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        complaint = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not STREAMLITS_OWN.search(complaint):
            self.complaints.append(complaint)


# Playwright holds an event loop while it is open, so it is closed before other folders' tests begin.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        why = f"{CHROMIUM} is missing: install Debian's packages chromium and fonts-noto-cjk"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Site]:
    """The program on a port of its own with this data (and other settings), until it is no longer needed."""
    port = free_port()
    process = start(["streamlit", "run", "app.py", "--server.port", str(port)], ROOT, data, **settings)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield Site(f"http://127.0.0.1:{port}", data)
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("site") / "data") as running:
        yield running


@pytest.fixture(scope="package")
def window(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Tabs share what they have loaded, not their sessions. The browser is set to English, as many are."""
    context = browser.new_context(viewport=SCREEN, base_url=site.url, locale="en-US")  # type: ignore[arg-type]
    context.set_default_timeout(MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A new tab; afterwards it has asked nobody else for anything and had nothing to complain of."""
    tab, watch = window.new_page(), Watch()
    watch.follow(tab)
    yield tab
    tab.close()
    assert watch.foreign == []
    assert watch.complaints == []
