"""How far the reading of a file has come: its stages on the card while one waits, and what stands there when it failed."""

from __future__ import annotations

import streamlit as st

from zyb.errors import ZybError
from zyb.html import joined
from zyb.ui import look
from zyb.ui.upload.background import FileWork
from zyb.ui.upload.waiting import Arrived
from zyb.uploads import STAGES, WorkStage


def how_far(file: Arrived, work: FileWork) -> None:
    """The file's name, the stage it is at and, when it takes long, since when."""
    since = f"已用 {work.seconds:.0f} 秒　" if work.seconds >= 2 else ""
    state = (
        "排队等待"
        if work.stage is WorkStage.WAITING
        else f"正在{STAGES[min(work.stage, WorkStage.CHECKING)]}"
    )
    aside = joined(look.muted(since), look.badge(state, "missing"))
    look.show(look.card_title(file.name, aside))
    look.show(look.steps(STAGES, work.stage))


def failed(file: Arrived, fault: ZybError) -> None:
    look.show(look.card_title(file.name, look.badge("没有读完", "watch")))
    look.show(look.notice(fault.message, fault.remedy, "lagging"))
    st.button("再试一次", key=f"retry_{file.file_id}", icon=":material/refresh:")
