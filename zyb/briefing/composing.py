"""Composes a Briefing: the one place where a request becomes figures, text, tables, slides and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zyb import progress
from zyb.alerting import Alert, Fault, Survey, survey
from zyb.briefing import checking, facts, slides, tables
from zyb.briefing.model import (
    AlertLine,
    Briefing,
    Check,
    Paragraph,
    Request,
    Section,
    Sentence,
    Slide,
    Table,
)  # fmt: skip
from zyb.briefing.outlines import (
    Block,
    CampaignText,
    KindOfReport,
    campaign_texts,
    kind_of,
)  # fmt: skip
from zyb.briefing.phrases import ordinal, task_of
from zyb.briefing.remarks import verdict_rules
from zyb.briefing.sections import section
from zyb.briefing.sentences import RULES, Telling, group, lead, reply
from zyb.briefing.wording import Wording, wording
from zyb.errors import NotPossible
from zyb.indicators import Standings
from zyb.measures import measures
from zyb.periods import chinese_day
from zyb.progress import View
from zyb.regions import Region, Roster, load_roster
from zyb.store import Store, now

WHOLE = "全省"
# What a report on every campaign is about, and where its figures come from.
EVERYTHING = "职业病防治重点工作"
EVERY_SOURCE = "各地上报台账"


Read = tuple[View, Standings]


@dataclass(frozen=True)
class _Told:
    """A campaign with the sections that are told in full, and beside them the others by measure."""

    campaign: CampaignText
    full: tuple[Section, ...]
    annual: Section | None
    others: Mapping[str, Section]

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


@dataclass(frozen=True)
class _Work:
    """Everything that the parts of a report are made from."""

    request: Request
    kind: KindOfReport
    roster: Roster
    region: Region | None
    wording: Wording
    told: tuple[_Told, ...]
    alerts: tuple[Alert, ...]
    faults: tuple[Fault, ...]
    found: tuple[Standings, ...]
    edition: tuple[int, ...]

    @property
    def scope(self) -> str:
        return self.region.name if self.region else WHOLE

    @property
    def full(self) -> list[Section]:
        return [each for told in self.told for each in told.full]

    @property
    def sections(self) -> list[Section]:
        """Those told in full first: slides and annexes point at them by number."""
        return [*self.full, *(each for told in self.told for each in told.sections[len(told.full) :])]

    @property
    def as_of(self) -> date:
        return max(each.as_of for each in self.full)


def compose(store: Store, request: Request, *, folder: Path | None = None, demo_warning: str = "",
            seen: Survey | None = None) -> Briefing:  # fmt: skip
    """The report as it stands now, or as it was known at `request.known_at`.

    `folder` may hold the installation's own wording; `seen` saves the survey of alerts where it is at hand.
    Raises NotPossible when there is nothing to report on.
    """
    work = _work(store, request, folder, seen)
    if work.kind.regional and not _late(work):
        raise NotPossible(f"{work.scope}各项指标均达到序时进度或目标，无需督办。", "请改选其他地区或专项。")
    made = request.made or work.as_of
    title = _title(work)
    annexes = _annexes(work)
    checks = checking.checks(work.found, work.sections, work.faults, request.accepted, request.region_code)
    alerts = tuple(_alert_line(alert) for alert in work.alerts)
    return Briefing(
        request=request,
        kind_title=work.kind.title,
        red_head=work.kind.red_head,
        title=title,
        short_title=f"{_place(work)}{_subject(work)}{work.kind.document}",
        scope=work.scope,
        issuer=request.issuer or f"{work.roster.province}卫生健康委员会办公室",
        addressees=request.addressees or _addressees(work),
        copies=request.copies,
        number=request.number,
        made=made,
        as_of=work.as_of,
        edition=work.edition,
        known_at=request.known_at or now(),
        demo_warning=demo_warning,
        paragraphs=tuple(_paragraphs(work)),
        sections=tuple(work.sections),
        annexes=tuple(annexes),
        slides=tuple(_slides(work, alerts)),
        alerts=alerts,
        checks=checks,
        notes=tuple(_notes(work, checks)),
        verdict_rules=verdict_rules(),
    )


# -- gathering ---------------------------------------------------------------------------------


def _work(store: Store, request: Request, folder: Path | None, seen: Survey | None) -> _Work:
    kind, roster = kind_of(request.kind), load_roster(request.province)
    if kind.regional and not request.region_code:
        raise NotPossible(f"{kind.title}针对一个地区。", "请选择地区。")
    region = roster.region(request.region_code) if request.region_code else None
    if request.region_code and region is None:
        raise NotPossible(f"{roster.province}没有代码为“{request.region_code}”的地区。", "请重新选择地区。")
    every: dict[str, Read] = {}
    told = [_told(store, request, campaign, every) for campaign in campaign_texts(request.campaign)]
    kept = tuple(each for each in told if each.full)
    if not kept:
        raise NotPossible(
            f"{roster.province}到{chinese_day(request.on)}没有可写的数据。",
            "请先上报台账，或改选较晚的日期。",
        )
    used = {each.measure_id: every[each.measure_id] for t in kept for each in t.sections}
    views = {name: seen for name, (seen, _) in used.items()}
    survey_found = seen or survey(store, roster.province, request.on, request.known_at)
    return _Work(
        request, kind, roster, region, wording(folder), kept,
        tuple(_alerts(survey_found, views, request.region_code)),
        tuple(_faults(survey_found, views, request.region_code)),
        tuple(found for _, found in used.values()),
        _snapshots(views.values()),
    )  # fmt: skip


def _told(store: Store, request: Request, campaign: CampaignText, read_so_far: dict[str, Read]) -> _Told:
    known = measures(load_roster(request.province).province)

    def read(name: str, in_full: bool = True) -> Section | None:
        if name not in known:
            return None
        seen = progress.view(store, request.province, name, request.on, request.known_at)
        read_so_far[name] = seen, progress.standings(store, seen)
        return section(store, *read_so_far[name], request.region_code, in_full=in_full)

    def beside(name: str) -> Section | None:
        """In a report on one region whatever is behind there is told in full."""
        found = read(name, in_full=False)
        told_in_full = found and request.region_code and facts.is_behind(found)
        return read(name) if told_in_full else found

    full = tuple(found for name in campaign.measures if (found := read(name)))
    annual = read(campaign.annual) if campaign.annual and full else None
    names = [name for each in campaign.groups for name in each.measures]
    others = {name: found for name in names if (found := beside(name))}
    if not full and others:  # nobody reported the lead measure: the first that is known takes its place
        first = next(iter(others))
        others.pop(first)
        full = tuple(found for found in [read(first)] if found)
    return _Told(campaign, full, annual, others)


def _snapshots(views: Iterable[View]) -> tuple[int, ...]:
    numbers: set[int] = set()
    for view in views:
        wanted = set(view.measure.ledger_ids)
        numbers |= {source.snapshot for part, source in view.now.sources if part.ledger in wanted}
    return tuple(sorted(numbers))


def _alerts(seen: Survey, used: Mapping[str, View], region_code: str) -> Iterator[Alert]:
    for alert in seen.alerts:
        if alert.open and alert.measure.id in used and region_code in ("", alert.region_code):
            yield alert


def _faults(seen: Survey, used: Mapping[str, View], region_code: str) -> Iterator[Fault]:
    behind = {ledger for view in used.values() for ledger in view.measure.ledger_ids}
    for fault in seen.faults:
        if fault.ledger.id in behind and region_code in ("", fault.region_code):
            yield fault


def _alert_line(alert: Alert) -> AlertLine:
    return AlertLine(
        alert.region, alert.measure.title, alert.state.title, alert.level.title if alert.level else "",
        alert.state.tone, alert.since, alert.sentence,
    )  # fmt: skip


# -- title and address ---------------------------------------------------------------------------


def _subject(work: _Work) -> str:
    return work.told[0].campaign.subject if work.request.campaign else EVERYTHING


def _place(work: _Work) -> str:
    return f"{work.roster.province}{work.region.name if work.region else ''}"


def _title(work: _Work) -> tuple[str, ...]:
    """Broken by meaning, as a careful clerk breaks it."""
    task, document = _task(work), work.kind.document
    if work.kind.regional:
        return (f"关于{work.scope}{task}", "有关问题的督办单")
    if work.kind.red_head and document == "进展通报":
        return (f"关于{WHOLE}{task}", "进展情况的通报")
    if work.kind.by_year:
        return (f"{work.scope}{task.removesuffix('工作')}", document)
    return (f"{work.scope}{task}", document)


def _task(work: _Work) -> str:
    """“职业病危害专项治理工作”: the word is not said twice."""
    return task_of(_subject(work))


def _addressees(work: _Work) -> str:
    if work.region:
        return f"{work.region.name}卫生健康委（局）："
    special = "".join(f"、{region.name}" for region in work.roster.regions if not _is_prefecture(region))
    return f"各设区市{special}卫生健康委（局）："


def _is_prefecture(region: Region) -> bool:
    """A 设区市; 韩城, 定州 and their like have the code of a county and are named one by one."""
    return region.name.endswith("市") and region.code.endswith("00")


# -- text ----------------------------------------------------------------------------------------


def _telling(work: _Work, told: _Told, number: int, rules_said: bool) -> Telling:
    return Telling(
        work.kind, told.campaign, work.wording, work.scope, told.full[number], told.annual, told.others,
        rules_said, verdict_rules(), _schedule_annex(work, told.full[number]),
    )  # fmt: skip


class _Numbering:
    """一、 and （一）, counted as headings come."""

    def __init__(self) -> None:
        self._heads = 0
        self._subs = 0

    def heading(self, text: str) -> Paragraph:
        self._heads, self._subs = self._heads + 1, 0
        return Paragraph("heading", (Sentence("", f"{ordinal(self._heads)}、{text}"),))

    def subheading(self, text: str) -> Paragraph:
        self._subs += 1
        return Paragraph("subheading", (Sentence("", f"（{ordinal(self._subs)}）{text}。"),))


def _paragraphs(work: _Work) -> Iterator[Paragraph]:
    numbers = _Numbering()
    if work.kind.regional:
        yield from _of_region(work, numbers)
        return
    if len(work.told) > 1:
        yield from _of_all(work, numbers)
        return
    told, rules_said = work.told[0], False
    pending: Block | None = None
    for block in work.kind.outline:
        pending = block if block.heading else pending
        body = list(_block(work, told, block, rules_said))
        demands = _demands(work, told) if block.requirements else []
        if not body and not demands:
            continue
        rules_said = rules_said or "behind" in block.sentences
        if pending and pending.heading:
            yield numbers.heading(pending.heading)
            pending = None
        if block.subheading:
            yield numbers.subheading(block.subheading)
        yield from body
        for title, text in demands:
            if title:
                yield numbers.subheading(title)
            yield _plain(text)


def _block(work: _Work, told: _Told, block: Block, rules_said: bool) -> Iterator[Paragraph]:
    """A paragraph for each measure that is told in full, then groups, then what is demanded."""
    for number in range(len(told.full)):
        if number and "lead" in block.sentences:
            block = replace(block, sentences=tuple(s for s in block.sentences if s != "lead"))
        telling = _telling(work, told, number, rules_said)
        said = [found for name in block.sentences if (found := RULES[name](telling))]
        if said:
            yield Paragraph("body", _about(telling, told, said))
    if block.groups:
        yield from _groups(work, told)


# These sentences name what they are about.
NAMING = ("lead", "overall", "ranking", "missing")


def _about(telling: Telling, told: _Told, said: list[Sentence]) -> tuple[Sentence, ...]:
    """Where several measures are told one after the other, a paragraph says first which one it is about."""
    if len(told.full) == 1 or said[0].rule in NAMING:
        return tuple(said)
    return (Sentence("", f"{telling.section.title}方面，"), *said)


def _groups(work: _Work, told: _Told) -> Iterator[Paragraph]:
    telling = _telling(work, told, 0, True)
    for wanted in told.campaign.groups:
        if said := group(telling, wanted):
            yield Paragraph("body", (said,))


def _demands(work: _Work, told: _Told) -> list[tuple[str, str]]:
    """Subheading and text; what a person wrote takes the place of the campaign's own demands."""
    own = [("", text.strip()) for text in work.request.requirements if text.strip()]
    return own or [(demand.title, demand.text) for demand in told.campaign.requirements]


