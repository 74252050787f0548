"""What leaves runs nothing in a spreadsheet and moves nothing on a terminal, and nothing is lost on the way back."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyb.inert import csv_text, json_text, original, protected, visible
from zyb.reading import delimited, read_workbook

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "zyb").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
SIGNS = "=+-@＝＋－＠\t\r\n"
# Text with a good chance of everything that matters here.
TEXTS = st.text(
    st.sampled_from("=+-@＝＋－＠\t\r\n '\"\ufeff\u3000\u200b,;1.2%A西") | st.characters(), max_size=12
)


def begins_as_a_formula(text: str) -> bool:
    bare = text.lstrip(" \u3000\xa0\ufeff\u200b")
    return bare[:1] != "" and bare[0] in SIGNS


# -- cells --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["=cmd|'/c calc'!A1", "+86 10 1234", "-1+1", "@SUM(1)", "\t=1", "\r1", "\n1", " =1", "\ufeff=1", "　－1＋1", "＝1", "＋甲", "＠甲", "-"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_the_customary_apostrophe(text):
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize(
    "value",
    [
        "-3.2",
        "+1.8%",
        "−44.6",
        "-1,234.5",
        "-1e-5",
        " -3 ",
        "610100",
        "西安市",
        "3-5",
        "a=b",
        "",
        -3.2,
        5,
        None,
        True,
    ],
)
def test_plain_numbers_and_text_stay_as_they_are(value):
    assert protected(value) is value


@given(TEXTS)
def test_no_cell_begins_as_a_formula_unless_it_is_a_number(text):
    cell = protected(text)
    number = re.fullmatch(r"[ \u3000\xa0]*[+\-＋－][\d,.eE+\-]+[%％]?[ \u3000\xa0]*", text)
    assert number or not begins_as_a_formula(cell)


@given(TEXTS)
def test_a_cell_read_back_is_the_text_that_it_was(text):
    assert original(protected(text)) == text


@given(st.lists(TEXTS.filter(lambda text: not re.search("[\ud800-\udfff]", text)), min_size=1))
def test_the_reading_process_takes_off_the_same_apostrophes(texts):
    assert delimited._originals(pa.array(texts, pa.string())).to_pylist() == [
        original(text) for text in texts
    ]


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_a_table_read_back_is_the_table_that_it_was(rows):
    cells = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert [[original(cell) for cell in row] for row in cells] == rows


def test_our_own_intake_reads_what_we_wrote():
    """A code or a name that was protected comes back without its apostrophe."""
    rows = [["地区", "代码", "备注"], ["西安市", "-91610100MA6U", "=SUM(A1)"], ["宝鸡市", "'已核'", "-3.2"]]
    sheet = read_workbook(csv_text(rows).encode("utf-8-sig"), "表.csv").sheets[0]
    assert [list(row.values()) for row in sheet.table.to_pylist()] == rows


def test_there_is_no_other_door_for_csv():
    written = [
        f"{path.relative_to(ROOT)}: {node.attr}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"to_csv", "DictWriter", "write_csv", "writer"}
        and (node.attr != "writer" or ast.unparse(node.value) == "csv")
    ]  # fmt: skip
    copied = [path.name for path in SOURCES if re.search(r"\bcopy\b.*\bto\b.*csv|from csv import", path.read_text(encoding="utf-8"), re.I)]  # fmt: skip
    assert written == ["zyb/inert.py: writer"]
    assert copied == []


# -- terminals ----------------------------------------------------------------------------

OBEYED = "\x1b\x00\x07\x08\x7f\x85\x9b\u200b\u200e\u202a\u202e\u2066\u2069\ufeff\ud800"


def is_obeyed(letter: str) -> bool:
    """A control, a mark of format or half a character, by the standard's own classes."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


# These marks of format are drawn, or belong to the drawing of Arabic and of music.
DRAWN = {
    "\u0600",
    "\u0601",
    "\u0602",
    "\u0603",
    "\u0604",
    "\u0605",
    "\u06dd",
    "\u070f",
    "\u0890",
    "\u0891",
    "\u08e2",
}


@given(st.text(st.sampled_from(OBEYED + "甲a") | st.characters(max_codepoint=0xFFFF)))
def test_a_terminal_is_given_nothing_that_it_obeys(text):
    shown = visible(text)
    assert not [letter for letter in shown if is_obeyed(letter) and letter not in DRAWN]
    assert len(shown) == len(text)


@given(st.text(st.sampled_from("甲乙西安市abc −—，。🐳𠮷 0%()")))
def test_ordinary_text_is_shown_as_it_is(text):
    assert visible(text) == text


def test_a_line_cannot_be_forged():
    assert visible("甲\n批次 1 已撤回。\r\n") == "甲 批次 1 已撤回。  "
    assert visible("甲\n\x1b[2J乙\r", keep="\n") == "甲\n�[2J乙 "


@given(st.recursive(st.text(st.sampled_from(OBEYED + '甲a\n"\\') | st.characters()), st.lists, max_leaves=5))
def test_json_says_the_same_and_shows_nothing_that_is_obeyed(value):
    text = json_text(value)
    assert json.loads(text) == value
    assert not [letter for letter in text.replace("\n", "") if letter in OBEYED]
    text.encode()
