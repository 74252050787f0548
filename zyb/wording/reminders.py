"""催报: what a unit has not handed in and what will be due soon, in words that can be sent as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from zyb.periods import chinese_day
from zyb.standing.duties.submissions import (
    SubmissionBoard,
    SubmissionCount,
    SubmissionMark,
    SubmissionUnit,
)
from zyb.wording.templates import said_on_pages


def reminder(unit: SubmissionUnit, on: date) -> str:
    """A few lines: who is asked, what is overdue, what is due soon. Empty for whom there is nothing to remind of."""
    overdue, soon = unit.of_kind("missing"), unit.soon
    if not (overdue or soon):
        return ""
    lines = [f"{unit.subject.name}："]
    if overdue:
        lines.append(said_on_pages("reminder_overdue", {"截至": chinese_day(on), "项数": len(overdue)}))
        lines += _lines(overdue, on)
    if soon:
        lines.append(said_on_pages("reminder_soon", {"项数": len(soon)}))
        lines += _lines(soon, on)
    return "\n".join([*lines, said_on_pages("reminder_end", {})])


def _lines(marks: Sequence[SubmissionMark], on: date) -> Iterator[str]:
    for number, mark in enumerate(sorted(marks, key=lambda one: one.term.due), 1):
        days = (mark.term.due - on).days
        said = {
            "序号": number, "事项": mark.title, "到期日": chinese_day(mark.term.due), "逾期": "逾期" if days < 0 else "",
            "天数": abs(days) or "", "依据": mark.duty.basis,
        }  # fmt: skip
        yield said_on_pages("reminder_line", said)


def reminders(units: Iterable[SubmissionUnit], on: date) -> str:
    """Those of several, a blank line between two."""
    return "\n\n".join(filter(None, (reminder(unit, on) for unit in units)))


def reminders_of_late(board: SubmissionBoard) -> str:
    """Of everybody who has not handed in something that was due, the most first."""
    return reminders(board.behind, board.on)


def ended_told(counted: SubmissionCount) -> str:
    """“所属专项已结束的17项次不再催报，其中结束前已到期没有报送的17项次仍计入应报”"""
    lapsed = f"，其中结束前已到期没有报送的{counted.lapsed}项次仍计入应报" if counted.lapsed else ""
    return f"所属专项已结束的{counted.ended}项次不再催报{lapsed}。"
