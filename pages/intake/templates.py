"""空白模板: the form of every ledger with roster and drop-downs, one by one or all in one archive."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zyb.access import Permission
from zyb.exports.books.forms import place_name
from zyb.exports.books.template import blank_template, blank_templates, template_name, zipped
from zyb.periods import today
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.pickers import link, pick_province, pick_region

viewer = require(Permission.UPLOAD)

ROWS = {"region": "一地一行", "enterprise": "一企一行", "case": "一案一行"}


def row(ledger: Ledger, roster: Roster, year: int, region: Region | None) -> None:
    """One ledger: what it is, which document asks for it, its template."""
    words, button = st.columns([6, 1.3], vertical_alignment="center", gap="small")
    look.show(look.card_title(ledger.title, ROWS[ledger.grain]), words)
    look.show(look.source(f"依据：{ledger.basis}"), words)
    button.download_button(
        "下载模板",
        data=partial(blank_template, ledger, roster, year, region),
        file_name=template_name(ledger, roster, year, region),
        on_click="ignore",
        icon=":material/download:",
        key=f"template_{ledger.id}",
        width="stretch",
    )


def archive(roster: Roster, year: int, region: Region | None) -> None:
    """All templates in one file, made while one looks on and kept until another place or year is chosen."""
    key = f"templates_{roster.province_code}_{region.code if region else ''}_{year}"
    if key not in st.session_state and st.button("打包全部模板", icon=":material/folder_zip:"):
        progress, files = st.progress(0.0, "正在生成…"), []
        for done, (ledger, name, content) in enumerate(blank_templates(roster, year, region), 1):
            progress.progress(done / len(ledgers()), literal(f"正在生成：{ledger.title}"))
            files.append((name, content))
        st.session_state[key] = zipped(files)
        progress.empty()
    if key in st.session_state:
        st.download_button(
            literal(f"下载全部模板（{len(ledgers())} 张）"),
            data=st.session_state[key],
            file_name=f"{place_name(roster, region)}{year}年空白模板.zip",
            mime="application/zip",
            on_click="ignore",
            type="primary",
            icon=":material/folder_zip:",
        )


left, middle, right = st.columns([5, 1.3, 1.3], vertical_alignment="bottom", gap="small")
if viewer.region:  # an official reports the own region only
    roster = load_roster(f"{viewer.region.code[:2]}0000")
    region = roster.region(viewer.region.code)
else:
    with middle:
        roster = pick_province(the_store())
    with right:
        region = roster.region(pick_region(roster) or "")
look.show(
    look.page_head(
        "空白模板", f"{place_name(roster, region)} · 已填好地区名单、下拉选项和填写说明，填好后可直接上报。"
    ),
    left,
)

with st.container(border=True, key="card_archive"):
    this_year = today().year
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            "年度", [this_year + 1, this_year, this_year - 1, this_year - 2], index=1, width=140
        )
        archive(roster, year, region)
        link("pages/intake/upload.py", "去上报数据", "upload_file")

with st.container(border=True, key="card_templates"):
    for ledger in ledgers().values():
        row(ledger, roster, year, region)
    look.show(
        look.source(
            "每份模板附“填表说明”，逐列写明填写要求。表中已有数据的，按自己的表上报即可，不必改用模板。"
        )
    )
