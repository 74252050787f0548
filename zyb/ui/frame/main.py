"""The frame of every page: settings, brand, navigation by permission, who is looking."""

from __future__ import annotations

import streamlit as st

from zyb import __version__
from zyb.access import NOBODY
from zyb.settings import DEMO_WARNING, is_demo
from zyb.ui import look
from zyb.ui.frame.identity import viewer
from zyb.ui.frame.navigation import entries, remember_opened, sections
from zyb.ui.frame.submitting import told
from zyb.ui.frame.troubles import tell_of_troubles

st.set_page_config(
    page_title=look.PRODUCT,
    page_icon=str(look.FAVICON),
    layout="wide",
    initial_sidebar_state=look.SIDEBAR_WIDTH,
)
st.logo(str(look.LOGO), size="large", icon_image=str(look.FAVICON))

if is_demo():
    look.show(look.demo_banner(DEMO_WARNING))

person = viewer()
if person is None:
    st.error(NOBODY, icon=":material/lock:")
    st.stop()

allowed = entries(person)
if not allowed:
    st.error("您的账号还没有可以使用的页面。请联系管理员分配权限。", icon=":material/lock:")
    st.stop()

page = st.navigation(sections(allowed), expanded=True)
look.show(look.viewer_badge(person.name, person.title, __version__), st.sidebar)
tell_of_troubles(person)
remember_opened(page)
with told():
    page.run()
