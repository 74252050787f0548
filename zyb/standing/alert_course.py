"""滞后预警: how an alert moves from period to period. Pure: signals and people's records in, states out.

观察 → 预警 → 已认领 → 回升 → 已解除; 逾期 and 未报送 beside them. Thresholds are data
(data/rules/alerts.toml), so a changed rule is a changed history, and nothing is stored that
could contradict the figures.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from zyb.records import AlertRecord
from zyb.rulebook import toml
from zyb.rulebook.book import rule
from zyb.rulebook.verdicts import TONES, Tone
from zyb.standing.yardsticks import lead

# In the order in which they ask for attention.
STATES = ("overdue", "warning", "silent", "claimed", "recovering", "watch", "cleared")
NORMAL = "normal"
"""No alert: never behind, or only watched and back on pace."""
RAISED = frozenset({"warning", "claimed", "recovering", "overdue"})
CLOSED = frozenset({NORMAL, "cleared"})


@dataclass(frozen=True)
class State:
    id: str
    title: str
    rule: str
    tone: Tone
    shape: str


@dataclass(frozen=True)
class Level:
    """提醒 → 督办 → 通报 → 约谈: reached after so many periods behind, or silent."""

    id: str
    title: str
    behind: int
    silent: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class AlertRules:
    basis: str
    warning_after: int
    at_once_below: Fraction
    unpaced_waits: bool
    narrowing_periods: int
    narrowed_by: Fraction
    on_pace_periods: int
    overdue_rank: int
    levels: tuple[Level, ...]
    states: dict[str, State]

    def rank_behind(self, periods: int) -> int:
        """How many levels are reached; 0 is none."""
        return sum(periods >= level.behind for level in self.levels)

    def rank_silent(self, periods: int) -> int:
        return sum(periods >= level.silent for level in self.levels)

    def level(self, rank: int) -> Level | None:
        return self.levels[rank - 1] if rank else None


def _level(table: toml.RulesTable) -> Level:
    level = Level(
        table.text("id"), table.text("title"), table.integer("behind", least=1), table.integer("silent", least=1),
        table.text("basis"),
    )  # fmt: skip
    table.finish()
    return level


def _state(state_id: str, table: toml.RulesTable) -> State:
    tone = cast(Tone, table.choice("tone", TONES))
    state = State(state_id, table.text("title"), table.text("rule"), tone, table.text("shape"))
    table.finish()
    return state


def _levels(table: toml.RulesTable) -> tuple[Level, ...]:
    tables = table.tables("levels")
    levels = tuple(map(_level, tables))
    for (lower, higher), below in zip(itertools.pairwise(levels), tables[1:], strict=True):
        for key in ("behind", "silent"):
            if getattr(higher, key) < getattr(lower, key):
                raise below.fault(f"“{key}”少于前一级别的：级别应从低到高排列。")
    if not levels:
        raise table.fault("“levels”至少要有一个级别。")
    return levels


def _sensible(table: toml.RulesTable, rules: AlertRules) -> None:
    if rules.narrowed_by < 0:
        raise table.table("recovery").fault(
            f"“narrowed_by”是缩小的百分点，不能为负，现为 {toml.shown(rules.narrowed_by)}。"
        )
    if rules.at_once_below >= 0:
        raise table.table("warning").fault(
            f'“at_once_below”是低于序时的幅度，应为负数，例如 "-30%"，现为 {toml.shown(rules.at_once_below)}。'
        )
    for place, named in (("levels", rules.levels), ("states", rules.states.values())):
        for key in ("id", "title"):
            if twice := toml.twice(getattr(one, key) for one in named):
                raise table.fault(f"[{place}] 有两处的“{key}”都是“{twice}”。")


def _told(states: toml.RulesTable, rules: AlertRules) -> None:
    """The words of a state name the periods and bounds that lead to it."""
    percent = rules.narrowed_by * 100
    toml.says(states.table("warning"), "rule", rules.warning_after, abs(rules.at_once_below * 100))
    toml.says(states.table("recovering"), "rule", rules.on_pace_periods, rules.narrowing_periods, percent)
    toml.says(states.table("cleared"), "rule", rules.on_pace_periods)


def parse_alert_rules(table: toml.RulesTable) -> AlertRules:
    parts = [table.table(name) for name in ("warning", "recovery", "overdue")]
    warning, recovery, overdue = parts
    levels, states = _levels(table), table.table("states")
    overdue_level = overdue.choice("level", [level.id for level in levels])
    found = AlertRules(
        basis=table.text("basis"), warning_after=warning.integer("after_periods", least=1),
        at_once_below=warning.share("at_once_below"), unpaced_waits=warning.flag("unpaced_waits"),
        narrowing_periods=recovery.integer("narrowing_periods", least=1), narrowed_by=recovery.share("narrowed_by"),
        on_pace_periods=recovery.integer("on_pace_periods", least=1),
        overdue_rank=[level.id for level in levels].index(overdue_level) + 1, levels=levels,
        states={state_id: _state(state_id, states.table(state_id)) for state_id in STATES},
    )  # fmt: skip
    _sensible(table, found)
    _told(states, found)
    for finished in (table, *parts, states):
        finished.finish()
    return found


@rule
def alert_rules(province: str) -> AlertRules:
    """With the levels and periods of a province (full name); "" for the nation's."""
    return toml.read_with_own("alerts.toml", province, parse_alert_rules)


