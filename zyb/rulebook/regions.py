"""Who reports: a province's reporting regions in the commission's order, and the names people write for them.

A roster (名册) comes from `data/rules/provinces/<省>/roster.csv` where a province has units of its own
kind (杨凌示范区, 雄安新区), and from the administrative divisions otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain
from pathlib import Path

from zyb.errors import RulesError, ZybError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.folding import folded
from zyb.rulebook.toml import label, load_rows

DIVISIONS = "divisions.csv"
ALIASES = "region_aliases.csv"

# Districts and counties report to these directly: there is no prefecture between.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
PREFECTURE_SUFFIXES = ("市", "地区", "自治州", "州", "盟")
COUNTY_SUFFIXES = ("市", "区", "县", "新区", "林区", "自治县")
SUM_WORDS = frozenset({"合计", "总合计", "合计数", "总计", "小计", "共计", "汇总", "总和"})
WHOLES = ("全省", "全区", "全市", "省")
LONGEST_NAME = 40
# With all the blanks that people put between the characters. What is longer names no place and is not folded.
LONGEST_WRITTEN = 400
NEAR = 0.5  # two-character names that share one character score exactly this
SAME_START = 0.01

_ETHNIC_GROUPS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|"
    "鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{_ETHNIC_GROUPS})族|蒙古|哈萨克|柯尔克孜)*自治[州县]$")
_ORDINARY = re.compile(r"^(.{2,}?)(?:地区|林区|新区|市|区|县|盟)$")
_WITHOUT = re.compile(r"^(.+?)\((?:不含|不包括|不包含)(.+)\)$")


@dataclass(frozen=True)
class Division:
    """One line of the list of administrative divisions (行政区划)."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Region:
    """A unit that reports; `members` are the codes of its counties."""

    code: str
    name: str
    short: str
    members: tuple[str, ...]
    carved: bool = False
    """A special unit cut out of a prefecture: 杨凌, 韩城, 定州, 辛集, 雄安."""


