"""领导汇报: all slides of a Briefing stand in the page at once, small as an overview until the talk begins.

Turning them over, rotation, Esc and the full screen are the browser's (zyb/web/assets/slideshow.js), so no key
waits for the server. The server only notices new figures and hands over a new deck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from zyb.answers.progress import report_days, with_closings
from zyb.briefing.model import Briefing, Request
from zyb.briefing.outlines import plans
from zyb.errors import ZybError
from zyb.html import Markup, joined, tag
from zyb.rulebook.book import remembered
from zyb.rulebook.measures import campaigns, measures
from zyb.rulebook.regions import Roster
from zyb.settings import data_folder
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.loading import load_briefing, load_shapes, the_store
from zyb.ui.frame.pickers import link, pick_day, pick_province, picked, settled, told_day
from zyb.ui.wall.scene import Screen
from zyb.ui.wall.slides import page, screens
from zyb.wording.templates import wording_stamp

TITLE = "领导汇报"
EVERY_CAMPAIGN = "全部专项"
KIND = "monthly"
SECONDS = (10, 20, 30)
# A wall shows new figures so many seconds after they came, at the latest.
FOLLOWS_EVERY = 60


@dataclass(frozen=True)
class WallChoice:
    """What the pickers say, and where the title stands."""

    roster: Roster
    campaign: str
    on: date | None
    head: st.delta_generator.DeltaGenerator

    @property
    def request(self) -> Request | None:
        return (
            Request(province=self.roster.province, kind=KIND, on=self.on, campaign=self.campaign)
            if self.on
            else None
        )


# --- pickers ---------------------------------------------------------------------------------------


def pick(store: Store) -> WallChoice:
    """Title left, province, campaign and day right."""
    with st.container(key="pickers_briefing"):
        head, *slots = st.columns([5.4, 1.5, 1.6, 1.5], vertical_alignment="bottom", gap="small")
    with slots[0]:
        roster = pick_province(store)
    with slots[1]:
        campaign = _pick_campaign(_first_with_data(store, roster))
    with slots[2]:
        # A wall that starts anew with its old address shows the newest figures, unless a day was picked.
        day = pick_day(_days(store, roster, campaign), in_address=False)
    return WallChoice(roster, campaign, day, head)


def _pick_campaign(first: str) -> str:
    """The id of a campaign, "" for all of them. What is first leaves no trace in the URL."""
    titles = {title: name for name, title in campaigns().items()} | {EVERY_CAMPAIGN: ""}
    start = next(title for title, name in titles.items() if name == first)
    chosen = settled("campaign", list(titles), start)
    st.session_state["campaign"] = chosen
    st.selectbox(
        "专项", list(titles), key="campaign", on_change=_picked, args=(start,), label_visibility="collapsed"
    )
    return titles[chosen]


def _picked(start: str) -> None:
    picked("campaign", st.session_state["campaign"], start)


def _first_with_data(store: Store, roster: Roster) -> str:
    return next((name for name in campaigns() if _days(store, roster, name)), next(iter(campaigns())))


def _days(store: Store, roster: Roster, campaign: str) -> list[date]:
    """The days with a report that the slides of the campaign can rest on."""
    if not campaign:
        return with_closings(roster.province, store.report_days(roster.province_code))
    return list(_campaign_days(store, store.revision, roster.province, campaign))


@remembered(128)
def _campaign_days(store: Store, revision: int, province: str, campaign: str) -> tuple[date, ...]:
    plan = plans().campaigns[campaign]
    wanted = [*plan.measures, *(name for group in plan.groups for name in group.measures)]
    known = measures(province)
    days = {day for name in wanted if name in known for day in report_days(store, province, name)}
    return tuple(sorted(days))


# --- the page --------------------------------------------------------------------------------------


def present(choice: WallChoice) -> None:
    """The overview with its button; the slides are in it already."""
    store, request = the_store(), choice.request
    if request is None:
        look.show(look.page_head(TITLE, choice.roster.province), choice.head)
        _nothing_yet(store, choice)
        return
    revision = store.revision
    try:
        with st.spinner("正在准备汇报页面…", show_time=False):
            pages, shown = _deck(store, revision, request, wording_stamp(data_folder()))
    except ZybError as error:
        look.show(look.page_head(TITLE, choice.roster.province), choice.head)
        with st.container(border=True, key="card_empty"):
            look.show(look.empty(error.message, error.remedy))
        return
    subtitle = f"{choice.roster.province} · 数据截至 {told_day(choice.on)} · 共 {pages} 页"
    look.show(look.page_head(TITLE, subtitle), choice.head)
    look.show(start_buttons())
    look.show(shown)
    _follow(revision)


def _nothing_yet(store: Store, choice: WallChoice) -> None:
    """Nothing from the province at all, or nothing on the campaign that was picked."""
    province, campaign = choice.roster.province, campaigns().get(choice.campaign, "")
    known = store.report_days(choice.roster.province_code)
    title = f"{province}“{campaign}”还没有上报数据" if known else f"{province}还没有上报数据"
    remedy = "可以在上方改选专项。" if known else ""
    with st.container(border=True, key="card_empty"):
        look.show(look.empty(title, f"收到各地数据后，这里自动生成汇报页面。{remedy}"))
        link("pages/intake/upload.py", "去上报数据", "upload_file")


@st.fragment(run_every=FOLLOWS_EVERY)
def _follow(revision: int) -> None:
    """A deck that hangs on a wall for days shows what was reported since."""
    if the_store().revision != revision:
        st.rerun()


# --- the deck --------------------------------------------------------------------------------------


@remembered(8)
def _deck(store: Store, revision: int, request: Request, wording: int) -> tuple[int, Markup]:
    """The number of pages and all of them; made anew when the report is."""
    shown = screens(load_briefing(request), load_shapes(request.province))
    return len(shown), deck(load_briefing(request), shown)


def deck(briefing: Briefing, shown: Sequence[Screen]) -> Markup:
    """An overview of all pages, and the bar that turns them while the talk is on."""
    pages = (_in_overview(briefing, screen, number, len(shown)) for number, screen in enumerate(shown, 1))
    return look.box("z-show", look.box("z-screens", *pages), _bar(shown))


def _in_overview(briefing: Briefing, screen: Screen, number: int, last: int) -> Markup:
    """A page is a button there: a click or 回车 begins the talk with it."""
    return tag(
        "section", page(briefing, screen, number, last), classes="z-screen", role="button", tabindex=0,
        data_show=number, aria_label=f"第{number}页：{screen.title}",
    )  # fmt: skip


def _bar(shown: Sequence[Screen]) -> Markup:
    dots = (_button(str(n), "", f"第{n}页：{screen.title}", "z-dot") for n, screen in enumerate(shown, 1))
    tools = (
        _button("back", "‹ 上一页", "上一页（←）"),
        _button("next", "下一页 ›", "下一页（→ 或空格）"),
        *(_button(f"every-{seconds}", f"{seconds}秒", f"每{seconds}秒自动翻页") for seconds in SECONDS),
        _button("pause", "停止轮播", "停止自动翻页"),
        _button("full", "全屏", "占满整个屏幕，再按一次还原"),
        _button("leave", "退出", "退出汇报"),
    )
    return joined(look.box("z-dots", *dots), look.box("z-tools", *tools))


def start_buttons() -> Markup:
    """Begin in this window, or with the browser's full screen."""
    hint = "方向键、空格或翻页笔翻页，首尾键到第一页和最后一页；移动鼠标可见轮播、全屏和退出按钮。"
    return look.box(
        "z-start",
        _button("1", "开始汇报", "从第一页开始", "z-primary"),
        _button("start-full", "全屏汇报", "从第一页开始，占满整个屏幕"),
        tag("span", hint),
    )


def _button(action: str, words: str, told: str, classes: str = "") -> Markup:
    return tag("button", words, type="button", classes=classes, data_show=action, title=told, aria_label=told)
