"""The summaries: regions down and measures across, in the shapes that offices give them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from tests.clerks.books import Formula, Sheet
from tests.clerks.drawing import Draw
from tests.clerks.places import SPELLINGS, Region
from tests.clerks.tables import Column, Look, laid_out
from tests.clerks.truth import Figures, Tallies, Truth
from tests.clerks.values import PERCENTS, Number, number_style
from tests.clerks.words import headings as words
from tests.clerks.words import titles

HEADINGS = {
    "governance_progress": {"enrolled": words.ENROLLED, "completed": words.COMPLETED},
    "governance_targets": {"target": words.TARGET},
    "declaration_counts": {"declared": words.DECLARED},
    "assistance_targets": {"target": words.ASSISTANCE_TARGET},
    "assistance_rates": words.RATES,
    "demonstration_quota": {"quota": words.QUOTA},
    "institutions": {"due": words.DUE, "done": words.DONE},
}
YEAR_FORMS = ("{y}年{h}", "{y}年度{h}", "{h}（{y}年）", "{y}{h}", "{y}年\n{h}", "{h}({y}年)")
SUMS = ("合计{h}", "合计", "两年合计", "小计", "共计{h}", "总计", "合计（家）")
YEAR_HEADINGS = ("年度", "年份", "年 度", "所属年度", "统计年度", "任务年度")
MONTH_GROUPS = ("{m}月底", "{m}月", "截至{m}月底", "{m}月末", "{m}月份", "{y}年{m}月底")


@dataclass
class Shape:
    """One drawn form of a summary: its columns, how they lie, what else the sheet then says."""

    columns: list[Column]
    look: Look
    needs_year: bool = False
    """The table alone does not tell the year."""
    tells_day: bool = False
    """The table's own headings tell the day, with the year of the title."""
    habits: list[str] = field(default_factory=list)


def heading(draw: Draw, name: str, entries: tuple[str, ...]) -> str:
    """A heading as an office writes it, sometimes with a unit or a mark."""
    plain = draw.pick(f"heading {name}", entries)
    around = draw.pick("around heading", words.AROUND, share=draw.mess * 0.25)
    if around != "{}" and "（" not in plain and "(" not in plain and "\n" not in plain and "/" not in plain:
        return around.format(plain)
    return plain


def _measure(draw: Draw, truth: Truth, lines: list[Figures], name: str, style: Number) -> Column:
    numbers = [line.numbers[name] for line in lines]
    words_for = HEADINGS[truth.ledger][name]
    label = f"{truth.ledger} {name}"
    return Column((heading(draw, label, words_for),), [style(one) for one in numbers], sum(numbers), name)


def _beside(draw: Draw, truth: Truth, lines: list[Figures], entry: str) -> Column:
    """A column that is none of the ledger's."""
    sign, words_of_it = entry.split(":", 1)
    names = list(lines[0].numbers)
    wholes = [line.numbers[names[0]] for line in lines]
    parts = [line.numbers[names[1 if len(names) > 1 else 0]] for line in lines]
    share = draw.pick("percent", PERCENTS) if sign == "%" else None
    total: object = None
    cells: list[object] = [None] * len(lines)
    if share:
        cells = [share(part / whole if whole else 0.0) for whole, part in zip(wholes, parts, strict=True)]
        total = share(sum(parts) / max(1, sum(wholes)))
    elif sign in "-<>":
        if sign == "-":
            numbers = [whole - part for whole, part in zip(wholes, parts, strict=True)]
        else:
            most = parts if sign == "<" else wholes
            numbers = [draw.number(0, one) for one in most]
        cells, total = list(numbers), sum(numbers)
    elif sign == "#":
        cells = list(range(1, len(lines) + 1))
    elif sign == "c":
        numbers = [draw.number(1, 20) for _ in lines]
        cells, total = list(numbers), sum(numbers)
    elif sign == "t":
        cells = [draw.any(("王某", "李某", "张某某", "是", None)) for _ in lines]
    return Column((words_of_it,), cells, total)


