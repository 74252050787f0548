"""The ranking of the full-screen briefing: best first, 全省 on top."""

from __future__ import annotations

from collections.abc import Iterator

from zyb.briefing.model import RegionLine, Section, told_rules
from zyb.deck import paging, remarks
from zyb.html import NOTHING, Markup, joined, tag
from zyb.numerals import count, gap_text, value_text
from zyb.ui import look
from zyb.ui.wall.bars import bar, full_scale, judged, tick_words
from zyb.ui.wall.scene import Screen, WallScene

# Regions that stand below one another on a slide, 全省 not counted.
LEAGUE_ROWS = 15
LONGEST_HEAD = 6


def league(scene: WallScene, section: Section) -> Iterator[Screen]:
    """Best first, 全省 pinned on top; of many regions as few slides as hold them, evenly."""
    lines = section.ranked()
    count_of_pages = -(-len(lines) // LEAGUE_ROWS)
    size = -(-len(lines) // count_of_pages) if count_of_pages else 1
    full, rules = full_scale(section), ""
    if section.pace is not None:
        both = f"目标：{section.both_targets}，按本省目标评价。" if section.both_targets else ""
        rules = both + told_rules(scene.briefing.rules_of(section))
    for number in range(count_of_pages):
        part = paging.part(number + 1, count_of_pages)
        shown = lines[number * size : (number + 1) * size]
        rows = [
            _league_row(section, section.whole, full, " z-total"),
            *(_league_row(section, line, full) for line in shown),
        ]
        marked = " z-with-marks" if remarks.adjusted(section) else ""
        yield scene.screen(look.box(f"z-ranks{marked}", _league_head(section, full), *rows), rules, part)


def _league_head(section: Section, full: float) -> Markup:
    due = next((line.pace for line in section.lines), None) if section.counts else section.pace
    tick = NOTHING if due is None else tick_words(section, due, full)
    titles = (
        "位次",
        "地区",
        look.box("z-axis", tick),
        _value_title(section),
        section.gap_title,
        section.weight_title
        if section.surveys
        else f"{section.left_title if section.falls else '还差'}（{section.unit}）",
        "进展评价",
    )
    return look.box("z-rank-row z-rank-head", *(tag("div", title) for title in titles))


def _value_title(section: Section) -> str:
    """Over a narrow column; the measure's whole name stands above the title of the slide."""
    if len(section.short_title) <= LONGEST_HEAD:
        return section.short_title
    return "增长" if section.kind == "growth" else "比率"


def _bar(section: Section, line: RegionLine, full: float) -> Markup:
    """The sum of all counts is on no axis with its parts."""
    return NOTHING if section.counts and line is section.whole else bar(section, line, full)


def _beside(section: Section, line: RegionLine) -> str:
    """How many are left; of a survey, of which nothing is, how many were asked."""
    if section.surveys:
        return count(line.asked) if section.weight_title else ""
    return count(line.remaining)


def _league_row(section: Section, line: RegionLine, full: float, kind: str = "") -> Markup:
    change = line.rank_change or 0
    moved = tag("small", f" {'↑' if change > 0 else '↓'}{abs(change)}") if change else NOTHING
    rank = joined(str(line.rank), moved) if line.rank is not None else NOTHING
    cells = (
        rank, line.name, _bar(section, line, full), value_text(line.value, section.kind), gap_text(line.gap, section.kind),
        _beside(section, line), judged(line),
    )  # fmt: skip
    return look.box(f"z-rank-row{kind}", *(tag("div", cell) for cell in cells))
