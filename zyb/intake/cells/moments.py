"""A text → the days and periods that it names, each with its place: a small grammar of how officials write them.

`plain_days` spells the text one way, `_tokens` cuts it into years, months, quarters, dashes …, and the functions below
read them: a period is its last day, a range is its end. What a moment is for (the day of the figures, a filing
day, a document's day) is told by the words beside it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from zyb.intake.cells.spelling import plain_days

NOT_A_DAY = r"%万亿元家个户人件起例项分"
TOKENS = {
    # 20240630, 20240630093015; 202406; 240630 (no division code begins with 24 to 29)
    "stamp": r"(?<!\d)(?<!\d[A-Za-z])(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:[ _]?[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)",
    "month_stamp": r"(?<!\d)(?<!\d[A-Za-z])(20\d\d)(0[1-9]|1[0-2])(?!\d)",
    "short_stamp": rf"(?<![\d.A-Za-z])(2[4-9])(0[1-9]|1[0-2])([0-3]\d)(?![\d.{NOT_A_DAY}])",
    # 2024.6.30; 24.6.30; 2024.6, 2024-6; 24.10; 6.30
    "triple": r"(?<!\d)(20\d\d)(?P<a>[./_\- ])(\d{1,2})(?P=a)(\d{1,2})(?![\d月季])",
    "short_triple": r"(?<![\d./\-A-Za-z])([23]\d)(?P<b>[./\-])(\d{1,2})(?P=b)(\d{1,2})(?!\d|[./\-]\d)",
    "year_month": rf"(?<!\d)(20\d\d)(?P<c>[./_\-])(0?[1-9]|1[0-2])(?!\d|(?P=c)\d|季|个|[{NOT_A_DAY}])(?:月份?)?",
    "short_month": rf"(?<![\d./\-A-Za-z])(2[2-9])\.(0?[1-9]|1[0-2])(?![\d.{NOT_A_DAY}])",
    "dotted": rf"(?<![\d./A-Za-z表件图])(0?[1-9]|1[0-2])\.([0-3]?\d)(?![\d.{NOT_A_DAY}])",
    "year": rf"(?<!\d)(20\d\d)(年度?|(?![\d{NOT_A_DAY}]))",
    "short_year": r"(?<![\d.])([23]\d)年度?",
    "first_months": r"[前头](1[0-2]|[1-9])个月",
    "first_quarters": r"[前头]([1-4])个?季度?",
    "count_of_months": r"(?<!\d)(1[0-2]|[1-9])个月",
    "month": r"(?<!\d)(1[0-2]|0?[1-9])月份?",
    "day": r"(?<!\d)(\d{1,2})[日号]",
    "quarter": r"第?(?<!\d)([1-4])季度?|(?<![A-Za-z])[Qq]([1-4])(?![\dA-Za-z])",
    "half": r"([上下前后])半年度?|(?<![A-Za-z])[Hh]([12])(?![\dA-Za-z])",
    "half_report": r"(?<![每上下前后])半年[度报]",
    "whole_year": r"全年",
    "year_end": r"(?<![上去前])年[底末终](?!余)",
    "ten_days": r"([上中下])旬",
    "end": r"[底末]|终(?=[^了止端]|$)",
    "beginning": r"初(?![次步审稿])",
    "week": r"第?\d{1,2}[周期]",
    "dash": r"[-至到]",
    "number": r"\d+",
    "mark": r"[,，、_的 ]",
}  # fmt: skip
LEXER = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in TOKENS.items()))
PATTERNS = {kind: re.compile(pattern) for kind, pattern in TOKENS.items()}
# A day without 日 ends its clause: 2024年6月12个市 is no 12th of June.
BOUNDARY = re.compile(r"$|[)\]】〕,，。;；:：_ \-至到]")

QUARTER_MONTHS, TEN_DAYS = 3, {"上": 10, "中": 20, "下": None}


@dataclass(frozen=True)
class Token:
    kind: str
    start: int
    end: int
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A day (`day` is set) or a period that ends with `month`; the year may stand elsewhere.

    `weak` is what may as well be a figure with a point (24.10, 6.30); `first` is the month in which a period begins.
    """

    month: int
    year: int | None = None
    day: int | None = None
    first: int = 0
    short: bool = False
    weak: bool = False
    ranged: bool = False
    start: int = 0
    end: int = 0

    @property
    def possible(self) -> bool:
        return 1 <= self.month <= 12 and (self.day is None or 1 <= self.day <= 31)

    def order(self) -> tuple[int, int, int]:
        return (self.year or 0, self.month, self.day or 32)

    def last_day(self, year: int) -> tuple[date, bool]:
        """The day itself, or the last of the period; whether a day was written that does not exist."""
        last = calendar.monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day or last, last)), bool(self.day and self.day > last)


