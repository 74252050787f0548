"""A workbook given to the program as the command line gives it, and its answer held against the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.clerks.office import Letter
from tests.clerks.truth import Tallies
from zyb.intake import Given
from zyb.intake.process.apart import understood
from zyb.reading import BULK_LIMITS, Opened, UnreadableFile, opened_workbook

RIGHT, ASKED, TOLD, REFUSED, WRONG = "right", "right after questions", "told", "refused", "wrong"
VERDICTS = (RIGHT, ASKED, TOLD, REFUSED, WRONG)
# What is said of a column that was not read: its figures are missing then, and none is wrong.
SAYS_UNREAD = {"unknown_column", "answers_unread", "near_column", "figures_missing"}
LATER = 45


@dataclass
class Verdict:
    """How a workbook was taken."""

    verdict: str
    codes: list[str] = field(default_factory=list)
    """Of the errors, and each once."""
    why: list[str] = field(default_factory=list)


def _understood(letter: Letter, opened: Opened, **answers: Any) -> list[Any]:
    """As `python -m zyb import FILE --dry-run` does, into a store with nothing in it."""
    given = Given(
        today=letter.truth.day + timedelta(days=LATER), preferred_province=letter.home, bulk=True, **answers
    )
    return list(understood(opened, letter.book.file_name, given))


def judged(letter: Letter) -> Verdict:
    """Without an answer first; then with everything that a person can answer."""
    try:
        with opened_workbook(letter.book.content(), BULK_LIMITS) as opened:
            return _judged(letter, opened)
    except UnreadableFile as error:
        return Verdict(RIGHT if letter.fault else REFUSED, ["unreadable"], [str(error)])
    except Exception as error:  # whatever breaks is told with the workbook that broke it
        return Verdict(WRONG, ["broke"], [f"broke: {type(error).__name__}: {error}"])


def _judged(letter: Letter, opened: Opened) -> Verdict:
    found = _understood(letter, opened)
    if not _refused(found):
        faults = _unlike(letter, found)
        if letter.fault:
            return Verdict(WRONG, why=[f"taken in spite of: {letter.fault}", *faults])
        return Verdict(_verdict(found, faults), why=faults)
    codes, why = _said(found)
    if letter.fault:
        return Verdict(RIGHT, codes, why)
    truth = letter.truth
    answers: dict[str, Any] = {"ledger": truth.ledger, "province": truth.province}
    answers["as_of"] = None if truth.undated else truth.day
    answers["region"] = truth.region
    again = _understood(letter, opened, **{name: value for name, value in answers.items() if value})
    if _refused(again):
        return Verdict(REFUSED, *_said(again))
    faults = _unlike(letter, again)
    return Verdict(WRONG, codes, ["after answers:", *faults]) if faults else Verdict(ASKED, codes, why)


def _verdict(found: list[Any], faults: list[str]) -> str:
    """Right, wrong, or without the figures of an optional column of which it is said that it was not read."""
    if not faults:
        return RIGHT
    unread = any(problem.code in SAYS_UNREAD for one in found for problem in one.problems)
    return TOLD if unread and all("nothing instead of" in fault for fault in faults) else WRONG


def _refused(found: list[Any]) -> bool:
    return not found or any(one.blocked for one in found)


def _said(found: list[Any]) -> tuple[list[str], list[str]]:
    errors = [one for each in found for one in each.problems if one.severity == "error"]
    codes = sorted({one.code for one in errors if one.code != "held_back"})
    return codes, [f"{one.code} {one.cell}: {one.message}" for one in errors[:12]]


def _tallies(submission: Any) -> Tallies:
    found: Counter[tuple[str, int, str, str]] = Counter()
    for one in submission.tallies():
        name = submission.roster.name_of(one.part.region_code)
        found[name, one.part.year or 0, one.name, one.item or ""] += one.amount
    return dict(found)


def _unlike(letter: Letter, found: list[Any]) -> list[str]:
    """Everything in which what was taken differs from the truth."""
    truth = letter.truth
    faults: list[str] = []
    seen = False
    for one in found:
        if one.ledger.id != truth.ledger or one.roster.province != truth.province:
            faults.append(f"taken for {one.ledger.id} of {one.roster.province}, {one.as_of}")
        elif one.as_of in truth.earlier:
            faults += _differences(truth.earlier[one.as_of], _tallies(one), False)
        elif one.as_of != truth.day:
            faults.append(f"day {one.as_of} instead of {truth.day}")
        else:
            seen = True
            faults += _differences(truth.expected(letter.written), _tallies(one), truth.is_list)
    return faults or ([] if seen else ["not taken at all"])


def _said_number(number: int | None) -> str:
    return "nothing" if number is None else str(number)


def _differences(expected: Tallies, got: Tallies, of_list: bool) -> list[str]:
    """Of the tallies that the truth knows; in a list nobody counts what is nought."""
    names = {name for _, _, name, _ in expected}
    faults = []
    for key in sorted({*expected, *(key for key in got if key[2] in names and (key[3] or not of_list))}):
        one, other = expected.get(key), got.get(key)
        if (
            one != other
            and not (of_list and not one and not other)
            and not (of_list and key[2] == "disposal_cases" and not key[3])
        ):
            faults.append(f"{'|'.join(map(str, key))}: {_said_number(other)} instead of {_said_number(one)}")
    return faults[:12]
