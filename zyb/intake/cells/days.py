"""A date in a cell: 2024.6.30, 2024年6月, 20240630, 6月30日, an Excel serial, with time or weekday."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from zyb.intake.cells import flags
from zyb.intake.cells.answers import Context, Word, of_an_answer
from zyb.intake.cells.flags import NOT_APPLICABLE_WORDS
from zyb.intake.cells.spelling import LONG_DASHES, NUMERAL, plain_days
from zyb.intake.cells.values import BLANKS, narrow, one_figure
from zyb.periods import MONTHS_A_YEAR
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.headings import lexicon

# Excel counts days from here; day 60 is the 29 February 1900 that never was.
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
# What a day is spelt with beside the digits of a keyboard.
SPELT_OTHERWISE = re.compile(f"[{NUMERAL.replace('0', '')}{LONG_DASHES}]")
SPACED_DATE = re.compile(r"(20\d{2})\s+(\d{1,2})\s+(\d{1,2})")
FULL_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
# 08:30, 8:30:00.000, T08:00:00+08:00; with Z it is the time of Greenwich.
TIME_OF_DAY = re.compile(
    r"(?<![\sT])[\sT]+(\d{1,2})[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:([zZ])|[+-]\d{2}:?\d{2})?$"
)
# The hour at Greenwich at which a day begins in Beijing.
GREENWICH_MIDNIGHT = 16
AROUND_POINTS = re.compile(r" *([./年月、。，]) *")
# 2024、7、12 and 2024。7。12 are typed with the keys beside the point.
PARTED = re.compile(r"(?<=\d)[、。,，．](?=\d{1,2}(?:[、。,，．]|$|[^\d]))")
CENTURY = "20"
WHOLE_DAY = re.compile(r"20\d{2}(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月\d{1,2}[日号]?)")
WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?|[上下]午|[。.;；,，、\s]")
SAID_OF_DAYS = re.compile(r"^(?:已经?|现已)?于|^已经?")
YEAR_LAST = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d{2})")
NOT_YET = ("未", "尚未", "还未", "暂未", "暂无", "否")
SHORT_DATE = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
SHORT_MONTH = re.compile(r"(\d{2})年(\d{1,2})月份?")
AS_EXCEL_HAS_IT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?份?")
MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")


@of_an_answer
def day(column: Column, text: str, context: Context) -> Word:
    """2024.6.30, 2024年6月, 20240630, 6月30日, an Excel serial → a date."""
    found = _day(text, context)
    bare = _without_words(column, text) if found.code == "not_a_date" else ""
    return _day(bare, context) if bare else found


def _without_words(column: Column, text: str) -> str:
    """The day of 已于2024年11月5日完成, 2024.9.3（线上）, 2024年6月21日（星期五）; blank where more is said, or less."""
    if CENTURY not in text:  # most of what is no day holds none
        return ""
    written = AROUND_POINTS.sub(r"\1", text)
    if not one_figure(written):
        return ""
    plain = PARTED.sub(".", narrow(written))
    found = WHOLE_DAY.findall(plain)
    if len(found) != 1:
        return ""
    around = WEEKDAY.sub("", plain.replace(found[0], ""))
    said = lexicon().meaning(SAID_OF_DAYS.sub("", around))
    known = said.core | said.hints <= column.told | column.takes | flags.OF_ANYTHING
    return found[0] if known and not any(letter.isdigit() for letter in around) else ""


def _day(text: str, context: Context) -> Word:
    if found := AS_EXCEL_HAS_IT.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), int(found[3]), context)
    written, later = _without_time(text.strip())
    plain = narrow(written)
    if plain in BLANKS or plain in NOT_APPLICABLE_WORDS or plain.startswith(NOT_YET):
        return Word(None)
    if found := SPACED_DATE.fullmatch(written.strip()):
        return _dated(int(found[1]), int(found[2]), int(found[3]), context, later)
    if not one_figure(written):
        return Word(None, "not_a_date")
    return _day_as_written(plain_days(plain) if SPELT_OTHERWISE.search(plain) else plain, context, later)


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
        dated = _dated(context.year, int(found[1]), int(found[2]), context)
        return Word(dated.value, dated.code or "year_added", str(dated.value))
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
