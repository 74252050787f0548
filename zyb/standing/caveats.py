"""What a figure cannot place and therefore leaves out (or in): said beside it, with how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyb.numerals import count, percent
from zyb.records import NO_COUNTY
from zyb.rulebook.measures import Caveat, Measure
from zyb.rulebook.regions import Region, Roster
from zyb.standing.counting import TotalsAt, by_county, read


@dataclass(frozen=True)
class CaveatFigure:
    """One caveat of a region, or of the province; `among` where a share is said."""

    caveat: Caveat
    region_code: str
    number: int
    among: int | None = None

    @property
    def told(self) -> str:
        """“另有12家没有写明县区，不计入任何县区”."""
        share = percent(Fraction(self.number, self.among)) if self.among else ""
        total = "" if self.among is None else count(self.among)
        return self.caveat.said.format(number=count(self.number), total=total, share=share)


def caveat_figures(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[CaveatFigure, ...]:
    """Of the province first, then of each region that has any."""
    found = [one for caveat in measure.caveats for one in _of_regions(caveat, roster, moment)]
    whole = [
        _added(roster, caveat, [one for one in found if one.caveat == caveat]) for caveat in measure.caveats
    ]
    return tuple(one for one in (*whole, *found) if one.number)


def _of_regions(caveat: Caveat, roster: Roster, moment: TotalsAt) -> list[CaveatFigure]:
    among = read(caveat.among, roster, moment) if caveat.among else {}
    counted = read(caveat.counted, roster, moment)
    found = []
    for region in roster.regions:
        number = _placeless(caveat, region, moment) if caveat.placeless else counted[region.code].amount
        base = among[region.code].amount if caveat.among else None
        if number is not None:
            found.append(CaveatFigure(caveat, region.code, number, base))
    return found


def _placeless(caveat: Caveat, region: Region, moment: TotalsAt) -> int:
    """A unit that is one county has none: all that it reports is that county's."""
    if len(region.members) == 1:
        return 0
    split = by_county(caveat.counted, region.code, moment)
    return sum(
        amount for county, amount in split.items() if county == NO_COUNTY or county not in region.members
    )


def _added(roster: Roster, caveat: Caveat, own: Sequence[CaveatFigure]) -> CaveatFigure:
    bases = [one.among for one in own if one.among is not None]
    return CaveatFigure(
        caveat, roster.province_code, sum(one.number for one in own), sum(bases) if bases else None
    )
