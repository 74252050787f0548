"""What officials write around the name of a place: numbers, marks, codes, remarks in brackets, authorities.

It is taken off layer by layer, and each layer makes the text shorter; whether what is left is a place, and whether the
remarks agree with it, the roster knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.lexicon.folding import folded

FILE = "places.toml"

LONGEST_NAME = 40
# With all the blanks that people put between the characters. What is longer names no place and is not folded.
LONGEST_WRITTEN = 400
SUM_WORDS = frozenset(
    {"合计", "总合计", "合计数", "总计", "小计", "共计", "汇总", "总和", "总数", "累计", "累计合计"}
)

_ETHNIC_GROUPS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|"
    "鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{_ETHNIC_GROUPS})族|蒙古|哈萨克|柯尔克孜)*自治[州县]$")
_ORDINARY = re.compile(r"^(.{2,}?)(?:地区|林区|新区|市|区|县|盟)$")

_BRACKETS = str.maketrans("[]{}【】〔〕「」『』《》〈〉〖〗", "()" * 9)
# ² ① ⑴ ⒈ ❶ ㈠ ㊀ and their like.
_FIGURES_AS_MARKS = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\u3192-\u3195\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf]"
)
_DIGITS = "一二三四五六七八九十"
# 1. 1、 （一） 第1、 A. and a bare 1 before the name; not the code 610100. Of 3月 and 8师 too little is left.
_NUMBERING = re.compile(
    rf"(?:第?\d{{1,3}}|[{_DIGITS}]{{1,3}}|[A-Za-z]{{1,4}})[.、,:;)_-]|\((?:\d{{1,3}}|[{_DIGITS}]{{1,3}}|[A-Za-z]{{1,4}})\)"
    r"|第?\d{1,3}(?=[^\d.%])"
)
_CODE = r"\d{4}(?:\d{2}){0,4}(?!\d)"
_CODE_BEFORE = re.compile(_CODE)
_CODE_BEHIND = re.compile(rf"(?<!\d){_CODE}$")
_REMARK = re.compile(r"\(([^()]*)(?:\)|$)")
_LEFT_OUT = ("不含", "不包括", "不包含", "未含", "不计", "除", "扣除", "剔除")
_HELD = ("含", "包括", "包含", "其中含", "内含", "含有")
# Behind a bare name only what can be no part of one: 含山县 is a county.
_SAID_BARE = ("不含", "不包括", "不包含")
_BETWEEN_NAMES = re.compile(r"[、,;/+]")
# （12家） （共3户） （注1） （三县） （12个县区）: how many, not which.
_HOW_MANY = re.compile(
    rf"(?:含|共|共计|注|表)?(?:\d{{0,3}}|[{_DIGITS}]{{1,3}})个?(?:家|户|人|起|项|县|市|区|旗|县区|区县|市县|县市|县市区|市县区)?"
)
_COUNTED_UNITS = re.compile(
    rf"(?:[{_DIGITS}]|\d)+个?(?:县|市|区|旗|县区|区县)$|(?:等地?|在内|除外|以外|之外|外)$"
)


@dataclass(frozen=True)
class PlaceWords:
    """What stands in the file of words around names."""

    behind: tuple[str, ...]
    """The authorities and the words for a sum, the longest first; so those that stand `before` a name."""
    before: tuple[str, ...]
    remarks: frozenset[str]
    advice: Mapping[str, str]
    institutions: Mapping[str, str]
    """疾病预防控制中心 → 疾控: by its short name one institution is known under both."""
    divisions_year: int


@rule
def place_words() -> PlaceWords:
    table = toml.load(rules_file(FILE))
    advice, authorities = table.table("advice"), table.texts("authorities")
    institutions = table.table("institutions")
    found = PlaceWords(
        behind=_longest_first((*authorities, *SUM_WORDS)),
        before=_longest_first(table.texts("before")),
        remarks=frozenset(table.texts("remarks")),
        advice={name: advice.text(name) for name in advice.data},
        institutions={name: institutions.text(name) for name in institutions.data},
        divisions_year=table.integer("divisions_year"),
    )
    table.finish()
    return found


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def plain(text: object) -> str:
    """Full-width forms folded, every kind of white space gone: “合　 计” → “合计”."""
    written = "" if text is None else str(text)
    if len(written) > LONGEST_WRITTEN:
        return written[:LONGEST_WRITTEN]
    letters = folded(written)[:LONGEST_WRITTEN]  # one letter may stand for eighteen
    if letters.isprintable() and " " not in letters:
        return letters
    return "".join(letter for letter in letters if not letter.isspace() and letter.isprintable())


def short_name(name: str) -> str:
    """The name as people say it: 西安市 → 西安, 伊犁哈萨克自治州 → 伊犁, 忠县 → 忠县."""
    if name.endswith("保护区"):
        return name
    match = _AUTONOMOUS.match(name) or _ORDINARY.match(name)
    return match[1] if match else name


def province_short_name(name: str) -> str:
    return re.sub(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", name)


@dataclass(frozen=True)
class PlaceName:
    """What is left of a text, and what has been taken off that may change its meaning.

    `office` when an authority, or 合计, stood behind the name: 吉林卫健委 may be the province's or the city's.
    """

    name: str
    remarks: tuple[str, ...] = ()
    office: bool = False


def peelings(text: object) -> Iterator[PlaceName]:
    """The text as written, then with one layer less each time."""
    name: PlaceName | None = PlaceName(_spelt(text))
    while name and name.name and len(name.name) <= LONGEST_NAME:
        yield name
        name = next((less for peel in LAYERS if (less := peel(name))), None)


def unnumbered(text: object) -> str:
    """Without the numbers and marks around it: “一、合计：” → “合计”."""
    name = PlaceName(_spelt(text))
    if len(name.name) > LONGEST_NAME:
        return name.name
    while name.name and (less := _without_marks(name) or _without_numbering(name)):
        name = less
    return name.name


def _spelt(text: object) -> str:
    """Circled and raised figures are numbering or footnotes: folded, they would be digits like others."""
    written = "" if text is None else str(text)
    if len(written) <= LONGEST_WRITTEN:
        written = _FIGURES_AS_MARKS.sub("", written)
    return plain(written).translate(_BRACKETS)


def _is_mark(letter: str) -> bool:
    return not letter.isalnum() and letter not in "()"


def _without_marks(name: PlaceName) -> PlaceName | None:
    text = name.name
    start, end = 0, len(text)
    if not (_is_mark(text[0]) or _is_mark(text[-1])):
        return None
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    return replace(name, name=text[start:end]) if end - start < len(text) else None


def _without_numbering(name: PlaceName) -> PlaceName | None:
    match = _NUMBERING.match(name.name)
    return replace(name, name=name.name[match.end() :]) if match else None


def _without_brackets_around(name: PlaceName) -> PlaceName | None:
    text = name.name
    whole = text.startswith("(") and text.find(")") == len(text) - 1
    return replace(name, name=text[1:-1]) if whole else None


def _without_code(name: PlaceName) -> PlaceName | None:
    behind = name.name[-1].isdecimal()
    match = _CODE_BEFORE.match(name.name) or (_CODE_BEHIND.search(name.name) if behind else None)
    if not match:
        return None
    rest = name.name[: match.start()] + name.name[match.end() :]
    return replace(name, name=rest, remarks=(*name.remarks, match[0]))


def _without_words_before(name: PlaceName) -> PlaceName | None:
    words = place_words().before
    if not name.name.startswith(words):
        return None
    found = next(word for word in words if name.name.startswith(word))
    return replace(name, name=name.name.removeprefix(found))


def _without_remark(name: PlaceName) -> PlaceName | None:
    """One remark in brackets, or 不含… up to the end."""
    if match := _REMARK.search(name.name):
        rest = name.name[: match.start()] + name.name[match.end() :]
        return replace(name, name=rest, remarks=(*name.remarks, match[1]))
    at = min((found for word in _SAID_BARE if (found := name.name.find(word)) > 0), default=0)
    return replace(name, name=name.name[:at], remarks=(*name.remarks, name.name[at:])) if at else None


def _without_authority(name: PlaceName) -> PlaceName | None:
    rest = before_authority(name.name)
    return replace(name, name=rest, office=True) if rest else None


def before_authority(text: str) -> str | None:
    """What stands before an authority or 合计; None where neither ends the text."""
    words = place_words().behind
    if not text.endswith(words):
        return None
    return text.removesuffix(next(word for word in words if text.endswith(word)))


LAYERS: tuple[Callable[[PlaceName], PlaceName | None], ...] = (
    _without_marks,
    _without_numbering,
    _without_brackets_around,
    _without_code,
    _without_remark,
    _without_words_before,
    _without_authority,
)


@dataclass(frozen=True)
class NameLooks:
    """How some names begin and end: most texts of a long list are none of them, and nothing has to be taken off."""

    beginnings: frozenset[str]
    endings: frozenset[str]
    behind: tuple[str, ...]
    """What may stand behind them: 卫健委, 辖区."""

    @classmethod
    def of(cls, names: Iterable[str]) -> NameLooks:
        known = list(names)
        return cls(
            frozenset(name[:2] for name in known),
            frozenset(name[-2:] for name in known),
            place_words().behind,
        )

    def may_hold(self, text: str) -> bool:
        """Whether a name may be left of a text without blanks when all around it has been taken off."""
        return self._may_end(text) and any(
            text[at : at + 2] in self.beginnings for at in range(len(text) - 1)
        )

    def _may_end(self, text: str) -> bool:
        last = text[-1:]
        if text[-2:] in self.endings or last.isdecimal() or not last.isalnum():
            return True
        return text.endswith(self.behind) or "(" in text or any(word in text for word in _SAID_BARE)


def left_out(remark: str) -> list[str] | None:
    """The names of what a remark leaves out: 不含定州市、雄安新区; None when it says no such thing."""
    if found := _said_of(remark, _LEFT_OUT):
        return found
    return names_in(remark) if remark.endswith(("除外", "以外")) else None


def held(remark: str) -> list[str] | None:
    """The names of what a remark says is counted in: 含西咸新区."""
    return _said_of(remark, _HELD)


def _said_of(remark: str, words: tuple[str, ...]) -> list[str] | None:
    found = max((word for word in words if remark.startswith(word)), key=len, default=None)
    return names_in(remark.removeprefix(found).lstrip(":")) if found else None


def names_in(text: str) -> list[str]:
    """定州市、雄安新区三县 → 定州市, 雄安新区."""
    parts = (_COUNTED_UNITS.sub("", part) or part for part in _BETWEEN_NAMES.split(text))
    return [part for part in parts if part]


def says_how_many(remark: str) -> bool:
    return _HOW_MANY.fullmatch(remark) is not None


def is_code(remark: str) -> bool:
    return len(remark) > 3 and remark.isdecimal()


def plain_code(code: str) -> str:
    """Six digits of a code of four, six or twelve."""
    return code[:6] if not code[6:].strip("0") else code


def is_about_nothing(remark: str) -> bool:
    """Whether a remark does not touch what the name covers: （省直管）, （三县）, （市疾控局）, （原襄樊市）."""
    known = remark in place_words().remarks or says_how_many(remark) or remark.startswith("原")
    return known or before_authority(remark) in ("", "省", "市", "州", "盟", "区", "县")
