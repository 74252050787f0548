"""The commands and their options, and running one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from zyb import __version__
from zyb.briefing.outlines import plans
from zyb.cli.faults import sentence
from zyb.cli.importing import import_files
from zyb.cli.interrupting import INTERRUPTED, interrupted, listen_for_interruption, stop_listening
from zyb.cli.registering import list_snapshots, make_demo, withdraw_snapshot, write_templates
from zyb.cli.reporting import EVERY_CAMPAIGN, write_report
from zyb.cli.standing import list_verdicts, set_verdict, show_standings, unset_verdict
from zyb.cli.terminal import complain, speak_of_work, speak_utf8, unspoken
from zyb.cli.warning import claim_alert, list_alerts, note_alert, release_alert
from zyb.cli.words import DONE, FAILED, Parser, refuse_odd_words
from zyb.exports.documents import FORMATS
from zyb.periods import today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import campaigns
from zyb.uploads.opening import open_store


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
    _answers(upload, import_files)

    figures = commands.add_parser(
        "standings", help="各地区指标与排名", description="某一指标各地区的数值、序时、排名与评价。"
    )
    figures.add_argument("measure", metavar="指标", help="指标编号，例如 governance_completion")
    figures.add_argument("--province", metavar="省份")
    figures.add_argument("--on", metavar="日期", help="看哪一天的数据，默认最新")
    figures.add_argument("--known-at", metavar="时间", help="按当时已知的数据")
    figures.add_argument("--csv", action="store_true", help="输出 CSV")
    _answers(figures, show_standings)

    forms = commands.add_parser("templates", help="生成空白模板", description="生成各台账的空白模板。")
    forms.add_argument("--out", required=True, metavar="文件夹", help="模板存到哪个文件夹")
    forms.add_argument("--province", metavar="省份")
    forms.add_argument("--region", metavar="地区", help="只含这个地区的模板")
    forms.add_argument("--year", type=int, default=today().year, metavar="年度", help="默认今年")
    forms.add_argument("--ledger", choices=list(ledgers()), metavar="台账", help="台账编号，默认全部")
    _answers(forms, write_templates)

    _report_command(commands)
    _alert_commands(commands)
    _verdict_commands(commands)

    invented = commands.add_parser(
        "demo", help="生成演示数据", description="在单独的目录里生成虚构的一年；已经生成的不再重复。"
    )
    invented.add_argument("--data", metavar="目录", help="演示数据目录，默认 data/local/demo")
    invented.add_argument(
        "--months", type=int, choices=range(1, 13), default=12, metavar="月数", help="生成前几个月，默认 12"
    )
    _answers(invented, make_demo)

    register = commands.add_parser("snapshots", help="历史批次：查看、撤回", description="历史批次。")
    actions = register.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出批次", description="列出批次，新的在前。")
    listing.add_argument("--province", metavar="省份")
    _answers(listing, list_snapshots)
    withdrawal = actions.add_parser(
        "withdraw", help="撤回批次", description="撤回一个批次；记录保留，不删除数据。"
    )
    withdrawal.add_argument("snapshot", type=int, metavar="批次号")
    withdrawal.add_argument("--reason", required=True, metavar="原因")
    withdrawal.add_argument("--by", metavar="姓名", help="撤回人")
    _answers(withdrawal, withdraw_snapshot)
    return parser


def _report_command(commands: Any) -> None:
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
    report.add_argument("--number", metavar="文号", help="例如 陕卫办职业函〔2024〕12号")
    report.add_argument("--demand", action="append", metavar="要求", help="工作要求，可写多次，每次一段")
    report.add_argument(
        "--accept", action="append", metavar="校核项", help="未通过的校核项作为说明写入，可写多次"
    )
    report.add_argument("--out", required=True, metavar="位置", help="文件夹，或文件名；- 为标准输出")
    _answers(report, write_report)


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
    _answers(warnings, list_alerts)
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
        _answers(action, answer)


def _verdict_commands(commands: Any) -> None:
    judged = commands.add_parser(
        "verdicts", help="人工调整评价：查看、调整、撤销", description="人工调整的评价；规则评价一并保留。"
    )
    actions = judged.add_subparsers(title="命令", required=True, metavar="命令")
    listing = actions.add_parser("list", help="列出调整", description="列出人工调整，新的在前。")
    listing.add_argument("--province", metavar="省份")
    _answers(listing, list_verdicts)
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
        _answers(action, answer)


def _answers(parser: argparse.ArgumentParser, answer: Callable[..., int]) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(answer=answer)


def _said(answer: int) -> int:
    """A command that has done its work without being able to tell of it; one that was refused stays refused."""
    why = unspoken()
    if not why:
        return answer
    done = "命令已经执行完毕，如有改动即已生效" if answer == DONE else "命令没有全部完成"
    complain(f"结果没有完整写出：{why}。{done}；请核对后再决定是否重试。")
    return answer or FAILED


def main(arguments: Sequence[str] | None = None) -> int:
    speak_utf8()
    speak_of_work()
    listen_for_interruption()
    try:
        # The rules say what may be asked for: a slip in one of them shows here already.
        parsed = _parser().parse_args(arguments)
        refuse_odd_words(parsed)
        opens_its_own: bool = parsed.answer is make_demo
        if opens_its_own:
            return _said(make_demo(parsed))
        with closing(open_store()) as store:
            for words in store.troubles:
                complain(words)
            answer: int = parsed.answer(store, parsed)
            stop_listening()
            return _said(answer)
    except KeyboardInterrupt:
        complain(INTERRUPTED)
        return FAILED
    except Exception as error:
        # A library that is at work when somebody presses Ctrl-C makes an error of its own of it.
        complain(INTERRUPTED if interrupted() else sentence(error))
        return FAILED
