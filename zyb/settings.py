"""The few settings of an installation, from the environment, and the store that they lead to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from zyb.errors import ZybError
from zyb.inert import spelt_wrong
from zyb.periods import today
from zyb.published import fill
from zyb.reading import sweep_leftovers
from zyb.regions import load_roster
from zyb.retallying import retally
from zyb.store import Store

ROOT = Path(__file__).resolve().parents[1]
# Whose figures the notices publish in full: what a new installation opens on.
FULLY_PUBLISHED = "陕西省"
# A data folder with this file holds invented figures only.
DEMO_MARKER = "演示数据.txt"
DEMO_WARNING = "演示数据 · 虚构，不得引用"
OFF = {"0", "off", "no", "false", "关"}


def data_folder() -> Path:
    """`ZYB_DATA`: database, uploads, backups and boundaries; data/local unless set."""
    return Path(os.environ.get("ZYB_DATA") or ROOT / "data" / "local").resolve()


def demo_folder() -> Path:
    """Where the demo lives unless it is told otherwise: beside nobody's real data."""
    return ROOT / "data" / "local" / "demo"


def is_demo(folder: Path | None = None) -> bool:
    """Whether every figure of the installation (or of a data folder) is invented: say so wherever one is shown."""
    return ((folder or data_folder()) / DEMO_MARKER).exists()


def shows_published_figures() -> bool:
    """`ZYB_PUBLISHED=off` leaves an empty database empty."""
    return os.environ.get("ZYB_PUBLISHED", "on").strip().lower() not in OFF


def home_province() -> str:
    """`ZYB_PROVINCE`: the province that this installation serves; it opens first when it has data."""
    return load_roster(os.environ.get("ZYB_PROVINCE", "").strip() or FULLY_PUBLISHED).province


def provinces_with_data(store: Store) -> list[str]:
    """The installation's own province first, then the others by the number of their snapshots."""
    names = [load_roster(code).province for code in store.province_codes()]
    return sorted(names, key=lambda name: name != home_province())


# What was being written beside the database when a program was ended: a wording, a watermark, a drawn boundary.
HALF_WRITTEN = (".zyb.written.json.new", ".wording.toml.new", ".wording.toml.old", "boundaries/.building-*")


def sweep(store: Store) -> None:
    """What a killed program left behind goes. Only who holds the database sweeps: nobody else is at work in its folder."""
    store.sweep()
    for pattern in HALF_WRITTEN:
        for file in store.folder.glob(pattern):
            if file.is_file():
                file.unlink(missing_ok=True)


def _refuse_unspeakable(folder: Path) -> None:
    """Names of our own files are Chinese; and the folder's own is given to libraries that know UTF-8 only."""
    if sys.getfilesystemencoding().lower() != "utf-8":
        raise ZybError(
            "系统的语言设置不支持中文文件名，无法启动。",
            "请去掉环境变量 PYTHONUTF8=0，或改用 UTF-8 语言环境后重试。",
        )
    if spelt_wrong(str(folder)):
        raise ZybError(
            "数据目录（设置 ZYB_DATA）的路径中有无法识别的字符。", "请改用能正常显示的路径后重试。"
        )


def open_store(folder: Path | None = None) -> Store:
    """The store of this installation, tallied by today's rules; a new one is filled with what the notices publish."""
    wanted = folder or data_folder()
    _refuse_unspeakable(wanted)
    store = Store(wanted)
    try:
        sweep(store)
        sweep_leftovers()
        retally(store)
        if shows_published_figures():
            fill(store, today())
    except BaseException:
        store.close()
        raise
    return store
