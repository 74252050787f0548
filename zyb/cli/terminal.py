"""The only door to standard output and standard error: UTF-8 whatever the console says, and nothing that a
terminal would obey."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from typing import TextIO

from zyb.errors import ZybError
from zyb.inert import visible


def speak_utf8() -> None:
    """A console set to GBK knows neither − nor half of the rare names; a real one of Windows is given UTF-8 anyway."""
    global _unspoken
    _unspoken = ""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """One line of an answer, at once."""
    _write(sys.stdout, f"{visible(line)}\n")


def complain(line: str) -> None:
    """One line about what went wrong."""
    _write(sys.stderr, f"{visible(line)}\n")


def say_lines(text: str) -> None:
    """Text that brings its own ends of lines."""
    _write(sys.stdout, visible(text, keep="\n"))


def hand_over(content: bytes) -> None:
    """The bytes of a file to whoever reads the other end of the pipe."""
    if sys.stdout and sys.stdout.isatty():
        raise ZybError("这种文件不能显示在屏幕上。", "请用 --out 写明文件名，或把输出转到文件。")
    _write(sys.stdout, content)


def unspoken() -> str:
    """Why a part of the answer reached nobody; nothing where all of it was said, or whoever read had seen enough."""
    return _unspoken


_unspoken = ""


def _write(stream: TextIO | None, said: str | bytes) -> None:
    """What cannot be said keeps no work from being done; that it was not said is told at the end."""
    global _unspoken
    try:
        if stream is None:
            raise OSError("closed")
        if isinstance(said, bytes):
            stream.flush()
            stream.buffer.write(said)
            stream.buffer.flush()
        else:
            stream.write(said)
            stream.flush()
    except BrokenPipeError:
        _nobody_listens(stream)
    except OSError as error:
        _unspoken = "磁盘已满" if error.errno == errno.ENOSPC else "输出已关闭或不能写入"
        _nobody_listens(stream)


def _nobody_listens(stream: TextIO | None) -> None:
    """The command goes on, and nothing more is flushed to it."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _ToThePerson(logging.Handler):
    """Of what the program logs the sentences: traces and English are for the log file, not for the terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        if not record.exc_info and not record.getMessage().isascii():
            complain(record.getMessage())


def speak_of_work() -> None:
    """Long work tells how far it is; without a handler Python would print every log line, traces and all."""
    log = logging.getLogger("zyb")
    if not any(isinstance(handler, _ToThePerson) for handler in log.handlers):
        log.addHandler(_ToThePerson(logging.WARNING))
