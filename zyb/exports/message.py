"""A report as plain text, to be pasted into a message."""

from __future__ import annotations

from zyb.briefing.model import Briefing
from zyb.inert import unturned
from zyb.periods import chinese_day

# Windows' editor takes a file for UTF-8 only by this mark, and breaks lines only here.
MARK = "\ufeff"
LINE_END = "\r\n"


def message(briefing: Briefing) -> str:
    """Title, text, signature and notes; headings as they are numbered."""
    lines = [
        *([f"【{briefing.demo_warning}】"] if briefing.demo_warning else []),
        "".join(briefing.title),
        "",
    ]
    lines += [paragraph.text for paragraph in briefing.paragraphs]
    lines += ["", briefing.issuer, chinese_day(briefing.made)]
    if briefing.notes:
        lines += ["", *(f"注：{note}" for note in briefing.notes)]
    return unturned("\n".join(lines)) + "\n"


def write_text(briefing: Briefing) -> bytes:
    return (MARK + message(briefing).replace("\n", LINE_END)).encode()
