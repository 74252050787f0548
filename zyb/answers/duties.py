"""From the store to 报送与节点: what answers each duty — a ledger's report, a measure without remainder, a person's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, dropwhile

from zyb.answers.progress import find_measure, histories, view
from zyb.periods import chinese_day, in_beijing
from zyb.rulebook.campaigns import closed_campaigns
from zyb.rulebook.duties import Duty, DutySubject, duties, duty_rules
from zyb.rulebook.duties.rhythm import DutyTerm
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import Roster, load_roster
from zyb.standing.duties import DutySurvey, Fulfilment, answers_in, stand
from zyb.standing.forecast import Point
from zyb.store import DutyReport, DutyTick, Store

TickSubject = tuple[str, str, date]


@dataclass(frozen=True)
class DutyAnswers:
    """Everything of a province that may answer a duty, as known at a moment."""

    reports: Mapping[tuple[str, str], Sequence[Fulfilment]]
    """By ledger and region."""
    points: Mapping[tuple[str, str, str], Sequence[Point]]
    """By duty, measure and region, of what measures answer: their figures, oldest first."""
    ticks: Mapping[TickSubject, DutyTick]
    """Those that hold."""


def duty_survey(store: Store, province: str, on: date, known_at: datetime | None = None) -> DutySurvey:
    """Every duty that has begun on a day, whoever has reported anything or nobody. Those of a closed campaign rest."""
    roster = load_roster(province)
    closings = {campaign.id: campaign.closing for campaign in closed_campaigns(roster.province, on)}
    begun = [duty for duty in duties(roster.province) if duty.start <= on]
    known = _answers(store, roster, begun, on, known_at)
    found = [
        standing
        for duty in begun
        for standing in stand(
            duty, duty.subjects(roster), dict(_offered(duty, roster, known)), on, duty_rules(), closings.get(duty.campaign),
            _excused(duty, known.ticks.values()),
        )
    ]  # fmt: skip
    return DutySurvey(
        province=roster.province, on=on, known_at=known_at, rules=duty_rules(),
        standings=tuple(sorted(found, key=lambda standing: standing.term.due)),
    )  # fmt: skip


def ticks_in_force(records: Iterable[DutyTick]) -> dict[TickSubject, DutyTick]:
    """The last record of each holds, that it was done or is not owed; one that takes back leaves nothing."""
    last = {(one.subject_code, one.duty, one.due): one for one in records}
    return {subject: one for subject, one in last.items() if one.kind != "untick"}


def _excused(duty: Duty, ticks: Iterable[DutyTick]) -> dict[tuple[str, date], str]:
    """By who would owe it and the day due, why it is not owed."""
    return {
        (one.subject_code, one.due): f"{one.note}（{one.recorded_by}认定）"
        for one in ticks
        if one.duty == duty.id and one.kind == "exempt"
    }


class Excuses:
    """Which reports are not owed, 免报: by ledger and region the terms that a person has excused."""

    def __init__(self, store: Store, roster: Roster, known_at: datetime | None) -> None:
        ticks = [one for one in _ticks(store, roster, known_at).values() if one.kind == "exempt"]
        by_id = {duty.id: duty for duty in duties(roster.province)}
        self._terms: dict[tuple[str, str], list[DutyTerm]] = {}
        for one in ticks:
            duty = by_id.get(one.duty)
            if duty and (term := duty.term(one.due)):
                self._terms.setdefault((duty.ledger, one.subject_code), []).append(term)

    def codes(self, ledger_ids: Collection[str], first: date, end: date) -> frozenset[str]:
        """Who owes no report on any of these ledgers for a whole period."""
        return frozenset(
            code
            for (ledger, code), terms in self._terms.items()
            if ledger in ledger_ids
            and any(term.first.replace(day=1) <= first and end <= term.last for term in terms)
        )


def figures_of(
    store: Store, province: str, duty: Duty, measure_id: str, on: date, known_at: datetime | None = None
) -> dict[str, list[Point]]:
    """By region the figures of a measure that answers a duty; of a year's task those of the year that it is due in."""
    measure = find_measure(province, measure_id)
    day = min(on, date(duty.due.year, 12, 31)) if measure.annual else on
    return histories(store, view(store, province, measure.id, day, known_at))


