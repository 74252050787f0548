"""Surveys (kind = "survey"): a percentage as it was reported, held against its target, never added up.

What a region reports is its value. The province's is the 合计 line that was reported with them, else the mean by how many
were asked where every region that reports says so, else nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests import invented
from tests.books import table
from tests.effort import examples
from tests.spec.conftest import Province
from zyb.alerting import alerts
from zyb.answers.progress import history, view
from zyb.briefing import pace_words
from zyb.cli.standing import standing_row
from zyb.errors import RulesError
from zyb.numerals import value_text
from zyb.rulebook import toml
from zyb.rulebook.book import using
from zyb.rulebook.duties import parse_duties
from zyb.rulebook.measures import measures
from zyb.standing.arithmetic import outlook

AWARE = """
[aware]
title = "职业健康知识知晓率"
campaign = "dust_toxics"
kind = "survey"
definition = "调查所得的职业健康知识知晓率。"
basis = "测试〔2025〕1号"
{more}
numerator = {{ tally = "awareness.aware", title = "知晓率" }}
"""
WEIGHT = 'weight = { tally = "awareness.sampled", title = "调查人数" }\n'
PLAN = """
[[aware.plans]]
start = 2025-01-01
due = 2025-12-31
target = "85%"
basis = "测试〔2025〕1号 三"
"""
WEIGHED = AWARE.format(more="") + WEIGHT + PLAN
BARE = AWARE.format(more="") + PLAN
FALLING = AWARE.format(more="higher_is_better = false") + WEIGHT + PLAN
ALWAYS = AWARE.format(more='held = "always"') + WEIGHT + PLAN
WHOLE = AWARE.format(more="whole = true") + WEIGHT + PLAN
SHOWN = AWARE.format(more="") + WEIGHT
Rules = Callable[..., Province]


@pytest.fixture
def under(tmp_path: Path, store) -> Iterator[Rules]:
    books = []

    def rules(text: str, province: str = "陕西省") -> Province:
        book = using(invented.rules(tmp_path, text, ledgers=invented.SURVEY_LEDGER, told="aware"))
        book.__enter__()
        books.append(book)
        return Province(store, province)

    yield rules
    for book in books:
        book.__exit__(None, None, None)


def reported(province: Province, text: str, day: str = "2025-09-30") -> None:
    province.reports(text, day, "awareness")


# 85 % are asked for
JUDGED = """
    region | aware | rank | verdict  | words
    -------+-------+------+----------+------------------------
    西安   | 100%  | 1    | 全面完成 | 高于目标 15.0 个百分点
    宝鸡   | 85%   | 2    | 全面完成 | 与目标持平
    咸阳   | 84.9% | 3    | 相对滞后 | 低于目标 0.1 个百分点
    渭南   | 55%   | 4    | 相对滞后 | 低于目标 30.0 个百分点
    榆林   | 54%   | 5    | 进展缓慢 | 低于目标 31.0 个百分点
    韩城   | 0%    | 6    | 进展缓慢 | 低于目标 85.0 个百分点
"""


def test_each_region_is_held_against_the_target(under):
    province = under(WEIGHED)
    rows = table(JUDGED)[1:]
    reported(province, "\n".join(["region | aware", *(f"{row[0]} | {row[1]}" for row in rows)]))
    found = province.stands("2025-09-30", "aware")
    for name, aware, rank, title, words in rows:
        own = next(s for s in found.regions if s.short == name)
        assert (own.value, own.rank, own.verdict.title) == (
            Fraction(aware.removesuffix("%")) / 100,
            int(rank),
            title,
        )
        assert pace_words(found, own) == words
        assert (own.numerator, own.denominator, own.remaining, own.shortfall) == (None,) * 4
    assert len(found.reported) == 6 and len(found.missing) == 6
    assert found.measure.kind == "survey" and value_text(Fraction(7, 8), "survey") == "87.5%"


# the province's own line, what each region says with how many were asked, and what the province's figure is
WHOLES = """
    西安      | 宝鸡      | 合计 | is    | because
    ----------+-----------+------+-------+------------------------------------------------------------
    80% of 30 | 90% of 10 | 83%  | 83.0% | 全省的数为合计一行上报的数
    80% of 30 | 90% of 10 | -    | 82.5% | 全省的数由各地按调查人数加权平均
    80% of 30 | 90%       | -    | —     | 没有上报全省的数，有的地区没有报调查人数，不计算全省的数
    80%       | 90%       | -    | —     | 没有上报全省的数，有的地区没有报调查人数，不计算全省的数
    80%       | 90%       | 84%  | 84.0% | 全省的数为合计一行上报的数
    80% of 0  | 90% of 10 | -    | —     | 没有上报全省的数，有的地区没有报调查人数，不计算全省的数
    80% of 30 | -         | -    | 80.0% | 全省的数由各地按调查人数加权平均
