"""统一社会信用代码 (GB 32100-2015) and industry codes (GB/T 4754-2017).

A failed check digit is a warning: real pilot codes (M000…) fail. What Excel made of an
18-digit number is an error, because the lost digits cannot be guessed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

LENGTH = 18
# GB 32100-2015: the digits and the letters without I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MODULUS = 31
WEIGHTS = np.array([pow(3, place, MODULUS) for place in range(LENGTH - 1)])
NOT_IN_ALPHABET = 255
_VALUES = np.full(256, NOT_IN_ALPHABET, dtype=np.uint8)
_VALUES[[ord(letter) for letter in ALPHABET]] = range(len(ALPHABET))

# What Excel shows of a number with too many digits, and what it stores: 15 digits, then zeros.
SCIENTIFIC = r"^\d(\.\d+)?[eE]\+?\d+$"
ROUNDED = r"^\d{15,16}0{2,3}$"
# What people write where there is no code.
NO_CODE = ("", "无", "/", "\\", "—", "——", "–", "暂无", "没有", "不详", "无代码", "未办理", "NULL", "N/A")
INDUSTRY = re.compile(r"([A-T])?(\d{1,4})?")


def plain_codes(texts: pa.Array) -> pa.Array:
    """Upper case, without blanks and hyphens; full-width letters only where there are any; none is null."""
    found = pc.utf8_upper(pc.replace_substring_regex(texts, r"[\s\pZ\-－'’`]+", ""))
    if pc.any(pc.match_substring_regex(found, "[！-～]")).as_py():
        found = pa.array([_half_width(text) for text in found.to_pylist()], pa.string())
    none = pc.is_in(found, value_set=pa.array(NO_CODE, pa.string()))
    return pc.if_else(none, pa.scalar(None, pa.string()), found)


def _half_width(text: str | None) -> str | None:
    return unicodedata.normalize("NFKC", text) if text else text


def lost_digits(codes: pa.Array) -> np.ndarray:
    """Where Excel turned the code into a number and dropped its last digits."""
    scientific = pc.match_substring_regex(codes, SCIENTIFIC)
    rounded = _mask(pc.match_substring_regex(codes, ROUNDED))
    if rounded.any():  # a code may end in zeros of its own, and then it adds up
        rounded &= fails_check(codes) | wrong_length(codes)
    lost: np.ndarray = _mask(scientific) | rounded
    return lost


def wrong_length(codes: pa.Array) -> np.ndarray:
    return _mask(pc.not_equal(pc.utf8_length(codes), LENGTH))


def fails_check(codes: pa.Array) -> np.ndarray:
    """Where 18 characters do not add up (or hold one that cannot occur)."""
    wanted = _mask(pc.and_(pc.equal(pc.utf8_length(codes), LENGTH), pc.string_is_ascii(codes)))
    failed: np.ndarray = _mask(pc.equal(pc.utf8_length(codes), LENGTH)) & ~wanted
    rows = np.flatnonzero(wanted)
    if len(rows):
        values = _VALUES[_letters(codes.take(pa.array(rows)))]
        strange = (values == NOT_IN_ALPHABET).any(axis=1)
        sums = values[:, :-1].astype(np.int64) @ WEIGHTS
        failed[rows] = strange | ((MODULUS - sums % MODULUS) % MODULUS != values[:, -1])
    return failed


def _letters(codes: pa.Array) -> np.ndarray:
    """The bytes of ASCII codes of full length, a row each, straight from Arrow's buffer."""
    whole = pa.concat_arrays([codes.slice(0)]) if codes.offset else codes
    data = np.frombuffer(whole.buffers()[2], np.uint8, count=len(whole) * LENGTH)
    found: np.ndarray[Any, Any] = np.reshape(data, (len(whole), LENGTH))
    return found


def _mask(answers: pa.Array) -> np.ndarray:
    """Blank cells are never at fault here."""
    found: np.ndarray = pc.fill_null(answers, False).to_numpy(zero_copy_only=False)
    return found.copy()


def industry(text: str) -> tuple[str, bool] | None:
    """6 → 06, Ｃ３０ → C30: the code and whether a zero was restored; None for what is no code."""
    found = INDUSTRY.fullmatch(text.upper())
    if not found or not text:
        return None
    letter, digits = found[1] or "", found[2] or ""
    restored = len(digits) == 1
    return letter + (digits.zfill(2) if restored else digits), restored
