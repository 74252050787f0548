"""Columns told by what stands in them: that of places has dozens of headings, and sometimes none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from zyb.intake.rosters import names_county, names_region, names_whole
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.reading import Sheet
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.headings import lexicon

# What stands in the first lines tells.
LINES_LOOKED_AT = 40
# With what Excel makes of one: 9.16103E+17.
CODE = re.compile(r"[0-9A-Z]{18}|9\d?\.\d+E\+?1[67]", re.IGNORECASE)
# What is said of another party (检测机构), or of a number or telephone of it, is nothing of what the list is about.
OF_OTHERS = frozenset({"other_party", "attribute", "order", "share"})
# What a firm's own name ends with; a line that is none may end in 企业: 已搬迁企业.
ENDINGS_OF_FIRMS = (
    "公司", "厂", "集团", "矿", "合作社", "分公司", "车间", "项目部", "石料场", "加工点", "经营部", "门市部",
)  # fmt: skip
FIRMS = (*ENDINGS_OF_FIRMS, "企业")


class Contents:
    """The distinct texts in the first lines of a sheet's columns: each is looked at once, however often it is read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.texts = cache(self._texts)
        self._names_whole = cache(names_whole)
        self.name_places = cache(self._name_places)

    def _texts(self, row: int, index: int) -> list[str]:
        column = self._sheet.table.column(index).slice(row, LINES_LOOKED_AT)
        return [text for text in dict.fromkeys(column.to_pylist()) if text and text.strip()]

    def _name_places(self, row: int, index: int) -> bool:
        """Whether anything in a column names a place of the country."""
        return any(names_region(text) or names_county(text) for text in self.texts(row, index))

    def hold(self, names: Callable[[str], bool], row: int, index: int) -> bool:
        """Whether most of a column's texts are such, and the first of them is one; sums aside."""
        written = self.texts(row, index)
        first = next((text for text in written if not self._names_whole(text)), "")
        if not first or not names(first):  # of most columns, told by a single look
            return False
        texts = [text for text in written if not self._names_whole(text)]
        return 3 * sum(map(names, texts)) >= 2 * len(texts)


def with_content(found: TableFound, seen: Contents | None = None) -> TableFound:
    """The table with the columns that what stands in them tells, whatever they are called: places, codes, names of
    enterprises, and choices whose options no other column of the ledger has."""
    seen = seen or Contents(found.sheet)
    return _with_choices(_with_enterprises(_with_places(found, seen), seen), seen)


def _with_enterprises(found: TableFound, seen: Contents) -> TableFound:
    """Codes of eighteen letters are 统一社会信用代码, and what ends in 公司 or 厂 is the name of the one it is about."""
    if not found.ledger.is_list:
        return found
    for column, is_one in ((found.ledger.of_type("uscc"), _is_code), (found.ledger.key_column, _is_firm)):
        if column and column.name not in found.fields and (at := _only_column_of(found, seen, is_one)):
            found = _with(found, column.name, at)
    return found


def _is_code(text: str) -> bool:
    return bool(CODE.fullmatch(text.strip()))


def _is_firm(text: str) -> bool:
    return text.strip().endswith(FIRMS)


def _only_column_of(found: TableFound, seen: Contents, names: Callable[[str], bool]) -> ColumnFound | None:
    """Of two such columns nobody knows which is meant."""
    holding = [one for one in found.unknown if seen.hold(names, found.body_row, one.index)]
    if any(map(_is_of_others, holding)):
        return None
    return holding[0] if len(holding) == 1 else None


def _is_of_others(at: ColumnFound) -> bool:
    return not lexicon().spread(OF_OTHERS).isdisjoint(at.said.core | at.said.hints)


def _with_choices(found: TableFound, seen: Contents) -> TableFound:
    """企业类型 over 小型, 微型 is 企业规模; 生产规模 is not, for it says that it is another thing."""
    choices = [column for column in found.ledger.columns if column.type == "choice" and not column.headed]
    for column in choices:
        alone = all(one is column or one.options != column.options for one in choices)
        sought = alone and found.unknown and column.name not in found.fields
        if at := _column_of(found, seen, partial(_is_option, column), column) if sought else None:
            found = _with(found, column.name, at)
    return found


