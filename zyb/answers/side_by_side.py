"""The standings of several measures beside each other: a row a region, and behind the regions the province's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zyb.inquiries.model import FIGURES, StandingsInquiry
from zyb.periods import chinese_day
from zyb.rulebook.measures import Measure
from zyb.rulebook.regions import load_roster
from zyb.standing.standings import Standing, Standings

CHANGE = "change"
StandingsOn = Callable[[str, date], Standings]
FigureCell = Fraction | int | str | None


@dataclass(frozen=True)
class FigureColumn:
    """One figure of a measure on a day; the change from the second day to the first has no day."""

    measure: Measure
    day: date | None
    figure: str

    @property
    def title(self) -> str:
        named = "" if self.figure == "value" else "变化" if self.day is None else self.figure_title
        day = chinese_day(self.day) if self.day else ""
        return "\n".join(filter(None, (self.measure.title, day, named)))

    @property
    def short_title(self) -> str:
        """Under the measure's own title: the day, and what the figure is where it is not the value."""
        if self.day is None:
            return "变化"
        return (
            self.day.isoformat() if self.figure == "value" else f"{self.figure_title} {self.day.isoformat()}"
        )

    @property
    def figure_title(self) -> str:
        sides = {"numerator": self.measure.numerator.title, "denominator": self.measure.denominator.title}
        return FIGURES[self.figure] if self.measure.surveys else sides.get(self.figure, FIGURES[self.figure])

    @property
    def kind(self) -> str:
        """How its cells are printed: as shares, with a sign, in 百分点, or as they are."""
        if self.figure == "verdict":
            return "text"
        if self.figure in ("numerator", "denominator", "rank"):
            return "count"
        if self.measure.counts:
            return "number"
        if self.figure != "value":
            return "points"
        return "growth" if self.measure.kind == "growth" else "share"


@dataclass(frozen=True)
class RegionFigures:
    region_code: str
    region: str
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True)
class SideBySide:
    """What a standings inquiry brings; `days` say of each measure from which day its figures are."""

    asked: StandingsInquiry
    columns: tuple[FigureColumn, ...]
    regions: tuple[RegionFigures, ...]
    province: RegionFigures
    found: tuple[Standings, ...]
    """By measure and day, in the order asked for."""


def side_by_side(asked: StandingsInquiry, standings_on: StandingsOn) -> SideBySide:
    known = {(name, day): standings_on(name, day) for name in asked.measures for day in asked.days}
    columns = tuple(_columns(asked, known))
    codes = [region.code for region in load_roster(asked.province).regions]
    chosen = [code for code in codes if not asked.regions or code in asked.regions]
    rows = [_row(columns, known, asked, code) for code in _ordered(asked, known, chosen)]
    whole = _row(columns, known, asked, None)
    return SideBySide(asked, columns, tuple(rows), whole, tuple(known.values()))


KnownStandings = dict[tuple[str, date], Standings]


def _columns(asked: StandingsInquiry, known: KnownStandings) -> Iterator[FigureColumn]:
    several = len(asked.days) > 1
    for name in asked.measures:
        measure = known[name, asked.days[0]].measure
        for figure in asked.figures:
            yield from (FigureColumn(measure, day, figure) for day in asked.days)
        if several and "value" in asked.figures:
            yield FigureColumn(measure, None, CHANGE)


def _standing(found: Standings, code: str | None) -> Standing:
    return found.province if code is None else found.region(code) or found.province


def _row(
    columns: tuple[FigureColumn, ...], known: KnownStandings, asked: StandingsInquiry, code: str | None
) -> RegionFigures:
    cells = []
    for column in columns:
        days = (column.day,) if column.day else asked.days
        standings = [_standing(known[column.measure.id, day], code) for day in days]
        cells.append(_change(column, *standings) if column.day is None else _figure(column, standings[0]))
    region = _standing(next(iter(known.values())), code).region
    return RegionFigures(code or load_roster(asked.province).province_code, region, tuple(cells))


def _figure(column: FigureColumn, standing: Standing) -> FigureCell:
    if column.figure == "verdict":
        return standing.verdict.title
    if column.figure == "gap":
        return _in_points(column, standing.gap)
    found: FigureCell = getattr(standing, column.figure)
    return found


def _change(column: FigureColumn, now: Standing, before: Standing) -> FigureCell:
    if now.value is None or before.value is None:
        return None
    return _in_points(column, now.value - before.value)


def _in_points(column: FigureColumn, gap: Fraction | None) -> Fraction | None:
    return gap if gap is None or column.measure.counts else gap * 100


def _ordered(asked: StandingsInquiry, known: KnownStandings, codes: list[str]) -> list[str]:
    """By the measure's value on the first day; who has none stands last."""
    if not asked.sort:
        return codes
    found = known[asked.sort, asked.days[0]]
    values = {code: _standing(found, code).value for code in codes}
    told = [code for code in codes if values[code] is not None]
    told.sort(key=lambda code: values[code] or Fraction(0), reverse=asked.descending)
    return told + [code for code in codes if values[code] is None]
