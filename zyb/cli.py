"""`python -m zyb …`: the same doors as the screen, for scripts and for the night.

Exit codes: 0 done (or already there), 2 refused for what is in the file, 1 anything else.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import logging
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from zyb import __version__, alerting, demo
from zyb.access import LOCAL_ADMIN
from zyb.alerting import Alert, Fault
from zyb.alerts import STATES, alert_rules
from zyb.errors import NotPossible, ZybError
from zyb.exports.template import blank_template, template_name
from zyb.indicators import Standing, Standings
from zyb.intake import Given
from zyb.ledgers import ledgers
from zyb.measures import measures
from zyb.numerals import percent, points
from zyb.overrides import override, take_back
from zyb.problems import SEVERITY_WORDS
from zyb.progress import report_days, standings, view
from zyb.reading import BULK_LIMITS
from zyb.regions import load_roster
from zyb.settings import (
    DEMO_WARNING,
    data_folder,
    demo_folder,
    home_province,
    open_store,
    provinces_with_data,
)
from zyb.store import Snapshot, Store, VerdictRecord
from zyb.uploads import Prepared, accept, files_in, prepare_all
from zyb.verdicts import verdicts

DONE, FAILED, REFUSED = 0, 1, 2
STATUS_WORDS = {"accepted": "已入库", "duplicate": "内容相同，此前已入库", "refused": "未入库"}
STANDING_FIELDS = (
    "region", "numerator", "denominator", "value", "target", "pace", "gap", "remaining",
    "share_of_remaining", "rank", "verdict", "proposed_verdict", "override_reason",
)  # fmt: skip


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings, whose complaints are not mistaken for a refused file (2)."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "add_help": False})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{_complaint(message)}请用 {self.prog} --help 查看用法。\n")
        raise SystemExit(FAILED)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)


COMPLAINTS = (
    (r"unrecognized arguments: (.+)", "不认识的参数：{}。"),
    (r"the following arguments are required: (.+)", "缺少参数：{}。"),
    (r"argument (\S+): expected .+", "参数 {} 后面缺少内容。"),
    (r"argument (\S+): invalid choice: '?(.+?)'? \(choose from .+", "参数 {} 不能是“{}”。"),
    (r"argument (\S+): invalid int value: '(.+)'", "参数 {} 应为数字，现为“{}”。"),
)


def _complaint(message: str) -> str:
    """argparse's English in Chinese."""
    for pattern, sentence in COMPLAINTS:
        if found := re.fullmatch(pattern, message):
            return sentence.format(*found.groups())
    return "命令不完整或写法有误。"


def _a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ZybError(f"日期“{text}”写法有误。", "请写成 2024-03-01 的形式。") from None


def _a_moment(text: str) -> datetime:
    """A bare day means the end of that day; without a zone the machine's own is meant."""
    try:
        if len(text) == len("2024-03-01"):
            return datetime.combine(date.fromisoformat(text), time.max).astimezone()
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise ZybError(f"时间“{text}”写法有误。", "请写成 2024-03-01 或 2024-03-01T08:00 的形式。") from None


# -- import -----------------------------------------------------------------------------


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(BULK_LIMITS.max_bytes + 1)
    except OSError:
        raise ZybError(f"无法打开文件“{path.name}”。", "请核对文件是否存在、是否有权读取。") from None


def _outcome(prepared: Prepared, snapshot: int | None) -> dict[str, Any]:
    found = prepared.submission
    return {
        "file": prepared.file_name,
        "status": prepared.status,
        "ledger": found.ledger.id if found.ledger else None,
        "province": found.roster.province if found.roster else None,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "snapshot": snapshot,
        "rows": found.n_rows,
        "regions": len(found.region_codes),
        "problems": [problem.as_dict() for problem in found.problems],
    }


