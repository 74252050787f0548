"""`duties`: 报送与节点, what is due from whom and how it stands; records that something was done, and their taking back."""

from __future__ import annotations

import argparse
from typing import Any

from zyb.access import on_this_machine
from zyb.alerting import find_region
from zyb.answers import ticking
from zyb.answers.duties import duty_survey
from zyb.cli.places import default_province
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.errors import ZybError
from zyb.periods import today
from zyb.rulebook.campaigns import closing_of
from zyb.rulebook.duties import duties, duty_rules
from zyb.rulebook.regions import load_roster
from zyb.standing.duties import DutyStanding, DutySurvey
from zyb.store import Store
from zyb.wording.closings import duties_rest, ended

TABLE = {
    "due": "到期", "title": "事项", "state": "状态", "fulfilled": "完成", "open": "未完成", "duty": "编号",
}  # fmt: skip
# What is told of unasked: what is overdue or will be soon.
PRESSING = ("overdue", "soon")


def duty_row(standing: DutyStanding) -> dict[str, Any]:
    """A time that something is due, as others read it; the duty by its id, as the commands want it."""
    return {
        "duty": standing.duty.id,
        "title": standing.title,
        "campaign": standing.duty.campaign or None,
        "due": standing.term.due.isoformat(),
        "state": standing.state.title,
        "closed": standing.closing.day.isoformat() if standing.closing else None,
        "fulfilled": standing.fulfilled,
        "of": len(standing.cells),
        "regions": [
            {
                "region": cell.subject.name,
                "state": cell.state.title,
                "day": cell.done.came.isoformat() if cell.done else None,
                "told": cell.done.told if cell.done else cell.excuse or None,
            }
            for cell in standing.cells
        ],
        "basis": standing.duty.basis,
        "clause": standing.duty.clause,
        "note": standing.duty.note or None,
    }


def list_duties(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or default_province(store)
    on = a_day(arguments.on) if arguments.on else today()
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    region = find_region(province, arguments.region).code if arguments.region else None
    found = duty_survey(store, province, on, known_at).within(region)
    wanted = _wanted_states(arguments.state, arguments.all)
    shown = [standing for standing in found.standings if any(standing.count(state) for state in wanted)]
    if arguments.json:
        print_json([duty_row(standing) for standing in shown])
    else:
        _print_duties(found, shown)
    return DONE


def _wanted_states(text: str | None, everything: bool) -> tuple[str, ...]:
    titles = {state.title: name for name, state in duty_rules().states.items()}
    if text and text not in titles:
        raise ZybError(f"没有状态“{text}”。", f"可用的状态：{'、'.join(titles)}。")
    return (titles[text],) if text else tuple(titles.values()) if everything else PRESSING


def _print_duties(found: DutySurvey, shown: list[DutyStanding]) -> None:
    counted, states = found.counts(), found.rules.states
    told = "，".join(f"{states[name].title}{number}项次" for name, number in counted.items() if number)
    say(f"{found.province} · 报送与节点 · {found.on} · {told or '没有到起始日的事项'}")
    if shown:
        print_table([list(TABLE.values()), *([_cell(one, name) for name in TABLE] for one in shown)])
    if rest := duties_rest(found):
        say(rest)


def _cell(standing: DutyStanding, name: str) -> str:
    if name == "fulfilled":
        return f"{standing.fulfilled}/{len(standing.cells)}"
    if name == "open":
        return "、".join(cell.subject.short for cell in standing.cells if not cell.fulfilled)
    return str(duty_row(standing)[name])


def tick_duty(store: Store, arguments: argparse.Namespace) -> int:
    place = _place(store, arguments)
    ticking.tick(
        store, *place, by=on_this_machine(arguments.by), day=a_day(arguments.day),
        person=arguments.person or "", file=arguments.file or "", note=arguments.note or "",
    )  # fmt: skip
    return _done(arguments, f"已登记。{_over(*place[:2])}")


def _over(province: str, duty_id: str) -> str:
    """Of what nobody is reminded of any more."""
    province = load_roster(province).province
    duty = next(one for one in duties(province) if one.id == duty_id)
    closing = closing_of(province, duty.campaign, today()) if duty.campaign else None
    return f"{ended(closing)}，该项不再提醒。" if closing else ""


def untick_duty(store: Store, arguments: argparse.Namespace) -> int:
    ticking.untick(
        store, *_place(store, arguments), by=on_this_machine(arguments.by), reason=arguments.reason
    )
    return _done(arguments, "登记已撤销，记录仍然保留。")


def _place(store: Store, arguments: argparse.Namespace) -> tuple[str, str, str, Any]:
    """Province, duty, who owes it and the day that it is due."""
    province = arguments.province or default_province(store)
    return province, arguments.duty, arguments.region, a_day(arguments.due)


def _done(arguments: argparse.Namespace, words: str) -> int:
    if arguments.json:
        print_json({"duty": arguments.duty, "region": arguments.region, "due": arguments.due, "done": True})
    else:
        say(words)
    return DONE


def duties_command(commands: Any) -> None:
    listed = commands.add_parser(
        "duties", help="报送与节点：查看、登记、撤销登记",
        description="谁在什么日期以前报送或完成什么，逾期的和即将到期的；不带命令即列出。",
    )  # fmt: skip
    listed.add_argument("--province", metavar="省份")
    listed.add_argument("--on", metavar="日期", help="看哪一天，默认今天")
    listed.add_argument("--known-at", metavar="时间", help="按当时已知的数据和登记")
    listed.add_argument("--region", metavar="地区", help="只看某一地区")
    listed.add_argument("--state", metavar="状态", help="只看某一状态，例如 逾期、即将到期、已完成")
    listed.add_argument("--all", action="store_true", help="已完成的、未到期的也列出")
    answered_by(listed, list_duties)
    actions = listed.add_subparsers(title="命令", metavar="命令")
    for name, title, answer in (("tick", "登记完成", tick_duty), ("untick", "撤销登记", untick_duty)):
        action = actions.add_parser(name, help=title, description=f"{title}；记录只增不改，写入操作日志。")
        action.add_argument("duty", metavar="事项", help="事项编号，例如 shaanxi_year_2024")
        action.add_argument("region", metavar="地区", help="由谁报送：地区、县区或“省级”")
        action.add_argument("due", metavar="到期日", help="哪一天到期的一期，例如 2024-11-15")
        action.add_argument("--province", metavar="省份")
        action.add_argument("--by", metavar="姓名", help="经办人")
        if name == "tick":
            action.add_argument("--day", required=True, metavar="日期", help="实际完成或报送的日期")
            action.add_argument("--person", metavar="姓名", help="报送人，默认为经办人")
            action.add_argument("--file", metavar="文件", help="文件名称或文号")
            action.add_argument("--note", metavar="说明")
        else:
            action.add_argument("--reason", required=True, metavar="原因")
        answered_by(action, answer)
