"""督办单 on the screen and on A4: one region, every measure that lags, who answers for it and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.alerting import Alert, SheetLine, SupervisionSheet, Survey, Unfinished, sheet_of
from zyb.exports.books.unfinished import unfinished_workbook
from zyb.html import HtmlCell, HtmlRow, Markup, joined, style_sheet, tag
from zyb.numerals import gap_text
from zyb.periods import chinese_day
from zyb.rulebook.book import remembered
from zyb.rulebook.regions import Roster
from zyb.settings import DEMO_WARNING, is_demo
from zyb.standing.duties import missed_words
from zyb.standing.yardsticks import MIXED_GAP_TITLE
from zyb.store import Store
from zyb.ui import look
from zyb.ui.alerts.checked import checked_of
from zyb.ui.alerts.listing import level_rules
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import choose
from zyb.wording.closings import alerts_rest

DEMO_ON_EVERY_SHEET = style_sheet(
    f'@page sheet {{ @top-center {{ content: "{DEMO_WARNING}"; font-size: 9pt }} }}'
)
TO_BE_FILLED = "待填报"


@remembered(64)
def _sheet(store: Store, revision: int, seen: Survey, region_code: str) -> SupervisionSheet:
    return sheet_of(store, seen, region_code)


def sheet_page(store: Store, viewer: Viewer, seen: Survey, roster: Roster, region_code: str | None) -> None:
    """The sheet of the chosen region; of the whole province, which regions there is one for."""
    if region_code is None:
        _regions_card(seen, roster)
        return
    sheet = _sheet(store, store.revision, seen, region_code)
    with st.container(key="sheet_tools", horizontal=True, vertical_alignment="center"):
        _download(store, viewer, sheet)
        look.show(look.muted("打印：按 Ctrl＋P，选 A4 纵向；菜单与按钮不会印出。"))
    with st.container(border=True, key="card_sheet"):
        look.show(sheet_html(sheet))
    if is_demo():
        look.show(DEMO_ON_EVERY_SHEET)


# -- which regions ------------------------------------------------------------------------


def _regions_card(seen: Survey, roster: Roster) -> None:
    with st.container(border=True, key="card_sheets"):
        look.show(look.card_title("各地督办单", "勾选一行查看该地区的督办单，或在右上角选择地区"))
        rows = [_region_row(seen, region.code, region.name) for region in roster.regions]
        grid(
            rows, hide_index=True, on_select=lambda: _follow(roster), selection_mode="single-row",
            key="sheets", alt="各地督办单", height="content",
        )  # fmt: skip
        look.show(look.on_paper(rows))
        look.show(look.source(f"只计未解除的预警；未到“提醒”级别的列为观察。{alerts_rest(seen.closed)}"))


def _region_row(seen: Survey, code: str, name: str) -> dict[str, object]:
    open_alerts = [alert for alert in seen.alerts if alert.region_code == code and alert.open]
    levels = Counter(alert.level.title if alert.level else "" for alert in open_alerts)
    ordered = [level.title for level in reversed(seen.rules.levels)]
    return {
        "地区": name,
        "最高级别": next((title for title in ordered if levels[title]), "—"),
        **{title: levels[title] for title in ordered},
        "观察": levels[""],
        "其中逾期": _in_state(open_alerts, "overdue"),
        "其中未报送": _in_state(open_alerts, "silent"),
        "尚未认领": sum(1 for alert in open_alerts if alert.level and not alert.claim),
        "报送逾期": sum(1 for one in seen.missed if one.subject.region_code == code),
        "核查待核实": len(checked_of(seen, code).open),
        "数据疑点": sum(1 for fault in seen.faults if fault.region_code == code),
    }


def _in_state(alerts: Iterable[Alert], state: str) -> int:
    return sum(1 for alert in alerts if alert.state.id == state)


def _follow(roster: Roster) -> None:
    rows = st.session_state["sheets"].selection.rows
    if rows:
        choose("region", roster.regions[rows[0]].name)


# -- the sheet ----------------------------------------------------------------------------


def sheet_html(sheet: SupervisionSheet) -> Markup:
    """Everything that is printed, in the order of an official form."""
    under = f"{sheet.province} · 数据截至{chinese_day(sheet.on)}"
    if sheet.level:
        under += f" · 最高级别：{sheet.level}"
    parts = [
        tag("h2", sheet.title), tag("p", under, classes="z-under"), tag("p", sheet.summary), *([tag("p", sheet.rest)] if sheet.rest else []),
        *_section("一、督办事项", _matters(sheet)),
        *_section("二、经过、责任和整改", _answers(sheet.supervised)),
        *_section("三、列入观察的指标", _watched(sheet)),
        *_section("四、尚未完成的企业", _unfinished(sheet.unfinished)),
        *_section("五、数据疑点", _doubts(sheet)),
        *_section("六、逾期未完成的报送与节点", _missed(sheet)),
        *_section("七、联动核查待核实的问题", _checked(sheet)),
        tag("p", f"级别与期数：{level_rules(sheet.rules)}。依据：{sheet.rules.basis}。", classes="z-blank"),
    ]  # fmt: skip
    return tag("div", *parts, classes="z-sheet")


def _section(title: str, body: Markup) -> list[Markup]:
    """A heading with what stands under it."""
    return [tag("h4", title), body]


def _table(titles: Sequence[str], rows: Sequence[Sequence[HtmlCell]], nothing: str) -> Markup:
    return look.form([HtmlCell(title) for title in titles], map(HtmlRow, rows)) if rows else tag("p", nothing)


def _cell(text: str, kind: str = "") -> HtmlCell:
    return HtmlCell(text or "—", kind)


def _short(text: str) -> HtmlCell:
    return _cell(text, "short")


def _number(text: str) -> HtmlCell:
    return _cell(text, "number")


def _led(sheet: SupervisionSheet, line: SheetLine, shown: str) -> Markup:
    """Leads to the measure's own page, at this region and the day of its figures."""
    day = line.found.as_of or line.found.on
    address = leads.measure_address(sheet.province, line.measure, sheet.region.name, day)
    return look.lead(address, shown, f"查看{line.measure.title}")


