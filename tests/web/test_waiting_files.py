"""Uploads of the running program, by its own door: what waits, what is confirmed, what is released by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from tests.benchmarks.sender import Sender
from tests.benchmarks.visitor import arrive, serving
from tests.books import csv_bytes

SECONDS_TO_BE_RELEASED = 15


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that lets files wait for three seconds."""
    with serving("program", tmp_path_factory.mktemp("hasty"), "hasty") as port:
        with arrive(port) as first:
            first.visit("upload")
        yield port


def progress(completed: int, day: date = date(2024, 4, 1)) -> bytes:
    title = f"陕西省专项治理进展（截至{day.year}年{day.month}月{day.day}日）"
    return csv_bytes([(title,), ("地区", "纳入治理企业数", "完成治理企业数"), ("榆林市", 463, completed)])


def test_a_file_goes_in_through_the_door_is_confirmed_and_keeps_its_receipt(hasty: int) -> None:
    with Sender(hasty) as sender:
        sender.drop([("榆林.csv", progress(110))])
        assert "可以入库" in sender.words
        sender.press("确认入库")
        assert "已入库：批次" in sender.words
        time.sleep(SECONDS_TO_BE_RELEASED / 3)
        sender.look()
        assert "已入库：批次" in sender.words and "清除" not in sender.words


def test_a_file_at_which_nobody_looks_is_released_without_the_visitors_browser(hasty: int) -> None:
    with Sender(hasty) as sender:
        sender.drop([("榆林.csv", progress(120))])
        assert "可以入库" in sender.words and "确认入库" in sender.buttons
        deadline = time.monotonic() + SECONDS_TO_BE_RELEASED
        time.sleep(4)
        while "清除" not in sender.words and time.monotonic() < deadline:
            time.sleep(1.5)
            sender.look()
        assert "没有确认，已从内存中清除；没有入库，数据没有变化。" in sender.words
        assert sender.buttons == {}


def test_what_is_taken_off_is_not_told_of_any_more(hasty: int) -> None:
    with Sender(hasty) as sender:
        sender.drop([("榆林.csv", progress(130))])
        sender.take_off()
        assert "榆林.csv" not in sender.words and sender.buttons == {}
