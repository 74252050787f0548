"""Originals: the uploaded files as they came, under the hash of their bytes, in a folder beside the database."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from zyb.errors import ZybError
from zyb.store.database import Database, fingerprint
from zyb.store.faults import told

log = logging.getLogger("zyb")

# A file on its way in, and one that is in: its name is the hash of its bytes.
INCOMING, HASH = "incoming-", re.compile(r"[0-9a-f]{64}")
HALF = re.compile(INCOMING + r"[a-z0-9_]{8}")
# Where originals go that belong to no snapshot.
ASIDE = "unclaimed"
ORIGINAL_BACK = "请管理员从备份中恢复这个文件（文件名就是校验码），或向上报人索取；已入库的数据不受影响。"


class Originals(Database):
    """The uploaded files of the installation."""

    def original(self, sha256: str) -> bytes:
        """The bytes as they came, never others."""
        try:
            content = (self.uploads / sha256).read_bytes()
        except OSError as error:
            raise ZybError(f"原始文件已不在数据目录中{_code(sha256)}。", ORIGINAL_BACK) from error
        if fingerprint(content) != sha256:
            raise ZybError(f"原始文件已损坏，与入库时不一致{_code(sha256)}。", ORIGINAL_BACK)
        return content

    def has_original(self, sha256: str) -> bool:
        """Whether `original` will give it. A file is read through once, and again when it has changed."""
        try:
            found = (self.uploads / sha256).stat()
            return _fingerprint_of(self.uploads / sha256, found.st_size, found.st_mtime_ns) == sha256
        except OSError:
            return False

    def _keep_original(self, sha256: str, content: bytes) -> list[str]:
        """The bytes as they came, under their hash; the hash, where no file of that name was there before.

        One that is there and damaged is put right, and stays whatever becomes of this upload: others lead to it.
        """
        target = self.uploads / sha256
        known = target.exists()
        if known and self.has_original(sha256):
            return []
        try:
            handle, name = tempfile.mkstemp(prefix=INCOMING, dir=self.uploads)
        except OSError as error:
            raise _not_kept(error) from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
            _settle(self.uploads)
        except OSError as error:
            raise _not_kept(error) from error
        finally:
            Path(name).unlink(missing_ok=True)
        return [] if known else [sha256]

    def _take_back(self, kept: Iterable[str]) -> None:
        """Originals of what did not go in. Whether it did is asked, not concluded from the fault: where nobody
        answers they stay, and the next start knows."""
        try:
            known = self._originals()
        except Exception:
            return
        for sha256 in set(kept) - known:
            (self.uploads / sha256).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Clear away what a killed upload left in the folder; the number of files.

        Half files go. Originals of snapshots that never were are put aside, not deleted: after an older database was
        put back they may be all that is left of an upload. Where the database has lost something they stay where they are.
        """
        with self.exclusively():
            files = [file for file in self.uploads.iterdir() if file.is_file()]
            half = [file for file in files if HALF.fullmatch(file.name)]
            for file in half:
                file.unlink(missing_ok=True)
            known = self._originals()
            odd = [file for file in files if HASH.fullmatch(file.name) and file.name not in known]
            aside = [] if self.lost else odd
            try:
                for file in aside:
                    (self.folder / ASIDE).mkdir(exist_ok=True)
                    file.replace(self.folder / ASIDE / file.name)
            except OSError:  # something of that name lies in the way: what was not put aside does no harm
                log.warning("originals of no snapshot stay where they are", exc_info=True)
        return len(half) + len(aside)

    def _originals(self) -> set[str]:
        with self._cursor() as cursor:
            query = "select distinct sha256 from snapshots"
            return {sha256 for (sha256,) in cursor.execute(query).fetchall()}


def _code(sha256: str) -> str:
    return f"（校验码 {sha256[:16]}）"


@lru_cache(maxsize=1024)
def _fingerprint_of(file: Path, size: int, changed: int) -> str:
    """`size` and `changed` are what the answer hangs on beside the name."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """A new name in a folder is safe from a power cut only when the folder itself is written; Windows has no such step."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_kept(error: OSError) -> ZybError:
    return told(error) or ZybError("原始文件没有保存。", "请联系管理员核对数据目录后重试。")
