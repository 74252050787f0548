"""Only this machine: no other address to listen on, no other client, no other name in the address bar.

Until there are accounts everybody who reaches the program is its administrator, so nobody else may reach it.
A page on the internet can point its own name at 127.0.0.1 (DNS rebinding) or open a websocket to it from
the visitor's browser; the Host and Origin checks stop both.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Streamlit's own doors that no page needs: process metrics, and driving the pages by program.
CLOSED_DOORS = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
POLICY_VIOLATION = 1008

ONLY_LOCAL_ADDRESS = (
    "本程序目前只供本机使用，不能在地址 {address} 上对外提供服务，已停止启动。\n"
    "请去掉 server.address 设置（命令行 --server.address、环境变量 STREAMLIT_SERVER_ADDRESS 或配置文件），"
    "或将其改为 127.0.0.1 后重新启动。\n"
)
NOT_FROM_HERE = "本程序只供本机使用。请在运行程序的这台电脑上，用浏览器打开 http://127.0.0.1:{port} 。"
CLOSED = "此地址不对外提供。请从首页进入：http://127.0.0.1:{port} 。"


def is_loopback(address: str | None) -> bool:
    """Whether an address can only mean this machine. None (listen everywhere) does not."""
    if address in LOCAL_NAMES:
        return True
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return (mapped or parsed).is_loopback


def refusal_to_start(address: str | None) -> str | None:
    """What to tell whoever configured another `server.address`; None when it is this machine's own."""
    if is_loopback(address):
        return None
    return ONLY_LOCAL_ADDRESS.format(address=address or "0.0.0.0（所有网卡）")


class LocalOnly:
    """Pure ASGI middleware, outermost: also answers for uvicorn started with any --host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not is_from_here(scope):
            await _refuse(NOT_FROM_HERE, scope, receive, send)
        elif scope["path"].startswith(CLOSED_DOORS):
            await _refuse(CLOSED, scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_from_here(scope: Scope) -> bool:
    """A client on this machine that asked for this machine by name, from no other site."""
    client = scope.get("client")
    headers = Headers(scope=scope)
    if client is None or not is_loopback(client[0]) or _hostname(headers.get("host")) not in LOCAL_NAMES:
        return False
    changes_something = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
    return not changes_something or _is_same_site(headers)


def _hostname(host: str | None) -> str | None:
    try:
        return urlsplit(f"//{host or ''}").hostname
    except ValueError:
        return None


def _is_same_site(headers: Headers) -> bool:
    """Browsers name the page a request comes from; programs on this machine send no Origin."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _refuse(sentence: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        # Before the handshake is accepted this becomes HTTP 403.
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    server = scope.get("server") or ("127.0.0.1", 8501)
    await PlainTextResponse(sentence.format(port=server[1]), status_code=403)(scope, receive, send)
