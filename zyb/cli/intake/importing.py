"""`import`: files checked and saved."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from zyb.access import on_this_machine
from zyb.cli.faults import sentence
from zyb.cli.interrupting import finishing, interrupted, interruptible
from zyb.cli.places import bytes_of, default_province
from zyb.cli.printing import print_json
from zyb.cli.terminal import complain, say
from zyb.cli.words import DONE, FAILED, REFUSED, a_day, answered_by
from zyb.errors import NotPossible
from zyb.inert import file_name
from zyb.intake import Given
from zyb.periods import today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import SEVERITY_WORDS
from zyb.store import Store
from zyb.uploads import Prepared, accept_all, files_in, note_checked, prepare_all, with_repeats
from zyb.uploads.checking import OURS

STATUS_WORDS = {
    "accepted": "已入库", "duplicate": "内容相同，此前已入库", "refused": "未入库", "failed": "未能入库",
}  # fmt: skip
CUT_SHORT, NOT_BEGUN = "已中断，没有入库。", "此前已中断，没有处理，没有入库。"
NOTHING_FOUND: dict[str, Any] = {
    "status": "", "ledger": None, "province": None, "as_of": None, "snapshot": None, "rows": 0, "regions": 0, "problems": [],
}  # fmt: skip


def _outcome(prepared: Prepared, snapshot: int | None) -> dict[str, Any]:
    found = prepared.submission
    return {
        "file": prepared.file_name,
        "status": "failed" if any(problem.code in OURS for problem in found.problems) else prepared.status,
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
    if dry_run and outcome["status"] == "duplicate" and outcome["snapshot"] is None:
        tried = "与前面的文件内容相同，不会重复入库（仅校验）"
    say(f"{outcome['file']}：{tried or STATUS_WORDS[outcome['status']]}")
    if known:
        say(f"  {known.title} · {outcome['province'] or '省份未定'} · 数据截至 {outcome['as_of'] or '未定'}"
              f" · {outcome['rows']} 行 {outcome['regions']} 个地区"
              + (f" · 批次 {outcome['snapshot']}" if outcome["snapshot"] else ""))  # fmt: skip
    for found in outcome["problems"]:
        say(f"  [{SEVERITY_WORDS[found['severity']]}] {found['message']}{found['remedy']}")


def _given(store: Store, arguments: argparse.Namespace) -> Given:
    return Given(
        today=today(),
        ledger=arguments.ledger,
        province=arguments.province,
        preferred_province=default_province(store),
        region=arguments.region,
        as_of=a_day(arguments.as_of) if arguments.as_of else None,
        bulk=True,
    )


def import_files(store: Store, arguments: argparse.Namespace) -> int:
    """Each file is told as it ends; what cannot be saved keeps nobody from hearing of those before and after it."""
    given = _given(store, arguments)
    # All files are opened first: a slip in one name leaves nothing half done.
    opened = [(file_name(Path(file).name), bytes_of(Path(file))) for file in arguments.files]
    files = [inside for name, content in opened for inside in files_in(content, name)]
    outcomes: list[dict[str, Any]] = []
    tried: list[Prepared] = []
    with finishing():
        for name, content in files:
            ended = _import_file(store, arguments, given, content, name, tried)
            outcomes += ended
            if not arguments.json:
                for outcome in ended:
                    _print_outcome(outcome, arguments.dry_run)
        if arguments.json:
            print_json(outcomes)
    return _exit_code({outcome["status"] for outcome in outcomes})


def _import_file(
    store: Store,
    arguments: argparse.Namespace,
    given: Given,
    content: bytes,
    name: str,
    tried: list[Prepared],
) -> list[dict[str, Any]]:
    """The outcome of each table of a file. A file goes in whole or not at all; after Ctrl-C none begins.

    What is only `tried` is as if in force for the files after it, so that a dry run tells what the import would.
    """
    tables: list[Prepared] = []
    if interrupted():
        return _unsaved(tables, name, "failed", NOT_BEGUN)
    try:
        with interruptible():
            beside = [table.submission for table in tried]
            tables = with_repeats(
                prepare_all(store, content, name, given, arguments.reason or "", beside), tried
            )
        fit = all(prepared.status != "refused" for prepared in tables)
        if arguments.dry_run and fit:
            tried += [table for table in tables if table.duplicate_of is None]
        if not (arguments.dry_run or fit):
            note_checked(store, tables, by=on_this_machine(arguments.by))
        if arguments.dry_run or not fit:
            return [_outcome(prepared, prepared.duplicate_of or None) for prepared in tables]
        numbers = accept_all(store, tables, by=on_this_machine(arguments.by))
        return [_outcome(prepared, number) for prepared, number in zip(tables, numbers, strict=True)]
    except KeyboardInterrupt:
        return _unsaved(tables, name, "failed", CUT_SHORT)
    except NotPossible as error:
        return _unsaved(tables, name, "refused", str(error))
    except Exception as error:
        return _unsaved(tables, name, "failed", CUT_SHORT if interrupted() else sentence(error))


def _unsaved(tables: list[Prepared], name: str, status: str, said: str) -> list[dict[str, Any]]:
    """Nothing of the file went in: what was found in it, and why not."""
    if status == "failed":
        complain(f"{name}：{said}")
    found = [_outcome(prepared, None) for prepared in tables] or [{"file": name, **NOTHING_FOUND}]
    reason = {**dict.fromkeys(("sheet", "cell", "value"), ""), "message": said, "remedy": ""}
    problem = {"severity": "error", "code": "not_saved", **reason}
    return [
        {**outcome, "status": status, "snapshot": None, "problems": [*outcome["problems"], problem]}
        for outcome in found
    ]


def _exit_code(statuses: set[str]) -> int:
    if "failed" in statuses:
        return FAILED
    return REFUSED if "refused" in statuses else DONE


def import_command(commands: Any) -> None:
    upload = commands.add_parser("import", help="上报文件：校验并入库", description="校验文件并入库。")
    upload.add_argument("files", nargs="+", metavar="文件")
    upload.add_argument(
        "--ledger", choices=list(ledgers()), metavar="台账", help="台账编号：" + "、".join(ledgers())
    )
    upload.add_argument("--province", metavar="省份", help="省份，例如 陕西省")
    upload.add_argument("--region", metavar="地区", help="名单属于哪个地区（表中没有写时）")
    upload.add_argument("--as-of", metavar="日期", help="数据截至日期，例如 2024-03-01")
    upload.add_argument("--by", metavar="姓名", help="上报人")
    upload.add_argument("--reason", metavar="原因", help="累计数减少、锁定后补报的原因")
    upload.add_argument("--dry-run", action="store_true", help="只校验，不入库")
    answered_by(upload, import_files)
