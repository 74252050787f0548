"""Several summaries of one ledger and day in a workbook: a sheet a city, a sheet a year. What does not meet is one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zyb.intake.submission import Submission, empty_body
from zyb.intake.summaries.lines import AdoptedRow
from zyb.intake.tables.aside import correcting
from zyb.numerals import kept_text
from zyb.rulebook.columns import FIGURES
from zyb.rulebook.problems import Problem, problem

# As many sheets are named one by one.
NAMED = 6
UNCLEAR = {"unknown_region", "missing_region"}

Key = tuple[str, int, object]
"""Of a summary's line: region code, year and item. No two lines of a report have the same."""
SubmittedRow = tuple[Submission, AdoptedRow]
Differing = tuple[str, str, str, dict[str, str]]
"""Sheet, cell and number of a cell, and the words for what another sheet says instead."""
Contradicted = tuple[Submission, Mapping[Key, SubmittedRow]]
"""A table that is not taken, with the lines that say otherwise of the same regions."""


@dataclass
class _Report:
    """What has been put together so far of one ledger and day."""

    parts: list[Submission] = field(default_factory=list)
    told: dict[Key, SubmittedRow] = field(default_factory=dict)
    left_out: list[Submission] = field(default_factory=list)
    differences: list[Problem] = field(default_factory=list)
    contradicting: list[Contradicted] = field(default_factory=list)

    def add(self, one: Submission) -> None:
        """Lines that nobody has told yet are taken; a copy of what has been told is not; what differs is refused."""
        rows = {_key(one, row): row for row in one.rows}
        met = {key: self.told[key] for key in rows if key in self.told}
        equal = all(rows[key].values == row.values for key, (_, row) in met.items())
        both_alone = _alone(one) and any(_alone(first) for first, _ in met.values())
        if not met or (_alone(one) and equal and not both_alone):
            self._take(one, met)
        elif len(met) == len(rows) and equal:
            self.left_out.append(one)
        elif not equal and (told := _outranked(one, met)):
            self.differences.append(told)
            self._take(one, met)
        elif len(met) == len(rows) and _alone(one) and not both_alone:
            self.differences += _differences(one, met)
        elif len(met) == len(rows) and not both_alone:
            self.contradicting.append((one, met))
        else:
            self._take(one, met, () if equal else _twice(one, met))

    def _take(
        self, one: Submission, met: Mapping[Key, SubmittedRow], problems: Sequence[Problem] = ()
    ) -> None:
        rows = tuple(row for row in one.rows if _key(one, row) not in met)
        if rows or not met or problems:
            told = (*one.problems, *problems)
            self.parts.append(replace(one, rows=rows, body=empty_body(), problems=told))
        self.told.update({_key(one, row): (one, row) for row in rows})


def _twice(one: Submission, met: Mapping[Key, SubmittedRow]) -> list[Problem]:
    """Nobody knows which of two figures for a region holds: both places are named, once a region."""
    found: dict[str, Problem] = {}
    for row in one.rows:
        if (key := _key(one, row)) in met:
            words = {"region": row.region.name, "other": _where(*met[key])}
            twice = problem("region_twice", one.sheet, _cell(row), row.region.name, **words)
            found.setdefault(row.region.code, twice)
    return list(found.values())


def _differing(one: Submission, met: Mapping[Key, SubmittedRow]) -> Iterator[Differing]:
    assert one.ledger
    for row in one.rows:
        first, told = met[_key(one, row)]
        for column in one.ledger.stored:
            ours, theirs = row.values.get(column.name), told.values.get(column.name)
            if column.type in FIGURES and ours != theirs and None not in (ours, theirs):
                words = {
                    "region": row.region.name,
                    "column": column.title,
                    "other": kept_text(theirs, column.type),
                }
                words |= {"sheet_read": first.sheet, "cell_read": told.cells[column.name]}
                yield one.sheet, row.cells[column.name], kept_text(ours, column.type), words


def _differences(one: Submission, met: Mapping[Key, SubmittedRow]) -> Iterator[Problem]:
    """A sheet that is not read, because its regions have been told, says other numbers of them: cell by cell, both."""
    for sheet, cell, number, words in _differing(one, met):
        yield problem("sheets_differ", sheet, cell, number, **words)


def _contradictions(found: Sequence[Contradicted]) -> Iterator[Problem]:
    """Tables of one day about the same regions, with other figures: whoever sent them says which one counts. Said once
    for all of them, with the first cell that differs."""
    differing = [cell for one, met in found for cell in _differing(one, met)]
    for sheet, cell, number, words in differing[:1]:
        first = found[0][0]
        read = [one.sheet for _, met in found for one, _ in met.values()]
        words |= {"sheets": quoted([*read, *(one.sheet for one, _ in found)]), "count": f"{len(differing)}"}
        words["ledger"] = first.ledger.title if first.ledger else ""
        yield problem("sheets_contradict", sheet, cell, number, **words)


