"""`snapshots`, `templates` and `demo`: the register, blank forms, an invented year."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zyb import demo
from zyb.access import on_this_machine
from zyb.alerting import find_region
from zyb.cli.places import default_province, write_file
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE, answered_by
from zyb.errors import NotPossible
from zyb.exports.books.template import blank_template, template_name
from zyb.inquiries.register import SNAPSHOT_STATES, RegisterInquiry
from zyb.periods import in_beijing, today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.settings import (
    DEMO_WARNING,
    demo_folder,
)
from zyb.store import RegisterLine, Snapshot, Store
from zyb.uploads import withdraw


def make_demo(arguments: argparse.Namespace) -> int:
    """The demo has a database of its own: the installation's is not even opened."""
    folder = Path(arguments.data).resolve() if arguments.data else demo_folder()
    last = _last_month(arguments.until) if arguments.until else arguments.months
    built = demo.build(folder, months=range(1, last + 1), tell=None if arguments.json else _tell)
    if arguments.json:
        print_json({**asdict(built), "folder": str(built.folder)})
    else:
        say(
            f"{DEMO_WARNING}。共 {built.files} 个文件、{built.snapshots} 个批次，本次新增 {built.added} 个文件。"
        )
    return DONE


def _last_month(text: str) -> int:
    """2026-03 as the number of a month of the invented history."""
    months = {f"{demo.month_end(number):%Y-%m}": number for number in range(1, demo.LAST_MONTH + 1)}
    if text not in months:
        raise NotPossible(
            f"演示数据没有“{text}”这个月。",
            f"请填写 {min(months)} 到 {max(months)} 之间的月份，例如 {max(months)}。",
        )
    return months[text]


def _tell(done: int, of: int, report: demo.InventedFile) -> None:
    say(f"{done}/{of} {report.file_name}")


def _snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    row = asdict(snapshot)
    for name in ("as_of", "uploaded_at", "withdrawn_at"):
        row[name] = row[name].isoformat() if row[name] else None
    row["province"] = load_roster(row.pop("province_code")).province
    return row


def list_snapshots(store: Store, arguments: argparse.Namespace) -> int:
    page = store.register_page(_asked(store, arguments), limit=arguments.limit, offset=arguments.offset)
    if arguments.json:
        print_json([_register_row(line) for line in page.lines])
        return DONE
    table = [["批次", "台账", "省份", "数据截至", "上报时间", "上报人", "文件", "状态"]]
    for snapshot, state in ((line.snapshot, SNAPSHOT_STATES[line.state]) for line in page.lines):
        table.append([
            str(snapshot.id), ledgers()[snapshot.ledger].title, load_roster(snapshot.province_code).province,
            str(snapshot.as_of), f"{in_beijing(snapshot.uploaded_at):%Y-%m-%d %H:%M}", snapshot.uploaded_by,
            snapshot.file_name, f"已撤回：{snapshot.withdrawal_reason}" if snapshot.withdrawn else state,
        ])  # fmt: skip
    print_table(table)
    if len(page.lines) < page.total:
        say(f"共 {page.total} 个批次，这里列出 {len(page.lines)} 个；用 --offset 看其他的。")
    return DONE


def _register_row(line: RegisterLine) -> dict[str, Any]:
    return {**_snapshot_row(line.snapshot), "state": SNAPSHOT_STATES[line.state]}


def _asked(store: Store, arguments: argparse.Namespace) -> RegisterInquiry:
    """Without a province all of them; regions are one province's."""
    wanted = arguments.province or (default_province(store) if arguments.region else "")
    province = load_roster(wanted).province if wanted else ""
    states = {title: state for state, title in SNAPSHOT_STATES.items()}
    if arguments.state and arguments.state not in states:
        raise NotPossible(f"没有状态“{arguments.state[:20]}”。", f"可用的状态：{'、'.join(states)}。")
    if min(arguments.limit or 0, arguments.offset) < 0:
        raise NotPossible("--limit 和 --offset 不能小于 0。", "请填写 0 或更大的整数。")
    return RegisterInquiry(
        province=province, ledgers=(arguments.ledger,) if arguments.ledger else (),
        regions=(find_region(province, arguments.region).code,) if arguments.region else (),
        states=(states[arguments.state],) if arguments.state else (), people=(arguments.by,) if arguments.by else (),
        text=arguments.text or "",
    )  # fmt: skip


