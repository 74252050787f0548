"""Columns that a list need not have, and the figures that will be missing without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zyb.rulebook.ledgers import Ledger, TallyRule
from zyb.rulebook.measures import Measure, Operand, Sides, measures
from zyb.rulebook.problems import Problem, problem

# So many are named.
NAMED = 3


def figures_missing(ledger: Ledger, told: Collection[str], province: str, sheet: str) -> Iterator[Problem]:
    """The columns that the table has not, and the measures that live on them alone, at once.

    Items of check lists are none of them: which of them there are is for each plan to say.
    """
    absent = [one for one in ledger.stored if one.name not in told and (one.stated or not one.required)]
    lacking: dict[str, list[str]] = {}
    for column in (one for one in absent if one.type != "choice"):
        titles = [one.title for one in measures(province).values() if _lives_on(one, ledger, column.name)]
        if titles:
            lacking[column.title] = titles
    if lacking:
        titles = list(dict.fromkeys(title for those in lacking.values() for title in those))
        more = f"等 {len(titles)} 项" if len(titles) > NAMED else ""
        words = {
            "columns": "、".join(f"“{title}”" for title in lacking),
            "more": more,
            "ledger": ledger.title,
        }
        yield problem("figures_missing", sheet, measures="”“".join(titles[:NAMED]), **words)


def _lives_on(measure: Measure, ledger: Ledger, column: str) -> bool:
    """Whether each of the measure's sources needs the column of this ledger."""
    return all(_needs(sides, ledger, column) for sides in measure.sources)


def _needs(sides: Sides, ledger: Ledger, column: str) -> bool:
    operands = (sides.numerator, sides.denominator)
    return any(_reads(rule, column) for operand in operands for rule in _rules(operand, ledger))


def _rules(operand: Operand, ledger: Ledger) -> Iterator[TallyRule]:
    if operand.ledger == ledger.id:
        yield from (rule for rule in ledger.tallies if rule.name == operand.tally)


def _reads(rule: TallyRule, column: str) -> bool:
    return column in (rule.sum, rule.count, rule.by)
