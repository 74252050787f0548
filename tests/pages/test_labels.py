"""Words in labels stand letter by letter, and grids hand out nothing that a spreadsheet would run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests import books
from tests.pages.markdown import IN_THE_SCRIPTS, active, letters
from zyb.inert import visible
from zyb.settings import ROOT
from zyb.ui.frame.grids import _shares_as_numbers, cell
from zyb.ui.frame.labels import literal

SOURCES = [*sorted((ROOT / "zyb" / "ui").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
PARTS = [
    "http://e.cn/a?b=c", "HTTPS://x.y", "www.e.cn", "a@b.cn", "mailto:a@b.cn", "**", "*", "__", "_", "~~", "`", "``", "$x$", "$$",
    ":smile:", ":+1:", ":material/home:", ":material_home:", ":material/", ":streamlit:", ":red[甲]", ":red", "::a", "[x](http://e.cn)",
    "![i](http://e.cn)", "<b>", "<!-- c -->", "&amp;", "&#42;", "\\", "#", "# ", "1. ", "2) ", "- ", "+ ", "> ", "---", "===", "| a |",
    "->", "<-", "<->", "--", ">=", "<=", "~=", "西安", "a", "1", "-3.2", " ", "  ", "\n", "\t", "\r", "[^1]", "](", "://", "http", "www",
    ".", "@", ":", "/", "\u3000", "\u202e", "\x1b",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PARTS) | st.characters(codec="utf-8"), max_size=8).map("".join)


@settings(max_examples=500)
@given(HOSTILE)
def test_every_letter_is_shown_and_nothing_else_happens(text):
    label = literal(text)
    assert active(label) == []
    assert letters(label) == " ".join(visible(text).split())


@pytest.mark.parametrize("part", PARTS)
def test_each_of_these_by_itself(part):
    assert active(literal(part)) == []
    assert letters(literal(f"“{part}”")) == " ".join(visible(f"“{part}”").split())


@pytest.mark.parametrize(
    "text",
    [
        "西安市",
        "进展（2024-03-01）",
        "专项治理完成率",
        "1,234 行",
        "54.8%",
        "2024年3月/4月",
        "a.xlsx",
        "３处",
        "2025—2026",
    ],
)
def test_what_people_usually_write_needs_no_mark(text):
    assert literal(text) == text


@pytest.mark.parametrize(
    "raw",
    [
        "[甲](http://e.cn)",
        "见 www.e.cn",
        "**甲**",
        ":material/home:",
        "a@b.cn",
        "# 甲",
        "1. 甲",
        "$x$",
        "a -> b",
    ],
)
def test_the_reader_of_this_test_sees_what_a_raw_label_would_do(raw):
    assert active(raw)


def test_streamlit_still_reads_labels_as_this_test_does():
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    written = "".join(file.read_text(encoding="utf-8") for file in scripts.glob("StreamlitMarkdown.*.js"))
    assert [rule for rule in IN_THE_SCRIPTS if rule not in written] == []


# -- every label ----------------------------------------------------------------------------

# Method → where its Markdown stands: positions, and names.
LABELS = {
    **dict.fromkeys(
        ("markdown", "caption", "selectbox", "button", "expander", "error", "warning", "info", "success", "toast", "tabs",
         "download_button", "radio", "pills", "multiselect", "segmented_control", "text_input", "text_area", "checkbox", "toggle",
         "header", "subheader", "title", "link_button", "popover", "status", "spinner", "file_uploader", "date_input",
         "number_input", "form_submit_button", "slider", "select_slider", "dialog", "badge", "exception", "metric", "feedback"),
        (0,),
    ),
    "progress": (1,),
}  # fmt: skip
NAMED = {"label", "body", "text", "help", "caption", "captions", "delta"}
OFFERING = {"radio", "pills", "segmented_control"}
# Not Streamlit's, though they are called alike.
OTHERS = {"log", "look", "paper", "plotted", "charts", "parser"}
# Markdown that we wrote ourselves: the chapters of the guide.
# Plain text with a button that copies it: what is sent to who is late.
OUR_OWN = {("help.py", "tabs"), ("help.py", "markdown"), ("reminding.py", "code")}
NEVER = {"write", "json", "table", "code", "latex", "echo", "help", "data_editor"}


def streamlit_calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if owner not in OTHERS and (path.name, node.func.attr) not in OUR_OWN:
                yield node.func.attr, node


def raw(method: str, call: ast.Call) -> Iterator[ast.expr]:
    """What the call would have read as Markdown and is neither written out in the source nor literal."""
    said = [call.args[place] for place in LABELS[method] if place < len(call.args)]
    said += [word.value for word in call.keywords if word.arg in NAMED]
    if method in OFFERING and not any(ast.unparse(word) == "format_func=literal" for word in call.keywords):
        said += call.args[1:2]
    yield from (one for one in said if not is_inert(one))


def is_inert(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Name():
            return node.id.isupper()
        case ast.Call():
            return ast.unparse(node.func) == "literal"
        case ast.IfExp():
            return is_inert(node.body) and is_inert(node.orelse)
        case ast.List() | ast.Tuple():
            return all(map(is_inert, node.elts))
    return False


def test_every_label_is_written_out_or_literal():
    calls = [(path, *found) for path in SOURCES for found in streamlit_calls(path)]
    assert len(calls) > 100
    offenders = [
        f"{path.name}:{call.lineno}: {method}({ast.unparse(one)})"
        for path, method, call in calls
        if method in LABELS
        for one in raw(method, call)
    ]
    assert offenders == []


def test_streamlit_is_never_left_to_choose_how_to_show_something():
    calls = [(path, *found) for path in SOURCES for found in streamlit_calls(path)]
    assert len(calls) > 100
    offenders = [
        f"{path.name}:{call.lineno}: {method}"
        for path, method, call in calls
        if method in NEVER and ast.unparse(call.func).startswith("st.")
    ]
    assert offenders == []


# -- grids ------------------------------------------------------------------------------------


def test_there_is_no_other_door_to_the_grid():
    offenders = [
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"dataframe", "data_editor", "table"}
        and (node.attr == "dataframe" or ast.unparse(node.value) == "st")
    ]  # fmt: skip
    assert offenders == ["grids.py"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"), (" +1+1", "' +1+1"), ("＝1", "'＝1"), ("甲\r=1\r\n=2", "甲\n=1\n=2"), ("\r=1", "'\n=1"),
        ("-44.6", "-44.6"), ("−44.6", "−44.6"), ("+1.8%", "+1.8%"), ("-", "-"), ("——", "——"), ("西安市", "西安市"), (-3, -3), (None, None),
    ],
)  # fmt: skip
def test_a_cell_of_a_grid(text, shown):
    assert cell(text) == shown


def hostile_grids() -> None:
    import pandas as pd

    from zyb.ui.frame.grids import grid

    grid([{"=名称": "=1+1", "数": -3.2}, {"=名称": "甲", "数": None}], hide_index=True)
    grid(
        pd.DataFrame([["@1", "-"]], index=["9"], columns=["A", "B"]),
        colours=lambda column: ["color:red"] * len(column),
    )


def test_rows_and_coloured_tables_go_through_the_same_door():
    first, second = AppTest.from_function(hostile_grids).run().dataframe
    assert first.value.to_dict("list")["'=名称"] == ["'=1+1", "甲"]
    assert first.value["数"][0] == -3.2 and pd.isna(first.value["数"][1])
    assert second.value.loc["9"].tolist() == ["'@1", "-"]


# What a column of shares becomes: numbers as they were printed, or text where they were not all printed alike.
SHARES = """
    cells             | printed
    54.8% 100.0%      | 54.8 100.0 %.1f%%
    5% 12% —          | 5.0 12.0 - %.0f%%
    54.8% 100%        | -
    −5.0% 3.0%        | -
    0610 2614         | -
    54.8% 西安        | -
"""


@pytest.mark.parametrize(("cells", "printed"), books.table(SHARES)[1:])
def test_a_column_of_shares_is_sorted_as_numbers_and_printed_as_it_was_told(cells, printed):
    rows = [{"列": word} for word in cells.split()]
    numbered, found = _shares_as_numbers(rows, {})
    if printed == "-":
        assert (numbered, found) == (rows, {})
        return
    *wanted, form = printed.split()
    assert [one["列"] for one in numbered] == [None if one == "-" else float(one) for one in wanted]
    assert found["列"]["type_config"]["format"] == form
    assert _shares_as_numbers(rows, {"列": None}) == (rows, {})
