"""每年从零开始的指标: figures of the new year that are last year's once more are no progress, and are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import csv_bytes, table
from tests.spec.lists import listed
from zyb.access import LOCAL_ADMIN
from zyb.alerting import alerts, survey
from zyb.answers.judging import override
from zyb.answers.progress import history, view
from zyb.periods import chinese_day
from zyb.ui.progress.attention import attention
from zyb.uploads import prepare

MEASURE, SHIJIAZHUANG = "quality_control_yearly", "130100"
SAID = "所报各数与2024年12月31日完全相同，可能是上年的累计数，核实后再作评价"

# 其他机构质控覆盖, which 河北 wants to be 100% each year: what 石家庄 reported on a day (done/due), and how it is judged then.
# Before: 30/50 on 2025-01-31 read 进展较快, and 50/50 全面完成.
REPORTS = """
    2024-12-31 | 2025-01-31 | 2025-03-31 | 2025-06-30 | 2025-12-31 | verdicts
    30/50      | 30/50      | -          | -          | -          | 待确认
    50/50      | 50/50      | -          | -          | -          | 待确认
    30/50      | 30/50      | 30/50      | 30/50      | -          | 待确认 待确认 待确认
    30/50      | 30/50      | 31/50      | -          | -          | 待确认 进展较快
    30/50      | 5/50       | 30/50      | -          | -          | 达到序时 进展较快
    50/50      | 5/50       | -          | 50/50      | -          | 达到序时 全面完成
    30/50      | 30/60      | -          | -          | -          | 进展较快
    0/50       | 0/50       | -          | -          | -          | 零进展
    50/50      | -          | -          | -          | 50/50      | 全面完成
    30/50      | -          | -          | -          | 30/50      | 进展缓慢
    -          | 30/50      | 30/50      | -          | -          | 进展较快 进展较快
"""
DAYS, *CASES = table(REPORTS)


def reports(province, cell: str, day: str, region: str = "石家庄") -> None:
    done, due = cell.split("/")
    listed(
        province,
        "institutions",
        f"region | indicator | due | done\n{region} | 其他机构质控覆盖 | {due} | {done}",
        day,
    )


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_last_years_figures_are_no_progress_of_this_year(hebei, case):
    *cells, verdicts = case
    judged = []
    for day, cell in zip(DAYS, cells, strict=False):
        if cell != "-":
            reports(hebei, cell, day)
            judged.append(hebei.stands(day, MEASURE).region(SHIJIAZHUANG).verdict.title)
    assert judged[cells[0] != "-" :] == verdicts.split()


def test_what_is_asked_about_is_shown_and_ranked_by_nothing(hebei):
    reports(hebei, "30/50", "2024-12-31")
    reports(hebei, "30/50", "2025-01-31")
    reports(hebei, "5/50", "2025-01-31", "承德")
    found = hebei.stands("2025-01-31", MEASURE)
    own, other = found.region(SHIJIAZHUANG), found.region("130800")
    assert (own.numerator, own.denominator, own.gap, own.remaining, own.rank) == (30, 50, None, None, None)
    assert found.caveats_of(own) == [SAID]
    assert (other.rank, found.caveats_of(other)) == (1, [])
    assert found.caveats_of(found.province) == [f"石家庄市{SAID}"]


# Three regions, of which 石家庄 repeats itself with so many of 50: the whole is judged where that makes no difference.
WHOLES = """
    again | 承德   | 张家口 | whole
    1     | 5/50   | 5/50   | 相对滞后
    30    | 5/50   | 5/50   | 待确认
    30    | 40/50  | 45/50  | 进展较快
"""


@pytest.mark.parametrize(("again", "one", "two", "whole"), table(WHOLES)[1:])
def test_the_whole_is_judged_where_it_is_judged_alike_with_them_and_without(hebei, again, one, two, whole):
    names = [region.short for region in hebei.stands("2025-01-31", MEASURE).regions]
    reports(hebei, f"{again}/50", "2024-12-31")
    for region, cell in (("石家庄", f"{again}/50"), ("承德", one), ("张家口", two)):
        reports(hebei, cell, "2025-01-31", region)
    for name in names:
        if name not in ("石家庄", "承德", "张家口"):
            reports(hebei, "0/0", "2025-01-31", name)
    assert hebei.stands("2025-01-31", MEASURE).province.verdict.title == whole


def test_an_alert_is_neither_raised_nor_settled_by_them(hebei):
    reports(hebei, "30/50", "2024-12-31")
    reports(hebei, "30/50", "2025-03-31")

    def states(on: str) -> list[str]:
        found = alerts(hebei.store, "河北省", date.fromisoformat(on))
        return [
            one.state.title for one in found if (one.region_code, one.measure.id) == (SHIJIAZHUANG, MEASURE)
        ]

    assert states("2025-03-31") == ["逾期"], "what was missed in 2024 is missed still"


def test_a_person_may_say_that_they_are_this_years(hebei):
    reports(hebei, "30/50", "2024-12-31")
    reports(hebei, "30/50", "2025-01-31")
    found = hebei.stands("2025-01-31", MEASURE)
    override(hebei.store, found, SHIJIAZHUANG, "fast", "已核实为当年数", by=LOCAL_ADMIN)
    own = hebei.stands("2025-01-31", MEASURE).region(SHIJIAZHUANG)
    assert (own.verdict.title, own.proposed.title) == ("进展较快", "待确认")


@pytest.mark.parametrize(
    ("day", "cell", "told"),
    table("""
        2025-01-31 | 30/50 | yes
        2025-01-31 | 31/50 | -
        2025-12-31 | 30/50 | -
        2024-12-31 | 30/50 | -
    """),
)
def test_whoever_sends_them_is_asked(hebei, day, cell, told):
    reports(hebei, "30/50", "2024-12-30")
    done, due = cell.split("/")
    rows = [
        (f"河北省职业病防治机构提质合规情况表（截至{chinese_day(date.fromisoformat(day))}）",),
        ("地区", "指标", "应完成数", "已完成数"),
        ("石家庄市", "其他机构质控覆盖", due, done),
    ]
    found = prepare(hebei.store, csv_bytes(rows), "表.csv", today=date(2026, 1, 1))
    said = [one.message for one in found.problems if one.code == "same_as_last_year"]
    words = (
        "石家庄市的“其他机构质控覆盖率”：所报各数与2024年12月30日完全相同。这项指标每年从零开始，"
        "可能填的是上年的累计数，列为“待确认”，不作评价。"
    )
    assert (found.status, said) == ("accepted", [words] if told == "yes" else [])


# 河北's list of a year names other enterprises than that of the year before; 辛集 has done three of either.
LISTS = """
    codes 2025 | done 2025 | verdict
    A B C D    | A B C     | 待确认
    E F G H    | E F G     | 进展较快
    A B C E    | A B C     | 进展较快
    A B C D    | A B D     | 进展较快
