"""What stands around a table: title, unit line, notes, the file's name — province, day and year come from there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from zyb.errors import NotPossible
from zyb.intake.cells.as_of import Days, FoundDay, find_days, years_alone, years_in, years_of_figures
from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.rosters import nation, rosters
from zyb.intake.tables.found import TableFound
from zyb.periods import chinese_day
from zyb.rulebook.book import rule
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.measures import booked_by_day
from zyb.rulebook.places.divisions import NATION, Division
from zyb.rulebook.places.placenames import short_name
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Region, Roster, load_roster

# So much of a long text tells which one is meant.
BEGINNING = 20
# As many days that differ are named.
DAYS_NAMED = 4
# Whoever reports once a year means its end by 2024年度.
WHOLE_YEARS = ("yearly", "once")
# A month's figures may be filed before its last day; none of the months to come.
LONGEST_AHEAD = timedelta(days=31)
# 海南州 is in 青海, 河南蒙古族自治县 as well.
NOT_OF_ANOTHER = "(?!州|藏族|蒙古族|县)"
WHERE_TITLED, WHERE_SHEET = "标题", "工作表名"
BY_SHEET, BY_FILE = "sheet_of_another_place", "place_contradicted"
# 眉县 within a title may be part of another name; at its beginning it is the county.
SHORT_NAME = 2


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    names: tuple[str, ...]
    cut: str = ""
    """The beginning of a text that is too long to be looked at to its end."""
    unclear: str = ""
    """A number above the table that is two days: 2024.1 may have been typed 2024.10."""
    moment: str = ""
    """As of when the columns are, by their own headings."""
    beside: bool = False
    """Whether columns as of other times stand beside them: then the title's day is that of the last."""

    def days(self) -> Days:
        titles = [self._without_unclear(title) for title in self.titles] if self.unclear else self.titles
        around = replace(find_days(titles, self.notes, self.names), unclear=self.unclear)
        if not self.moment:
            return around
        own = self._days_of_columns()
        differ = around.found and own.found and around.found.day != own.found.day
        if differ and not self.beside and around.found and own.found:
            return Days(contested=(own.found, around.found), filed=around.filed)
        return replace(own, filed=around.filed)

    def _days_of_columns(self) -> Days:
        """The day that the headings say; the year stands in the title, or in a name."""
        bare = self.moment.removeprefix("截至").removeprefix("截止")
        years = years_of_figures(self.titles) or years_of_figures((), self.names)
        return find_days((f"截至{bare}", *(f"{year}年" for year in years)), (), ())

    def _without_unclear(self, title: str) -> str:
        return " ".join(part for part in title.split(" ") if part != self.unclear)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What may name a place, and where it stands. The names are the sheet's, if it has one, and the file's."""
        wheres = (WHERE_SHEET, "文件名")[-len(self.names) :] if self.names else ()
        return (*((text, WHERE_TITLED) for text in self.titles), *zip(self.names, wheres, strict=True))


def surroundings(table: TableFound, file_name: str) -> Surroundings:
    stem = file_name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0]
    titles, notes = table.title_lines, table.note_lines
    names = [name for name in (table.sheet.name, stem) if name]
    long = (text[:BEGINNING] for text in (*titles, *notes, *names) if len(text) > LONGEST_LINE)
    return Surroundings(
        titles=_shortened(titles), notes=_shortened(notes), names=_shortened(names), cut=next(long, ""),
        unclear=_unclear_above(table), moment=table.moment, beside=table.beside,
    )  # fmt: skip


def _unclear_above(table: TableFound) -> str:
    cells = dict(table.rows_above())
    above = (cells[row][column] for row, column in table.sheet.doubts.unclear if row in cells)
    return next((text for text in above if text), "")


def _shortened(texts: list[str]) -> tuple[str, ...]:
    return tuple(text[:LONGEST_LINE] for text in texts)


def titled_province(around: Surroundings) -> Roster | None:
    said = narrow("".join((*around.titles, *around.names)))
    found = [
        roster
        for roster in rosters()
        if roster.province in said or re.search(roster.province_short + NOT_OF_ANOTHER, said)
    ]
    return found[0] if len(found) == 1 else None


def _rosters_by_matches(places: Iterable[str]) -> list[Roster]:
    """The rosters that know most of the places; more than one when they tie."""
    matches: Counter[str] = Counter()
    for roster in rosters():
        counties = {county.name for county in roster.counties}
        known = sum(bool(roster.find(place)) or place in counties for place in set(places))
        matches[roster.province_code] = known
    # 石家庄市 is a city of 河北; the nation knows a table by its provinces alone, whatever counties stand in it.
    matches[NATION.code] = sum(bool(nation().find(place)) for place in set(places))
    most = max(matches.values(), default=0)
    return [roster for roster in (*rosters(), nation()) if matches[roster.province_code] == most > 0]


def find_province(
    around: Surroundings, places: list[str], given: str | None, preferred: str | None = None
) -> tuple[Roster | None, list[Problem]]:
    """The province as given, as the title names it, as most places tell, or as the page prefers."""
    titled = titled_province(around)
    if given:
        roster = load_roster(given)
        clash = titled is not None and roster.province not in (titled.province, NATION.name)
        return roster, [_other_province(titled, roster)] if clash and titled else []
    if titled:
        return (nation() if _is_to_the_nation(titled, places, preferred) else titled), []
    likely = _rosters_by_matches(places)
    liked = [roster for roster in likely if preferred in (roster.province, roster.province_short)]
    if len(likely) == 1 or liked:
        return (liked or likely)[0], []
    if preferred and not likely:  # nothing in the file speaks for any other
        return load_roster(preferred), []
    return None, [problem("mixed_provinces")]


def _is_to_the_nation(titled: Roster, places: Iterable[str], preferred: str | None) -> bool:
    """On the page of 全国 a province's own line (陕西省 | 4699 | 2575) is one to the nation, not a sum without regions."""
    known = [place for place in set(places) if nation().find(place) or titled.find(place)]
    return preferred == NATION.name and bool(known) and not any(map(titled.find, known))


