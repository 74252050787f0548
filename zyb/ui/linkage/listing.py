"""联动核查: how many findings of each state, the list of them, and who cannot be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.crosscheck import CheckFinding, CheckSurvey
from zyb.exports.books.findings import findings_name, findings_workbook
from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.numerals import NO_VALUE
from zyb.settings import DEMO_WARNING, is_demo
from zyb.ui import look
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import moment
from zyb.ui.frame.ticks import keep_ticked

# A page that goes on for longer is narrowed down, and says so; the file has all of them.
MOST_SHOWN = 500
EVERY_CHECK = "全部核查项目"
WIDTHS = {"情况": st.column_config.TextColumn(width=560), "核查项目": st.column_config.TextColumn(width=200)}


def told_number(seen: CheckSurvey) -> str:
    """“待核实 12 项，已销号 3 项”."""
    return (
        "，".join(f"{seen.states[name].title} {n} 项" for name, n in seen.counts().items() if n)
        or "没有发现问题"
    )


def counts(seen: CheckSurvey) -> Markup:
    found = seen.counts()
    return look.kpis(
        *(
            look.kpi(state.title, str(found[name]), "项", note=look.badge(state.title, state.tone))
            for name, state in seen.states.items()
        )
    )


def list_card(viewer: Viewer, seen: CheckSurvey, region_code: str | None) -> CheckFinding | None:
    """The findings that are picked, and of these the one that is ticked."""
    with st.container(border=True, key="card_findings"):
        look.show(look.card_title("核查清单", "勾选一行查看所在位置、相近企业，销号或说明；在右上角选择地区"))
        shown = filtered(seen)
        chosen = _pick(shown[:MOST_SHOWN]) if shown else None
        if not shown:
            look.show(look.empty("没有符合条件的问题", "可以换一个状态、核查项目、地区或日期。"))
        if len(shown) > MOST_SHOWN:
            told = f"共 {len(shown)} 项，这里列出前 {MOST_SHOWN} 项；请缩小范围，或下载全部。"
            look.show(look.source(told))
        if shown:
            _download(viewer, replace(seen, findings=tuple(shown)), region_code)
        look.show(look.source("；".join(f"{state.title}：{state.rule}" for state in seen.states.values())))
    return chosen


def filtered(seen: CheckSurvey) -> list[CheckFinding]:
    """By state and check, as picked; open ones unless asked otherwise."""
    titles = {state.title: name for name, state in seen.states.items()}
    one, two = st.columns([5, 4], gap="small")
    chosen = one.pills(
        "状态", list(titles), format_func=literal, selection_mode="multi", key="finding_states",
        default=[seen.states["open"].title], label_visibility="collapsed",
    )  # fmt: skip
    checks = {check.title: check.id for check in seen.checks}
    check = two.selectbox(
        "核查项目", [EVERY_CHECK, *checks], format_func=literal, key="finding_check", label_visibility="collapsed",
    )  # fmt: skip
    states = {titles[title] for title in chosen or titles}
    wanted = checks.get(check or "", "")
    return [one for one in seen.findings if one.state.id in states and wanted in ("", one.check.id)]


def _pick(shown: Sequence[CheckFinding]) -> CheckFinding | None:
    rows = [finding_row(one) for one in shown]
    ticked = keep_ticked("findings", [one.fact.key for one in shown])
    grid(
        rows, hide_index=True, on_select="rerun", selection_mode="single-row", key="findings", alt="核查清单",
        column_config=WIDTHS, placeholder=look.NO_VALUE,
    )  # fmt: skip
    look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
    return None if ticked is None else shown[ticked]


def finding_row(one: CheckFinding) -> dict[str, object]:
    said = one.record
    return {
        "状态": one.state.title, "地区": one.region, "县区": one.county or NO_VALUE, "核查项目": one.check.title,
        "企业名称": one.fact.name, "统一社会信用代码": one.fact.code or NO_VALUE, "情况": one.told,
        "相近企业": len(one.fact.candidates) or None, "处理人": said.recorded_by if said else NO_VALUE,
        "处理时间": moment(said.recorded_at) if said else NO_VALUE, "处理说明": said.reason if said else NO_VALUE,
    }  # fmt: skip


def _download(viewer: Viewer, seen: CheckSurvey, region_code: str | None) -> None:
    refused, warning = refusal(viewer, Permission.EXPORT), DEMO_WARNING if is_demo() else ""
    st.download_button(
        literal(f"下载核查清单（{len(seen.findings)}项）"),
        data=lambda: findings_workbook(seen, region_code, to=viewer, warning=warning), on_click="ignore",
        disabled=refused is not None, icon=":material/download:", key="findings_file",
        help=literal(refused) if refused else "按所选的地区、状态和核查项目；另有一张说明，写明各项依据。",
        file_name=findings_name(seen, region_code, warning),
    )  # fmt: skip


# -- below ----------------------------------------------------------------------------------


def unchecked_card(seen: CheckSurvey) -> None:
    if not seen.unchecked:
        return
    with st.expander(literal(f"无法核查的地区：{len(seen.unchecked)} 项")):
        look.show(look.muted("没有报送对照的名单，不知道企业在不在其中，不列为问题。"))
        rows = [{"地区": one.region, "核查项目": one.check.title, "情况": one.told} for one in seen.unchecked]
        grid(rows, hide_index=True, alt="无法核查的地区", key="unchecked")


def basis_card(seen: CheckSurvey) -> None:
    """Each check in the words of its document."""
    with st.expander("依据：各项核查的文件和对原文的处理"):
        headings = [HtmlCell(title, "left") for title in ("核查项目", "依据", "怎样办", "说明")]
        rows = [
            HtmlRow([
                HtmlCell(one.title, "wrap"), HtmlCell(one.basis, "wrap"), HtmlCell(one.remedy, "wrap"),
                HtmlCell(one.note or look.NO_VALUE, "wrap"),
            ])
            for one in seen.checks
        ]  # fmt: skip
        look.show(look.wide(look.league(headings, rows)))
