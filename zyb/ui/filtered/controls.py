"""Controls that show what the address asks: whatever one is changed to makes another question of this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from zyb.ui.frame.labels import literal

QuestionChange = Callable[[Any, Any], Any]
"""A question and what a control was changed to: the question that it then is."""
Ask = Callable[[Any], None]


def control(key: str, value: Any, asked: Any, change: QuestionChange, ask: Ask) -> dict[str, Any]:
    """What a control is given that shows `value`."""
    st.session_state[key] = value
    return {"key": key, "on_change": _changed, "args": (key, asked, change, ask)}


def _changed(key: str, asked: Any, change: QuestionChange, ask: Ask) -> None:
    ask(change(asked, st.session_state[key]))


def several(
    label: str, options: Mapping[str, Any], chosen: Iterable[Any], given: Callable[[Any, QuestionChange], dict[str, Any]], change: QuestionChange,
) -> None:  # fmt: skip
    """Several of the options, each by its words; `given` makes of value and change what the control is given."""
    taken = set(chosen)
    words = [words for words, one in options.items() if one in taken]
    said = given(words, lambda now, words: change(now, tuple(options[each] for each in words or ())))
    st.pills(literal(label), list(options), selection_mode="multi", format_func=literal, **said)
