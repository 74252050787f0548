"""帮扶企业在治理名单中的比例: two lists in force, held against each other by 统一社会信用代码."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests import invented
from tests.books import csv_bytes
from tests.spec.conftest import Province
from tests.spec.lists import listed, saved
from zyb.access import on_this_machine
from zyb.answers import linkage
from zyb.answers.progress import history, view
from zyb.answers.tracing import sources
from zyb.errors import RulesError
from zyb.rulebook.book import using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures, parse_measures
from zyb.rulebook.toml import parse
from zyb.standing.standings import Standings
from zyb.uploads import Prepared, accept, prepare

MEASURE = "assistance_from_governance"
HELPED, GOVERNED = "assistance", "governance_enterprises"
COUNTIES = {
    "610100": ("610113", "610116"), "610300": ("610303", "610304"), "610800": ("610802", "610881"), "610581": ("610581",),
}  # fmt: skip
LISTS = """
    region | uscc | number
    西安   | A    | 1
    西安   | B    | 2
    西安   | -    | 1
    宝鸡   | C    | 1
"""


def figures(found: Standings) -> dict[str, tuple[int, int]]:
    return {s.short: (s.numerator, s.denominator) for s in found.reported}


def test_whoever_is_on_both_lists_counts_wherever_in_the_province_and_who_has_no_code_does_not(shaanxi):
    listed(shaanxi, HELPED, LISTS, "2024-06-30")
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | B\n西安 | -\n宝鸡 | A\n宝鸡 | D", "2024-06-30")
    found = shaanxi.stands("2024-06-30", MEASURE)
    assert figures(found) == {"西安": (3, 4), "宝鸡": (0, 1)}
    assert found.province.value == Fraction(3, 5)


def test_who_has_not_sent_the_other_list_has_no_share(shaanxi):
    """Nobody knows who of 宝鸡 is in 专项治理: that is no zero, whatever 西安 has sent."""
    listed(shaanxi, HELPED, LISTS, "2024-06-30")
    assert figures(shaanxi.stands("2024-06-30", MEASURE)) == {}
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | C", "2024-06-30")
    found = shaanxi.stands("2024-06-30", MEASURE)
    assert figures(found) == {"西安": (0, 4)}
    assert [s.short for s in found.missing][:2] == ["宝鸡", "咸阳"]


def test_it_is_shown_without_a_target(shaanxi):
    listed(shaanxi, HELPED, LISTS, "2024-06-30")
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | A", "2024-06-30")
    found = shaanxi.stands("2024-06-30", MEASURE).region("610100")
    assert (found.target, found.gap, found.remaining, found.verdict.title) == (None, None, None, "未设时序")


def test_a_withdrawn_list_takes_its_part_of_the_figure_with_it(shaanxi):
    listed(shaanxi, HELPED, LISTS, "2024-06-30")
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | A", "2024-05-31")
    later = listed(shaanxi, GOVERNED, "region | uscc\n西安 | A\n西安 | B", "2024-06-30")
    assert figures(shaanxi.stands("2024-06-30", MEASURE)) == {"西安": (3, 4)}
    shaanxi.withdraws(later)
    assert figures(shaanxi.stands("2024-06-30", MEASURE)) == {"西安": (1, 4)}


def test_its_sources_are_the_snapshots_of_both_lists_and_it_has_a_history(shaanxi):
    listed(shaanxi, HELPED, LISTS, "2024-05-31")
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | A", "2024-05-31")
    listed(shaanxi, HELPED, "region | uscc\n西安 | A", "2024-06-30")
    seen = view(shaanxi.store, "陕西省", MEASURE, date(2024, 6, 30))
    assert {snapshot.ledger for snapshot in sources(shaanxi.store, seen)} == {HELPED, GOVERNED}
    assert [(p.completed, p.enrolled) for p in history(shaanxi.store, seen, "610100")] == [(1, 4), (1, 1)]


class Loop:
    """Both lists as they hold, kept beside the store: the newest word about a county counts."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str], dict[str, list[str | None]]] = defaultdict(dict)

    def report(self, ledger: str, region: str, county: str, said: dict[str, list[str | None]]) -> None:
        self.lines[ledger, region] = {**self.lines[ledger, region], county: said[county]} if county else said

    def codes(self, ledger: str, region: str) -> list[str | None]:
        return [code for codes in self.lines[ledger, region].values() for code in codes]

    def wanted(self) -> dict[str, tuple[int, int]]:
        governed = {code for region in COUNTIES for code in self.codes(GOVERNED, region) if code}
        found = {}
        for region in COUNTIES:
            helped = self.codes(HELPED, region)
            if helped and self.codes(GOVERNED, region):
                found[region] = (sum(code in governed for code in helped), len(helped))
        return found


