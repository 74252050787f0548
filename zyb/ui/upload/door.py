"""Where Streamlit takes in what browsers send: the bytes go on into the room of waiting files at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from zyb.ui.upload.waiting import CAME_BY_THE_DOOR, the_room

log = logging.getLogger("zyb")

SECONDS_BETWEEN_SWEEPS = 15
# Streamlit tells the numbers of such files alone; every uploader takes this kind.
UNNAMED = "断开连接前拖入的文件.txt"


class Door(MemoryUploadedFileManager):
    """Streamlit's own manager, left with names: an uploader shows them, and nothing is copied at each turn."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        the_room().take_in(session_id, file.file_id, file.name, file.data)
        super().add_file(session_id, file._replace(data=CAME_BY_THE_DOOR))

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> list[UploadedFileRec]:
        """One that a browser still shows after its session was given up is no file that was never there."""
        found = {file.file_id: file for file in super().get_files(session_id, file_ids)}
        return [
            found.get(one) or UploadedFileRec(one, UNNAMED, "", CAME_BY_THE_DOOR)
            for one in dict.fromkeys(file_ids)
        ]

    def remove_file(self, session_id: str, file_id: str) -> None:
        the_room().remove(session_id, file_id)
        super().remove_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        the_room().close(session_id)
        super().remove_session_files(session_id)


def open_door() -> None:
    """Streamlit makes its manager itself and has handed it around already; so this one becomes ours as it stands."""
    manager = runtime.get_instance().uploaded_file_mgr
    if type(manager) is MemoryUploadedFileManager:
        manager.__class__ = Door


async def sweep() -> None:
    """As long as the server runs, whether or not anybody has a page open."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)
        try:
            await asyncio.to_thread(the_room().sweep)
        except Exception:
            log.exception("waiting files were not swept")
