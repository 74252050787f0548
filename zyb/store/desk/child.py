"""The process that runs one SELECT: under limits, on a locked read-only copy; hands its rows over as an Arrow file.

Started by path in Python's isolated mode, with an empty environment. Reads its job from standard input as JSON and
prints one line of JSON: {"rows": …, "cut": …} or {"refusal": code, "told": text}. DuckDB's own memory limit does not
bound strings: the address space of this process does.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

# Whatever a copy holds besides: no files, no network, no extensions, and no way to change that.
LOCKED = {
    "enable_external_access": "false", "autoload_known_extensions": "false", "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false", "python_enable_replacements": "false", "python_scan_all_frames": "false",
    "lock_configuration": "true", "threads": "2", "temp_directory": "",
}  # fmt: skip
# Of the address space so much is left for the program itself, its libraries and what DuckDB does not count.
KEPT_FREE = 384 << 20
HANDLES = 64


def main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    limit_resources(job)  # before anything of a person's is looked at
    sys.modules["numpy"] = None  # type: ignore[assignment]  # half of the start, and nothing here uses it
    try:
        status = run(job)
    except MemoryError:
        status = {"refusal": "memory"}
    except BaseException as error:
        status = refusal(error)
    sys.stdout.write(json.dumps(status))
    sys.stdout.flush()
    os._exit(0)


def limit_resources(job: dict[str, Any]) -> None:
    """The parent does not start this where there is no such module (`limits_hold`)."""
    import resource
    import signal

    os.environ.update(ARROW_DEFAULT_MEMORY_POOL="system")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that grows too large is then a fault of writing
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (job["bytes"], job["bytes"]),
        resource.RLIMIT_NOFILE: (HANDLES, HANDLES),
        resource.RLIMIT_CPU: (job["cpu_seconds"], job["cpu_seconds"] + 1),
        resource.RLIMIT_AS: (job["memory"], job["memory"]),
    }
    for limit, (soft, hard) in wanted.items():
        given = resource.getrlimit(limit)[1]  # what the machine allows may be less, and cannot be raised
        allowed = hard if given == resource.RLIM_INFINITY else min(hard, given)
        resource.setrlimit(limit, (min(soft, allowed), allowed))


def run(job: dict[str, Any]) -> dict[str, Any]:
    import duckdb

    memory = max(job["memory"] - KEPT_FREE, 64 << 20) >> 20
    config: dict[str, Any] = {**LOCKED, "memory_limit": f"{memory}MB"}
    with duckdb.connect(job["copy"], read_only=True, config=config) as connection:
        return hand_over(connection.sql(job["statement"]).to_arrow_reader(job["portion"]), job)


def hand_over(reader: Any, job: dict[str, Any]) -> dict[str, Any]:
    """As many rows as may be shown, and whether there were more."""
    import pyarrow as pa

    left, cut = job["rows"], False
    with pa.OSFile(job["answer"], "wb") as sink, pa.ipc.new_file(sink, reader.schema) as writer:
        for batch in reader:
            cut = batch.num_rows > left
            writer.write_batch(batch.slice(0, left))
            left -= min(batch.num_rows, left)
            if cut:
                break
    return {"rows": job["rows"] - left, "cut": cut}


def refusal(error: BaseException) -> dict[str, Any]:
    """What went wrong, by its kind; `told` is for the parent alone, which shows only names from it."""
    name = type(error).__name__
    if isinstance(error, OSError):
        return {"refusal": "output"}
    if (
        name in ("OutOfMemoryException", "ArrowMemoryError")
        or "bad_alloc" in str(error)
        or "allocat" in str(error)
    ):
        return {"refusal": "memory"}
    return {"refusal": name, "told": str(error)[:500]}


if __name__ == "__main__":
    main()
