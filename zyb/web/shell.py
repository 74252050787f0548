"""The page around the pages: Chinese index page, our assets, security headers. Pure ASGI throughout
(Starlette's BaseHTTPMiddleware does not see websockets and buffers uploads)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zyb.html import Markup, joined, tag
from zyb.web.guard import LocalOnly
from zyb.web.identity import Identity

TITLE = "职业病防治进展看板"
ASSETS = Path(__file__).resolve().parent / "assets"
ASSETS_URL = "/zyb-assets"
FIRST_PAGE = "/overview"
# Everything below these is Streamlit's or ours and never the index page.
NOT_PAGES = ("/static/", "/_stcore/", "/media/", "/component/", f"{ASSETS_URL}/")
NO_SCRIPT = tag("noscript", tag("p", "本程序需要浏览器启用 JavaScript，请在浏览器设置中启用后刷新页面。"))

# plotly asks for a base map of the world even when the shapes are ours; this one is empty.
BASE_MAP_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
EMPTY_BASE_MAP = {
    "type": "Topology",
    "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in BASE_MAP_LAYERS},
    "arcs": [],
}
FOREVER = "public, max-age=31536000, immutable"


def routes(stylesheets: Path) -> list[BaseRoute]:
    """Our own addresses: assets of the shell, and the stylesheets of the pages."""
    return [
        Route(FIRST_PAGE, _to_first_page),
        Route(f"{ASSETS_URL}/topojson/{{name}}.json", _base_map),
        Mount(f"{ASSETS_URL}/look", app=VersionedFiles(directory=stylesheets)),
        Mount(ASSETS_URL, app=VersionedFiles(directory=ASSETS)),
    ]


def middleware(stylesheets: Path) -> list[Middleware]:
    """From the outside in: headers on every answer, only this machine, who it is, the index page."""
    return [
        Middleware(SecurityHeaders),
        Middleware(LocalOnly),
        Middleware(Identity),
        Middleware(IndexPage, stylesheets=stylesheets),
    ]


async def _to_first_page(request: Request) -> Response:
    """The first page lives at the root; its own name in a bookmark leads there, with what was picked."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", 307)


async def _base_map(request: Request) -> Response:
    """Whatever region and scale plotly asks for (world_110m, asia_50m …)."""
    return JSONResponse(EMPTY_BASE_MAP, headers={"cache-control": FOREVER})


def versioned(url: str, file: Path) -> str:
    """An address that changes with the content, so browsers may keep the file for good."""
    return f"{url}/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


class VersionedFiles(StaticFiles):
    """Files asked for by version never change; without one the browser has to ask again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_versioned = scope["query_string"].startswith(b"v=")
        response.headers["cache-control"] = FOREVER if is_versioned else "no-cache"
        return response


class SecurityHeaders:
    """No other host for anything, no frame around us, no guessing of types, no address given away."""

    # unsafe-inline for styles only: Streamlit writes them as it runs. Scripts are listed by hash.
    POLICY = (
        "default-src 'self'; script-src 'self'{scripts}; worker-src 'self' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", self.POLICY.format(scripts=""))
                headers["x-content-type-options"] = "nosniff"
                headers["x-frame-options"] = "SAMEORIGIN"
                headers["referrer-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), microphone=(), geolocation=()"
                headers["cross-origin-opener-policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class IndexPage:
    """Streamlit's index page in Chinese, with our script and stylesheets in it."""

    def __init__(self, app: ASGIApp, stylesheets: Path) -> None:
        self.app = app
        self.head = head_of_index(sorted(stylesheets.glob("*.css")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(NOT_PAGES):
            send = _Rewritten(self.head, send)
            scope = dict(scope, headers=[pair for pair in scope["headers"] if pair[0] not in UNREWRITABLE])
        await self.app(scope, receive, send)


# With these the answer would be compressed, or "not modified" measured against the page before ours.
UNREWRITABLE = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})


class _Rewritten:
    """`send` that holds an HTML answer back until it is whole, then sends it in Chinese."""

    def __init__(self, head: Markup, send: Send) -> None:
        self.head = head
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)
        else:
            await self.send(message)

    async def _finish(self, start: Message) -> None:
        page, policy = in_chinese(self.body, self.head)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(page))
        headers["content-security-policy"] = policy
        headers["cache-control"] = "no-cache"
        for stale in ("etag", "last-modified"):
            if stale in headers:
                del headers[stale]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


def head_of_index(stylesheets: Sequence[Path]) -> Markup:
    """The tags we add at the top of the head; the script comes first, before Streamlit's own."""
    return joined(
        tag("script", src=_asset("zh.js")),
        tag("script", src=_asset("address.js")),
        tag("script", defer=True, src=_asset("print.js")),
        tag("script", defer=True, src=_asset("slideshow.js")),
        tag("link", rel="stylesheet", media="print", href=_asset("print.css")),
        *(tag("link", rel="stylesheet", href=versioned(f"{ASSETS_URL}/look", css)) for css in stylesheets),
    )


def _asset(name: str) -> str:
    return versioned(ASSETS_URL, ASSETS / name)


@lru_cache(maxsize=8)
def in_chinese(page: bytes, head: Markup) -> tuple[bytes, str]:
    """The index page made ours, and the policy that allows exactly the inline scripts it came with."""
    text = page.decode("utf-8")
    text = text.replace('<html lang="en">', '<html lang="zh-CN" translate="no">', 1)
    text = text.replace("<title>Streamlit</title>", tag("title", TITLE), 1)
    text = text.replace("<head>", f"<head>{head}", 1)
    text = text.replace("./favicon.png", _asset("favicon.png"), 1)
    text = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, text, flags=re.S)
    # The description of the closed door for programs, and a Latin font that we do not use.
    text = re.sub(r'<link\s+rel="(?:service-desc|preload)"[^>]*>', "", text)
    return text.encode("utf-8"), SecurityHeaders.POLICY.format(scripts=_inline_script_hashes(text))


def _inline_script_hashes(page: str) -> str:
    digests = (
        hashlib.sha256(body.encode()).digest() for body in re.findall(r"<script>(.*?)</script>", page, re.S)
    )
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
