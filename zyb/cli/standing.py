"""`standings` and `verdicts`: a measure by region, and the verdicts that people set."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from zyb import alerting
from zyb.access import on_this_machine
from zyb.answers.judging import override, take_back
from zyb.answers.progress import report_days, standings, view
from zyb.briefing import both_targets, few_speak, few_words, partly_told, silence_words
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
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.numerals import gap_text, percent, value_text
from zyb.periods import chinese_moment, today
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.stated import stated_on
from zyb.rulebook.verdicts import verdicts
from zyb.standing.standings import Standing, Standings
from zyb.store import Store, VerdictRecord
from zyb.wording.closings import closed_measure


def _plain(value: Fraction | int | None) -> float | int | None:
    return float(value) if isinstance(value, Fraction) else value


def standing_row(standing: Standing, caveats: Sequence[str] = ()) -> dict[str, Any]:
    """A standing as others read it: shares as numbers between 0 and 1, the verdict and what could not be placed in words."""
    said = {
        "verdict": standing.verdict.title,
        "proposed_verdict": standing.proposed.title,
        "override_reason": standing.override.reason if standing.override else None,
        "as_of": standing.as_of.isoformat() if standing.as_of else None,
        "stale": standing.stale,
        "regions": standing.rolled.regions if standing.rolled else None,
        "regions_reported": standing.rolled.reported if standing.rolled else None,
        "newly": standing.newly or None,
        "caveats": "；".join(caveats) or None,
    }
    return {name: said[name] if name in said else _plain(getattr(standing, name)) for name in STANDING_FIELDS}


def show_standings(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or province_measured(store, arguments.measure)
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    days = report_days(store, province, arguments.measure, known_at)
    on = a_day(arguments.on) if arguments.on else (days[-1] if days else today())
    found = standings(store, view(store, province, arguments.measure, on, known_at))
    rows = [standing_row(one, _caveats(found, one)) for one in (found.province, *found.by_gap())]
    if arguments.json:
        print_json(rows)
    elif arguments.csv:
        print_csv(rows)
    else:
        _print_standings(found, province)
    return DONE


def _caveats(found: Standings, standing: Standing) -> list[str]:
    few = [few_words(found)] if standing is found.province and few_speak(found) else []
    return [*few, *_unheard(found, standing), *found.caveats_of(standing)]


def _unheard(found: Standings, standing: Standing) -> list[str]:
    """“衡水市未报送，合计不含未报送地区”; where few speak that has been said, and where nobody does there is no sum."""
    if standing is not found.province or not found.missing or not found.reported or few_speak(found):
        return []
    left_out = "按尚未完成计" if found.measure.owed_by_all else "合计不含未报送地区"
    return [f"{'、'.join(one.region for one in found.missing)}未报送，{left_out}"]


def _print_standings(found: Standings, province: str) -> None:
    until = f"数据截至 {found.as_of}" if found.as_of else "尚无数据"
    say(f"{load_roster(province).province} · {found.measure.title} · {until}")
    if first := silence_words(found) or (few_words(found) if few_speak(found) else ""):
        say(f"{first}。")
    if both := both_targets(found):
        say(f"目标：{both}，按本省目标评价。")
    measure = found.measure
    if measure.surveys:
        _print_survey(found)
        _say_closed(found, province)
        return
    table = [
        [
            "位次",
            "地区",
            measure.denominator.title,
            measure.numerator.title,
            "数值",
            "序时",
            f"差（{measure.gap_unit or '百分点'}）",
            measure.lacking,
            "占剩余",
            "评价",
        ]
    ]
    for standing in (found.province, *found.by_gap()):
        table.append([
            str(standing.rank or ""), _named(standing), number_text(standing.denominator), number_text(standing.numerator),
            value_text(standing.value, found.measure.kind), value_text(standing.pace, found.measure.kind), gap_text(standing.gap, found.measure.kind), number_text(standing.remaining),
            percent(standing.share_of_remaining), _verdict_text(standing),
        ])  # fmt: skip
    print_table(table)
    for one in stated_on(load_roster(province).province, measure.id, found.on):
        say(f"{one.sentence}。")
    _say_caveats(found)
    _say_closed(found, province)


def _say_closed(found: Standings, province: str) -> None:
    if found.closing:
        say(closed_measure(load_roster(province).province, found.measure, found.closing))


def _named(standing: Standing) -> str:
    partly = partly_told(standing)
    return f"{standing.region}（{partly}）" if partly else standing.region


def _say_caveats(found: Standings) -> None:
    for standing in (found.province, *found.regions):
        if told := [*_unheard(found, standing), *found.caveats_of(standing)]:
            say(f"{standing.region}：{'；'.join(told)}。")


def _print_survey(found: Standings) -> None:
    """Of a survey the percentages, and how many were asked: nothing is added up, and nothing left."""
    kind, weight = found.measure.kind, found.measure.weight_title
    table = [["位次", "地区", *([weight] if weight else []), "数值", "目标", "差（百分点）", "评价"]]
    for standing in (found.province, *found.by_gap()):
        table.append([
            str(standing.rank or ""), _named(standing), *([number_text(standing.asked)] if weight else []),
            value_text(standing.value, kind), value_text(standing.pace, kind), gap_text(standing.gap, kind), _verdict_text(standing),
        ])  # fmt: skip
    print_table(table)
    _say_caveats(found)


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


def standings_command(commands: Any) -> None:
    figures = commands.add_parser(
        "standings", help="各地区指标与排名", description="某一指标各地区的数值、序时、排名与评价。"
    )
    figures.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
    figures.add_argument("--province", metavar="省份")
    figures.add_argument("--on", metavar="日期", help="看哪一天的数据，默认最新")
    figures.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    figures.add_argument("--csv", action="store_true", help="输出 CSV")
    answered_by(figures, show_standings)


def verdicts_command(commands: Any) -> None:
    judged = commands.add_parser(
        "verdicts", help="人工调整评价：查看、调整、撤销", description="人工调整的评价；规则评价一并保留。"
    )
    actions = judged.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出调整", description="列出人工调整，新的在前。")
    listing.add_argument("--province", metavar="省份")
    answered_by(listing, list_verdicts)
    for name, title, answer in (("set", "调整评价", set_verdict), ("unset", "撤销调整", unset_verdict)):
        action = actions.add_parser(name, help=title, description=f"{title}；记录只增不改，写入操作日志。")
        action.add_argument("region", metavar="地区")
        action.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
        if name == "set":
            action.add_argument("verdict", metavar="评价", help="例如 相对滞后")
        action.add_argument("--reason", required=True, metavar="理由")
        action.add_argument("--province", metavar="省份")
        action.add_argument("--on", metavar="日期", help="针对哪一天的数据，默认最新")
        action.add_argument("--by", metavar="姓名", help="经办人")
        answered_by(action, answer)
