"""`changes` on the command line: why a measure is another than it was, in terms that add up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.spec.conftest import submission
from zyb import cli
from zyb.store import Store

MEASURE = ("governance_completion", "--province", "陕西省")
Answer = Callable[..., tuple[int, str]]
HISTORY = (
    ("2024-02-02", "2024-01-31", "西安 | 100 | 40\n宝鸡 | 50 | 20"),
    ("2024-02-10", "2024-01-31", "宝鸡 | 50 | 25"),
    ("2024-03-02", "2024-02-29", "西安 | 100 | 60\n咸阳 | 10 | 1"),
)


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Answer]:  # fmt: skip
    """Exit code and everything that was said, of a province with a correction and a first report."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    with closing(Store(tmp_path / "data")) as store:
        for came, as_of, rows in HISTORY:
            found = submission(f"region | enrolled | completed\n{rows}", as_of, "陕西省")
            at = datetime.fromisoformat(came).replace(tzinfo=UTC)
            store.save_snapshot(found, rows.encode(), "表.csv", by="测试", at=at)

    def answer(*arguments: str) -> tuple[int, str]:
        code = cli.main(["changes", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    yield answer


def said(changes: Answer, *arguments: str) -> dict[str, Any]:
    answered, told = changes(*MEASURE, *arguments, "--json")
    assert answered == 0
    return json.loads(told)


def test_the_sentence_says_from_where_to_where_and_of_what(changes: Answer) -> None:
    answered, told = changes(*MEASURE, "--since-known-at", "2024-02-05")
    assert answered == 0
    assert told.splitlines()[0] == (
        "全省专项治理完成率自2024年1月31日（按2024年2月5日23:59掌握的情况）至2024年2月29日，由40.0%变为53.8%，上升13.8个百分点；"
        "完成治理由60家变为86家，增加26家（新增完成治理＋20、首次报送＋1、更正＋5）；"
        "纳入治理由150家变为160家，增加10家（首次报送＋10）。"
    )
    assert "宝鸡市" in told and "咸阳市" in told


def test_without_another_moment_what_was_corrected_since_is_no_change(changes: Answer) -> None:
    found = said(changes)
    assert found["before"] == {"numerator": 65, "denominator": 150}
    assert {term["kind"] for term in found["terms"]} == {"new", "first"}


def test_terms_add_up_and_name_their_snapshots(changes: Answer) -> None:
    found = said(changes, "--since-known-at", "2024-02-05")
    sums = {
        side: sum(term["amount"] for term in found["terms"] if term["side"] == side)
        for side in ("numerator", "denominator")
    }
    assert sums == {"numerator": 26, "denominator": 10}
    assert [term["snapshot"] for term in found["terms"] if term["kind"] == "corrected"] == [2]
    regions = {place["region"]: place["after"]["numerator"] for place in found["regions"]}
    assert regions["西安市"] == 60 and sum(regions.values()) == 86


def test_a_region_alone(changes: Answer) -> None:
    found = said(changes, "--region", "宝鸡", "--since-known-at", "2024-02-05")
    assert (found["region"], found["regions"]) == ("宝鸡市", [])
    assert (found["before"]["numerator"], found["after"]["numerator"]) == (20, 25)


def test_one_day_as_it_was_known_then_and_is_known_now(changes: Answer) -> None:
    days = ("--since", "2024-01-31", "--on", "2024-01-31")
    answered, told = changes(*MEASURE, *days, "--since-known-at", "2024-02-05")
    assert answered == 0
    assert told.startswith(
        "全省专项治理完成率2024年1月31日的数据（按2024年2月5日23:59掌握的情况），由40.0%变为43.3%"
    )
    assert "没有变化" in changes(*MEASURE, *days)[1]


def test_what_cannot_be_compared_is_refused(changes: Answer) -> None:
    answered, told = changes(*MEASURE, "--since", "2024-03-31")
    assert (answered, told) == (
        1,
        "2024年2月29日早于2024年3月31日，变化要从早的一天看到晚的一天。请把两天对调后重试。\n",
    )
    assert changes(*MEASURE, "--on", "2024-01-31")[1].startswith("没有可以比较的另一次报送。")
