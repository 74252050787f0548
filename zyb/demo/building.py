"""The demo database: the invented year through the same doors as an official's files, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from zyb import alerting
from zyb.access import on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.demo.acts import release_and_tick
from zyb.demo.files import OFFICIAL, InventedFile
from zyb.demo.further import further
from zyb.demo.reports import ALL_YEAR, reports
from zyb.demo.story import claims, judgements, month_number, stories
from zyb.errors import NotPossible, ZybError
from zyb.intake import Given
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_MARKER, is_demo
from zyb.store import Store
from zyb.uploads import Prepared, accept_all, prepare_all, withdraw

# Kept from run to run and of no consequence: maps are the same for everybody.
HARMLESS = {"boundaries"}
MARKER_TEXT = "本目录为演示数据，全部虚构，不得引用。删除本目录即可重新生成。\n"
OWNER, ANALYST = "演示责任人", "演示分析人员"
OFFICE_OPENS = time(1, 30, tzinfo=UTC)
# Who has sent the wrong table sees it in the receipt, and takes it back before lunch.
NOTICED_AFTER = timedelta(hours=2)


@dataclass(frozen=True)
class Built:
    """What a run of the demo found and made."""

    folder: Path
    files: int
    added: int
    snapshots: int


def claim_folder(folder: Path) -> None:
    """Mark a new or empty folder as demo; one that holds anything else is left alone."""
    if is_demo(folder):
        return
    if folder.exists() and any(item.name not in HARMLESS for item in folder.iterdir()):
        raise NotPossible(
            "这个目录里已有数据，而且没有演示标记，演示数据不能写入。", "请用 --data 指定一个新的空目录。"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DEMO_MARKER).write_text(MARKER_TEXT, encoding="utf-8")
    except OSError as error:
        raise ZybError("演示数据目录无法建立或写入。", "请用 --data 指定另一个目录。") from error


def build(
    folder: Path,
    *,
    months: Collection[int] = ALL_YEAR,
    scale: float = 1.0,
    tell: Callable[[int, int, InventedFile], None] | None = None,
) -> Built:
    """Report file after file what is not there yet; after an interruption, go on where it stopped."""
    claim_folder(folder)
    wanted = reports(months, scale)
    with closing(Store(folder)) as store:
        there = {snapshot.file_name for snapshot in store.snapshots()}
        take_back(store, [report for report in wanted if report.file_name in there])
        missing = [report for report in wanted if report.file_name not in there]
        for n, report in enumerate(missing, 1):
            if tell:
                tell(n, len(missing), report)
            send(store, report)
            take_back(store, [report])
        take_up(store, months)
        judge(store, months)
        release_and_tick(store, months)
        return Built(folder, len(wanted), len(missing), len(store.snapshots()))


def send(store: Store, report: InventedFile) -> list[int]:
    """As an official would: read, check, confirm. A fault is a fault in our own invention."""
    tables = prepare_all(store, report.content(), report.file_name, _given(report), report.reason)
    for fault in _faults(tables):
        raise ZybError(
            f"演示文件《{report.file_name}》没有通过校验：{fault}", "请核对 data/rules/demo.toml。"
        )
    source = report.published.source if report.published else ""
    return accept_all(store, tables, by=on_this_machine(report.by), source=source, at=sent_at(report))


def take_back(store: Store, sent: Collection[InventedFile]) -> None:
    """Withdraw what is told to have been withdrawn, before anybody reports anew."""
    reasons = {report.file_name: report.withdrawn for report in sent if report.withdrawn}
    for snapshot in store.snapshots() if reasons else ():
        if snapshot.file_name in reasons and not snapshot.withdrawn:
            at = snapshot.uploaded_at + NOTICED_AFTER
            withdraw(
                store, snapshot.id, by=on_this_machine(OFFICIAL), reason=reasons[snapshot.file_name], at=at
            )


def take_up(store: Store, months: Collection[int]) -> None:
    """Claim the alerts of the months that there are; what has been claimed stays so."""
    began = stories()[0].began
    for claim in (*claims(), *further().claims):
        code = load_roster(claim.province).province_code
        known = {(record.region_code, record.measure, record.as_of) for record in store.alert_records(code)}
        region = alerting.find_region(claim.province, claim.region)
        if month_number(claim.on, began) in months and (region.code, claim.measure, claim.on) not in known:
            alerting.claim(
                store, claim.province, claim.region, claim.measure, claim.on, by=on_this_machine(OFFICIAL), owner=OWNER,
                cause=claim.cause, action=claim.action, due=claim.due,
            )  # fmt: skip


def judge(store: Store, months: Collection[int]) -> None:
    """Put a person's verdict in place of the rule's, in the months that there are; once."""
    for said in judgements():
        region = alerting.find_region(said.province, said.region)
        found = standings(store, view(store, said.province, said.measure, said.on))
        known = store.verdict_records(found.province.region_code, said.measure)
        if month_number(said.on, stories()[0].began) in months and not any(
            record.region_code == region.code for record in known
        ):
            at = datetime.combine(said.said_on, OFFICE_OPENS)
            override(store, found, region.code, said.verdict, said.reason, by=on_this_machine(ANALYST), at=at)


def _given(report: InventedFile) -> Given:
    table = report.published
    return Given(
        today=report.sent_on,
        ledger=table.ledger if table else None,
        province=report.province,
        as_of=table.as_of if table else None,
    )


def _faults(tables: list[Prepared]) -> Iterator[str]:
    for table in tables:
        yield from (found.message for found in table.problems if found.severity == "error")


def sent_at(report: InventedFile) -> datetime:
    """The morning after: so that the register of the invented year reads like one."""
    return datetime.combine(report.sent_on, OFFICE_OPENS)
