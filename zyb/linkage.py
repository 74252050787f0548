"""联动: what two lists in force say of the same employers, known again by 统一社会信用代码.

A sum over two lists belongs to no snapshot, so none is stored with its tallies. It is worked out once for
each pair of lists in force and kept; both are immutable, so a page pays for it once and nothing needs clearing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from zyb.ledgers import ledgers
from zyb.measures import Measure, Operand
from zyb.store import Edition, Store
from zyb.tallies import Part, Source, Split, Totals

InForce = tuple[tuple[Part, Source], ...]


def totals(
    store: Store,
    measures: Iterable[Measure],
    editions: Iterable[Edition],
    tallies: Sequence[str] | None = None,
) -> list[Totals]:
    """As Store.totals, together with the sums over two lists that the measures ask for."""
    editions = list(editions)
    linked = {
        operand
        for measure in measures
        for sides in measure.sources
        for operand in (sides.numerator, sides.denominator)
        if operand.also_in
    }
    found = store.totals(editions, tallies)
    for operand in linked:
        found = [
            _with(store, operand, edition, known) for edition, known in zip(editions, found, strict=True)
        ]
    return found


def _with(store: Store, operand: Operand, edition: Edition, known: Totals) -> Totals:
    return Totals({**known.amounts, **_amounts(store, operand, edition)}, known.sources)


def _amounts(store: Store, operand: Operand, edition: Edition) -> dict[tuple[Part, str], Split]:
    """Nobody knows who of a region is on a list that the region has not sent: it has no amount, not zero."""
    ours, theirs = in_force(edition, operand.ledger), in_force(edition, operand.also_in)
    sent = {part.region_code for part, _ in theirs}
    found: dict[tuple[Part, str], dict[tuple[str, str], int]] = {}
    for region, year, county, amount in matches(store, ours, theirs):
        if region in sent:
            split = found.setdefault((Part(operand.ledger, region, year), operand.sum), {})
            split[county, ""] = amount
    return dict(found)


def in_force(edition: Edition, ledger_id: str) -> InForce:
    """What of a list holds on the edition's day."""
    return tuple((part, source) for part, source in edition.sources if part.ledger == ledger_id)


@lru_cache(maxsize=512)
def matches(store: Store, ours: InForce, theirs: InForce) -> tuple[tuple[str, int, str, int], ...]:
    """Region, year and county of our rows, and how many of these have a code that also stands in theirs."""
    if not ours or not theirs:
        return ()
    return tuple(store.matches(ledgers()[ours[0][0].ledger], ours, ledgers()[theirs[0][0].ledger], theirs))
