"""Cells → submissions: which tables a workbook holds, what each of them says, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from zyb.intake.cells.answers import Context
from zyb.intake.context import (
    Place,
    Surroundings,
    find_day,
    find_place,
    find_province,
    surroundings,
    titled_province,
    titled_year,
)
from zyb.intake.lists.bundles import Bundle, bundles
from zyb.intake.lists.checks import check_list, check_together
from zyb.intake.lists.columns import read_list
from zyb.intake.lists.contradicting import tell_contradicting
from zyb.intake.lists.findings import as_problems, bounded
from zyb.intake.lists.institutions import check_institutions
from zyb.intake.lists.lines import trimmed
from zyb.intake.lists.missing import figures_missing
from zyb.intake.lists.one_county import county_spoken_for, told_of_counties
from zyb.intake.lists.reader import ListReader
from zyb.intake.rosters import rosters
from zyb.intake.submission import Submission
from zyb.intake.summaries.counties import is_by_county, with_sums_compared
from zyb.intake.summaries.details import without_county_details
from zyb.intake.summaries.joining import joined
from zyb.intake.summaries.rows import read_summary
from zyb.intake.summaries.whole import check_whole, is_of_the_whole
from zyb.intake.tables.aside import without_those_aside
from zyb.intake.tables.chosen import as_chosen
from zyb.intake.tables.finding import find_tables
from zyb.intake.tables.found import TableFound
from zyb.intake.tables.guidance import is_guidance, told_on_pages
from zyb.intake.tables.layouts.stacked import tables_apart
from zyb.intake.tables.noted import noted
from zyb.intake.tables.telling import told_of, without_formulas
from zyb.intake.tallying import told_columns
from zyb.reading import Workbook
from zyb.rulebook.columns import FIGURES
from zyb.rulebook.ledgers import Ledger, ledgers, with_answers, with_headings
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Roster

# Where a sheet says itself what it is about; the file's name is of all its sheets.
OWN_WORDS = ("标题", "工作表名")
# Enough distinct places to tell a province by.
PLACES_LOOKED_AT = 300


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was said beside the file: by options of the command line or answers on the page."""

    today: date
    ledger: str | None = None
    province: str | None = None
    preferred_province: str | None = None
    region: str | None = None
    as_of: date | None = None
    bulk: bool = False
    headings: tuple[tuple[str, str, str], ...] = ()
    """Explained headings: ledger, plain heading, column name."""
    places: tuple[tuple[str, str], ...] = ()
    """Explained places: as written, region code."""
    values: tuple[tuple[str, str, str], ...] = ()
    """Explained values: “ledger.column”, as written without blanks, what it counts as."""

    def ledgers(self) -> list[Ledger]:
        """What the workbook may be, with the headings and values that were explained."""
        known = [ledgers()[self.ledger]] if self.ledger else ledgers().values()
        return [self._explained(one) for one in known]

    def _explained(self, ledger: Ledger) -> Ledger:
        headings = {heading: column for of, heading, column in self.headings if of == ledger.id}
        own = [(of.removeprefix(f"{ledger.id}."), said, meant) for of, said, meant in self.values]
        return with_answers(with_headings(ledger, headings), [one for one in own if ledger.has(one[0])])


def _places(table: TableFound) -> list[str]:
    """The distinct texts of the columns that name places."""
    found: list[str] = []
    for kind in ("region", "county"):
        column = table.ledger.of_type(kind)
        for at in table.fields.get(column.name, ()) if column else ():
            cells = trimmed(table.sheet.table.column(at.index).slice(table.body_row))
            found += cells.unique().drop_null().slice(0, PLACES_LOOKED_AT).to_pylist()
    return found


def _places_around(around: Surroundings, given: Given) -> list[str]:
    """The region that the title names, in whichever province has it; often no row says where it is."""
    if given.region:
        return [given.region]
    found = [find_place(around, roster) for roster in rosters()]
    named = [place for place in found if place.region and not place.inferred] or found
    return [place.region.name for place in named if place.region]


def _roster(
    tables: list[TableFound], around: Surroundings, given: Given
) -> tuple[Roster | None, list[Problem]]:
    places = [place for table in tables for place in _places(table)]
    if not given.province and titled_province(around) is None:
        places += _places_around(around, given)
    roster, problems = find_province(around, places, given.province, given.preferred_province)
    return (roster.with_names(dict(given.places)) if roster else None), problems


