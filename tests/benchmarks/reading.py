"""How long a workbook takes, beside the least any reader could need: `python -m tests.benchmarks.reading`.

The least is expat walking over the same XML without telling anybody what it found. Both are timed in one
run, alternately, because the clock of one machine says little about another.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
import time
import xml.parsers.expat
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import xlsxwriter

from zyb.reading import BULK_LIMITS, read_workbook

SIZES = (5_000, 100_000, 300_000)
HEADINGS = [
    "序号",
    "企业名称",
    "统一社会信用代码",
    "地区",
    "县区",
    "行业",
    "职工人数",
    "超标危害因素",
    "纳入日期",
    "是否完成治理",
    "行政确认日期",
    "单位地址",
    "法人代表",
    "联系电话",
    "经济类型",
    "企业规模",
    "备注",
]


def ledger(rows: int) -> bytes:
    """An enterprise ledger of 17 Chinese columns; names, codes and dates differ in every row."""
    stream = io.BytesIO()
    chance = random.Random(rows)
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet("治理台账")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, rows + 1):
            for column, value in enumerate(enterprise(number, chance)):
                sheet.write(number, column, value, day if isinstance(value, dt.date) else None)
    return stream.getvalue()


def enterprise(number: int, chance: random.Random) -> list[object]:
    enrolled = dt.date(2023, 1, 1) + dt.timedelta(chance.randrange(500))
    return [
        number,
        f"陕西{chance.choice('宏大华兴泰安')}{chance.randrange(10**6)}建材有限公司",
        "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=18)),
        chance.choice(("西安市", "宝鸡市", "咸阳市")),
        chance.choice(("长安区", "渭滨区", "秦都区")),
        "水泥制造",
        chance.randrange(3000),
        chance.choice(("矽尘", "噪声", "苯")),
        enrolled,
        chance.choice("是否"),
        enrolled + dt.timedelta(chance.randrange(300)),
        f"工业园区{chance.randrange(9999)}号",
        chance.choice("王李张") + chance.choice("伟芳娜"),
        str(13_000_000_000 + chance.randrange(10**9)),
        "有限责任公司",
        "小型",
        "",
    ]


def tokenise(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                with archive.open(name) as part:
                    xml.parsers.expat.ParserCreate().ParseFile(part)


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def own_memory() -> float:
    """Memory of this process alone, in MB: what is mapped from a file is the system's to reclaim."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


def compare(rows: int, rounds: int) -> str:
    content = ledger(rows)
    least, ours, grown = [], [], 0.0
    for _ in range(rounds):
        least.append(seconds(lambda: tokenise(content)))
        before = own_memory()
        begin = time.perf_counter()
        book = read_workbook(content, "台账.xlsx", BULK_LIMITS)
        ours.append(time.perf_counter() - begin)
        grown = max(grown, own_memory() - before)
        assert book.sheets[0].n_rows == rows + 1
        del book
    a, b = median(least), median(ours)
    return f"{rows:>10,} {len(content) / 2**20:>8.1f} {a:>9.3f} {b:>9.3f} {b / a:>7.2f} {grown:>12.1f}"


def main() -> None:
    """Sizes may be given: `python -m tests.benchmarks.reading 1000000`."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print(f"{'rows':>10} {'MB':>8} {'expat s':>9} {'read s':>9} {'ratio':>7} {'parent +MB':>12}")
    for size in sizes:
        print(compare(size, rounds=5 if size <= 10_000 else 1 if size >= 1_000_000 else 3), flush=True)


if __name__ == "__main__":
    main()
