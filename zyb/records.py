"""What the store hands out and takes in, as plain immutable records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

NO_YEAR = 0
NO_COUNTY = ""


@dataclass(frozen=True)
class Part:
    """What one snapshot speaks for: a ledger, a reporting region and, where the ledger has years, a year.

    With a county it speaks for that county only, and leaves the rest of the region as it is.
    """

    ledger: str
    region_code: str
    year: int = NO_YEAR
    county_code: str = NO_COUNTY

    @property
    def whole(self) -> Part:
        return replace(self, county_code=NO_COUNTY) if self.county_code else self


@dataclass(frozen=True)
class Source:
    """Where a part's figures come from: the snapshot and its 数据截至."""

    snapshot: int
    as_of: date


PartInForce = tuple[Part, Source]
# The number of an upload that is looked at as if it had been saved.
PREVIEW = 0
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """The snapshots in force on a day, as known at a moment. Immutable: a cache may hang on it."""

    province_code: str
    on: date
    sources: tuple[PartInForce, ...]

    @property
    def snapshots(self) -> tuple[int, ...]:
        return tuple(sorted({source.snapshot for _, source in self.sources}))

    def as_of(self, ledgers: Sequence[str]) -> date | None:
        """The latest 数据截至 among these ledgers."""
        return max((source.as_of for part, source in self.sources if part.ledger in ledgers), default=None)


@dataclass(frozen=True, kw_only=True)
class LoggedPart:
    """A part of an upload as the log of all uploads has it: whether it is in force follows from day and moment."""

    snapshot: int
    part: Part
    as_of: date
    uploaded_at: datetime
    withdrawn_at: datetime | None

    def is_known(self, moment: datetime) -> bool:
        """Uploaded by then, and not withdrawn by then."""
        return self.uploaded_at <= moment and (self.withdrawn_at is None or self.withdrawn_at > moment)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A line of the register of uploads. Moments are UTC."""

    id: int
    ledger: str
    province_code: str
    as_of: date
    uploaded_at: datetime
    uploaded_by: str
    file_name: str
    sha256: str
    sheet: str
    title: str
    source: str
    reason: str
    row_count: int
    regions: int
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawal_reason: str | None

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True)
class RegisterLine:
    """A snapshot in the register: what it still says (a key of SNAPSHOT_STATES), and the first region that it speaks for."""

    snapshot: Snapshot
    state: str
    first_region: str


@dataclass(frozen=True)
class RegisterPage:
    """A page of the register: its lines, how many there are on all pages, and how many of these were withdrawn."""

    lines: tuple[RegisterLine, ...]
    total: int
    withdrawn: int


@dataclass(frozen=True)
class ProblemCount:
    """Of one kind of problem how many a check found, or over several the most that any did, and how many remained."""

    code: str
    severity: str
    found: int
    remaining: int


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """A table of a file that somebody meant to hand in, as it was checked; `as_of` None where nobody could tell the day."""

    checked_by: str
    file_name: str
    sha256: str
    sheet: str
    ledger: str
    province_code: str
    unit: str
    as_of: date | None
    row_count: int
    problems: tuple[ProblemCount, ...] = ()
    explained: int = 0


@dataclass(frozen=True, kw_only=True)
class CheckedReport:
    """What a unit handed in of a ledger for a day, over all the contents that were checked (`rounds`) until one was accepted.

    A blank unit is several regions together, or one that nobody could tell. `snapshot` None: not accepted yet.
    """

    ledger: str
    unit: str
    as_of: date | None
    first_checked_at: datetime
    last_checked_at: datetime
    checked_by: str
    file_name: str
    row_count: int
    explained: int
    rounds: int
    snapshot: int | None
    withdrawn: bool
    problems: tuple[ProblemCount, ...] = ()

    def number(self, *severities: str) -> int:
        """Problems of these severities that any round found."""
        return sum(one.found for one in self.problems if one.severity in severities)

    def remaining(self, *severities: str) -> int:
        return sum(one.remaining for one in self.problems if one.severity in severities)


@dataclass(frozen=True)
class FilledCells:
    """Of a region's rows of a ledger how many have a column filled in."""

    region_code: str
    ledger: str
    column: str
    filled: int
    rows: int


