"""DuckDB: the only package that runs SQL.

Everything that an upload brings is written in one transaction; a snapshot never changes afterwards.
"""

from __future__ import annotations

from zyb.records import (
    PREVIEW,
    AlertRecord,
    Bulletin,
    CheckedFile,
    CheckedReport,
    DutyReport,
    DutyTick,
    Edition,
    Explanation,
    FilledCells,
    FindingRecord,
    FirmRow,
    Learned,
    LinkRecord,
    ProblemCount,
    RegisterLine,
    RegisterPage,
    Rewording,
    SavedView,
    Snapshot,
    Trace,
    VerdictRecord,
)
from zyb.store.bulletins import Bulletins
from zyb.store.checks import Checks, checked_file
from zyb.store.database import SQL, fingerprint, now
from zyb.store.desk.copying import DeskCopies
from zyb.store.duties import DutyEvidence
from zyb.store.faults import DiskFull, Unsure, disk_fault
from zyb.store.lists.inquiring import InquiryRows
from zyb.store.lists.linking import IdentityPairs, Linking, ListInForce, NearFirms
from zyb.store.lists.row_changes import RowChanges
from zyb.store.lists.rows import ListRows
from zyb.store.people import People
from zyb.store.snapshots import Snapshots, Upload
from zyb.store.views import Views


class Store(
    Snapshots,
    ListRows,
    InquiryRows,
    RowChanges,
    Linking,
    People,
    DutyEvidence,
    Views,
    Bulletins,
    Checks,
    DeskCopies,
):
    """The database and the uploaded files in one folder."""


__all__ = [
    "PREVIEW",
    "SQL",
    "AlertRecord",
    "Bulletin",
    "CheckedFile",
    "CheckedReport",
    "DiskFull",
    "DutyReport",
    "DutyTick",
    "Edition",
    "Explanation",
    "FilledCells",
    "FindingRecord",
    "FirmRow",
    "IdentityPairs",
    "Learned",
    "LinkRecord",
    "ListInForce",
    "NearFirms",
    "ProblemCount",
    "RegisterLine",
    "RegisterPage",
    "Rewording",
    "SavedView",
    "Snapshot",
    "Store",
    "Trace",
    "Unsure",
    "Upload",
    "VerdictRecord",
    "checked_file",
    "disk_fault",
    "fingerprint",
    "now",
]
