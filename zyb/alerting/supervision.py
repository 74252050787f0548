"""督办单: what one region still has to do, over all measures, as plain data with its sentences ready."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zyb.alerting.model import Alert, Fault, Survey
from zyb.alerting.records import find_region
from zyb.alerting.surveying import survey
from zyb.alerting.unfinished import Lists, Unfinished
from zyb.alerting.wording import (
    adjusted_words,
    against,
    claimed_words,
    demand_words,
    figure,
    is_overdue,
    missed_words,
    outlook_words,
    run_words,
    schedule_words,
)  # fmt: skip
from zyb.answers.progress import history, view
from zyb.crosscheck import check_survey
from zyb.periods import ALWAYS, Schedule, chinese_day
from zyb.rulebook.checks.cross_checks import CrossCheck
from zyb.rulebook.measures import Measure
from zyb.rulebook.regions import Region
from zyb.standing.alert_course import STATES, AlertRules
from zyb.standing.arithmetic import outlook
from zyb.standing.duties import MissedDuty
from zyb.standing.forecast import Forecast
from zyb.standing.standings import Standing, Standings
from zyb.store import Store
from zyb.wording.closings import alerts_rest

NORMAL_WORDS = "正常"


@dataclass(frozen=True)
class SheetStep:
    """A stretch of periods in one state and level; the level is empty where none is reached."""

    first: date
    last: date
    state: str
    level: str

    def words(self, year: int = 0) -> str:
        """“2024年3月至5月预警（督办）”; a year that was just said is not said again."""
        start, end = _month(self.first, year), _month(self.last, self.first.year)
        span = (
            start
            if (self.first.year, self.first.month) == (self.last.year, self.last.month)
            else f"{start}至{end}"
        )
        return f"{span}{self.state}{f'（{self.level}）' if self.level else ''}"


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """A measure on a 督办单: where the region stands, what each week must bring, when it would be done.

    Texts are empty where there is nothing to say; `alert` is None where the region keeps pace.
    """

    found: Standings
    """The figures of the measure's last period, and the plan that they are held against."""
    standing: Standing
    schedule: Schedule | None
    forecast: Forecast | None
    alert: Alert | None
    figure: str
    """“18.1%（84／463家）”"""
    against: str
    """“低于序时进度34.8个百分点”"""
    remaining: str
    """“379家”"""
    demand: str
    """“每周至少完成6家”, “时限已过，限期清零”"""
    bare_demand: str
    """“限期清零”: the demand where the deadline was said before."""
    outlook: str
    """“近期平均每周完成2.1家，按此进度预计2028年8月完成，晚于时限160周”"""
    due: str
    """The deadline of the task itself: “2025年6月30日”; that of a claim stands in `alert.claim`."""
    overdue: bool = False
    """The deadline of the task itself has passed with work left."""
    run: str = ""
    """“自2024年1月起连续3期滞后”, “自2024年3月起连续2期未报送”"""
    claimed: str = ""
    """“由张三负责，2024年9月30日前整改到位”"""
    adjusted: str = ""
    """“人工调整为达到序时，程序判定进展缓慢，理由：…” where a person set the verdict"""
    left_over: str = ""
    """“2024年12月31日到期的任务还差20家未完成”: of years that are over"""
    steps: tuple[SheetStep, ...] = ()
    unfinished: Unfinished | None = None

    @property
    def measure(self) -> Measure:
        return self.found.measure

    @property
    def lagging(self) -> bool:
        """Behind, overdue, recovering or silent: whatever is open."""
        return self.alert is not None and self.alert.open

    @property
    def silent(self) -> bool:
        """Nothing came in the last period, whatever else there is to say."""
        return bool(self.alert and self.alert.history[-1].course.silent)

    @property
    def state(self) -> str:
        return self.alert.state.title if self.alert else NORMAL_WORDS

    @property
    def level(self) -> str:
        """提醒 / 督办 / 通报 / 约谈, or nothing yet."""
        return self.alert.level.title if self.alert and self.alert.level else ""

    @property
    def status(self) -> str:
        """“逾期（通报）”, “观察”"""
        return f"{self.state}（{self.level}）" if self.level else self.state

    @property
    def history(self) -> str:
        """“2024年1月观察，2月至3月预警（提醒）”."""
        said = [0, *(step.last.year for step in self.steps)]
        return "，".join(step.words(year) for step, year in zip(self.steps, said, strict=False))


