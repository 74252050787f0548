"""The note for a unit, ready to be pasted: what was handed in, what had to be mended, what to mind next time."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.numerals import percent, rounded
from zyb.periods import chinese_day
from zyb.quality.model import ColumnFilling, ProblemKind, UnitQuality
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import kind_remedy, kind_title

MOST_KINDS, MOST_COLUMNS, MOST_OPEN = 5, 5, 5


def unit_note(unit: UnitQuality) -> str:
    """A paragraph a line."""
    return "\n".join(_lines(unit))


def _lines(unit: UnitQuality) -> Iterator[str]:
    yield f"关于{unit.name}数据报送质量的提示"
    if unit.counts.reports:
        yield f"{unit.name}：{_span(unit)}的报送情况如下。"
    yield _counted(unit)
    kinds = [one for one in unit.kinds if one.severity != "note"][:MOST_KINDS]
    columns = unit.often_empty[:MOST_COLUMNS]
    if kinds:
        yield "发现较多的问题："
        yield from (f"{n}. {_kind(one)}" for n, one in enumerate(kinds, 1))
    if columns:
        yield f"填写较少的列：{'；'.join(map(_column, columns))}。有数据的请补全，确实没有的可以不填。"
    if unit.counts.open:
        told = "、".join(f"“{one.file_name}”" for one in unit.counts.open[:MOST_OPEN])
        more = "等" if len(unit.counts.open) > MOST_OPEN else ""
        yield f"以下文件核对后还没有入库：{told}{more}，请改正后重新上报。"
    yield _closing(bool(kinds or columns or unit.counts.open))


def _span(unit: UnitQuality) -> str:
    """The days that were reported for."""
    days = sorted(one.as_of for one in unit.counts.reports if one.as_of)
    if not days:
        return "没有写明数据截至日期的文件"
    if days[0] == days[-1]:
        return f"数据截至{chinese_day(days[0])}"
    return f"数据截至日期在{chinese_day(days[0])}至{chinese_day(days[-1])}"


def _counted(unit: UnitQuality) -> str:
    counts = unit.counts
    if not counts.reports:
        return "这一期间没有单独报送的文件。"
    told = [f"入库{len(counts.accepted)}次"]
    if counts.mean_rounds is not None:
        told.append(f"其中一次通过{counts.first_try}次（{percent(counts.first_try_share)}）")
        told.append(f"平均核对{rounded(counts.mean_rounds)}个版本后入库")
    if not counts.found:
        return f"{'，'.join(told)}；核对没有发现问题。"
    left = [f"已改正{counts.mended}处", f"入库时留作提醒{counts.warnings_left}处"]
    if counts.still_open:
        left.append(f"尚未改正{counts.still_open}处")
    return f"{'，'.join(told)}；核对共发现问题{counts.found}处，{'，'.join(left)}。"


def _kind(one: ProblemKind) -> str:
    left = f"，还有{one.remaining}处" if one.remaining else "，已全部改正"
    return f"{kind_title(one.code)}：{one.reports}次报送共{one.found}处{left}。{kind_remedy(one.code)}"


def _column(one: ColumnFilling) -> str:
    return f"《{ledgers()[one.ledger].title}》“{one.title}”（填写率{percent(one.share)}）"


def _closing(anything: bool) -> str:
    if not anything:
        return "报送质量较好，请继续保持。"
    return "请在下次报送前对照以上各条自查，上报时按页面列出的提示逐条核对后再确认入库。"
