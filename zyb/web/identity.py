"""The viewer travels from the web server to the pages in headers that only this program can write.

`Identity` removes every such header a client sent and writes its own; Streamlit hands them to the
script as `st.user` (`server.trustedUserHeaders` in .streamlit/config.toml names the same keys). A seal
drawn at start goes with them, so a server started around this middleware has no viewer, not a forged one.

Today everyone is the local administrator. Accounts will put their own `recognise` here; pages stay.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer

HEADER_PREFIX = b"x-zyb-"
SEAL = secrets.token_urlsafe(24)

Recognise = Callable[[Scope], Viewer | None]


def claims(viewer: Viewer) -> dict[str, str]:
    """The viewer as `st.user` shows it to the script. Header values must be ASCII, so names are quoted."""
    region = viewer.region or OwnRegion("", "")
    return {
        "zyb_seal": SEAL,
        "zyb_user": quote(viewer.user),
        "zyb_name": quote(viewer.name),
        "zyb_role": quote(viewer.role),
        "zyb_region_code": quote(region.code),
        "zyb_region_name": quote(region.name),
    }


def viewer_of(user: Mapping[str, object]) -> Viewer | None:
    """The viewer behind `st.user`; None when anything is missing or the seal is not ours."""
    text = {key: unquote(str(value)) for key, value in user.items() if value is not None}
    if not hmac.compare_digest(text.get("zyb_seal", "").encode(), SEAL.encode()):
        return None
    if not text.get("zyb_user") or not text.get("zyb_role"):
        return None
    code, name = text.get("zyb_region_code", ""), text.get("zyb_region_name", "")
    return Viewer(
        user=text["zyb_user"],
        name=text.get("zyb_name") or text["zyb_user"],
        role=text["zyb_role"],
        region=OwnRegion(code, name) if code else None,
    )


def local_administrator(_: Scope) -> Viewer:
    """Whoever sits at this machine; `LocalOnly` has already turned everyone else away."""
    return LOCAL_ADMIN


class Identity:
    """Pure ASGI middleware, so the websocket is covered too: a client can never name itself."""

    def __init__(self, app: ASGIApp, recognise: Recognise = local_administrator) -> None:
        self.app = app
        self.recognise = recognise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = dict(scope, headers=[*_foreign_headers(scope), *self._own_headers(scope)])
        await self.app(scope, receive, send)

    def _own_headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        viewer = self.recognise(scope)
        if viewer is None:
            return []
        return [(_header(key), value.encode("ascii")) for key, value in claims(viewer).items()]


def _foreign_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What the client sent, without anything in our namespace, however it is spelled."""
    return [
        (key, value)
        for key, value in scope["headers"]
        if not key.lower().replace(b"_", b"-").startswith(HEADER_PREFIX)
    ]


def _header(claim: str) -> bytes:
    return b"x-" + claim.replace("_", "-").encode("ascii")
