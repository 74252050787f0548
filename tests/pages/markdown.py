"""What Streamlit's Markdown would do with a label beside showing its letters: a small reader of its own.

The second reading below is copied from the scripts that Streamlit 1.67.0 sends to the browser.
"""

from __future__ import annotations

import re
import string

# -- the first reading: marks, escapes, code ------------------------------------------------

CODE = re.compile(r"`+")
# Marks that can begin something wherever they stand, and those that need the beginning of a line.
ANYWHERE = set("*_[]<>&$~:|!`\\^={}")
AT_THE_START = re.compile(
    r"\s*(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|\d{1,9}[.)](?=\s|$)|>|(?:[-*_]\s*){3,}$|={1,}$| {4})"
)

# -- the second reading: text that was read once ---------------------------------------------

AGAIN = (
    re.compile(r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)", re.I | re.A),
    re.compile(r"(?:^|(?<=\W)|(?<=_))([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)", re.A),
    re.compile(r":material_(\w+):", re.A),
    re.compile(r":streamlit:"),
    re.compile(r":[\w+-][\w+-]*:", re.A),
    re.compile(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)"),
)
# As the scripts write them; a new Streamlit that reads more or otherwise is noticed by this.
IN_THE_SCRIPTS = (
    r"[/(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)/gi,",
    r"[/(?<=^|\s|\p{P}|\p{S})([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/gu,",
    r"[[/:material_(\w+):/g,",
    r"[[/:streamlit:/g,",
    r"/:(?!material\/|streamlit:)[\w+-][\w_+-]*:/",
    "[[/(^|\\s)<->(\\s|$)/g,`$1↔$2`],[/(^|\\s)->(\\s|$)/g,`$1→$2`],[/(^|\\s)<-(\\s|$)/g,`$1←$2`],"
    "[/(^|\\s)--(\\s|$)/g,`$1—$2`],[/(^|\\s)>=(\\s|$)/g,`$1≥$2`],[/(^|\\s)<=(\\s|$)/g,`$1≤$2`],"
    "[/(^|\\s)~=(\\s|$)/g,`$1≈$2`]]",
    "replaceAll(`:material/`,`:material_`)",
)


class Read:
    """A label as it is read: its letters, and whatever in it is not a letter."""

    def __init__(self, source: str) -> None:
        self.source = source.replace(":material/", ":material_")
        self.letters, self.active = "", []
        self._text = ""
        if AT_THE_START.match(self.source):
            self.active.append(f"a mark at the start of {source!r}")
        self._read()
        self._end_of_text()

    def _read(self) -> None:
        at = 0
        while at < len(self.source):
            at = self._escape(at) or self._code(at) or self._letter(at)

    def _escape(self, at: int) -> int:
        if self.source[at] == "\\" and self.source[at + 1 : at + 2] in set(string.punctuation):
            self._text += self.source[at + 1]
            return at + 2
        return 0

    def _code(self, at: int) -> int:
        fence = CODE.match(self.source, at)
        if not fence:
            return 0
        closing = next((f for f in CODE.finditer(self.source, fence.end()) if f[0] == fence[0]), None)
        if closing is None:
            return 0
        inside = self.source[fence.end() : closing.start()]
        if inside.strip() and inside[0] == inside[-1] == " ":
            inside = inside[1:-1]
        self._end_of_text()
        self.letters += inside
        return closing.end()

    def _letter(self, at: int) -> int:
        letter = self.source[at]
        if letter in ANYWHERE:
            self.active.append(f"{letter!r} in {self.source!r}")
        self._text += letter
        return at + 1

    def _end_of_text(self) -> None:
        self.active += [f"{found[0]!r} read again" for rule in AGAIN if (found := rule.search(self._text))]
        self.letters += self._text
        self._text = ""


def active(source: str) -> list[str]:
    return Read(source).active


def letters(source: str) -> str:
    return Read(source).letters
