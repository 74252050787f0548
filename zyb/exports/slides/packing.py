"""The finished file: the same Briefing gives the same bytes, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

from pptx.presentation import Presentation

# The first day that a zip can hold.
NO_PARTICULAR_TIME = (1980, 1, 1, 0, 0, 0)


def packed(deck: Presentation) -> bytes:
    stream = io.BytesIO()
    deck.save(stream)
    return timeless(stream.getvalue())


def timeless(archive: bytes, mended: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """A zip again, its members in their order and without the time of writing, each as `mended` returns it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, NO_PARTICULAR_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            new.writestr(member, mended(name, content) if mended else content)
    return stream.getvalue()


def sign(deck: Presentation, title: str, author: str, made: date, remark: str = "") -> None:
    """Core properties; the moment is the report's own day."""
    known, moment = deck.core_properties, datetime.combine(made, time())
    known.title, known.author, known.last_modified_by = title, author, author
    known.subject = known.category = known.keywords = ""
    known.comments, known.language = remark, "zh-CN"
    known.created = known.modified = moment
    known.revision = 1