def _answers(
    store: Store, roster: Roster, begun: Sequence[Duty], on: date, known_at: datetime | None
) -> DutyAnswers:
    wanted = sorted({duty.ledger for duty in begun if duty.ledger})
    reports = store.duty_reports(roster.province_code, wanted, known_at) if wanted else []
    points = {
        (duty.id, measure, code): own
        for duty in begun
        for measure in duty.measures
        for code, own in figures_of(store, roster.province, duty, measure, on, known_at).items()
    }
    return DutyAnswers(_reported(roster, reports), points, _ticks(store, roster, known_at))


def _ticks(store: Store, roster: Roster, known_at: datetime | None) -> dict[TickSubject, DutyTick]:
    """What was recorded here; of the country also what its provinces have recorded of what they owe it themselves."""
    provinces = (one.code for one in roster.regions) if roster.province_code == NATION.code else ()
    records = chain.from_iterable(
        store.duty_ticks(code, known_at) for code in (*provinces, roster.province_code)
    )
    return ticks_in_force(records)


def _offered(
    duty: Duty, roster: Roster, known: DutyAnswers
) -> Iterator[tuple[tuple[str, date], list[Fulfilment]]]:
    for subject in duty.subjects(roster):
        for term in duty.terms:
            yield (subject.code, term.due), list(_of_one(duty, term, subject, known))


def _of_one(duty: Duty, term: DutyTerm, subject: DutySubject, known: DutyAnswers) -> Iterator[Fulfilment]:
    """Where measures have figures they decide, whatever anybody says; of what has none a person may tell, while nothing is
    left of the rest."""
    known_of = [known.points.get((duty.id, measure, subject.code), ()) for measure in duty.measures]
    if any(known_of) and (all(known_of) or any(map(something_left, known_of))):
        yield from _without_remainder(known_of)
        return
    if duty.ledger:
        yield from answers_in(term, known.reports.get((duty.ledger, subject.code), ()), duty.since)
    tick = known.ticks.get((subject.code, duty.id, term.due))
    if tick and tick.kind == "tick":
        said = f"登记：{'，'.join(filter(None, (tick.person, tick.file, tick.note)))}"
        yield Fulfilment(tick.day, tick.day, said)


def something_left(points: Sequence[Point]) -> bool:
    """By the last figures of a measure; False where it has none."""
    return bool(points) and points[-1].completed < points[-1].enrolled


def _without_remainder(of_measures: Sequence[Sequence[Point]]) -> Iterator[Fulfilment]:
    """From the day on since when nothing is left of any; what was enrolled later has to be done as well."""
    firsts = [_finished_since(points) for points in of_measures]
    done = [first for first in firsts if first]
    if len(done) == len(of_measures):
        last = max(done, key=lambda one: one.day)
        counts = "，".join(f"{one.completed}／{one.enrolled}" for one in done)
        yield Fulfilment(last.day, last.day, f"数据：{counts}，截至{chinese_day(last.day)}")


def _finished_since(points: Sequence[Point]) -> Point | None:
    left = list(dropwhile(lambda point: point.completed >= point.enrolled, reversed(points)))
    return next(iter(points[len(left) :]), None)


# -- reports --------------------------------------------------------------------------------


def _reported(roster: Roster, reports: Iterable[DutyReport]) -> dict[tuple[str, str], list[Fulfilment]]:
    found: dict[tuple[str, str], list[Fulfilment]] = {}
    counties: dict[tuple[str, str], dict[str, Fulfilment]] = {}
    for report in reports:
        place, told = (report.ledger, report.region_code), _fulfilment(report)
        if not report.county_code:
            found.setdefault(place, []).append(told)
            continue
        own = counties.setdefault(place, {})
        own[report.county_code] = told
        region = roster.region(report.region_code)
        # County by county: there when the last of them is.
        if region and set(region.members) <= set(own):
            found.setdefault(place, []).append(max(own.values()))
    return found


def _fulfilment(report: DutyReport) -> Fulfilment:
    """What was published was handed in nobody knows when: as of its day."""
    arrived = report.as_of if report.published else max(report.as_of, in_beijing(report.uploaded_at).date())
    title = ledgers()[report.ledger].title
    said = (
        f"{title}：数据截至{chinese_day(report.as_of)}，{chinese_day(arrived)}入库（第{report.snapshot}批）"
    )
    return Fulfilment(arrived, report.as_of, said)
