"""The end of a file's card: what would go in, the button, what stands in its way, and the receipt."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from zyb.access import Viewer
from zyb.errors import ZybError
from zyb.html import Markup
from zyb.intake.units import reporting_unit
from zyb.numerals import count, value_text
from zyb.periods import chinese_moment
from zyb.rulebook.ledgers import ledgers
from zyb.store import Learned, Store
from zyb.ui import look
from zyb.ui.frame import pickers
from zyb.ui.frame.faults import as_told
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import link
from zyb.ui.frame.submitting import SAVED, uninterrupted
from zyb.ui.upload.background import FileWork
from zyb.ui.upload.questions import explained
from zyb.ui.upload.remembered import meaning
from zyb.ui.upload.waiting import UNKNOWN, Arrived, Gone, the_room
from zyb.uploads import (
    Effect,
    Outdated,
    Prepared,
    RowCounts,
    accept_all,
    note_checked,
    refusal_to_report,
    remember,
)

log = logging.getLogger("zyb")

STEPS = ("选择文件", "核对内容", "确认入库", "完成")
CHANGES_TOLD = 3
COMPARED_ANEW = "您按下按钮时，这个文件正在按最新数据重新核对，没有入库。请核对下面的结果，再次确认。"


@dataclass(frozen=True)
class Receipt:
    """What is left of a file that went in: figures and words, none of its bytes or rows."""

    snapshot: int
    counts: RowCounts
    effects: tuple[Markup, ...]


def as_shown(file: Arrived) -> list[Prepared]:
    """The tables of a file as its card shows them, with the bytes that they came from."""
    content = file.content()
    assert file.work
    return [replace(table, content=content) for table in file.work.tables()]


def ready_to_save(tables: Sequence[Prepared]) -> list[Prepared]:
    """What would go in: nothing of a file in which anything is refused."""
    if any(table.status == "refused" for table in tables):
        return []
    return [table for table in tables if table.status == "accepted"]


def effect_line(effect: Effect, when: str = "确认后") -> Markup:
    """“确认后全省专项治理完成率 54.8% → 55.3%”."""
    return look.change(f"{when}{effect.after.region}{effect.measure.title}", *printed(effect))


def printed(effect: Effect) -> tuple[str, str]:
    kind = effect.measure.kind
    return value_text(effect.before.value, kind), value_text(effect.after.value, kind)


# -- the button -------------------------------------------------------------------------------


def confirmation(store: Store, viewer: Viewer, file: Arrived, ready: list[Prepared]) -> None:
    """Each comparison has a button of its own: one that a browser still shows does not confirm a later one."""
    assert file.work
    reason = next(filter(None, (refusal_to_report(viewer, prepared.submission) for prepared in ready)), None)
    if reason:
        st.error(literal(reason), icon=":material/lock:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "确认入库", type="primary", key=f"confirm_{file.file_id}_{file.work.number}", icon=":material/check:",
            on_click=_save, args=(store, viewer, file, file.work),
        )  # fmt: skip
        look.show(look.muted("入库后如发现有误，可在“历史批次”撤回。"))


def _save(store: Store, viewer: Viewer, file: Arrived, shown: FileWork) -> None:
    uninterrupted(lambda: _save_whole(store, viewer, file, shown))


def _save_whole(store: Store, viewer: Viewer, file: Arrived, shown: FileWork) -> None:
    """What stands in the way is told on the file's card, and the file stays as it is."""
    if _receipts(file):
        return  # pressed twice
    st.session_state.pop(_in_the_way(file), None)
    if file.work is not shown:
        st.session_state[_in_the_way(file)] = look.notice(COMPARED_ANEW, "", "watch")
        return
    try:
        tables = ready_to_save(as_shown(file))
        assert tables, "a button without anything to save"
        snapshots = accept_all(store, tables, by=viewer, explained=_number(explained(file.file_id)))
        pairs = zip(snapshots, tables, strict=True)
        st.session_state[f"receipt_{file.file_id}"] = [_receipt_of(*pair) for pair in pairs]
        the_room().confirmed(file)
        # Whoever takes the file off meanwhile, or goes to another page, never sees the receipt.
        st.session_state[SAVED] = f"“{file.name}”已入库：批次 {'、'.join(map(str, snapshots))}。"
        _learn(store, viewer, file, tables)
    except Outdated:
        if file.work:  # else it has left meanwhile, and its card says why
            st.session_state[_in_the_way(file)] = _compare_again(store, file)
    except Exception as fault:  # else the page ends here, and with it all that was dropped and answered
        told = as_told(fault, "入库")
        st.session_state[_in_the_way(file)] = look.notice(told.message, told.remedy, "lagging")


def _number(said: Learned) -> int:
    return len(said.headings) + len(said.places) + len(said.values)


def note_attempt(store: Store, viewer: Viewer, file: Arrived, tables: Sequence[Prepared]) -> None:
    """That the file was checked: once for what it was understood as, not with every run of the page."""
    said = [(table.sha256, table.submission.sheet, _recognised(table)) for table in tables]
    if st.session_state.get(f"noted_{file.file_id}") == said:
        return
    st.session_state[f"noted_{file.file_id}"] = said
    try:
        note_checked(store, tables, by=viewer)
    except ZybError:  # the file itself is checked and can be confirmed all the same
        log.warning("a check was not noted", exc_info=True)


