"""The standings that an inquiry asked for, as they are shown: a row a region, the province's own behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zyb.access import Permission, Viewer, insist
from zyb.answers.side_by_side import SideBySide
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.inquiries.words import days_told, filters_told, name_of_file, title_of
from zyb.periods import chinese_day
from zyb.standing.standings import Standings

WIDTHS = {"text": 14, "count": 11, "number": 11}
WIDTH = 12


def standings_taken(found: SideBySide, *, to: Viewer, warning: str = "") -> TakenTable:
    """`NotPermitted` for whom it is not."""
    insist(to, Permission.EXPORT)
    asked = found.asked
    own = (PouredColumn(one.title, one.kind, WIDTHS.get(one.kind, WIDTH)) for one in found.columns)
    rows: list[TakenRow] = [(one.region, *one.cells) for one in found.regions]
    told = [warning] if warning else []
    told += [f"数据截至{days_told(asked.days)}", filters_told(asked), f"{len(asked.measures)}项指标"]
    return TakenTable(
        name=name_of_file(asked, mark_of(warning)), on=max(asked.days), title=title_of(asked), aside="　".join(told), warning=warning, total=len(rows),
        columns=(PouredColumn("地区", "text", 15), *own), portions=lambda: iter([rows]),
        sums=((found.province.region, *found.province.cells),), notes=tuple(_notes(found, warning)), kept=1,
        sums_are_rows=True,
    )  # fmt: skip


def _notes(found: SideBySide, warning: str) -> Iterator[tuple[str, str]]:
    asked = found.asked
    if warning:
        yield "注意", warning
    yield "查询内容", f"{title_of(asked)}，{len(asked.measures)}项指标"
    yield "数据截至", days_told(asked.days)
    yield "筛选条件", filters_told(asked)
    if len(asked.days) > 1:
        first, second = map(chinese_day, asked.days)
        yield "变化", f"{first}的值减{second}的值，比率以百分点计"
    for one in found.found[:: len(asked.days)]:
        yield one.measure.title, _definition(one)
    for one in found.found:
        yield f"{one.measure.title}来源", _days_told(one)


def _definition(one: Standings) -> str:
    plan = f"；任务依据：{one.plan.basis}" if one.plan else ""
    return f"{one.measure.definition}（单位：{one.measure.unit}；依据：{one.measure.basis}{plan}）"


def _days_told(one: Standings) -> str:
    asked = chinese_day(one.asked or one.on)
    day: date | None = one.as_of
    if day is None:
        return f"{asked}尚无数据"
    silent = [each.short for each in one.regions if each.as_of is None and each.value is None]
    own = f"{asked}取数据截至{chinese_day(day)}的报送"
    return f"{own}；未报送：{'、'.join(silent)}" if silent else own
