"""Workbooks as clerks of health offices make them, invented at random, and what the program makes of them.

A table of truth goes in. Habits (layout, headings, days, places, values, notes, totals, file formats) are drawn, and
a workbook comes out. The habits' words were written from the notices and from how offices write, never from the
program's own lists; half of each is never looked at while the program is mended (`--half kept`).
"""