def _recognised(table: Prepared) -> tuple[object, ...]:
    found = table.submission
    return found.ledger and found.ledger.id, found.roster and found.roster.province_code, found.as_of


def _in_the_way(file: Arrived) -> str:
    return f"trouble_{file.file_id}"


def _learn(store: Store, viewer: Viewer, file: Arrived, tables: list[Prepared]) -> None:
    roster, said = tables[0].submission.roster, explained(file.file_id)
    if not roster:
        return
    unit = reporting_unit([table.submission for table in tables], file.name)
    try:
        replaced = remember(store, roster, said, by=viewer, unit=unit)
    except ZybError as error:
        raise ZybError(f"数据已入库，但列对应和地名的说明没有记住：{error.message}", error.remedy) from error
    if replaced:
        before = "；".join(
            f"“{known.said}”此前由{known.learned_from}于{chinese_moment(known.learned_at)}说明为{meaning(roster, known)}"
            for known in replaced
        )
        told = f"{before}，今后按您的说明记住。"
        st.session_state[_in_the_way(file)] = look.notice(told, "如有不同意见，请与其核对。", "watch")


def _receipt_of(snapshot: int, table: Prepared) -> Receipt:
    moved = [effect for effect in table.effects if effect.moved]
    return Receipt(snapshot, table.row_counts, tuple(effect_line(effect, "") for effect in moved))


def _compare_again(store: Store, file: Arrived) -> Markup:
    """The page that follows shows a new comparison, and the next confirmation is of that one."""
    assert file.work
    rosters = (table.submission.roster for table in file.work.tables())
    province = next((roster.province_code for roster in rosters if roster), None)
    changes = _changes_since(store, province, file.work.compared_at)
    file.work.outdate()
    told = f"现有数据在您核对之后有变化{changes}，下面是按最新数据重新核对的结果，请再次确认。"
    return look.notice(told, "", "watch")


def _changes_since(store: Store, province_code: str | None, moment: datetime) -> str:
    """Who brought or withdrew what, in brackets; nothing where it was neither (somebody adjusted a verdict)."""
    told = [
        f"批次 {one.id}“{ledgers()[one.ledger].title}”由{one.withdrawn_by or one.uploaded_by}{'撤回' if one.withdrawn else '入库'}"
        for one in store.snapshots(province_code)
        if max(one.uploaded_at, one.withdrawn_at or one.uploaded_at) >= moment
    ]
    more = f"等 {len(told)} 个批次" if len(told) > CHANGES_TOLD else ""
    return f"（{'、'.join(told[:CHANGES_TOLD])}{more}）" if told else ""


def trouble(file: Arrived) -> None:
    """What stood in the way when the button was pressed last; nothing if it was not."""
    if notice := st.session_state.get(_in_the_way(file)):
        look.show(notice)


# -- what is over -----------------------------------------------------------------------------


def waits(file: Arrived) -> bool:
    return _receipts(file) is None and file.gone is None


def _receipts(file: Arrived) -> list[Receipt] | None:
    found: list[Receipt] | None = st.session_state.get(f"receipt_{file.file_id}")
    return found


def told(store: Store, file: Arrived) -> None:
    """What is over: the receipts of a file that went in, or why it does not wait any more."""
    if receipts := _receipts(file):
        for receipt in receipts:
            _receipt(store, receipt)
        trouble(file)
        _after()
    elif file.gone:
        _gone(file, file.gone)


def _gone(file: Arrived, why: Gone) -> None:
    look.show(look.card_title(file.name, look.badge("请核对" if why is UNKNOWN else "没有入库", "watch")))
    look.show(look.steps(STEPS, 0))
    look.show(look.notice(why.message, why.remedy, "watch"))


def _receipt(store: Store, receipt: Receipt) -> None:
    snapshot = store.snapshot(receipt.snapshot)
    counts = receipt.counts
    look.show(
        look.card_title(snapshot.file_name, look.badge("已撤回" if snapshot.withdrawn else "已入库", "good"))
    )
    look.show(look.steps(STEPS, len(STEPS)))
    lines = [
        f"{ledgers()[snapshot.ledger].title} · 数据截至 {snapshot.as_of} · {count(snapshot.row_count)} 行 {snapshot.regions} 个地区",
        f"新增 {count(counts.new)} 行，修改 {count(counts.changed)} 行，不变 {count(counts.same)} 行",
        f"上报人 {snapshot.uploaded_by} · 时间 {pickers.moment(snapshot.uploaded_at)}",
        f"文件 {snapshot.file_name} · 校验码 {snapshot.sha256}",
    ]
    look.show(look.receipt(f"已入库：批次 {snapshot.id}", *lines))
    for line in receipt.effects:
        look.show(line)
    st.download_button(
        "下载回执", "\r\n".join([f"数据上报回执：批次 {snapshot.id}", *lines]).encode("utf-8-sig"),
        file_name=f"上报回执-批次{snapshot.id}.txt", mime="text/plain", on_click="ignore",
        icon=":material/receipt_long:", key=f"slip_{snapshot.id}",
    )  # fmt: skip


def _after() -> None:
    with st.container(horizontal=True):
        link("pages/progress/overview.py", "查看总览", "dashboard")
        link("pages/intake/snapshots.py", "历史批次（可撤回）", "history")
