"""Spellings of regions that somebody reviewed (data/rules/region_aliases.csv)."""

from __future__ import annotations

from pathlib import Path

from zyb.rulebook.places.divisions import check_province
from zyb.rulebook.toml import load_rows

ALIASES = "region_aliases.csv"


def read_aliases(path: Path, province: str) -> dict[str, str]:
    """Reviewed spellings of one province: alias → region name."""
    rows = load_rows(path, ("alias", "province", "region"))
    for number, row in rows:
        check_province(row["province"], ALIASES, f"第 {number} 行")
    return {row["alias"]: row["region"] for _, row in rows if row["province"] == province}