def _plain(text: str) -> Paragraph:
    return Paragraph("body", (Sentence("", text),))


# In a report on every campaign each has one chapter, with the sentences that matter most.
CHAPTER = (
    "overall",
    "missing",
    "change",
    "ranking",
    "behind",
    "stalled",
    "remainder",
    "deadline",
    "forecast",
)


def _opening(work: _Work) -> Paragraph:
    first = work.told[0]
    source = first.campaign.source if work.request.campaign else EVERY_SOURCE
    about = replace(first, campaign=replace(first.campaign, subject=_subject(work), source=source))
    return Paragraph("body", (lead(_telling(work, about, 0, True)),))


# A 督办单 tells of each measure that is behind.
SHEET = ("overall", "change", "place", "deadline", "forecast")


def _late(work: _Work) -> list[Telling]:
    """The region's measures that are behind, in the order of campaigns."""
    return [
        replace(_telling(work, told, 0, True), section=each)
        for told in work.told
        for each in told.sections
        if facts.is_behind(each)
    ]


def _of_region(work: _Work, numbers: _Numbering) -> Iterator[Paragraph]:
    yield _opening(work)
    yield numbers.heading("滞后情况")
    for telling in _late(work):
        yield numbers.subheading(telling.section.title)
        yield Paragraph("body", tuple(found for name in SHEET if (found := RULES[name](telling))))
    yield numbers.heading("办理要求")
    yield Paragraph("body", (reply(_telling(work, work.told[0], 0, True)),))
    for text in work.request.requirements:
        if text.strip():
            yield _plain(text.strip())