def _extras(draw: Draw, truth: Truth, lines: list[Figures], columns: list[Column]) -> list[Column]:
    """The measures with up to three other columns, mostly behind them."""
    entries = words.BESIDE[truth.ledger]
    found = list(columns)
    for _ in range(draw.number(0, 3) if draw.chance(draw.mess) else 0):
        entry = draw.pick("column beside", ("", *entries), share=1.0)
        if entry and all(entry.split(":", 1)[1] != column.path[-1] for column in found):
            at = len(found) if draw.chance(0.75) else draw.number(0, len(found))
            found.insert(at, _beside(draw, truth, lines, entry))
    return found


def _region_columns(draw: Draw, truth: Truth, regions: list[Region]) -> list[Column]:
    spell = draw.pick("region written", SPELLINGS, share=draw.mess * 0.7)
    order = list(dict.fromkeys(one.name for one in regions))
    names: list[object] = [spell(one, order.index(one.name), truth.province) for one in regions]
    region = Column((draw.pick("heading region", words.REGION),), names, role="region")
    if not draw.chance(0.5):
        return [region]
    serial = [order.index(one.name) + 1 for one in regions]
    return [Column((draw.pick("heading serial", words.SERIAL),), list(serial), role="serial"), region]


def _look(draw: Draw, truth: Truth) -> Look:
    look = Look(merged_headings=not draw.maybe("unmerged tiers", 0.3))
    if draw.chance(0.75):
        label = draw.pick("total", titles.TOTALS)
        autonomous = truth.province.endswith("自治区")
        look.total_label = label.replace("全省", "全区").replace("省", "区") if autonomous else label
        look.total_first = draw.maybe("total first", 0.3)
        look.total_in_serial = not draw.maybe("total beside serial", 0.3)
        look.merged_total = not draw.maybe("total not merged", 0.3)
    return look


def _grouped(columns: list[Column], group: str, roles: set[str]) -> list[Column]:
    """Columns that stand side by side under one heading."""
    inside = [at for at, column in enumerate(columns) if column.role in roles]
    span = range(inside[0], inside[-1] + 1)
    return [
        Column((group, *column.path), column.cells, column.total, column.role) if at in span else column
        for at, column in enumerate(columns)
    ]


def _plain(draw: Draw, truth: Truth) -> Shape:
    """One line a region; measures across."""
    lines = list(truth.figures)
    style = number_style(draw)
    measures = [_measure(draw, truth, lines, name, style) for name in lines[0].numbers]
    columns = _extras(draw, truth, lines, measures)
    names = set(lines[0].numbers)
    if truth.ledger in words.GROUPS and len(names) > 1 and draw.maybe("two tiers", 0.3):
        columns = _grouped(columns, draw.pick("group", words.GROUPS[truth.ledger]), names)
    found = [*_region_columns(draw, truth, [line.region for line in lines]), *columns]
    return Shape(found, _look(draw, truth), needs_year=truth.undated)


def _monthly(draw: Draw, truth: Truth) -> Shape:
    """Three months side by side; the last one is the report's."""
    lines = list(truth.figures)
    columns = _region_columns(draw, truth, [line.region for line in lines])
    form = draw.pick("month group", MONTH_GROUPS)
    pair = [
        heading(draw, f"{truth.ledger} {name}", HEADINGS[truth.ledger][name])
        for name in ("enrolled", "completed")
    ]
    first = max(1, truth.day.month - 2)
    for month in range(first, truth.day.month + 1):
        back = truth.day.month - month
        day = date(truth.day.year, month, calendar.monthrange(truth.day.year, month)[1])
        group = form.format(m=month, y=truth.day.year)
        tallies: Tallies = {}
        for name, words_for in zip(("enrolled", "completed"), pair, strict=True):
            numbers = [_earlier(line.numbers, name, back) for line in lines]
            columns.append(Column((group, words_for), list(numbers), sum(numbers), name))
            tallies |= {
                (line.region.name, 0, name, ""): one for line, one in zip(lines, numbers, strict=True)
            }
        if back:
            truth.earlier[day] = tallies
    return Shape(columns, _look(draw, truth), needs_year=True, tells_day=True)


