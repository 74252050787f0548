"""Who reports: a province's reporting regions in the commission's order, and the names people write for them.

A roster (名册) comes from `data/rules/provinces/<省>/roster.csv` where a province has units of its own
kind (杨凌示范区, 雄安新区), and from the administrative divisions otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from zyb.errors import RulesError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.aliases import ALIASES, read_aliases
from zyb.rulebook.places.counties import CountyNames, CountyRead, FormerCounty, former_counties
from zyb.rulebook.places.divisions import (
    CODE,
    NATION,
    Division,
    county_divisions,
    divisions,
    places_elsewhere,
    province_of,
    stem,
)
from zyb.rulebook.places.likeness import most_alike
from zyb.rulebook.places.placenames import (
    LONGEST_NAME,
    SUM_WORDS,
    NameLooks,
    before_authority,
    held,
    is_about_nothing,
    is_code,
    left_out,
    names_in,
    peelings,
    place_words,
    plain,
    plain_code,
    province_short_name,
    short_name,
    unnumbered,
)
from zyb.rulebook.toml import label, load_rows

PREFECTURE_SUFFIXES = ("市", "地区", "自治州", "州", "盟")
COUNTY_SUFFIXES = ("市", "区", "县", "新区", "林区", "自治县")
# Alone they name nothing; 省合计, 区合计 are sums.
LEVELS = ("省", "区", "市")
WHOLES = (
    "全省", "全自治区", "自治区", "全区", "全市", "全疆", "各市州", "各州市", "各盟市", "各地市", "各市", "各地", "各地区",
    *LEVELS,
)  # fmt: skip
# 新疆生产建设兵团: its cities report to the region directly, each for itself.
AND = "和及与"
# A county, a prefecture, a province, as members of a region; the more exact one goes first.
COUNTY_DIGITS = 6
CODE_LENGTHS = (COUNTY_DIGITS, 4, 2)
CORPS, CORPS_CODE = ("兵团", "生产建设兵团", "新疆兵团", "新疆生产建设兵团"), "6590"


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
    former: tuple[FormerCounty, ...] = field(repr=False, compare=False, default=())

    @cached_property
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
        """The region's name, the province's own for what belongs to none; the code itself where the roster has it no longer."""
        return self.titles.get(code, code)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Names by code, of the regions and of what belongs to the province itself."""
        return {
            **{region.code: region.name for region in self.regions},
            self.province_code: f"{self.province}本级",
        }

    def titled(self, region: Region | None) -> str:
        """陕西省西安市, as titles have it; a province of the nation is named alone."""
        alone = region is not None and self.province_code == NATION.code
        return f"{'' if alone else self.province}{region.name if region else ''}"

    def find(self, text: object) -> Region | None:
        """The region that is meant, whatever the spelling; None rather than a guess."""
        name = plain(text)
        if name in self.names:
            return self.names[name]
        if len(name) > LONGEST_NAME or not self._looks.may_hold(name):
            return None
        for left in peelings(text):
            if self._is_sum(left.name):
                return None
            if left.office and left.name in self._prefixes:
                return None  # 吉林卫健委 is the province's
            if region := self._named(left.name):
                return region if all(self._agrees(remark, region) for remark in left.remarks) else None
        return None

    def county(self, text: object, region: Region | None = None) -> Division | None:
        """A county by code or name; a name that several counties bear needs the region."""
        return self.county_read(text, region).county

    def county_read(self, text: object, region: Region | None = None) -> CountyRead:
        name = plain(text)
        if len(name) > LONGEST_NAME or not self._county_names.may_stand_in(name):
            return CountyRead()
        within = (region.members, region.name) if region else ()
        for left in peelings(text):
            if found := self._county_names.named(left.name, *within):
                return self._one_county(found, left.remarks)
        return CountyRead()

    def _one_county(self, found: Mapping[str, FormerCounty | None], remarks: Iterable[str]) -> CountyRead:
        if len(found) > 1:
            return CountyRead()
        ((code, former),) = found.items()
        county = self._county_names.by_code[code]
        agrees = all(self._agrees_with_county(remark, county) for remark in remarks)
        return CountyRead(county, former) if agrees else CountyRead()

    def county_by_code(self, code: str) -> Division | None:
        return self._county_names.by_code.get(code)

    def region_of_county(self, code: str) -> Region | None:
        return next((region for region in self.regions if code in region.members), None)

    def is_total(self, text: object) -> bool:
        """Whether a row label stands for the sum (合  计, 全省, 陕西省 …) and not for a region.

        吉林 alone is the city, 吉林省 the total.
        """
        return self._is_sum(unnumbered(text).removesuffix("(家)"))

    def _is_sum(self, name: str) -> bool:
        if name in self.names:
            return False
        whole = next((word for word in (*self._prefixes, *WHOLES) if name.startswith(word)), "")
        rest = name.removeprefix(whole)
        return rest in SUM_WORDS or (not rest and whole not in ("", *LEVELS))

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
        return most_alike(
            short_name(name[:LONGEST_NAME]), ((region.short, region) for region in self.regions)
        )

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return (self.province, self.province_short)

    def _forms(self, name: str) -> Iterator[str]:
        yield name
        for prefix in self._prefixes:
            if name.startswith(prefix):
                yield name.removeprefix(prefix)

    def _named(self, name: str) -> Region | None:
        """By one of its names, or by two of them: 第八师石河子市."""
        forms = list(self._forms(name))
        once = next((self.names[form] for form in forms if form in self.names), None)
        return once or next(filter(None, map(self._twice, forms)), None)

    def _twice(self, name: str) -> Region | None:
        halves = ((self.names.get(name[:at]), name[at:]) for at in range(2, len(name) - 1))
        return next((first for first, rest in halves if first and self.names.get(rest) == first), None)

    def _agrees(self, remark: str, region: Region) -> bool:
        """Whether what is said beside a region's name leaves it what it is."""
        if is_code(remark):
            return self.names.get(plain_code(remark)) == region
        if codes := self._codes_of(remark):
            return codes == set(region.members)  # 含山县 holds no 山县
        if (names := left_out(remark)) is not None:
            return self._is_whole_without(region, names)
        if (names := held(remark)) is not None:
            return all(self._codes_of(name) <= set(region.members) for name in names)
        beside = (region.short + remark, before_authority(remark))
        if is_about_nothing(remark) or any(self.names.get(name or "") == region for name in beside):
            return True
        return frozenset[str]().union(*map(self._codes_of, names_in(remark))) == set(region.members)

    def _is_whole_without(self, region: Region, names: list[str]) -> bool:
        """“咸阳市（不含杨陵区）” is our 咸阳市; leaving out anything that is ours is another area."""
        codes = [self._codes_of(name) for name in names]
        carved = {code for unit in self._carved_from(region) for code in unit.members}
        outside = frozenset[str]().union(*codes)
        return all(codes) and not region.carved and carved <= outside and not outside & set(region.members)

    def _codes_of(self, name: str) -> frozenset[str]:
        """The counties that a name covers; none when it is no place of the list (西咸新区)."""
        if region := self._named(name):
            return frozenset(region.members)
        if name in CORPS:
            return frozenset(code for code in self._county_names.by_code if code.startswith(CORPS_CODE))
        return frozenset(self._county_names.named(name)) or self._codes_of_both(name)

    def _codes_of_both(self, name: str) -> frozenset[str]:
        """定州和雄安; not 和田."""
        for at in (at for at, letter in enumerate(name) if letter in AND and 0 < at < len(name) - 1):
            first, second = self._codes_of(name[:at]), self._codes_of(name[at + 1 :])
            if first and second:
                return first | second
        return frozenset()

    def _agrees_with_county(self, remark: str, county: Division) -> bool:
        if is_code(remark):
            return plain_code(remark) in (county.code, county.code[:4] + "00")
        if left_out(remark) is not None:
            return False
        if is_about_nothing(remark) or self._named(remark) == self.region_of_county(county.code):
            return True
        inside = held(remark)
        codes = [self._codes_of(name) for name in (names_in(remark) if inside is None else inside)]
        return all(found <= {county.code} for found in codes) and (inside is not None or all(codes))

    def _carved_from(self, region: Region) -> list[Region]:
        return [unit for unit in self.regions if unit.carved and unit.members[0][:4] == region.code[:4]]

    @cached_property
    def _looks(self) -> NameLooks:
        return NameLooks.of(self.names)

    @cached_property
    def _county_names(self) -> CountyNames:
        homes = {code: (region.name, region.short) for region in self.regions for code in region.members}
        return CountyNames(self.province, self.counties, self.former, homes, self.names)

    def _region_around(self, name: str) -> Region | None:
        """The region a county lies in (神木市 → 榆林市), or the only one named inside the text."""
        county = self.county(name)
        if county:
            return self.region_of_county(county.code)
        named = [region for region in self.regions if region.short in name]
        return named[0] if len(named) == 1 else None


