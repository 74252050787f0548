"""Plain counts, such as 新发尘肺病例数 or 培训场次: a number, held against a target number or against none."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests import invented
from tests.books import table
from tests.spec.conftest import Province
from zyb.alerting import alerts
from zyb.answers.progress import history, view
from zyb.briefing import pace_words
from zyb.briefing.composing import compose
from zyb.briefing.issued.freezing import frozen, thawed
from zyb.briefing.model import Request
from zyb.errors import RulesError
from zyb.exports.slides import charts
from zyb.exports.statistics.league import league
from zyb.numerals import gap_text, value_text
from zyb.rulebook.book import using
from zyb.rulebook.measures import measures
from zyb.standing.arithmetic import outlook

CASES_FOUND = """
[cases]
title = "新发尘肺病例数"
campaign = "dust_toxics"
kind = "count"
unit = "例"
definition = "新发尘肺病例数。"
basis = "测试〔2025〕1号"
{more}
numerator = {{ tally = "posts.cases", title = "新发病例" }}

"""
PLAN = """
[[cases.plans]]
start = 2025-01-01
due = 2025-12-31
target = {target}
basis = "测试〔2025〕1号 三"
"""
LIMIT = CASES_FOUND.format(more='held = "target"\nhigher_is_better = false') + PLAN.format(target=10)
RISING = CASES_FOUND.format(more="") + PLAN.format(target=40)
WHOLE = CASES_FOUND.format(more='held = "target"\nwhole = true') + PLAN.format(target=40)
BARE = CASES_FOUND.format(more="")
Rules = Callable[[str], Province]


@pytest.fixture
def under(tmp_path: Path, store) -> Iterator[Rules]:
    books = []

    def rules(text: str) -> Province:
        book = using(invented.rules(tmp_path, text, told="cases"))
        book.__enter__()
        books.append(book)
        return Province(store, "陕西省")

    yield rules
    for book in books:
        book.__exit__(None, None, None)


def reported(province: Province, cases: dict[str, int], day: str) -> None:
    lines = [f"{name} | 1 | 0 | {number}" for name, number in cases.items()]
    province.reports("\n".join(["region | posts | exceeding | cases", *lines]), day, "posts")


# at most ten in each region
LIMITED = """
    region | cases | rank | verdict  | too many | words
    -------+-------+------+----------+----------+-------------------
    西安   | 0     | 1    | 全面完成 | 0        | 低于目标 10 例
    宝鸡   | 10    | 2    | 全面完成 | 0        | 与目标持平
    咸阳   | 13    | 3    | 相对滞后 | 3        | 高于目标 3 例
    榆林   | 14    | 4    | 进展缓慢 | 4        | 高于目标 4 例
"""


def test_each_region_is_held_against_the_number(under):
    province = under(LIMIT)
    cases = table(LIMITED)[1:]
    reported(province, {row[0]: int(row[1]) for row in cases}, "2025-03-31")
    found = province.stands("2025-03-31", "cases")
    for name, number, rank, title, many, words in cases:
        own = next(s for s in found.regions if s.short == name)
        assert (own.value, own.rank, own.verdict.title, own.remaining) == (
            int(number),
            int(rank),
            title,
            int(many),
        )
        assert pace_words(found, own) == words.replace("持平", "持平")
    # Four have reported, of which each may have ten.
    whole = found.province
    assert (whole.value, whole.target, whole.pace, whole.remaining) == (37, 40, 40, 7)


# At most ten new cases in the year: who has eight in March may still have eleven in December.
YEARS_LIMIT = """
    on         | cases | verdict
    2025-03-31 | 8     | 未设时序
    2025-03-31 | 0     | 未设时序
    2025-03-31 | 11    | 相对滞后
    2025-12-31 | 8     | 全面完成
    2025-12-31 | 11    | 相对滞后
