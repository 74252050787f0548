"""Lists of enterprises and cases, read column by column: a million rows cost what their distinct texts cost.

Each column is dictionary-encoded; a distinct text is understood once, in readable Python, and its
meaning is spread over the rows by Arrow. Only codes are worked on in bulk, by their bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import codes
from zyb.intake.cells.values import narrow
from zyb.intake.cells.words import READERS, Context, Word
from zyb.intake.context import Place, Surroundings, stated
from zyb.intake.lists.findings import Among, Finding, Say, Words, alike, grouped
from zyb.intake.lists.lines import Lines, fields_of, key_column, lines_of, spread, trimmed, whole
from zyb.intake.tables.finding import ColumnFound, TableFound
from zyb.reading import Sheet
from zyb.records import NO_YEAR
from zyb.rulebook.ledgers import Column, Ledger
from zyb.rulebook.regions import Division, Region, Roster

ARROW = {
    "count": pa.int64(), "text": pa.string(), "flag": pa.string(), "date": pa.date32(),
    "uscc": pa.string(), "industry": pa.string(), "choice": pa.string(),
}  # fmt: skip


@dataclass(frozen=True)
class ListBody:
    """The rows as adopted, and what is wrong with them."""

    table: pa.Table
    findings: tuple[Finding, ...]


@dataclass(kw_only=True)
class ListReader:
    """One table on its way from texts to typed columns."""

    found: TableFound
    roster: Roster
    around: Surroundings
    place: Place
    context: Context
    findings: list[Finding] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    rows: np.ndarray = field(default_factory=lambda: np.array([], np.int64))

    @property
    def sheet(self) -> Sheet:
        return self.found.sheet

    @property
    def ledger(self) -> Ledger:
        return self.found.ledger

    def field_of(self, column: Column | None) -> ColumnFound | None:
        fields = self.found.fields.get(column.name, ()) if column else ()
        return fields[0] if fields else None

    def cells(self, at: ColumnFound) -> pa.Array:
        """The column in the rows that count, as it stands."""
        column, rows = self.sheet.table.column(at.index), self.rows
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1:  # one block: nothing has to be copied
            return whole(column.slice(rows[0], len(rows)))
        return whole(column).take(pa.array(rows))

    def texts(self, at: ColumnFound) -> pa.Array:
        """The column's cells in the rows that count; blank is null."""
        return trimmed(self.cells(at))

    def distinct(self, at: ColumnFound) -> pa.DictionaryArray:
        """As `texts`, each distinct text once: few are left to be trimmed, and seldom one needs it."""
        found = self.cells(at).dictionary_encode()
        if trimmed(found.dictionary).equals(found.dictionary):
            return found
        return self.texts(at).dictionary_encode()

    def report(self, code: str, at: ColumnFound, places: np.ndarray, groups: np.ndarray, say: Say) -> None:
        """Faults in `places`, positions among the rows that count; `groups` numbers those that read alike.

        `say` gives the value and the words of a place."""
        if len(places):
            found = (code, self.sheet.name, at.index, self.rows[places])
            self.findings += grouped(*found, groups, Among(say, places))

    def report_same(self, code: str, at: ColumnFound, places: np.ndarray, **words: object) -> None:
        """One and the same fault in all these places."""
        self.report(code, at, places, np.zeros(len(places), np.int8), lambda _: ("", words))

    def report_texts(self, code: str, at: ColumnFound, mask: np.ndarray, texts: pa.Array) -> None:
        """A fault of the texts in every place of the mask."""
        places = np.flatnonzero(mask)
        self.report(code, at, places, alike(texts.take(pa.array(places))), _SayText(texts))


def _text(texts: pa.Array, place: int) -> str:
    return texts[place].as_py() or ""


@dataclass(frozen=True)
class _SayText:
    texts: pa.Array

    def __call__(self, place: int) -> tuple[str, Words]:
        return _text(self.texts, place), {}


# -- which rows count ---------------------------------------------------------------------


def _rows_that_count(reader: ListReader) -> None:
    reader.found = spread(reader.found)
    lines = reader.lines = lines_of(reader.found, reader.roster)
    reader.rows = lines.rows
    key = key_column(reader.ledger)
    at = reader.field_of(key)
    if at is not None and len(lines.nameless):
        words: Words = {"column": key.title}
        reader.findings.append(
            Finding(
                code="nameless_row",
                sheet=reader.sheet.name,
                column=at.index,
                rows=lines.nameless,
                value="",
                words=words,
            )
        )


