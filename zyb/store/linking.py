"""Lists held against each other, employer by employer (联动核查), and what people say of what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import duckdb

from zyb.records import END_OF_TIME, FindingRecord, FirmRow, LinkRecord, PartInForce
from zyb.rulebook.cross_checks import ListChoice, ToldBy
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import Roster
from zyb.store.database import Database, audit, insert, names_of, record, sql, stamp, utc
from zyb.store.tables import has_table, listed, rows_table

# GB 32100-2015: the letters of a code in the order of their values, and the weight of each place.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)] + [1]
WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum()}
MARKS = "()（）[]［］【】{}〔〕《》<>“”\"'‘’、，,。．.·・•:：;；-－—–_＿/／\\&＆*＊+＋#＃ \t\r\n\u3000\u00a0"
LETTERS, PLAIN = "".join(WIDE) + MARKS, "".join(WIDE.values())
"""What is written otherwise, and what for it; the marks at the end have nothing in their place."""

FINDING_ACTIONS = {"settle": "核查销号", "refute": "核查不属实", "reopen": "恢复核查"}
LINK_ACTIONS = {"same": "认定同一企业", "apart": "认定不是同一企业", "undo": "撤销企业认定"}
REPEATED = {
    "regions": "firms_in_regions.sql", "codes": "firms_with_codes.sql", "twice": "firms_listed_twice.sql",
}  # fmt: skip
IdentityPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListInForce:
    """A list that a check asks for, and the parts that hold of it."""

    choice: ListChoice
    parts: tuple[PartInForce, ...]

    @property
    def ledger(self) -> Ledger:
        return ledgers()[self.choice.ledger]


class Linking(Database):
    """SQL finds who is meant beyond doubt; whoever else might be is left to people."""

    def unlinked(
        self,
        roster: Roster,
        ours: Sequence[ListInForce],
        theirs: Sequence[ListInForce],
        same: IdentityPairs = (),
        apart: IdentityPairs = (),
    ) -> tuple[list[FirmRow], list[FirmRow]]:
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
                return [], []
            query, values = _firms(roster, first, 0)
            other, others = _firms(roster, second, len(first)) if second else (f"{query} limit 0", {})
            text = sql("unlinked_firms.sql").format(ours=query, theirs=other)
            found = cursor.execute(text, values | others | words).fetchall()
        return _rows(found, 0), _rows(found, 1)

    def repeated(self, roster: Roster, kind: str, lists: Sequence[ListInForce]) -> list[FirmRow]:
        """Rows that should not stand beside each other: `kind` says in what way."""
        with self._cursor() as cursor:
            known = _stored(cursor, lists)
            if not known:
                return []
            query, values = _firms(roster, known, 0)
            return _rows(cursor.execute(sql(REPEATED[kind]).format(firms=query), values).fetchall(), 0)

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
        "alphabet": ALPHABET, "weights": WEIGHTS, "letters": LETTERS, "plain": PLAIN,
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
                n=number, ledger=one.ledger.id, rows=rows_table(one.ledger), code=code.name,
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


def _rows(found: Sequence[tuple[Any, ...]], side: int) -> list[FirmRow]:
    return [_row(row) for row in found if row[0] == side]


def _row(row: tuple[Any, ...]) -> FirmRow:
    (
        _,
        _,
        ledger,
        snapshot,
        sheet,
        line,
        region,
        county,
        year,
        told_code,
        told_name,
        code,
        name,
        place,
        identity,
        sure,
    ) = row
    return FirmRow(
        ledger=ledger, snapshot=snapshot, sheet=sheet, line=line, region_code=region, county_code=county or "",
        year=year, told_code=told_code or "", told_name=told_name or "", code=code or "", name=name,
        place=place, identity=identity, sure=bool(sure),
    )  # fmt: skip