@dataclass(frozen=True)
class Roster:
    """The reporting regions of a province, in the order in which its commission lists them."""

    province_code: str
    province: str
    regions: tuple[Region, ...]
    names: Mapping[str, Region] = field(repr=False, compare=False, hash=False, default_factory=dict)
    """Every accepted way of writing a region, normalised."""
    counties: tuple[Division, ...] = field(repr=False, compare=False, default=())

    @property
    def province_short(self) -> str:
        return province_short_name(self.province)

    def with_names(self, said: Mapping[str, str]) -> Roster:
        """The roster with further names (as written → region code), such as an official has explained."""
        known = ((plain(text), self.region(code)) for text, code in said.items())
        more = {name: region for name, region in known if region}
        return replace(self, names={**self.names, **more}) if more else self

    def region(self, code: str) -> Region | None:
        return next((region for region in self.regions if region.code == code), None)

    def name_of(self, code: str) -> str:
        """The region's name; the code itself where the roster has it no longer."""
        region = self.region(code)
        return region.name if region else code

    def find(self, text: object) -> Region | None:
        """The region that is meant, whatever the spelling; None rather than a guess."""
        name = plain(text)
        if len(name) > LONGEST_NAME:
            return None
        return next((self.names[form] for form in self._forms(name) if form in self.names), None) or (
            self._find_without(name)
        )

    def county(self, text: object, region: Region | None = None) -> Division | None:
        """A county by code or name; a name that several counties bear needs the region."""
        named = self._counties_by_name.get(plain(text), ())
        found = [county for county in named if region is None or county.code in region.members]
        return found[0] if len(found) == 1 else None

    def region_of_county(self, code: str) -> Region | None:
        return next((region for region in self.regions if code in region.members), None)

    def is_total(self, text: object) -> bool:
        """Whether a row label stands for the sum (合  计, 全省, 陕西省 …) and not for a region.

        吉林 alone is the city, 吉林省 the total.
        """
        name = plain(text).rstrip(":.、")
        if name in self.names:
            return False
        for whole in (*self._prefixes(), *WHOLES):
            if name.startswith(whole):
                rest = name.removeprefix(whole)
                return rest in SUM_WORDS or (not rest and whole != "省")
        return name in SUM_WORDS

    def nearest(self, text: object) -> Region | None:
        """What was probably meant, for a remedy (“您是否想填 杨凌示范区？”); None when nothing is near.

        Two regions equally near are no help, and the name of another province's city is not a misspelling.
        """
        name = plain(text)
        if not name or self.is_total(name):
            return None
        known = self.find(name) or self._region_around(name)
        if known or name in places_elsewhere(self.province_code):
            return known
        return self._most_alike(short_name(name[:LONGEST_NAME]))

    def _prefixes(self) -> tuple[str, ...]:
        return (self.province, self.province_short)

    def _forms(self, name: str) -> Iterator[str]:
        yield name
        for prefix in self._prefixes():
            if name.startswith(prefix):
                yield name.removeprefix(prefix)

    def _find_without(self, name: str) -> Region | None:
        """“咸阳市（不含杨陵区）” is our 咸阳市; leaving out anything else is another area, not ours."""
        match = _WITHOUT.match(name)
        region = self.find(match[1]) if match else None
        if not match or not region or region.carved:
            return None
        left_out = {
            found.code if (found := self.find(part)) else part for part in re.split("[、,和及]", match[2])
        }
        return region if left_out == {unit.code for unit in self._carved_from(region)} else None

    def _carved_from(self, region: Region) -> list[Region]:
        return [unit for unit in self.regions if unit.carved and unit.members[0][:4] == region.code[:4]]

    @cached_property
    def _counties_by_name(self) -> Mapping[str, tuple[Division, ...]]:
        """The counties that each accepted spelling may mean."""
        found: dict[str, tuple[Division, ...]] = {}
        for county in self.counties:
            for name in self._county_spellings(county):
                found[name] = (*found.get(name, ()), county)
        return found

    def _county_spellings(self, county: Division) -> set[str]:
        home = self.region_of_county(county.code)
        prefixes = {"", self.province} | (
            {home.name, home.short, self.province + home.name} if home else set()
        )
        accepted = {county.name, short_name(county.name)}
        return {county.code} | {prefix + form for prefix in prefixes for form in accepted}

    def _region_around(self, name: str) -> Region | None:
        """The region a county lies in (神木市 → 榆林市), or the only one named inside the text."""
        county = self.county(name)
        if county:
            return self.region_of_county(county.code)
        named = [region for region in self.regions if region.short in name]
        return named[0] if len(named) == 1 else None

    def _most_alike(self, name: str) -> Region | None:
        alike = (region for region in self.regions if _may_be_near(name, region.short))
        ranked = sorted(((_likeness(name, region.short), region) for region in alike), key=lambda r: -r[0])
        if not ranked:
            return None
        (best, region), (second, _) = ranked[0], (ranked[1] if len(ranked) > 1 else (0.0, None))
        return region if best >= NEAR and best > second else None


def plain(text: object) -> str:
    """Full-width forms folded, every kind of white space gone: “合　 计” → “合计”."""
    written = "" if text is None else str(text)
    if len(written) > LONGEST_WRITTEN:
        return written[:LONGEST_WRITTEN]
    letters = folded(written)[:LONGEST_WRITTEN]  # one letter may stand for eighteen
    return "".join(letter for letter in letters if not letter.isspace() and letter.isprintable())


def short_name(name: str) -> str:
    """The name as people say it: 西安市 → 西安, 伊犁哈萨克自治州 → 伊犁, 忠县 → 忠县."""
    if name.endswith("保护区"):
        return name
    match = _AUTONOMOUS.match(name) or _ORDINARY.match(name)
    return match[1] if match else name


