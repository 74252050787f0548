"""The register of uploads as a file: the lines that were asked for, in their order, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.access import Permission, Viewer, insist
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.inquiries.register import SNAPSHOT_STATES, RegisterInquiry, register_file, register_told
from zyb.numerals import count
from zyb.periods import chinese_day, in_beijing, today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import RegisterLine, Store

LINES_A_PORTION = 1_000
COLUMNS = (
    PouredColumn("批次", "count", 8), PouredColumn("状态", "text", 11), PouredColumn("台账", "text", 24),
    PouredColumn("数据截至", "date", 12), PouredColumn("地区", "text", 13), PouredColumn("行数", "count", 9),
    PouredColumn("文件", "text", 34), PouredColumn("工作表", "text", 14), PouredColumn("上报人", "text", 11),
    PouredColumn("上报时间", "text", 17), PouredColumn("来源", "text", 26), PouredColumn("核减原因", "text", 26),
    PouredColumn("撤回", "text", 34), PouredColumn("校验码", "text", 20),
)  # fmt: skip
STATES_TOLD = (
    "有效：所报的地区现在都用这个批次；部分有效：一部分地区已有更新的批次；已被替代：所报的地区都已有更新的批次，"
    "查询以前的日期时仍可能用到；已撤回：不再使用，记录保留。"
)


def register_taken(store: Store, asked: RegisterInquiry, *, to: Viewer, warning: str = "") -> TakenTable:
    """`NotPermitted` for whom it is not."""
    insist(to, Permission.EXPORT)
    total = store.register_page(asked, limit=0).total
    day, title = today(), f"{asked.province}历史批次"
    told = [warning] if warning else []
    told += [f"{chinese_day(day)}整理", register_told(asked), f"共{count(total)}个批次"]
    notes = [("查询内容", title), ("筛选条件", register_told(asked)), ("状态", STATES_TOLD)]

    def portions() -> Iterator[list[TakenRow]]:
        for start in range(0, total, LINES_A_PORTION):
            page = store.register_page(asked, limit=LINES_A_PORTION, offset=start)
            yield [_row(line) for line in page.lines]

    return TakenTable(
        name=register_file(asked, mark_of(warning)), on=day, title=title, aside="　".join(told), warning=warning,
        columns=COLUMNS, total=total, portions=portions, sums=(), kept=2,
        notes=tuple([("注意", warning), *notes] if warning else notes),
    )  # fmt: skip


def regions_of(line: RegisterLine) -> str:
    """Whose it is: the region, or how many."""
    snapshot = line.snapshot
    if snapshot.regions == 1:
        return load_roster(snapshot.province_code).name_of(line.first_region)
    return f"{snapshot.regions} 个地区"


def _row(line: RegisterLine) -> TakenRow:
    one = line.snapshot
    gone = ""
    if one.withdrawn_at:
        gone = f"{in_beijing(one.withdrawn_at):%Y-%m-%d %H:%M} {one.withdrawn_by}：{one.withdrawal_reason}"
    return (
        one.id, SNAPSHOT_STATES[line.state], ledgers()[one.ledger].title, one.as_of, regions_of(line), one.row_count,
        one.file_name, one.sheet, one.uploaded_by, f"{in_beijing(one.uploaded_at):%Y-%m-%d %H:%M}", one.source, one.reason,
        gone, one.sha256[:16],
    )  # fmt: skip
