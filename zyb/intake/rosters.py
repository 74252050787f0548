"""The rosters of all provinces, and whether a text names one of their places."""

from __future__ import annotations

from collections.abc import Mapping

from zyb.rulebook.book import rule
from zyb.rulebook.places.divisions import NATION, provinces
from zyb.rulebook.places.placenames import LONGEST_WRITTEN
from zyb.rulebook.regions import Roster, load_roster


@rule
def rosters() -> tuple[Roster, ...]:
    """Of every province, by code."""
    return tuple(load_roster(code) for code, _ in provinces())


def nation() -> Roster:
    """全国, whose regions are the provinces."""
    return load_roster(NATION.code)


@rule
def _by_beginning() -> Mapping[str, tuple[Roster, ...]]:
    """The first two letters of every name of a region → the rosters that have one: in most cells there are none."""
    found: dict[str, dict[str, Roster]] = {}
    for roster in (*rosters(), nation()):
        for name in roster.names:
            bare = name.lstrip("0123456789")
            found.setdefault(bare[:2], {})[roster.province_code] = roster
    return {letters: tuple(those.values()) for letters, those in found.items() if letters}


@rule
def _first_letters() -> frozenset[str]:
    return frozenset(letters[0] for letters in _by_beginning())


def names_region(text: str) -> bool:
    """Whether the text is a region of some province, or a province of the country, however it is written."""
    written = "".join(text.split())
    if len(written) > LONGEST_WRITTEN or _first_letters().isdisjoint(written):
        return False
    known = _by_beginning()
    likely = {
        id(roster): roster for at in range(len(written)) for roster in known.get(written[at : at + 2], ())
    }
    return any(roster.find(text) for roster in likely.values())


def names_county(text: str) -> bool:
    """Whether the text is a county of some province."""
    written = text.strip()
    return bool(written) and not written.isdigit() and any(roster.county(written) for roster in rosters())


def names_whole(text: str) -> bool:
    """合计, 全省, 陕西省: the sum of all places. Only a province's own roster knows its name."""
    written = text[:LONGEST_WRITTEN].strip()
    if not written:
        return False
    named = [roster for roster in rosters() if roster.province_short in written]
    return any(roster.is_total(written) for roster in named or rosters()[:1])
