"""What a report is made from: the request, the campaigns with their sections, alerts, faults and snapshots."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zyb.alerting import (
    Alert,
    Fault,
    MissedDeadline,
    SheetLine,
    SupervisionSheet,
    Survey,
    Unheard,
    missed_deadlines,
    never_reported,
    sheet_of,
    survey,
)
from zyb.answers import progress
from zyb.answers.progress import View
from zyb.briefing.comparing import compared
from zyb.briefing.model import AlertLine, Request, Section, Sentence, told_rules
from zyb.briefing.outlines import CampaignText, KindOfReport, campaign_texts, kind_of
from zyb.briefing.remarks import verdict_rules
from zyb.briefing.sections import section
from zyb.briefing.text.standing import lead
from zyb.briefing.text.telling import Telling
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.rulebook.measures import measures
from zyb.rulebook.places.levels import LevelWords, level_words
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.rulebook.verdicts import verdicts
from zyb.standing.duties import MissedDuty
from zyb.standing.standings import Standings
from zyb.store import Store
from zyb.wording.templates import Wording, wording

# What a report on every campaign is about, and where its figures come from.
EVERYTHING = "职业病防治重点工作"
EVERY_SOURCE = "各地上报台账"

SeenStandings = tuple[View, Standings]


@dataclass(frozen=True)
class Told:
    """A campaign with the sections that are told in full, and beside them the others by measure."""

    campaign: CampaignText
    full: tuple[Section, ...]
    annual: Section | None
    others: Mapping[str, Section]
    silent: bool = False
    """Nobody has reported anything of it though it was due: the one section has no figures."""

    @property
    def closed(self) -> str:
        """That the campaign was closed by the day of the report."""
        return self.full[0].closed

    @property
    def sections(self) -> list[Section]:
        return [*self.full, *([self.annual] if self.annual else []), *self.others.values()]

    @property
    def grouped(self) -> list[Section]:
        """In the order of the groups."""
        return [
            self.others[name]
            for wanted in self.campaign.groups
            for name in wanted.measures
            if name in self.others
        ]


@dataclass(frozen=True, kw_only=True)
class ReportWork:
    """Everything that the parts of a report are made from."""

    request: Request
    kind: KindOfReport
    roster: Roster
    region: Region | None
    wording: Wording
    told: tuple[Told, ...]
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]
    missed: tuple[MissedDuty, ...]
    found: tuple[Standings, ...]
    edition: tuple[int, ...]
    sheet: SupervisionSheet | None
    """Of a 督办单: what the region still has to do, as the page and the alerts have it."""
    overdue: tuple[MissedDeadline, ...]
    unheard: tuple[Unheard, ...]

    @property
    def scope(self) -> str:
        return self.region.name if self.region else self.called.whole

    @property
    def called(self) -> LevelWords:
        """What the province and its parts are called: 全省, 全市, 全国."""
        return level_words(self.roster.province)

    @property
    def full(self) -> list[Section]:
        return [each for told in self.told for each in told.full]

    @property
    def sections(self) -> list[Section]:
        """Those told in full first: slides and annexes point at them by number."""
        return [*self.full, *(each for told in self.told for each in told.sections[len(told.full) :])]

    @property
    def spoken(self) -> list[Section]:
        """Those of which anybody has reported."""
        silent = [each for told in self.told if told.silent for each in told.sections]
        return [each for each in self.sections if each not in silent]

    @property
    def as_of(self) -> date:
        """The day of the newest figures; where there are none, the day on which nobody had sent any."""
        told = (each.as_of for told in self.told if not told.silent for each in told.full)
        return max(told, default=self.request.on)

    @property
    def made(self) -> date:
        """The day that the paper bears: it speaks of what has passed until the day asked for, and not only until its figures."""
        return self.request.made or self.request.on

    @property
    def subject(self) -> str:
        return self.told[0].campaign.subject if self.request.campaign else EVERYTHING

    def telling(
        self, told: Told, number: int = 0, *, rules_said: bool = True, schedule_annexes: tuple[int, ...] = ()
    ) -> Telling:
        """What the sentences may speak of; `number` is that of the measure among those told in full."""
        return Telling(
            kind=self.kind, campaign=told.campaign, wording=self.wording, province=self.roster.province, scope=self.scope, section=told.full[number], annual=told.annual, others=told.others,
            rules_said=rules_said, verdict_rules=told_rules(verdict_rules(verdicts(self.roster.province))), schedule_annexes=schedule_annexes,
            on=self.request.on, silent=told.silent,
            overdue=tuple(one for one in self.overdue if one.measure.campaign == told.campaign.id),
            unheard=tuple(one for one in self.unheard if one.measure.campaign == told.campaign.id),
        )  # fmt: skip

    def opening(self) -> Sentence:
        """What the report is about and where its figures come from."""
        first = self.told[0]
        source = first.campaign.source if self.request.campaign else EVERY_SOURCE
        campaign = replace(first.campaign, subject=self.subject, source=source)
        supervised = self.sheet is None or bool(self.sheet.supervised)
        telling = self.telling(replace(first, campaign=campaign, silent=not self.spoken))
        if len(self.told) > 1:  # whose figures are of another day says so itself
            telling = replace(telling, section=replace(telling.section, as_of=self.as_of))
        return lead(telling, supervised=supervised)


def gather(store: Store, request: Request, folder: Path | None, seen: Survey | None) -> ReportWork:
    """Raises NotPossible when the request fits nothing, or there is nothing to report on."""
    kind, roster = kind_of(request.kind), load_roster(request.province)
    if kind.regional and not request.region_code:
        raise NotPossible(f"{kind.title}针对一个地区。", "请选择地区。")
    region = roster.region(request.region_code) if request.region_code else None
    if request.region_code and region is None:
        raise NotPossible(f"{roster.province}没有代码为“{request.region_code}”的地区。", "请重新选择地区。")
    surveyed = seen or survey(store, roster.province, request.on, request.known_at)
    sheet = _sheet(store, surveyed, request) if kind.regional else None
    every: dict[str, SeenStandings] = {}
    warned = _in_order(surveyed, roster, request.region_code)
    unheard = never_reported(surveyed.latest, warned, request.on)
    told = [
        _told(store, request, campaign, sheet, every, unheard)
        for campaign in campaign_texts(request.campaign)
    ]
    kept = tuple(each for each in told if each.full)
    if not kept:
        raise NotPossible(
            f"{roster.province}到{chinese_day(request.on)}没有可写的数据。",
            "请先上报台账，或改选较晚的日期。",
        )
    used = {each.measure_id: every[each.measure_id] for t in kept for each in t.sections}
    views = {name: looked_at for name, (looked_at, _) in used.items()}
    return ReportWork(
        request=request, kind=kind, roster=roster, region=region, wording=wording(folder), told=kept,
        alerts=tuple(
            _alerts(surveyed, {*views, *(one.measure.id for one in unheard)}, request.region_code)
        ),
        faults=tuple(_faults(surveyed, views, request.region_code)),
        missed=tuple(_missed(surveyed.missed, request)),
        found=tuple(standings for _, standings in used.values()),
        edition=_snapshots(views.values()), sheet=sheet,
        overdue=tuple(missed_deadlines(warned, request.on)), unheard=tuple(unheard),
    )  # fmt: skip


def _in_order(seen: Survey, roster: Roster, region_code: str) -> list[Alert]:
    """By measure and region, whatever is most pressing."""
    measure_ids = [found.measure.id for found in seen.latest]
    codes = [roster.province_code, *(region.code for region in roster.regions)]
    own = (alert for alert in seen.alerts if region_code in ("", alert.region_code))
    return sorted(own, key=lambda one: (measure_ids.index(one.measure.id), codes.index(one.region_code)))


def _sheet(store: Store, seen: Survey, request: Request) -> SupervisionSheet:
    """Of one campaign its own measures only."""
    sheet = sheet_of(store, seen, request.region_code)
    own = tuple(line for line in sheet.lines if request.campaign in ("", line.measure.campaign))
    checked = tuple((one, n) for one, n in sheet.checked if request.campaign in ("", *one.campaigns))
    return replace(sheet, lines=own, missed=tuple(_missed(sheet.missed, request)), checked=checked)


def _missed(missed: Iterable[MissedDuty], request: Request) -> Iterator[MissedDuty]:
    """Of one campaign its own, and what is due of all of them together."""
    for one in missed:
        of_campaign = not one.duty.campaign or request.campaign in ("", one.duty.campaign)
        if of_campaign and request.region_code in ("", one.subject.region_code):
            yield one


def _told(
    store: Store,
    request: Request,
    campaign: CampaignText,
    sheet: SupervisionSheet | None,
    every: dict[str, SeenStandings],
    unheard: Sequence[Unheard],
) -> Told:
    """`every` takes what was read for each measure. Of what a 督办单 has a line for, the figures are the line's."""
    known = measures(load_roster(request.province).province)
    lines = {line.measure.id: line for line in sheet.lines} if sheet else {}

    comparison = kind_of(request.kind).compared

    def read(name: str, in_full: bool = True, unreported: bool = False) -> Section | None:
        if name not in known:
            return None
        on = lines[name].found.on if name in lines and not unreported else request.on
        seen = compared(progress.view(store, request.province, name, on, request.known_at), comparison)
        figures = progress.standings(store, seen)
        # A line tells the figures of its own day, and what is due by that of the sheet.
        every[name] = seen, replace(figures, asked=lines[name].found.asked) if name in lines else figures
        found = section(store, *every[name], request.region_code, in_full=in_full, unreported=unreported)
        if found is None:
            return None
        found = replace(found, earlier=comparison.earlier, origin=campaign.source)
        return _as_demanded(found, lines[name]) if name in lines else found

    full = tuple(found for name in campaign.measures if (found := read(name)))
    annual = read(campaign.annual) if campaign.annual and full else None
    names = [name for each in campaign.groups for name in each.measures]
    if sheet:
        named = {*campaign.measures, campaign.annual, *names}
        names += [name for name in lines if known[name].campaign == campaign.id and name not in named]
    pressed = {line.measure.id for line in sheet.lagging} if sheet else set()
    others = {name: found for name in names if (found := read(name, in_full=name in pressed))}
    if not full and others:  # nobody reported the lead measure: the first that is known takes its place
        first = next(iter(others))
        others.pop(first)
        full = tuple(found for found in [read(first)] if found)
    silent = not full and _first_unheard(campaign, unheard)
    if silent:
        full = tuple(found for found in [read(silent, in_full=False, unreported=True)] if found)
    return Told(campaign, full, annual, others, silent=bool(silent))


