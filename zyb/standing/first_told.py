"""What was reported for the first time is new reporting and no new completion: it is told apart from what was added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zyb.standing.standings import Standing


def with_newly_told(compared: Sequence[Standing], before: Mapping[str, Standing]) -> list[Standing]:
    """The whole first, then its regions. What was added is less by what came from those who had reported nothing before:
    regions, and in the country the regions of a province that is added up from theirs."""
    whole, *regions = compared
    if not before:
        return list(compared)
    told = [_apart(one, _newly(one, before.get(one.region_code))) for one in regions]
    return [_apart(whole, sum(one.newly for one in told)), *told]


def _newly(standing: Standing, earlier: Standing | None) -> int:
    if not _in_the_sum(standing):
        return 0
    if earlier is None or not _in_the_sum(earlier):
        return standing.numerator or 0
    if standing.rolled is None or earlier.rolled is None:
        return 0
    known = {code for code, _ in earlier.rolled.spoken}
    return sum(number for code, number in standing.rolled.spoken if code not in known)


def _in_the_sum(standing: Standing) -> bool:
    """Half a pair is in no sum; a plain count without a target has no other side."""
    return standing.numerator is not None and (standing.denominator is not None or standing.value is not None)


def _apart(standing: Standing, newly: int) -> Standing:
    added = standing.added
    return replace(standing, newly=newly, added=added if added is None else added - newly)
