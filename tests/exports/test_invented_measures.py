"""Measures of kinds that no document asks for yet, written whole: Word, PowerPoint, Excel, text and the wall."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

from tests import invented
from tests.exports.test_slides import squares
from tests.spec import test_counts as counts
from tests.spec import test_surveys as surveys
from tests.spec.conftest import Province
from zyb import palette
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.exports.message import write_text
from zyb.exports.slides import write_slides
from zyb.exports.statistics import write_statistics
from zyb.exports.word import write_word
from zyb.rulebook.book import using
from zyb.ui.wall.slides import page as wall_page
from zyb.ui.wall.slides import screens

MEASURES = {
    "limit": (invented.LIMITED, "posts_exceeding"), "bare": (invented.EXCEEDING, "posts_exceeding"),
    "count": (counts.LIMIT, "cases"), "bare count": (counts.BARE, "cases"), "whole": (counts.WHOLE, "cases"),
}  # fmt: skip
ROWS = "region | posts | exceeding | cases\n西安 | 100 | 1 | {}\n宝鸡 | 100 | 8 | 8\n榆林 | 100 | 15 | 1"


@pytest.fixture(params=MEASURES)
def told(request, tmp_path: Path, store) -> Iterator[tuple[str, Briefing]]:
    rules, measure = MEASURES[request.param]
    with using(invented.rules(tmp_path, rules, told=measure)):
        province = Province(store, "陕西省")
        for day, number in (("2025-02-28", 12), ("2025-03-31", 14)):
            province.reports(ROWS.format(number), day, "posts")
        wanted = Request(province="陕西省", kind="quarterly", on=date(2025, 3, 31), campaign="dust_toxics")
        yield request.param, compose(store, wanted)


def words_of_slides(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [
            name
            for name in file.namelist()
            if (name.endswith(".xml") and "/slide" in name) or "/charts/" in name
        ]
        return "\n".join(file.read(name).decode("utf-8") for name in names)


def words_of_word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def cells_of_excel(content: bytes) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_every_document_is_written_and_says_what_it_is(told: tuple[str, Briefing]) -> None:
    kind, briefing = told
    slides, word = words_of_slides(write_slides(briefing, squares())), words_of_word(write_word(briefing))
    cells, text = cells_of_excel(write_statistics(briefing)), write_text(briefing).decode("utf-8-sig")
    assert Presentation(io.BytesIO(write_slides(briefing, squares()))).slides
    everything = "\n".join([slides, word, text, *map(str, cells)])
    assert "None" not in word + text
    if kind in ("limit", "count"):
        assert "高于目标" in word and "低于目标的地区" not in everything
        assert "不高于目标" in slides and "低于序时30个百分点" not in slides
    if kind in ("bare", "bare count", "whole"):
        assert "按数值分档，不作评价" in slides and "颜色由浅到深为数值由低到高" in slides
        used = [shade for shade in palette.VALUES if palette.bare(shade) in slides]
        assert len(used) == 3, "three values, three shades of one hue"
    if "count" in kind or kind == "whole":
        assert "新发尘肺病例数23例" in word and "新发尘肺病例数（例）" in slides
        for wrong in ("1400.0", "2300.0", "140.0", "（%）"):
            assert wrong not in word + text + slides, wrong
        assert 14 in cells and 23 in cells


def test_the_wall_shows_the_same(told: tuple[str, Briefing]) -> None:
    kind, briefing = told
    shown = "\n".join(str(wall_page(briefing, screen, 1, 1)) for screen in screens(briefing, squares()))
    assert "None" not in shown
    if kind in ("bare", "bare count", "whole"):
        assert "按数值分档，不作评价" in shown and f"background:{palette.VALUES[4]}" in shown
    if "count" in kind:
        assert "<small>例</small>" in shown


# -- surveys --------------------------------------------------------------------------------------

SURVEYS = {
    "weighed": surveys.WEIGHED,
    "bare": surveys.BARE,
    "falling": surveys.FALLING,
    "shown": surveys.SHOWN,
}


@pytest.fixture(params=SURVEYS)
def surveyed(request, tmp_path: Path, store) -> Iterator[tuple[str, Briefing]]:
    """A survey of three cities, the second time with another answer from one."""
    rules = invented.rules(tmp_path, SURVEYS[request.param], ledgers=invented.SURVEY_LEDGER, told="aware")
    with using(rules):
        province = Province(store, "陕西省")
        for day, first in (("2025-06-30", "70%"), ("2025-09-30", "72.5%")):
            text = f"region | aware | sampled\n西安 | {first} | 200\n宝鸡 | 87.5% | 40\n榆林 | 90% | 10"
            province.reports(text, day, "awareness")
        wanted = Request(province="陕西省", kind="quarterly", on=date(2025, 9, 30), campaign="dust_toxics")
        yield request.param, compose(store, wanted)


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_a_survey_is_percentages_in_every_document(surveyed):
    kind, found = surveyed
    wall = (wall_page(found, screen, 1, 1) for screen in screens(found, squares()))
    texts = {
        "word": words_of_word(write_word(found)), "slides": words_of_slides(write_slides(found, squares())),
        "text": write_text(found).decode("utf-8-sig"), "wall": "\n".join(map(str, wall)),
        "statistics": "\n".join(map(str, cells_of_excel(write_statistics(found)))),
    }  # fmt: skip
    texts = {name: re.sub("<[^>]*>", "\n", text) for name, text in texts.items()}
    for name, text in texts.items():
        assert "72.5" in text or name == "statistics", name
        for wrong in ("72500000", "100000000", "None", "还差", "需减少", "7250"):
            assert wrong not in text, (name, wrong)
        assert "72.5家" not in text and "200家" not in text, name
    assert "西安市72.5%" in texts["word"] and "宝鸡市87.5%" in texts["word"]
    # 72.5 % of 200, 87.5 % of 40 and 90 % of 10 are 189 of 250.
    whole = "75.6%" if kind != "bare" else "没有可用的数"
    assert whole in texts["word"], [p for p in texts["word"].splitlines() if "知晓率" in p]
    said = "不计算全省的数" if kind == "bare" else "全省的数由各地按调查人数加权平均"
    assert said in texts["word"]
    beyond = {
        "weighed": "低于目标12.5个百分点",
        "bare": "低于目标12.5个百分点",
        "falling": "高于目标",
        "shown": "",
    }[kind]
    assert beyond in texts["word"] and ("目标" in texts["text"]) == (kind != "shown")


def test_a_supervision_letter_says_how_far_a_survey_is_and_by_when(tmp_path: Path, store) -> None:
    with using(invented.rules(tmp_path, surveys.WEIGHED, ledgers=invented.SURVEY_LEDGER, told="aware")):
        province = Province(store, "陕西省")
        for day in ("2025-06-30", "2025-09-30"):
            province.reports("region | aware\n西安 | 72.5%\n宝鸡 | 87.5%", day, "awareness")
        wanted = Request(
            province="陕西省", kind="supervision", on=date(2026, 1, 31), campaign="dust_toxics", region_code="610100"
        )  # fmt: skip
        found = compose(store, wanted)
    said = "\n".join(p.text for p in found.paragraphs)
    assert "西安市职业健康知识知晓率72.5%（目标：85%）" in said and "低于目标12.5个百分点" in said
    assert "时限2025年12月31日已过，须限期达到目标。" in said
    for wrong in ("还差", "剩余", "None", "家", "12500000"):
        assert wrong not in said, wrong
