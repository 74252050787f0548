"""The words of reports, pages and warnings: sentences that an analyst may edit, and what they may speak of."""
