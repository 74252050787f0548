"""A file understood and compared, before anything of it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction

from zyb.intake import Submission
from zyb.intake.lists.findings import unnamed
from zyb.rulebook.measures import Measure
from zyb.rulebook.problems import Problem, blocking, problem
from zyb.standing.standings import Standing
from zyb.store import fingerprint


class WorkStage(IntEnum):
    """How far the work on a file has come."""

    WAITING = 0
    READING = 1
    UNDERSTANDING = 2
    CHECKING = 3
    DONE = 4


# What the officials' reason lets in: a cumulative figure lower than the one before, higher than the one after.
FALLS = {"fell", "falls_after"}
# And a report of what is locked by now.
LOCKED = "locked"
EXPLAINABLE = {*FALLS, LOCKED}
STAGES = ("等待", "读取", "识别", "核对")
Tell = Callable[[WorkStage], None]


def to_nobody(stage: WorkStage) -> None:
    """Where nobody watches."""


def figures_of(standing: Standing) -> tuple[int | None, int | None, Fraction | None]:
    """What a standing rests on; a survey has its value alone."""
    return standing.numerator, standing.denominator, standing.value


@dataclass(frozen=True)
class Effect:
    """A headline figure before and after; both are the province's standing."""

    measure: Measure
    before: Standing
    after: Standing
    changed: tuple[tuple[Standing, Standing], ...]

    @property
    def moved(self) -> bool:
        return figures_of(self.before) != figures_of(self.after)

    @property
    def difference(self) -> Fraction | None:
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True)
class RowCounts:
    """Rows of the upload against what is in force for the same region and year."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A file understood and compared, before anything is saved."""

    file_name: str
    content: bytes
    submission: Submission
    duplicate_of: int | None = None
    effects: tuple[Effect, ...] = ()
    row_counts: RowCounts = RowCounts(0, 0, 0)
    reason: str = ""
    sha256: str = ""
    understood: Submission | None = None
    """As it was read, before it was compared: what is compared again when the data have changed since."""
    revision: int = -1
    """Of the store, before it was compared."""

    def __post_init__(self) -> None:
        if not self.sha256:  # once for a file, also when it is replaced by what is known after comparing
            object.__setattr__(self, "sha256", fingerprint(self.content))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.submission.problems

    @property
    def status(self) -> str:
        """refused | duplicate | accepted (that is: ready to be accepted)."""
        if blocking(self.problems):
            return "refused"
        return "accepted" if self.duplicate_of is None else "duplicate"

    def number_of(self, severity: str) -> int:
        """So many problems, with those of a long list that are counted and not named; another table's are not its own."""
        named = sum(one.severity == severity and one.code != "held_back" for one in self.problems)
        left_out = sum(one.count for one in self.submission.left_out if one.severity == severity)
        return named + unnamed(self.submission.findings)[severity] + left_out

    @property
    def needs_reason(self) -> bool:
        """Nothing stands in the way but what a reason lets in, and nobody has given one."""
        return bool(self.own_errors) and {found.code for found in self.own_errors} <= EXPLAINABLE

    @property
    def own_errors(self) -> tuple[Problem, ...]:
        """What must be put right in this table; another table's errors hold it back, but are not its own."""
        return tuple(p for p in self.problems if p.severity == "error" and p.code != "held_back")


def needs_reason(tables: Sequence[Prepared]) -> bool:
    """Nothing stands in the way of a file but what a reason lets in, and nobody has given one."""
    faulty = [table for table in tables if table.own_errors]
    return bool(faulty) and all(table.needs_reason for table in faulty)


def together(tables: list[Prepared]) -> list[Prepared]:
    """A file goes in whole or not at all: one table's errors hold the others back."""
    faulty = [table for table in tables if table.status == "refused"]
    if not faulty:
        return tables
    named = "、".join(dict.fromkeys(f"“{table.submission.sheet}”" for table in faulty))
    return [
        table if table in faulty else replace(
            table, submission=table.submission.with_problems([problem("held_back", sheet=table.submission.sheet, others=named)])
        )
        for table in tables
    ]  # fmt: skip
