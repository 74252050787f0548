"""A slip in any rule file that ships is, on the command line, a Chinese sentence with the file: never a traceback.

A copy of the program with its rules is changed in one place at a time. One process imports the copy once and
forks for each slip, so that none remembers the rules of another.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zyb.rulebook.book import RULES

ROOT = RULES.parents[1]
FILES = sorted(p.relative_to(RULES).as_posix() for p in RULES.rglob("*") if p.suffix in (".toml", ".csv"))
SOURCES = "published/"
TABLES = [name for name in FILES if name.endswith(".toml")]
LISTS = [name for name in FILES if name.endswith(".csv") and SOURCES not in name]

# Every command tells a slip in any file. Published tables are read where there are none yet.
COMMAND = ["standings", "governance_completion"]

RUNNER = """
import contextlib, io, json, os, sys, traceback
from pathlib import Path

import zyb.cli
from zyb.rulebook.book import RULES

def answer(arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = zyb.cli.main(arguments)
        except SystemExit as end:
            code = end.code
        except BaseException:
            code, err = "a traceback", io.StringIO(traceback.format_exc())
    return [code, out.getvalue() + err.getvalue()]

def apart(arguments):
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(theirs, "w") as told:
            json.dump(answer(arguments), told)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as told:
        found = json.load(told)
    os.waitpid(child, 0)
    return found

for line in sys.stdin:
    case = json.loads(line)
    os.environ.update(case["environment"])
    path = RULES / case["file"]
    whole = path.read_bytes()
    if case["content"] is None:
        path.unlink()
    else:
        path.write_bytes(case["content"].encode("latin-1"))
    try:
        print(json.dumps(apart(case["arguments"])), flush=True)
    finally:
        path.write_bytes(whole)
"""


class Program:
    """The copy, as one process that answers a command with one rule file changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "zyb", folder / "zyb", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(RULES, folder / "data" / "rules")
        environment = os.environ | {"ZYB_DATA": str(folder / "kept"), "PYTHONPATH": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.fresh = 0

    def answer(self, file: str, content: bytes | None) -> tuple[object, str]:
        """Exit code and what was said; published figures are read where there are none yet."""
        self.fresh += SOURCES in file
        data = self.folder / (f"fresh{self.fresh}" if SOURCES in file else "kept")
        case = {
            "file": file, "content": None if content is None else content.decode("latin-1"),
            "arguments": COMMAND, "environment": {"ZYB_DATA": str(data)},
        }  # fmt: skip
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        code, said = json.loads(self.process.stdout.readline())
        return code, said


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    found = Program(tmp_path_factory.mktemp("program"))
    code, said = found.answer("verdicts.toml", (RULES / "verdicts.toml").read_bytes())
    assert code == 0, said
    with found.process:
        yield found


def assert_told(program: Program, file: str, content: bytes | None, *words: str) -> None:
    code, said = program.answer(file, content)
    assert code == 1, said
    assert f"规则文件 {file}" in said
    assert all(word in said for word in words), said
    assert "Traceback" not in said and str(program.folder) not in said
    assert not re.search(r"\bat line \d|Expected |Invalid ", said), "English"


def first_line(file: str, pattern: str, new: str) -> bytes:
    text = (RULES / file).read_text(encoding="utf-8-sig")
    changed, number = re.subn(pattern, new, text, count=1, flags=re.M)
    assert number, file
    return changed.encode()


@pytest.mark.parametrize("file", TABLES)
def test_a_broken_table(program: Program, file: str) -> None:
    assert_told(program, file, (RULES / file).read_bytes() + b"\n[broken", "不是有效的 TOML")


@pytest.mark.parametrize("file", TABLES)
def test_a_key_that_nobody_knows(program: Program, file: str) -> None:
    changed = first_line(file, r"^(?!seed|year)(\w+)( = )", r"\1x\2")
    assert_told(program, file, changed)


@pytest.mark.parametrize("file", TABLES)
def test_a_value_of_another_kind(program: Program, file: str) -> None:
    changed = first_line(
        file, r"^(\w+) = (?:\".*\"|\[.*\]|\{.*\}|\d+|true|false)$", r"\1 = 1979-05-27T07:32:00"
    )
    assert_told(program, file, changed, "应为")


@pytest.mark.parametrize("file", LISTS)
@pytest.mark.parametrize(("pattern", "new", "words"), [
    (r"^\w+,", "unknown,", "缺少列"), (r"\n([^\n,]+),", r'\n"\1,', "引号"), (r"\n([^\n]+)\n", r"\n\1,,,,,,\n", "多出了格"),
])  # fmt: skip
def test_a_bad_list(program: Program, file: str, pattern: str, new: str, words: str) -> None:
    assert_told(program, file, first_line(file, pattern, new), words)


@pytest.mark.parametrize(
    "file",
    ["measures.toml", "divisions.csv", "industries.csv", "headings.toml", "problems.toml", "wording.toml"],
)
def test_a_file_that_is_missing_or_not_utf8(program: Program, file: str) -> None:
    assert_told(program, file, None, "文件不存在")
    assert_told(program, file, "汉字".encode("gb18030"), "不是 UTF-8")


@pytest.mark.parametrize(
    ("file", "words"),
    [("campaigns.toml", "没有列出任何专项"), ("headings.toml", "lengthwise")],
)
def test_a_file_that_is_empty(program: Program, file: str, words: str) -> None:
    assert_told(program, file, b"", words)


def test_a_day_that_does_not_exist(program: Program) -> None:
    assert_told(program, "measures.toml", b"day = 2025-06-31", "第1行附近的日期或时刻不存在")


def test_brackets_without_end(program: Program) -> None:
    content = (RULES / "verdicts.toml").read_bytes() + b"\nx = " + b"[" * 100_000
    assert_told(program, "verdicts.toml", content, "括号套得太深")


def test_a_published_file_that_is_missing_or_no_table(program: Program) -> None:
    file = next(name for name in FILES if SOURCES in name and name.endswith(".csv"))
    for content in (None, b"", b"\xff\xfe\x00", "地区,数\n火星市,1\n".encode()):
        code, said = program.answer(file, content)
        assert code == 1 and Path(file).name in said, said
        assert "Traceback" not in said and "程序内部错误" not in said and str(program.folder) not in said


def test_nothing_reads_the_rules_before_a_command_or_a_page_asks(tmp_path: Path) -> None:
    """So no slip can end an import, where nobody would tell it."""
    shutil.copytree(ROOT / "zyb", tmp_path / "zyb", ignore=shutil.ignore_patterns("__pycache__"))
    imports = (
        "import importlib, pkgutil, zyb\n"
        "names = [m.name for m in pkgutil.walk_packages(zyb.__path__, 'zyb.') if m.name not in ('zyb.ui.frame.main', 'zyb.__main__')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", imports], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 150
