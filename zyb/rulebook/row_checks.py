"""What has to hold within a row of a ledger, and between its sums and another's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AtMost:
    """Within a row the first column may not exceed the second (完成 ≤ 纳入)."""

    smaller: str
    larger: str


@dataclass(frozen=True)
class RowSum:
    """A column that repeats the sum of a yearly column (合计帮扶任务数): checked, never stored."""

    column: str
    of: str


@dataclass(frozen=True)
class DateOrder:
    """The first date may not lie after the second."""

    earlier: str
    later: str


@dataclass(frozen=True)
class AllOf:
    """A 是 in `when` says that no other of `columns` is 否: 完成帮扶目标 with 未培训."""

    when: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Expects:
    """Where `when` is one of `values`, `column` should be filled in."""

    column: str
    when: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Below:
    """A column should stay below a limit; `reason` says what follows when it does not."""

    column: str
    limit: int
    reason: str


@dataclass(frozen=True)
class Agreement:
    """A tally that another ledger counts as well (summary and enterprise list): they should be equal."""

    tally: str
    ledger: str
    their: str
