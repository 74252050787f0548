"""The parser in Chinese, and what people write for days and moments."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NoReturn

from zyb.cli.terminal import complain, say_lines, unspoken
from zyb.errors import ZybError
from zyb.inert import spelt_wrong
from zyb.periods import BEIJING

DONE, FAILED, REFUSED = 0, 1, 2
IN_UTF8 = "请在 UTF-8 编码的终端中重新输入。"


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings, whose complaints are not mistaken for a refused file (2)."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "add_help": False})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        if spelt_wrong(message):
            complain(f"命令中有不是 UTF-8 编码的内容，无法识别。{IN_UTF8}")
            raise SystemExit(FAILED)
        complain(f"{_complaint(message)}请用 {self.prog} --help 查看用法。")
        raise SystemExit(FAILED)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help and version; by the door of every answer, so that it is known when nobody could be told."""
        say_lines(message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if why := unspoken():
            complain(f"没有完整写出：{why}。")
        raise SystemExit(FAILED if why else status)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)


COMPLAINTS = (
    (r"unrecognized arguments: (.+)", "不认识的参数：{}。"),
    (r"the following arguments are required: (.+)", "缺少参数：{}。"),
    (r"argument (\S+): expected .+", "参数 {} 后面缺少内容；以“-”开头的内容请用等号连写。"),
    (r"argument (\S+): invalid choice: '?(.+?)'? \(choose from .+", "参数 {} 不能是“{}”。"),
    (r"argument (\S+): invalid int value: '(.+)'", "参数 {} 应为数字，现为“{}”。"),
)


def _complaint(message: str) -> str:
    """argparse's English in Chinese."""
    for pattern, sentence in COMPLAINTS:
        if found := re.fullmatch(pattern, message):
            return sentence.format(*found.groups())
    return "命令不完整或写法有误。"


# Files are opened by the bytes of their names.
PATHS = ("files", "out")


# Twice the longest reason.
LONGEST = 1_000


def refuse_odd_words(parsed: argparse.Namespace) -> None:
    """What is kept and shown has to be text that somebody can read: a console in another encoding sends other bytes."""
    for name, value in vars(parsed).items():
        if name in PATHS or not isinstance(value, str):
            continue
        called = f"参数“{name.replace('_', '-')}”的内容"
        if spelt_wrong(value):
            raise ZybError(f"{called}不是 UTF-8 编码，无法识别。", IN_UTF8)
        if len(value) > LONGEST:
            raise ZybError(f"{called}超过 {LONGEST} 字。", "请精简后重试。")


# Beyond these there are no figures, and days before and after have to exist too.
YEARS = range(1900, 3000)


def a_day(text: str) -> date:
    try:
        return _known(date.fromisoformat(text))
    except ValueError:
        raise ZybError(f"日期“{text}”写法有误。", "请写成 2024-03-01 的形式。") from None


def _known(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError
    return day


def a_moment(text: str) -> datetime:
    """A bare day means the end of that day; without a zone Beijing's is meant."""
    try:
        if len(text) == len("2024-03-01"):
            return datetime.combine(_known(date.fromisoformat(text)), time.max, BEIJING)
        said = datetime.fromisoformat(text)
        _known(said)
        return said if said.tzinfo else said.replace(tzinfo=BEIJING)
    except ValueError:
        raise ZybError(f"时间“{text}”写法有误。", "请写成 2024-03-01 或 2024-03-01T08:00 的形式。") from None


def answered_by(parser: argparse.ArgumentParser, answer: Callable[..., int]) -> None:
    """Which function a command comes to; every one of them can answer in JSON."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(answer=answer)
