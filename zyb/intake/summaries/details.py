"""A city's sheets of single counties (town by town) beside its table of all of them: what that table was added up from."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.intake.context import find_place, surroundings
from zyb.intake.submission import Submission
from zyb.intake.summaries.joining import quoted
from zyb.rulebook.problems import problem

BY_COUNTY = {"by_county", "by_county_partly"}


def without_county_details(reports: Sequence[Submission], file_name: str) -> list[Submission]:
    """Without the sheets that could not go in and name a county of a city whose counties another sheet sums up; that
    sheet says so."""
    kept, details = [*reports], {}
    for whole in reports:
        if own := [one for one in reports if one is not whole and _is_detail_of(whole, one, file_name)]:
            details[id(whole)] = problem(
                "county_details", whole.sheet, sheets=quoted([one.sheet for one in own])
            )
            kept = [one for one in kept if not any(one is detail for detail in own)]
    return [one.with_problems([details[id(one)]]) if id(one) in details else one for one in kept]


def _is_detail_of(whole: Submission, one: Submission, file_name: str) -> bool:
    alike = whole.ledger == one.ledger and one.as_of in (whole.as_of, None)
    if not (alike and one.blocked and one.table and whole.roster) or not _city(whole):
        return False
    around = surroundings(one.table, file_name)
    place = find_place(around, whole.roster)
    named = place.county is not None and place.region is not None and place.where != "文件名"
    return named and place.region is not None and place.region.name == _city(whole)


def _city(whole: Submission) -> str:
    return next((found.value for found in whole.problems if found.code in BY_COUNTY), "")
