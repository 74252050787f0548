"""报送与节点: whether what was due has been done, and in time. Pure: terms and what answers them in, states out.

未到期 → 即将到期 → 逾期, and 已完成 or 逾期完成 as soon as something answers it; 免报 where somebody decided that it is not
owed, and 已结束 where the campaign ended first. What is not handed in to anybody is 未登记 once it is past, as nobody can say
that it was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType

from zyb.periods import chinese_day
from zyb.rulebook.campaigns import Closing
from zyb.rulebook.duties import STATES, Duty, DutyRules, DutyState, DutySubject, DutyTerm
from zyb.rulebook.duties.model import EXCUSED, EXEMPT, FULFILLED, RESTED


@dataclass(frozen=True, order=True)
class Fulfilment:
    """What answers a duty: `came` is when it was there, `day` what it is said to be as of; `told` where it is from."""

    came: date
    day: date
    told: str = ""


def state_of(
    term: DutyTerm,
    done: Fulfilment | None,
    on: date,
    soon_days: int,
    *,
    reported: bool = True,
    exempt: bool = False,
    rests: bool = False,
) -> str:
    """One of STATES on a day. The day that something is due on is still in time; `rests`: its campaign is closed by then."""
    if done:
        return "done" if done.came <= term.due else "late"
    if exempt:
        return EXEMPT
    if rests:
        return RESTED
    if on > term.due:
        return "overdue" if reported else "unknown"
    return "soon" if (term.due - on).days <= soon_days else "coming"


def answers_in(term: DutyTerm, offered: Iterable[Fulfilment], since: date | None = None) -> list[Fulfilment]:
    """Of what may answer any term (reports), what answers this one: as of a day from its first (or `since`) to its last."""
    return [one for one in offered if is_answered(term, one.day, since)]


def is_answered(term: DutyTerm, day: date, since: date | None = None) -> bool:
    """By a report as of a day."""
    return (since or term.first) <= day <= term.last


def answer(offered: Iterable[Fulfilment], on: date) -> Fulfilment | None:
    """The first to come of those that are as of the day or before."""
    return min((one for one in offered if one.day <= on), default=None)


@dataclass(frozen=True)
class DutyCell:
    """One who owes it, and how it stands."""

    subject: DutySubject
    state: DutyState
    done: Fulfilment | None
    excuse: str = ""
    """Why it is not owed, and who says so."""

    @property
    def fulfilled(self) -> bool:
        return self.state.id in FULFILLED


@dataclass(frozen=True)
class DutyStanding:
    """A time that a duty is due, with everybody who owes it."""

    duty: Duty
    term: DutyTerm
    cells: tuple[DutyCell, ...]
    closing: Closing | None = None
    """How its campaign was closed by the day."""

    @property
    def state(self) -> DutyState:
        """That which asks most for attention."""
        return min((cell.state for cell in self.cells), key=lambda state: STATES.index(state.id))

    @property
    def fulfilled(self) -> int:
        return sum(cell.fulfilled for cell in self.cells)

    @property
    def title(self) -> str:
        """With the period, of what is due again and again."""
        return f"{self.duty.title}（{self.term.label}）" if self.term.label else self.duty.title

    @property
    def awaited(self) -> bool:
        """Whether somebody still has to do it."""
        return any(not cell.fulfilled and cell.state.id not in EXCUSED for cell in self.cells)

    def count(self, state: str) -> int:
        return sum(cell.state.id == state for cell in self.cells)

    def within(self, region_code: str) -> DutyStanding:
        """What concerns one region: its own, and its counties'."""
        return replace(self, cells=tuple(c for c in self.cells if c.subject.region_code == region_code))


@dataclass(frozen=True)
class MissedDuty:
    """What somebody should have done by now, every time that it was due in one line."""

    duty: Duty
    subject: DutySubject
    terms: tuple[DutyTerm, ...]
    sentence: str
    """Without the subject and the full stop."""

    @property
    def due(self) -> date:
        """The last time that it was due."""
        return self.terms[-1].due


def missed_words(missed: MissedDuty, region_code: str) -> str:
    """In a paper on one region: a county of it is named, and the document that asks for it."""
    name = "" if missed.subject.code == region_code else f"{missed.subject.name}："
    return f"{name}{missed.sentence}（依据：{missed.duty.basis}）"


