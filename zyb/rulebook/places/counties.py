"""The names of a province's counties: those in force, those they had before, and what people make of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from zyb.errors import RulesError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.divisions import Division, check_province, county_divisions, divisions, province_of
from zyb.rulebook.places.placenames import NameLooks, short_name
from zyb.rulebook.toml import load_rows

FORMER = "former_counties.csv"
COLUMNS = ("name", "province", "parent", "present", "year")

T = TypeVar("T")


@dataclass(frozen=True)
class FormerCounty:
    """A name that is no longer in force. `parent` is the city around it, `present` the code of the county it is now."""

    name: str
    province: str
    parent: str
    present: str
    year: int

    def spellings(self) -> set[str]:
        parents = {self.parent, short_name(self.parent)}
        return {around + self.name for around in {"", self.province, *parents, self.province + self.parent}}


@dataclass(frozen=True)
class CountyRead:
    """A county as understood, and the former name that it was written by."""

    county: Division | None = None
    former: FormerCounty | None = None


@rule
def former_counties(province: str) -> tuple[FormerCounty, ...]:
    return tuple(county for county in _all_former_counties() if county.province == province)


@rule
def _all_former_counties() -> tuple[FormerCounty, ...]:
    rows = load_rows(rules_file(FORMER), COLUMNS)
    return tuple(_former_county(number, row) for number, row in rows)


@rule
def _named_in(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of all places of a province, and the codes of its counties."""
    names = frozenset(one.name for one in divisions() if one.code[:2] == code[:2])
    return names, frozenset(county.code for county in county_divisions(code))


def _former_county(number: int, row: Mapping[str, str]) -> FormerCounty:
    where = f"第 {number} 行"
    if not (row["year"].isdecimal() and len(row["year"]) == 4):
        raise RulesError(FORMER, where, f"年份“{row['year']}”应为四位数字。")
    check_province(row["province"], FORMER, where)
    code = province_of(row["province"]).code
    names, counties = _named_in(code)
    if row["present"] not in counties:
        raise RulesError(FORMER, where, f"“{row['present']}”不是{row['province']}的县区代码。")
    if row["parent"] not in names:
        raise RulesError(FORMER, where, f"“{row['parent']}”不是{row['province']}的地市，应写现名。")
    return FormerCounty(row["name"], row["province"], row["parent"], row["present"], int(row["year"]))


class CountyNames:
    """Which counties of a province a name may mean.

    `homes` has the names of the region around each county; what is `taken` is a region's name and no county's.
    """

    def __init__(
        self,
        province: str,
        counties: Iterable[Division],
        former: Iterable[FormerCounty],
        homes: Mapping[str, tuple[str, ...]],
        taken: Container[str],
    ) -> None:
        self.by_code = {county.code: county for county in counties}
        self._taken = taken
        self._now = _by_spelling(
            (form, county)
            for county in self.by_code.values()
            for form in _spellings(county, province, homes.get(county.code, ()))
        )
        self._before = _by_spelling((form, county) for county in former for form in county.spellings())
        self._looks = NameLooks.of([*self._now, *self._before])

    def may_stand_in(self, name: str) -> bool:
        return self._looks.may_hold(name)

    def named(
        self, name: str, members: Container[str] | None = None, city: str = ""
    ) -> dict[str, FormerCounty | None]:
        """Codes of the counties that bear the name, else of those that bore it, else of what they may have become.

        Only those among the `members` of the region `city`, if it is known.
        """
        if now := self._codes_in_force(name, members):
            return dict.fromkeys(now)
        before = {
            county.present: county
            for county in self._before.get(name, ())
            if members is None or county.present in members or county.parent == city
        }
        if before or name in self._taken:
            return dict(before)
        later = [code for form in _upgraded(name) for code in self._codes_in_force(form, members)]
        return dict.fromkeys(later or self._autonomous(name, members))

    def _codes_in_force(self, name: str, members: Container[str] | None) -> list[str]:
        named = self._now.get(name, ())
        return [county.code for county in named if members is None or county.code in members]

    def _autonomous(self, name: str, members: Container[str] | None) -> list[str]:
        """石柱县 is 石柱土家族自治县."""
        codes = self._codes_in_force(name[:-1], members) if name.endswith("县") else []
        return [code for code in codes if self.by_code[code].name.endswith("自治县")]


def _by_spelling(said: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, tuple[T, ...]] = {}
    for form, what in said:
        found[form] = (*found.get(form, ()), what)
    return found


def _spellings(county: Division, province: str, home: tuple[str, ...]) -> set[str]:
    prefixes = {"", province, *home, *(province + name for name in home)}
    accepted = {county.name, short_name(county.name)}
    return {county.code} | {prefix + form for prefix in prefixes for form in accepted}


def _upgraded(name: str) -> Iterator[str]:
    """What a county may have become that kept its name: 神木县 → 神木市, 神木区; 即墨市 → 即墨区."""
    if name.endswith("县"):
        yield from (name[:-1] + "市", name[:-1] + "区")
    elif name.endswith("市"):
        yield name[:-1] + "区"