def load_roster(province: str) -> Roster:
    """The roster of 陕西, 陕西省 or 610000."""
    return roster_by_code(province_of(province).code)


def roster_file(province: str) -> Path:
    return rules_file("provinces", province, "roster.csv")


@rule
def roster_by_code(province_code: str) -> Roster:
    place_words()  # a slip in them is told at the start, not with the first name that is not plain
    province = province_of(province_code)
    path = roster_file(province.name)
    own = path.exists() or province == NATION  # the list of divisions has no level above the provinces
    regions = read_regions(path, province) if own else _regions_by_division(province)
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
    earlier = former_counties(province.name)
    elsewhere = places_elsewhere(province.code)
    # 吉林市 and 海南州 are no other ways of writing 吉林省 and 海南省: of provinces only reviewed names count.
    derived = () if province == NATION else _derived_names(regions)
    for alias, region in chain(derived, _former_names(regions, earlier)):
        # 承德县 is a county of 承德市, not another spelling of it; nor is 朝阳市 Beijing's 朝阳区.
        if written.get(alias, region.code) == region.code and alias not in elsewhere:
            names.setdefault(alias, region)
    return Roster(province.code, province.name, regions, names, counties, earlier)


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
            parent = prefectures[region.members[0][:4]]
            yield from ((parent + alias, region), (short_name(parent) + alias, region))


