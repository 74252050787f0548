"""Everything that the program shows and writes, as text: what a change of structure must leave as it was.

    python -m tests.frozen FOLDER OUT

Every page for every role, every document, command and download, from the data in FOLDER (a data folder: the
published figures, or the demo), as files below OUT. Run it before and after, and compare with `diff -r`. Moments of
the run itself are masked; both runs belong on one day, since pages show today.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import streamlit as st
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from streamlit.delta_generator import DeltaGenerator

from tests.pages.screen import elements, open_page
from tests.pages.test_every_page import THERE, VIEWERS
from zyb import cli
from zyb.access import LOCAL_ADMIN, Viewer, refusal
from zyb.answers.provinces import provinces_with_data
from zyb.briefing.checking import FAILURES
from zyb.briefing.outlines import plans
from zyb.exports.documents import FORMATS
from zyb.rulebook.measures import campaigns, measures
from zyb.rulebook.regions import load_roster
from zyb.ui.frame.loading import close_stores, the_store

MOMENT = re.compile(
    r"\d{4}年\d+月\d+日\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?"
)
# Rank among the widgets of a run, and an address that counts the files of this process.
PASSING = {"url", "id", "dataframeId", "formId", "deferredFileId"}


def main(folder: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        shutil.copytree(folder, data)
        os.environ["ZYB_DATA"] = str(data)
        for name, text in frozen():
            file = out / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(MOMENT.sub("〔时刻〕", text.replace(place, "")), encoding="utf-8")
        close_stores()


def frozen() -> Iterator[tuple[str, str]]:
    """Name and text of each output."""
    provinces = list(provinces_with_data(the_store())) or ["陕西省"]
    yield from pages(provinces)
    close_stores()
    yield from commands(provinces)
    yield from documents(provinces)


# -- pages ------------------------------------------------------------------------------------


def pages(provinces: Iterable[str]) -> Iterator[tuple[str, str]]:
    for entry in THERE:
        for viewer, query in scenes(provinces):
            if refusal(viewer, entry.permission) is None:
                with downloads() as files:
                    page = open_page(entry.url_path, viewer, **query)
                seen = "\n".join(map(told, elements(page)))
                named = "-".join([viewer.role, *query.values()])
                yield f"pages/{entry.url_path}/{named}.txt", "\n".join([seen, *files])


def scenes(provinces: Iterable[str]) -> Iterator[tuple[Viewer, dict[str, str]]]:
    for viewer in VIEWERS:
        yield viewer, {}
    for province in provinces:
        yield LOCAL_ADMIN, {"province": province}
        yield LOCAL_ADMIN, {"province": province, "region": load_roster(province).regions[-1].name}


def told(element: Any) -> str:
    said = element.proto
    body = plain(MessageToDict(said)) if isinstance(said, Message) else repr(said)
    return f"{element.type}: {json.dumps(body, ensure_ascii=False, sort_keys=True)}"


def plain(said: Any) -> Any:
    """Without what a run numbers by itself; a chart's own JSON taken apart, so that a difference can be read."""
    if isinstance(said, dict):
        return {key: plain(value) for key, value in said.items() if key not in PASSING}
    if isinstance(said, list):
        return [plain(value) for value in said]
    return said


@contextlib.contextmanager
def downloads() -> Iterator[list[str]]:
    """What the buttons of a page would hand out."""
    found: list[str] = []
    real = DeltaGenerator.download_button

    def watched(
        self: DeltaGenerator, label: str, data: Any, file_name: str | None = None, **said: Any
    ) -> bool:
        content = data() if callable(data) else data
        found.append(f"download {label} {file_name} {digest(content)}")
        return real(self, label, data, file_name, **said)

    DeltaGenerator.download_button = watched  # type: ignore[method-assign]
    st.download_button = watched.__get__(st._main)  # type: ignore[assignment]
    try:
        yield found
    finally:
        DeltaGenerator.download_button = real  # type: ignore[method-assign]
        st.download_button = real.__get__(st._main)


def digest(content: Any) -> str:
    raw = content.encode() if isinstance(content, str) else bytes(content)
    texts = "".join(text for _, text in unpacked("", raw))
    return hashlib.sha256(MOMENT.sub("", texts).encode()).hexdigest()


# -- commands -----------------------------------------------------------------------------------


def commands(provinces: Iterable[str]) -> Iterator[tuple[str, str]]:
    asked = [["snapshots", "list"], ["snapshots", "list", "--json"], ["--help"]]
    for province in provinces:
        own = ["--province", province]
        for measure in measures(load_roster(province).province):
            asked += [["standings", measure, *own, *form] for form in ([], ["--json"], ["--csv"])]
        asked += [[name, *own, *form] for name in ("alerts",) for form in ([], ["--json"])]
        asked += [["verdicts", "list", *own], ["verdicts", "list", *own, "--json"]]
    for arguments in asked:
        yield f"commands/{'_'.join(arguments)}.txt", answer(arguments)


def answer(arguments: list[str]) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: object = cli.main(arguments)
        except SystemExit as ended:
            code = ended.code
    return f"{code}\n{out.getvalue()}\n{err.getvalue()}"


# -- documents ----------------------------------------------------------------------------------


def documents(provinces: Iterable[str]) -> Iterator[tuple[str, str]]:
    for province in provinces:
        region = load_roster(province).regions[-1].name
        for kind in plans().kinds:
            about = ["--region", region] if kind == "supervision" else []
            for campaign in [*campaigns(), "all"]:
                for form in FORMATS:
                    asked = [form, "--province", province, "--kind", kind, "--campaign", campaign, *about]
                    yield from written(
                        f"documents/{'_'.join([province, kind, campaign, form])}", ["report", *asked]
                    )
        yield from written(f"documents/templates_{province}", ["templates", "--province", province])


def written(name: str, arguments: list[str]) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        accepted = (
            [said for check in FAILURES for said in ("--accept", check)] if arguments[0] == "report" else []
        )
        yield f"{name}/said.txt", answer([*arguments, *accepted, "--out", folder]).replace(folder, "")
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                yield from unpacked(f"{name}/{file.name}", file.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A file as text; of an archive (every Office document is one) each member."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in sorted(archive.namelist()):
                if not member.endswith("/"):
                    yield from unpacked(f"{name}/{member}", archive.read(member))
        return
    try:
        yield f"{name}.txt", content.decode().replace("><", ">\n<")
    except UnicodeDecodeError:
        yield f"{name}.txt", hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
