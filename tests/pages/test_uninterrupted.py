"""A click while something is being saved ends the run of the page, not the saving."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def page_with_a_button() -> None:
    import streamlit as st
    from streamlit.proto.WidgetStates_pb2 import WidgetStates
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

    from zyb.ui.frame.submitting import uninterrupted

    def save() -> None:
        context = get_script_run_ctx()
        assert context and context.script_requests
        context.script_requests.request_rerun(RerunData(widget_states=WidgetStates()))  # a click elsewhere
        st.session_state["receipt"] = "批次 7"

    def saved_to_its_end() -> None:
        uninterrupted(save)

    st.button("存", on_click=saved_to_its_end)
    st.button("直接存", on_click=save)
    st.text(st.session_state.get("receipt", "没有回执"))


@pytest.mark.parametrize(("label", "left"), [("存", "批次 7"), ("直接存", "没有回执")])
def test_what_is_begun_is_remembered_although_the_run_is_ended(label: str, left: str) -> None:
    """The second button shows what happens without."""
    page = AppTest.from_function(page_with_a_button).run()
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    assert page.text[0].value == left


def page_that_fails() -> None:
    import streamlit as st

    from zyb.ui.frame.submitting import uninterrupted

    def save() -> None:
        raise ValueError("没有保存")

    try:
        uninterrupted(save)
    except ValueError as error:
        st.text(str(error))


def test_what_goes_wrong_is_told_to_whoever_began_it() -> None:
    assert AppTest.from_function(page_that_fails).run().text[0].value == "没有保存"
