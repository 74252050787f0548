"""Industries of GB/T 4754-2017 (国民经济行业分类): which codes exist, and which 大类 and 门类 they belong to.

`data/rules/industries.csv` holds the 20 门类, 97 大类 and 473 中类 with their titles and the codes of the 1,381 小类
of the 2017 edition. Amendment No. 1 of 2019 is not in it: a code that is missing here is doubtful, not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zyb.errors import RulesError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.toml import load_rows

FILE = "industries.csv"
STANDARD = "GB/T 4754-2017"
CODE = re.compile(r"([A-Z])?(\d*)")
# A code alone, or before its name: C3011, 3011 水泥制造, C. Words that merely begin with a letter are none.
WRITTEN = re.compile(r"([A-Z])?(\d*)(?![0-9A-Z])")


@dataclass(frozen=True)
class IndustryDivision:
    """A 大类: two digits, within a 门类 (one letter)."""

    code: str
    title: str
    section: str
    section_title: str


@dataclass(frozen=True)
class Classification:
    """The whole standard. Codes are text; zeros in front belong to them."""

    sections: Mapping[str, str]
    divisions: Mapping[str, IndustryDivision]
    groups: Mapping[str, str]
    classes: frozenset[str]
    by_title: Mapping[str, str] = field(repr=False)
    """大类 by title: whoever writes the name instead of the code means the same."""

    def knows(self, code: str) -> bool:
        """Whether the code exists, on any level, with or without the letter of its 门类: 06, B0610, C."""
        letter, digits = _parts(code)
        if not digits:
            return letter in self.sections
        listed = digits in self.divisions or digits in self.groups or digits in self.classes
        return listed and letter in ("", self.divisions[digits[:2]].section)

    def title(self, code: str) -> str:
        """The nearest title that the standard gives: a 小类 goes by its 中类."""
        letter, digits = _parts(code)
        if len(digits) == 2 and digits in self.divisions:
            return self.divisions[digits].title
        return self.groups.get(digits[:3], "") if digits else self.sections.get(letter, "")


def _parts(code: str) -> tuple[str, str]:
    """Letter and digits of what is nothing but a code; blank both where it is none."""
    found = CODE.fullmatch(code)
    return (found[1] or "", found[2]) if found else ("", "")


@rule
def classification() -> Classification:
    sections: dict[str, str] = {}
    divisions: dict[str, IndustryDivision] = {}
    groups: dict[str, str] = {}
    classes: set[str] = set()
    for code, title, below in _lines():
        if code.isalpha():
            sections[code] = title
        elif len(code) == 2:
            section = list(sections)[-1]
            divisions[code] = IndustryDivision(code, title, section, sections[section])
        else:
            groups[code] = title
            classes.update(below)
    by_title = {division.title: code for code, division in divisions.items()}
    return Classification(sections, divisions, groups, frozenset(classes), by_title)


def _lines() -> Iterator[tuple[str, str, list[str]]]:
    """Code, title and the codes below; each line stands under the one that it belongs to."""
    above = ""
    for number, row in load_rows(rules_file(FILE), ("code", "title", "classes"), may_be_blank=("classes",)):
        code, below = row["code"], row["classes"].split()
        fits = code.isalpha() or (above and (len(code) == 2 or code.startswith(above)))
        if not fits or not all(one.startswith(code) for one in below):
            raise RulesError(FILE, f"第 {number} 行", f"代码“{code}”与上一级不符。")
        above = code if len(code) < 3 else above
        yield code, row["title"], below


def division(written: str | None) -> IndustryDivision | None:
    """The 大类 of what stands in an industry column: a code of any level, with a name after it, or the 大类's name."""
    code = digits(written)
    return classification().divisions.get(code[:2]) if len(code) >= 2 else None


def section(written: str | None) -> str:
    """The letter of the 门类; blank where the text does not tell."""
    known, text = classification(), (written or "").strip()
    found = division(text)
    if found:
        return found.section
    letter, digits = _leading(text)
    if letter in known.sections and not digits:
        return letter
    return next((code for code, title in known.sections.items() if title == text), "")


def within(written: str | None, code: str) -> bool:
    """Whether what stands in an industry column belongs to a code of any level: a 门类, a 大类 or what is below it."""
    letter, wanted = _parts(code)
    if not wanted:
        return section(written) == letter
    return digits(written).startswith(wanted) and (not letter or section(written) == letter)


def digits(written: str | None) -> str:
    """The code's digits, as far as it is told; those of a 大类 that is named instead."""
    text = (written or "").strip()
    return _leading(text)[1] or classification().by_title.get(text, "")


def industry(written: str | None) -> str:
    """The title of the 大类, of the 门类 where no more is said; blank where neither can be told."""
    found = division(written)
    return found.title if found else classification().sections.get(section(written), "")


# -- 风险类别 by industry ---------------------------------------------------------------------------

RISKS_FILE = "severe_industries.csv"
RISKS = ("严重", "一般", "较轻")


@rule
def risks() -> Mapping[str, str]:
    """By the beginning of the code; what the list does not name is not classified."""
    known, found = classification(), dict[str, str]()
    for number, row in load_rows(rules_file(RISKS_FILE), ("code", "risk", "basis")):
        where = f"第 {number} 行"
        if not (row["code"].isdecimal() and known.knows(row["code"])):
            raise RulesError(RISKS_FILE, where, f"“{row['code']}”不是 {STANDARD} 的代码。")
        if row["risk"] not in RISKS:
            raise RulesError(RISKS_FILE, where, f"风险类别“{row['risk']}”应为{'、'.join(RISKS)}之一。")
        if row["code"] in found:
            raise RulesError(RISKS_FILE, where, f"代码“{row['code']}”列了两次。")
        found[row["code"]] = row["risk"]
    return found


def risk(written: str | None) -> str:
    """The 风险类别 of what stands in an industry column, by the longest code listed that it begins with; "" is 未分类."""
    code = digits(written)
    return next((risks()[code[:n]] for n in range(len(code), 1, -1) if code[:n] in risks()), "")


def _leading(text: str) -> tuple[str, str]:
    """Letter and digits at the front of a text."""
    found = WRITTEN.match(text.upper())
    return (found[1] or "", found[2]) if found else ("", "")
