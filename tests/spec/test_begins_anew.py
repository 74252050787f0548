"""每年从零开始的指标: figures of the new year that are last year's once more are no progress, and are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import csv_bytes, table
from tests.spec.lists import listed
from zyb.access import LOCAL_ADMIN
from zyb.alerting import alerts
from zyb.answers.judging import override
from zyb.periods import chinese_day
from zyb.uploads import prepare

MEASURE, SHIJIAZHUANG = "quality_control_yearly", "130100"
SAID = "与2024年12月31日所报完全相同，可能是上年的累计数，核实后再作评价"

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
    assert found.caveats_of(found.province) == [f"石家庄市的数{SAID}"]


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
        "石家庄市的“其他机构质控覆盖率”所用各数与2024年12月30日所报完全相同：这项指标每年从零开始，"
        "可能填的是上年的累计数，列为“待确认”，不作评价。"
    )
    assert (found.status, said) == ("accepted", [words] if told == "yes" else [])
