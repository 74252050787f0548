"""The store of this installation: opened, swept of what a killed program left, tallied by today's rules, never blank."""

from __future__ import annotations

import sys
from pathlib import Path

from zyb.errors import ZybError
from zyb.inert import spelt_wrong
from zyb.periods import today
from zyb.reading import sweep_leftovers
from zyb.settings import data_folder, shows_published_figures
from zyb.store import Store
from zyb.uploads.published import fill
from zyb.uploads.retallying import count_filled, retally

# What was being written beside the database when a program was ended: a wording, a watermark, a drawn boundary.
HALF_WRITTEN = (".zyb.written.json.new", ".wording.toml.new", "boundaries/.building-*")


def sweep(store: Store) -> None:
    """What a killed program left behind goes. Only who holds the database sweeps: nobody else is at work in its folder."""
    store.sweep()
    for pattern in HALF_WRITTEN:
        for file in store.folder.glob(pattern):
            if file.is_file():
                file.unlink(missing_ok=True)


def refuse_unspeakable(folder: Path) -> None:
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
    refuse_unspeakable(wanted)
    store = Store(wanted)
    try:
        sweep(store)
        sweep_leftovers()
        retally(store)
        count_filled(store)
        if shows_published_figures():
            fill(store, today())
    except BaseException:
        store.close()
        raise
    return store
