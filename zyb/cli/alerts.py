"""`alerts`: who is behind or silent; claims, notes and releases."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from zyb import alerting
from zyb.access import Viewer, on_this_machine
from zyb.alerting import Alert, Fault
from zyb.cli.places import default_province
from zyb.cli.printing import print_json, print_remark, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.errors import ZybError
from zyb.periods import today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.standing.alert_course import STATES, AlertRules
from zyb.store import Store
from zyb.wording.closings import alerts_rest

ALERT_TABLE = {
    "region": "地区", "measure": "指标", "state": "状态", "level": "级别", "since": "自", "periods": "期数",
    "owner": "责任人", "due": "期限", "sentence": "情况",
}  # fmt: skip
ALERT_ROW = ("region", "measure", "state", "level", "since", "periods", "sentence", "owner", "due")
FAULT_STATE = "数据存疑"


def alert_row(alert: Alert) -> dict[str, Any]:
    """An alert as others read it; the measure by its id, as the commands want it."""
    return {
        "region": alert.region,
        "measure": alert.measure.id,
        "state": alert.state.title,
        "level": alert.level.title if alert.level else None,
        "since": alert.since.isoformat() if alert.since else None,
        "periods": alert.periods,
        "sentence": alert.sentence,
        "owner": alert.owner or None,
        "due": alert.due.isoformat(),
    }


def fault_row(fault: Fault) -> dict[str, Any]:
    """Figures that cannot all be right, among the alerts; in place of a measure their ledger."""
    row = {
        "region": fault.region,
        "measure": fault.ledger.id,
        "state": FAULT_STATE,
        "since": fault.as_of.isoformat(),
        "sentence": fault.sentence,
    }
    return {**dict.fromkeys(ALERT_ROW), **row}


def _alert_day(store: Store, arguments: argparse.Namespace, province: str) -> date:
    """The day asked for, else that of the newest report."""
    if arguments.on:
        return a_day(arguments.on)
    return alerting.newest_day(store, province) or today()


def _a_state(text: str, rules: AlertRules) -> str:
    states = [*(rules.states[name].title for name in STATES), FAULT_STATE]
    if text not in states:
        raise ZybError(f"没有状态“{text}”。", f"可用的状态：{'、'.join(states)}。")
    return text


def list_alerts(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or default_province(store)
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    on = _alert_day(store, arguments, province)
    found = alerting.survey(store, province, on, known_at, arguments.measure)
    rows = [*map(alert_row, found.alerts), *map(fault_row, found.faults)]
    if arguments.region:
        name = alerting.find_region(province, arguments.region).name
        rows = [row for row in rows if row["region"] == name]
    if arguments.state:
        state = _a_state(arguments.state, found.rules)
        rows = [row for row in rows if row["state"] == state]
    if arguments.json:
        print_json(rows)
    else:
        _print_alerts(rows, load_roster(province).province, on)
        if rest := alerts_rest(found.closed):
            say(rest)
    return DONE


def _print_alerts(rows: list[dict[str, Any]], province: str, on: date) -> None:
    say(f"{province} · 滞后预警 · {on}" + ("" if rows else " · 没有符合条件的预警"))
    if rows:
        titles = {ledger.id: ledger.title for ledger in ledgers().values()}
        titles |= {measure.id: measure.title for measure in measures(province).values()}
        shown = [{**row, "measure": titles[row["measure"]]} for row in rows]
        print_table([
            list(ALERT_TABLE.values()),
            *([str(row[name] or "") for name in ALERT_TABLE] for row in shown),
        ])  # fmt: skip


def claim_alert(store: Store, arguments: argparse.Namespace) -> int:
    """`--replace` looks at the claim that holds, puts the new one in its place and says whose it was."""
    place = _place(store, arguments)
    last = alerting.newest_decision(alerting.find_alert(store, *place)) if arguments.replace else None
    seen = (last.id if last else 0) if arguments.replace else None
    alerting.claim(
        store, *place, by=_whoever(arguments), owner=arguments.owner or "", cause=arguments.cause,
        action=arguments.action, due=a_day(arguments.due), seen=seen,
    )  # fmt: skip
    return print_remark(arguments, "预警已认领。", alerting.decision_words(last) if last else "")


def release_alert(store: Store, arguments: argparse.Namespace) -> int:
    place = _place(store, arguments)
    last = alerting.newest_decision(alerting.find_alert(store, *place))
    alerting.release(
        store, *place, by=_whoever(arguments), reason=arguments.reason, seen=last.id if last else 0
    )
    return print_remark(
        arguments, "预警已解除。下一期仍滞后的，将重新预警。", alerting.decision_words(last) if last else ""
    )


def note_alert(store: Store, arguments: argparse.Namespace) -> int:
    alerting.note(store, *_place(store, arguments), by=_whoever(arguments), reason=arguments.reason)
    return print_remark(arguments, "备注已记录。")


def _whoever(arguments: argparse.Namespace) -> Viewer:
    return on_this_machine(arguments.by)


def _place(store: Store, arguments: argparse.Namespace) -> tuple[str, str, str, date]:
    """Province, region, measure and day of the alert."""
    province = arguments.province or default_province(store)
    return province, arguments.region, arguments.measure, _alert_day(store, arguments, province)


def alerts_command(commands: Any) -> None:
    warnings = commands.add_parser(
        "alerts", help="滞后预警：查看、认领、解除", description="各地区各指标的滞后预警；不带命令即列出。"
    )
    warnings.add_argument("--province", metavar="省份")
    warnings.add_argument("--on", metavar="日期", help="看哪一天，默认最新数据的日期")
    warnings.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    warnings.add_argument("--measure", metavar="指标", help="只看某一指标，例如 governance_completion")
    warnings.add_argument("--region", metavar="地区", help="只看某一地区")
    warnings.add_argument("--state", metavar="状态", help="只看某一状态，例如 逾期、预警、未报送")
    answered_by(warnings, list_alerts)
    actions = warnings.add_subparsers(title="命令", metavar="命令")
    for name, title, answer in (
        ("claim", "认领预警", claim_alert), ("release", "解除预警", release_alert), ("note", "备注", note_alert),
    ):  # fmt: skip
        action = actions.add_parser(name, help=title, description=f"{title}；记录只增不改，写入操作日志。")
        action.add_argument("region", metavar="地区")
        action.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
        action.add_argument("--province", metavar="省份")
        action.add_argument("--on", metavar="日期", help="针对哪一天的预警，默认最新数据的日期")
        action.add_argument("--by", metavar="姓名", help="经办人")
        if name == "claim":
            action.add_argument("--owner", metavar="姓名", help="责任人，默认为经办人")
            action.add_argument("--cause", required=True, metavar="原因", help="滞后的原因")
            action.add_argument("--action", required=True, metavar="措施", help="整改措施")
            action.add_argument("--due", required=True, metavar="日期", help="整改期限")
            action.add_argument("--replace", action="store_true", help="替换现有的认领")
        else:
            action.add_argument("--reason", required=True, metavar="原因" if name == "release" else "内容")
        answered_by(action, answer)
