"""From a file's bytes to a snapshot: read, understand, compare with what is in force, show the effect, accept.

The upload page and `python -m zyb import` both go this way. The page also follows the stages of the work and
looks up what a file's reporting unit has explained before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from fractions import Fraction
from typing import Any

from zyb import linkage
from zyb.errors import NotPossible
from zyb.indicators import Evidence, Standing, evaluate
from zyb.intake import Given, Submission
from zyb.intake.apart import get_ready, understood
from zyb.intake.findings import unnamed
from zyb.intake.units import reporting_unit
from zyb.ledgers import Ledger, ledgers
from zyb.measures import Measure, measures
from zyb.overrides import applied
from zyb.periods import chinese_day
from zyb.problems import Problem, blocking, problem
from zyb.reading import BULK_LIMITS, LIMITS, Opened, UnreadableFile, opened_workbook, workbooks_in
from zyb.regions import Roster, load_roster
from zyb.store import PREVIEW, Edition, Learned, Store, Upload, fingerprint
from zyb.tallies import Part, Source, Totals


class Stage(IntEnum):
    """How far the work on a file has come."""

    WAITING = 0
    READING = 1
    UNDERSTANDING = 2
    CHECKING = 3
    DONE = 4


STAGES = ("等待", "读取", "识别", "核对")
Tell = Callable[[Stage], None]


def _to_nobody(stage: Stage) -> None:
    """Where nobody watches."""


@dataclass(frozen=True)
class Effect:
    """A headline figure before and after; both are the province's standing."""

    measure: Measure
    before: Standing
    after: Standing
    changed: tuple[tuple[Standing, Standing], ...]

    @property
    def moved(self) -> bool:
        return (self.before.numerator, self.before.denominator) != (
            self.after.numerator,
            self.after.denominator,
        )

    @property
    def difference(self) -> Fraction | None:
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


# Of enterprises that a list has no longer so many are named.
NAMES_TOLD = 5


@dataclass(frozen=True)
class RowCounts:
    """Rows of the upload against what is in force for the same region and year."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Prepared:
    """A file understood and compared, before anything is saved."""

    file_name: str
    content: bytes
    submission: Submission
    duplicate_of: int | None = None
    effects: tuple[Effect, ...] = ()
    row_counts: RowCounts = RowCounts(0, 0, 0)
    reason: str = ""
    sha256: str = ""
    understood: Submission | None = None
    """As it was read, before it was compared: what is compared again when the data have changed since."""
    revision: int = -1
    """Of the store, before it was compared."""

    def __post_init__(self) -> None:
        if not self.sha256:  # once for a file, also when it is replaced by what is known after comparing
            object.__setattr__(self, "sha256", fingerprint(self.content))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.submission.problems

    @property
    def status(self) -> str:
        """refused | duplicate | accepted (that is: ready to be accepted)."""
        if blocking(self.problems):
            return "refused"
        return "accepted" if self.duplicate_of is None else "duplicate"

    def number_of(self, severity: str) -> int:
        """So many problems, with those of a long list that are counted and not named; another table's are not its own."""
        named = sum(one.severity == severity and one.code != "held_back" for one in self.problems)
        return named + unnamed(self.submission.findings)[severity]

    @property
    def needs_reason(self) -> bool:
        """Nothing stands in the way but falling figures that nobody has explained."""
        return {found.code for found in self.own_errors} == {"fell"}

    @property
    def own_errors(self) -> tuple[Problem, ...]:
        """What must be put right in this table; another table's errors hold it back, but are not its own."""
        return tuple(p for p in self.problems if p.severity == "error" and p.code != "held_back")


def _unreadable(error: UnreadableFile) -> Submission:
    found = Problem("error", error.code, "", "", "", error.message, error.remedy)
    return Submission(problems=(found,))


def files_in(content: bytes, file_name: str) -> list[tuple[str, bytes]]:
    """A zip of workbooks as its files, each with a name; any other file (or a refused zip) as it is."""
    try:
        return workbooks_in(content, file_name) or [(file_name, content)]
    except UnreadableFile:
        return [(file_name, content)]


