"""A submission held against what is in force: falls, jumps, disagreements, what is gone, what is older, what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

from zyb.answers.repeating import ReportContents
from zyb.intake import Given, Submission
from zyb.intake.summaries.lines import AdoptedRow
from zyb.periods import chinese_day, today
from zyb.records import Part, Source
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.problems import Problem, problem
from zyb.settings import DEMO_WARNING, is_demo
from zyb.standing.caveats import CountiesAlone, repeated
from zyb.standing.tallies import Totals
from zyb.store import PREVIEW, Edition, Store, fingerprint
from zyb.uploads.effects import foreseen_effects, rows_against
from zyb.uploads.institutions import institutions_gone
from zyb.uploads.locking import when_locked
from zyb.uploads.prepared import Prepared, together
from zyb.uploads.reading import read_submissions

# Of enterprises that a list has no longer so many are named.
NAMES_TOLD = 5


def _falls(submission: Submission, before: Totals, reason: str) -> list[Problem]:
    """累计数 lower than what is in force: an error until somebody gives the reason."""
    code = "fell_with_reason" if reason else "fell"
    found = []
    for row, name, part, number in _cumulative(submission):
        earlier = before.amount(part, name)
        if earlier is not None and number < earlier:
            since = chinese_day(before.sources[part].as_of)
            found.append(_moved(submission, row, name, code, before=earlier, before_day=since, reason=reason))
    return found


def _falls_after(submission: Submission, later: Sequence[Totals], reason: str) -> list[Problem]:
    """累计数 higher than what a later day's report says: the same fall, whichever of the two comes in first."""
    assert submission.as_of
    code = "falls_after_with_reason" if reason else "falls_after"
    found = []
    for row, name, part, number in _cumulative(submission) if later else ():
        spoken = [one for one in later if _since(one, part, submission.as_of)]
        told = next((one for one in spoken if one.amount(part, name) is not None), None)
        lower = told.amount(part, name) if told else None
        if told and lower is not None and number > lower:
            since = chinese_day(told.sources[part].as_of)
            found.append(_moved(submission, row, name, code, after=lower, after_day=since, reason=reason))
    return found


def _since(totals: Totals, part: Part, day: date) -> bool:
    source = totals.sources.get(part)
    return source is not None and source.as_of > day


def _jumps(submission: Submission, before: Totals) -> list[Problem]:
    """累计数 that grew by more than the ledger's jump since the last report: pointed out, not refused."""
    assert submission.ledger
    jump = submission.ledger.jump
    found = []
    for row, name, part, number in _cumulative(submission) if jump is not None else ():
        earlier = before.amount(part, name)
        if earlier and number > earlier * (1 + (jump or 0)):
            since = chinese_day(before.sources[part].as_of)
            found.append(_moved(submission, row, name, "jumped", before=earlier, before_day=since))
    return found


def _cumulative(submission: Submission) -> Iterator[tuple[AdoptedRow, str, Part, int]]:
    """The 累计数 that a summary tells, with the row that it stands in, its name and whose it is."""
    ledger = submission.ledger
    assert ledger
    for row in submission.rows:
        part = Part(ledger.id, row.region.code, row.year)
        for name in ledger.cumulative:
            if isinstance(number := row.values.get(name), int):
                yield row, name, part, number