@dataclass(frozen=True, kw_only=True)
class SupervisionSheet:
    """督办单: one region over all measures, as plain data for documents."""

    province: str
    region: Region
    on: date
    lines: tuple[SheetLine, ...]
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]
    missed: tuple[MissedDuty, ...] = ()
    """报送与节点 that the region, or one of its counties, has not done by the day due."""
    checked: tuple[tuple[CrossCheck, int], ...] = ()
    """联动核查 with how many findings each that nobody has dealt with."""
    rules: AlertRules = field(compare=False, repr=False)
    rest: str = ""
    """Which campaigns are closed, so that nothing of theirs is supervised."""

    @property
    def remaining(self) -> int:
        return sum(line.standing.remaining or 0 for line in self.lines)

    @property
    def title(self) -> str:
        return f"{self.region.name}职业病防治工作督办单"

    @property
    def lagging(self) -> tuple[SheetLine, ...]:
        """The lines with an open alert, the most pressing first."""
        return tuple(sorted((line for line in self.lines if line.lagging), key=_urgency))

    @property
    def supervised(self) -> tuple[SheetLine, ...]:
        """Those that have reached a level; the others are only watched."""
        return tuple(line for line in self.lagging if line.level)

    @property
    def watched(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lagging if not line.level)

    @property
    def level(self) -> str:
        """The highest level of all lines."""
        titles = [level.title for level in self.rules.levels]
        return max((line.level for line in self.supervised), key=titles.index, default="")

    @property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """The lists of those that are not finished, each once although several measures may count it."""
        known = {
            _same_list(line.unfinished): line.unfinished for line in reversed(self.lagging) if line.unfinished
        }
        return tuple(reversed(known.values()))

    @property
    def summary(self) -> str:
        """“截至2024年12月31日，榆林市有12项指标需要督办：约谈8项、通报4项；另有3项列入观察。”"""
        return f"{self.until}{self.findings}"

    @property
    def until(self) -> str:
        return f"截至{chinese_day(self.on)}，"

    @property
    def findings(self) -> str:
        """The summary where the day was said before."""
        return f"{self.region.name}{_summed_up(self)}。"


def _same_list(found: Unfinished) -> tuple[str, str, str | None, bool]:
    """Of the same rows those that are counted, where less is better, are another list."""
    return found.ledger.id, found.operand.tally, found.operand.item, found.measure.higher_is_better


def _summed_up(sheet: SupervisionSheet) -> str:
    late = [f"逾期未完成的报送与节点{len(sheet.missed)}项"] if sheet.missed else []
    number = sum(n for _, n in sheet.checked)
    found = [f"联动核查待核实{number}项"] if number else []
    return "；".join([*_of_measures(sheet), *late, *found])


def _of_measures(sheet: SupervisionSheet) -> list[str]:
    if not sheet.lagging:
        return ["没有滞后或未报送的指标"]
    levels = Counter(line.level for line in sheet.supervised)
    ordered = [level.title for level in reversed(sheet.rules.levels) if levels[level.title]]
    told = "、".join(f"{title}{levels[title]}项" for title in ordered)
    parts = [f"有{len(sheet.supervised)}项指标需要督办：{told}"] if told else []
    if sheet.watched:
        parts.append(f"{'另' if told else ''}有{len(sheet.watched)}项列入观察")
    return parts


def _urgency(line: SheetLine) -> tuple[int, int, int]:
    assert line.alert
    rank = line.alert.history[-1].rank
    return -rank, STATES.index(line.alert.state.id), -(line.standing.remaining or 0)


# -- from the store -----------------------------------------------------------------------


def supervision_sheet(
    store: Store, province: str, region: str, on: date, known_at: datetime | None = None
) -> SupervisionSheet:
    """Everything one region (name or code) still has to do, over all measures."""
    return sheet_of(store, survey(store, province, on, known_at), region)


