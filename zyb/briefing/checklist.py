"""校核单: what was checked before a report went out, on what data, and who changed a verdict why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zyb.briefing.model import Briefing, Check, Paragraph, Sentence
from zyb.periods import chinese_day, in_beijing

TITLE = "校核单"
# A machine may keep another time; officials keep this one.
NOTHING = "无。"
# A line each: blanks within a line would be spread.
TO_SIGN = ("校核人：", "审核人：", "日　期：")


def checklist(briefing: Briefing) -> Briefing:
    """A document of its own, laid out by the same writers."""
    return replace(
        briefing, red_head=False, title=(*briefing.title, TITLE), short_title=f"{briefing.short_title}{TITLE}",
        number="", addressees="", copies="", paragraphs=tuple(_paragraphs(briefing)), annexes=(), slides=(),
        alerts=(), notes=(),
    )  # fmt: skip


def _paragraphs(briefing: Briefing) -> Iterator[Paragraph]:
    yield _heading("一、校核结果")
    for number, check in enumerate(briefing.checks, 1):
        yield _body(f"{number}．{check.title}：{_outcome(check)}{check.detail}")
    yield _heading("二、数据版本")
    yield _body(
        f"数据截至{chinese_day(briefing.as_of)}，取数时间{in_beijing(briefing.known_at):%Y-%m-%d %H:%M:%S}（北京时间）。"
    )
    yield _body(f"采用批次：{'、'.join(map(str, briefing.edition)) or '无'}。")
    yield _heading("三、评价的人工调整")
    yield from map(_body, _changed(briefing) or [NOTHING])
    yield _heading("四、逾期未完成的报送与节点")
    yield from map(_body, _missed(briefing) or [NOTHING])
    yield _heading("五、签字")
    yield from map(_body, TO_SIGN)


def _outcome(check: Check) -> str:
    if check.passed:
        return "通过。"
    return "未通过，经确认作为说明写入。" if check.accepted else "未通过。"


def _changed(briefing: Briefing) -> list[str]:
    return [
        f"{line.name}{section.title}：规则评价为“{line.judgement.proposed}”，调整为“{line.judgement.title}”，理由：{line.judgement.reason}"
        for section in briefing.sections
        for line in section.lines
        if line.judgement.proposed
    ]


def _missed(briefing: Briefing) -> list[str]:
    return [f"{number}．{line}。" for number, line in enumerate(briefing.missed, 1)]


def _heading(text: str) -> Paragraph:
    return Paragraph("heading", (Sentence("", text),))


def _body(text: str) -> Paragraph:
    return Paragraph("body", (Sentence("", text),))
