"""重新汇总: when the rules of tallies change, what is stored already is added up anew as soon as the store is opened.

Rules are data: whoever adds a tally to data/rules/ledgers/, or upgrades the program, gets figures of all earlier
snapshots too, without sending a file again. Every snapshot remembers the fingerprint of the rules that it was
tallied by. Sums come from the stored rows alone; what these cannot say is told in `Store.retally`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from time import monotonic

from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.store import Store

ACTOR = "系统"
# Written together; an interrupted run goes on behind the last portion.
ROWS_A_PORTION = 500_000
SNAPSHOTS_A_PORTION = 100

log = logging.getLogger("zyb")


def retally(
    store: Store, known: Iterable[Ledger] | None = None, tell: Callable[[str], None] = log.warning
) -> int:
    """Bring the tallies of all snapshots in line with the ledgers' rules; how many had to be.

    `tell` gets a sentence now and then for whoever waits at the console.
    """
    rules = {ledger.id: ledger for ledger in (ledgers().values() if known is None else known)}
    found = store.outdated(rules.values())
    if not found:
        return 0
    tell(f"汇总规则有变化，正在按现行规则重新汇总已入库的{len(found)}个批次，请稍候，不要关闭程序……")
    began, done = monotonic(), 0
    for ledger_id, numbers in _portions(found):
        store.retally(rules[ledger_id], numbers, by=ACTOR)
        done += len(numbers)
        tell(f"已重新汇总 {done}/{len(found)} 个批次（{rules[ledger_id].title}）")
    tell(f"重新汇总完成，用时{monotonic() - began:.0f}秒。")
    return done


def count_filled(store: Store) -> int:
    """Count the filled cells of snapshots from before these were counted; how many there were."""
    found = store.uncounted()
    for ledger_id, numbers in _portions((number, ledger_id, 0) for number, ledger_id in found):
        if ledger_id in ledgers():
            store.count_filled(ledgers()[ledger_id], numbers, by=ACTOR)
    return len(found)


def _portions(found: Iterable[tuple[int, str, int]]) -> Iterator[tuple[str, list[int]]]:
    """Snapshots of one ledger at a time, as many as are written in one transaction."""
    for ledger_id, own in groupby(found, key=lambda line: line[1]):
        portion: list[int] = []
        rows = 0
        for number, _, row_count in own:
            portion.append(number)
            rows += row_count
            if rows >= ROWS_A_PORTION or len(portion) >= SNAPSHOTS_A_PORTION:
                yield ledger_id, portion
                portion, rows = [], 0
        if portion:
            yield ledger_id, portion
