"""Answers as JSON, CSV and tables."""

from __future__ import annotations

import argparse
from typing import Any

from zyb.cli.terminal import say, say_lines
from zyb.cli.words import DONE
from zyb.inert import csv_text, json_text, visible
from zyb.letters import columns

STANDING_FIELDS = (
    "region", "numerator", "denominator", "value", "target", "pace", "gap", "remaining",
    "share_of_remaining", "rank", "verdict", "proposed_verdict", "override_reason",
    "as_of", "stale", "at_most", "asked", "regions", "regions_reported", "newly", "caveats",
)  # fmt: skip


def print_json(value: object) -> None:
    say_lines(json_text(value) + "\n")


def print_csv(rows: list[dict[str, Any]]) -> None:
    say_lines(csv_text([STANDING_FIELDS, *([row[name] for name in STANDING_FIELDS] for row in rows)]))


def number_text(number: int | None) -> str:
    return "—" if number is None else str(number)


def print_table(table: list[list[str]]) -> None:
    shown = [[visible(cell) for cell in row] for row in table]
    widths = [max(columns(row[column]) for row in shown) for column in range(len(shown[0]))]
    for row in shown:
        cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())


def print_remark(arguments: argparse.Namespace, done: str, before: str = "") -> int:
    """What was done, and whose decision it took the place of: a command shows nobody what it finds there."""
    if arguments.json:
        said = {
            "region": arguments.region,
            "measure": arguments.measure,
            "done": True,
            "before": before or None,
        }
        print_json(said)
    else:
        say(done + (f"此前{before}。" if before else ""))
    return DONE
