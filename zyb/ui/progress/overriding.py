"""人工调整 on the screen: the mark beside a verdict, the line that tells both verdicts, and the form to change one."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.access import Permission, Viewer, refusal
from zyb.answers.judging import REASON_LENGTH, override, take_back
from zyb.answers.overrides import choices, lapsed
from zyb.answers.progress import View
from zyb.errors import NotPossible
from zyb.html import Markup, joined
from zyb.periods import chinese_day, in_beijing
from zyb.standing.standings import Standing, Standings
from zyb.store import Store, VerdictRecord
from zyb.ui import look
from zyb.ui.frame.identity import viewer
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.frame.submitting import field, said, sent_at_once, submit

MARK, SHORT_MARK = "人工调整", "人工"


# -- in words ---------------------------------------------------------------------------


def verdict_badge(standing: Standing, mark: str = MARK) -> Markup:
    """The verdict that holds; where a person put it there, a mark with the rule's own and the reason."""
    badge = look.badge(standing.verdict.title, standing.verdict.tone)
    words = override_words(standing)
    return joined(badge, look.noted(mark, f"{MARK}。{words}")) if words else badge


def override_words(standing: Standing) -> str:
    """“规则评价：…；调整理由：…（某某，某日）。”; nothing where the rule's verdict holds."""
    found = standing.override
    if found is None:
        return ""
    return f"规则评价：{found.proposed.title}；调整理由：{_told(found.reason, found.by, found.at)}"


def overrides_words(found: Standings) -> str:
    """Under a table: which verdicts are not the rule's."""
    changed = [standing for standing in found.regions if standing.override]
    if not changed:
        return ""
    each = (f"{s.short}（规则评价：{s.proposed.title}）" for s in changed)
    return f"{MARK}：{'、'.join(each)}。"


def _told(reason: str, by: str, at: datetime) -> str:
    return f"{reason.rstrip('。')}（{by}，{chinese_day(in_beijing(at).date())}）。"


def _lapsed_words(found: Standings, record: VerdictRecord) -> str:
    title = found.verdicts[record.verdict].title if record.verdict in found.verdicts else record.verdict
    said = _told(record.reason, record.recorded_by, record.recorded_at)
    return f"此前的人工调整已失效，现按规则评价。{chinese_day(record.as_of)}的数据曾调整为“{title}”，理由：{said}"


# -- on the page ------------------------------------------------------------------------


@keeps_its_place
def judgement(seen: View, found: Standings, region_code: str | None, *, stacked: bool = False) -> None:
    """For the chosen region: what a person made of the verdict, and for those who may, the form to change it.

    `stacked` puts the form below the words, where there is no room beside them.
    """
    standing = found.region(region_code)
    if standing is None:
        return
    record = lapsed(found, standing, seen.verdict_records)
    words = override_words(standing) or (_lapsed_words(found, record) if record else "")
    person = viewer()
    may = person is not None and refusal(person, Permission.JUDGE) is None
    if not words and not (may and choices(found, standing)):
        return
    left, right = _places(stacked)
    look.show(look.source(joined(verdict_badge(standing), "　", words or "按规则评价。")), left)
    if person and may and choices(found, standing):
        with right:
            _change(the_store(), person, found, standing, len(seen.verdict_records))


def _places(stacked: bool) -> tuple[DeltaGenerator, DeltaGenerator]:
    if stacked:
        return st.container(), st.container()
    left, right = st.columns([10, 1.7], vertical_alignment="center", gap="small")
    return left, right


def _change(store: Store, person: Viewer, found: Standings, standing: Standing, turn: int) -> None:
    """`turn` grows with each record: a saved form closes, the next one opens empty."""
    name = f"{found.measure.id}_{standing.region_code}_{found.as_of}_{turn}"
    with st.popover("调整评价", icon=":material/edit_note:", key=f"judge_{name}", width="stretch"):
        if not standing.override:
            _override_form(store, person, found, standing, name)
            return
        changing, taking_back = st.tabs(["另行调整", "撤销调整"])
        with changing:
            _override_form(store, person, found, standing, name)
        with taking_back:
            _take_back_form(store, person, found, standing, name)


def _override_form(store: Store, person: Viewer, found: Standings, standing: Standing, name: str) -> None:
    offered = {verdict.title: verdict.id for verdict in choices(found, standing)}
    form, code = f"override_{name}", standing.region_code

    def act() -> int:
        if said(form, "title") is None:
            raise NotPossible("还没有选择评价。", "请选择后重试。")
        chosen = offered[said(form, "title")]
        return override(store, found, code, chosen, said(form, "reason"), by=person)

    with sent_at_once(form):
        look.show(joined(f"{standing.region}规则评价为", look.strong(standing.proposed.title), "，调整为："))
        st.radio(
            "调整为", list(offered), format_func=literal, index=None, horizontal=True, label_visibility="collapsed",
            key=field(form, "title"),
        )  # fmt: skip
        st.text_area("调整理由（必填）", max_chars=REASON_LENGTH, height=88, key=field(form, "reason"))
        look.show(look.source("只对本期数据有效，有新数据后按规则重新评价。规则评价和理由一并保留。"))
        submit("确认调整", form, act, "评价已调整。", type="primary")


def _take_back_form(store: Store, person: Viewer, found: Standings, standing: Standing, name: str) -> None:
    form, code = f"take_back_{name}", standing.region_code
    with sent_at_once(form):
        look.show(
            look.source(f"撤销后恢复规则评价“{standing.proposed.title}”，原来的调整和理由仍保留在记录中。")
        )
        st.text_area("撤销理由（必填）", max_chars=REASON_LENGTH, height=88, key=field(form, "reason"))
        submit(
            "撤销调整", form,
            lambda: take_back(store, found, code, said(form, "reason"), by=person),
            "调整已撤销，恢复规则评价。",
        )  # fmt: skip
