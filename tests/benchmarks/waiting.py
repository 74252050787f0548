"""Memory of a server while files wait on its upload page: `python -m tests.benchmarks.waiting`.

Twenty zips that unpack to many times their size, one after the other; then sixteen lists of 45 MB from a visitor
who never confirms. Told is the resident memory of the server's process, its readers apart.
"""

from __future__ import annotations

import io
import random
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.sender import Sender
from tests.benchmarks.visitor import Server, arrive, running

ZIPS, PARTS, PART_MB = 20, 8, 45
LISTS, LIST_MB = 16, 45
# The server of the second case waits a quarter of a minute for a visitor who does nothing.
PATIENCE = 18
MB = 1 << 20
HEAD = "专项治理企业台账（截至2024年3月1日）,,,\n企业名称,地区,是否完成治理,备注\n"


def wordy_list(size: int, seed: int, noise: bool) -> bytes:
    """A list of enterprises with long remarks: few rows, many bytes. Noise does not shrink in a zip."""
    chance = random.Random(seed)
    remark = "治理情况说明" * 600
    rows, length = [HEAD], 0
    while length < size:
        told = chance.randbytes(5_000).hex() if noise else remark
        rows.append(f"甲{seed}乙{len(rows)}公司,西安市,是,{told}\n")
        length += len(rows[-1].encode())
    return "".join(rows).encode()


def packed(number: int) -> bytes:
    """A zip of about two megabytes: lists that all but repeat themselves, and something that shrinks less."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(PARTS):
            archive.writestr(f"县{part}.csv", wordy_list(PART_MB * MB, number * PARTS + part, noise=False))
        archive.writestr("说明.txt", random.Random(number).randbytes(MB).hex())
    return stream.getvalue()


def resident(pid: int) -> float:
    """Anonymous memory in MB: what no other use of the machine can have meanwhile."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


class Watch(threading.Thread):
    """The highest that the memory of a process has been."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self._over = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, resident(self.pid))

    def end(self) -> float:
        self._over.set()
        self.join()
        return self.peak


@contextmanager
def served(*options: str) -> Iterator[tuple[Server, float]]:
    """A server at rest after its first page, and its memory then."""
    with TemporaryDirectory() as folder, running("program", Path(folder), *options) as server:
        with arrive(server.port) as first:
            first.visit("upload")
        time.sleep(2)
        yield server, resident(server.pid)


def told(what: str, server: Server, start: float) -> None:
    print(f"{what:58} {resident(server.pid) - start:>+8.0f} MB", flush=True)


def zips() -> None:
    content = packed(0)
    print(
        f"\n{ZIPS} zips of {len(content) / MB:.1f} MB that unpack to {PARTS * PART_MB} MB, one after the other"
    )
    with served() as (server, start), Sender(server.port) as sender:
        watch = Watch(server.pid)
        watch.start()
        for number in range(ZIPS):
            sender.drop([(f"各县{number}.zip", packed(number))])
            if number == 0:
                told("the first on the page", server, start)
            sender.take_off()
        print(f"{'at the highest':58} {watch.end() - start:>+8.0f} MB")
        told("all taken off again", server, start)
        time.sleep(10)
        told("ten seconds later", server, start)


def lists() -> None:
    print(f"\n{LISTS} lists of {LIST_MB} MB, none confirmed")
    with served("hasty") as (server, start):
        with Sender(server.port) as sender:
            watch = Watch(server.pid)
            watch.start()
            sender.drop((f"台账{n}.csv", wordy_list(LIST_MB * MB, n, noise=True)) for n in range(LISTS))
            told("all dropped and understood", server, start)
            print(f"{'at the highest':58} {watch.end() - start:>+8.0f} MB")
            time.sleep(PATIENCE)
            told("nobody has looked at the page for a while", server, start)
            sender.look()
            print("  the page says:", _said(sender.words))
        time.sleep(5)
        told("the tab is closed", server, start)


def _said(words: str) -> str:
    kept = sum("可以入库" in line for line in words.splitlines())
    gone = next((line.strip() for line in words.splitlines() if "重新拖入" in line), "nothing of that")
    return f"{kept} can go in; {gone}"


def main() -> None:
    zips()
    lists()


if __name__ == "__main__":
    main()
