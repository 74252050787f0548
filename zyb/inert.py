"""What leaves is inert: text of files and people as a cell of a CSV, and on a terminal, obeys nothing and runs nothing.

A spreadsheet takes a cell of a CSV for a formula by its first letter. The customary apostrophe before it makes
it text; `original` takes the apostrophe off again where this module put it, so nothing is lost on the way back.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from zyb import letters

# Blanks, marks of byte order and of no width: a spreadsheet looks for its sign behind them.
BLANK = "[ \t\r\n\v\f\u00a0\u3000\u2000-\u200f\u2060\ufeff]*"
# Patterns without anything that Arrow's engine (RE2) does not know: the reading process asks them too.
FORMULA = f"'*{BLANK}[=+\\-@＝＋－＠\t\r\n]"
NUMBER = "[ \u00a0\u3000]*[+\\-＋－]?[0-9][0-9,]*(\\.[0-9]+)?([eE][+\\-]?[0-9]+)?[%％]?[ \u00a0\u3000]*"
_FORMULA, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)

# What no screen shows: control characters, letters that are not seen, halves of a character, tags.
UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{letters.UNSEEN}\ud800-\udfff\U000e0000-\U000e007f]")
# What turns the direction of writing: the rest of a paragraph may be drawn backwards for it.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
INSTEAD = "\ufffd"


def unturned(text: str) -> str:
    return TURNING.sub("", text)


def straightened(value: Any) -> Any:
    """A record, and all records, tuples and tables in it, with every text unturned."""
    if isinstance(value, str):
        return value if type(value) is not str else unturned(value)  # a word of our own lists is no text
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(straightened(each) for each in value)
    if isinstance(value, dict):
        return {key: straightened(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        said = {each.name: getattr(value, each.name) for each in fields(value)}
        plain = {name: straightened(each) for name, each in said.items()}
        changed = {
            name: each for name, each in plain.items() if each is not said[name] and each != said[name]
        }
        return replace(value, **changed) if changed else value
    return value


# -- spreadsheets -----------------------------------------------------------------------


def runs(text: str) -> bool:
    """Whether a spreadsheet would take the text for more than text; a plain number such as -3.2 or +1.8% is one."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def protected(value: object) -> object:
    """A value as a cell; whoever reads the cell back with `original` has the value."""
    return f"'{value}" if isinstance(value, str) and runs(value) else value


def original(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and runs(cell[1:]) else cell


def csv_text(rows: Iterable[Sequence[object]], line_end: str = "\n") -> str:
    """The only door for CSV that leaves."""
    return "".join(_line(row) + line_end for row in rows)


def _line(row: Sequence[object]) -> str:
    """The writer puts only those breaks into quotation marks that end its own lines: let it end them with both."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow([protected(value) for value in row])
    return text.getvalue()[:-2]


def spelt_wrong(text: str) -> bool:
    """Whether it holds what is no text at all: bytes in another encoding, halves of a character."""
    return bool(re.search("[\ud800-\udfff]", text))


def file_name(name: str) -> str:
    """The name of a file as text: one of an older system is in the Chinese encoding of its time."""
    if not spelt_wrong(name):
        return name
    try:
        return os.fsencode(name).decode("gb18030")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return UNSEEN.sub(INSTEAD, name)


# -- terminals ----------------------------------------------------------------------------


def visible(text: str, keep: str = "") -> str:
    """The text with nothing in it that a terminal obeys or hides: a blank for a break of the line, else �."""
    return UNSEEN.sub(lambda found: _shown(found[0], keep), text)


def _shown(letter: str, keep: str) -> str:
    if letter in keep:
        return letter
    return " " if letter in BREAKS else INSTEAD


def json_text(value: object) -> str:
    """JSON in readable Chinese; what no screen shows is written as \\u…, which is the same to whoever reads JSON."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], written)
