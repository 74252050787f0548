"""Answers as JSON, CSV and tables."""

from __future__ import annotations

import argparse
import csv
import io
import json
import unicodedata
from typing import Any

from zyb.cli.words import DONE

STANDING_FIELDS = (
    "region", "numerator", "denominator", "value", "target", "pace", "gap", "remaining",
    "share_of_remaining", "rank", "verdict", "proposed_verdict", "override_reason",
    "as_of",
)  # fmt: skip


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(rows: list[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, STANDING_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    print(text.getvalue(), end="")


def number_text(number: int | None) -> str:
    return "—" if number is None else str(number)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def print_table(table: list[list[str]]) -> None:
    widths = [max(_width(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_remark(arguments: argparse.Namespace, done: str) -> int:
    if arguments.json:
        print_json({"region": arguments.region, "measure": arguments.measure, "done": True})
    else:
        print(done)
    return DONE