# -- one column at a time -----------------------------------------------------------------


def _adopt(reader: ListReader, column: Column, at: ColumnFound) -> pa.Array:
    """Typed values; what had to be refused or understood becomes a finding."""
    if column.type == "text":
        return reader.texts(at)
    if column.type == "uscc":
        return _adopt_codes(reader, at, reader.texts(at))
    encoded = reader.distinct(at)
    words = [READERS[column.type](column, text, reader.context) for text in encoded.dictionary.to_pylist()]
    _report_words(reader, column, at, encoded, words)
    values = pa.array([word.value for word in words], ARROW[column.type])
    return values.take(encoded.indices) if len(values) else pa.nulls(len(encoded), ARROW[column.type])


def _report_words(
    reader: ListReader, column: Column, at: ColumnFound, encoded: pa.DictionaryArray, words: list[Word]
) -> None:
    """The rows of every distinct text that something is to be said about."""
    if not any(word.code for word in words):
        return
    indices = pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)
    say = _SayWord(column, encoded.dictionary, pa.array([word.shown for word in words]), indices)
    for code in dict.fromkeys(word.code for word in words if word.code):
        faulty = np.array([word.code == code for word in words] + [False])
        places = np.flatnonzero(faulty[indices])
        reader.report(code, at, places, indices[places], say)


@dataclass(frozen=True)
class _SayWord:
    """`indices` numbers the distinct text of every row, and what is shown of it."""

    column: Column
    texts: pa.Array
    shown: pa.Array
    indices: np.ndarray

    def __call__(self, place: int) -> tuple[str, Words]:
        index = int(self.indices[place])
        shown, options = _text(self.shown, index), "、".join(self.column.options)
        words: Words = {"column": self.column.title, "number": shown, "shown": shown, "options": options}
        return _text(self.texts, index), words


def _adopt_codes(reader: ListReader, at: ColumnFound, texts: pa.Array) -> pa.Array:
    plain = codes.plain_codes(texts)
    lost = codes.lost_digits(plain)
    short = codes.wrong_length(plain) & ~lost
    reader.report_texts("code_lost_digits", at, lost, texts)
    reader.report_texts("code_length", at, short, texts)
    reader.report_texts("code_check_digit", at, codes.fails_check(plain) & ~lost, texts)
    return plain


def _cell_faults(reader: ListReader) -> None:
    faults = reader.sheet.faults
    counted = set(np.intersect1d(reader.rows, [row for row, _, _ in faults]))
    meant = {at.index for _, at in fields_of(reader.found)}
    reader.findings += [
        Finding(code="cell_fault", sheet=reader.sheet.name, column=index, rows=np.array([row]), value=text)
        for row, index, text in faults
        if row in counted and index in meant
    ]


# -- places and years ---------------------------------------------------------------------


