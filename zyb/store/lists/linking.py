"""Lists held against each other, employer by employer (联动核查), and what people say of what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from operator import mul
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from zyb.records import END_OF_TIME, FindingRecord, FirmRow, LinkRecord, PartInForce
from zyb.rulebook.checks.cross_checks import ListChoice, ToldBy
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Roster
from zyb.store.database import Database, audit, insert, names_of, record, sql, stamp, utc
from zyb.store.tables import has_table, listed, rows_table

# GB 32100-2015: the letters of a code in the order of their values, and the weight of each place.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)] + [1]
WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum()}
WIDE_LETTERS, NARROW_LETTERS = "".join(WIDE), "".join(WIDE.values())
CHECKED = {"alphabet": ALPHABET, "weights": WEIGHTS}
SURE = "regexp_full_match(code, '[0-9A-HJ-NPQRTUWXY]{18}') and list_sum(list_transform(range(1, 19), lambda i: (instr($alphabet, code[i]) - 1) * $weights[i])) % 31 = 0"

FINDING_ACTIONS = {"settle": "核查销号", "refute": "核查不属实", "reopen": "恢复核查"}
LINK_ACTIONS = {"same": "认定同一企业", "apart": "认定不是同一企业", "undo": "撤销企业认定"}
NO_ROWS = pa.table({name: pa.array([], pa.string()) for name in ("region_code", "place", "name", "code")})
REPEATED = {
    "regions": "firms_in_regions.sql", "codes": "firms_with_codes.sql", "twice": "firms_listed_twice.sql",
}  # fmt: skip
COLUMNS = (
    "list", "snapshot", "sheet", "line", "region_code", "county_code", "year", "told_code", "told_name", "code",
    "name", "place", "identity",
)  # fmt: skip
ORDER = ("region_code", "county_code", "list", "snapshot", "sheet", "line")
IdentityPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListInForce:
    """A list that a check asks for, and the parts that hold of it."""

    choice: ListChoice
    parts: tuple[PartInForce, ...]

    @property
    def ledger(self) -> Ledger:
        return ledgers()[self.choice.ledger]


class NearFirms:
    """Rows among which somebody may be meant: many, of which few are looked at."""

    def __init__(self, rows: pa.Table, lists: Sequence[ListInForce] = ()) -> None:
        self._rows, self._lists = rows, lists

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, column: str) -> list[str]:
        """One of `region_code`, `place`, `name`, `code`, row by row; blank for none."""
        found: list[str] = self._rows.column(column).fill_null("").to_pylist()
        return found

    def row(self, number: int) -> FirmRow:
        return _firm(self._rows.slice(number, 1).select((*COLUMNS, "sure")).to_pylist()[0], self._lists)


def adds_up(code: str) -> bool:
    """Whether the check digit of 18 letters agrees."""
    values = [ALPHABET.find(letter) for letter in code]
    return len(code) == len(WEIGHTS) and min(values) >= 0 and not sum(map(mul, values, WEIGHTS)) % 31


class Linking(Database):
    """SQL finds who is meant beyond doubt; whoever else might be is left to people."""

    def unlinked(
        self,
        roster: Roster,
        ours: Sequence[ListInForce],
        theirs: Sequence[ListInForce],
        same: IdentityPairs = (),
        apart: IdentityPairs = (),
    ) -> tuple[list[FirmRow], NearFirms]:
        """The rows of ours that stand in none of theirs, and the rows of theirs among which they may be after all.

        `same` and `apart` are pairs of identities of which people have said so.
        """
        words = {
            "same_ones": [one for one, _ in same], "same_others": [other for _, other in same],
            "apart_ones": [one for one, _ in apart], "apart_others": [other for _, other in apart],
        }  # fmt: skip
        with self._cursor() as cursor:
            first, second = _stored(cursor, ours), _stored(cursor, theirs)
            if not first:
                return [], NearFirms(NO_ROWS)
            query, values = _firms(roster, first, 0)
            other, others = _firms(roster, second, len(first)) if second else (f"{query} limit 0", {})
            text = sql("unlinked_firms.sql").format(ours=query, theirs=other, sure=SURE)
            found = cursor.sql(text, params=values | others | words | CHECKED).to_arrow_table()
        lists = [*first, *second]
        return _firm_rows(_side(found, 0), lists), NearFirms(_side(found, 1), lists)

    def repeated(self, roster: Roster, kind: str, lists: Sequence[ListInForce]) -> list[FirmRow]:
        """Rows that should not stand beside each other: `kind` says in what way."""
        with self._cursor() as cursor:
            known = _stored(cursor, lists)
            if not known:
                return []
            query, values = _firms(roster, known, 0)
            text = sql(REPEATED[kind]).format(firms=query, sure=SURE)
            return _firm_rows(cursor.sql(text, params=values | CHECKED).to_arrow_table(), known)

    # -- what people say ------------------------------------------------------------------

    def add_finding_record(self, said: FindingRecord) -> int:
        """One more word about a finding, with its line in the audit; its number."""
        values = {name: value for name, value in asdict(said).items() if name != "id"}
        with self._transaction() as cursor:
            number = insert(cursor, "finding_records", values | {"recorded_at": self._stamp()})
            subject = f"{said.region_code} {said.check_id} {said.subject}"
            audit(
                cursor, said.recorded_by, FINDING_ACTIONS[said.kind], subject, f"{said.name}；{said.reason}"
            )
        return number

    def finding_records(self, province_code: str, known_at: datetime | None = None) -> list[FindingRecord]:
        """Everything that people have said of a province's findings, oldest first."""
        query = sql("finding_records.sql").format(chosen=names_of(FindingRecord))
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, stamp(known_at or END_OF_TIME)]).fetchall()
        found = [record(FindingRecord, row) for row in rows]
        return [replace(one, recorded_at=utc(one.recorded_at)) for one in found]

    def add_link_record(self, said: LinkRecord) -> int:
        """One more word about two employers, with its line in the audit; its number."""
        values = {name: value for name, value in asdict(said).items() if name != "id"}
        with self._transaction() as cursor:
            number = insert(cursor, "link_records", values | {"recorded_at": self._stamp()})
            told = f"{said.one_name}／{said.other_name}；{said.reason}"
            audit(cursor, said.recorded_by, LINK_ACTIONS[said.kind], f"{said.one} {said.other}", told)
        return number

    def link_records(self, province_code: str, known_at: datetime | None = None) -> list[LinkRecord]:
        """Everything that people have said of a province's pairs of employers, oldest first."""
        query = sql("link_records.sql").format(chosen=names_of(LinkRecord))
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, stamp(known_at or END_OF_TIME)]).fetchall()
        found = [record(LinkRecord, row) for row in rows]
        return [replace(one, recorded_at=utc(one.recorded_at)) for one in found]


