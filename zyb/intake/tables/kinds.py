"""What a title says of the enterprises that are counted: 职业病危害严重用人单位, 外资企业 are some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zyb.intake.rosters import names_whole
from zyb.rulebook.lexicon.headings import GLUE, all_known, lexicon, plain_heading
from zyb.rulebook.sheets import sheet_words

COUNTED = re.compile(r"用人单位|企业")
# Whatever ends otherwise: a place, a year, a mark.
LETTERS = re.compile(r"[一-鿿]+$")
LONGEST_LOOKED_AT = 12
SHORTEST_KIND = 2


def kinds_of_enterprises(title: str) -> Iterator[str]:
    """Each kind of enterprises of which nothing is known that stands before the word for them; a title's places and
    the words of the field are none."""
    for found in COUNTED.finditer(title):
        before = LETTERS.search(title[: found.start()])
        kind = _unknown_end(before[0][-LONGEST_LOOKED_AT:]) if before else ""
        if len(kind) >= SHORTEST_KIND:
            yield kind + found[0]


def _unknown_end(text: str) -> str:
    """The end of a text that is neither a word of the field nor said of all enterprises nor a place."""
    for end in range(len(text), -1, -1):
        if not end or any(_is_known(text[start:end]) for start in range(end)):
            return text[end:]
    return ""


def _is_known(text: str) -> bool:
    """Whether a text is nothing but words of the field, or said of enterprises of any kind."""
    if text in sheet_words().of_all or text in GLUE or names_whole(text):
        return True
    return all_known(lexicon().meaning(plain_heading(text)).core)
