"""The index page: Streamlit's own in Chinese, with our scripts and stylesheets in it. Pure ASGI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zyb.html import Markup, joined, tag
from zyb.web.headers import SecurityHeaders, inline_script_hashes
from zyb.web.static_files import ASSETS, ASSETS_URL, versioned

TITLE = "职业病防治进展看板"
# Everything below these is Streamlit's or ours and never the index page.
NOT_PAGES = ("/static/", "/_stcore/", "/media/", "/component/", f"{ASSETS_URL}/")
NO_SCRIPT = tag("noscript", tag("p", "本程序需要浏览器启用 JavaScript，请在浏览器设置中启用后刷新页面。"))


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
    return text.encode("utf-8"), SecurityHeaders.POLICY.format(scripts=inline_script_hashes(text))
