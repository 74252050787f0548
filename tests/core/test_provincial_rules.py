"""A province may judge and warn by bounds of its own, with the document that says so; the others go on as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.spec.conftest import Province
from zyb.alerting import alerts
from zyb.briefing import told_rules, verdict_rules
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.deck.legend import classes
from zyb.errors import RulesError
from zyb.rulebook.book import RULES, Rulebook, in_force, using
from zyb.rulebook.toml import parse
from zyb.rulebook.verdicts import verdicts
from zyb.standing.alert_course import alert_rules, parse_alert_rules
from zyb.store import Store
from zyb.ui.help.guide import chapters

VERDICTS = """
basis = "陕卫〔2024〕1号 第三条"

[lagging]
title = "相对滞后"
rule = "低于序时20个百分点以内（含20）"
at_least = "-20%"
tone = "watch"
shape = "◆"

[slow]
title = "进展缓慢"
rule = "低于序时超过20个百分点"
tone = "lagging"
shape = "▼"
"""
LEVELS = """
basis = "陕卫〔2024〕1号 第四条"

[overdue]
level = "call"

[[levels]]
id = "call"
title = "电话提醒"
behind = 1
silent = 1
basis = "陕卫〔2024〕1号 第四条"
"""
# So that both provinces hold the same measure against the same pace.
HEBEI = """
[[governance_completion.plans]]
start = 2022-09-01
due = 2025-06-30
target = "100%"
basis = "冀卫〔2024〕1号"
"""
Write = Callable[[str, str], None]


@pytest.fixture
def shaanxi_says(tmp_path: Path) -> Iterator[Write]:
    """Puts a rule file of its own into the province's folder; the rules are those of a copy of what ships."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    with (folder / "provinces" / "河北省" / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(HEBEI)
    with using(Rulebook(folder)):
        yield lambda name, text: _write(folder / "provinces" / "陕西省" / name, text)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def far_behind(store: Store, name: str, region: str) -> Province:
    """By 25 points."""
    province = Province(store, name)
    for day in ("2024-02-01", "2024-03-01"):
        province.reports(f"region | enrolled | completed\n{region} | 100 | 28", day)
    return province


def test_the_same_gap_is_judged_by_each_province_s_own_bounds(store: Store, shaanxi_says: Write) -> None:
    shaanxi_says("verdicts.toml", VERDICTS)
    found = [
        far_behind(store, name, region).stands("2024-03-01").regions
        for name, region in (("陕西省", "榆林市"), ("河北省", "唐山市"))
    ]
    (own,), (other,) = ([one for one in regions if one.numerator] for regions in found)
    assert own.gap is not None and -0.30 < own.gap < -0.20
    assert own.verdict.title == "进展缓慢"
    assert other.gap is not None and -0.30 < other.gap < -0.20
    assert other.verdict.title == "相对滞后"


def test_the_legend_tells_the_bounds_that_hold(shaanxi_says: Write) -> None:
    shaanxi_says("verdicts.toml", VERDICTS)
    assert "超过20个百分点" in told_rules(verdict_rules(verdicts("陕西省")))
    assert "超过30个百分点" in told_rules(verdict_rules(verdicts("河北省")))
    assert verdicts("陕西省")["fast"] == verdicts("")["fast"], "what is not said anew is the nation's"


def test_levels_of_alerts_are_the_province_s(store: Store, shaanxi_says: Write) -> None:
    shaanxi_says("alerts.toml", LEVELS)
    far_behind(store, "陕西省", "榆林市"), far_behind(store, "河北省", "唐山市")
    own, other = (
        [alert.level.title for alert in alerts(store, name, date(2024, 3, 1)) if alert.level]
        for name in ("陕西省", "河北省")
    )
    assert set(own) == {"电话提醒"} and set(other) == {"提醒", "督办"}
    assert alert_rules("陕西省").states == alert_rules("").states


