"""Any key of any rule file, mistyped, misnamed, misdated or left out: a sentence with file and key, or no harm done.

The slips are made by chance, the same ones each time. What is not refused at the start goes through the commands.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import books
from zyb import cli
from zyb.errors import RulesError
from zyb.proofreading import proofread
from zyb.rulebook.book import RULES, Rulebook, using

FILES = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.toml"))
LISTING = "published.toml"
SLIPS_A_FILE = 2
COMMANDS = (("standings", "governance_completion"), ("alerts",), ("duties",))
FORTY_YEARS = 40
ENGLISH = re.compile(r"[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}|Traceback|Error")
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Slip:
    file: str
    place: Place
    kind: str
    new: object

    @property
    def key(self) -> str:
        return [part for part in self.place if isinstance(part, str)][-1]

    def __str__(self) -> str:
        return f"{self.file} {'.'.join(map(str, self.place))} {self.kind}"

    def made_in(self, whole: dict[str, Any]) -> dict[str, Any]:
        around = _at(whole, self.place[:-1])
        if self.kind == "removed":
            del around[self.place[-1]]
        else:
            around[self.place[-1]] = self.new
        return whole


def _at(value: Any, place: Place) -> Any:
    for part in place:
        value = value[part]
    return value


def _places(value: Any, above: Place = ()) -> Iterator[Place]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in below:
        yield (*above, part)
        yield from _places(inner, (*above, part))


def _wrongs(value: Any) -> Iterator[tuple[str, object]]:
    yield "of another kind", "七" if isinstance(value, int) and not isinstance(value, bool) else 7
    yield "removed", None
    if isinstance(value, str):
        yield "unknown", f"{value}某"
    if isinstance(value, date):
        yield "reversed", value.replace(year=value.year + FORTY_YEARS)
        yield "reversed", value.replace(year=value.year - FORTY_YEARS)
    if isinstance(value, list) and value:
        yield "twice", [*value, value[0]]


def _slips(file: str) -> list[Slip]:
    whole = tomllib.loads((RULES / file).read_text(encoding="utf-8-sig"))
    every = [Slip(file, place, *wrong) for place in _places(whole) for wrong in _wrongs(_at(whole, place))]
    return random.Random(file).sample(every, min(SLIPS_A_FILE, len(every)))


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)} = {_toml(own)}" for key, own in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(RULES, tmp_path_factory.mktemp("slips") / "rules"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


Told = Callable[[Slip], str]


@pytest.fixture
def told(
    rules: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Told]:
    """What a slip brings: the refusal, or “” where all commands answer as ever."""
    monkeypatch.setenv("ZYB_DATA", str(kept))

    def answered() -> str:
        try:
            proofread()
        except RulesError as refusal:
            return str(refusal)
        for command in COMMANDS:
            code = cli.main([*command, "--json"])
            said = capsys.readouterr().err.strip()
            if code:
                return said
        return ""

    def changed(slip: Slip) -> str:
        file = rules / slip.file
        before = file.read_bytes()
        whole = slip.made_in(tomllib.loads(before.decode("utf-8-sig")))
        lines = (f"{json.dumps(key, ensure_ascii=False)} = {_toml(own)}\n" for key, own in whole.items())
        file.write_text("".join(lines), encoding="utf-8")
        try:
            with using(Rulebook(rules)):
                return answered()
        finally:
            file.write_bytes(before)

    yield changed


@pytest.mark.parametrize("file", FILES)
def test_a_slip_made_by_chance_is_told_or_does_no_harm(told: Told, file: str) -> None:
    slips = _slips(file)
    assert slips
    for slip in slips:
        said = told(slip)
        if not said:
            continue
        assert said.startswith("规则文件 ") and said.endswith("请改正后重新启动。"), slip
        assert not ENGLISH.search(said), f"{slip}: {said}"
        # What others refer to by its name is missed in their files, a published table's day in that table.
        renamed = slip.kind in ("removed", "unknown") or file.endswith(LISTING)
        assert renamed or (f"规则文件 {file}" in said and slip.key in said), f"{slip}: {said}"


ONE_BY_ONE = """
    file                | place                        | new            | said
    --------------------+------------------------------+----------------+-----------------------------------------
    stages.toml         | tianjin.stages.0.end         | 2024-09-01     | [tianjin.stages 第1项]：“end”应晚于“start”
    stages.toml         | tianjin.province             | 天津           | [tianjin]：“province”应为
    stages.toml         | tianjin.campaign             | dust           | [tianjin]：“campaign”应为
    alerts.toml         | warning.after_periods        | 两期           | [warning]：“after_periods”应为整数
    alerts.toml         | overdue.level                | remark         | [overdue]：“level”应为
    verdicts.toml       | slow.tone                    | red            | [slow]：“tone”应为
    duties.toml         | soon_days                    | 十             | “soon_days”应为整数
    demo.toml           | claims.0.region              | 火星市         | [claims 第1项]：“region”应为
    demo.toml           | judgements.0.measure         | completion     | [judgements 第1项]：“measure”应为
    demo.toml           | claims.0.due                 | 明天           | [claims 第1项]：“due”应为日期