def withdraw_snapshot(store: Store, arguments: argparse.Namespace) -> int:
    withdraw(store, arguments.snapshot, by=on_this_machine(arguments.by), reason=arguments.reason)
    if arguments.json:
        line = store.register_line(arguments.snapshot)
        print_json(_register_row(line) if line else None)
    else:
        say(f"批次 {arguments.snapshot} 已撤回。如需恢复，重新上报原文件即可。")
    return DONE


def write_templates(store: Store, arguments: argparse.Namespace) -> int:
    roster = load_roster(arguments.province or default_province(store))
    region = roster.find(arguments.region) if arguments.region else None
    if arguments.region and region is None:
        raise NotPossible(f"“{arguments.region}”不在{roster.province}的地区名册中。", "请改为名册中的地区。")
    if not 2000 <= arguments.year <= 2099:
        raise NotPossible(f"年度 {arguments.year} 有误。", "请填写四位年份，例如 2025。")
    folder, made = Path(arguments.out), []
    wanted = [ledgers()[arguments.ledger]] if arguments.ledger else list(ledgers().values())
    for ledger in wanted:
        name = template_name(ledger, roster, arguments.year, region)
        write_file(folder / name, blank_template(ledger, roster, arguments.year, region))
        made.append({"ledger": ledger.id, "file": name, "province": roster.province, "year": arguments.year})
    if arguments.json:
        print_json(made)
    else:
        for template in made:
            say(template["file"])
        say(f"已生成 {len(made)} 个空白模板。")
    return DONE


def templates_command(commands: Any) -> None:
    forms = commands.add_parser("templates", help="生成空白模板", description="生成各台账的空白模板。")
    forms.add_argument("--out", required=True, metavar="文件夹", help="模板存到哪个文件夹")
    forms.add_argument("--province", metavar="省份")
    forms.add_argument("--region", metavar="地区", help="只含这个地区的模板")
    forms.add_argument("--year", type=int, default=today().year, metavar="年度", help="默认今年")
    forms.add_argument("--ledger", choices=list(ledgers()), metavar="台账", help="台账编号，默认全部")
    answered_by(forms, write_templates)


def demo_command(commands: Any) -> None:
    invented = commands.add_parser(
        "demo", help="生成演示数据", description="在单独的目录里生成虚构的一年；已经生成的不再重复。"
    )
    invented.add_argument("--data", metavar="目录", help="演示数据目录，默认 data/local/demo")
    how_much = invented.add_mutually_exclusive_group()
    how_much.add_argument(
        "--months", type=int, choices=range(1, 13), default=12, metavar="月数", help="生成前几个月，默认 12"
    )
    how_much.add_argument(
        "--until", metavar="月份", help="连同续篇生成到哪个月，例如 2026-03；不写只有第一年"
    )
    answered_by(invented, make_demo)


def snapshots_command(commands: Any) -> None:
    register = commands.add_parser("snapshots", help="历史批次：查看、撤回", description="历史批次。")
    actions = register.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出批次", description="列出批次，新的在前。")
    listing.add_argument("--province", metavar="省份")
    listing.add_argument("--ledger", choices=list(ledgers()), metavar="台账", help="台账编号")
    listing.add_argument("--region", metavar="地区")
    listing.add_argument("--state", metavar="状态", help="、".join(SNAPSHOT_STATES.values()))
    listing.add_argument("--by", metavar="姓名", help="上报人")
    listing.add_argument("--text", metavar="文字", help="批次号、文件名、来源、原因或校验码中的文字")
    listing.add_argument("--limit", type=int, metavar="个数", help="最多列出多少个，默认全部")
    listing.add_argument("--offset", type=int, default=0, metavar="个数", help="跳过前多少个，默认 0")
    answered_by(listing, list_snapshots)
    withdrawal = actions.add_parser(
        "withdraw", help="撤回批次", description="撤回一个批次；记录保留，不删除数据。"
    )
    withdrawal.add_argument("snapshot", type=int, metavar="批次号")
    withdrawal.add_argument("--reason", required=True, metavar="原因")
    withdrawal.add_argument("--by", metavar="姓名", help="撤回人")
    answered_by(withdrawal, withdraw_snapshot)