def _why_unreadable(error: UnreadableFile, content: bytes, file_name: str) -> UnreadableFile:
    """What is wrong with a zip of workbooks, in more words than that it is one."""
    try:
        workbooks_in(content, file_name)
    except UnreadableFile as reason:
        return reason
    return error


def read_submissions(
    content: bytes, file_name: str, given: Given, tell: Tell = _to_nobody
) -> tuple[Submission, ...]:
    """The file alone, a submission a table; an unreadable one becomes a submission with that one problem."""
    try:
        with _opened(content, file_name, given, tell) as workbook:
            return understood(workbook, file_name, given)
    except UnreadableFile as error:
        return (_unreadable(error),)


@contextmanager
def _opened(content: bytes, file_name: str, given: Given, tell: Tell) -> Iterator[Opened]:
    """The file read, with its place, until it has been understood."""

    def begun() -> None:
        tell(Stage.READING)
        get_ready()

    try:
        with opened_workbook(content, BULK_LIMITS if given.bulk else LIMITS, begun) as workbook:
            tell(Stage.UNDERSTANDING)
            yield workbook
    except UnreadableFile as error:
        raise _why_unreadable(error, content, file_name) from error


def read_as_explained(
    store: Store, content: bytes, file_name: str, given: Given, tell: Tell = _to_nobody
) -> tuple[Submission, ...]:
    """The file with what was explained before: by its own reporting unit, else for the whole province.

    Which unit a file is of shows only when it has been understood. So it is read once and understood with what
    holds for the whole province; where the unit that then shows has explanations of its own, it is understood
    again with those. The answers in `given` are about this very file and come before both.
    """
    province = load_roster(given.preferred_province).province_code if given.preferred_province else ""
    known = store.learned(province)
    try:
        with _opened(content, file_name, given, tell) as workbook:
            found = understood(workbook, file_name, _explained(given, known))
            roster = next((one.roster for one in found if one.roster), None)
            own = store.learned(roster.province_code, reporting_unit(found, file_name)) if roster else known
            return found if own == known else understood(workbook, file_name, _explained(given, own))
    except UnreadableFile as error:
        return (_unreadable(error),)


def _explained(given: Given, learned: Learned) -> Given:
    return replace(
        given,
        headings=(*learned.headings, *given.headings),
        places=(*learned.places, *given.places),
    )


def _falls(submission: Submission, before: Totals, reason: str) -> list[Problem]:
    """累计数 lower than what is in force: an error until somebody gives the reason."""
    ledger = submission.ledger
    assert ledger
    found = []
    for row in submission.rows:
        part = Part(ledger.id, row.region.code, row.year)
        for name in ledger.cumulative:
            number, earlier = row.values.get(name), before.amount(part, name)
            if isinstance(number, int) and earlier is not None and number < earlier:
                words = {
                    "region": row.region.name, "column": ledger.column(name).title, "before": earlier,
                    "before_day": chinese_day(before.sources[part].as_of), "reason": reason,
                }  # fmt: skip
                code = "fell_with_reason" if reason else "fell"
                found.append(
                    problem(code, row.sheet or submission.sheet, row.cells[name], str(number), **words)
                )
    return found


def _jumps(submission: Submission, before: Totals) -> list[Problem]:
    """累计数 that grew by more than the ledger's jump since the last report: pointed out, not refused."""
    ledger = submission.ledger
    assert ledger
    found = []
    for row in submission.rows if ledger.jump is not None else ():
        part = Part(ledger.id, row.region.code, row.year)
        for name in ledger.cumulative:
            number, earlier = row.values.get(name), before.amount(part, name)
            if isinstance(number, int) and earlier and number > earlier * (1 + (ledger.jump or 0)):
                words = {
                    "region": row.region.name, "column": ledger.column(name).title, "before": earlier,
                    "before_day": chinese_day(before.sources[part].as_of),
                }  # fmt: skip
                found.append(
                    problem("jumped", row.sheet or submission.sheet, row.cells[name], str(number), **words)
                )
    return found


