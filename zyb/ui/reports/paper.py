"""A report as a sheet of paper on the screen: the text sentence by sentence, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zyb.briefing.model import Briefing, Figure, Paragraph, Sentence
from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.html import BREAK, NOTHING, HtmlCell, HtmlRow, Markup, joined, tag
from zyb.periods import chinese_day
from zyb.rulebook.measures import measures
from zyb.ui import look
from zyb.ui.frame.leads import measure_address

# What a hint can show, and what the list of sentences shows at once; the rest opens by a click.
FIGURES_IN_A_HINT, FIGURES_AT_ONCE = 12, 6
CLASSES = {"heading": "z-h1", "subheading": "z-h2", "body": "z-p"}
# A column of cells up to the one length stays on one line; sentences are longer than the other.
SHORT_CELL, LONG_CELL = 8, 20
PUBLICATION = "（信息公开形式：依申请公开）"


def opening(summary: str, *parts: str) -> Markup:
    """What stands behind a word until somebody asks for it; opens by mouse and by key."""
    return tag("details", tag("summary", summary), *parts)


# -- the sheet ------------------------------------------------------------------------------


def sheet(briefing: Briefing) -> Markup:
    """The document as it will be laid out, near enough to be read and checked."""
    parts = [
        *([tag("div", briefing.demo_warning, classes="z-mark-demo")] if briefing.demo_warning else []),
        *(_red_head(briefing) if briefing.red_head else []),
        tag("h2", joined(*briefing.title, between=BREAK), classes="z-title-of"),
        tag("p", f"{briefing.addressees.rstrip('：:')}：", classes="z-to")
        if briefing.addressees
        else NOTHING,
        *(_paragraph(paragraph) for paragraph in briefing.paragraphs),
        *_annex_list(briefing.annexes),
        tag("p", briefing.issuer, classes="z-sign z-issuer"),
        tag("p", chinese_day(briefing.made), classes="z-sign"),
        tag("p", PUBLICATION, classes="z-p"),
        *(tag("p", f"注：{note}", classes="z-note") for note in briefing.notes),
        *(_imprint(briefing) if briefing.red_head or briefing.copies else []),
    ]
    return tag("article", *parts, classes="z-paper")


def _red_head(briefing: Briefing) -> Iterable[Markup]:
    """A number that is still to be given leaves its place free."""
    number = briefing.number or f"〔{briefing.made.year}〕　　号"
    return tag("p", briefing.issuer, classes="z-authority"), tag("p", number, classes="z-number")


def _paragraph(paragraph: Paragraph) -> Markup:
    return tag("p", *map(_sentence, paragraph.sentences), classes=CLASSES[paragraph.role])


def _sentence(sentence: Sentence) -> Markup:
    if not sentence.figures:
        return joined(sentence.text)
    return tag("span", sentence.text, classes="z-sentence", title=figures_words(sentence.figures))


def figures_words(figures: Sequence[Figure]) -> str:
    """“西安市完成治理 1378家；…”, in a hint that does not cover the page."""
    told = _told(figures[:FIGURES_IN_A_HINT])
    more = len(figures) - FIGURES_IN_A_HINT
    return f"依据：{told}" + (f"；另有 {more} 项" if more > 0 else "")


def _told(figures: Sequence[Figure]) -> str:
    return "；".join(f"{figure.title} {figure.text}" for figure in figures)


def _annex_list(annexes: Sequence[ReportTable]) -> Iterable[Markup]:
    if len(annexes) == 1:
        return [tag("p", f"附件：{annexes[0].title}", classes="z-p z-listed")]
    if not annexes:
        return []
    titles = [f"{place}.{table.title}" for place, table in enumerate(annexes, 1)]
    listed = tag("span", *(joined(title, BREAK) for title in titles))
    return [tag("div", tag("span", "附件："), listed, classes="z-listed z-many")]


def _imprint(briefing: Briefing) -> Iterable[Markup]:
    copies = briefing.copies.rstrip("。")
    issued = tag("span", f"{chinese_day(briefing.made)}印发")
    return [
        *([tag("p", f"抄送：{copies}。", classes="z-imprint")] if copies else []),
        tag("p", tag("span", briefing.issuer), issued, classes="z-imprint z-issued"),
    ]


# -- sentence by sentence -------------------------------------------------------------------


def sentences(briefing: Briefing) -> Markup:
    """For checking: each sentence, the figures that it rests on, and the ways to their measures."""
    said = [sentence for part in briefing.paragraphs if part.role == "body" for sentence in part.sentences]
    headings = [HtmlCell(title) for title in ("", "句子", "依据的数字", "指标")]
    rows = [_checked(briefing, number, sentence) for number, sentence in enumerate(said, 1)]
    return tag("div", look.form(headings, rows, "z-checked"), classes="z-paper z-annexes")


def _checked(briefing: Briefing, number: int, sentence: Sentence) -> HtmlRow:
    figures = sentence.figures
    return HtmlRow([
        HtmlCell(str(number)), HtmlCell(sentence.text), HtmlCell(_figures(figures)), HtmlCell(_ways(briefing, figures)),
    ])  # fmt: skip


def _figures(figures: Sequence[Figure]) -> Markup:
    if not figures:
        return joined("—")
    shown, rest = figures[:FIGURES_AT_ONCE], figures[FIGURES_AT_ONCE:]
    return joined(_told(shown), opening(f"其余 {len(rest)} 项", _told(rest)) if rest else "")


def _ways(briefing: Briefing, figures: Sequence[Figure]) -> Markup:
    """To each measure on its own page, in a tab of its own: what was typed here must not be lost."""
    named = dict.fromkeys(figure.measure_id for figure in figures)
    return joined(*(_way(briefing, name, figures) for name in named)) if named else joined("—")


def _way(briefing: Briefing, name: str, figures: Sequence[Figure]) -> Markup:
    measure = measures(briefing.request.province).get(name)
    section = next((section for section in briefing.sections if section.measure_id == name), None)
    if measure is None or section is None:
        return joined(name)
    codes = {figure.region_code for figure in figures if figure.measure_id == name}
    names = {line.code: line.name for line in section.lines}
    region = names.get(next(iter(codes)), "") if len(codes) == 1 else ""
    address = measure_address(briefing.request.province, measure, region, section.as_of)
    told = f"在新标签页查看{section.title}"
    return joined(tag("a", section.title, href=address, target="_blank", title=told), " ")


# -- annexes --------------------------------------------------------------------------------


def annex(table: ReportTable, mark: str) -> Markup:
    """An annex as a ruled table; one wider than the paper scrolls in its place."""
    texts = table.texts()
    kinds = [_kind(column, texts, place) for place, column in enumerate(table.columns)]
    last = len(table.rows) if table.total else None
    rows = [
        HtmlRow([*map(HtmlCell, row, kinds)], "total" if place == last else "")
        for place, row in enumerate(texts)
    ]
    return joined(
        tag("p", f"{mark}　{table.title}", classes="z-annex"),
        tag("p", table.unit, classes="z-unit"),
        look.wide(look.form([HtmlCell(column.title) for column in table.columns], rows)),
        *(tag("p", f"注：{note}", classes="z-note") for note in table.notes),
    )


def _kind(column: TableColumn, texts: Sequence[Sequence[str]], place: int) -> str:
    """A whole column alike: on one line, or, where it holds sentences, read from the left."""
    longest = max((len(row[place]) for row in texts), default=0)
    if longest <= SHORT_CELL:
        return "short"
    return "words" if column.kind == "words" and longest > LONG_CELL else ""


def annex_names(briefing: Briefing) -> list[str]:
    """“附件2”; the only one has no number."""
    count = len(briefing.annexes)
    return ["附件"] if count == 1 else [f"附件{place}" for place in range(1, count + 1)]


def annexes(briefing: Briefing, wanted: str | None = None) -> Markup:
    """All of them, or the one with this name."""
    named = zip(annex_names(briefing), briefing.annexes, strict=True)
    shown = (annex(table, mark) for mark, table in named if wanted in (None, mark))
    return tag("article", *shown, classes="z-paper z-annexes")
