"""Before the first visitor: open the store, load what pages need, take it out of the garbage collector's sight.

Streamlit collects all generations after every run of a script. Frozen once after the imports, a run's
processor time fell from about 125 to 45 ms in our trials.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import pyarrow as pa
import streamlit as st

from zyb.briefing.text.rewording import settle
from zyb.errors import ZybError
from zyb.proofreading import proofread
from zyb.settings import data_folder
from zyb.ui.frame import faults, loading
from zyb.ui.upload.door import open_door, sweep

# What pages import sooner or later beside what stands above.
NEEDED_BY_PAGES = (
    "pandas",
    "streamlit.elements.arrow",
    "streamlit.elements.plotly_chart",
    "zyb.maps.trend_chart",
    "zyb.uploads",
    "zyb.ui.look",
    "zyb.ui.frame.navigation",
)


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """The lifespan of the application: imports, store, door, one freeze, then serve; at the end close the store."""
    # Arrow's own allocator keeps what other threads have freed: 500 MB after a large zip, against 20 MB of this one.
    pa.set_memory_pool(pa.system_memory_pool())
    for name in NEEDED_BY_PAGES:
        import_module(name)
    faults.write_sentences_to_the_log()
    # Told again on the page, where there is someone to read it.
    try:
        store = loading.the_store()
        proofread()
        settle(store, data_folder())
    except ZybError as error:
        faults.log.error("%s", error)
    open_door()
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(sweep())
    yield
    sweeping.cancel()
    loading.close_stores()
    gc.unfreeze()