def _is_option(column: Column, text: str) -> bool:
    return text.strip() in column.options


def _with(found: TableFound, name: str, at: ColumnFound) -> TableFound:
    unknown = tuple(one for one in found.unknown if one.index != at.index)
    return replace(found, fields={**found.fields, name: (replace(at, by_content=True),)}, unknown=unknown)


def _with_places(found: TableFound, seen: Contents) -> TableFound:
    found = _without_years_of_places(found, seen)
    for kind, names in (("region", names_region), ("county", names_county)):
        column = found.ledger.of_type(kind)
        if column is None:
            continue
        found = _decided(found, seen, column.name, names)
        if column.name not in found.fields and (at := _column_of(found, seen, names)):
            found = _with(found, column.name, at)
    return found


def _without_years_of_places(found: TableFound, seen: Contents) -> TableFound:
    """年度 in the corner, over cities one below the other, is what stands beside it: 2023 | 2024."""
    column = found.ledger.of_type("year")
    twins = found.fields.get(column.name, ()) if column else ()
    places = [one for one in twins if seen.hold(names_region, found.body_row, one.index)]
    if not column or not places:
        return found
    kept = tuple(one for one in twins if one not in places)
    fields = {name: those for name, those in found.fields.items() if name != column.name}
    unknown = tuple(sorted((*found.unknown, *places), key=lambda one: one.index))
    return replace(found, fields={**fields, column.name: kept} if kept else fields, unknown=unknown)


def _decided(found: TableFound, seen: Contents, name: str, names: Callable[[str], bool]) -> TableFound:
    """Of columns that are all headed like places (地区, 责任单位) the one that holds them; none, where another does: 属地
    beside 单位 with the names of firms."""
    twins = found.fields.get(name, ())
    holding = [one for one in twins if seen.hold(names, found.body_row, one.index)]
    if not holding and len(twins) > 1:  # a list may name counties only
        holding = [one for one in twins if seen.hold(names_county, found.body_row, one.index)]
    kept = len(twins) == 1 and not holding
    if kept and not _elsewhere(found, seen, twins[0], names) and not _names_firms(found, seen, twins[0]):
        return found
    if len(holding) > 1 or not twins or holding == list(twins) or (len(twins) > 1 and not holding):
        return found
    left = {field: those for field, those in found.fields.items() if field != name}
    others = tuple(one for one in twins if one not in holding)
    unknown = tuple(sorted((*found.unknown, *others), key=lambda one: one.index))
    return replace(found, fields={**left, name: tuple(holding)} if holding else left, unknown=unknown)


def _names_firms(found: TableFound, seen: Contents, headed: ColumnFound) -> bool:
    """单位名称 beside 企业名称 may be headed like a place: in a list what ends in 公司 is none."""
    return found.ledger.is_list and seen.hold(_is_firm, found.body_row, headed.index)


def _elsewhere(found: TableFound, seen: Contents, headed: ColumnFound, names: Callable[[str], bool]) -> bool:
    """Whether places stand in another column, and in the one that is headed so nothing that names any."""
    return not seen.name_places(found.body_row, headed.index) and _column_of(found, seen, names) is not None


def _column_of(
    found: TableFound, seen: Contents, names: Callable[[str], bool], column: Column | None = None
) -> ColumnFound | None:
    used = found.used
    headed = {one.index: one for one in found.unknown}
    free = [
        n for n in range(found.sheet.n_cols) if n not in used and (n in headed or not found.ledger.is_list)
    ]
    full = [
        headed.get(n) or ColumnFound(index=n, heading="") for n in free if seen.hold(names, found.body_row, n)
    ]
    holding = [one for one in full if not _is_of_others(one) and not (column and one.nearly(column))]
    if not holding or (found.ledger.is_list and len(holding) > 1):
        return None
    return ColumnFound(index=holding[0].index, heading=holding[0].heading)
