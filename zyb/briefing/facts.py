"""What can be said of one measure: comparisons and groups that several sentences, slides and tables share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from zyb.briefing.model import HeldVerdict, RegionLine, Section
from zyb.briefing.text.phrases import kind_of_regions, listed
from zyb.periods import chinese_day
from zyb.rulebook.verdicts import OPEN, UNKNOWN
from zyb.standing import yardsticks

# “居前三位”: three of seven and more, two of five and six, one of three and four.
PLACES = ((7, 3), (5, 2), (3, 1))
# The regions that together hold so much of the remainder are named, but no more than these.
MAIN_SHARE = Fraction(3, 5)
MOST_NAMED = 3
# Of a verdict that a person set.
MARK = "*"


@dataclass(frozen=True)
class Change:
    """Since the previous report: how many more, and how far the value moved (as a share)."""

    added: int
    moved: Fraction | None


def change(section: Section) -> Change | None:
    """None without a previous report."""
    line = section.whole
    earlier = next((point for point in section.trend if point.day == section.previous_as_of), None)
    if line.added is None or section.previous_as_of is None:
        return None
    moved = (
        line.value - earlier.value
        if earlier and earlier.value is not None and line.value is not None
        else None
    )
    return Change(line.added, moved)


def reported(section: Section) -> list[RegionLine]:
    """Regions with a value, in roster order."""
    return [line for line in section.lines if line.value is not None]


def told_of(section: Section) -> Sequence[RegionLine]:
    """The regions, or in a report on one region that region."""
    return section.lines or (section.whole,)


def partly(section: Section) -> list[RegionLine]:
    """The provinces whose sums are of a part of their regions."""
    return [line for line in told_of(section) if line.partly]


def comparable(section: Section) -> list[RegionLine]:
    """Whose values can be held against each other: not of whose it has to be asked first what they are."""
    return [line for line in reported(section) if line.rank is not None]


def owing(section: Section) -> list[RegionLine]:
    """The regions that have a task."""
    return [line for line in section.lines if line.judgement.id != "no_task"]


def speaking(section: Section) -> list[RegionLine]:
    """Who of them has reported this time."""
    return [line for line in owing(section) if line.told and not line.stale]


def few_speak(section: Section) -> bool:
    """Whether too few have reported this time for the whole to be judged."""
    return section.few or (bool(section.lines) and section.whole.judgement.id == "partial")


def absent(section: Section) -> list[RegionLine]:
    """Who has never reported it."""
    return [line for line in told_of(section) if line.judgement.id == "not_reported"]


def carried(section: Section) -> str:
    """“安康市本期未报送，沿用2024年4月30日数据”: whose old figures are used; "" where all are new."""
    days: dict[date, list[str]] = {}
    for line in told_of(section):
        if line.stale and line.as_of:
            days.setdefault(line.as_of, []).append(line.name)
    return "；".join(
        f"{listed(names)}本期未报送，沿用{chinese_day(day)}数据" for day, names in sorted(days.items())
    )


def adjusted(section: Section) -> list[str]:
    """Whose verdict a person set, with the rule's own and the reason: wherever it is printed this goes with it."""
    own = [line for line in told_of(section) if line.judgement.proposed]
    return [f"{MARK}{adjustment(line, section.title)}" for line in own]


def mark(line: RegionLine) -> str:
    """Behind a verdict, or a name, that such a sentence explains."""
    return MARK if line.judgement.proposed else ""


def basis(section: Section) -> list[str]:
    """What a measure rests on, and the document that sets its dates unless the basis says it already."""
    said = section.basis and section.plan_basis.startswith(section.basis)
    return [
        *([f"依据：{section.basis}。"] if section.basis else []),
        *([f"时限依据：{section.plan_basis}。"] if section.plan_basis and not said else []),
        *(f"{who}：{told}。" for who, told in section.targets),
    ]


def adjustment(line: RegionLine, about: str = "", most: int | None = None) -> str:
    """“宝鸡市：按规则为“达到序时”，人工调整为“进展缓慢”，理由：…。”, of a long reason no more than so many letters."""
    reason = line.judgement.reason.rstrip("。")
    told = reason if most is None or len(reason) <= most else f"{reason[:most]}…"
    return f"{line.name}{about}：{in_place_of(line.judgement)}，理由：{told}。"


def in_place_of(held: HeldVerdict) -> str:
    """The rule's own verdict and that of a person."""
    return f"按规则为“{held.proposed}”，人工调整为“{held.title}”"


def everybody_told(section: Section) -> bool:
    """Whether every region reported, and reported anew."""
    return not absent(section) and not any(line.stale for line in told_of(section))


def everybody_spoke(section: Section) -> bool:
    """Whether what is told of the whole is told of all of it: nobody is silent, and nobody's figures are of a part."""
    return not any(line.judgement.id in UNKNOWN or line.partly for line in told_of(section))


