"""The slides, opened again: every number of the Briefing, native and editable, and nothing that is not ours."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pptx
import pytest
from pptx.chart.chart import Chart
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide as Drawn
from pptx.util import Emu

from tests.briefings import SHAANXI, SILENT, Region, league, many, matrix, sample
from zyb import palette
from zyb.briefing.model import Briefing, HeldVerdict, Slide
from zyb.briefing.remarks import verdict_rules
from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.deck import measuring
from zyb.exports.drawingml.axes import nice_axis
from zyb.exports.slides import write_slides
from zyb.exports.slides.page import CONTENT
from zyb.maps.labels import Label
from zyb.maps.polygons import ProvinceMap
from zyb.numerals import percent_decimal
from zyb.rulebook.verdicts import verdicts

FORMULA = '=cmd|"/c calc"!A1'
FONT = "微软雅黑"
EMU_AN_INCH = 914400


def squares() -> ProvinceMap:
    """A province of squares in a row, 西安 in two parts, 宝鸡 with a hole; 韩城 with its label outside."""
    features, labels = [], []
    for n, (code, name, short, *_) in enumerate(SHAANXI):
        ring = _square(n, 0.0, 1.0)
        rings = [[ring]] if n else [[ring], [_square(n, 2.0, 3.0)]]
        if n == 1:
            rings[0].append(_square(n + 0.3, 0.3, 0.5))
        geometry = {"type": "MultiPolygon", "coordinates": rings}
        features.append({"type": "Feature", "id": code, "properties": {"name": name}, "geometry": geometry})
        callout = ((n + 0.5, 0.5), (n + 0.5, 1.2)) if name == "韩城市" else None
        labels.append(Label(code, short, n + 0.5, 1.5 if callout else 0.5, callout))
    regions = {"type": "FeatureCollection", "features": features}
    return ProvinceMap(regions, regions, tuple(labels), (0.0, 0.0, 12.0, 3.0), {})


def _square(west: float, south: float, north: float) -> list[list[float]]:
    east = west + (north - south) * 0.9
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def opened(briefing: Briefing, shapes: ProvinceMap | None = None) -> Presentation:
    return pptx.Presentation(io.BytesIO(write_slides(briefing, shapes)))


def pages_of(deck: Presentation, kind: str, briefing: Briefing) -> list[Drawn]:
    """A long table takes several pages, so pages are found by the finding that they say."""
    wanted = next(slide for slide in briefing.slides if slide.kind == kind)
    return [
        page for page in deck.slides if (page.shapes.title.text_frame.text or "").startswith(wanted.title)
    ]


def shapes_of(page: Drawn) -> Iterator[BaseShape]:
    for shape in page.shapes:
        yield shape
        if isinstance(shape, GroupShape):
            yield from shape.shapes


def words(page: Drawn) -> str:
    return "\n".join(shape.text_frame.text for shape in shapes_of(page) if shape.has_text_frame)


def chart_of(page: Drawn) -> Chart:
    return next(shape.chart for shape in page.shapes if shape.has_chart)


def rows_of(pages: list[Drawn]) -> list[list[str]]:
    """Rows of tables without their heads and the shapes before names."""
    found = []
    for page in pages:
        for shape in page.shapes:
            if shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                found += [[re.sub("^[▼◆●▨] ?", "", text) for text in row] for row in rows[1:]]
    return found


def members(content: bytes) -> dict[str, bytes]:
    """Every file in the presentation and, under “outer!inner”, in the workbooks of its charts."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
            if name.endswith(".xlsx"):
                found |= {f"{name}!{inner}": text for inner, text in members(found[name]).items()}
    return found


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    """With a region that has not reported, one above 100 % and one that would be a formula."""
    regions: list[Region] = list(SHAANXI)
    regions[0] = (*regions[0][:3], None, None, None)
    regions[4] = (*regions[4][:3], 100, 130, 120)
    regions[6] = (regions[6][0], FORMULA, "=1+1", 463, 84, 81)
    return sample(regions=regions, demo=True, verdict_rules=verdict_rules(verdicts("")))


@pytest.fixture(scope="module")
def content(briefing: Briefing) -> bytes:
    return write_slides(briefing, squares())


