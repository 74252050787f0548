"""报送情况: who has handed in what was due, in time or late; rates by unit, by duty and by month. Pure.

Of what was due by a day (or was handed in before it was due) counts what was handed in, and what in time; what nobody
asks to hand in and what is not owed (免报) is in neither. What was due when its campaign ended and had not come stays so:
已结束, which nobody is reminded of; what would have been due later is asked of nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zyb.periods import months_later
from zyb.rulebook.campaigns import Closing
from zyb.rulebook.duties import Duty, DutySubject, DutyTerm
from zyb.rulebook.regions import Roster
from zyb.standing.duties.states import DutyCell, DutyStanding, DutySurvey

# As the office calls them: 未报 asks first.
KINDS = ("missing", "late", "on_time", "ahead", "exempt", "ended")
KIND_TITLES = {
    "missing": "未报",
    "late": "迟报",
    "on_time": "按时",
    "ahead": "未到期",
    "exempt": "免报",
    "ended": "已结束",
}
KIND_OF = {
    "overdue": "missing", "late": "late", "done": "on_time", "soon": "ahead", "coming": "ahead",
    "exempt": "exempt", "rested": "ended",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SubmissionCount:
    """项次 of each kind."""

    missing: int = 0
    late: int = 0
    on_time: int = 0
    ahead: int = 0
    exempt: int = 0
    ended: int = 0
    lapsed: int = 0
    """Of what ended with its campaign, what had been due by then."""

    @property
    def due(self) -> int:
        """应报."""
        return self.missing + self.late + self.on_time + self.lapsed

    @property
    def reporting(self) -> Fraction | None:
        """报送率: handed in, late or not, of what was due; None when nothing was."""
        return Fraction(self.late + self.on_time, self.due) if self.due else None

    @property
    def punctual(self) -> Fraction | None:
        """按时率: handed in by its day, of what was due."""
        return Fraction(self.on_time, self.due) if self.due else None


@dataclass(frozen=True)
class SubmissionMark:
    """One who owes something once."""

    duty: Duty
    term: DutyTerm
    cell: DutyCell
    closing: Closing | None = None

    @property
    def kind(self) -> str:
        return KIND_OF[self.cell.state.id]

    @property
    def awaited(self) -> bool:
        """Still to be handed in, overdue or not."""
        return self.kind in ("missing", "ahead")

    @property
    def lapsed(self) -> bool:
        """It had been due when its campaign ended, and had not come."""
        return self.kind == "ended" and self.closing is not None and self.term.due < self.closing.day

    @property
    def title(self) -> str:
        return f"{self.duty.title}（{self.term.label}）" if self.term.label else self.duty.title


@dataclass(frozen=True)
class SubmissionUnit:
    """A unit with everything that it owes, by the day due."""

    subject: DutySubject
    marks: tuple[SubmissionMark, ...]

    @property
    def counted(self) -> SubmissionCount:
        return counted(self.marks)

    def of(self, duty: Duty) -> tuple[SubmissionMark, ...]:
        return tuple(mark for mark in self.marks if mark.duty.id == duty.id)

    def of_kind(self, kind: str) -> tuple[SubmissionMark, ...]:
        return tuple(mark for mark in self.marks if mark.kind == kind)

    @property
    def soon(self) -> tuple[SubmissionMark, ...]:
        return tuple(mark for mark in self.marks if mark.cell.state.id == "soon")


@dataclass(frozen=True, kw_only=True)
class SubmissionBoard:
    """Unit × duty and period: `duties` in the order in which they are first due, `units` in that of the roster."""

    province: str
    on: date
    duties: tuple[Duty, ...]
    units: tuple[SubmissionUnit, ...]

    @property
    def marks(self) -> tuple[SubmissionMark, ...]:
        return tuple(mark for unit in self.units for mark in unit.marks)

    @property
    def counted(self) -> SubmissionCount:
        return counted(self.marks)

    @property
    def behind(self) -> tuple[SubmissionUnit, ...]:
        """Who has not handed in what was due, the most first."""
        late = [unit for unit in self.units if unit.counted.missing]
        return tuple(sorted(late, key=lambda unit: -unit.counted.missing))

    @property
    def by_urgency(self) -> tuple[SubmissionUnit, ...]:
        """Most missing first, then most late; else as the roster has them."""
        return tuple(sorted(self.units, key=lambda unit: (-unit.counted.missing, -unit.counted.late)))

    def by_duty(self) -> Mapping[str, SubmissionCount]:
        """By the duty's id."""
        return self._by(lambda mark: mark.duty.id)

    def by_month(self) -> Mapping[str, SubmissionCount]:
        """By the month due (“2025-03”), oldest first; months in which nothing was due by the day are left out."""
        found = self._by(lambda mark: f"{mark.term.due:%Y-%m}")
        return {month: found[month] for month in sorted(found) if found[month].due}

    def terms_of(self, duty: Duty) -> tuple[DutyTerm, ...]:
        return tuple(dict.fromkeys(mark.term for mark in self.marks if mark.duty.id == duty.id))

    def of_duty(self, duty_id: str) -> SubmissionBoard:
        """One duty only; all of them without one."""
        return self._kept(lambda mark: not duty_id or mark.duty.id == duty_id)

    def of_ledger(self, ledger: str) -> SubmissionBoard:
        return self._kept(lambda mark: not ledger or mark.duty.ledger == ledger)

    def due_since(self, first: date | None) -> SubmissionBoard:
        """What was due on a day or after; everything without one."""
        return self._kept(lambda mark: first is None or mark.term.due >= first)

    def _by(self, key: Callable[[SubmissionMark], str]) -> Mapping[str, SubmissionCount]:
        grouped: dict[str, list[SubmissionMark]] = {}
        for mark in self.marks:
            grouped.setdefault(key(mark), []).append(mark)
        return {name: counted(own) for name, own in grouped.items()}

    def _kept(self, wanted: Callable[[SubmissionMark], bool]) -> SubmissionBoard:
        units = (SubmissionUnit(u.subject, tuple(filter(wanted, u.marks))) for u in self.units)
        kept = tuple(unit for unit in units if unit.marks)
        left = {mark.duty.id for unit in kept for mark in unit.marks}
        duties = tuple(duty for duty in self.duties if duty.id in left)
        return SubmissionBoard(province=self.province, on=self.on, duties=duties, units=kept)


