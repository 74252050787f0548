"""A run that begins throws away what it will say anew, and nothing that the browser waits for or counts on."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session

import app
from tests.benchmarks.visitor import Visitor
from zyb.ui.frame.messages import ANSWERS, Messages


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


class Rememberer(Visitor):
    """A browser that claims to know everything that it was ever sent."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.heard: list[ForwardMsg] = []

    def hear(self, answer: ForwardMsg) -> None:
        super().hear(answer)
        self.heard.append(ForwardMsg.FromString(answer.SerializeToString()))

    def draw(self) -> int:
        """How many charts were sent, not merely named."""
        request = BackMsg()
        request.rerun_script.page_name = "assistance"
        request.rerun_script.cached_message_hashes.extend({message.hash for message in self.heard})
        self.heard.clear()
        self.ask(request)
        return sum(message.delta.new_element.HasField("plotly_chart") for message in self.heard)


def test_a_map_is_sent_whole_whatever_the_browser_claims_to_remember(server: str) -> None:
    """What it said that it knew, it may have forgotten when the answer comes."""
    with Rememberer(int(server.rsplit(":", 1)[1])) as browser:
        charts = browser.draw()
        assert charts and max(message.ByteSize() for message in browser.heard) > 50_000
        assert browser.draw() == charts
        assert not any(message.HasField("ref_hash") for message in browser.heard)
