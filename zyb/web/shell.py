"""The page around the pages: our own addresses, and what every request goes through. Pure ASGI throughout
(Starlette's BaseHTTPMiddleware does not see websockets and buffers uploads)."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from zyb.web.guard import LocalOnly
from zyb.web.headers import SecurityHeaders
from zyb.web.identity import Identity
from zyb.web.index_page import IndexPage
from zyb.web.static_files import ASSETS, ASSETS_URL, FOREVER, VersionedFiles
from zyb.web.taken_files import FILES_URL, fetch

FIRST_PAGE = "/overview"
# plotly asks for a base map of the world even when the shapes are ours; this one is empty.
BASE_MAP_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
EMPTY_BASE_MAP = {
    "type": "Topology",
    "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in BASE_MAP_LAYERS},
    "arcs": [],
}


def routes(stylesheets: Path) -> list[BaseRoute]:
    """Our own addresses: assets of the shell, the stylesheets of the pages, and large files that are fetched."""
    return [
        Route(FIRST_PAGE, _to_first_page),
        Route(f"{ASSETS_URL}/topojson/{{name}}.json", _base_map),
        Route(f"{FILES_URL}/{{token}}", fetch),
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