"""


@pytest.mark.parametrize(("named", "done", "verdict"), table(LISTS)[1:])
def test_a_list_that_names_others_is_no_repetition(hebei, named, done, verdict):
    targets = "region | year | target\n辛集 | 2024 | 4\n辛集 | 2025 | 11"
    listed(hebei, "assistance_targets", targets, "2024-05-10")
    helped(hebei, "A B C D", "A B C", "2024-12-31")
    helped(hebei, named, done, "2025-01-31")
    found = hebei.stands("2025-01-31", "assistance_progress")
    own = found.region("130181")
    assert (own.numerator, own.verdict.title) == (3, verdict)
    said = "所报企业和各数与2024年12月31日完全相同，可能是上年的累计数，核实后再作评价"
    assert found.caveats_of(own) == ([said] if verdict == "待确认" else [])


def helped(province, named: str, done: str, day: str) -> None:
    rows = [f"辛集 | 企业{code} | {'是' if code in done.split() else '否'}" for code in named.split()]
    listed(province, "assistance", "\n".join(["region | name | completed", *rows]), day)


def test_a_table_that_says_anything_else_is_no_repetition(hebei):
    for day, other in (("2024-12-31", 7), ("2025-01-31", 8)):
        text = f"region | indicator | due | done\n石家庄 | 其他机构质控覆盖 | 50 | 30\n石家庄 | 监测能力确认 | 9 | {other}"
        listed(hebei, "institutions", text, day)
    own = hebei.stands("2025-01-31", MEASURE).region(SHIJIAZHUANG)
    assert (own.verdict.title, own.repeats) == ("进展较快", None)


@pytest.mark.parametrize(("again", "left"), [("30/50", 20), ("50/50", None)])
def test_what_is_doubted_when_its_day_has_passed_is_told(hebei, again, left):
    reports(hebei, again, "2024-12-31")
    reports(hebei, again, "2025-06-30")
    own = hebei.stands("2026-01-02", MEASURE).region(SHIJIAZHUANG)
    assert (own.verdict.id == "repeated", own.remaining) == (left is None, left)
    (told,) = [
        one
        for one in alerts(hebei.store, "河北省", date(2026, 1, 2))
        if (one.region_code, one.measure.id) == (SHIJIAZHUANG, MEASURE)
    ]
    words = f"还差{left}家" if left else "能否达标待核实，时限2025年12月31日已过，请核实后重新上报"
    assert told.state.title == "逾期"
    assert "时限2025年12月31日已过" in told.sentence
    assert words in told.sentence


def test_somebody_is_told_to_look_into_them(hebei):
    reports(hebei, "30/50", "2024-12-31")
    reports(hebei, "30/50", "2025-01-31")
    (doubt,) = survey(hebei.store, "河北省", date(2025, 1, 31)).faults
    assert (doubt.kind, doubt.region, doubt.as_of) == ("repeated", "石家庄市", date(2025, 1, 31))
    assert (
        doubt.sentence
        == f"石家庄市其他机构质控覆盖率：{SAID}：是当年的，写明理由调整评价；是上年的，改正后重新上报。"
    )
    (item,) = [one for one in attention(hebei.stands("2025-01-31", MEASURE)) if one.standing.repeats]
    assert (item.headline, item.sentence) == ("石家庄　与上年末相同，请核实", f"{SAID}。")


def test_nothing_is_drawn_or_compared_of_them(hebei):
    reports(hebei, "30/50", "2024-12-31")
    reports(hebei, "30/50", "2025-01-31")
    for region, cell in (("承德", "5/50"), ("张家口", "3/50")):
        reports(hebei, cell, "2025-01-31", region)
    found = hebei.stands("2025-01-31", MEASURE)
    own, whole = found.region(SHIJIAZHUANG), found.province
    assert (own.added, own.repeats is None, found.months_ahead(own)) == (None, False, None)
    assert (whole.added, whole.remaining, whole.share_of_remaining) == (None, None, None)
    assert history(hebei.store, view(hebei.store, "河北省", MEASURE, date(2025, 1, 31)), SHIJIAZHUANG) == []
