"""The rows of every summary table: a line a region (or a region and indicator) at a month's end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil

from zyb.demo.institutions import institutions
from zyb.demo.lists import RATES, YES, InventedRow, MonthEnd, assistance


def governance_progress(at: MonthEnd) -> Iterator[InventedRow]:
    enrolled, completed = at.told.progress(at.month)
    yield {"region": at.told.region.name, "enrolled": enrolled, "completed": completed}


def governance_targets(at: MonthEnd) -> Iterator[InventedRow]:
    """The year's task is most of what is open when it begins; next year's is the rest."""
    _, before = at.told.progress(0)
    task = ceil((at.told.enrolled.end - before) * 0.8)
    rest = at.told.enrolled.end - before - task
    yield {
        "region": at.told.region.name, f"{at.year}年目标任务数": task, f"{at.year + 1}年目标任务数": max(rest, 1),
    }  # fmt: skip


def governance_posts(at: MonthEnd) -> Iterator[InventedRow]:
    """Some posts an enterprise that is finished; noise is the hardest to bring down."""
    _, completed = at.told.progress(at.month)
    for hazard, posts, lead in (("粉尘", 3, 0.12), ("化学毒物", 1, 0.2), ("噪声", 4, 0.0)):
        tested = max(completed * posts, 1)
        qualified = int(tested * min(1.0, 0.45 + at.quality / 2 + lead))
        yield {"region": at.told.region.name, "hazard": hazard, "tested": tested, "qualified": qualified}


def declaration_counts(at: MonthEnd) -> Iterator[InventedRow]:
    yield {
        "region": at.told.region.name, f"{at.story.began - 1}年申报数": at.told.declared,
        f"{at.year}年申报数": at.told.declarations(at.month),
    }  # fmt: skip


def assistance_targets(at: MonthEnd) -> Iterator[InventedRow]:
    """Where no notice gives tasks: twenty a county and year (2025 notice, 三), so the same for both years."""
    task = {f"{year}年帮扶任务数": at.told.target for year in (at.year, at.year + 1)}
    yield {"region": at.told.region.name, **task}


def assistance_rates(at: MonthEnd) -> Iterator[InventedRow]:
    """Counted from the list, but for a region whose two tables disagree."""
    rows = list(assistance(at))
    numbers = {name: sum(row[name] == YES for row in rows) for name in RATES}
    numbers["examined"] -= 3 if at.told.disagrees and numbers["examined"] > 3 else 0
    yield {"region": at.told.region.name, "assisted": len(rows), **numbers}


SUMMARIES: Mapping[str, Callable[[MonthEnd], Iterator[InventedRow]]] = {
    "governance_progress": governance_progress,
    "governance_targets": governance_targets,
    "governance_posts": governance_posts,
    "declaration_counts": declaration_counts,
    "assistance_targets": assistance_targets,
    "assistance_rates": assistance_rates,
    "institutions": institutions,
}
