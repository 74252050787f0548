"""A slip in cross_checks.toml is a Chinese sentence with file, table and key; what ships holds together."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.checks.cross_checks import KINDS, STATES, cross_checks, finding_states, parse_cross_checks
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.places.divisions import NATION

MISSING = {
    "title": "“漏列”", "kind": "“missing”", "of": "[{ ledger = “exceedances” }]",
    "not_in": "[{ ledger = “assistance” }]", "remedy": "“核实”", "basis": "“〔2024〕5号”",
}  # fmt: skip
COUNT = {
    "title": "“不符”", "kind": "“count”", "tally": "“assistance_rates.assisted”",
    "list_tally": "“assistance.assisted”", "remedy": "“核实”", "basis": "“〔2024〕5号”",
}  # fmt: skip
SIZE = "[{ ledger = “exceedances”, where = [{ column = “%s”, %s }] }]"


def written(said: dict[str, str]) -> toml.RulesTable:
    """Without what is empty; “” stand for quotation marks."""
    lines = [f"{key} = {value}" for key, value in said.items() if value]
    return toml.parse("\n".join(["[checks.one]", *lines]).replace("“", '"').replace("”", '"'))


@pytest.mark.parametrize(
    ("base", "changed", "fault"),
    [
        (MISSING, {"title": ""}, "缺少“title”（文字）。"),
        (MISSING, {"basis": ""}, "缺少“basis”（文字）。"),
        (MISSING, {"until": "“2025”"}, "不认识的项：until。"),
        (MISSING, {"kind": "“absent”"}, "“kind”应为 missing、regions、codes、twice、count 之一，现为 “absent”。"),
        (MISSING, {"not_in": ""}, "“not_in”至少要写一张名单。"),
        (MISSING, {"of": "[]"}, "“of”至少要写一张名单。"),
        (MISSING, {"of": "[{ ledger = “lists” }]"}, "“ledger”应是有统一社会信用代码的名单，现为“lists”。"),
        (MISSING, {"of": "[{ ledger = “governance_progress” }]"}, "现为“governance_progress”。"),
        (MISSING, {"of": SIZE % ("scale", "below = 9")}, "《监测超标企业名单》没有列 “scale”。"),
        (MISSING, {"of": SIZE % ("staff", "is = [“9”]")}, "“is”只用于是否类的列和选项列；staff 不是。"),
        (MISSING, {"of": SIZE % ("size", "below = 9")}, "“below”只用于数量列，且大于0；size 不是。"),
        (MISSING, {"of": SIZE % ("size", "is = [“小微”]")}, "“小微”不是列 size 的选项。"),
        (MISSING, {"of": SIZE % ("size", "is = []")}, "条件要写 is 或 below 之一。"),
        (MISSING, {"kind": "“twice”"}, "不认识的项：not_in。"),
        (MISSING, {"since": "“2025-04-01”"}, "“since”应为日期"),
        (COUNT, {"tally": "“assistance_rates.helped”"}, "“tally”没有汇总项“assistance_rates.helped”"),
        (COUNT, {"list_tally": "“cdc_guidance.assisted”"}, "没有写明 assisted 应与“cdc_guidance.assisted”相等"),
        (COUNT, {"of": "[{ ledger = “assistance” }]"}, "不认识的项：of。"),
    ],
)  # fmt: skip
def test_a_slip_is_told(base, changed, fault):
    assert parse_cross_checks(written(base))
    with pytest.raises(RulesError) as told:
        parse_cross_checks(written({**base, **changed}))
    assert fault in str(told.value)


def test_what_ships_has_every_kind_and_every_state():
    shaanxi, hebei = cross_checks("陕西省"), cross_checks("河北省")
    assert {check.kind for check in shaanxi} == set(KINDS)
    assert tuple(finding_states()) == STATES
    own = {check.id for check in shaanxi} - {check.id for check in hebei}
    assert own == {"exceeding_not_assisted", "assisted_not_governed", "exceeding_not_governed"}
    assert cross_checks(NATION.name) == ()
    assert len({check.title for check in shaanxi}) == len(shaanxi)


def test_a_clause_with_a_day_asks_nobody_before_it():
    (check,) = [one for one in cross_checks("陕西省") if one.since]
    assert not check.asked_on(date(2025, 3, 31)) and check.asked_on(date(2025, 4, 1))
    assert check.of[0].title == f"《{ledgers()['exceedances'].title}》（2024年）"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("[checks.exceeding_not_assisted]", "[checks.twice_in_a_list]", "全国的规则里已有这个编号"),
        ('kind = "missing"', 'kind = "missing"\nreplaces = "governed"', "“replaces”没有全国的规则“governed”"),
    ],
)
def test_a_provinces_own_checks_go_with_the_nations(tmp_path: Path, before: str, after: str, fault: str):
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    file = folder / "provinces" / "陕西省" / "cross_checks.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with using(Rulebook(folder)), pytest.raises(RulesError, match=fault):
        cross_checks("陕西省")
    file.write_text(text.replace('kind = "missing"', 'kind = "missing"\nreplaces = "assisted_count"', 1), encoding="utf-8")  # fmt: skip
    with using(Rulebook(folder)):
        assert "assisted_count" not in [check.id for check in cross_checks("陕西省")]
