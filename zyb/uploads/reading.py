"""From bytes to submissions: opened, understood, and understood again as its reporting unit has explained before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from zyb.intake import Given, Submission
from zyb.intake.process.apart import get_ready, understood
from zyb.intake.units import reporting_unit
from zyb.reading import BULK_LIMITS, LIMITS, Opened, Sheet, UnreadableFile, opened_workbook, workbooks_in
from zyb.rulebook.problems import Problem
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_WARNING
from zyb.store import Learned, Store
from zyb.uploads.prepared import Tell, WorkStage, to_nobody

# The mark of the demo stands no lower.
MARKED_ROWS = 8


def _unreadable(error: UnreadableFile) -> Submission:
    found = Problem(
        severity="error",
        code=error.code,
        sheet="",
        cell="",
        value="",
        message=error.message,
        remedy=error.remedy,
        aside=error.message,
        wherever=error.message + error.remedy,
    )
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
    content: bytes, file_name: str, given: Given, tell: Tell = to_nobody
) -> tuple[Submission, ...]:
    """The file alone, a submission a table; an unreadable one becomes a submission with that one problem."""
    try:
        with _opened(content, file_name, given, tell) as workbook:
            return _marked(workbook, understood(workbook, file_name, given))
    except UnreadableFile as error:
        return (_unreadable(error),)


@contextmanager
def _opened(content: bytes, file_name: str, given: Given, tell: Tell) -> Iterator[Opened]:
    """The file read, with its place, until it has been understood."""

    def begun() -> None:
        tell(WorkStage.READING)
        get_ready()

    try:
        with opened_workbook(content, BULK_LIMITS if given.bulk else LIMITS, begun) as workbook:
            tell(WorkStage.UNDERSTANDING)
            yield workbook
    except UnreadableFile as error:
        raise _why_unreadable(error, content, file_name) from error


def read_as_explained(
    store: Store, content: bytes, file_name: str, given: Given, tell: Tell = to_nobody
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
            if own != known:
                found = understood(workbook, file_name, _explained(given, own))
            return _marked(workbook, found)
    except UnreadableFile as error:
        return (_unreadable(error),)


def _marked(workbook: Opened, found: tuple[Submission, ...]) -> tuple[Submission, ...]:
    """A file of the demo says so above its rows, or beside each of them: whatever was taken out of it."""
    is_invented = any(map(_says_invented, workbook.workbook.sheets))
    return tuple(replace(one, invented=True) for one in found) if is_invented else found


def _says_invented(sheet: Sheet) -> bool:
    first = sheet.table.slice(0, MARKED_ROWS)
    return any(DEMO_WARNING in text for column in first.columns for text in column.to_pylist() if text)


def _explained(given: Given, learned: Learned) -> Given:
    return replace(
        given,
        headings=(*learned.headings, *given.headings),
        places=(*learned.places, *given.places),
        values=(*learned.values, *given.values),
    )
