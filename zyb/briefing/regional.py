"""督办单: the report on one region. It tells what the alerts and the page's own 督办单 tell, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zyb.alerting import SheetLine, SupervisionSheet
from zyb.briefing import slides, tables
from zyb.briefing.gathering import ReportWork, Told
from zyb.briefing.model import Paragraph, Section, Sentence, Slide
from zyb.briefing.report_table import Cell, ReportTable, TableColumn
from zyb.briefing.text.calling import deadline_facts, reply
from zyb.briefing.text.numbering import Numbering, plain
from zyb.briefing.text.sentences import rule_of
from zyb.briefing.text.telling import Telling
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.standing.duties import missed_words

DASH = "—"
# What is told of each measure, after its state.
SENTENCES = ("overall", "change", "place", "deadline", "forecast")


def check(work: ReportWork) -> None:
    """Nobody is pressed who keeps pace, nor for what no document demands, nor for what is over."""
    going = [told for told in work.told if not told.closed]
    if not going and work.request.campaign:
        raise _over(work)
    if _sheet(work).lagging or _sheet(work).missed:
        return
    if not going:
        raise _over(work)
    if all(section.target is None for told in going for section in told.sections):
        raise NotPossible(
            f"{work.scope}的这些指标，文件未规定时限或目标，不能据此督办。", "请改选有时限或目标的专项。"
        )
    said = f"{work.scope}各项指标均达到序时进度或目标，无需督办。{_sheet(work).rest}"
    raise NotPossible(said, "请改选其他地区或专项。")


def _over(work: ReportWork) -> NotPossible:
    said = "".join(told.closed for told in work.told)
    return NotPossible(said, "请改选其他专项；结束以前的督办单可以选较早的日期查看。")


def paragraphs(work: ReportWork) -> Iterator[Paragraph]:
    numbers, sheet = Numbering(), _sheet(work)
    opening = work.opening()
    yield Paragraph("body", (opening,))
    yield plain(sheet.findings if sheet.until in opening.text else sheet.summary)
    for heading, lines in (("督办事项", sheet.supervised), ("列入观察的指标", sheet.watched)):
        if lines:
            yield numbers.heading(heading)
        for line in lines:
            yield numbers.subheading(line.measure.title)
            yield Paragraph("body", tuple(_sentences(work, line)))
    if sheet.missed:
        yield numbers.heading("逾期未完成的报送与节点")
    for number, missed in enumerate(sheet.missed, 1):
        yield plain(f"{number}．{missed_words(missed, sheet.region.code)}。")
    if sheet.checked:
        yield numbers.heading("联动核查待核实的问题")
    for number, (one, count) in enumerate(sheet.checked, 1):
        yield plain(f"{number}．{one.title}：{count}项。{one.remedy}（依据：{one.basis}）。")
    yield numbers.heading("办理要求")
    yield Paragraph("body", (reply(work.telling(work.told[0])),))
    for text in work.request.requirements:
        if text.strip():
            yield plain(text.strip())


def _sheet(work: ReportWork) -> SupervisionSheet:
    assert work.sheet is not None, "a report on one region has its sheet"
    return work.sheet


# -- a line ----------------------------------------------------------------------------------


def _sentences(work: ReportWork, line: SheetLine) -> Iterator[Sentence]:
    yield from (Sentence("", text) for text in _state(work, line))
    found = _section(work, line.measure.id)
    if found is None:
        return
    told, section = found
    telling = replace(work.telling(told), section=section)
    for name in SENTENCES:
        if name == "deadline" and _says_all(section) and not line.overdue:
            continue
        if said := _overdue(telling, line) if name == "deadline" and line.overdue else rule_of(name)(telling):
            yield said
    if line.left_over:
        yield Sentence("", f"{line.left_over}。")
    if line.adjusted:
        yield Sentence("", f"该项评价{line.adjusted}。")
    if line.claimed:
        yield Sentence("", f"该项{line.claimed}。")


def _says_all(section: Section) -> bool:
    """By how much a number that should be small is above its target is all that it has to do by its day."""
    return section.counts and section.falls


def _section(work: ReportWork, measure_id: str) -> tuple[Told, Section] | None:
    """None where nobody in the province has reported it."""
    heard = (told for told in work.told if not told.silent)
    every = ((t, each) for t in heard for each in t.sections if each.measure_id == measure_id)
    return next(every, None)


def _state(work: ReportWork, line: SheetLine) -> Iterator[str]:
    """“现列为逾期（通报），自2024年4月起连续9期滞后。”, and of whom nothing came, of when the figures are."""
    yield f"现列为{line.status}{f'，{line.run}' if line.run else ''}。"
    if line.standing.as_of is None or line.standing.value is None:
        yield "没有可用的数据，请尽快报送。"
    elif line.silent:
        yield f"本期未报送，最近数据截至{chinese_day(line.standing.as_of)}。"
    elif line.standing.as_of != work.as_of:
        yield f"数据截至{chinese_day(line.standing.as_of)}。"
    if line.standing.alone:
        yield f"{line.standing.region}{line.standing.alone.told}。"


def _overdue(telling: Telling, line: SheetLine) -> Sentence:
    """Between the last figures and today the deadline has passed."""
    if telling.section.surveys:  # nothing is left that could be spread over weeks
        always = telling.section.always
        return telling.say("deadline", {"时限": "" if always else line.due, "始终": always})
    return telling.say("deadline", deadline_facts(telling.section) | {"超时": True})


# -- slides ----------------------------------------------------------------------------------


def headlines(work: ReportWork) -> Iterator[Slide]:
    """A slide for each measure that is supervised; the others stand in the list of alerts."""
    for line in _sheet(work).supervised or _sheet(work).watched:
        found = _section(work, line.measure.id)
        if found is None:
            continue
        told, section = found
        telling = replace(work.telling(told), section=section)
        headline = slides.slides_of(telling, work.sections.index(section))[0]
        yield replace(headline, points=tuple(_points(line, said=not line.overdue and _says_all(section))))


def _points(line: SheetLine, said: bool) -> Iterator[str]:
    """`said`: the demand names what is left."""
    yield f"{line.status}{f'，{line.run}' if line.run else ''}"
    left = f"{line.measure.lacking}{line.remaining}，" if line.standing.remaining and not said else ""
    if line.demand:
        yield f"时限{line.due}，{left}{line.bare_demand}"
    if line.measure.surveys and line.against:
        yield f"{line.figure}，{line.against}"
    yield from filter(None, (line.left_over, line.outlook, line.adjusted, line.claimed))


# -- the annex -------------------------------------------------------------------------------


def annexes(work: ReportWork) -> Iterator[ReportTable]:
    """One region over all measures, the most pressing first; who answers for what only where anybody does."""
    sheet = _sheet(work)
    lines = {line.measure.id: line for line in sheet.lines}
    pressing = [*sheet.supervised, *sheet.watched]
    named = [line.measure.id for line in pressing]
    others = [each for each in work.spoken if each.measure_id not in named]
    claimed = any(_claim(line) for line in pressing)
    known = (_section(work, name) for name in named)
    ordered = [*(found[1] for found in known if found), *others]
    if not ordered:
        return
    columns: tuple[TableColumn, ...] = COLUMNS if claimed else COLUMNS[:-1]
    rows = [_row(each, lines.get(each.measure_id))[: len(columns)] for each in ordered]
    units, columns, told = tables.each_with_its_unit(ordered, columns, rows)
    yield ReportTable(
        title=f"{work.scope}各项指标情况表",
        units=units,
        columns=columns,
        rows=told,
        total=None,
        tones=tuple(
            line.alert.state.tone if (line := lines.get(each.measure_id)) and line.alert and line.lagging
            else each.whole.judgement.tone
            for each in ordered
        ),
        notes=tuple(_notes(work, pressing)),
    )  # fmt: skip


COLUMNS: tuple[TableColumn, ...] = (
    *tables.MEASURE_COLUMNS,
    TableColumn("状态（级别）", "words"),
    TableColumn("责任人和期限", "words"),
)


def _row(section: Section, line: SheetLine | None) -> tuple[Cell, ...]:
    if line is None:
        return (*tables.measure_row(section), DASH, DASH)
    claim = _claim(line) if line.lagging else ""
    return (*tables.measure_row(section, line.demand), line.status, claim or DASH)


def _claim(line: SheetLine) -> str:
    claim = line.alert.claim if line.alert else None
    if claim is None:
        return ""
    return f"{claim.owner}，{chinese_day(claim.due)}" if claim.due else claim.owner


def _notes(work: ReportWork, lines: Sequence[SheetLine]) -> Iterator[str]:
    """What the letter is about is defined; the other measures are defined in the province's reports."""
    for line in lines:
        yield f"{line.measure.title}：{line.measure.definition}"
