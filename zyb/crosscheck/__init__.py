"""联动核查: from the store to what several lists say of the same employers that cannot be, and what people say of it."""

from zyb.crosscheck.acts import FindingPlace, link, refute, reopen, settle, unlink
from zyb.crosscheck.candidates import Candidate
from zyb.crosscheck.model import CheckFinding, CheckSurvey, Unchecked
from zyb.crosscheck.surveying import check_survey, find_check

__all__ = [
    "Candidate",
    "CheckFinding",
    "CheckSurvey",
    "FindingPlace",
    "Unchecked",
    "check_survey",
    "find_check",
    "link",
    "refute",
    "reopen",
    "settle",
    "unlink",
]
