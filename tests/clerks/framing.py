"""What stands around a table: title, lines above, notes below, the names of sheet and file."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.clerks.drawing import Draw
from tests.clerks.tables import Page
from tests.clerks.truth import Truth
from tests.clerks.words import days, titles


@dataclass
class Frame:
    """The page and the names; what a fault changes before they are used."""

    page: Page
    sheet: str
    file: str
    title: str
    day_on_sheet: str = ""
    """The day, where the sheet's name tells it: every sheet of figures bears it, and no text file can."""
    said: list[str] = field(default_factory=list)


def office_of(draw: Draw, truth: Truth) -> str:
    """Who sends it."""
    if not truth.is_list or len(truth.regions) > 1:
        return truth.province + draw.pick(
            "office", ("卫生健康委", "卫生健康委员会", "职业病防治院", "疾病预防控制局")
        )
    place = truth.regions[0].office
    return place + draw.pick(
        "office", ("卫生健康委员会", "卫生健康委", "卫健委", "卫生健康局", "疾控局", "疾病预防控制局")
    )


def _place(draw: Draw, truth: Truth, table_tells: bool) -> str:
    if truth.region:
        return draw.pick(
            "place in title", (truth.region, truth.regions[0].office, truth.province + truth.region)
        )
    if table_tells and draw.maybe("no province in title", 0.4):
        return draw.any(("全省", "")) if not truth.province.endswith("自治区") else ""
    return truth.province


def _title(draw: Draw, truth: Truth, plan: days.DayPlan, place: str, needs_year: bool) -> str:
    words = draw.pick("title", titles.TITLES[truth.ledger])
    if words.startswith(("各市", "市")) and truth.region:
        words = words.removeprefix("各").removeprefix("市级").removeprefix("市")
    if plan.before_title:
        return f"{place}{plan.before_title}{words}"
    forms = [form for form in titles.TITLE_FORMS if "{y}" in form or not needs_year]
    form = draw.pick("title form", forms)
    year = "—".join(map(str, truth.years)) if truth.undated else truth.day.year
    return form.format(p=place, y=year, t=words) + plan.after_title


def _lines(draw: Draw, truth: Truth, plan: days.DayPlan) -> list[list[object]]:
    """The lines between title and headings."""
    found: list[list[object]] = []
    office = office_of(draw, truth)
    if truth.ledger == "cdc_guidance":
        label = draw.pick(
            "institution",
            ("帮扶单位：{}", "帮扶单位（盖章）：{}", "帮扶机构：{}", "帮扶单位:{}", "帮扶单位名称：{}"),
        )
        found.append([label.format(truth.institution)])
    elif draw.chance(0.6):
        found.append([draw.pick("filler", titles.FILLERS).format(o=office)])
        if draw.maybe("names beside filler", 0.3):
            found[-1] += [None, None, draw.pick("people", titles.PEOPLE)]
    found += plan.lines
    if not truth.undated and draw.maybe("filing day", 0.35):
        line = days.filing_day(draw, truth.day)
        if found and draw.chance(0.5) and len(found[0]) == 1:
            found[0] += [None, line]
        else:
            found.append([line])
    if not truth.is_list and draw.chance(0.6):
        unit = draw.pick("unit", titles.UNITS)
        if found and len(found[-1]) == 1 and draw.chance(0.5):
            found[-1] += [None, unit]
        else:
            found.append([unit])
    if draw.maybe("lines shuffled", 0.2):
        draw.random.shuffle(found)
    return found


def _below(draw: Draw, plan: days.DayPlan) -> list[list[object]]:
    notes: list[list[object]] = [[note] for note in plan.notes]
    for _ in range(draw.number(0, 2) if draw.chance(draw.mess) else 0):
        notes.append([draw.pick("note", titles.NOTES, share=1.0)])
    if draw.maybe("people below", 0.2):
        notes.append([draw.pick("people", titles.PEOPLE), None, "审核人：张某某"])
    return notes


def _file_name(draw: Draw, truth: Truth, plan: days.DayPlan, place: str, words: str) -> str:
    forms = [form for form in titles.FILES if "{t}" in form or not plan.file_end]
    form = draw.pick("file name", forms)
    year = "" if plan.file_end or not draw.chance(0.5) else f"{truth.years[0]}年"
    name = form.format(p=place, t=words, y=year) + plan.file_end
    return "".join(letter for letter in name if letter not in '\n/\\:*?"<>|《》')


def framed(draw: Draw, truth: Truth, needs_year: bool, tells_day: bool) -> Frame:
    """Everything around the table; where the table's headings tell the day, nothing else does."""
    plan = days.DayPlan() if truth.undated or tells_day else days.planned(draw, truth.day)
    place = _place(draw, truth, table_tells=not truth.is_list)
    title = _title(draw, truth, plan, place, needs_year or plan.year_in_title)
    above: list[list[object]] = [[title]]
    if draw.maybe("line above title", 0.2):
        above.insert(0, [draw.pick("above title", titles.ABOVE_TITLE)])
    if draw.maybe("blank line below title", 0.15):
        above.append([])
    above += _lines(draw, truth, plan)
    page = Page(above, _below(draw, plan), merged_lines=not draw.maybe("title not merged", 0.3))
    if draw.maybe("blank rows above", 0.15):
        page.down = draw.number(1, 3)
    if draw.maybe("blank columns before", 0.12):
        page.right = draw.number(1, 2)
    if draw.maybe("gap before notes", 0.3):
        page.gap = draw.number(1, 2)
    words = titles.TITLES[truth.ledger][0]
    sheet = plan.sheet or draw.pick("sheet name", titles.SHEETS).format(p=place or truth.province, t=words)
    return Frame(page, sheet, _file_name(draw, truth, plan, place, words), title, plan.sheet)
