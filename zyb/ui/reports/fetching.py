"""The files of a report as buttons: each is written only when somebody asks for it."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.access import Viewer
from zyb.briefing.model import Briefing
from zyb.exports.documents import BUNDLE, FORMATS, Format
from zyb.settings import data_folder
from zyb.ui.frame.labels import literal

ICONS = {
    "word": "article",
    "slides": "slideshow",
    "excel": "table_view",
    "text": "notes",
    "bundle": "folder_zip",
}
MAIN = "word"


def files(viewer: Viewer, briefing: Briefing, key: str, why_not: str | None = None) -> None:
    """Two in a row, and below them all in one; `why_not` tells why there are none yet."""
    single = [form for form in FORMATS.values() if form.id != BUNDLE]
    for start in range(0, len(single), 2):
        for place, form in zip(st.columns(2, gap="small"), single[start : start + 2], strict=False):
            _button(place, form, viewer, briefing, key, why_not)
    _button(st.container(), FORMATS[BUNDLE], viewer, briefing, key, why_not)


def files_in_a_row(viewer: Viewer, briefing: Briefing, key: str) -> None:
    for place, form in zip(st.columns(len(FORMATS), gap="small"), FORMATS.values(), strict=True):
        _button(place, form, viewer, briefing, key, None)


def _button(
    place: DeltaGenerator, form: Format, viewer: Viewer, briefing: Briefing, key: str, why_not: str | None
) -> None:
    place.download_button(
        literal(form.title), data=partial(form.write, briefing, data_folder(), to=viewer), file_name=form.file_name(briefing),
        mime=form.media_type, on_click="ignore", icon=f":material/{ICONS[form.id]}:", key=f"{key}_{form.id}",
        disabled=why_not is not None, help=literal(why_not) if why_not else None, width="stretch",
        type="primary" if form.id == MAIN else "secondary",
    )  # fmt: skip
