"""The measures as the whole country has them: their ids, and which ledgers they count year by year."""

from __future__ import annotations

from collections.abc import Mapping

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures.loading import parse_measures
from zyb.rulebook.measures.model import Measure


@rule
def _nations() -> Mapping[str, Measure]:
    return parse_measures(toml.load(rules_file("measures.toml")), None)


@rule
def measure_ids() -> frozenset[str]:
    return frozenset(_nations())


@rule
def survey_ids() -> frozenset[str]:
    """Those that are percentages, of which nobody knows how many are left."""
    return frozenset(name for name, measure in _nations().items() if measure.surveys)


@rule
def booked_by_day() -> frozenset[str]:
    """The ledgers of which a measure counts a year although they have no year of their own: that of their day."""
    operands = [one for measure in _nations().values() for sides in measure.sources for one in sides.operands]
    counted = {one.ledger for one in operands if one.year == "current" and one.ledger}
    return frozenset(name for name in counted if not ledgers()[name].yearly)
