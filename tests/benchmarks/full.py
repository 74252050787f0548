"""A disk that runs full, at ten sizes, under each thing that is written: `python -m tests.benchmarks.full`.

Needs a tmpfs of its own, so root on Linux. For each act and each room left: act until it is refused, look whether
every answer was true (what was acknowledged is there, what was refused is not), make room and act once more in the same process, then
open the folder anew and look again.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.books import NOTICE, submission
from tests.disks import KB, MB, leave_free, small_disk
from zyb.access import on_this_machine
from zyb.alerting import claim
from zyb.briefing.issued import bulletins
from zyb.errors import ZybError
from zyb.intake import Submission
from zyb.store import Learned, Store, Unsure

DISK = 40 * MB
ROOMS = (0, 8 * KB, 40 * KB, 80 * KB, 150 * KB, 300 * KB, 600 * KB, 1 * MB, 3 * MB, 6 * MB)
MOST = 30
FIRST = date(2024, 3, 1)
TEXT = '{"标题": "通报"}' * 2000


@dataclass(frozen=True)
class Act:
    """Something that is written: `do` answers with what identifies it, `there` lists what the store holds of its kind."""

    do: Callable[[Store, int], object]
    there: Callable[[Store], set[object]]


def report(number: int) -> Submission:
    day = FIRST + timedelta(days=number)
    title = f"陕西省专项治理（截至{day.year}年{day.month}月{day.day}日）"
    figures = [(name, *numbers) for name, numbers in NOTICE.items()]
    return submission(
        [(title,), ("地区", "纳入治理企业数", "完成治理企业数"), *figures], today=date(2030, 1, 1)
    )


def upload(store: Store, number: int) -> object:
    content = b"%d" % number * 3000
    return store.save_snapshot(report(number), content, "进展.xlsx", by="王某")


def issue(store: Store, number: int) -> object:
    draft = bulletins.Draft(
        province="陕西省", kind="monthly", title=f"第{number}份", on=FIRST, known_at=datetime(2024, 3, 2, tzinfo=UTC), content=TEXT + str(number), campaign="governance"
    )  # fmt: skip
    return bulletins.issue(store, draft, by="李四").id


def take_up(store: Store, number: int) -> object:
    seen = max((record.id for record in store.alert_records("610000")), default=0)
    return claim(
        store, "陕西省", "榆林", "governance_completion", FIRST, by=on_this_machine("张三"), cause="项目未开工" * 90,
        action="倒排工期" * 100, due=date(2024, 6, 30), seen=seen,
    )  # fmt: skip


def withdraw(store: Store, number: int) -> object:
    snapshot = next(one for one in reversed(store.snapshots()) if not one.withdrawn and one.id > 1)
    store.withdraw(snapshot.id, by="李四", reason="填错" * 90)
    return snapshot.id


def learn(store: Store, number: int) -> object:
    place = f"榆林第{number}开发区"
    store.learn("610000", Learned(places=((place, "610800"),)), by="张三")
    return place


ACTS = {
    "upload": Act(upload, lambda store: {snapshot.id for snapshot in store.snapshots()}),
    "issue": Act(issue, lambda store: {bulletin.id for bulletin in store.bulletins()}),
    "claim": Act(take_up, lambda store: {record.id for record in store.alert_records("610000")}),
    "withdraw": Act(withdraw, lambda store: {one.id for one in store.snapshots() if one.withdrawn}),
    "learn": Act(learn, lambda store: {said for said, _ in store.learned("610000").places}),
}


def attempt(kind: type[Store], act: Act, room: int, place: Path) -> Counter[str]:
    """One act again and again on a disk with so much room; what was answered, and which answers were not true."""
    found: Counter[str] = Counter()
    with small_disk(place, DISK):
        store = kind(place)
        for number in range(MOST + 2):
            upload(store, number)
        before, acknowledged = act.there(store), set[object]()
        filler = leave_free(place, room)
        for number in range(100, 100 + MOST):
            found += _once(act, store, number, acknowledged)
        found["untrue"] += act.there(store) != before | acknowledged
        filler.unlink()
        found += Counter(after=1) + _once(act, store, 200, acknowledged)
        found["untrue"] += act.there(store) != before | acknowledged
        found["stuck"] += bool(store.troubles)
        store.close()
        with closing(Store(place)) as again:
            found["untrue"] += act.there(again) != before | acknowledged
            originals = {snapshot.sha256 for snapshot in again.snapshots()}
            found["originals"] += originals != {file.name for file in again.uploads.iterdir()}
            found["numbers"] += _gaps(again)
    return found


def _once(act: Act, store: Store, number: int, acknowledged: set[object]) -> Counter[str]:
    try:
        acknowledged.add(act.do(store, number))
    except Unsure:
        return Counter(unsure=1)
    except ZybError as refusal:
        return Counter(refused=1, unclear="磁盘" not in refusal.message)
    except Exception as fault:
        print(f"    {type(fault).__name__}: {fault}")
        return Counter(fault=1)
    return Counter(saved=1)


def _gaps(store: Store) -> int:
    numbers = sorted(bulletin.number for bulletin in store.bulletins())
    return numbers != list(range(1, len(numbers) + 1))


WRONG = ("untrue", "unsure", "unclear", "fault", "stuck", "originals", "numbers")


class Blind(Store):
    """Under a quota the disk says that there is room: the log is folded in, and that fails."""

    def _has_room(self) -> bool:
        return True


def main(rooms: Sequence[int] = ROOMS) -> Counter[str]:
    wrong = every_act(Store, rooms)
    print("\nand where the lack of room does not show beforehand")
    wrong += every_act(Blind, rooms)
    print(f"\nwrong answers: {sum(wrong.values())}")
    return wrong


def every_act(kind: type[Store], rooms: Sequence[int]) -> Counter[str]:
    wrong: Counter[str] = Counter()
    print(f"{'':10}{'room kB':>9}{'saved':>7}{'refused':>9}   wrong")
    with tempfile.TemporaryDirectory() as folder:
        for name, act in ACTS.items():
            for number, room in enumerate(rooms):
                found = attempt(kind, act, room, Path(folder) / f"{name}{number}")
                odd = {kind: found[kind] for kind in WRONG if found[kind]}
                wrong += Counter(odd)
                print(
                    f"{name:10}{room // KB:>9}{found['saved']:>7}{found['refused']:>9}   {odd or '-'}",
                    flush=True,
                )
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main()))
