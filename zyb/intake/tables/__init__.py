"""Which tables a workbook holds: which rows are headings, which ledger they speak of, which column means what."""
