"""Timing side by side: every contender once a round, so that a busy machine is busy for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def side_by_side(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each contender in each round; one round before them warms up."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            spent = seconds(work) * 1000
            if number:
                taken[name].append(spent)
    return taken


def report(title: str, taken: Mapping[str, list[float]]) -> None:
    """Medians, the quickest round, and the ratio to the first line."""
    print(f"\n{title}\n{'':34} {'median ms':>10} {'best ms':>10} {'ratio':>7}")
    first = median(next(iter(taken.values())))
    for name, times in taken.items():
        print(
            f"{name:34} {median(times):>10.1f} {min(times):>10.1f} {median(times) / first:>7.2f}", flush=True
        )
