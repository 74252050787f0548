"""The row that the page begins with: province, table, day, and a second day beside it."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from zyb.inquiries.addresses import STANDINGS
from zyb.inquiries.model import Asking, Inquiry
from zyb.inquiries.words import STANDINGS_TITLE
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui.explore.asking import (
    beside_day,
    control,
    days_of,
    ledgers_reported,
    of_day,
    of_province,
    of_table,
)
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import province_options

NO_SECOND_DAY = "不并列"


def pick(store: Store, asked: Asking, places: Sequence[DeltaGenerator]) -> None:
    roster, table = load_roster(asked.province), asked.ledger_id if isinstance(asked, Inquiry) else STANDINGS
    known = sorted({*days_of(store, roster, table), *asked.days}, reverse=True)
    days = [day.isoformat() for day in known]
    second = asked.days[1].isoformat() if len(asked.days) > 1 else ""
    province_slot, table_slot, day_slot, beside_slot = places
    province_slot.selectbox(
        "省份", province_options(store), label_visibility="collapsed",
        **control("province", asked.province, asked, of_province),
    )  # fmt: skip
    titles = {
        STANDINGS: STANDINGS_TITLE,
        **{name: ledgers()[name].title for name in ledgers_reported(store, roster)},
    }
    table_slot.selectbox(
        "查询内容", list(titles), format_func=lambda name: literal(titles[name]), label_visibility="collapsed",
        **control("table", table, asked, of_table),
    )  # fmt: skip
    day_slot.selectbox(
        "数据截至",
        days,
        label_visibility="collapsed",
        **control("day", asked.days[0].isoformat(), asked, of_day),
    )
    beside_slot.selectbox(
        "并列日期", ["", *(day for day in days if day != asked.days[0].isoformat())], label_visibility="collapsed",
        format_func=lambda day: f"并列 {day}" if day else NO_SECOND_DAY,
        **control("beside", second, asked, beside_day),
    )  # fmt: skip