def _matters(sheet: SupervisionSheet) -> Markup:
    headings = ("序号", "指标", "完成情况", MIXED_GAP_TITLE, "还差", "进度要求", "按近期速度", "时限", "级别")
    rows = [
        [
            _short(str(n)), _cell(_led(sheet, line, line.measure.title)), _cell(line.figure or "没有可用的数据"),
            _number(gap_text(line.standing.gap, line.measure.kind) + line.measure.gap_unit), _number(line.remaining), _cell(line.demand),
            _cell(line.outlook or "暂不预测"), _cell(line.due), _short(line.level),
        ]
        for n, line in enumerate(sheet.supervised, 1)
    ]  # fmt: skip
    return _table(headings, rows, "没有需要督办的指标。")


def _answers(lines: Sequence[SheetLine]) -> Markup:
    headings = ("序号", "现状", "经过", "责任人", "原因", "整改措施", "整改期限")
    return _table(headings, [_answer(n, line) for n, line in enumerate(lines, 1)], "没有需要说明的事项。")


def _answer(number: int, line: SheetLine) -> list[HtmlCell]:
    claim = line.alert.claim if line.alert else None
    said = (claim.owner, claim.cause, claim.action) if claim else (TO_BE_FILLED,) * 3
    due = chinese_day(claim.due) if claim and claim.due else TO_BE_FILLED
    cells = [HtmlCell(text, "" if claim else "blank") for text in (*said, due)]
    return [_short(str(number)), _short(line.state), _cell(_told(line)), *cells]


def _told(line: SheetLine) -> str:
    """How it came about, and who judged otherwise than the rule."""
    return "；".join(filter(None, (line.history, line.adjusted)))


def _watched(sheet: SupervisionSheet) -> Markup:
    told = [
        joined(
            _led(sheet, line, line.found.said(line.standing)),
            f"（{'，'.join(filter(None, (_left(line), line.adjusted)))}）",
        )
        for line in sheet.watched
    ]
    return tag("p", joined(*told, between="；"), "。") if told else tag("p", "没有。")


def _left(line: SheetLine) -> str:
    return f"还差{line.remaining}" if line.remaining else "没有可用的数据"


def _unfinished(lists: Sequence[Unfinished]) -> Markup:
    rows = [
        [_cell(one.title), _number(f"{one.count}{one.unit}"), _short(chinese_day(one.as_of))] for one in lists
    ]
    return _table(("名单", "数量", "数据截至"), rows, "没有可以核对的企业台账，或已全部完成。")


def _doubts(sheet: SupervisionSheet) -> Markup:
    if not sheet.faults:
        return tag("p", "没有。")
    return joined(*(tag("p", f"{n}．{fault.sentence}") for n, fault in enumerate(sheet.faults, 1)))


def _missed(sheet: SupervisionSheet) -> Markup:
    if not sheet.missed:
        return tag("p", "没有。")
    told = (missed_words(one, sheet.region.code) for one in sheet.missed)
    return joined(*(tag("p", f"{n}．{words}。") for n, words in enumerate(told, 1)))


def _checked(sheet: SupervisionSheet) -> Markup:
    if not sheet.checked:
        return tag("p", "没有。")
    told = (f"{one.title}：{count}项。{one.remedy}。" for one, count in sheet.checked)
    return joined(*(tag("p", f"{n}．{words}") for n, words in enumerate(told, 1)))


# -- who is not finished ------------------------------------------------------------------


def _download(store: Store, viewer: Viewer, sheet: SupervisionSheet) -> None:
    if not sheet.unfinished:
        return
    refused, warning = refusal(viewer, Permission.EXPORT), DEMO_WARNING if is_demo() else ""
    st.download_button(
        "下载尚未完成的企业名单", data=lambda: unfinished_workbook(store, sheet, to=viewer, warning=warning),
        on_click="ignore", disabled=refused is not None,
        help=literal(refused) if refused else "一张表一项指标；法人、联系人、地址等个人信息不列出。", icon=":material/download:",
        file_name=f"{sheet.region.name}尚未完成的企业名单（截至{chinese_day(sheet.on)}）.xlsx", key="unfinished",
    )  # fmt: skip