def _print_outcome(outcome: dict[str, Any], dry_run: bool) -> None:
    known = ledgers().get(outcome["ledger"] or "")
    tried = "校验通过，未入库（仅校验）" if dry_run and outcome["status"] == "accepted" else ""
    print(f"{outcome['file']}：{tried or STATUS_WORDS[outcome['status']]}")
    if known:
        print(f"  {known.title} · {outcome['province'] or '省份未定'} · 数据截至 {outcome['as_of'] or '未定'}"
              f" · {outcome['rows']} 行 {outcome['regions']} 个地区"
              + (f" · 批次 {outcome['snapshot']}" if outcome["snapshot"] else ""))  # fmt: skip
    for found in outcome["problems"]:
        print(f"  [{SEVERITY_WORDS[found['severity']]}] {found['message']}{found['remedy']}")


def _given(store: Store, arguments: argparse.Namespace) -> Given:
    return Given(
        date.today(),
        ledger=arguments.ledger,
        province=arguments.province,
        preferred_province=_default_province(store),
        region=arguments.region,
        as_of=_a_day(arguments.as_of) if arguments.as_of else None,
        bulk=True,
    )


def _import(store: Store, arguments: argparse.Namespace) -> int:
    outcomes = []
    given = _given(store, arguments)
    # All files are opened first: a slip in one name leaves nothing half done.
    opened = [(Path(file).name, _bytes_of(Path(file))) for file in arguments.files]
    contents = [inside for name, content in opened for inside in files_in(content, name)]
    for name, content in contents:
        for prepared in prepare_all(store, content, name, given, arguments.reason or ""):
            snapshot = prepared.duplicate_of
            if prepared.status == "accepted" and not arguments.dry_run:
                snapshot = accept(store, prepared, by=arguments.by or LOCAL_ADMIN.name)
            outcomes.append(_outcome(prepared, snapshot))
    if arguments.json:
        _print_json(outcomes)
    else:
        for outcome in outcomes:
            _print_outcome(outcome, arguments.dry_run)
    return REFUSED if any(outcome["status"] == "refused" for outcome in outcomes) else DONE


# -- standings --------------------------------------------------------------------------


def _plain(value: Fraction | int | None) -> float | int | None:
    return float(value) if isinstance(value, Fraction) else value


def standing_row(standing: Standing) -> dict[str, Any]:
    """A standing as others read it: shares as numbers between 0 and 1, the verdict in words."""
    said = {
        "verdict": standing.verdict.title,
        "proposed_verdict": standing.proposed.title,
        "override_reason": standing.override.reason if standing.override else None,
    }
    return {name: said[name] if name in said else _plain(getattr(standing, name)) for name in STANDING_FIELDS}


def _default_province(store: Store) -> str:
    return next(iter(provinces_with_data(store)), home_province())


def _province_measured(store: Store, measure_id: str) -> str:
    """Without --province: the installation's own, or else the first that has figures for the measure."""
    known = provinces_with_data(store)
    measured = (name for name in known if report_days(store, name, measure_id))
    return next(measured, _default_province(store))


def _standings(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or _province_measured(store, arguments.measure)
    known_at = _a_moment(arguments.known_at) if arguments.known_at else None
    days = report_days(store, province, arguments.measure, known_at)
    on = _a_day(arguments.on) if arguments.on else (days[-1] if days else date.today())
    found = standings(store, view(store, province, arguments.measure, on, known_at))
    rows = [standing_row(standing) for standing in (found.province, *found.by_gap())]
    if arguments.json:
        _print_json(rows)
    elif arguments.csv:
        _print_csv(rows)
    else:
        _print_standings(found, province)
    return DONE


def _print_standings(found: Standings, province: str) -> None:
    until = f"数据截至 {found.as_of}" if found.as_of else "尚无数据"
    print(f"{load_roster(province).province} · {found.measure.title} · {until}")
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
            str(standing.rank or ""), standing.region, _text(standing.denominator), _text(standing.numerator),
            percent(standing.value), percent(standing.pace), points(standing.gap), _text(standing.remaining),
            percent(standing.share_of_remaining), _verdict_text(standing),
        ])  # fmt: skip
    _print_table(table)


