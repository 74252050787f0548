"""What a person is told when a command could not do its work."""

from __future__ import annotations

import traceback
from contextlib import suppress
from datetime import UTC, datetime

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
    """As far as the disk takes it: that nothing could be written to it may be the fault itself."""
    told = "".join(traceback.format_exception(error))
    with suppress(OSError), (data_folder() / "zyb.log").open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} command failed\n{told}")
