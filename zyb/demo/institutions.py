"""提质合规: the indicators of a region, the problems behind two of them, and what is handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from zyb.demo.days import day_in, month_of, shown
from zyb.demo.lists import NO, YES, InventedRow, MonthEnd
from zyb.demo.story import MONTHS, RegionStory
from zyb.rulebook.ledgers import ledgers

# How far each indicator of 提质合规 runs before (or behind) the region's effort.
INDICATOR_LEADS = (0.06, -0.04, 0.1, 0.12, 0.02, 0.08, -0.02, 0.04, -0.1, 0.05, 0.0, 0.04)
# 能力确认, which once given stays given from year to year; the other indicators begin anew.
CONFIRMED = 0
# The indicators that the list of problems counts as well, by where its problems come from.
LISTED = {"质量控制": "质控问题整改", "评估检查": "评估检查问题整改"}
KINDS = ("职业健康检查机构", "职业病诊断机构", "职业卫生技术服务机构", "放射卫生技术服务机构")
ISSUES = (
    "质量管理体系运行记录不全",
    "仪器设备未按期检定",
    "报告签字不规范",
    "个案信息填报不完整",
    "质控样品结果偏离",
)
LEAD_SOURCES = ("质控", "检测能力比对", "双随机检查", "延伸检查", "举报核查")


def institutions(at: MonthEnd) -> Iterator[InventedRow]:
    for n, indicator in enumerate(_indicators()):
        if at.told.list_only and indicator in LISTED.values():
            continue
        due, done = _figures(at.told, n, at.month)
        yield {"region": at.told.region.name, "indicator": indicator, "due": due, "done": done}


def _indicators() -> tuple[str, ...]:
    return ledgers()["institutions"].column("indicator").options


def _figures(told: RegionStory, n: int, month: int) -> tuple[int, int]:
    """Of the indicator of that number: 应完成 and 已完成."""
    due = 2 + n % 3 if n == CONFIRMED else 6 + (told.target // 20 + 7 * n) % 40
    share = min(1.0, max(0.0, 0.1 + told.quality(month) + INDICATOR_LEADS[n]))
    done = int(due * share)
    if n == CONFIRMED and told.before:
        done = max(done, _figures(told.before, n, MONTHS)[1])
    return due, done


def _done(told: RegionStory, number: int, month: int) -> int:
    return _figures(told, number, month)[1]


def quality_issues(at: MonthEnd) -> Iterator[InventedRow]:
    """As many problems as the summary says, found in the first quarter; the first of them are put right."""
    for source, indicator in LISTED.items():
        number = _indicators().index(indicator)
        due, done = _figures(at.told, number, at.month)
        righted = month_of(partial(_done, at.told, number))
        for n in range(due):
            yield _issue(at, source, n, max(righted(n), 1 + n % 3) if n < done else 0)


def _issue(at: MonthEnd, source: str, n: int, righted: int) -> InventedRow:
    """`righted`: the month in which it was put right; some of these are not struck off yet."""
    kinds = KINDS[2:] if source == "评估检查" else KINDS
    closed = righted and n % 9 != 4
    return {
        "name": f"{at.told.region.short}（演示）{kinds[n % len(kinds)]}{n % 5 + 1}", "kind": kinds[n % len(kinds)],
        "region": at.told.region.name, "source": source, "issue": ISSUES[n % len(ISSUES)],
        "found_on": shown(day_in(at.year, 1 + n % 3, 0.5, 1, 10)),
        "rectified": YES if righted else NO,
        "rectified_on": shown(day_in(at.year, righted, 0.5, 12, 20)) if righted else "",
        "closed": YES if closed else NO,
        "closed_on": shown(day_in(at.year, righted, 0.5, 21, 28)) if closed else "",
    }  # fmt: skip


def violation_leads(at: MonthEnd) -> Iterator[InventedRow]:
    """One or a few a region, handed over through the year; most are taken up, some are closed."""
    for n in range(min(at.month // 3, 1 + at.told.target // 150)):
        moved, kind = 1 + 3 * n, KINDS[n % len(KINDS)]
        taken, closed = n % 4 != 3, n % 3 == 0
        yield {
            "name": f"{at.told.region.short}（演示）{kind}{n + 1}", "kind": kind, "region": at.told.region.name,
            "source": LEAD_SOURCES[n % len(LEAD_SOURCES)], "lead": "涉嫌未履行信息报告义务",
            "receiver": f"{at.told.region.short}（演示）疾控局",
            "transferred_on": shown(day_in(at.year, moved, 0.5, 1, 10)),
            "accepted_on": shown(day_in(at.year, moved, 0.5, 12, 20)) if taken else "",
            "resolved": YES if closed and taken else NO,
            "resolved_on": shown(day_in(at.year, moved + 2, 0.5, 1, 20)) if closed and taken else "",
        }  # fmt: skip


INSTITUTION_LISTS: Mapping[str, Callable[[MonthEnd], Iterator[InventedRow]]] = {
    "quality_issues": quality_issues,
    "violation_leads": violation_leads,
}
