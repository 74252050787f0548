"""Institutions that a new list would leave without their work: each region's list is one, whoever of it reports."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.intake import Submission
from zyb.periods import chinese_day
from zyb.rulebook.problems import Problem, problem
from zyb.standing.tallies import Totals


def institutions_gone(submission: Submission, before: Totals) -> Iterator[Problem]:
    """By region those that were in the list of the same year and are not in this one: a city's 职防院, after its 疾控中心
    has sent its own table. Once in force the new list stands in the place of the whole."""
    ledger, roster = submission.ledger, submission.roster
    if ledger is None or roster is None or ledger.institution_column is None or submission.as_of is None:
        return
    coming = {(tally.part, tally.item) for tally in submission.tallies() if tally.amount}
    for part in submission.parts():
        source = before.sources.get(part.whole)
        if source is None or source.as_of.year != submission.as_of.year:
            continue
        earlier = {
            item
            for tally in ledger.tally_names
            for (_, item), amount in before.amounts.get((part.whole, tally), {}).items()
            if amount and item
        }
        if gone := sorted(item for item in earlier if (part, item) not in coming):
            words = {"region": roster.name_of(part.region_code), "before_day": chinese_day(source.as_of)}
            yield problem("institutions_gone", submission.sheet, "", "、".join(gone), **words)
