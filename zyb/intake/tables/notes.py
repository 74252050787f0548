"""Lines below a table that belong to nobody in it: notes, signatures, sources."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.values import narrow
from zyb.reading import Sheet
from zyb.rulebook.sheets import sheet_words

# Far more lines than any form has of notes; a list of firms called 注… is not searched to its end.
NOTES_LOOKED_AT = 1000
# With all their blanks.
OPENING_WORDS = 200


def is_note(text: str) -> bool:
    """Whether a text begins as such lines do, however its words are spaced."""
    return re.match(sheet_words().below, narrow(text.lstrip()[:OPENING_WORDS])) is not None


def asks_for_a_number(text: str) -> bool:
    """“联系电话”, “填表日期：”: the number beside it is no count."""
    return narrow(text[:OPENING_WORDS]).rstrip(":").endswith(("电话", "日期", "时间", "手机", "传真", "邮编"))


def note_lines(sheet: Sheet, first: int) -> list[str]:
    """The lines from `first` on that are notes. Only those whose first cell begins like one are looked at as lines."""
    rows = sheet.table.slice(first)
    start = pa.chunked_array([pa.nulls(len(rows), pa.string())])
    for column in rows.columns:
        if not start.null_count:
            break
        start = pc.coalesce(start, column)
    likely = pc.indices_nonzero(pc.match_substring_regex(start, sheet_words().below_anyhow))[
        -NOTES_LOOKED_AT:
    ]
    lines = [" ".join(filter(None, row.values())) for row in rows.take(likely).to_pylist()]
    return [line for line in lines if is_note(line)]
