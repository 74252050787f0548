"""通报与文件: choose, read, check, download and issue a report."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.access import Viewer
from zyb.answers.progress import report_days, with_closings
from zyb.briefing.composing import usual_addressees
from zyb.briefing.model import Briefing, Check, Request
from zyb.briefing.outlines import kind_of, plans
from zyb.errors import ZybError
from zyb.html import joined, tag
from zyb.rulebook.measures import campaigns
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import load_briefing
from zyb.ui.frame.pickers import pick_day, pick_province, told_day
from zyb.ui.reports import judging, paper, phrasing, signing
from zyb.ui.reports.fetching import files

EVERY_CAMPAIGN = "全部专项"
USUAL_KIND = "季通报"
VIEWS = ("版面预览", "逐句核对", "附件表")
EVERY_ANNEX = "全部附件"
# More rows of annexes than these are shown one annex at a time.
ROWS_AT_ONCE = 60
LONGEST_LINE, LONGEST_TEXT = 200, 4000
LONGEST_FAULT = 140
# The year of a document number stands in 六角括号 (GB/T 9704-2012).
OTHER_BRACKETS = frozenset("[]()（）【】［］{}<>《》")


@dataclass(frozen=True)
class ReportChoice:
    """What the pickers say; the texts come later, from the card beside the preview."""

    roster: Roster
    kind: str
    campaign: str
    region_code: str
    on: date

    @property
    def name(self) -> str:
        """Tells this report from all others."""
        return f"{self.roster.province_code}_{self.kind}_{self.campaign}_{self.region_code}_{self.on}"


# -- what outlives the page -------------------------------------------------------------------


def _kept() -> dict[str, object]:
    """Choices and texts: Streamlit forgets a widget as soon as another page is looked at."""
    kept: dict[str, object] = st.session_state.setdefault("report_kept", {})
    return kept


def _restore(key: str, usual: object) -> str:
    """Before a widget is drawn: what was in it when it was seen last."""
    if key not in st.session_state:
        st.session_state[key] = _kept().get(key, usual)
    return key


def _keep(key: str) -> None:
    _kept()[key] = st.session_state[key]


# -- pickers ----------------------------------------------------------------------------------


def pick(store: Store) -> tuple[Roster, ReportChoice | None]:
    """Title left, province and day right; below, what kind of report on which campaign and region.

    No choice where nothing was reported.
    """
    left, province_slot, day_slot = st.columns([7, 1.5, 1.5], vertical_alignment="bottom", gap="small")
    with province_slot:
        roster = pick_province(store)
    with st.container(key="pickers_report", horizontal=True, vertical_alignment="top"):
        kind = _pick_kind()
        campaign = _pick_campaign()
        region_code = _pick_region(roster, kind)
    with day_slot:
        day = pick_day(_days(store, roster, campaign))
    look.show(look.page_head("通报与文件", _subtitle(roster, day)), left)
    if day is None:
        with st.container(border=True, key="card_empty"):
            look.show(
                look.empty(
                    f"{roster.province}还没有这个专项的数据",
                    "收到各地数据后，这里自动写出通报、汇报和统计表。",
                )
            )
        return roster, None
    return roster, ReportChoice(roster, kind, campaign, region_code, day)


def _days(store: Store, roster: Roster, campaign: str) -> list[date]:
    """The days with a report on the campaign; without a campaign, with any report."""
    if not campaign:
        return with_closings(roster.province, store.report_days(roster.province_code))
    named = plans().campaigns[campaign].measures
    found = {day for name in named for day in report_days(store, roster.province, name)}
    return sorted(found)


def _subtitle(roster: Roster, day: date | None) -> str:
    return f"{roster.province} · 数据截至 {told_day(day)}" if day else roster.province


def _pick_kind() -> str:
    titles = {kind.title: kind.id for kind in plans().kinds.values()}
    key = _restore("report_kind", USUAL_KIND)
    chosen = st.segmented_control("种类", list(titles), format_func=literal, key=key, required=True)
    _keep(key)
    return titles[chosen or USUAL_KIND]


def _pick_campaign() -> str:
    titles = {**{title: name for name, title in campaigns().items()}, EVERY_CAMPAIGN: ""}
    return titles[_pick_one("专项", list(titles), "report_campaign")]


def _pick_region(roster: Roster, kind: str) -> str:
    """A 督办单 needs a region; every other report is on the whole province."""
    if not kind_of(kind).regional:
        return ""
    names = {region.name: region.code for region in roster.regions}
    return names[_pick_one("地区", list(names), f"report_region_{roster.province_code}")]


def _pick_one(label: str, options: list[str], key: str) -> str:
    _restore(key, options[0])
    chosen = st.selectbox(literal(label), options, key=key, width=180)
    _keep(key)
    return chosen


# -- the page ---------------------------------------------------------------------------------


def page(store: Store, viewer: Viewer, choice: ReportChoice) -> None:
    """Files and checks stand above the texts, though they follow from them."""
    signing.told()
    settings, preview = st.columns([4, 8], gap="small")
    results, texts, further = settings.container(), settings.container(), settings.container()
    with texts:
        request = _texts_card(choice)
    briefing = _composed(preview, request)
    if briefing:
        with results:
            _files_card(store, viewer, briefing)
            _checks_card(choice, briefing)
        with preview:
            _preview_card(briefing)
        with further:
            judging.card(viewer, briefing)
    with further:
        phrasing.card(store, viewer, request if briefing else None)


def _composed(place: DeltaGenerator, request: Request) -> Briefing | None:
    """The report, or the sentence that says why there is none."""
    with place, st.spinner("正在撰写…", show_time=False):
        try:
            return load_briefing(request)
        except ZybError as error:
            with st.container(border=True, key="card_no_report"):
                look.show(look.empty(error.message, error.remedy))
            return None


# -- texts ------------------------------------------------------------------------------------


def _texts_card(choice: ReportChoice) -> Request:
    """What only a person knows: 文号, whom it goes to, what is demanded.

    Who issues and who gets copies is the same for every report of an office; the rest is of this one.
    """
    office, own = choice.roster.province_code, choice.name
    with st.container(border=True, key="card_texts"):
        look.show(look.card_title("文头与要求", "留空的按默认写法"))
        issuer = _line("发文机关", f"report_issuer_{office}", level_words(choice.roster.province).issuer)
        left, right = st.columns(2, gap="small")
        with left:
            number = _line("文号", f"report_number_{own}", "例如 ×卫办职业函〔2024〕12号")
        with right:
            made = _day("成文日期", f"report_made_{own}")
        addressees = _line("主送", f"report_addressees_{own}", _usual_addressees(choice))
        copies = _line("抄送", f"report_copies_{office}", "例如 省疾病预防控制中心，省职业病防治院")
        demands = _text(
            "工作要求（每段一行）",
            f"report_demands_{own}",
            "留空则按该专项文件的要求写；填写后替换默认要求。",
        )
        for remark in _remarks(number, made, choice.on):
            look.show(joined(look.badge("请核对", "watch"), f"　{remark}"))
    return Request(
        province=choice.roster.province, kind=choice.kind, on=choice.on, campaign=choice.campaign,
        region_code=choice.region_code, number=_printable(number), made=made, issuer=_printable(issuer),
        addressees=_printable(addressees), copies=_printable(copies),
        requirements=tuple(text for line in demands.splitlines() if (text := _printable(line))),
        accepted=_accepted(choice),
    )  # fmt: skip


def _line(label: str, key: str, hint: str) -> str:
    text = st.text_input(literal(label), key=_restore(key, ""), placeholder=hint, max_chars=LONGEST_LINE)
    _keep(key)
    return text or ""


def _day(label: str, key: str) -> date | None:
    day = st.date_input(literal(label), key=_restore(key, None), value=None, format="YYYY-MM-DD")
    _keep(key)
    return day


def _text(label: str, key: str, hint: str) -> str:
    text = st.text_area(
        literal(label), key=_restore(key, ""), height=104, max_chars=LONGEST_TEXT, placeholder=hint
    )
    _keep(key)
    return text or ""


def _usual_addressees(choice: ReportChoice) -> str:
    return usual_addressees(choice.roster, choice.roster.region(choice.region_code))


def _printable(text: str) -> str:
    """Without what cannot be seen: text pasted from other programs carries control characters."""
    return "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _seen(sign)).strip()


def _seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _remarks(number: str, made: date | None, on: date) -> list[str]:
    """What is allowed and still most likely a slip."""
    found = []
    if OTHER_BRACKETS & set(number):
        found.append("文号中的年份应使用六角括号，例如〔2024〕。")
    if made and made < on:
        found.append(f"成文日期早于数据截至日（{told_day(on)}）。")
    return found


# -- 校核 -------------------------------------------------------------------------------------


def _allowed() -> dict[str, bool]:
    """Letting a fault stand is said for one report on one day, not for all."""
    kept: dict[str, bool] = st.session_state.setdefault("accepted_checks", {})
    return kept


def _accepted(choice: ReportChoice) -> tuple[str, ...]:
    start = f"accept_{choice.name}_"
    return tuple(
        sorted(key.removeprefix(start) for key, let in _allowed().items() if let and key.startswith(start))
    )


def _let_stand(key: str) -> None:
    _allowed()[key] = st.session_state[f"tick_{key}"]


def _checks_card(choice: ReportChoice, briefing: Briefing) -> None:
    with st.container(border=True, key="card_checks"):
        look.show(look.card_title("校核", _outcome(briefing.checks)))
        for check in briefing.checks:
            _check_line(f"accept_{choice.name}_{check.id}", check)


def _outcome(checks: Sequence[Check]) -> str:
    odd = sum(not check.passed for check in checks)
    return f"{len(checks)} 项中 {odd} 项未通过" if odd else f"{len(checks)} 项全部通过"


def _check_line(key: str, check: Check) -> None:
    tone = "good" if check.passed else "watch" if check.accepted else "lagging"
    word = "通过" if check.passed else "作为说明" if check.accepted else "未通过"
    look.show(tag("div", look.badge(word, tone), tag("span", check.title), classes="z-check"))
    if check.passed:
        return
    look.show(look.source(_detail(check.detail)))
    st.checkbox(
        "不改正数据，作为说明写入文件",
        key=f"tick_{key}",
        value=check.accepted,
        on_change=partial(_let_stand, key),
    )


def _detail(text: str) -> str:
    """A long list of faults begins on the page; the rest is behind a word."""
    if len(text) <= LONGEST_FAULT:
        return text
    return joined(f"{text[:LONGEST_FAULT]}……", paper.opening("全部内容", text))


# -- files ------------------------------------------------------------------------------------


def _files_card(store: Store, viewer: Viewer, briefing: Briefing) -> None:
    with st.container(border=True, key="card_files"):
        look.show(look.card_title("生成文件", f"{briefing.kind_title} · 截至 {told_day(briefing.as_of)}"))
        why = "校核未通过，请改正数据，或在下方勾选“作为说明写入文件”。" if briefing.blocked else None
        files(viewer, briefing, "draft", why)
        if why:
            look.show(joined(look.badge("暂不能生成", "lagging"), f"　{why}"))
        signing.part(store, viewer, briefing)


# -- preview ----------------------------------------------------------------------------------


def _preview_card(briefing: Briefing) -> None:
    with st.container(border=True, key="card_preview"):
        look.show(look.card_title("预览", "光标移到句子上可看依据的数字，逐项核对见“逐句核对”"))
        with st.container(key="preview_tools", horizontal=True, vertical_alignment="center"):
            view = st.segmented_control(
                "视图", VIEWS, default=VIEWS[0], key="report_view", label_visibility="collapsed", required=True,
            )  # fmt: skip
            wanted = _pick_annex(briefing) if view == VIEWS[2] else None
        if view == VIEWS[1]:
            look.show(paper.sentences(briefing))
        elif view == VIEWS[2]:
            look.show(paper.annexes(briefing, wanted))
        else:
            look.show(paper.sheet(briefing))


def _pick_annex(briefing: Briefing) -> str | None:
    """None is all of them."""
    if len(briefing.annexes) < 2:
        return None
    marks = paper.annex_names(briefing)
    titles: Mapping[str, str | None] = {
        EVERY_ANNEX: None,
        **{f"{mark}　{table.title}": mark for mark, table in zip(marks, briefing.annexes, strict=True)},
    }
    many = sum(len(table.rows) for table in briefing.annexes) > ROWS_AT_ONCE
    chosen = st.selectbox(
        "附件", list(titles), index=int(many), key=f"report_annex_{briefing.kind_title}_{briefing.short_title}",
        label_visibility="collapsed", width=420,
    )  # fmt: skip
    return titles[chosen]
