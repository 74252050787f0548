"""Measures of which less is better, such as 岗位超标率: everything goes the other way, and nothing else changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests import invented
from tests.books import table
from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.alerting import alerts, sheet_of, survey, unfinished_rows
from zyb.answers.overrides import choices, objection
from zyb.answers.progress import history, view
from zyb.briefing import pace_words, told_rules, verdict_rules
from zyb.briefing.composing import compose
from zyb.briefing.issued.freezing import frozen, thawed
from zyb.briefing.model import Briefing, Request
from zyb.errors import RulesError
from zyb.exports.statistics.league import league
from zyb.rulebook.book import using
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import verdicts
from zyb.standing.arithmetic import outlook, ranks
from zyb.wording.schedules import outlook as outlook_words
from zyb.wording.schedules import task

LOW, HIGH = "posts_exceeding", "posts_within"


@pytest.fixture
def posts(tmp_path: Path, store, request) -> Iterator[Province]:
    held = getattr(request, "param", "target")
    text = (invented.LIMITED + invented.REQUIRED).replace('held = "target"', f'held = "{held}"')
    with using(invented.rules(tmp_path, text, told=LOW)):
        yield Province(store, "陕西省")


def reported(province: Province, lines: dict[str, tuple[int, int]], day: str) -> None:
    rows = [f"{name} | {all_} | {over} | {all_ - over}" for name, (all_, over) in lines.items()]
    text = "\n".join(["region | posts | exceeding | within", *rows])
    province.reports(text, day, "posts")


# of so many posts so many are above the limit; at most 5 % may be
CASES = """
    region | posts | exceeding | rank | verdict  | too many | words
    -------+-------+-----------+------+----------+----------+----------------------------
    西安   | 100   | 0         | 1    | 全面完成 | 0        | 低于目标 5.0 个百分点
    宝鸡   | 100   | 5         | 2    | 全面完成 | 0        | 与目标持平
    咸阳   | 100   | 6         | 3    | 相对滞后 | 1        | 高于目标 1.0 个百分点
    渭南   | 100   | 35        | 4    | 相对滞后 | 30       | 高于目标 30.0 个百分点
    榆林   | 50    | 18        | 5    | 进展缓慢 | 16       | 高于目标 31.0 个百分点
    汉中   | 0     | 0         | -    | 无任务   | -        | -
