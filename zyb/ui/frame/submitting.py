"""Forms that change something. What is carried out is what the person saw when pressing the button.

Streamlit runs the page anew before it tells that a button was pressed; by then somebody else's decision may already
stand in it. A callback has what the page held when it was drawn, so a decision that came since is noticed
and not overruled unread. What was typed stays when it is refused, and goes when it is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from zyb.ui.frame.faults import as_told
from zyb.ui.frame.labels import literal

T = TypeVar("T")
Act = Callable[[], object]
ButtonType = Literal["primary", "secondary"]
# One of these for each session; two sessions that share one wait for each other as they do for the database.
LOCKS = [RLock() for _ in range(64)]
SAVED, SAID_BEFORE, REFUSED, TURNS = "form_saved", "form_saved_said", "form_refused/", "form_turns"


def field(form: str, name: str) -> str:
    """The key of a form's field. A form that has done its work is gone with all its fields; another one, which is
    empty, takes its place: the browser would send what was typed into the old one again."""
    return f"{form}~{_turn(form)}/{name}"


def said(form: str, name: str) -> Any:
    """What stands in a field when the button is pressed."""
    return st.session_state.get(field(form, name))


@contextmanager
def sent_at_once(form: str) -> Iterator[None]:
    """Around the fields and the button of a form that the browser sends together."""
    with st.form(f"{form}~{_turn(form)}", border=False):
        yield


def submit(label: str, form: str, act: Act, done: str, *, type: ButtonType = "secondary") -> None:
    """The button of a form; below it, why it was refused the last time."""
    args = (form, _turn(form), act, done)
    st.form_submit_button(literal(label), type=type, on_click=_carry_out, args=args)
    _refused(form)


def press(
    label: str,
    form: str,
    act: Act,
    done: str = "",
    *,
    type: ButtonType = "secondary",
    icon: str | None = None,
) -> None:
    """The same for fields that stand outside a form, or for none."""
    turn = _turn(form)
    st.button(
        literal(label), key=f"press_{form}~{turn}", type=type, icon=icon, on_click=_carry_out,
        args=(form, turn, act, done),
    )  # fmt: skip
    _refused(form)


def _turn(form: str) -> int:
    """How often it has done its work in this session."""
    turns: dict[str, int] = st.session_state.get(TURNS, {})
    return turns.get(form, 0)


def _refused(form: str) -> None:
    if words := st.session_state.pop(REFUSED + form, None):
        st.error(literal(words))


@contextmanager
def told() -> Iterator[None]:
    """Around a page: that the last form was saved; and why it was refused, where its form is gone from the page."""
    above = st.container()
    said_now = uninterrupted(_say_saved)  # what is being saved now belongs to this page already
    yield
    if said_now and st.session_state.get(SAVED) == said_now:
        del st.session_state[SAVED]
        st.session_state.pop(SAID_BEFORE, None)
    for key in [key for key in st.session_state if str(key).startswith(REFUSED)]:
        above.error(literal(st.session_state.pop(key)))


def _say_saved() -> str | None:
    """A run that is ended before its end may never have shown it: then the next one says it, and no other."""
    words: str | None = st.session_state.get(SAVED)
    if not words:
        return None
    st.toast(literal(words))
    if st.session_state.get(SAID_BEFORE) == words:
        del st.session_state[SAVED], st.session_state[SAID_BEFORE]
    else:
        st.session_state[SAID_BEFORE] = words
    return words


def _carry_out(form: str, turn: int, act: Act, done: str) -> None:
    uninterrupted(lambda: _carry_out_once(form, turn, act, done))


def _carry_out_once(form: str, turn: int, act: Act, done: str) -> None:
    """Of a button that was pressed twice before the page could answer, the second press finds the work done."""
    if turn == _turn(form):
        try:
            act()
        except Exception as fault:  # else the page ends here, and what was typed is gone
            st.session_state[REFUSED + form] = str(as_told(fault, "保存"))
            return
        st.session_state[TURNS] = {**st.session_state.get(TURNS, {}), form: turn + 1}
    if done:
        st.session_state[SAVED] = done


def uninterrupted(act: Callable[[], T]) -> T:
    """What `act` returns or raises. Around everything that writes and then remembers what it has written.

    Whoever clicks while a page is at work has its run ended: at the next look at the session's state, in the middle of
    a callback too. What was written by then would stand, and what the page was to remember of it would be lost. And
    the run that follows begins at once, beside the one that is ending: it waits here until that one has remembered.

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
