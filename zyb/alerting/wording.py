"""What an alert says: what, how much, since when, what is needed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zyb.numerals import HUNDRED_PERCENT, absolute_points, value_text
from zyb.periods import Schedule, chinese_day
from zyb.rulebook.measures import Measure
from zyb.rulebook.verdicts import OPEN
from zyb.standing import yardsticks
from zyb.standing.alert_course import AlertCourse, AlertStep, Missed, Signal
from zyb.standing.forecast import Forecast
from zyb.standing.silence import handed_down
from zyb.standing.standings import Standing, Standings
from zyb.wording.schedules import outlook, task

# What settles figures that say too little; what a report of last year's end would settle has been said with them.
REMEDIES = {"undetermined": "请补充县区后重新上报", "repeated": "请核实后重新上报"}


def month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def sentence(
    found: Standings, standing: Standing, step: AlertStep, on: date, known: Standing | None = None
) -> str:
    """What, how much, since when, what is needed. `known`: where the region last had a value, be it of another year."""
    first = found.said(standing)
    if _unheard(standing, step):
        # A title that names no rate would run into the words around it.
        title = found.measure.title
        first = (f"“{title}”" if found.measure.said else title) + silence(step.course, step.signal)
    return standing.region + "，".join([first, *_rest(found, standing, step, on, known)]) + "。"


def clauses(
    found: Standings, standing: Standing, step: AlertStep, on: date, known: Standing | None = None
) -> tuple[str, ...]:
    """The same in parts, for a row that names region and measure itself."""
    first = figure(found, standing)
    if _unheard(standing, step):
        first = silence(step.course, step.signal)
    return (first, *_rest(found, standing, step, on, known))


def _unheard(standing: Standing, step: AlertStep) -> bool:
    """Silent, or late of a year that is over and silent in this one: there is no value to begin with."""
    return step.state == "silent" or (standing.value is None and step.course.silent > 0)


def _rest(
    found: Standings, standing: Standing, step: AlertStep, on: date, known: Standing | None
) -> list[str]:
    if _unheard(standing, step):
        return [*_silent_parts(found, standing, step, on, known), *adjusted_words(standing)]
    parts = _cleared_parts if step.state == "cleared" else _open_parts
    return [*parts(found, standing, step, on), *adjusted_words(standing)]


def adjusted_words(standing: Standing) -> list[str]:
    """“人工调整为达到序时，程序判定进展缓慢，理由：…”: the alert goes by the figures, whoever judged otherwise."""
    changed = standing.override
    if changed is None:
        return []
    reason = changed.reason.rstrip("。")
    return [f"人工调整为{standing.verdict.title}，程序判定{changed.proposed.title}，理由：{reason}"]


def _open_parts(found: Standings, standing: Standing, step: AlertStep, on: date) -> list[str]:
    course, shown = step.course, found.plan.window.due if found.plan else None
    parts = [against(found, standing), *run(course, step.signal)]
    if step.state == "watch" and step.signal.waits:
        parts.append("不设序时，到期前只列观察")
    if course.silent:
        parts.append(f"最近{course.silent}期未报送")
    parts += demand(found, standing, course, on) + missed_words(found, standing, course, on, shown)
    return [*parts, *claimed_words(course, on)]


def figure(found: Standings, standing: Standing) -> str:
    return value_text(standing.value, found.measure.kind) + found.measure.gap_unit


def against(found: Standings, standing: Standing) -> str:
    """“低于序时进度34.8个百分点”; a measure without pace is held against its target."""
    if standing.proposed.id in OPEN:
        return "，".join([*found.caveats_of(standing), "能否达标待核实"])
    plan, asked = found.plan, found.asked or found.on
    late = plan is not None and plan.window.due < asked and bool(standing.remaining)
    if late and standing.value is not None and standing.target is not None:
        # Once the day has passed all is due, whatever the pace was on the day of the figures.
        gap, paced = standing.value - standing.target, False
    elif standing.gap is None:
        if plan and standing.proposed.id == "partial":
            return standing.proposed.title
        return "未设时序" if found.measure.paced else "未设目标"
    else:
        gap, paced = standing.gap, found.measure.paced
    return yardsticks.against(
        gap, paced, higher_is_better=found.measure.higher_is_better,
        counted_in=found.measure.gap_unit,
    )  # fmt: skip


def run(course: AlertCourse, signal: Signal) -> list[str]:
    """“自2024年3月起连续3期滞后”; what has no pace is “低于目标”."""
    if course.since is None:
        return []
    if course.on_pace:
        back = f"自{month(course.back or signal.day)}起回升"
        return [
            back if course.on_pace == 1 else f"连续{course.on_pace}期达到{yardsticks.yardstick(signal.paced)}"
        ]
    start, behind = month(course.since), _behind_words(signal)
    run = (
        f"自{start}起连续{course.behind}期{behind}"
        if course.behind > 1
        else f"{start}{'出现' if signal.paced else ''}{behind}"
    )
    closer = [f"差距连续{course.narrowing}期缩小"] if course.state == "recovering" else []
    return [*closer, run]


def _behind_words(signal: Signal) -> str:
    return "滞后" if signal.paced else f"{yardsticks.beyond(not signal.falls)}目标"


def _behind_before(step: AlertStep) -> list[str]:
    """How it stood before the silence began."""
    course = step.course
    if not course.is_behind:
        return []
    run = f"已连续{course.behind}期" if course.behind > 1 else ""
    return [f"此前{run}{_behind_words(step.signal)}"]


def silence(course: AlertCourse, signal: Signal) -> str:
    since = month(course.silent_since or signal.day)
    if course.silent < 2:
        return f"{since}未报送"
    # What is due a single time is not missing once more each month.
    return f"自{since}起{'一直' if signal.once else f'连续{course.silent}期'}未报送"


def run_words(step: AlertStep) -> list[str]:
    """Since when it is behind, or silent and before that behind."""
    course, signal = step.course, step.signal
    if not course.silent:
        return run(course, signal)
    return [silence(course, signal), *_behind_before(step)]


def demand(found: Standings, standing: Standing, course: AlertCourse, on: date) -> list[str]:
    if course.unsettled and course.past_due(on) and not standing.remaining:
        asked = "请其余县区报送" if standing.alone else REMEDIES.get(standing.proposed.id)
        return [f"时限{chinese_day(course.due or on)}已过", *([asked] if asked else [])]
    if found.measure.surveys:  # how far it is from its target has been said; nobody knows how many that is
        passed = course.due if course.past_due(on) else None
        return [f"时限{chinese_day(passed)}已过"] if passed and not found.measure.always else []
    plan = found.schedule(standing)
    if plan is None or not plan.remaining:
        return []
    due = course.due if course.due and course.past_due(on) else plan.due
    late = [f"时限{chinese_day(due)}已过"] if due < on and not found.measure.always else []
    if found.measure.counts and not found.measure.higher_is_better:
        return late  # By how much it is above has been said, and nothing can be taken away.
    left = f"{found.measure.lacking}{plan.remaining}{found.measure.unit}"
    if late:
        return [*late, left, _at_once(found.measure)]
    return [left, task(plan, found.measure)]


def missed_words(
    found: Standings, standing: Standing, course: AlertCourse, on: date, said: date | None
) -> list[str]:
    """“2024年12月31日到期的任务还差20家未完成”: what years that are over have left, beside the one whose deadline was `said`; a
    later year of which nobody has told anything has its deadline missed as well."""
    over = [one for one in course.missed if one.due != said]
    if course.due and course.due != said and course.unheard_by(on):
        over.append(Missed(course.due, None))
    told = [f"{chinese_day(one.due)}到期的任务" + _missed_by(found.measure, one) for one in over]
    return [*told, *(_made_up(found, standing) if any(one.remaining for one in over) else [])]


def _made_up(found: Standings, standing: Standing) -> list[str]:
    """No notice says whether what is done in another year makes up for a year that was missed: that is said, not guessed.
    A growth is held against its baseline, and nothing is handed on."""
    counted = found.measure.kind in ("ratio", "count") and not standing.repeats
    if not (counted and standing.numerator and standing.as_of):
        return []
    # Of a table of tasks, which is handed down before the year begins, its day says nothing of the year.
    year = found.plan.window.due.year if found.plan and handed_down(found.measure) else standing.as_of.year
    done = f"{year}年{found.measure.numerator.title}的{standing.numerator}{found.measure.unit}"
    return [f"{done}可否抵补，文件没有规定，未作抵补"]


def _missed_by(measure: Measure, one: Missed) -> str:
    if one.unsettled:
        return "能否达标未能核实"
    return _left_over(measure, one.remaining) if one.remaining else "未报送"


def _left_over(measure: Measure, remaining: int) -> str:
    if measure.surveys:
        return f"距目标差{absolute_points(Fraction(remaining, HUNDRED_PERCENT))}个百分点"
    left = f"{measure.lacking}{remaining}{measure.unit}"
    return f"{left}未完成" if measure.higher_is_better else left


def claimed_words(course: AlertCourse, on: date) -> list[str]:
    """“由张三负责”, “2024年6月30日前整改到位”; nothing where nobody has claimed it."""
    claim = course.claim
    if claim is None:
        return []
    if claim.due is None:
        return [f"由{claim.owner}负责"]
    late = claim.due < on and course.is_behind
    due = f"认领期限{chinese_day(claim.due)}已过" if late else f"{chinese_day(claim.due)}前整改到位"
    return [f"由{claim.owner}负责，{due}"]


def _silent_parts(
    found: Standings, standing: Standing, step: AlertStep, on: date, known: Standing | None
) -> list[str]:
    last = standing if standing.value is not None else known
    if last is None or last.as_of is None:
        parts = ["没有可用的数据"]
    else:
        said = found.said(last) if found.measure.said else figure(found, last)
        of_some = [standing.alone.told] if standing.alone else []
        parts = [f"最近数据为{chinese_day(last.as_of)}的{said}", *of_some, *_behind_before(step)]
    course = step.course
    if course.unheard_by(on) or course.past_due(on):
        parts.append(f"时限{chinese_day(course.due or step.signal.due)}已过")
    over = missed_words(found, standing, course, on, course.due)
    return [*parts, *over, *claimed_words(course, on), "请其余县区报送" if standing.alone else "请督促上报"]


def _cleared_parts(found: Standings, standing: Standing, step: AlertStep, on: date) -> list[str]:
    course = step.course
    if course.release:
        by, reason = course.release.recorded_by, course.release.reason
        return [against(found, standing), f"预警由{by}解除，原因：{reason}"]
    if not course.remaining:
        return ["已达到目标", "预警解除"]
    return [against(found, standing), f"已连续达到{found.yardstick}", "预警解除"]


def is_overdue(plan: Schedule, on: date) -> bool:
    """The deadline has passed by the day itself, and not only by that of the figures."""
    return plan.remaining > 0 and plan.due < on


def schedule_words(plan: Schedule, measure: Measure, on: date) -> str:
    """The demand of a 督办单; what is past its deadline is to be cleared."""
    return f"{'时限已过，' if is_overdue(plan, on) else ''}{demand_words(plan, measure, on)}"


def demand_words(plan: Schedule, measure: Measure, on: date) -> str:
    """The demand alone, where the deadline was said before."""
    return _at_once(measure) if is_overdue(plan, on) else task(plan, measure)


def _at_once(measure: Measure) -> str:
    return "限期清零" if measure.higher_is_better else "限期达到目标"


def outlook_words(found: Standings, expected: Forecast | None) -> str:
    """“近4周平均每周完成9.3家，按此进度预计2026年3月完成，晚于时限36周”; nothing from fewer than two reports."""
    return outlook(expected, found.measure, found.own_year) if expected else ""
