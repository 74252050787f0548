"""A run that begins throws away what it will say anew, and nothing that the browser waits for."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session

import app
from zyb.ui.answers import ANSWERS, Messages


def waiting(*kinds: str) -> Messages:
    queue = Messages()
    for kind in kinds:
        message = ForwardMsg()
        getattr(message, kind).SetInParent()
        queue.enqueue(message)
    return queue


def kinds(queue: Messages) -> list[str | None]:
    return [message.WhichOneof("type") for message in queue.flush()]


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_an_answer_outlasts_the_beginning_of_a_run(answer: str) -> None:
    queue = waiting("logo", answer, "new_session")
    queue.clear(retain_lifecycle_msgs=True)
    assert kinds(queue) == [answer, "new_session"]


def test_in_the_run_of_a_part_it_is_not_said_twice() -> None:
    queue = waiting("file_urls_response")
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["part"])
    assert kinds(queue) == ["file_urls_response"]


def test_what_was_sent_is_gone() -> None:
    queue = waiting("file_urls_response")
    assert kinds(queue) == ["file_urls_response"]
    assert kinds(queue) == []


def test_the_application_keeps_answers() -> None:
    assert app.app
    assert vars(app_session)["ForwardMsgQueue"] is Messages
