"""The rows that an inquiry asks for: filtered, sorted, counted, summed and paged by the database.

Identifiers come from the rulebook's columns alone; whatever a person typed or chose is bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from zyb.inquiries.fields import (
    AS_OF,
    BLANK,
    COUNTY,
    FILE,
    LINE,
    ON,
    REGION,
    SHEET,
    SNAPSHOT,
    YEAR,
    InquiryField,
)
from zyb.inquiries.model import ROWS_A_SCREEN, ColumnTest
from zyb.inquiries.question import DaySum, RowQuestion
from zyb.records import NO_COUNTY
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import sql
from zyb.store.editions import Editions
from zyb.store.tables import ensure_rows_table, has_table, rows_table

# Where every row stands; of a file the number of its snapshot, by which its name is known.
PLACES = {
    ON: "part.on_day", AS_OF: "part.as_of", REGION: "lines.region_code", COUNTY: "lines.county_code",
    YEAR: "lines.year", SNAPSHOT: "lines.snapshot", FILE: "lines.snapshot", SHEET: "lines.sheet", LINE: "lines.line",
}  # fmt: skip
# What every page brings before the columns asked for: the way back to the file.
WAY_BACK = ("lines.snapshot", "lines.sheet", "lines.line")
LISTED_IN_ORDER = "list_position($order::varchar[], lines.region_code)"
# In the end rows stand place by place, those of two days beside each other, and as they were reported, which is the order
# in which they are kept.
IN_THE_END = (
    LISTED_IN_ORDER, "lines.county_code", "list_position($asked_days::date[], part.on_day)", "lines.rowid",
)  # fmt: skip

AskedValues = dict[str, Any]


class InquiryRows(Editions):
    """Never more than a page is in memory, or a portion of what is downloaded."""

    def asked_sums(self, question: RowQuestion) -> list[DaySum]:
        """Of each day, in the order asked for, all rows that were asked for and their sums."""
        summed = [field.name for field in question.asked.fields.values() if field.is_summed]
        chosen = ", ".join(["part.on_day", "count(*)", *(f"sum(lines.{name})" for name in summed)])
        found = {day: (n, sums) for day, n, *sums in self._rows(question, chosen, "group by part.on_day")}
        nothing: tuple[int, list[None]] = 0, [None] * len(summed)
        return [
            DaySum(day, n, {name: int(total or 0) for name, total in zip(summed, sums, strict=True)})
            for day, (n, sums) in ((day, found.get(day, nothing)) for day, _ in question.parts)
        ]

    def asked_page(self, question: RowQuestion) -> list[tuple[Any, ...]]:
        """The rows of the page: snapshot, sheet and line of each, then its shown columns."""
        asked = question.asked
        start = (asked.page - 1) * ROWS_A_SCREEN
        order, values = _order(question)
        with self._cursor() as cursor:
            if not has_table(cursor, asked.ledger):
                return []
            ensure_rows_table(cursor, asked.ledger)
            found, bound = _query(
                question,
                "lines.rowid as place, part.on_day as on_day, part.as_of as as_of",
                f"order by {order} limit {ROWS_A_SCREEN} offset {int(start)}",
            )
            query = sql("asked_page.sql").format(
                found=found, chosen=", ".join([*WAY_BACK, *_shown(question)]), rows=rows_table(asked.ledger),
                ordered=f"order by {order}",
            )  # fmt: skip
            return cursor.execute(query, bound | values).fetchall()

    def asked_rows(self, question: RowQuestion, portion: int = 10_000) -> Iterator[list[tuple[Any, ...]]]:
        """All rows in the order asked for, a portion at a time: the shown columns of each.

        In memory is where each row is kept, and one portion: a result that is read as it comes would be held whole by
        the database, and its transaction would keep the log from being folded in for as long as somebody downloads.
        """
        places = self._places(question)
        for start in range(0, len(places), portion):
            with self._cursor() as cursor:
                cursor.register("places", places.slice(start, portion))
                query = sql("asked_portion.sql").format(
                    chosen=", ".join(_shown(question)), rows=rows_table(question.asked.ledger)
                )
                rows = cursor.execute(query).fetchall()
                cursor.unregister("places")
            yield rows

    def _places(self, question: RowQuestion) -> pa.Table:
        """Where each row that was asked for is kept, in the order asked for."""
        order, values = _order(question)
        with self._cursor() as cursor:
            if not has_table(cursor, question.asked.ledger):
                return pa.table({"place": []})
            ensure_rows_table(cursor, question.asked.ledger)
            chosen = "lines.rowid as place, part.on_day as on_day, part.as_of as as_of"
            query, bound = _query(question, chosen, f"order by {order}")
            return cursor.sql(query, params=bound | values).to_arrow_table()

    def asked_kinds(self, question: RowQuestion, name: str) -> list[tuple[Any, int]]:
        """What stands in a column of the rows that were asked for, and how often."""
        cell = shown_cell(question.asked.fields[name], question.unmasked)
        return self._rows(question, f"{cell}, count(*)", f"group by {cell} order by {cell}")

    def _rows(self, question: RowQuestion, chosen: str, closing: str) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            if not has_table(cursor, question.asked.ledger):
                return []
            ensure_rows_table(cursor, question.asked.ledger)
            query, values = _query(question, chosen, closing)
            return cursor.execute(query, values).fetchall()


# -- queries --------------------------------------------------------------------------------


def _query(question: RowQuestion, chosen: str, closing: str) -> tuple[str, AskedValues]:
    met, values = _filter(question)
    query = sql("asked_rows.sql").format(
        chosen=chosen, rows=rows_table(question.asked.ledger), met=met, closing=closing
    )
    return query, _parts(question) | values


def _parts(question: RowQuestion) -> AskedValues:
    every = [(day, part, source) for day, parts in question.parts for part, source in parts]
    return {
        "days": [day for day, _, _ in every],
        "snapshots": [source.snapshot for _, _, source in every],
        "as_ofs": [source.as_of for _, _, source in every],
        "regions": [part.region_code for _, part, _ in every],
        "years": [part.year for _, part, _ in every],
        "counties": [part.county_code for _, part, _ in every],
    }


def _shown(question: RowQuestion) -> list[str]:
    return [shown_cell(field, question.unmasked) for field in question.asked.shown]


def shown_cell(field: InquiryField, unmasked: bool) -> str:
    cell = _column(field)
    if not field.personal or unmasked:
        return cell
    return f"case when coalesce({cell}, '') = '' then {cell} else left({cell}, 1) || '**' end"


def _column(field: InquiryField) -> str:
    return f"lines.{field.name}" if field.own else PLACES[field.name]


def _order(question: RowQuestion) -> tuple[str, AskedValues]:
    """What is empty stands last, whichever way round; options stand as the ledger lists them."""
    asked = question.asked
    values: AskedValues = {"order": list(question.order), "asked_days": list(asked.days)}
    field = asked.fields.get(asked.sort)
    if field is None:
        return ", ".join(IN_THE_END), values
    turned = " desc" if asked.descending else ""
    keys = [f"{key}{turned} nulls last" for key in _keys(question, field, values)]
    return ", ".join([*keys, *IN_THE_END]), values


def _keys(question: RowQuestion, field: InquiryField, values: AskedValues) -> list[str]:
    cell = LISTED_IN_ORDER if field.name == REGION else shown_cell(field, question.unmasked)
    if not field.options:
        return [cell]
    values["options"] = list(field.options)
    return [f"list_position($options::varchar[], {cell})", cell]


# -- filters --------------------------------------------------------------------------------


def _filter(question: RowQuestion) -> tuple[str, AskedValues]:
    """A condition over `lines`, and the values that it is bound to."""
    asked = question.asked
    bound = _BoundValues()
    said = ["true"]
    if asked.regions:
        said.append(bound.among("lines.region_code", question.regions, "varchar"))
    if asked.counties:
        codes = [NO_COUNTY if code == BLANK else code for code in asked.counties]
        said.append(bound.among("lines.county_code", codes, "varchar"))
    if asked.years:
        said.append(bound.among("lines.year", asked.years, "bigint"))
    if asked.snapshots:
        said.append(bound.among("lines.snapshot", asked.snapshots, "bigint"))
    if asked.text:
        held = (
            bound.holds(_column(field), asked.text) for field in asked.fields.values() if _is_searched(field)
        )
        said.append(f"({' or '.join(['false', *held])})")
    for test in asked.tests:
        said += _conditions(asked.ledger, asked.fields[test.column], test, question.industries, bound)
    return " and ".join(said), bound.values


def _is_searched(field: InquiryField) -> bool:
    return field.own and field.is_text and not field.personal


class _BoundValues:
    """Conditions whose values are bound, each under a name of its own."""

    def __init__(self) -> None:
        self.values: AskedValues = {}

    def value(self, said: object) -> str:
        name = f"asked_{len(self.values)}"
        self.values[name] = said
        return f"${name}"

    def among(self, cell: str, said: Iterable[object], kind: str) -> str:
        return f"{cell} in (select unnest({self.value(list(said))}::{kind}[]))"

    def holds(self, cell: str, text: str) -> str:
        """Letters count alike, large or small; a text without any needs no look at them."""
        if text.lower() == text.upper():
            return f"coalesce(contains({cell}, {self.value(text)}), false)"
        return f"coalesce(contains(lower({cell}), lower({self.value(text)})), false)"


def _conditions(
    ledger: Ledger,
    field: InquiryField,
    test: ColumnTest,
    industries: Mapping[str, tuple[str, ...]],
    bound: _BoundValues,
) -> Iterator[str]:
    cell = _column(field)
    if test.values:
        yield _one_of(ledger, field, test.values, bound)
    if test.within:
        yield bound.among(cell, industries.get(field.name, ()), "varchar")
    if test.since is not None:
        yield f"{cell} >= {bound.value(test.since)}"
    if test.until is not None:
        yield f"{cell} <= {bound.value(test.until)}"
    if test.holds:
        yield bound.holds(cell, test.holds)


def _one_of(ledger: Ledger, field: InquiryField, values: tuple[str, ...], bound: _BoundValues) -> str:
    cell, told = _column(field), [value for value in values if value != BLANK]
    met = []
    if BLANK in values:
        met.append(f"coalesce({cell}::varchar, '') = ''")
    if told and ledger.column(field.name).multiple:
        met.append(
            f"coalesce(list_has_any(string_split({cell}, '、'), {bound.value(told)}::varchar[]), false)"
        )
    elif told:
        met.append(f"coalesce(list_contains({bound.value(told)}::varchar[], {cell}), false)")
    return f"({' or '.join(met)})"