@pytest.mark.parametrize("seed", range(3))
def test_lists_of_regions_and_of_single_counties_equal_an_obvious_loop(shaanxi, seed):
    chance, loop, compared = random.Random(seed), Loop(), 0
    codes = [None, *(f"{n:018d}" for n in range(40))]
    for n in range(24):
        day = (date(2024, 1, 1) + timedelta(days=n)).isoformat()
        ledger, region = chance.choice((HELPED, GOVERNED)), chance.choice(list(COUNTIES))
        county = chance.choice(("", "", *COUNTIES[region]))
        said = {
            place: [chance.choice(codes) for _ in range(chance.randrange(1, 9))]
            for place in ("", *COUNTIES[region])
        }
        told = {county: said[county]} if county else said
        rows = [
            {"region_code": region, "county_code": place, "uscc": code}
            for place, found in told.items()
            for code in found
        ]
        saved(shaanxi, ledger, rows, day, county)
        loop.report(ledger, region, county, said)
        reported = shaanxi.stands(day, MEASURE).reported
        assert {s.region_code: (s.numerator, s.denominator) for s in reported} == loop.wanted(), day
        compared += len(reported)
    assert compared > 20


def test_two_lists_are_compared_once_however_often_a_page_is_opened(shaanxi, monkeypatch):
    listed(shaanxi, HELPED, LISTS, "2024-06-30")
    listed(shaanxi, GOVERNED, "region | uscc\n西安 | A", "2024-06-30")
    asked, compare = [], shaanxi.store.matches
    monkeypatch.setattr(shaanxi.store, "matches", lambda *lists: asked.append(lists) or compare(*lists))
    linkage.matches.cache_clear()
    for _ in range(3):
        assert figures(shaanxi.stands("2024-06-30", MEASURE)) == {"西安": (1, 4)}
        # A report of another ledger changes the edition, not these two lists.
        listed(shaanxi, "enforcement", "region | resolved\n西安 | 是", "2024-06-30")
    assert len(asked) == 1


