"""Rule files: what ships is loaded whole; a slip is named by file, table and key."""

from __future__ import annotations

import re

import pytest

from zyb.briefing.outlines import plans
from zyb.demo.story import stories
from zyb.errors import RulesError
from zyb.exports.books.forms import layouts
from zyb.rulebook import toml
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.checks.cross_checks import cross_checks, finding_states
from zyb.rulebook.columns import common_headings
from zyb.rulebook.duties import every_duty
from zyb.rulebook.ledgers import ledgers, parse_ledgers
from zyb.rulebook.lexicon.headings import tier_words
from zyb.rulebook.measures import campaigns, measures, parse_measures
from zyb.rulebook.places.divisions import provinces_and_nation
from zyb.rulebook.problems import catalogue
from zyb.rulebook.stages import timelines
from zyb.rulebook.toml import load, parse
from zyb.rulebook.verdicts import parse_verdicts, verdicts
from zyb.standing.alert_course import alert_rules
from zyb.uploads import published
from zyb.wording.templates import shipped

LEDGER = """
[machines]
title = "设备更新汇总表"
campaign = "governance"
grain = "region"
basis = "文号"
tallies = ["replaced"]

[[machines.columns]]
name = "region"
title = "地区"
type = "region"

[[machines.columns]]
name = "replaced"
title = "更新台数"
type = "count"
"""

MEASURE = """
[governance_completion]
title = "完成率"
campaign = "governance"
kind = "ratio"
definition = "口径"
basis = "文号"

[governance_completion.numerator]
tally = "governance_progress.completed"
title = "完成"

[governance_completion.denominator]
tally = "governance_progress.enrolled"
title = "纳入"

[[governance_completion.plans]]
start = 2022-09-01
due = 2025-06-30
target = "100%"
basis = "文号"
"""


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


# -- what ships ---------------------------------------------------------------------------


def test_every_rule_file_that_ships_is_loaded(monkeypatch):
    """Each is read by the door that the program itself uses; a file that nobody reads is a mistake."""
    read: set[str] = set()
    load_file = toml.load

    def remember(path):
        read.add(str(path))
        return load_file(path)

    monkeypatch.setattr(toml, "load", remember)
    doors = (
        ledgers,
        common_headings,
        campaigns,
        catalogue,
        layouts,
        timelines,
        every_duty,
        finding_states,
        stories,
        plans,
        shipped,
        tier_words,
    )
    with using(Rulebook()):
        assert all(door() for door in doors)
        provincial = (measures, verdicts, alert_rules)
        assert all(door(name) for door in provincial for _, name in provinces_and_nation())
        assert cross_checks("陕西省")
        assert list(published.published_tables())
    assert {str(path) for path in RULES.rglob("*.toml")} - read == set()


def test_every_published_file_is_listed_and_every_listed_file_is_there():
    listed = {table.path for table in published.published_tables()}
    assert listed == set(RULES.glob("provinces/*/published/*.csv"))


def test_every_campaign_has_its_measures():
    """In the order of the campaigns. Families are spelled out: twenty of 尘毒 from few tables."""
    known = [measure.campaign for measure in measures("陕西省").values()]
    assert list(dict.fromkeys(known)) == list(campaigns())
    assert known.count("dust_toxics") >= 20 and known.count("assistance") >= 17


def test_every_ledger_and_measure_belongs_to_a_campaign_and_names_its_document():
    assert {measure.campaign for measure in measures("陕西省").values()} <= set(campaigns())
    assert all(ledger.basis for ledger in ledgers().values())
    for province in ("陕西省", "河北省"):
        for measure in measures(province).values():
            assert measure.basis and measure.definition
            assert all(plan.basis for plan in measure.plans)


def test_every_ledger_that_ships_says_how_often_it_comes_and_which_document_wants_it():
    for file in (RULES / "ledgers").glob("*.toml"):
        assert re.search(r'^# 报送周期：.+\ncadence = "', file.read_text(encoding="utf-8"), re.M), file.name
    wanted = {
        "assistance": "monthly",
        "employers": "quarterly",
        "cdc_guidance": "yearly",
        "demonstration": "once",
    }
    assert {name: ledgers()[name].cadence for name in wanted} == wanted


@pytest.mark.parametrize("name", ["assistance_targets", "demonstration_quota", "governance_targets"])
def test_plans_without_a_day_hold_from_their_first_year(name):
    assert ledgers()[name].undated_from == "first_year"


def test_a_provinces_plan_goes_before_the_nations():
    assert not measures("山东省")["governance_completion"].plans
    assert [plan.window.due.year for plan in measures("河北省")["declaration_growth"].plans] == [2024, 2025]


# -- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[a]\nb = \n", "不是有效的 TOML"),
        ("[a]\nb = '汉'".encode("gb18030"), "编码不是 UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, said):
    file = tmp_path / "measures.toml"
    file.write_bytes(content)
    with pytest.raises(RulesError, match=rf"measures\.toml.*{said}") as refused:
        load(file)
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RulesError, match=r"plan\.toml.*不存在"):
        load(tmp_path / "plan.toml")


