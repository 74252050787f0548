"""What a cell of a list means: 是/否, a date, a choice, an industry code. One distinct text at a time."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, wraps
from typing import Any

from zyb.intake.cells import codes, values
from zyb.intake.cells.spelling import NUMERAL, plain_days
from zyb.intake.cells.statements import meant
from zyb.intake.cells.values import BLANKS, LONGEST_ANSWER, narrow, one_figure
from zyb.periods import MONTHS_A_YEAR
from zyb.rulebook.columns import Column
from zyb.rulebook.meanings import SizeClass, states

YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"
YES_WORDS = {
    "是", "√", "✓", "v", "✔", "☑", "有", "1", "1.0", "已", "y", "yes", "true", "对", "属实", "o", "○",
    "开展", "建立", "举办", "完成", "到位", "申报", "合格", "通过",
}  # fmt: skip
OPPOSED = {"无": frozenset({"有"})}
NO_WORDS = {"否", "×", "✗", "✘", "x", "☒", "0", "0.0", "未", "n", "no", "false", "错", "不", "没", "无"}
BEGINS_YES, BEGINS_NO = ("已", "是", "有"), ("未", "尚未", "还未", "否", "没", "不是", "不能", "暂未", "暂无")
# 已列入计划，未完成: what begins with yes and goes on with no is for a person to decide.
DOUBTS = re.compile(r"[未否不没无待]|部分|计划|正在|[?？%]")
NOT_APPLICABLE_WORDS = {
    "不涉及", "不适用", "无需", "不需要", "无超标", "无超标岗位", "不存在", "无此项", "未涉及", "n/a", "na",
}  # fmt: skip
# A check list is often ticked instead of worded.
VERDICTS = {
    "合格": {"√", "✓", "✔", "☑", "是", "符合", "1", "达标"},
    "不适用": {"不涉及", "无此项", "无关", "/", "—", "n/a", "na", "不存在", "未涉及"},
    "不合格": {"×", "✗", "✘", "x", "否", "不符合", "0", "未达标"},
}
TICKED = "☑✓✔√■◼●☒þ"
OPEN = "□○◻☐◯"
BOX = re.compile(f"([{TICKED}{OPEN}])")
SEPARATORS = re.compile(r"[、,，;；/\s+＋|]+")
# What is left of a size with its number once the class is taken out: (186人), 企业(186人), 186人().
CLASSED = re.compile(
    r"(?:企业)?[(\[:：,，、/]*(?:职工)?(?:人数)?[:：]?([\d,]+)人?(?:[)\]]|\(\)|\[\]|[,，、/])?(?:企业)?(?:\(\))?"
)
# Excel counts days from here; day 60 is the 29 February 1900 that never was.
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
NUMERALS_IN = re.compile(f"[{NUMERAL}]")
SPACED_DATE = re.compile(r"(20\d{2})\s+(\d{1,2})\s+(\d{1,2})")
FULL_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
# 08:30, 8:30:00.000, T08:00:00+08:00; with Z it is the time of Greenwich.
TIME_OF_DAY = re.compile(
    r"(?<![\sT])[\sT]+(\d{1,2})[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:([zZ])|[+-]\d{2}:?\d{2})?$"
)
# The hour at Greenwich at which a day begins in Beijing.
GREENWICH_MIDNIGHT = 16
YEAR_LAST = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d{2})")
NOT_YET = ("未", "尚未", "还未", "暂未", "暂无", "否")
SHORT_DATE = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
SHORT_MONTH = re.compile(r"(\d{2})年(\d{1,2})月份?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?份?")
MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")


@dataclass(frozen=True)
class Word:
    """A text as adopted; `code` of the problem catalogue when there is something to say, with its words."""

    value: Any
    code: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Context:
    """What a cell may need from its surroundings."""

    today: date
    year: int | None = None
    date_1904: bool = False
    beside: frozenset[str] = frozenset()
    """What else the column holds: beside ticks an open box alone says no, beside 有 无 does."""


Reader = Callable[[Column, str, Context], Word]


def _of_an_answer(reader: Reader) -> Reader:
    """Refuses unread what is too long to be an answer."""

    @wraps(reader)
    def read(column: Column, text: str, context: Context) -> Word:
        if len(text) > LONGEST_ANSWER:
            return Word(None, "answer_too_long")
        return reader(column, text, context)

    return read


@_of_an_answer
def flag(column: Column, text: str, context: Context) -> Word:
    """是 / 否 / 不涉及, in the many ways in which officials write them."""
    plain = narrow(text).lower()
    if (explained := dict(column.answers).get(plain)) in (YES, NO, NOT_APPLICABLE):
        return Word(explained)
    if _opposes(plain, context.beside):
        return Word(NO)
    if (
        column.not_applicable and plain == "无"
    ):  # nothing to be done, or not done: that is for a person to see
        return Word(NOT_APPLICABLE, "taken_as", NOT_APPLICABLE)
    if column.not_applicable and plain in NOT_APPLICABLE_WORDS | {"/", "-", "—"}:
        return Word(NOT_APPLICABLE)
    if _has_boxes(plain):
        ticked = _ticked(plain, (YES, NO))
        return Word(ticked[0]) if len(ticked) == 1 else Word(None, "unclear_choice" if ticked else "")
    if (plain in BLANKS and plain != "无") or plain == "是/否":
        return Word(None)
    if column.asks and (state := _state(column.asks, plain)):
        return Word(state)
    if plain in NO_WORDS or plain.startswith(BEGINS_NO):
        return Word(NO)
    if plain in YES_WORDS or (plain.startswith(BEGINS_YES) and not DOUBTS.search(plain)):
        return Word(YES)
    return Word(None, "not_a_flag")


def _opposes(plain: str, beside: frozenset[str]) -> bool:
    """Whether the text is the other half of what stands in the same column: ☐ of ☑, 无 of 有."""
    if plain in OPPOSED:
        return not OPPOSED[plain].isdisjoint(beside)
    return bool(plain) and all(mark in OPEN for mark in plain) and any(map(_is_tick, beside))


def _is_tick(plain: str) -> bool:
    return bool(plain) and all(mark in TICKED for mark in plain)


def _state(asked: str, plain: str) -> str:
    """进行中, 已销号: what the state answers to the question, if it is one that the rules list."""
    known = states()[asked]
    return YES if plain in known.yes else NO if plain in known.no else ""


def _has_boxes(plain: str) -> bool:
    """A tick or a box together with words; alone they are words themselves (√, ○)."""
    return len(plain) > 1 and any(mark in plain for mark in OPEN + TICKED)


def _ticked(plain: str, options: tuple[str, ...]) -> list[str]:
    """The options that stand behind a ticked box, ☑是□否, or before it, 是☑否□."""
    first, *others = BOX.split(plain)  # what stands before the first box; then box and words in turn
    boxes = others[::2]
    words = [first, *others[1::2]] if first else others[1::2]
    chosen = [text for box, text in zip(boxes, words, strict=False) if box in TICKED]
    return [option for option in options if any(text.startswith(_plain(option)) for text in chosen)]


@cache
def _plain(option: str) -> str:
    return narrow(option)


@_of_an_answer
def choice(column: Column, text: str, _: Context) -> Word:
    """One or several of the column's options; what stands behind them may be free text."""
    plain = narrow(text)
    if (explained := dict(column.answers).get(plain.lower())) in column.options:
        return Word(explained)
    if plain in BLANKS or all(mark in OPEN for mark in plain):
        return Word(None)
    if _has_boxes(plain):
        found = _ticked(plain, column.options)
        if not found and not any(mark in plain for mark in TICKED):
            return Word(None)
    else:
        found = (_listed(column, plain) or meant(column, text)) if column.means else _named(column, plain)
    if not found:
        return Word(None, "unknown_choice")
    if len(found) > 1 and not column.multiple:
        return Word(None, "unclear_choice")
    return Word("、".join(found))


