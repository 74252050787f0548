"""A report as a sheet of paper on the screen: the text sentence by sentence, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from zyb.briefing.model import Briefing, Column, Figure, Paragraph, Sentence, Table
from zyb.periods import chinese_day
from zyb.rulebook.measures import measures
from zyb.ui.frame.leads import measure_address
from zyb.ui.look import Html, html

# What a hint can show, and what the list of sentences shows at once; the rest opens by a click.
FIGURES_IN_A_HINT, FIGURES_AT_ONCE = 12, 6
CLASSES = {"heading": "z-h1", "subheading": "z-h2", "body": "z-p"}
# A column of cells up to the one length stays on one line; sentences are longer than the other.
SHORT_CELL, LONG_CELL = 8, 20
PUBLICATION = "（信息公开形式：依申请公开）"


def tagged(name: str, classes: str, *parts: str, hint: str = "") -> Html:
    title = f' title="{escape(hint)}"' if hint else ""
    return Html(f'<{name} class="{classes}"{title}>{html(*parts)}</{name}>')


def opening(summary: str, *parts: str) -> Html:
    """What stands behind a word until somebody asks for it; opens by mouse and by key."""
    return html(Html("<details><summary>"), summary, Html("</summary>"), *parts, Html("</details>"))


# -- the sheet ------------------------------------------------------------------------------


def sheet(briefing: Briefing) -> Html:
    """The document as it will be laid out, near enough to be read and checked."""
    parts = [
        *([tagged("div", "z-mark-demo", briefing.demo_warning)] if briefing.demo_warning else []),
        *(_red_head(briefing) if briefing.red_head else []),
        tagged("h2", "z-title-of", *_broken(briefing.title)),
        tagged("p", "z-to", f"{briefing.addressees.rstrip('：:')}：") if briefing.addressees else Html(""),
        *(_paragraph(paragraph) for paragraph in briefing.paragraphs),
        *_annex_list(briefing.annexes),
        tagged("p", "z-sign z-issuer", briefing.issuer),
        tagged("p", "z-sign", chinese_day(briefing.made)),
        tagged("p", "z-p", PUBLICATION),
        *(tagged("p", "z-note", f"注：{note}") for note in briefing.notes),
        *(_imprint(briefing) if briefing.red_head or briefing.copies else []),
    ]
    return tagged("article", "z-paper", *parts)


def _red_head(briefing: Briefing) -> Iterable[Html]:
    """A number that is still to be given leaves its place free."""
    number = briefing.number or f"〔{briefing.made.year}〕　　号"
    return tagged("p", "z-authority", briefing.issuer), tagged("p", "z-number", number)


def _broken(lines: Sequence[str]) -> Iterable[Html]:
    return (html(line, Html("<br>") if place < len(lines) - 1 else "") for place, line in enumerate(lines))


def _paragraph(paragraph: Paragraph) -> Html:
    return tagged("p", CLASSES[paragraph.role], *map(_sentence, paragraph.sentences))


def _sentence(sentence: Sentence) -> Html:
    if not sentence.figures:
        return html(sentence.text)
    return tagged("span", "z-sentence", sentence.text, hint=figures_words(sentence.figures))


def figures_words(figures: Sequence[Figure]) -> str:
    """“西安市完成治理 1378家；…”, in a hint that does not cover the page."""
    told = _told(figures[:FIGURES_IN_A_HINT])
    more = len(figures) - FIGURES_IN_A_HINT
    return f"依据：{told}" + (f"；另有 {more} 项" if more > 0 else "")


def _told(figures: Sequence[Figure]) -> str:
    return "；".join(f"{figure.title} {figure.text}" for figure in figures)


def _annex_list(annexes: Sequence[Table]) -> Iterable[Html]:
    if len(annexes) == 1:
        return [tagged("p", "z-p z-listed", f"附件：{annexes[0].title}")]
    titles = [f"{place}.{table.title}" for place, table in enumerate(annexes, 1)]
    listed = (Html("<br>") if part is None else part for title in titles for part in (title, None))
    return (
        [tagged("div", "z-listed z-many", tagged("span", "", "附件："), tagged("span", "", *listed))]
        if titles
        else []
    )


def _imprint(briefing: Briefing) -> Iterable[Html]:
    copies = briefing.copies.rstrip("。")
    issued = tagged("span", "", f"{chinese_day(briefing.made)}印发")
    return [
        *([tagged("p", "z-imprint", f"抄送：{copies}。")] if copies else []),
        tagged("p", "z-imprint z-issued", tagged("span", "", briefing.issuer), issued),
    ]


# -- sentence by sentence -------------------------------------------------------------------


def sentences(briefing: Briefing) -> Html:
    """For checking: each sentence, the figures that it rests on, and the ways to their measures."""
    said = [sentence for part in briefing.paragraphs if part.role == "body" for sentence in part.sentences]
    head = _row("th", "", "句子", "依据的数字", "指标")
    rows = [
        _row("td", str(number), sentence.text, _figures(sentence.figures), _ways(briefing, sentence.figures))
        for number, sentence in enumerate(said, 1)
    ]
    table = tagged("table", "z-form z-checked", tagged("thead", "", head), tagged("tbody", "", *rows))
    return tagged("div", "z-paper z-annexes", table)


def _row(cell: str, *texts: str) -> Html:
    return tagged("tr", "", *(tagged(cell, "", text) for text in texts))


def _figures(figures: Sequence[Figure]) -> Html:
    if not figures:
        return Html("—")
    shown, rest = figures[:FIGURES_AT_ONCE], figures[FIGURES_AT_ONCE:]
    return html(_told(shown), opening(f"其余 {len(rest)} 项", _told(rest)) if rest else "")


def _ways(briefing: Briefing, figures: Sequence[Figure]) -> Html:
    """To each measure on its own page, in a tab of its own: what was typed here must not be lost."""
    named = dict.fromkeys(figure.measure_id for figure in figures)
    return html(*(_way(briefing, name, figures) for name in named)) if named else Html("—")


def _way(briefing: Briefing, name: str, figures: Sequence[Figure]) -> Html:
    measure = measures(briefing.request.province).get(name)
    section = next((section for section in briefing.sections if section.measure_id == name), None)
    if measure is None or section is None:
        return html(name)
    codes = {figure.region_code for figure in figures if figure.measure_id == name}
    names = {line.code: line.name for line in section.lines}
    region = names.get(next(iter(codes)), "") if len(codes) == 1 else ""
    address = measure_address(briefing.request.province, measure, region, section.as_of)
    told = f"在新标签页查看{section.title}"
    return Html(
        f'<a href="{escape(address)}" target="_blank" title="{escape(told)}">{escape(section.title)}</a> '
    )


# -- annexes --------------------------------------------------------------------------------


def annex(table: Table, mark: str) -> Html:
    """An annex as a ruled table; one wider than the paper scrolls in its place."""
    head = tagged("tr", "", *(tagged("th", "", column.title) for column in table.columns))
    texts = table.texts()
    classes = [_class_of(column, texts, place) for place, column in enumerate(table.columns)]
    last = len(table.rows) if table.total else None
    rows = [
        tagged("tr", "z-total" if place == last else "", *map(_cell, classes, row))
        for place, row in enumerate(texts)
    ]
    form = tagged("table", "z-form", tagged("thead", "", head), tagged("tbody", "", *rows))
    return html(
        tagged("p", "z-annex", f"{mark}　{table.title}"),
        tagged("p", "z-unit", table.unit),
        tagged("div", "z-scroll", form),
        *(tagged("p", "z-note", f"注：{note}") for note in table.notes),
    )


def _class_of(column: Column, texts: Sequence[Sequence[str]], place: int) -> str:
    """A whole column alike: on one line, or, where it holds sentences, read from the left."""
    longest = max((len(row[place]) for row in texts), default=0)
    if longest <= SHORT_CELL:
        return "z-short"
    return "z-words" if column.kind == "words" and longest > LONG_CELL else ""


def _cell(classes: str, text: str) -> Html:
    return tagged("td", classes, text)


def annex_names(briefing: Briefing) -> list[str]:
    """“附件2”; the only one has no number."""
    count = len(briefing.annexes)
    return ["附件"] if count == 1 else [f"附件{place}" for place in range(1, count + 1)]


def annexes(briefing: Briefing, wanted: str | None = None) -> Html:
    """All of them, or the one with this name."""
    named = zip(annex_names(briefing), briefing.annexes, strict=True)
    shown = (annex(table, mark) for mark, table in named if wanted in (None, mark))
    return tagged("article", "z-paper z-annexes", *shown)
