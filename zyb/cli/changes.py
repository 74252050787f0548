"""`changes`: why a measure is another than it was, in terms that add up."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from zyb.alerting import find_region
from zyb.answers.progress import report_days
from zyb.changes import (
    KIND_TITLES,
    ChangeSplit,
    LookedThen,
    PlaceChange,
    change_sentence,
    change_split,
)
from zyb.cli.places import province_measured
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.errors import NotPossible
from zyb.numerals import signed_count
from zyb.periods import in_beijing
from zyb.store import Store


def show_changes(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or province_measured(store, arguments.measure)
    region = find_region(province, arguments.region).code if arguments.region else None
    known_at = a_moment(arguments.known_at) if arguments.known_at else store.now()
    days = report_days(store, province, arguments.measure, known_at)
    on = a_day(arguments.on) if arguments.on else _last(days)
    since = a_day(arguments.since) if arguments.since else _last([day for day in days if day < on])
    first_known = a_moment(arguments.since_known_at) if arguments.since_known_at else known_at
    looked = LookedThen(since, first_known), LookedThen(on, known_at)
    found = change_split(store, province, arguments.measure, *looked, region_code=region)
    if arguments.json:
        print_json(_row(found))
    else:
        _print(found)
    return DONE


def _last(days: list[date]) -> date:
    if not days:
        raise NotPossible("没有可以比较的另一次报送。", "请用 --since 和 --on 写明两天。")
    return days[-1]


def _row(found: ChangeSplit) -> dict[str, Any]:
    """As others read it: of each side the terms of a place add up to `after` minus `before`."""
    return {
        "measure": found.measure.id,
        "first": _looked(found.first),
        "second": _looked(found.second),
        "reported": list(found.told),
        "sentence": change_sentence(found),
        **_place(found, found.whole),
        "regions": [_place(found, place) for place in found.regions],
    }


def _looked(looked: LookedThen) -> dict[str, str]:
    return {"on": looked.on.isoformat(), "known_at": _moment(looked.known_at)}


def _moment(moment: datetime) -> str:
    return in_beijing(moment).isoformat(timespec="seconds")


def _place(found: ChangeSplit, place: PlaceChange) -> dict[str, Any]:
    terms = [
        {
            "side": term.side, "kind": term.kind.value, "title": KIND_TITLES[term.kind], "amount": term.amount,
            "region_code": term.region_code, "snapshot": term.snapshot, "on": term.on.isoformat(),
        }
        for term in place.terms
    ]  # fmt: skip
    pairs = (("before", place.before), ("after", place.after))
    said = {name: dict(zip(found.sides, pair, strict=False)) for name, pair in pairs}
    return {"region": place.region, "region_code": place.region_code, **said, "terms": terms}


def _print(found: ChangeSplit) -> None:
    say(change_sentence(found))
    places = [place for place in (found.whole, *found.regions) if place.changed and all(found.told)]
    if not places:
        return
    table = [["地区", "项目", "变化", *(KIND_TITLES[kind] for kind in found.kinds), "批次"]]
    table += [_line(found, place, side) for place in places for side in found.sides if place.by_kind(side)]
    print_table(table)


def _line(found: ChangeSplit, place: PlaceChange, side: str) -> list[str]:
    by_kind = place.by_kind(side)
    numbers = sorted({term.snapshot for term in place.terms if term.side == side and term.snapshot})
    # The whole's are those of its regions, which stand below.
    told = "" if place is found.whole and found.regions else "、".join(map(str, numbers))
    cells = [signed_count(by_kind[kind]) if kind in by_kind else "" for kind in found.kinds]
    return [place.region, found.title_of(side), signed_count(place.difference(side)), *cells, told]


def changes_command(commands: Any) -> None:
    split = commands.add_parser(
        "changes", help="变化原因：某一指标两天之间为什么不同",
        description="把一项指标的变化逐批次分为新增、减少、首次报送、迟报、更正、撤回、年度起算，各项之和与变化相等。",
    )  # fmt: skip
    split.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
    split.add_argument("--province", metavar="省份")
    split.add_argument("--region", metavar="地区", help="只看某一地区")
    split.add_argument("--since", metavar="日期", help="从哪一天起，默认上一次报送")
    split.add_argument("--since-known-at", metavar="时间", help="起点按当时已知的数据，默认与终点相同")
    split.add_argument("--on", metavar="日期", help="到哪一天，默认最新")
    split.add_argument("--known-at", metavar="时间", help="终点按当时已知的数据，默认现在")
    answered_by(split, show_changes)
