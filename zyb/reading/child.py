"""The reading process: opens one hostile file under limits, writes its cells as Arrow files (or an edited
copy), ends.

Started by path in Python's isolated mode, with an empty environment. Prints one line of JSON:
{"sheets": […], "date_1904": …} or {"refusal": code, "details": {…}}.
"""

from __future__ import annotations

import errno
import gc
import importlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zyb.reading.limits import Limits
    from zyb.reading.workbook import Sheet

_LARGEST_OUTPUT = 2 << 30


def main(arguments: list[str]) -> None:
    job = json.loads(arguments[0])
    limit_resources(job["memory"], job["cpu_seconds"])  # before any parser is loaded
    gc.disable()  # rows of text are many objects and no cycles
    # Arrow loads numpy when it finds it: half of the start, and nothing here uses it.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    try:
        status = edit(job) if job["task"] else read(Path(job["path"]), job["format"], job["limits"])
    except MemoryError:
        status = {"refusal": "out_of_memory", "details": {}}
    except BaseException as error:  # a parser's panic is no Exception
        status = refusal(error)
    sys.stdout.write(json.dumps(status))
    sys.stdout.flush()
    os._exit(0)  # nothing to tidy; destructors of a broken parser are not worth the risk


def limit_resources(memory: int, cpu_seconds: int) -> None:
    """Cap this process. Windows has no such limits: there only the parent's clock ends it."""
    # Arrow's own allocators reserve address space far beyond what they use.
    os.environ.update(ARROW_DEFAULT_MEMORY_POOL="system")
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (_LARGEST_OUTPUT, _LARGEST_OUTPUT),
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_AS: (memory, memory),
    }
    for limit, (soft, hard) in wanted.items():
        given = resource.getrlimit(limit)[1]  # what the machine allows may be less, and cannot be raised
        allowed = hard if given == resource.RLIM_INFINITY else min(hard, given)
        resource.setrlimit(limit, (min(soft, allowed), allowed))


def read(path: Path, kind: str, bounds: dict[str, Any]) -> dict[str, Any]:
    """Write each sheet to `<number>.arrow` beside the file; returns what the files do not hold."""
    from zyb.reading.limits import Limits

    limits = Limits(**bounds)
    if kind == "text":
        from zyb.reading.delimited import read_delimited

        return {"sheets": [hand_over(read_delimited(path, limits), path.with_name("0.arrow"), limits)]}
    from zyb.reading.spreadsheet import Spreadsheet

    book = Spreadsheet(as_the_readers_want_it(path, kind), kind, limits)
    sheets = [
        hand_over(sheet, path.with_name(f"{number}.arrow"), limits)
        for number, sheet in enumerate(book.sheets())
    ]
    return {"sheets": sheets, "date_1904": book.date_1904}


def as_the_readers_want_it(path: Path, kind: str) -> Path:
    """The file, or a copy of the same cells, in which everything has the name that the readers look for."""
    if kind in ("xlsx", "xlsb"):
        from zyb.reading.layout import in_usual_places

        return in_usual_places(path, kind)
    if kind == "xls":
        from zyb.reading.compound import give_the_usual_name

        give_the_usual_name(path)
    return path


def edit(job: dict[str, Any]) -> dict[str, Any]:
    """Let the module that the server named write an edited copy beside the file."""
    from zyb.reading.reader import EDITED, INSTRUCTIONS

    path = Path(job["path"])
    instructions = json.loads(path.with_name(INSTRUCTIONS).read_text(encoding="utf-8"))
    importlib.import_module(job["task"]).perform(path, path.with_name(EDITED), instructions)
    return {}


def hand_over(sheet: Sheet, target: Path, limits: Limits) -> dict[str, Any]:
    import pyarrow as pa

    refuse_excess(sheet, limits)
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, sheet.table.schema) as writer:
        writer.write_table(sheet.table)
    told = {name: getattr(sheet, name) for name in ("name", "hidden", "merged", "faults")}
    return {**told, "doubts": vars(sheet.doubts)}


def refuse_excess(sheet: Sheet, limits: Limits) -> None:
    from zyb.numerals import column_letters
    from zyb.reading import cells
    from zyb.reading.refusals import UnreadableFile

    if sheet.n_rows > limits.max_rows:
        raise UnreadableFile("too_many_rows", sheet=sheet.name, count=sheet.n_rows, limit=limits.max_rows)
    if sheet.n_cols > limits.max_columns:
        last = column_letters(sheet.n_cols - 1)
        raise UnreadableFile("too_many_columns", sheet=sheet.name, column=last, limit=limits.max_columns)
    for index, column in enumerate(sheet.table.columns):
        row = cells.longer_than(column, limits.max_cell_chars)
        if row is not None:
            cell = f"{column_letters(index)}{row + 1}"
            raise UnreadableFile("cell_too_long", sheet=sheet.name, cell=cell, limit=limits.max_cell_chars)


def refusal(error: BaseException) -> dict[str, Any]:
    from zyb.reading.refusals import UnreadableFile

    if isinstance(error, UnreadableFile):
        return {"refusal": error.code, "details": error.details}
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG):
        return {"refusal": "no_room", "details": {}}
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return {"refusal": "short_of_handles", "details": {}}
    protected = "password" in str(error).lower()
    return {"refusal": "encrypted" if protected else "damaged", "details": {}}


if __name__ == "__main__":
    main(sys.argv[1:])
