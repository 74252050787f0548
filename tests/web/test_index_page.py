"""The page around the pages, over HTTP against the running program."""

from __future__ import annotations

import re

import httpx
import pytest

from zyb.html import tag
from zyb.web import index_page

BROWSER = {"accept": "text/html", "accept-encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["/", "/governance", "/index.html"])
def test_the_index_page_is_chinese_whatever_page_is_opened(server: str, path: str) -> None:
    page = httpx.get(server + path, headers=BROWSER)
    assert page.status_code == 200
    assert '<html lang="zh-CN"' in page.text
    assert "<title>职业病防治进展看板</title>" in page.text
    assert "/zyb-assets/zh.js?v=" in page.text
    assert "You need to enable JavaScript" not in page.text


def test_a_browser_is_never_told_that_streamlits_own_page_has_not_changed(server: str) -> None:
    first = httpx.get(server, headers=BROWSER)
    again = httpx.get(server, headers={**BROWSER, "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert "etag" not in first.headers
    assert again.status_code == 200


def test_every_asset_named_by_the_index_page_is_there_and_may_be_kept(server: str) -> None:
    page = httpx.get(server, headers=BROWSER).text
    addresses = re.findall(r'"(/zyb-assets/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        asset = httpx.get(server + address)
        assert asset.status_code == 200
        assert "immutable" in asset.headers["cache-control"]


def test_an_asset_without_version_has_to_be_asked_for_again(server: str) -> None:
    assert httpx.get(f"{server}/zyb-assets/zh.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/zyb-assets/zh.js", "/static/nothing.js"])
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    headers = httpx.get(server + path, headers=BROWSER).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_the_policy_allows_no_other_host_and_no_script_written_into_a_page(server: str) -> None:
    policy = httpx.get(server, headers=BROWSER).headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "http" not in policy and "*" not in policy
    assert "unsafe" not in scripts
    assert scripts.count("'sha256-") == 1


@pytest.mark.parametrize("name", ["world_110m", "world_50m", "asia_110m"])
def test_the_map_finds_an_empty_base_map_at_home(server: str, name: str) -> None:
    base_map = httpx.get(f"{server}/zyb-assets/topojson/{name}.json").json()
    assert base_map["type"] == "Topology"
    assert all(layer["geometries"] == [] for layer in base_map["objects"].values())


def test_an_index_page_in_several_pieces_is_rewritten_once_it_is_whole() -> None:
    page, _ = index_page.in_chinese(
        b'<html lang="en"><head></head><noscript>\nEnable\n</noscript></html>', tag("x")
    )
    assert page.decode().startswith(
        '<html lang="zh-CN" translate="no"><head><x></x></head><noscript><p>本程序'
    )
