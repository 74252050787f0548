"""A finding of a check between lists, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zyb.crosscheck.candidates import Candidate
from zyb.records import FindingRecord, FirmRow
from zyb.rulebook.checks.cross_checks import STATES, CrossCheck, FindingState


@dataclass(frozen=True, kw_only=True)
class FoundFact:
    """What the lists say, whatever people have said of it: `subject` names it from report to report.

    `newest` is the newest report of its region among the lists of the check.
    """

    check: CrossCheck
    region_code: str
    subject: str
    name: str
    code: str
    county_code: str
    rows: tuple[FirmRow, ...]
    told: str
    newest: int
    candidates: tuple[Candidate, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.check.id, self.region_code, self.subject


@dataclass(frozen=True, kw_only=True)
class CheckFinding:
    """A fact with its state, and the record that it has it from. `told` of one that cleared itself says by what."""

    fact: FoundFact
    region: str
    county: str
    state: FindingState
    record: FindingRecord | None
    told: str

    @property
    def check(self) -> CrossCheck:
        return self.fact.check

    @property
    def open(self) -> bool:
        return self.state.id == "open"

    @property
    def places(self) -> str:
        """“第3批 Sheet1 第5行；第4批 第9行”."""
        return "；".join(
            f"第{row.snapshot}批 {row.sheet} 第{row.line}行".replace("  ", " ") for row in self.fact.rows
        )


@dataclass(frozen=True)
class Unchecked:
    """A region of which a check cannot tell, for want of a list."""

    check: CrossCheck
    region_code: str
    region: str
    told: str


@dataclass(frozen=True, kw_only=True)
class CheckSurvey:
    """All findings of a province on a day, check by check, in the order of the roster."""

    province: str
    on: date
    known_at: datetime | None
    checks: tuple[CrossCheck, ...]
    findings: tuple[CheckFinding, ...]
    unchecked: tuple[Unchecked, ...] = ()
    states: dict[str, FindingState] = field(compare=False, repr=False)

    def within(self, region_code: str | None) -> CheckSurvey:
        if region_code is None:
            return self
        own = tuple(one for one in self.findings if one.fact.region_code == region_code)
        unsent = tuple(one for one in self.unchecked if one.region_code == region_code)
        return replace(self, findings=own, unchecked=unsent)

    def of(self, check_id: str) -> tuple[CheckFinding, ...]:
        return tuple(one for one in self.findings if one.check.id == check_id)

    @property
    def open(self) -> tuple[CheckFinding, ...]:
        return tuple(one for one in self.findings if one.open)

    def counts(self) -> dict[str, int]:
        """How many in each state, in the order in which they ask for attention."""
        counted = Counter(one.state.id for one in self.findings)
        return {name: counted[name] for name in STATES}

    def open_by_check(self) -> list[tuple[CrossCheck, int]]:
        """The checks that have any, in their order."""
        counted = Counter(one.check.id for one in self.open)
        return [(check, counted[check.id]) for check in self.checks if counted[check.id]]


def ordered(findings: Iterable[CheckFinding]) -> tuple[CheckFinding, ...]:
    """What is open first; within that as they were found."""
    return tuple(sorted(findings, key=lambda one: STATES.index(one.state.id)))
