"""Cells → Submission: finds the table, recognises the ledger, maps headings and places, converts, checks.

It knows ledgers, not the database.
"""

from zyb.intake.submission import Row, Submission, understand

__all__ = ["Row", "Submission", "understand"]
