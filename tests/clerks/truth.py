"""What is true of a workbook before anybody writes it down: ledger, province, day, rows, and the sums they make."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.clerks import entries
from tests.clerks.drawing import Draw
from tests.clerks.places import CITIES, Region, counties, regions_of

# (region, year or 0, name of the tally, item) -> amount
Tallies = dict[tuple[str, int, str, str], int]

SUMMARIES = (
    "governance_progress", "governance_targets", "declaration_counts", "assistance_targets", "assistance_rates",
    "demonstration_quota", "institutions",
)  # fmt: skip
LISTS = (
    "governance_enterprises", "exceedances", "employers", "assistance", "cdc_guidance", "demonstration",
    "enforcement", "dust_toxics",
)  # fmt: skip
LEDGERS = (*SUMMARIES, *LISTS)
# What is set for years is in force from the first of them; nobody writes a day.
UNDATED = ("governance_targets", "assistance_targets", "demonstration_quota")
INDICATORS = (
    "能力确认", "监测任务承担", "报送卡上报", "个案信息报告", "诊断报告", "监管覆盖", "体检诊断机构质控覆盖", "其他机构质控覆盖", "质控问题整改",
    "违法案件查处", "疑似职业病进入诊断", "评估检查问题整改",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """One line of a summary: of a region, by year and item where the ledger has them."""

    region: Region
    numbers: dict[str, int]
    year: int = 0
    item: str = ""


@dataclass
class Truth:
    """Everything that a reader of the workbook may say of it."""

    ledger: str
    province: str
    day: date
    """数据截至, or the first day of the first year."""
    years: tuple[int, ...]
    regions: tuple[Region, ...]
    figures: tuple[Figures, ...] = ()
    enterprises: list[dict[str, Any]] = field(default_factory=list)
    institution: str = ""
    earlier: dict[date, Tallies] = field(default_factory=dict)
    """What else the same workbook holds, of months before; it may be read or not."""

    @property
    def is_list(self) -> bool:
        return self.ledger in LISTS

    @property
    def region(self) -> str | None:
        """The one region that a list is of."""
        return self.regions[0].name if self.is_list and len(self.regions) == 1 else None

    @property
    def undated(self) -> bool:
        return self.ledger in UNDATED

    def expected(self, written: frozenset[str]) -> Tallies:
        """The sums; of a list, those of the columns that were written."""
        if not self.is_list:
            return {
                (line.region.name, line.year, name, line.item): number
                for line in self.figures
                for name, number in line.numbers.items()
            }
        found: Counter[tuple[str, int, str, str]] = Counter()
        year = self.years[0] if self.ledger == "exceedances" else 0
        for enterprise in self.enterprises:
            for name, item, number in entries.counted(self.ledger, enterprise, written, self.institution):
                found[enterprise["region"], year, name, item] += number
        return dict(found)


def _day(draw: Draw) -> date:
    year = draw.any((2023, 2024, 2024, 2024, 2025))
    month = draw.any((3, 6, 6, 9, 9, 12, *range(1, 13)))
    if draw.chance(0.2):
        return date(year, month, draw.number(2, 27))
    return date(year, month, calendar.monthrange(year, month)[1])


def _some_regions(draw: Draw, province: str) -> tuple[Region, ...]:
    known = regions_of(province)
    if draw.chance(0.85):
        return known
    return tuple(draw.some(known, max(2, len(known) - 2), len(known)))


def _parts(draw: Draw, whole: int) -> int:
    """Some of a whole: mostly less, sometimes all or nothing."""
    return draw.any((0, whole, *(draw.number(0, whole) for _ in range(8))))


def _numbers(draw: Draw, ledger: str) -> dict[str, int]:
    whole = draw.number(8, 900)
    if ledger == "governance_progress":
        return {"enrolled": whole, "completed": _parts(draw, whole)}
    if ledger == "assistance_rates":
        return {
            "assisted": whole,
            **{name: _parts(draw, whole) for name in ("declared", "tested", "examined", "trained")},
        }
    if ledger == "institutions":
        few = draw.number(1, 60)
        return {"due": few, "done": _parts(draw, few)}
    name = {"declaration_counts": "declared", "demonstration_quota": "quota"}.get(ledger, "target")
    return {name: whole}


def summary(draw: Draw, ledger: str) -> Truth:
    """A summary of a province's regions."""
    province = draw.any(tuple(CITIES))
    day = _day(draw)
    years: tuple[int, ...] = ()
    if ledger == "declaration_counts":
        day = day if day.year > 2023 else date(2025, day.month, min(day.day, 28))
        years = (2023, day.year)
    elif ledger in UNDATED:
        first = draw.any((2023, 2024, 2025))
        several = {"assistance_targets": 0.6, "governance_targets": 0.25}.get(ledger, 0.0)
        years = (first, first + 1) if draw.chance(several) else (first,)
        day = date(first, 1, 1)
    regions = _some_regions(draw, province)
    items = draw.some(INDICATORS, 2, 6) if ledger == "institutions" else [""]
    figures = tuple(
        Figures(region, _numbers(draw, ledger), year, item)
        for region in regions
        for year in years or (0,)
        for item in items
    )
    return Truth(ledger, province, day, years or (day.year,), regions, figures)


def enterprise_list(draw: Draw, ledger: str) -> Truth:
    """A list of enterprises of one city, or of a few cities of a province."""
    places = tuple(counties())
    province, city = draw.any(places)
    known = {one.name: one for one in regions_of(province)}
    regions = [known[city]]
    if draw.chance(0.2) and ledger != "cdc_guidance":
        others = [known[name] for where, name in places if where == province and name != city]
        regions += draw.some(others, 1, 2) if others else []
    order = list(known)
    regions.sort(key=lambda one: order.index(one.name))
    day = _day(draw)
    truth = Truth(ledger, province, day, (day.year,), tuple(regions))
    if ledger == "cdc_guidance":
        truth.institution = f"{city}疾病预防控制中心"
    for region in regions:
        for county in draw.some(counties()[province, region.name], 1, 4):
            for _ in range(draw.number(1, 5)):
                at = len(truth.enterprises) + 1
                truth.enterprises.append(entries.invented(draw, ledger, region, county, day, at))
    return truth


def invented(draw: Draw, ledger: str) -> Truth:
    return summary(draw, ledger) if ledger in SUMMARIES else enterprise_list(draw, ledger)
