"""下载 of every card: the file holds the rows and figures that the page shows, as numbers, for whoever may have data."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, tables
from zyb.access import ROLES, Permission, Role, Viewer
from zyb.exports.inquiries.cards import CardDrawing, drawing_taken
from zyb.maps import plotted
from zyb.maps.polygons import province_map
from zyb.numerals import NO_VALUE
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_MARKER, DEMO_WARNING
from zyb.ui.filtered import downloads, taking

OVERVIEW, REGION = "pages/progress/overview.py", "pages/progress/region.py"
ALERTS, DUTIES = "pages/progress/alerts.py", "pages/progress/duties.py"
SUBMISSIONS, QUALITY = "pages/intake/submissions.py", "pages/intake/quality.py"
LEADER = Viewer("l", "张厅长", "leader")
FIRST = 4  # of a workbook, below title, day and headings


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """Key and form → what a click on the button brings, of the pages that are opened from here on."""
    made: dict[str, Callable[[], bytes]] = {}
    plain = downloads.at_once

    def noted(form: Any, taking: Any, name: str, key: str) -> None:
        made[f"{key}_{form.id}"] = lambda: downloads._content(form, taking)
        plain(form, taking, name, key)

    monkeypatch.setattr(downloads, "at_once", noted)
    return made


def opened(path: str, viewer: Viewer = LEADER, **query: str) -> AppTest:
    page = open_page(path, viewer, **{"province": "陕西省"} | query)
    assert not page.exception
    return page


def workbook(content: bytes) -> list[list[Any]]:
    """The headings and below them the rows, as a spreadsheet keeps them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(min_row=FIRST - 1, values_only=True)]


def lines(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding))))


def printed(value: object, kind: str = "") -> str:
    """A cell as the page prints it."""
    if value is None:
        return NO_VALUE
    if kind == "%":
        return f"{round(float(str(value)) * 100 + 1e-9, 1):.1f}%"
    return f"{value:,}" if isinstance(value, int) else str(value)


def test_the_league_is_taken_as_it_stands(shared: Path, files: dict[str, Any]) -> None:
    page = opened("governance", as_of="2024-03-01")
    on_screen = next(table for table in tables(page) if table[0][0] == "位次")[1:]
    head, *rows = workbook(files["take_league_xlsx"]())
    assert head[:5] == ["位次", "地区", "完成治理", "纳入治理", "完成率"]
    assert len(rows) == len(on_screen) == 13
    for row, seen in zip(rows, on_screen, strict=True):
        assert (row[1], f"{printed(row[2])}／{printed(row[3])}") == (seen[1], seen[2])
        assert (printed(row[4], "%"), printed(row[6]), row[9]) == (seen[4], seen[6], seen[9])
    assert all(isinstance(row[2], int) and isinstance(row[4], float) for row in rows)
    assert lines(files["take_league_csv"]())[1][4] == on_screen[0][4]
    assert len(lines(files["take_league_gb18030"](), "gb18030")) == 14


def test_who_may_not_have_data_is_offered_none(
    shared: Path, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLES, "watcher", Role("查看人员", frozenset({Permission.VIEW_PROGRESS})))
    page = opened(OVERVIEW, Viewer("w", "王某", "watcher"))
    assert not files and not page.get("download_button")
    opened(OVERVIEW, LEADER)
    assert {"take_league_xlsx", "take_attention_csv", "take_trend_gb18030"} <= set(files)


