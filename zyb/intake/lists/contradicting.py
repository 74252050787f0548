"""What a row says against being counted: a 否 where the list is of those that are, a remark 作废, a day still to come.

None of it is the program's to decide; each is pointed out, and the row is counted as it stands.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.flags import NO_WORDS
from zyb.intake.lists.checks import report_values
from zyb.intake.lists.lines import mask
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.headings import lexicon

# A remark, a state or a reason beside a row.
BESIDE = r"备注|说明|状态|情况|去向|原因|标注"
AGAINST = r"作废|已删|删除|重复|移交|已?注销|吊销|已?关闭|已?关停|已?搬迁|已?退出|误[报填]|不再纳入|取消|实际未|不计入|未超标|无超标|不超标|没有超标"
# Said where a hazard that exceeds its limit should be named.
NONE_EXCEEDS = r"^(?:无|没有|未超标|无超标|不超标|均?合格|均?达标)$"


def tell_contradicting(reader: ListReader, table: pa.Table, day: date | None) -> None:
    for at in reader.found.unknown:
        if "question" in lexicon().meaning(at.heading).core:
            _tell(reader, at, pc.is_in(reader.texts(at), value_set=pa.array(sorted(NO_WORDS), pa.string())))
    for at in (*reader.found.unknown, *reader.found.fields.get("note", ())):
        if pc.match_substring_regex(pa.scalar(at.heading), BESIDE).as_py():
            _tell(reader, at, pc.match_substring_regex(reader.texts(at), AGAINST))
    if reader.ledger.has("hazards") and not reader.ledger.column("hazards").options:
        for at in reader.found.fields.get("hazards", ()):
            _tell(reader, at, pc.match_substring_regex(reader.texts(at), NONE_EXCEEDS))
    if day:
        _still_to_come(reader, table, day)


def _tell(reader: ListReader, at: ColumnFound, said: pa.Array) -> None:
    words = {"heading": at.heading, "ledger": reader.ledger.title}
    report_values(reader, "says_otherwise", at, np.flatnonzero(mask(said)), reader.texts(at), {}, **words)


def _still_to_come(reader: ListReader, table: pa.Table, day: date) -> None:
    """Done after the day that the report is of."""
    for column in (one for one in reader.ledger.stored if one.type == "date"):
        at = reader.field_of(column)
        if at is None:
            continue
        values = table[column.name]
        later = mask(pc.greater(values, pa.scalar(day)))
        later &= mask(pc.less_equal(values, pa.scalar(reader.context.today)))  # a day to come is refused
        words = {"column": column.title, "day": day.isoformat()}
        report_values(reader, "after_the_report", at, np.flatnonzero(later), values, {}, **words)
