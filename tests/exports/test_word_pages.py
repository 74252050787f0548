"""The bulletin as LibreOffice lays it out: pages, lines and characters that only a word processor can count."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.briefings import sample
from zyb.briefing.model import Paragraph, Sentence
from zyb.exports.word import write_word

PROGRAMS = ("soffice", "pdftotext")


@pytest.fixture
def needs_libreoffice() -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"{'、'.join(missing)} is missing: install libreoffice-writer and poppler-utils")


def pages_of(content: bytes, folder: Path) -> list[list[str]]:
    """Lines of every page, without blanks."""
    (folder / "bulletin.docx").write_bytes(content)
    own_settings = f"-env:UserInstallation=file://{folder}/settings"
    convert = ["soffice", own_settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    clean = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*convert, str(folder / "bulletin.docx")], check=True, capture_output=True, timeout=120, env=clean
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "bulletin.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    pages = text.stdout.decode("utf-8").split("\f")[:-1]
    return [[line for line in map(_closed, page.splitlines()) if line] for page in pages]


def _closed(line: str) -> str:
    """The reader puts blanks where fonts change."""
    return "".join(line.split())


@pytest.mark.usefixtures("needs_libreoffice")
def test_a_page_has_22_lines_of_28_characters_and_the_end_stays_together(tmp_path: Path) -> None:
    filling = Paragraph("body", (Sentence("", "永" * 28 * 60),))
    briefing = sample(paragraphs=(filling, sample().paragraphs[-1]))
    pages = pages_of(write_word(briefing), tmp_path)
    numbers = [page[-1] for page in pages]
    assert numbers == [f"—{place}—" for place in range(1, len(pages) + 1)]
    full = pages[1][:-1]
    assert full == ["永" * 28] * 22
    (signed,) = [page for page in pages if any("年3月5日" in line and "印发" not in line for line in page)]
    assert any("死灰复燃" in line or "严格验收" in line for line in signed)
    assert [Counter(re.findall(r"^附件(\d)$", "\n".join(page), re.M)) for page in pages[-2:]] == [
        {"1": 1},
        {"2": 1},
    ]
    assert any("抄送" in line for line in pages[-1])
