"""From the store to alerts, 数据疑点 and 督办单: what page, documents and command line share."""

from zyb.alerting.deadlines import MissedDeadline, Unheard, missed_deadlines, never_reported
from zyb.alerting.model import Alert, AlertPeriod, Fault, Survey
from zyb.alerting.records import (
    claim,
    decision_words,
    find_alert,
    find_region,
    newest_decision,
    note,
    release,
)
from zyb.alerting.supervision import (
    SheetLine,
    SheetStep,
    SupervisionSheet,
    sheet_of,
    supervision_sheet,
)
from zyb.alerting.surveying import alerts, newest_day, report_days, survey
from zyb.alerting.unfinished import Unfinished, UnfinishedRow, unfinished_rows

__all__ = [
    "Alert",
    "AlertPeriod",
    "Fault",
    "MissedDeadline",
    "SheetLine",
    "SheetStep",
    "SupervisionSheet",
    "Survey",
    "Unfinished",
    "UnfinishedRow",
    "Unheard",
    "alerts",
    "claim",
    "decision_words",
    "find_alert",
    "find_region",
    "missed_deadlines",
    "never_reported",
    "newest_day",
    "newest_decision",
    "note",
    "release",
    "report_days",
    "sheet_of",
    "supervision_sheet",
    "survey",
    "unfinished_rows",
]
