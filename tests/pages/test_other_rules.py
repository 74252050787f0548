"""What pages keep is kept for the rules it was found by: under others it is found anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from zyb.intake.tables.vocabulary import vocabulary
from zyb.rulebook.book import Rulebook, in_force, remembered, using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.verdicts import verdicts
from zyb.ui.frame.loading import load_standings, load_view
from zyb.ui.help.guide import NATION, chapters

PROVINCE = "陕西省"


def stricter(province: str, words: str = "差值低于零") -> Rulebook:
    """Nobody is merely 相对滞后 any more: whoever is behind at all is slow."""
    known = verdicts(province)
    strict = replace(known["lagging"], at_least=Fraction(0), rule=words)
    return in_force().holding((verdicts, (province,), {**known, "lagging": strict}))


def test_a_threshold_of_other_rules_judges_anew_and_the_old_one_holds_afterwards(data: Path) -> None:
    seen = load_view(PROVINCE, "governance_completion", date(2024, 3, 1))
    before = load_standings(seen)
    behind = {one.region_code for one in before.reported if one.verdict.id == "lagging"}
    assert behind
    with using(stricter(PROVINCE)):
        judged = {one.region_code: one.verdict.id for one in load_standings(seen).reported}
        assert {judged[code] for code in behind} == {"slow"}
    assert load_standings(seen) is before


def test_the_guide_tells_the_rules_in_force() -> None:
    before, words = chapters(), "低于零的都算"
    with using(stricter(NATION, words)):
        assert words in str(chapters())
    assert words not in str(chapters())
    assert chapters() is before


def test_headings_are_understood_by_the_words_in_force() -> None:
    known = tuple(ledgers().values())
    before = vocabulary(known)
    with using(Rulebook()):
        assert vocabulary(known) is not before
    assert vocabulary(known) is before


def test_of_what_is_remembered_the_last_are_kept() -> None:
    asked: list[int] = []
    twice = remembered(2)(lambda number: asked.append(number) or 2 * number)
    assert [twice(1), twice(2), twice(1), twice(3), twice(1), twice(2)] == [2, 4, 2, 6, 2, 4]
    assert asked == [1, 2, 3, 2]