def _other_province(titled: Roster, chosen: Roster) -> Problem:
    return problem("other_province", titled=titled.province, province=chosen.province)


def _day_problems(found: FoundDay) -> list[Problem]:
    shown = chinese_day(found.day)
    if found.impossible:
        return [problem("no_such_day", value=found.text, day=shown)]
    if found.short:
        return [problem("as_of_two_digits", value=found.text, day=shown)]
    return [] if found.exact else [problem("as_of_month_end", value=found.text, day=shown)]


def _unknown(days: Days, ahead: FoundDay | None = None) -> Problem:
    """The question, with what stands there and is no answer: a day of filing, one far ahead of it, days that differ,
    a number."""
    beside = ""
    if ahead and days.filed:
        beside = f"，写的“{ahead.text}”晚于填报日期{chinese_day(days.filed)}"
    elif days.contested:
        written = "、".join(f"“{found.text}”" for found in days.contested[:DAYS_NAMED])
        beside = f"，写的{written}不是同一天"
    elif days.unclear:
        beside = f"，“{days.unclear}”是数字，可能是1月，也可能是10月"
    elif days.filed:
        beside = f"，只有填报日期{chinese_day(days.filed)}"
    offer = f"如数据就是{chinese_day(days.filed)}的，请选这一天；" if days.filed else ""
    value = days.filed.isoformat() if days.filed else ""
    return problem("as_of_unknown", value=value, beside=beside, offer=offer)


def _assumed(days: Days, ledger: Ledger, years: list[int]) -> tuple[date, list[Problem]] | None:
    """What the ledger's rules allow where no day is written: a plan's first day, the day of filing, the whole year."""
    if ledger.set_for_years and years:
        day = date(min(years), 1, 1)
        return day, [problem("as_of_assumed", day=chinese_day(day))]
    if ledger.undated_from == "filed" and days.filed:
        return days.filed, [problem("as_of_filed", day=chinese_day(days.filed), ledger=ledger.title)]
    if days.whole_year and ledger.cadence in WHOLE_YEARS:
        day = date(days.whole_year, 12, 31)
        return day, [problem("as_of_whole_year", value=f"{days.whole_year}年度", day=chinese_day(day))]
    return None


