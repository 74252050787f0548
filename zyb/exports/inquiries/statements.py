"""The rows of a person's own statement, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.access import Permission, Viewer, insist
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.rows import WIDTHS
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.numerals import count
from zyb.periods import chinese_day
from zyb.sqldesk import DeskAnswer, answer_columns, answer_rows

PORTION = 5_000
TITLE = "查询语句结果"


def statement_file(answer: DeskAnswer, warning: str = "") -> str:
    """Without its ending."""
    return "_".join(filter(None, (mark_of(warning), TITLE, answer.on.isoformat())))


def statement_taken(answer: DeskAnswer, *, to: Viewer, warning: str = "") -> TakenTable:
    """`NotPermitted` for whom it is not."""
    insist(to, Permission.EXPORT)
    insist(to, Permission.QUERY)
    table = answer.found.table
    total = table.num_rows

    def portions() -> Iterator[list[TakenRow]]:
        return (answer_rows(table, start, PORTION) for start in range(0, total, PORTION))

    told = [warning] if warning else []
    told += [f"{chinese_day(answer.on)}查询", rows_told(answer)]
    return TakenTable(
        name=statement_file(answer, warning), on=answer.on, title=TITLE, aside="　".join(told), warning=warning,
        columns=tuple(PouredColumn(one.title, one.kind, WIDTHS.get(one.kind, 14)) for one in answer_columns(table)),
        total=total, portions=portions, sums=(), notes=tuple(_notes(answer, warning)), kept=0,
    )  # fmt: skip


def rows_told(answer: DeskAnswer) -> str:
    rows = count(answer.found.table.num_rows)
    return f"只取前{rows}行，其余未列出" if answer.found.cut else f"共{rows}行"


def _notes(answer: DeskAnswer, warning: str) -> Iterator[tuple[str, str]]:
    if warning:
        yield "注意", warning
    yield "查询语句", answer.statement
    yield "数据", f"{chinese_day(answer.on)}各地有效批次，不含个人信息"
    yield "行数", rows_told(answer)
