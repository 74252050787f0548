"""DuckDB: the only package that runs SQL.

Everything that an upload brings is written in one transaction; a snapshot never changes afterwards.
"""

from __future__ import annotations

from zyb.records import (
    PREVIEW,
    AlertRecord,
    Bulletin,
    DutyReport,
    DutyTick,
    Edition,
    Explanation,
    FindingRecord,
    FirmRow,
    Learned,
    LinkRecord,
    RegisterLine,
    RegisterPage,
    Rewording,
    SavedView,
    Snapshot,
    Trace,
    VerdictRecord,
)
from zyb.store.bulletins import Bulletins
from zyb.store.database import SQL, fingerprint, now
from zyb.store.duties import DutyEvidence
from zyb.store.faults import DiskFull, Unsure, disk_fault
from zyb.store.inquiring import InquiryRows
from zyb.store.linking import IdentityPairs, Linking, ListInForce, NearFirms
from zyb.store.people import People
from zyb.store.rows import ListRows
from zyb.store.snapshots import Snapshots, Upload
from zyb.store.views import Views


class Store(Snapshots, ListRows, InquiryRows, Linking, People, DutyEvidence, Views, Bulletins):
    """The database and the uploaded files in one folder."""


__all__ = [
    "PREVIEW",
    "SQL",
    "AlertRecord",
    "Bulletin",
    "DiskFull",
    "DutyReport",
    "DutyTick",
    "Edition",
    "Explanation",
    "FindingRecord",
    "FirmRow",
    "IdentityPairs",
    "Learned",
    "LinkRecord",
    "ListInForce",
    "NearFirms",
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
    "disk_fault",
    "fingerprint",
    "now",
]