def find_day(
    table: TableFound, around: Surroundings, years: list[int], given: date | None, today: date
) -> tuple[date | None, list[Problem]]:
    """数据截至: as given, as written, else as the ledger's rules assume; what nobody can tell is asked."""
    days = around.days()
    day, problems = _day_of(days, table, years, given)
    if day and day > today:
        problems = [*problems, problem("as_of_future", day=chinese_day(day))]
    cut = [problem("text_cut", table.sheet.name, "", around.cut, limit=LONGEST_LINE)] if around.cut else []
    return day, [*problems, *_of_another_year(table, around, day), *cut]


def _of_another_year(table: TableFound, around: Surroundings, day: date | None) -> list[Problem]:
    """A list of 2024年度 that is booked on a day of 2025 would be counted for 2025."""
    years = years_alone(around.titles)
    if day is None or len(years) != 1 or years[0] == day.year or table.ledger.id not in booked_by_day():
        return []
    words = {"titled": years[0], "day": chinese_day(day), "year": day.year, "ledger": table.ledger.title}
    return [problem("year_of_another_day", table.sheet.name, "", f"{years[0]}年", **words)]


def _day_of(
    days: Days, table: TableFound, years: list[int], given: date | None
) -> tuple[date | None, list[Problem]]:
    found = days.found
    if given and not (table.beside and found):  # an answer is one day; columns of several say their own
        differs = found is not None and found.day != given
        told = {"found": chinese_day(found.day) if found else "", "given": chinese_day(given)}
        return given, [problem("as_of_conflict", **told)] if differs else []
    if found and days.filed and found.day - days.filed > LONGEST_AHEAD:
        return None, [_unknown(replace(days, found=None), found)]
    if found and not found.exact and days.filed and days.filed < found.day:
        words = {"value": found.text, "day": chinese_day(found.day), "filed": chinese_day(days.filed)}
        return found.day, [problem("as_of_after_filing", **words)]
    if found:
        return found.day, _day_problems(found)
    assumed = None if days.contested else _assumed(days, table.ledger, years)
    return assumed or (None, [_unknown(days)])


def titled_year(around: Surroundings) -> int | None:
    """The one year that the title speaks of, before that of a day in it: a list of 2024年度 is made in February 2025. Two
    different ones speak of none."""
    alone = years_alone(around.titles)
    years = alone if len(alone) == 1 else years_in(around.titles) or years_in(around.names)
    return years[0] if len(years) == 1 else None


# “市/县/区：石家庄市桥西区” above the form's table.
PLACE_LABEL = re.compile(r"^(?:[省市州县区旗、/()]+|填报地区|地区|所属地区|行政区域)[:：](.+)$")


@dataclass(frozen=True)
class Place:
    """The region (and county) that a whole table is about, when its rows do not say.

    `inferred` when only a county is named: several provinces may have one of that name. `where` and `text`
    tell where it was read: 标题, 工作表名 or 文件名, and what stands there.
    """

    region: Region | None = None
    county: Division | None = None
    inferred: bool = False
    where: str = field(default="", compare=False)
    text: str = field(default="", compare=False)
    other: str = field(default="", compare=False)
    """The sheet's or the file's name, as told to people, where it names another place than the title."""

    @property
    def contradicted(self) -> str:
        """The code of the problem that two places are named; blank where there is none."""
        if not self.other:
            return ""
        return BY_SHEET if self.other.startswith(WHERE_SHEET) else BY_FILE