def _summary(table: TableFound, around: Surroundings, given: Given, alone: bool) -> Submission:
    problems = told_of(table)
    roster, found = _roster([table], around, given)
    problems += found
    head = Submission(
        ledger=table.ledger, roster=roster, as_of=given.as_of, sheet=table.sheet.name,
        title=next(iter(around.titles), ""), table=table,
    )  # fmt: skip
    if roster is None:
        return replace(head, title="", problems=tuple(problems))
    if not any(table.ledger.column(name).type in FIGURES for name in table.fields):
        day, found = find_day(table, around, [], given.as_of, given.today)
        return replace(head, as_of=day, problems=(*problems, *found))
    place = _place_of(around, roster, given, alone) if table.placeless else find_place(around, roster)
    body = read_summary(table, roster, titled_year(around), place)
    years = [row.year for row in body.rows if row.year]
    day, found = find_day(table, around, years, given.as_of, given.today)
    found = [*found, *noted(table, day)]
    return Submission(
        ledger=table.ledger, roster=roster, as_of=day, sheet=table.sheet.name, title=next(iter(around.titles), ""), rows=body.rows,
        problems=(*problems, *without_formulas(body.problems, table), *found), table=table, unreported=body.unreported,
    )  # fmt: skip


def _place_of(around: Surroundings, roster: Roster, given: Given, alone: bool) -> Place:
    """The answer given is about the file. Of several sheets it is about those that do not name their own region."""
    said = Place() if alone else find_place(around, roster)
    return said if said.where in OWN_WORDS else find_place(around, roster, given.region)


def _summaries(tables: list[TableFound], file_name: str, given: Given) -> Iterator[Submission]:
    for table in tables:
        alone = sum(other.placeless and other.ledger.id == table.ledger.id for other in tables) < 2
        yield _summary(table, surroundings(table, file_name), given, alone)


@dataclass(frozen=True)
class _Book:
    """What the tables of a workbook have in common; `said`: what its pages without tables explain."""

    file_name: str
    date_1904: bool
    said: tuple[str, ...]


def _lists(tables: list[TableFound], book: _Book, given: Given) -> Iterator[Submission]:
    """The same list on several sheets (a sheet a county) is one submission; the same list of several days is one a day."""
    roster, found = _roster(tables, surroundings(tables[0], book.file_name), given)
    for bundle in bundles(tables, book.file_name, roster, given.as_of):
        yield _list(bundle, roster, found, book, given)
        found = []


def _list(
    bundle: Bundle, roster: Roster | None, found: list[Problem], book: _Book, given: Given
) -> Submission:
    first, tables = bundle.head, bundle.tables
    around = surroundings(first, book.file_name)
    problems = [problem for table in tables for problem in told_of(table)]
    problems += (*found, *bundle.problems)
    day, found = find_day(first, around, [], given.as_of, given.today)
    problems += [*found, *(one for table in tables for one in noted(table, day))]
    head = Submission(
        ledger=first.ledger,
        roster=roster,
        as_of=day,
        sheet=first.sheet.name,
        title=next(iter(around.titles), ""),
        table=first,
    )
    if roster is None or any(table.missing for table in tables):
        return replace(head, problems=tuple(problems))
    readers = [_read(table, book, roster, given, day) for table in tables]
    check_together(readers)
    findings = tuple(finding for reader, _ in readers for finding in reader.findings)
    body = pa.concat_tables([body for _, body in readers])
    if not len(body):
        problems.append(problem("empty_table", first.sheet.name))
    problems += told_of_counties(readers, body)
    listed = frozenset(name for table in tables for name in table.fields)
    if len(body) and not first.shortened:
        told = told_columns(first.ledger, body, listed)
        problems += figures_missing(first.ledger, told, roster.province, first.sheet.name)
    return replace(
        head,
        problems=(*problems, *as_problems(findings)),
        body=body,
        findings=findings,
        county_code=county_spoken_for(readers, body),
        listed=listed,
        tables=(first, *(table for table in tables if table is not first)),
    )


def _read(
    table: TableFound, book: _Book, roster: Roster, given: Given, day: date | None
) -> tuple[ListReader, pa.Table]:
    around = surroundings(table, book.file_name)
    year = titled_year(around) or (day.year if day else None)
    said = (*around.titles, *around.notes, *book.said)
    context = Context(given.today, year, book.date_1904, said=said)
    reader = ListReader(
        found=table,
        roster=roster,
        around=around,
        place=find_place(around, roster, given.region),
        context=context,
    )
    body = read_list(reader)
    check_list(reader, body)
    check_institutions(reader, body.table)
    tell_contradicting(reader, body.table, day)
    return reader, body.table