RULE = """
[linked]
title = "比例"
campaign = "assistance"
kind = "ratio"
definition = "口径"
basis = "文号"
numerator = { tally = "assistance.assisted", title = "在名单中", also_in = "governance_enterprises" }
denominator = { tally = "assistance.assisted", title = "企业" }
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"governance_enterprises"', '"governance_progress"', "有统一社会信用代码的台账"),
        ('"governance_enterprises"', '"nothing"', "有统一社会信用代码的台账"),
        ('"assistance.assisted", title = "在', '"cdc_guidance.assisted", title = "在', "不用于求和"),
        ('"governance_enterprises"', '{ ledger = "exceedances", years = 2024 }', "不认识的项：years"),
        (
            '"governance_enterprises"',
            '{ ledger = "exceedances", where = { sizes = ["小型"] } }',
            "没有列 sizes",
        ),
        (
            '"governance_enterprises"',
            '{ ledger = "exceedances", where = { size = ["小微"] } }',
            "“小微”不是该列的选项",
        ),
        (
            '"governance_enterprises"',
            '{ ledger = "exceedances", where = { staff = ["20"] } }',
            "单选和文字列",
        ),
        ('"governance_enterprises"', '{ ledger = "exceedances", where = { size = [] } }', "至少一个值"),
        (
            '"assistance.assisted", title = "在',
            '"governance_progress.enrolled", title = "在',
            "有统一社会信用代码的台账",
        ),
    ],
)
def test_lists_that_cannot_be_held_against_each_other_are_refused(old, new, said):
    assert parse_measures(parse(RULE))["linked"].ledger_ids == (HELPED, GOVERNED)
    with pytest.raises(RulesError, match=said):
        parse_measures(parse(RULE.replace(old, new)))


def test_every_linked_measure_says_so_in_its_definition():
    linked = [
        (measure.definition, ledgers()[side.also_in].title)
        for measure in measures("陕西省").values()
        for side in (measure.numerator, measure.denominator)
        if side.also_in
    ]
    assert linked
    for definition, other in linked:
        assert "统一社会信用代码" in definition and other in definition


# -- before and after an upload -------------------------------------------------------------

PLACE = ("地区", "县区")
ON_BOTH, OURS, THEIRS = "91610102MA0000000A", "B", "C"
IN_FORCE = f"region | uscc\n西安 | {ON_BOTH}\n西安 | {OURS}\n宝鸡 | {OURS}"


def uploaded(province: Province, ledger: str, *rows: tuple[str, ...], title: str = "陕西省") -> Prepared:
    """A list of 2024-06-30, held against what is in force and then accepted."""
    asked = [c.title for c in ledgers()[ledger].columns if c.required or c.type == "uscc"]
    head = (*PLACE, *(heading for heading in asked if heading not in PLACE))
    lines = [(f"{title}名单（截至2024-06-30）",), head, *rows]
    given = {"today": date(2025, 1, 1), "ledger": ledger, "province": "陕西"}
    table = prepare(province.store, csv_bytes(lines), "名单.csv", **given)
    accept(province.store, table, by=on_this_machine("王某"))
    return table


@pytest.mark.parametrize(
    ("ledger", "rows", "before", "after"),
    [
        (GOVERNED, [("西安市", "", "甲", ON_BOTH), ("宝鸡市", "", "乙", OURS)], (1, 2), (3, 3)),
        (GOVERNED, [("西安市", "", "甲", THEIRS)], (1, 2), (0, 2)),
        (HELPED, [("西安市", "", "甲", ON_BOTH)], (1, 2), (1, 1)),
        (HELPED, [("宝鸡市", "", "甲", ON_BOTH)], (1, 2), (1, 2)),
    ],
    ids=["the other list grows", "the other list changes", "ours shrinks", "a region without the other list"],
)  # fmt: skip
def test_a_preview_shows_the_figure_over_two_lists_as_it_will_be(shaanxi, ledger, rows, before, after):
    listed(shaanxi, HELPED, IN_FORCE, "2024-05-31")
    listed(shaanxi, GOVERNED, f"region | uscc\n西安 | {ON_BOTH}", "2024-05-31")
    table = uploaded(shaanxi, ledger, *rows)
    (effect,) = [effect for effect in table.effects if effect.measure.id == MEASURE]
    assert (effect.before.numerator, effect.before.denominator) == before
    assert (effect.after.numerator, effect.after.denominator) == after
    assert shaanxi.stands("2024-06-30", MEASURE).province.value == effect.after.value


def test_the_first_list_of_all_has_its_share_in_the_preview(shaanxi):
    listed(shaanxi, HELPED, IN_FORCE, "2024-05-31")
    table = uploaded(shaanxi, GOVERNED, ("西安市", "", "甲", OURS))
    (effect,) = [effect for effect in table.effects if effect.measure.id == MEASURE]
    assert (effect.before.value, effect.after.value) == (None, Fraction(1, 2))
    assert shaanxi.stands("2024-06-30", MEASURE).province.value == effect.after.value


def test_a_countys_own_list_changes_its_share_of_the_figure_only(shaanxi):
    lists = f"region | county | uscc\n西安 | 雁塔区 | {ON_BOTH}\n西安 | 长安区 | {OURS}"
    listed(shaanxi, HELPED, lists, "2024-05-31")
    listed(shaanxi, GOVERNED, lists, "2024-05-31")
    table = uploaded(shaanxi, GOVERNED, ("西安市", "雁塔区", "甲", THEIRS), title="西安市雁塔区")
    assert table.submission.county_code
    (effect,) = [effect for effect in table.effects if effect.measure.id == MEASURE]
    assert (effect.before.numerator, effect.after.numerator) == (2, 1)
    assert shaanxi.stands("2024-06-30", MEASURE).province.value == effect.after.value


# -- with a year and conditions -------------------------------------------------------------

SMALL = ("中型", "小型", "微型")
NARROWED = """
[small_exceeding_assisted]
title = "2024年监测超标的中小微企业纳入帮扶的比例"
campaign = "assistance"
kind = "ratio"
definition = "2024年监测超标企业名单中的中小微企业，统一社会信用代码也在2025年中小微企业帮扶台账中的企业数÷中小微企业数。"
basis = "测试〔2025〕1号"
held = "target"
numerator = { tally = "exceedances.small_exceeding", title = "已纳入", year = 2024, also_in = { ledger = "assistance", year = 2025, where = { completed = ["是"] } } }
denominator = { tally = "exceedances.small_exceeding", title = "中小微超标企业", year = 2024 }

