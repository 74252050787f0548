"""All rows of a list that are in force on a day, as a workbook: written as they come, whatever their number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zyb.access import Permission, Viewer, insist
from zyb.answers.drilling import open_columns
from zyb.errors import NotPossible
from zyb.exports.books.pouring import PouredBook, PouredColumn, RowsWritten, pour
from zyb.periods import chinese_day
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.regions import load_roster
from zyb.store import Edition, Store

WIDTHS = {"uscc": 22, "date": 12, "count": 9, "flag": 13, "industry": 9, "choice": 14, "text": 24}
SERIAL, REGION, COUNTY, YEAR, SNAPSHOT, FILE, SHEET, LINE = (
    "序号", "地区", "县区", "年度", "批次", "文件", "工作表", "行",
)  # fmt: skip


@dataclass(frozen=True)
class _Field:
    """A column of the file. `place` is that of its value in a row from the store."""

    title: str
    kind: str
    width: float
    place: int
    names: Mapping[Any, str] | None = None


def write_detail(
    store: Store, edition: Edition, ledger: Ledger, region_code: str = "", *,
    to: Viewer, personal: bool = False, warning: str = "", progress: RowsWritten | None = None,
) -> bytes:  # fmt: skip
    """The list of a region, or with "" of the whole province, each row with the file and line it came from.

    `NotPermitted` for whom it is not. Columns with personal data are left out unless `personal` (who may have
    them, and that they had, is for the caller to decide and record). `warning` marks invented data.
    """
    insist(to, Permission.EXPORT)
    if not ledger.is_list:
        raise NotPossible(f"《{ledger.title}》是汇总表，没有明细。", "请选择企业或案件台账。")
    return _Detail(store, edition, ledger, region_code, personal, warning).write(progress or _nobody_asks)


def detail_name(edition: Edition, ledger: Ledger, region_code: str = "", warning: str = "") -> str:
    """陕西省专项治理企业台账明细（截至2024年3月1日）.xlsx"""
    mark = "演示数据_" if warning else ""
    place = _place(edition, region_code)
    return f"{mark}{place}{ledger.title}明细（截至{chinese_day(edition.on)}）.xlsx"


def _nobody_asks(done: int, total: int) -> None:
    pass


def _place(edition: Edition, region_code: str) -> str:
    roster = load_roster(edition.province_code)
    region = roster.region(region_code) if region_code else None
    return roster.titled(region)


class _Detail:
    def __init__(
        self, store: Store, edition: Edition, ledger: Ledger, region_code: str, personal: bool, warning: str
    ) -> None:
        self.store, self.edition, self.ledger, self.warning = store, edition, ledger, warning
        self.parts = [
            (part, source)
            for part, source in edition.sources
            if part.ledger == ledger.id and region_code in ("", part.region_code)
        ]
        self.columns = list(ledger.stored) if personal else open_columns(ledger)
        self.left_out = [column.title for column in ledger.stored if column not in self.columns]
        self.title = f"{_place(edition, region_code)}{ledger.title}明细"
        self.fields = self._fields()
        self.total = store.count_in_force(ledger, self.parts)

    def _fields(self) -> list[_Field]:
        roster = load_roster(self.edition.province_code)
        counties = {county.code: county.name for county in roster.counties}
        files = {
            snapshot.id: snapshot.file_name for snapshot in self.store.snapshots(self.edition.province_code)
        }
        fields = [
            _Field(SERIAL, "count", 8, -1),
            _Field(REGION, "text", 13, 3, roster.titles),
            _Field(COUNTY, "text", 12, 4, counties),
        ]
        if self.ledger.yearly:
            fields.append(_Field(YEAR, "count", 7, 5))
        fields += [_own(column, place) for place, column in enumerate(self.columns, 6)]
        return [
            *fields,
            _Field(SNAPSHOT, "count", 8, 0),
            _Field(FILE, "text", 34, 0, files),
            _Field(SHEET, "text", 14, 1),
            _Field(LINE, "count", 8, 2),
        ]

    # -- the file -------------------------------------------------------------------------------

    def write(self, progress: RowsWritten) -> bytes:
        names = [column.name for column in self.columns]
        portions = self.store.rows_in_force(self.ledger, self.parts, names)
        book = PouredBook(
            title=self.title, aside=self._aside(), warning=self.warning, on=self.edition.on, sheet="明细",
            columns=tuple(PouredColumn(one.title, one.kind, one.width) for one in self.fields), total=self.total, kept=4,
        )  # fmt: skip
        target = io.BytesIO()
        pour(book, self._lines(row for portion in portions for row in portion), target, progress)
        return target.getvalue()

    def _lines(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The values of the file's columns, with the names of places and files and a running number."""
        chosen = [(field.place, field.names) for field in self.fields[1:]]
        for number, row in enumerate(rows, 1):
            yield (
                number,
                *(
                    row[place] if names is None else names.get(row[place], row[place])
                    for place, names in chosen
                ),
            )

    def _aside(self) -> str:
        told = [self.warning] if self.warning else []
        told.append(f"数据截至{chinese_day(self.edition.on)}各地最新批次，共{self.total}行")
        if self.left_out:
            told.append(f"不含个人信息：{'、'.join(self.left_out)}")
        return "　".join(told)


def _own(column: Column, place: int) -> _Field:
    width = WIDTHS[column.type]
    return _Field(column.title, column.type, width, place)
