"""The notes of a report: what each measure means and rests on, whose verdict a person set, what was let stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zyb.briefing import facts
from zyb.briefing.gathering import ReportWork, Told
from zyb.briefing.model import Check, Section, told_rules
from zyb.briefing.remarks import rolled_note
from zyb.periods import chinese_day
from zyb.rulebook.stated import stated_on


def notes(work: ReportWork, checks: Sequence[Check]) -> Iterator[str]:
    for told in work.told:
        yield from _of_campaign(work, told)
    for found in work.found:
        if rolled := rolled_note(found):
            yield f"{found.measure.title}：{rolled}"
    for section in work.sections:
        yield from _of_verdicts(section)
    for check in checks:
        if not check.passed:
            yield f"校核说明：{check.told}——{check.detail.rstrip('。')}。"


def _of_campaign(work: ReportWork, told: Told) -> Iterator[str]:
    yield from _closed(told)
    for section in told.full:
        yield _meaning(told, section)
        if section.caveats:
            yield f"{section.title}：{'；'.join(section.caveats)}。"
        if section.note:
            yield f"{section.title}：{section.note.rstrip('。')}。"
        if not work.region:
            yield from _stated(work, section)


def _of_verdicts(section: Section) -> Iterator[str]:
    if section.counts and section.target is not None:
        yield f"{section.title}与{section.yardstick}之差按占目标数的百分比评价。"
    if section.verdict_rules:
        yield f"{section.title}越低越好，高于目标的为滞后。进展评价：{told_rules(section.verdict_rules)}。"
    yield from facts.adjusted(section)


def _closed(told: Told) -> Iterator[str]:
    """A report that warns of nothing any more says why."""
    if told.closed:
        yield told.closed


def _stated(work: ReportWork, section: Section) -> Iterator[str]:
    """Beside our own figures, what a notice has told roughly, and by the day that the paper bears."""
    for one in stated_on(work.roster.province, section.measure_id, min(work.request.on, work.made)):
        yield f"{section.title}：{one.sentence}。"


def _meaning(told: Told, section: Section) -> str:
    if told.silent:
        return f"{section.title}：{section.definition}{''.join(facts.basis(section))}"
    files = "".join(sorted({f"《{source.ledger}》" for source in section.sources}))
    source = f"数据来源：{told.campaign.source}（{files}），截至{chinese_day(section.as_of)}。"
    return f"{section.title}：{section.definition}{source}{''.join(facts.basis(section))}"