def _named(column: Column, plain: str) -> list[str]:
    exact = [o for o in column.options if _plain(o) == plain or plain.lower() in VERDICTS.get(o, ())]
    if exact:
        return exact
    pieces = list(dict.fromkeys(piece for piece in SEPARATORS.split(plain) if piece))
    named = [option for option in column.options if any(_means(option, piece) for piece in pieces)]
    # 不合格 holds 合格 and does not mean it.
    found = [o for o in named if not any(o in other for other in named if other != o)]
    return found if all(any(_means(o, piece) for o in found) for piece in pieces) or column.detail else []


def _listed(column: Column, plain: str) -> list[str]:
    """The options, when there is nothing but options, whole or abbreviated. What else is said may be one more."""
    pieces = [piece for piece in SEPARATORS.split(plain) if piece]
    named = {
        piece: [o for o in column.options if _plain(o) == piece] or _abbreviated(column, piece)
        for piece in pieces
    }
    known = all(named.values())
    return [option for option in column.options if known and any(option in found for found in named.values())]


def _abbreviated(column: Column, piece: str) -> list[str]:
    return [option for option in column.options if len(piece) >= 2 and piece in _plain(option)]


def _means(option: str, piece: str) -> bool:
    """A piece means an option that it holds, or that it abbreviates (2022 → 2022年, 企业中型 → 中型)."""
    plain = _plain(option)
    return plain in piece or (len(piece) >= 2 and piece in plain)


@_of_an_answer
def day(column: Column, text: str, context: Context) -> Word:
    """2024.6.30, 2024年6月, 20240630, 6月30日, an Excel serial → a date."""
    written, later = _without_time(text.strip())
    plain = narrow(written)
    if plain in BLANKS or plain in NOT_APPLICABLE_WORDS or plain.startswith(NOT_YET):
        return Word(None)
    if found := SPACED_DATE.fullmatch(written.strip()):
        return _dated(int(found[1]), int(found[2]), int(found[3]), context, later)
    if not one_figure(written):
        return Word(None, "not_a_date")
    return _day_as_written(plain_days(plain) if NUMERALS_IN.search(plain) else plain, context, later)


