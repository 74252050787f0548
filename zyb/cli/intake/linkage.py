"""`linkage`: 联动核查, what several lists say of the same employers that cannot be; and what people say of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from zyb.access import on_this_machine
from zyb.alerting import find_region
from zyb.cli.places import default_province
from zyb.cli.printing import print_json, print_table
from zyb.cli.terminal import say
from zyb.cli.words import DONE, a_day, a_moment, answered_by
from zyb.crosscheck import CheckFinding, CheckSurvey, FindingPlace, acts, check_survey, find_check
from zyb.errors import ZybError
from zyb.periods import in_beijing, today
from zyb.rulebook.checks.cross_checks import finding_states
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store

TABLE = {
    "region": "地区",
    "county": "县区",
    "check": "核查",
    "state": "状态",
    "told": "情况",
    "subject": "对象",
}
# More are read as JSON, or as a file of the page.
MOST_SHOWN = 200
YES, NO = "yes", "no"


def finding_row(one: CheckFinding) -> dict[str, Any]:
    """A finding as others read it; check, region and subject as the commands want them."""
    said, fact = one.record, one.fact
    return {
        "check": fact.check.id, "title": fact.check.title, "region": one.region, "county": one.county or None,
        "subject": fact.subject, "name": fact.name or None, "code": fact.code or None, "state": one.state.title,
        "told": one.told, "reason": said.reason if said else None, "by": said.recorded_by if said else None,
        "at": in_beijing(said.recorded_at).date().isoformat() if said else None,
        "rows": [
            {"ledger": ledgers()[row.ledger].title, "snapshot": row.snapshot, "sheet": row.sheet, "line": row.line}
            for row in fact.rows
        ],
        "candidates": [
            {"identity": like.row.identity, "name": like.row.told_name, "likeness": like.told} for like in fact.candidates
        ],
        "remedy": fact.check.remedy, "basis": fact.check.basis,
    }  # fmt: skip


def list_findings(store: Store, arguments: argparse.Namespace) -> int:
    province = load_roster(arguments.province or default_province(store)).province
    known_at = a_moment(arguments.known_at) if arguments.known_at else None
    region = find_region(province, arguments.region).code if arguments.region else None
    if arguments.check:
        find_check(province, arguments.check)
    seen = check_survey(store, province, _on(arguments), known_at, arguments.check).within(region)
    wanted = _wanted_states(arguments.state, arguments.all)
    shown = [one for one in seen.findings if one.state.id in wanted]
    if arguments.json:
        print_json([finding_row(one) for one in shown])
    else:
        _print_findings(seen, shown)
    return DONE


def _on(arguments: argparse.Namespace) -> date:
    return a_day(arguments.on) if arguments.on else today()


def _wanted_states(text: str | None, everything: bool) -> tuple[str, ...]:
    titles = {state.title: name for name, state in finding_states().items()}
    if text and text not in titles:
        raise ZybError(f"没有状态“{text}”。", f"可用的状态：{'、'.join(titles)}。")
    return (titles[text],) if text else tuple(titles.values()) if everything else ("open",)


def _print_findings(seen: CheckSurvey, shown: Sequence[CheckFinding]) -> None:
    told = "，".join(f"{seen.states[name].title}{n}项" for name, n in seen.counts().items() if n)
    say(f"{seen.province} · 联动核查 · {seen.on} · {told or '没有发现问题'}")
    for check, number in seen.open_by_check():
        say(f"{check.id}  {check.title}：{number}项")
    if shown:
        print_table([list(TABLE.values()), *(_cells(one) for one in shown[:MOST_SHOWN])])
    if len(shown) > MOST_SHOWN:
        say(
            f"共{len(shown)}项，这里列出前{MOST_SHOWN}项；请用 --check、--region 缩小范围，或用 --json 取得全部。"
        )
    for one in seen.unchecked:
        say(one.told)


def _cells(one: CheckFinding) -> list[str]:
    row = finding_row(one)
    return [str(row[name] or "—") for name in TABLE]


# -- what people say ------------------------------------------------------------------------


def settle_finding(store: Store, arguments: argparse.Namespace) -> int:
    return _said(store, arguments, acts.settle, "已销号，等待下一次报送印证。")


def refute_finding(store: Store, arguments: argparse.Namespace) -> int:
    return _said(store, arguments, acts.refute, "已登记为不属实。")


def reopen_finding(store: Store, arguments: argparse.Namespace) -> int:
    return _said(store, arguments, acts.reopen, "已恢复为待核实。")


def _said(store: Store, arguments: argparse.Namespace, act: Any, words: str) -> int:
    act(store, _place(store, arguments), by=on_this_machine(arguments.by), reason=arguments.reason)
    return _done(arguments, words)


def link_firms(store: Store, arguments: argparse.Namespace) -> int:
    same = arguments.answer_given == YES
    acts.link(
        store, _place(store, arguments), arguments.other, by=on_this_machine(arguments.by), same=same,
        reason=arguments.reason or "",
    )  # fmt: skip
    return _done(arguments, "已认定为同一企业。" if same else "已认定不是同一企业。")


def unlink_firms(store: Store, arguments: argparse.Namespace) -> int:
    province = arguments.province or default_province(store)
    acts.unlink(store, province, arguments.number, by=on_this_machine(arguments.by), reason=arguments.reason)
    return _done(arguments, "企业认定已撤销，记录仍然保留。")


def list_links(store: Store, arguments: argparse.Namespace) -> int:
    roster = load_roster(arguments.province or default_province(store))
    kinds = {"same": "同一企业", "apart": "不是同一企业", "undo": "撤销"}
    rows = [
        {
            "number": one.id, "region": roster.name_of(one.region_code), "said": kinds[one.kind], "one": one.one,
            "one_name": one.one_name, "other": one.other, "other_name": one.other_name, "reason": one.reason or None,
            "by": one.recorded_by, "at": in_beijing(one.recorded_at).date().isoformat(),
        }
        for one in store.link_records(roster.province_code)
    ]  # fmt: skip
    if arguments.json:
        print_json(rows)
    else:
        heads = ["编号", "地区", "认定", "企业", "名称", "对方", "对方名称", "说明", "经办人", "日期"]
        print_table([heads, *([str(value or "—") for value in row.values()] for row in rows)])
    return DONE


def _place(store: Store, arguments: argparse.Namespace) -> FindingPlace:
    province = arguments.province or default_province(store)
    return FindingPlace(province, arguments.check, arguments.region, arguments.subject, _on(arguments))


def _done(arguments: argparse.Namespace, words: str) -> int:
    if arguments.json:
        print_json({"done": True, "told": words})
    else:
        say(words)
    return DONE


# -- the words ------------------------------------------------------------------------------

ACTIONS = (
    ("settle", "销号：写明怎样处理的", settle_finding), ("refute", "不属实：写明理由", refute_finding),
    ("reopen", "恢复为待核实", reopen_finding),
)  # fmt: skip


def linkage_command(commands: Any) -> None:
    listed = commands.add_parser(
        "linkage", help="联动核查：查看、销号、认定是不是同一企业",
        description="几张名单相互对照：应在而不在的、一码两地的、一名两码的、重复的；不带命令即列出待核实的。",
    )  # fmt: skip
    _where(listed)
    listed.add_argument("--known-at", metavar="时间", help="按当时已知的数据和处理")
    listed.add_argument("--check", metavar="编号", help="只看某一项核查，例如 exceeding_not_assisted")
    listed.add_argument("--region", metavar="地区", help="只看某一地区")
    listed.add_argument("--state", metavar="状态", help="只看某一状态，例如 待核实、已销号、不属实、已消除")
    listed.add_argument("--all", action="store_true", help="处理过的、已消除的也列出")
    answered_by(listed, list_findings)
    actions = listed.add_subparsers(title="命令", metavar="命令")
    for name, title, answer in ACTIONS:
        action = actions.add_parser(name, help=title, description=f"{title}；记录只增不改，写入操作日志。")
        _which(action)
        action.add_argument("--reason", required=True, metavar="说明")
        answered_by(action, answer)
    _link_commands(actions)


def _link_commands(actions: Any) -> None:
    linked = actions.add_parser("link", help="认定是不是同一企业", description="对相近的企业作出认定；没有认定的一律不算同一企业。")  # fmt: skip
    _which(linked)
    linked.add_argument("other", metavar="对方", help="相近企业的代码，或列出的标识")
    linked.add_argument("answer_given", metavar="yes或no", choices=(YES, NO), help="yes 是同一企业，no 不是")
    linked.add_argument("--reason", metavar="说明")
    answered_by(linked, link_firms)
    undone = actions.add_parser("unlink", help="撤销企业认定", description="撤销一条认定；原来的认定和撤销都保留。")  # fmt: skip
    undone.add_argument("number", type=int, metavar="编号", help="认定的编号，见 linkage links")
    undone.add_argument("--province", metavar="省份")
    undone.add_argument("--by", metavar="姓名", help="经办人")
    undone.add_argument("--reason", required=True, metavar="原因")
    answered_by(undone, unlink_firms)
    links = actions.add_parser("links", help="列出企业认定", description="各条企业认定，先后为序。")
    links.add_argument("--province", metavar="省份")
    answered_by(links, list_links)


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", metavar="省份")
    parser.add_argument("--on", metavar="日期", help="看哪一天有效的名单，默认今天")


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("check", metavar="核查", help="核查编号，例如 twice_in_a_list")
    parser.add_argument("region", metavar="地区")
    parser.add_argument("subject", metavar="对象", help="统一社会信用代码，或列出的标识")
    _where(parser)
    parser.add_argument("--by", metavar="姓名", help="经办人")