def _regions(reader: ListReader) -> tuple[pa.Array, pa.Array]:
    """Region and county code of every row: from the row, else from around the table."""
    region_at = reader.field_of(reader.ledger.of_type("region"))
    county_at = reader.field_of(reader.ledger.of_type("county"))
    regions, region_texts = _numbered(reader, region_at)
    counties, county_texts = _numbered(reader, county_at)
    written = regions
    above = np.searchsorted(reader.lines.groups, reader.rows)  # how many lines that head a group
    regions, counties = _filled_down(regions, counties, np.diff(above, prepend=0) > 0)
    if len(reader.lines.groups):
        regions, counties = _headed(reader, above, regions, counties, region_texts, county_texts)
    pairs = pa.array(regions * len(county_texts) + counties).dictionary_encode()
    places = [
        _place(reader, region_texts[pair // len(county_texts)], county_texts[pair % len(county_texts)])
        for pair in pairs.dictionary.to_pylist()
    ]
    _report_places(reader, region_at, county_at, pairs.indices.to_numpy(), places)
    if region_at:
        numbers = [pair // len(county_texts) for pair in pairs.dictionary.to_pylist()]
        adopted = {n: (region_texts[n], p.region_code) for n, p in zip(numbers, places, strict=True)}
        _note_aliases(reader, region_at, written, adopted)
    region_codes = pa.array([place.region_code for place in places], pa.string())
    county_codes = pa.array([place.county_code for place in places], pa.string())
    return region_codes.take(pairs.indices), county_codes.take(pairs.indices)


def _note_aliases(
    reader: ListReader, at: ColumnFound, written: np.ndarray, adopted: dict[int, tuple[str, str | None]]
) -> None:
    """A name that means something else elsewhere (杨陵区 → 杨凌示范区), once, with the number of its cells."""
    for number, (text, code) in adopted.items():
        region = reader.roster.region(code) if code and text else None
        if region is None or region.short in narrow(text) or not reader.roster.find(text):
            continue
        rows = reader.rows[np.flatnonzero(written == number)]
        if len(rows):
            words: Words = {
                "region": region.name,
                "times": f"（共 {len(rows)} 处）" if len(rows) > 1 else "",
            }
            reader.findings.append(
                Finding(
                    code="region_changed",
                    sheet=reader.sheet.name,
                    column=at.index,
                    rows=rows[:1],
                    value=text,
                    words=words,
                )
            )


def _numbered(reader: ListReader, at: ColumnFound | None) -> tuple[np.ndarray, list[str]]:
    """A number for every row and the text of every number; 0 is blank."""
    if at is None:
        return np.zeros(len(reader.rows), np.int64), [""]
    encoded = reader.distinct(at)
    numbers = pc.fill_null(pc.add(encoded.indices, 1), 0)
    return numbers.to_numpy().astype(np.int64), ["", *encoded.dictionary.to_pylist()]


def _filled_down(
    regions: np.ndarray, counties: np.ndarray, begins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A city's name stands once over its counties (merged or not): it holds until the next one.

    So does a county's, but not past the row in which another city begins; and neither past the row in
    which another group begins.
    """
    cities = (regions > 0) | begins
    return _held(regions, cities), _held(counties, (counties > 0) | cities)


def _headed(
    reader: ListReader,
    above: np.ndarray,
    regions: np.ndarray,
    counties: np.ndarray,
    region_texts: list[str],
    county_texts: list[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Rows that do not say their region take it from the lines above that say nothing else: 西安市, 雁塔区.

    The texts of those lines are added to those of the columns, and numbered on.
    """
    encoded = reader.lines.places.dictionary_encode()
    texts, numbers = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    is_region = np.array([reader.roster.find(text) is not None for text in texts])[numbers]
    heads = _filled_down(
        np.where(is_region, numbers + len(region_texts), 0),
        np.where(is_region, 0, numbers + len(county_texts)),
        np.zeros(len(numbers), bool),
    )
    region_texts += texts
    county_texts += texts
    headed = (above > 0) & (regions == 0)
    _note_groups(reader, np.unique(above[headed] - 1))
    region, county = (head[above - 1] for head in heads)
    return np.where(headed, region, regions), np.where(headed & (counties == 0), county, counties)


def _note_groups(reader: ListReader, used: np.ndarray) -> None:
    if not len(used):
        return
    first = int(used[0])
    row = int(reader.lines.groups[first])
    column = next(n for n, text in enumerate(reader.sheet.rows(row, row + 1)[0]) if text.strip())
    words: Words = {"count": len(used)}
    reader.findings.append(
        Finding(
            code="group_heading",
            sheet=reader.sheet.name,
            column=column,
            rows=np.array([row]),
            value=reader.lines.places[first].as_py(),
            words=words,
        )
    )


def _held(numbers: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Every row has the number of the last row above it where one begins; before the first, its own."""
    rows = np.arange(len(numbers))
    found: np.ndarray = numbers[np.maximum.accumulate(np.where(begins, rows, 0))]
    return found


@dataclass(frozen=True)
class _PlacedRows:
    region_code: str | None
    county_code: str
    code: str = ""
    value: str = ""
    in_county: bool = False


def _place(reader: ListReader, region_text: str, county_text: str) -> _PlacedRows:
    region = reader.roster.find(region_text) if region_text else reader.place.region
    if region_text and region is None:
        county = reader.roster.county(region_text)
        if county is None:
            return _PlacedRows(None, "", "unknown_region", region_text)
        return _PlacedRows(_code_of(reader.roster, county), county.code)
    if not county_text:
        if region is None:
            return _PlacedRows(None, "", "region_unknown")
        return _PlacedRows(
            region.code, reader.place.county.code if reader.place.county and not region_text else ""
        )
    return _county(reader, region, county_text)


def _county(reader: ListReader, region: Region | None, text: str) -> _PlacedRows:
    county = reader.roster.county(text, region) or reader.roster.county(text)
    if county is None:
        carved = reader.roster.find(text)
        if carved and (region is None or carved == region):
            return _PlacedRows(carved.code, "")
        code = "unknown_county" if region else "unknown_region"
        return _PlacedRows(region.code if region else None, "", code, text, in_county=True)
    found = _code_of(reader.roster, county)
    if region and found != region.code:
        return _PlacedRows(region.code, "", "county_elsewhere", text, in_county=True)
    return _PlacedRows(found, county.code)


def _code_of(roster: Roster, county: Division) -> str | None:
    region = roster.region_of_county(county.code)
    return region.code if region else None


def _report_places(
    reader: ListReader,
    region_at: ColumnFound | None,
    county_at: ColumnFound | None,
    indices: np.ndarray,
    places: list[_PlacedRows],
) -> None:
    numbers: dict[str, int] = {}
    alike = np.array([numbers.setdefault(place.value, len(numbers)) for place in places])
    name_at = reader.field_of(key_column(reader.ledger))
    say = _SayPlace(reader.roster, pa.array([place.value for place in places]), indices)
    for code in dict.fromkeys(place.code for place in places if place.code):
        faulty = np.array([place.code == code for place in places])
        rows = np.flatnonzero(faulty[indices])
        if code == "region_unknown" and not (region_at or county_at):
            rows = rows[:1]  # one answer places them all
        at = (county_at if places[indices[rows[0]]].in_county else region_at) or name_at
        assert at
        reader.report(code, at, rows, alike[indices[rows]], say)


@dataclass(frozen=True)
class _SayPlace:
    """`indices` numbers the distinct place of every row."""

    roster: Roster
    values: pa.Array
    indices: np.ndarray

    def __call__(self, row: int) -> tuple[str, Words]:
        value = _text(self.values, int(self.indices[row]))
        near = self.roster.nearest(value) if value else None
        remedy = f"您是否要填“{near.name}”？" if near else "请改为名册中的规范名称。"
        return value, {"province": self.roster.province, "suggestion": remedy}


def _years(reader: ListReader) -> pa.Array:
    from zyb.intake.cells.values import year

    column = reader.ledger.of_type("year")
    if column is None:
        return pa.array(np.full(len(reader.rows), NO_YEAR, np.int32))
    at = reader.field_of(column)
    default = reader.context.year or NO_YEAR
    if at is None:
        return pa.array(np.full(len(reader.rows), default, np.int32))
    encoded = reader.distinct(at)
    read = [year(text) for text in encoded.dictionary.to_pylist()]
    words = [Word(y, "" if y else "unclear_year") for y in read]
    _report_words(reader, column, at, encoded, words)
    values = pa.array([y or NO_YEAR for y in read], pa.int32()).take(encoded.indices)
    return pc.fill_null(values, default)


# -- the whole table ----------------------------------------------------------------------


def read_list(reader: ListReader) -> ListBody:
    """Rows, columns, places, years; the checks across columns are in zyb.intake.lists.checks."""
    _rows_that_count(reader)
    _cell_faults(reader)
    region_codes, county_codes = _regions(reader)
    size = len(reader.rows)
    columns: dict[str, pa.Array] = {
        "sheet": pa.repeat(reader.sheet.name, size),
        "line": pa.array((reader.rows + 1).astype(np.int32)),
        "region_code": region_codes,
        "county_code": county_codes,
        "year": _years(reader),
    }
    for column in reader.ledger.stored:
        at = reader.field_of(column)
        columns[column.name] = _adopt(reader, column, at) if at else _absent(reader, column, size)
    return ListBody(pa.table(columns), tuple(reader.findings))


def _absent(reader: ListReader, column: Column, size: int) -> pa.Array:
    """A column that the form states above the table (帮扶单位：…), or that is not there at all."""
    said = stated(reader.around, column.stated) if column.stated else None
    if said is None:
        return pa.nulls(size, ARROW[column.type])
    return pa.repeat(said, size)
