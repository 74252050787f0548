"""Whether enough have reported this time for the whole to stand for all: for the province, and for the country."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.standing.arithmetic import outlook
from zyb.standing.forecast import Forecast, Point
from zyb.standing.standings import Standing, Standings


def owing(found: Standings) -> list[Standing]:
    """The regions that have a task, or of which none is known."""
    return [standing for standing in found.regions if standing.verdict.id != "no_task"]


def speaking(found: Standings) -> list[Standing]:
    """Who of them has reported this time."""
    return [standing for standing in owing(found) if standing.told and not standing.stale]


def few_speak(found: Standings) -> bool:
    """Too few of them, be there anything to judge by or not; where nobody has ever reported there is no figure to speak of."""
    least = found.verdicts["partial"].at_least or 0
    return bool(found.reported) and len(speaking(found)) < least * len(owing(found))


def expected(found: Standings, standing: Standing, points: Sequence[Point]) -> Forecast | None:
    """When it is finished at the rate of the last reports; of the whole nothing while few speak."""
    if standing is found.province and few_speak(found):
        return None
    return outlook(found.measure, found.plan, points, standing.remaining)
