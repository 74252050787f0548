"""The national level: each province's line, or what its own regions have reported, added up (由各地上报汇总).

A province's figures are those of its own pages: the same regions, from the same sources, added as there. Where the
province has also sent a line of its own to the national level, the newer of the two is used, the line where both
are of the same day; when they say different numbers, both are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zyb.records import PREVIEW, Source
from zyb.rulebook.book import rule
from zyb.rulebook.measures import Measure, measures
from zyb.rulebook.places.divisions import NATION, provinces
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.rulebook.surveys import WEIGHTED
from zyb.standing.arithmetic import added
from zyb.standing.counting import (
    NOTHING,
    Counts,
    OperandReading,
    RollUp,
    TotalsAt,
    count,
    provinces_own,
    surveyed_whole,
)


def counted(measure: Measure, roster: Roster, moment: TotalsAt) -> list[Counts]:
    """As `count`; for the nation together with what the provinces have in force themselves."""
    own = count(measure, roster, moment)
    if roster.province_code != NATION.code:
        return own
    if measure.surveys:
        means = means_below(measure, roster, moment)
        return [means.get(line.region.code, line) for line in own]
    below = rolled_up(measure, roster, moment)
    return [_chosen(line, below.get(line.region.code)) for line in own]


def _chosen(line: Counts, rolled: Counts | None) -> Counts:
    """Whichever has both sides, of two that have the newer; half a sum takes no line's place."""
    if rolled is None or rolled.silent or not (rolled.whole or line.silent):
        return line
    if line.whole and _day(line) >= _day(rolled):
        return replace(line, others=(*line.others, rolled))
    return replace(rolled, others=(line,))


def _day(counts: Counts) -> str:
    return counts.source.as_of.isoformat() if counts.source else ""


def rolled_up(measure: Measure, nation: Roster, moment: TotalsAt) -> Mapping[str, Counts]:
    """By the code of the province (or the corps) the sum of its own regions; nothing of whom nobody has reported."""
    speaking = {
        part.region_code[:2] for part in moment.totals.sources if nation.region(part.region_code) is None
    }
    found: dict[str, list[Counts]] = {}
    for code, name in provinces():
        if code[:2] in speaking:
            below = measures(name)[measure.id], load_roster(code)
            for counts in count(*below, moment):
                found.setdefault(homes()[counts.region.code], []).append(counts)
            if own := provinces_own(*below, moment):
                found.setdefault(code, []).append(own)
    units = ((nation.region(code), below) for code, below in found.items())
    return {unit.code: _sum(unit, measure.id, below) for unit, below in units if unit}


def means_below(measure: Measure, nation: Roster, moment: TotalsAt) -> Mapping[str, Counts]:
    """By the code of the province whose regions have reported a survey what its own page has for the whole: its own line, the
    mean by those asked, or nothing. 兵团 has no page of its own, and only a line."""
    found = {}
    for code, name in provinces():
        unit = nation.region(code)
        below = measures(name)[measure.id], load_roster(code)
        regions = count(*below, moment)
        spoken = [counts for counts in regions if counts.share is not None]
        if unit is None or not spoken:
            continue
        whole = surveyed_whole(*below, moment, regions)
        said = Source(PREVIEW, whole.as_of) if whole.as_of else None
        asked = [counts.weight.amount for counts in spoken]
        weight = OperandReading(sum(n or 0 for n in asked) if all(asked) else None, said)
        silent = tuple(counts.region.name for counts in regions if counts.share is None)
        rolled = RollUp(measure.numerator.ledger, len(regions), silent) if whole.origin == WEIGHTED else None
        sides = spoken[0].sides
        found[code] = Counts(
            region=unit,
            numerator=OperandReading(None, said),
            denominator=NOTHING,
            sides=sides,
            rolled=rolled,
            weight=weight,
            mean=whole.share,
        )
    return found


@rule
def homes() -> Mapping[str, str]:
    """Every reporting region of every province → the unit of the nation's roster that holds its counties."""
    nation = load_roster(NATION.code)
    of_county = {county: unit.code for unit in nation.regions for county in unit.members}
    every = (region for code, _ in provinces() for region in load_roster(code).regions)
    return {region.code: of_county[region.members[0]] for region in every}


def _sum(unit: Region, measure_id: str, below: Sequence[Counts]) -> Counts:
    """The sum as the province's own page has it."""
    numerator, denominator = added(
        [counts.amounts for counts in below], together=_is_asked_together(unit, measure_id)
    )
    spoken = [counts for counts in below if counts.numerator.amount is not None]
    source = max((c.source for c in (spoken or below) if c.source), key=lambda s: s.as_of, default=None)
    said = Source(PREVIEW, source.as_of) if source else None
    leading = (spoken or below)[0]
    silent = tuple(counts.region.name for counts in below if counts not in spoken)
    parted = tuple(counts.region.name for counts in spoken if counts.alone)
    brought = tuple((counts.region.code, counts.numerator.amount or 0) for counts in spoken)
    return Counts(
        region=unit, numerator=OperandReading(numerator, said, startless=any(c.numerator.startless for c in below)), denominator=OperandReading(denominator, said), sides=leading.sides,
        rolled=RollUp(leading.sides.numerator.ledger, len(below), silent, brought, parted),
    )  # fmt: skip


def _is_asked_together(unit: Region, measure_id: str) -> bool:
    return measures(own_page(unit.code))[measure_id].owed_by_all


@rule
def own_page(unit_code: str) -> str:
    """The province on whose roster the regions of a unit of the nation's stand: those of 兵团 on that of 新疆."""
    unit = load_roster(NATION.code).region(unit_code)
    assert unit
    return dict(provinces())[f"{unit.members[0][:2]}0000"]