def _stored(cursor: duckdb.DuckDBPyConnection, lists: Sequence[ListInForce]) -> list[ListInForce]:
    return [one for one in lists if one.parts and has_table(cursor, one.ledger)]


def _firms(roster: Roster, lists: Sequence[ListInForce], first: int) -> tuple[str, dict[str, Any]]:
    """The rows of several lists under each other, numbered from `first` on, and what is bound in them."""
    lone = [region for region in roster.regions if len(region.members) == 1]
    values: dict[str, Any] = {
        "wide": WIDE_LETTERS, "narrow": NARROW_LETTERS,
        "province": roster.province, "province_short": roster.province_short,
        "lone_regions": [region.code for region in lone], "lone_counties": [region.members[0] for region in lone],
    }  # fmt: skip
    queries = []
    for number, one in enumerate(lists, first):
        code = one.ledger.of_type("uscc")
        assert code
        asked, bound = _asked(one.choice.where, number)
        values |= {f"{key}_{number}": said for key, said in listed(one.parts).items()} | bound
        queries.append(
            sql("listed_firms.sql").format(
                n=number, rows=rows_table(one.ledger), code=code.name,
                called=one.ledger.key_column.name, asked=asked,
            )
        )  # fmt: skip
    return " union all ".join(queries), values


def _asked(where: Sequence[ToldBy], number: int) -> tuple[str, dict[str, Any]]:
    """The first column that is filled in decides; where none is, the row is not asked for."""
    if not where:
        return "true", {}
    cases, values = [], dict[str, Any]()
    for place, one in enumerate(where):
        cell, name = f"lines.{one.column}", f"told_{number}_{place}"
        values[name] = list(one.values) or one.below
        met = f"list_contains(${name}::varchar[], {cell})" if one.values else f"{cell} < ${name}"
        cases.append(f"when {cell} is not null then {met}")
    return f"case {' '.join(cases)} else false end", values


def _side(rows: pa.Table, side: int) -> pa.Table:
    return rows.filter(pc.equal(rows.column("side"), side))


def _firm_rows(rows: pa.Table, lists: Sequence[ListInForce]) -> list[FirmRow]:
    """In the order of regions, counties, lists and lines."""
    rows = rows.sort_by([(name, "ascending") for name in ORDER])
    columns = [rows.column(name).to_pylist() for name in (*COLUMNS, "sure")]
    return [
        _firm(dict(zip((*COLUMNS, "sure"), row, strict=True)), lists) for row in zip(*columns, strict=True)
    ]


def _firm(row: dict[str, Any], lists: Sequence[ListInForce]) -> FirmRow:
    """What is told as it is compared comes once (zyb/sql/unlinked_firms.sql)."""
    row["ledger"] = lists[row.pop("list")].choice.ledger
    for told, as_compared in (("told_code", "code"), ("told_name", "name"), ("identity", "code")):
        row[told] = row[told] or row[as_compared] or ""
    for name in ("county_code", "code"):
        row[name] = row[name] or ""
    if row["sure"] is None:
        row["sure"] = adds_up(row["code"])
    return FirmRow(**row)