"""


@pytest.mark.parametrize(("first", "second", "line", "shown", "because"), table(WHOLES)[1:])
def test_where_the_provinces_figure_comes_from(under, first, second, line, shown, because):
    province = under(WEIGHED)
    said = {"西安": first, "宝鸡": second, "合计": line}
    rows = [
        f"{name} | {cell.split(' of ')[0]} | {cell.split(' of ')[1] if ' of ' in cell else '-'}"
        for name, cell in said.items()
        if cell != "-"
    ]
    reported(province, "\n".join(["region | aware | sampled", *rows]))
    found = province.stands("2025-09-30", "aware")
    assert value_text(found.province.value, "survey") == shown
    assert found.caveats_of(found.province) == [because]
    assert found.caveats_of(found.regions[0]) == []
    assert "未报送" not in found.province.verdict.title


def test_without_a_weight_in_the_rules_only_a_line_tells_of_the_province(under):
    province = under(BARE)
    reported(province, "region | aware | sampled\n西安 | 80% | 30\n宝鸡 | 90% | 10")
    found = province.stands("2025-09-30", "aware")
    assert found.province.value is None and found.caveats_of(found.province) == [
        "没有上报全省的数，不计算全省的数"
    ]


def test_a_line_of_an_earlier_survey_does_not_stand_for_a_new_one(under):
    province = under(WEIGHED)
    reported(province, "region | aware | sampled\n西安 | 80% | 30\n合计 | 70% | -", "2025-03-31")
    reported(province, "region | aware | sampled\n西安 | 90% | 30\n宝鸡 | 80% | 10", "2025-09-30")
    found = province.stands("2025-09-30", "aware")
    assert found.province.value == Fraction(875, 1000)
    assert province.stands("2025-03-31", "aware").province.value == Fraction(7, 10)


@pytest.mark.parametrize("seed", range(examples(15, 300)))
def test_the_weighted_mean_is_that_of_everybody_who_was_asked(under, seed):
    """Held against a crowd: each person asked is counted one by one."""
    dice = random.Random(seed)
    province = under(WEIGHED)
    names = dice.sample(["西安", "宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林", "韩城"], dice.randint(1, 8))
    crowd: list[bool] = []
    rows = []
    for name in names:
        asked = dice.choice([1, 4, 5, 20, 40, 125])
        knew = dice.randint(0, asked)
        crowd += [True] * knew + [False] * (asked - knew)
        rows.append(f"{name} | {float(Fraction(knew, asked) * 100):.4f}% | {asked}")
    reported(province, "\n".join(["region | aware | sampled", *rows]))
    found = province.stands("2025-09-30", "aware")
    assert found.province.value == Fraction(sum(crowd), len(crowd))
    assert found.province.asked == len(crowd)
    judged = {s.verdict.title for s in found.reported}
    assert judged <= {"全面完成", "相对滞后", "进展缓慢"}


def test_where_less_is_better_the_lowest_leads(under):
    province = under(FALLING)
    reported(province, "region | aware\n西安 | 80%\n宝鸡 | 90%")
    found = province.stands("2025-09-30", "aware")
    first, second = found.by_gap()[:2]
    assert (first.short, first.verdict.title) == ("西安", "全面完成")
    assert (second.short, second.verdict.title) == ("宝鸡", "相对滞后")


def test_what_is_asked_of_the_whole_judges_no_region(under):
    province = under(WHOLE)
    reported(province, "region | aware | sampled\n西安 | 80% | 30\n宝鸡 | 90% | 10")
    found = province.stands("2025-09-30", "aware")
    assert {s.verdict.title for s in found.reported} == {"未设时序"}
    assert found.province.value == Fraction(825, 1000) and found.province.pace == Fraction(85, 100)


def test_without_a_plan_it_is_shown_and_not_judged(under):
    province = under(SHOWN)
    reported(province, "region | aware\n西安 | 80%\n宝鸡 | 0%")
    found = province.stands("2025-09-30", "aware")
    assert {s.verdict.title for s in found.reported} == {"未设时序"}
    assert found.province.verdict.title == "未设时序"


def test_nothing_is_new_and_nothing_is_forecast(under):
    province = under(WEIGHED)
    for day, first in (("2025-03-31", "70%"), ("2025-06-30", "80%"), ("2025-09-30", "82%")):
        reported(province, f"region | aware | sampled\n西安 | {first} | 10\n宝鸡 | 75% | 10", day)
    found = province.stands("2025-09-30", "aware")
    own = found.regions[0]
    assert (own.added, own.rank, own.previous_rank) == (None, 1, 1)
    seen = view(province.store, "陕西省", "aware", date(2025, 9, 30))
    points = history(province.store, seen, own.region_code)
    assert [value_text(Fraction(p.completed, p.enrolled), "survey") for p in points] == [
        "70.0%",
        "80.0%",
        "82.0%",
    ]
    assert outlook(found.measure, found.plan, points) is None and found.schedule(own) is None


# -- alerts --------------------------------------------------------------------------------------


def sentences(province: Province, day: str) -> dict[str, str]:
    return {
        one.standing.short: f"{one.state.id} {one.sentence}"
        for one in alerts(province.store, "陕西省", date.fromisoformat(day))
        if one.measure.id == "aware" and one.state.id != "silent"
    }


def test_before_its_day_a_low_percentage_is_watched_and_after_it_is_overdue(under):
    province = under(WEIGHED)
    reported(province, "region | aware\n西安 | 72.5%\n宝鸡 | 85%")
    said = sentences(province, "2025-09-30")
    assert set(said) == {"西安"} and said["西安"].startswith(
        "watch 西安市职业健康知识知晓率72.5%，低于目标12.5个百分点"
    )
    late = sentences(province, "2026-02-28")
    assert late["西安"].startswith("overdue") and "时限2025年12月31日已过" in late["西安"]
    for wrong in ("还差", "家", "None", "125000"):
        assert wrong not in said["西安"] + late["西安"], wrong


def test_what_holds_always_is_late_at_once_and_over_once_it_is_met(under):
    province = under(ALWAYS)
    for day, value in (("2025-06-30", "72.5%"), ("2025-07-31", "73%"), ("2025-08-31", "74%")):
        reported(province, f"region | aware\n西安 | {value}", day)
    assert sentences(province, "2025-08-31")["西安"].split()[0] != "watch"
    reported(province, "region | aware\n西安 | 86%", "2025-09-30")
    after = sentences(province, "2025-09-30")
    assert "西安" not in after or "已达到目标" in after["西安"]


# -- the country ---------------------------------------------------------------------------------


def test_the_country_has_what_each_province_has_on_its_own_page(under):
    shaanxi = under(WEIGHED)
    store = shaanxi.store
    hebei, nation = Province(store, "河北省"), Province(store, "全国")
    shanxi = Province(store, "山西省")
    reported(shaanxi, "region | aware | sampled\n西安 | 80% | 30\n宝鸡 | 90% | 10")
    reported(hebei, "region | aware\n石家庄 | 80%\n唐山 | 90%")
    reported(shanxi, "region | aware\n太原 | 60%\n合计 | 66%")
    found = nation.stands("2025-09-30", "aware")
    shown = {s.short: s.value for s in found.regions if s.value is not None}
    assert shown == {"陕西": Fraction(825, 1000), "山西": Fraction(66, 100)}
    own = {s.short: s for s in found.regions}
    assert own["河北"].verdict.title == "未报送", "its own page has no figure for the whole either"
    assert own["陕西"].rolled and not own["山西"].rolled
    assert found.province.value is None, "山西 does not say how many were asked"
    for name, page in (("陕西", shaanxi), ("山西", shanxi), ("河北", hebei)):
        assert page.stands("2025-09-30", "aware").province.value == own[name].value


# -- slips ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("numerator =", 'denominator = { tally = "awareness.sampled", title = "人数" }\nnumerator =', "不写 denominator"),
        ('"awareness.aware"', '"awareness.sampled"', "分子应取百分比列"),
        ('tally = "awareness.sampled"', 'tally = "awareness.aware"', "只用作 kind 为 survey 的指标的分子"),
        ('tally = "awareness.sampled"', 'tally = "posts.posts"', "同一张台账"),
        ('kind = "survey"', 'kind = "survey"\nheld = "pace"', "不从零做起"),
        ('kind = "survey"', 'kind = "count"', "target"),
        ('title = "知晓率"', 'title = "知晓率", since_new_year = true', "只写 tally"),
        ('title = "知晓率"', 'title = "知晓率", item = "甲"', "不分项，不写“item”"),
        ('kind = "survey"', 'kind = "survey"\nalternatives = [{ numerator = "posts.posts" }]', "不写 alternatives"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_file_and_table(tmp_path, old, new, words):
    assert old in WEIGHED
    with (
        using(invented.rules(tmp_path, WEIGHED.replace(old, new, 1), ledgers=invented.SURVEY_LEDGER)),
        pytest.raises(RulesError, match=words) as caught,
    ):
        measures("陕西省")
    assert caught.value.file == "measures.toml" and caught.value.place.startswith("aware")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('grain = "region"', 'grain = "enterprise"', "只用于每行一个地区"),
        ('tallies = ["aware", "sampled"]', 'cumulative = ["aware"]\ntallies = ["aware", "sampled"]', "不存在的数量列"),
        ('tallies = ["aware", "sampled"]', 'tallies = [{ name = "aware", sum = "aware" }, { name = "sampled", count = "rows" }]', "不数行"),
        ('tallies = ["aware", "sampled"]', 'tallies = [{ name = "aware", sum = "aware", by = "sampled" }]', "不分列"),
    ],
)  # fmt: skip
def test_a_slip_in_the_ledger_is_told(tmp_path, old, new, words):
    assert old in invented.SURVEY_LEDGER
    slipped = invented.SURVEY_LEDGER.replace(old, new)
    with (
        using(invented.rules(tmp_path, "", ledgers=slipped)),
        pytest.raises(RulesError, match=words) as caught,
    ):
        measures("陕西省")
    assert caught.value.file == "ledgers/99-posts.toml" or "99-posts" in caught.value.file


DUTY = """
[duties.aware_reached]
title = "知晓率达到85%"
campaign = "dust_toxics"
who = "cities"
start = 2025-01-01
due = 2025-12-31
measure = "aware"
basis = "测试〔2025〕1号 三"
clause = "2025年底达到85%"
"""


def test_a_percentage_answers_no_duty(under):
    under(WEIGHED)
    with pytest.raises(RulesError) as refused:
        parse_duties(toml.parse(DUTY, "duties.toml"))
    assert str(refused.value).startswith("规则文件 duties.toml 的 [duties.aware_reached]：")
    assert refused.value.fault == (
        "“measure”的“aware”是调查所得的百分数，没有剩余可言，不能用来认定完成；请改由人登记。"
    )
    assert parse_duties(toml.parse(DUTY.replace('measure = "aware"\n', ""), "duties.toml"))


# what each region says with how many were asked, and how many that is
SAMPLES = """
    西安      | 宝鸡      | 全省
    80% 1000  | 60% 500   | 1500
    80% 1000  | 60%       | -
    80%       | 60%       | -
"""


@pytest.mark.parametrize(("one", "two", "whole"), table(SAMPLES)[1:])
def test_whoever_reads_the_figures_by_program_has_the_sample_too(under, one, two, whole):
    province = under(WEIGHED)
    rows = [
        f"{name} | {' | '.join([*cell.split(), '-'][:2])}" for name, cell in (("西安", one), ("宝鸡", two))
    ]
    reported(province, "\n".join(["region | aware | sampled", *rows]))
    found = province.stands("2025-09-30", "aware")
    told = {row["region"]: row["asked"] for row in map(standing_row, (found.province, *found.regions))}
    asked = [int(cell.split()[1]) if " " in cell else None for cell in (one, two)]
    assert [told["西安市"], told["宝鸡市"], told["全省"]] == [*asked, None if whole == "-" else int(whole)]
