"""The league table as a native chart: columns of the values, a line of the pace, and its own workbook to edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section
from zyb.deck.legend import ground, map_words
from zyb.exports.drawingml import ink
from zyb.exports.drawingml.axes import DOWNWARDS
from zyb.exports.drawingml.charts import COUNT_FORMAT, GROWTH_FORMAT, RATIO_FORMAT, Chart, Look, Series
from zyb.exports.drawingml.ink import LetterStyle
from zyb.exports.word.boxes import chart_frame
from zyb.exports.word.elements import Element, clean, element, text_paragraph
from zyb.exports.word.styles import CAPTION, CELL, NOTE
from zyb.numerals import percent_decimal, rounded
from zyb.palette import HAIRLINE, INDIGO, TONE_WORDS, TONES
from zyb.rulebook.verdicts import Tone

FEWEST = 2
CHART_NUMBER = 800
LOWEST_MM, HIGHEST_MM, CAPTION_MM = 45.0, 90.0, 18.0
# On a page of its own it takes most of it.
ALONE_MM = 165.0
ROOM_FOR_CHART = LOWEST_MM + CAPTION_MM
FONT, BLACK = "宋体", "#000000"
LETTERS, SMALLEST = 9, 7
MOST_NAMES_ACROSS = 14


def chartable(section: Section) -> bool:
    return len(_drawn(section)) >= FEWEST


def _drawn(section: Section) -> list[RegionLine]:
    return [line for line in section.ranked() if line.value is not None]


def _league(section: Section) -> Chart:
    lines = _drawn(section)
    many = len(lines) > MOST_NAMES_ACROSS
    values = Series(
        name=f"{clean(section.short_title)}（{section.value_unit}）", values=tuple(_printed(section, line.value) for line in lines),
        kind="column", colour=TONES["good"], fills=tuple(ink.solid(_colour(section, line)) for line in lines),
        labels=frozenset(range(len(lines))),
        label_format=COUNT_FORMAT if section.counts else GROWTH_FORMAT if section.kind == "growth" else RATIO_FORMAT,
    )  # fmt: skip
    return Chart(
        head="地区",
        categories=[clean(line.short or line.name) + facts.mark(line) for line in lines],
        series=[values, *_reference(section, lines)],
        look=_look(label=SMALLEST if many else LETTERS),
        turned=DOWNWARDS if many else "",
    )


def _colour(section: Section, line: RegionLine) -> str:
    """Of its tone, or where nothing is judged of its value."""
    return TONES[line.judgement.tone] if section.judges else ground(section, line).colour


def _look(label: float) -> Look:
    letters = LetterStyle(LETTERS, BLACK, font=FONT)
    return Look(
        sheet="排名",
        letters=letters,
        scale=letters,
        label=letters.sized(label),
        legend="b",
        gap=60,
        edge="",
        grid=ink.line(HAIRLINE),
    )


def _reference(section: Section, lines: Sequence[RegionLine]) -> list[Series]:
    """The pace, or for a measure without pace its target."""
    usual = None if section.counts else section.pace
    paces = tuple(_printed(section, usual if line.pace is None else line.pace) for line in lines)
    if all(pace is None for pace in paces):
        return []
    name = f"{section.yardstick}（{section.value_unit}）"
    return [Series(name=name, values=paces, kind="line", colour=INDIGO, width=1.75, dash="dash")]


def _printed(section: Section, value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return rounded(value) if section.counts else percent_decimal(value)


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
    if not section.judges:
        return map_words(section)
    tones: dict[Tone, dict[str, None]] = {}
    for line in drawn:
        tones.setdefault(line.judgement.tone, {})[line.judgement.title] = None
    told = "；".join(f"{TONE_WORDS[tone]}：{'、'.join(titles)}" for tone, titles in tones.items())
    adjusted = any(line.judgement.proposed for line in drawn)
    return f"{told}。{f'{facts.MARK}为人工调整。' if adjusted else ''}"


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


def _chart_part(document: Document, league: Chart) -> str:
    package = document.part.package
    book = Part(PackURI("/word/embeddings/league.xlsx"), CONTENT_TYPE.SML_SHEET, league.workbook(), package)
    chart = Part(PackURI("/word/charts/chart1.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    book_reference = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = league.xml(book_reference).encode()
    return document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
