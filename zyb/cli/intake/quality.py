"""`quality`: 数据质量, how the files of each unit were checked, mended and accepted, and how completely filled in."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from zyb.alerting import find_region
from zyb.cli.places import default_province
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say, say_lines
from zyb.cli.words import DONE, a_day, answered_by
from zyb.numerals import NO_VALUE, percent, rounded
from zyb.quality import UnitQuality, quality_survey, unit_note
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import kind_title
from zyb.rulebook.regions import load_roster
from zyb.store import Store

# Whoever names no day means all of them.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
HEADINGS = (
    "地区",
    "入库",
    "一次通过率",
    "平均轮次",
    "发现问题",
    "已改正",
    "留作提醒",
    "未入库",
    "说明写法",
    "填写率",
)


def tell_quality(store: Store, arguments: argparse.Namespace) -> int:
    province = load_roster(arguments.province or default_province(store)).province
    region = find_region(province, arguments.region).code if arguments.region else None
    since = a_day(arguments.since) if arguments.since else FIRST
    until = a_day(arguments.until) if arguments.until else LAST
    seen = quality_survey(store, province, since, until, region)
    if arguments.json:
        print_json([unit_row(one) for one in seen.units])
        return DONE
    say(f"{province} · 数据质量 · {seen.whole.name}")
    print_table([list(HEADINGS), *(_cells(one) for one in (*seen.units, seen.whole))])
    unit = seen.unit(region) if region else None
    if unit:
        say_lines(f"{unit_note(unit)}\n")
    return DONE


def _cells(one: UnitQuality) -> list[str]:
    counts = one.counts
    mean = NO_VALUE if counts.mean_rounds is None else str(rounded(counts.mean_rounds))
    numbers = (counts.found, counts.mended, counts.warnings_left, len(counts.open), counts.explained)
    return [
        one.name, str(len(counts.accepted)), percent(counts.first_try_share), mean, *map(str, numbers),
        percent(one.completeness),
    ]  # fmt: skip


def unit_row(one: UnitQuality) -> dict[str, Any]:
    """A unit as others read it; shares are numbers between 0 and 1, null where there is no value."""
    counts = one.counts
    return {
        "region": one.name, "accepted": len(counts.accepted), "first_try": counts.first_try,
        "rounds": None if counts.mean_rounds is None else float(counts.mean_rounds), "found": counts.found,
        "mended": counts.mended, "warnings_left": counts.warnings_left, "not_accepted": len(counts.open),
        "explained": counts.explained, "completeness": None if one.completeness is None else float(one.completeness),
        "problems": [
            {"code": kind.code, "title": kind_title(kind.code), "severity": kind.severity, "found": kind.found, "remaining": kind.remaining}
            for kind in one.kinds
        ],
        "often_empty": [
            {"ledger": ledgers()[column.ledger].title, "column": column.title, "filled": float(column.share)}
            for column in one.often_empty
        ],
    }  # fmt: skip


def quality_command(commands: Any) -> None:
    quality = commands.add_parser(
        "quality", help="数据质量：问题、轮次、填写率", description="各地区报送的文件核对了几轮、有哪些问题、填写是否完整。"
    )  # fmt: skip
    quality.add_argument("--province", metavar="省份")
    quality.add_argument("--region", metavar="地区", help="只看这个地区，并写出给它的提示")
    quality.add_argument("--from", dest="since", metavar="日期", help="数据截至不早于这一天")
    quality.add_argument("--to", dest="until", metavar="日期", help="数据截至不晚于这一天")
    answered_by(quality, tell_quality)