def find_place(around: Surroundings, roster: Roster, given: str | None = None) -> Place:
    """From the answer given, else the one region named in the title, the sheet's or the file's name."""
    if given:
        region = roster.find(given)
        if region is None:
            raise NotPossible(f"“{given}”不在{roster.province}的地区名册中。", "请改为名册中的地区。")
        own = find_place(around, roster)
        return (
            own if own.contradicted == BY_SHEET else Place(region, None)
        )  # of its sheets an answer tells nothing
    said = [(narrow(text), where) for text, where in around.said]
    labelled = [(label[1], where) for text, where in said if (label := PLACE_LABEL.match(text))]
    for text, where in (*labelled, *said):
        if found := _place_in(roster, text):
            county = found.county or _county_in(found.region, [text for text, _ in said], roster)
            written = next(line.strip() for line, at in around.said if at == where and text in narrow(line))
            placed = replace(found, county=county, where=where, text=written)
            return replace(placed, other=_other_place(placed, around, roster))
    return Place()


def _other_place(place: Place, around: Surroundings, roster: Roster) -> str:
    """A name that is clearly of another region, or of another county of the same: the title may be that of a copy."""
    for text, where in around.said:
        if where in (place.where, WHERE_TITLED) or not place.region:
            continue
        plain = narrow(text)
        regions = {region for region in roster.regions if region.name in plain} or {roster.find(text)} - {
            None
        }
        if len(regions) == 1 and place.region not in regions:
            return f"{where}“{text.strip()}”"
        county = roster.county(text, place.region) if place.county and not regions else None
        if county and county != place.county and county.code in place.region.members:
            return f"{where}“{text.strip()}”"
    return ""


def _place_in(roster: Roster, text: str) -> Place | None:
    if region := roster.find(text):
        return Place(region)
    if text.endswith(_county_endings(roster.province_code)) and (county := roster.county(text)):
        around = roster.region_of_county(county.code)
        return Place(around, county, inferred=around is None or around.short not in text)
    regions = [region for region in roster.regions if region.name in text]
    counties = [
        county
        for county in roster.counties
        if county.name in text and (len(county.name) > SHORT_NAME or text.startswith(county.name))
    ]
    if not regions and not counties:
        regions = [region for region in roster.regions if len(region.short) > 1 and region.short in text]
    if len(regions) == 1:
        inside = [county for county in counties if county.code in regions[0].members]
        return Place(regions[0], inside[0] if len(inside) == 1 else None)
    if not regions and len(counties) == 1:
        return Place(roster.region_of_county(counties[0].code), counties[0], inferred=True)
    return None


@rule
def _county_endings(province_code: str) -> tuple[str, ...]:
    """What the name of a county may end in: every upload asks this of 31 provinces."""
    roster = load_roster(province_code)
    now = {form for county in roster.counties for form in (county.code, county.name, short_name(county.name))}
    return tuple(now | {county.name for county in roster.former})


def _county_in(region: Region | None, texts: list[str], roster: Roster) -> Division | None:
    """The title names the city, the sheet (or another line) the county: “桥西区”, “桥西”."""
    for text in texts if region else ():
        # 衡阳 is the city, not the county of the same name.
        inside = [roster.county(text, region)] if len(text) > 1 and roster.find(text) != region else []
        inside += [c for c in roster.counties if region and c.code in region.members and c.name in text]
        inside += [roster.county_by_code(c.present) for c in roster.former if c.parent + c.name in text]
        found = {
            county.code: county for county in inside if county and region and county.code in region.members
        }
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def stated(around: Surroundings, labels: Iterable[str]) -> str | None:
    """What stands behind one of the labels above the table: “帮扶单位（盖章）：西安市疾控中心”."""
    return stated_in(around.titles, labels)


def stated_in(lines: Iterable[str], labels: Iterable[str]) -> str | None:
    """The same of any lines: the first that says it."""
    known = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    for line in lines:
        found = re.search(
            rf"(?:^|[^被受])(?:{known})\s*(?:[(（][^()（）]{{0,8}}[)）]\s*)?[:：]\s*([^\s:：]+)", line
        )
        if found and found[1].strip("_＿"):
            return found[1].strip("_＿")
    return None
