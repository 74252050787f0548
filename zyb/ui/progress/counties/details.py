"""下载全部明细: the whole list of the province or of a region as a workbook, made while one looks on."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.errors import ZybError
from zyb.exports.books.detail import detail_name, write_detail
from zyb.numerals import count
from zyb.rulebook.ledgers import Ledger
from zyb.settings import DEMO_WARNING, is_demo
from zyb.store import Edition, Store
from zyb.ui import look
from zyb.ui.frame.identity import viewer
from zyb.ui.frame.labels import literal

KEPT = "detail_file"
MEGABYTE = 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Wanted:
    """Which list: of a ledger, as in force in an edition, of a region or with "" of the province."""

    edition: Edition
    ledger: Ledger
    region_code: str

    @property
    def reported(self) -> bool:
        parts = (part for part, _ in self.edition.sources if part.ledger == self.ledger.id)
        return any(self.region_code in ("", part.region_code) for part in parts)


@dataclass(frozen=True)
class Made:
    """The file of the list that was asked for last. Another one takes its place: such files are large."""

    of: Wanted
    name: str
    content: bytes
    rows: int


class _Bar:
    """Tells how many rows are written; afterwards it knows how many there were."""

    def __init__(self) -> None:
        self.bar, self.rows = st.progress(0.0, "正在准备明细…"), 0

    def __call__(self, done: int, total: int) -> None:
        self.rows = total
        self.bar.progress(
            done / total if total else 1.0, literal(f"正在写入：{count(done)}／{count(total)} 行")
        )


@st.fragment
def download(store: Store, wanted: Wanted) -> None:
    """Make the file, then fetch it; nothing for whoever may not have data, or where nobody has reported."""
    person = viewer()
    if not wanted.reported or person is None or refusal(person, Permission.EXPORT) is not None:
        return
    row, below = st.container(horizontal=True, vertical_alignment="center"), st.empty()
    with row:
        asked = st.button("下载全部明细", icon=":material/table_view:", key="detail_make")
    if asked:
        with below.container():
            _make(store, wanted, person)
    made = st.session_state.get(KEPT)
    if isinstance(made, Made) and made.of == wanted:
        with row:
            _fetch(made)


def _make(store: Store, wanted: Wanted, person: Viewer) -> None:
    """A turn of the page that comes in between ends the writing at the bar's next step."""
    edition, ledger, region = wanted.edition, wanted.ledger, wanted.region_code
    warning = DEMO_WARNING if is_demo() else ""
    st.session_state.pop(KEPT, None)
    bar = _Bar()
    try:
        content = write_detail(store, edition, ledger, region, to=person, warning=warning, progress=bar)
        name = detail_name(edition, ledger, region, warning)
        st.session_state[KEPT] = Made(wanted, name, content, bar.rows)
    except ZybError as error:
        st.error(literal(error))
    bar.bar.empty()


def _fetch(made: Made) -> None:
    st.download_button(
        literal(f"保存 Excel 文件（{count(made.rows)} 行）"),
        data=lambda: made.content,  # handed over on the click: not copied at each turn of the page
        file_name=made.name,
        mime=XLSX,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        key="detail_fetch",
    )
    look.show(look.source(f"{made.name}，{len(made.content) / MEGABYTE:.1f} MB"))
