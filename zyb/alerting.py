"""The one path from the store to alerts that page, documents and command line share.

A period is a month in which anybody reported the measure, seen on its last day; two queries
bring the figures of all periods and all measures.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zyb.alerts import CLOSED, STATES, AlertRules, Course, Level, Signal, State, Step, alert_rules, follow
from zyb.errors import NotPossible
from zyb.forecast import Forecast, forecast
from zyb.indicators import Evidence, Standing, Standings, evaluate
from zyb.ledgers import Ledger, ledgers
from zyb.measures import Measure, measures
from zyb.numerals import absolute_points, percent
from zyb.periods import Schedule, chinese_day
from zyb.progress import find_measure, history, view
from zyb.regions import Region, Roster, load_roster
from zyb.store import AlertRecord, Edition, Store
from zyb.tallies import Part, Totals

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alert:
    """One region and measure that is, or was, behind or silent, with how it came to be so."""

    measure: Measure
    standing: Standing
    state: State
    level: Level | None
    since: date | None
    periods: int
    sentence: str
    due: date
    """The deadline that holds: of the claim, or of the task itself."""
    owner: str
    claim: AlertRecord | None
    records: tuple[AlertRecord, ...]
    history: tuple[Step, ...]

    @property
    def region_code(self) -> str:
        return self.standing.region_code

    @property
    def region(self) -> str:
        return self.standing.region

    @property
    def open(self) -> bool:
        return self.state.id not in CLOSED

    @property
    def as_of(self) -> date:
        """The newest figures of the measure: what a claim is written on."""
        return self.history[-1].signal.day


@dataclass(frozen=True)
class Fault:
    """Figures that cannot all be right: `fell` (a cumulative count went down) or `disagree` (two ledgers)."""

    kind: str
    region_code: str
    region: str
    ledger: Ledger
    as_of: date
    snapshot: int
    sentence: str


@dataclass(frozen=True)
class Period:
    """A month in which anybody reported the measure; `day` is that of its newest figures."""

    first: date
    day: date
    found: Standings

    def reported(self, standing: Standing) -> bool:
        own = standing.as_of is not None and standing.as_of >= self.first
        return own and standing.verdict.id != "not_reported"


@dataclass(frozen=True)
class Survey:
    """Everything there is to warn of in a province on a day."""

    province: str
    on: date
    known_at: datetime | None
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]
    latest: tuple[Standings, ...]
    """The last period of each measure that has a plan."""


@dataclass(frozen=True)
class SheetLine:
    """A measure on a 督办单: where the region stands, what each week must bring, when it would be done."""

    measure: Measure
    standing: Standing
    schedule: Schedule | None
    forecast: Forecast | None
    alert: Alert | None


@dataclass(frozen=True)
class SupervisionSheet:
    """督办单: one region over all measures, as plain data for documents."""

    province: str
    region: Region
    on: date
    lines: tuple[SheetLine, ...]
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]

    @property
    def remaining(self) -> int:
        return sum(line.standing.remaining or 0 for line in self.lines)


# -- reading the store ------------------------------------------------------------------


def alerts(store: Store, province: str, on: date, known_at: datetime | None = None) -> list[Alert]:
    """The most pressing first; cleared ones last."""
    return list(survey(store, province, on, known_at).alerts)


def survey(
    store: Store, province: str, on: date, known_at: datetime | None = None, measure_id: str | None = None
) -> Survey:
    """Alerts and faults of all measures, or of one."""
    roster, settings = load_roster(province), alert_rules()
    known = measures(roster.province)
    chosen = [find_measure(province, measure_id)] if measure_id else list(known.values())
    watched = [measure for measure in chosen if measure.plans]
    wanted = {ledger for measure in watched for ledger in measure.ledger_ids}
    evidence = _Evidence(store, roster, on, known_at, wanted if measure_id else wanted | _checked_ledgers())
    records = _by_subject(store.alert_records(roster.province_code, known_at))
    found: list[Alert] = []
    latest: list[Standings] = []
    for measure in watched:
        periods = list(_periods(measure, roster, evidence))
        if periods:
            latest.append(periods[-1].found)
            found += _alerts(periods, records, on, settings)
    faults = tuple(_faults(store, roster, evidence, known_at)) if measure_id is None else ()
    return Survey(roster.province, on, known_at, tuple(sorted(found, key=_urgency)), faults, tuple(latest))


def newest_day(store: Store, province: str, known_at: datetime | None = None) -> date | None:
    """The day of the newest report on anything that has a plan; None while there is none."""
    roster = load_roster(province)
    planned = [measure for measure in measures(roster.province).values() if measure.plans]
    wanted = sorted({ledger for measure in planned for ledger in measure.ledger_ids})
    days = store.days(roster.province_code, wanted, known_at)
    return days[-1] if days else None


class _Evidence:
    """The totals at the end of each month with reports, and of each December before one."""

    def __init__(
        self, store: Store, roster: Roster, on: date, known_at: datetime | None, wanted: set[str]
    ) -> None:
        reports = store.days(roster.province_code, sorted(ledgers()), known_at)
        self.ends = sorted({min(_month_end(day), on) for day in reports if day <= on})
        years = {date(day.year - 1, 12, 31) for day in self.ends}
        days = sorted({*self.ends, *years})
        editions = [_only(found, wanted) for found in store.editions(roster.province_code, days, known_at)]
        self.editions = dict(zip(days, editions, strict=True))
        self.totals = dict(zip(days, store.totals(editions, _tallies(roster)), strict=True))

    def at(self, day: date) -> Evidence:
        last_year = date(day.year - 1, 12, 31)
        known = self.editions[last_year].sources
        return Evidence(self.totals[day], last_year=self.totals[last_year] if known else None)


def _tallies(roster: Roster) -> list[str]:
    """What the measures with a plan and the comparisons of ledgers add up; the rest stays in the store."""
    planned = [measure for measure in measures(roster.province).values() if measure.plans]
    sides = [sides for measure in planned for sides in measure.sources]
    known = {operand.tally for pair in sides for operand in (pair.numerator, pair.denominator)}
    for ledger in ledgers().values():
        known.update(ledger.cumulative)
        known.update(tally for rule in ledger.agreements for tally in (rule.tally, rule.their))
    return sorted(known)


def _only(edition: Edition, wanted: set[str]) -> Edition:
    return replace(edition, sources=tuple(pair for pair in edition.sources if pair[0].ledger in wanted))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _periods(measure: Measure, roster: Roster, evidence: _Evidence) -> Iterator[Period]:
    for end in evidence.ends:
        first, newest = end.replace(day=1), evidence.editions[end].as_of(measure.ledger_ids)
        plan = measure.plan_on(end)
        # Before the task began nobody could be behind it.
        if newest is None or newest < first or plan is None or plan.window.start > newest:
            continue
        found = evaluate(measure, roster, evidence.at(end), end)
        days = [s.as_of for s in found.reported if s.as_of and s.as_of >= first]
        if days:
            yield Period(first, max(days), found)


# -- alerts -----------------------------------------------------------------------------


Records = Mapping[tuple[str, str], list[AlertRecord]]


def _by_subject(records: Iterable[AlertRecord]) -> Records:
    found: dict[tuple[str, str], list[AlertRecord]] = {}
    for record in records:
        found.setdefault((record.region_code, record.measure), []).append(record)
    return found


def _alerts(periods: list[Period], records: Records, on: date, settings: AlertRules) -> Iterator[Alert]:
    """The alerts of one measure."""
    last = periods[-1].found
    for place, standing in enumerate(last.regions):
        own = records.get((standing.region_code, last.measure.id), [])
        signals = [_signal(period, period.found.regions[place]) for period in periods]
        steps = follow(signals, own, on, settings)
        if steps[-1].state in settings.states:
            yield _alert(last, standing, steps, own, on, settings)


def _signal(period: Period, standing: Standing) -> Signal:
    plan, measure = period.found.plan, period.found.measure
    assert plan
    return Signal(
        period.day,
        period.reported(standing),
        standing.gap,
        standing.remaining,
        plan.window.due,
        measure.paced,
    )


def _alert(
    found: Standings, standing: Standing, steps: list[Step], own: list[AlertRecord], on: date, settings: AlertRules
) -> Alert:  # fmt: skip
    step = steps[-1]
    course, silent = step.course, step.state == "silent"
    claim = course.claim
    return Alert(
        found.measure,
        standing,
        settings.states[step.state],
        settings.level(step.rank),
        course.silent_since if silent else course.since,
        course.silent if silent else course.behind,
        _sentence(found, standing, step, on),
        (claim.due if claim else None) or step.signal.due,
        claim.owner if claim else "",
        claim,
        tuple(own),
        tuple(steps),
    )


def _urgency(alert: Alert) -> tuple[int, int, int]:
    step = alert.history[-1]
    return STATES.index(alert.state.id), -step.rank, -(alert.standing.shortfall or 0)


# -- in words ---------------------------------------------------------------------------


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _sentence(found: Standings, standing: Standing, step: Step, on: date) -> str:
    """What, how much, since when, what is needed."""
    parts = {"silent": _silent_parts, "cleared": _cleared_parts}.get(step.state, _open_parts)
    return standing.region + found.measure.title + "，".join(parts(found, standing, step, on)) + "。"


def _open_parts(found: Standings, standing: Standing, step: Step, on: date) -> list[str]:
    course = step.course
    parts = [_figure(standing), _against(found, standing), *_run(course, step.signal.day)]
    if course.silent:
        parts.append(f"最近{course.silent}期未报送")
    parts += _demand(found, standing, course, on)
    return [*parts, *_claimed(course, on)]


def _figure(standing: Standing) -> str:
    return percent(standing.value).replace("-", "−")


def _against(found: Standings, standing: Standing) -> str:
    """“低于序时进度34.8个百分点”; a measure without pace is held against its target."""
    rule = "序时进度" if found.measure.paced else "目标"
    if standing.gap is None:
        return "未设时序"
    shown = absolute_points(standing.gap)
    if shown == "0.0":
        return f"略低于{rule}" if standing.gap < 0 else f"与{rule}持平"
    return f"{'低于' if standing.gap < 0 else '快于'}{rule}{shown}个百分点"


def _run(course: Course, day: date) -> list[str]:
    if course.since is None:
        return []
    if course.on_pace:
        return [f"自{_month(day)}起回升" if course.on_pace == 1 else f"连续{course.on_pace}期达到序时"]
    start = _month(course.since)
    run = f"自{start}起连续{course.behind}期滞后" if course.behind > 1 else f"{start}出现滞后"
    closer = [f"差距连续{course.narrowing}期缩小"] if course.state == "recovering" else []
    return [*closer, run]


def _demand(found: Standings, standing: Standing, course: Course, on: date) -> list[str]:
    plan = found.schedule(standing)
    if plan is None or not plan.remaining:
        return []
    left = f"还差{plan.remaining}{found.measure.unit}"
    if course.past_due(on):
        return [f"时限{chinese_day(plan.due)}已过", left, "限期清零"]
    return [left, plan.demand]


def _claimed(course: Course, on: date) -> list[str]:
    claim = course.claim
    if claim is None:
        return []
    if claim.due is None:
        return [f"由{claim.owner}负责"]
    late = claim.due < on and course.is_behind
    due = f"认领期限{chinese_day(claim.due)}已过" if late else f"{chinese_day(claim.due)}前整改到位"
    return [f"由{claim.owner}负责，{due}"]


def _silent_parts(found: Standings, standing: Standing, step: Step, on: date) -> list[str]:
    course = step.course
    since = _month(course.silent_since or step.signal.day)
    run = f"自{since}起连续{course.silent}期未报送" if course.silent > 1 else f"{since}未报送"
    parts = [run]
    if standing.value is None or standing.as_of is None:
        parts.append("没有可用的数据")
    else:
        parts.append(f"最近数据为{chinese_day(standing.as_of)}的{_figure(standing)}")
        if course.is_behind:
            parts.append(f"此前已连续{course.behind}期滞后")
    return [*parts, *_claimed(course, on), "请督促上报"]


def _cleared_parts(found: Standings, standing: Standing, step: Step, on: date) -> list[str]:
    course = step.course
    if course.release:
        by, reason = course.release.recorded_by, course.release.reason
        return [_figure(standing), _against(found, standing), f"预警由{by}解除，原因：{reason}"]
    if not course.remaining:
        return [_figure(standing), "已达到目标", "预警解除"]
    return [_figure(standing), _against(found, standing), "已连续达到序时进度", "预警解除"]


# -- figures that cannot all be right ---------------------------------------------------


def _checked_ledgers() -> set[str]:
    known = [ledger for ledger in ledgers().values() if ledger.cumulative or ledger.agreements]
    return {ledger.id for ledger in known} | {rule.ledger for ledger in known for rule in ledger.agreements}


def _faults(store: Store, roster: Roster, evidence: _Evidence, known_at: datetime | None) -> Iterator[Fault]:
    if not evidence.ends:
        return
    last = evidence.totals[evidence.ends[-1]]
    reasons = {snapshot.id: snapshot.reason for snapshot in store.snapshots(roster.province_code)}
    earlier = _earlier(store, roster, last, known_at)
    for part, source in last.sources.items():
        region, ledger = roster.region(part.region_code), ledgers()[part.ledger]
        if region is None:
            continue
        if ledger.cumulative:
            before = earlier[source.as_of - DAY]
            yield from _falls(ledger, region, part, (before, last), reasons.get(source.snapshot, ""))
        yield from _disagreements(ledger, region, part, last)


def _earlier(store: Store, roster: Roster, last: Totals, known_at: datetime | None) -> dict[date, Totals]:
    """The totals just before each of the newest reports on cumulative counts."""
    cumulative = {ledger.id for ledger in ledgers().values() if ledger.cumulative}
    days = sorted({s.as_of - DAY for part, s in last.sources.items() if part.ledger in cumulative})
    editions = [_only(e, cumulative) for e in store.editions(roster.province_code, days, known_at)]
    counts = sorted({tally for ledger in ledgers().values() for tally in ledger.cumulative})
    return dict(zip(days, store.totals(editions, counts), strict=True))


def _falls(
    ledger: Ledger, region: Region, part: Part, totals: tuple[Totals, Totals], reason: str
) -> Iterator[Fault]:
    """累计数 of the region's newest report against the one before it."""
    before, last = totals
    for tally in ledger.cumulative:
        now, earlier = last.amount(part, tally), before.amount(part, tally)
        if now is None or earlier is None or now >= earlier:
            continue
        source, day = last.sources[part], before.sources[part].as_of
        sentence = (
            f"{region.name}{ledger.column(tally).title}由{chinese_day(day)}的{earlier}"
            f"减少到{chinese_day(source.as_of)}的{now}，{f'原因：{reason}' if reason else '未说明原因，请核实'}。"
        )
        yield Fault("fell", region.code, region.name, ledger, source.as_of, source.snapshot, sentence)


