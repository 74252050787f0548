"""Totals → standings: divides, compares with pace, ranks and judges. Pure, on a dozen rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zyb.rulebook.measures import Measure, Plan
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.rulebook.verdicts import BY_GAP, FACTS, JUDGED, UNKNOWN, Verdict, Verdicts, verdict, verdicts
from zyb.standing.arithmetic import added, goal_of, has_begun, pace, ratio, remaining, together, value_of
from zyb.standing.caveats import CountiesAlone, caveat_figures, counties_alone
from zyb.standing.counting import (
    Counts,
    KnownTotals,
    RollUp,
    TotalsAt,
    provinces_own,
    surveyed_whole,
)
from zyb.standing.disagreement import Disagreement, Said
from zyb.standing.rolling_up import counted
from zyb.standing.silence import is_stale, silent_from
from zyb.standing.speaking import NewestFigures, newest_figures, ranked, unless_few
from zyb.standing.standings import Standing, Standings
from zyb.standing.trends import with_what_is_new
from zyb.standing.yardsticks import lead


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A region's counts, or the province's sum of them."""

    code: str
    name: str
    short: str
    numerator: int | None
    denominator: int | None
    as_of: date | None = None
    disagreement: Disagreement | None = None
    ledger: str = ""
    regions: int = 1
    rolled: RollUp | None = None
    at_most: int | None = None
    startless: bool = False
    alone: CountiesAlone | None = None
    least: bool = False
    """The numerator is what some counties have done, of what is asked of the whole region: the least that it may be."""


def _standing(
    measure: Measure, plan: Plan | None, due: Fraction | None, row: _Row, table: Verdicts
) -> Standing:
    """`due` is the pace of the day."""
    due = together(measure, due, row.regions)
    target = together(measure, plan.target if plan else None, row.regions)
    goal = target if plan else goal_of(measure, plan)
    numerator, denominator = row.numerator, row.denominator
    if measure.counts:
        denominator = None if target is None or numerator is None else int(target)
    value = value_of(measure, numerator, denominator)
    left = remaining(measure, numerator, denominator, goal)
    gap = value - due if value is not None and due is not None else None
    short = remaining(measure, numerator, denominator, due) if gap is not None else None
    rises = measure.higher_is_better
    finished = value is not None and goal is not None and (value >= goal if rises else value <= goal)
    scale = max(target, Fraction(1)) if measure.counts and target is not None else Fraction(1)
    # A number without a plan says nothing of what was done, nor does a floor that nobody has reached yet.
    held = verdict(
        table, numerator, 1 if measure.counts else denominator, finished, lead(gap, rises, scale),
        begun=has_begun(plan, due), rises=rises and not measure.numerator.over and not (measure.counts and plan is None),
    )  # fmt: skip
    if numerator is not None and denominator is None and not measure.counts_its_own_tasks:
        held = table["unassigned"]  # what was done is told; how much there is to do has not been handed down
    if row.startless and held.id == "not_reported":
        held = table["startless"]
    if held != _at_best(measure, plan, due, row, table, held):
        held, gap, short, left = table["undetermined"], None, None, None
    if row.alone and not _holds_of_a_part(held, row, rises):
        held, gap, short, left = table["undetermined"], None, None, None
    if _few_of_its_own(row, table) and (gap is not None or held.id in FACTS):
        held, gap, short, left = table["partial"], None, None, None
    return Standing(
        region_code=row.code, region=row.name, short=row.short, numerator=numerator, denominator=denominator, value=value, target=target, pace=due, gap=gap, shortfall=short, remaining=left,
        verdict=held, as_of=row.as_of, disagreement=row.disagreement, ledger=row.ledger, rolled=row.rolled, falls=not rises, scale=scale, at_most=row.at_most, alone=row.alone,
    )  # fmt: skip


