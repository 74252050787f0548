"""A report as a sheet of paper on the screen: the text sentence by sentence, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from zyb.briefing.model import Briefing, Figure, Paragraph, Sentence, Table
from zyb.periods import chinese_day
from zyb.ui.look import Html, html

# What a hint can show; the rest stands in the list of sentences.
FIGURES_IN_A_HINT = 12
CLASSES = {"heading": "z-h1", "subheading": "z-h2", "body": "z-p"}


def _tag(name: str, classes: str, *parts: str, hint: str = "") -> Html:
    title = f' title="{escape(hint)}"' if hint else ""
    return Html(f'<{name} class="{classes}"{title}>{html(*parts)}</{name}>')


def sheet(briefing: Briefing) -> Html:
    """The document as it will be laid out, near enough to be read and checked."""
    parts = [
        *([_tag("div", "z-mark-demo", briefing.demo_warning)] if briefing.demo_warning else []),
        _tag("h2", "z-title-of", *_broken(briefing.title)),
        _tag("p", "z-to", briefing.addressees),
        *(_paragraph(paragraph) for paragraph in briefing.paragraphs),
        _tag("p", "z-sign", briefing.issuer),
        _tag("p", "z-sign", chinese_day(briefing.made)),
    ]
    return _tag("article", "z-paper", *parts)


def _broken(lines: Sequence[str]) -> Iterable[Html]:
    return (html(line, Html("<br>") if place < len(lines) - 1 else "") for place, line in enumerate(lines))


def _paragraph(paragraph: Paragraph) -> Html:
    return _tag("p", CLASSES[paragraph.role], *map(_sentence, paragraph.sentences))


def _sentence(sentence: Sentence) -> Html:
    if not sentence.figures:
        return html(sentence.text)
    return _tag("span", "z-sentence", sentence.text, hint=figures_words(sentence.figures))


def figures_words(figures: Sequence[Figure]) -> str:
    """“西安市完成治理 1378家；…”, in a hint that does not cover the page."""
    told = [f"{figure.title} {figure.text}" for figure in figures[:FIGURES_IN_A_HINT]]
    more = len(figures) - len(told)
    return "依据：" + "；".join(told) + (f"；另有 {more} 项" if more > 0 else "")


def sentence_rows(briefing: Briefing) -> list[dict[str, object]]:
    """Sentence by sentence for checking: what it says, the figures, and the measures that they are of."""
    titles = {section.measure_id: section.title for section in briefing.sections}
    said = [sentence for part in briefing.paragraphs if part.role == "body" for sentence in part.sentences]
    return [
        {
            "序号": number,
            "句子": sentence.text,
            "依据的数字": "；".join(f"{figure.title} {figure.text}" for figure in sentence.figures) or "—",
            "指标": "、".join(dict.fromkeys(titles.get(f.measure_id, f.measure_id) for f in sentence.figures)) or "—",
        }
        for number, sentence in enumerate(said, 1)
    ]  # fmt: skip


def annex(table: Table, number: int) -> Html:
    """An annex as a ruled table."""
    head = _tag("tr", "", *(_tag("th", "", column.title) for column in table.columns))
    rows = [_tag("tr", "", *(_tag("td", "", text) for text in row)) for row in table.texts()]
    return html(
        _tag("p", "z-annex", f"附件{number}　{table.title}"),
        _tag("p", "z-unit", table.unit),
        _tag("table", "z-form", _tag("thead", "", head), _tag("tbody", "", *rows)),
        *(_tag("p", "z-note", f"注：{note}") for note in table.notes),
    )


def annexes(briefing: Briefing) -> Html:
    return _tag("article", "z-paper z-annexes", *(annex(t, n) for n, t in enumerate(briefing.annexes, 1)))
