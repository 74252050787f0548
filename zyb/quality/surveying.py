"""From the store to the quality of what each unit handed in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from zyb.errors import NotPossible
from zyb.quality.model import SEVERAL, QualityCounts, QualitySurvey, UnitQuality, columns_of
from zyb.records import CheckedReport, FilledCells
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import load_roster
from zyb.store import Store


def quality_survey(
    store: Store, province: str, since: date, until: date, unit: str | None = None
) -> QualitySurvey:
    """What was handed in for the days from `since` to `until`, by all units or by one; nobody's rows are read."""
    if since > until:
        raise NotPossible(f"起始日期{since}晚于截止日期{until}。", "请核对两个日期。")
    roster = load_roster(province)
    reports, cells = defaultdict[str, list[CheckedReport]](list), defaultdict[str, list[FilledCells]](list)
    every = store.checked_reports(roster.province_code, since, until, unit)
    for one in every:
        reports[one.unit].append(one)
    all_cells = store.filled_cells(roster.province_code, since, until, unit)
    for cell in all_cells:
        cells[cell.region_code].append(cell)
    names = {region.code: region.name for region in roster.regions} | {"": SEVERAL}
    units = (
        UnitQuality(code, name, QualityCounts(tuple(reports[code])), columns_of(cells[code]))
        for code, name in names.items()
    )
    called = names.get(unit, province) if unit else level_words(province).whole
    return QualitySurvey(
        province=province, since=since, until=until,
        whole=UnitQuality(unit or "", called, QualityCounts(tuple(every)), columns_of(all_cells)),
        units=tuple(one for one in units if one.counts.reports or one.columns),
    )  # fmt: skip