def _outranked(one: Submission, met: Mapping[Key, SubmittedRow]) -> Problem | None:
    """What is said of a table that differs only from tables which count instead of it, by their own words: one is
    更正后, or this one is of coal mines alone."""
    rows = {_key(one, row): row for row in one.rows}
    differing = (first for key, (first, row) in met.items() if rows[key].values != row.values)
    others = list({id(first): first for first in differing}.values())
    if not all(_rank(first) < _rank(one) for first in others):
        return None
    word = _correcting(others[0])
    if word and all(map(_correcting, others)):
        return problem("superseded", one.sheet, other=others[0].sheet, word=word)
    if len(met) < len(rows):
        return None
    ledger = one.ledger.title if one.ledger else ""
    return problem("set_aside", one.sheet, word=_narrowed(one), ledger=ledger)


def _rank(one: Submission) -> int:
    """A table that says that it counts comes before others, one of some enterprises only behind them."""
    return 0 if _correcting(one) else 2 if _narrowed(one) else 1


def _correcting(one: Submission) -> str:
    return correcting(one.table) if one.table else ""


def _narrowed(one: Submission) -> str:
    return next((found.value for found in one.problems if found.code == "narrowed"), "")


def _speaks_first(one: Submission) -> tuple[int, bool]:
    return _rank(one), _alone(one)


def _key(one: Submission, row: AdoptedRow) -> Key:
    assert one.ledger
    return row.region.code, row.year, row.values.get(one.ledger.item)


def _alone(one: Submission) -> bool:
    """Figures of one region, which is named around them."""
    return one.table is not None and one.table.placeless


def _cell(row: AdoptedRow) -> str:
    return next(iter(row.cells.values()), "")


def _where(one: Submission, row: AdoptedRow) -> str:
    return f"工作表“{one.sheet}”的 {_cell(row)}"


def joined(submissions: Sequence[Submission]) -> list[Submission]:
    """The summaries of a workbook, one a ledger, province and day; lists are no business of this module."""
    groups: dict[tuple[object, ...], list[Submission]] = {}
    for one in _dated(submissions):
        province = one.roster.province_code if one.roster else None
        groups.setdefault((one.ledger.id if one.ledger else "", province, one.as_of), []).append(one)
    return [_one_report(group) for group in groups.values()]


def _dated(submissions: Sequence[Submission]) -> list[Submission]:
    """Where some sheets of a ledger write the day and others none, these are of the first day that is written."""
    days: dict[str, date] = {}
    for one in submissions:
        if one.ledger and one.as_of:
            days.setdefault(one.ledger.id, one.as_of)
    return [_of_day(one, days.get(one.ledger.id if one.ledger else "")) for one in submissions]


def _of_day(one: Submission, day: date | None) -> Submission:
    if one.as_of or day is None:
        return one
    return replace(one, as_of=day, problems=tuple(p for p in one.problems if p.code != "as_of_unknown"))


def _one_report(group: Sequence[Submission]) -> Submission:
    """Tables with a column for the region come first: what a city's own sheet says beside them is compared."""
    report = _Report()
    for one in sorted([one for one in group if not _blank(one)] or group[:1], key=_speaks_first):
        report.add(one)
    whole = _together(report.parts)
    return whole.with_problems([
        *report.differences, *_contradictions(report.contradicting), *_left_out(whole, report.left_out), *_absent(whole)
    ])  # fmt: skip


def _blank(one: Submission) -> bool:
    """A city's sheet that nobody has filled in yet."""
    return any(found.code == "empty_table" for found in one.problems)


def _together(parts: Sequence[Submission]) -> Submission:
    first = parts[0]
    if len(parts) == 1:
        return first
    tables = tuple(table for part in parts for table in part.tables)
    return replace(
        first,
        rows=tuple(row for part in parts for row in part.rows),
        problems=tuple(dict.fromkeys(found for part in parts for found in part.problems)),
        tables=tables,
        listed=frozenset(name for table in tables for name in table.fields),
        unreported=frozenset().union(*(part.unreported for part in parts)),
        body=empty_body(),
    )


def _left_out(whole: Submission, others: Sequence[Submission]) -> list[Problem]:
    if not others:
        return []
    named = f"工作表{quoted([one.sheet for one in others])}"
    return [problem("more_tables", whole.sheet, count=len(others), others=named)]


def quoted(names: Sequence[str]) -> str:
    """“西安”、“宝鸡”等; each once, the first few."""
    told = list(dict.fromkeys(f"“{name}”" for name in names))
    return "、".join(told[:NAMED]) + ("等" if len(told) > NAMED else "")


def _absent(whole: Submission) -> list[Problem]:
    """Named only when the tables are meant for all and no unknown name could be the missing one."""
    if not (whole.ledger and whole.roster and whole.ledger.expects_every_region):
        return []
    present = {row.region.code for row in whole.rows} | whole.unreported
    if len(present) < 2 or any(found.code in UNCLEAR for found in whole.problems):
        return []
    absent = [region.name for region in whole.roster.regions if region.code not in present]
    return [problem("regions_absent", whole.sheet, regions="、".join(absent))] if absent else []
