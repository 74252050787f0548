"""`duties` on the command line: what is due, and records of what was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zyb import cli

SUMMARY = ("shaanxi_year_2024", "榆林", "2024-11-15", "--province", "陕西省")
Answer = Callable[..., tuple[int, str]]


@pytest.fixture
def duties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Answer:
    """Exit code and everything that was said."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")

    def answer(*arguments: str) -> tuple[int, str]:
        code = cli.main(["duties", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return answer


def listed(duties: Answer, *arguments: str) -> list[dict[str, Any]]:
    code, said = duties("--province", "陕西省", *arguments, "--json")
    assert code == 0
    return json.loads(said)


def test_what_presses_is_told_unasked_and_everything_when_asked(duties: Answer) -> None:
    code, said = duties("--province", "陕西省", "--on", "2024-11-20")
    first, head, *rows = said.splitlines()
    assert code == 0
    assert first == (
        "陕西省 · 报送与节点 · 2024-11-20 · 逾期36项次，即将到期24项次，未登记588项次，未到期27项次"
    )
    assert head.split() == ["到期", "事项", "状态", "完成", "未完成", "编号"]
    assert rows[2].startswith(
        "2024-11-15  2024年治理企业基本情况、工作总结及2025年工作计划  逾期      0/12  西安、"
    )
    assert rows[2].endswith("  shaanxi_year_2024")
    states = {row["state"] for row in listed(duties, "--on", "2024-11-20")}
    assert states == {"逾期", "即将到期"}
    assert {row["state"] for row in listed(duties, "--on", "2024-11-20", "--all")} == states | {
        "未登记",
        "未到期",
    }


def test_a_record_is_added_and_taken_back(duties: Answer) -> None:
    assert duties("tick", *SUMMARY, "--day", "2024-11-12", "--file", "总结.docx", "--by", "张三") == (
        0,
        "已登记。\n",
    )
    asked = ("--on", "2024-12-01", "--region", "榆林")
    (row,) = listed(duties, *asked, "--state", "已完成")
    assert row["regions"] == [
        {"region": "榆林市", "state": "已完成", "day": "2024-11-12", "told": "登记：张三，总结.docx"}
    ]
    assert listed(duties, *asked, "--state", "已完成", "--known-at", "2024-12-01") == []
    code, said = duties("tick", *SUMMARY, "--day", "2024-11-12", "--file", "总结.docx")
    assert code == 1 and "已由张三于" in said
    assert duties("untick", *SUMMARY, "--reason", "填错") == (0, "登记已撤销，记录仍然保留。\n")
    assert listed(duties, *asked, "--state", "已完成") == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--state", "没有"),
            "没有状态“没有”。可用的状态：逾期、即将到期、未登记、未到期、已结束、免报、逾期完成、已完成。",
        ),
        (("--region", "火星市", "--province", "陕西省"), "陕西省没有填报地区“火星市”。"),
        (("--on", "昨天"), "日期“昨天”写法有误。"),
        (("untick", *SUMMARY, "--reason", "填错"), "没有这项登记，或已撤销。"),
        (("tick", *SUMMARY, "--day", "2024-11-12"), "还没有填写文件名称（文号）或说明。"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(
    duties: Answer, arguments: tuple[str, ...], sentence: str
) -> None:
    code, said = duties(*arguments)
    assert code == 1 and sentence in said
