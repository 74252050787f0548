"""What the server and a process that understands hand to each other.

Neither sends what the other has already. The cells lie in the files of the reading, which both map; sheets, ledgers
and rosters go by name; the columns of a list are laid into one more file, which the server maps instead of copying.
"""

from __future__ import annotations

import io
import mmap
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zyb.intake.rosters import nation, rosters
from zyb.intake.submission import Submission
from zyb.intake.understanding import Given
from zyb.reading import Opened, Sheet, Workbook, cells_in
from zyb.rulebook.book import Rule, Rulebook, in_force
from zyb.rulebook.columns import common_headings
from zyb.rulebook.industries import classification
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.lexicon.headings import lexicon
from zyb.rulebook.places.divisions import divisions
from zyb.rulebook.places.placenames import place_words
from zyb.rulebook.problems import catalogue
from zyb.rulebook.regions import Roster, load_roster, roster_by_code

Reference = tuple[Any, ...]
"""What stands for an object that the other side has."""
# Arrow and numpy read columns quickest from here.
ALIGNMENT = 64


# -- the rules, once ------------------------------------------------------------------------------


def rules_in_force() -> Rulebook:
    """All that understanding asks of the rules, as the server has read them: both answer alike until the next start."""
    asked: list[Rule[[], Any]] = [
        ledgers,
        common_headings,
        lexicon,
        catalogue,
        classification,
        divisions,
        place_words,
        rosters,
    ]
    by_code = [(roster_by_code, (roster.province_code,), roster) for roster in (*rosters(), nation())]
    return in_force().holding(*((rule, (), rule()) for rule in asked), *by_code)


# -- a workbook to be understood ------------------------------------------------------------------


@dataclass(frozen=True)
class Errand:
    workbook: Workbook
    file_name: str
    given: Given


def packed_errand(opened: Opened, file_name: str, given: Given) -> bytes:
    tables = {id(sheet.table): (number,) for number, sheet in enumerate(opened.workbook.sheets)}
    errand = Errand(opened.workbook, file_name, given)
    return _pickled(errand, lambda one: tables.get(id(one)), [])


def unpacked_errand(letter: bytes, cells_file: Callable[[int], Path]) -> Errand:
    found: Errand = _unpickled(letter, lambda reference: cells_in(cells_file(*reference)), ())
    return found


# -- what was understood --------------------------------------------------------------------------


@dataclass(frozen=True)
class Understood:
    """The letter, and how long each of the columns is that lie in the file beside it, one behind the other."""

    letter: bytes
    sizes: tuple[int, ...]


def packed(found: tuple[Submission, ...], workbook: Workbook, columns: Path) -> Understood:
    buffers: list[pickle.PickleBuffer] = []
    letter = _pickled(found, _references(workbook), buffers)
    views = [buffer.raw() for buffer in buffers]
    if any(views):
        with columns.open("wb") as file:
            for view in views:
                file.write(view)
                file.write(bytes(-view.nbytes % ALIGNMENT))
    return Understood(letter, tuple(view.nbytes for view in views))


def unpacked(understood: Understood, workbook: Workbook, columns: Path) -> tuple[Submission, ...]:
    sheets = workbook.sheets

    def resolve(reference: Reference) -> object:
        return _RESOLVE[reference[0]](sheets, *reference[1:])

    views = list(_views(understood.sizes, columns))
    found: tuple[Submission, ...] = _unpickled(understood.letter, resolve, views)
    return found


def _references(workbook: Workbook) -> Callable[[object], Reference | None]:
    sheets = {id(sheet): ("sheet", number) for number, sheet in enumerate(workbook.sheets)}

    def refer(one: object) -> Reference | None:
        kind = type(one)
        if kind is Sheet:
            return sheets.get(id(one))
        if kind is Ledger or kind is Roster:
            return _by_name(one)
        return None

    return refer


def _by_name(one: object) -> Reference | None:
    """A ledger whose headings have been explained is another one, and goes in full."""
    if isinstance(one, Ledger):
        return ("ledger", one.id) if ledgers().get(one.id) is one else None
    assert isinstance(one, Roster)
    known = load_roster(one.province_code)
    own = {name: region.code for name, region in one.names.items() if known.names.get(name) is not region}
    return ("roster", one.province_code, own) if one.regions == known.regions else None


def _sheet(sheets: Sequence[Sheet], number: int) -> Sheet:
    return sheets[number]


def _ledger(_: Sequence[Sheet], ledger_id: str) -> Ledger:
    return ledgers()[ledger_id]


def _roster(_: Sequence[Sheet], province_code: str, own: Mapping[str, str]) -> Roster:
    return load_roster(province_code).with_names(own)


_RESOLVE: Mapping[str, Callable[..., object]] = {"sheet": _sheet, "ledger": _ledger, "roster": _roster}


def _views(sizes: Sequence[int], columns: Path) -> Iterator[memoryview]:
    whole, at = _mapped(columns) if any(sizes) else memoryview(b""), 0
    for size in sizes:
        yield whole[at : at + size]
        at += size + -size % ALIGNMENT


def _mapped(file: Path) -> memoryview:
    if os.name == "nt":  # where a mapped file cannot be deleted
        return memoryview(file.read_bytes())
    with file.open("rb") as opened:
        return memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))


# -- objects as bytes -----------------------------------------------------------------------------


class _Pickler(pickle.Pickler):
    def __init__(
        self,
        stream: io.BytesIO,
        refer: Callable[[object], Reference | None],
        buffers: list[pickle.PickleBuffer],
    ) -> None:
        super().__init__(stream, protocol=5, buffer_callback=buffers.append)
        self._refer = refer

    def persistent_id(self, one: object) -> Reference | None:
        return self._refer(one)


def _pickled(
    one: object, refer: Callable[[object], Reference | None], buffers: list[pickle.PickleBuffer]
) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, refer, buffers).dump(one)
    return stream.getvalue()


class _Unpickler(pickle.Unpickler):
    """For what our own two processes have written; nothing else may come here."""

    def __init__(
        self, letter: bytes, resolve: Callable[[Reference], object], buffers: Sequence[memoryview]
    ) -> None:
        super().__init__(io.BytesIO(letter), buffers=buffers)
        self._resolve = resolve

    def persistent_load(self, reference: Any) -> object:
        return self._resolve(reference)


def _unpickled(letter: bytes, resolve: Callable[[Reference], object], buffers: Sequence[memoryview]) -> Any:
    return _Unpickler(letter, resolve, buffers).load()
