"""The rows of a ledger that an inquiry asked for, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from zyb.access import Permission, Viewer, insist
from zyb.answers.inquiring import Namer
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.inquiries.fields import COUNTY, FILE, REGION, InquiryField
from zyb.inquiries.question import DaySum, RowQuestion
from zyb.inquiries.words import days_told, filters_told, name_of_file, title_of
from zyb.numerals import count
from zyb.periods import chinese_day, chinese_moment
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import load_roster
from zyb.store import Snapshot, Store

WIDTHS = {"uscc": 22, "date": 12, "count": 9, "flag": 13, "industry": 9, "choice": 14, "text": 24}
PLACE_WIDTHS = {REGION: 13, COUNTY: 12, FILE: 34}
IN_FORCE = "各地区取该日当天或以前数据截至日最近、没有撤回的批次；县区自行报送的，以县区的为准。"


def rows_taken(
    store: Store, question: RowQuestion, sums: Sequence[DaySum], *, to: Viewer, warning: str = ""
) -> TakenTable:
    """`NotPermitted` for whom it is not; what is `unmasked` is for whoever may see personal data."""
    insist(to, Permission.EXPORT)
    if question.unmasked:
        insist(to, Permission.UNMASK)
    asked = question.asked
    named = Namer(store, asked)
    total = sum(one.rows for one in sums)

    def portions() -> Iterator[list[TakenRow]]:
        return ([named(row) for row in rows] for rows in store.asked_rows(question))

    return TakenTable(
        name=name_of_file(asked, mark_of(warning)), on=max(asked.days), title=title_of(asked), aside=_aside(question, total, warning), warning=warning,
        columns=tuple(map(_column, asked.shown)), total=total, portions=portions,
        sums=tuple(_sum_line(question, one) for one in sums), notes=tuple(_notes(store, question, sums, warning)), kept=_kept(asked.shown),
    )  # fmt: skip


def _column(field: InquiryField) -> PouredColumn:
    return PouredColumn(field.title, field.kind, PLACE_WIDTHS.get(field.name, WIDTHS.get(field.kind, 12)))


def _kept(shown: Sequence[InquiryField]) -> int:
    """Place and name stay in sight, as far as they stand in front."""
    own = next((place for place, field in enumerate(shown) if field.own), 0)
    return min(own + 1, 4)


def _aside(question: RowQuestion, total: int, warning: str) -> str:
    asked = question.asked
    told = [warning] if warning else []
    told += [f"数据截至{days_told(asked.days)}各地最新批次", filters_told(asked), f"共{count(total)}行"]
    return "　".join(told)


def _sum_line(question: RowQuestion, one: DaySum) -> TakenRow:
    """合计 and the number of rows in the first column that holds no sum."""
    day = f"{one.day.isoformat()} " if len(question.asked.days) > 1 else ""
    cells: list[object] = [one.sums.get(field.name) for field in question.asked.shown]
    free = next((place for place, cell in enumerate(cells) if cell is None), None)
    if free is not None:
        cells[free] = f"{day}合计（{one.rows}行）"
    return tuple(cells)


# -- 说明 -------------------------------------------------------------------------------------


def _notes(
    store: Store, question: RowQuestion, sums: Sequence[DaySum], warning: str
) -> Iterator[tuple[str, str]]:
    asked = question.asked
    if warning:
        yield "注意", warning
    yield "查询内容", f"{asked.province}《{asked.ledger.title}》，依据：{asked.ledger.basis}"
    yield "数据截至", days_told(asked.days)
    yield "筛选条件", filters_told(asked)
    if asked.sort:
        yield (
            "排序",
            f"按“{asked.fields[asked.sort].title}”{'从大到小' if asked.descending else '从小到大'}，空白在后",
        )
    for one in sums:
        yield "合计", _sums_told(question, one)
    yield "口径", IN_FORCE
    if masked := [field.title for field in asked.shown if field.personal]:
        yield (
            "个人信息",
            f"{'、'.join(masked)}{'已显示全部内容，请注意保管。' if question.unmasked else '只显示第一个字。'}",
        )
    yield from ((f"批次{one.id}", _snapshot_told(question, one)) for one in snapshots_behind(store, question))


def _sums_told(question: RowQuestion, one: DaySum) -> str:
    named = question.asked.fields
    told = [f"{named[name].title}{count(total)}" for name, total in one.sums.items()]
    return "，".join([f"{chinese_day(one.day)}：{count(one.rows)}行", *told])


def snapshots_behind(store: Store, question: RowQuestion) -> list[Snapshot]:
    """The snapshots in force that rows may come from: of the regions and snapshots asked for."""
    regions, chosen = set(question.regions), set(question.asked.snapshots)
    numbers = {
        source.snapshot
        for _, parts in question.parts
        for part, source in parts
        if (not regions or part.region_code in regions) and (not chosen or source.snapshot in chosen)
    }
    own = load_roster(question.asked.province).province_code
    return [one for one in store.snapshots(None if own == NATION.code else own) if one.id in numbers]


def _snapshot_told(question: RowQuestion, one: Snapshot) -> str:
    days = [day for day, parts in question.parts if any(source.snapshot == one.id for _, source in parts)]
    told = [
        one.file_name,
        f"数据截至{chinese_day(one.as_of)}",
        f"{chinese_moment(one.uploaded_at)}由{one.uploaded_by}上报",
    ]
    return "，".join(told + _of_days(question, days))


def _of_days(question: RowQuestion, days: Sequence[date]) -> list[str]:
    several = len(question.asked.days) > 1
    return [f"用于{'、'.join(map(chinese_day, days))}"] if several else []
