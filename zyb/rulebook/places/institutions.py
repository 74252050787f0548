"""Institutions (疾控中心、职防院所) that a province's notices give a task: who they are, not who has reported.

`data/rules/provinces/<省>/institutions.csv` lists them. A province without the file has one 疾控中心 for itself and one
for each prefecture of its roster: derived, as the file's own derived lines are, for the office to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.placenames import place_words, plain
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.rulebook.toml import label, load_rows

FILE = "institutions.csv"
COLUMNS = ("name", "level", "region", "aliases", "basis")
PROVINCIAL, CITY = LEVELS = ("省级", "市级")
CDC = "疾病预防控制中心"
DERIVED = "按名册推定，待省里核定"
_REMARK = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Institution:
    """One that has a task. `region_code` is blank for the province's own; `basis` says which document names it."""

    name: str
    level: str
    region_code: str
    basis: str
    aliases: tuple[str, ...] = ()

    @property
    def provincial(self) -> bool:
        return self.level == PROVINCIAL


@rule
def institutions(province: str) -> tuple[Institution, ...]:
    """Of a province (full name), its own first, then by region in the order of the roster."""
    path = rules_file("provinces", province, FILE)
    roster = load_roster(province)
    found = tuple(_listed(path, roster)) if path.exists() else tuple(_derived(roster))
    _spellings(found, roster)
    places = {region.code: number for number, region in enumerate(roster.regions)}
    return tuple(sorted(found, key=lambda one: places.get(one.region_code, -1)))


def _listed(path: Path, roster: Roster) -> Iterator[Institution]:
    regions = {region.name: region for region in roster.regions}
    for number, row in load_rows(path, COLUMNS, may_be_blank=("region", "aliases")):
        where = f"第 {number} 行"
        if row["level"] not in LEVELS:
            raise RulesError(label(path), where, f"级别“{row['level']}”应为{'或'.join(LEVELS)}。")
        if (row["level"] == CITY) != (row["region"] in regions):
            raise RulesError(
                label(path), where, f"市级机构应写明名册中的地区，省级机构不写：“{row['region']}”。"
            )
        code = regions[row["region"]].code if row["region"] else ""
        yield Institution(row["name"], row["level"], code, row["basis"], tuple(row["aliases"].split()))


def _derived(roster: Roster) -> Iterator[Institution]:
    yield Institution(f"{roster.province}{CDC}", PROVINCIAL, "", DERIVED)
    for region in roster.regions:
        if is_prefecture(region):
            yield Institution(f"{region.name}{CDC}", CITY, region.code, DERIVED)


def is_prefecture(region: Region) -> bool:
    """市级: neither a unit cut out of a prefecture (定州、杨凌) nor a county that reports for itself."""
    return not region.carved and region.members != (region.code,)


# -- by which names they go ------------------------------------------------------------------


def find_institution(province: str, text: object, region_code: str = "") -> Institution | None:
    """The one on the list that is meant. “市疾控中心” is that of the region, if it is known."""
    name = _short(text)
    found = _by_name(province).get(name)
    if found is None and region_code and name.startswith("市"):
        found = _by_name(province).get(region_code + name)
    return found


def of_region(province: str, region_code: str) -> tuple[Institution, ...]:
    """Those of a region; of "" the province's own."""
    return tuple(one for one in institutions(province) if one.region_code == region_code)


@rule
def _by_name(province: str) -> Mapping[str, Institution]:
    return _spellings(institutions(province), load_roster(province))


def _spellings(listed: Iterable[Institution], roster: Roster) -> dict[str, Institution]:
    """Refused when one would mean two institutions."""
    found: dict[str, Institution] = {}
    for number, one in enumerate(listed := tuple(listed)):
        if one.name in (other.name for other in listed[:number]):
            raise RulesError(_file(roster), one.name, "同一个机构列了两次。")
        for form in {form for name in (one.name, *one.aliases) for form in _forms(_short(name), one, roster)}:
            if found.setdefault(form, one) != one:
                raise RulesError(_file(roster), one.name, f"“{form}”同时指向{found[form].name}和{one.name}。")
    return found


def _file(roster: Roster) -> str:
    return label(rules_file("provinces", roster.province, FILE))


def _forms(name: str, one: Institution, roster: Roster) -> Iterator[str]:
    """陕西省疾控, 陕西疾控, 省疾控; 西安市疾控, 西安疾控, 陕西省西安市疾控, and within its region 市疾控."""
    yield name
    if one.provincial:
        rest = name.removeprefix(roster.province)
        if rest != name:
            yield from (roster.province_short + rest, "省" + rest)
        return
    region = roster.region(one.region_code)
    assert region
    if name.startswith(region.name):
        rest = name.removeprefix(region.name)
        yield from (region.short + rest, roster.province + name, roster.province_short + name)
        yield region.code + "市" + rest


def _short(text: object) -> str:
    """疾病预防控制中心 and 疾控中心 are both 疾控; what stands in brackets is no part of the name."""
    name = _REMARK.sub("", plain(text))
    for whole, short in place_words().institutions.items():
        name = name.replace(whole, short)
    return name


def content() -> bytes:
    """All lists as they lie there: whoever remembers what follows from them asks whether they are still the same."""
    files = sorted(rules_file("provinces").glob(f"*/{FILE}"))
    return b"".join(file.parent.name.encode() + toml.content(file) for file in files)
