"""What the popover of an inquiry offers to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from zyb.access import Viewer
from zyb.answers.inquiring import kinds_of_industry, question
from zyb.inquiries.fields import BLANK, YEAR, InquiryField
from zyb.inquiries.model import Asking, Inquiry, StandingsInquiry
from zyb.inquiries.words import chips, industry_title
from zyb.rulebook import industries
from zyb.rulebook.book import remembered
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui.explore.asking import InquiryChange, ask, control, first_page
from zyb.ui.filtered import controls
from zyb.ui.filtered.chips import filter_bar
from zyb.ui.frame.labels import literal

# So many columns are asked of at once; a form with more of them keeps the others below.
FIRST_COLUMNS = 4
HAZARD = "危害"


def bar(store: Store, viewer: Viewer, asked: Asking) -> None:
    """The popover and the chips in one row."""

    def fill() -> None:
        _regions(asked)
        if isinstance(asked, Inquiry):
            _of_rows(store, viewer, asked)

    filter_bar("explore", chips(asked), _unfiltered(asked), ask, fill)


def _unfiltered(asked: Asking) -> Asking:
    return replace(asked, regions=()) if isinstance(asked, StandingsInquiry) else asked.unfiltered


def pills(
    label: str,
    key: str,
    options: Mapping[str, Any],
    chosen: Iterable[Any],
    asked: Asking,
    change: InquiryChange,
) -> None:
    """Several of the options, each by its words."""
    controls.several(
        label, options, chosen, lambda value, changed: control(key, value, asked, changed), change
    )


def _regions(asked: Asking) -> None:
    names = {region.short: region.code for region in load_roster(asked.province).regions}
    pills(
        "地区",
        "regions",
        names,
        asked.regions,
        asked,
        lambda now, codes: first_page(replace(now, regions=codes)),
    )


# -- rows ---------------------------------------------------------------------------------------


def _of_rows(store: Store, viewer: Viewer, asked: Inquiry) -> None:
    known = Known(store, viewer, asked)
    fields = [field for field in asked.fields.values() if field.own and not field.personal]
    listed = [field for field in fields if field.options]
    for field in fields:
        if field.kind == "industry":
            _industry(known, asked, field)
    for field in listed[:FIRST_COLUMNS]:
        _options(asked, field)
    left, right = st.columns(2, gap="small")
    with left:
        st.text_input(
            "文字", placeholder="名称、代码或其他文字", **control("text", asked.text, asked, _with_text)
        )
    with right:
        for field in fields:
            if field.is_text and HAZARD in field.title:
                _held(asked, field)
    with st.expander("更多条件"):
        _further(known, asked, listed[FIRST_COLUMNS:], [field for field in fields if field.is_spanned])


def _with_text(asked: Asking, text: str) -> Asking:
    assert isinstance(asked, Inquiry)
    return replace(asked, text=text.strip(), page=1)


def _options(asked: Inquiry, field: InquiryField) -> None:
    known = {option: option for option in (*field.options, BLANK)}
    pills(
        field.title, f"is_{field.name}", known, asked.test(field.name).values, asked,
        lambda now, values: now.testing(replace(now.test(field.name), values=values)),
    )  # fmt: skip


def _industry(known: Known, asked: Inquiry, field: InquiryField) -> None:
    counted, chosen = known.sections(field.name), asked.test(field.name).within
    titles = industries.classification().sections
    sections = {f"{titles[code]} {n}": code for code, n in counted.items() if code != BLANK}
    if not sections:
        return
    coarser = tuple(code for code in chosen if code in sections.values())
    finer = tuple(code for code in chosen if code not in coarser)
    pills(
        field.title, f"section_{field.name}", sections, coarser, asked,
        lambda now, codes: now.testing(replace(now.test(field.name), within=codes + finer)),
    )  # fmt: skip
    st.multiselect(
        "大类、中类、小类", known.finer(field.name, finer), format_func=lambda code: literal(industry_title(code)),
        placeholder="不限", label_visibility="collapsed",
        **control(
            f"within_{field.name}", list(finer), asked,
            lambda now, value: now.testing(replace(now.test(field.name), within=coarser + tuple(value))),
        ),
    )  # fmt: skip


def _held(asked: Inquiry, field: InquiryField) -> None:
    st.text_input(
        literal(field.title), placeholder="例如 粉尘",
        **control(
            f"has_{field.name}", asked.test(field.name).holds, asked,
            lambda now, value: now.testing(replace(now.test(field.name), holds=value.strip())),
        ),
    )  # fmt: skip


def _further(
    known: Known, asked: Inquiry, listed: Sequence[InquiryField], spanned: Sequence[InquiryField]
) -> None:
    _counties(asked)
    if YEAR in asked.fields:
        years = sorted({*known.years(), *asked.years})
        told = {f"{year}年": year for year in years}
        pills(
            "年度", "years", told, asked.years, asked, lambda now, chosen: replace(now, years=chosen, page=1)
        )
    for field in spanned:
        _span(asked, field)
    for field in listed:
        _options(asked, field)
    numbers = sorted({*known.snapshots(), *asked.snapshots})
    st.multiselect(
        "批次", numbers, placeholder="不限",
        **control("snapshots", list(asked.snapshots), asked, lambda now, value: replace(now, snapshots=tuple(value), page=1)),
    )  # fmt: skip


def _counties(asked: Inquiry) -> None:
    roster = load_roster(asked.province)
    chosen = [region for region in roster.regions if not asked.regions or region.code in asked.regions]
    within = {code for region in chosen for code in region.members} | set(asked.counties)
    names = {county.code: county.name for county in roster.counties if county.code in within} | {
        BLANK: "未写明县区"
    }
    st.multiselect(
        "县区", list(names), format_func=lambda code: literal(names[code]), placeholder="不限",
        **control("counties", list(asked.counties), asked, lambda now, value: replace(now, counties=tuple(value), page=1)),
    )  # fmt: skip


def _span(asked: Inquiry, field: InquiryField) -> None:
    """From and to, each left open or not."""
    test = asked.test(field.name)
    for place, end, label in zip(st.columns(2, gap="small"), ("since", "until"), ("从", "到"), strict=True):
        title = f"{field.title} {label}"
        given = control(
            f"{end}_{field.name}", getattr(test, end), asked,
            partial(_bounded, field.name, end),
        )  # fmt: skip
        if field.kind == "date":
            place.date_input(
                literal(title),
                format="YYYY-MM-DD",
                min_value=date(1950, 1, 1),
                max_value=date(2199, 12, 31),
                **given,
            )
        else:
            place.number_input(literal(title), min_value=0, step=1, placeholder="不限", **given)


def _bounded(name: str, end: str, asked: Inquiry, value: Any) -> Asking:
    return asked.testing(replace(asked.test(name), **{end: value}))


# -- what there is to choose from -----------------------------------------------------------------


class Known:
    """What stands in the rows in force: asked of the store once for a day, whatever the filters."""

    def __init__(self, store: Store, viewer: Viewer, asked: Inquiry) -> None:
        self.asked = (store, store.revision, viewer, asked.ledger_id, asked.province, asked.days)

    def sections(self, column: str) -> dict[str, int]:
        return _sections(*self.asked, column)

    def finer(self, column: str, chosen: Iterable[str]) -> list[str]:
        """The 大类 that occur, with the 中类 and 小类 below them, and what is chosen already."""
        return sorted({*_finer(*self.asked, column), *chosen})

    def years(self) -> list[int]:
        return _years(*self.asked)

    def snapshots(self) -> list[int]:
        return _snapshots(*self.asked)


def _everything(store: Store, viewer: Viewer, ledger_id: str, province: str, days: tuple[date, ...]) -> Any:
    return question(store, Inquiry(ledger_id=ledger_id, province=province, days=days[:1]), by=viewer)


@remembered(32)
def _sections(
    store: Store,
    revision: int,
    viewer: Viewer,
    ledger_id: str,
    province: str,
    days: tuple[date, ...],
    column: str,
) -> dict[str, int]:
    return kinds_of_industry(store, _everything(store, viewer, ledger_id, province, days), column)


@remembered(32)
def _finer(
    store: Store,
    revision: int,
    viewer: Viewer,
    ledger_id: str,
    province: str,
    days: tuple[date, ...],
    column: str,
) -> tuple[str, ...]:
    texts = store.asked_kinds(_everything(store, viewer, ledger_id, province, days), column)
    known = industries.classification()
    codes = (industries.digits(text) for text, _ in texts)
    return tuple(
        sorted({code[:n] for code in codes for n in (2, 3, 4) if len(code) >= n and known.knows(code[:n])})
    )


@remembered(32)
def _years(
    store: Store, revision: int, viewer: Viewer, ledger_id: str, province: str, days: tuple[date, ...]
) -> list[int]:
    return [
        year for year, _ in store.asked_kinds(_everything(store, viewer, ledger_id, province, days), YEAR)
    ]


@remembered(32)
def _snapshots(
    store: Store, revision: int, viewer: Viewer, ledger_id: str, province: str, days: tuple[date, ...]
) -> list[int]:
    whole = _everything(store, viewer, ledger_id, province, days)
    return sorted({source.snapshot for _, parts in whole.parts for _, source in parts})
