"""Every page there is, in the order of the sidebar. To add a page, add a line; campaigns bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.rulebook.book import rule
from zyb.rulebook.campaigns import Campaign, all_campaigns
from zyb.settings import ROOT, offers_statements


@dataclass(frozen=True)
class PageEntry:
    """One page: its section, script, title, icon (Material), address and who may open it."""

    section: str
    path: str
    title: str
    icon: str
    url_path: str
    permission: Permission

    @property
    def script(self) -> Path:
        return ROOT / self.path

    @property
    def switched_on(self) -> bool:
        """What an installation has to switch on is in nobody's navigation before."""
        return self.url_path not in SWITCHES or SWITCHES[self.url_path]()


VIEW, UPLOAD, EXPORT = Permission.VIEW_PROGRESS, Permission.UPLOAD, Permission.EXPORT
QUERY = Permission.QUERY
# Pages that are off unless a setting says otherwise, by address.
SWITCHES: Mapping[str, Callable[[], bool]] = {"sql": offers_statements}

# The first is where everybody arrives; the pages of the campaigns follow it.
PAGES = (
    PageEntry("工作进展", "pages/progress/overview.py", "总览", "dashboard", "overview", VIEW),
    PageEntry("工作进展", "pages/progress/region.py", "地区概况", "location_city", "region", VIEW),
    PageEntry("工作进展", "pages/progress/alerts.py", "滞后预警", "notifications_active", "alerts", VIEW),
    PageEntry("工作进展", "pages/progress/duties.py", "报送与节点", "event_available", "duties", VIEW),
    PageEntry("数据报送", "pages/intake/upload.py", "数据上报", "upload_file", "upload", UPLOAD),
    PageEntry("数据报送", "pages/intake/submissions.py", "报送情况", "rule", "submissions", VIEW),
    PageEntry("数据报送", "pages/intake/templates.py", "空白模板", "draft", "templates", UPLOAD),
    PageEntry("数据报送", "pages/intake/snapshots.py", "历史批次", "history", "snapshots", VIEW),
    PageEntry("数据报送", "pages/intake/linkage.py", "联动核查", "compare_arrows", "linkage", VIEW),
    PageEntry("数据报送", "pages/intake/quality.py", "数据质量", "fact_check", "quality", VIEW),
    PageEntry("简报与数据", "pages/reports/explore.py", "数据查询", "manage_search", "explore", VIEW),
    PageEntry("简报与数据", "pages/reports/sql.py", "查询语句", "terminal", "sql", QUERY),
    PageEntry("简报与数据", "pages/reports/bulletin.py", "通报与文件", "article", "bulletin", EXPORT),
    PageEntry("简报与数据", "pages/reports/briefing.py", "领导汇报", "slideshow", "briefing", VIEW),
    PageEntry("系统", "pages/system/help.py", "帮助", "help", "help", VIEW),
)


CAMPAIGN_SCRIPT = "pages/progress/campaign.py"
OPENED = "page_opened"


@rule
def pages() -> tuple[PageEntry, ...]:
    """Every page: those that are always there, and one for each campaign of the rules."""
    first, *others = PAGES
    return (first, *map(_campaign_entry, all_campaigns().values()), *others)


def _campaign_entry(campaign: Campaign) -> PageEntry:
    return PageEntry("工作进展", CAMPAIGN_SCRIPT, campaign.title, campaign.icon, campaign.id, VIEW)


def remember_opened(page: st.Page) -> None:
    """The page that is about to run: campaigns share a script, which asks here whose page it is."""
    st.session_state[OPENED] = page.url_path


def opened_campaign() -> Campaign:
    """The campaign whose page was opened; of a script that is run by itself, the first."""
    known = all_campaigns()
    return known.get(st.session_state.get(OPENED, ""), next(iter(known.values())))


def entries(person: Viewer | None) -> list[PageEntry]:
    """The pages this person may open, and that are there."""
    return [
        entry
        for entry in pages()
        if entry.switched_on and refusal(person, entry.permission) is None and entry.script.is_file()
    ]


def sections(allowed: list[PageEntry]) -> dict[str, list[st.Page]]:
    """For st.navigation: section title to pages; sections without a page do not show."""
    grouped: dict[str, list[st.Page]] = {}
    for entry in allowed:
        grouped.setdefault(entry.section, []).append(_page(entry, is_first=entry is allowed[0]))
    return grouped


def page_at(address: str) -> st.Page | None:
    """The page of an address, for a link: several pages may share a script."""
    return next((_page(entry, is_first=False) for entry in pages() if entry.url_path == address), None)


def _page(entry: PageEntry, *, is_first: bool) -> st.Page:
    return st.Page(
        entry.script,
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.url_path,
        default=is_first,
    )