"""


@pytest.mark.parametrize(("file", "place", "new", "said"), books.table(ONE_BY_ONE)[1:])
def test_slips_that_were_passed_over(told: Told, file: str, place: str, new: str, said: str) -> None:
    """Files that pages alone read, and the nation's own where provinces have one of that name."""
    parts = tuple(int(part) if part.isdigit() else part for part in place.split("."))
    value = date.fromisoformat(new) if re.fullmatch(r"\d{4}-\d\d-\d\d", new) else new
    refusal = told(Slip(file, parts, "wrong", value))
    assert refusal.startswith(f"规则文件 {file}") and said in refusal


@pytest.mark.parametrize(("name", "said"), [
    ("天津", "文件夹应以省份全称命名"), ("陕西省/plans.toml", "没有这个规则文件"), ("陕西省/Alerts.toml", "没有这个规则文件"),
])  # fmt: skip
def test_a_file_that_nobody_would_read_is_told(tmp_path: Path, name: str, said: str) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    path = rules / "provinces" / name
    path.touch() if path.suffix else path.mkdir()
    with using(Rulebook(rules)), pytest.raises(RulesError, match=said) as caught:
        proofread()
    assert caught.value.file == f"provinces/{name}"


MEANT_OTHERWISE = """
    file                            | old                          | new                            | said
    --------------------------------+------------------------------+--------------------------------+------------------------------------------------
    provinces/陕西省/published/published.toml | ledger = "governance_progress" | ledger = "governance_progres" | [tables 第1项]：“ledger”应为 governance_progress、
    provinces/陕西省/published/published.toml | file = "陕西省专项      | file = "没有专项                | [tables 第1项]：“file”：同一文件夹中没有“没有专项治理进展
    provinces/陕西省/published/published.toml | [[stated]]         | [[states]]                     | 不认识的项：states
    provinces/陕西省/plan.toml      | target = "100%"              | target = "0%"                  | [governance_completion.plans 第1项]：“target”现为 “0%”，什么都不做就已达到
    provinces/陕西省/plan.toml      | target = "100%"              | target = "1000%"               | “target”是比率，应在0%至100%之间，现为 “1000%”
    provinces/陕西省/plan.toml      | start = 2024-01-01           | start = 2022-09-02             | “plans”第1项和第2项的起止日期重叠
    ledgers/31-assistance.toml      | is = ["是"]                  | is = ["对"]                    | 的 is 中“对”不是列 completed 的值；可用的有：是、否
    ledgers/60-dust_toxics.toml     | is = ["合格"]                | is = ["达标"]                  | 中“达标”不是列
    measures.toml                   | hazard = "噪声"              | hazard = "噪音"                | 中“噪音”不是治理企业岗位检测合格情况表的分项；可用的有：粉尘、化学毒物、噪声
    measures.toml                   | definition = "完成治理       | definition = "{全县}完成治理   | [governance_completion]：“definition”中用了不认识的名称“{全县}”；可用的有：{全省}、{本省文件}
    problems.toml                   | 的机构“{value}”              | 的机构“{values}”               | “message”中用了不认识的名称“{values}”
    provinces/陕西省/duties.toml    | title = "专项治理            | title = "{全省}专项治理        | “title”中用了不认识的名称“{全省}”；这里不用花括号
    levels.toml                     | {各地}卫生                   | {各省}卫生                     | “addressees”中用了不认识的名称“{各省}”；可用的有：{各地}
    levels.toml                     | whole = "全省"               | whole = "全{省"                | “whole”中花括号没有成对；这里不用花括号
    campaigns.toml                  | icon = "factory"             | icon = "facttory"              | [governance]：“icon”应是 Material Symbols 中的名称，没有“facttory”；相近的有：factory
    alerts.toml                     | after_periods = 2            | after_periods = 0              | [warning]：“after_periods”应为1以上的整数，现为 0
    verdicts.toml                   | at_least = "10%"             | at_least = "-40%"              | [on_pace]：“at_least”应低于 [fast] 的
    ledgers/10-governance_progress.toml | cumulative = ["enrolled", "completed"] | cumulative = ["completd"] | [governance_progress]：“cumulative”引用了不存在的数量列“completd”
    provinces/陕西省/roster.csv     | 610581,韩城市                | 610582,韩城市                  | “韩城市”只有一个县区，代码应为 610581，现为 610582
    provinces/陕西省/roster.csv     | 宝鸡市,宝鸡                  | 宝鸡县,宝鸡                    | 代码 610300 的行政区划名称是“宝鸡市”，现为“宝鸡县”
    provinces/陕西省/roster.csv     | 宝鸡市,宝鸡                  | 宝鸡市,鸡宝                    | 简称“鸡宝”应是“宝鸡市”的一部分
    provinces/陕西省/roster.csv     | 610300,                      | 130300,                        | 代码 130300 的行政区划名称是“秦皇岛市”
    region_aliases.csv              | 杨陵,陕西省                  | 杨陵,陕西                      | 没有名为“陕西”的省级行政区，应写全称
    tile_grid.csv                   | 610000,陕西                  | 610000,陕西省省                | 610000 的简称是“陕西”，现为“陕西省省”
    tile_grid.csv                   | 710000,台湾                  | 720000,台湾                    | “720000”不是省级单位的代码
    former_counties.csv             | 密云县,北京市,北京市         | 密云县,北京市,天津市           | “天津市”不是北京市的地市，应写现名
    former_counties.csv             | 110118,2015                  | 120118,2015                    | “120118”不是北京市的县区代码
    divisions.csv                   | 110102,西城区                | 110101,西城区                  | 代码“110101”列了两次
    divisions.csv                   | 西城区,county,110000         | 西城区,county,119900           | 上级代码“119900”不在上面各行中
    divisions.csv                   | 110102,西城区                | 120102,西城区                  | 不在同一个省份
    divisions.csv                   | 西城区,county                | 西城区,district                | 级别“district”应为
    provinces/陕西省/institutions.csv | 陕西省职业病防治院,省级    | 陕西省疾病预防控制中心,省级    | 同一个机构列了两次
"""


