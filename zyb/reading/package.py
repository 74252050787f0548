"""The parts of an .xlsx that the spreadsheet reader does not tell: merged cells, date system, far cells, number formats,
formulas without a result, what is crossed out.

Runs in the reading process only. Sheets are searched as a stream of bytes, not parsed: a search costs a
fifth of the parsing.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree

from .workbook import CellPlace, CellText, Doubts, Range

_MERGED = re.compile(rb'mergeCell [^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# Neither <c r="XFD9" s="1"/> nor <c r="XFD9" s="1"></c> is filled; both are how an empty cell with a format is written.
_FILLED = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?r="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}?[^/]>(?=[^<]|<[^/])')
_DIMENSION = re.compile(rb'dimension [^>]{0,200}?ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')

# Error values newer than the reader: one of them would fail its whole sheet.
_NEW_ERROR = re.compile(
    rb"<v>#(?!REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|GETTING_DATA)[A-Z_]{2,20}[!?]?</v>"
)

# What Excel shows as a day by its built-in formats for Chinese (ECMA-376 18.8.30); the reader knows the western ones.
_CHINESE_DATES = frozenset({27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
# 0.00 and #,##0.00: the number 2024.1 shows as 2024.10.
_TWO_DECIMALS, _TWO_DECIMALS_CODE = frozenset({2, 4}), re.compile(r"[#,0]*0\.00[_) ]*")
_NUMBER_CELL = re.compile(rb"<(?:\w+:)?c ([^>]{0,200}[^/>])>\s*<(?:\w+:)?v>(\d{4,5}(?:\.\d+)?)</")
_FORMULA = re.compile(rb"[<:]f[ >]")
_UNSAVED = re.compile(
    rb"<(?:\w+:)?c ([^>]{0,200}[^/>])>\s*<(?:\w+:)?f(?:>| [^>]{0,200}>)(?:[^<]{0,8192}</(?:\w+:)?f>)?"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]{0,400}\bhidden="(?:1|true)")[^>]{0,400}?\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(
    rb'<(?:\w+:)?col (?=[^>]{0,400}\bhidden="(?:1|true)")(?=[^>]{0,400}\bmin="(\d{1,5})")[^>]{0,400}\bmax="(\d{1,5})"'
)
_STYLED = rb'<(?:\w+:)?c (?=[^>]{0,200}\bs="(?:%b)")([^>]{0,200}[^/>])>(?=[^<]|<[^/])'
_NOT = ("0", "false")  # <strike val="0"/> says that it is none
_REFERENCE, _STYLE, _TYPE = (
    re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"'),
    re.compile(rb'\bs="(\d{1,5})"'),
    re.compile(rb'\bt="(\w+)"'),
)

# 0% and 0.00%; of other formats the letters that they print: "…" and \x, but no colour, no filling and no room.
_PERCENT = frozenset({9, 10})
_COLOUR = re.compile(r"\[(?:[A-Za-z]+\d*|[\u4e00-\u9fff]+\d*|\$[^\]]*)\]|[_*].")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_FORMAT_PIECE = re.compile(r'"([^"]*)"|[\\!](.)|(.)')
_TELLING = re.compile(r"[%％\u4e00-\u9fff]")
_PLAIN_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LONGEST_COMMENT = 2_000

_BLOCK = 1 << 20
_COLUMNS_TOLD = 1000
_OVERLAP = 512  # longer than any of the patterns above


class Package:
    """An .xlsx opened as the zip it is."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self._names = {part_name(name): name for name in self._archive.namelist()}
        self._workbook = self._tree("xl/workbook.xml")

    def date_1904(self) -> bool:
        """Whether days are counted from 1904, as old Macintosh files do."""
        properties = self._workbook.find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def part(self, sheet: str) -> str | None:
        """The name of the part that holds the sheet."""
        targets = {
            item.get("Id"): item.get("Target", "") for item in self._tree("xl/_rels/workbook.xml.rels")
        }
        for item in self._workbook.iterfind("{*}sheets/{*}sheet"):
            if item.get("name") == sheet:
                link = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
                target = targets.get(link, "")
                absolute = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                return self._names.get(part_name(absolute))
        return None

    def claimed_extent(self, sheet: str) -> tuple[int, int]:
        """(rows, columns) as the head of the sheet says; (0, 0) if it says nothing."""
        head = next(self._blocks(sheet), b"")
        found = _DIMENSION.search(head[:4096])
        return (int(found[2]), column_number(found[1].decode()) + 1) if found else (0, 0)

    def filled_extent(self, sheet: str) -> tuple[int, int]:
        """(rows, columns) that reach every cell with content."""
        rows = columns = 0
        for block in self._blocks(sheet):
            for letters, number in _FILLED.findall(block):
                rows = max(rows, int(number))
                columns = max(columns, column_number(letters.decode()) + 1)
        return rows, columns

    @cached_property
    def _styles(self) -> ElementTree.Element:
        there = "xl/styles.xml" in self._names
        return self._tree("xl/styles.xml") if there else ElementTree.Element("styleSheet")

    @cached_property
    def formats(self) -> list[tuple[int, str]]:
        """Of each style its number format: the number, and the code when it is no built-in one."""
        styles = self._styles
        codes = {
            item.get("numFmtId"): item.get("formatCode", "")
            for item in styles.iterfind("{*}numFmts/{*}numFmt")
        }
        used = [item.get("numFmtId", "0") for item in styles.iterfind("{*}cellXfs/{*}xf")]
        return [(int(number), codes.get(number, "")) for number in used]

    @cached_property
    def _struck_cell(self) -> re.Pattern[bytes] | None:
        """A cell with content in a font that is crossed out; most workbooks have no such font, and are not searched."""
        marks = [font.find("{*}strike") for font in self._styles.iterfind("{*}fonts/{*}font")]
        fonts = {f"{n}" for n, mark in enumerate(marks) if mark is not None and mark.get("val") not in _NOT}
        used = self._styles.iterfind("{*}cellXfs/{*}xf") if fonts else ()
        styles = "|".join(f"{n}" for n, style in enumerate(used) if style.get("fontId") in fonts)
        return re.compile(_STYLED % styles.encode()) if styles else None

    @cached_property
    def _around(self) -> dict[int, str]:
        """What styles print around a number; most workbooks have none that print anything."""
        printed = ((n, printed_around(number, code)) for n, (number, code) in enumerate(self.formats))
        return {n: text for n, text in printed if text}

    @cached_property
    def _wrapped_cell(self) -> re.Pattern[bytes] | None:
        """A cell of one of these styles."""
        return re.compile(_STYLED % "|".join(map(str, self._around)).encode()) if self._around else None

    def _shown_in(self, block: bytes, wrapped: re.Pattern[bytes]) -> Iterator[tuple[CellPlace, str]]:
        for match in wrapped.finditer(block):
            place, style, kind = (known.search(match[1]) for known in (_REFERENCE, _STYLE, _TYPE))
            if place and style and (kind is None or kind[1] == b"n"):
                yield _cell(place), self._around[int(style[1])]

    def comments(self, sheet: str, most: int) -> Iterator[CellText]:
        """What hangs on the sheet's cells; the part is found by its relation, and read only where there is one."""
        part = self.part(sheet)
        folder, _, name = (part or "").rpartition("/")
        links = part_name(f"{folder}/_rels/{name}.rels")
        if not part or links not in self._names:
            return
        for link in self._tree(links):
            if not link.get("Type", "").endswith("/comments"):
                continue
            target = link.get("Target", "")
            path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if part_name(path) not in self._names:
                continue
            for comment in islice(self._tree(path).iterfind("{*}commentList/{*}comment"), most):
                text = "".join(piece.text or "" for piece in comment.iter() if piece.tag.endswith("}t"))
                if found := _PLAIN_REFERENCE.fullmatch(comment.get("ref", "")):
                    yield int(found[2]) - 1, column_number(found[1]), text[:_LONGEST_COMMENT]

    def shows_day(self, style: int) -> bool:
        """Whether a number of this style is shown as a day by a built-in Chinese format."""
        return style < len(self.formats) and self.formats[style][0] in _CHINESE_DATES

    def shows_two_decimals(self, style: int) -> bool:
        number, code = self.formats[style] if style < len(self.formats) else (0, "")
        return number in _TWO_DECIMALS or bool(_TWO_DECIMALS_CODE.fullmatch(code.split(";")[0]))

    @property
    def has_chinese_dates(self) -> bool:
        return any(number in _CHINESE_DATES for number, _ in self.formats)

    def numbers(self, sheet: str) -> dict[CellPlace, tuple[float, int]]:
        """Cells with a number that may be shown otherwise than it is stored: a day, or 2024.10; with their styles."""
        found: dict[CellPlace, tuple[float, int]] = {}
        for block in self._blocks(sheet):
            for attributes, number in _NUMBER_CELL.findall(block):
                place, kind = _REFERENCE.search(attributes), _TYPE.search(attributes)
                named = _STYLE.search(attributes)
                style = int(named[1]) if named else 0
                meant = number.endswith(b".1") or self.shows_day(style)
                if place and meant and (kind is None or kind[1] == b"n"):
                    found[_cell(place)] = (float(number), style)
        return found

    def beside_the_cells(self, sheet: str, most_merged: int, most: int) -> BesideTheCells:
        """All of it in one pass: to unpack a large sheet once more would cost a seventh of reading it."""
        merged: dict[bytes, None] = {}  # ordered, and blocks overlap
        unsaved: dict[CellPlace, None] = {}
        rows: dict[int, None] = {}
        columns: dict[int, None] = {}
        struck: dict[CellPlace, None] = {}
        shown: dict[CellPlace, str] = {}
        for block in self._blocks(sheet):
            if b"mergeCell " in block and len(merged) <= most_merged:
                merged.update(dict.fromkeys(_MERGED.findall(block)))
            # A search for a single byte is the quicker one, and most sheets have neither.
            if b"d" in block and b"hidden=" in block and len(rows) < most:
                rows.update({int(row) - 1: None for row in _HIDDEN_ROW.findall(block)})
                for first, last in _HIDDEN_COLUMNS.findall(block):
                    columns.update(dict.fromkeys(range(int(first) - 1, min(int(last), _COLUMNS_TOLD))))
            for match in _UNSAVED.finditer(block) if b"f" in block and _FORMULA.search(block) else ():
                place, kind = _REFERENCE.search(match[1]), _TYPE.search(match[1])
                if place and (kind is None or kind[1] != b"str") and len(unsaved) < most:
                    unsaved[_cell(place)] = None
            for match in self._struck_cell.finditer(block) if self._struck_cell else ():
                place = _REFERENCE.search(match[1])
                if place and len(struck) < most:
                    struck[_cell(place)] = None
            if self._wrapped_cell and len(shown) < most:
                shown.update(self._shown_in(block, self._wrapped_cell))
        ranges = tuple(_range(reference.decode()) for reference in list(merged)[:most_merged])
        doubts = Doubts(
            unsaved=tuple(unsaved),
            rows=tuple(rows)[:most],
            columns=tuple(columns),
            struck=tuple(struck),
            shown=tuple((*cell, text) for cell, text in shown.items())[:most],
            comments=tuple(self.comments(sheet, most)),
        )
        return BesideTheCells(ranges, doubts)

    def with_known_errors(self, path: Path, largest: int) -> bool:
        """Write a copy in which unknown error values are #N/A; False if a sheet is too large for it."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for entry in self._archive.infolist():
                if entry.file_size > largest:
                    return False
                part = self._archive.read(entry)
                is_sheet = "worksheets/" in entry.filename
                copy.writestr(entry.filename, _NEW_ERROR.sub(b"<v>#N/A</v>", part) if is_sheet else part)
        return True

    def _tree(self, part: str) -> ElementTree.Element:
        with self._archive.open(self._names[part_name(part)]) as stream:
            return ElementTree.parse(stream).getroot()

    def _blocks(self, sheet: str) -> Iterator[bytes]:
        """The XML of a sheet in blocks that overlap, so that no short pattern is cut in two."""
        part = self.part(sheet)
        if part is None:
            return
        with self._archive.open(part) as stream:
            tail = b""
            while data := stream.read(_BLOCK):
                yield tail + data
                tail = data[-_OVERLAP:]


class BesideTheCells(NamedTuple):
    """Merged ranges, and what a person does not see: cells with a formula without its result (a saved text may be
    empty, and is one), hidden rows and hidden columns, and all else that is told of single cells."""

    merged: tuple[Range, ...]
    doubts: Doubts = Doubts()


def _cell(place: re.Match[bytes]) -> CellPlace:
    return int(place[2]) - 1, column_number(place[1].decode())


def printed_around(number: int, code: str) -> str:
    """What a format prints around a number, with 1 in its place: “1%”, “1（预计）”; blank where it prints no letter, or is of
    days, or prints another number than is stored (0!.0,"万" scales it)."""
    if number in _PERCENT:
        return "1%"
    first = _COLOUR.sub("", code.split(";")[0]).replace("General", "0")
    if "[" in first or _SCALED.search(first):
        return ""
    pieces = _FORMAT_PIECE.findall(first)
    digits = [n for n, (_, _, bare) in enumerate(pieces) if bare and bare in "0#?"]
    if not digits:
        return ""
    before, behind = pieces[: digits[0]], pieces[digits[-1] + 1 :]
    text = f"{_literal(before)}1{_literal(behind)}"
    return text if _TELLING.search(text) else ""


def _literal(pieces: Sequence[tuple[str, str, str]]) -> str:
    return "".join(
        quoted or escaped or (bare if bare == "%" or not bare.isascii() else "")
        for quoted, escaped, bare in pieces
    )


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _range(reference: str) -> Range:
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in reference.split(":"))
    assert first and last
    return int(first[2]) - 1, column_number(first[1]), int(last[2]) - 1, column_number(last[1])


def part_name(name: str) -> str:
    """As names of parts are compared: whatever the slashes and the case."""
    return str(PurePosixPath(name.replace("\\", "/").lstrip("/"))).lower()
