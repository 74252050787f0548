"""The server's share of a page: `python -m tests.benchmarks.pages`.

Measured from the request on the websocket to the end of the script, visit after visit, so that what
Streamlit does after a run (collecting garbage) counts as well. No browser takes part.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.clock import report, side_by_side
from tests.benchmarks.visitor import arrive, serving

ROUNDS = 25
STARTS = 3


def warm(data: Path) -> None:
    """Four servers alive at once, visited in turn."""
    servers = {
        "empty Streamlit page": ("empty",),
        "empty, without gc.freeze": ("empty", "unfrozen"),
        "program": ("program",),
        "program, without gc.freeze": ("program", "unfrozen"),
    }
    with ExitStack() as stack:
        visitors = {}
        for number, (name, (kind, *options)) in enumerate(servers.items()):
            # Two programs cannot share one database.
            port = stack.enter_context(serving(kind, data / str(number), *options))
            visitors[name] = stack.enter_context(arrive(port))
        shipped, unfrozen = visitors["program"], visitors["program, without gc.freeze"]
        contenders = {
            "empty Streamlit page": visitors["empty Streamlit page"].visit,
            "empty, without gc.freeze": visitors["empty, without gc.freeze"].visit,
            "overview": shipped.visit,
            "overview, without gc.freeze": unfrozen.visit,
            "governance": lambda: shipped.visit("governance"),
            "upload": lambda: shipped.visit("upload"),
            "snapshots": lambda: shipped.visit("snapshots"),
        }
        report("warm page, script run with the seed data", side_by_side(contenders, ROUNDS))


def start(kind: str, data: Path) -> float:
    """Milliseconds from the command to the end of the first page."""
    begin = time.perf_counter()
    with serving(kind, data) as port, arrive(port) as visitor:
        visitor.visit()
        return (time.perf_counter() - begin) * 1000


def cold(data: Path) -> None:
    taken: dict[str, list[float]] = {}
    for number in range(STARTS):
        folder = data / f"cold-{number}"
        for name, kind in (
            ("empty Streamlit page", "empty"),
            ("very first start: database, maps", "program"),
            ("every later start", "program"),
        ):
            taken.setdefault(name, []).append(start(kind, folder))
    report("from the command to the first page", taken)


def main() -> None:
    with TemporaryDirectory() as folder:
        warm(Path(folder))
        cold(Path(folder))


if __name__ == "__main__":
    main()