def _disagreements(submission: Submission, after: Totals) -> list[Problem]:
    """Where a summary and a list of the same month count the same thing differently: said with both numbers."""
    assert submission.ledger and submission.roster
    found = []
    reported = [region for region in submission.roster.regions if region.code in submission.region_codes]
    for ours, theirs, tally, their in _agreements(submission.ledger):
        for region in reported:
            mine, other_part = Part(ours.id, region.code), Part(theirs.id, region.code)
            one, other = after.amount(mine, tally), after.amount(other_part, their)
            if None not in (one, other) and one != other and _same_month(after, mine, other_part):
                words = {"region": region.name, "ours": ours.title, "theirs": theirs.title, "other": other}
                words["tally"] = theirs.column(their).title if ours.is_list else ours.column(tally).title
                found.append(problem("ledgers_disagree", submission.sheet, "", str(one), **words))
    return found


def _same_month(totals: Totals, one: Part, other: Part) -> bool:
    """Last month's list need not agree with this month's summary."""
    first, second = totals.sources[one].as_of, totals.sources[other].as_of
    return (first.year, first.month) == (second.year, second.month)


def _agreements(ledger: Ledger) -> Iterator[tuple[Ledger, Ledger, str, str]]:
    """The agreements that the ledger takes part in, seen from its side."""
    for one in ledgers().values():
        for rule in one.agreements:
            if one.id == ledger.id:
                yield ledger, ledgers()[rule.ledger], rule.tally, rule.their
            elif rule.ledger == ledger.id:
                yield ledger, one, rule.their, rule.tally


def _elsewhere(store: Store, submission: Submission) -> list[Problem]:
    """One code in two regions."""
    assert submission.roster
    return [
        problem("code_elsewhere", submission.sheet, "", code, region=_region_name(submission.roster, region))
        for code, region in store.codes_elsewhere(submission)
    ]


def _gone(store: Store, submission: Submission, edition: Edition) -> list[Problem]:
    """Enterprises that a list of the same year held and this one does not; a new year's list begins anew."""
    assert submission.ledger
    if not submission.ledger.is_list:
        return []
    spoken = set(submission.parts())
    earlier = [said for said in edition.sources if spoken & {said[0], said[0].whole}]
    earlier = [said for said in earlier if said[1].as_of.year == edition.on.year]
    number, names = store.gone(submission, earlier, NAMES_TOLD)
    if not number:
        return []
    told = "、".join(names) + ("等" if number > len(names) else "")
    since = chinese_day(max(source.as_of for _, source in earlier))
    return [problem("enterprises_gone", submission.sheet, "", str(number), names=told, before_day=since)]


def _region_name(roster: Roster, code: str) -> str:
    region = roster.region(code)
    return region.name if region else code


def _older(store: Store, submission: Submission) -> list[Problem]:
    """Regions of which something newer is in force: for them this upload changes the past only."""
    assert submission.ledger and submission.roster and submission.as_of
    if submission.ledger.undated_from:
        return []
    latest = dict(store.edition(submission.roster.province_code, date.max).sources)
    newer = {
        part.region_code: latest[one].as_of
        for part in submission.parts()
        for one in (part.whole, part)
        if one in latest and latest[one].as_of > submission.as_of
    }
    if not newer:
        return []
    names = [region.name for region in submission.roster.regions if region.code in newer]
    all_of_them = len(newer) == len(submission.region_codes)
    words = {
        "regions": "表中各地区" if all_of_them else "、".join(names),
        "latest": chinese_day(max(newer.values())),
        "day": chinese_day(submission.as_of),
    }
    return [problem("older_than_latest", submission.sheet, **words)]