def _few_of_its_own(row: _Row, table: Verdicts) -> bool:
    """Whether few of a province's regions speak in the figures that it has at the national level: it is judged there as on its
    own page."""
    return (
        row.rolled is not None and row.rolled.reported < (table["partial"].at_least or 0) * row.rolled.regions
    )


def _holds_of_a_part(held: Verdict, row: _Row, rises: bool) -> bool:
    """Whether a verdict on what some counties have reported holds of the region, whatever the others have done: it has done
    at least so much. Of a share of what these counties have themselves nothing follows for the others."""
    if held.id not in JUDGED and held.id != "nothing_done":
        return True
    return row.least and (held.tone == "good") == rises


def _at_best(
    measure: Measure, plan: Plan | None, due: Fraction | None, row: _Row, table: Verdicts, judged: Verdict
) -> Verdict:
    """The verdict if all that nobody can place belonged to the numerator; where it is another, neither is certain."""
    if row.at_most in (None, row.numerator):
        return judged
    return _standing(
        measure, plan, due, replace(row, numerator=row.at_most, at_most=None, alone=None), table
    ).verdict


def _row(counts: Counts, roster: Roster) -> _Row:
    region = counts.region
    numerator, denominator = counts.amounts
    return _Row(
        code=region.code, name=region.name, short=region.short, numerator=numerator, denominator=denominator,
        as_of=counts.source.as_of if counts.source else None, disagreement=_disagreement(counts),
        ledger=counts.sides.numerator.ledger, rolled=counts.rolled, at_most=counts.numerator.at_most,
        startless=counts.numerator.startless, alone=counties_alone(counts, roster),
        least=bool(counts.numerator.alone) and not counts.denominator.alone,
    )  # fmt: skip


def _disagreement(counts: Counts) -> Disagreement | None:
    other = counts.disagreeing
    return Disagreement(_said(counts), _said(other)) if other else None


def _said(counts: Counts) -> Said:
    numerator, denominator = counts.amounts
    assert numerator is not None
    return Said(
        "" if counts.rolled else counts.sides.numerator.ledger,
        numerator,
        denominator or 0,
        counts.source.as_of if counts.source else None,
    )


def _sum(measure: Measure, roster: Roster, rows: list[_Row], latest: date | None) -> _Row:
    """The province's own row; a plain count has no other side."""
    pairs = [
        (row.numerator, 0 if measure.counts and row.numerator is not None else row.denominator)
        for row in rows
    ]
    numerator, denominator = added(pairs, together=measure.owed_by_all)
    told = len(rows) if measure.owed_by_all else sum(None not in pair for pair in pairs)
    bounded = [
        (n if row.at_most is None else row.at_most, d) for row, (n, d) in zip(rows, pairs, strict=True)
    ]
    most, _ = added(bounded, together=measure.owed_by_all)
    open_ended = any(row.at_most is not None for row in rows)
    called = level_words(roster.province).whole
    return _Row(
        code=roster.province_code, name=called, short=called, numerator=numerator, denominator=denominator,
        as_of=latest, regions=told or len(rows), at_most=most if open_ended else None, startless=any(row.startless for row in rows),
    )  # fmt: skip


def _shared(standings: list[Standing], whole: int) -> list[Standing]:
    return [replace(s, share_of_remaining=ratio(s.remaining, whole)) for s in standings]


def _latest(rows: Iterable[_Row]) -> date | None:
    return max((row.as_of for row in rows if row.as_of), default=None)


