"""The rosters of all provinces, and whether a text names one of their places."""

from __future__ import annotations

from itertools import pairwise

from zyb.rulebook.book import rule
from zyb.rulebook.divisions import provinces
from zyb.rulebook.places.placenames import LONGEST_WRITTEN
from zyb.rulebook.regions import Roster, load_roster


@rule
def rosters() -> tuple[Roster, ...]:
    """Of every province, by code."""
    return tuple(load_roster(code) for code, _ in provinces())


@rule
def _written() -> frozenset[str]:
    """Every name of a region as the rosters have it: what most cells hold, told at one look."""
    return frozenset(name for roster in rosters() for name in roster.names)


@rule
def _beginnings() -> frozenset[str]:
    """The first two letters of every name: what holds none of them names no region."""
    return frozenset(name[:2] for name in _written() if not name.isdigit())


def _may_name(text: str) -> bool:
    return not _beginnings().isdisjoint(map("".join, pairwise("".join(text.split()))))


def names_region(text: str) -> bool:
    """Whether the text is a region of some province, however it is written."""
    written = text.strip()
    if not written or len(written) > LONGEST_WRITTEN or not _may_name(written):
        return False
    return written in _written() or any(roster.find(written) for roster in rosters())


def names_county(text: str) -> bool:
    """Whether the text is a county of some province."""
    written = text.strip()
    return bool(written) and not written.isdigit() and any(roster.county(written) for roster in rosters())


def names_whole(text: str) -> bool:
    """合计, 全省: the sum of all places."""
    return bool(text.strip()) and any(roster.is_total(text) for roster in rosters())