def _verdict_text(standing: Standing) -> str:
    changed = f"（人工调整，规则评价：{standing.proposed.title}）" if standing.override else ""
    return standing.verdict.title + changed


# -- verdicts of people -------------------------------------------------------------------


def _verdict_row(record: VerdictRecord) -> dict[str, Any]:
    """What a person said of a region's figures; `verdict` is null where it was taken back."""
    roster, titles = load_roster(record.province_code), {v.id: v.title for v in verdicts().values()}
    region = roster.region(record.region_code)
    return {
        "id": record.id, "region": region.name if region else record.region_code, "measure": record.measure,
        "as_of": record.as_of.isoformat(), "proposed_verdict": titles.get(record.proposed, record.proposed),
        "verdict": titles.get(record.verdict, record.verdict) or None, "reason": record.reason,
        "recorded_by": record.recorded_by, "recorded_at": record.recorded_at.isoformat(),
    }  # fmt: skip


def _list_verdicts(store: Store, arguments: argparse.Namespace) -> int:
    code = load_roster(arguments.province or _default_province(store)).province_code
    rows = [_verdict_row(record) for record in reversed(store.verdict_records(code))]
    if arguments.json:
        _print_json(rows)
        return DONE
    table = [["编号", "地区", "指标", "数据截至", "规则评价", "调整为", "理由", "经办人"]]
    for row in rows:
        said = row["verdict"] or "（撤销调整）"
        table.append([
            str(row["id"]), row["region"], row["measure"], row["as_of"], row["proposed_verdict"], said, row["reason"],
            row["recorded_by"],
        ])  # fmt: skip
    _print_table(table)
    return DONE


def _set_verdict(store: Store, arguments: argparse.Namespace) -> int:
    wanted = next((v.id for v in verdicts().values() if v.title == arguments.verdict), arguments.verdict)
    found, code = _judged(store, arguments)
    override(store, found, code, wanted, arguments.reason, by=arguments.by or LOCAL_ADMIN.name)
    return _print_remark(arguments, "评价已调整。有新数据后按规则重新评价。")


def _unset_verdict(store: Store, arguments: argparse.Namespace) -> int:
    found, code = _judged(store, arguments)
    take_back(store, found, code, arguments.reason, by=arguments.by or LOCAL_ADMIN.name)
    return _print_remark(arguments, "调整已撤销，恢复规则评价。")


def _judged(store: Store, arguments: argparse.Namespace) -> tuple[Standings, str]:
    """The figures of the day asked for (else the newest) and the region's code."""
    province = arguments.province or _province_measured(store, arguments.measure)
    days = report_days(store, province, arguments.measure)
    on = _a_day(arguments.on) if arguments.on else (days[-1] if days else date.today())
    region = alerting.find_region(province, arguments.region)
    return standings(store, view(store, province, arguments.measure, on)), region.code


# -- alerts -----------------------------------------------------------------------------

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
        return _a_day(arguments.on)
    return alerting.newest_day(store, province) or date.today()


def _a_state(text: str) -> str:
    states = [*(alert_rules().states[name].title for name in STATES), FAULT_STATE]
    if text not in states:
        raise ZybError(f"没有状态“{text}”。", f"可用的状态：{'、'.join(states)}。")
    return text


