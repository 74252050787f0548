"""A large file is fetched from the disk by whom it was made for, as long as the page that made it is there."""

from __future__ import annotations

import gc
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from zyb.access import LOCAL_ADMIN, Viewer
from zyb.web.identity import Identity
from zyb.web.taken_files import FILES_URL, GONE, ReadyFile, fetch, offer

NAME = "陕西省企业台账（截至2024年5月31日）.csv"
CONTENT = "名称\r\n𠮷祥矿业\r\n".encode("gb18030") * 50_000


@pytest.fixture
def made(tmp_path: Path) -> ReadyFile:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    return ReadyFile(path, NAME, "text/csv", LOCAL_ADMIN.user)


async def asked(address: str, who: Viewer = LOCAL_ADMIN, **headers: str) -> httpx.Response:
    routes = [Route(f"{FILES_URL}/{{token}}", fetch)]
    app = Starlette(routes=routes, middleware=[Middleware(Identity, recognise=lambda scope: who)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        return await client.get(address, headers=headers)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_it_comes_whole_and_under_its_name(made: ReadyFile) -> None:
    answer = await asked(offer(made))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert NAME in unquote(answer.headers["content-disposition"])
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_a_fetch_that_broke_off_goes_on_where_it_was(made: ReadyFile) -> None:
    answer = await asked(offer(made), Range="bytes=100-199")
    assert (answer.status_code, answer.content) == (206, CONTENT[100:200])


@pytest.mark.anyio
async def test_nobody_else_gets_it_whatever_he_says(made: ReadyFile) -> None:
    address, other = offer(made), Viewer("wang", "王晓明", "analyst", None)
    answer = await asked(address, other, **{"x-zyb-user": LOCAL_ADMIN.user})
    assert (answer.status_code, answer.text) == (404, GONE)
    assert (await asked(f"{address}x")).status_code == 404


@pytest.mark.anyio
async def test_it_is_gone_with_the_page_that_made_it(made: ReadyFile) -> None:
    mine = ReadyFile(made.path, made.name, made.media_type, made.owner)
    address = offer(mine)
    assert (await asked(address)).status_code == 200
    del mine
    gc.collect()
    assert (await asked(address)).text == GONE
    address = offer(made)
    made.path.unlink()
    assert (await asked(address)).text == GONE
