"""Composes a Briefing: the one place where a request becomes figures, text, tables, slides and checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zyb.alerting import Survey
from zyb.briefing import checking, facts, regional, slides, tables
from zyb.briefing.gathering import ReportWork, Told, alert_line, gather
from zyb.briefing.model import (
    AlertLine,
    Briefing,
    Paragraph,
    Request,
    Section,
    Sentence,
    Slide,
)  # fmt: skip
from zyb.briefing.notes import notes
from zyb.briefing.outlines import TextBlock
from zyb.briefing.remarks import verdict_rules
from zyb.briefing.report_table import ReportTable
from zyb.briefing.text.groups import group
from zyb.briefing.text.numbering import Numbering, plain, settled
from zyb.briefing.text.phrases import task_of
from zyb.briefing.text.sentences import OF_CAMPAIGN, rule_of
from zyb.briefing.text.standing import judged_by_year
from zyb.briefing.text.telling import Telling
from zyb.periods import chinese_day
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.verdicts import verdicts
from zyb.standing.alert_course import alert_rules
from zyb.standing.duties import together
from zyb.store import Store


def compose(store: Store, request: Request, *, folder: Path | None = None, demo_warning: str = "",
            seen: Survey | None = None) -> Briefing:  # fmt: skip
    """The report as it stands now, or as it was known at `request.known_at`.

    `folder` may hold the installation's own wording; `seen` saves the survey of alerts where it is at hand.
    Raises NotPossible when there is nothing to report on.
    """
    work = gather(store, request, folder, seen)
    if work.kind.regional:
        regional.check(work)
    title = _title(work)
    annexes = _annexes(work)
    checks = checking.checks(
        work.found,
        work.spoken,
        work.faults,
        request.accepted,
        request.region_code,
        supervised=work.kind.regional,
    )
    alerts = tuple(alert_line(alert) for alert in work.alerts)
    return Briefing(
        request=request,
        kind_title=work.kind.title,
        red_head=work.kind.red_head,
        title=title,
        short_title=f"{_place(work)}{work.subject}{_document(work)}",
        scope=work.scope,
        issuer=request.issuer or work.called.issuer,
        addressees=request.addressees or usual_addressees(work.roster, work.region),
        copies=request.copies,
        number=request.number,
        made=work.made,
        as_of=work.as_of,
        edition=work.edition,
        known_at=request.known_at or store.now(),
        demo_warning=demo_warning,
        paragraphs=tuple(settled(_paragraphs(work))),
        sections=tuple(work.sections),
        annexes=tuple(annexes),
        slides=tuple(_slides(work, alerts)),
        alerts=alerts,
        checks=checks,
        notes=tuple(notes(work, checks)),
        verdict_rules=verdict_rules(verdicts(work.roster.province)),
        missed=tuple(together(work.missed)),
    )


# -- title and address ---------------------------------------------------------------------------


def _place(work: ReportWork) -> str:
    return work.roster.titled(work.region)


def _title(work: ReportWork) -> tuple[str, ...]:
    """Broken by meaning, as a careful clerk breaks it."""
    task, document = _task(work), _document(work)
    if work.kind.regional:
        return (f"关于{work.scope}{task}", "有关问题的督办单")
    if work.kind.red_head and document == "进展通报":
        return (f"关于{work.called.whole}{task}", "进展情况的通报")
    if work.kind.by_year:
        return (f"{work.scope}{work.subject}", document)
    return (f"{work.scope}{task}", document)


def _document(work: ReportWork) -> str:
    """“重点工作年度总结”, “专项治理年度工作总结”: the word is not said twice."""
    return work.kind.document_after_work if work.subject.endswith("工作") else work.kind.document


def _task(work: ReportWork) -> str:
    """“职业病危害专项治理工作”: the word is not said twice."""
    return task_of(work.subject)


def usual_addressees(roster: Roster, region: Region | None) -> str:
    """Whom a letter goes to unless somebody says otherwise."""
    called = level_words(roster.province)
    if region:
        return called.addressees.replace("{各地}", region.name)
    return called.addressed(region.name for region in roster.regions if not _is_prefecture(region))


def _is_prefecture(region: Region) -> bool:
    """A 设区市; 韩城, 定州 and their like have the code of a county and are named one by one."""
    return region.name.endswith("市") and region.code.endswith("00")


# -- text ----------------------------------------------------------------------------------------


def _telling(work: ReportWork, told: Told, number: int, rules_said: bool) -> Telling:
    return work.telling(told, number, rules_said=rules_said, schedule_annexes=_schedule_annexes(work))


def _paragraphs(work: ReportWork) -> Iterator[Paragraph]:
    if work.kind.regional:
        yield from regional.paragraphs(work)
        return
    numbers = Numbering()
    if len(work.told) > 1:
        yield from _of_all(work, numbers)
        return
    told, rules_said = work.told[0], False
    pending: TextBlock | None = None
    for block in work.kind.outline_for(alone=_alone(work)):
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
            yield plain(text)


def _alone(work: ReportWork) -> bool:
    """One region only has figures: nothing to set side by side."""
    return all(len(facts.reported(each)) < 2 for each in work.full)


def _block(work: ReportWork, told: Told, block: TextBlock, rules_said: bool) -> Iterator[Paragraph]:
    """A paragraph for each measure that is told in full, then what is said of all of them, then groups."""
    tellings = [_telling(work, told, number, rules_said) for number in range(len(told.full))]
    own = [name for name in block.sentences if name not in OF_CAMPAIGN]
    bodies = [[found for name in own if (found := rule_of(name)(t))] for t in tellings]
    for telling, said in zip(tellings, _said_once(bodies), strict=True):
        if said:
            yield Paragraph("body", _about(telling, told, said))
    yield from _of_campaign(tellings[0], block.sentences)
    if block.groups:
        yield from _groups(work, told)


# Of several measures these are said with the first, or with the last that they concern.
OPENING, CLOSING = ("lead",), ("schedule", "press")


def _said_once(bodies: Sequence[Sequence[Sentence]]) -> list[list[Sentence]]:
    keep: dict[str, int] = {}
    for number, said in enumerate(bodies):
        for rule in (sentence.rule for sentence in said):
            keep[rule] = keep.get(rule, number) if rule in OPENING else number
    once = (*OPENING, *CLOSING)
    return [
        [sentence for sentence in said if sentence.rule not in once or keep[sentence.rule] == number]
        for number, said in enumerate(bodies)
    ]


# These sentences name what they are about.
NAMING = ("lead", "overall", "ranking", "missing")


def _about(telling: Telling, told: Told, said: list[Sentence]) -> tuple[Sentence, ...]:
    """Where several measures are told one after the other, a paragraph says first which one it is about."""
    if len(told.full) == 1 or said[0].rule in NAMING:
        return tuple(said)
    return (Sentence("", f"{telling.section.title}方面，"), *said)


def _groups(work: ReportWork, told: Told) -> Iterator[Paragraph]:
    telling = _telling(work, told, 0, True)
    for wanted in told.campaign.groups:
        if said := group(telling, wanted):
            yield Paragraph("body", (said,))


def _of_campaign(telling: Telling, names: Sequence[str] = OF_CAMPAIGN) -> Iterator[Paragraph]:
    for name in names:
        if name in OF_CAMPAIGN and (said := rule_of(name)(telling)):
            yield Paragraph("body", (said,))


def _demands(work: ReportWork, told: Told) -> list[tuple[str, str]]:
    """Subheading and text; what a person wrote takes the place of the campaign's own demands. A closed one has none."""
    own = [("", text.strip()) for text in work.request.requirements if text.strip()]
    if told.closed:
        return own
    return own or [(demand.title, demand.text) for demand in told.campaign.demands_on(work.roster.province)]


