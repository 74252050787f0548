"""The league table as a native chart: columns of the values, a line of the pace, and its own workbook to edit."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.sax.saxutils import escape

import xlsxwriter  # type: ignore[import-untyped]
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from zyb.briefing.model import Line, Section
from zyb.exports.plain import CELLS_ARE_TEXT, NO_PARTICULAR_DAY, theme
from zyb.exports.word.boxes import DRAWING, chart_frame
from zyb.exports.word.elements import Element, clean, element, text_paragraph
from zyb.exports.word.styles import CAPTION, CELL, NOTE
from zyb.numerals import percent_number
from zyb.palette import HAIRLINE, INDIGO, TONE_WORDS, TONES, bare
from zyb.rulebook.verdicts import Tone

FEWEST = 2
CHART_NUMBER = 800
LOWEST_MM, HIGHEST_MM, CAPTION_MM = 45.0, 90.0, 18.0
# On a page of its own it takes most of it.
ALONE_MM = 165.0
ROOM_FOR_CHART = LOWEST_MM + CAPTION_MM
FONT, SHEET_NAME = "宋体", "排名"
QUOTED = f"'{SHEET_NAME}'"
CATEGORY_AXIS, VALUE_AXIS = 111, 222
MOST_NAMES_ACROSS = 14


@dataclass(frozen=True)
class Series:
    """Percents as they are printed, so that chart and table never differ; None leaves a gap."""

    title: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class League:
    names: tuple[str, ...]
    colours: tuple[str, ...]
    values: Series
    reference: Series | None


def chartable(section: Section) -> bool:
    return len(_drawn(section)) >= FEWEST


def _drawn(section: Section) -> list[Line]:
    return [line for line in section.ranked() if line.value is not None]


def _league(section: Section) -> League:
    lines = _drawn(section)
    return League(
        names=tuple(
            clean(line.short or line.name) + ("*" if line.judgement.proposed else "") for line in lines
        ),
        colours=tuple(bare(TONES[line.judgement.tone]) for line in lines),
        values=Series(f"{clean(section.short_title)}（%）", tuple(_printed(line.value) for line in lines)),
        reference=_reference(section, lines),
    )


def _reference(section: Section, lines: Sequence[Line]) -> Series | None:
    """The pace, or for a measure without pace its target."""
    paces = tuple(_printed(section.pace if line.pace is None else line.pace) for line in lines)
    known = any(pace is not None for pace in paces)
    return Series(f"{section.yardstick}（%）", paces) if known else None


def _printed(value: Fraction | None) -> float | None:
    return None if value is None else float(percent_number(value))


def league_chart(document: Document, section: Section, width: float, free: float) -> Iterator[Element]:
    """Caption, chart and what its colours mean, in the room that is `free` below the table or on the next page."""
    fits = free >= ROOM_FOR_CHART
    height = min(free - CAPTION_MM, HIGHEST_MM) if fits else ALONE_MM
    reference = _chart_part(document, _league(section))
    frame = chart_frame(clean(section.title), CHART_NUMBER, reference, width, height)
    yield text_paragraph(CAPTION, f"{section.title}排名图", before=240)
    yield _unruled(frame)
    yield text_paragraph(NOTE, _colours_told(section), before=60)


def _colours_told(section: Section) -> str:
    """“绿：全面完成、达到序时；橙：相对滞后；红：进展缓慢。”"""
    drawn = _drawn(section)
    tones: dict[Tone, dict[str, None]] = {}
    for line in drawn:
        tones.setdefault(line.judgement.tone, {})[line.judgement.title] = None
    told = "；".join(f"{TONE_WORDS[tone]}：{'、'.join(titles)}" for tone, titles in tones.items())
    adjusted = any(line.judgement.proposed for line in drawn)
    return f"{told}。{'*为人工调整。' if adjusted else ''}"


def _unruled(frame: Element) -> Element:
    """An exact line height would cut the chart off."""
    spacing = element("w:spacing", before=0, after=0, line=240, lineRule="auto")
    properties = element(
        "w:pPr",
        element("w:pStyle", val=CELL.id),
        spacing,
        element("w:jc", val="center"),
    )
    return element("w:p", properties, frame)


def _chart_part(document: Document, league: League) -> str:
    package = document.part.package
    book = Part(PackURI("/word/embeddings/league.xlsx"), CONTENT_TYPE.SML_SHEET, _workbook(league), package)
    chart = Part(PackURI("/word/charts/chart1.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    book_reference = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _chart_xml(league, book_reference).encode()
    return document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)


def _workbook(league: League) -> bytes:
    """What “编辑数据” opens, in Chinese fonts and without a clock."""
    stream = io.BytesIO()
    font = {"font_name": FONT, "font_size": 11}
    options = {"in_memory": True, "default_format_properties": font, **CELLS_ARE_TEXT}
    with xlsxwriter.Workbook(stream, options) as book:
        book.use_custom_theme(theme(FONT))
        book.set_properties({"created": NO_PARTICULAR_DAY})
        page = book.add_worksheet(SHEET_NAME)
        page.write_column(0, 0, ["地区", *league.names])
        for place, series in enumerate(_series(league), 1):
            page.write_column(0, place, [series.title, *series.values])
    return stream.getvalue()


def _series(league: League) -> list[Series]:
    return [league.values, *([league.reference] if league.reference else [])]


# -- DrawingML ----------------------------------------------------------------------------


def _chart_xml(league: League, book: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/>
<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{_columns(league)}{_line(league)}{_axes(league)}
</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>
<c:dispBlanksAs val="gap"/></c:chart>{_letters(9)}
<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""


def _columns(league: League) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_fill(colour)}</c:spPr></c:dPt>"
        for place, colour in enumerate(league.colours)
    )
    shows = "".join(
        f'<c:{part} val="{int(part == "showVal")}"/>'
        for part in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    return (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser>'
        f"{_named(league.values, 0)}<c:spPr>{_fill(bare(TONES['good']))}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{points}<c:dLbls><c:numFmt formatCode="0.0" sourceLinked="0"/>'
        f'{_letters(9 if len(league.names) <= MOST_NAMES_ACROSS else 7)}<c:dLblPos val="outEnd"/>{shows}</c:dLbls>{_data(league, league.values, 1)}</c:ser>'
        f'<c:gapWidth val="60"/>{_axis_ids()}</c:barChart>'
    )


def _line(league: League) -> str:
    if league.reference is None:
        return ""
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:ser>'
        f'{_named(league.reference, 1)}<c:spPr><a:ln w="22225">{_fill(bare(INDIGO))}<a:prstDash val="dash"/>'
        f'</a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>{_data(league, league.reference, 2)}'
        f'<c:smooth val="0"/></c:ser><c:marker val="1"/>{_axis_ids()}</c:lineChart>'
    )


def _named(series: Series, place: int) -> str:
    where = f"{QUOTED}!${'BC'[place]}$1"
    return (
        f'<c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{where}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.title)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )


def _data(league: League, series: Series, column: int) -> str:
    last, count = len(league.names) + 1, f'<c:ptCount val="{len(league.names)}"/>'
    names = _points([escape(name) for name in league.names])
    values = _points([None if value is None else str(value) for value in series.values])
    letter = "ABC"[column]
    return (
        f"<c:cat><c:strRef><c:f>{QUOTED}!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache>"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>{QUOTED}!${letter}$2:${letter}${last}</c:f>"
        f"<c:numCache><c:formatCode>0.0</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
    )


def _points(texts: Sequence[str | None]) -> str:
    return "".join(
        f'<c:pt idx="{place}"><c:v>{text}</c:v></c:pt>'
        for place, text in enumerate(texts)
        if text is not None
    )


def _axes(league: League) -> str:
    hairline = f"<a:ln>{_fill(bare(HAIRLINE))}</a:ln>"
    # Names that do not fit side by side are written downwards.
    downwards = ' rot="0" vert="eaVert"' if len(league.names) > MOST_NAMES_ACROSS else ""
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{_letters(9, downwards)}<c:crossAx val="{VALUE_AXIS}"/>'
        '<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr>{hairline}</c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="{CATEGORY_AXIS}"/></c:valAx>'
    )


def _axis_ids() -> str:
    return f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _letters(points: int, turned: str = "") -> str:
    return (
        f'<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{points * 100}">'
        f'{_fill("000000")}<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
        '</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
