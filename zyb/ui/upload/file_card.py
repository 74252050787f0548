"""The card of an uploaded file: what it is, what is wrong, what it would change, the button."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from zyb.access import Viewer
from zyb.intake import Given
from zyb.numerals import count, gap_text, value_text
from zyb.periods import today
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.faults import as_told
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.upload.background import FileWork, Job, begin, wait
from zyb.ui.upload.confirming import (
    STEPS,
    confirmation,
    effect_line,
    note_attempt,
    printed,
    ready_to_save,
    told,
    trouble,
    waits,
)
from zyb.ui.upload.problems import offer_marked, tell_contradictions, tell_problems
from zyb.ui.upload.questions import ask, explained
from zyb.ui.upload.reading_progress import failed, how_far
from zyb.ui.upload.rows_preview import preview
from zyb.ui.upload.waiting import Arrived, the_room, this_session, wait_here
from zyb.uploads import Effect, Prepared, needs_reason


def arrived(files: Iterable[UploadedFile]) -> Iterator[Arrived]:
    """The files that were dropped; a zip brings each of its workbooks as a file of its own."""
    room, session = the_room(), this_session()
    files = list(files)
    room.keep_only(session, {file.file_id for file in files})
    for file in files:
        yield from room.look_into(session, wait_here(file))


def receive(store: Store, viewer: Viewer, files: Iterable[Arrived], preferred: str) -> None:
    """A card for each file, in their order. What is ready is shown at once, the rest with how far it has come."""
    files = list(files)
    above = st.container()
    cards = {file.file_id: _card(file) for file in files}
    for file in files:
        with cards[file.file_id].body:
            told(store, file)
    waiting = [file for file in files if waits(file)]
    works = [_work(store, file, preferred) for file in waiting]

    def finished(number: int) -> None:
        file, card = waiting[number], cards[waiting[number].file_id]
        card.progress.empty()
        with card.body:
            try:
                tables = works[number].tables()
            except Exception as fault:  # the other files have cards of their own
                failed(file, as_told(fault, "读取"))
            else:
                file_card(store, viewer, file, tables, preferred)

    def look_how_far() -> None:
        the_room().look(this_session())
        for file, work in zip(waiting, works, strict=True):
            if not work.done:
                with cards[file.file_id].progress.container():
                    how_far(file, work)

    wait(works, finished, look_how_far)
    if len(works) > 1:
        with above:
            tell_contradictions(store, [work for work in works if not work.failed])


@dataclass(frozen=True)
class _Card:
    """A file's place on the page: how far the work has come, then everything about the file."""

    progress: DeltaGenerator
    body: DeltaGenerator


def _card(file: Arrived) -> _Card:
    with st.container(border=True, key=f"card_{file.file_id}"):
        return _Card(st.empty(), st.container())


def _given(file: Arrived, preferred: str) -> Given:
    """The answers given so far; the widgets that ask stand further down the card."""
    said, now = st.session_state.get, explained(file.file_id)
    return Given(
        today=today(),
        ledger=said(f"ledger_{file.file_id}"),
        preferred_province=preferred,
        region=said(f"place_{file.file_id}"),
        as_of=said(f"as_of_{file.file_id}"),
        headings=now.headings,
        places=now.places,
        values=now.values,
    )


def _work(store: Store, file: Arrived, preferred: str) -> FileWork:
    """The work on a file as it was answered for so far; kept between the runs of the page."""
    reason = st.session_state.get(f"reason_{file.file_id}") or ""
    known = tuple(store.explanations(load_roster(preferred).province_code))
    job = Job(file.file_id, file.name, _given(file, preferred), reason, store.revision, known)
    file.work = begin(store, job, file.content, file.work)
    return file.work


def file_card(store: Store, viewer: Viewer, file: Arrived, tables: list[Prepared], preferred: str) -> None:
    """Everything about one file: what it is, what is wrong, what it would change, the button."""
    look.show(look.card_title(file.name, look.badge(*_status(tables)[:2])))
    look.show(look.steps(STEPS, _status(tables)[2]))
    for prepared in tables:
        _summary(prepared)
    ready = ready_to_save(tables)
    note_attempt(store, viewer, file, tables)
    if not ready:
        trouble(file)
    ask(file, tables, preferred)
    for number, prepared in enumerate(tables):
        tell_problems(prepared)
        preview(prepared, f"preview_{file.file_id}_{number}")
    offer_marked(file, tables)
    if ready:
        trouble(file)
        for prepared in ready:
            _effects(prepared)
        confirmation(store, viewer, file, ready)


