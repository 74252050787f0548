"""报送情况: who has handed in what was due, in time or late, and what is sent to those who have not."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.periods import chinese_day
from zyb.ui import look
from zyb.ui.duties.choosing import pick_on
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import load_submissions, the_store
from zyb.ui.frame.pickers import pick_place
from zyb.ui.submissions import board
from zyb.ui.submissions.exempting import exempt_card
from zyb.ui.submissions.reminding import calendar_button, own_card, reminders_card

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_submissions"):
    left, day_slot, roster, region_code = pick_place(store)
with day_slot:
    on = pick_on()

whole = load_submissions(roster, on, region_code)
spans, duties, calendar = st.columns([4, 5, 3], vertical_alignment="bottom", gap="small")
with spans:
    within = board.within_span(whole, board.pick_span())
with duties:
    duty_id = board.pick_duty(within)
region = roster.region(region_code or (viewer.region.code if viewer.region else ""))
with calendar, st.container(horizontal=True, horizontal_alignment="right"):
    calendar_button(viewer, roster, region, whole)
shown = within.of_duty(duty_id)

look.show(
    look.page_head("报送情况", f"{roster.province} · {chinese_day(on)} · {board.told_number(shown)}"), left
)
look.show(board.counts(shown, roster.province, roster.name_of(region_code) if region_code else ""))
if region:
    own_card(whole, roster, region)
with st.container(border=True, key="card_board"):
    board.board_card(shown, duty_id)
    exempt_card(store, viewer, shown)
reminders_card(viewer, shown)
board.rates_card(shown)