def together(missed: Iterable[MissedDuty]) -> list[str]:
    """The same of several in one line: “年度工作总结（2024年）应于2024年12月31日前完成，已逾期5天：定州市、辛集市”."""
    named: dict[str, list[str]] = {}
    for one in missed:
        named.setdefault(one.sentence, []).append(one.subject.name)
    return [f"{sentence}：{'、'.join(names)}" for sentence, names in named.items()]


@dataclass(frozen=True, kw_only=True)
class DutySurvey:
    """All duties of a province that have begun on a day, by the day that they are due."""

    province: str
    on: date
    known_at: datetime | None
    standings: tuple[DutyStanding, ...]
    rules: DutyRules

    def within(self, region_code: str | None) -> DutySurvey:
        """What one region owes; everything without one."""
        if region_code is None:
            return self
        own = (standing.within(region_code) for standing in self.standings)
        return replace(self, standings=tuple(standing for standing in own if standing.cells))

    def of_campaign(self, campaign: str) -> DutySurvey:
        """What belongs to one campaign, or to all of them alike."""
        own = tuple(one for one in self.standings if one.duty.campaign in ("", campaign))
        return replace(self, standings=own) if campaign else self

    def counts(self) -> Mapping[str, int]:
        """How many of each state, each of those who owe counted each time."""
        return {state: sum(one.count(state) for one in self.standings) for state in STATES}

    @property
    def following(self) -> tuple[DutyStanding, ...]:
        """What is due next on one day and not done by all; nothing of a campaign that is closed."""
        ahead = [s for s in self.standings if s.term.due >= self.on and s.awaited]
        # What nobody hands in comes every week, and would hide what has to be handed in.
        ahead = [standing for standing in ahead if standing.duty.reported] or ahead
        return tuple(standing for standing in ahead if standing.term.due == ahead[0].term.due)

    @property
    def missed(self) -> tuple[MissedDuty, ...]:
        """By who owes it in the order of the rules, the longest overdue first."""
        return tuple(sorted(self._missed(), key=lambda one: one.terms[0].due))

    def _missed(self) -> Iterator[MissedDuty]:
        found = [
            (standing.duty.id, place, standing, cell)
            for standing in self.standings
            for place, cell in enumerate(standing.cells)
            if cell.state.id == "overdue"
        ]
        for _, same in groupby(sorted(found, key=lambda one: (one[0], one[1])), key=lambda one: one[:2]):
            together = list(same)
            duty, subject = together[0][2].duty, together[0][3].subject
            terms = tuple(standing.term for _, _, standing, _ in together)
            yield MissedDuty(duty, subject, terms, _sentence(duty, terms, self.on, self.rules))


def _sentence(duty: Duty, terms: tuple[DutyTerm, ...], on: date, rules: DutyRules) -> str:
    last = terms[-1]
    facts = {
        "事项": duty.title, "到期日": chinese_day(last.due), "天数": (on - last.due).days,
        "周期": rules.words.every.get(duty.every, ""), "次数": len(terms),
    }  # fmt: skip
    if len(terms) > 1:
        return rules.words.overdue_often.format(**facts)
    return rules.words.overdue_once.format(**{**facts, "事项": f"{duty.title}（{last.label}）" if last.label else duty.title})  # fmt: skip


def stand(
    duty: Duty,
    subjects: Iterable[DutySubject],
    offered: Mapping[tuple[str, date], Iterable[Fulfilment]],
    on: date,
    rules: DutyRules,
    closing: Closing | None = None,
    excused: Mapping[tuple[str, date], str] = MappingProxyType({}),
) -> Iterator[DutyStanding]:
    """Every term that has begun on the day; `offered` is what answers it, by subject's code and day due, and `excused` why
    it is not owed. Of a campaign that was closed by then, those that had begun before; what nobody hands in is unknown where
    it was past already."""
    owing = tuple(subjects)
    for term in duty.terms:
        if term.first <= on and owing and begins_before(term, closing):
            rests = closing is not None and (duty.reported or term.due >= closing.day)
            cells = []
            for subject in owing:
                place = subject.code, term.due
                done, excuse = answer(offered.get(place, ()), on), excused.get(place, "")
                state = state_of(
                    term, done, on, rules.soon_days, reported=duty.reported, exempt=bool(excuse), rests=rests
                )
                cells.append(DutyCell(subject, rules.states[state], done, excuse))
            yield DutyStanding(duty, term, tuple(cells), closing)


def begins_before(term: DutyTerm, closing: Closing | None) -> bool:
    """What would begin when the campaign is over is asked of nobody."""
    return closing is None or term.first < closing.day
