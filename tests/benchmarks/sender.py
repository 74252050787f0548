"""A visitor of the upload page without a browser: drops files, takes them off again, presses a button."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import TracebackType
from uuid import uuid4

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.visitor import Visitor

# Reading sixteen large lists, two at a time, takes its while.
PATIENCE = 600


class Sender(Visitor):
    """Somebody with the upload page open. `words` is what the page said last, `buttons` what could be pressed."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120)
        self.http.get("/_stcore/health")  # where Streamlit hands out the token that an upload must show
        self.dropped = FileUploaderState()
        self.uploader, self.buttons, self.words = "", dict[str, str](), ""
        self._page()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()
        super().__exit__(kind, error, trace)

    def drop(self, files: Iterable[tuple[str, bytes]]) -> None:
        """All of them, then the page runs once, as in the browser."""
        for name, content in files:
            self._send(name, content)
        self._page()

    def take_off(self) -> None:
        """Every file by its cross in the uploader."""
        for file in self.dropped.uploaded_file_info:
            self._door("DELETE", file.file_urls.delete_url)
        self.dropped = FileUploaderState()
        self._page()

    def forget(self) -> None:
        """As a page that was reloaded: nothing is told to the server."""
        self.dropped = FileUploaderState()

    def press(self, label: str) -> None:
        self._page(self.buttons[label])

    def look(self) -> None:
        self._page()

    def _send(self, name: str, content: bytes) -> None:
        request = BackMsg()
        request.file_urls_request.request_id = str(uuid4())
        request.file_urls_request.file_names.append(name)
        urls = self.ask(request, until="file_urls_response").file_urls_response.file_urls[0]
        self._door("PUT", urls.upload_url, files={"file": (name, content)})
        told = self.dropped.uploaded_file_info.add()
        told.file_id, told.name, told.size = urls.file_id, name, len(content)
        told.file_urls.CopyFrom(urls)

    def _door(self, method: str, url: str, **said: object) -> None:
        token = {"X-Xsrftoken": self.http.cookies["_streamlit_xsrf"]}
        self.http.request(method, url, headers=token, **said).raise_for_status()  # type: ignore[arg-type]

    def _page(self, pressed: str = "") -> None:
        self.words, self.buttons = "", {}
        request = BackMsg()
        request.rerun_script.page_name = "upload"
        if self.uploader:
            state = request.rerun_script.widget_states.widgets.add()
            state.id = self.uploader
            state.file_uploader_state_value.CopyFrom(self.dropped)
        if pressed:
            state = request.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = pressed, True
        self.ask(request, patience=PATIENCE)

    def hear(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        if element.HasField("file_uploader"):
            self.uploader = element.file_uploader.id
        if element.HasField("button"):
            self.buttons[element.button.label] = element.button.id
        if element.HasField("html"):
            self.words += re.sub(r"<[^>]+>", " ", element.html.body) + "\n"
        if element.HasField("alert"):
            self.words += element.alert.body + "\n"
