"""Who speaks for a day: how new the figures are that all are held against, whether enough have spoken, and the ranking of those
that have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from zyb.rulebook.measures import Measure
from zyb.rulebook.verdicts import FACTS, Verdicts
from zyb.standing.arithmetic import ranks
from zyb.standing.counting import TotalsAt
from zyb.standing.silence import is_stale, silent_from
from zyb.standing.standings import Standing


class NewestFigures(NamedTuple):
    """One day for all, that of the newest figures: who has not reported since does not gain by silence. Where they no longer
    speak for the day asked for, or all was due before it, they are held against that day: nor do all gain together."""

    day: date
    held_on: date
    silent: bool

    def makes_stale(self, ledger: str, as_of: date | None) -> bool:
        return self.silent or is_stale(ledger, as_of, self.day)


def newest_figures(
    measure: Measure, moment: TotalsAt, names: Sequence[str], latest: date | None
) -> NewestFigures:
    asked = moment.until or moment.day
    # Of the outcome of last year only what was due in it.
    silent = silent_from(measure, names, latest, min(asked, moment.day + timedelta(days=1))) is not None
    over = measure.is_over(moment.day, asked)
    newest = latest or moment.day
    # While nobody has reported, the day of the table of tasks is nobody's.
    return NewestFigures(newest, asked if silent or over or not names else newest, silent)


def unless_few(province: Standing, regions: Sequence[Standing], table: Verdicts) -> Standing:
    """The province is not judged by a report in which few speak: neither by a verdict nor by a gap, nor is anything called
    done, or not begun, that has no plan. Where nobody has sent anything new its last figures are as old as those of its
    regions, and are judged as they are."""
    owing = [one for one in regions if one.verdict.id != "no_task"]
    told = [one for one in owing if one.told]
    speaking = sum(not one.stale for one in told) or len(told)
    enough = (table["partial"].at_least or 0) * len(owing)
    judged = province.gap is not None or province.verdict.id in FACTS
    if not judged or speaking >= enough:
        return province
    return replace(province, gap=None, shortfall=None, verdict=table["partial"])


def ranked(standings: list[Standing]) -> list[Standing]:
    falling = any(s.falls for s in standings)
    values = {
        s.region_code: None if s.repeats or s.alone or s.verdict.id == "partial" else s.value
        for s in standings
    }
    places = ranks(values, highest_first=not falling)
    return [replace(s, rank=places.get(s.region_code)) for s in standings]
