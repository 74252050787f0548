"""How wide the columns of a form are."""

from __future__ import annotations

from zyb.exports.books.forms import Form
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger

# Column widths by type; a name, an address or a remark needs more.
WIDTHS = {
    "region": 11, "county": 10, "year": 6.5, "count": 8, "percent": 9, "date": 11, "flag": 7.5,
    "uscc": 20.5, "industry": 8, "choice": 8, "text": 12,
}  # fmt: skip
WIDE, SERIAL = 24, 5
FREE_CHOICE = 18  # several options, or words of one's own
NARROWEST_TABLE = 72


def holds_long_texts(ledger: Ledger, column: Column) -> bool:
    if column.type != "text":
        return False
    return column == ledger.key_column or any(word in column.title for word in ("地址", "备注", "因素"))


def _width(ledger: Ledger, column: Column) -> float:
    if ledger.is_list and holds_long_texts(ledger, column):
        return WIDE
    return FREE_CHOICE if column.multiple or column.detail else WIDTHS[column.type]


def widths(form: Form) -> list[float]:
    """Widths of all columns; a narrow table is spread so that its title has room."""
    ledger = form.ledger
    own = [_width(ledger, heading.column) for heading in form.headings]
    if ledger.is_list:
        return [SERIAL, *own]
    return [max(width, width * NARROWEST_TABLE / sum(own)) for width in own]
