"""The statistics workbook: the Briefing's tables in the official look, with live formulas and native charts."""

from __future__ import annotations

from zyb.exports.statistics.workbook import write_statistics

__all__ = ["write_statistics"]
