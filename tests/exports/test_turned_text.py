"""What turns the direction of writing reaches no document: the rest of a paragraph would be drawn backwards."""

from __future__ import annotations

import io
import zipfile
from codecs import BOM_UTF8
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.briefings import sample
from zyb.access import LOCAL_ADMIN
from zyb.exports.documents import BUNDLE, FORMATS
from zyb.inert import TURNING
from zyb.maps.polygons import province_map
from zyb.rulebook.regions import load_roster

TURNED = "甲\u202e乙\u2066"
# Fields in which stands what people have written, or names from their files.
WRITTEN = {"title", "issuer", "number", "notes", "reason", "by", "addressees", "copies", "text", "requirements", "file_name"}  # fmt: skip


def turned(value: Any, name: str = "") -> Any:
    """The same briefing, in which everything of that kind ends in marks that turn what follows round."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: turned(getattr(value, each.name), each.name) for each in fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(turned(each, name) for each in value)
    return value + TURNED if isinstance(value, str) and name in WRITTEN else value


@pytest.mark.parametrize("form", [form for form in FORMATS if form != BUNDLE])
def test_no_document_holds_a_mark_that_turns_the_writing(form: str, tmp_path: Path) -> None:
    province_map(load_roster("陕西省"), tmp_path / "boundaries")
    written = FORMATS[form].write(turned(sample()), tmp_path, to=LOCAL_ADMIN)
    parts = zipfile.ZipFile(io.BytesIO(written)) if written[:2] == b"PK" else None
    contents = [parts.read(name) for name in parts.namelist()] if parts else [written.removeprefix(BOM_UTF8)]
    texts = [content.decode("utf-8", "ignore") for content in contents]
    assert any("甲乙" in text for text in texts)
    assert [found for text in texts for found in TURNING.findall(text)] == []
