"""`report`: the same documents as the page's, from a script."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from zyb.access import on_this_machine
from zyb.answers.progress import report_days
from zyb.briefing.checking import check_named
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.briefing.outlines import campaign_texts, plans
from zyb.briefing.text.rewording import settle
from zyb.cli.places import default_province, target_file, write_file
from zyb.cli.printing import print_json
from zyb.cli.terminal import complain, hand_over, say, say_lines
from zyb.cli.words import DONE, REFUSED, a_day, a_moment, answered_by
from zyb.errors import NotPossible, ZybError
from zyb.exports.documents import FORMATS, TEXT, Format
from zyb.exports.message import message
from zyb.periods import today
from zyb.rulebook.measures import campaigns
from zyb.rulebook.regions import Roster, load_roster
from zyb.settings import DEMO_WARNING, data_folder, is_demo
from zyb.store import Store

EVERY_CAMPAIGN = "all"
STANDARD_OUTPUT = "-"


def write_report(store: Store, arguments: argparse.Namespace) -> int:
    """Writes the file and says where; refused (2) while a check fails that nobody let stand."""
    form, to_output = FORMATS[arguments.form], arguments.out == STANDARD_OUTPUT
    if to_output and arguments.json:
        raise ZybError("--out - 与 --json 不能同时使用。", "请改写文件名，或去掉 --json。")
    settle(store, data_folder())
    briefing = compose(
        store,
        _request(store, arguments),
        folder=data_folder(),
        demo_warning=DEMO_WARNING if is_demo() else "",
    )
    if briefing.blocked:
        return _refuse(briefing, arguments.json)
    if to_output:
        _put_out(form, briefing)
        return DONE
    path = target_file(Path(arguments.out), form.file_name(briefing))
    write_file(path, form.write(briefing, data_folder(), to=on_this_machine()))
    if arguments.json:
        print_json({"file": str(path), "as_of": briefing.as_of.isoformat(), "checks": _checks(briefing)})
    else:
        say(f"已生成：{path}")
    return DONE


def _put_out(form: Format, briefing: Briefing) -> None:
    """A text as lines, everything else as the bytes of its file."""
    if form.id == TEXT:
        say_lines(message(briefing))
    else:
        hand_over(form.write(briefing, data_folder(), to=on_this_machine()))


def _request(store: Store, arguments: argparse.Namespace) -> Request:
    roster = load_roster(arguments.province or default_province(store))
    campaign = "" if arguments.campaign == EVERY_CAMPAIGN else arguments.campaign
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    return Request(
        province=roster.province, kind=arguments.kind,
        on=a_day(arguments.on) if arguments.on else _newest(store, roster, campaign), campaign=campaign,
        region_code=_region_code(roster, arguments.region), known_at=known_at, number=arguments.number or "",
        requirements=tuple(arguments.demand or ()), accepted=tuple(map(check_named, arguments.accept or ())),
    )  # fmt: skip


def _newest(store: Store, roster: Roster, campaign: str) -> date:
    named = [name for told in campaign_texts(campaign) for name in told.measures]
    days = [day for name in named for day in report_days(store, roster.province, name)]
    return max(days, default=today())


def _region_code(roster: Roster, text: str | None) -> str:
    if not text:
        return ""
    region = roster.find(text)
    if region is None:
        raise NotPossible(
            f"{roster.province}没有地区“{text}”。",
            f"可用的地区：{'、'.join(r.name for r in roster.regions)}。",
        )
    return region.code


def _checks(briefing: Briefing) -> list[dict[str, object]]:
    return [
        {"id": c.id, "title": c.title, "passed": c.passed, "accepted": c.accepted, "detail": c.detail}
        for c in briefing.checks
    ]


def _refuse(briefing: Briefing, as_json: bool) -> int:
    if as_json:
        print_json({"file": None, "as_of": briefing.as_of.isoformat(), "checks": _checks(briefing)})
        return REFUSED
    complain("校核未通过，没有生成文件：")
    for check in briefing.checks:
        if check.blocks:
            complain(f"  {check.told}：{check.detail}")
            complain(f"  如不改正，可加 --accept {check.id} 作为说明写入文件。")
    return REFUSED


def report_command(commands: Any) -> None:
    report = commands.add_parser(
        "report",
        help="生成通报、汇报、统计表",
        description="生成文件；校核未通过时不生成，除非用 --accept 说明。",
    )
    report.add_argument("form", choices=list(FORMATS), metavar="文件", help="、".join(FORMATS))
    report.add_argument(
        "--campaign", choices=[*campaigns(), EVERY_CAMPAIGN], default=next(iter(campaigns())), metavar="专项",
        help="专项编号：" + "、".join([*campaigns(), EVERY_CAMPAIGN]),
    )  # fmt: skip
    report.add_argument(
        "--kind", choices=list(plans().kinds), default="quarterly", metavar="种类",
        help="、".join(f"{kind.id} {kind.title}" for kind in plans().kinds.values()),
    )  # fmt: skip
    report.add_argument("--province", metavar="省份")
    report.add_argument("--region", metavar="地区", help="只写这个地区；督办单必填")
    report.add_argument("--on", metavar="日期", help="看哪一天的数据，默认最新")
    report.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    report.add_argument("--number", metavar="文号", help="例如 ×卫办职业函〔2024〕12号")
    report.add_argument("--demand", action="append", metavar="要求", help="工作要求，可写多次，每次一段")
    report.add_argument(
        "--accept", action="append", metavar="校核项", help="未通过的校核项作为说明写入，可写多次"
    )
    report.add_argument("--out", required=True, metavar="位置", help="文件夹，或文件名；- 为标准输出")
    answered_by(report, write_report)
