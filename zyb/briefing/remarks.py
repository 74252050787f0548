"""What is worth saying about standings beside their figures, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zyb.briefing.model import VerdictRule
from zyb.numerals import count, rounded, value_text
from zyb.periods import chinese_day
from zyb.rulebook.measures import Measure
from zyb.rulebook.verdicts import BY_GAP, Verdicts
from zyb.standing import arithmetic, yardsticks
from zyb.standing.caveats import MOST_NAMED
from zyb.standing.forecast import Forecast, Point
from zyb.standing.standings import Standing, Standings
from zyb.wording.schedules import outlook, to_the_deadline


def carried_words(standing: Standing) -> str:
    """“本期未报送，沿用7月31日数据”; “” for new figures."""
    return f"本期未报送，沿用{short_day(standing)}数据" if standing.stale else ""


def silence_words(found: Standings) -> str:
    """“2024年11月1日以来各地均未报送新的数据”: of what was due by the day asked for; “” while the figures speak for it."""
    return silent_words(found.silent_from) if found.silent_from else ""


def silent_words(since: date) -> str:
    return f"{chinese_day(since)}以来各地均未报送新的数据"


def short_day(standing: Standing) -> str:
    """“7月31日”: of which day its figures are, beside its name."""
    return f"{standing.as_of.month}月{standing.as_of.day}日" if standing.as_of else ""


def rolled_words(standing: Standing) -> str:
    """“由各地上报汇总（12个地区中11个已报送）”; “” for a line that the province has sent itself."""
    rolled = standing.rolled
    if rolled is None:
        return ""
    return f"由各地上报汇总（{partly_rolled(standing) or '全部已报送'}）"


def partly_rolled(standing: Standing) -> str:
    """“12个地区中2个已报送”: how little a province's sum is of the province; “” where it is all, or its own line."""
    rolled = standing.rolled
    if rolled is None or not standing.told:
        return ""
    some = f"{rolled.regions}个地区中{rolled.reported}个已报送" if rolled.silent else ""
    named = "、".join(rolled.parted) if len(rolled.parted) <= MOST_NAMED else f"{len(rolled.parted)}个地区"
    return "，".join(filter(None, (some, f"{named}仅部分县区报送" if named else "")))


def partly_told(standing: Standing) -> str:
    """The same, or of a region which counties alone have reported: “仅桥东区报送（1／16个县区）”."""
    return standing.alone.told if standing.alone else partly_rolled(standing)


def newly_words(found: Standings, standing: Standing) -> str:
    """“首次报送的45家不计入新增”."""
    return f"首次报送的{count(standing.newly)}{found.measure.unit}不计入新增" if standing.newly else ""


def rolled_note(found: Standings) -> str:
    """Of the whole country: whose figures are added up from their own regions' reports, and how full the sums are."""
    rolled = [s for s in found.regions if s.rolled and s.told]
    if not rolled:
        return ""
    names = "、".join(standing.short for standing in rolled)
    gaps = [f"{s.short}（{partly_rolled(s)}）" for s in rolled if partly_rolled(s)]
    missing = f"；合计不含未报送的地区：{'、'.join(gaps)}" if gaps else ""
    return f"{names}由各地上报汇总，其余取自行上报的数{missing}。"


def remainder_words(found: Standings) -> str:
    """“各地合计还差1,909家；超额不抵其他地区”, in a note to 还差: where the regions' sum is not what the two totals lead to.

    What each has to do is its own: a surplus elsewhere does not do it.
    """
    own, together, unit = found.own_remainder, found.regional_remainder, found.measure.unit
    lack = found.measure.lacking
    if own is None or own == together:
        return ""
    if found.province.remaining == together:
        whole = f"{found.province.region}总数"
        if not found.measure.higher_is_better:
            return f"为各地合计，低于目标的不抵其他地区（{whole}{found.measure.lacking.removeprefix('还')}{count(own)}{unit}）"
        return f"为各地合计，超额不抵其他地区（{whole}相差{count(own)}{unit}）"
    return f"各地合计{lack}{count(together)}{unit}；{'超额' if found.measure.higher_is_better else '低于目标的'}不抵其他地区"


def pace_words(found: Standings, standing: Standing) -> str:
    """“低于序时进度 34.8 个百分点”; before the window opens from when on."""
    if standing is found.province and few_speak(found):
        return few_words(found)
    if standing.verdict.id == "undetermined":
        return "待其余县区报送后评价" if _parted(found, standing) else "待写明县区后评价"
    if standing.verdict.id == "repeated":
        return "与上年末所报相同，待确认后评价"
    if standing.verdict.id == "startless":
        return "缺上年末累计数，补报后评价"
    if standing.gap is None:
        return not_begun(found) or ("未设时序" if found.measure.paced else "未设目标")
    return yardsticks.against(
        standing.gap, found.measure.paced, space=" ", higher_is_better=found.measure.higher_is_better,
        counted_in=found.measure.gap_unit,
    )  # fmt: skip


def _parted(found: Standings, standing: Standing) -> bool:
    """Whether counties are missing from its figures."""
    return any(one.alone for one in (found.regions if standing is found.province else [standing]))


def owing(found: Standings) -> list[Standing]:
    """The regions that have a task, or of which none is known."""
    return [standing for standing in found.regions if standing.verdict.id != "no_task"]