"""


def test_who_is_above_the_limit_is_behind_and_the_lowest_come_first(posts):
    cases = table(CASES)[1:]
    reported(posts, {row[0]: (int(row[1]), int(row[2])) for row in cases}, "2025-03-31")
    found = posts.stands("2025-03-31", LOW)
    for name, _, _, rank, title, many, words in cases:
        standing = next(s for s in found.regions if s.short == name)
        assert (standing.verdict.title, standing.rank) == (title, None if rank == "-" else int(rank)), name
        if many != "-":
            assert (standing.remaining, standing.shortfall) == (int(many), int(many))
            assert pace_words(found, standing) == words
    assert [s.short for s in found.by_gap()][:5] == ["西安", "宝鸡", "咸阳", "渭南", "榆林"]


def test_an_excess_too_small_to_print_is_still_one(posts):
    reported(posts, {"延安": (9999, 500)}, "2025-03-31")
    found = posts.stands("2025-03-31", LOW)
    (own,) = found.reported
    assert (own.verdict.title, own.remaining, pace_words(found, own)) == ("相对滞后", 1, "略高于目标")


@pytest.mark.parametrize("posts", ["target", "always"], indirect=True)
@pytest.mark.parametrize("seed", range(6))
def test_seen_from_the_other_side_ranks_verdicts_and_alerts_are_the_same(posts, seed):
    """1 − value with the direction reversed: whoever exceeds is whoever is not within."""
    dice = random.Random(seed)
    names = ["西安", "宝鸡", "咸阳", "渭南", "榆林", "韩城", "杨凌"]
    for month in ("01-31", "02-28", "03-31"):
        told = [name for name in names if dice.random() < 0.9] or names
        lines = {}
        for name in told:
            all_ = dice.choice([0, 1, 7, 20, 100, 3000])
            # Not everything: whose all posts exceed has nothing within, which from that side is 零进展.
            over = min(dice.choice([0, all_ // 20, all_ // 20 + 1, all_ // 3, all_ // 2]), max(all_ - 1, 0))
            lines[name] = (all_, over)
        reported(posts, lines, f"2025-{month}")
    low, high = (posts.stands("2025-03-31", name) for name in (LOW, HIGH))
    for one, other in zip((low.province, *low.regions), (high.province, *high.regions), strict=True):
        assert (one.rank, one.verdict, one.remaining, one.shortfall) == (
            other.rank, other.verdict, other.remaining, other.shortfall,
        )  # fmt: skip
        if one.value is not None:
            assert one.value == 1 - other.value and one.lead == other.gap
            assert one.gap == (None if other.gap is None else -other.gap)
    raised = {name: [] for name in (LOW, HIGH)}
    for alert in alerts(posts.store, posts.name, date(2025, 3, 31)):
        if alert.measure.id in raised:
            raised[alert.measure.id].append(
                (alert.region, alert.state.id, alert.level, alert.periods, alert.since)
            )
    assert sorted(raised[LOW], key=str) == sorted(raised[HIGH], key=str)


def test_nothing_counted_is_the_best_and_no_standstill(posts):
    reported(posts, {"西安": (10, 0), "宝鸡": (10, 10)}, "2025-02-28")
    reported(posts, {"西安": (10, 0), "宝鸡": (10, 10)}, "2025-03-31")
    best, worst = posts.stands("2025-03-31", LOW).reported
    assert (best.verdict.title, worst.verdict.title) == ("全面完成", "进展缓慢")
    assert worst.added == 0 and not worst.stalled


def test_an_alert_says_above_and_what_has_to_go(posts):
    for day in ("2025-01-31", "2025-02-28"):
        reported(posts, {"西安": (100, 4), "榆林": (100, 15)}, day)
    found = alerts(posts.store, posts.name, date(2025, 2, 28))
    (alert,) = [one for one in found if one.measure.id == LOW and one.state.id != "silent"]
    assert alert.region == "榆林市" and alert.state.id == "watch"
    assert alert.sentence.startswith(
        "榆林市岗位超标率15.0%，高于目标10.0个百分点，自2025年1月起连续2期高于目标"
    )
    assert "还需减少10个" in alert.sentence and "低于" not in alert.sentence


def test_the_forecast_is_of_what_goes_away(posts):
    for day, over in (("2025-01-31", 25), ("2025-02-28", 21), ("2025-03-28", 17)):
        reported(posts, {"榆林": (100, over)}, day)
    seen = view(posts.store, posts.name, LOW, date(2025, 3, 28))
    found = posts.stands("2025-03-28", LOW)
    expected = outlook(found.measure, found.plan, history(posts.store, seen))
    # 17 − 5 = 12 too many, four fewer in four weeks: twelve weeks more.
    assert expected.per_week == 1 and expected.finish == date(2025, 6, 20)
    assert (
        outlook_words(expected, found.measure)
        == "近4周平均每周减少1.0个，按此进度预计2025年6月达到目标，可按期完成"
    )
    assert "减少" in task(found.schedule(found.province), found.measure)


def said(found: Briefing) -> str:
    tables = [text for annex in found.annexes for row in annex.texts() for text in row]
    titles = [column.title for annex in found.annexes for column in annex.columns]
    return "\n".join([*(p.text for p in found.paragraphs), *(s.title for s in found.slides), *tables, *titles, *found.notes])  # fmt: skip


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly", "yearly"])
def test_reports_speak_of_the_limit(posts, kind):
    for day, over in (("2025-02-28", 20), ("2025-03-31", 15)):
        reported(posts, {"西安": (100, 1), "宝鸡": (100, 8), "咸阳": (100, 3), "榆林": (100, over)}, day)
    request = Request(province=posts.name, kind=kind, on=date(2025, 3, 31), campaign="dust_toxics")
    found = compose(posts.store, request)
    text = said(found)
    assert "相对滞后，分别高于目标10.0、3.0个百分点" in text
    for wrong in ("低于目标10", "未完成", "剩余1", "仅15.0%", "从高到低", "需完成"):
        assert wrong not in text, wrong
    assert "岗位超标率越低越好，高于目标的为滞后。进展评价：全面完成：不高于目标；" in text
    assert thawed(frozen(found)) == found


def test_the_rules_of_the_verdicts_are_told_of_the_limit():
    told = told_rules(verdict_rules(verdicts(""), paced=False, falls=True))
    assert (
        told
        == "全面完成：不高于目标；相对滞后：高于目标30个百分点以内（含30）；进展缓慢：高于目标超过30个百分点"
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('held = "target"\nhigher', "higher", "held 应为 target 或 always"),
        ("higher_is_better = false", "higher_is_better = 0", "true 或 false"),
    ],
)
def test_a_slip_is_told_with_file_table_and_key(tmp_path, old, new, words):
    assert old in invented.LIMITED
    slipped = using(invented.rules(tmp_path, invented.LIMITED.replace(old, new)))
    with slipped, pytest.raises(RulesError, match=words) as caught:
        measures("陕西省")
    assert (caught.value.file, caught.value.place) == ("measures.toml", LOW)


def test_equal_values_share_a_rank_whichever_way_it_is_counted():
    values = {"a": Fraction(1, 2), "b": Fraction(1, 3), "c": Fraction(1, 2), "d": None, "e": Fraction(0)}
    assert ranks(values, highest_first=False) == {"e": 1, "b": 2, "a": 3, "c": 3}
    assert ranks(values, highest_first=False) == ranks({name: value if value is None else 1 - value for name, value in values.items()})  # fmt: skip


def test_in_excel_ranks_and_excess_stay_formulas(posts):
    """A formula stands only where it gives the briefing's own number."""
    reported(posts, {"西安": (100, 1), "宝鸡": (90, 8), "咸阳": (100, 3), "榆林": (77, 15)}, "2025-03-31")
    request = Request(province=posts.name, kind="weekly", on=date(2025, 3, 31), campaign="dust_toxics")
    (section, *_) = compose(posts.store, request).sections
    grid = league(section, {})
    spoken = [row for row in grid.rows if row["value"] is not None]
    for key in ("rank", "gap", "remaining"):
        column = grid.fields[grid.place(key)]
        assert all(grid.follows(column, row) for row in spoken), key
    assert grid.fields[grid.place("remaining")].title == "需减少"


