"""Every form of a report under one door: Word, slides, workbook, text, and all of them in one bundle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zyb.access import Permission, Viewer, insist
from zyb.briefing.checklist import checklist
from zyb.briefing.model import Briefing
from zyb.inert import straightened
from zyb.maps.tiles import map_of
from zyb.rulebook.regions import load_roster

Writer = Callable[[Briefing, Path], bytes]


@dataclass(frozen=True)
class Format:
    """A form that a report can take; writing needs the data folder for what is kept there (the map's outlines)."""

    id: str
    title: str
    suffix: str
    media_type: str
    writer: Writer

    def write(self, briefing: Briefing, folder: Path, *, to: Viewer) -> bytes:
        """`NotPermitted` for whom it is not. Nothing that people wrote, or that came from a file, turns the writing round."""
        insist(to, Permission.EXPORT)
        return self.writer(straightened(briefing), folder)

    def file_name(self, briefing: Briefing) -> str:
        return briefing.file_name(self.suffix)


# The writers' libraries take longer to load than a page to show, so they wait for the first document.


def _word(briefing: Briefing, _: Path) -> bytes:
    from zyb.exports.word import write_word

    return write_word(briefing)


def _excel(briefing: Briefing, _: Path) -> bytes:
    from zyb.exports.statistics import write_statistics

    return write_statistics(briefing)


def _text(briefing: Briefing, _: Path) -> bytes:
    from zyb.exports.message import write_text

    return write_text(briefing)


def _slides(briefing: Briefing, folder: Path) -> bytes:
    from zyb.exports.slides import write_slides

    shapes = map_of(load_roster(briefing.request.province), folder / "boundaries")
    return write_slides(briefing, shapes)


def _bundle(briefing: Briefing, folder: Path) -> bytes:
    """All forms and the 校核单, named like the single files."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for form in FORMATS.values():
            if form.id != BUNDLE:
                _add(file, briefing.made, form.file_name(briefing), form.writer(briefing, folder))
        checked = checklist(briefing)
        _add(file, briefing.made, checked.file_name("docx"), _inner(checked))
    return kept.getvalue()


def _inner(briefing: Briefing) -> bytes:
    """Kept with the papers and never published."""
    from zyb.exports.word import write_word

    return write_word(briefing, publication="")


def _add(file: zipfile.ZipFile, made: date, name: str, content: bytes) -> None:
    """Dated like the report and not like the clock: a bundle of the same report has the same bytes."""
    entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, content)


TEXT, BUNDLE = "text", "bundle"
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    form.id: form
    for form in (
        Format("word", "Word 通报", "docx", f"{OFFICE}.wordprocessingml.document", _word),
        Format("slides", "PPT 汇报", "pptx", f"{OFFICE}.presentationml.presentation", _slides),
        Format("excel", "Excel 统计表", "xlsx", f"{OFFICE}.spreadsheetml.sheet", _excel),
        Format(TEXT, "文字稿", "txt", "text/plain", _text),
        Format(BUNDLE, "打包下载（含校核单）", "zip", "application/zip", _bundle),
    )
}  # fmt: skip
