"""`cadence`: 报送情况, who has handed in what was due, in time or late; reminders, the calendar, and what is not owed."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from zyb.access import on_this_machine
from zyb.alerting import find_region
from zyb.answers import ticking
from zyb.answers.duties import duty_survey
from zyb.cli.places import default_province, target_file, write_file
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say, say_lines
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.errors import NotPossible
from zyb.exports.calendar import calendar_file, calendar_name, due_ahead
from zyb.inert import csv_text
from zyb.numerals import percent
from zyb.periods import today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_WARNING, is_demo
from zyb.standing.duties.submissions import (
    KIND_TITLES,
    SubmissionBoard,
    SubmissionCount,
    SubmissionMark,
    SubmissionUnit,
    board,
    first_day,
)
from zyb.store import Store
from zyb.wording.reminders import ended_told, reminder, reminders

TABLE = ("单位", "应报", "按时", "迟报", "未报", "未到期", "免报", "已结束", "报送率", "按时率")
MONTHS = 12
CSV_FIELDS = ("unit", "duty", "title", "period", "due", "kind", "came", "days_late", "ledger", "basis")


def count_row(counted: SubmissionCount) -> dict[str, Any]:
    return {
        "due": counted.due, "on_time": counted.on_time, "late": counted.late, "missing": counted.missing,
        "ahead": counted.ahead, "exempt": counted.exempt, "ended": counted.ended,
        "reporting_rate": _share(counted.reporting), "on_time_rate": _share(counted.punctual),
    }  # fmt: skip


def _share(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def mark_row(mark: SubmissionMark) -> dict[str, Any]:
    done = mark.cell.done
    return {
        "duty": mark.duty.id, "title": mark.duty.title, "period": mark.term.label or None,
        "due": mark.term.due.isoformat(), "kind": KIND_TITLES[mark.kind], "state": mark.cell.state.title,
        "came": done.came.isoformat() if done else None,
        "days_late": max((done.came - mark.term.due).days, 0) if done else None,
        "told": done.told if done else mark.cell.excuse or None,
        "ledger": mark.duty.ledger or None, "basis": mark.duty.basis,
    }  # fmt: skip


def unit_row(unit: SubmissionUnit, shown: SubmissionBoard) -> dict[str, Any]:
    """A unit as others read it; the reminder as it may be sent."""
    return {
        "unit": unit.subject.name, "code": unit.subject.code, **count_row(unit.counted),
        "marks": [mark_row(mark) for mark in unit.marks], "reminder": reminder(unit, shown.on) or None,
    }  # fmt: skip


def show_cadence(store: Store, arguments: argparse.Namespace) -> int:
    shown = _board(store, arguments)
    if arguments.reminders:
        say(reminders(shown.by_urgency, shown.on) or "没有需要催报的单位。")
    elif arguments.json:
        print_json([unit_row(unit, shown) for unit in shown.units])
    elif arguments.csv:
        rows = [{"unit": unit.subject.name, **mark_row(mark)} for unit in shown.units for mark in unit.marks]
        say_lines(csv_text([CSV_FIELDS, *([row[name] for name in CSV_FIELDS] for row in rows)]))
    else:
        _print_board(shown)
    return DONE


def _board(store: Store, arguments: argparse.Namespace) -> SubmissionBoard:
    roster = load_roster(arguments.province or default_province(store))
    on = a_day(arguments.on) if arguments.on else today()
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    region = find_region(roster.province, arguments.region).code if arguments.region else None
    found = board(duty_survey(store, roster.province, on, known_at).within(region), roster)
    if arguments.ledger and arguments.ledger not in ledgers():
        raise NotPossible(f"没有台账“{arguments.ledger[:40]}”。", f"可用的编号：{'、'.join(ledgers())}。")
    return found.of_ledger(arguments.ledger or "").due_since(first_day(on, arguments.months))


def _print_board(shown: SubmissionBoard) -> None:
    total = shown.counted
    say(
        f"{shown.province} · 报送情况 · {shown.on} · 应报{total.due}项次，按时{total.on_time}，迟报{total.late}，未报{total.missing}；"
        f"报送率{percent(total.reporting)}，按时率{percent(total.punctual)}"
    )
    if total.ended:
        say(ended_told(total))
    if not shown.units:
        say("这段时间没有要求报送的事项。")
        return
    print_table([list(TABLE), *(_cells(unit.subject.name, unit.counted) for unit in shown.units)])
    say("")
    titles = {duty.id: duty.title for duty in shown.duties}
    print_table([["事项", *TABLE[1:]], *(_cells(titles[name], n) for name, n in shown.by_duty().items())])


def _cells(name: str, counted: SubmissionCount) -> list[str]:
    numbers = (
        counted.due,
        counted.on_time,
        counted.late,
        counted.missing,
        counted.ahead,
        counted.exempt,
        counted.ended,
    )
    return [name, *map(str, numbers), percent(counted.reporting), percent(counted.punctual)]


def write_calendar(store: Store, arguments: argparse.Namespace) -> int:
    roster = load_roster(arguments.province or default_province(store))
    region = find_region(roster.province, arguments.region) if arguments.region else None
    on = a_day(arguments.on) if arguments.on else today()
    if not due_ahead(roster, region, on):
        raise NotPossible(f"{on}以后没有到期的报送事项。", "请换一个日期。")
    warning = DEMO_WARNING if is_demo() else ""
    path = target_file(Path(arguments.out), calendar_name(roster, region, on, warning))
    write_file(path, calendar_file(roster, region, on, to=on_this_machine(), warning=warning))
    if arguments.json:
        print_json({"file": str(path), "events": len(due_ahead(roster, region, on))})
    else:
        say(f"已生成：{path}")
    return DONE


# -- what is not owed -----------------------------------------------------------------------


def exempt_duty(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or default_province(store)
    dues = [a_day(due) for due in arguments.due]
    by = on_this_machine(arguments.by)
    ticking.exempt(store, province, arguments.duty, arguments.region, dues, by=by, reason=arguments.reason)
    if arguments.json:
        days = [due.isoformat() for due in dues]
        print_json({"duty": arguments.duty, "region": arguments.region, "due": days, "done": True})
    else:
        say("已认定免报。如需撤销，用 duties untick。")
    return DONE


def cadence_command(commands: Any) -> None:
    listed = commands.add_parser(
        "cadence", help="报送情况：按时、迟报、未报，催报，报送日历",
        description="各单位应报的项次中按时、迟报、未报各多少，报送率和按时率；不带命令即列出。",
    )  # fmt: skip
    listed.add_argument("--province", metavar="省份")
    listed.add_argument("--on", metavar="日期", help="看哪一天，默认今天")
    listed.add_argument("--known-at", metavar="时间", help="按当时已知的数据和登记")
    listed.add_argument("--region", metavar="地区", help="只看某一地区")
    listed.add_argument("--ledger", metavar="台账", help="只看某一台账认定的事项")
    listed.add_argument(
        "--months",
        type=int,
        default=MONTHS,
        metavar="月数",
        help=f"看多少个月以内到期的，默认{MONTHS}，0为全部",
    )
    listed.add_argument("--csv", action="store_true", help="逐项次输出CSV")
    listed.add_argument("--reminders", action="store_true", help="只输出各单位的催报文字")
    answered_by(listed, show_cadence)
    actions = listed.add_subparsers(title="命令", metavar="命令")
    _calendar_action(actions)
    action = actions.add_parser(
        "exempt", help="认定免报", description="认定某单位的一期或几期不需要报送，写明理由；记录只增不改，写入操作日志。"
    )  # fmt: skip
    action.add_argument("duty", metavar="事项", help="事项编号，例如 national_employers")
    action.add_argument("region", metavar="地区", help="由谁报送：地区、县区或“省级”")
    action.add_argument(
        "due", nargs="+", metavar="到期日", help="哪一天到期的一期，例如 2024-09-30，可以几期"
    )
    action.add_argument("--province", metavar="省份")
    action.add_argument("--by", metavar="姓名", help="经办人")
    action.add_argument("--reason", required=True, metavar="理由")
    answered_by(action, exempt_duty)


def _calendar_action(actions: Any) -> None:
    action = actions.add_parser(
        "calendar", help="写日历文件", description="把今后到期的事项写成日历文件（.ics）。"
    )
    action.add_argument("--out", required=True, metavar="文件", help="存成哪个文件，或存到哪个文件夹")
    action.add_argument("--province", metavar="省份")
    action.add_argument("--region", metavar="地区", help="只写某一地区应报的")
    action.add_argument("--on", metavar="日期", help="从哪一天起，默认今天")
    answered_by(action, write_calendar)
