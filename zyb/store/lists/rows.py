"""The rows of lists: behind a figure, all of those in force, and held against those of another list or upload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zyb.intake import Submission
from zyb.records import PartInForce, RowTest, Trace
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import sql
from zyb.store.editions import Editions
from zyb.store.tables import ensure_rows_table, has_table, listed, rows_table, rows_with


class ListRows(Editions):
    """Rows as they were adopted, sheet and line beside them."""

    def traces(
        self,
        ledger: Ledger,
        snapshots: Sequence[int],
        region_code: str | None = None,
        county_code: str = "",
        limit: int | None = None,
        without: Sequence[str] = (),
    ) -> list[Trace]:
        """The rows behind a figure: sheet, line and values as adopted; `without` these counties."""
        names = [column.name for column in ledger.stored]
        chosen = ", ".join(["snapshot", "sheet", "line", "region_code", "year", *names])
        query = sql("traces.sql").format(
            chosen=chosen, rows=rows_table(ledger), limit=int(limit) if limit else "all"
        )
        places = {"region": region_code, "county": county_code, "without": list(without)}
        values = {"snapshots": list(snapshots), **places}
        with self._cursor() as cursor:
            if not has_table(cursor, ledger):
                return []
            rows = cursor.execute(query, values).fetchall()
        return [_trace(row, names) for row in rows]

    def lines_told(
        self, ledger: Ledger, snapshot: int, region_code: str | None = None
    ) -> list[tuple[str, int, int]]:
        """The sheets that an upload has rows of a region on, or of all, each with its first and last line."""
        query = sql("lines_told.sql").format(rows=rows_table(ledger))
        with self._cursor() as cursor:
            if not has_table(cursor, ledger):
                return []
            return cursor.execute(query, {"snapshot": snapshot, "region": region_code}).fetchall()

    def compare_rows(self, submission: Submission) -> tuple[int, int, int]:
        """New, changed and unchanged rows of a list against the rows in force for the same parts."""
        ledger = submission.ledger
        assert ledger and submission.roster and submission.as_of
        edition = self.edition(submission.roster.province_code, submission.as_of)
        spoken = {part.whole for part in submission.parts()}
        parts = [said for said in edition.sources if said[0].whole in spoken]
        with self._cursor() as cursor:
            if not parts or not has_table(cursor, ledger):
                return len(submission.body), 0, 0
            ensure_rows_table(cursor, ledger)
            cursor.register("incoming", submission.body)
            row = cursor.execute(_comparison(ledger), listed(parts)).fetchall()[0]
            cursor.unregister("incoming")
        return int(row[0]), int(row[1]), int(row[2])

    def content(
        self, ledger: Ledger, region_code: str, snapshot: int, coming: Submission | None = None
    ) -> tuple[int, int]:
        """What a snapshot, or an upload that is none yet, says of a region, as numbers that are equal for the same rows: of a
        list its enterprises with what was counted of each, of a table all of its figures."""
        with self._cursor() as cursor:
            if coming is None and not has_table(cursor, ledger):
                return 0, 0
            query = sql("content.sql").format(
                said=_said(ledger), rows="coming" if coming else rows_table(ledger),
                own="true" if coming else "snapshot = $snapshot",
            )  # fmt: skip
            values: dict[str, Any] = {"region": region_code}
            if coming:
                cursor.register("coming", coming.body)
            else:
                values["snapshot"] = snapshot
            number, total = cursor.execute(query, values).fetchall()[0]
            if coming:
                cursor.unregister("coming")
        return int(number), int(total)

    def gone(self, submission: Submission, parts: Sequence[PartInForce], most: int) -> tuple[int, list[str]]:
        """Enterprises of these parts in force that a list has no longer: how many, and the first names."""
        ledger = submission.ledger
        assert ledger
        with self._cursor() as cursor:
            if not parts or not has_table(cursor, ledger):
                return 0, []
            ensure_rows_table(cursor, ledger)
            cursor.register("incoming", submission.body)
            row = cursor.execute(_absence(ledger), {**listed(parts), "most": most}).fetchall()[0]
            cursor.unregister("incoming")
        return int(row[0]), list(row[1])

    def codes_elsewhere(self, submission: Submission, limit: int = 200) -> list[tuple[str, str]]:
        """Codes of a list that are in force in the same ledger under another region: code, region code."""
        ledger = submission.ledger
        code = ledger.of_type("uscc") if ledger else None
        if not (ledger and code and submission.roster and submission.as_of):
            return []
        edition = self.edition(submission.roster.province_code, submission.as_of)
        known = submission.roster.region  # the nation's edition holds the provinces' own lists as well
        parts = [
            said for said in edition.sources if said[0].ledger == ledger.id and known(said[0].region_code)
        ]
        query = sql("codes_elsewhere.sql").format(code=code.name, in_force=_query_in_force(ledger))
        with self._cursor() as cursor:
            if not parts or not has_table(cursor, ledger):
                return []
            cursor.register("incoming", submission.body)
            own = {"spoken": list(submission.region_codes), "most": limit}
            rows = cursor.execute(query, listed(parts) | own).fetchall()
            cursor.unregister("incoming")
        return [(said, region) for said, region in rows]

    def matches(
        self,
        ours: Ledger,
        our_parts: Sequence[PartInForce],
        theirs: Ledger,
        their_parts: Sequence[PartInForce],
        coming: Submission | None = None,
        ours_met: Sequence[RowTest] = (),
        theirs_met: Sequence[RowTest] = (),
    ) -> list[tuple[str, int, str, int]]:
        """Region, year, county and how many of our rows in force there have a code that also stands in theirs; on
        either side only the rows count that meet all of these tests.

        The rows of an upload that is not saved yet are those of the snapshot PREVIEW.
        """
        our_code, their_code = ours.of_type("uscc"), theirs.of_type("uscc")
        assert our_code and their_code
        values = listed(our_parts) | {f"their_{key}": said for key, said in listed(their_parts).items()}
        (counted, ours_asked), (listed_there, theirs_asked) = _met("our", ours_met), _met("their", theirs_met)
        with self._cursor() as cursor:
            query = sql("matches.sql").format(
                our_rows=rows_with(cursor, ours, [our_code.name, *_asked(ours_met)], coming), our_code=our_code.name,
                their_rows=rows_with(cursor, theirs, [their_code.name, *_asked(theirs_met)], coming),
                their_code=their_code.name, counted=counted, listed=listed_there,
            )  # fmt: skip
            if coming:
                cursor.register("coming", coming.body)
            return cursor.execute(query, values | ours_asked | theirs_asked).fetchall()


def _asked(tests: Sequence[RowTest]) -> list[str]:
    return list(dict.fromkeys(one.column for one in tests))


def _met(side: str, tests: Sequence[RowTest]) -> tuple[str, dict[str, Any]]:
    """A condition over `lines`, true or false and never unknown, and the values that it is bound to."""
    said, values = ["true"], dict[str, Any]()
    for number, one in enumerate(tests):
        cell, name = f"lines.{one.column}", f"{side}_{number}"
        met = f"{cell} is not null"
        if one.values:
            values[name], met = list(one.values), f"list_contains(${name}::varchar[], {cell})"
        elif one.at_least:
            values[name], met = one.at_least, f"{cell} >= ${name}"
        said.append(
            f"coalesce({cell} is null or {met}, false)" if one.blank_counts else f"coalesce({met}, false)"
        )
    return " and ".join(said), values


def _trace(row: tuple[Any, ...], names: list[str]) -> Trace:
    snapshot, sheet, line, region_code, year, *values = row
    return Trace(snapshot, sheet, line, region_code, year, dict(zip(names, values, strict=True)))


def _key(ledger: Ledger) -> str:
    """An enterprise is known again by its code, else by its name, within its region and year."""
    code, name = ledger.of_type("uscc"), _name_column(ledger)
    return f"concat_ws('|', region_code, year, coalesce({code.name + ', ' if code else ''}{name}))"


# What an enterprise has been counted by; its address or a telephone number may have been put right since.
COUNTED_BY = ("flag", "count", "choice")


def _said(ledger: Ledger) -> str:
    """Blank cells are told apart from all others; a number is hashed alike whatever its width."""
    names = [column.name for column in ledger.stored if not ledger.is_list or column.type in COUNTED_BY]
    cells = [f"coalesce({name}::varchar, '-')" for name in ("county_code", "year", *names)]
    return ", ".join([_key(ledger), *cells] if ledger.is_list else cells)


def _called(ledger: Ledger) -> str:
    """How an enterprise is named; by its code where a list leaves the name out."""
    code, name = ledger.of_type("uscc"), _name_column(ledger)
    return f"coalesce({name}{', ' + code.name if code else ''}, '')"


def _name_column(ledger: Ledger) -> str:
    return next(column.name for column in ledger.stored if column.type == "text")


def _query_in_force(ledger: Ledger) -> str:
    """Rows of a snapshot that another has replaced in part are not among them."""
    return sql("rows.sql").format(chosen="lines.*", rows=rows_table(ledger))


def _absence(ledger: Ledger) -> str:
    return sql("absence.sql").format(
        key=_key(ledger), called=_called(ledger), in_force=_query_in_force(ledger)
    )


def _comparison(ledger: Ledger) -> str:
    names = [column.name for column in ledger.stored]
    differs = " or ".join(f"old.{name} is distinct from incoming.{name}" for name in (*names, "county_code"))
    return sql("comparison.sql").format(key=_key(ledger), differs=differs, in_force=_query_in_force(ledger))
