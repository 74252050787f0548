"""Ways from a figure to where it is told in full: its definition and document, its snapshot, file and rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlencode

import streamlit as st

from zyb.answers.behind import rows_behind
from zyb.html import Markup
from zyb.inquiries.addresses import address_of
from zyb.inquiries.model import Inquiry
from zyb.rulebook.measures import Measure
from zyb.standing.standings import Standing, Standings
from zyb.store import Snapshot
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.frame.navigation import page_at

MEASURE, SNAPSHOT, COMPARED = "measure", "snapshot", "with"


def page_address(page: str, **said: object) -> str:
    """The address of a page, with what is to be picked there; what is empty is left to the page."""
    return f"/{page}?{urlencode(_told(said), quote_via=quote)}"


def page_link(page: str, label: str, icon: str, **said: object) -> None:
    """As `page_address`, as a button; none to a page that there is not."""
    if found := page_at(page):
        st.page_link(found, label=literal(label), icon=f":material/{icon}:", query_params=_told(said))


def _told(said: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in said.items() if value}


def _chosen(province: str, measure: Measure, region: str, as_of: date | None) -> dict[str, object]:
    return {"province": province, "region": region, "as_of": as_of, MEASURE: measure.id}


def measure_address(province: str, measure: Measure, region: str, as_of: date | None) -> str:
    """The page of the measure's campaign, opened at this measure and region; a page's address is its campaign."""
    return page_address(measure.campaign, **_chosen(province, measure, region, as_of))


def measure_link(province: str, measure: Measure, region: str, as_of: date | None, label: str) -> None:
    page_link(measure.campaign, label, "query_stats", **_chosen(province, measure, region, as_of))


def snapshot_address(snapshot: Snapshot, province: str) -> str:
    return numbered_address(snapshot.id, province)


def snapshot_link(snapshot: Snapshot, province: str, label: str, icon: str) -> None:
    page_link("snapshots", label, icon, province=province, **{SNAPSHOT: snapshot.id})


def numbered_address(snapshot: int, province: str) -> str:
    """As `snapshot_address`, where only the number is at hand."""
    return page_address("snapshots", province=province, **{SNAPSHOT: snapshot})


def compared_address(snapshot: int, other: int, province: str) -> str:
    """A snapshot beside another one of its ledger, row by row."""
    return page_address("snapshots", province=province, **{SNAPSHOT: snapshot, COMPARED: other})


def inquiry_link(asked: Inquiry, label: str) -> None:
    """To 数据查询 with its filters set: there it is narrowed down, sorted and taken along."""
    if found := page_at("explore"):
        address = {key: list(values) for key, values in address_of(asked).items()}
        st.page_link(found, label=literal(label), icon=":material/manage_search:", query_params=address)


def region_lead(found: Standings, standing: Standing, province: str) -> Markup | str:
    """The name of a region, which leads to its 地区概况; of the whole, or where no province is told, the name alone."""
    if not province or standing is found.province:
        return standing.short
    address = page_address("region", province=province, region=standing.region, as_of=found.as_of)
    return look.lead(address, standing.short, f"查看{standing.region}概况：全部指标、预警和报送")


def rows_lead(found: Standings, standing: Standing, side: str, province: str, shown: str) -> Markup | str:
    """A figure that leads to its rows in 数据查询, with file, sheet and line; as it is where nobody reports it."""
    asked = rows_behind(found, standing, side, province)
    if asked is None or not standing.told:
        return shown
    address = f"/explore?{urlencode(address_of(asked), doseq=True, quote_via=quote)}"
    return look.lead(address, shown, "查看这个数由哪些行汇总：文件、工作表和行")
