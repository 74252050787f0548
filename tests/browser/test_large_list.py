"""A list of 5,000 enterprises: dropped, understood, held against what is there, shown. How long that takes is told
at the end of the run, never judged: the machine may be busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.benchmarks.intake import Case, write
from tests.browser.driving import card, drop, go

ROWS = 5_000


def test_a_list_of_five_thousand_is_shown_with_its_rows_and_what_it_would_change(
    page: Page, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    name = "河北省帮扶台账.xlsx"
    write(Case("list", ROWS), tmp_path / name)
    go(page, "/upload?province=河北省")
    begin = time.perf_counter()
    drop(page, name, tmp_path / name)
    expect(card(page, name)).to_contain_text("读到 5,000 行", use_inner_text=True)
    expect(card(page, name).get_by_text("查看表格")).to_be_visible()
    record_property("measured", f"{ROWS:,} rows from drop to preview: {time.perf_counter() - begin:.2f} s")