def _row_counts(store: Store, submission: Submission, before: Totals) -> RowCounts:
    """A list is compared enterprise by enterprise, a summary region by region."""
    assert submission.ledger
    if submission.ledger.is_list:
        return RowCounts(*store.compare_rows(submission))
    after = {(tally.part, tally.name, tally.item): tally.amount for tally in submission.tallies()}
    items = {item for _, _, item in after} or {""}
    keys = [(name, item) for name in submission.ledger.tally_names for item in items]
    new = [part for part in submission.parts() if part not in before.sources]
    changed = [
        part
        for part in submission.parts()
        if part not in new and any(after.get((part, n, i)) != before.amount(part, n, i) for n, i in keys)
    ]
    return RowCounts(len(new), len(changed), len(submission.parts()) - len(new) - len(changed))


def _effects(
    store: Store, submission: Submission, edition: Edition, before: Totals, after: Totals
) -> tuple[Effect, ...]:
    """Every measure that the ledger feeds, as it stands and as it would stand, on the day of the upload."""
    ledger, roster, on = submission.ledger, submission.roster, edition.on
    assert ledger and roster
    new_year = store.edition(roster.province_code, date(on.year - 1, 12, 31))
    last_year = store.totals([new_year])[0] if new_year.sources else None
    fed = [m for m in measures(roster.province).values() if ledger.id in m.ledger_ids]
    before, after = linkage.foreseen(store, fed, edition, before, after, submission)
    records = store.verdict_records(roster.province_code)
    effects = []
    for measure in fed:
        old, new = (
            applied(evaluate(measure, roster, Evidence(now, last_year=last_year), on), records)
            for now in (before, after)
        )
        pairs = zip(old.regions, new.regions, strict=True)
        changed = tuple(
            (a, b) for a, b in pairs if (a.numerator, a.denominator) != (b.numerator, b.denominator)
        )
        effects.append(Effect(measure, old.province, new.province, changed))
    return tuple(effect for effect in effects if effect.after.value is not None)


def prepare_all(
    store: Store, content: bytes, file_name: str, given: Given, reason: str = ""
) -> list[Prepared]:
    """Everything that can be said about a file before saving it, table by table; the database is only read."""
    return compare_all(store, content, file_name, read_submissions(content, file_name, given), reason)


def compare_all(
    store: Store, content: bytes, file_name: str, submissions: Sequence[Submission], reason: str = ""
) -> list[Prepared]:
    """The tables of one file held against what is in force."""
    sha256 = fingerprint(content)
    tables = [Prepared(file_name, content, found, sha256=sha256) for found in submissions]
    return together([compare(store, table, reason) for table in tables])


def needs_reason(tables: Sequence[Prepared]) -> bool:
    """Nothing stands in the way of a file but falling figures that nobody has explained."""
    faulty = [table for table in tables if table.own_errors]
    return bool(faulty) and all(table.needs_reason for table in faulty)


def together(tables: list[Prepared]) -> list[Prepared]:
    """A file goes in whole or not at all: one table's errors hold the others back."""
    faulty = [table for table in tables if table.status == "refused"]
    if not faulty:
        return tables
    named = "、".join(dict.fromkeys(f"“{table.submission.sheet}”" for table in faulty))
    return [
        table if table in faulty else replace(
            table, submission=table.submission.with_problems([problem("held_back", sheet=table.submission.sheet, others=named)])
        )
        for table in tables
    ]  # fmt: skip


def prepare(store: Store, content: bytes, file_name: str, *, reason: str = "", **said: Any) -> Prepared:
    """The first table of a file; for files that hold one."""
    return prepare_all(store, content, file_name, Given(**said), reason)[0]


def _twin(store: Store, prepared: Prepared) -> int | None:
    """The snapshot that holds these bytes for this ledger and day and is in force with all its figures.

    One that a correction has replaced is none: whoever sends the first file again wants it back.
    """
    submission = prepared.submission
    assert submission.ledger and submission.roster and submission.as_of
    twin = store.same_bytes(
        prepared.sha256, submission.ledger.id, submission.roster.province_code, submission.as_of
    )
    in_force = dict(store.edition(submission.roster.province_code, submission.as_of).sources)
    speaking = {in_force[part].snapshot for part in submission.parts() if part in in_force}
    return twin if speaking == {twin} else None


