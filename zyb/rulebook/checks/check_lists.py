"""检查项目: the items of a check list as one plan prints them, each with the column of the ledger that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zyb.rulebook import toml
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.headings import plain_heading
from zyb.rulebook.places.divisions import provinces


@dataclass(frozen=True)
class CheckList:
    """`items`: column and the plan's own words, in the plan's order. It is the list of `place`, a province or a part of one."""

    province: str
    place: str
    basis: str
    items: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _ in self.items)

    def holds_in(self, province: str, region: str) -> bool:
        """Whether the list is that of a region (“” for the whole province)."""
        return self.province == province and self.place in (province, region)


def parse_check_list(table: toml.RulesTable, columns: Sequence[Column]) -> CheckList:
    below = table.table("items")
    found = CheckList(
        table.choice("province", [name for _, name in provinces()]),
        table.text("place"),
        table.text("basis"),
        tuple((name, below.text(name)) for name in below.data),
    )
    known = [column.name for column in columns if column.sentences]
    if unknown := [name for name in found.columns if name not in known]:
        raise table.fault(f"检查项目不是本台账的条目列（sentences = true）：{'、'.join(unknown)}。")
    table.finish()
    return found


def with_items(columns: tuple[Column, ...], lists: Sequence[CheckList]) -> tuple[Column, ...]:
    """The columns with what the plans call them among their headings."""
    said = {
        column.name: tuple(
            plain_heading(text) for one in lists for name, text in one.items if name == column.name
        )
        for column in columns
    }
    return tuple(
        replace(column, headings=(*column.headings, *said[column.name])) if said[column.name] else column
        for column in columns
    )