def speaking(found: Standings) -> list[Standing]:
    """Who of them has reported this time."""
    return [standing for standing in owing(found) if standing.told and not standing.stale]


def few_speak(found: Standings) -> bool:
    """Too few of them, be there anything to judge by or not; where nobody has ever reported there is no figure to speak of."""
    least = found.verdicts["partial"].at_least or 0
    return bool(found.reported) and len(speaking(found)) < least * len(owing(found))


def expected(found: Standings, standing: Standing, points: Sequence[Point]) -> Forecast | None:
    """When it is finished at the rate of the last reports; of the whole nothing while few speak, and no day that is over."""
    if standing is found.province and few_speak(found):
        return None
    return found.foreseen(_rate(found, standing, points))


def _rate(found: Standings, standing: Standing, points: Sequence[Point]) -> Forecast | None:
    return arithmetic.outlook(found.measure, found.plan, points, standing.remaining)


def few_words(found: Standings) -> str:
    """“12 个地区中仅 1 个报送本期数据，不作评价”."""
    if found.silent_from:
        return f"{silence_words(found)}，不作评价"
    what = "可以计算" if found.startless else "报送本期数据"
    return f"{len(owing(found))} 个地区中仅 {len(speaking(found))} 个{what}，不作评价"


def both_targets(found: Standings) -> str:
    """“国家85.0%（2025年12月31日）、本省95.0%（2025年12月31日）”: where both ask, by a document each; “” where one does."""
    own, nation, kind = found.plan, found.national, found.measure.kind
    if own is None or nation is None:
        return ""
    told = (
        f"{who}{value_text(plan.target, kind)}（{chinese_day(plan.window.due)}）"
        for who, plan in (("国家", nation), ("本省", own))
    )
    return "、".join(told)


def two_targets(found: Standings) -> tuple[tuple[str, str], ...]:
    """Whose target, and the target with its day and clause; nothing where only one document asks."""
    if found.plan is None or found.national is None:
        return ()
    return tuple(
        (
            who,
            f"{value_text(plan.target, found.measure.kind)}，{chinese_day(plan.window.due)}前，依据：{plan.basis}",
        )
        for who, plan in (("国家目标", found.national), ("本省目标（按此评价）", found.plan))
    )


def not_begun(found: Standings) -> str:
    """“未到起始日2025年1月1日”; “” once the task has begun, and where no window is set."""
    if found.begun or found.plan is None:
        return ""
    return f"未到起始日{chinese_day(found.plan.window.start)}"


def in_months(found: Standings, standing: Standing) -> str:
    """“约慢 19.9 个月”: the gap as time, “” where there is none to speak of."""
    months = found.months_ahead(standing)
    if months is None or rounded(abs(months)) == 0:
        return ""
    return f"约{'快' if months > 0 else '慢'} {rounded(abs(months))} 个月"


def deadline_sentence(found: Standings, standing: Standing) -> str:
    """“距2025年6月30日还有69周，剩余2124家，平均每周至少需完成31家。”, as reports word it."""
    plan = found.schedule(standing)
    if plan is None:
        return ""
    if plan.remaining == 0:
        return f"{done_words(found, standing)}。"
    return to_the_deadline(plan, found.measure)


def done_words(found: Standings, standing: Standing) -> str:
    """“已全部完成”; while regions are silent the province has only finished what is reported."""
    falls = standing.falls
    unknown = [
        f"{len(ones)}个地区{ones[0].verdict.title}" for ones in (found.missing, found.startless) if ones
    ]
    if standing is found.province and unknown:
        done = "均已达到目标" if falls else "均已完成"
        return f"{'其余' if found.startless else '已报送'}地区{done}，{'、'.join(unknown)}"
    return "已达到目标" if falls else "已全部完成"


def forecast_sentence(rate: Forecast | None, measure: Measure, year: int | None = None) -> str:
    """“近4周平均每周完成9.3家，按此进度预计2026年3月完成，晚于时限36周。”"""
    if rate is None and measure.counts and not measure.higher_is_better:
        return ""
    return f"{outlook(rate, measure, year)}。" if rate else "报送不足两次，暂不预测。"


def expected_sentence(found: Standings, standing: Standing, points: Sequence[Point]) -> str:
    """The forecast of its history; of the whole that there is none while few speak."""
    if standing is found.province and few_speak(found):
        return "本期报送的地区不足，暂不预测。"
    rate = _rate(found, standing, points)
    if rate and found.foreseen(rate) is None:
        return ""
    return forecast_sentence(rate, found.measure, found.own_year)


def verdict_rules(table: Verdicts, paced: bool = True, falls: bool = False) -> tuple[VerdictRule, ...]:
    """The rule behind the words, printed in every legend; whoever reaches a target without pace has finished.

    `falls`: less is better, and the target is a limit.
    """
    if falls:
        limited = (one for one in (table["finished"], *map(table.__getitem__, BY_GAP)) if one.rule_of_limit)
        return tuple(VerdictRule(one.title, one.rule_of_limit) for one in limited)
    if paced:
        return tuple(VerdictRule(table[name].title, table[name].rule) for name in BY_GAP)
    told = [table["finished"], *(table[name] for name in BY_GAP if table[name].rule_of_target)]
    return tuple(VerdictRule(one.title, one.rule_of_target or one.rule) for one in told)