def _disagreements(ledger: Ledger, region: Region, part: Part, totals: Totals) -> Iterator[Fault]:
    """A summary and an enterprise list of the same month that count the same thing differently."""
    source = totals.sources[part]
    for rule in ledger.agreements:
        theirs = ledgers()[rule.ledger]
        other = replace(part, ledger=theirs.id)
        one, two = totals.amount(part, rule.tally), totals.amount(other, rule.their)
        if one is None or two is None or one == two:
            continue
        if _month_end(source.as_of) == _month_end(totals.sources[other].as_of):
            sentence = (
                f"{region.name}{ledger.column(rule.tally).title}不一致：《{ledger.title}》为{one}，"
                f"《{theirs.title}》为{two}，请核实后更正。"
            )
            yield Fault("disagree", region.code, region.name, ledger, source.as_of, source.snapshot, sentence)


# -- what people add --------------------------------------------------------------------


def claim(
    store: Store,
    province: str,
    region: str,
    measure_id: str,
    on: date,
    *,
    by: str,
    cause: str,
    action: str,
    due: date,
    owner: str = "",
) -> int:
    """认领: who sees to it, why it is behind, what is done, until when; the number of the record."""
    _need(责任人=owner or by, 原因=cause, 措施=action)
    alert = find_alert(store, province, region, measure_id, on)
    if due <= alert.as_of:
        raise NotPossible(f"整改期限应晚于数据截至日期（{chinese_day(alert.as_of)}）。", "请重新填写期限。")
    return store.add_alert_record(
        AlertRecord(
            load_roster(province).province_code, alert.region_code, measure_id, "claim", alert.as_of, by,
            owner=(owner or by).strip(), cause=cause.strip(), action=action.strip(), due=due,
        )
    )  # fmt: skip


