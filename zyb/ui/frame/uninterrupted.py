"""What is begun is carried out to its end, whatever is clicked meanwhile.

Whoever clicks while a page is at work has its run ended: at the next look at the session's state, in the middle of a
callback too. What was written by then stands, and what the page was to remember of it is never remembered. The run
that follows begins at once, beside the one that is ending: it waits here until that one has remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")
# One of these for each session; two sessions that share one wait for each other as they do for the database.
LOCKS = [RLock() for _ in range(64)]


def uninterrupted(act: Callable[[], T]) -> T:
    """What `act` returns or raises. Around everything that writes and then remembers what it has written.

    The session's state asks at each look whether the run is to end; until `act` is over, it does not ask. Another
    thread, in which it would not ask either, cannot have the state: during a callback the run holds it.
    """
    context = get_script_run_ctx()
    if context is None:
        return act()
    state = context.session_state
    asks = state._yield_callback
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        with LOCKS[hash(context.session_id) % len(LOCKS)]:
            return act()
    finally:
        object.__setattr__(state, "_yield_callback", asks)
