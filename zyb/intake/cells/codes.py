"""统一社会信用代码 (GB 32100-2015) and industry codes (GB/T 4754-2017).

A failed check digit is a warning: real pilot codes (M000…) fail. What Excel made of an
18-digit number is an error, because the lost digits cannot be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.rulebook.industries import classification
from zyb.rulebook.lexicon.folding import folded

LENGTH = 18
# GB 32100-2015: the digits and the letters without I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MODULUS = 31
WEIGHTS = np.array([pow(3, place, MODULUS) for place in range(LENGTH - 1)])
# More than the weighted values of a whole code come to: a letter that cannot occur.
NOT_IN_ALPHABET = 1 << 16
# What each byte adds at each of the eighteen places; the check digit itself has weight 1.
_ADDED = np.full((LENGTH, 256), NOT_IN_ALPHABET, dtype=np.uint32)
_ADDED[:, [ord(letter) for letter in ALPHABET]] = np.outer([*WEIGHTS, 1], range(len(ALPHABET)))

# What Excel shows of a number with too many digits, and what it stores: 15 digits, then zeros.
SCIENTIFIC = r"^\d(\.\d+)?([eE]\+?|[×xX*]10\^?)\d+$"
ROUNDED = r"^\d{15,16}0{2,3}(\.0+)?$"
# All figures: perhaps the number nearest to what Excel kept, 916103001234567040 of 916103001234567000.
FIGURES = r"^\d{18}$"
# What people write where there is no code.
NO_CODE = ("", "无", "/", "\\", "—", "——", "–", "暂无", "没有", "不详", "无代码", "未办理", "NULL", "N/A")
# Nothing to mend here; longer than what stands for no code.
PLAIN = r"^[0-9A-Z]{5,}$"
INDUSTRY = re.compile(r"([A-Z])?(\d*)")


def plain_codes(texts: pa.Array) -> pa.Array:
    """Upper case, without blanks and hyphens, in half width; what says that there is no code is null."""
    odd = pc.fill_null(pc.invert(pc.match_substring_regex(texts, PLAIN)), False)
    return pc.replace_with_mask(texts, odd, _mended(texts.filter(odd))) if pc.any(odd).as_py() else texts


def _mended(texts: pa.Array) -> pa.Array:
    found = pc.utf8_upper(pc.replace_substring_regex(texts, r"[\s\pZ\-－'’`]+", ""))
    if pc.any(pc.match_substring_regex(found, "[！-～]")).as_py():
        found = pa.array([_half_width(text) for text in found.to_pylist()], pa.string())
    none = pc.is_in(found, value_set=pa.array(NO_CODE, pa.string()))
    return pc.if_else(none, pa.scalar(None, pa.string()), found)


def _half_width(text: str | None) -> str | None:
    return folded(text) if text else text


def lost_digits(codes: pa.Array) -> np.ndarray:
    """Where Excel turned the code into a number and dropped its last digits."""
    lost = _mask(pc.match_substring_regex(codes, f"{SCIENTIFIC}|{ROUNDED}|{FIGURES}"))
    lost[lost] = [_is_number(code) for code in codes.filter(pa.array(lost)).to_pylist()]
    places = np.flatnonzero(lost)
    if len(places):  # a code may end in zeros of its own, and then it adds up
        found = codes.take(pa.array(places))
        scientific = _mask(pc.match_substring_regex(found, SCIENTIFIC))
        failed = scientific | fails_check(found) | wrong_length(found)
        # One in thirty adds up by chance: in a column of numbers none is believed.
        lost[places] = failed | (2 * failed.sum() > len(failed))
    return lost


def _is_number(code: str) -> bool:
    """Whether it is what a computer writes of a number that is held in so few digits. Of the codes that were typed as
    text one in 128 looks so as well."""
    if len(code) != LENGTH or not code.isdigit():
        return True
    return code == str(int(float(code))) or code.endswith("00")


def wrong_length(codes: pa.Array) -> np.ndarray:
    return _mask(pc.not_equal(pc.utf8_length(codes), LENGTH))


def fails_check(codes: pa.Array) -> np.ndarray:
    """Where 18 characters do not add up (or hold one that cannot occur)."""
    failed = _mask(pc.equal(pc.utf8_length(codes), LENGTH))
    rows = np.flatnonzero(failed & _mask(pc.string_is_ascii(codes)))
    if len(rows):
        failed[rows] = ~_adds_up(_letters(codes if len(rows) == len(codes) else codes.take(pa.array(rows))))
    return failed


def _adds_up(letters: np.ndarray) -> np.ndarray:
    """The weighted sum of all letters, the check digit included, is a multiple of 31."""
    sums = np.zeros(len(letters), np.uint32)
    for place, added in enumerate(_ADDED):
        sums += added[letters[:, place]]
    found: np.ndarray = (sums % MODULUS == 0) & (sums < NOT_IN_ALPHABET)
    return found


def _letters(codes: pa.Array) -> np.ndarray:
    """The bytes of ASCII codes of full length without a blank, a row each, straight from Arrow's buffers."""
    start = np.frombuffer(codes.buffers()[1], np.int32)[codes.offset]
    data = np.frombuffer(codes.buffers()[2], np.uint8, count=len(codes) * LENGTH, offset=start)
    found: np.ndarray[Any, Any] = np.reshape(data, (len(codes), LENGTH))
    return found


def _mask(answers: pa.Array) -> np.ndarray:
    """Blank cells are never at fault here."""
    found: np.ndarray = pc.fill_null(answers, False).to_numpy(zero_copy_only=False)
    return found.copy()


@dataclass(frozen=True)
class IndustryCode:
    """An industry code as adopted; `fault` of the problem catalogue with what it shows, when there is one."""

    code: str
    fault: str = ""
    shown: str = ""


def industry(text: str) -> IndustryCode | None:
    """6 → 06, 610 → 0610, B61 → B061: a zero that Excel dropped, put back where the standard allows one reading.

    A code that exists as it stands is adopted as it stands. Three digits that exist both ways (711 is 经营租赁,
    0711 陆地石油开采) are pointed out, because most people write four; two digits are a 大类, the usual short form.
    None for what is no code, such as a name.
    """
    found = INDUSTRY.fullmatch(text.upper())
    if not found or not text:
        return None
    known, letter, digits = classification(), found[1] or "", found[2]
    written, restored = letter + digits, f"{letter}0{digits}"
    possible = bool(digits) and known.knows(restored)
    if known.knows(written):
        if possible and len(digits) == 3:
            both = f"{restored}（{known.title(restored)}）还是 {written}（{known.title(written)}）"
            return IndustryCode(written, "industry_ambiguous", both)
        return IndustryCode(written)
    if possible:
        return IndustryCode(restored, "industry_zero_restored", restored)
    return IndustryCode(written, "industry_unknown", written)
