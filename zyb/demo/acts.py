"""What people do by hand after the first year: 解除, 登记 and 撤销登记."""

from __future__ import annotations

from collections.abc import Collection

from zyb import alerting
from zyb.access import on_this_machine
from zyb.answers.ticking import tick, ticks, untick
from zyb.demo.files import OFFICIAL
from zyb.demo.further import ToldRelease, ToldTick, further
from zyb.demo.story import MONTHS, month_number, stories
from zyb.periods import today
from zyb.rulebook.regions import load_roster
from zyb.store import Store


def release_and_tick(store: Store, months: Collection[int]) -> None:
    """In a history that goes on beyond the first year, what its months tell of; what is done stays so."""
    if not any(month > MONTHS for month in months):
        return
    began = stories()[0].began
    for told in further().releases:
        if month_number(told.on, began) in months:
            _release(store, told)
    for said in further().ticks:
        if month_number(said.day, began) in months and said.day <= today():
            _tick(store, said)


def _release(store: Store, told: ToldRelease) -> None:
    code = load_roster(told.province).province_code
    region = alerting.find_region(told.province, told.region).code
    said = {(one.region_code, one.measure, one.kind, one.as_of) for one in store.alert_records(code)}
    if (region, told.measure, "release", told.on) not in said:
        alerting.release(
            store,
            told.province,
            told.region,
            told.measure,
            told.on,
            by=on_this_machine(OFFICIAL),
            reason=told.reason,
        )


def _tick(store: Store, said: ToldTick) -> None:
    """Each subject once: one that took its word back does not give it again."""
    known = {(one.subject_code, one.duty, one.due) for one in ticks(store, said.province)}
    roster = load_roster(said.province)
    by = on_this_machine(OFFICIAL)
    for name in said.subjects:
        region = roster.find(name)
        if region is None or (region.code, said.duty, said.due) in known:
            continue
        tick(
            store, said.province, said.duty, name, said.due, by=by, day=said.day, person=OFFICIAL,
            file=f"{name}{said.file}",
        )  # fmt: skip
        if name == said.regretted:
            untick(store, said.province, said.duty, name, said.due, by=by, reason=said.reason)