def _first_unheard(campaign: CampaignText, unheard: Sequence[Unheard]) -> str:
    """Which measure stands for a campaign that nobody has reported anything of: its first that was due; "" for none."""
    due = [one.measure.id for one in unheard if one.measure.campaign == campaign.id]
    return next((name for name in campaign.measures if name in due), next(iter(due), ""))


def _as_demanded(found: Section, line: SheetLine) -> Section:
    """In the words of the sheet."""
    return replace(found, whole=replace(found.whole, demand=line.demand))


def _snapshots(views: Iterable[View]) -> tuple[int, ...]:
    numbers: set[int] = set()
    for view in views:
        wanted = set(view.measure.ledger_ids)
        numbers |= {source.snapshot for part, source in view.now.sources if part.ledger in wanted}
    return tuple(sorted(numbers))


def _alerts(seen: Survey, used: Collection[str], region_code: str) -> Iterator[Alert]:
    for alert in seen.alerts:
        if alert.open and alert.measure.id in used and region_code in ("", alert.region_code):
            yield alert


def _faults(seen: Survey, used: Mapping[str, View], region_code: str) -> Iterator[Fault]:
    behind = {ledger for view in used.values() for ledger in view.measure.ledger_ids}
    for fault in seen.faults:
        if fault.ledger.id in behind and region_code in ("", fault.region_code):
            yield fault


def alert_line(alert: Alert) -> AlertLine:
    return AlertLine(
        region=alert.region, measure=alert.measure.title, state=alert.state.title, level=alert.level.title if alert.level else "",
        tone=alert.state.tone, since=alert.since, sentence=alert.sentence, clauses=alert.clauses,
    )  # fmt: skip