def _derived_names(regions: Iterable[Region]) -> Iterator[tuple[str, Region]]:
    for region in regions:
        single = region.members == (region.code,)
        for suffix in COUNTY_SUFFIXES if single else PREFECTURE_SUFFIXES:
            yield region.short + suffix, region
        yield region.name.replace("自治", ""), region


def _former_names(regions: Iterable[Region], earlier: Iterable[FormerCounty]) -> Iterator[tuple[str, Region]]:
    """重庆's 开县 is the region 开州区."""
    single = {region.code: region for region in regions if region.members == (region.code,)}
    return ((county.name, single[county.present]) for county in earlier if county.present in single)


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
    """Counties named one by one, prefectures and (in the nation's roster) provinces by the beginning of their codes."""
    listed: set[str] = set()
    for number, row in rows:
        for member in row["members"].split():
            if not any(code.startswith(member) for code in known) or len(member) not in CODE_LENGTHS:
                raise RulesError(
                    label(path), f"第 {number} 行", f"成员代码“{member}”不是本省的县区或地市代码。"
                )
            if member in listed:
                raise RulesError(label(path), f"第 {number} 行", f"成员代码“{member}”列了两次。")
            listed.add(member)
    return listed


def _region(row: Mapping[str, str], counties: list[str], listed: set[str]) -> Region:
    wanted = row["members"].split()
    members = tuple(code for code in counties if _listed_as(code, listed) in wanted)
    whole = any(len(member) < COUNTY_DIGITS for member in wanted)
    return Region(row["code"], row["name"], row["short_name"], members, carved=not whole)


def _listed_as(code: str, listed: set[str]) -> str:
    """The longest beginning of a county's code that any region claims."""
    return next((code[:digits] for digits in CODE_LENGTHS if code[:digits] in listed), "")


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
        if fault := _misnamed(region):
            raise RulesError(label(path), place, fault)


def _misnamed(region: Region) -> str:
    """Code and name are those of the division that the region is; a unit of its own kind has a name of its own, and one of
    several counties perhaps a code of its own."""
    official = next((one for one in divisions() if one.code == region.code), None)
    if len(region.members) == 1 and region.code not in region.members:
        return f"“{region.name}”只有一个县区，代码应为 {region.members[0]}，现为 {region.code}。"
    if official and not region.carved and official.name != region.name:
        return f"代码 {region.code} 的行政区划名称是“{official.name}”，现为“{region.name}”。"
    if not CODE.fullmatch(region.code):
        return f"代码“{region.code}”应为六位数字。"
    if official and not any(member.startswith(stem(official.code)) for member in region.members):
        return f"代码 {region.code} 是“{official.name}”的，成员中却没有它的县区。"
    return "" if region.short in region.name else f"简称“{region.short}”应是“{region.name}”的一部分。"