Owed = Mapping[date, tuple[Fraction | None, int | None]]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What one period says of one region: the day of the newest figures, and the region's own standing.

    `gap` = value − pace, None where nothing can be judged; `remaining` is what the target still needs. Where less is
    better (`falls`), who is above is behind: the course follows the `lead`.
    `owed`: of figures that go on over the years, gap and remainder against each target whose day has passed.
    In a `quiet` period nobody in the province reported; in one where nothing was `expected` silence is none. `columnless`:
    what was reported has no column for it, which ends a silence and says nothing. `once`: it is reported a single time.
    `unsettled`: it was reported, and says too little to be judged by. `asked_from`: from which day on the document asks for it.
    """

    day: date
    reported: bool
    gap: Fraction | None
    remaining: int | None
    due: date
    paced: bool = True
    waits: bool = False
    owed: Owed = field(default_factory=dict, hash=False)
    quiet: bool = False
    expected: bool = True
    unsettled: bool = False
    columnless: bool = False
    once: bool = False
    falls: bool = False
    scale: Fraction = Fraction(1)
    asked_from: date | None = None

    @property
    def lead(self) -> Fraction | None:
        return lead(self.gap, not self.falls, self.scale)


@dataclass(frozen=True)
class Missed:
    """A deadline of figures that have begun anew since: what was left by the last report; None where none came, or where
    it was `unsettled`."""

    due: date
    remaining: int | None
    unsettled: bool = False


@dataclass(frozen=True, kw_only=True)
class AlertCourse:
    """Where an alert stands after a period.

    `state` is what the figures say; silence lies over it (`shown`) and leaves it as it was.
    `behind` counts the periods of the present run, or of the last one when it is over; `since` is its
    first day.
    """

    due: date | None = None
    state: str = NORMAL
    rank: int = 0
    since: date | None = None
    behind: int = 0
    on_pace: int = 0
    narrowing: int = 0
    gap: Fraction | None = None
    remaining: int | None = None
    silent: int = 0
    silent_since: date | None = None
    claim: AlertRecord | None = None
    release: AlertRecord | None = None
    heard: date | None = None
    """The day of its last report."""
    missed: tuple[Missed, ...] = ()
    back: date | None = None
    """The first day on which it was on pace again."""
    unsettled: bool = False
    """The last report says too little to tell whether the target is met."""

    @property
    def shown(self) -> str:
        return "silent" if self.silent and (self.state != "overdue" or self._only_unheard) else self.state

    @property
    def _only_unheard(self) -> bool:
        """Nothing is known to be left of what was due: no report has come of it, and none of this year."""
        left = any(one.remaining or one.unsettled for one in self.missed)
        return bool(self.missed) and not (left or self.remaining or self.unsettled)

    @property
    def is_behind(self) -> bool:
        return self.behind > 0 and self.on_pace == 0

    def past_due(self, day: date) -> bool:
        """The deadline of the task has passed with work left, or with no report by which it is known to be done."""
        return self.due is not None and self.due < day and (bool(self.remaining) or self.unsettled)

    def unheard_by(self, day: date) -> bool:
        """The deadline has passed and no report has ever come."""
        return self.due is not None and self.due < day and self.silent > 0 and self.heard is None


@dataclass(frozen=True)
class AlertStep:
    """One period in the history of an alert."""

    signal: Signal
    course: AlertCourse
    rank: int

    @property
    def state(self) -> str:
        return self.course.shown


def follow(
    signals: Sequence[Signal], records: Iterable[AlertRecord], on: date, settings: AlertRules
) -> list[AlertStep]:
    """The alert after each period. A record holds from the figures that it was written on."""
    steps: list[AlertStep] = []
    course, written = AlertCourse(), sorted(records, key=lambda record: record.id)
    places = {record.id: _period_of(record, signals) for record in written if record.as_of <= on}
    for place, signal in enumerate(signals):
        last = place + 1 == len(signals)
        # A deadline passes between reports too: who met it late was late, and is so no longer.
        course = _dated(course, signal.day - timedelta(days=1), settings)
        course = _dated(_advanced(course, signal, settings), signal.day, settings)
        for record in written:
            if places.get(record.id) == place:
                course = _recorded(course, record)
        # What a deadline does to the last period is seen on the day itself.
        course = _dated(course, on if last else signal.day, settings)
        steps.append(AlertStep(signal, course, _rank(course, on if last else signal.day, settings)))
    return steps


def _rank(course: AlertCourse, day: date, settings: AlertRules) -> int:
    """The level with what silence adds to it: never to have reported by the deadline is as late as not to have done it."""
    overdue = settings.overdue_rank if course.unheard_by(day) else 0
    return max(course.rank, settings.rank_silent(course.silent), overdue)


def _period_of(record: AlertRecord, signals: Sequence[Signal]) -> int:
    """The period of the figures that it was written on: a later report of the same month has taken their place."""
    reached = (place for place, signal in enumerate(signals) if signal.day >= record.as_of)
    return next(reached, len(signals) - 1)


def _advanced(course: AlertCourse, signal: Signal, settings: AlertRules) -> AlertCourse:
    """One period on. Another deadline is another task: it begins anew, and what was missed of the last one is kept."""
    if course.due and _still_owed(course, signal):
        gap, left = signal.owed[course.due]
        signal = replace(signal, due=course.due, gap=gap, remaining=left)
    elif course.due != signal.due:
        course = _anew(course, signal)
    if signal.columnless:
        return replace(course, silent=0, silent_since=None)
    if not signal.reported:
        return _unheard(course, signal)
    if signal.gap is None and course.state in RAISED:
        # What cannot be judged this time is not settled by it.
        return replace(course, silent=0, silent_since=None, heard=signal.day, unsettled=signal.unsettled)
    course = replace(
        course, rank=_rank_after_silence(course, signal, settings), silent=0, silent_since=None, release=None,
        remaining=signal.remaining, heard=signal.day, unsettled=signal.unsettled,
    )  # fmt: skip
    if signal.gap is None:
        return _owing_still(course, _normal(course))
    moved = _behind if (signal.lead or 0) < 0 and signal.remaining else _on_pace
    return replace(_owing_still(course, moved(course, signal, settings)), gap=signal.lead)


def _owing_still(before: AlertCourse, after: AlertCourse) -> AlertCourse:
    """What a year that is over has left keeps its level, however this year goes."""
    return replace(after, rank=max(before.rank, after.rank)) if after.missed else after


def _still_owed(course: AlertCourse, signal: Signal) -> bool:
    """Figures that go on over the years owe a target whose day they missed until they meet it, whatever window comes
    next; the period in which they do belongs to it still."""
    return course.due in signal.owed and (course.past_due(signal.day) or course.unheard_by(signal.day))


def _anew(course: AlertCourse, signal: Signal) -> AlertCourse:
    """Another year's task. What begins anew can no longer be made up for in the figures of another year: a miss stays, and
    with it the run it belongs to, until a person releases it or the figures of its year are corrected."""
    if course.due and (course.past_due(signal.day) or course.unheard_by(signal.day)):
        missed = (*course.missed, Missed(course.due, course.remaining, course.unsettled))
    elif course.missed:
        missed = course.missed
    else:
        return AlertCourse(due=signal.due, silent=course.silent, silent_since=course.silent_since)
    return replace(
        course, due=signal.due, missed=missed, remaining=None, heard=None, gap=None, unsettled=False
    )


def _unheard(course: AlertCourse, signal: Signal) -> AlertCourse:
    """Silence is counted. Who had finished has nothing more to say after the deadline, nor while nobody says anything."""
    if not signal.expected:
        return course
    if course.remaining == 0 and (signal.quiet or signal.due < signal.day):
        return course
    since = course.silent_since or max(signal.day, signal.asked_from or signal.day)
    return replace(course, silent=course.silent + 1, silent_since=since)


def _waits(signal: Signal, settings: AlertRules) -> bool:
    """Whether the deadline alone tells: until then the measure is only watched, whatever its value."""
    return settings.unpaced_waits and signal.waits


def _rank_after_silence(course: AlertCourse, signal: Signal, settings: AlertRules) -> int:
    """Whoever was warned of before falling silent does not come back at a lower level; what was only watched
    has no level to keep."""
    watched = course.state not in RAISED or (_waits(signal, settings) and course.state != "overdue")
    return course.rank if watched else max(course.rank, settings.rank_silent(course.silent))


def _on_pace(course: AlertCourse, signal: Signal, settings: AlertRules) -> AlertCourse:
    if course.state not in RAISED:
        return course if course.state == "cleared" else _normal(course)
    periods = course.on_pace + 1
    if signal.remaining == 0 or periods >= settings.on_pace_periods:
        return replace(course, state="cleared", rank=0, on_pace=periods, narrowing=0, claim=None)
    back = course.back if course.on_pace else signal.day
    return replace(course, state="recovering", on_pace=periods, narrowing=0, back=back)


def _normal(course: AlertCourse) -> AlertCourse:
    return AlertCourse(
        due=course.due, remaining=course.remaining, heard=course.heard, missed=course.missed, unsettled=course.unsettled,
    )  # fmt: skip


def _behind(course: AlertCourse, signal: Signal, settings: AlertRules) -> AlertCourse:
    # What an earlier year has left is one run with what follows.
    anew = not course.missed and (course.state in CLOSED or course.on_pace > 0)
    closer = not anew and _narrowed(course, signal, settings)
    course = replace(
        course,
        rank=0 if course.state in CLOSED else course.rank,
        since=signal.day if anew else course.since or signal.day,
        behind=1 if anew else course.behind + 1,
        narrowing=course.narrowing + 1 if closer else 0,
        on_pace=0,
    )
    state = _state_behind(course, signal, settings)
    return replace(course, state=state, rank=_rank_behind(course, signal, state, settings))


def _narrowed(course: AlertCourse, signal: Signal, settings: AlertRules) -> bool:
    """Closer to pace than last time; who is already recovering has only not to fall back."""
    if course.gap is None or signal.lead is None:
        return False
    needed = Fraction(0) if course.state == "recovering" else settings.narrowed_by
    return signal.lead - course.gap >= needed


def _state_behind(course: AlertCourse, signal: Signal, settings: AlertRules) -> str:
    if _waits(signal, settings):
        return "claimed" if course.claim else "watch"
    if course.state in RAISED and course.narrowing >= settings.narrowing_periods:
        return "recovering"
    if course.claim:
        return "claimed"
    severe = signal.lead is not None and signal.lead < settings.at_once_below
    if course.state in RAISED or severe or course.behind >= settings.warning_after:
        return "warning"
    return "watch"


def _rank_behind(course: AlertCourse, signal: Signal, state: str, settings: AlertRules) -> int:
    """A level is never taken back while the alert is open, and does not rise while the gap narrows."""
    if state in ("watch", "recovering") or _waits(signal, settings):
        return course.rank
    reached = settings.rank_behind(course.behind)
    return max(course.rank, reached, 1 if state == "warning" else 0)


def _dated(course: AlertCourse, day: date, settings: AlertRules) -> AlertCourse:
    """逾期: the task's deadline has passed with work left, or the claim's while still behind."""
    late_claim = course.claim and course.claim.due and course.claim.due < day and course.is_behind
    if course.release or not (course.past_due(day) or course.missed or late_claim):
        return course
    return replace(course, state="overdue", rank=max(course.rank, settings.overdue_rank))


def _recorded(course: AlertCourse, record: AlertRecord) -> AlertCourse:
    """Claims and releases of what is not open (any more, or after a correction) change nothing."""
    if course.shown in CLOSED:
        return course
    if record.kind == "claim":
        claimed = course.state in ("watch", "warning", "overdue")
        return replace(course, claim=record, state="claimed" if claimed else course.state)
    if record.kind == "release":
        return AlertCourse(
            due=course.due, state="cleared", since=course.since, behind=course.behind, on_pace=0, gap=course.gap,
            remaining=course.remaining, release=record, heard=course.heard, unsettled=course.unsettled,
        )  # fmt: skip
    return course
