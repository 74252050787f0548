"""专项行动: what each campaign is called, what its page shows, and when it was closed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "campaigns.toml"
# The names of Material Symbols that the pages can draw: those of the Streamlit in requirements.txt, which no rule imports.
ICONS = Path(__file__).with_name("icons.txt")
# Addresses of the pages that are always there.
TAKEN = (
    "overview", "region", "alerts", "duties", "upload", "submissions", "templates", "snapshots", "linkage", "quality", "explore", "sql", "bulletin", "briefing", "help",
)  # fmt: skip
NEAR_ICONS = 3
# What a page can show; zyb/ui/progress/campaign_page.py draws each.
CARDS = (
    "headline", "stages", "map", "league", "floor", "matrix", "items", "breakdowns", "elsewhere",
    "trend", "attention", "history", "schedule", "definition", "changes", "counties",
)  # fmt: skip
COLUMNS = "|"
MOST_COLUMNS = 2
BETWEEN_CARDS = re.compile(r"[,，、\s]+")
# It is the page's address and the name of a table in several files.
ID = re.compile(r"[a-z][a-z0-9_]*")

CardRow = tuple[tuple[str, ...], ...]
"""A row of a page: its columns from left to right, in each the cards from top to bottom."""


@dataclass(frozen=True)
class Closing:
    """结束: the first day after the work, and the document that says so."""

    day: date
    report: str


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One 专项行动. `title` is short, for tiles and the sidebar; `subject` is how its page is headed."""

    id: str
    title: str
    subject: str
    purpose: str
    """What its page is for, as the guide tells it."""
    icon: str
    rows: tuple[CardRow, ...]
    headline: str
    """The measure that the overview may begin with; empty where it begins with none of this campaign."""
    elsewhere: tuple[str, ...]
    """Measures of other campaigns that belong to this work too."""
    closing: Closing | None

    def closed_on(self, day: date) -> bool:
        """From the day of its closing on, that day included."""
        return self.closing is not None and day >= self.closing.day


def _campaign(campaign_id: str, table: toml.RulesTable) -> Campaign:
    if not ID.fullmatch(campaign_id):
        raise table.fault("专项的编号是网址的一部分，只用小写字母、数字和下划线，以字母开头。")
    found = Campaign(
        id=campaign_id, title=table.text("title"), subject=table.text("subject"),
        purpose=table.text("purpose"), icon=table.text("icon"),
        rows=tuple(_row(line, table) for line in table.texts("cards")), headline=table.text("headline", ""),
        elsewhere=table.texts("elsewhere", ()), closing=_closing(table),
    )  # fmt: skip
    table.finish()
    _check_page(found, table)
    _check_cards(found, table)
    return found


def _check_page(campaign: Campaign, table: toml.RulesTable) -> None:
    if campaign.id in TAKEN:
        raise table.fault("程序已有同名的页面，请换一个编号。")
    if campaign.icon not in icon_names():
        near = difflib.get_close_matches(campaign.icon, icon_names(), NEAR_ICONS)
        meant = f"；相近的有：{'、'.join(near)}" if near else ""
        raise table.fault(f"“icon”应是 Material Symbols 中的名称，没有{toml.shown(campaign.icon)}{meant}。")


@rule
def icon_names() -> frozenset[str]:
    return frozenset(ICONS.read_text(encoding="ascii").split())


def _row(line: str, table: toml.RulesTable) -> CardRow:
    """“trend, attention | history”: two columns, with two cards in the left one."""
    columns = [tuple(filter(None, BETWEEN_CARDS.split(part))) for part in line.split(COLUMNS)]
    if len(columns) > MOST_COLUMNS or not all(columns):
        raise table.fault(f"“cards”的一行是一列或左右两列卡片，中间用 {COLUMNS} 隔开，现为“{line}”。")
    return tuple(columns)


def _check_cards(campaign: Campaign, table: toml.RulesTable) -> None:
    named = [card for row in campaign.rows for column in row for card in column]
    if unknown := [card for card in named if card not in CARDS]:
        raise table.fault(f"没有名为“{unknown[0]}”的卡片；可用的有：{'、'.join(CARDS)}。")
    if twice := [card for card in CARDS if named.count(card) > 1]:
        raise table.fault(f"卡片“{twice[0]}”写了两次，每页一张。")
    if ("elsewhere" in named) != bool(campaign.elsewhere):
        raise table.fault("卡片“elsewhere”和“elsewhere”所列的指标应同时写出，或都不写。")


def _closing(table: toml.RulesTable) -> Closing | None:
    if not (table.has("closed") or table.has("closing_report")):
        return None
    return Closing(table.day("closed"), table.text("closing_report"))


def parse_campaigns(table: toml.RulesTable) -> dict[str, Campaign]:
    """Every campaign, in the order of the file."""
    found = {campaign_id: _campaign(campaign_id, below) for campaign_id, below in table.items()}
    if not found:
        raise table.fault("没有列出任何专项。")
    titles = [campaign.title for campaign in found.values()]
    if twice := [title for title in titles if titles.count(title) > 1]:
        raise table.fault(f"有两个专项都叫“{twice[0]}”。")
    return found


def parse_closings(table: toml.RulesTable, national: Mapping[str, Campaign]) -> Iterator[Campaign]:
    """The campaigns that a province has closed on a day of its own."""
    for campaign_id, below in table.items():
        if campaign_id not in national:
            raise below.fault(f"全国规则中没有这个专项；可用的有：{'、'.join(national)}。")
        closing = _closing(below)
        below.finish()
        if closing is None:
            raise below.fault("这里只写本省的结束日期“closed”和文件“closing_report”。")
        yield replace(national[campaign_id], closing=closing)


@rule
def all_campaigns() -> Mapping[str, Campaign]:
    """Campaign id → campaign, for the whole country."""
    return parse_campaigns(toml.load(rules_file(FILE)))


@rule
def campaigns_of(province: str) -> Mapping[str, Campaign]:
    """As they stand for a province (full name, such as 陕西省): it may close one on a day of its own."""
    national, own = all_campaigns(), toml.own_table(FILE, province)
    closed = {campaign.id: campaign for campaign in parse_closings(own, national)} if own else {}
    return {**national, **closed}


def closed_campaigns(province: str, day: date) -> tuple[Campaign, ...]:
    """Those that are closed on that day, in their order."""
    return tuple(campaign for campaign in campaigns_of(province).values() if campaign.closed_on(day))


def closing_of(province: str, campaign: str, day: date) -> Closing | None:
    """How a campaign was closed, where it is on that day."""
    own = campaigns_of(province)[campaign]
    return own.closing if own.closed_on(day) else None


def closing_days(province: str, until: date) -> tuple[date, ...]:
    """The days on which a campaign was closed, up to one day; the oldest first."""
    days = {campaign.closing.day for campaign in campaigns_of(province).values() if campaign.closing}
    return tuple(sorted(day for day in days if day <= until))


@rule
def campaigns() -> dict[str, str]:
    """Campaign id → Chinese title, in the order of the file."""
    return {campaign.id: campaign.title for campaign in all_campaigns().values()}
