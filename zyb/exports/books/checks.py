"""What a cell of a form accepts, and the note that says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from zyb.rulebook.columns import Column

LONGEST_NOTE = 250  # Excel shows 255 characters beside a cell
EARLIEST = date(2000, 1, 1)
# Excel's own check by the type of a column. A code may fail and still be right: there it only asks.
CHECKS: dict[str, dict[str, Any]] = {
    "count": {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "stop"},
    "percent": {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "error_type": "stop",
    },
    "year": {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2099},
    "uscc": {"validate": "length", "criteria": "==", "value": 18, "error_type": "warning"},
}


def noted(check: dict[str, Any], title: str, note: str) -> dict[str, Any]:
    return {
        **check,
        "input_title": title[:32],
        "input_message": note[:LONGEST_NOTE],
        "error_title": "请核对",
        "error_message": note[:LONGEST_NOTE],
    }


def list_check(name: str, title: str, note: str, strictness: str) -> dict[str, Any]:
    check: dict[str, Any] = {"validate": "list", "source": f"={name}"}
    check |= {"error_type": strictness} if strictness else {"show_error": False}
    return noted(check, title, note)


def strictness(column: Column) -> str:
    """Several choices or words of one's own cannot come from a drop-down; an unknown county is asked about."""
    if column.multiple or column.detail:
        return ""
    return "warning" if column.type == "county" else "stop"


def day_check(title: str, note: str) -> dict[str, Any]:
    between = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": "=TODAY()"}
    return noted(between, title, note)