@dataclass(frozen=True)
class Year:
    """A year that stands apart from any month; `whole` when written 2024年度."""

    year: int
    start: int
    end: int
    whole: bool = False


@dataclass(frozen=True)
class Read:
    """What a text says: `text` as it was spelt for reading, its moments, and its years without a month."""

    text: str
    moments: tuple[Moment, ...] = ()
    years: tuple[Year, ...] = ()


Tokens = Sequence[Token]
Step = tuple[Moment, int] | None
"""A moment, and the number of the token behind it."""


def _tokens(text: str) -> list[Token]:
    found = []
    for match in LEXER.finditer(text):
        kind = match.lastgroup or ""
        again = PATTERNS[kind].match(text, match.start())
        parts = tuple(part for part in again.groups() if part is not None) if again else ()
        found.append(Token(kind, match.start(), match.end(), parts))
    return found


def _next(tokens: Tokens, at: int) -> Token | None:
    """The token behind, when it follows at once."""
    follows = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end
    return tokens[at + 1] if follows else None


def _moment(tokens: Tokens, at: int, text: str) -> Step:
    """A day or a period that begins with this token."""
    read = READERS.get(tokens[at].kind)
    return read(tokens, at, text) if read else None


def _spanning(tokens: Tokens, first: int, moment: Moment, behind: int) -> tuple[Moment, int]:
    return replace(moment, start=tokens[first].start, end=tokens[behind - 1].end), behind


def _read_day(tokens: Tokens, at: int, _: str) -> Step:
    """20240630, 2024.6.30, 24.6.30."""
    kind, parts = tokens[at].kind, tokens[at].parts
    year, month, day = (int(part) for part in parts if part.isdigit())
    short = kind.startswith("short")
    found = Moment(year=year + 2000 * short, month=month, day=day, first=month, short=short)
    return _spanning(tokens, at, found, at + 1)


def _read_month_of_year(tokens: Tokens, at: int, text: str) -> Step:
    """202406, 2024.6, 24.10."""
    token = tokens[at]
    year, month = (int(part) for part in token.parts if part.isdigit())
    short = token.kind == "short_month"
    begun = Moment(year=year + 2000 * short, month=month, first=month, short=short, weak=short)
    return _with_day(tokens, at, at, text, begun)


def _read_month(tokens: Tokens, at: int, text: str) -> Step:
    month = int(tokens[at].parts[0])
    return _with_day(tokens, at, at, text, Moment(month=month, first=month))


def _with_day(tokens: Tokens, first: int, at: int, text: str, month: Moment) -> Step:
    """6月30日, 6月30), 6月底, 6月下旬; neither 6月初 nor 6月第4周 is a day that anybody can tell."""
    behind = _next(tokens, at)
    if behind and behind.kind in ("beginning", "week"):
        return None
    day: int | None = None
    if behind and (behind.kind == "day" or (behind.kind == "number" and _ends_clause(text, behind))):
        day = int(behind.parts[0] if behind.parts else text[behind.start : behind.end][:3])
    elif behind and behind.kind == "ten_days":
        day = TEN_DAYS[behind.parts[0]]
    elif not (behind and behind.kind == "end"):
        return _spanning(tokens, first, month, at + 1)
    return _spanning(tokens, first, replace(month, day=day, weak=False), at + 2)


def _ends_clause(text: str, token: Token) -> bool:
    return token.end - token.start < 3 and bool(BOUNDARY.match(text, token.end))


