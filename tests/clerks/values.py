"""How a number stands in a cell."""

from __future__ import annotations

from collections.abc import Callable

from tests.clerks.books import Shown
from tests.clerks.drawing import Draw

Number = Callable[[int], object]
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


def _labelled(label: str, make: Number) -> Number:
    make.label = label  # type: ignore[attr-defined]
    return make


NUMBERS: tuple[Number, ...] = (
    _labelled("number", lambda number: number),
    _labelled("text", lambda number: f"{number}"),
    _labelled("thousands as text", lambda number: f"{number:,}"),
    _labelled("with 家", lambda number: f"{number}家"),
    _labelled("with 户", lambda number: f"{number}户"),
    _labelled("with 家 and space", lambda number: f"{number} 家"),
    _labelled("full width", lambda number: str(number).translate(WIDE)),
    _labelled("spaces around", lambda number: f" {number} "),
    _labelled("apostrophe text", lambda number: f"{number}\xa0"),
    _labelled("float", lambda number: number + 0.0),
    _labelled("text with .0", lambda number: f"{number}.0"),
    _labelled("format 家", lambda number: Shown(number, '0"家"')),
    _labelled("format thousands", lambda number: Shown(number, "#,##0")),
    _labelled("format .00", lambda number: Shown(number, "0.00")),
    _labelled("some as text", lambda number: str(number) if number % 3 == 0 else number),
    _labelled("wide thousands", lambda number: f"{number:,}".translate(WIDE)),
    _labelled("line break behind", lambda number: f"{number}\n"),
)


def _percent(label: str, make: Callable[[float], object]) -> Callable[[float], object]:
    make.label = label  # type: ignore[attr-defined]
    return make


PERCENTS: tuple[Callable[[float], object], ...] = (
    _percent("54.8%", lambda share: f"{share:.1%}"),
    _percent("shown", lambda share: Shown(round(share, 4), "0.0%")),
    _percent("0.548", lambda share: round(share, 4)),
    _percent("54.8", lambda share: round(share * 100, 1)),
    _percent("55%", lambda share: f"{share:.0%}"),
    _percent("54.80", lambda share: f"{share * 100:.2f}"),
)


PEOPLE = (
    *(one for one in NUMBERS if "家" not in one.label and "户" not in one.label),  # type: ignore[attr-defined]
    _labelled("with 人", lambda number: f"{number}人"),
    _labelled("with 人 and space", lambda number: f"{number} 人"),
)


def number_style(draw: Draw, of_people: bool = False) -> Number:
    return draw.pick("number", PEOPLE if of_people else NUMBERS, share=draw.mess * 0.5)
