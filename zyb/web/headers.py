"""Security headers on every answer, and the policy that says which scripts may run. Pure ASGI."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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


def inline_script_hashes(page: str) -> str:
    digests = (
        hashlib.sha256(body.encode()).digest() for body in re.findall(r"<script>(.*?)</script>", page, re.S)
    )
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
