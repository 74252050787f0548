"""What a statement may read: each view with its columns, a statement to begin with, and the functions."""

from __future__ import annotations

import streamlit as st

from zyb.sqldesk import FUNCTION_NAMES, desk_views
from zyb.ui import look
from zyb.ui.frame.grids import grid
from zyb.ui.sqldesk.statement import insert

HEIGHT = 320


def schema_card() -> None:
    views = desk_views()
    look.show(look.card_title("可查询的表", f"{len(views)} 张，不含个人信息"))
    name = st.selectbox(
        "表", list(views), format_func=lambda one: f"{views[one].title}　{one}", key="sql_view",
        label_visibility="collapsed",
    )  # fmt: skip
    view = views[name]
    look.show(look.muted(f"{view.name}：{view.about}"))
    rows = [{"列名": column.name, "含义": column.about} for column in view.columns]
    grid(rows, hide_index=True, key="sql_columns", height=HEIGHT, alt=f"{view.title}的列")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "插入示例", icon=":material/edit_note:", key="sql_example", on_click=insert, args=(view.example,)
        )
        with st.popover("可用函数", icon=":material/function:", key="sql_functions"):
            look.show(look.muted("、".join(FUNCTION_NAMES)))
