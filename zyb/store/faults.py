"""What the database or the disk says went wrong, as a sentence that a person can act on.

DuckDB tells most kinds of damage by its words alone, so they are listed here, once, each with the sentence that it
means. Words are whole phrases of the libraries: *lock* also stands in *block*, and a damaged block is no lock.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

import duckdb

from zyb.errors import StoreBusy, ZybError


class DiskFull(ZybError):
    """There was no room to write."""


class Unsure(ZybError):
    """It cannot be known now whether something was saved; nothing that belongs to it may be thrown away."""


@dataclass(frozen=True)
class Kind:
    """`phrases` as the libraries print them; `kind` is raised with the two sentences."""

    phrases: tuple[str, ...]
    message: str
    remedy: str
    kind: type[ZybError] = ZybError

    def error(self) -> ZybError:
        return self.kind(self.message, self.remedy)


FULL = Kind(
    ("No space left on device", "not enough space on the disk", "Disk quota exceeded", "File too large"),
    "磁盘已满，没有保存。",
    "请清理数据目录所在磁盘的空间后重试；此前已入库的数据不受影响。",
    DiskFull,
)
BUSY = Kind(
    ("Could not set lock on file", "being used by another process", "Conflicting lock is held"),
    "数据库正被另一个程序占用（看板可能正在运行）。",
    "请先关闭看板或另一个命令，再重试。",
    StoreBusy,
)
READ_ONLY = Kind(
    (
        "Read-only file system",
        "Permission denied",
        "Access is denied",
        "read-only mode",
        "Operation not permitted",
    ),
    "数据目录是只读的，或没有写入权限，不能保存。",
    "请让管理员核对数据目录（设置 ZYB_DATA）的写入权限后重试。",
)
NEWER = Kind(
    ("Trying to read a database file with version number",),
    "数据库由更新版本的程序建立。",
    "请升级程序后再打开。",
)
DAMAGED = Kind(
    (
        "Corrupt database file", "not a valid DuckDB database", "Could not read enough bytes",
        "Failure while replaying WAL", "Serialization Error",
    ),
    "数据库文件已损坏或不完整，不能读取。",
    "请停止使用，保留数据目录原样，并联系管理员用最近的备份恢复。",
)  # fmt: skip
NO_MEMORY = Kind(
    ("Out of Memory Error", "OutOfMemory", "bad allocation", "could not allocate"),
    "可用内存不足，数据库没有完成这一步，已入库的数据没有变化。",
    "请关闭其他程序，或联系管理员放宽内存限制后重试。",
)
INTERNAL = Kind(
    ("INTERNAL Error",),
    "数据库出现内部错误，文件可能已损坏。",
    "请重试；如仍出现，请保留数据目录原样，并联系管理员。",
)
GONE = Kind(
    ("database has been invalidated",),
    "数据库因刚才的故障需要重新打开。",
    "请刷新页面或重试；如仍出现，请联系管理员。",
)
# The first whose phrase stands in the text. Whoever meets the fault of somebody else's work hears of it as GONE,
# although its text repeats the cause.
KINDS = (GONE, FULL, NO_MEMORY, BUSY, READ_ONLY, NEWER, DAMAGED, INTERNAL)
OF_THE_SYSTEM = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY, errno.EPERM: READ_ONLY,
}  # fmt: skip
NOT_OPENED = Kind((), "数据库文件无法打开。", "请联系管理员，必要时用最近的备份恢复。")
NOT_REACHED = Kind((), "数据目录无法建立或写入。", "请核对设置 ZYB_DATA，并确认有写入权限。")


def disk_fault(fault: OSError) -> ZybError:
    """The sentence for a file that could not be written beside the database."""
    return told(fault) or NOT_REACHED.error()


def told(fault: duckdb.Error | OSError) -> ZybError | None:
    """The sentence for what went wrong outside our own code; None for a fault of ours."""
    if isinstance(fault, OSError):
        kind = OF_THE_SYSTEM.get(fault.errno or 0)
        return kind.error() if kind else None
    said = str(fault)
    for kind in KINDS:
        if any(phrase in said for phrase in kind.phrases):
            return kind.error()
    return GONE.error() if isinstance(fault, duckdb.FatalException) else None
