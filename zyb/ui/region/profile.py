"""What is known of a region on a day: its standings, alerts, duties and last reports. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zyb.alerting import Alert
from zyb.answers.progress import View
from zyb.numerals import NO_VALUE
from zyb.records import Source
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import campaigns, measures
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.verdicts import FACTS, JUDGED
from zyb.standing.duties import DutySurvey
from zyb.standing.standings import Standing, Standings
from zyb.ui.frame.loading import load_duties, load_standings, load_survey, load_view

BEHIND = ("watch", "lagging")


@dataclass(frozen=True)
class RegionMeasure:
    """One measure and where the region stands in it; the view leads on to its history."""

    view: View
    found: Standings
    standing: Standing

    @property
    def behind(self) -> bool:
        return self.standing.verdict.tone in BEHIND

    @property
    def judged(self) -> bool:
        return self.found.judges and self.standing.proposed.id in (*JUDGED, *FACTS)

    @property
    def silent(self) -> bool:
        """Nothing was ever reported, or nothing this time."""
        return self.standing.verdict.id == "not_reported" or self.standing.stale


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """The newest figures of a ledger that are in force for the region."""

    title: str
    source: Source


@dataclass(frozen=True, kw_only=True)
class RegionProfile:
    roster: Roster
    region: Region
    on: date
    measures: tuple[RegionMeasure, ...]
    """In the order of the campaigns; what nobody in the province has reported is left out."""
    alerts: tuple[Alert, ...]
    """Open ones, the most pressing first."""
    duties: DutySurvey
    reports: tuple[LastReport, ...]

    @property
    def by_campaign(self) -> Iterator[tuple[str, Sequence[RegionMeasure]]]:
        titles = campaigns()
        for campaign, own in groupby(self.measures, lambda one: one.found.measure.campaign):
            yield titles[campaign], list(own)

    @property
    def newest_day(self) -> date | None:
        """数据截至 of the last report."""
        return max((one.source.as_of for one in self.reports), default=None)

    @property
    def newest(self) -> str:
        return self.newest_day.isoformat() if self.newest_day else NO_VALUE

    @property
    def behind(self) -> int:
        return sum(one.behind for one in self.measures)

    @property
    def silent(self) -> int:
        return sum(one.silent for one in self.measures)

    @property
    def judged(self) -> int:
        """The measures by which the region is judged: of what it has not reported there is nothing to judge."""
        return sum(one.judged for one in self.measures)


def region_profile(roster: Roster, region: Region, on: date) -> RegionProfile:
    every = tuple(_measures(roster, region, on))
    survey = load_survey(roster.province, on)
    open_ones = [alert for alert in survey.alerts if alert.open and alert.region_code == region.code]
    return RegionProfile(
        roster=roster, region=region, on=on, measures=every,
        alerts=tuple(sorted(open_ones, key=lambda alert: -alert.history[-1].rank)),
        duties=load_duties(roster.province, on).within(region.code),
        reports=tuple(_reports(every, region)),
    )  # fmt: skip


def _measures(roster: Roster, region: Region, on: date) -> Iterator[RegionMeasure]:
    order = list(campaigns())
    known = sorted(measures(roster.province).values(), key=lambda one: order.index(one.campaign))
    for measure in known:
        seen = load_view(roster.province, measure.id, on)
        found = load_standings(seen)
        standing = found.region(region.code)
        if found.reported and standing:
            yield RegionMeasure(seen, found, standing)


def _reports(every: Sequence[RegionMeasure], region: Region) -> Iterator[LastReport]:
    """Of each ledger that a measure is reported in, the latest first."""
    newest: dict[str, Source] = {}
    for one in every:
        for part, source in one.view.now.sources:
            if part.region_code == region.code and part.ledger in one.found.measure.report_ledgers:
                newest[part.ledger] = max(newest.get(part.ledger, source), source, key=_by_day)
    for name, source in sorted(newest.items(), key=lambda item: _by_day(item[1]), reverse=True):
        yield LastReport(title=ledgers()[name].title, source=source)


def _by_day(source: Source) -> tuple[date, int]:
    return source.as_of, source.snapshot
