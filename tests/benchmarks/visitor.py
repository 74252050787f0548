"""A visitor without a browser: asks a running server for a page and waits until its script has finished."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests.web.conftest import ROOT, free_port

SECONDS_TO_START = 90


class Visitor:
    """One browser tab's worth of conversation."""

    def __init__(self, port: int) -> None:
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(
            connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def visit(self, page: str = "", query: str = "") -> None:
        """From the request to the end of the script, with everything that it sent in between."""
        request = BackMsg()
        request.rerun_script.query_string = query
        request.rerun_script.page_name = page
        self.ask(request)

    def ask(self, request: BackMsg, until: str = "script_finished", patience: float = 60) -> ForwardMsg:
        """The answer of this kind, after everything that comes before it has been heard."""
        self.socket.send(request.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != until:
            answer.ParseFromString(self.socket.recv(timeout=patience))
            self.hear(answer)
        return answer

    def hear(self, answer: ForwardMsg) -> None:
        if answer.delta.new_element.HasField("alert"):
            raise AssertionError(f"the page failed: {answer.delta.new_element.alert.body}")


class Server(NamedTuple):
    port: int
    pid: int


@contextmanager
def serving(kind: str, data: Path, *options: str) -> Iterator[int]:
    """The port of a server that has just been asked to start; it may not answer yet."""
    with running(kind, data, *options) as server:
        yield server.port


@contextmanager
def running(kind: str, data: Path, *options: str) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.serving", str(port), kind, *options],
        cwd=ROOT,
        env={**os.environ, "ZYB_DATA": str(data)},
    )
    try:
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def arrive(port: int) -> Visitor:
    """Knock until somebody opens."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return Visitor(port)
        except (OSError, InvalidHandshake):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
