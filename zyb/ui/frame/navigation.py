"""Every page there is, in the order of the sidebar. To add a page, add a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.settings import ROOT


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


VIEW, UPLOAD, EXPORT = Permission.VIEW_PROGRESS, Permission.UPLOAD, Permission.EXPORT

# The first is where everybody arrives.
PAGES = (
    PageEntry("工作进展", "pages/progress/overview.py", "总览", "dashboard", "overview", VIEW),
    PageEntry("工作进展", "pages/progress/governance.py", "专项治理", "factory", "governance", VIEW),
    PageEntry("工作进展", "pages/progress/declaration.py", "申报扩面", "assignment", "declaration", VIEW),
    PageEntry("工作进展", "pages/progress/assistance.py", "帮扶行动", "handshake", "assistance", VIEW),
    PageEntry("工作进展", "pages/progress/institutions.py", "提质合规", "verified", "institutions", VIEW),
    PageEntry("工作进展", "pages/progress/dust_toxics.py", "尘毒专项", "masks", "dust_toxics", VIEW),
    PageEntry("工作进展", "pages/progress/enforcement.py", "监督执法", "gavel", "enforcement", VIEW),
    PageEntry("工作进展", "pages/progress/alerts.py", "滞后预警", "notifications_active", "alerts", VIEW),
    PageEntry("数据报送", "pages/intake/upload.py", "数据上报", "upload_file", "upload", UPLOAD),
    PageEntry("数据报送", "pages/intake/templates.py", "空白模板", "draft", "templates", UPLOAD),
    PageEntry("数据报送", "pages/intake/snapshots.py", "历史批次", "history", "snapshots", VIEW),
    PageEntry("简报与数据", "pages/reports/bulletin.py", "通报与文件", "article", "bulletin", EXPORT),
    PageEntry("简报与数据", "pages/reports/briefing.py", "领导汇报", "slideshow", "briefing", VIEW),
    PageEntry("系统", "pages/system/help.py", "帮助", "help", "help", VIEW),
)


def entries(person: Viewer | None) -> list[PageEntry]:
    """The pages this person may open, and that are there."""
    return [entry for entry in PAGES if refusal(person, entry.permission) is None and entry.script.is_file()]


def sections(allowed: list[PageEntry]) -> dict[str, list[st.Page]]:
    """For st.navigation: section title to pages; sections without a page do not show."""
    grouped: dict[str, list[st.Page]] = {}
    for entry in allowed:
        grouped.setdefault(entry.section, []).append(_page(entry, is_first=entry is allowed[0]))
    return grouped


def _page(entry: PageEntry, *, is_first: bool) -> st.Page:
    return st.Page(
        entry.script,
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.url_path,
        default=is_first,
    )
