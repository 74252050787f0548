"""The second wall: one SELECT in a process of its own, with limits of memory, time and output; what became of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pyarrow as pa

from zyb.errors import NotPossible
from zyb.reading.folders import own_folder

CHILD = Path(__file__).with_name("child.py")
SECONDS_A_LOOK = 0.05
PORTION = 10_000
# For the whole server: each may take its memory.
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)

StillWanted = Callable[[float], None]
"""Is told the seconds so far, several times a second; whatever it raises ends the question and its process."""


@dataclass(frozen=True)
class DeskLimits:
    """What one statement may take. `memory` is address space, of which DuckDB and Arrow reserve 300 MB unused."""

    memory: int = 1 << 30
    cpu_seconds: int = 20
    wall_seconds: float = 15.0
    rows: int = 100_000
    bytes: int = 64 << 20
    queue_seconds: float = 20.0


LIMITS = DeskLimits()


@dataclass(frozen=True)
class DeskRows:
    """`cut`: there were more rows than may be shown."""

    table: pa.Table
    cut: bool
    seconds: float


class StatementFailed(NotPossible):
    """It may be asked and has no answer; says why."""


def limits_hold() -> bool:
    """Whether a process can be given limits here: Windows has none."""
    try:
        import resource
    except ImportError:
        return False
    return hasattr(resource, "RLIMIT_AS") and sys.platform == "linux"


def run_statement(
    copy: Path, statement: str, limits: DeskLimits = LIMITS, wanted: StillWanted = lambda seconds: None
) -> DeskRows:
    """The rows of a statement that was looked at before; `StatementFailed` with a sentence."""
    if not limits_hold():
        raise StatementFailed("这台机器不能限制查询语句的内存。", "请用“数据查询”。")
    if not _places.acquire(timeout=limits.queue_seconds):
        raise StatementFailed("正在运行的查询语句较多。", "请稍后再试。")
    try:
        with own_folder() as folder:
            return _asked(folder, copy, statement, limits, wanted)
    finally:
        _places.release()


def _asked(folder: Path, copy: Path, statement: str, limits: DeskLimits, wanted: StillWanted) -> DeskRows:
    answer, began = folder / "answer.arrow", time.monotonic()
    job = {
        **asdict(limits), "copy": str(copy), "statement": statement, "answer": str(answer), "portion": PORTION,
    }  # fmt: skip
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    with (folder / "job.json").open("rb") as told, (folder / "status.json").open("w+b") as status:
        child = subprocess.Popen(
            [sys.executable, "-I", str(CHILD)], stdin=told, stdout=status, stderr=subprocess.DEVNULL, cwd=folder,
            env={}, start_new_session=True,
        )  # fmt: skip
        try:
            _watch(child, began, limits, wanted)
        finally:
            if child.poll() is None:
                _end(child)
        status.seek(0)
        said = _status(status.read(), child.returncode)
    table = pa.ipc.open_file(pa.py_buffer(answer.read_bytes())).read_all()
    return DeskRows(table, bool(said["cut"]), time.monotonic() - began)


def _watch(child: subprocess.Popen[bytes], began: float, limits: DeskLimits, wanted: StillWanted) -> None:
    while child.poll() is None:
        spent = time.monotonic() - began
        if spent > limits.wall_seconds:
            raise _failed("time")
        wanted(spent)
        time.sleep(SECONDS_A_LOOK)


def _end(child: subprocess.Popen[bytes]) -> None:
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _status(output: bytes, returncode: int) -> Mapping[str, Any]:
    try:
        said: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise _failed(_cause_of_death(returncode)) from error
    if "refusal" in said:
        raise _failed(said["refusal"], said.get("told", ""))
    return said


def _cause_of_death(returncode: int) -> str:
    """A process that gets no memory aborts, or is ended by the system; one without time left has its own signal."""
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    return "memory"


# -- sentences -------------------------------------------------------------------------------------

FAILURES: Mapping[str, tuple[str, str]] = {
    "memory": ("查询需要的内存超过上限，已停止。", "请加条件、先汇总，或少取几列。"),
    "time": ("查询超过时间上限，已停止。", "请加条件或先汇总；几张表相连时请写明 ON 条件。"),
    "output": ("结果过大，已停止。", "请少取几列，或加条件。"),
    "ConversionException": ("有的值不能转换为所要的类型。", "请改用 TRY_CAST，不能转换的值记为空。"),
    "OutOfRangeException": ("计算结果超出数值范围。", "请检查算式。"),
    "InvalidInputException": ("函数的参数不符合要求。", "请检查函数的参数。"),
    "BinderException": ("语句中的列、函数或类型不相符。", "请对照右侧的列名和类型检查。"),
    "CatalogException": ("语句中有不认识的表或函数。", "请对照右侧的表名和可用函数检查。"),
    "ParserException": ("语句写法有误，不能识别。", "请检查拼写、逗号、括号和引号（须用英文标点）。"),
}  # fmt: skip
OTHERWISE = ("查询没有完成。", "请检查语句后再试。")
# Of DuckDB's English only what it was about is taken: names and values that stood in the statement or in the views.
ABOUT: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r'Referenced column "([^"]+)" not found'), "没有“{0}”这一列。", "请写右侧列出的列名。"),
    (re.compile(r'column "([^"]+)" must appear in the GROUP BY', re.I), "列“{0}”没有写进 GROUP BY。", "请写进 GROUP BY，或用汇总函数（如 max）。"),
    (re.compile(r'Ambiguous reference to column name "([^"]+)"'), "几张表都有“{0}”这一列。", "请在列名前写明表名。"),
    (re.compile(r"Could not convert string '([^']{0,60})' to (\w+)"), "“{0}”不能转换为 {1}。", "请改用 TRY_CAST，不能转换的值记为空。"),
    (re.compile(r"argument types '[-+*/%|]+\((\w+), (\w+)\)'"), "{0} 与 {1} 不能一起运算。", "请先用 CAST 转换为同一类型。"),
    (re.compile(r'invalid \w+ field format: "([^"]{0,60})"'), "“{0}”不是日期。", "请把日期写作 '2024-06-30'。"),
    (re.compile(r"(WHERE) clause cannot contain aggregates"), "{0} 中不能用汇总函数。", "请改写到 HAVING。"),
    (re.compile(r"(Set operations) can only apply"), "UNION 两边的列数不同。", "请让两边的列一一对应。"),
    (re.compile(r"(More than one row) returned by a subquery"), "作为一个值的子查询得到多行。", "请改用 IN，或用汇总函数。"),
    (re.compile(r"No function matches the given name and argument types '(\w+)\("), "函数 {0} 的参数个数或类型不对。", "请检查参数；文字与数字相加减前请先用 CAST 转换。"),
    (re.compile(r"Cannot compare values of type (\w+).* and (?:values of )?type (\w+)"), "{0} 与 {1} 不能比较。", "请先用 CAST 转换为同一类型。"),
)  # fmt: skip


def _failed(code: str, told: str = "") -> StatementFailed:
    for pattern, message, remedy in ABOUT:
        if found := pattern.search(told):
            return StatementFailed(message.format(*found.groups()), remedy)
    return StatementFailed(*FAILURES.get(code, OTHERWISE))