[assisted_of_the_list]
title = "帮扶企业中2024年超标的中小微企业占比"
campaign = "assistance"
kind = "ratio"
definition = "帮扶台账中统一社会信用代码也在2024年监测超标企业名单（中小微企业）中的企业数÷帮扶企业数。"
basis = "测试〔2025〕1号"
held = "target"
numerator = { tally = "assistance.assisted", title = "在名单中", also_in = { ledger = "exceedances", year = 2024, where = { size = ["中型", "小型", "微型"] } } }
denominator = { tally = "assistance.assisted", title = "帮扶企业" }
"""


@pytest.fixture
def narrowed(tmp_path, shaanxi):
    with using(invented.rules(tmp_path, NARROWED)):
        yield shaanxi


def test_only_the_year_and_the_rows_that_are_asked_for_count(narrowed):
    listed(narrowed, "exceedances", """
        region | year | uscc | size
        西安   | 2024 | A    | 小型
        西安   | 2024 | B    | 大型
        西安   | 2024 | C    | -
        西安   | 2024 | D    | 微型
        西安   | 2023 | E    | 小型
        宝鸡   | 2024 | F    | 中型
    """, "2024-12-31")  # fmt: skip
    listed(narrowed, HELPED, "region | uscc | completed\n西安 | D | 是", "2024-12-31")
    # Last year's list of 帮扶 is none of 2025.
    assert figures(narrowed.stands("2025-01-31", "small_exceeding_assisted")) == {}
    listed(narrowed, HELPED, "region | uscc | completed\n西安 | A | 是\n西安 | B | 是\n西安 | C | 是\n西安 | D | 否\n西安 | E | 是", "2025-03-31")  # fmt: skip
    # 宝鸡 has not sent the other list. D is on it, not finished; B is large; who says no size is none of the small.
    assert figures(narrowed.stands("2025-03-31", "small_exceeding_assisted")) == {"西安": (1, 2)}
    assert figures(narrowed.stands("2025-03-31", "assisted_of_the_list")) == {"西安": (2, 5)}


@pytest.mark.parametrize("seed", range(8))
def test_conditions_on_both_sides_as_counted_by_hand(narrowed, seed):
    dice = random.Random(seed)
    codes = "ABCDEFGH"
    exceeding = [
        {"region_code": dice.choice(["610100", "610300"]), "county_code": "", "year": dice.choice([2023, 2024]), "uscc": dice.choice(codes),
         "size": dice.choice([None, "大型", *SMALL])}
        for _ in range(dice.randint(1, 40))
    ]  # fmt: skip
    helped = [
        {"region_code": dice.choice(["610100", "610300"]), "county_code": "", "uscc": dice.choice([None, *codes]), "completed": dice.choice([None, "是", "否"])}
        for _ in range(dice.randint(1, 20))
    ]  # fmt: skip
    saved(narrowed, "exceedances", exceeding, "2024-12-31")
    saved(narrowed, HELPED, helped, "2025-03-31")
    finished = {row["uscc"] for row in helped if row["completed"] == "是" and row["uscc"]}
    small = [row for row in exceeding if row["year"] == 2024 and row["size"] in SMALL]
    sent = {row["region_code"] for row in helped}
    found = narrowed.stands("2025-03-31", "small_exceeding_assisted")
    assert len(found.regions) == 12
    for region in found.regions:
        own = [row for row in small if row["region_code"] == region.region_code]
        if own and region.region_code in sent:
            assert (region.numerator, region.denominator) == (
                sum(row["uscc"] in finished for row in own),
                len(own),
            )
        elif region.region_code not in sent:
            assert region.numerator is None
    listed_there = {row["uscc"] for row in small}
    for region in narrowed.stands("2025-03-31", "assisted_of_the_list").regions:
        own = [row for row in helped if row["region_code"] == region.region_code]
        if own and any(row["region_code"] == region.region_code and row["year"] == 2024 for row in exceeding):
            assert region.numerator == sum(row["uscc"] in listed_there for row in own)