@pytest.fixture(scope="module")
def deck(content: bytes) -> Presentation:
    return pptx.Presentation(io.BytesIO(content))


# --- the whole file ----------------------------------------------------------------------------------


def test_every_slide_of_the_briefing_is_there_in_order_with_its_finding_as_title(
    deck: Presentation, briefing: Briefing
) -> None:
    assert [page.shapes.title.text_frame.text for page in deck.slides] == [
        slide.title for slide in briefing.slides
    ]
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)


def test_the_same_briefing_gives_the_same_bytes_whatever_the_clock_says(
    content: bytes, briefing: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    assert write_slides(briefing, squares()) == content
    for archive in [content, *(data for name, data in members(content).items() if name.endswith(".xlsx"))]:
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_says_who_made_it_on_the_day_of_the_report(deck: Presentation, briefing: Briefing) -> None:
    known = deck.core_properties
    assert (known.title, known.author) == (briefing.short_title, briefing.issuer)
    assert known.created is not None and known.created.date() == briefing.made == known.modified.date()


def test_every_run_names_our_font_for_latin_and_chinese_and_no_other_font_occurs(content: bytes) -> None:
    texts = {name: data.decode() for name, data in members(content).items() if name.endswith(".xml")}
    used = {font for text in texts.values() for font in re.findall(r'typeface="([^"]*)"', text)}
    assert used - {FONT} <= {"+mj-lt", "+mj-ea", "+mj-cs", "+mn-lt", "+mn-ea", "+mn-cs"}
    assert not [name for name, text in texts.items() if "Calibri" in text or "Cambria" in text]
    for name, text in texts.items():
        if name.startswith(("ppt/slides/", "ppt/notesSlides/", "ppt/charts/")):
            for properties in re.findall(r"<a:(?:rPr|defRPr)\b.*?</a:(?:rPr|defRPr)>", text):
                assert f'<a:latin typeface="{FONT}"/>' in properties, name
                assert f'<a:ea typeface="{FONT}"/>' in properties, name
            assert not re.search(r"<a:(?:rPr|defRPr)[^>]*/>", text), f"a run without fonts in {name}"


def test_no_shape_keeps_a_style_of_the_library_and_nothing_is_a_picture(content: bytes) -> None:
    found = members(content)
    slides = [data.decode() for name, data in found.items() if name.startswith("ppt/slides/slide")]
    assert len(slides) > 5
    assert not [text for text in slides if "<p:style" in text or "<p:pic" in text or "blipFill" in text]
    assert not [name for name in found if "media" in name or name.endswith((".png", ".jpeg", ".emf", ".bin"))]


def test_nothing_from_data_is_a_formula_a_link_or_a_field(content: bytes) -> None:
    found = members(content)
    assert "ppt/slides/slide1.xml" in found
    for name, data in found.items():
        assert b"hlinkClick" not in data and b"/hyperlink" not in data, name
        if "/worksheets/" in name:
            assert b"<f>" not in data and b"<f " not in data, name
        if name.startswith("ppt/slides/"):
            assert set(re.findall(rb'<a:fld [^>]*type="(\w+)"', data)) <= {b"slidenum"}, name


def test_what_would_be_a_formula_stays_text_in_the_workbook_of_a_chart(
    deck: Presentation, briefing: Briefing
) -> None:
    page = pages_of(deck, "league", briefing)[0]
    blob = chart_of(page).part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    cells = {cell.value: cell.data_type for cell in sheet["A"]}
    assert cells["=1+1"] == "s"


def test_every_shape_has_a_number_of_its_own_and_stands_on_the_slide(deck: Presentation) -> None:
    assert len(deck.slides) > 1
    for page in deck.slides:
        numbers = [shape.shape_id for shape in shapes_of(page)]
        assert len(set(numbers)) == len(numbers) > 0
        for shape in page.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert (
                shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height
            )


def test_every_page_says_source_date_and_pace_and_is_numbered(deck: Presentation, briefing: Briefing) -> None:
    assert len(briefing.slides) > 1
    for number, (page, slide) in enumerate(zip(deck.slides, briefing.slides, strict=True), 1):
        if slide.kind == "cover":
            continue
        by_name = {shape.name: shape.text_frame.text for shape in page.shapes if shape.has_text_frame}
        assert "数据截至2024年3月1日" in by_name["页脚"]
        assert by_name["页码"] == str(number)
        if slide.section is not None:
            assert "数据来源：" in by_name["页脚"] and "序时进度53.0%" in by_name["页脚"]


def test_invented_figures_are_marked_on_every_slide_and_real_ones_are_not(
    deck: Presentation, briefing: Briefing
) -> None:
    assert all(briefing.demo_warning in words(page) for page in deck.slides)
    assert "演示" not in "".join(words(page) for page in opened(replace(briefing, demo_warning="")).slides)


def test_speaker_notes_hold_definition_sources_and_verdicts_that_a_person_set(briefing: Briefing) -> None:
    section = briefing.sections[0]
    changed = replace(
        section.lines[1],
        judgement=HeldVerdict("slow", "进展缓慢", "lagging", "▼", "达到序时", "连续两期未报送佐证"),
    )
    lines = (section.lines[0], changed, *section.lines[2:])
    deck = opened(replace(briefing, sections=(replace(section, lines=lines),)))
    notes = deck.slides[1].notes_slide.notes_text_frame
    assert notes is not None
    assert section.definition in notes.text and section.basis in notes.text
    assert section.sources[0].file_name in notes.text
    assert "宝鸡市：按规则为“达到序时”，人工调整为“进展缓慢”，理由：连续两期未报送佐证。" in notes.text


REASON = "连续两期未报送佐证"


def with_adjusted(found: Briefing, reason: str) -> Briefing:
    """宝鸡市, which a person put in another class."""
    section = found.sections[0]
    held = HeldVerdict("slow", "进展缓慢", "lagging", "▼", "达到序时", reason)
    changed = replace(section.lines[1], judgement=held)
    lines = (section.lines[0], changed, *section.lines[2:])
    return replace(found, sections=(replace(section, lines=lines), *found.sections[1:]))


@pytest.mark.parametrize("kind", ["headline", "map", "league", "schedule"])
def test_a_slide_says_whose_verdict_a_person_set_and_why(briefing: Briefing, kind: str) -> None:
    page = pages_of(opened(with_adjusted(briefing, REASON), squares()), kind, briefing)[0]
    assert f"* 人工调整　宝鸡市：按规则为“达到序时”，人工调整为“进展缓慢”，理由：{REASON}。" in words(page)
    plain = pages_of(opened(briefing, squares()), kind, briefing)[0]
    assert "人工调整" not in words(plain)


def test_the_mark_stands_at_the_region_on_the_map_and_in_the_league_table(briefing: Briefing) -> None:
    deck = opened(with_adjusted(briefing, REASON), squares())
    assert "宝鸡*" in chart_of(pages_of(deck, "league", briefing)[0]).plots[0].categories
    label = next(s for s in shapes_of(pages_of(deck, "map", briefing)[0]) if s.name == "标注-宝鸡市")
    assert label.has_text_frame and label.text_frame.text.endswith("*")


def test_a_long_reason_is_cut_on_the_slide_and_whole_in_the_notes(briefing: Briefing) -> None:
    reason = "经会议研究" * 100
    page = pages_of(opened(with_adjusted(briefing, reason), squares()), "league", briefing)[0]
    foot = next(shape.text_frame.text for shape in page.shapes if shape.name == "人工调整")
    assert "…" in foot and measuring.lines(foot, CONTENT.width, 12) <= 3
    assert reason in page.notes_slide.notes_text_frame.text


def test_characters_that_no_file_may_hold_are_left_out_and_markup_is_text() -> None:
    regions = [(SHAANXI[0][0], "甲\x0b<b>&市", "甲<", 10, 5, 4), *SHAANXI[1:]]
    found = sample(regions=regions)
    deck = opened(found, squares())
    assert "甲<b>&市" in [row[0] for row in rows_of(pages_of(deck, "schedule", found))]


# --- headline ------------------------------------------------------------------------------------------


def cards(page: Drawn) -> dict[str, list[str]]:
    return {
        shape.name.removeprefix("卡片-"): [p.text for p in shape.text_frame.paragraphs]
        for shape in page.shapes
        if shape.name.startswith("卡片-")
    }


def test_the_five_cards_hold_the_figures_of_the_whole(deck: Presentation, briefing: Briefing) -> None:
    whole = briefing.sections[0].whole
    found = cards(pages_of(deck, "headline", briefing)[0])
    assert [texts[1] for texts in found.values()] == [
        f"{percent_decimal(whole.value)}%", str(whole.denominator), str(whole.numerator), str(whole.remaining), "4",
    ]  # fmt: skip
    assert (
        found["专项治理完成率"][2:] == ["● 达到序时", "快于序时进度1.0个百分点"] or found["专项治理完成率"][2]
    )
    assert found["完成治理（家）"][2] == f"较上期新增{whole.added}家"
    assert found["滞后地区（个）"][2:] == ["▼ 进展缓慢或零进展3个", "▨ 未报送1个"]


def test_a_report_on_one_region_shows_its_pace_instead_of_counting_regions(briefing: Briefing) -> None:
    section = replace(briefing.sections[0], lines=())
    slides = tuple(slide for slide in briefing.slides if slide.kind in ("cover", "headline"))
    deck = opened(replace(briefing, sections=(section,), slides=slides))
    assert list(cards(deck.slides[1]))[-1] == "序时进度"


def test_where_nobody_has_reported_the_cards_say_so_instead_of_zero() -> None:
    found = sample(regions=SILENT)
    deck = opened(found, squares())
    assert [texts[1] for texts in cards(pages_of(deck, "headline", found)[0]).values()] == ["—"] * 5
    assert not any(shape.has_chart for shape in pages_of(deck, "headline", found)[0].shapes)


@pytest.mark.parametrize(
    ("verdict_id", "has_plan", "told"),
    [("unplanned", False, "未设时序，不作评价"), ("not_begun", True, "未到起始日，暂不评价")],
)
def test_a_measure_without_pace_has_nobody_behind_and_does_not_say_that_all_is_well(
    verdict_id: str, has_plan: bool, told: str
) -> None:
    found = sample()
    section = found.sections[0]
    held = verdicts("")[verdict_id]
    judgement = HeldVerdict(held.id, held.title, held.tone, held.shape)
    lines = tuple(replace(line, pace=None, gap=None, judgement=judgement) for line in section.lines)
    target = section.target if has_plan else None
    deck = opened(replace(found, sections=(replace(section, lines=lines, pace=None, target=target),)))
    assert cards(pages_of(deck, "headline", found)[0])["滞后地区（个）"][1:] == ["—", told]
    assert len(chart_of(pages_of(deck, "league", found)[0]).plots) == 1


# --- charts --------------------------------------------------------------------------------------------


def shown(value: Fraction | None) -> float | None:
    return None if value is None else float(percent_decimal(value))


def columns(chart: Chart) -> dict[str, float | None]:
    """Region → value of whichever series has it."""
    plot = chart.plots[0]
    found: dict[str, float | None] = {}
    for n, name in enumerate(plot.categories):
        values = [series.values[n] for series in plot.series if series.values[n] is not None]
        assert len(values) <= 1
        found[str(name)] = values[0] if values else None
    return found


def test_the_league_chart_has_every_region_best_first_in_the_colour_of_its_verdict(
    deck: Presentation, briefing: Briefing
) -> None:
    section, chart = briefing.sections[0], chart_of(pages_of(deck, "league", briefing)[0])
    assert list(columns(chart).values()) == [shown(line.value) for line in section.ranked()]
    assert [name.split(" ")[0] for name in columns(chart)] == [line.short for line in section.ranked()]
    assert list(columns(chart))[-1] == "西安 未报送"
    for series in chart.plots[0].series:
        verdict = next(
            line.judgement for line in section.lines if f" {line.judgement.title}（" in series.name
        )
        assert series.name.startswith(verdict.shape)
        if verdict.id != "not_reported":
            assert str(series.format.fill.fore_color.rgb) == palette.bare(palette.VERDICTS[verdict.id])


def test_pace_is_a_line_over_the_columns_of_the_same_chart(deck: Presentation, briefing: Briefing) -> None:
    bars, lines = chart_of(pages_of(deck, "league", briefing)[0]).plots
    assert (type(bars).__name__, type(lines).__name__) == ("BarPlot", "LinePlot")
    (pace,) = lines.series
    assert pace.name == "序时进度（53.0%）" and set(pace.values) == {53.0}


def test_a_share_is_read_against_all_of_it_and_above_it_the_axis_grows(
    deck: Presentation, briefing: Briefing
) -> None:
    axis = chart_of(pages_of(deck, "league", briefing)[0]).value_axis
    assert axis.minimum_scale == 0 and axis.maximum_scale > 130
    low = sample(regions=[(code, name, short, 100, 3, 1) for code, name, short, *_ in SHAANXI])
    assert chart_of(pages_of(opened(low), "league", low)[0]).value_axis.maximum_scale == 100


def growing(briefing: Briefing) -> Briefing:
    """The same regions as a growth that is below zero for some and has no pace."""
    section = briefing.sections[0]
    lines = tuple(
        replace(line, value=Fraction(7 * n - 30, 100), rank=12 - n, pace=Fraction(3, 10))
        for n, line in enumerate(section.lines)
    )
    whole = replace(section.whole, value=Fraction(-123, 1000))
    trend = tuple(
        replace(point, value=Fraction(-1 - n, 20), pace=Fraction(3, 10))
        for n, point in enumerate(section.trend)
    )
    grown = replace(
        section, kind="growth", lines=lines, whole=whole, trend=trend, pace=Fraction(3, 10), paced=False,
        title="申报数量较2023年增长",
    )  # fmt: skip
    return replace(briefing, sections=(grown,))


def test_a_growth_below_zero_has_room_below_the_axis_and_a_sign(briefing: Briefing) -> None:
    found = growing(briefing)
    deck = opened(found, squares())
    chart = chart_of(pages_of(deck, "league", found)[0])
    assert chart.value_axis.minimum_scale <= -30
    assert chart.plots[1].series[0].name == "目标（+30.0%）"
    assert list(columns(chart).values()) == [shown(line.value) for line in found.sections[0].ranked()]
    assert cards(pages_of(deck, "headline", found)[0])["申报数量较2023年增长"][1] == "−12.3%"
    assert "宝鸡\n−23.0" in words(pages_of(deck, "map", found)[0])


def test_the_trend_has_every_report_on_its_day_with_the_pace_of_that_day(
    deck: Presentation, briefing: Briefing
) -> None:
    section = briefing.sections[0]
    for kind in ("headline", "trend"):
        chart = chart_of(pages_of(deck, kind, briefing)[0])
        values, paces = chart.plots[0].series
        assert list(values.values) == [shown(point.value) for point in section.trend]
        assert list(paces.values) == [shown(point.pace) for point in section.trend]
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        days = [cell.value.date() for cell in book.active["A"][1:]]
        assert days == [point.day for point in section.trend]


def test_a_report_without_a_value_leaves_a_gap_in_the_trend(briefing: Briefing) -> None:
    section = briefing.sections[0]
    trend = (*section.trend, replace(section.trend[-1], day=date(2024, 4, 1), value=None))
    found = replace(briefing, sections=(replace(section, trend=trend),))
    chart = chart_of(pages_of(opened(found), "trend", found)[0])
    assert list(chart.plots[0].series[0].values)[-1] is None
    assert chart._chartSpace.xpath("string(.//c:dispBlanksAs/@val)") == "gap"


# --- map -----------------------------------------------------------------------------------------------


def map_group(page: Drawn) -> GroupShape:
    return next(shape for shape in page.shapes if isinstance(shape, GroupShape))


def test_the_map_is_one_group_of_named_shapes_in_the_colours_of_the_verdicts(
    deck: Presentation, briefing: Briefing
) -> None:
    lines = {line.name: line for line in briefing.sections[0].lines}
    areas = {
        shape.name: shape
        for shape in map_group(pages_of(deck, "map", briefing)[0]).shapes
        if shape.name in lines
    }
    assert set(areas) == set(lines)
    for name, line in lines.items():
        told = areas[name]._element.nvSpPr.cNvPr.get("descr")
        assert line.name in told and line.judgement.title in told
        assert line.value is None or f"{percent_decimal(line.value)}%" in told
        if line.judgement.id != "not_reported":
            assert str(areas[name].fill.fore_color.rgb) == palette.bare(palette.VERDICTS[line.judgement.id])


def test_who_has_not_reported_is_hatched_on_the_map(deck: Presentation, briefing: Briefing) -> None:
    hatched = [
        shape.name
        for shape in map_group(pages_of(deck, "map", briefing)[0]).shapes
        if shape._element.xpath("./p:spPr/a:pattFill")
    ]
    assert hatched == ["西安市"]


def test_labels_are_text_with_leader_lines_and_parts_and_holes_are_drawn(
    deck: Presentation, briefing: Briefing
) -> None:
    shapes = {shape.name: shape for shape in map_group(pages_of(deck, "map", briefing)[0]).shapes}
    lines = {line.name: line for line in briefing.sections[0].lines}
    assert shapes["标注-韩城市"].text_frame.text == f"韩城\n{percent_decimal(lines['韩城市'].value)}"
    assert shapes["标注-西安市"].text_frame.text == "西安\n未报送"
    assert [name for name in shapes if name.startswith("引线-")] == ["引线-韩城市"]
    for name in ("西安市", "宝鸡市"):
        assert len(shapes[name]._element.xpath(".//a:moveTo")) == 2


def test_the_legend_counts_the_regions_of_each_class_and_a_map_names_its_origin(
    deck: Presentation, briefing: Briefing
) -> None:
    said = words(pages_of(deck, "map", briefing)[0])
    for judgement in {line.judgement.id: line.judgement for line in briefing.sections[0].lines}.values():
        number = sum(line.judgement.id == judgement.id for line in briefing.sections[0].lines)
        assert f"{judgement.shape} {judgement.title}（{number}个）" in said
    assert "审图号：GS(2024)0650号" in said and "示意图" in said


def test_without_boundaries_there_is_no_map_and_everything_else_stays(briefing: Briefing) -> None:
    deck = opened(briefing)
    assert not [shape for page in deck.slides for shape in page.shapes if isinstance(shape, GroupShape)]
    assert "图例" in words(pages_of(deck, "map", briefing)[0])
    assert len(deck.slides) == len(briefing.slides)


def pressed(briefing: Briefing, number: int) -> ReportTable:
    table = league(briefing.sections[0])
    columns = (table.columns[1], table.columns[4], table.columns[7], TableColumn("进度要求", "words"))
    rows = tuple((f"第{n}市", Fraction(n, 90), n, "每周至少完成1家") for n in range(number))
    return ReportTable(
        title="需重点督导的市",
        units=("家", "%"),
        columns=columns,
        rows=rows,
        total=None,
        tones=("lagging",) * number,
    )


def test_beside_the_map_stand_those_to_press(briefing: Briefing) -> None:
    table = pressed(briefing, 5)
    slides = tuple(replace(slide, table=table) if slide.kind == "map" else slide for slide in briefing.slides)
    found = replace(briefing, slides=slides)
    assert rows_of(pages_of(opened(found, squares()), "map", found)) == table.texts()


def test_more_of_them_than_fit_beside_the_map_are_counted(briefing: Briefing) -> None:
    slides = tuple(
        replace(slide, table=pressed(briefing, 30)) if slide.kind == "map" else slide
        for slide in briefing.slides
    )
    found = replace(briefing, slides=slides)
    page = pages_of(opened(found, squares()), "map", found)[0]
    kept = len(rows_of([page]))
    assert 5 < kept < 30 and f"需重点督导的市（单位：家、%，另有{30 - kept}个）" in words(page)


# --- tables --------------------------------------------------------------------------------------------


def expected(table: ReportTable, pages: int) -> list[list[str]]:
    """全省 stands first on every page."""
    texts = table.texts()
    return texts if table.total is None else [*[texts[-1]] * pages, *texts[:-1]]


@pytest.mark.parametrize("kind", ["schedule", "matrix"])
@pytest.mark.parametrize("regions", [SHAANXI, many(14), many(21), many(40)], ids=lambda r: len(r))
def test_tables_hold_every_cell_and_end_above_the_footer(kind: str, regions: list[Region]) -> None:
    found = sample(regions=regions)
    table = next(slide.table for slide in found.slides if slide.kind == kind)
    assert table is not None
    deck = opened(found)
    pages = pages_of(deck, kind, found)
    assert sorted(rows_of(pages)) == sorted(expected(table, len(pages)))
    assert len(pages) == {12: 1, 14: 1, 21: 2, 40: 3}[len(regions)]
    for page in pages:
        frame = next(shape for shape in page.shapes if shape.has_table)
        bottom = frame.top + sum(row.height for row in frame.table.rows)
        footer = next(shape for shape in page.shapes if shape.name == "页脚")
        assert bottom < footer.top
        assert abs(sum(column.width for column in frame.table.columns) - frame.width) < EMU_AN_INCH / 100


def test_more_columns_than_stand_side_by_side_go_on_another_page_with_the_names_again() -> None:
    found = sample()
    table = matrix(found.sections[0], 29)
    found = replace(found, slides=(Slide("matrix", "二十九项指标", None, (), table),))
    pages = list(opened(found).slides)
    drawn = [next(shape.table for shape in page.shapes if shape.has_table) for page in pages]
    heads = [[cell.text for cell in one.rows[0].cells] for one in drawn]
    assert all(head[0] == "市（区）" for head in heads)
    assert [title for head in heads for title in head[1:]] == [column.title for column in table.columns[1:]]
    values = [cell.text for one in drawn for row in list(one.rows)[1:] for cell in list(row.cells)[1:]]
    assert sorted(values) == sorted(text for row in table.texts() for text in row[1:])


def test_a_verdict_is_colour_shape_and_word_in_a_table(briefing: Briefing) -> None:
    table = league(briefing.sections[0])
    found = replace(briefing, slides=(Slide("schedule", "位次", 0, (), table),))
    drawn = next(shape.table for shape in opened(found).slides[0].shapes if shape.has_table)
    assert len(table.tones) == 12
    for row, tone, line in zip(list(drawn.rows)[2:], table.tones, briefing.sections[0].ranked(), strict=True):
        cell = list(row.cells)[-1]
        assert cell.text == f"{palette.SHAPES[tone]} {line.judgement.title}"
        assert str(cell.fill.fore_color.rgb) == palette.bare(palette.TINTS[tone])


def test_of_very_many_alerts_the_first_are_shown_and_the_rest_is_counted(briefing: Briefing) -> None:
    table = ReportTable(
        title="滞后预警情况表", units=(), columns=league(briefing.sections[0]).columns[1:2], rows=tuple((f"第{n}地",) for n in range(90)), total=None,
        tones=("lagging",) * 90,
    )  # fmt: skip
    found = replace(briefing, slides=(Slide("alerts", "90项预警", None, (), table),))
    pages = list(opened(found).slides)
    rows = [row for page in pages for row in rows_of([page])]
    assert len(pages) == 2 and rows == table.texts()[: len(rows)]
    assert all(f"其余{90 - len(rows)}项从略" in words(page) for page in pages)


def test_an_empty_table_gives_a_page_with_the_points(briefing: Briefing) -> None:
    found = replace(briefing, slides=(Slide("alerts", "没有预警", None, ("各地均正常",)),))
    assert "各地均正常" in words(opened(found).slides[0])


def test_letters_of_tables_can_be_read_from_a_distance() -> None:
    found = sample(regions=many(40))
    deck = opened(found)
    sizes = {
        run.font.size
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
        for run in cell.text_frame.paragraphs[0].runs
    }
    assert min(sizes) >= Emu(int(10.5 * 12700))


# --- arithmetic of axes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "at_least", "expected_axis"),
    [
        (["54.8", "73.7"], "100", ("0", "100", "20")),
        (["130"], "100", ("0", "150", "50")),
        (["-30", "47"], "0", ("-40", "60", "20")),
        (["-12.3", "-2"], "0", ("-15", "5", "5")),
        ([], "0", ("0", "1.0", "0.2")),
        (["0"], "0", ("0", "1.0", "0.2")),
        (["2800"], "0", ("0", "4000", "1000")),
    ],
)
def test_an_axis_has_round_steps_and_room_for_every_value(
    values: list[str], at_least: str, expected_axis: tuple[str, str, str]
) -> None:
    axis = nice_axis([Decimal(value) for value in values], Decimal(at_least))
    assert (axis.low, axis.high, axis.step) == tuple(Decimal(number) for number in expected_axis)
