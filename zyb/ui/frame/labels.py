"""Words in labels and messages, letter by letter.

Streamlit reads labels, options, messages and tooltips as Markdown, and then looks through what it has read for
addresses, `:material/…:`, emoji and arrows. A backslash keeps a mark from the first reading but not from the
second, which leaves only code alone; so the few words that it would change are shown as code, all others as they are.

Everything that is not written out in the source goes through here, since names, headings, file names and notes
come from files and people, and titles from rules that people edit.
"""

from __future__ import annotations

import re

from zyb.inert import visible

WORD = re.compile("[!-~]+")
# What the second reading takes for an address, an icon, an emoji or an arrow.
READ_AGAIN = re.compile(
    r"https?://|www\.|[\w.+-]@[\w-]|:[\w+-]+:|:material[/_]|^(<->|->|<-|--|>=|<=|~=)$",
    re.IGNORECASE | re.ASCII,
)
# Marks that mean something between letters too; the others only where no letter stands beside them.
MARKS = re.compile(r"[\\`*_{}\[\]()#+!|~<>$&:@=^\"']|(?<!\w)[-.]|[-.](?!\w)")
# Streamlit turns this into something else before anything is read, even within code.
ICON = ":material/"


def literal(said: object) -> str:
    """The text as Markdown that shows each of their letters; breaks of lines become blanks, unseen letters �."""
    text = " ".join(visible(str(said)).split())
    shown, end = "", 0
    for word in WORD.finditer(text):
        shown += text[end : word.start()] + _word(text, word)
        end = word.end()
    return shown + text[end:]


def _word(text: str, word: re.Match[str]) -> str:
    if READ_AGAIN.search(word[0]):
        return _code(word[0])
    marks = ((mark.start(), mark[0]) for mark in MARKS.finditer(text, word.start(), word.end()))
    shown, end = "", word.start()
    for place, mark in marks:
        shown += f"{text[end:place]}\\{mark}"
        end = place + 1
    return shown + text[end : word.end()]


def _code(word: str) -> str:
    if ICON in word:
        before, after = word.split(ICON, 1)
        return f"{_code(before + ':')}m{_code('aterial/' + after)}"
    longest = max((len(run) for run in re.findall("`+", word)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if word[0] == "`" or word[-1] == "`" else ""
    return f"{fence}{blank}{word}{blank}{fence}"