def _of_all(work: _Work, numbers: _Numbering) -> Iterator[Paragraph]:
    yield _opening(work)
    for place, told in enumerate(work.told):
        yield numbers.heading(told.campaign.subject)
        for number in range(len(told.full)):
            telling = _telling(work, told, number, rules_said=bool(place or number))
            said = [found for name in CHAPTER if (found := RULES[name](telling))]
            if said and telling.section.as_of != work.as_of:
                said.insert(0, Sentence("", f"截至{chinese_day(telling.section.as_of)}，"))
            if said:
                yield Paragraph("body", _about(telling, told, said))
        yield from _groups(work, told)
    texts = [text.strip() for text in work.request.requirements if text.strip()]
    if texts:
        yield numbers.heading("下一步工作要求")
        yield from (_plain(text) for text in texts)


# -- annexes, slides, notes -----------------------------------------------------------------------


def _annexes(work: _Work) -> Iterator[Table]:
    if work.region:
        yield tables.measures_table([each for told in work.told for each in told.sections])
        return
    number = 0
    for told in work.told:
        about = told.campaign.subject if len(work.told) > 1 else ""
        for place, each in enumerate(told.full):
            yield tables.progress_table(each, each.title if place else told.campaign.subject, number)
            if _has_schedule(each):
                yield tables.schedule_table(each, number, each.title if place else about)
            number += 1
        if len(told.grouped) > 1:
            yield tables.matrix_table(told.grouped, about)
    if work.alerts and work.kind.id in ("monthly", "quarterly"):
        yield tables.alerts_table([_alert_line(alert) for alert in work.alerts])