def _read_dotted(tokens: Tokens, at: int, _: str) -> Step:
    month, day = map(int, tokens[at].parts)
    return _spanning(tokens, at, Moment(month=month, day=day, first=month, weak=True), at + 1)


# The first and the last month of a period, by what is written of it.
PERIODS: dict[str, Callable[[str], tuple[int, int]]] = {
    "quarter": lambda number: (3 * int(number) - 2, 3 * int(number)),
    "first_quarters": lambda number: (1, 3 * int(number)),
    "first_months": lambda number: (1, int(number)),
    "half": lambda which: (1, 6) if which in "上前1" else (7, 12),
    "half_report": lambda _: (1, 6),
    "whole_year": lambda _: (1, 12),
    "year_end": lambda _: (12, 12),
}


def _read_period(tokens: Tokens, at: int, _: str) -> Step:
    """第三季度, 前三季度, 前8个月, 上半年, 全年, 年底."""
    token, behind = tokens[at], _next(tokens, at)
    first, month = PERIODS[token.kind](token.parts[0] if token.parts else "")
    ends = behind is not None and behind.kind == "end"
    return _spanning(tokens, at, Moment(month=month, first=first), at + 1 + ends)


def _read_year(tokens: Tokens, at: int, text: str) -> Step:
    """A year with what follows it: 2024年6月, 2024年(的)上半年, 2024年底."""
    token = tokens[at]
    short = token.kind == "short_year"
    year = int(token.parts[0]) + 2000 * short
    behind = _next(tokens, at)
    if behind is None:
        return None
    if behind.kind == "end":
        return _spanning(tokens, at, Moment(year=year, month=12, first=12, short=short), at + 2)
    if step := _bare_month(tokens, at, text, Moment(year=year, month=0, short=short)):
        return step
    inner = at + 1 + (behind.kind in ("mark", "dash"))
    if inner > at + 1 and _next(tokens, at + 1) is None:
        return None
    if inner >= len(tokens) or tokens[inner].kind in WITH_YEAR:
        return None
    step = _months_of_a_year(tokens, inner, text)
    if step is None:
        return None
    return _spanning(tokens, at, replace(step[0], year=year, short=short, weak=False), step[1])


def _months_of_a_year(tokens: Tokens, at: int, text: str) -> Step:
    return _numbered_range(tokens, at, text) or _moment(tokens, at, text)


def _numbered_range(tokens: Tokens, at: int, text: str) -> Step:
    """1-8月, 1至3季度, 1-6个月: only the end says what is counted."""
    dash = _next(tokens, at) if tokens[at].kind == "number" else None
    end = _next(tokens, at + 1) if dash and dash.kind == "dash" else None
    if end is None or end.kind not in ("month", "quarter", "count_of_months"):
        return None
    begun = text[tokens[at].start : tokens[at].end]
    last = int(end.parts[0])
    if len(begun) > 2 or not 1 <= int(begun) < last:
        return None
    each = QUARTER_MONTHS if end.kind == "quarter" else 1
    whole = Moment(month=last * each, first=(int(begun) - 1) * each + 1, ranged=True)
    if end.kind != "month":
        return _spanning(tokens, at, whole, at + 3)
    return _with_day(tokens, at, at + 2, text, whole)


def _bare_month(tokens: Tokens, year: int, text: str, begun: Moment) -> Step:
    """2024年09, 2024 09: two figures at the end of a clause."""
    at = year + 1 + (tokens[year + 1].kind == "mark")
    if at >= len(tokens) or tokens[at].kind != "number" or tokens[at].start != tokens[at - 1].end:
        return None
    written = text[tokens[at].start : tokens[at].end]
    if len(written) != 2 or not 1 <= int(written) <= 12 or not _ends_clause(text, tokens[at]):
        return None
    return _spanning(tokens, year, replace(begun, month=int(written), first=int(written)), at + 1)


WITH_YEAR = {
    "stamp",
    "short_stamp",
    "triple",
    "short_triple",
    "month_stamp",
    "year_month",
    "short_month",
    "year",
    "short_year",
}
READERS: dict[str, Callable[[Tokens, int, str], Step]] = {
    **dict.fromkeys(("stamp", "short_stamp", "triple", "short_triple"), _read_day),
    **dict.fromkeys(("month_stamp", "year_month", "short_month"), _read_month_of_year),
    **dict.fromkeys(PERIODS, _read_period),
    **dict.fromkeys(("year", "short_year"), _read_year),
    "month": _read_month,
    "dotted": _read_dotted,
}  # fmt: skip


