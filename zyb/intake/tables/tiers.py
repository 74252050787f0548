"""Headings of several tiers as one: merged cells, groups over columns, years and days among them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from zyb.intake.cells.values import narrow
from zyb.reading import Range, Sheet

# With all its blanks.
LONGEST_FIGURE = 100
# 单位：家, 填报日期： say something of the table, and so does all that stands in their line.
LABELLED = re.compile(r"[:：]|^\s*单位")
FEWEST_GROUPS = 2
A_YEAR = re.compile(r"20[0-4]\d(?:\.0)?")
MOST_DIGITS = 12

Boxes = Mapping[int, Sequence[Range]]
"""The merged ranges of a sheet's head, by their first row."""


def boxes_of(sheet: Sheet, rows: range) -> Boxes:
    found: dict[int, list[Range]] = {}
    for box in sheet.merged:
        if box[0] in rows:
            found.setdefault(box[0], []).append(box)
    return found


def filled(boxes: Boxes, rows: list[list[str]], first: int) -> list[list[str]]:
    """Merged cells hold their text once; give it to every cell that they cover."""
    filled = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for _, left, bottom, right in boxes.get(first + number, ()):
            text = row[left] if left < len(row) else ""
            for covered in filled[number : bottom - first + 1]:
                covered[left : right + 1] = [text] * len(covered[left : right + 1])
    return filled


def groups_spread(tiers: list[list[str]]) -> list[list[str]]:
    """Without merged cells (csv) a group's name stands over its first column only: spread it rightwards, the lowest
    first, for the higher ones stand over what these cover."""
    spread = [list(row) for row in tiers]
    for upper, lower in reversed(list(itertools.pairwise(spread))):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
                upper[column] = upper[column - 1]
    return spread


def groups_over(rows: list[list[str]], boxes: Boxes, first: int, top: int) -> list[str]:
    """What stands over each column in the line above the row `first`, where that is a line of groups: several texts,
    none of them a title, a unit, a figure or a day with its label."""
    if first == top:
        return []
    (above,) = filled(boxes, [rows[first - 1 - top]], first - 1)
    distinct = {cell for cell in above if cell.strip()}
    if len(distinct) < FEWEST_GROUPS or has_figures(above) or any(map(LABELLED.search, distinct)):
        return []
    return groups_spread([above, rows[first - top]])[0]


def is_one_year(row: Sequence[str]) -> bool:
    """A tier below others that says nothing but the one year of the figures."""
    said = [narrow(cell) for cell in row if cell and len(cell) <= LONGEST_FIGURE]
    return len(said) == 1 and bool(A_YEAR.fullmatch(said[0].removesuffix("年度").removesuffix("年")))


def are_tiers(tiers: list[list[str]]) -> bool:
    """Whether each row may stand over the next: a group is over several columns, or a column has but one tier."""
    return all(
        len(set(upper)) < len(upper)
        or any(above == below or not below for above, below in zip(upper, lower, strict=True))
        for upper, lower in itertools.pairwise(tiers)
    )


def flatten(tiers: list[list[str]]) -> list[tuple[str, ...]]:
    """Headings of several tiers as one: group and column; a text that repeats downwards only once."""
    columns = zip(*groups_spread(tiers), strict=True)
    return [tuple(dict.fromkeys(filter(None, parts))) for parts in columns]


def has_figures(row: Sequence[str]) -> bool:
    """Whether a row holds numbers, and so is none of headings. Years may stand in headings, bare, more than one of
    them or beside words."""
    likely = (
        cell for cell in row if cell and len(cell) <= LONGEST_FIGURE and not cell.lstrip()[:1].isalpha()
    )
    cells = [narrow(cell) for cell in likely]
    numbers = [cell for cell in cells if cell.replace(".", "", 1).isdigit() and len(cell) < MOST_DIGITS]
    return any(not A_YEAR.fullmatch(number) for number in numbers) or len(set(numbers)) < len(numbers)