def sheet_of(store: Store, seen: Survey, region: str) -> SupervisionSheet:
    """As `supervision_sheet`, from a survey that is at hand."""
    wanted = find_region(seen.province, region)
    own = {alert.measure.id: alert for alert in seen.alerts if alert.region_code == wanted.code}
    lists = Lists(store, seen, wanted)
    lines = []
    for found in seen.latest:
        standing = found.region(wanted.code)
        if standing is not None and not found.measure.whole:
            line = _line(store, seen, found, standing, own.get(found.measure.id))
            lines.append(replace(line, unfinished=lists.behind(found.measure)) if line.lagging else line)
    faults = tuple(fault for fault in seen.faults if fault.region_code == wanted.code)
    return SupervisionSheet(
        province=seen.province, region=wanted, on=seen.on, lines=tuple(lines), alerts=tuple(own.values()),
        faults=faults, checked=_checked(store, seen, wanted), missed=tuple(one for one in seen.missed if one.subject.region_code == wanted.code), rules=seen.rules, rest=alerts_rest(seen.closed),
    )  # fmt: skip


def _checked(store: Store, seen: Survey, region: Region) -> tuple[tuple[CrossCheck, int], ...]:
    """Every list is held against every other for it, which alerts alone do without."""
    found = check_survey(store, seen.province, seen.on, seen.known_at)
    return tuple(found.within(region.code).open_by_check())


def _line(store: Store, seen: Survey, found: Standings, standing: Standing, alert: Alert | None) -> SheetLine:
    plan, unit = found.schedule(standing), found.measure.unit
    expected = _outlook(store, seen, found, standing) if plan and plan.remaining else None
    alone = found.measure.sources[0].alone
    known = standing.told and (standing.denominator is not None or alone)
    missed = _missed(alert, seen.on)
    return SheetLine(
        found=found, standing=standing, schedule=plan, forecast=expected, alert=alert,
        figure=f"{figure(found, standing)}{'' if alone else f'（{standing.numerator}／{standing.denominator}{unit}）'}"
        if known
        else "",
        against=against(found, standing) if known else "",
        remaining=f"{standing.remaining}{unit}" if standing.remaining is not None else "",
        demand=schedule_words(plan, found.measure, seen.on) if plan else "",
        bare_demand=demand_words(plan, found.measure, seen.on) if plan else "",
        outlook=outlook_words(found, expected),
        due=chinese_day(missed) if missed else _due(found, plan),
        overdue=bool(missed or (plan and is_overdue(plan, seen.on))),
        run="，".join(run_words(alert.history[-1])) if alert else "",
        claimed="，".join(claimed_words(alert.history[-1].course, seen.on)) if alert else "",
        adjusted="，".join(adjusted_words(standing)),
        left_over="，".join(_left_over(found, standing, alert)) if alert else "",
        steps=tuple(_steps(alert, seen.rules)) if alert else (),
    )  # fmt: skip


def _left_over(found: Standings, standing: Standing, alert: Alert) -> list[str]:
    due = found.plan.window.due if found.plan else None
    return missed_words(found, standing, alert.history[-1].course, found.asked or found.on, due)


def _missed(alert: Alert | None, on: date) -> date | None:
    """The day that was missed, where the alert is still on it while another window runs."""
    course = alert.history[-1].course if alert else None
    return course.due if course and course.past_due(on) else None


def _due(found: Standings, plan: Schedule | None) -> str:
    if found.plan is None or found.measure.always:
        return ALWAYS if found.plan else ""
    return chinese_day(plan.due if plan else found.plan.window.due)


def _outlook(store: Store, seen: Survey, found: Standings, standing: Standing) -> Forecast | None:
    """The forecast of the measure's own page, from every report until then and not only the months' last."""
    every = view(store, seen.province, found.measure.id, found.on, seen.known_at)
    points = history(store, every, standing.region_code)
    return found.foreseen(outlook(found.measure, found.plan, points, standing.remaining))


def _steps(alert: Alert, rules: AlertRules) -> Iterator[SheetStep]:
    """The course of an alert, equal periods together."""

    def told(n: int) -> tuple[str, str]:
        step = alert.history[n]
        level, state = rules.level(step.rank), rules.states.get(step.state)
        return state.title if state else NORMAL_WORDS, level.title if level else ""

    for (state, level), places in itertools.groupby(range(len(alert.history)), key=told):
        days = [alert.history[n].signal.day for n in places]
        yield SheetStep(days[0], days[-1], state, level)


def _month(day: date, said: int) -> str:
    return f"{day.month}月" if day.year == said else f"{day.year}年{day.month}月"
