"""需要调度: who is to be called, the worst first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from zyb import briefing
from zyb.briefing import (
    Attention,
    not_begun,
)
from zyb.html import Markup
from zyb.standing.standings import Standings
from zyb.ui import look
from zyb.ui.progress.scene import Scene


def none_behind(found: Standings) -> str:
    if not found.begun:
        return f"{not_begun(found)}，暂不评价"
    if found.plan is None:
        return "没有规定时限" if found.measure.paced else "未设目标"
    return "各地均达到序时" if found.measure.paced else "各地均达到目标"


def attention_order(found: Standings) -> str:
    unit = found.measure.unit
    return f"按{'落后序时' if found.measure.paced else '距目标'}的{unit}数排序"


def attention_list(items: Sequence[Attention]) -> Markup:
    return look.alert_list(
        look.AlertCard(item.headline, item.sentence, item.standing.verdict.tone, item.standing.verdict.title)
        for item in items
    )


def attention_card(scene: Scene) -> None:
    with st.container(border=True, key="card_attention", height="stretch"):
        look.show(look.card_title("需要调度", attention_order(scene.found)))
        items = briefing.attention(scene.found)
        if items:
            look.show(attention_list(items))
        elif not scene.found.reported:
            look.show(look.empty("尚未收到各地数据", "任务数已下达，收到台账后这里列出需要调度的地区。"))
        else:
            look.show(look.empty("没有需要调度的地区", f"{none_behind(scene.found)}。"))
