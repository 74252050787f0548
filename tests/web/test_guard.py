"""Only this machine: who is answered, who is refused, and what the refused are told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.web.conftest import ROOT, start
from zyb.web.guard import LocalOnly, refusal_to_start

STREAM = "/_stcore/stream"


def answer(scope: Scope) -> list[Message]:
    """What LocalOnly sends for a connection; the application behind it says 200."""
    sent: list[Message] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(LocalOnly(behind)(scope, receive, send))
    return sent


def request(
    client: str = "127.0.0.1", host: str = "127.0.0.1:8501", origin: str | None = None, **more: Any
) -> Scope:
    headers = [(b"host", host.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "client": (client, 50000),
        "server": ("127.0.0.1", 8501),
    }
    return {**scope, "headers": headers, **more}


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (request(), 200),
        (request(host="localhost:8501"), 200),
        (request(client="::1", host="[::1]:8501"), 200),
        (request(client="::ffff:127.0.0.1"), 200),
        (request(client="192.168.1.20"), 403),
        (request(client="::ffff:192.168.1.20"), 403),
        (request(client="testclient"), 403),
        (request(client="192.168.1.20", host="localhost:8501"), 403),
        (request(host="rebound.example:8501"), 403),
        (request(host="127.0.0.1.example"), 403),
        (request(host="[::1"), 403),
        (request(host=""), 403),
        (request(origin="https://evil.example"), 200),
        (request(method="PUT", origin="http://127.0.0.1:8501"), 200),
        (request(method="PUT", origin="https://evil.example"), 403),
        (request(method="PUT", origin="http://127.0.0.1:9999"), 403),
        (request(method="POST", origin="null"), 403),
        (request(path="/_stcore/metrics"), 403),
        (request(path="/_stcore/agent/interact", method="POST"), 403),
    ],
)
def test_only_a_client_on_this_machine_that_asks_for_it_by_name_is_answered(
    scope: Scope, status: int
) -> None:
    assert answer(scope)[0]["status"] == status


def test_a_connection_without_a_client_address_is_refused() -> None:
    assert answer({**request(), "client": None})[0]["status"] == 403


def test_the_refused_are_told_in_chinese_where_to_go(server: str) -> None:
    refused = httpx.get(server, headers={"host": "rebound.example"})
    assert refused.status_code == 403
    assert refused.text == f"本程序只供本机使用。请在运行程序的这台电脑上，用浏览器打开 {server} 。"
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"


def test_an_upload_from_another_site_is_refused_before_it_is_read(server: str) -> None:
    upload = f"{server}/_stcore/upload_file/session/file"
    assert httpx.put(upload, headers={"origin": "https://evil.example"}, content=b"x").status_code == 403


def page_connection(server: str, origin: str) -> ClientConnection:
    return connect(
        server.replace("http", "ws") + STREAM, origin=Origin(origin), subprotocols=[Subprotocol("streamlit")]
    )


def test_the_pages_connection_is_accepted_from_the_page_itself(server: str) -> None:
    with page_connection(server, origin=server) as connection:
        assert connection.subprotocol == "streamlit"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
def test_the_pages_connection_is_refused_from_elsewhere(server: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        page_connection(server, origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_an_address_of_this_machine_may_be_listened_on(address: str) -> None:
    assert refusal_to_start(address) is None


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "intranet.example", "", None]
)
def test_any_other_address_is_refused_with_what_to_change(address: str | None) -> None:
    sentence = refusal_to_start(address)
    assert sentence is not None
    assert "已停止启动" in sentence and "127.0.0.1" in sentence


def test_the_program_does_not_start_on_another_address(tmp_path: Path) -> None:
    command = ["streamlit", "run", str(ROOT / "app.py"), "--server.address", "0.0.0.0", "--server.port", "1"]
    process = start(command, tmp_path, tmp_path / "data")
    output = process.communicate(timeout=60)[0]
    assert process.returncode == 2
    assert "不能在地址 0.0.0.0 上对外提供服务" in output
    assert "Traceback" not in output
