"""Who may report, take back and download: a snapshot is its regions'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zyb.access import (
    NotPermitted,
    OwnRegion,
    Permission,
    Viewer,
    insist,
    late_withdrawal,
    refusal_for,
)
from zyb.intake.submission import Submission
from zyb.rulebook.regions import Roster, load_roster
from zyb.store import Snapshot, Store


def refusal_to_report(viewer: Viewer | None, submission: Submission) -> str | None:
    """Who answers for a region may report that region only."""
    return refusal_for(viewer, Permission.UPLOAD, _named(submission.roster, submission.region_codes))


def refusal_to_withdraw(store: Store, viewer: Viewer, snapshot: Snapshot) -> str | None:
    """Nor what a newer report has taken the place of."""
    reason = refusal_for(viewer, Permission.WITHDRAW, _regions(store, snapshot))
    return reason or late_withdrawal(viewer, not store.speaks(snapshot))


def refusal_to_download(store: Store, viewer: Viewer, snapshot: Snapshot) -> str | None:
    """Of a workbook of several sheets each may speak of other regions: the file is all of theirs."""
    same_file = [one for one in store.snapshots() if one.sha256 == snapshot.sha256]
    regions = [region for one in same_file for region in _regions(store, one)]
    return refusal_for(viewer, Permission.READ_ORIGINALS, regions)


def withdraw(store: Store, snapshot: int, *, by: Viewer, reason: str, at: datetime | None = None) -> None:
    """Take a snapshot out of force, as `Store.withdraw`; `NotPermitted` for whom it is not to take back."""
    with store.exclusively():
        _refuse(refusal_to_withdraw(store, by, store.snapshot(snapshot)))
        store.withdraw(snapshot, by=by.name, reason=reason, at=at)


def original(store: Store, snapshot: Snapshot, *, to: Viewer) -> bytes:
    """The file as it was uploaded; `NotPermitted` for whom it is not."""
    _refuse(refusal_to_download(store, to, snapshot))
    return store.original(snapshot.sha256)


def take_note_of_loss(store: Store, *, by: Viewer) -> None:
    """As `Store.take_note_of_loss`: for who answers for the program."""
    insist(by, Permission.ADMINISTER)
    store.take_note_of_loss(by=by.name)


def refuse_report(viewer: Viewer, submissions: Iterable[Submission]) -> None:
    for submission in submissions:
        _refuse(refusal_to_report(viewer, submission))


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotPermitted(reason)


def _regions(store: Store, snapshot: Snapshot) -> list[OwnRegion]:
    return _named(load_roster(snapshot.province_code), store.region_codes(snapshot.id))


def _named(roster: Roster | None, codes: Iterable[str]) -> list[OwnRegion]:
    return [OwnRegion(code, roster.name_of(code) if roster else code) for code in codes]
