"""An alert, a fault and a survey, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from zyb.records import AlertRecord
from zyb.rulebook.campaigns import Campaign
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.measures import Measure
from zyb.rulebook.verdicts import OPEN
from zyb.standing.alert_course import CLOSED, AlertRules, AlertStep, Level, State
from zyb.standing.duties import MissedDuty
from zyb.standing.standings import Standing, Standings


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One region and measure that is, or was, behind or silent, with how it came to be so."""

    measure: Measure
    standing: Standing
    state: State
    level: Level | None
    since: date | None
    periods: int
    sentence: str
    clauses: tuple[str, ...]
    """The sentence in parts, without region and measure."""
    due: date
    """The deadline that holds: of the claim, or of the task itself."""
    owner: str
    claim: AlertRecord | None
    records: tuple[AlertRecord, ...]
    history: tuple[AlertStep, ...]

    @property
    def region_code(self) -> str:
        return self.standing.region_code

    @property
    def region(self) -> str:
        return self.standing.region

    @property
    def of_the_whole(self) -> bool:
        """Asked of the province together: no region answers for it."""
        return self.measure.whole

    @property
    def open(self) -> bool:
        return self.state.id not in CLOSED

    @property
    def as_of(self) -> date:
        """The newest figures of the measure: what a claim is written on."""
        return self.history[-1].signal.day


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Figures that cannot all be right: `fell` (a cumulative count went down) or `disagree` (two ledgers); or that wait for an
    answer: `repeated` (last year's once more) or `startless` (last year's end is missing)."""

    kind: str
    region_code: str
    region: str
    ledger: Ledger
    as_of: date
    snapshot: int
    told: str
    """As one of several, without the full stop."""

    @property
    def sentence(self) -> str:
        return f"{self.told}。"


@dataclass(frozen=True, kw_only=True)
class AlertPeriod:
    """A month in which anybody reported the measure; `day` is that of its newest figures, `end` the last that is looked at.

    A `quiet` one is a month, quarter or year that went by without a report; its `day` is its last. `shown`: what pages and
    documents show for the day, of a count that begins anew the outcome of last year until somebody reports. In a `late` one
    the day that all was due on is over, and only those who have never reported are still asked to. `excused`: by their codes
    the regions that owe no report for it, 免报.
    """

    first: date
    day: date
    end: date
    found: Standings
    shown: Standings
    quiet: bool = False
    late: bool = False
    excused: frozenset[str] = frozenset()

    def reported(self, standing: Standing) -> bool:
        own = standing.as_of is not None and standing.as_of >= self.first
        return own and not self._unheard(standing)

    @staticmethod
    def _unheard(standing: Standing) -> bool:
        """Counties that speak alone have not spoken for their region, unless what they say is enough for all of it."""
        of_some = bool(standing.alone) and standing.proposed.id in OPEN
        return of_some or standing.verdict.id == "not_reported"

    def columnless(self, standing: Standing) -> bool:
        """Whether the table that the region has reported has no column for the measure: it can say nothing of it."""
        own = standing.region_code
        return any(one.columnless and one.region_code == own for one in self.found.caveats)

    def expected(self, standing: Standing) -> bool:
        """Whether a report was due from the region: not before the day that the document begins on, nor without a task, nor
        while the province has not published it, nor while its last figures still hold (as everywhere else), nor while a person has excused it."""
        plan, measure = self.found.plan, self.found.measure
        begun = plan is None or plan.first_report is None or self.end >= plan.first_report
        published = standing.denominator is not None or measure.counts_its_own_tasks
        old = self._unheard(standing) or (not self.late and (self.quiet or standing.stale))
        answerable = standing.verdict.id != "no_task" and not self.columnless(standing)
        owed = standing.region_code not in self.excused
        return begun and published and old and answerable and owed


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Everything there is to warn of in a province on a day."""

    province: str
    on: date
    known_at: datetime | None
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]
    missed: tuple[MissedDuty, ...] = ()
    """报送与节点 that are overdue: no alert of a measure, and counted by themselves."""
    latest: tuple[Standings, ...]
    """The last period of each measure that has a plan."""
    rules: AlertRules = field(compare=False, repr=False)
    """What the alerts follow."""
    closed: tuple[Campaign, ...] = ()
    """The campaigns that were closed by that day: of their measures nothing is warned any more."""