@pytest.mark.parametrize(
    ("path", "query", "wanted"),
    [
        (OVERVIEW, {}, {"league", "league_1", "attention", "trend", "sources", "map"}),
        ("governance", {"region": "西安市"}, {"league", "schedule", "history", "trend", "sources"}),
        ("institutions", {}, {"matrix", "league"}),
        (REGION, {}, {"roll"}),
        (REGION, {"region": "西安市"}, {"region_governance"}),
        (ALERTS, {}, {"alerts"}),
        (DUTIES, {}, {"duties"}),
        (SUBMISSIONS, {}, {"board", "board_1", "rates_duty", "rates_month"}),
    ],
)
def test_each_card_has_its_file_and_no_cell_of_it_is_a_formula(
    reported: Path, files: dict[str, Any], path: str, query: dict[str, str], wanted: set[str]
) -> None:
    opened(path, **query)
    offered = {key.removeprefix("take_").removesuffix("_xlsx") for key in files if key.endswith("_xlsx")}
    assert wanted <= offered
    for key in offered:
        table = workbook(files[f"take_{key}_xlsx"]())
        told = lines(files[f"take_{key}_csv"]())
        assert len(table) == len(told) > 1 and {len(row) for row in table} == {len(told[0])}
        assert not any(str(cell).startswith("=") for row in table for cell in row)


def test_the_matrix_is_taken_with_all_its_figures(reported: Path, files: dict[str, Any]) -> None:
    page = opened("institutions")
    matrix = next(table for table in tables(page) if table[0][0] == "指标")
    head, *rows = workbook(files["take_matrix_xlsx"]())
    assert [title.split("（")[0] for title in head[1:]] == [row[0].split("（")[0] for row in matrix[1:]]
    whole = next(row for row in rows if row[0] == "全省")
    shown = [row[3] for row in matrix[1:]]
    numbers = [
        None if told in ("▨", NO_VALUE) else float(told.replace(",", "").lstrip("▲▼●◆■✓↓ ")) for told in shown
    ]
    kept = [
        value if "（" in title else None if value is None else value * 100
        for title, value in zip(head[1:], whole[1:], strict=True)
    ]
    assert [n is None for n in numbers] == [k is None for k in kept]
    assert all(abs(n - k) < 0.06 for n, k in zip(numbers, kept, strict=True) if n is not None)


def test_alerts_sort_by_numbers_and_are_taken_as_they_are(reported: Path, files: dict[str, Any]) -> None:
    page = opened(ALERTS)
    grid = next(frame.value for frame in page.dataframe if frame.proto.alt == "预警清单")
    assert grid["数值"].dtype.kind == "f" and set(grid["单位"]) >= {"%"}
    head, *rows = workbook(files["take_alerts_xlsx"]())
    assert head == list(grid.columns) and len(rows) == len(grid)
    known = dict(zip(head, zip(*rows, strict=True), strict=True))
    assert list(known["地区"]) == grid["地区"].tolist() and list(known["指标"]) == grid["指标"].tolist()
    told = [value for value in known["数值"] if value is not None]
    assert told and all(isinstance(value, int | float) for value in told)
    assert all(isinstance(value, datetime) for value in known["期限"])


def test_the_board_of_submissions_is_taken_mark_by_mark(reported: Path, files: dict[str, Any]) -> None:
    page = opened(SUBMISSIONS)
    head, *rows = workbook(files["take_board_xlsx"]())
    assert head[:7] == ["单位", "事项", "期次", "到期", "情况", "报送日期", "迟报天数"]
    by_unit = next(table for table in tables(page) if table[0][0] == "单位")
    missing = {row[0]: int(row[3]) for row in by_unit[2:]}
    assert (
        missing
        and {name: sum(row[0] == name and row[4] == "未报" for row in rows) for name in missing} == missing
    )
    late = [row for row in rows if row[4] == "迟报"]
    assert all(row[6] == (row[5] - row[3]).days > 0 for row in late)
    (_, whole, *units) = workbook(files["take_board_1_xlsx"]())
    assert whole[0] == "合计" and whole[4] == sum(missing.values()) and len(units) == len(missing)


def test_invented_data_are_marked_in_name_and_file(data: Path, files: dict[str, Any]) -> None:
    (data / DEMO_MARKER).touch()
    opened(OVERVIEW)
    table = lines(files["take_league_csv"]())
    assert table[0][-1] == "说明" and "演示" in table[1][-1]


