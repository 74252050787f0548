"""The few settings of an installation, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A data folder with this file holds invented figures only.
DEMO_MARKER = "演示数据.txt"
DEMO_MARK = "演示数据"
DEMO_WARNING = "演示数据 · 虚构，不得引用"
OFF = {"0", "off", "no", "false", "关"}
ON = {"1", "on", "yes", "true", "开"}


def data_folder() -> Path:
    """`ZYB_DATA`: database, uploads, backups and boundaries; data/local unless set."""
    return Path(os.environ.get("ZYB_DATA") or ROOT / "data" / "local").resolve()


def rules_folder() -> Path:
    """`ZYB_RULES`: the rules in force; those that ship unless set."""
    return Path(os.environ.get("ZYB_RULES") or ROOT / "data" / "rules").resolve()


def demo_folder() -> Path:
    """Where the demo lives unless it is told otherwise: beside nobody's real data."""
    return ROOT / "data" / "local" / "demo"


def is_demo(folder: Path | None = None) -> bool:
    """Whether every figure of the installation (or of a data folder) is invented: say so wherever one is shown."""
    return ((folder or data_folder()) / DEMO_MARKER).exists()


def shows_published_figures() -> bool:
    """`ZYB_PUBLISHED=off` leaves an empty database empty."""
    return os.environ.get("ZYB_PUBLISHED", "on").strip().lower() not in OFF


def offers_statements() -> bool:
    """`ZYB_SQL=on` lets analysts type SQL of their own (查询语句); off unless set."""
    return os.environ.get("ZYB_SQL", "").strip().lower() in ON
