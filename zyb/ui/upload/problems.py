"""What is wrong with a file on its card, what files that came together say of each other, and the marked workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from zyb.exports.marked.annotated import MOST_ROWS, annotated_name, annotated_workbook, worth_marking
from zyb.exports.marked.marks import MOST_COMMENTS
from zyb.intake import Submission
from zyb.intake.lists.findings import Alike, alike_words, unnamed
from zyb.numerals import count
from zyb.rulebook.problems import SEVERITY_WORDS, Problem
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.upload.background import FileWork
from zyb.ui.upload.confirming import as_shown
from zyb.ui.upload.waiting import Arrived
from zyb.uploads import Contradiction, Prepared, contradictions

TONES: dict[str, str] = {"error": "lagging", "warning": "watch", "note": "plain"}
SHOWN_AT_ONCE = 30
MARKED = "有问题的单元格已标色并附批注，改好后可直接上传。"
MANY_MARKED = f"有问题的单元格已标色，前 {count(MOST_COMMENTS)} 处附批注，改好后可直接上传。"
LONG_MARKED = f"表格超过 {count(MOST_ROWS)} 行，只列出有问题的行；请按行号在原文件中改正，再上报原文件。"


def tell_contradictions(store: Store, works: Sequence[FileWork]) -> None:
    """Files that came together and contradict each other, before the first of them goes in; compared once."""
    key = (store.revision, *(work.number for work in works))
    known: tuple[object, list[Contradiction]] = st.session_state.get("across", (None, []))
    if known[0] != key:
        known = key, contradictions(store, [work.tables() for work in works])
        st.session_state["across"] = known
    if not known[1]:
        return
    more = f"（列出前 {SHOWN_AT_ONCE} 处）" if len(known[1]) > SHOWN_AT_ONCE else ""
    title = f"同时上报的文件之间有 {count(len(known[1]))} 处对不上{more}。"
    look.show(look.notice(title, "请核对后再逐个确认；先确认的入库后，其余文件按它重新核对。", "watch"))
    look.show(look.problem_list([_of_files(one) for one in known[1][:SHOWN_AT_ONCE]]))


def _of_files(one: Contradiction) -> look.ProblemLine:
    found = one.problem
    return look.ProblemLine(
        found.cell,
        one.file_name,
        found.value,
        f"提醒：{found.aside}",
        found.remedy,
        TONES["warning"],
    )


def _line(problem: Problem, alike: int, named: int, remedy: str) -> look.ProblemLine:
    sentence = f"{SEVERITY_WORDS[problem.severity]}：{problem.aside}"
    if alike > 1:
        first = f"，表格中标出前 {named} 处" if named < alike else ""
        sentence += f"（同样的问题共 {count(alike)} 处{first}）"
    return look.ProblemLine(
        problem.cell, problem.sheet, problem.value, sentence, remedy, TONES[problem.severity]
    )


def _lines(problems: list[Problem], counted: Counter[Alike]) -> list[look.ProblemLine]:
    """Equal problems (the same words of one column) once, with their number; of one kind the remedy once for all.

    A long list's are named by the first; `counted` knows how many there are.
    """
    groups: dict[Alike, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(alike_words(problem), []).append(problem)
    kinds: dict[tuple[str, ...], list[list[Problem]]] = {}
    for alike in groups.values():
        first = alike[0]
        kinds.setdefault((first.code, "" if _names_its_cell(first) else first.remedy), []).append(alike)
    return [
        _line(
            alike[0],
            max(len(alike), counted[alike_words(alike[0])]),
            len(alike),
            _remedy(alike[0], n, len(kind)),
        )
        for kind in kinds.values()
        for n, alike in enumerate(kind)
    ]


def _counted(submission: Submission) -> Counter[Alike]:
    """How many problems say the same, where there are more of them than are named."""
    numbers: Counter[Alike] = Counter()
    if unnamed(submission.findings):
        for found in submission.findings:
            numbers[alike_words(found.problem_at(int(found.rows[0])))] += found.count
    if submission.left_out:
        numbers += Counter(map(alike_words, submission.problems))
        numbers += Counter({one.said: one.count for one in submission.left_out})
    return numbers


def _remedy(problem: Problem, place: int, of: int) -> str:
    """At the first of its kind for all of them."""
    if of == 1 or _names_its_cell(problem):
        return problem.remedy
    return f"{problem.remedy}（以下 {of} 处同此办理）" if place == 0 else ""


def _names_its_cell(problem: Problem) -> bool:
    return bool(problem.cell) and problem.cell in problem.remedy


def tell_problems(prepared: Prepared) -> None:
    """All at once, errors first; what only informs is folded away."""
    grave = [problem for problem in prepared.problems if problem.severity != "note"]
    notes = [problem for problem in prepared.problems if problem.severity == "note"]
    counted = _counted(prepared.submission)
    if grave:
        numbers = {kind: prepared.number_of(kind) for kind in ("error", "warning")}
        said = "，".join(f"{SEVERITY_WORDS[kind]} {count(n)} 处" for kind, n in numbers.items() if n)
        look.show(look.card_title("需要处理的问题", said))
        shown = _lines(sorted(grave, key=lambda p: p.severity != "error"), counted)
        look.show(look.problem_list(shown[:SHOWN_AT_ONCE]))
        if len(shown) > SHOWN_AT_ONCE:
            with st.expander(literal(f"其余 {len(shown) - SHOWN_AT_ONCE} 类问题")):
                look.show(look.problem_list(shown[SHOWN_AT_ONCE:]))
    if notes:
        with st.expander(literal(f"另有 {len(notes)} 条提示，不影响入库")):
            look.show(look.problem_list(_lines(notes, counted)))


def _is_long(found: Sequence[Submission]) -> bool:
    sheets = {table.sheet.name: table.sheet.n_rows for one in found for table in one.tables}
    return sum(sheets.values()) > MOST_ROWS


def _marked(file: Arrived) -> bytes:
    """Made while the file waits; the button itself keeps nothing of it."""
    tables = as_shown(file)
    return annotated_workbook(file.content(), file.name, [table.submission for table in tables])[1]


def offer_marked(file: Arrived, tables: list[Prepared]) -> None:
    """The official's own workbook with the faults marked; made when it is asked for."""
    found = [prepared.submission for prepared in tables]
    if not worth_marking(found):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "下载标注工作簿", data=lambda: _marked(file),
            file_name=annotated_name(file.name), on_click="ignore", icon=":material/rate_review:",
            key=f"marked_{file.file_id}",
        )  # fmt: skip
        look.show(look.muted(_about_marks(found)))


def _about_marks(found: Sequence[Submission]) -> str:
    if _is_long(found):
        return LONG_MARKED
    return MANY_MARKED if sum(len(one.problems) for one in found) > MOST_COMMENTS else MARKED
