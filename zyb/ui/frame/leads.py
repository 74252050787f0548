"""Ways from a figure to where it is told in full: its definition and document, its snapshot, file and rows."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

import streamlit as st

from zyb.rulebook.measures import Measure
from zyb.store import Snapshot
from zyb.ui.frame.labels import literal
from zyb.ui.frame.navigation import page_at

MEASURE, SNAPSHOT = "measure", "snapshot"


def _chosen(province: str, measure: Measure, region: str, as_of: date | None) -> dict[str, str]:
    said = {"province": province, "region": region, "as_of": str(as_of or ""), MEASURE: measure.id}
    return {name: value for name, value in said.items() if value}


def measure_address(province: str, measure: Measure, region: str, as_of: date | None) -> str:
    """The page of the measure's campaign, opened at this measure and region; a page's address is its campaign."""
    return f"/{measure.campaign}?{urlencode(_chosen(province, measure, region, as_of), quote_via=quote)}"


def measure_link(province: str, measure: Measure, region: str, as_of: date | None, label: str) -> None:
    if page := page_at(measure.campaign):
        said = _chosen(province, measure, region, as_of)
        st.page_link(page, label=literal(label), icon=":material/query_stats:", query_params=said)


def snapshot_address(snapshot: Snapshot, province: str) -> str:
    return numbered_address(snapshot.id, province)


def snapshot_link(snapshot: Snapshot, province: str, label: str, icon: str) -> None:
    if page := page_at("snapshots"):
        said = {"province": province, SNAPSHOT: str(snapshot.id)}
        st.page_link(page, label=literal(label), icon=f":material/{icon}:", query_params=said)


def numbered_address(snapshot: int, province: str) -> str:
    """As `snapshot_address`, where only the number is at hand."""
    return f"/snapshots?{urlencode({'province': province, SNAPSHOT: snapshot}, quote_via=quote)}"


def named_snapshot(snapshots: list[Snapshot]) -> Snapshot | None:
    """The snapshot that a link has named."""
    named = st.query_params.get(SNAPSHOT)
    return next((snapshot for snapshot in snapshots if str(snapshot.id) == named), None)
