"""What is not always shown keeps its place on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

Asked = ParamSpec("Asked")
Shown = TypeVar("Shown")


def keeps_its_place(card: Callable[Asked, Shown]) -> Callable[Asked, Shown]:
    """The place stays when there is nothing to show in it; an empty one takes no room.

    Streamlit knows parts of a page by their number. Without the place all that follows would change its number
    with the card, and what stood last before, such as a map, would be seen a second time until the run ends.
    """

    @wraps(card)
    def in_its_place(*args: Asked.args, **kwargs: Asked.kwargs) -> Shown:
        with st.container():
            return card(*args, **kwargs)

    return in_its_place
