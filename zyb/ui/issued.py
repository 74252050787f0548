"""已签发: every issued report, to be produced again exactly as it was."""

from __future__ import annotations

import streamlit as st

from zyb.briefing.outlines import plans
from zyb.bulletins import Bulletin, bulletins, checks, revision_of
from zyb.exports.documents import FORMATS
from zyb.issuing import issued
from zyb.measures import campaigns
from zyb.regions import Roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.controls import told_day
from zyb.ui.drafting import EVERY_CAMPAIGN, WHOLE_PROVINCE, download
from zyb.ui.panels import moment


def card(store: Store, roster: Roster) -> None:
    """The list, newest first; a chosen row opens below with its files."""
    signed = bulletins(store, roster.province)
    with st.container(border=True, key="card_issued"):
        st.html(look.card_title("已签发", f"{len(signed)} 期" if signed else ""))
        if label := st.session_state.pop("just_issued", None):
            st.success(f"已签发为{label}。以后上报、撤回或调整评价都不会改变它。", icon=":material/approval:")
        if not signed:
            st.html(look.empty("还没有签发过", "在上方核对无误后点“签发本期”，这里保存每一期的内容和文件。"))
            return
        rows = [_row(store, roster, one) for one in signed]
        picked = st.dataframe(
            rows, hide_index=True, on_select="rerun", selection_mode="single-row", key="issued", alt="已签发的通报",
        )  # fmt: skip
        if chosen := picked["selection"]["rows"]:
            _opened(store, signed[chosen[0]])


def _row(store: Store, roster: Roster, signed: Bulletin) -> dict[str, object]:
    region = roster.region(signed.region_code)
    later = revision_of(store, signed)
    return {
        "期号": signed.label, "种类": plans().kinds[signed.kind].title, "标题": signed.title,
        "专项": campaigns().get(signed.campaign, EVERY_CAMPAIGN), "范围": region.name if region else WHOLE_PROVINCE,
        "数据截至": signed.on.isoformat(), "签发人": signed.issued_by,
        "签发时间": moment(signed.issued_at) if signed.issued_at else "—",
        "状态": f"已由{later.label}修订" if later else "有效", "修订说明": signed.changes or "—",
    }  # fmt: skip


def _opened(store: Store, signed: Bulletin) -> None:
    briefing = issued(store, signed)
    st.html(look.card_title(f"{signed.label}　{signed.title}", f"数据截至 {told_day(briefing.as_of)}"))
    for place, form in zip(st.columns(len(FORMATS), gap="small"), FORMATS.values(), strict=True):
        download(form, briefing, f"issued_{signed.id}", None, place)
    st.html(look.facts([(str(said["title"]), _outcome(said)) for said in checks(signed)]))


def _outcome(said: dict[str, object]) -> str:
    if said["passed"]:
        return "通过"
    return f"未通过，{said['accepted_by'] or '—'}确认作为说明写入：{said['detail']}"