def release(
    store: Store, province: str, region: str, measure_id: str, on: date, *, by: str, reason: str
) -> int:
    """解除 by a person, with the reason. The next report that is behind raises the alert anew."""
    return _remark(store, "release", province, region, measure_id, on, by, reason)


def note(store: Store, province: str, region: str, measure_id: str, on: date, *, by: str, reason: str) -> int:
    """备注: changes no state."""
    return _remark(store, "note", province, region, measure_id, on, by, reason)


def _remark(
    store: Store, kind: str, province: str, region: str, measure_id: str, on: date, by: str, reason: str
) -> int:
    _need(原因=reason)
    alert = find_alert(store, province, region, measure_id, on)
    code = load_roster(province).province_code
    return store.add_alert_record(
        AlertRecord(code, alert.region_code, measure_id, kind, alert.as_of, by, reason=reason.strip())
    )


def _need(**said: str) -> None:
    missing = [name for name, text in said.items() if not text.strip()]
    if missing:
        raise NotPossible(f"还没有填写{'、'.join(missing)}。", "请补充后重试。")


def find_alert(store: Store, province: str, region: str, measure_id: str, on: date) -> Alert:
    """The open alert of a region (name or code) and measure."""
    wanted = find_region(province, region)
    found = survey(store, province, on, measure_id=measure_id).alerts
    for alert in found:
        if alert.region_code == wanted.code and alert.open:
            return alert
    title = find_measure(province, measure_id).title
    raise NotPossible(f"{wanted.name}{title}当前没有需要处理的预警。", "请核对地区、指标和日期。")


