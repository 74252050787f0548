"""Our own scripts, pictures and stylesheets: addresses that change with the content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ASSETS = Path(__file__).resolve().parent / "assets"
ASSETS_URL = "/zyb-assets"
FOREVER = "public, max-age=31536000, immutable"


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