def province_short_name(name: str) -> str:
    return re.sub(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", name)


@rule
def divisions() -> tuple[Division, ...]:
    """Provinces, prefectures and counties of the mainland, by code.

    Where a prefecture has no counties (东莞市) the same code stands on both levels.
    """
    rows = load_rows(rules_file(DIVISIONS), ("code", "name", "level", "parent"), may_be_blank=("parent",))
    if not rows:
        raise RulesError(DIVISIONS, "", "没有内容。")
    return tuple(Division(row["code"], row["name"], row["level"], row["parent"]) for _, row in rows)


def provinces() -> tuple[tuple[str, str], ...]:
    """(code, full name) of all 31, by code."""
    return tuple((d.code, d.name) for d in divisions() if d.level == "province")


def has_special_roster(province: str) -> bool:
    """Whether the commission's list differs from the prefectures, that is, has a file of its own."""
    return roster_file(province_of(province).name).exists()


def known_rosters() -> tuple[str, ...]:
    """Full names of the provinces with a roster file."""
    return tuple(name for _, name in provinces() if roster_file(name).exists())


def load_roster(province: str) -> Roster:
    """The roster of 陕西, 陕西省 or 610000."""
    return roster_by_code(province_of(province).code)


def province_of(text: str) -> Division:
    wanted = plain(text)
    found = _province_spellings().get(wanted)
    if found is None:
        raise ZybError(f"没有名为“{wanted[:20]}”的省级行政区。", "请填写省份全称，例如“陕西省”。")
    return found


@rule
def _province_spellings() -> dict[str, Division]:
    """Every province by code, full and short name."""
    known = [division for division in divisions() if division.level == "province"]
    return {said: d for d in known for said in (d.code, d.name, province_short_name(d.name))}


def roster_file(province: str) -> Path:
    return rules_file("provinces", province, "roster.csv")


@rule
def roster_by_code(province_code: str) -> Roster:
    province = province_of(province_code)
    path = roster_file(province.name)
    regions = read_regions(path, province) if path.exists() else _regions_by_division(province)
    return build_roster(province, regions, read_aliases(rules_file(ALIASES), province.name))


def build_roster(province: Division, regions: tuple[Region, ...], aliases: Mapping[str, str]) -> Roster:
    """A roster with all its spellings; refused when a spelling would mean two regions."""
    names: dict[str, Region] = {}
    reviewed = list(_reviewed_names(regions, aliases))
    for alias, region in chain(reviewed, _own_names(regions), _parent_names(province, regions, reviewed)):
        if names.setdefault(alias, region) != region:
            raise RulesError(ALIASES, alias, f"“{alias}”同时指向{names[alias].name}和{region.name}。")
    counties = tuple(county_divisions(province.code))
    written = {county.name: county.code for county in counties}
    for alias, region in _derived_names(regions):
        # 承德县 is a county of 承德市, not another spelling of it.
        if written.get(alias, region.code) == region.code:
            names.setdefault(alias, region)
    return Roster(province.code, province.name, regions, names, counties)


def _reviewed_names(regions: Iterable[Region], aliases: Mapping[str, str]) -> Iterator[tuple[str, Region]]:
    by_name = {region.name: region for region in regions}
    for alias, name in aliases.items():
        if name not in by_name:
            raise RulesError(ALIASES, alias, f"名册中没有“{name}”。")
        yield plain(alias), by_name[name]


def _own_names(regions: Iterable[Region]) -> Iterator[tuple[str, Region]]:
    for region in regions:
        for name in {region.code, region.name, region.short}:
            yield name, region


def _parent_names(
    province: Division, regions: tuple[Region, ...], reviewed: list[tuple[str, Region]]
) -> Iterator[tuple[str, Region]]:
    """咸阳市杨陵区 is 杨凌示范区."""
    prefectures = {
        d.code[:4]: d.name for d in divisions() if d.level == "prefecture" and d.parent == province.code
    }
    for alias, region in [*_own_names(regions), *reviewed]:
        if region.carved:
            yield prefectures[region.members[0][:4]] + alias, region


def _derived_names(regions: Iterable[Region]) -> Iterator[tuple[str, Region]]:
    for region in regions:
        single = region.members == (region.code,)
        for suffix in COUNTY_SUFFIXES if single else PREFECTURE_SUFFIXES:
            yield region.short + suffix, region


def county_divisions(province_code: str) -> Iterator[Division]:
    return (d for d in divisions() if d.level == "county" and d.code[:2] == province_code[:2])


def _regions_by_division(province: Division) -> tuple[Region, ...]:
    """Prefectures, and whatever reports to the province directly (districts of Beijing, 济源市)."""
    counties = list(county_divisions(province.code))
    prefectures = [d for d in divisions() if d.level == "prefecture" and d.parent == province.code]
    direct = [county for county in counties if county.parent == province.code]
    return tuple(
        Region(unit.code, unit.name, short_name(unit.name), _members_of(unit, counties))
        for unit in [*prefectures, *direct]
    )


def _members_of(unit: Division, counties: list[Division]) -> tuple[str, ...]:
    if unit.level == "county":
        return (unit.code,)
    return tuple(county.code for county in counties if county.parent == unit.code)


def read_regions(path: Path, province: Division) -> tuple[Region, ...]:
    """The regions of a roster file: each county of the province in exactly one of them."""
    rows = load_rows(path, ("code", "name", "short_name", "members"))
    counties = [county.code for county in county_divisions(province.code)]
    listed = _listed_counties(rows, set(counties), path)
    regions = tuple(_region(row, counties, listed) for _, row in rows)
    _check_regions(regions, rows, path)
    missing = sorted(set(counties) - {member for region in regions for member in region.members})
    if missing:
        raise RulesError(
            label(path), "members", f"有 {len(missing)} 个县区不属于任何地区：{'、'.join(missing[:5])}。"
        )
    return regions


def _listed_counties(rows: list[tuple[int, dict[str, str]]], known: set[str], path: Path) -> set[str]:
    """Counties named one by one; they go before a prefix of four digits."""
    listed: set[str] = set()
    for number, row in rows:
        for member in row["members"].split():
            if not any(code.startswith(member) for code in known) or len(member) not in (4, 6):
                raise RulesError(
                    label(path), f"第 {number} 行", f"成员代码“{member}”不是本省的县区或地市代码。"
                )
            if member in listed:
                raise RulesError(label(path), f"第 {number} 行", f"成员代码“{member}”列了两次。")
            listed.add(member)
    return listed


def _region(row: Mapping[str, str], counties: list[str], listed: set[str]) -> Region:
    wanted = row["members"].split()
    members = tuple(
        code for code in counties if code in wanted or (code[:4] in wanted and code not in listed)
    )
    whole = any(len(member) == 4 for member in wanted)
    return Region(row["code"], row["name"], row["short_name"], members, carved=not whole)


def _check_regions(regions: tuple[Region, ...], rows: list[tuple[int, dict[str, str]]], path: Path) -> None:
    seen: set[str] = set()
    for region, (number, _) in zip(regions, rows, strict=True):
        place = f"第 {number} 行"
        if not region.members:
            raise RulesError(label(path), place, f"“{region.name}”没有任何县区。")
        twice = {region.code, region.name} & seen
        if twice:
            raise RulesError(label(path), place, f"“{twice.pop()}”出现了两次。")
        seen |= {region.code, region.name}


def read_aliases(path: Path, province: str) -> dict[str, str]:
    """Reviewed spellings of one province: alias → region name."""
    return {
        row["alias"]: row["region"]
        for _, row in load_rows(path, ("alias", "province", "region"))
        if row["province"] == province
    }


@rule
def places_elsewhere(province_code: str) -> frozenset[str]:
    """Names of other provinces and their prefectures, long and short."""
    others = [d for d in divisions() if d.level != "county" and d.code[:2] != province_code[:2]]
    return frozenset(
        chain.from_iterable((d.name, short_name(d.name), province_short_name(d.name)) for d in others)
    )


def _may_be_near(text: str, name: str) -> bool:
    """What a look at the letters alone tells, a hundred times quicker than the comparison."""
    shared = sum(letter in text for letter in name)
    return 2 * shared / (len(text) + len(name)) + SAME_START >= NEAR


def _likeness(text: str, name: str) -> float:
    """0–1; the same first character decides between equals (安阳 → 安康 before 咸阳)."""
    return SequenceMatcher(None, text, name).ratio() + (SAME_START if text[:1] == name[:1] else 0.0)
