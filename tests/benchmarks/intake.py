"""From a file's bytes to the committed snapshot: `python -m tests.benchmarks.intake [rows …]`.

What a monthly upload costs, step by step, beside the least that any reader of the same file needs (expat
walking over the XML without telling anybody) and beside openpyxl merely iterating the rows. All three take
turns in one run. Then lists in which everything is wrong: they must not cost much more than faultless ones.

Every file is measured in a process of its own, so that memory growth starts from a server at rest.
"""

from __future__ import annotations

import datetime as dt
import io
import multiprocessing
import random
import resource
import sys
import tempfile
import threading
import time
import warnings
import xml.parsers.expat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import xlsxwriter

from zyb.access import on_this_machine
from zyb.intake import Given, Submission, understand_all
from zyb.intake.cells.codes import ALPHABET, MODULUS, WEIGHTS
from zyb.reading import BULK_LIMITS, LIMITS, Limits, read_workbook
from zyb.store import Store
from zyb.uploads import Prepared, accept, compare

ROUNDS = 5
SIZES = (5_000, 100_000, 300_000)
WORST_ROWS = 100_000
# openpyxl takes minutes for a million rows; above this it is left out.
OPENPYXL_ROWS = 100_000
# Larger files come by the command line only.
WEB_ROWS = 300_000
FILE = "台账.xlsx"
TODAY = dt.date(2025, 1, 10)
TITLE = "河北省中小微企业帮扶台账（截至2024年12月31日）"
ITEMS = (
    "职业病危害因素辨识",
    "职业健康管理制度",
    "现场告知和防护用品配置指导",
    "职业健康培训",
    "超标岗位治理",
)
HEADINGS = [
    "序号", "用人单位名称", "统一社会信用代码", "地区", "县区", "单位地址",
    *(heading for item in ITEMS for heading in (f"是否开展{item}", "开展时间")),
    "是否完成帮扶工作目标",
]  # fmt: skip
COUNTIES = {
    "石家庄市": "长安区",
    "唐山市": "路南区",
    "保定市": "竞秀区",
    "沧州市": "运河区",
    "邯郸市": "丛台区",
}

Row = list[object]
STEPS = ("read", "understand", "compare", "save")


def enterprise(number: int, chance: random.Random) -> Row:
    """A row as an official fills it in; name, code, address and dates differ from row to row."""
    region = chance.choice(tuple(COUNTIES))
    items = (
        cell for _ in ITEMS for cell in ("是", dt.date(2024, 1, 2) + dt.timedelta(chance.randrange(350)))
    )
    return [
        number, f"河北{chance.choice('宏大华兴泰安')}{number}{chance.choice(('建材', '铸造', '家具'))}有限公司",
        code(chance), region, COUNTIES[region], f"{region}工业园区{chance.randrange(9999)}号",
        *items, chance.choice("是否"),
    ]  # fmt: skip