def compare(store: Store, prepared: Prepared, reason: str = "") -> Prepared:
    """Hold a faultless submission against what is in force on its day."""
    submission = prepared.submission
    prepared = replace(prepared, understood=submission, revision=store.revision, reason=reason.strip())
    if submission.blocked or not (submission.ledger and submission.roster and submission.as_of):
        return prepared
    twin = _twin(store, prepared)
    if twin is not None:
        return replace(prepared, duplicate_of=twin)
    as_of = submission.as_of
    edition = store.edition(submission.roster.province_code, as_of)
    before = store.totals([edition])[0]
    submission = submission.with_problems([
        *_falls(submission, before, reason.strip()),
        *_jumps(submission, before),
        *_elsewhere(store, submission),
        *_gone(store, submission, edition),
        *_older(store, submission),
    ])  # fmt: skip
    # From here on the submission is the one that will be saved: it remembers what it has added up.
    after = before.replaced_by(submission.tallies(), submission.parts(), Source(PREVIEW, as_of))
    if disagreements := _disagreements(submission, after):
        submission = submission.with_problems(disagreements)
    return replace(
        prepared,
        submission=submission,
        effects=_effects(store, submission, edition, before, after),
        row_counts=_row_counts(store, submission, before),
    )


class Outdated(NotPossible):
    """What is in force is no longer what a file was held against; `tables` are its tables, compared again."""

    def __init__(self, tables: Sequence[Prepared]) -> None:
        super().__init__(
            "核对之后，库中的数据有了变化（别人上报、撤回或调整了评价），没有入库。",
            "请按重新核对的结果再次确认。",
        )
        self.tables = list(tables)


def accept_all(
    store: Store, tables: Sequence[Prepared], *, by: str, source: str = "", at: datetime | None = None
) -> list[int]:
    """Save the tables of a file, all or none; the numbers of the snapshots, in their order.

    What goes in is what was seen: where the store has been written since, the tables are compared again, and a result
    that differs raises `Outdated`. A table whose bytes are in force already has the number that it got then, so a
    button pressed twice, in two windows or at once, makes one snapshot.
    """
    with store.exclusively():
        fresh = _as_of_now(store, tables)
        new = [table for table in fresh if table.duplicate_of is None]
        if new and any(_said(one) != _said(other) for one, other in zip(tables, fresh, strict=True)):
            raise Outdated(fresh)
        numbers = iter(store.save_snapshots([
            Upload(table.submission, table.content, table.file_name, by, table.reason, source, at) for table in new
        ])) if new else iter(())  # fmt: skip
        return [next(numbers) if table.duplicate_of is None else table.duplicate_of for table in fresh]


def _as_of_now(store: Store, tables: Sequence[Prepared]) -> list[Prepared]:
    if all(table.revision == store.revision for table in tables):
        return list(tables)
    return compared_again(store, tables)


def compared_again(store: Store, tables: Sequence[Prepared]) -> list[Prepared]:
    """The tables of a file, held against what is in force now."""
    read = [
        Prepared(table.file_name, table.content, table.understood or table.submission, sha256=table.sha256)
        for table in tables
    ]
    return together([compare(store, new, old.reason) for new, old in zip(read, tables, strict=True)])


def _said(prepared: Prepared) -> tuple[object, ...]:
    """What a person was shown of the effect of a file."""
    return prepared.status, prepared.problems, prepared.duplicate_of, prepared.effects, prepared.row_counts


def accept(store: Store, prepared: Prepared, *, by: str, source: str = "", at: datetime | None = None) -> int:
    """A file of one table; see `accept_all`."""
    return accept_all(store, [prepared], by=by, source=source, at=at)[0]
