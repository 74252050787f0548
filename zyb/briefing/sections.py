"""Standings → Section: one measure in full, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import starmap
from typing import Literal, cast

from zyb.answers.progress import View, histories
from zyb.answers.tracing import sources
from zyb.briefing.model import HeldVerdict, NamedSource, RegionLine, ReportPoint, Section
from zyb.briefing.remarks import (
    both_targets,
    expected,
    few_speak,
    forecast_sentence,
    partly_told,
    two_targets,
    verdict_rules,
)
from zyb.rulebook.book import remembered
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure, Plan
from zyb.standing.arithmetic import pace_of, value_of
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.store import Store
from zyb.wording.closings import closed_measure
from zyb.wording.schedules import task
from zyb.wording.templates import shipped, variants

RATE = "完成率"


def section(
    store: Store,
    seen: View,
    found: Standings,
    region_code: str = "",
    *,
    in_full: bool = True,
    unreported: bool = False,
) -> Section | None:
    """The measure for the province, or with a region code for that region alone; None when nobody reported it, unless it
    is told that nobody has (`unreported`).

    Not `in_full` it has no trend, rates and forecasts: what a table of many measures does without.
    """
    whole = found.region(region_code) if region_code else found.province
    if whole is None or not (found.reported or unreported):
        return None
    points = histories(store, seen) if in_full else {}
    plan, measure = found.plan, found.measure
    weeks = found.schedule(found.province)
    return Section(
        measure_id=measure.id,
        campaign=measure.campaign,
        title=measure.title,
        short_title=short_title(measure),
        kind=cast(Literal["ratio", "growth", "count", "survey"], measure.kind),
        unit=measure.unit,
        numerator_title=measure.numerator.title,
        denominator_title=measure.denominator.title,
        definition=measure.definition,
        basis=measure.basis,
        plan_basis=plan.basis if plan else "",
        note=plan.note if plan else "",
        as_of=found.as_of or found.on,
        asked=found.asked or found.on,
        silent_from=None if region_code else found.silent_from,
        previous_as_of=found.previous_as_of,
        start=plan.window.start if plan else None,
        due=plan.window.due if plan else None,
        target=plan.target if plan else None,
        # A count's is that of as many regions as it is summed from.
        pace=whole.pace if measure.counts else found.province.pace,
        paced=measure.paced,
        together=measure.owed_by_all,
        beside=(0, 0) if region_code else found.beside,
        caveats=tuple(found.caveats_of(whole)),
        few=not region_code and few_speak(found),
        always=measure.always,
        weeks_left=weeks.weeks_left if weeks else None,
        whole=_line(found, whole, points.get(whole.region_code, [])),
        lines=()
        if region_code
        else tuple(_line(found, s, points.get(s.region_code, [])) for s in found.regions),
        trend=tuple(report_point(measure, plan, point) for point in points.get(whole.region_code, [])),
        sources=tuple(_sources(store, seen, region_code)),
        before_value=measure.said,
        added_title=measure.numerator.added_title,
        title_in_group=measure.title_in_group,
        gist=measure.gist,
        fallen=measure.fallen,
        falls=not measure.higher_is_better,
        weight_title=measure.weight_title,
        targets=two_targets(found),
        both_targets=both_targets(found),
        closed=closed_measure(seen.roster.province, measure, found.closing) if found.closing else "",
        verdict_rules=()
        if measure.higher_is_better
        else verdict_rules(found.verdicts, measure.paced, falls=True),
    )


def short_title(measure: Measure) -> str:
    """What stands over a column of values and in “…居前三位的是”; the wording has it where no rule leads there."""
    said = {"指标": RATE if measure.title.endswith(RATE) else measure.title}
    return shipped().say("short", said, *variants(measure.id, measure.kind, not measure.higher_is_better))


def _line(found: Standings, standing: Standing, points: Sequence[Point]) -> RegionLine:
    plan = found.schedule(standing)
    rate = expected(found, standing, points) if plan else None
    return RegionLine(
        code=standing.region_code,
        name=standing.region,
        short=standing.short,
        numerator=standing.numerator,
        denominator=standing.denominator,
        value=standing.value,
        pace=standing.pace,
        gap=standing.gap,
        shortfall=standing.shortfall,
        remaining=standing.remaining,
        share_of_remaining=standing.share_of_remaining,
        added=standing.added,
        rank=standing.rank,
        previous_rank=standing.previous_rank,
        judgement=_judgement(standing),
        demand=task(plan, found.measure) if plan else "",
        needed_per_week=Fraction(plan.remaining, plan.weeks_left)
        if plan and plan.weeks_left and not (found.measure.counts and standing.falls)
        else None,
        done_per_week=rate.per_week if rate else None,
        forecast=forecast_sentence(rate, found.measure, found.own_year)
        if rate and standing.remaining and not found.closing
        else "",
        as_of=standing.as_of,
        stale=standing.stale,
        asked=standing.asked,
        partly=partly_told(standing),
        alone=standing.alone is not None,
        newly=standing.newly,
        tied=sum(other.rank == standing.rank for other in found.regions) > 1,
    )


def _judgement(standing: Standing) -> HeldVerdict:
    held, changed = standing.verdict, standing.override
    if changed is None:
        return HeldVerdict(held.id, held.title, held.tone, held.shape)
    return HeldVerdict(held.id, held.title, held.tone, held.shape, changed.proposed.title, changed.reason)


def report_point(measure: Measure, plan: Plan | None, point: Point) -> ReportPoint:
    value = value_of(measure, point.completed, point.enrolled)
    return ReportPoint(point.day, point.completed, point.enrolled, value, pace_of(measure, plan, point))


def _sources(store: Store, seen: View, region_code: str | None) -> list[NamedSource]:
    return [
        NamedSource(
            found.id, ledgers()[found.ledger].title, found.as_of, found.file_name, found.source,
            _place(store, found.ledger, found.id, region_code or None),
        )
        for found in sources(store, seen)
    ]  # fmt: skip


@remembered(512)
def _place(store: Store, ledger: str, snapshot: int, region_code: str | None) -> str:
    """An upload never changes, and many measures of a paper rest on the same."""
    lines = store.lines_told(ledgers()[ledger], snapshot, region_code)
    return "、".join(starmap(_lines, lines))


def _lines(sheet: str, first: int, last: int) -> str:
    return f"{sheet}第{first}行" if first == last else f"{sheet}第{first}—{last}行"
