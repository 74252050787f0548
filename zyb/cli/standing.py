"""`standings` and `verdicts`: a measure by region, and the verdicts that people set."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

from zyb import alerting
from zyb.access import on_this_machine
from zyb.answers.judging import override, take_back
from zyb.answers.progress import report_days, standings, view
from zyb.cli.places import default_province, province_measured
from zyb.cli.printing import (
    STANDING_FIELDS,
    number_text,
    print_csv,
    print_json,
    print_remark,
    print_table,
)
from zyb.cli.terminal import say
from zyb.cli.words import DONE, a_day, a_moment
from zyb.numerals import percent, points, value_text
from zyb.periods import chinese_moment, today
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import verdicts
from zyb.standing.standings import Standing, Standings
from zyb.store import Store, VerdictRecord


def _plain(value: Fraction | int | None) -> float | int | None:
    return float(value) if isinstance(value, Fraction) else value


def standing_row(standing: Standing) -> dict[str, Any]:
    """A standing as others read it: shares as numbers between 0 and 1, the verdict in words."""
    said = {
        "verdict": standing.verdict.title,
        "proposed_verdict": standing.proposed.title,
        "override_reason": standing.override.reason if standing.override else None,
        "as_of": standing.as_of.isoformat() if standing.as_of else None,
    }
    return {name: said[name] if name in said else _plain(getattr(standing, name)) for name in STANDING_FIELDS}


def show_standings(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or province_measured(store, arguments.measure)
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    days = report_days(store, province, arguments.measure, known_at)
    on = a_day(arguments.on) if arguments.on else (days[-1] if days else today())
    found = standings(store, view(store, province, arguments.measure, on, known_at))
    rows = [standing_row(standing) for standing in (found.province, *found.by_gap())]
    if arguments.json:
        print_json(rows)
    elif arguments.csv:
        print_csv(rows)
    else:
        _print_standings(found, province)
    return DONE


def _print_standings(found: Standings, province: str) -> None:
    until = f"数据截至 {found.as_of}" if found.as_of else "尚无数据"
    say(f"{load_roster(province).province} · {found.measure.title} · {until}")
    measure = found.measure
    table = [
        [
            "位次",
            "地区",
            measure.denominator.title,
            measure.numerator.title,
            "数值",
            "序时",
            "差（百分点）",
            "还差",
            "占剩余",
            "评价",
        ]
    ]
    for standing in (found.province, *found.by_gap()):
        table.append([
            str(standing.rank or ""), standing.region, number_text(standing.denominator), number_text(standing.numerator),
            value_text(standing.value, found.measure.kind), value_text(standing.pace, found.measure.kind), points(standing.gap), number_text(standing.remaining),
            percent(standing.share_of_remaining), _verdict_text(standing),
        ])  # fmt: skip
    print_table(table)


def _verdict_text(standing: Standing) -> str:
    changed = f"（人工调整，规则评价：{standing.proposed.title}）" if standing.override else ""
    return standing.verdict.title + changed


def _verdict_row(record: VerdictRecord) -> dict[str, Any]:
    """What a person said of a region's figures; `verdict` is null where it was taken back."""
    roster = load_roster(record.province_code)
    titles = {v.id: v.title for v in verdicts(roster.province).values()}
    region = roster.region(record.region_code)
    return {
        "id": record.id, "region": region.name if region else record.region_code, "measure": record.measure,
        "as_of": record.as_of.isoformat(), "proposed_verdict": titles.get(record.proposed, record.proposed),
        "verdict": titles.get(record.verdict, record.verdict) or None, "reason": record.reason,
        "recorded_by": record.recorded_by, "recorded_at": record.recorded_at.isoformat(),
    }  # fmt: skip


def list_verdicts(store: Store, arguments: argparse.Namespace) -> int:
    roster = load_roster(arguments.province or default_province(store))
    rows = [_verdict_row(record) for record in reversed(store.verdict_records(roster.province_code))]
    if arguments.json:
        print_json(rows)
        return DONE
    titles = {measure.id: measure.title for measure in measures(roster.province).values()}
    table = [["编号", "地区", "指标", "数据截至", "规则评价", "调整为", "理由", "经办人"]]
    for row in rows:
        said = row["verdict"] or "（撤销调整）"
        table.append([
            str(row["id"]), row["region"], titles.get(row["measure"], row["measure"]), row["as_of"],
            row["proposed_verdict"], said, row["reason"], row["recorded_by"],
        ])  # fmt: skip
    print_table(table)
    return DONE


def set_verdict(store: Store, arguments: argparse.Namespace) -> int:
    found, code = _judged(store, arguments)
    wanted = next((v.id for v in found.verdicts.values() if v.title == arguments.verdict), arguments.verdict)
    override(store, found, code, wanted, arguments.reason, by=on_this_machine(arguments.by))
    return print_remark(arguments, "评价已调整。有新数据后按规则重新评价。", _before(found, code))


def unset_verdict(store: Store, arguments: argparse.Namespace) -> int:
    found, code = _judged(store, arguments)
    take_back(store, found, code, arguments.reason, by=on_this_machine(arguments.by))
    return print_remark(arguments, "调整已撤销，恢复规则评价。", _before(found, code))


def _before(found: Standings, code: str) -> str:
    """“由李四于2024年3月4日09:30调整为“相对滞后””; nothing where the rule's verdict held."""
    standing = found.region(code)
    held = standing.override if standing else None
    return f"由{held.by}于{chinese_moment(held.at)}调整为“{held.verdict.title}”" if held else ""


def _judged(store: Store, arguments: argparse.Namespace) -> tuple[Standings, str]:
    """The figures of the day asked for (else the newest) and the region's code."""
    province = arguments.province or province_measured(store, arguments.measure)
    days = report_days(store, province, arguments.measure)
    on = a_day(arguments.on) if arguments.on else (days[-1] if days else today())
    region = alerting.find_region(province, arguments.region)
    return standings(store, view(store, province, arguments.measure, on)), region.code