def test_a_file_saved_by_windows_notepad_is_read(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_bytes("[a]\nb = '汉'".encode("utf-8-sig"))
    assert load(file).table("a").text("b") == "汉"


WHERE = '[{{ name = "a", count = "rows", where = [{{ {} }}] }}]'

# -- keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('title = "完成率"', "", "governance_completion", "缺少“title”"),
        ('title = "完成率"', "title = 3", "governance_completion", "“title”应为文字"),
        ('kind = "ratio"', 'kind = "rate"', "governance_completion", "“kind”应为 ratio、growth、count、survey 之一"),
        ('kind = "ratio"', 'kind = "ratio"\ncolour = "红"', "governance_completion", "不认识的项：colour"),
        ('campaign = "governance"', 'campaign = "govern"', "governance_completion", "“campaign”应为"),
        ("governance_progress.completed", "governance_progress.finished", "governance_completion.numerator", "没有汇总项"),
        ("governance_progress.enrolled", "nothing.enrolled", "governance_completion.denominator", "没有汇总项"),
        ('target = "100%"', 'target = "100"', "governance_completion.plans 第1项", "应为百分数"),
        ('target = "100%"', 'target = "NaN%"', "governance_completion.plans 第1项", "应为百分数"),
        ('target = "100%"', "target = 1.0", "governance_completion.plans 第1项", "“target”应为文字"),
        ("due = 2025-06-30", "due = 2022-06-30", "governance_completion.plans 第1项", "按时间先后"),
        ("due = 2025-06-30", 'due = "2025-06-30"', "governance_completion.plans 第1项", "“due”应为日期"),
        ("due = 2025-06-30", "due = 2025-06-30T08:00:00", "governance_completion.plans 第1项", "不带时刻"),
        ("[[governance_completion.plans]]", "[governance_completion.plans]", "governance_completion", "“plans”应为子表列表"),
    ],
)  # fmt: skip
def test_a_slip_in_a_measure_is_named_by_file_table_and_key(old, new, place, said):
    with pytest.raises(RulesError) as refused:
        parse_measures(parse(changed(MEASURE, old, new), "measures.toml"))
    assert (refused.value.file, refused.value.place) == ("measures.toml", place)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('grain = "region"', 'grain = "village"', "machines", "“grain”应为"),
        ('grain = "region"', 'grain = "region"\ncadence = "weekly"', "machines", "“cadence”应为 monthly"),
        ('name = "replaced"', 'name = "Replaced; drop"', "machines.columns 第2项", "小写英文字母"),
        ('type = "count"', 'type = "number"', "machines.columns 第2项", "“type”应为"),
        ('type = "region"', 'type = "text"', "machines", "恰有一列"),
        (
            'tallies = ["replaced"]',
            'tallies = ["renewed"]',
            "machines",
            "“tallies”引用了不存在的数量列“renewed”",
        ),
        ('tallies = ["replaced"]', 'tallies = "replaced"', "machines", "“tallies”应为文字列表"),
        ('tallies = ["replaced"]', "tallies = [1]", "machines", "“tallies”应为"),
        ('["replaced"]', WHERE.format('column = "gone", is = ["是"]'), "machines", "不存在的列“gone”"),
        (
            '["replaced"]',
            WHERE.format('column = "region", at_least = 2'),
            "machines",
            "不存在的数量列“region”",
        ),
        (
            '["replaced"]',
            WHERE.format('column = "replaced"'),
            "machines.tallies 第1项.where 第1项",
            "filled = true 之一",
        ),
        (
            '["replaced"]',
            WHERE.format('column = "replaced", filled = true, at_least = 2'),
            "machines.tallies 第1项.where 第1项",
            "filled = true 之一",
        ),
        (
            '["replaced"]',
            '[{ name = "a", count = "rows", by = "region", divisions = true }]',
            "machines",
            "行业代码",
        ),
        ('name = "replaced"', 'name = "region"', "machines", "“columns”的“name”重复：region"),
        ('type = "count"', 'type = "count"\nyearly = true', "machines", "类型是 year"),
        (
            'type = "count"',
            'type = "count"\nyearly = "是"',
            "machines.columns 第2项",
            "“yearly”应为true 或 false",
        ),
    ],
)
def test_a_slip_in_a_ledger_is_named_by_file_table_and_key(old, new, place, said):
    with pytest.raises(RulesError) as refused:
        parse_ledgers(parse(changed(LEDGER, old, new), "ledgers.toml"))
    assert (refused.value.file, refused.value.place) == ("ledgers.toml", place)
    assert said in refused.value.message


def test_a_province_cannot_plan_for_a_measure_that_the_nation_does_not_know():
    with pytest.raises(RulesError, match=r"plan.toml 的 \[govern\].*没有这个指标"):
        parse_measures(parse(MEASURE), parse("[govern]\nbasis = '文号'", "plan.toml"))


def shipped_verdicts() -> str:
    return (RULES / "verdicts.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('at_least = "10%"', 'at_least = "-40%"', "从高到低"),
        ('at_least = "0%"', "", r"\[on_pace\]：缺少“at_least”"),
        ('at_least = "10%"', 'at_least = "15%"', "没有写明界限 15"),
        ('at_least = "-30%"', 'at_least = "-3%"', "没有写明界限 3"),
        ("[slow]", "[slowly]", "缺少“slow”"),
        ("[no_task]", "[none]", "缺少“no_task”"),
        ('basis = "', 'extra = 1\nbasis = "', "不认识的项：extra"),
        ('tone = "watch"', 'tone = "red"', "“tone”应为"),
    ],
)
def test_a_slip_in_the_verdicts_is_refused(old, new, said):
    assert parse_verdicts(parse(shipped_verdicts()))
    with pytest.raises(RulesError, match=said):
        parse_verdicts(parse(changed(shipped_verdicts(), old, new), "verdicts.toml"))


def test_percentages_are_exact():
    table = parse('a = "33.3%"\nb = "-30%"')
    assert (table.share("a"), table.share("b")) == (toml.Fraction(333, 1000), toml.Fraction(-3, 10))
