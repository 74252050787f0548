"""已签发: every issued report, to be produced again exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from zyb.access import Viewer
from zyb.briefing.issued.bulletins import Bulletin, bulletins, checks
from zyb.briefing.issued.issuing import issued
from zyb.briefing.outlines import plans
from zyb.errors import ZybError
from zyb.rulebook.measures import campaigns
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import moment, told_day
from zyb.ui.frame.ticks import keep_ticked
from zyb.ui.reports import paper
from zyb.ui.reports.drafting import EVERY_CAMPAIGN
from zyb.ui.reports.fetching import files_in_a_row

SHOWN_ROWS = 8


def card(store: Store, viewer: Viewer, roster: Roster) -> None:
    """The list, newest first; a chosen row opens below with its text and its files."""
    signed = bulletins(store, roster.province)
    with st.container(border=True, key="card_issued"):
        look.show(look.card_title("已签发", f"{len(signed)} 期，可随时原样再生成" if signed else ""))
        if not signed:
            look.show(
                look.empty("还没有签发过", "在上方核对无误后点“签发本期”，这里保存每一期的内容和文件。")
            )
            return
        corrected = {later.revises: later.label for later in signed if later.revises}
        rows = [_row(roster, one, corrected.get(one.id)) for one in signed]
        ticked = keep_ticked("issued", [one.id for one in signed])
        grid(
            rows, hide_index=True, on_select="rerun", selection_mode="single-row", key="issued", alt="已签发的通报",
            height="content" if len(rows) <= SHOWN_ROWS else 320, column_config={"标题": st.column_config.TextColumn(width=330)},
        )  # fmt: skip
        look.show(look.on_paper(rows))
        named = _pick_by_name(signed)
        if one := named if ticked is None else signed[ticked]:
            _opened(store, viewer, one)


def _pick_by_name(signed: Sequence[Bulletin]) -> Bulletin | None:
    """The other way to open one: lines of a grid are out of reach without a mouse."""
    names = {f"{one.label}　{one.title}": one for one in signed}
    chosen = st.selectbox(
        "打开", list(names), index=None, placeholder="选中上面一行，或在这里选择一期", key="issued_name",
        label_visibility="collapsed", width=520,
    )  # fmt: skip
    return names.get(chosen or "")


def _row(roster: Roster, signed: Bulletin, corrected_by: str | None) -> dict[str, object]:
    region = roster.region(signed.region_code)
    return {
        "期号": signed.label, "标题": signed.title, "数据截至": signed.on.isoformat(),
        "状态": f"已由{corrected_by}修订" if corrected_by else "有效",
        "种类": plans().kinds[signed.kind].title, "专项": campaigns().get(signed.campaign, EVERY_CAMPAIGN),
        "范围": region.name if region else level_words(roster.province).whole,
        "签发人": signed.issued_by, "签发时间": moment(signed.issued_at) if signed.issued_at else "—",
        "修订说明": signed.changes or "—",
    }  # fmt: skip


def _opened(store: Store, viewer: Viewer, signed: Bulletin) -> None:
    try:
        briefing = issued(store, signed)
    except ZybError as error:
        st.error(literal(error), icon=":material/error:")
        return
    look.show(look.card_title(f"{signed.label}　{signed.title}", f"数据截至 {told_day(briefing.as_of)}"))
    files_in_a_row(viewer, briefing, f"issued_{signed.id}")
    look.show(look.facts([(str(said["title"]), _outcome(said)) for said in checks(signed)]))
    with st.expander("查看签发时的全文", key=f"issued_text_{signed.id}"):
        look.show(paper.sheet(briefing))


def _outcome(said: dict[str, object]) -> str:
    if said["passed"]:
        return "通过"
    return f"未通过，{said['accepted_by'] or '—'}确认作为说明写入：{said['detail']}"
