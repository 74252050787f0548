"""What differs between two uploads, or two days, as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.access import Permission, Viewer, insist
from zyb.changes import ROW_KINDS, RowChange, RowQuestionOfTwo, RowsCompared, changes_page
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.rows import PLACE_WIDTHS, WIDTHS
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.inquiries.model import Inquiry
from zyb.inquiries.words import name_of_file
from zyb.numerals import count
from zyb.store import Store

PORTION = 5_000
HOW = (
    "先按统一社会信用代码、再按县区内的名称对应；两边各剩一行的为同一行，一边没有的为新增或减少，"
    "仍有多行分不清的列为无法对应，不作推断。"
)

SAME_UPLOADS = "两天采用同一批次的地区没有变化，不再逐行比较，也不计入“相同”。"


def asked_of(question: RowQuestionOfTwo) -> Inquiry:
    """Under which name the file is kept."""
    days = tuple(dict.fromkeys((question.after.on, question.before.on)))
    snapshots = (*question.before.snapshots, *question.after.snapshots)
    return Inquiry(
        ledger_id=question.ledger_id, province=question.province, days=days,
        snapshots=tuple(dict.fromkeys(snapshots)) if len(snapshots) <= len(days) * 2 else (),
    )  # fmt: skip


def row_changes_taken(
    store: Store, found: RowsCompared, kind: str = "", *, to: Viewer, warning: str = ""
) -> TakenTable:
    """`NotPermitted` for whom it is not."""
    question = found.question
    insist(to, Permission.EXPORT)
    if question.unmasked:
        insist(to, Permission.UNMASK)
    total = found.number(kind)

    def portions() -> Iterator[list[TakenRow]]:
        for page in range(-(-total // PORTION)):
            yield [_row(one) for one in changes_page(store, found, kind, page + 1, PORTION)]

    title = f"{question.ledger.title}：{question.after.title}与{question.before.title}比较"
    return TakenTable(
        name=name_of_file(asked_of(question), mark_of(warning)), on=question.after.on, title=title, aside="　".join(filter(None, (warning, counts_told(found)))),
        warning=warning, columns=_columns(question), total=total, portions=portions, sums=(),
        notes=tuple(_notes(found, warning)), kept=2,
    )  # fmt: skip


def counts_told(found: RowsCompared) -> str:
    told = [f"{title}{count(found.number(kind))}行" for kind, title in ROW_KINDS.items()]
    return "，".join([*told, f"相同{count(found.counts.get('same', 0))}行"])


def _columns(question: RowQuestionOfTwo) -> tuple[PouredColumn, ...]:
    own = (
        PouredColumn(field.title, field.kind, PLACE_WIDTHS.get(field.name, WIDTHS.get(field.kind, 12)))
        for field in question.fields
    )
    places = (PouredColumn(title, "text", 16) for title in ("原位置", "现位置"))
    return (PouredColumn("变化", "text", 10), PouredColumn("修改内容", "text", 40), *own, *places)


def _row(one: RowChange) -> TakenRow:
    places = (f"批次{place.snapshot} {place.told}" if place else None for place in (one.before, one.after))
    return (one.title, one.told or None, *one.cells, *places)


def _notes(found: RowsCompared, warning: str) -> Iterator[tuple[str, str]]:
    question = found.question
    if warning:
        yield "注意", warning
    yield "比较内容", f"{question.province}《{question.ledger.title}》，依据：{question.ledger.basis}"
    yield "原为", question.before.title
    yield "现为", question.after.title
    yield "合计", counts_told(found)
    yield "怎样对应", HOW + ("" if question.of_uploads else SAME_UPLOADS)
    if masked := [field.title for field in question.fields if field.personal]:
        yield (
            "个人信息",
            f"{'、'.join(masked)}{'已显示全部内容，请注意保管。' if question.unmasked else '只显示第一个字。'}",
        )
