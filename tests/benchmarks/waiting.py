"""Memory of a server while files wait on its upload page: `python -m tests.benchmarks.waiting [zips] [lists]`.

Zips that unpack to many times their size, one after the other; then lists of 45 MB from a visitor who never
confirms. Told is the memory of the server's process above its start, without what it shares with files.
"""

from __future__ import annotations

import io
import random
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.sender import Sender
from tests.benchmarks.visitor import Server, arrive, running

ZIPS, PARTS, PART_MB = 20, 8, 20
LISTS, LIST_MB = 16, 45
SECONDS_TO_REST = 20
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
        archive.writestr("说明.txt", random.Random(number).randbytes(3 * MB // 2).hex())
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

    def __enter__(self) -> Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


@contextmanager
def served(*options: str) -> Iterator[tuple[Server, float]]:
    """A server at rest after its first page, and its memory then."""
    with TemporaryDirectory() as folder, running("program", Path(folder), *options) as server:
        with arrive(server.port) as first:
            first.visit("upload")
        time.sleep(2)
        yield server, resident(server.pid)


def tell(what: str, megabytes: float) -> None:
    print(f"{what:60} {megabytes:>+8.0f} MB", flush=True)


def zips(number: int) -> None:
    content = packed(0)
    large = f"{len(content) / MB:.1f} MB that unpack to {PARTS * PART_MB + 3} MB"
    print(f"\nmemory of the server: {number} zips of {large}, one after the other")
    with served() as (server, start), Sender(server.port) as sender:
        with Watch(server.pid) as watch:
            for turn in range(number):
                sender.drop([(f"各县{turn}.zip", packed(turn))])
                if turn == 0:
                    tell("the first on the page", resident(server.pid) - start)
                sender.take_off()
        tell("at the highest", watch.peak - start)
        time.sleep(SECONDS_TO_REST)
        tell("all taken off again, a while later", resident(server.pid) - start)


def lists(number: int) -> None:
    print(f"\nmemory of the server: {number} lists of {LIST_MB} MB, dropped at once and never confirmed")
    with served("hasty") as (server, start):
        with Sender(server.port) as sender:
            with Watch(server.pid) as watch:
                sender.drop((f"台账{n}.csv", wordy_list(LIST_MB * MB, n, noise=True)) for n in range(number))
            kept = sender.words.count("可以入库")
            tell(
                f"{kept} understood, {sender.words.count('放不下')} turned away", resident(server.pid) - start
            )
            tell("at the highest", watch.peak - start)
            time.sleep(SECONDS_TO_REST)
            tell("nobody has looked at the page for longer than files wait", resident(server.pid) - start)
            sender.look()
            print(f"    {sender.words.count('已从内存中清除')} cards say that the file is gone")
        time.sleep(2)
        tell("the tab is closed", resident(server.pid) - start)


def main(number_of_zips: int = ZIPS, number_of_lists: int = LISTS) -> None:
    zips(number_of_zips)
    lists(number_of_lists)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
