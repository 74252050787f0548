"""What the colours of a map mean, and how many regions have each."""

from __future__ import annotations

from dataclasses import dataclass

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import Briefing, RegionLine, Section
from zyb.rulebook.verdicts import verdicts

NOT_REPORTED = "not_reported"


@dataclass(frozen=True)
class LegendEntry:
    verdict_id: str
    title: str
    shape: str
    regions: int
    rule: str
    paced: bool

    @property
    def in_scale(self) -> bool:
        """Whether values are sorted into it, though it may be empty."""
        return self.paced and bool(self.rule)

    @property
    def hatched(self) -> bool:
        """What was not reported shows without colours as well."""
        return self.verdict_id == NOT_REPORTED


def classes(briefing: Briefing, section: Section) -> list[LegendEntry]:
    """Every class, best first, with the number of its regions; each medium shows those that it has room for."""
    rules = {one.title: one.rule for one in briefing.rules_of(section)}
    ids = [line.judgement.id for line in section.lines]
    paced = section.pace is not None
    found = [verdicts(briefing.request.province)[verdict_id] for verdict_id in palette.VERDICTS]
    return [
        LegendEntry(one.id, one.title, one.shape, ids.count(one.id), rules.get(one.title, ""), paced)
        for one in found
    ]


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