@pytest.mark.parametrize(("file", "old", "new", "said"), books.table(MEANT_OTHERWISE)[1:])
def test_what_is_well_written_and_means_nothing_is_told(
    rules: Path, file: str, old: str, new: str, said: str
) -> None:
    """Names that nobody has, values that cannot stand, figures that would judge everybody alike: at every start."""
    refusal = _refused(rules, file, old, new)
    assert refusal.file == file and said in str(refusal)


MILESTONES = """
    milestones                                   | said
    ---------------------------------------------+--------------------------------------------------------------------
    2024-06-01 160%                              | [governance_completion.plans 第1项.milestones 第1项]：“share”是到该日应完成的比例，应在0%至100%之间，现为 “160%”
    2024-06-01 -60%                              | 现为 “-60%”
    2024-01-01 60%, 2024-06-01 40%               | “share”应由小到大
    2024-06-01 40%, 2024-01-01 60%               | 应按时间先后排列
    2021-06-01 40%                               | 应按时间先后排列
    2026-06-01 40%                               | 应按时间先后排列
"""


@pytest.mark.parametrize(("stones", "said"), books.table(MILESTONES)[1:])
def test_milestones_rise_within_the_window(rules: Path, stones: str, said: str) -> None:
    each = (stone.split() for stone in stones.split(", "))
    written = ", ".join(f'{{ day = {day}, share = "{share}", basis = "文号" }}' for day, share in each)
    file, due = "provinces/陕西省/plan.toml", "due = 2025-06-30"
    assert said in str(_refused(rules, file, due, f"{due}\nmilestones = [{written}]"))


def _refused(rules: Path, file: str, old: str, new: str) -> RulesError:
    path = rules / file
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    try:
        with using(Rulebook(rules)), pytest.raises(RulesError) as caught:
            proofread()
    finally:
        path.write_text(before, encoding="utf-8")
    return caught.value
