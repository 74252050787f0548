"""What can be asked of a ledger's rows: where and when each was reported, and the columns that the ledger keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zyb.intake.cells.flags import NO, NOT_APPLICABLE, YES
from zyb.rulebook.book import rule
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers

# A cell in which nothing stands, as an option beside the others; no option of a ledger is called so.
BLANK = "未填写"
ON, REGION, COUNTY, YEAR = "on", "region", "county", "year"
AS_OF, SNAPSHOT, FILE, SHEET, LINE = "as_of", "snapshot", "file", "sheet", "line"


@dataclass(frozen=True)
class InquiryField:
    """One column of the answer. `kind` is a type of the ledgers' columns, or “place” of a code that has a name."""

    name: str
    title: str
    kind: str
    options: tuple[str, ...] = ()
    personal: bool = False
    own: bool = False
    """A column of the ledger itself, not of where its row stands."""

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "uscc")

    @property
    def is_summed(self) -> bool:
        """Of numbers of enterprises, people and cases; there is no sum of percentages or of years."""
        return self.own and self.kind == "count"

    @property
    def is_spanned(self) -> bool:
        return self.own and self.kind in ("count", "date")


_BEFORE = (
    InquiryField(ON, "查询日", "date"),
    InquiryField(REGION, "地区", "place"),
    InquiryField(COUNTY, "县区", "place"),
    InquiryField(YEAR, "年度", "count"),
)
_BEHIND = (
    InquiryField(AS_OF, "数据截至", "date"),
    InquiryField(SNAPSHOT, "批次", "count"),
    InquiryField(FILE, "文件", "text"),
    InquiryField(SHEET, "工作表", "text"),
    InquiryField(LINE, "行", "count"),
)
# Of every row it is known where it came from; a ledger's own column of the same name could not be asked for.
ALWAYS = frozenset(one.name for one in (*_BEFORE, *_BEHIND))


@rule
def inquiry_fields(ledger_id: str) -> Mapping[str, InquiryField]:
    """By name, in the order in which they stand side by side unless somebody chooses another."""
    ledger = ledgers()[ledger_id]
    without = set() if ledger.yearly else {YEAR}
    without |= set() if ledger.is_list or ledger.of_type("county") else {COUNTY}
    own = (_own(ledger, column) for column in ledger.stored if column.name not in ALWAYS)
    every = (*_BEFORE, *own, *_BEHIND)
    return {one.name: one for one in every if one.name not in without}


def _own(ledger: Ledger, column: Column) -> InquiryField:
    return InquiryField(column.name, column.title, column.type, options_of(column), column.personal, own=True)


def options_of(column: Column) -> tuple[str, ...]:
    if column.type == "flag":
        return (YES, NO, NOT_APPLICABLE) if column.not_applicable else (YES, NO)
    return column.options


def usual_columns(ledger_id: str, days: int) -> tuple[str, ...]:
    """What stands there unless somebody chooses: the place and all that the row says, without personal data."""
    return tuple(
        one.name
        for one in inquiry_fields(ledger_id).values()
        if (one.own or one in _BEFORE) and not one.personal and (one.name != ON or days > 1)
    )
