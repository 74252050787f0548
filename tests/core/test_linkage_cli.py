"""`linkage` on the command line: findings, what people say of them, and whether two rows are one employer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.spec.conftest import Province
from tests.spec.firms import code, sends
from tests.test_words import COMMANDS, fenced
from zyb import cli
from zyb.store import Store

CHECK = "exceeding_not_governed"
ON = ("--province", "陕西省", "--on", "2025-06-30")
Answer = Callable[..., tuple[int, str]]


@pytest.fixture
def linkage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Answer]:  # fmt: skip
    """Exit code and everything that was said, of a province with two findings, one of which may be another."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    with closing(Store(tmp_path / "data")) as store:
        shaanxi = Province(store, "陕西省")
        sends(shaanxi, "exceedances", """
            region | county | name                   | uscc
            西安   | 雁塔区 | 甲厂                   | A
            西安   | 雁塔区 | 西安华山精密机械制造厂 | -
            宝鸡   | 渭滨区 | 丙厂                   | C
        """, "2024-12-31")  # fmt: skip
        sends(shaanxi, "governance_enterprises", """
            region | county | name                   | uscc
            西安   | 雁塔区 | 西安华山精密机诫制造厂 | B
        """, "2025-03-31")  # fmt: skip

    def answer(*arguments: str) -> tuple[int, str]:
        code = cli.main(["linkage", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    yield answer


def rows(linkage: Answer, *arguments: str) -> list[dict[str, Any]]:
    answered, said = linkage(*ON, *arguments, "--json")
    assert answered == 0
    return json.loads(said)


def test_findings_are_listed_with_who_cannot_be_checked(linkage: Answer) -> None:
    answered, said = linkage(*ON)
    lines = said.splitlines()
    assert (answered, lines[0]) == (0, "陕西省 · 联动核查 · 2025-06-30 · 待核实2项")
    assert lines[1] == "exceeding_not_governed  监测超标企业未纳入专项治理：2项"
    assert f"甲厂（{code('A')}）列入《监测超标企业名单》，《专项治理企业台账》中没有这家企业" in said
    assert "宝鸡市没有报送《专项治理企业台账》，“监测超标企业未纳入专项治理”无法核查。" in lines
    assert [row["name"] for row in rows(linkage, "--region", "宝鸡")] == []
    assert len(rows(linkage, "--check", CHECK)) == 2


def test_the_json_in_the_papers_is_what_is_answered(linkage: Answer) -> None:
    (told,) = [found for text in fenced(COMMANDS, "json") if (found := json.loads(text)[0]).get("check")]
    linkage("settle", CHECK, "西安", code("A"), "--reason", "已录入治理模块", "--by", "张三", *ON)
    (row,) = rows(linkage, "--state", "已销号")
    assert list(told) == list(row)
    left_out = {"remedy": None, "basis": None, "at": None, "rows": None}
    assert told | left_out == row | left_out
    assert list(told["rows"][0]) == list(row["rows"][0])


def test_a_word_is_added_and_taken_back(linkage: Answer) -> None:
    which = (CHECK, "西安", code("A"), *ON)
    assert linkage("refute", *which, "--reason", "不足10人") == (0, "已登记为不属实。\n")
    assert [row["name"] for row in rows(linkage)] == ["西安华山精密机械制造厂"]
    assert linkage("reopen", *which, "--reason", "再核") == (0, "已恢复为待核实。\n")
    assert len(rows(linkage)) == 2 and len(rows(linkage, "--all")) == 2


def test_nobody_is_linked_without_a_yes(linkage: Answer) -> None:
    (row,) = [row for row in rows(linkage) if row["candidates"]]
    assert row["candidates"][0]["identity"] == code("B")
    which = (CHECK, "西安", row["subject"], code("B"))
    assert linkage("link", *which, "yes", *ON) == (0, "已认定为同一企业。\n")
    assert [row["name"] for row in rows(linkage)] == ["甲厂"]
    answered, said = linkage("links", "--province", "陕西省")
    assert answered == 0 and "同一企业" in said
    assert linkage("unlink", "1", "--province", "陕西省", "--reason", "看错") == (0, "企业认定已撤销，记录仍然保留。\n")  # fmt: skip
    assert len(rows(linkage)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--check", "none"), "陕西省没有核查项目“none”。"),
        (("--state", "好"), "没有状态“好”。可用的状态：待核实、已销号、不属实、已消除。"),
        (("--region", "石家庄"), "石家庄"),
        (("settle", CHECK, "西安", "无此代码", "--reason", "好"), "中没有“无此代码”"),
        (("link", CHECK, "西安", code("A"), "某", "maybe"), "不能是“maybe”"),
    ],
)
def test_what_cannot_be_is_a_sentence(linkage: Answer, words: tuple[str, ...], said: str) -> None:
    try:
        answered, told = linkage(*words, *ON)
    except SystemExit as end:
        assert end.code == 1
    else:
        assert answered == 1 and said in told
