"""Which province a command is about, and files in and out."""

from __future__ import annotations

from pathlib import Path

from zyb.answers.progress import report_days
from zyb.answers.provinces import home_province, provinces_with_data
from zyb.atomic_files import write_whole
from zyb.errors import ZybError
from zyb.inert import file_name
from zyb.reading import BULK_LIMITS
from zyb.store import Store


def default_province(store: Store) -> str:
    return next(iter(provinces_with_data(store)), home_province())


def province_measured(store: Store, measure_id: str) -> str:
    """Without --province: the installation's own, or else the first that has figures for the measure."""
    known = provinces_with_data(store)
    measured = (name for name in known if report_days(store, name, measure_id))
    return next(measured, default_province(store))


def bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(BULK_LIMITS.max_bytes + 1)
    except OSError:
        raise ZybError(
            f"无法打开文件“{file_name(path.name)}”。", "请核对文件是否存在、是否有权读取。"
        ) from None


def target_file(out: Path, name: str) -> Path:
    """A folder takes the file under its own name."""
    try:
        return out / name if out.is_dir() or not out.suffix else out
    except OSError:  # a name that no disk can hold
        raise unwritable(out) from None


def write_file(path: Path, content: bytes) -> None:
    """In one step: what lay there before is whole until the new file is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError:
        raise unwritable(path) from None


def unwritable(path: Path) -> ZybError:
    folder = file_name(path.resolve().parent.name)
    return ZybError(
        f"无法写入文件夹“{folder}”。", "请核对文件夹和文件的名称（不宜过长）、写入权限和磁盘空间。"
    )


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe takes what it is given
        path.write_bytes(content)
        return
    write_whole(path, content)
