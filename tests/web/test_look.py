"""The builders of our own HTML: nothing from data is ever markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_type_hints

import pytest
import streamlit as st
from hypothesis import given

from tests.web.hostile import SOMETHING, seen
from zyb import palette
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.rulebook.verdicts import verdicts
from zyb.ui import look
from zyb.ui.look import AlertCard, ProblemLine

HOSTILE = '<img src=x onerror="alert(1)">&'

BUILT = [
    look.page_head(HOSTILE, HOSTILE, HOSTILE),
    look.card_title(HOSTILE, HOSTILE),
    look.badge(HOSTILE, "good"),
    look.strong(HOSTILE),
    look.toned(HOSTILE, "lagging"),
    look.muted(HOSTILE),
    look.source(HOSTILE),
    look.empty(HOSTILE, HOSTILE),
    look.facts([(HOSTILE, HOSTILE)]),
    look.demo_banner(HOSTILE),
    look.viewer_badge(HOSTILE, HOSTILE, HOSTILE),
    look.kpis(
        look.kpi(HOSTILE, HOSTILE, HOSTILE, note=HOSTILE, aside=HOSTILE),
        leader=look.hero(HOSTILE, HOSTILE, HOSTILE, share=0.5, pace=0.6, aside=HOSTILE, note=HOSTILE),
    ),
    look.league([HtmlCell(HOSTILE)], [HtmlRow([HtmlCell(HOSTILE, "name")])]),
    look.alert_list([AlertCard(HOSTILE, HOSTILE, "watch", HOSTILE)]),
    look.legend([("#ffffff", HOSTILE), (None, HOSTILE)]),
    look.marks([(kind, HOSTILE) for kind in ("line", "dots", "bar", "striped", "tick", "hatched")]),
    look.on_paper([{HOSTILE: HOSTILE}] * 61),
    look.steps([HOSTILE], 0),
    look.problem_list([ProblemLine(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),
    look.change(HOSTILE, HOSTILE, HOSTILE),
    look.receipt(HOSTILE, HOSTILE),
    joined("a", HOSTILE),
]


@pytest.mark.parametrize("built", BUILT)
def test_a_hostile_name_stays_text_in_every_builder(built: Markup) -> None:
    assert "<img" not in built
    assert Markup.escape(HOSTILE) in built


CARDS: list[Callable[[str], Markup]] = [
    lambda text: look.page_head(text, text, text, text),
    lambda text: look.card_title(text, text),
    lambda text: look.kpi(text, text, text, note=text, aside=text),
    lambda text: look.problem_list([ProblemLine(text, text, text, text, text, text)]),
    lambda text: look.alert_list([AlertCard(text, text, text, text)]),
    lambda text: look.facts([(text, text)]),
    lambda text: look.legend([(text, text), (None, text)]),
    lambda text: look.lead(text, look.noted(text, text), text),
    lambda text: look.segment(text, 0, 1, text, text),
]


@pytest.mark.parametrize("card", CARDS)
@given(text=SOMETHING)
def test_whatever_text_a_card_is_given_only_the_text_in_it_changes(
    card: Callable[[str], Markup], text: str
) -> None:
    page, plain = seen(card(text)), seen(card("甲"))
    assert "甲" in plain.text and plain.others == page.others == []
    assert page.text == plain.text.replace("甲", text)
    assert page.elements == [
        (name, {key: value and value.replace("甲", text) for key, value in attributes.items()})
        for name, attributes in plain.elements
    ]


@pytest.mark.parametrize("text", ["甲", "<b>甲</b>", f"{look.strong('甲')}", None, b"<b>"])
def test_what_is_no_markup_does_not_pass_the_door_to_the_screen(text: object) -> None:
    with pytest.raises(TypeError, match="only markup"):
        look.show(text)  # type: ignore[arg-type]
    assert get_type_hints(look.show)["markup"] is Markup


def test_markup_passes_the_door_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "html", shown.append)
    look.show(look.strong("<甲>"))
    assert shown == ['<span class="z-strong">&lt;甲&gt;</span>']


def test_text_joined_to_markup_by_python_becomes_text_again() -> None:
    assert joined(f"{look.strong('甲')}") == Markup.escape(str(look.strong("甲")))


def test_a_bar_never_leaves_its_axis() -> None:
    built = look.bullet(1.2, -0.1, "good")
    assert re.findall(r"(?:width|left):([\d.]+)%", built) == ["0.00", "100.00", "0.00"]


def test_a_region_without_data_has_a_hatched_bar_and_no_tick() -> None:
    assert look.bullet(None, 0.5) == '<div class="z-bullet z-missing"></div>'


@pytest.mark.parametrize("values", [[], [5.0], [3.0, 3.0], [0.0, 0.0]])
def test_short_and_flat_series_draw_without_fault(values: list[float]) -> None:
    assert "nan" not in look.spark(values) + look.bars(values)


def test_on_paper_a_grid_is_whole_and_a_long_list_says_how_much_is_left_out() -> None:
    rows = [{"文件": f"表{number}", "内容": "?", "是否完成": True, "备注": None} for number in range(61)]
    few, many = look.on_paper(rows[:60], without=("内容",)), look.on_paper(rows)
    assert few.count("<tr") == 61 and "内容" not in few and "只打印" not in few
    assert '<td class="z-left">是</td>' in few and '<td class="z-left">—</td>' in few
    assert "只打印" not in look.on_paper(rows, most=61)
    assert many.count("<tr") == 61 and "共 61 行，这里只打印前 60 行" in many
    assert look.on_paper([]).count("<td") == 0


def test_on_paper_days_and_names_stay_on_one_line_and_sentences_turn() -> None:
    printed = look.on_paper([{"地区": "杨凌示范区", "起始": "2024-12-31", "说明": "低于序时进度"}])
    assert printed.count('<td class="z-left">') == 2 and '<td class="z-wrap">低于序时进度</td>' in printed


def test_every_verdict_has_a_colour_and_the_shape_its_tone_is_drawn_with() -> None:
    css = (look.ASSETS / "look.css").read_text()
    assert len(verdicts("")) == 15
    for verdict in verdicts("").values():
        assert verdict.tone in palette.TONES
        assert verdict.shape == palette.SHAPES[verdict.tone]
        assert f'.z-tag.z-{verdict.tone}::before {{ content: "{verdict.shape}"' in css


def test_the_stylesheet_has_the_tokens_of_the_module_and_asks_no_other_host() -> None:
    css = (look.ASSETS / "look.css").read_text()
    tokens = dict(re.findall(r"--z-([a-z0-9-]+): (#[0-9a-f]{6})", css))
    assert tokens["ink"] == palette.INK
    assert tokens["ground"] == palette.GROUND
    assert tokens["line"] == palette.HAIRLINE
    assert (tokens["jade"], tokens["indigo"], tokens["gold"]) == (palette.JADE, palette.INDIGO, palette.GOLD)
    assert [tokens[tone] for tone in ("good", "watch", "lagging", "missing")] == [
        palette.GOOD,
        palette.WATCH,
        palette.LAGGING,
        palette.MISSING,
    ]
    assert "http" not in css and "@import" not in css


def test_every_class_a_builder_writes_is_styled() -> None:
    css = (look.ASSETS / "look.css").read_text()
    written = {
        name for built in BUILT for names in re.findall(r'class="([^"]+)"', built) for name in names.split()
    }
    unstyled = {name for name in written if not re.search(rf"\.{re.escape(name)}\b", css)}
    assert unstyled <= {"z-plain", "z-watch", "z-lagging"}


def test_no_grid_shows_a_toolbar_that_knows_only_the_rows_on_the_screen() -> None:
    rules = (look.ASSETS / "look.css").read_text()
    assert re.search(
        r"\[data-testid=stDataFrame\] \[data-testid=stElementToolbar\] \{ display: none \}", rules
    )
