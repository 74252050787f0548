"""Two ledgers that feed the same measure and say different numbers of a region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zyb.periods import chinese_day
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure

ROLLED_UP = "各地上报汇总"


@dataclass(frozen=True)
class Said:
    """What one ledger says of a region; with a blank one, what a province's own regions say together."""

    ledger: str
    numerator: int
    denominator: int
    as_of: date | None

    @property
    def named(self) -> str:
        """“《专项治理进展汇总表》（截至2024年3月1日）”."""
        until = f"（截至{chinese_day(self.as_of)}）" if self.as_of else ""
        said = f"《{ledgers()[self.ledger].title}》" if self.ledger else ROLLED_UP
        return f"{said}{until}"


@dataclass(frozen=True)
class Disagreement:
    """Two ledgers that feed the same measure and say different numbers; the first one is used."""

    used: Said
    other: Said

    def told(self, measure: Measure) -> str:
        """“完成治理《专项治理进展汇总表》为498家、《专项治理企业台账》为492家”: which tally, in both ledgers."""
        sides = (
            (measure.numerator.title, self.used.numerator, self.other.numerator),
            (measure.denominator.title, self.used.denominator, self.other.denominator),
        )
        unit = measure.unit
        return "，".join(
            f"{title}{self.used.named}为{ours}{unit}、{self.other.named}为{theirs}{unit}"
            for title, ours, theirs in sides
            if ours != theirs
        )
