"""校核: what must hold before a report is issued. What fails blocks it, or by a person's choice becomes a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from zyb.alerting import Fault
from zyb.briefing import facts
from zyb.briefing.model import Check, Section
from zyb.briefing.remarks import silent_words
from zyb.briefing.text.phrases import listed
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.standing.standings import Standing, Standings

NOTHING_ODD = "无异常"
EVERYBODY = "各地均已报送"
PRESSED = "未报送的逐项列入督办"
# What is said of each check where it fails.
FAILURES = {
    "totals": "各地合计与总数不一致",
    "agreement": "汇总表与台账不一致",
    "within": "完成数大于应完成数",
    "fell": "累计数下降",
    "reported": "有地区未报送",
    "same_day": "数据截至日期不一致",
}


def checks(
    found: Sequence[Standings],
    sections: Sequence[Section],
    faults: Sequence[Fault],
    accepted: Sequence[str],
    region_code: str = "",
    *,
    supervised: bool = False,
) -> tuple[Check, ...]:
    """In the order of the 校核 box; of a report on one region only that region's faults count. A 督办单 (`supervised`) presses
    for the very reports that are missing, line by line."""
    if region_code:
        found = [replace(each, regions=_only(each.regions, region_code)) for each in found]
    made = (
        _totals(sections),
        _agreement(found),
        _within(found),
        _nothing_fell(faults),
        _check("reported", EVERYBODY, (), PRESSED) if supervised else _everybody(sections),
        _same_day(sections),
    )
    return tuple(
        replace(check, accepted=not check.passed and check.id in accepted, failure=FAILURES[check.id])
        for check in made
    )


def check_named(said: str) -> str:
    """The check of this id, or of what is said where it fails; raises NotPossible for any other."""
    found = next((name for name, failure in FAILURES.items() if said in (name, failure)), None)
    if found is None:
        raise NotPossible(f"没有校核项“{said}”。", f"可用的校核项：{'、'.join(FAILURES.values())}。")
    return found


def _only(regions: Sequence[Standing], code: str) -> tuple[Standing, ...]:
    return tuple(standing for standing in regions if standing.region_code == code)


def _check(check_id: str, title: str, odd: Iterable[str], fine: str = NOTHING_ODD) -> Check:
    told = list(dict.fromkeys(odd))
    return Check(check_id, title, not told, "；".join(told) if told else fine)


def _totals(sections: Sequence[Section]) -> Check:
    """The printed whole is the sum of the printed regions: said with both numbers."""
    odd: list[str] = []
    fine: list[str] = []
    for section in (section for section in sections if section.lines and not section.surveys):
        both = [line for line in section.lines if line.numerator is not None and line.denominator is not None]
        own_done, own_due = section.beside
        done = sum(line.numerator or 0 for line in both) + own_done
        due = sum(line.denominator or 0 for line in (section.lines if section.together else both)) + own_due
        parts = "本级与各地合计" if own_due else "各地合计"
        whole = f"{section.title}：{section.whole.name}{section.whole.numerator}／{section.whole.denominator}，{parts}{done}／{due}"
        agrees = not both or (done, due) == (section.whole.numerator, section.whole.denominator)
        (fine if agrees else odd).append(whole)
    return _check("totals", "各地合计与总数一致", odd, "；".join(fine[:1]) or NOTHING_ODD)


def _agreement(found: Sequence[Standings]) -> Check:
    odd = [
        f"{region}{each.measure.title}：{told}，两者不一致，本件采用前者，请核对"
        for each in found
        for region, told in each.disagreements
    ]
    return _check("agreement", "汇总表与台账一致", odd)


def _within(found: Sequence[Standings]) -> Check:
    """A part cannot be more than its whole; a task (another ledger's number) may be exceeded."""
    odd = [
        f"{standing.region}{each.measure.numerator.title}{standing.numerator}{each.measure.unit}，"
        f"大于{each.measure.denominator.title}{standing.denominator}{each.measure.unit}"
        for each in found
        if each.measure.kind == "ratio" and each.measure.numerator.ledger == each.measure.denominator.ledger
        for standing in each.regions
        if (standing.numerator or 0) > (standing.denominator or 0) and standing.denominator is not None
    ]
    return _check("within", "完成数不大于应完成数", odd)


def _nothing_fell(faults: Sequence[Fault]) -> Check:
    return _check("fell", "累计数没有下降", (fault.told for fault in faults if fault.kind == "fell"))


def _everybody(sections: Sequence[Section]) -> Check:
    told: dict[str, list[str]] = {}
    for section in sections:
        if missed := _missed(section):
            told.setdefault(missed, []).append(section.title)
    odd = [f"{'、'.join(titles)}：{missed}" for missed, titles in told.items()]
    return _check("reported", EVERYBODY, odd, EVERYBODY)


def _missed(section: Section) -> str:
    """Who never reported, and whose old figures are used."""
    if section.silent_from:
        return silent_words(section.silent_from)
    absent = [line.name for line in facts.absent(section)]
    never = f"{listed(absent)}未报送" if absent else ""
    return "；".join(filter(None, (never, facts.carried(section))))


def _same_day(sections: Sequence[Section]) -> Check:
    """Figures of different days side by side must be said; those due anew are told as not reported."""
    told: dict[str, list[str]] = {}
    for section in sections:
        for line in section.lines:
            if line.as_of and line.numerator is not None and line.as_of != section.as_of and not line.stale:
                told.setdefault(f"{line.name}为{chinese_day(line.as_of)}数据", []).append(section.title)
    stated = sorted({section.as_of for section in sections})
    return _check(
        "same_day",
        "数据截至日期一致并已注明",
        (f"{'、'.join(titles)}：{other}" for other, titles in told.items()),
        f"数据截至{'、'.join(map(chinese_day, stated))}",
    )
