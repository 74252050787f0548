"""A choice in a cell: which of its column's options an answer names, as it is usually written."""

from __future__ import annotations

import re

from zyb.intake.cells.answers import Context, Word, of_an_answer
from zyb.intake.cells.boxes import CROSSES, OPEN, boxed, plain_option
from zyb.intake.cells.doubts import says_more, takes_back, years_spread
from zyb.intake.cells.marks import has_marks, marked
from zyb.intake.cells.statements import meant
from zyb.intake.cells.values import BLANKS, narrow
from zyb.rulebook.book import remembered
from zyb.rulebook.columns import ASKED, Column
from zyb.rulebook.lexicon.meanings import spellings

# The options of a check list.
VERDICTS = {"合格", "不合格", "不适用"}
# 均合格, 整改后合格, 合格（已建档）: what is said beside a verdict and leaves it what it is.
BESIDE_VERDICT = re.compile(r"^(?:均|都|全部|各项|经?整改后|复查后?)|\([^()未无不缺]*\)$")
# 均未申报 beside 2022年 cannot be.
OF_ALL = "均"
NOTHING = "无"
# What may stand between two options that are written in a row.
_BETWEEN = re.compile(r"[_,;:。]+")
SEPARATORS = re.compile(r"[、,，;；/\s+＋|]+")


@of_an_answer
def choice(column: Column, text: str, _: Context) -> Word:
    """One or several of the column's options; what stands behind them may be free text."""
    plain = boxed(narrow(text))
    if (explained := dict(column.answers).get(plain.lower())) in column.options:
        return Word(explained)
    if explained == ASKED:
        return Word(None, "unknown_choice")
    if plain == NOTHING and set(column.options) <= VERDICTS:  # none that is asked for, or none there
        return Word(None, "unknown_choice")
    if plain in BLANKS or all(mark in OPEN for mark in plain):
        return Word(None)
    if "?" in plain:
        return Word(None, "unknown_choice")
    if has_marks(text):
        return _of_marks(column, text)
    if _is_coded(column, plain) or takes_back(column, plain):
        return Word(None, "unknown_choice")
    found = (_listed(column, plain) or meant(column, text)) if column.means else _named(column, plain)
    return _chosen(column, found)


def _is_coded(column: Column, plain: str) -> bool:
    """未申报×, 未申报0 未检测1, 警告：否；罚款：是: options with an answer behind each, and no mark that tells which is yes."""
    if len(plain) > 1 and any(mark in plain for mark in CROSSES) and not column.detail:
        return True
    return bool(_coded(column.options).search(plain))


@remembered(64)
def _coded(options: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, map(plain_option, options)))
    return re.compile(rf"(?:{named})(?:[:：=]?[01]|[:：=](?:是|否|有|无))(?![\d.万千百家次项人元年月])")


def _chosen(column: Column, found: list[str]) -> Word:
    if not found:
        return Word(None, "unknown_choice")
    if len(found) > 1 and (not column.multiple or any(option.startswith(OF_ALL) for option in found)):
        return Word(None, "unclear_choice")
    return Word("、".join(found))


# -- options that are ticked ----------------------------------------------------------------------


def _of_marks(column: Column, text: str) -> Word:
    """☑粉尘 □化学毒物, 合格（ ）不合格（√）, 未申报×、未检测√."""
    blanks = "" if column.detail else "_"
    found = marked(text, lambda words: _labels(column, words), column.multiple, blanks)
    if found.unclear:
        return Word(None, "unclear_mark")
    said = [[] if takes_back(column, narrow(label)) else _label(column, label) for label in found.ticked]
    if not said:
        return Word(None)
    told = {option for options in said for option in options}
    return _chosen(column, [option for option in column.options if option in told] if all(said) else [])


def _labels(column: Column, words: str) -> list[str]:
    """粉尘化学毒物, 合格,不合格: the options that stand without a gap; else the words as they are."""
    found = _in_a_row(column.options).findall(words)
    return found if _BETWEEN.sub("", "".join(found)) == _BETWEEN.sub("", words) else [words]


@remembered(64)
def _in_a_row(options: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(plain_option, options), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _label(column: Column, label: str) -> list[str]:
    """The option that a label begins with: 采矿业__石灰石开采__; what is said of a violation instead."""
    plain = narrow(label)
    exact = [option for option in column.options if plain.startswith(plain_option(option))]
    if exact:
        return exact[:1]
    if column.means:
        return meant(column, label)
    return [o for o in column.options if plain.lower() in spellings().get(o, ())]


def _named(column: Column, plain: str) -> list[str]:
    usual = spellings()
    plain = years_spread(column, plain)
    exact = [o for o in column.options if plain_option(o) == plain or plain.lower() in usual.get(o, ())]
    if exact:
        return exact
    if set(column.options) <= VERDICTS:  # 基本合格 is neither
        bare = BESIDE_VERDICT.sub("", plain)
        return [o for o in column.options if bare == o or (o.startswith("不") and plain.startswith(f"{o}("))]
    if not column.detail and says_more(column, plain):
        return []
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
