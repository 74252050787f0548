"""Two snapshots, or two days of a ledger, row by row: 新增, 减少, 修改, and what nobody can match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zyb.access import Permission, Viewer, insist
from zyb.answers.inquiring import place_names
from zyb.answers.linkage import PartsInForce
from zyb.errors import NotPossible
from zyb.inquiries.cells import cell_text
from zyb.inquiries.fields import BLANK, COUNTY, REGION, YEAR, InquiryField, inquiry_fields
from zyb.inquiries.model import ROWS_A_SCREEN
from zyb.periods import chinese_day
from zyb.records import Part, PartInForce, Source
from zyb.rulebook.book import remembered
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Snapshot, Store

# In the order in which they are told.
ROW_KINDS: Mapping[str, str] = {"new": "新增", "gone": "减少", "changed": "修改", "ambiguous": "无法对应"}


@dataclass(frozen=True)
class RowSide:
    """One of the two: how it is called, its day, and the parts of uploads whose rows it has."""

    title: str
    on: date
    parts: PartsInForce
    snapshots: tuple[int, ...]


@dataclass(frozen=True)
class RowQuestionOfTwo:
    """What is held against each other; personal data are masked unless `unmasked`."""

    ledger_id: str
    province: str
    before: RowSide
    after: RowSide
    unmasked: bool = False

    @property
    def ledger(self) -> Ledger:
        return ledgers()[self.ledger_id]

    @property
    def of_uploads(self) -> bool:
        """Whether they are two uploads, all of whose rows are read, and not two days."""
        return len(self.before.snapshots) == len(self.after.snapshots) == 1

    @property
    def fields(self) -> tuple[InquiryField, ...]:
        """Place and the ledger's own columns."""
        every = inquiry_fields(self.ledger_id).values()
        return tuple(one for one in every if one.own or one.name in (REGION, COUNTY, YEAR))


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands in its file."""

    snapshot: int
    sheet: str
    line: int

    @property
    def told(self) -> str:
        return f"{self.sheet} 第{self.line}行" if self.sheet else f"第{self.line}行"


@dataclass(frozen=True)
class RowChange:
    """One row that differs: as it was, as it is, and which columns were changed, each in words before and after."""

    kind: str
    before: RowPlace | None
    after: RowPlace | None
    cells: tuple[Any, ...]
    """As it is; of a row that is gone as it was."""
    changed: tuple[tuple[str, str, str], ...] = ()

    @property
    def title(self) -> str:
        return ROW_KINDS[self.kind]

    @property
    def told(self) -> str:
        """Of personal data whose first letter stayed nothing can be seen but that they were changed."""
        told = "；".join(f"{title}：{old}→{new}" for title, old, new in self.changed)
        return told or ("个人信息有修改" if self.kind == "changed" else "")


@dataclass(frozen=True)
class RowsCompared:
    """All that differs, as places of rows; and how many of each kind, with those that are the same."""

    question: RowQuestionOfTwo
    places: pa.Table
    counts: Mapping[str, int]

    def of_kind(self, kind: str) -> pa.Table:
        """The places of one kind, or of all that differ, in the order of kinds."""
        kinds = [kind] if kind else list(ROW_KINDS)
        return pa.concat_tables([self.places.filter(pc.equal(self.places["kind"], one)) for one in kinds])

    def number(self, kind: str = "") -> int:
        return self.counts.get(kind, 0) if kind else sum(self.counts.get(one, 0) for one in ROW_KINDS)


def of_snapshots(
    store: Store, province: str, before: Snapshot, after: Snapshot, *, by: Viewer, unmasked: bool = False
) -> RowQuestionOfTwo:
    """Two uploads of one ledger, as far as both speak for the same regions, counties and years."""
    if before.ledger != after.ledger:
        raise NotPossible("两个批次不是同一种台账，不能逐行比较。", "请另选一个同种台账的批次。")
    ours, theirs = _side(store, before), _side(store, after)
    question = RowQuestionOfTwo(before.ledger, province, ours, theirs, _permitted(by, unmasked))
    if not scope(question):
        raise NotPossible("两个批次没有共同的地区。", "请另选一个包含相同地区的批次。")
    return question


def _side(store: Store, snapshot: Snapshot) -> RowSide:
    log = store.report_log(snapshot.province_code, [snapshot.ledger])
    parts = tuple(
        (line.part, Source(line.snapshot, line.as_of)) for line in log if line.snapshot == snapshot.id
    )
    return RowSide(f"批次{snapshot.id}（{snapshot.as_of}）", snapshot.as_of, parts, (snapshot.id,))


def of_days(
    store: Store,
    province: str,
    ledger_id: str,
    days: tuple[date, date],
    regions: Collection[str] = (),
    *,
    by: Viewer,
    unmasked: bool = False,
) -> RowQuestionOfTwo:
    """What is in force on each of two days, of all regions or of those with these codes; where both have the same upload in
    force nothing can differ, and nothing is read."""
    editions = store.editions(load_roster(province).province_code, sorted(days))
    parts = [
        {said for said in edition.sources if said[0].ledger == ledger_id and (not regions or said[0].region_code in regions)}
        for edition in editions
    ]  # fmt: skip
    wholes = [{(part.whole, own) for part, own in said} for said in parts]
    moved = {whole for whole, _ in wholes[0] ^ wholes[1]}
    sides = []
    for day, said in zip(sorted(days), parts, strict=True):
        own = tuple(sorted(((part, source) for part, source in said if part.whole in moved), key=_order))
        sides.append(
            RowSide(chinese_day(day), day, own, tuple(sorted({source.snapshot for _, source in own})))
        )
    before, after = sides
    return RowQuestionOfTwo(ledger_id, province, before, after, _permitted(by, unmasked))


def _order(said: PartInForce) -> tuple[str, int, str]:
    part, _ = said
    return part.region_code, part.year, part.county_code


def _permitted(by: Viewer, unmasked: bool) -> bool:
    insist(by, Permission.UNMASK if unmasked else Permission.VIEW_PROGRESS)
    return unmasked


def scope(question: RowQuestionOfTwo) -> list[Part]:
    """The regions of two uploads that both speak for, of a county's own report that county; of two days all regions."""
    before, after = ([part for part, _ in side.parts] for side in (question.before, question.after))
    if not question.of_uploads:
        return list(dict.fromkeys(part.whole for part in (*before, *after)))
    shared = {part.whole for part in before} & {part.whole for part in after}
    found = []
    for whole in sorted(shared, key=lambda part: (part.region_code, part.year)):
        ours, theirs = ({part for part in parts if part.whole == whole} for parts in (before, after))
        if whole in ours and whole in theirs:
            found.append(whole)
        elif whole in ours or whole in theirs:
            found += sorted((ours | theirs) - {whole}, key=lambda part: part.county_code)
        else:
            found += sorted(ours & theirs, key=lambda part: part.county_code)
    return found


