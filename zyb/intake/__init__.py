"""Cells → Submission: finds the tables, recognises the ledger, maps headings and places, converts, checks.

It knows ledgers, not the database.
"""

from zyb.intake.submission import Submission
from zyb.intake.summaries.lines import Row
from zyb.intake.understanding import Given, understand, understand_all

__all__ = ["Given", "Row", "Submission", "understand", "understand_all"]
