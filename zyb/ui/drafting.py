"""通报与文件: choose, read, check, download and issue a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.briefing.model import Briefing, Check, Request
from zyb.briefing.outlines import kind_of, plans
from zyb.bulletins import Bulletin, bulletins, revision_of
from zyb.errors import ZybError
from zyb.exports.documents import BUNDLE, FORMATS, Format
from zyb.issuing import sign
from zyb.measures import campaigns
from zyb.progress import report_days
from zyb.regions import Roster
from zyb.settings import data_folder
from zyb.store import Store
from zyb.ui import look, paper
from zyb.ui.controls import pick_day, pick_province, told_day
from zyb.ui.loading import load_briefing

EVERY_CAMPAIGN = "全部专项"
WHOLE_PROVINCE = "全省"
ICONS = {
    "word": "article",
    "slides": "slideshow",
    "excel": "table_view",
    "text": "notes",
    "bundle": "folder_zip",
}
VIEWS = ("版面预览", "逐句核对", "附件表")
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Choice:
    """What the pickers say; the texts come later, from the card beside the preview."""

    roster: Roster
    kind: str
    campaign: str
    region_code: str
    on: date


# -- pickers -------------------------------------------------------------------------------


def pick(store: Store) -> Choice | None:
    """Title left, province and day right; below, what kind of report on which campaign and region."""
    left, province_slot, day_slot = st.columns([7, 1.5, 1.5], vertical_alignment="bottom", gap="small")
    with province_slot:
        roster = pick_province(store)
    with st.container(key="pickers_report", horizontal=True, vertical_alignment="bottom"):
        kind = _pick_kind()
        campaign = _pick_campaign()
        region_code = _pick_region(roster, kind)
    with day_slot:
        day = pick_day(_days(store, roster, campaign))
    left.html(look.page_head("通报与文件", _subtitle(roster, day)))
    if day is None:
        with st.container(border=True, key="card_empty"):
            st.html(
                look.empty(
                    f"{roster.province}还没有这个专项的数据",
                    "收到各地数据后，这里自动写出通报、汇报和统计表。",
                )
            )
        return None
    return Choice(roster, kind, campaign, region_code, day)


def _days(store: Store, roster: Roster, campaign: str) -> list[date]:
    """The days with a report on the campaign; without a campaign, with any report."""
    if not campaign:
        return store.report_days(roster.province_code)
    named = plans().campaigns[campaign].measures
    found = {day for name in named for day in report_days(store, roster.province, name)}
    return sorted(found)


def _subtitle(roster: Roster, day: date | None) -> str:
    return f"{roster.province} · 数据截至 {told_day(day)}" if day else roster.province


def _pick_kind() -> str:
    titles = {kind.title: kind.id for kind in plans().kinds.values()}
    chosen = st.segmented_control("种类", list(titles), key="report_kind", default="季通报", required=True)
    return titles[chosen or "季通报"]


def _pick_campaign() -> str:
    titles = {**{title: name for name, title in campaigns().items()}, EVERY_CAMPAIGN: ""}
    return titles[st.selectbox("专项", list(titles), key="report_campaign", width=180)]


def _pick_region(roster: Roster, kind: str) -> str:
    """A 督办单 needs a region; every other report is on the whole province."""
    if not kind_of(kind).regional:
        return ""
    names = {region.name: region.code for region in roster.regions}
    return names[st.selectbox("地区", list(names), key="report_region", width=180)]


# -- the page -------------------------------------------------------------------------------


def page(store: Store, viewer: Viewer, choice: Choice) -> None:
    """Files and checks stand above the texts, though they follow from them."""
    settings, preview = st.columns([4, 8], gap="small")
    results, texts = settings.container(), settings.container()
    with texts:
        request = _texts_card(choice)
    briefing = _composed(preview, request)
    if briefing is None:
        return
    with results:
        _files_card(briefing)
        _checks_card(briefing)
        _issue_card(store, viewer, briefing)
    with preview:
        _preview_card(briefing)


def _composed(place: st.delta_generator.DeltaGenerator, request: Request) -> Briefing | None:
    """The report, or the sentence that says why there is none."""
    with place, st.spinner("正在撰写…", show_time=False):
        try:
            return load_briefing(request)
        except ZybError as error:
            with st.container(border=True, key="card_no_report"):
                st.html(look.empty(error.message, error.remedy))
            return None


def _texts_card(choice: Choice) -> Request:
    """What only a person knows: 文号, whom it goes to, what is demanded."""
    with st.container(border=True, key="card_texts"):
        st.html(look.card_title("文头与要求", "留空的按默认写法"))
        issuer = st.text_input(
            "发文机关", key="report_issuer", placeholder=f"{choice.roster.province}卫生健康委员会办公室"
        )
        left, right = st.columns(2, gap="small")
        number = left.text_input("文号", key="report_number", placeholder="例如 陕卫办职业函〔2024〕12号")
        made = right.date_input("成文日期", key="report_made", value=None, format="YYYY-MM-DD")
        addressees = st.text_input("主送", key="report_addressees", placeholder="各设区市卫生健康委（局）：")
        copies = st.text_input(
            "抄送", key="report_copies", placeholder="例如 省疾病预防控制中心，省职业病防治院"
        )
        demands = st.text_area(
            "工作要求（每段一行）", key="report_demands", height=104, max_chars=LONGEST_TEXT,
            placeholder="留空则按该专项文件的要求写；填写后替换默认要求。",
        )  # fmt: skip
    return Request(
        province=choice.roster.province, kind=choice.kind, on=choice.on, campaign=choice.campaign,
        region_code=choice.region_code, number=number.strip(), made=made, issuer=issuer.strip(),
        addressees=addressees.strip(), copies=copies.strip(), requirements=tuple(demands.splitlines()),
        accepted=tuple(sorted(_accepted(choice))),
    )  # fmt: skip


# -- 校核 -----------------------------------------------------------------------------------


def _accept_key(choice_or_request: Choice | Request, check_id: str) -> str:
    """Letting a fault stand is said for one report on one day, not for all."""
    it = choice_or_request
    province = it.roster.province if isinstance(it, Choice) else it.province
    return f"accept_{province}_{it.kind}_{it.campaign}_{it.region_code}_{it.on}_{check_id}"


def _accepted(choice: Choice) -> list[str]:
    start = _accept_key(choice, "")
    kept: Mapping[str, bool] = st.session_state.get("accepted_checks", {})
    return [key.removeprefix(start) for key, ticked in kept.items() if ticked and key.startswith(start)]


def _let_stand(key: str) -> None:
    st.session_state.setdefault("accepted_checks", {})[key] = st.session_state[f"tick_{key}"]


def _checks_card(briefing: Briefing) -> None:
    odd = [check for check in briefing.checks if not check.passed]
    with st.container(border=True, key="card_checks"):
        told = (
            f"{len(briefing.checks)} 项中 {len(odd)} 项未通过"
            if odd
            else f"{len(briefing.checks)} 项全部通过"
        )
        st.html(look.card_title("校核", told))
        for check in briefing.checks:
            _check_line(briefing.request, check)


def _check_line(request: Request, check: Check) -> None:
    tone = "good" if check.passed else "watch" if check.accepted else "lagging"
    word = "通过" if check.passed else "作为说明" if check.accepted else "未通过"
    st.html(look.html(look.tag(word, tone), f"　{check.title}"))
    if check.passed:
        return
    st.html(look.muted(_shortened(check.detail)))
    key = _accept_key(request, check.id)
    st.checkbox(
        "不更正数据，作为说明写入文件",
        key=f"tick_{key}",
        value=check.accepted,
        on_change=partial(_let_stand, key),
    )


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]}……"


# -- files ----------------------------------------------------------------------------------


def _files_card(briefing: Briefing) -> None:
    with st.container(border=True, key="card_files"):
        st.html(look.card_title("生成文件", f"{briefing.kind_title} · 截至 {told_day(briefing.as_of)}"))
        why = "校核未通过，请更正数据或勾选“作为说明写入文件”。" if briefing.blocked else None
        single = [form for form in FORMATS.values() if form.id != BUNDLE]
        places = st.columns(2, gap="small")
        for place, form in enumerate(single):
            download(form, briefing, "draft", why, places[place % 2])
        download(FORMATS[BUNDLE], briefing, "draft", why, st.container())
        if why:
            st.html(look.muted(why))


def download(
    form: Format, briefing: Briefing, key: str, why_not: str | None, place: st.delta_generator.DeltaGenerator
) -> None:
    """Written only when somebody asks for it."""
    place.download_button(
        form.title, data=partial(form.write, briefing, data_folder()), file_name=form.file_name(briefing),
        mime=form.media_type, on_click="ignore", icon=f":material/{ICONS[form.id]}:", key=f"{key}_{form.id}",
        disabled=why_not is not None, help=why_not, width="stretch", type="primary" if form.id == "word" else "secondary",
    )  # fmt: skip


# -- issuing --------------------------------------------------------------------------------


def _issue_card(store: Store, viewer: Viewer, briefing: Briefing) -> None:
    if refusal(viewer, Permission.ISSUE) is not None:
        return
    earlier = _correctable(store, briefing)
    with st.container(border=True, key="card_issue"):
        st.html(look.card_title("签发", "签发后内容固定，可随时原样再生成"))
        with st.popover(
            "签发本期", icon=":material/approval:", disabled=briefing.blocked, key="issue_popover"
        ):
            _issue_form(store, viewer, briefing, earlier)


def _correctable(store: Store, briefing: Briefing) -> dict[str, Bulletin]:
    """Issued reports on the same thing that nothing corrects yet, newest first."""
    request = briefing.request
    return {
        f"{signed.label} {signed.title}": signed
        for signed in bulletins(store, request.province)
        if (signed.kind, signed.campaign, signed.region_code)
        == (request.kind, request.campaign, request.region_code)
        and revision_of(store, signed) is None
    }


NEW = "新的一期"


def _issue_form(store: Store, viewer: Viewer, briefing: Briefing, earlier: Mapping[str, Bulletin]) -> None:
    st.html(
        look.html("将签发：", look.strong("".join(briefing.title)), f"（截至{told_day(briefing.as_of)}）")
    )
    chosen = st.selectbox(
        "性质",
        [NEW, *earlier],
        format_func=lambda name: name if name == NEW else f"修订：{name}",
        key="issue_what",
    )
    changes = ""
    if chosen != NEW:
        changes = st.text_area("修订说明（改了什么、为什么）", key="issue_changes", max_chars=500)
    if st.button("确认签发", type="primary", key="issue_confirm"):
        revised = earlier[chosen].id if chosen != NEW else None
        _issue(store, viewer, briefing, revised, changes)


def _issue(store: Store, viewer: Viewer, briefing: Briefing, revises: int | None, changes: str) -> None:
    try:
        signed = sign(store, briefing, by=viewer.name, revises=revises, changes=changes)
    except ZybError as error:
        st.error(f"{error.message}{error.remedy}", icon=":material/error:")
        return
    st.session_state["just_issued"] = signed.label
    st.rerun()


# -- preview --------------------------------------------------------------------------------


def _preview_card(briefing: Briefing) -> None:
    with st.container(border=True, key="card_preview"):
        st.html(look.card_title("预览", "光标移到句子上可看依据的数字"))
        view = st.segmented_control(
            "视图", VIEWS, default=VIEWS[0], key="report_view", label_visibility="collapsed"
        )
        if view == VIEWS[1]:
            st.dataframe(
                paper.sentence_rows(briefing), hide_index=True, key="sentences", alt="逐句核对", height=720, row_height=76,
                column_config={"序号": st.column_config.NumberColumn(width=50), "句子": st.column_config.TextColumn(width=430)},
            )  # fmt: skip
        elif view == VIEWS[2]:
            st.html(paper.annexes(briefing))
        else:
            st.html(paper.sheet(briefing))