"""


@pytest.mark.parametrize(("on", "number", "verdict"), table(YEARS_LIMIT)[1:])
def test_a_limit_for_the_year_is_kept_when_the_year_is_over(under, on, number, verdict):
    province = under(LIMIT.replace('"posts.cases",', '"posts.cases", since_new_year = true,'))
    reported(province, {"西安": 5}, "2024-12-31")  # a count that goes on; this year's is what has been added
    reported(province, {"西安": 5 + int(number)}, on)
    own = province.stands(on, "cases").region("610100")
    assert (own.numerator, own.verdict.title) == (int(number), verdict)


def test_a_rising_count_runs_with_its_pace(under):
    province = under(RISING)
    reported(province, {"西安": 20, "宝鸡": 0, "榆林": 41}, "2025-07-02")
    found = province.stands("2025-07-02", "cases")
    best, first, nothing = (next(s for s in found.regions if s.short == n) for n in ("榆林", "西安", "宝鸡"))
    # 182 of 364 days: half of forty are due.
    assert first.pace == 20 and first.gap == 0 and first.verdict.title == "达到序时"
    assert (best.verdict.title, nothing.verdict.title, nothing.shortfall, nothing.remaining) == (
        "全面完成",
        "零进展",
        20,
        40,
    )
    assert pace_words(found, nothing) == "低于序时进度 20 例"
    assert found.province.pace == 60 and found.province.remaining == 60


def test_what_is_asked_of_the_province_is_its_own_number(under):
    province = under(WHOLE)
    reported(province, {"西安": 20, "宝鸡": 15}, "2025-07-02")
    found = province.stands("2025-07-02", "cases")
    assert (found.province.value, found.province.target, found.province.remaining) == (35, 40, 5)
    assert {s.verdict.title for s in found.reported} == {"未设时序"} and len(found.missing) == 10


def test_without_a_plan_a_count_is_shown_and_not_judged(under):
    province = under(BARE)
    reported(province, {"西安": 20, "宝鸡": 0}, "2025-03-31")
    found = province.stands("2025-03-31", "cases")
    assert {s.verdict.title for s in found.reported} == {"未设时序"}
    assert (found.province.value, found.province.remaining, found.province.denominator) == (20, None, None)
    assert [
        point.completed
        for point in history(province.store, view(province.store, "陕西省", "cases", date(2025, 3, 31)))
    ] == [20]


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("falls", [False, True])
def test_sums_and_verdicts_as_worked_out_by_hand(under, seed, falls):
    dice = random.Random(seed)
    target = dice.choice([0 if falls else 1, 1, 3, 10, 250])
    way = f'held = "target"\nhigher_is_better = {"false" if falls else "true"}'
    province = under(CASES_FOUND.format(more=way) + PLAN.format(target=target))
    names = [n for n in ("西安", "宝鸡", "咸阳", "渭南", "榆林", "韩城") if dice.random() < 0.8] or ["西安"]
    cases = {name: dice.randint(0, 2 * target + 3) for name in names}
    reported(province, cases, "2025-03-31")
    found = province.stands("2025-03-31", "cases")
    assert (found.province.value, found.province.target) == (sum(cases.values()), target * len(cases))
    for own in found.regions:
        if own.short not in cases:
            assert own.verdict.title == "未报送" and own.value is None
            continue
        number = cases[own.short]
        better = [other for other in cases.values() if (other < number if falls else other > number)]
        assert own.rank == len(better) + 1
        behind = max(number - target if falls else target - number, 0)
        assert own.remaining == behind
        if behind == 0:
            wanted = "全面完成"
        elif number == 0 and not falls:
            wanted = "零进展"
        else:
            wanted = "相对滞后" if behind * 10 <= 3 * max(target, 1) else "进展缓慢"
        assert own.verdict.title == wanted
    assert found.province.remaining == sum(s.remaining or 0 for s in found.regions)


def test_the_forecast_of_a_count(under):
    province = under(RISING)
    for day, number in (("2025-01-31", 4), ("2025-02-28", 8), ("2025-03-28", 12)):
        reported(province, {"西安": number}, day)
    found = province.stands("2025-03-28", "cases")
    expected = outlook(
        found.measure,
        found.plan,
        history(province.store, view(province.store, "陕西省", "cases", date(2025, 3, 28))),
    )
    assert expected.per_week == 1 and (expected.finish - date(2025, 3, 28)).days == 7 * 28


def test_alerts_speak_of_the_number(under):
    province = under(LIMIT)
    reported(province, {"西安": 14, "宝鸡": 1}, "2025-03-31")
    (alert,) = [one for one in alerts(province.store, "陕西省", date(2025, 3, 31)) if one.state.id == "watch"]
    assert alert.sentence.startswith("西安市新发尘肺病例数14例，高于目标4例，2025年3月高于目标")
    assert "高出" not in alert.sentence and "减少" not in alert.sentence, "said once"


def supervised(province: Province, on: date) -> tuple[str, str]:
    """The 督办单 on 西安: its text, and what stands on the slide of the measure."""
    found = compose(
        province.store,
        Request(province="陕西省", kind="supervision", on=on, campaign="dust_toxics", region_code="610100"),
    )
    slide = next(one for one in found.slides if one.kind == "headline")
    return "".join(part.text for part in found.paragraphs), "；".join(slide.points)


def test_a_letter_says_once_by_how_much_a_number_is_above_its_target(under):
    """Before: “西安市高于目标4例。…已高出目标4例。”, and “高出目标4例，已高出目标4例” on its slide."""
    province = under(LIMIT)
    reported(province, {"西安": 12, "宝鸡": 1}, "2025-02-28")
    reported(province, {"西安": 14, "宝鸡": 1}, "2025-03-31")
    text, points = supervised(province, date(2025, 3, 31))
    assert (text.count("于目标4例"), text.count("高出目标"), points.count("目标4例")) == (1, 0, 1)
    text, points = supervised(province, date(2026, 2, 1))
    assert "时限2025年12月31日已过，高出目标4例，须限期达到目标。" in text
    assert "高出目标4例，限期达到目标" in points


def test_a_letter_holds_a_number_against_its_own_pace_and_not_that_of_all_together(under):
    """Before, 西安 was 低于序时6例 of a pace that was 宝鸡's and its own added up."""
    province = under(RISING)
    reported(province, {"西安": 3, "宝鸡": 30}, "2025-02-28")
    reported(province, {"西安": 4, "宝鸡": 30}, "2025-03-31")
    standing = province.stands("2025-03-31", "cases").region("610100")
    text, _ = supervised(province, date(2025, 3, 31))
    assert f"序时进度为{value_text(standing.pace, 'count')}例" in text


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly", "yearly"])
@pytest.mark.parametrize("text", [LIMIT, RISING, WHOLE, BARE], ids=["limit", "rising", "whole", "bare"])
def test_documents_print_numbers_and_never_a_share(under, kind, text):
    province = under(text)
    for day, number in (("2025-02-28", 12), ("2025-03-31", 14)):
        reported(province, {"西安": number, "宝鸡": 1, "咸阳": 3, "渭南": 5}, day)
    found = compose(
        province.store, Request(province="陕西省", kind=kind, on=date(2025, 3, 31), campaign="dust_toxics")
    )
    said = "\n".join([*(p.text for p in found.paragraphs), *(s.title for s in found.slides)])
    assert "新发尘肺病例数23例" in said and "西安市14例" in said
    if text is LIMIT:
        assert "高出目标4例" in said and "减少4" not in said and "每周" not in said and "预计" not in said
    for wrong in ("1400", "2300", "个百分点", "None", "23.0"):
        assert wrong not in said, wrong
    for annex in found.annexes:
        for row in annex.texts():
            assert not any(cell in ("1400.0", "2300.0", "+400.0") for cell in row)
    section = found.sections[0]
    drawn = [value for one in charts.league(section).series for value in one.values if value is not None]
    assert max(drawn) <= 40
    charts.trend(section, 7)
    assert league(section, {}).rows and thawed(frozen(found)) == found


def test_how_numbers_are_printed():
    assert value_text(Fraction(1234), "count") == "1,234" and value_text(Fraction(31, 2), "count") == "15.5"
    assert gap_text(Fraction(3), "count") == "+3" and gap_text(Fraction(-7, 2), "count") == "−3.5"
    assert gap_text(Fraction(0), "count") == "0" and gap_text(None, "count") == "—"
    assert math.isclose(float(Fraction(1, 2)), 0.5) and gap_text(Fraction(1, 200), "ratio") == "+0.5"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("target = 10", 'target = "10%"', "“target”应为整数"),
        ("target = 10", "target = -1", "“target”应为0以上的整数，现为 -1"),
        (
            "numerator =",
            'denominator = { tally = "posts.posts", title = "岗位" }\nnumerator =',
            "不写 denominator",
        ),
    ],
)
def test_a_slip_is_told_with_file_and_table(tmp_path, old, new, words):
    assert old in LIMIT
    with (
        using(invented.rules(tmp_path, LIMIT.replace(old, new))),
        pytest.raises(RulesError, match=words) as caught,
    ):
        measures("陕西省")
    assert caught.value.file == "measures.toml" and caught.value.place.startswith("cases")
