"""A page as its test sees it: opened for a viewer with a URL, and read as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

import pandas as pd
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from zyb.access import LOCAL_ADMIN, Viewer
from zyb.settings import ROOT
from zyb.ui.frame.navigation import pages
from zyb.web.identity import claims

MAIN = ROOT / "zyb" / "ui" / "frame" / "main.py"
SECONDS = 60

# The fields of Streamlit's messages that come before people's eyes or ears.
SPOKEN = frozenset({"body", "label", "help", "placeholder", "options", "alt", "text", "title", "value"})
DRAWN = frozenset({"text", "hovertext", "name", "title", "ticktext"})


def open_page(named: str, viewer: Viewer | None = LOCAL_ADMIN, **query: str) -> AppTest:
    """The page of this address, by way of the main script as in the browser; `query` is what the URL says.

    A script is named as its page's address is, so that its path will do; the campaigns, which share one, have an address.
    Opened at its own address, as from a bookmark: `switch_page` would run the first page before it.
    """
    return switch(_app(str(MAIN), viewer, query), named)


def switch(app: AppTest, named: str) -> AppTest:
    """To the page of another address, with all that the session knows."""
    app._page_hash = calc_hash(next(e.url_path for e in pages() if e.url_path == PurePath(named).stem))
    app.run()
    if app._finished_page_script_hash != app._page_hash:
        raise ValueError(f"{named} is no navigation page of this viewer")
    return app


def open_script(path: str, viewer: Viewer | None = LOCAL_ADMIN) -> AppTest:
    """The page's script alone, as if the main script had never run."""
    return _app(str(ROOT / path), viewer, {}).run()


def open_main(viewer: Viewer | None = LOCAL_ADMIN, **query: str) -> AppTest:
    return _app(str(MAIN), viewer, query).run()


@cache
def _components() -> BidiComponentManager:
    """What the installed packages bring along: looked up once, not for each page, since it takes long."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


def _app(script: str, viewer: Viewer | None, query: dict[str, str]) -> AppTest:
    app = AppTest.from_file(script, default_timeout=SECONDS)
    app._bidi_component_manager = _components()
    app.user = dict(claims(viewer)) if viewer else {}
    for name, value in query.items():
        app.query_params[name] = value
    return app


# -- reading ------------------------------------------------------------------------------


class _Text(HTMLParser):
    """The text of our markup, cells and lines apart."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def plain(markup: str) -> str:
    """Markup as the text that is read on the screen."""
    parser = _Text()
    parser.feed(markup)
    return " ".join("".join(parser.parts).split())


def markup(app: AppTest) -> str:
    return "\n".join(element.value for element in app.get("html"))


def shown(app: AppTest) -> str:
    """Everything that the page says, as one text."""
    return "\n".join(texts(app))


def league(app: AppTest) -> list[list[str]]:
    """The first table of our own on the page, cell by cell, without its headings."""
    return tables(app)[0][1:]


def tables(app: AppTest) -> list[list[list[str]]]:
    """All tables of our own on the page, cell by cell; their headings come first."""
    return [_rows_of(html.value) for html in app.get("html") if "<table" in html.value]


def _rows_of(markup: str) -> list[list[str]]:
    parser = _Text()
    parser.feed(markup)
    return parser.rows


def texts(app: AppTest) -> list[str]:
    return [text for element in elements(app) for text in _texts(element) if text.strip()]


def elements(app: AppTest) -> Iterator[Any]:
    for block in app._tree.children.values():
        yield from block


def _texts(element: Any) -> Iterator[str]:
    if element.type == "html":
        yield plain(element.value)
    elif element.type == "dataframe":
        yield from _table(element.value, _link_columns(element.proto))
        yield element.proto.alt
    elif element.type == "plotly_chart":
        yield from _drawing(json.loads(element.proto.spec or element.proto.figure.spec))
        yield element.proto.alt
    elif element.type == "file_uploader":
        yield element.label  # file types are Streamlit's own line, in Chinese in the browser only
    elif getattr(element, "proto", None) is not None:
        yield from _spoken(element.proto)


def _table(frame: pd.DataFrame, links: dict[str, str]) -> Iterator[str]:
    """Headings and cells; an address is shown as the word that stands for it."""
    yield from map(str, frame.columns)
    for column in frame:
        cells = [links[column]] if column in links else frame[column]
        yield from (value for value in cells if isinstance(value, str))


def _link_columns(message: Any) -> dict[str, str]:
    """Column → the word in it that leads to an address."""
    told = {
        name: column.get("type_config") or {} for name, column in json.loads(message.columns or "{}").items()
    }
    return {name: kind["display_text"] for name, kind in told.items() if kind.get("type") == "link"}


def _spoken(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if field.message_type is not None and field.message_type.GetOptions().map_entry is False:
                yield from _spoken(one)
            elif field.name in SPOKEN and isinstance(one, str):
                yield one


def _drawing(part: Any, name: str = "") -> Iterator[str]:
    """The words of a figure, wherever they stand in its description."""
    if isinstance(part, dict):
        for key, below in part.items():
            yield from _drawing(below, key)
    elif isinstance(part, list):
        for below in part:
            yield from _drawing(below, name)
    elif isinstance(part, str) and name in DRAWN:
        yield plain(part)
