"""Whether a report says all that an earlier one said: its rows are looked at, and not the sums of one measure alone."""

from __future__ import annotations

from zyb.intake import Submission
from zyb.records import PREVIEW, Part, Source
from zyb.rulebook.ledgers import ledgers
from zyb.store import Store


class ReportContents:
    """What snapshots, and uploads that are none yet (`coming`), say of a region; asked once each."""

    def __init__(self, store: Store, *coming: Submission) -> None:
        self._store, self._coming = store, coming
        self._known: dict[tuple[Part, Source], object] = {}

    def __call__(self, part: Part, source: Source) -> object:
        key = part, source
        if key not in self._known:
            upload = self._upload(part, source) if source.snapshot == PREVIEW else None
            self._known[key] = self._store.content(
                ledgers()[part.ledger], part.region_code, source.snapshot, upload
            )
        return self._known[key]

    def _upload(self, part: Part, source: Source) -> Submission | None:
        return next(
            (
                one
                for one in self._coming
                if one.ledger
                and one.ledger.id == part.ledger
                and one.as_of == source.as_of
                and part in one.parts()
            ),
            None,
        )
