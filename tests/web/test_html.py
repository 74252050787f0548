"""Whatever text goes into HTML comes out of it as the same text, in whatever place it stands."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.web.hostile import HOSTILE, seen
from zyb.html import BREAK, HtmlCell, HtmlRow, Markup, joined, style_sheet, table, tag


@given(content=HOSTILE, told=HOSTILE)
def test_text_in_an_element_and_in_its_attribute_stays_what_it_was(content: str, told: str) -> None:
    page = seen(tag("span", content, classes=told, title=told, data_show=told))
    kept = {"title": told, "data-show": told, **({"class": told} if told else {})}
    assert (page.elements, page.text, page.others) == ([("span", kept)], content, [])


@given(first=HOSTILE, second=HOSTILE)
def test_pieces_in_a_row_stay_text_beside_markup(first: str, second: str) -> None:
    page = seen(joined(first, tag("b", second), first) + second)
    assert (page.names, page.text, page.others) == (["b"], first + second + first + second, [])


@given(heading=HOSTILE, text=HOSTILE, kind=HOSTILE)
def test_a_table_holds_text_in_headings_cells_and_classes(heading: str, text: str, kind: str) -> None:
    made = table(
        [HtmlCell(heading, kind)],
        [HtmlRow([HtmlCell(text)], "total"), HtmlRow([HtmlCell(text, kind)])],
        "z-league",
    )
    page = seen(made)
    assert page.names == ["table", "thead", "tr", "th", "tbody", "tr", "td", "tr", "td"]
    assert page.text == heading + text + text
    classes = [attributes.get("class") for _, attributes in page.elements]
    of_kind = " ".join(f"z-{word}" for word in kind.split()) or None
    assert classes == ["z-league", None, None, of_kind, None, "z-total", None, None, of_kind]


def test_a_table_that_was_measured_says_how_wide_high_and_large_it_is() -> None:
    row = HtmlRow([HtmlCell("甲", "right on-watch")], "total", "height:4px")
    assert table([HtmlCell("乙")], [row], "z-a", widths=[1 / 3, 2 / 3], style="font-size:2px") == (
        '<table class="z-a" style="font-size:2px">'
        '<colgroup><col style="width:33.33%"><col style="width:66.67%"></colgroup>'
        "<thead><tr><th>乙</th></tr></thead>"
        '<tbody><tr class="z-total" style="height:4px"><td class="z-right z-on-watch">甲</td></tr></tbody></table>'
    )


@given(text=HOSTILE)
def test_markup_that_python_took_apart_or_put_into_text_is_text_again(text: str) -> None:
    strong = tag("b", text)
    assert seen(tag("p", f"{strong}")).text == strong
    assert seen(tag("p", title=strong)).elements == [("p", {"title": str(strong)})]


def test_markup_goes_in_as_it_is_and_text_only_escaped() -> None:
    assert tag("p", tag("b", "甲"), "<", classes="z-a z-b") == '<p class="z-a z-b"><b>甲</b>&lt;</p>'
    assert isinstance(tag("p"), Markup) and isinstance(joined(), Markup) and isinstance(joined("甲"), Markup)
    assert joined("甲", "<", between=BREAK) == "甲<br>&lt;" and joined("甲", "乙", between="&") == "甲&amp;乙"


def test_attributes_keep_their_order_and_what_is_not_given_is_left_out() -> None:
    assert tag("img", alt="", title=None, width=78) == '<img alt="" width="78">'
    assert tag("script", defer=True, src="/a.js") == '<script defer src="/a.js"></script>'
    assert tag("input", disabled=False) == "<input>"


def test_a_shape_of_a_drawing_is_closed_as_xml_wants_it() -> None:
    assert tag("svg", tag("rect", x="1.0", stroke_width="2"), viewBox="0 0 1 1") == (
        '<svg viewBox="0 0 1 1"><rect x="1.0" stroke-width="2"/></svg>'
    )
    assert tag("line", x1="0", y2="1") == '<line x1="0" y2="1"/>'


@pytest.mark.parametrize("name", ["", "b onload", "b>", "B", "/b", "!--", "<b"])
def test_what_is_no_name_of_an_element_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="element"):
        tag(name)


@pytest.mark.parametrize("name", ["", "onclick", "on", "a b", 'a="', "a/", "style>", "1x", "on1"])
def test_what_is_no_name_of_an_attribute_or_would_run_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        tag("b", **{name: "甲"})


@pytest.mark.parametrize("name", ["script", "style", "br", "col", "img", "rect"])
def test_where_nothing_is_escaped_or_nothing_stands_no_text_is_let_in(name: str) -> None:
    with pytest.raises(ValueError, match="no text"):
        tag(name, "甲")


def test_rules_for_one_page_cannot_end_their_element() -> None:
    assert style_sheet('@page { content: "甲" }') == '<style>@page { content: "甲" }</style>'
    with pytest.raises(ValueError, match="stylesheet"):
        style_sheet("</style><script>")
