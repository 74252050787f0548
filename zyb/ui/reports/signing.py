"""签发: the report that is on the screen gets a number and is frozen; a correction says what it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.briefing.issued.bulletins import Bulletin
from zyb.briefing.issued.issuing import issued_on_the_same, sign
from zyb.briefing.model import Briefing
from zyb.errors import NotPossible
from zyb.html import joined
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import load_briefing
from zyb.ui.frame.pickers import told_day
from zyb.ui.frame.submitting import field, press, said

NEW = "新的一期"
LONGEST_CHANGES = 500
JUST_ISSUED, SIGNED_HERE = "just_issued", "signed_here"
FIXED = "内容已固定，以后上报、撤回或调整评价都不会改变它；文件可随时在页面下方“已签发”中原样再生成。"


def told() -> None:
    """At the top of the page, right after signing."""
    if words := st.session_state.pop(JUST_ISSUED, None):
        st.success(literal(f"{words}{FIXED}"), icon=":material/approval:")
        st.toast(literal(words), icon=":material/approval:")


def part(store: Store, viewer: Viewer, briefing: Briefing) -> None:
    """For those who may. What they see now is what they sign, unless the figures move under their eyes."""
    if refusal(viewer, Permission.ISSUE) is not None:
        return
    series, turn = issued_on_the_same(store, briefing.request), st.session_state.get(SIGNED_HERE, 0)
    # A form that has done its work is gone: after each number that was signed here there is another one.
    with st.popover(
        "签发本期",
        icon=":material/approval:",
        disabled=briefing.blocked,
        key=f"issue_{turn}",
        width="stretch",
    ):
        _form(store, viewer, briefing, series, turn)


def _correctable(series: Sequence[Bulletin]) -> dict[str, Bulletin]:
    """Issued reports on the same thing that nothing corrects yet, newest first."""
    corrected = {signed.revises for signed in series}
    return {
        f"修订：{signed.label}（截至{told_day(signed.on)}）": signed
        for signed in series
        if signed.id not in corrected
    }


def _form(store: Store, viewer: Viewer, briefing: Briefing, series: Sequence[Bulletin], turn: int) -> None:
    earlier = _correctable(series)
    look.show(joined("将签发：", look.strong("".join(briefing.title)), f"（截至{told_day(briefing.as_of)}）"))
    look.show(look.facts(_facts(briefing)))
    if same := [signed.label for signed in earlier.values() if signed.on == briefing.request.on]:
        look.show(
            joined(look.badge("请核对", "watch"), f"　这一天的数据已签发为{same[0]}，如有改动请选“修订”。")
        )
    form = f"issue_{turn}"
    kept = said(form, "what")
    # What was chosen stays chosen although it is no choice any more: it must not turn into another.
    gone = [kept] if kept and kept not in (NEW, *earlier) else []
    chosen = st.selectbox("性质", [NEW, *earlier, *gone], key=field(form, "what"))
    if chosen != NEW:
        st.text_area(
            "修订说明（改了什么、为什么，必填）",
            key=field(form, "changes"),
            max_chars=LONGEST_CHANGES,
            height=72,
        )
    seen = max((signed.id for signed in series), default=0)

    def act() -> None:
        if said(form, "what") not in (NEW, *earlier):
            raise NotPossible("所选的一期已被修订。", "请重新选择性质，核对后再签发。")
        _issue(store, viewer, briefing, earlier.get(said(form, "what")), said(form, "changes") or "", seen)

    press("确认签发", form, act, type="primary")


def _facts(briefing: Briefing) -> list[tuple[str, str]]:
    stands = [check.title for check in briefing.checks if check.accepted]
    changed = sum(bool(line.judgement.proposed) for section in briefing.sections for line in section.lines)
    return [
        ("文号", briefing.number or "未填写，文件中留空"),
        ("成文日期", told_day(briefing.made)),
        ("校核", f"作为说明写入：{'、'.join(stands)}" if stands else "全部通过"),
        ("评价", f"人工调整 {changed} 处" if changed else "按规则"),
    ]


def _issue(
    store: Store, viewer: Viewer, briefing: Briefing, revised: Bulletin | None, changes: str, seen: int
) -> None:
    if revised and not changes.strip():
        raise NotPossible("还没有填写修订说明。", "请写明改了什么、为什么，再确认签发。")
    with store.exclusively():
        _still_as_seen(briefing)
        signed = sign(
            store, briefing, by=viewer, revises=revised.id if revised else None, changes=changes, seen=seen,
        )  # fmt: skip
    st.session_state[SIGNED_HERE] = st.session_state.get(SIGNED_HERE, 0) + 1
    st.session_state[JUST_ISSUED] = f"已签发为{signed.label}《{signed.title}》。"


def _still_as_seen(seen: Briefing) -> None:
    """Somebody else may have uploaded or judged since the page was drawn: nobody signs what they have not read."""
    now = load_briefing(seen.request)
    if replace(seen, known_at=now.known_at) != now:
        raise NotPossible("页面打开后数据或评价有变化，内容已重新生成。", "请核对预览后再签发。")
