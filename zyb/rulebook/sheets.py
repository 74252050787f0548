"""What the name of a sheet or its title says of the whole sheet: that it is not the one to be reported."""

from __future__ import annotations

import re

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "sheets.toml"
WITHOUT = r"(?<!不含)(?<!剔除)(?<!不含已)(?<!剔除已)"


@rule
def _set_aside() -> re.Pattern[str]:
    table = toml.load(rules_file(FILE))
    below = table.table("set_aside")
    words = below.texts("words")
    below.finish()
    table.finish()
    return re.compile(f"{WITHOUT}({'|'.join(map(re.escape, words))})")


def check_sheets() -> None:
    """A slip in the file is told with those of the other rules."""
    _set_aside()


def set_aside_by(text: str) -> str:
    """The word in a text without blanks that sets the sheet aside; blank where there is none."""
    found = _set_aside().search(text)
    return found[1] if found else ""
