"""The upload page's pieces: one card per file, from its problems to its receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from zyb.access import Permission, Region, Viewer, refusal
from zyb.intake import Submission
from zyb.ledgers import ledgers
from zyb.numerals import percent, points, signed_percent
from zyb.problems import SEVERITY_WORDS, Problem
from zyb.store import Store
from zyb.ui import look, panels
from zyb.ui.controls import link
from zyb.uploads import Effect, Prepared, accept, compare, read_submission

STEPS = ("选择文件", "核对内容", "确认入库", "完成")
TONES: dict[str, str] = {"error": "lagging", "warning": "watch", "note": "plain"}
# What the official is asked about when the file does not say it.
ASKS_FOR_DAY = {"as_of_unknown", "as_of_future"}


@dataclass(frozen=True)
class Answers:
    """What the official said beside the file."""

    province: str | None = None
    as_of: date | None = None
    ledger: str | None = None
    reason: str = ""


@lru_cache(maxsize=32)
def _read(content: bytes, name: str, today: date, preferred: str, answers: Answers) -> Submission:
    """Reading takes a child process; the same file with the same answers is read once."""
    return read_submission(
        content,
        name,
        today=today,
        ledger=answers.ledger,
        province=answers.province,
        preferred_province=preferred,
        as_of=answers.as_of,
    )


def _prepared(store: Store, file: UploadedFile, preferred: str, answers: Answers) -> Prepared:
    without_reason = Answers(answers.province, answers.as_of, answers.ledger)
    content = file.getvalue()
    submission = _read(content, file.name, date.today(), preferred, without_reason)
    return compare(store, Prepared(file.name, content, submission), answers.reason)


def _answers(file: UploadedFile) -> Answers:
    """The answers given so far; the widgets that ask stand further down the card."""
    said = st.session_state.get
    return Answers(
        as_of=said(f"as_of_{file.file_id}"),
        ledger=said(f"ledger_{file.file_id}"),
        reason=said(f"reason_{file.file_id}") or "",
    )


def file_card(store: Store, viewer: Viewer, file: UploadedFile, preferred: str) -> None:
    """Everything about one file: what it is, what is wrong, what it would change, the button, the receipt."""
    with st.container(border=True, key=f"card_{file.file_id}"):
        receipt = st.session_state.get(f"receipt_{file.file_id}")
        if receipt is not None:
            _receipt(store, receipt)
            return
        with st.spinner("正在读取并核对…", show_time=False):
            prepared = _prepared(store, file, preferred, _answers(file))
        _summary(prepared)
        _questions(file, prepared)
        _problems(prepared)
        if prepared.status == "accepted":
            _effects(prepared)
            _confirm(store, viewer, file, prepared)


# -- what it is ---------------------------------------------------------------------------


def _status(prepared: Prepared) -> tuple[str, str, int]:
    """Word, tone and the step that the file has reached."""
    if prepared.status == "duplicate":
        return "此前已入库", "missing", len(STEPS)
    if prepared.needs_reason:
        return "需要说明原因", "watch", 1
    if prepared.status == "refused":
        errors = sum(problem.severity == "error" for problem in prepared.problems)
        return f"{errors} 处需要改正", "lagging", 1
    return "可以入库", "good", 2


def _summary(prepared: Prepared) -> None:
    word, tone, step = _status(prepared)
    st.html(look.card_title(prepared.file_name, look.tag(word, tone)))
    st.html(look.steps(STEPS, step))
    found = prepared.submission
    if found.ledger is None:
        return
    rows = len({row.line for row in found.rows})
    pairs = [
        ("台账", found.ledger.title),
        ("省份", found.roster.province if found.roster else "未能判断"),
        ("数据截至", found.as_of.isoformat() if found.as_of else "未写明"),
        (
            "读到",
            f"{rows} 行，{len(found.region_codes)} 个地区"
            + (f"（工作表“{found.sheet}”）" if found.sheet else ""),
        ),
    ]
    counts = prepared.row_counts
    if prepared.status == "accepted":
        pairs.append(
            ("与现有数据相比", f"新增 {counts.new} 行，修改 {counts.changed} 行，不变 {counts.same} 行")
        )
    if prepared.duplicate_of is not None:
        pairs.append(("说明", f"内容与批次 {prepared.duplicate_of} 完全相同，没有重复入库，数据没有变化。"))
    st.html(look.facts(pairs))


# -- what is asked, what is wrong -----------------------------------------------------------


def _questions(file: UploadedFile, prepared: Prepared) -> None:
    """Only what the file leaves open: the day, the ledger, the reason for a fall."""
    codes = {problem.code for problem in prepared.problems}
    key = file.file_id
    if codes & ASKS_FOR_DAY or f"as_of_{key}" in st.session_state:
        st.date_input(
            "数据截至日期", value=None, key=f"as_of_{key}", max_value="today", format="YYYY-MM-DD", width=220
        )
    if "no_ledger" in codes or f"ledger_{key}" in st.session_state:
        titles = {ledger.id: ledger.title for ledger in ledgers().values()}
        st.selectbox(
            "这是哪张台账", list(titles), index=None, format_func=titles.__getitem__, key=f"ledger_{key}",
            placeholder="请选择台账", width=320,
        )  # fmt: skip
    if codes & {"fell", "fell_with_reason"}:
        st.text_input(
            "累计数减少的原因",
            key=f"reason_{key}",
            max_chars=200,
            placeholder="例如：3家企业关停，经核实核减",
        )


def _line(problem: Problem) -> look.ProblemLine:
    sentence = f"{SEVERITY_WORDS[problem.severity]}：{problem.message}"
    return look.ProblemLine(
        problem.cell, problem.sheet, problem.value, sentence, problem.remedy, TONES[problem.severity]
    )


def _problems(prepared: Prepared) -> None:
    """All at once, errors first; what only informs is folded away."""
    grave = [problem for problem in prepared.problems if problem.severity != "note"]
    notes = [problem for problem in prepared.problems if problem.severity == "note"]
    if grave:
        numbers = Counter(problem.severity for problem in grave)
        told = "，".join(f"{SEVERITY_WORDS[kind]} {n} 处" for kind, n in numbers.items())
        st.html(look.card_title("需要处理的问题", told))
        st.html(look.problem_list(_line(p) for p in sorted(grave, key=lambda p: p.severity != "error")))
    if notes:
        with st.expander(f"另有 {len(notes)} 条提示，不影响入库"):
            st.html(look.problem_list(map(_line, notes)))


# -- what it changes ------------------------------------------------------------------------


def effect_line(effect: Effect) -> look.Html:
    """“确认后全省专项治理完成率 54.8% → 55.3%”."""
    shown = signed_percent if effect.measure.kind == "growth" else percent
    label = f"确认后全省{effect.measure.title}"
    return look.change(label, shown(effect.before.value), shown(effect.after.value))


def _effects(prepared: Prepared) -> None:
    moved = [effect for effect in prepared.effects if effect.moved]
    if not moved:
        st.html(look.muted("确认后各项指标的数值不变。"))
        return
    for effect in moved:
        st.html(effect_line(effect))
        rows = [
            {
                "地区": after.short,
                "确认前": percent(before.value), "确认后": percent(after.value),
                "变化（百分点）": points(after.value - before.value) if after.value is not None and before.value is not None else "—",
                "进展评价": f"{before.verdict.title} → {after.verdict.title}" if before.verdict != after.verdict else after.verdict.title,
            }
            for before, after in effect.changed
        ]  # fmt: skip
        with st.expander(f"{len(rows)} 个地区的数据有变化"):
            st.dataframe(rows, hide_index=True, alt="各地区确认前后")


# -- confirmation and receipt -----------------------------------------------------------------


@dataclass(frozen=True)
class Receipt:
    snapshot: int
    prepared: Prepared


def _refusal(viewer: Viewer, prepared: Prepared) -> str | None:
    """Who answers for a region may report that region only."""
    reasons = (
        refusal(viewer, Permission.UPLOAD, Region(row.region.code, row.region.name))
        for row in prepared.submission.rows
    )
    return next(filter(None, reasons), None)


def _save(store: Store, viewer: Viewer, file_id: str, prepared: Prepared) -> None:
    number = accept(store, prepared, by=viewer.name)
    st.session_state[f"receipt_{file_id}"] = Receipt(number, prepared)


def _confirm(store: Store, viewer: Viewer, file: UploadedFile, prepared: Prepared) -> None:
    reason = _refusal(viewer, prepared)
    if reason:
        st.error(reason, icon=":material/lock:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "确认入库", type="primary", key=f"confirm_{file.file_id}", icon=":material/check:",
            on_click=_save, args=(store, viewer, file.file_id, prepared),
        )  # fmt: skip
        st.html(look.muted("入库后如发现有误，可在“历史批次”撤回。"))


def _receipt(store: Store, receipt: Receipt) -> None:
    snapshot = store.snapshot(receipt.snapshot)
    moved = [effect_line(effect) for effect in receipt.prepared.effects if effect.moved]
    counts = receipt.prepared.row_counts
    st.html(
        look.card_title(snapshot.file_name, look.tag("已撤回" if snapshot.withdrawn else "已入库", "good"))
    )
    st.html(look.steps(STEPS, len(STEPS)))
    st.html(
        look.receipt(
            f"已入库：批次 {snapshot.id}",
            f"{ledgers()[snapshot.ledger].title} · 数据截至 {snapshot.as_of} · {snapshot.row_count} 行 {snapshot.regions} 个地区",
            f"新增 {counts.new} 行，修改 {counts.changed} 行，不变 {counts.same} 行",
            f"上报人 {snapshot.uploaded_by} · 时间 {panels.moment(snapshot.uploaded_at)}",
            f"文件校验码 {snapshot.sha256[:16]}",
        )
    )
    for line in moved:
        st.html(look.Html(line.replace("确认后", "", 1)))
    with st.container(horizontal=True):
        link("pages/progress/overview.py", "查看总览", "dashboard")
        link("pages/intake/snapshots.py", "历史批次（可撤回）", "history")
