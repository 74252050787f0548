"""Workbooks to fill in or to keep: blank forms of every ledger, and the whole list of a province."""
