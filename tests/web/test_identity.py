"""Who is looking: only this program can say."""

from __future__ import annotations

import asyncio
import tomllib

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from tests.web.conftest import ROOT
from zyb.access import LOCAL_ADMIN, NOBODY, OwnRegion, Permission, Viewer
from zyb.ui.frame.navigation import entries, pages
from zyb.web.identity import Identity, claims, viewer_of

JINAN = OwnRegion("370100", "济南市")
OFFICIAL = Viewer("wang", "王晓明", "official", JINAN)


async def receive() -> Message:
    raise AssertionError("nothing is read here")


async def send(message: Message) -> None:
    raise AssertionError("nothing is sent here")


def headers_behind(identity: type[Identity], sent: dict[str, str], **options: object) -> Headers:
    """The headers the pages' server sees, for those that a client sent."""
    seen: list[Scope] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    scope = {"type": "websocket", "headers": [(k.encode(), v.encode()) for k, v in sent.items()]}
    asyncio.run(identity(behind, **options)(scope, receive, send))  # type: ignore[arg-type]
    return Headers(scope=seen[0])


@pytest.mark.parametrize(
    "spelling", ["x-zyb-user", "X-Zyb-User", "x_zyb_user", "x-zyb_user", "x-zyb-anything"]
)
def test_a_client_cannot_name_itself(spelling: str) -> None:
    headers = headers_behind(Identity, {"host": "localhost", spelling: "intruder"})
    assert "intruder" not in headers.values()
    assert headers.getlist("x-zyb-user") == ["local"]
    assert headers["host"] == "localhost"


def test_nobody_recognised_means_no_identity_at_all() -> None:
    sent = {"host": "localhost", "x-zyb-user": "intruder"}
    headers = headers_behind(Identity, sent, recognise=lambda scope: None)
    assert list(headers) == ["host"]


@pytest.mark.parametrize("viewer", [LOCAL_ADMIN, OFFICIAL, Viewer("li", "李，某", "leader")])
def test_a_viewer_arrives_at_the_page_as_it_left(viewer: Viewer) -> None:
    assert viewer_of(claims(viewer)) == viewer


@pytest.mark.parametrize(
    "tampered",
    [{"zyb_seal": ""}, {"zyb_seal": "guess"}, {"zyb_seal": None}, {"zyb_user": ""}, {"zyb_role": None}],
)
def test_claims_that_are_not_ours_or_not_whole_are_nobody(tampered: dict[str, str | None]) -> None:
    assert viewer_of({**claims(LOCAL_ADMIN), **tampered}) is None


def guarded_page() -> None:
    import streamlit as st

    from zyb.access import Permission
    from zyb.ui.frame.identity import require

    viewer = require(Permission.UPLOAD)
    st.title(viewer.name)


def test_a_page_opens_for_a_viewer_with_the_permission() -> None:
    page = AppTest.from_function(guarded_page)
    page.user = dict(claims(OFFICIAL))
    page.run()
    assert [title.value for title in page.title] == ["王晓明"]


def test_a_page_shows_only_the_refusal_to_others() -> None:
    page = AppTest.from_function(guarded_page)
    page.user = dict(claims(Viewer("li", "李某", "leader")))
    page.run()
    assert [error.value for error in page.error] == [
        "您没有上报台账的权限。请由本地区填报人员上报，或联系管理员开通。"
    ]
    assert not page.title


@pytest.mark.parametrize("user", [{}, {"email": "test@example.com"}, {"zyb_user": "x", "zyb_role": "admin"}])
def test_a_page_shows_only_the_refusal_to_nobody(user: dict[str, str]) -> None:
    page = AppTest.from_function(guarded_page)
    page.user = dict(user)
    page.run()
    assert [error.value for error in page.error] == [NOBODY]
    assert not page.title


@pytest.mark.parametrize(
    "entry", [entry for entry in pages() if entry.script.is_file()], ids=lambda entry: entry.path
)
def test_a_page_opened_without_a_role_shows_only_the_refusal(entry: object) -> None:
    page = AppTest.from_file(str(entry.script), default_timeout=30)  # type: ignore[attr-defined]
    page.user = {}
    page.run()
    assert [error.value for error in page.error] == [NOBODY]
    assert not page.title and not page.get("html")


def test_the_sidebar_lists_only_what_the_viewer_may_open() -> None:
    allowed = entries(Viewer("li", "李某", "leader"))
    assert all(entry.permission is not Permission.UPLOAD for entry in allowed)
    assert entries(None) == []


def test_the_settings_hand_every_claim_to_the_page() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    handed = settings["server"]["trustedUserHeaders"]
    headers = headers_behind(Identity, {})
    assert {handed[name]: headers[name] for name in handed} == claims(LOCAL_ADMIN)
