"""The analysts' desk at a province's size: `python -m tests.benchmarks.desk [FOLDER]`.

A million employers and three hundred thousand rows of two other ledgers (made once, into FOLDER if it is named). First what
the database does for a page; then a real browser changes filters; then a million rows are taken away, and the server's
memory is looked at from their first portion to the last byte that the browser has.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.details import DAY, PROVINCE, body
from tests.benchmarks.visitor import arrive, running
from tests.benchmarks.waiting import resident
from tests.browser.conftest import CHROMIUM, FLAGS, SCREEN
from tests.browser.driving import SETTLED
from zyb.access import LOCAL_ADMIN
from zyb.answers.inquiring import answered, question
from zyb.inquiries.model import Inquiry
from zyb.intake import Submission
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store

SIZES = {"employers": 1_000_000, "governance_enterprises": 200_000, "assistance": 100_000}
LARGEST = max(SIZES, key=SIZES.__getitem__)
ROUNDS = 5
MINUTES = 15
Filters = Mapping[str, Inquiry]


def fill(folder: Path) -> None:
    roster = load_roster(PROVINCE)
    with closing(Store(folder)) as store:
        for name, rows in SIZES.items():
            ledger = ledgers()[name]
            found = Submission(ledger=ledger, roster=roster, as_of=DAY, sheet="台账", body=body(ledger, rows))
            store.save_snapshot(found, name.encode(), f"{ledger.title}.xlsx", by="王某")
            print(f"{ledger.title}: {rows:,} rows", flush=True)


# -- what the database does ---------------------------------------------------------------------


def filters(ledger: str) -> Filters:
    """What an analyst asks one after the other."""
    whole = Inquiry(ledger_id=ledger, province=PROVINCE, days=(DAY,))
    yulin = replace(whole, regions=("610800",))
    return {
        "nothing": whole,
        "a region": yulin,
        "and a text": replace(yulin, text="建材"),
        "sorted by name": replace(whole, sort=ledgers()[ledger].key_column.name, descending=True),
        "page 1,000": replace(whole, page=1000),
    }  # fmt: skip


def queries(folder: Path) -> None:
    with closing(Store(folder)) as store:
        for name in SIZES:
            print(f"\n{ledgers()[name].title}: count, sums and the page of {SIZES[name]:,} rows")
            for told, asked in filters(name).items():
                taken = sorted(_processor(lambda asked=asked: _answer(store, asked)) for _ in range(ROUNDS))
                print(f"  {told:<16} {1000 * median(taken):>7.0f} ms of processor")


def _answer(store: Store, asked: Inquiry) -> object:
    return answered(store, question(store, asked, by=LOCAL_ADMIN))


def _processor(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


# -- what a person waits for ----------------------------------------------------------------------


@contextmanager
def a_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser.new_page(viewport=SCREEN, accept_downloads=True)  # type: ignore[arg-type]
        browser.close()


def address(port: int, **asked: str) -> str:
    query = {"province": PROVINCE, "as_of": DAY.isoformat(), "table": LARGEST} | asked
    return f"http://127.0.0.1:{port}/explore?{urlencode(query)}"


def clicks(page: Page, port: int) -> None:
    page.goto(address(port))
    page.wait_for_selector(".st-key-card_rows .z-title h3")
    page.wait_for_selector(SETTLED)
    heading = page.locator(".st-key-card_rows .z-title h3").inner_text()
    print(f"\nin a browser, {heading}")
    page.locator(".st-key-explore_popover button").first.click()
    for region in ("榆林", "延安", "汉中"):
        before = page.locator(".st-key-card_rows .z-title h3").inner_text()
        choice = page.locator(".st-key-explore_regions").get_by_role("button", name=region, exact=True)
        _until_another(page, f"{region} besides", choice.click, before)


def _until_another(page: Page, told: str, act: Callable[[], object], before: str) -> None:
    begun = time.monotonic()
    act()
    page.wait_for_function(
        "old => { const h = document.querySelector('.st-key-card_rows .z-title h3'); return h && h.innerText !== old }",
        arg=before,
    )
    page.wait_for_selector(SETTLED)
    print(f"  {told:<30} {time.monotonic() - begun:>6.2f} s", flush=True)


# -- what the server holds meanwhile --------------------------------------------------------------


@dataclass
class Watch:
    """The server's memory, twenty times a second."""

    pid: int
    seen: list[float]
    over: bool = False

    def look(self) -> None:
        while not self.over:
            self.seen.append(resident(self.pid))
            time.sleep(0.05)


def taken(page: Page, port: int, pid: int, form: str) -> None:
    """All rows as a file: written beside the page, then fetched."""
    page.goto(address(port))
    page.wait_for_selector(".st-key-card_rows .z-title h3")
    page.wait_for_selector(SETTLED)
    watch = Watch(pid, [])
    thread = threading.Thread(target=watch.look, daemon=True)
    page.get_by_role("button", name=form, exact=True).click()
    page.wait_for_function("() => [...document.querySelectorAll('[data-testid=stProgress]')].some(one => /：[1-9][\\d,]*／/.test(one.innerText))", timeout=MINUTES * 60_000)  # fmt: skip
    thread.start()  # the first portion is written
    begun = time.monotonic()
    page.wait_for_selector("a.z-save", timeout=MINUTES * 60_000)
    written, at = time.monotonic() - begun, len(watch.seen)
    with page.expect_download(timeout=MINUTES * 60_000) as download:
        page.locator("a.z-save").click()
    size = Path(download.value.path()).stat().st_size / 1e6
    fetched = time.monotonic() - begun - written
    watch.over = True
    thread.join()
    first, writing, fetching = watch.seen[0], watch.seen[:at], watch.seen[at:]
    middle = writing[len(writing) // 2 :]
    print(
        f"\n{SIZES[LARGEST]:,} rows as {form}, {size:.0f} MB: written in {written:.0f} s, fetched in {fetched:.1f} s"
    )
    print(
        f"  server's memory after the first portion {first:.0f} MB; while it writes {min(writing):.0f} to {max(writing):.0f}"
        f" (second half {min(middle):.0f} to {max(middle):.0f}); while it is fetched {min(fetching):.0f} to {max(fetching):.0f}",
        flush=True,
    )


def main(folder: str = "") -> None:
    with TemporaryDirectory() as own:
        data = Path(folder or own)
        if not (data / "zyb.duckdb").exists():
            fill(data)
        queries(data)
        with running("program", data) as server, a_page() as page:
            arrive(server.port)
            clicks(page, server.port)
            for form in ("CSV（UTF-8）", "Parquet", "Excel"):
                taken(page, server.port, server.pid, form)


if __name__ == "__main__":
    main(*sys.argv[1:])
