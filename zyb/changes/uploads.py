"""The terms of a change by upload, and which days a first looking can have been on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zyb.answers.progress import find_measure
from zyb.changes.model import KIND_TITLES, ChangeKind, ChangeSplit, ChangeTerm
from zyb.periods import in_beijing
from zyb.records import LoggedPart, Snapshot
from zyb.rulebook.regions import load_roster
from zyb.store import Store


@dataclass(frozen=True, kw_only=True)
class UploadChange:
    """What one upload, or its withdrawal, brings to the change for one reason; without a snapshot what the year's turn does."""

    kind: ChangeKind
    snapshot: Snapshot | None
    on: date
    terms: tuple[ChangeTerm, ...]
    before: int | None
    """The upload that held before it for the same regions, to be compared with row by row."""
    regions: tuple[str, ...]
    """Whose figures it changed, in the order of the roster."""

    @property
    def title(self) -> str:
        return KIND_TITLES[self.kind]

    def amount(self, side: str) -> int:
        return sum(term.amount for term in self.terms if term.side == side)

    @property
    def remark(self) -> str:
        """Why it was withdrawn, or why it said less."""
        if self.snapshot is None:
            return ""
        withdrawn = self.kind is ChangeKind.WITHDRAWN
        return (self.snapshot.withdrawal_reason if withdrawn else self.snapshot.reason) or ""


def by_upload(store: Store, found: ChangeSplit, province_code: str) -> list[UploadChange]:
    """In the order in which they came on the way; all together they are the whole change."""
    groups: dict[tuple[int | None, ChangeKind, date], list[ChangeTerm]] = {}
    for term in found.whole.terms:
        groups.setdefault((term.snapshot, term.kind, term.on), []).append(term)
    names = {place.region_code: place.region for place in (*found.regions, found.whole)}
    log = store.report_log(province_code, found.measure.ledger_ids)
    register = {number: store.snapshot(number) for number, _, _ in groups if number}
    return [
        UploadChange(
            kind=kind, snapshot=register[number] if number else None, on=day, terms=tuple(terms),
            before=_before(log, number) if number else None,
            regions=tuple(dict.fromkeys(names[term.region_code] for term in terms)),
        )
        for (number, kind, day), terms in sorted(groups.items(), key=lambda group: (group[0][2], group[0][0] or 0))
    ]  # fmt: skip


def _before(log: Sequence[LoggedPart], number: int) -> int | None:
    """The log is in the order in which the later one holds."""
    own = {line.part for line in log if line.snapshot == number}
    place = next(place for place, line in enumerate(log) if line.snapshot == number)
    earlier = (line for line in reversed(log[:place]) if line.part in own and line.withdrawn_at is None)
    return next((line.snapshot for line in earlier), None)


def _log(store: Store, province: str, measure_id: str) -> list[LoggedPart]:
    measure, roster = find_measure(province, measure_id), load_roster(province)
    return store.report_log(roster.province_code, measure.ledger_ids)


def known_days(store: Store, province: str, measure_id: str, since: date) -> list[date]:
    """The days (of Beijing) on which something was learned of a day that was over, newest first: at the end of each another
    state of its figures was known."""
    moments = [
        moment
        for line in _log(store, province, measure_id)
        if line.as_of <= since
        for moment in (line.uploaded_at, line.withdrawn_at)
        if moment
    ]
    days = {in_beijing(moment).date() for moment in moments}
    return sorted((day for day in days if day >= since), reverse=True)


def shown_then(
    store: Store, province: str, measure_id: str, since: date, known: Sequence[date]
) -> date | None:
    """Of these days the last on which the figures of `since` were the newest: until a report of a later day came."""
    later = [
        in_beijing(line.uploaded_at).date()
        for line in _log(store, province, measure_id)
        if line.as_of > since and line.part.ledger in find_measure(province, measure_id).report_ledgers
    ]
    return next((day for day in known if day < min(later)), None) if later else None
