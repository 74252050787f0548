"""What a person can act on is a sentence in the log as on the page; of everything else the log keeps the details."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from streamlit.error_util import _log_uncaught_app_exception

from zyb.errors import RulesError
from zyb.ui.frame import faults

SLIP = RulesError("measures.toml", "governance_completion", "缺少“title”（文字）。")


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    faults.write_sentences_to_the_log()
    caplog.handler.setLevel(logging.DEBUG)
    logging.getLogger("streamlit.error_util").addHandler(caplog.handler)
    yield caplog
    logging.getLogger("streamlit.error_util").removeHandler(caplog.handler)
    logging.getLogger("streamlit.error_util").removeFilter(faults._in_words)


def ended_by(fault: Exception) -> None:
    try:
        raise fault
    except Exception as caught:
        _log_uncaught_app_exception(caught)


def test_a_slip_in_a_rule_file_is_logged_as_its_sentence(logged: pytest.LogCaptureFixture) -> None:
    ended_by(SLIP)
    assert str(SLIP) in logged.text
    assert "Traceback" not in logged.text


def test_what_nobody_foresaw_is_logged_with_its_traceback(logged: pytest.LogCaptureFixture) -> None:
    ended_by(ZeroDivisionError("x"))
    assert "Traceback" in logged.text and "ZeroDivisionError" in logged.text