@dataclass(frozen=True)
class Learned:
    """Explained headings (ledger, plain heading, column), places (as written, region code) and values (ledger and
    column as “enforcement.violations”, as written without blanks, what it counts as)."""

    headings: tuple[tuple[str, str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One thing that is remembered. A blank unit is the province's own; a place holds for every ledger."""

    unit: str
    kind: str
    ledger: str
    said: str
    meaning: str
    learned_at: datetime
    learned_from: str


@dataclass(frozen=True, kw_only=True)
class AlertRecord:
    """What a person added to an alert: a claim, a note or a release. Never changed, only added to.

    `as_of` is the day of the figures that it was written on; `recorded_at` (UTC) when.
    """

    province_code: str
    region_code: str
    measure: str
    kind: str
    as_of: date
    recorded_by: str
    owner: str = ""
    cause: str = ""
    action: str = ""
    due: date | None = None
    reason: str = ""
    id: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class VerdictRecord:
    """A person's verdict on a region's figures, or (empty) that it is taken back. Never changed, only added to.

    `as_of`, `numerator` and `denominator` are the figures it is about, `proposed` is the rule's verdict on them.
    """

    province_code: str
    region_code: str
    measure: str
    as_of: date
    numerator: int
    denominator: int
    proposed: str
    verdict: str
    reason: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True, kw_only=True)
class DutyTick:
    """What a person says was handed in or done (报送与节点), is not owed, or takes back. Never changed, only added to.

    `kind`: tick, exempt (免报: `note` says why) or untick. `due` says which time that it was due, `day` when it was done,
    `person` who handed it in.
    """

    province_code: str
    subject_code: str
    duty: str
    due: date
    kind: str
    day: date
    person: str
    file: str
    note: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True, kw_only=True)
class DutyReport:
    """That a region, or a county for itself, reported a ledger: as of which day, and when it came (UTC).

    Of figures from a published document nobody here knows when they were handed in.
    """

    ledger: str
    region_code: str
    county_code: str
    as_of: date
    uploaded_at: datetime
    published: bool
    snapshot: int


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """A sentence of the reports' wording before and after somebody changed it. Never changed, only added to."""

    sentence: str
    variant: str
    before: str
    after: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True)
class SavedView:
    """An inquiry that a person keeps by name, as the parameters of its address."""

    owner: str
    name: str
    address: str
    saved_at: datetime = END_OF_TIME


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """An issued bulletin: everything but its text, which `Store.bulletin_content` brings. Never changed.

    `known_at` (UTC) bounds what it was made from. `revises` is the id of the bulletin that it corrects.
    """

    province_code: str
    year: int
    kind: str
    title: str
    campaign: str
    """Empty for all campaigns."""
    region_code: str
    """Empty for the whole province."""
    on: date
    known_at: datetime
    issued_by: str
    sha256: str
    checks: str = "[]"
    revises: int | None = None
    changes: str = ""
    number: int = 0
    issued_at: datetime | None = None
    id: int = 0

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.number}期"


@dataclass(frozen=True)
class RowTest:
    """What a row of a list has to meet: its cell is one of `values`, at least so much, or at the least not blank.

    With `blank_counts` a blank cell says nothing against the row.
    """

    column: str
    values: tuple[str, ...] = ()
    at_least: int = 0
    blank_counts: bool = False


@dataclass(frozen=True)
class Trace:
    """A stored row: where a figure stands in the official's own file."""

    snapshot: int
    sheet: str
    line: int
    region_code: str
    year: int
    values: dict[str, int | str | None]


@dataclass(frozen=True, kw_only=True)
class FirmRow:
    """A row of a list in force, with code and name as they are compared (zyb/sql/listed_firms.sql).

    `told_*` as the row has them; `code` is blank where it is no code, `sure` where its check digit agrees; `place` is the
    county, blank where nobody knows. `identity` tells employers apart: the code, else place and name.
    """

    ledger: str
    snapshot: int
    sheet: str
    line: int
    region_code: str
    county_code: str
    year: int
    told_code: str
    told_name: str
    code: str
    name: str
    place: str
    identity: str
    sure: bool


@dataclass(frozen=True, kw_only=True)
class FindingRecord:
    """What a person says of a finding of a check between lists. Never changed, only added to.

    `snapshot` is the newest report that the finding was seen in: one that comes later may say otherwise.
    """

    province_code: str
    region_code: str
    check_id: str
    subject: str
    kind: str
    name: str
    snapshot: int
    reason: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True, kw_only=True)
class LinkRecord:
    """Whether two rows are the same employer, in a person's word; `one` and `other` are identities. Only added to."""

    province_code: str
    region_code: str
    one: str
    other: str
    kind: str
    one_name: str
    other_name: str
    reason: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0
