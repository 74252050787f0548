"""What of a text people see is not Chinese: the words that a scan of any page must not find."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Names of formats, programs and documents that have no Chinese name, as people write them.
FORMATS = "xlsx xlsm xls xlsb ods et csv parquet txt pdf ofd html mhtml xml zip utf docx pptx gs gb mb kb"
ALLOWED = frozenset([*FORMATS.split(), "excel", "wps", "word", "ppt", "sheet"])
WORD = re.compile(r"[A-Za-z]+")
# Check sums are digits and letters mixed; an address of a cell is letters and digits (C7).
NOT_WORDS = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,64}\b|\b[A-Z]{1,3}\d{1,7}\b")


def english_words(texts: Iterable[str]) -> list[str]:
    """Each English word with the text that it stands in, for the message of a failed test."""
    found = []
    for text in texts:
        bare = NOT_WORDS.sub(" ", text)
        words = [word for word in WORD.findall(bare) if len(word) > 1 and word.lower() not in ALLOWED]
        if words:
            found.append(f"{' '.join(words)}: {text[:80]}")
    return found
