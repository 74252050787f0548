"""What a person is told when a command could not do its work."""

from __future__ import annotations

import logging

from zyb.errors import ZybError
from zyb.settings import data_folder

NO_MEMORY = "可用内存不足，操作没有完成。请关闭其他程序，或联系管理员放宽内存限制后重试。"
UNEXPECTED = "程序内部错误，操作没有完成；详情已写入数据目录下的 zyb.log，请联系管理员。"


def sentence(error: Exception) -> str:
    """The error's own words; of what nobody foresaw only that it happened, the details go to the log."""
    if isinstance(error, ZybError):
        return str(error)
    _write_to_log(error)
    return NO_MEMORY if isinstance(error, MemoryError) else UNEXPECTED


def _write_to_log(error: Exception) -> None:
    try:
        handler = logging.FileHandler(data_folder() / "zyb.log", encoding="utf-8")
    except OSError:
        return
    log = logging.getLogger("zyb")
    log.addHandler(handler)
    log.propagate = False
    log.error("command failed", exc_info=error)
    log.removeHandler(handler)
    handler.close()
