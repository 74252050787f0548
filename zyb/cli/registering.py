"""`snapshots`, `templates` and `demo`: the register, blank forms, an invented year."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zyb import demo
from zyb.access import on_this_machine
from zyb.cli.places import default_province, write_file
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE
from zyb.errors import NotPossible
from zyb.exports.books.template import blank_template, template_name
from zyb.periods import in_beijing
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.settings import (
    DEMO_WARNING,
    demo_folder,
)
from zyb.store import Snapshot, Store
from zyb.uploads import withdraw


def make_demo(arguments: argparse.Namespace) -> int:
    """The demo has a database of its own: the installation's is not even opened."""
    folder = Path(arguments.data).resolve() if arguments.data else demo_folder()
    built = demo.build(folder, months=range(1, arguments.months + 1), tell=None if arguments.json else _tell)
    if arguments.json:
        print_json({**asdict(built), "folder": str(built.folder)})
    else:
        say(
            f"{DEMO_WARNING}。共 {built.files} 个文件、{built.snapshots} 个批次，本次新增 {built.added} 个文件。"
        )
    return DONE


def _tell(done: int, of: int, report: demo.InventedFile) -> None:
    say(f"{done}/{of} {report.file_name}")


def _snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    row = asdict(snapshot)
    for name in ("as_of", "uploaded_at", "withdrawn_at"):
        row[name] = row[name].isoformat() if row[name] else None
    row["province"] = load_roster(row.pop("province_code")).province
    return row


def list_snapshots(store: Store, arguments: argparse.Namespace) -> int:
    code = load_roster(arguments.province).province_code if arguments.province else None
    found = store.snapshots(code)
    if arguments.json:
        print_json([_snapshot_row(snapshot) for snapshot in found])
        return DONE
    table = [["批次", "台账", "省份", "数据截至", "上报时间", "上报人", "文件", "状态"]]
    for snapshot in found:
        table.append([
            str(snapshot.id), ledgers()[snapshot.ledger].title, load_roster(snapshot.province_code).province,
            str(snapshot.as_of), f"{in_beijing(snapshot.uploaded_at):%Y-%m-%d %H:%M}", snapshot.uploaded_by,
            snapshot.file_name, f"已撤回：{snapshot.withdrawal_reason}" if snapshot.withdrawn else "有效",
        ])  # fmt: skip
    print_table(table)
    return DONE


def withdraw_snapshot(store: Store, arguments: argparse.Namespace) -> int:
    withdraw(store, arguments.snapshot, by=on_this_machine(arguments.by), reason=arguments.reason)
    if arguments.json:
        print_json(_snapshot_row(store.snapshot(arguments.snapshot)))
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