def _moved(submission: Submission, row: AdoptedRow, name: str, code: str, **words: object) -> Problem:
    """What is said of a 累计数 beside another report's."""
    assert submission.ledger
    told = {"region": row.region.name, "column": submission.ledger.column(name).title, **words}
    return problem(code, row.sheet or submission.sheet, row.cells[name], str(row.values[name]), **told)


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
    """One code in two regions; what the province's own institution visits lies in one of them as well."""
    assert submission.roster
    province = submission.roster.province_code
    if province in submission.region_codes:
        return []
    return [
        problem("code_elsewhere", submission.sheet, "", code, region=submission.roster.name_of(region))
        for code, region in store.codes_elsewhere(submission)
        if region != province
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


def _last_years(
    submission: Submission, before: Totals, after: Totals, content: ReportContents
) -> Iterator[Problem]:
    """Regions whose first figures of a count that begins anew each year are those of last year's end."""
    ledger, roster, day = submission.ledger, submission.roster, submission.as_of
    assert ledger and roster and day
    codes = set(submission.region_codes)
    for measure in measures(roster.province).values():
        if ledger.id != measure.numerator.ledger or not measure.plans:
            continue
        again = repeated(measure, codes, before, (before, after), day, content)
        names = "、".join(region.name for region in roster.regions if region.code in again)
        if names:
            words = {
                "measure": measure.title,
                "before_day": chinese_day(max(again.values())),
                "what": "企业和各数" if ledger.is_list else "各数",
            }
            yield problem("same_as_last_year", submission.sheet, regions=names, year=day.year, **words)


def _counties_alone(submission: Submission, after: Totals) -> Iterator[Problem]:
    """A county's own table, while nobody has reported for the others: its figures are no whole region's."""
    roster = submission.roster
    assert roster
    for part in submission.parts():
        region, alone = roster.region(part.region_code), after.alone.get(part.whole, frozenset())
        if not part.county_code or region is None or not alone or alone >= set(region.members):
            continue
        counties = [one for code in region.members if code in alone if (one := roster.county_by_code(code))]
        told = CountiesAlone(tuple(one.name for one in counties), len(region.members)).told
        yield problem("other_counties_silent", submission.sheet, region=region.name, names=told)


def _older(store: Store, submission: Submission, beside: Sequence[Submission]) -> list[Problem]:
    """Regions of which something newer is in force, or comes with it: for them this upload changes the past only."""
    assert submission.ledger and submission.roster and submission.as_of
    if submission.ledger.set_for_years:
        return []
    in_force = store.edition(submission.roster.province_code, date.max).sources
    days = [(part, source.as_of) for part, source in in_force]
    days += [(part, one.as_of) for one in _alike(submission, beside) if one.as_of for part in one.parts()]
    latest: dict[Part, date] = {}
    for part, day in days:
        latest[part] = max(day, latest.get(part, day))
    newer = {
        part.region_code: latest[one]
        for part in submission.parts()
        for one in (part.whole, part)
        if one in latest and latest[one] > submission.as_of
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


def prepare_all(
    store: Store,
    content: bytes,
    file_name: str,
    given: Given,
    reason: str = "",
    beside: Sequence[Submission] = (),
) -> list[Prepared]:
    """Everything that can be said about a file before saving it, table by table; the database is only read.

    Submissions `beside` it are taken as in force already: the files tried before it by one command.
    """
    read = read_submissions(content, file_name, given)
    return compare_all(store, content, file_name, read, reason, beside)


def compare_all(
    store: Store,
    content: bytes,
    file_name: str,
    submissions: Sequence[Submission],
    reason: str = "",
    beside: Sequence[Submission] = (),
) -> list[Prepared]:
    """The tables of one file held against what is in force."""
    sha256 = fingerprint(content)
    tables = [
        Prepared(file_name=file_name, content=content, submission=found, sha256=sha256)
        for found in submissions
    ]
    return compared(store, tables, reason, beside)


def compared(
    store: Store, tables: Sequence[Prepared], reason: str = "", beside: Sequence[Submission] = ()
) -> list[Prepared]:
    """The tables of one file, each against what is in force and against those of the file that go before it, the earlier
    day first; one that is refused holds the others back."""
    order = sorted(range(len(tables)), key=lambda n: (tables[n].submission.as_of or date.min, n))
    found: dict[int, Prepared] = {}
    for n in order:
        own = [table.submission for table in found.values() if table.duplicate_of is None]
        found[n] = compare(store, tables[n], reason, [*beside, *own])
    return together([found[n] for n in range(len(tables))])


def _with_those_beside(before: Totals, submission: Submission, beside: Sequence[Submission]) -> Totals:
    """What would be in force when those that come with it, up to its day, have gone in."""
    for other in _alike(submission, beside):
        if other.as_of and submission.as_of and other.as_of <= submission.as_of:
            before = before.replaced_by(other.tallies(), other.parts(), Source(PREVIEW, other.as_of))
    return before


def _alike(submission: Submission, beside: Sequence[Submission]) -> list[Submission]:
    return [other for other in beside if other.roster == submission.roster and not other.blocked]


def _later(store: Store, submission: Submission, beside: Sequence[Submission]) -> list[Totals]:
    """What is in force on the days after the submission's on which its ledger has been reported, and what would be by
    those that come with it; the next first."""
    ledger = submission.ledger
    assert ledger and submission.roster and submission.as_of
    if not ledger.cumulative:
        return []
    province = submission.roster.province_code
    day = submission.as_of
    days = [later for later in store.days(province, [ledger.id]) if later > day]
    known = store.totals(store.editions(province, days), ledger.cumulative) if days else []
    coming = [
        (
            other.as_of,
            Totals({}, {}).replaced_by(other.tallies(), other.parts(), Source(PREVIEW, other.as_of)),
        )
        for other in _alike(submission, beside)
        if other.ledger == ledger and other.as_of and other.as_of > day
    ]
    return [totals for _, totals in sorted([*zip(days, known, strict=True), *coming], key=itemgetter(0))]


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


def compare(
    store: Store, prepared: Prepared, reason: str = "", beside: Sequence[Submission] = ()
) -> Prepared:
    """Hold a submission against what is in force on its day, and against what comes `beside` it.

    Falls and jumps of its figures are told whatever else is wrong (not of a cell that is wrong itself); all the rest
    only of what could go in.
    """
    submission = prepared.submission
    prepared = replace(prepared, understood=submission, revision=store.revision, reason=reason.strip())
    if submission.invented and not is_demo(store.folder):
        invented = problem("invented", submission.sheet, mark=DEMO_WARNING)
        return replace(prepared, submission=submission.with_problems([invented]))
    if not (submission.ledger and submission.roster and submission.as_of):
        return prepared
    if submission.blocked and not submission.rows:  # a list has no figures of its own that could fall
        return prepared
    as_of = submission.as_of
    edition = store.edition(submission.roster.province_code, as_of)
    before = _with_those_beside(store.totals([edition])[0], submission, beside)
    later = _later(store, submission, beside)
    if submission.blocked:
        wrong = {(p.sheet, p.cell) for p in submission.problems if p.severity == "error"}
        jumps = (jump for jump in _jumps(submission, before) if (jump.sheet, jump.cell) not in wrong)
        moved = [
            *_falls(submission, before, prepared.reason),
            *_falls_after(submission, later, prepared.reason),
            *jumps,
        ]
        return replace(prepared, submission=submission.with_problems(moved) if moved else submission)
    twin = _twin(store, prepared)
    if twin is not None:
        return replace(prepared, duplicate_of=twin)
    submission = submission.with_problems([
        *when_locked(submission, prepared.reason, today()),
        *_falls(submission, before, prepared.reason),
        *_falls_after(submission, later, prepared.reason),
        *_jumps(submission, before),
        *_elsewhere(store, submission),
        *_gone(store, submission, edition),
        *institutions_gone(submission, before),
        *_older(store, submission, beside),
    ])  # fmt: skip
    # From here on the submission is the one that will be saved: it remembers what it has added up.
    after = before.replaced_by(submission.tallies(), submission.parts(), Source(PREVIEW, as_of))
    content = ReportContents(store, submission, *beside)
    if beside_others := [
        *_disagreements(submission, after),
        *_counties_alone(submission, after),
        *_last_years(submission, before, after, content),
    ]:
        submission = submission.with_problems(beside_others)
    return replace(
        prepared,
        submission=submission,
        effects=foreseen_effects(store, submission, edition, before, after, content),
        row_counts=rows_against(store, submission, before),
    )
