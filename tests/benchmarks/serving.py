"""A server to measure, in a process of its own: `python -m tests.benchmarks.serving PORT program|empty [options]`.

`program` is what ships; `empty` is Streamlit with one empty page. `unfrozen` leaves out `gc.freeze()`; with `hasty`
files wait three seconds for their confirmation, instead of minutes.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn

from zyb.ui.upload import door, waiting


@asynccontextmanager
async def frozen(_: st.App) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


def main() -> None:
    port, kind, *options = sys.argv[1:]
    if "unfrozen" in options:
        gc.freeze = lambda: None
    if "hasty" in options:
        waiting.MINUTES_KEPT, door.SECONDS_BETWEEN_SWEEPS = 0.05, 1  # type: ignore[assignment]
    if kind == "program":
        from app import app
    else:
        app = st.App(Path(__file__).with_name("empty_page.py"), lifespan=frozen)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main()