def test_help_tells_them_beside_the_nation_s(shaanxi_says: Write) -> None:
    before = str(chapters())
    assert "本省的评价界限" not in before and "本省的预警级别" not in before
    shaanxi_says("verdicts.toml", VERDICTS)
    shaanxi_says("alerts.toml", LEVELS)
    with using(Rulebook(in_force().folder)):
        told = str(chapters())
    assert "陕西省：本省的评价界限" in told and "低于序时超过20个百分点" in told and "超过30个百分点" in told
    assert "陕西省：本省的预警级别" in told and "电话提醒" in told
    assert "河北省：本省" not in told


def test_documents_and_slides_tell_the_province_s_bounds(store: Store, shaanxi_says: Write) -> None:
    shaanxi_says("verdicts.toml", VERDICTS)
    said = {}
    for name, region in (("陕西省", "榆林市"), ("河北省", "唐山市")):
        far_behind(store, name, region)
        found = compose(
            store, Request(province=name, kind="monthly", on=date(2024, 3, 1), campaign="governance")
        )
        legend = {one.title: one.rule for one in classes(found, found.sections[0])}
        said[name] = "".join(
            [found.told_rules, *(part.text for part in found.paragraphs), legend["进展缓慢"]]
        )
    assert said["陕西省"].count("超过20个百分点") == 3 and "30个百分点" not in said["陕西省"]
    assert said["河北省"].count("超过30个百分点") == 3 and "20个百分点" not in said["河北省"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("verdicts.toml", VERDICTS.replace("basis", "remark", 1), "缺少“basis”"),
        ("verdicts.toml", VERDICTS.replace("-20%", "-25%"), "没有写明界限 25"),
        ("verdicts.toml", VERDICTS.replace("超过20个", "超过30个"), "没有写明界限 20"),
        ("verdicts.toml", VERDICTS.replace('at_least', 'rule_of_target = "低于目标20个百分点以内"\nat_least'), "应同时写“rule_of_limit”"),
        ("verdicts.toml", VERDICTS.replace("进展缓慢", "严重滞后"), "评价的名称全国一致"),
        ("alerts.toml", LEVELS.replace('level = "call"', 'level = "remind"'), "“level”应为 call"),
        ("alerts.toml", "basis = '文号'\n[recovery]\nnarrowing_periods = 3\nnarrowed_by = '1%'\non_pace_periods = 2", "没有写明界限 3"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_the_province_s_file(
    shaanxi_says: Write, name: str, text: str, said: str
) -> None:
    shaanxi_says(name, text)
    with pytest.raises(RulesError, match=said) as caught:
        (verdicts if name == "verdicts.toml" else alert_rules)("陕西省")
    assert caught.value.file == f"provinces/陕西省/{name}"
    assert verdicts("河北省") and alert_rules("河北省")


@pytest.mark.parametrize("name", ["Verdicts.toml", "verdicts.toml.txt", "verdicts (1).toml"])
def test_a_file_that_almost_has_the_name_is_not_passed_over(shaanxi_says: Write, name: str) -> None:
    shaanxi_says(name, VERDICTS)
    with pytest.raises(RulesError, match=r"文件名应为“verdicts\.toml”，现在不起作用") as caught:
        verdicts("陕西省")
    assert caught.value.file == f"provinces/陕西省/{name}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('at_once_below = "-30%"', 'at_once_below = "30%"', "应为负数"),
        ("after_periods = 2", "after_periods = 0", "“after_periods”应为1以上的整数，现为 0"),
        ('id = "circulate"', 'id = "remind"', "有两处的“id”都是“remind”"),
        ('title = "已认领"', 'title = "回升"', "有两处的“title”都是“回升”"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(old: str, new: str, said: str) -> None:
    text = (RULES / "alerts.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(RulesError, match=said):
        parse_alert_rules(parse(text.replace(old, new, 1), "alerts.toml"))


def test_another_rulebook_leaves_nothing_behind(tmp_path: Path) -> None:
    before = in_force()
    with pytest.raises(RulesError, match="文件不存在"), using(Rulebook(tmp_path)):
        verdicts("")
    assert in_force() is before and verdicts("")
