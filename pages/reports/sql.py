"""查询语句: one SELECT over documented views, for those who know it; off unless an administrator switched it on."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.sqldesk import not_offered
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.sqldesk.answer import answer_card
from zyb.ui.sqldesk.schema import schema_card
from zyb.ui.sqldesk.statement import statement_card

viewer = require(Permission.QUERY)

look.show(look.page_head("查询语句", "用 SQL 查询各地当前有效的数据，只读，不含个人信息"))
if reason := not_offered():
    look.show(look.empty(reason.message, reason.remedy))
    st.stop()

left, right = st.columns([3, 2], gap="small")
with left.container(border=True, key="card_statement"):
    answer = statement_card(the_store(), viewer)
with right.container(border=True, key="card_schema"):
    schema_card()
if answer:
    answer_card(viewer, answer)
