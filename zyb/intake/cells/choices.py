"""A choice in a cell: which of its column's options an answer names, as it is usually written."""

from __future__ import annotations

import re

from zyb.intake.cells.answers import Context, Word, of_an_answer
from zyb.intake.cells.boxes import OPEN, TICKED, boxed, has_boxes, plain_option, ticked
from zyb.intake.cells.statements import meant
from zyb.intake.cells.values import BLANKS, narrow
from zyb.rulebook.columns import Column
from zyb.rulebook.meanings import spellings

# The options of a check list.
VERDICTS = {"合格", "不合格", "不适用"}
# 均合格, 整改后合格, 合格（已建档）: what is said beside a verdict and leaves it what it is.
BESIDE_VERDICT = re.compile(r"^(?:均|都|全部|各项|经?整改后|复查后?)|\([^()未无不缺]*\)$")
SEPARATORS = re.compile(r"[、,，;；/\s+＋|]+")


@of_an_answer
def choice(column: Column, text: str, _: Context) -> Word:
    """One or several of the column's options; what stands behind them may be free text."""
    plain = boxed(narrow(text))
    if (explained := dict(column.answers).get(plain.lower())) in column.options:
        return Word(explained)
    if plain in BLANKS or all(mark in OPEN for mark in plain):
        return Word(None)
    if has_boxes(plain):
        found = ticked(plain, column.options)
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
    usual = spellings()
    exact = [o for o in column.options if plain_option(o) == plain or plain.lower() in usual.get(o, ())]
    if exact:
        return exact
    if set(column.options) <= VERDICTS:  # 基本合格 is neither
        bare = BESIDE_VERDICT.sub("", plain)
        return [o for o in column.options if bare == o or (o.startswith("不") and plain.startswith(f"{o}("))]
    pieces = list(dict.fromkeys(piece for piece in SEPARATORS.split(plain) if piece))
    named = [option for option in column.options if any(_means(option, piece) for piece in pieces)]
    # 不合格 holds 合格 and does not mean it.
    found = [o for o in named if not any(o in other for other in named if other != o)]
    return found if all(any(_means(o, piece) for o in found) for piece in pieces) or column.detail else []


def _listed(column: Column, plain: str) -> list[str]:
    """The options, when there is nothing but options, whole or abbreviated. What else is said may be one more."""
    pieces = [piece for piece in SEPARATORS.split(plain) if piece]
    named = {
        piece: [o for o in column.options if plain_option(o) == piece] or _abbreviated(column, piece)
        for piece in pieces
    }
    known = all(named.values())
    return [option for option in column.options if known and any(option in found for found in named.values())]


def _abbreviated(column: Column, piece: str) -> list[str]:
    return [option for option in column.options if len(piece) >= 2 and piece in plain_option(option)]


def _means(option: str, piece: str) -> bool:
    """A piece means an option that it holds, or that it abbreviates (2022 → 2022年, 企业中型 → 中型)."""
    plain = plain_option(option)
    return plain in piece or (len(piece) >= 2 and piece in plain)
