"""Large files go from the disk to the browser as it takes them: the server holds none of them whole."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

FILES_URL = "/zyb-files"
GONE = "文件已不在：页面关闭或重新查询后不再保留。请回到原来的页面重新生成。"


@dataclass(frozen=True, eq=False)
class ReadyFile:
    """A file that a person may fetch as long as anybody holds this. `owner`: the account that it was made for."""

    path: Path
    name: str
    media_type: str
    owner: str


_ready: WeakValueDictionary[str, ReadyFile] = WeakValueDictionary()


def offer(file: ReadyFile) -> str:
    """The address of a file, which nobody can guess."""
    token = secrets.token_urlsafe(24)
    _ready[token] = file
    return f"{FILES_URL}/{token}"


async def fetch(request: Request) -> Response:
    """The file, for whom it was made (zyb.web.identity writes who asks)."""
    file = _ready.get(request.path_params["token"])
    asks = request.headers.get("x-zyb-user")
    if file is None or asks != quote(file.owner) or not file.path.is_file():
        return PlainTextResponse(GONE, status_code=404)
    return FileResponse(
        file.path, filename=file.name, media_type=file.media_type, headers={"cache-control": "no-store"}
    )
