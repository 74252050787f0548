"""The steps of the guide to the rules, done as they are written: to a copy of what ships."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from zyb.rulebook.book import RULES

CAMPAIGN = "新增一个专项行动"
PLACE = "# data/rules/"


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def recipes(title: str) -> list[tuple[str, str]]:
    """File below data/rules and the text that a section of the guide tells to add to it."""
    guide = (RULES / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:toml|csv)\n(.*?)^```", section(guide, title), re.M | re.S)
    told = [block.partition("\n") for block in blocks]
    return [(place.removeprefix(PLACE), text) for place, _, text in told if place.startswith(PLACE)]


def rules_with(title: str, folder: Path) -> Path:
    """A copy of the rules in which each step of that section was done."""
    shutil.copytree(RULES, folder)
    for name, text in recipes(title):
        file = folder / name
        before = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if file.exists() else ""
        file.write_text(before + text, encoding="utf-8")
    return folder