def _at(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[Standing, list[Standing]]:
    if measure.surveys:
        return _surveys_at(measure, roster, moment)
    plan = measure.plan_on(moment.day)
    rows = [_row(counts, roster) for counts in counted(measure, roster, moment)]
    own = provinces_own(measure, roster, moment)
    beside = [_row(own, roster)] if own else []
    latest = _latest([*rows, *beside])
    newest = newest_figures(
        measure, moment, [row.ledger for row in rows if row.numerator is not None], latest
    )
    due = pace(measure, plan, newest.held_on)
    table = verdicts(roster.province)
    sum_of_all = _standing(measure, plan, due, _sum(measure, roster, [*rows, *beside], latest), table)
    # What it would be if the counties that have not reported had done all that is asked of theirs.
    most = _standing(
        measure, plan, due, _sum(measure, roster, [*map(_all_done, rows), *beside], latest), table
    )
    # Once the task's day is over, who has not done it even by last year's figures has missed it.
    judged = {row.code for row in rows if moment.over and _left(measure, plan, due, row, table)}
    doubted = {code: since for code, since in moment.repeated.items() if code not in judged}
    if doubted:
        least = _sum(measure, roster, [*(_begun_anew(row, doubted) for row in rows), *beside], latest)
        sum_of_all = _unless_repeated(sum_of_all, _standing(measure, plan, due, least, table), table)
    if measure.whole:
        shown = [
            replace(
                _unjudged(measure, _standing(measure, None, None, row, table), newest, table),
                repeats=doubted.get(row.code),
            )
            for row in rows
        ]
        return _unless_parted(measure, unless_few(sum_of_all, shown, table), most, shown, table), ranked(
            shown
        )
    regions = [
        replace(_standing(measure, plan, due, row, table), stale=_is_carried(row, newest)) for row in rows
    ]
    if _is_part_of_a_year(measure, plan, moment.day):
        sum_of_all, *regions = (_not_judged_yet(one, table) for one in (sum_of_all, *regions))
    regions = [_repeating(one, doubted.get(one.region_code), table) for one in regions]
    province = _whole(sum_of_all, plan, regions, table)
    # What is left in all regions together: one region's surplus does not do another's work.
    left = sum(standing.remaining or 0 for standing in regions)
    if measure.of_institutions:  # what the silent and the province's own still owe is left as well
        left = province.remaining or 0
    shared = _shared(ranked(regions), left)
    if measure.kind != "growth" and province.remaining is not None and not doubted:
        province = replace(province, remaining=left)
    province = replace(
        province, share_of_remaining=ratio(left, left) if province.remaining is not None else None
    )
    return _unless_parted(measure, unless_few(province, regions, table), most, regions, table), shared


def _is_part_of_a_year(measure: Measure, plan: Plan | None, day: date) -> bool:
    """Whether a year's count until the day is held against what is for a whole one, another year's count or a limit: the last
    day alone tells."""
    limited = measure.counts and not measure.higher_is_better
    cumulative = measure.annual and (measure.kind == "growth" or limited)
    return cumulative and plan is not None and day < plan.window.due


def _not_judged_yet(standing: Standing, table: Verdicts) -> Standing:
    """A count only grows: what has been reached already stays so, and a limit that is passed stays passed; who is short of
    the one may still reach it, and who is below the other may still pass it."""
    judged = standing.verdict.tone == "good" if standing.falls else standing.verdict.id in BY_GAP
    return replace(standing, verdict=table["unplanned"]) if judged else standing


def _repeating(standing: Standing, since: date | None, table: Verdicts) -> Standing:
    """Last year's 累计数 once more: shown, and neither judged nor counted as what is done."""
    if since is None:
        return standing
    if standing.verdict.id not in JUDGED:
        return replace(standing, repeats=since)
    return replace(
        standing, repeats=since, gap=None, shortfall=None, remaining=None, verdict=table["repeated"]
    )


def _left(measure: Measure, plan: Plan | None, due: Fraction | None, row: _Row, table: Verdicts) -> bool:
    return bool(_standing(measure, plan, due, row, table).remaining)


def _begun_anew(row: _Row, doubted: Collection[str]) -> _Row:
    """The least that a region may have done this year, where it has said last year's figures once more."""
    return replace(row, numerator=0) if row.code in doubted and row.numerator else row


def _unless_repeated(standing: Standing, least: Standing, table: Verdicts) -> Standing:
    """The whole is judged where it is judged alike whatever the regions that repeat themselves have done."""
    if standing.verdict == least.verdict or standing.verdict.id not in JUDGED:
        return standing
    return replace(standing, gap=None, shortfall=None, remaining=None, verdict=table["repeated"])


def _all_done(row: _Row) -> _Row:
    """The most that matters: that the counties which have not reported have done all that is asked of the region."""
    if not row.least or row.numerator is None or row.denominator is None:
        return row
    return replace(row, numerator=max(row.numerator, row.denominator))


def _unless_parted(
    measure: Measure, standing: Standing, most: Standing, regions: Sequence[Standing], table: Verdicts
) -> Standing:
    """The whole is judged where it is judged alike whatever the counties have done that have not reported: it has done at
    least what it is counted for."""
    bounded = measure.kind == "ratio" and standing.verdict == most.verdict
    certain = (standing.verdict.tone == "good") != standing.falls
    if not any(one.alone for one in regions) or bounded or certain or standing.verdict.id not in JUDGED:
        return standing
    return replace(standing, gap=None, shortfall=None, remaining=None, verdict=table["undetermined"])


def _is_carried(row: _Row, newest: NewestFigures) -> bool:
    """Of who has never sent a figure none is carried on; the day would be that of the tasks."""
    return (row.numerator is not None or row.startless) and newest.makes_stale(row.ledger, row.as_of)


def _unjudged(measure: Measure, standing: Standing, newest: NewestFigures, table: Verdicts) -> Standing:
    """A region beside what is asked of the province: its figures alone, or that it has sent none."""
    silent = standing.numerator is None or (standing.denominator is None and not measure.counts)
    stale = not silent and newest.makes_stale(standing.ledger, standing.as_of)
    verdict_id = "not_reported" if silent else "unplanned"
    return replace(standing, remaining=None, stale=stale, verdict=table[verdict_id])


def _whole(province: Standing, plan: Plan | None, regions: Sequence[Standing], table: Verdicts) -> Standing:
    """The province has not finished while a region that owes figures, or part of it, is silent: it is judged by its gap then."""
    silent = any(standing.verdict.id in UNKNOWN or standing.alone for standing in regions)
    if province.verdict.id != "finished" or not silent:
        return province
    counts = province.numerator, province.denominator or 1  # what is finished has something to finish
    begun = has_begun(plan, province.pace)
    unfinished = verdict(table, *counts, False, province.lead, begun=begun, rises=not province.falls)
    return replace(province, verdict=unfinished)


def _of_survey(
    measure: Measure, plan: Plan | None, due: Fraction | None, place: _Surveyed, table: Verdicts
) -> Standing:
    """A percentage as it was found: held against its target, with nothing to be added up and nothing left."""
    value, rises = place.share, measure.higher_is_better
    gap = value - due if value is not None and due is not None else None
    met = value is not None and plan is not None and (value >= plan.target if rises else value <= plan.target)
    told = None if value is None else 1
    # Nothing found is a finding, and no work that was not begun.
    held = verdict(table, told, 1, met, lead(gap, rises), begun=has_begun(plan, due), rises=False)
    return Standing(
        region_code=place.code, region=place.name, short=place.short, numerator=None, denominator=None, value=value, target=plan.target if plan else None,
        pace=due, gap=gap, shortfall=None, remaining=None, verdict=held, as_of=place.as_of, ledger=measure.numerator.ledger, falls=not rises,
        asked=place.asked, rolled=place.rolled,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Surveyed:
    code: str
    name: str
    short: str
    share: Fraction | None
    as_of: date | None
    asked: int | None = None
    rolled: RollUp | None = None


def _surveyed(counts: Counts) -> _Surveyed:
    region, source = counts.region, counts.source
    return _Surveyed(
        code=region.code, name=region.name, short=region.short, share=counts.share, asked=counts.weight.amount,
        as_of=source.as_of if source else None, rolled=counts.rolled,
    )  # fmt: skip


def _surveys_at(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[Standing, list[Standing]]:
    """As `_at`, of a survey: the province's figure is its own line or a mean, and never a sum."""
    plan, table = measure.plan_on(moment.day), verdicts(roster.province)
    counts = counted(measure, roster, moment)
    whole = surveyed_whole(measure, roster, moment, counts)
    places = [_surveyed(one) for one in counts]
    days = [place.as_of for place in places if place.share is not None and place.as_of]
    latest = max([*days, *([whole.as_of] if whole.as_of else [])], default=None)
    newest = newest_figures(measure, moment, measure.report_ledgers, latest)
    due = pace(measure, plan, newest.held_on)
    regions = [
        _of_survey(measure, None if measure.whole else plan, None if measure.whole else due, place, table)
        for place in places
    ]
    regions = [replace(one, stale=one.told and newest.makes_stale(one.ledger, one.as_of)) for one in regions]
    called = level_words(roster.province).whole
    own = _Surveyed(
        code=roster.province_code,
        name=called,
        short=called,
        share=whole.share,
        as_of=latest,
        asked=_asked(places),
    )
    province = _of_survey(measure, plan, due, own, table)
    if province.value is None and any(one.told for one in regions):
        # The regions have reported, and nobody knows what they come to together.
        province = replace(province, verdict=table["undetermined" if plan else "unplanned"])
    return unless_few(province, regions, table), ranked(regions)


def _asked(places: Sequence[_Surveyed]) -> int | None:
    """How many were asked in all that report; unknown where one does not say."""
    asked = [place.asked for place in places if place.share is not None]
    return sum(number or 0 for number in asked) if asked and all(asked) else None


def _origin(measure: Measure, roster: Roster, moment: TotalsAt) -> str:
    if not measure.surveys:
        return ""
    return surveyed_whole(measure, roster, moment, counted(measure, roster, moment)).origin


def evaluate(
    measure: Measure, roster: Roster, evidence: KnownTotals, day: date, until: date | None = None
) -> Standings:
    """The measure on a day for every region of the roster and for the province. `until`: a report of each period that is over
    by then was due, where it is another day: a campaign may have been closed before."""
    now = TotalsAt(evidence.now, evidence, day, until)
    province, regions = _at(measure, roster, now)
    before: dict[str, Standing] = {}
    previous_day = None
    if evidence.previous is not None:
        whole, earlier = _at(measure, roster, TotalsAt(evidence.previous, evidence, day, until))
        before = {s.region_code: s for s in (whole, *earlier)}
        previous_day = whole.as_of
    compared = with_what_is_new((province, *regions), before)
    if any(one.repeats for one in regions):  # nor does anybody know what was added of the whole
        compared[0] = replace(compared[0], added=None)
    found = Standings(
        measure=measure, plan=measure.plan_on(day), on=day, as_of=province.as_of, previous_as_of=previous_day,
        province=compared[0], regions=tuple(compared[1:]), verdicts=verdicts(roster.province),
        beside=_beside(measure, roster, now), own=_own(measure, roster, now, compared[0]),
        caveats=caveat_figures(measure, roster, now), origin=_origin(measure, roster, now),
    )  # fmt: skip
    names = {one.ledger for one in found.reported}
    return replace(found, silent_from=silent_from(measure, names, found.as_of, until or day))


def _own(measure: Measure, roster: Roster, moment: TotalsAt, whole: Standing) -> Standing | None:
    """The province's own institutions, held against what everybody is held against."""
    counts = provinces_own(measure, roster, moment)
    if counts is None:
        return None
    row = _row(counts, roster)
    plan, table = measure.plan_on(moment.day), verdicts(roster.province)
    found = _standing(measure, plan, whole.pace, row, table)
    return replace(found, stale=found.told and is_stale(row.ledger, row.as_of, whole.as_of))


def _beside(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[int, int]:
    own = provinces_own(measure, roster, moment)
    return (own.numerator.amount or 0, own.denominator.amount or 0) if own else (0, 0)