def _range(tokens: Tokens, at: int, text: str) -> Step:
    """The moment that begins here, or the end of the range that it begins: figures are cumulative."""
    begun = _months_of_a_year(tokens, at, text)
    if begun is None:
        return _range_of_years(tokens, at, text)
    moment, behind = begun
    dash = behind < len(tokens) and tokens[behind].kind == "dash" and tokens[behind].start == moment.end
    end = _end_of_range(tokens, behind, text, moment) if dash else None
    if end is None:
        return begun
    last = replace(end[0], year=end[0].year or moment.year, short=end[0].short or moment.short, weak=False)
    return _spanning(tokens, at, replace(last, first=moment.first, ranged=True), end[1])


def _end_of_range(tokens: Tokens, dash: int, text: str, begun: Moment) -> Step:
    behind = _next(tokens, dash)
    if behind is None:
        return None
    if behind.kind == "day" and begun.day:  # 6月24日-30日
        return _spanning(tokens, dash + 1, replace(begun, day=int(behind.parts[0])), dash + 2)
    if behind.kind == "number":
        return _bare_end(tokens, dash, text, begun)
    step = _moment(tokens, dash + 1, text)
    if step is None or (behind.kind == "stamp" and begun.day is None):  # 9月-20241008 is no range
        return None
    return None if _backwards(begun, step[0]) else step


def _backwards(begun: Moment, end: Moment) -> bool:
    """2023年10月-3月 has no end that anybody can tell."""
    year = end.year or begun.year
    return begun.order() > replace(end, year=year).order() if begun.year or not end.year else False


def _bare_end(tokens: Tokens, dash: int, text: str, begun: Moment) -> Step:
    """2024.1-6, 2024.6.24-30, 20240101-0630; the 1 of 2024.10-1 is the number of a copy."""
    written = text[tokens[dash + 1].start : tokens[dash + 1].end]
    if len(written) == 4 and begun.day:
        end = replace(begun, month=int(written[:2]), day=int(written[2:]))
    elif len(written) < 3 and not begun.day and int(written) > begun.month:
        end = replace(begun, month=int(written))
    elif len(written) < 3 and begun.day and "." in text[begun.start : begun.end] and int(written) > begun.day:
        end = replace(begun, day=int(written))
    else:
        return None
    return (
        _spanning(tokens, dash + 1, end, dash + 2) if end.possible and end.order() > begun.order() else None
    )


def _range_of_years(tokens: Tokens, at: int, text: str) -> Step:
    """2022年-2025年6月 ends with a month; 2022-2025年 alone is a campaign, and no year of figures."""
    if not _years_apart(tokens, at):
        return None
    return _moment(tokens, at + 2, text)


def _years_apart(tokens: Tokens, at: int) -> bool:
    kinds = [token.kind for token in tokens[at : at + 3]]
    near = all(a.end == b.start for a, b in pairwise(tokens[at : at + 3]))
    return near and kinds == ["year", "dash", "year"]


def read_moments(text: str) -> Read:
    """Every day, period and year of a text, in their order."""
    plain = plain_days(text)
    tokens = _tokens(plain)
    moments: list[Moment] = []
    years: list[Year] = []
    at = 0
    while at < len(tokens):
        step = _range(tokens, at, plain)
        if step is not None:
            moments += [step[0]] if step[0].possible else []
            at = step[1]
        elif _years_apart(tokens, at):
            at += 3
        else:
            years += _year_alone(tokens[at])
            at += 1
    return Read(plain, tuple(moments), tuple(years))


def _year_alone(token: Token) -> list[Year]:
    if token.kind not in ("year", "short_year"):
        return []
    year = int(token.parts[0])
    whole = token.kind == "year" and token.parts[-1].endswith("度")
    return [Year(year + 2000 * (token.kind == "short_year"), token.start, token.end, whole)]
