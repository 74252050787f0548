"""Letters in one spelling: full width as half width, ligatures and squared words taken apart (Unicode's NFKC)."""

from __future__ import annotations

import unicodedata

# Long runs of accents take the square of their number to be put in order, so long texts are folded piece by piece.
# Only an accent right at a border could be written otherwise for it, in a text that is longer than any name.
PIECE = 256


def folded(text: str) -> str:
    if len(text) <= PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[at : at + PIECE] for at in range(0, len(text), PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)
