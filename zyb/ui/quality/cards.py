"""The cards of 数据质量: the figures, units, months, kinds of problems, columns, reports, and the note for a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from zlib import crc32

import streamlit as st

from zyb.exports.inquiries.cards import listed_card
from zyb.html import Markup
from zyb.numerals import count, percent, rounded
from zyb.periods import today
from zyb.quality import QualityCounts, QualitySurvey, UnitQuality, unit_note
from zyb.records import CheckedReport
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import SEVERITY_WORDS, kind_remedy, kind_title
from zyb.rulebook.regions import load_roster
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.leads import page_address
from zyb.ui.frame.pickers import moment

# A page that goes on for longer is narrowed down; the command line lists them all.
MOST_REPORTS, MOST_KINDS, MOST_COLUMNS = 200, 30, 40
KINDS_OF_A_REPORT = 4
NOTE_HEIGHT = 300
SHARE, MEAN = "一次通过率", "平均轮次"
FILLED = "填写率"
PERCENTS = {
    title: st.column_config.ProgressColumn(title, format="%.1f%%", min_value=0, max_value=100)
    for title in (SHARE, FILLED)
}
KINDS = {SHARE: "share", FILLED: "share", MEAN: "number"}
LOOK = "查看"
SNAPSHOT_LINK = st.column_config.LinkColumn(display_text=LOOK, width=60)


def kpis(whole: UnitQuality, province: str, region: str) -> Markup:
    counts = whole.counts
    register = page_address("snapshots", province=province, region=region)
    accepted = look.lead(register, count(len(counts.accepted)), "查看历史批次")
    return look.kpis(
        look.kpi("入库", accepted, "次", note=f"另有 {count(len(counts.open))} 次核对后没有入库"),
        look.kpi(SHARE, percent(counts.first_try_share), note=f"一次通过 {count(counts.first_try)} 次"),
        look.kpi("平均轮次", _mean(counts), note="同一地区、台账、日期核对过几个版本才入库"),
        look.kpi("发现问题", count(counts.found), "处", note=f"已改正 {count(counts.mended)} 处"),
        look.kpi("留作提醒", count(counts.warnings_left), "处", note=f"未入库的还有 {count(counts.still_open)} 处"),
        look.kpi(FILLED, percent(whole.completeness), note="选填的列中填写了的单元格"),
    )  # fmt: skip


def _mean(counts: QualityCounts) -> str:
    return look.NO_VALUE if counts.mean_rounds is None else str(rounded(counts.mean_rounds))


def _row(counts: QualityCounts) -> dict[str, object]:
    """Shares and means as they are; a grid takes them through `_for_grid`."""
    return {
        "入库": len(counts.accepted), SHARE: counts.first_try_share, MEAN: counts.mean_rounds, "发现问题": counts.found, "已改正": counts.mended,
        "留作提醒": counts.warnings_left, "未入库": len(counts.open), "说明写法": counts.explained,
    }  # fmt: skip


def _for_grid(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    return [{name: _drawn(name, cell) for name, cell in row.items()} for row in rows]


def _drawn(name: str, cell: object) -> object:
    if not isinstance(cell, Fraction):
        return cell
    return float(cell * 100) if name in PERCENTS else float(rounded(cell))


def _take(seen: QualitySurvey, title: str, key: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Of the days that the page looks at, so far as anything was checked in them."""
    whole = seen.whole
    days = [one.as_of for one in whole.counts.reports if one.as_of]
    place = seen.province if whole.name in seen.province or not whole.code else f"{seen.province}{whole.name}"
    take(listed_card(title, place, max(days, default=today()), rows, KINDS, without=(LOOK,)), key)


def units_card(seen: QualitySurvey) -> None:
    with st.container(border=True, key="card_units"):
        look.show(
            look.card_title("各地区", "几个地区合在一个文件中报送的，列为多个地区合报；填写率分到各地区")
        )
        rows = [
            {"地区": one.name} | _row(one.counts) | {FILLED: one.completeness}
            for one in seen.units
        ]  # fmt: skip
        drawn = _for_grid(rows)
        grid(drawn, hide_index=True, alt="各地区数据质量", key="quality_units", column_config=PERCENTS)
        look.show(look.on_paper(drawn))
        _take(seen, "各地区数据质量", "units", rows)


def trend_card(seen: QualitySurvey) -> None:
    with st.container(border=True, key="card_months"):
        look.show(look.card_title("逐月变化", "按数据截至日期所在的月份"))
        if not seen.months:
            look.show(look.empty("没有核对记录", "启用本功能以后上报的文件，按月列在这里。"))
            return
        rows = [{"月份": one.month} | _row(one.counts) for one in seen.months]
        drawn = _for_grid(rows)
        grid(drawn, hide_index=True, alt="逐月数据质量", key="quality_months", column_config=PERCENTS)
        look.show(look.on_paper(drawn))
        _take(seen, "逐月数据质量", "months", rows)


