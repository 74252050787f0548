"""Ctrl-C: the work in hand ends, and nothing after it begins."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = "已中断，操作可能没有完成，请核对后再决定是否重试。"

_pressed = threading.Event()
_finishing = threading.Event()


def listen_for_interruption() -> None:
    """From now on it is remembered that Ctrl-C was pressed, whatever a library makes of it."""
    _pressed.clear()
    _finishing.clear()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _press)


def _press(number: int, frame: FrameType | None) -> None:
    again = _pressed.is_set()
    _pressed.set()
    if not (again or _finishing.is_set()):
        raise KeyboardInterrupt


def stop_listening() -> None:
    """All is done and told: what comes now changes nothing any more."""
    _finishing.set()


def interrupted() -> bool:
    return _pressed.is_set()


def stop_if_interrupted() -> None:
    if interrupted():
        raise KeyboardInterrupt


@contextmanager
def finishing() -> Iterator[None]:
    """What is to be known for certain afterwards is ended first, and told."""
    _finishing.set()
    try:
        yield
    finally:
        _finishing.clear()


@contextmanager
def interruptible() -> Iterator[None]:
    """The long part of what is otherwise finished: it may be left, and has changed nothing then."""
    stop_if_interrupted()
    _finishing.clear()
    try:
        yield
        stop_if_interrupted()  # on Windows the processes that read hear it too: the file is not at fault
    finally:
        _finishing.set()
