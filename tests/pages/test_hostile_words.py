"""Names, headings, places, files, notes: whatever they hold, pages show it letter by letter and nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.books import NOTICE, csv_bytes, xlsx
from tests.pages.markdown import active, letters
from tests.pages.screen import markup, open_page
from tests.pages.test_alerts_page import ALERTS
from tests.pages.test_bulletin_page import CONFIRM, choose, open_bulletin, press, write
from tests.pages.test_snapshots_page import SNAPSHOTS, open_newest
from tests.pages.test_upload_page import confirm, upload
from zyb import alerting
from zyb.access import LOCAL_ADMIN, Viewer, on_this_machine
from zyb.ui.frame.loading import the_store

HOSTILE = (
    "=甲[点此](http://e.cn)<a href='http://e.cn'>**乙**</a>:red[丙] $x$ :material/home: www.e.cn a@e.cn -> 丁"
)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TITLE = "陕西省专项治理进展（截至2024年4月1日）"
# Messages whose words the browser does not read as Markdown: our own escaped markup, cells, drawings.
READ_OTHERWISE = {"Html", "ArrowData", "Dataframe", "Arrow", "PlotlyChart", "Components", "BidiComponent"}
MARKDOWN = {"label", "body", "help", "text", "content", "caption", "captions", "title", "delta"}
OFFERED = {"Radio", "ButtonGroup"}


def sources(app: AppTest) -> Iterator[str]:
    """Everything on the page that the browser reads as Markdown."""
    for node in _nodes(app._tree):
        if getattr(node, "proto", None) is not None:
            yield from _sources(node.proto)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    children = getattr(node, "children", None)
    for below in children.values() if isinstance(children, dict) else ():
        yield from _nodes(below)


def _sources(message: Any) -> Iterator[str]:
    kind = message.DESCRIPTOR.name
    if kind in READ_OTHERWISE:
        return
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if field.message_type is not None and not field.message_type.GetOptions().map_entry:
                yield from _sources(one)
            elif isinstance(one, str) and (
                field.name in MARKDOWN or (kind in OFFERED and field.name == "options")
            ):
                yield one


def assert_inert(app: AppTest) -> list[str]:
    """Nothing on the page does anything; the sources that speak of the hostile words."""
    assert not app.exception
    found = list(sources(app))
    assert [slip for source in found for slip in active(source)] == []
    page = markup(app)
    assert "<a href='http" not in page and "**乙**</a>" not in page
    for table in app.dataframe:
        cells = [cell for column in table.value for cell in table.value[column] if isinstance(cell, str)]
        assert not [
            cell
            for cell in [*cells, *map(str, table.value.columns)]
            if cell.lstrip().startswith(("=", "@", "＝"))
        ]
    return [source for source in found if "丁" in source]


def table(region: str = "西安市", heading: str = HEAD[1]) -> bytes:
    rows = [(region if name == "西安市" else name, *figures) for name, figures in NOTICE.items()]
    return csv_bytes([(TITLE,), (HEAD[0], heading, HEAD[2]), *rows])


# -- 数据上报 -----------------------------------------------------------------------------------


def test_a_question_about_an_unknown_name(data: Path) -> None:
    page = upload((f"{HOSTILE}.csv", table(HOSTILE)))
    told = assert_inert(page)
    assert any(letters(label).startswith(f"“{HOSTILE}”（1 处）") for label in told)


def test_a_question_about_a_heading_and_what_was_explained(data: Path) -> None:
    page = upload((f"{HOSTILE}.csv", table("西安巿", HOSTILE)))
    assert_inert(page)
    for box in page.selectbox:
        if box.options and HOSTILE in box.options:
            assert_inert(box.set_value(HOSTILE).run())


def test_sheets_of_a_workbook(data: Path) -> None:
    page = upload((f"{HOSTILE}.xlsx", xlsx([(TITLE,), HEAD, (HOSTILE, 1, 2)])))
    assert_inert(page)


def test_a_file_that_went_in(data: Path) -> None:
    assert_inert(confirm(upload((f"{HOSTILE}.csv", table()))))
    assert_inert(upload((f"再来{HOSTILE}.csv", table())))


# -- 历史批次 -----------------------------------------------------------------------------------


def test_the_register_and_a_withdrawal(data: Path) -> None:
    confirm(upload((f"{HOSTILE}.csv", table()), viewer=Viewer("x", HOSTILE, "admin")))
    assert_inert(open_newest())
    the_store().withdraw(the_store().snapshots()[0].id, by=HOSTILE, reason=HOSTILE)
    assert_inert(open_newest())
    assert_inert(open_page(SNAPSHOTS, LOCAL_ADMIN, province="陕西省"))


# -- 滞后预警 -----------------------------------------------------------------------------------


def test_notes_of_an_alert(data: Path) -> None:
    page = open_page(ALERTS, province="陕西省")
    name = page.dataframe[0].value["地区"].iloc[0]
    day = alerting.newest_day(the_store(), "陕西省")
    assert day
    alert = next(one for one in alerting.survey(the_store(), "陕西省", day).alerts if one.region == name)
    said = {
        "by": on_this_machine(HOSTILE),
        "owner": HOSTILE,
        "cause": HOSTILE,
        "action": HOSTILE,
        "due": day + timedelta(days=60),
    }
    alerting.claim(the_store(), "陕西省", name, alert.measure.id, day, **said)
    page = open_page(ALERTS, province="陕西省")
    page.session_state["alerts"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    assert_inert(page.run())
    assert_inert(open_page(ALERTS, province=HOSTILE, region=HOSTILE, view=HOSTILE))


# -- 通报与文件 ---------------------------------------------------------------------------------


def test_texts_of_a_bulletin(data: Path) -> None:
    page = write(write(open_bulletin(), "工作要求", HOSTILE), "文号", HOSTILE)
    assert_inert(page)
    page = press(page, CONFIRM)
    assert_inert(page)
    assert_inert(choose(page, "打开", "2024年第1期"))


def test_every_page_of_a_person_with_such_a_name_and_such_an_address(data: Path) -> None:
    person = Viewer("x", HOSTILE, "admin")
    for path in (
        "pages/progress/overview.py",
        "governance",
        "pages/reports/briefing.py",
        "pages/intake/templates.py",
    ):
        assert_inert(open_page(path, person, province=HOSTILE, region=HOSTILE, measure=HOSTILE))