def judged(section: Section, *verdicts: str) -> list[RegionLine]:
    """Regions with one of these verdicts, the furthest behind first."""
    found = [line for line in section.lines if line.judgement.id in verdicts]
    sign = -1 if section.falls else 1
    return sorted(found, key=lambda line: (line.value is None, sign * (line.value or Fraction(0))))


def behind(section: Section) -> list[RegionLine]:
    return judged(section, "lagging", "slow", "nothing_done")


def at_pace(section: Section) -> list[RegionLine]:
    """Who keeps pace by the verdict that holds, as every legend counts them."""
    return [line for line in section.lines if line.judgement.tone == "good"]


def stalled(section: Section) -> list[RegionLine]:
    """Who has work left and reported nothing new; nothing new of what should be less is no standstill."""
    return [line for line in section.lines if line.added == 0 and line.remaining and not section.falls]


def places(section: Section) -> int:
    """How many “居前” and “居后” are named; 0 when the regions are too few for either."""
    return next((named for least, named in PLACES if len(comparable(section)) >= least), 0)


def leaders(section: Section) -> list[RegionLine]:
    """The first places, with everyone who shares the last of them."""
    return [line for line in section.ranked() if line.rank is not None and line.rank <= places(section)]


def trailers(section: Section) -> list[RegionLine]:
    """The last places, the better of them first, with everyone who shares the first of them."""
    known = [line for line in section.ranked() if line.rank is not None]
    if not (named := places(section)):
        return []
    bound = known[-named].rank
    return [line for line in known if line.rank is not None and bound is not None and line.rank >= bound]


def main_holders(section: Section) -> list[RegionLine]:
    """The fewest regions that hold most of what is left; nobody where it is spread evenly over many.

    Who holds as much as the last of them is named too, or nobody is. A region alone is told by `only_holder`.
    """
    holders = sorted(
        (line for line in section.lines if line.remaining), key=lambda line: -(line.remaining or 0)
    )
    left = sum(line.remaining or 0 for line in holders)
    sums = list(accumulate(line.remaining or 0 for line in holders))
    enough = next((n for n, held in enumerate(sums, 1) if held >= MAIN_SHARE * left), 0)
    while 0 < enough < len(holders) and holders[enough].remaining == holders[enough - 1].remaining:
        enough += 1
    return holders[:enough] if 0 < enough <= MOST_NAMED and enough < len(holders) else []


def only_holder(section: Section) -> RegionLine | None:
    """The one region that holds everything that is left, where others have finished."""
    holders = [line for line in section.lines if line.remaining]
    return holders[0] if len(holders) == 1 and len(reported(section)) > 1 else None


def held(lines: Sequence[RegionLine]) -> int:
    return sum(line.remaining or 0 for line in lines)


def regional_remainder(section: Section) -> int:
    """What is left in all regions together: one region's surplus does not do another's work."""
    return held(section.lines) if section.lines else section.whole.remaining or 0


def waiting(section: Section) -> str:
    """“安康市待核实，渭南市待确认”: whose figures have to be looked into first."""
    titles = dict.fromkeys(line.judgement.title for line in section.lines if line.judgement.id in OPEN)
    named = (
        listed([line.name for line in section.lines if line.judgement.title == title]) + title
        for title in titles
    )
    return "，".join(named)


def everybody(section: Section) -> str:
    """“各地”, as long as all are told of by figures that can be compared; else who is not."""
    silent = [line.name for line in absent(section)]
    who = listed(silent) if len(silent) <= MOST_NAMED else f"{len(silent)}个地区"
    apart = [waiting(section), f"{who}未报送" if silent else ""]
    others = "其余地区" if apart[0] else "已报送的地区" if silent else "各地"
    return "，".join([*filter(None, apart), others])


def nobody_behind(section: Section) -> str:
    """What to say when no region is; where a person judged somebody so, of the verdicts and not of the gaps."""
    judged = [line for line in reported(section) if line.judgement.id not in OPEN]
    open_ones = waiting(section)
    if open_ones and not judged:
        return f"{open_ones}，暂不作评价"
    before = f"{open_ones}，其余" if open_ones else ""
    everybody = before + ("已报送的地区" if absent(section) else "各地")
    if all(line.judgement.id == "finished" for line in judged):
        return f"{everybody}均达到{section.yardstick}" if section.falls else f"{everybody}均已全部完成"
    if any((section.lead(line) or 0) < 0 for line in section.lines):
        return f"{everybody}均未评定为进展滞后"
    return f"{everybody}均达到{section.yardstick}"


def is_behind(section: Section) -> bool:
    """Whether the whole of it is."""
    return section.whole.judgement.tone in ("watch", "lagging")


def against_pace(section: Section, line: RegionLine) -> str:
    """“快于序时进度1.8个百分点”, “低于目标5.0个百分点”; "" where there is neither."""
    if line.gap is None:
        return ""
    return yardsticks.against(
        line.gap, section.paced, higher_is_better=not section.falls, counted_in=section.gap_unit
    )


def called(section: Section) -> str:
    """市, 市（区） …: what the regions are called when they are counted."""
    return kind_of_regions([line.name for line in section.lines])