def _earlier(numbers: dict[str, int], name: str, back: int) -> int:
    """Of so many months before: no more than now."""
    enrolled = max(0, numbers["enrolled"] - back)
    return enrolled if name == "enrolled" else min(enrolled, numbers[name] - back * (numbers[name] // 9))


def _by_year(draw: Draw, truth: Truth) -> Shape:
    """Years across: in the headings, or as a tier above or below them."""
    name = next(iter(truth.figures[0].numbers))
    style = number_style(draw)
    by_region = {
        region: {line.year: line.numbers[name] for line in truth.figures if line.region == region}
        for region in truth.regions
    }
    plain = heading(draw, f"{truth.ledger} {name}", HEADINGS[truth.ledger][name])
    tiers = draw.pick(
        "years", ("in headings", "years below", "years above", "years alone below"), share=draw.mess * 0.6
    )
    group = draw.pick("group", words.GROUPS.get(truth.ledger, (plain,)))
    form = draw.pick("year in heading", YEAR_FORMS)
    columns = _region_columns(draw, truth, list(by_region))
    for year in truth.years:
        path = {
            "in headings": (form.format(y=year, h=plain),),
            "years below": (group, f"{year}年"),
            "years above": (f"{year}年", plain),
            "years alone below": (group, str(year)),
        }[tiers]
        numbers = [one[year] for one in by_region.values()]
        columns.append(Column(path, [style(one) for one in numbers], sum(numbers), name))
    if truth.ledger == "assistance_targets" and len(truth.years) > 1 and draw.chance(0.7):
        sums = [sum(one.values()) for one in by_region.values()]
        words_for = draw.pick("sum of years", SUMS).format(h=plain)
        path = (group, words_for) if "below" in tiers else (words_for,)
        columns.append(Column(path, [style(one) for one in sums], sum(sums)))
    lines = [line for line in truth.figures if line.year == truth.years[0]]
    if draw.chance(draw.mess):
        entry = draw.pick("column beside", ("=:备注", *words.BESIDE[truth.ledger]), share=1.0)
        columns.append(_beside(draw, truth, lines, entry))
    return Shape(columns, _look(draw, truth))


def _long_years(draw: Draw, truth: Truth) -> Shape:
    """A line for each region and year."""
    lines = list(truth.figures)
    name = next(iter(lines[0].numbers))
    columns = _region_columns(draw, truth, [line.region for line in lines])
    form = draw.pick("year in cell", ("{}年", "{}", "{}年度"))
    columns.append(
        Column((draw.pick("heading year", YEAR_HEADINGS),), [form.format(line.year) for line in lines])
    )
    columns.append(_measure(draw, truth, lines, name, number_style(draw)))
    return Shape(columns, Look())


def _indicators_down(draw: Draw, truth: Truth) -> Shape:
    """A line for each region and indicator; the region sometimes only beside its first."""
    lines = list(truth.figures)
    said = _said_indicators(draw, lines)
    columns = _region_columns(draw, truth, [line.region for line in lines])
    columns.append(
        Column((draw.pick("heading indicator", words.INDICATOR),), [said[line.item] for line in lines])
    )
    style = number_style(draw)
    measures = [_measure(draw, truth, lines, name, style) for name in ("due", "done")]
    columns += _extras(draw, truth, lines, measures)
    if draw.maybe("region once", 0.4):
        for column in columns:
            if column.role in ("region", "serial"):
                column.cells = [
                    now if at == 0 or lines[at - 1].region != lines[at].region else None
                    for at, now in enumerate(column.cells)
                ]
    return Shape(columns, Look())


def _said_indicators(draw: Draw, lines: list[Figures]) -> dict[str, str]:
    items = dict.fromkeys(line.item for line in lines)
    return {item: draw.pick("indicator", words.INDICATORS[item]) for item in items}


def _indicators_across(draw: Draw, truth: Truth) -> Shape:
    """Indicators as a tier above 应完成 and 已完成."""
    said = _said_indicators(draw, list(truth.figures))
    columns = _region_columns(draw, truth, list(truth.regions))
    pair = {
        name: heading(draw, f"institutions {name}", HEADINGS["institutions"][name])
        for name in ("due", "done")
    }
    style = number_style(draw)
    for item, words_for in said.items():
        lines = [line for line in truth.figures if line.item == item]
        for name in ("due", "done"):
            numbers = [line.numbers[name] for line in lines]
            columns.append(
                Column((words_for, pair[name]), [style(one) for one in numbers], sum(numbers), name)
            )
    return Shape(columns, _look(draw, truth))


def _shape(draw: Draw, truth: Truth) -> Shape:
    several = truth.ledger == "declaration_counts" or len(truth.years) > 1
    if truth.ledger == "institutions":
        return draw.pick("layout", (_indicators_down, _indicators_across), share=0.3)(draw, truth)
    if several:
        return draw.pick("layout", (_by_year, _long_years), share=0.2)(draw, truth)
    of_quota = truth.ledger == "demonstration_quota"
    if truth.undated and (draw.maybe("year in heading", 0.2) if of_quota else draw.chance(0.4)):
        return _by_year(draw, truth)
    long_enough = (
        truth.day.month > 2 and calendar.monthrange(truth.day.year, truth.day.month)[1] == truth.day.day
    )
    if truth.ledger == "governance_progress" and long_enough and draw.maybe("months side by side", 0.1):
        return _monthly(draw, truth)
    return _plain(draw, truth)


def _saved_formulas(sheet: Sheet, shape: Shape) -> None:
    """The total as the formula that the office's workbook has."""
    last = len(sheet.rows) - 1
    first = last - len(shape.columns[0].cells)
    for at, column in enumerate(shape.columns):
        value = sheet.rows[last][at]
        if isinstance(value, int) and all(isinstance(cell, int) for cell in column.cells):
            sheet.rows[last][at] = Formula(last - first, value)


def table(draw: Draw, truth: Truth) -> tuple[Sheet, Shape]:
    """The table of a summary, without anything around it."""
    shape = _shape(draw, truth)
    flat = all(len(column.path) == 1 for column in shape.columns)
    lines = len(shape.columns[0].cells)
    once_each = len(truth.figures) == len(truth.regions)
    if flat and once_each and draw.maybe("regions across", 0.08):
        shape.columns = [column for column in shape.columns if column.role != "serial"]
        shape.look.transposed = True
    elif flat and once_each and lines > 7 and draw.maybe("halves side by side", 0.06):
        shape.look.halves = True
        shape.look.total_first = False
    elif draw.maybe("headings repeated", 0.05):
        shape.look.repeat_every = 5
    sheet = laid_out(shape.columns, shape.look)
    plain = not (
        shape.look.transposed or shape.look.halves or shape.look.repeat_every or shape.look.total_first
    )
    if plain and shape.look.total_label and len(shape.columns) < 26 and draw.maybe("formulas", 0.3):
        _saved_formulas(sheet, shape)
    if plain and draw.maybe("hidden rows", 0.05):
        depth = max(len(column.path) for column in shape.columns)
        sheet.hidden_rows = {depth + at for at in range(1, lines, 3)}
    if plain and flat and not shape.look.total_label and draw.maybe("Excel table", 0.1):
        names = [str(one) for one in sheet.rows[0]]
        if all(one.casefold() != other.casefold() for one, other in pairwise(sorted(names))):
            sheet.listed = (0, 0, len(sheet.rows) - 1, len(shape.columns) - 1)
    return sheet, shape
