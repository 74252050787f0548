"""Sections as grids: the league table with everything known of a region, 指标明细 and the course of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section
from zyb.briefing.tables import PARTLY
from zyb.exports.statistics import rules
from zyb.exports.statistics.grid import CellRule, Grid, GridRow, GridValue, SheetColumn
from zyb.rulebook.verdicts import Tone

TOTAL = "合　计"


def verdict_words(line: RegionLine) -> str:
    """“▼进展缓慢*”; the star says that a person judged otherwise than the rule."""
    judged = line.judgement
    return f"{judged.shape}{judged.title}{facts.mark(line)}"


def tones(sections: Sequence[Section]) -> dict[str, Tone]:
    """Every verdict of the report with its tone, in the order of their first use."""
    return {
        line.judgement.title: line.judgement.tone
        for section in sections
        for line in (*section.lines, section.whole)
    }


def league(section: Section, parameters: dict[str, str]) -> Grid:
    """Best first. The columns of the bulletin's own annex are among these, under the same titles."""
    left = section.whole.remaining
    sides: tuple[SheetColumn, ...] = (
        SheetColumn("denominator", section.denominator_title, "count"),
        SheetColumn("numerator", section.numerator_title, "count"),
    )
    if section.surveys:  # how many were asked: of a percentage there are no sides
        sides = (SheetColumn("asked", section.weight_title, "count"),)
    fields = (
        SheetColumn("rank", "位次", "rank", _rank(section), in_total=False),
        SheetColumn("name", facts.called(section), "name"),
        *([SheetColumn("partly", PARTLY, "words")] if facts.partly(section) else []),
        *sides,
        *([] if section.counts else [_value(section)]),
        SheetColumn(
            "pace", section.yardstick, *(("rate", None) if section.counts else ("percent", rules.PACE))
        ),
        _gap(section),
        SheetColumn("added", f"较{section.earlier}新增", "count"),
        SheetColumn("remaining", section.left_title, "count", _remaining(section)),
        SheetColumn("share", "占剩余", "percent", rules.share_of(left)),
        SheetColumn("needed", f"周均\n需{section.to_do}", "rate", rules.NEEDED),
        SheetColumn("done", "近期\n周均", "rate"),
        SheetColumn("previous_rank", f"{section.earlier}\n位次", "rank"),
        SheetColumn("rank_change", "位次\n变化", "change", rules.RANK_CHANGE, in_total=False),
        SheetColumn("verdict", "进展评价", "verdict"),
    )
    rows = tuple(map(_row, section.ranked()))
    known: dict[str, GridValue] = {
        "measure_pace": section.pace, "target": section.target, "weeks": section.weeks_left,
    }  # fmt: skip
    grid = Grid(fields, rows, _total(section), parameters, known)
    return without_empty(
        grid,
        (
            "asked",
            "pace",
            "gap",
            "added",
            "remaining",
            "share",
            "needed",
            "done",
            "previous_rank",
            "rank_change",
        ),
    )


def _value(section: Section) -> SheetColumn:
    """A growth carries its sign."""
    if section.kind == "growth":
        return SheetColumn("value", section.short_title, "growth", rules.GROWTH)
    return SheetColumn("value", section.short_title, "percent", None if section.surveys else rules.RATIO)


def _rank(section: Section) -> CellRule | None:
    """A count has no column of values to be ranked by."""
    if section.counts:
        return None
    return rules.RANK_OF_LOW if section.falls else rules.RANK


def _gap(section: Section) -> SheetColumn:
    """In 百分点, of a plain count in its unit."""
    if section.counts:
        return SheetColumn("gap", f"{section.gap_title}\n（{section.unit}）", "rate", rules.GAP_OF_COUNT)
    return SheetColumn("gap", f"{section.gap_title}\n（百分点）", "points", rules.GAP)


def _remaining(section: Section) -> CellRule:
    if section.counts:  # of a survey nothing is left, and the column falls away
        return rules.EXCESS_OF_ALL if section.falls else rules.REMAINING_OF_ALL
    if section.falls:
        return rules.EXCESS_OF_GROWTH if section.kind == "growth" else rules.EXCESS
    if section.kind == "growth":
        return rules.REMAINING_OF_GROWTH
    return rules.REMAINING_OF_ALL if section.target is None else rules.REMAINING