def test_a_file_says_what_its_figures_are(shared: Path, files: dict[str, Any]) -> None:
    opened("governance", as_of="2024-03-01")
    book = openpyxl.load_workbook(io.BytesIO(files["take_league_xlsx"]()))
    notes = dict(book["说明"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert notes["数据截至"] == "2024年3月1日" and "完成治理企业数÷纳入治理企业数" in notes["口径"]
    assert "陕卫办职业发〔2024〕5号" in notes["依据"] and "1" in notes["来源批次"]


def test_a_chart_has_one_button_which_speaks_chinese_and_only_for_whoever_may_have_data(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def configs(viewer: Viewer) -> list[dict[str, Any]]:
        page = opened("governance", viewer, as_of="2024-03-01")
        return [json.loads(chart.proto.config) for chart in page.get("plotly_chart")]

    monkeypatch.setitem(ROLES, "watcher", Role("查看人员", frozenset({Permission.VIEW_PROGRESS})))
    offered = configs(LEADER)
    assert len(offered) == 2
    for config in offered:
        assert config["modeBarButtons"] == [["toImage"]]
        words = config["locales"]["zh-CN"]["dictionary"]
        assert words["Download plot as a PNG"] == "下载图片"
        saved = config["toImageButtonOptions"]
        assert saved["format"] == "png" and saved["filename"].startswith("陕西省")
    assert not any(config["displayModeBar"] for config in configs(Viewer("w", "王某", "watcher")))


def test_a_picture_of_a_map_says_that_it_is_a_sketch_and_by_whom_it_was_reviewed(filled: Path) -> None:
    shapes = province_map(load_roster("陕西省"), filled / "boundaries")
    figure = plotted.choropleth(shapes, [], None, 400)
    plotted.with_camera(figure, "图", "演示数据", "示意图　审图号 GS(2024)0650号")
    assert "演示数据" in str(figure.layout.annotations) and "审图号" in str(figure.layout.annotations)


def test_counties_are_drawn_with_their_figures_or_below_the_names_of_their_regions(
    reported: Path, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = drawings(monkeypatch)
    opened("assistance")
    told = text_of(drawn["take_floors_svg"])
    assert (
        "陕西省各县区帮扶底线（数据截至" in told
        and "榆林" in told
        and "神木市" not in told
        and "审图号" in told
    )
    opened("assistance", region="榆林市")
    own = text_of(drawn["take_floors_svg"])
    assert "榆林市各县区帮扶底线（数据截至" in own and "神木市" in own and "西安" not in own


def text_of(drawing: CardDrawing) -> str:
    return "".join(ET.fromstring(drawing_taken(drawing, to=LEADER, warning=DEMO_WARNING)).itertext())


def drawings(monkeypatch: pytest.MonkeyPatch) -> dict[str, CardDrawing]:
    """What is offered as a drawing, by its key."""
    drawn: dict[str, CardDrawing] = {}
    plain = taking._drawing

    def noted(drawing: CardDrawing, *more: Any) -> None:
        drawn[more[-1]] = drawing
        plain(drawing, *more)

    monkeypatch.setattr(taking, "_drawing", noted)
    return drawn


def test_the_trend_is_drawn_with_its_title_days_and_last_figure(
    reported: Path, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = drawings(monkeypatch)
    page = opened("governance", region="西安市")
    assert set(drawn) == {"take_map_svg", "take_trend_svg"}
    picture = ET.fromstring(drawing_taken(drawn["take_trend_svg"], to=LEADER, warning=DEMO_WARNING))
    told = "".join(picture.itertext())
    assert "陕西省西安市专项治理完成率" in told and DEMO_WARNING in told
    whole = next(table for table in tables(page) if table[0][0] == "位次")
    assert next(row[4] for row in whole if row[1].startswith("西安")) in told
