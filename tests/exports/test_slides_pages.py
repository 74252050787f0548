"""The slides as LibreOffice lays them out: every page is there with its finding and ends above the footer."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.briefings import many, sample
from zyb.exports.slides import write_slides

PROGRAMS = ("soffice", "pdftotext")


def missing() -> str:
    """What has to be installed; LibreOffice may be there without the part that reads slides."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        return f"{'、'.join(absent)} is missing: install libreoffice-impress and poppler-utils"
    office = Path(str(shutil.which("soffice"))).resolve().parent
    return (
        "" if (office / "libsdlo.so").exists() else "LibreOffice has no Impress: install libreoffice-impress"
    )


def pages_of(content: bytes, folder: Path) -> list[str]:
    (folder / "slides.pptx").write_bytes(content)
    own_settings = f"-env:UserInstallation=file://{folder}/settings"
    convert = ["soffice", own_settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    run = {"check": True, "capture_output": True, "timeout": 120, "env": {**os.environ, "HOME": str(folder)}}
    subprocess.run([*convert, str(folder / "slides.pptx")], **run)
    text = subprocess.run(["pdftotext", "-layout", str(folder / "slides.pdf"), "-"], **run)
    return ["".join(page.split()) for page in text.stdout.decode("utf-8").split("\f")[:-1]]


@pytest.mark.skipif(bool(missing()), reason=missing() or "everything is there")
def test_libreoffice_shows_every_slide_with_its_title_rows_and_footer(tmp_path: Path) -> None:
    briefing = sample(regions=many(21), demo=True)
    pages = pages_of(write_slides(briefing, None), tmp_path)
    shown = "".join(pages)
    assert len(pages) == len(briefing.slides) + 2  # two tables of 21 regions take a second page each
    assert all("".join(slide.title.split()) in shown for slide in briefing.slides)
    assert all(briefing.demo_warning in page for page in pages)
    schedule = [page for page in pages if "倒排工期任务表" in page]
    for line in briefing.sections[0].lines:
        assert any(line.name in page for page in schedule)
    assert all("数据截至2024年3月1日" in page for page in pages)