# -- what it is ---------------------------------------------------------------------------


def _status(tables: list[Prepared]) -> tuple[str, str, int]:
    """Word, tone and the step that the file has reached."""
    states = {prepared.status for prepared in tables}
    errors = sum(prepared.number_of("error") for prepared in tables)
    if states == {"duplicate"}:
        return "此前已入库", "missing", len(STEPS)
    if needs_reason(tables):
        return "需要说明原因", "watch", 1
    if errors:
        return f"{count(errors)} 处需要改正", "lagging", 1
    return "可以入库", "good", 2


def _summary(prepared: Prepared) -> None:
    found = prepared.submission
    if found.ledger is None:
        return
    unit = "个地区" if not found.ledger.is_list else "个地区的企业名单"
    sheet = f"（工作表“{found.sheets[0]}”{_and_more(found.sheets)}）" if found.sheet else ""
    pairs = [
        ("台账", found.ledger.title),
        ("省份", found.roster.province if found.roster else "未能判断"),
        ("数据截至", found.as_of.isoformat() if found.as_of else "未写明"),
        ("读到", f"{count(found.n_rows)} 行，{len(found.region_codes)} {unit}{sheet}"),
    ]
    counts = prepared.row_counts
    if prepared.status == "accepted":
        told = f"新增 {count(counts.new)} 行，修改 {count(counts.changed)} 行，不变 {count(counts.same)} 行"
        pairs.append(("与现有数据相比", told))
    if prepared.duplicate_of is not None:
        pairs.append(("说明", f"内容与批次 {prepared.duplicate_of} 完全相同，没有重复入库，数据没有变化。"))
    look.show(look.facts(pairs))


def _and_more(sheets: Sequence[str]) -> str:
    return f"等 {len(sheets)} 张" if len(sheets) > 1 else ""


# -- what it changes ------------------------------------------------------------------------


def _effects(prepared: Prepared) -> None:
    """What the province's figures become, a line each; which regions have moved them, folded away."""
    moved = [effect for effect in prepared.effects if effect.moved or effect.changed]
    if not moved:
        look.show(look.muted("确认后各项指标的数值不变。"))
        return
    alike = [effect for effect in moved if len(set(printed(effect))) == 1]
    for effect in moved:
        if effect not in alike:
            look.show(effect_line(effect))
    if alike:
        look.show(look.muted(f"{_also(alike, moved)}{'、'.join(effect.measure.title for effect in alike)}。"))
    regions = {after.region_code for effect in moved for _, after in effect.changed}
    with st.expander(literal(f"{len(regions)} 个地区的数据有变化")):
        for effect in moved:
            if len(moved) > 1:
                look.show(look.card_title(effect.measure.title))
            _changed_regions(effect)


def _also(alike: Sequence[Effect], moved: Sequence[Effect]) -> str:
    others = "另有" if len(alike) < len(moved) else "确认后有"
    return f"{others} {len(alike)} 项指标的家数有变化，{moved[0].after.region}数值按一位小数不变："


def _moved(before: Fraction | None, after: Fraction | None, kind: str) -> str:
    return gap_text(after - before if before is not None and after is not None else None, kind)


def _changed_regions(effect: Effect) -> None:
    rows = [
        {
            "地区": after.short,
            "确认前": value_text(before.value, effect.measure.kind), "确认后": value_text(after.value, effect.measure.kind),
            f"变化（{effect.measure.gap_unit or '百分点'}）": _moved(before.value, after.value, effect.measure.kind),
            "进展评价": f"{before.verdict.title} → {after.verdict.title}" if before.verdict != after.verdict else after.verdict.title,
        }
        for before, after in effect.changed
    ]  # fmt: skip
    grid(rows, hide_index=True, alt="各地区确认前后", placeholder=look.NO_VALUE)
    look.show(look.on_paper(rows))