def without_empty(grid: Grid, droppable: Sequence[str]) -> Grid:
    """Without the columns that say nothing of anybody; none is kept whose formula would look for them."""
    said = (*grid.rows, *([grid.total] if grid.total else []))
    gone = {key for key in droppable if all(row[key] is None for row in said)}
    return Grid(
        tuple(column for column in grid.fields if column.key not in gone),
        grid.rows, grid.total, grid.parameters, grid.known,
    )  # fmt: skip


def _row(line: RegionLine) -> GridRow:
    return {
        "rank": line.rank, "name": line.name, "partly": line.partly or None, "denominator": line.denominator, "numerator": line.numerator, "asked": line.asked,
        "value": line.value, "pace": line.pace, "gap": line.gap, "added": line.added, "remaining": line.remaining,
        "share": line.share_of_remaining, "needed": line.needed_per_week, "done": line.done_per_week,
        "previous_rank": line.previous_rank, "rank_change": line.rank_change, "verdict": verdict_words(line),
    }  # fmt: skip


def _total(section: Section) -> GridRow:
    none = {"rank": None, "previous_rank": None, "rank_change": None, "verdict": None, "name": TOTAL}
    return {**_row(section.whole), **none}


# -- 指标明细 ---------------------------------------------------------------------------------------


def details(sections: Sequence[Section]) -> Grid:
    """The measures that are told in groups, each with both sides: region by region, then the whole."""
    fields = (
        SheetColumn("name", "指标", "name"),
        SheetColumn("region", "地区", "words"),
        SheetColumn("denominator_title", "分母项", "words"),
        SheetColumn("denominator", "分母数", "count"),
        SheetColumn("numerator_title", "分子项", "words"),
        SheetColumn("numerator", "分子数", "count"),
        SheetColumn("value", "比率", "percent", rules.RATIO),
        SheetColumn("pace", "序时／目标", "percent"),
        SheetColumn("gap", "差距\n（百分点）", "points", rules.GAP),
        SheetColumn("remaining", "还差", "count"),
        SheetColumn("verdict", "进展评价", "verdict"),
    )
    return Grid(fields, tuple(row for section in sections for row in _of_measure(section)))


def _of_measure(section: Section) -> Iterator[GridRow]:
    # Shares and counts stand in one column here: of a count both its sides say all.
    apart = dict.fromkeys(("value", "pace", "gap")) if section.counts else {}
    for line in (*section.lines, section.whole):
        yield {
            **_row(line), **apart, "name": section.title, "region": line.name,
            "denominator_title": section.denominator_title, "numerator_title": section.numerator_title,
        }  # fmt: skip


# -- the course of reports ----------------------------------------------------------------------------


def course(section: Section) -> Grid:
    """One row a report; what is new is the difference to the report before it."""
    fields = (
        SheetColumn("name", "数据截至", "day"),
        *(
            []
            if section.surveys
            else [
                SheetColumn("denominator", section.denominator_title, "count"),
                SheetColumn("numerator", section.numerator_title, "count"),
                SheetColumn("added", "较上次\n新增", "count", rules.ADDED),
            ]
        ),
        *([] if section.counts else [_value(section)]),
        SheetColumn("pace", section.yardstick, "rate" if section.counts else "percent"),
        _gap(section),
    )
    return without_empty(Grid(fields, tuple(_points(section))), ("pace", "gap"))


def _points(section: Section) -> Iterator[GridRow]:
    before: int | None = None
    for point in section.trend:
        gap: Fraction | None = None
        if point.value is not None and point.pace is not None:
            gap = point.value - point.pace
        yield {
            "name": point.day, "denominator": point.denominator, "numerator": point.numerator,
            "added": None if before is None else point.numerator - before,
            "value": point.value, "pace": point.pace, "gap": gap,
        }  # fmt: skip
        before = point.numerator