def _day_as_written(plain: str, context: Context, later: int) -> Word:
    if found := FULL_DATE.fullmatch(plain) or COMPACT_DATE.fullmatch(plain):
        return _dated(int(found[1]), int(found[2]), int(found[3]), context, later)
    if found := YEAR_LAST.fullmatch(plain):
        return _year_last(int(found[1]), int(found[2]), int(found[3]), context)
    if found := SERIAL.fullmatch(plain):
        epoch = EPOCH_1904 if context.date_1904 else EPOCH_1900
        read = epoch + timedelta(days=int(found[1]))
        return (
            Word(read, "date_in_future")
            if read > context.today
            else Word(read, "serial_date", read.isoformat())
        )
    if found := YEAR_MONTH.fullmatch(plain):
        first = _dated(int(found[1]), int(found[2]), 1, context)
        return Word(first.value, first.code or "date_month_only", str(first.value))
    if found := SHORT_DATE.fullmatch(plain) or SHORT_MONTH.fullmatch(plain):
        return _with_century([int(part) for part in found.groups()], context)
    if (found := MONTH_DAY.fullmatch(plain)) and context.year:
        return _dated(context.year, int(found[1]), int(found[2]), context)
    return Word(None, "not_a_date")


def _with_century(parts: list[int], context: Context) -> Word:
    """24.6.30, 24年6月: of this century, and not much later than now; 30.6.24 is no date that anybody can tell."""
    short, month, *days = parts
    year = context.today.year // 100 * 100 + short
    if year > context.today.year + 1:
        return Word(None, "not_a_date")
    read = _dated(year, month, days[0] if days else 1, context)
    return Word(read.value, read.code or "two_digit_year", str(read.value))


def _without_time(text: str) -> tuple[str, int]:
    """A day's text without its time, and how many days later it was in Beijing: 16:00Z is midnight there."""
    found = TIME_OF_DAY.search(text)
    if found is None:
        return text, 0
    return text[: found.start()], int(bool(found[2]) and int(found[1]) >= GREENWICH_MIDNIGHT)


def _year_last(first: int, second: int, year: int, context: Context) -> Word:
    """3/5/2024, as an English Excel shows the 5th of March; 30/6/2024 can only be the other way round."""
    month, day_of_month = (second, first) if first > MONTHS_A_YEAR else (first, second)
    read = _dated(year, month, day_of_month, context)
    return Word(read.value, read.code or "year_last", str(read.value))


def _dated(year: int, month: int, day_of_month: int, context: Context, later: int = 0) -> Word:
    if not 1900 <= year <= 2100 or not 1 <= month <= 12:
        return Word(None, "no_such_date")
    if not 1 <= day_of_month <= calendar.monthrange(year, month)[1]:
        return Word(None, "no_such_date")
    read = date(year, month, day_of_month) + timedelta(days=later)
    return Word(read, "date_in_future" if read > context.today else "")


@_of_an_answer
def industry(column: Column, text: str, _: Context) -> Word:
    """A code of GB/T 4754-2017 with its zeros; a name stays as it is, and so does a code nobody knows."""
    plain = narrow(text)
    if plain in BLANKS:
        return Word(None)
    found = codes.industry(plain)
    if found is None:
        return Word(text.strip())
    return Word(found.code, found.fault, found.shown)


def count(column: Column, text: str, _: Context) -> Word:
    classed = _of_a_class(column.classes, text) if column.classes else None
    if classed:
        return classed
    read = values.count(text)
    if read.fault:
        return Word(None, read.fault)
    if read.approximate:
        return Word(read.number, "approximate_number", str(read.number))
    return Word(read.number, "number_adopted" if read.adopted else "", str(read.number))


def _of_a_class(classes: tuple[SizeClass, ...], text: str) -> Word | None:
    """小型（186人）, 186人（小型） → 186; a class that the number does not belong to is pointed out."""
    plain = narrow(text) if len(text) <= LONGEST_ANSWER and one_figure(text) else ""
    named = [size for size in classes if size.name in plain]
    rest = plain.replace(named[0].name, "", 1) if len(named) == 1 else ""
    found = CLASSED.fullmatch(rest)
    read = values.count(found[1]) if found else None
    if read is None or read.number is None or read.fault:
        return None
    size = named[0]
    if not size.least <= read.number < size.below:
        return Word(read.number, "class_disagrees", f"{size.name}应为 {size.least} 至 {size.below - 1} 人")
    return Word(read.number, "number_adopted", str(read.number))


READERS: dict[str, Reader] = {
    "flag": flag,
    "choice": choice,
    "date": day,
    "industry": industry,
    "count": count,
}
