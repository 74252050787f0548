"""What the colours of a map mean, and how many regions have each."""

from __future__ import annotations

from dataclasses import dataclass

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import Briefing, RegionLine, Section
from zyb.rulebook.verdicts import verdicts
from zyb.standing.scales import HOW, ValueScale, value_scale

NOT_REPORTED = "not_reported"


@dataclass(frozen=True)
class LegendEntry:
    verdict_id: str
    """Empty for a class of values that nothing judges."""
    colour: str
    title: str
    shape: str
    regions: int
    rule: str

    @property
    def in_scale(self) -> bool:
        """Whether values are sorted into it, though it may be empty."""
        return bool(self.rule)

    @property
    def hatched(self) -> bool:
        """What was not reported shows without colours as well."""
        return self.verdict_id == NOT_REPORTED


def classes(briefing: Briefing, section: Section) -> list[LegendEntry]:
    """Every class, best first, with the number of its regions; each medium shows those that it has room for."""
    if not section.judges:
        return [*_of_values(section), *_without_value(briefing, section)]
    rules = {one.title: one.rule for one in briefing.rules_of(section)}
    ids = [line.judgement.id for line in section.lines]
    found = [verdicts(briefing.request.province)[verdict_id] for verdict_id in palette.VERDICTS]
    return [
        LegendEntry(one.id, palette.VERDICTS[one.id], one.title, one.shape, ids.count(one.id), rules.get(one.title, ""))
        for one in found
    ]  # fmt: skip


def _of_values(section: Section) -> list[LegendEntry]:
    return [
        LegendEntry("", palette.VALUES[one.shade], one.words(section.kind), "", one.members, "")
        for one in scale(section).classes
    ]


def _without_value(briefing: Briefing, section: Section) -> list[LegendEntry]:
    """未报送 and 无任务."""
    ids = [line.judgement.id for line in section.lines if line.value is None]
    known = verdicts(briefing.request.province)
    wanted = [known[name] for name in palette.VERDICTS if name == NOT_REPORTED or name in ids]
    return [
        LegendEntry(one.id, palette.VERDICTS[one.id], one.title, one.shape, ids.count(one.id), "")
        for one in wanted
    ]


def map_words(section: Section) -> str:
    """How the colours were made, where no verdict explains them."""
    return "" if section.judges else f"{HOW}。"


def scale(section: Section) -> ValueScale:
    """The classes of values that nothing judges."""
    return value_scale((line.value for line in section.lines), section.kind)


@dataclass(frozen=True)
class Ground:
    """What a region is drawn in: its verdict's colour, or where nothing is judged that of its value.

    On a `light` one white letters stand out; a hatched one has not reported.
    """

    colour: str
    light: bool = False
    hatched: bool = False


def ground(section: Section, line: RegionLine) -> Ground:
    found = None if section.judges else scale(section).of(line.value)
    if found:
        return Ground(palette.VALUES[found.shade], found.shade >= palette.LIGHT_VALUES)
    held = line.judgement.id
    return Ground(palette.VERDICTS[held], held in palette.LIGHT_LETTERING, held == NOT_REPORTED)


def told_by_class(section: Section) -> list[str]:
    """“进展较快：汉中市、商洛市”, best class first."""
    classes: dict[str, list[RegionLine]] = {verdict_id: [] for verdict_id in palette.VERDICTS}
    for line in section.ranked():
        classes[line.judgement.id].append(line)
    return [
        f"{own[0].judgement.title}：{'、'.join(line.name + facts.mark(line) for line in own)}"
        for own in classes.values()
        if own
    ]
