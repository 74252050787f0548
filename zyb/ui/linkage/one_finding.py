"""One finding: where it stands, who may be meant, and the forms by which people say what it is."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zyb.access import OwnRegion, Permission, Viewer, refusal
from zyb.crosscheck import (
    Candidate,
    CheckFinding,
    CheckSurvey,
    FindingPlace,
    link,
    refute,
    reopen,
    settle,
    unlink,
)
from zyb.records import LinkRecord
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import moment
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.frame.submitting import field, press, said, sent_at_once, submit

SAVED, LINKED, APART, TAKEN_BACK = "已保存。", "已认定为同一企业。", "已认定不是同一企业。", "认定已撤销。"
LONGEST = 500
ROW_WIDTHS = {"批次": st.column_config.LinkColumn(display_text=r"snapshot=(\d+)", width=70)}


@keeps_its_place
def finding_card(store: Store, viewer: Viewer, seen: CheckSurvey, one: CheckFinding | None) -> None:
    if one is None:
        return
    with st.container(border=True, key="card_finding"):
        look.show(look.card_title(one.fact.name or one.check.title, f"{one.region} · {one.check.title}"))
        look.show(look.facts(_told(one)))
        if one.fact.rows:
            _rows(seen, one)
        refused = refusal(viewer, Permission.SETTLE, OwnRegion(one.fact.region_code, one.region))
        place = FindingPlace(seen.province, one.check.id, one.fact.region_code, one.fact.subject, seen.on)
        for close in one.fact.candidates:
            _candidate(store, viewer, place, close, refused)
        if refused:
            look.show(look.muted(refused))
        elif one.state.id != "cleared":
            _forms(store, viewer, place, one)


def _told(one: CheckFinding) -> list[tuple[str, str]]:
    said_of = one.record
    told = [("情况", f"{one.told}。"), ("状态", one.state.title), ("怎样办", f"{one.check.remedy}。")]
    if said_of:
        who = f"{said_of.recorded_by}，{moment(said_of.recorded_at)}：{said_of.reason}"
        told.append(("最近的处理", who))
    return [*told, ("依据", one.check.basis)]


def _rows(seen: CheckSurvey, one: CheckFinding) -> None:
    """Where it stands; a click leads to the snapshot."""
    rows = [
        {
            "台账": ledgers()[row.ledger].title, "批次": leads.numbered_address(row.snapshot, seen.province),
            "工作表": row.sheet or look.NO_VALUE, "行": row.line, "企业名称": row.told_name,
            "统一社会信用代码": row.told_code or look.NO_VALUE,
            "地区": load_roster(seen.province).name_of(row.region_code),
        }
        for row in one.fact.rows
    ]  # fmt: skip
    grid(rows, hide_index=True, alt="所在位置", key="finding_rows", column_config=ROW_WIDTHS)


def _candidate(
    store: Store, viewer: Viewer, place: FindingPlace, close: Candidate, refused: str | None
) -> None:
    """Never linked unless a person says yes."""
    row = close.row
    where = f"《{ledgers()[row.ledger].title}》第{row.snapshot}批第{row.line}行"
    told = f"相近企业：{row.told_name}（{row.told_code or '没有代码'}），{where}，{close.told}"
    left, yes, no = st.columns([6, 1.2, 1.2], vertical_alignment="center", gap="small")
    with left:
        look.show(look.muted(told))
    if refused:
        return
    act = partial(link, store, place, row.identity, by=viewer)
    form = f"{place.check_id}_{place.subject}_{row.identity}"
    with yes:
        press("是同一家", f"same_{form}", partial(act, same=True), LINKED)
    with no:
        press("不是同一家", f"apart_{form}", partial(act, same=False), APART)


def _forms(store: Store, viewer: Viewer, place: FindingPlace, one: CheckFinding) -> None:
    seen, own = one.record.id if one.record else 0, f"{place.check_id}_{place.region}_{place.subject}"
    acts = {
        "销号": (settle, "怎样处理的"),
        "不属实": (refute, "不属实的理由"),
        "恢复待核实": (reopen, "恢复的原因"),
    }
    known = {
        "open": ("销号", "不属实"),
        "settled": ("不属实", "恢复待核实"),
        "refuted": ("销号", "恢复待核实"),
    }
    first, second = known[one.state.id]
    tabs = st.tabs([literal(first), literal(second)])
    for tab, name in zip(tabs, (first, second), strict=True):
        act, asked = acts[name]
        form = f"{name}_{own}"
        with tab, sent_at_once(form):
            st.text_area(literal(asked), max_chars=LONGEST, height=80, key=field(form, "reason"))
            look.show(look.muted("记录只增不改，写入操作日志。"))
            submit(name, form, partial(_say, act, store, place, viewer, seen, form), SAVED, type="primary")


def _say(act, store: Store, place: FindingPlace, viewer: Viewer, seen: int, form: str) -> int:  # type: ignore[no-untyped-def]
    return act(store, place, by=viewer, reason=said(form, "reason") or "", seen=seen)  # type: ignore[no-any-return]


# -- what was said of two employers ---------------------------------------------------------


@keeps_its_place
def links_card(store: Store, viewer: Viewer, seen: CheckSurvey, region_code: str | None) -> None:
    """The words that hold, and taking one back."""
    roster = load_roster(seen.province)
    held = [one for one in _held(store, roster.province_code) if region_code in (None, one.region_code)]
    if not held:
        return
    with st.container(border=True, key="card_links"):
        look.show(look.card_title("企业认定", f"{len(held)} 条；没有认定的一律不算同一企业"))
        rows = [
            {
                "编号": one.id, "地区": roster.name_of(one.region_code), "认定": KINDS[one.kind], "企业": one.one_name,
                "对方": one.other_name, "说明": one.reason or look.NO_VALUE, "认定人": one.recorded_by,
                "认定时间": moment(one.recorded_at),
            }
            for one in held
        ]  # fmt: skip
        grid(rows, hide_index=True, alt="企业认定", key="links")
        own = {
            one.id: one
            for one in held
            if not refusal(
                viewer, Permission.SETTLE, OwnRegion(one.region_code, roster.name_of(one.region_code))
            )
        }
        if own:
            _take_back(store, viewer, seen.province, own)


KINDS = {"same": "是同一家", "apart": "不是同一家"}


def _held(store: Store, province_code: str) -> list[LinkRecord]:
    last = {tuple(sorted((one.one, one.other))): one for one in store.link_records(province_code)}
    return [one for one in last.values() if one.kind in KINDS]


def _take_back(store: Store, viewer: Viewer, province: str, own: dict[int, LinkRecord]) -> None:
    def called(number: int) -> str:
        return literal(f"{own[number].one_name}／{own[number].other_name}：{KINDS[own[number].kind]}")

    with st.expander("撤销一条认定"):
        chosen = st.selectbox("认定", list(own), format_func=called, key="unlink_which")
        number = chosen if chosen in own else next(iter(own))
        form = f"unlink_{number}"
        with sent_at_once(form):
            st.text_input("撤销原因", max_chars=LONGEST, key=field(form, "reason"))
            act = partial(_undo, store, province, number, viewer, form)
            submit("确认撤销", form, act, TAKEN_BACK)


def _undo(store: Store, province: str, number: int, viewer: Viewer, form: str) -> int:
    return unlink(store, province, number, by=viewer, reason=said(form, "reason") or "")