@remembered(8)
def compared(store: Store, question: RowQuestionOfTwo) -> RowsCompared:
    """Uploads never change: what differs between two is found once."""
    places = store.row_changes(
        question.ledger, question.before.parts, question.after.parts, scope(question),
        tuple(place_names(question.province)),
    )  # fmt: skip
    counts = Counter(places["kind"].to_pylist())
    differing = places.filter(pc.not_equal(places["kind"], "same"))
    return RowsCompared(question, differing, counts)


def changes_page(
    store: Store, found: RowsCompared, kind: str = "", page: int = 1, rows: int = ROWS_A_SCREEN
) -> list[RowChange]:
    """So many of the rows that differ, of one kind or of all."""
    own = found.of_kind(kind).slice((page - 1) * rows, rows).to_pylist()
    question = found.question
    wanted = [place for row in own for place in (row["before"], row["after"]) if place is not None]
    known = store.rows_at(question.ledger, wanted, question.fields, question.unmasked)
    names = _Names(question)
    return [_change(names, row["kind"], known.get(row["before"]), known.get(row["after"])) for row in own]


class _Names:
    """Names in the place of codes, and cells in words."""

    def __init__(self, question: RowQuestionOfTwo) -> None:
        roster = load_roster(question.province)
        self.fields = question.fields
        self._known: dict[str, Mapping[str, str]] = {
            REGION: place_names(question.province),
            COUNTY: {county.code: county.name for county in roster.counties},
        }

    def cells(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            self._known.get(field.name, {}).get(cell, cell)
            for field, cell in zip(self.fields, row[3:], strict=True)
        )

    def changed(self, before: Sequence[Any], after: Sequence[Any]) -> tuple[tuple[str, str, str], ...]:
        each = zip(self.fields, self.cells(before), self.cells(after), strict=True)
        return tuple(
            (field.title, cell_text(old, field.kind) or BLANK, cell_text(new, field.kind) or BLANK)
            for field, old, new in each
            if old != new
        )


def _change(
    names: _Names, kind: str, before: tuple[Any, ...] | None, after: tuple[Any, ...] | None
) -> RowChange:
    places = [RowPlace(*row[:3]) if row else None for row in (before, after)]
    shown = after or before
    assert shown
    changed = names.changed(before, after) if before and after else ()
    return RowChange(kind, places[0], places[1], names.cells(shown), changed)
