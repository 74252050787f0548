"""What a card hands out: figures as numbers, names as they are, nothing that a spreadsheet would run; maps as drawings."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zyb.access import LOCAL_ADMIN, NotPermitted, Viewer
from zyb.exports.inquiries.cards import CardTable, card_taken, drawing_taken, in_unit, listed_card
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.maps.drawing import MapSheet, map_sheet
from zyb.maps.plotted import MapPlace
from zyb.maps.polygons import province_map
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_WARNING

DAY = date(2024, 6, 30)
EVIL = "=cmd|'/c calc'!A1"
COLUMNS = [
    ("地区", "text"), ("完成", "count"), ("比率", "share"), ("比率", "growth"), ("相差", "points"), ("报送", "date"),
]  # fmt: skip
ROWS = [
    ("全省", 2575, Fraction(2575, 4699), Fraction(-3, 100), Fraction(19, 10), DAY),
    (EVIL, 0, None, None, None, None),
]
CARD = CardTable(
    title="各地排名", place="陕西省", on=DAY, columns=COLUMNS, rows=ROWS, notes=[("口径", "完成÷纳入")]
)


def written(card: CardTable, form: str, warning: str = "") -> bytes:
    stream = io.BytesIO()
    TAKEN_FORMS[form].write(card_taken(card, to=LOCAL_ADMIN, warning=warning), stream, lambda *_: None)
    return stream.getvalue()


def test_numbers_are_numbers_and_no_cell_begins_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(CARD, "xlsx")))
    head, first, second = (list(row) for row in book.worksheets[0].iter_rows(min_row=3, max_row=5))
    assert [cell.value for cell in head] == ["地区", "完成", "比率", "比率2", "相差", "报送"]
    values: list[Any] = [cell.value for cell in first]
    assert values[1] == 2575 and values[5] == datetime(2024, 6, 30)
    assert values[2:5] == pytest.approx([2575 / 4699, -0.03, 1.9])
    assert "%" in first[2].number_format and "%" in first[3].number_format
    assert second[0].data_type != "f" and second[0].value == EVIL
    assert [cell.value for cell in second[2:]] == [None] * 4


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("gb18030", "gb18030")])
def test_csv_says_the_same_and_obeys_nothing(form: str, encoding: str) -> None:
    table = list(csv.reader(io.StringIO(written(CARD, form).decode(encoding))))
    assert table[1] == ["全省", "2575", "54.8%", "-3.0%", "+1.9", "2024-06-30"]
    assert not table[2][0].startswith("=") and EVIL in table[2][0] and table[2][1] == "0"


def test_the_name_says_place_what_and_day_and_invented_data_are_marked() -> None:
    assert CARD.name() == "陕西省各地排名（截至2024年6月30日）"
    assert CARD.name(DEMO_WARNING).startswith("演示") and CARD.name(DEMO_WARNING).endswith(CARD.name())
    table = list(csv.reader(io.StringIO(written(CARD, "csv", DEMO_WARNING).decode("utf-8-sig"))))
    assert [row[-1] for row in table[1:]] == [DEMO_WARNING] * 2
    notes = openpyxl.load_workbook(io.BytesIO(written(CARD, "xlsx")))["说明"]
    assert ("口径", "完成÷纳入") in notes.iter_rows(min_row=2, max_col=2, values_only=True)


def test_who_may_not_have_data_gets_neither_table_nor_drawing() -> None:
    for nobody in (None, Viewer("x", "某人", "nothing")):
        with pytest.raises(NotPermitted):
            card_taken(CARD, to=nobody)


def test_rows_of_a_grid_become_numbers_days_and_blanks() -> None:
    rows = [
        {"地区": "西安", "数": 3, "日": "2024-06-30", "查看": "/x"},
        {"地区": "—", "数": None, "日": "—", "查看": None},
    ]
    card = listed_card("表", "陕西省", DAY, rows, {"日": "date"}, without=("查看",))
    assert list(card.columns) == [("地区", "text"), ("数", "count"), ("日", "date")]
    assert list(card.rows) == [("西安", 3, DAY), (None, None, None)]


def test_figures_of_several_measures_carry_their_unit() -> None:
    known = measures("陕西省")
    assert in_unit(Fraction(1, 2), known["governance_completion"]) == (50, "%")
    counts = replace(known["governance_completion"], kind="count")
    assert in_unit(Fraction(28), counts) == (28, counts.unit) == (28, "家")


def test_a_map_is_a_drawing_with_names_figures_legend_and_what_has_to_be_said(tmp_path: Path) -> None:
    shapes = province_map(load_roster("陕西省"), tmp_path)
    places = [
        MapPlace(code=region.code, name=region.short, colour="#0b7a75", text=f"{n}.5", mark="●", hatched=n == 0)
        for n, region in enumerate(load_roster("陕西省").regions)
    ]  # fmt: skip
    sheet = MapSheet(
        title="各地<完成率>", shapes=shapes, places=places, legend=[("#0b7a75", "● 达到序时 11"), (None, "未报送 1")],
        notes=["示意图，界线不作为划界依据。审图号 GS(2024)0650号。"],
    )  # fmt: skip
    drawn = ET.fromstring(drawing_taken(partial(map_sheet, sheet), to=LOCAL_ADMIN, warning=DEMO_WARNING))
    told = "".join(drawn.itertext())
    assert all(place.name in told and place.text in told for place in places)
    assert "各地<完成率>" in told and "GS(2024)0650号" in told and "未报送 1" in told and "演示" in told
    shape = "{http://www.w3.org/2000/svg}path"
    assert len(list(drawn.iter(shape))) == len(places)
    assert [one.get("fill") for one in drawn.iter(shape)].count("url(#h)") == 1
    with pytest.raises(NotPermitted):
        drawing_taken(partial(map_sheet, sheet), to=None)