def counted(marks: Iterable[SubmissionMark]) -> SubmissionCount:
    found = dict.fromkeys((*KINDS, "lapsed"), 0)
    for mark in marks:
        found[mark.kind] += 1
        found["lapsed"] += mark.lapsed
    return SubmissionCount(**found)


def board(seen: DutySurvey, roster: Roster) -> SubmissionBoard:
    """Of what has to be handed in (`reported`): each who owes it, with every time that it was or will be due."""
    standings = [standing for standing in seen.standings if standing.duty.reported]
    owing: dict[str, tuple[DutySubject, list[SubmissionMark]]] = {}
    for mark in _marks(standings):
        owing.setdefault(mark.cell.subject.code, (mark.cell.subject, []))[1].append(mark)
    order = {region.code: place for place, region in enumerate(roster.regions, 1)}
    units = (SubmissionUnit(subject, tuple(marks)) for subject, marks in owing.values())
    return SubmissionBoard(
        province=seen.province, on=seen.on,
        units=tuple(sorted(units, key=lambda unit: (order.get(unit.subject.region_code, 0), unit.subject.code))),
        duties=tuple({one.duty.id: one.duty for one in standings}.values()),
    )  # fmt: skip


def _marks(standings: Iterable[DutyStanding]) -> Iterator[SubmissionMark]:
    return (SubmissionMark(one.duty, one.term, cell, one.closing) for one in standings for cell in one.cells)


def first_day(on: date, months: int) -> date | None:
    """Since when something was due in so many months up to a day; None for 0, which is all the time."""
    return months_later(on, -months) if months else None


def coming_terms(duties: Sequence[Duty], on: date) -> list[tuple[Duty, DutyTerm]]:
    """What will be due on a day or after it, begun or not, by the day due."""
    found = [(duty, term) for duty in duties if duty.reported for term in duty.terms if term.due >= on]
    return sorted(found, key=lambda one: (one[1].due, one[0].id))