def code(chance: random.Random) -> str:
    body = "9113" + "".join(chance.choices(ALPHABET, k=13))
    total = sum(ALPHABET.index(letter) * int(weight) for letter, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[(MODULUS - total % MODULUS) % MODULUS]


def failing_codes(number: int, chance: random.Random) -> Row:
    row = enterprise(number, chance)
    good = str(row[2])
    return [*row[:2], good[:-1] + ("1" if good[-1] == "0" else "0"), *row[3:]]


def short_codes(number: int, chance: random.Random) -> Row:
    row = enterprise(number, chance)
    return [*row[:2], str(row[2])[:-1], *row[3:]]


def impossible_dates(number: int, chance: random.Random) -> Row:
    """Thirty thousand different texts that are no dates, in every date column."""
    row = enterprise(number, chance)
    return [f"{chance.randrange(30_000)}日" if isinstance(cell, dt.date) else cell for cell in row]


def unknown_places(number: int, chance: random.Random) -> Row:
    row = enterprise(number, chance)
    return [*row[:3], f"第{chance.randrange(30_000)}市", None, *row[5:]]


def twins(number: int, chance: random.Random) -> Row:
    return [number, *enterprise(1, random.Random(1))[1:]]


def wide(number: int, chance: random.Random) -> Row:
    return [*enterprise(number, chance), *[f"说明{number}"] * (300 - len(HEADINGS))]


@dataclass(frozen=True)
class Case:
    """A workbook to be made: its rows and who fills them in."""

    name: str
    rows: int
    fill: Callable[[int, random.Random], Row] = enterprise
    extra_headings: int = 0

    @property
    def limits(self) -> Limits:
        return LIMITS if self.rows <= WEB_ROWS else BULK_LIMITS


WORST = (
    Case("check digits fail", WORST_ROWS, failing_codes),
    Case("codes too short", WORST_ROWS, short_codes),
    Case("no date is one", WORST_ROWS, impossible_dates),
    Case("places unknown", WORST_ROWS, unknown_places),
    Case("one enterprise", WORST_ROWS, twins),
    Case("300 columns", WORST_ROWS // 20, wide, 300 - len(HEADINGS)),
)


def write(case: Case, target: Path) -> None:
    chance = random.Random(case.rows)
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet("帮扶台账")
        sheet.write(0, 0, TITLE)
        sheet.write_row(1, 0, [*HEADINGS, *(f"补充说明{n}" for n in range(case.extra_headings))])
        for number in range(1, case.rows + 1):
            for column, value in enumerate(case.fill(number, chance)):
                sheet.write(number + 1, column, value, day if isinstance(value, dt.date) else None)


def tokenise(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                parser = xml.parsers.expat.ParserCreate()
                with archive.open(name) as part:
                    while piece := part.read(1 << 20):
                        parser.Parse(piece)
                parser.Parse(b"", True)


def iterate(content: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for _ in book.worksheets[0].iter_rows(values_only=True):
            pass
        book.close()


# -- clocks -------------------------------------------------------------------------------


@dataclass
class Times:
    """Seconds of every round: on the clock, and of processors (children included)."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.wall) if self.wall else float("nan")

    @contextmanager
    def taken(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), processor_seconds()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(processor_seconds() - cpu)


def processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def resident() -> float:
    """Memory of this process in MB, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


class MemoryWatch(threading.Thread):
    """Looks at the memory a hundred times a second; `grown` is the peak above the start."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.start_mb = self.peak_mb = resident()
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(0.01):
            self.peak_mb = max(self.peak_mb, resident())

    def __enter__(self) -> MemoryWatch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    @property
    def grown(self) -> float:
        return self.peak_mb - self.start_mb


# -- measuring ----------------------------------------------------------------------------


@dataclass
class Measured:
    case: Case
    megabytes: float
    expat: Times = field(default_factory=Times)
    openpyxl: Times = field(default_factory=Times)
    whole: Times = field(default_factory=Times)
    steps: dict[str, Times] = field(default_factory=lambda: {step: Times() for step in STEPS})
    next_month: Times = field(default_factory=Times)
    grown: float = 0.0
    problems: int = 0


def upload(found: Measured, content: bytes, store: Store) -> Prepared:
    """Bytes → committed snapshot; a faulty list stops where the official would be told."""
    with found.whole.taken():
        with found.steps["read"].taken():
            book = read_workbook(content, FILE, found.case.limits)
        with found.steps["understand"].taken():
            submission = understand_all(book, FILE, Given(today=TODAY))[0]
        del book
        with found.steps["compare"].taken():
            prepared = compare(store, Prepared(file_name=FILE, content=content, submission=submission))
        if not prepared.submission.blocked:
            with found.steps["save"].taken():
                accept(store, prepared, by=on_this_machine("bench"))
    found.problems = len(submission.problems)
    _expect(prepared.submission, found.case)
    return prepared


def compare_next_month(found: Measured, prepared: Prepared, store: Store) -> None:
    """The same list a month later, held against the one that is in force by then."""
    later = replace(prepared.submission, as_of=TODAY)
    with found.next_month.taken():
        compare(store, Prepared(file_name=FILE, content=prepared.content + b" ", submission=later))


def _expect(submission: Submission, case: Case) -> None:
    assert submission.ledger and submission.ledger.id == "assistance", submission.problems
    assert submission.n_rows == case.rows, submission.problems[:3]
    assert case.fill is not enterprise or not submission.problems, submission.problems[:3]


def measure(case: Case, path: Path, rounds: int, with_openpyxl: bool) -> Measured:
    """The ways taking turns. Memory is that of the first upload, when nothing is warm."""
    content = path.read_bytes()
    found = Measured(case, len(content) / 2**20)
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder))
            with MemoryWatch() as memory:
                prepared = upload(found, content, store)
            found.grown = found.grown or memory.grown
            if not prepared.submission.blocked:
                compare_next_month(found, prepared, store)
            store.close()
        del prepared
        with found.expat.taken():
            tokenise(content)
    if with_openpyxl:
        with found.openpyxl.taken():
            iterate(content)
    return found


def measured(case: Case, folder: Path) -> Measured:
    """The workbook is made in one process and measured in another."""
    path = folder / f"{case.name}.xlsx"
    with_openpyxl = case.fill is enterprise and case.rows <= OPENPYXL_ROWS
    _elsewhere(write, case, path)
    found: Measured = _elsewhere(measure, case, path, ROUNDS, with_openpyxl)
    path.unlink()
    return found


def _elsewhere(work: Callable[..., Any], *arguments: object) -> Any:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


# -- the table ----------------------------------------------------------------------------

COLUMNS = (
    "case", "rows", "MB", "expat", *STEPS, "total", "/expat", "cpu", "/expat",
    "openpyxl", "faster", "RSS +MB", "problems", "next month",
)  # fmt: skip


def line(found: Measured) -> list[str]:
    expat, total = found.expat.median, found.whole.median
    cpu = median(found.whole.cpu) / median(found.expat.cpu)
    slow = found.openpyxl.median
    return [
        found.case.name, f"{found.case.rows:,}", f"{found.megabytes:.1f}", f"{expat:.2f}",
        *(f"{found.steps[step].median:.2f}" for step in STEPS),
        f"{total:.2f}", f"{total / expat:.2f}", f"{median(found.whole.cpu):.2f}", f"{cpu:.2f}",
        f"{slow:.1f}", f"{slow / total:.1f}", f"{found.grown:.0f}", str(found.problems),
        f"{found.next_month.median:.2f}",
    ]  # fmt: skip


def show(cells: Sequence[str]) -> None:
    shown = [cell.rjust(8) for cell in cells[1:]]
    print(
        cells[0].ljust(18), *("-".rjust(8) if cell.strip() == "nan" else cell for cell in shown), flush=True
    )


def main() -> None:
    """Sizes may be given: `python -m tests.benchmarks.intake 1000000`; without any the worst cases follow."""
    sizes = [int(size) for size in sys.argv[1:]]
    cases = [Case(f"{size:,} rows", size) for size in sizes or SIZES]
    print("Seconds; medians of one run. Whatever is divided by expat or openpyxl read the same file in it.")
    show(COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        for case in (*cases, *(() if sizes else WORST)):
            show(line(measured(case, Path(folder))))


if __name__ == "__main__":
    main()
