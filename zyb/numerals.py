"""How figures are printed, once for the screen, the documents and the command line.

Values stay exact fractions until they are printed; then they are rounded half up in
decimals, because a binary float prints 12.25 as 12.2.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NO_VALUE = "—"
# As wide as the plus, which the hyphen of a keyboard is not.
MINUS = "−"
# A percentage that a ledger reports is kept as a whole number: so many are 100 %. Six decimals of a percentage point are
# more than anybody writes, and few enough that 0.35 as a machine keeps it is 35 %.
HUNDRED_PERCENT = 100_000_000


def rounded(value: Fraction, places: int = 1) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent_decimal(value: Fraction) -> Decimal:
    """54.8 for 2575/4699; never 100.0 while something is unfinished."""
    shown = rounded(value * 100)
    return Decimal("99.9") if shown == 100 and value < 1 else shown


def percent_number(value: Fraction | None) -> str:
    """The same in letters."""
    if value is None:
        return NO_VALUE
    shown = percent_decimal(value)
    return f"{shown:.1f}".replace("-", MINUS) if shown else "0.0"


def percent(value: Fraction | None) -> str:
    return NO_VALUE if value is None else percent_number(value) + "%"


def reported_percent(units: int | None) -> str:
    """A percentage as a ledger keeps it (HUNDRED_PERCENT), with all its decimals: “87.5%”, “87.333333%”."""
    if units is None:
        return NO_VALUE
    exact = Decimal(units) * 100 / HUNDRED_PERCENT
    return f"{exact.normalize():f}%"


def kept_text(value: object, kind: str) -> str:
    """What a column of a ledger keeps, as people wrote it: of a percentage “87.5%”."""
    return reported_percent(value) if kind == "percent" and isinstance(value, int) else str(value)


def as_written(value: object, kind: str) -> object:
    """What a column of a ledger keeps, for a table on the screen: a percentage as “87.5%”, all else as it is."""
    return value if value is None or kind != "percent" else kept_text(value, kind)


def short_percent_number(value: Fraction | None) -> str:
    """54.8 as it is, 60.0 as 60: where figures stand close together."""
    return percent_number(value).removesuffix(".0")


def signed_percent(value: Fraction | None) -> str:
    """For growth: "+12.3%", "−12.3%"."""
    return NO_VALUE if value is None else points(value) + "%"


def value_text(value: Fraction | None, kind: str) -> str:
    """A measure's value, or what it is held against: “54.8%”; a growth carries its sign, “+12.3%”; a count is a number."""
    if kind == "count":
        return number(value)
    return signed_percent(value) if kind == "growth" else percent(value)


def value_number(value: Fraction | None, kind: str) -> str:
    """The same where the unit is told beside it: “54.8”, “+12.3”."""
    if kind == "count":
        return number(value)
    return points(value) if kind == "growth" else percent_number(value)


def number(value: Fraction | None) -> str:
    """A count, or what is due of one on a day: “1,028”, “15.5”."""
    if value is None:
        return NO_VALUE
    return f"{rounded(value):,}".removesuffix(".0").replace("-", MINUS)


def gap_text(gap: Fraction | None, kind: str) -> str:
    """A difference of values: in 百分点, of counts in their unit; signed."""
    if kind != "count" or gap is None:
        return points(gap)
    return f"{'+' if gap > 0 else ''}{number(gap)}"


def worded(before: str, fallen: str, value: Fraction | None, kind: str) -> tuple[str, str]:
    """Words and number of a value in a sentence, whose verb is its sign: “申报数量较2023年下降”, “3.0%”.

    `before` is what goes before a value, `fallen` before a growth below zero.
    """
    if kind == "growth" and value is not None and value < 0:
        return fallen, percent(-value)
    return before, number(value) if kind == "count" else percent(value)


def points(gap: Fraction | None) -> str:
    """A difference of shares in 百分点, signed: "+1.9"."""
    if gap is None:
        return NO_VALUE
    shown = rounded(gap * 100)
    return f"{shown:+.1f}".replace("-", MINUS) if shown else "0.0"


def absolute_points(gap: Fraction) -> str:
    return f"{rounded(abs(gap) * 100):.1f}"


def count(number: int | None) -> str:
    """Counts on the screen, with thousands separators."""
    return NO_VALUE if number is None else f"{number:,}".replace("-", MINUS)


def signed_count(number: int | None) -> str:
    """A change in 家: "＋146", "−3", "0"."""
    if not number:
        return NO_VALUE if number is None else "0"
    return f"{number:+,}".replace("-", MINUS).replace("+", "＋")


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA. xlsxwriter knows it as well, and every reading process would wait 50 ms for it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