def _has_schedule(each: Section) -> bool:
    return bool(each.due and each.lines and each.whole.remaining)


def _schedule_annex(work: _Work, wanted: Section) -> int:
    for number, table in enumerate(_annexes(work), 1):
        if table.section is not None and work.full[table.section] is wanted and "倒排工期" in table.title:
            return number
    return 0


def _slides(work: _Work, alerts: Sequence[AlertLine]) -> Iterator[Slide]:
    yield slides.cover(f"{work.scope}{_task(work)}")
    number = 0
    for told in work.told:
        for place in range(len(told.full)):
            telling = _telling(work, told, place, True)
            made = slides.slides_of(telling, number)
            # With every campaign in one talk each has its headline, map and league table.
            yield from made if len(work.told) == 1 else made[:3]
            number += 1
        if len(told.grouped) > 1 and not work.region:
            yield slides.matrix(_telling(work, told, 0, True), told.grouped)
    if alerts:
        yield slides.alerts(_telling(work, work.told[0], 0, True), alerts)


def _notes(work: _Work, checks: Sequence[Check]) -> Iterator[str]:
    for told in work.told:
        for each in told.full:
            files = sorted({f"《{source.ledger}》" for source in each.sources})
            yield f"{each.title}：{each.definition}数据来源：{told.campaign.source}（{''.join(files)}），截至{chinese_day(each.as_of)}。依据：{each.basis}。"
            if each.note:
                yield each.note
    for check in checks:
        if not check.passed:
            yield f"校核说明：{check.title}——{check.detail.rstrip('。')}。"