def find_region(province: str, text: str) -> Region:
    roster = load_roster(province)
    found = roster.find(text)
    if found is None:
        names = "、".join(region.name for region in roster.regions)
        raise NotPossible(f"{roster.province}没有填报地区“{text[:20]}”。", f"可填：{names}。")
    return found


# -- 督办单 -----------------------------------------------------------------------------


def supervision_sheet(
    store: Store, province: str, region: str, on: date, known_at: datetime | None = None
) -> SupervisionSheet:
    """Everything one region still has to do, over all measures."""
    return sheet_of(store, survey(store, province, on, known_at), region)


def sheet_of(store: Store, seen: Survey, region: str) -> SupervisionSheet:
    """As `supervision_sheet`, from a survey that is at hand."""
    wanted = find_region(seen.province, region)
    own = {alert.measure.id: alert for alert in seen.alerts if alert.region_code == wanted.code}
    lines = []
    for found in seen.latest:
        standing = found.region(wanted.code)
        if standing is not None:
            lines.append(_line(store, seen, found, standing, own.get(found.measure.id)))
    faults = tuple(fault for fault in seen.faults if fault.region_code == wanted.code)
    return SupervisionSheet(seen.province, wanted, seen.on, tuple(lines), tuple(own.values()), faults)


def _line(store: Store, seen: Survey, found: Standings, standing: Standing, alert: Alert | None) -> SheetLine:
    plan = found.schedule(standing)
    outlook = _outlook(store, seen, found.measure, standing, plan.due) if plan and plan.remaining else None
    return SheetLine(found.measure, standing, plan, outlook, alert)


def _outlook(store: Store, seen: Survey, measure: Measure, standing: Standing, due: date) -> Forecast | None:
    """The forecast of the measure's own page, from every report and not only the months' last."""
    wanted, found = set(measure.ledger_ids), view(store, seen.province, measure.id, seen.on, seen.known_at)
    lean = replace(
        found,
        last_year=_only(found.last_year, wanted) if found.last_year else None,
        history=tuple(_only(edition, wanted) for edition in found.history),
    )
    return forecast(history(store, lean, standing.region_code), due)
