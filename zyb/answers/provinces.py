"""Which provinces there is something to see of; the installation's own first."""

from __future__ import annotations

import os

from zyb.rulebook.regions import load_roster
from zyb.store import Store

# Whose figures the notices publish in full: what a new installation opens on.
FULLY_PUBLISHED = "陕西省"


def home_province() -> str:
    """`ZYB_PROVINCE`: the province that this installation serves; it opens first when it has data."""
    return load_roster(os.environ.get("ZYB_PROVINCE", "").strip() or FULLY_PUBLISHED).province


def provinces_with_data(store: Store) -> list[str]:
    """The installation's own province first, then the others by the number of their snapshots."""
    names = [load_roster(code).province for code in store.province_codes()]
    return sorted(names, key=lambda name: name != home_province())
