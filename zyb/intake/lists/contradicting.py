"""What a row says against being counted: a 否 where the list is of those that are, a remark 作废, a day still to come.

None of it is the program's to decide; each is pointed out, and the row is counted as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.flags import NO_WORDS, NOT_APPLICABLE, NOT_APPLICABLE_WORDS, YES_WORDS
from zyb.intake.lists.checks import report_values
from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.lines import mask, whole
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.reading.cells import holds
from zyb.rulebook.columns import Column
from zyb.rulebook.problems import cell_name
from zyb.rulebook.sheets import any_of, sheet_words

EXCEEDING = "超标"
# Where anything may be said, and 停产 is no verdict on the row.
FREE_TEXT = re.compile("备注|说明")
CELLS_NAMED = 5
# The column that says whether all of it is done, whatever the ledger.
COMPLETION = ("completed", "rectified", "resolved")
UNDONE_TITLE = re.compile("未完成.{0,10}(?:企业|单位|台账|名单)")


def tell_contradicting(reader: ListReader, table: pa.Table, day: date | None) -> None:
    words = sheet_words()
    no, yes = (pa.array(sorted(said), pa.string()) for said in (NO_WORDS, YES_WORDS))
    stated = (*words.against_words, *words.states)
    for at in reader.found.unknown:
        if "question" in at.said.core:  # 是否停产: 是 is what speaks against the row
            against = re.search(any_of(stated), at.heading)
            said = pc.is_in(reader.texts(at), value_set=yes if against else no)
            if EXCEEDING in at.heading:  # 达标 where the list is of those that exceed
                told = pc.match_substring_regex(reader.texts(at), f"^({words.none_exceeds})$")
                said = pc.or_kleene(said, told)
            _tell(reader, at, said)
    for at in (*reader.found.unknown, *reader.found.fields.get("note", ())):
        if re.search(words.remarks, at.heading):
            sought = words.against_words if FREE_TEXT.search(at.heading) else stated
            if _mentions(reader, at, sought):
                said = pc.match_substring_regex(reader.texts(at), any_of(sought))
                _tell(reader, at, pc.and_kleene(said, pc.invert(_explains(reader, at, table))))
    if reader.ledger.has("hazards") and not reader.ledger.column("hazards").options:
        for at in reader.found.fields.get("hazards", ()):
            _tell(reader, at, pc.match_substring_regex(reader.texts(at), f"^({words.none_exceeds})$"))
    _long_ago(reader, table)
    _tell_undone(reader, table)
    _tell_done_within(reader, table)
    if day:
        _still_to_come(reader, table, day)


def _mentions(reader: ListReader, at: ColumnFound, words: Iterable[str]) -> bool:
    """Whether any of the words stands anywhere in the column: a look at its bytes, where a search of texts is slow."""
    return holds(whole(reader.sheet.table.column(at.index)), *(word.encode() for word in words))


def _explains(reader: ListReader, at: ColumnFound, table: pa.Table) -> pa.Array:
    """Whether a remark only says why something does not apply, where the row says that it does not: 无超标岗位."""
    found = pc.is_in(reader.texts(at), value_set=pa.array(sorted(NOT_APPLICABLE_WORDS), pa.string()))
    answers = [table[column.name] for column in reader.ledger.stored if column.not_applicable]
    told = [pc.fill_null(pc.equal(one.combine_chunks(), NOT_APPLICABLE), False) for one in answers]
    return pc.and_(found, reduce(pc.or_, told)) if told else pa.array([False] * len(found))


def _tell(reader: ListReader, at: ColumnFound, said: pa.Array) -> None:
    places = np.flatnonzero(mask(said))
    if len(places):
        words = {"heading": at.heading, "ledger": reader.ledger.title}
        report_values(reader, "says_otherwise", at, places, reader.texts(at), {}, **words)


def _tell_undone(reader: ListReader, table: pa.Table) -> None:
    """A remark 复测仍超标 or a title 未完成企业 beside a 是."""
    done = _done(reader, table)
    if not done.any():
        return
    for at in (*reader.found.unknown, *reader.found.fields.get("note", ())):
        if FREE_TEXT.search(at.heading) and _mentions(reader, at, sheet_words().undone):
            said = mask(pc.match_substring_regex(reader.texts(at), any_of(sheet_words().undone)))
            words = {"heading": at.heading}
            report_values(
                reader, "remark_undone", at, np.flatnonzero(said & done), reader.texts(at), {}, **words
            )
    titled = next(
        (title for title in (*reader.around.titles, reader.sheet.name) if UNDONE_TITLE.search(title)), ""
    )
    completed = reader.field_of(_of_completion(reader))
    if titled and completed is not None:
        told: Words = {"title": titled.strip(), "count": int(done.sum())}
        reader.report_same("title_undone", completed, np.flatnonzero(done)[:1], **told)


def _of_completion(reader: ListReader) -> Column | None:
    names = [name for name in COMPLETION if reader.ledger.has(name)]
    return reader.ledger.column(names[0]) if names else None


def _done(reader: ListReader, table: pa.Table) -> np.ndarray:
    """Rows that say that the whole is done."""
    column = _of_completion(reader)
    if column is None or column.type != "flag":
        return np.zeros(len(table), bool)
    return mask(pc.equal(table[column.name], "是"))


def _tell_done_within(reader: ListReader, table: pa.Table) -> None:
    """The whole is done and a part of it is not; and what is not done has a day."""
    for rule in reader.ledger.all_of:
        whole_of = mask(pc.equal(table[rule.when], "是"))
        for column in (reader.ledger.column(name) for name in rule.columns):
            at = reader.field_of(column)
            if at is not None:
                places = np.flatnonzero(whole_of & mask(pc.equal(table[column.name], "否")))
                words = {"when": reader.ledger.column(rule.when).title, "column": column.title}
                reader.report_same("part_undone", at, places, **words)
    for expected in reader.ledger.expects:
        column = reader.ledger.column(expected.column)
        at = reader.field_of(column)
        if at is not None and column.type == "date":
            places = np.flatnonzero(
                mask(pc.equal(table[expected.when], "否")) & mask(pc.is_valid(table[column.name]))
            )
            words = {"when": reader.ledger.column(expected.when).title, "column": column.title}
            report_values(reader, "day_of_undone", at, places, table[column.name], {}, **words)


def _long_ago(reader: ListReader, table: pa.Table) -> None:
    """Years before any of the campaigns began: 1925 for 2025, or a day that Excel made of a small number. Once a column."""
    earliest = sheet_words().earliest_day
    for column in (one for one in reader.ledger.stored if one.type == "date"):
        at = reader.field_of(column)
        if at is None:
            continue
        places = np.flatnonzero(mask(pc.less(table[column.name], pa.scalar(earliest))))
        if len(places):
            named = [cell_name(int(row), at.index) for row in reader.rows[places[:CELLS_NAMED]]]
            more = f"等 {len(places)} 格" if len(places) > CELLS_NAMED else ""
            finding = Finding(
                code="long_ago",
                sheet=reader.sheet.name,
                column=at.index,
                rows=reader.rows[places[:1]],
                value=str(table[column.name][int(places[0])].as_py()),
                words={"column": column.title, "cells": "、".join(named) + more, "day": earliest.isoformat()},
            )
            reader.findings.append(finding)


def _still_to_come(reader: ListReader, table: pa.Table, day: date) -> None:
    """Done after the day that the report is of."""
    for column in (one for one in reader.ledger.stored if one.type == "date"):
        at = reader.field_of(column)
        if at is None:
            continue
        values = table[column.name]
        later = mask(pc.greater(values, pa.scalar(day)))
        later &= mask(pc.less_equal(values, pa.scalar(reader.context.today)))  # a day to come is refused
        words = {"column": column.title, "day": day.isoformat()}
        report_values(reader, "after_the_report", at, np.flatnonzero(later), values, {}, **words)
