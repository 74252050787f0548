"""Cells → Submission: finds the tables, recognises the ledger, maps headings and places, converts, checks.

It knows ledgers, not the database.
"""

from zyb.intake.submission import Submission
from zyb.intake.summaries.lines import AdoptedRow
from zyb.intake.understanding import Given, understand, understand_all

__all__ = ["AdoptedRow", "Given", "Submission", "understand", "understand_all"]
