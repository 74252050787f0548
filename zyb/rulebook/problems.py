"""The catalogue of everything that can be wrong with a workbook, in words an official can act on.

Codes and severities are stable for programs; the sentences stand in data/rules/problems.toml.
An error blocks, a warning asks, a note informs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from string import Formatter

from zyb.errors import RulesError
from zyb.numerals import column_letters
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "problems.toml"
# So much of a pasted page tells which cell is meant.
LONGEST_SHOWN = 200
CELL_FIRST = "{cell}："
# What the program tells of a finding; each sentence names those that its code is called with.
NAMES = (
    "absent", "after", "after_day", "basis", "before", "before_day", "beside", "called", "cell",
    "cell_read", "cells", "column", "columns", "count", "county", "day", "days", "difference", "earlier",
    "expected", "filed", "first", "found", "given", "group", "heading", "how", "industry", "larger",
    "larger_number", "later", "latest", "ledger", "ledgers", "limit", "listed", "locked", "mark", "measure", "measures",
    "more", "named", "names", "number", "offer", "options", "other", "others", "ours", "own", "parts",
    "present", "province", "reason", "region", "regions", "rest", "row", "sheet", "sheet_read", "sheets",
    "shown", "smaller", "smaller_number", "suggestion", "sum", "taken", "tally", "theirs", "times",
    "title", "titled", "total", "value", "what", "when", "where", "whole", "word", "year",
)  # fmt: skip
SEVERITIES = ("error", "warning", "note")
SEVERITY_WORDS = {"error": "错误", "warning": "提醒", "note": "提示"}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding: where (sheet and cell, as Excel names them), what was found, why, how to mend."""

    severity: str
    code: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    aside: str
    """The message where the cell stands in a column of its own."""
    wherever: str
    """Message and remedy as they are for every row of the column: two cells that say the same say this."""

    def as_dict(self) -> dict[str, str]:
        """As programs read it."""
        said = asdict(self)
        del said["aside"], said["wherever"]
        return said


@dataclass(frozen=True)
class ProblemWords:
    title: str
    severity: str
    message: str
    remedy: str

    @property
    def words(self) -> set[str]:
        """The names that the sentence wants filled in."""
        text = self.message + self.remedy
        return {name for _, name, _, _ in Formatter().parse(text) if name}


@rule
def catalogue() -> dict[str, ProblemWords]:
    found = {}
    for code, table in toml.load(rules_file(FILE)).items():
        severity = table.choice("severity", SEVERITIES)
        found[code] = ProblemWords(
            table.text("title"), severity, *(table.text(key, names=NAMES) for key in ("message", "remedy"))
        )
        table.finish()
    return found


def cell_name(row: int, column: int) -> str:
    """Zero-based row and column as Excel shows them: (17, 2) → C18."""
    return f"{column_letters(column)}{row + 1}"


def _column(cell: str) -> str:
    place = cell_place(cell)
    return place[1] if place else cell


def cell_place(name: str) -> tuple[int, str] | None:
    """The line and the column letters of a cell as `cell_name` writes it: C18 → (18, C); None for no cell."""
    letters = name.rstrip("0123456789")
    number = name[len(letters) :]
    return (int(number), letters) if letters and number else None


def problem(code: str, sheet: str = "", cell: str = "", value: str = "", **words: object) -> Problem:
    if code not in catalogue():
        raise RulesError(FILE, code, "缺少这一条提示。")
    sentence = catalogue()[code]
    told = {"sheet": sheet, "cell": cell, "value": value, **words}
    filled = {name: _shown(word) if isinstance(word, str) else word for name, word in told.items()}
    return Problem(
        severity=sentence.severity, code=code, sheet=sheet, cell=cell, value=_shown(value),
        message=_filled(code, sentence.message, filled), remedy=_filled(code, sentence.remedy, filled),
        aside=_filled(code, sentence.message.removeprefix(CELL_FIRST), filled),
        wherever=_filled(code, sentence.message + sentence.remedy, {**filled, "cell": _column(cell), "row": ""}),
    )  # fmt: skip


def _filled(code: str, sentence: str, words: Mapping[str, object]) -> str:
    try:
        return sentence.format(**words)
    except (LookupError, ValueError, TypeError, AttributeError):
        known = "、".join(words)
        raise RulesError(
            FILE, code, f"花括号没有成对，或用了不认识的名称；这一句可用的名称有：{known}。"
        ) from None


def _shown(word: str) -> str:
    return word if len(word) <= LONGEST_SHOWN else f"{word[:LONGEST_SHOWN]}…"


def blocking(problems: Iterable[Problem]) -> bool:
    return any(found.severity == "error" for found in problems)


# A file that could not be read at all has a reason of its own, which is told when it is checked.
OTHER_KIND, OTHER_REMEDY = "文件无法读取", "请按核对时的提示改正。"


def kind_title(code: str) -> str:
    """A kind of problem as people call it."""
    return catalogue()[code].title if code in catalogue() else OTHER_KIND


def kind_remedy(code: str) -> str:
    """How to mend it, where that is the same for all of its kind."""
    known = catalogue().get(code)
    return known.remedy if known and "{" not in known.remedy else OTHER_REMEDY
