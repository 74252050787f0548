"""联动: what two lists in force say of the same employers, known again by 统一社会信用代码.

A sum over two lists belongs to no snapshot, so none is stored with its tallies. It is worked out once for
each pair of lists in force and kept; both are immutable, so a page pays for it once and nothing needs clearing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from zyb.intake import Submission
from zyb.records import Part, PartInForce, Source
from zyb.rulebook.book import remembered
from zyb.rulebook.ledgers import ledgers, row_tests
from zyb.rulebook.measures import Measure, Operand
from zyb.rulebook.places.divisions import NATION
from zyb.standing.tallies import Split, Totals
from zyb.store import PREVIEW, Edition, Store

PartsInForce = tuple[PartInForce, ...]
Matches = tuple[tuple[str, int, str, int], ...]
Matched = Callable[[PartsInForce, PartsInForce, Operand], Matches]


def totals(
    store: Store,
    measures: Iterable[Measure],
    editions: Iterable[Edition],
    tallies: Sequence[str] | None = None,
) -> list[Totals]:
    """As Store.totals, together with the sums over two lists that the measures ask for."""
    editions = list(editions)
    found = store.totals(editions, tallies)
    for operand in _linked(measures):
        found = [
            _with(operand, edition, known, partial(matches, store))
            for edition, known in zip(editions, found, strict=True)
        ]
    return found


def foreseen(
    store: Store,
    measures: Sequence[Measure],
    edition: Edition,
    before: Totals,
    after: Totals,
    coming: Submission,
) -> tuple[Totals, Totals]:
    """An edition's totals, and those with an upload added, both with the sums over two lists that the measures ask for."""
    linked = _linked(measures)
    later = _with_upload(edition, coming) if linked else edition
    for operand in linked:
        before = _with(operand, edition, before, partial(matches, store))
        after = _with(operand, later, after, partial(_matches, store, coming=coming))
    return before, after


def _linked(measures: Iterable[Measure]) -> set[Operand]:
    return {
        operand
        for measure in measures
        for sides in measure.sources
        for operand in (sides.numerator, sides.denominator)
        if operand.also_in
    }


def _with_upload(edition: Edition, coming: Submission) -> Edition:
    """What would be in force. A report of the whole region takes the place of its counties' own ones."""
    parts = coming.parts()
    source = Source(PREVIEW, edition.on)
    kept = [(part, old) for part, old in edition.sources if part not in parts and part.whole not in parts]
    return replace(edition, sources=(*kept, *((part, source) for part in parts)))


def _with(operand: Operand, edition: Edition, known: Totals, matched: Matched) -> Totals:
    return replace(known, amounts={**known.amounts, **_amounts(operand, edition, matched)})


def _amounts(operand: Operand, edition: Edition, matched: Matched) -> dict[tuple[Part, str], Split]:
    """Nobody knows who of a region is on a list that the region has not sent: it has no amount, not zero."""
    if edition.province_code == NATION.code:
        return _province_by_province(operand, edition, matched)
    ours, theirs = parts_in_force(edition, operand.ledger), _their_parts(operand, edition)
    sent = {part.region_code for part, _ in theirs}
    found: dict[tuple[Part, str], dict[tuple[str, str], int]] = {}
    for region, year, county, amount in matched(ours, theirs, operand):
        if region in sent:
            split = found.setdefault((Part(operand.ledger, region, year), operand.sum), {})
            split[county, ""] = amount
    return dict(found)


def _their_parts(operand: Operand, edition: Edition) -> PartsInForce:
    """Of the other list what counts: a list without a year belongs to the one in which it was reported."""
    parts, year = parts_in_force(edition, operand.also_in), operand.also_year_on(edition.on)
    return tuple(
        (part, source) for part, source in parts if year is None or (part.year or source.as_of.year) == year
    )


def _province_by_province(
    operand: Operand, edition: Edition, matched: Matched
) -> dict[tuple[Part, str], Split]:
    """The same employers as on the provinces' own pages: nobody is looked for in another province's list."""
    provinces: dict[str, list[PartInForce]] = {}
    for part, source in edition.sources:
        provinces.setdefault(part.region_code[:2], []).append((part, source))
    found: dict[tuple[Part, str], Split] = {}
    for own in provinces.values():
        found |= _amounts(operand, replace(edition, province_code="", sources=tuple(own)), matched)
    return found


def parts_in_force(edition: Edition, ledger_id: str) -> PartsInForce:
    """What of a list holds on the edition's day."""
    return tuple((part, source) for part, source in edition.sources if part.ledger == ledger_id)


@remembered(512)
def matches(store: Store, ours: PartsInForce, theirs: PartsInForce, operand: Operand) -> Matches:
    """Region, year and county of our rows, and how many of these have a code that also stands in theirs."""
    return _matches(store, ours, theirs, operand)


def _matches(
    store: Store, ours: PartsInForce, theirs: PartsInForce, operand: Operand, coming: Submission | None = None
) -> Matches:
    if not ours or not theirs:
        return ()
    one, other = ledgers()[ours[0][0].ledger], ledgers()[theirs[0][0].ledger]
    rule = next(tally for tally in one.tallies if tally.name == operand.tally)
    return tuple(store.matches(one, ours, other, theirs, coming, row_tests(rule), operand.also_where))