def kinds_card(seen: QualitySurvey) -> None:
    with st.container(border=True, key="card_kinds"):
        look.show(look.card_title("问题种类", "发现最多的在前；提示不影响入库，不计入发现问题"))
        kinds = seen.whole.kinds
        if not kinds:
            look.show(look.empty("没有发现问题", "报送的文件核对时没有错误、提醒和提示。"))
            return
        rows = [
            {
                "问题": kind_title(one.code), "类别": SEVERITY_WORDS[one.severity], "发现": one.found, "还有": one.remaining,
                "涉及报送": one.reports, "怎样改": kind_remedy(one.code),
            }
            for one in kinds[:MOST_KINDS]
        ]  # fmt: skip
        grid(rows, hide_index=True, alt="问题种类", key="quality_kinds")
        look.show(look.on_paper(rows))
        _take(seen, "问题种类", "kinds", rows)


def columns_card(seen: QualitySurvey) -> None:
    with st.container(border=True, key="card_columns"):
        look.show(look.card_title("选填列的填写情况", "填写最少的在前"))
        columns = sorted(seen.whole.columns, key=lambda one: (one.share, one.ledger, one.column))
        if not columns:
            look.show(look.empty("没有可以统计的列", "入库的台账没有选填的列。"))
            return
        rows = [
            {
                "台账": ledgers()[one.ledger].title, "列": one.title, FILLED: one.share, "已填": one.filled,
                "行数": one.rows,
            }
            for one in columns[:MOST_COLUMNS]
        ]  # fmt: skip
        drawn = _for_grid(rows)
        grid(drawn, hide_index=True, alt="选填列的填写情况", key="quality_columns", column_config=PERCENTS)
        look.show(look.on_paper(drawn))
        _take(seen, "选填列的填写情况", "columns", rows)


def reports_card(seen: QualitySurvey) -> None:
    reports = seen.whole.counts.reports
    with st.container(border=True, key="card_reports"):
        look.show(look.card_title("逐次报送", "最近核对的在前；点“查看”看批次的内容"))
        if not reports:
            look.show(look.empty("没有核对记录", "启用本功能以后上报的文件，逐次列在这里。"))
            return
        rows = [_report_row(seen, one) for one in reports[:MOST_REPORTS]]
        grid(
            rows, hide_index=True, alt="逐次报送", key="quality_reports", placeholder=look.NO_VALUE,
            column_config={LOOK: SNAPSHOT_LINK},
        )  # fmt: skip
        look.show(look.on_paper(rows, without=(LOOK,)))
        _take(seen, "逐次报送", "reports", rows)
        if len(reports) > MOST_REPORTS:
            told = f"共 {count(len(reports))} 次，这里列出最近 {MOST_REPORTS} 次；请选择地区或年份缩小范围。"
            look.show(look.source(told))


def _report_row(seen: QualitySurvey, one: CheckedReport) -> dict[str, object]:
    state = "没有入库" if one.snapshot is None else "已撤回" if one.withdrawn else "已入库"
    kinds = [found for found in one.problems if found.severity != "note"]
    told = "；".join(f"{kind_title(found.code)} {found.found}处" for found in kinds[:KINDS_OF_A_REPORT])
    return {
        "批次": one.snapshot, LOOK: leads.numbered_address(one.snapshot, seen.province) if one.snapshot else None,
        "结果": state, "地区": _name(seen, one.unit), "台账": ledgers()[one.ledger].title,
        "数据截至": one.as_of.isoformat() if one.as_of else "未写明", "轮次": one.rounds, "发现问题": one.number("error", "warning"),
        "还有": one.remaining("error", "warning"), "说明写法": one.explained,
        "问题": told + ("等" if len(kinds) > KINDS_OF_A_REPORT else ""), "文件": one.file_name, "核对人": one.checked_by,
        "最近核对": moment(one.last_checked_at),
    }  # fmt: skip


def _name(seen: QualitySurvey, code: str) -> str:
    unit = seen.unit(code)
    return unit.name if unit else load_roster(seen.province).name_of(code)


def note_card(seen: QualitySurvey, code: str | None) -> None:
    """Of the region that is picked, else of whichever unit is chosen here."""
    named = [one for one in seen.units if one.code]
    unit = seen.unit(code) if code else _choose(named)
    if unit is None:
        return
    with st.container(border=True, key="card_note"):
        look.show(look.card_title("给填报单位的提示", f"{unit.name}；可以修改，复制后发送"))
        note = unit_note(unit)
        st.text_area(
            "提示", note, height=NOTE_HEIGHT, key=f"quality_note_{crc32(note.encode()):x}", label_visibility="collapsed"
        )  # fmt: skip


def _choose(units: Sequence[UnitQuality]) -> UnitQuality | None:
    if not units:
        return None
    names = {one.name: one for one in units}
    chosen = st.selectbox("给哪个地区写提示", list(names), format_func=literal, key="quality_note_unit")
    return names.get(chosen or "", units[0])