FALLING = """
[cases_fall]
title = "申报数量较2023年增长"
fallen = "申报数量较2023年下降"
campaign = "dust_toxics"
kind = "growth"
definition = "本年÷2023年−1。"
basis = "测试〔2025〕1号"
held = "target"
higher_is_better = false
numerator = { tally = "declaration_counts.declared", title = "本年", added_title = "申报", year = "current" }
denominator = { tally = "declaration_counts.declared", title = "2023年", year = 2023 }

[[cases_fall.plans]]
start = 2024-01-01
due = 2024-12-31
target = "-10%"
basis = "测试〔2025〕1号 四"
"""


def test_a_growth_that_should_be_a_fall(tmp_path, store):
    """At most nine tenths of 2023's: 95 of 100 are five too many."""
    with using(invented.rules(tmp_path, FALLING, told="cases_fall")):
        province = Province(store, "陕西省")
        province.reports(
            "region | year | declared\n西安 | 2023 | 100\n宝鸡 | 2023 | 100\n西安 | 2024 | 95\n宝鸡 | 2024 | 88",
            "2024-06-30",
        )
        found = province.stands("2024-06-30", "cases_fall")
        first, second = found.reported
        assert (first.rank, first.verdict.title, first.remaining) == (2, "相对滞后", 5)
        assert (second.rank, second.verdict.title, second.remaining) == (1, "未设时序", 0), "of half a year"
        assert pace_words(found, first) == "高于目标 5.0 个百分点"
        request = Request(province="陕西省", kind="weekly", on=date(2024, 6, 30), campaign="dust_toxics")
        text = said(compose(store, request))
        assert (
            "下降8.5%（目标：增幅不高于−10%）" in text and "西安市进展相对滞后，高于目标5.0个百分点" in text
        )
        assert "还需减少" in text and "新增5" not in text


LISTED = """
[unresolved]
title = "尚未查处率"
campaign = "dust_toxics"
kind = "ratio"
unit = "件"
definition = "填否的案件数÷立案数。"
basis = "测试〔2025〕1号"
held = "always"
higher_is_better = false
numerator = { tally = "enforcement.resolved", title = "查处到位" }
denominator = { tally = "enforcement.cases", title = "立案" }

[[unresolved.plans]]
start = 2025-01-01
due = 2025-12-31
target = "20%"
basis = "测试〔2025〕1号 五"
"""


def test_the_list_of_a_letter_holds_those_that_are_counted(tmp_path, store):
    """Where less is better the rows to work off are those in the numerator, not all others."""
    with using(invented.rules(tmp_path, LISTED)):
        province = Province(store, "陕西省")
        rows = "region | resolved | number\n西安 | 是 | 3\n西安 | 否 | 4\n宝鸡 | 否 | 2"
        for day in ("2025-02-28", "2025-03-31"):
            listed(province, "enforcement", rows, day)
        roster, seen = load_roster("陕西省"), survey(store, "陕西省", date(2025, 3, 31))
        sheet = sheet_of(store, seen, "西安市")
        (found,) = [one for one in sheet.unfinished if one.measure.id == "unresolved"]
        assert found.count == 3 and found.title.endswith("尚未查处率仍计入的案件")
        told = [row.trace.values["resolved"] for row in unfinished_rows(store, roster, found)]
        assert told == ["是"] * 3


def test_a_person_cannot_call_it_nothing_done_and_is_told_what_is_above(posts):
    reported(posts, {"西安": (100, 20), "宝鸡": (100, 100)}, "2025-03-31")
    found = posts.stands("2025-03-31", LOW)
    assert len(found.reported) == 2
    for own in found.reported:
        assert {one.id for one in choices(found, own)} <= {"fast", "on_pace", "lagging", "slow"}
        said = {name: objection(found, own, found.verdicts[name]) for name in ("nothing_done", "finished")}
        assert "越低越好" in said["nothing_done"][0]
        assert f"还需减少{own.remaining}个" in said["finished"][0]
