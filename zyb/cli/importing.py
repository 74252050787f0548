"""`import`: files checked and saved."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from zyb.access import LOCAL_ADMIN
from zyb.cli.places import bytes_of, default_province
from zyb.cli.printing import print_json
from zyb.cli.words import DONE, REFUSED, a_day
from zyb.intake import Given
from zyb.ledgers import ledgers
from zyb.periods import today
from zyb.problems import SEVERITY_WORDS
from zyb.store import Store
from zyb.uploads import Prepared, accept, files_in, prepare_all

STATUS_WORDS = {"accepted": "已入库", "duplicate": "内容相同，此前已入库", "refused": "未入库"}


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
        today(),
        ledger=arguments.ledger,
        province=arguments.province,
        preferred_province=default_province(store),
        region=arguments.region,
        as_of=a_day(arguments.as_of) if arguments.as_of else None,
        bulk=True,
    )


def import_files(store: Store, arguments: argparse.Namespace) -> int:
    outcomes = []
    given = _given(store, arguments)
    # All files are opened first: a slip in one name leaves nothing half done.
    opened = [(Path(file).name, bytes_of(Path(file))) for file in arguments.files]
    contents = [inside for name, content in opened for inside in files_in(content, name)]
    for name, content in contents:
        for prepared in prepare_all(store, content, name, given, arguments.reason or ""):
            snapshot = prepared.duplicate_of
            if prepared.status == "accepted" and not arguments.dry_run:
                snapshot = accept(store, prepared, by=arguments.by or LOCAL_ADMIN.name)
            outcomes.append(_outcome(prepared, snapshot))
    if arguments.json:
        print_json(outcomes)
    else:
        for outcome in outcomes:
            _print_outcome(outcome, arguments.dry_run)
    return REFUSED if any(outcome["status"] == "refused" for outcome in outcomes) else DONE
