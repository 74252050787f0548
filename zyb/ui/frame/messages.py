"""What the browser asked for reaches it, even when a run begins meanwhile."""

from __future__ import annotations

from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

# Where to send a file; rows of a long table, or a file that is written when it is asked for.
ANSWERS = frozenset({"file_urls_response", "backend_operation_response"})


class Messages(ForwardMsgQueue):
    """A session's messages to its browser.

    When a run begins, Streamlit 1.67 throws away what has not been sent yet, answers too. A file dropped just
    when the run for the file before it began was never asked for, and nobody was told.
    """

    def clear(
        self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        waiting = self._queue
        super().clear(retain_lifecycle_msgs, fragment_ids_this_run)
        if retain_lifecycle_msgs:
            kept = {id(message) for message in self._queue}
            answers = [
                message
                for message in waiting
                if message.WhichOneof("type") in ANSWERS and id(message) not in kept
            ]
            self._queue = [*answers, *self._queue]


def keep_answers() -> None:
    """Every session from now on gets such a queue."""
    app_session.ForwardMsgQueue = Messages  # type: ignore[attr-defined]