# In a report on every campaign each has one chapter, with the sentences that matter most.
CHAPTER = (
    "quiet",
    "few",
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

# These say of when the figures are.
DATED = ("quiet", "few", "missing")


def _of_all(work: ReportWork, numbers: Numbering) -> Iterator[Paragraph]:
    yield Paragraph("body", (work.opening(),))
    for place, told in enumerate(work.told):
        yield numbers.heading(told.campaign.subject)
        for number in range(len(told.full)):
            telling = _telling(work, told, number, rules_said=bool(place or number))
            said = [found for name in CHAPTER if (found := rule_of(name)(telling))]
            if said and telling.section.as_of != work.as_of and said[0].rule not in DATED:
                said.insert(0, Sentence("", f"截至{chinese_day(telling.section.as_of)}，"))
            if said:
                yield Paragraph("body", _about(telling, told, said))
        yield from _groups(work, told)
        yield from _of_campaign(_telling(work, told, 0, True))
    texts = [text.strip() for text in work.request.requirements if text.strip()]
    if texts:
        yield numbers.heading("下一步工作要求")
        yield from (plain(text) for text in texts)


# -- annexes, slides, notes -----------------------------------------------------------------------


def _annexes(work: ReportWork) -> Iterator[ReportTable]:
    if work.kind.regional:
        yield from regional.annexes(work)
        return
    if work.region:
        if spoken := [each for told in work.told if not told.silent for each in told.sections]:
            yield tables.measures_table(spoken)
        return
    number = 0
    for told in work.told:
        if told.silent:  # a table without any figure
            number += len(told.full)
            continue
        about = told.campaign.subject if len(work.told) > 1 else ""
        for place, each in enumerate(told.full):
            subject = each.title if place else told.campaign.subject
            by_year = judged_by_year(work.kind, told.annual)
            yield tables.progress_table(each, subject, number, by_year=by_year)
            if _has_schedule(each):
                yield tables.schedule_table(each, number, each.title if place else about)
            number += 1
        if len(told.grouped) > 1:
            yield tables.matrix_table(told.grouped, about)
    if work.alerts and work.kind.id in ("monthly", "quarterly"):
        yield tables.alerts_table([alert_line(alert) for alert in work.alerts])


def _has_schedule(each: Section) -> bool:
    return bool(each.due and each.lines and each.whole.remaining and not each.closed)


def _schedule_annexes(work: ReportWork) -> tuple[int, ...]:
    """Of all measures that are told in full: the sentence that names them is said once."""
    return tuple(
        number
        for number, table in enumerate(_annexes(work), 1)
        if table.section is not None and table.is_schedule
    )


def _slides(work: ReportWork, alerts: Sequence[AlertLine]) -> Iterator[Slide]:
    yield slides.cover(f"{work.scope}{_task(work)}")
    yield from regional.headlines(work) if work.kind.regional else _measures(work)
    if alerts:
        yield slides.alerts(_telling(work, work.told[0], 0, True), alerts, alert_rules(work.roster.province))


def _most_telling(made: Sequence[Slide], section: Section) -> list[Slide]:
    """With every campaign in one talk each has its headline, map and league table; a map without a target is grey."""
    wanted = ("headline", "map", "league") if section.target is not None else ("headline", "league")
    return [slide for slide in made if slide.kind in wanted]


def _measures(work: ReportWork) -> Iterator[Slide]:
    number = 0
    for told in work.told:
        if told.silent:
            number += len(told.full)
            continue
        for place in range(len(told.full)):
            telling = _telling(work, told, place, True)
            made = slides.slides_of(telling, number)
            yield from made if len(work.told) == 1 else _most_telling(made, telling.section)
            number += 1
        if len(told.grouped) > 1 and not work.region:
            yield slides.matrix(_telling(work, told, 0, True), told.grouped)
