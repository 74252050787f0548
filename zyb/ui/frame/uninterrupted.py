"""What is begun is carried out to its end, whatever is clicked meanwhile.

Whoever clicks while a page is at work has its run ended: at the next look at the session's state, in the middle of a
callback too. What was written by then stands, and what the page was to remember of it is never remembered. Streamlit
ends a run only in the run's own thread; in another one, which belongs to the same session, nothing is ended.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

T = TypeVar("T")


def uninterrupted(act: Callable[[], T]) -> T:
    """What `act` returns or raises. Around everything that writes and then remembers what it has written."""
    session = get_script_run_ctx()

    def join() -> None:
        add_script_run_ctx(ctx=session)

    with ThreadPoolExecutor(1, "uninterrupted", initializer=join) as thread:
        return thread.submit(act).result()