def _list_alerts(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or _default_province(store)
    known_at = _a_moment(arguments.known_at) if arguments.known_at else None
    on = _alert_day(store, arguments, province)
    found = alerting.survey(store, province, on, known_at, arguments.measure)
    rows = [*map(alert_row, found.alerts), *map(fault_row, found.faults)]
    if arguments.region:
        name = alerting.find_region(province, arguments.region).name
        rows = [row for row in rows if row["region"] == name]
    if arguments.state:
        state = _a_state(arguments.state)
        rows = [row for row in rows if row["state"] == state]
    if arguments.json:
        _print_json(rows)
    else:
        _print_alerts(rows, load_roster(province).province, on)
    return DONE


def _print_alerts(rows: list[dict[str, Any]], province: str, on: date) -> None:
    print(f"{province} · 滞后预警 · {on}" + ("" if rows else " · 没有符合条件的预警"))
    if rows:
        titles = {ledger.id: ledger.title for ledger in ledgers().values()}
        titles |= {measure.id: measure.title for measure in measures(province).values()}
        shown = [{**row, "measure": titles[row["measure"]]} for row in rows]
        _print_table([
            list(ALERT_TABLE.values()),
            *([str(row[name] or "") for name in ALERT_TABLE] for row in shown),
        ])  # fmt: skip


def _claim(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or _default_province(store)
    alerting.claim(
        store, province, arguments.region, arguments.measure, _alert_day(store, arguments, province),
        by=arguments.by or LOCAL_ADMIN.name, owner=arguments.owner or "", cause=arguments.cause,
        action=arguments.action, due=_a_day(arguments.due),
    )  # fmt: skip
    return _print_remark(arguments, "预警已认领。")


def _release(store: Store, arguments: argparse.Namespace) -> int:
    return _remark(store, arguments, alerting.release, "预警已解除。下一期仍滞后的，将重新预警。")


def _note(store: Store, arguments: argparse.Namespace) -> int:
    return _remark(store, arguments, alerting.note, "备注已记录。")


def _remark(store: Store, arguments: argparse.Namespace, write: Callable[..., int], done: str) -> int:
    province = arguments.province or _default_province(store)
    day, by = _alert_day(store, arguments, province), arguments.by or LOCAL_ADMIN.name
    write(store, province, arguments.region, arguments.measure, day, by=by, reason=arguments.reason)
    return _print_remark(arguments, done)


def _print_remark(arguments: argparse.Namespace, done: str) -> int:
    if arguments.json:
        _print_json({"region": arguments.region, "measure": arguments.measure, "done": True})
    else:
        print(done)
    return DONE


# -- demo -------------------------------------------------------------------------------


def _demo(arguments: argparse.Namespace) -> int:
    """The demo has a database of its own: the installation's is not even opened."""
    folder = Path(arguments.data).resolve() if arguments.data else demo_folder()
    built = demo.build(folder, months=range(1, arguments.months + 1), tell=None if arguments.json else _tell)
    if arguments.json:
        _print_json({**asdict(built), "folder": str(built.folder)})
    else:
        print(
            f"{DEMO_WARNING}。共 {built.files} 个文件、{built.snapshots} 个批次，本次新增 {built.added} 个文件。"
        )
    return DONE


def _tell(done: int, of: int, report: demo.Report) -> None:
    print(f"{done}/{of} {report.file_name}", flush=True)


# -- snapshots --------------------------------------------------------------------------


def _snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    row = asdict(snapshot)
    for name in ("as_of", "uploaded_at", "withdrawn_at"):
        row[name] = row[name].isoformat() if row[name] else None
    row["province"] = load_roster(row.pop("province_code")).province
    return row


def _list_snapshots(store: Store, arguments: argparse.Namespace) -> int:
    code = load_roster(arguments.province).province_code if arguments.province else None
    found = store.snapshots(code)
    if arguments.json:
        _print_json([_snapshot_row(snapshot) for snapshot in found])
        return DONE
    table = [["批次", "台账", "省份", "数据截至", "上报时间", "上报人", "文件", "状态"]]
    for snapshot in found:
        table.append([
            str(snapshot.id), ledgers()[snapshot.ledger].title, load_roster(snapshot.province_code).province,
            str(snapshot.as_of), f"{snapshot.uploaded_at.astimezone():%Y-%m-%d %H:%M}", snapshot.uploaded_by,
            snapshot.file_name, f"已撤回：{snapshot.withdrawal_reason}" if snapshot.withdrawn else "有效",
        ])  # fmt: skip
    _print_table(table)
    return DONE


def _withdraw(store: Store, arguments: argparse.Namespace) -> int:
    store.withdraw(arguments.snapshot, by=arguments.by or LOCAL_ADMIN.name, reason=arguments.reason)
    if arguments.json:
        _print_json(_snapshot_row(store.snapshot(arguments.snapshot)))
    else:
        print(f"批次 {arguments.snapshot} 已撤回。如需恢复，重新上报原文件即可。")
    return DONE


# -- templates --------------------------------------------------------------------------


def _templates(store: Store, arguments: argparse.Namespace) -> int:
    roster = load_roster(arguments.province or _default_province(store))
    region = roster.find(arguments.region) if arguments.region else None
    if arguments.region and region is None:
        raise NotPossible(f"“{arguments.region}”不在{roster.province}的地区名册中。", "请改为名册中的地区。")
    if not 2000 <= arguments.year <= 2099:
        raise NotPossible(f"年度 {arguments.year} 有误。", "请填写四位年份，例如 2025。")
    folder, made = Path(arguments.out), []
    wanted = [ledgers()[arguments.ledger]] if arguments.ledger else list(ledgers().values())
    for ledger in wanted:
        name = template_name(ledger, roster, arguments.year, region)
        _write_file(folder / name, blank_template(ledger, roster, arguments.year, region))
        made.append({"ledger": ledger.id, "file": name, "province": roster.province, "year": arguments.year})
    if arguments.json:
        _print_json(made)
    else:
        for template in made:
            print(template["file"])
        print(f"已生成 {len(made)} 个空白模板。")
    return DONE


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError:
        raise ZybError(
            f"无法写入文件夹“{path.parent.name}”。", "请核对文件夹的名称、写入权限和磁盘空间。"
        ) from None


# -- printing ---------------------------------------------------------------------------


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_csv(rows: list[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, STANDING_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    print(text.getvalue(), end="")


def _text(number: int | None) -> str:
    return "—" if number is None else str(number)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _print_table(table: list[list[str]]) -> None:
    widths = [max(_width(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


# -- the commands -----------------------------------------------------------------------


def _parser() -> Parser:
    parser = Parser(prog="python -m zyb", description="职业病防治进展看板：命令行")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")

    upload = commands.add_parser("import", help="上报文件：校验并入库", description="校验文件并入库。")
    upload.add_argument("files", nargs="+", metavar="文件")
    upload.add_argument(
        "--ledger", choices=list(ledgers()), metavar="台账", help="台账编号：" + "、".join(ledgers())
    )
    upload.add_argument("--province", metavar="省份", help="省份，例如 陕西省")
    upload.add_argument("--region", metavar="地区", help="名单属于哪个地区（表中没有写时）")
    upload.add_argument("--as-of", metavar="日期", help="数据截至日期，例如 2024-03-01")
    upload.add_argument("--by", metavar="姓名", help="上报人")
    upload.add_argument("--reason", metavar="原因", help="累计数减少的原因")
    upload.add_argument("--dry-run", action="store_true", help="只校验，不入库")
    _answers(upload, _import)

    figures = commands.add_parser(
        "standings", help="各地区指标与排名", description="某一指标各地区的数值、序时、排名与评价。"
    )
    figures.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
    figures.add_argument("--province", metavar="省份")
    figures.add_argument("--on", metavar="日期", help="看哪一天的数据，默认最新")
    figures.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    figures.add_argument("--csv", action="store_true", help="输出 CSV")
    _answers(figures, _standings)

    forms = commands.add_parser("templates", help="生成空白模板", description="生成各台账的空白模板。")
    forms.add_argument("--out", required=True, metavar="文件夹", help="模板存到哪个文件夹")
    forms.add_argument("--province", metavar="省份")
    forms.add_argument("--region", metavar="地区", help="只含这个地区的模板")
    forms.add_argument("--year", type=int, default=date.today().year, metavar="年度", help="默认今年")
    forms.add_argument("--ledger", choices=list(ledgers()), metavar="台账", help="台账编号，默认全部")
    _answers(forms, _templates)

    _alert_commands(commands)
    _verdict_commands(commands)

    invented = commands.add_parser(
        "demo", help="生成演示数据", description="在单独的目录里生成虚构的一年；已经生成的不再重复。"
    )
    invented.add_argument("--data", metavar="目录", help="演示数据目录，默认 data/local/demo")
    invented.add_argument(
        "--months", type=int, choices=range(1, 13), default=12, metavar="月数", help="生成前几个月，默认 12"
    )
    _answers(invented, _demo)

    register = commands.add_parser("snapshots", help="历史批次：查看、撤回", description="历史批次。")
    actions = register.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出批次", description="列出批次，新的在前。")
    listing.add_argument("--province", metavar="省份")
    _answers(listing, _list_snapshots)
    withdrawal = actions.add_parser(
        "withdraw", help="撤回批次", description="撤回一个批次；记录保留，不删除数据。"
    )
    withdrawal.add_argument("snapshot", type=int, metavar="批次号")
    withdrawal.add_argument("--reason", required=True, metavar="原因")
    withdrawal.add_argument("--by", metavar="姓名", help="撤回人")
    _answers(withdrawal, _withdraw)
    return parser


def _alert_commands(commands: Any) -> None:
    warnings = commands.add_parser(
        "alerts", help="滞后预警：查看、认领、解除", description="各地区各指标的滞后预警；不带命令即列出。"
    )
    warnings.add_argument("--province", metavar="省份")
    warnings.add_argument("--on", metavar="日期", help="看哪一天，默认最新数据的日期")
    warnings.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    warnings.add_argument("--measure", metavar="指标", help="只看某一指标，例如 governance_completion")
    warnings.add_argument("--region", metavar="地区", help="只看某一地区")
    warnings.add_argument("--state", metavar="状态", help="只看某一状态，例如 逾期、预警、未报送")
    _answers(warnings, _list_alerts)
    actions = warnings.add_subparsers(title="命令", metavar="命令")
    for name, title, answer in (
        ("claim", "认领预警", _claim), ("release", "解除预警", _release), ("note", "备注", _note),
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
        else:
            action.add_argument("--reason", required=True, metavar="原因" if name == "release" else "内容")
        _answers(action, answer)


def _verdict_commands(commands: Any) -> None:
    judged = commands.add_parser(
        "verdicts", help="人工调整评价：查看、调整、撤销", description="人工调整的评价；规则评价一并保留。"
    )
    actions = judged.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出调整", description="列出人工调整，新的在前。")
    listing.add_argument("--province", metavar="省份")
    _answers(listing, _list_verdicts)
    for name, title, answer in (("set", "调整评价", _set_verdict), ("unset", "撤销调整", _unset_verdict)):
        action = actions.add_parser(name, help=title, description=f"{title}；记录只增不改，写入操作日志。")
        action.add_argument("region", metavar="地区")
        action.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
        if name == "set":
            action.add_argument("verdict", metavar="评价", help="例如 相对滞后")
        action.add_argument("--reason", required=True, metavar="理由")
        action.add_argument("--province", metavar="省份")
        action.add_argument("--on", metavar="日期", help="针对哪一天的数据，默认最新")
        action.add_argument("--by", metavar="姓名", help="经办人")
        _answers(action, answer)


def _answers(parser: argparse.ArgumentParser, answer: Callable[..., int]) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(answer=answer)


def main(arguments: Sequence[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    try:
        opens_its_own: bool = parsed.answer is _demo
        if opens_its_own:
            return _demo(parsed)
        with closing(open_store()) as store:
            answer: int = parsed.answer(store, parsed)
            return answer
    except ZybError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read the output (head) has seen enough; nothing more is to be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        _write_to_log()
        print("程序内部错误，操作没有完成；详情已写入数据目录下的 zyb.log，请联系管理员。", file=sys.stderr)
        return FAILED


def _write_to_log() -> None:
    try:
        handler = logging.FileHandler(data_folder() / "zyb.log", encoding="utf-8")
    except OSError:
        return
    log = logging.getLogger("zyb")
    log.addHandler(handler)
    log.propagate = False
    log.exception("command failed")
    log.removeHandler(handler)
    handler.close()
