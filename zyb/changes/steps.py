"""From one looking to another in steps, each of which has one reason.

First what was learned later of the first day, upload by upload and withdrawal by withdrawal in the order in which they
came: (first day, known then) → (first day, known now). Then the days until the second one, report by report in the order
of 数据截至: → (second day, known now). What is between two states of this way is one step's, so all steps together are
the whole difference, whatever the figures are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from zyb.changes.model import ChangeKind, LookedThen
from zyb.changes.report_log import LogState, ReportLog
from zyb.records import LoggedPart, Part


@dataclass(frozen=True)
class ChangeStep:
    """One step of the way, and the state that it leads to. Only the regions in it have reported themselves."""

    kind: ChangeKind
    state: LogState
    snapshot: int | None = None
    region_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ChangeWay:
    start: LogState
    steps: tuple[ChangeStep, ...]


@dataclass(kw_only=True)
class _Walker:
    """Where the way has led so far, and what has been seen on it of which day."""

    log: ReportLog
    on: date
    taken: set[int]
    seen: set[tuple[Part, date]] = field(default_factory=set)
    spoken: set[Part] = field(default_factory=set)
    touched: set[Part] = field(default_factory=set)
    """The regions of which at least a county has spoken."""
    steps: list[ChangeStep] = field(default_factory=list)

    def _step(self, kind: ChangeKind, places: list[int]) -> None:
        lines = [self.log.lines[place] for place in places]
        regions = frozenset(line.part.region_code for line in lines)
        snapshot = lines[0].snapshot if lines else None
        self.steps.append(ChangeStep(kind, LogState(self.on, frozenset(self.taken)), snapshot, regions))

    def withdraw(self, places: list[int]) -> None:
        if gone := [place for place in places if place in self.taken]:
            self.taken.difference_update(gone)
            self._step(ChangeKind.WITHDRAWN, gone)

    def take(self, places: list[int], otherwise: ChangeKind) -> None:
        """The parts of one upload, those of a kind in one step."""
        kinds = {place: self._kind(self.log.lines[place], otherwise) for place in places}
        for kind in sorted(set(kinds.values())):
            own = [place for place in places if kinds[place] == kind]
            self.taken.update(own)
            self._step(kind, own)
        self.hear(places)

    def hear(self, places: Iterable[int]) -> None:
        for line in (self.log.lines[place] for place in places):
            self.seen.add((line.part, line.as_of))
            self.spoken.add(line.part)
            self.touched.add(line.part.whole)

    def _kind(self, line: LoggedPart, otherwise: ChangeKind) -> ChangeKind:
        # A county's own list beside its region's of the same day is no correction of it: both are what was due.
        if (line.part, line.as_of) in self.seen:
            return ChangeKind.CORRECTED
        if otherwise is ChangeKind.NEW and not self._is_known(line.part):
            return ChangeKind.FIRST
        return otherwise

    def _is_known(self, part: Part) -> bool:
        """Whether anything is in force of it: its own, of a county what the region said, of a region what a county said."""
        return part in self.spoken or part.whole in self.spoken or part in self.touched

    def move_to(self, day: date) -> None:
        if day != self.on:
            self.on = day
            self._step(ChangeKind.TURNED, [])


def way(log: ReportLog, first: LookedThen, second: LookedThen) -> ChangeWay:
    """`second` is not before `first`, neither by its day nor by its moment."""
    until = {place for place, line in enumerate(log.lines) if line.as_of <= first.on}
    known = {place for place in until if log.lines[place].is_known(first.known_at)}
    start = LogState(first.on, frozenset(known))
    walker = _Walker(log=log, on=first.on, taken=set(known))
    walker.hear(known)
    for withdrawn, places in _learned(log, until, first, second):
        if withdrawn:
            walker.withdraw(places)
        else:
            walker.take(places, ChangeKind.LATE)
    # Of these what is in force counts: a part whose only report was withdrawn has nothing before.
    walker.seen, walker.spoken, walker.touched = set(), set(), set()
    walker.hear(walker.taken)
    for day, places in _later(log, first, second):
        walker.move_to(day)
        for _, own in groupby(places, key=lambda place: log.lines[place].snapshot):
            walker.take(list(own), ChangeKind.NEW)
    walker.move_to(second.on)
    return ChangeWay(start, tuple(walker.steps))


def _learned(
    log: ReportLog, until: set[int], first: LookedThen, second: LookedThen
) -> Iterator[tuple[bool, list[int]]]:
    """What came between the two moments, upload by upload and withdrawal by withdrawal, in order of time."""
    events = []
    for place in sorted(until):
        line = log.lines[place]
        came, went = line.uploaded_at, line.withdrawn_at
        # What was withdrawn at the moment at which it came was never in force.
        if first.known_at < came <= second.known_at and not (went and went <= came):
            events.append((came, False, line.snapshot, place))
        if went and first.known_at < went <= second.known_at:
            events.append((went, True, line.snapshot, place))
    events.sort()
    for (_, withdrawn, _), own in groupby(events, key=lambda event: event[:3]):
        yield withdrawn, [place for *_, place in own]


def _later(log: ReportLog, first: LookedThen, second: LookedThen) -> Iterator[tuple[date, list[int]]]:
    """The reports of later days, by day; within a day in the order of their numbers."""
    places = [
        place
        for place, line in enumerate(log.lines)
        if first.on < line.as_of <= second.on and line.is_known(second.known_at)
    ]
    for day, own in groupby(places, key=lambda place: log.lines[place].as_of):
        yield day, list(own)