def understand_all(workbook: Workbook, file_name: str, given: Given) -> tuple[Submission, ...]:
    """Every table of the workbook, as the ledger that its headings speak of (or the one given)."""
    guidance = [sheet for sheet in workbook.sheets if is_guidance(sheet)]
    if guidance and len(guidance) == len(workbook.sheets):
        named = "、".join(f"“{sheet.name}”" for sheet in guidance)
        return (Submission(problems=(problem("only_guidance", sheets=named),)),)
    workbook = replace(workbook, sheets=tuple(s for s in workbook.sheets if not is_guidance(s)))
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden] or list(workbook.sheets)
    known = given.ledgers()
    parts = [part for sheet in visible for part in tables_apart(sheet, known)]
    found = find_tables(parts, known, file_name)
    if not found and len(known) == 1 and (asked := as_chosen(parts, known[0])):
        found = [asked]
    book = _Book(file_name, workbook.date_1904, told_on_pages(workbook, found))
    found, aside = without_those_aside(found, file_name)
    tables = _that_count(found, file_name)
    if not tables:
        return (Submission(problems=(_nothing_found(known),)),)
    lists: list[Submission] = []
    for ledger in dict.fromkeys(t.ledger.id for t in tables if t.ledger.is_list):
        lists += _lists([t for t in tables if t.ledger.id == ledger], book, given)
    summed, lists = _held_against([t for t in tables if not t.ledger.is_list], lists)
    summaries = without_county_details(list(_summaries(summed, file_name, given)), file_name)
    reports = [check_whole(report, found, file_name) for report in joined(summaries)]
    submissions = [*reports, *lists]
    others = [*aside, *_hidden(workbook, tables), *_passed_over(found, tables)]
    return tuple(map(_bounded, (submissions[0].with_problems(others), *submissions[1:])))


def _nothing_found(known: Sequence[Ledger]) -> Problem:
    """Whoever has said which ledger it is hears of that one's columns."""
    if len(known) > 1:
        return problem("no_ledger")
    titles = "、".join(f"“{column.title}”" for column in known[0].columns if column.required)
    return problem("no_headings", ledger=known[0].title, columns=titles)


def _held_against(
    summed: list[TableFound], lists: list[Submission]
) -> tuple[list[TableFound], list[Submission]]:
    """Sums by county on a sheet of their own beside the lists are checked; they are nobody's report."""
    for table in [one for one in summed if any(is_by_county(one, found.roster) for found in lists)]:
        summed = [one for one in summed if one is not table]
        lists = [with_sums_compared(found, table) for found in lists]
    return summed, lists


def _bounded(found: Submission) -> Submission:
    """Nine thousand lines of one region say the same nine thousand times: the first are named, the rest counted."""
    kept, left_out = bounded(found.problems)
    return replace(found, problems=tuple(kept), left_out=left_out) if left_out else found


def _passed_over(found: list[TableFound], tables: list[TableFound]) -> list[Problem]:
    """Sheets with the first columns only, beside one that has them all: a list of contacts, or a part forgotten."""
    left = [table for table in found if table.shortened and not any(table is one for one in tables)]
    return [problem("short_table", table.sheet.name, ledger=table.ledger.title) for table in left]


def _that_count(found: list[TableFound], file_name: str) -> list[TableFound]:
    """A list of contacts on a cover sheet has not all the columns; it counts only when nothing else does.

    So does a box of figures without a region, unless something around it names one, or it stands beside such
    boxes; beside a table that has the region in a column, only the sheet's own name or title will do.
    """
    full = [table for table in found if not table.missing and not table.placeless]
    long = {table.ledger.id for table in full if not table.shortened}
    whole = [table for table in full if not (table.shortened and table.ledger.id in long)]
    told = {table.ledger.id for table in whole}
    placed = [
        table
        for table in found
        if table.placeless and not table.missing and _placed(table, file_name, table.ledger.id in told)
    ]
    left = {table.ledger.id for table in placed} - told
    beside = [table for table in found if table.ledger.id in left and _asks_for_a_place(table)]
    kept = [table for table in found if any(table is one for one in (*whole, *placed, *beside))]
    return kept or sorted(found, key=lambda table: -table.score)[:1]


def _asks_for_a_place(table: TableFound) -> bool:
    """Beside sheets that name their region; the sheet of their sums belongs to none."""
    return table.placeless and not table.missing and not is_of_the_whole(table)


def _placed(table: TableFound, file_name: str, beside: bool) -> bool:
    around = surroundings(table, file_name)
    places = [place for roster in rosters() if (place := find_place(around, roster)).region]
    return any(not beside or (place.where in OWN_WORDS and not place.county) for place in places)


def understand(workbook: Workbook, file_name: str, *, today: date, **said: str | date | None) -> Submission:
    """The first table of the workbook; for files that hold one."""
    return understand_all(workbook, file_name, Given(today=today, **said))[0]  # type: ignore[arg-type]


def _hidden(workbook: Workbook, tables: list[TableFound]) -> list[Problem]:
    used = [table.sheet for table in tables]
    hidden = [s for s in workbook.sheets if s.hidden and s.n_rows and all(s is not sheet for sheet in used)]
    return [problem("hidden_sheet", sheet.name) for sheet in hidden]
