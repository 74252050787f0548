"""Who may be meant by a row that no code and no name leads from: by likeness, within the county, for a person to decide.

Pure. Nothing found here links anything: it is shown with its likeness, and a person says yes or no.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from zyb.records import FirmRow
from zyb.rulebook.regions import Roster
from zyb.store import NearFirms

# Set by the program; no document does. Below it two names in a hundred pairs meant the same employer.
LIKE = 82
# With codes that differ in a letter or two, one of them mistyped, the names may differ more.
LIKE_WITH_NEAR_CODE, NEAR_CODE = 50, 2
MOST = 3
# A branch is an employer of its own, whatever its head office is called.
BRANCH = re.compile("分公司|分厂|分店|分院|分部|分校|支公司")
NUMERALS = re.compile("[0-9一二三四五六七八九十]")
COMMON_END = re.compile("(?:股份)?(?:有限公司|公司)$")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """A row of another list that may be the same employer: `score` of 100 is the likeness of the names.

    `near`: in how many letters the codes differ, where they nearly agree.
    """

    row: FirmRow
    score: int
    near: int | None = None

    @property
    def told(self) -> str:
        """“名称相似92%，代码相差1位”."""
        names = "名称相同" if self.score == 100 else f"名称相似{self.score}%"
        return f"{names}，代码相差{self.near}位" if self.near else names


def candidates(
    roster: Roster, ours: Sequence[FirmRow], theirs: NearFirms, apart: Collection[Pair] = ()
) -> dict[str, tuple[Candidate, ...]]:
    """By identity of ours, the likeliest first. `apart`: pairs of which a person has said that they are not the same."""
    refused = {*apart, *((other, one) for one, other in apart)}
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for one, candidate in _all_alike(ours, theirs, _Cores(roster)):
        known = found[one.identity].get(candidate.row.identity)
        better = known is None or _worth(known) < _worth(candidate)
        if better and (one.identity, candidate.row.identity) not in refused:
            found[one.identity][candidate.row.identity] = candidate
    return {identity: _likeliest(own.values()) for identity, own in found.items() if own}


def _worth(one: Candidate) -> tuple[int, bool, int, int]:
    """Of several rows of one employer the likest, and of these the first."""
    return one.score, one.near is not None, -one.row.snapshot, -one.row.line


def _likeliest(found: Collection[Candidate]) -> tuple[Candidate, ...]:
    """Nearly the same code goes before the same name."""
    ordered = sorted(found, key=lambda one: (one.near is None, -one.score, one.row.identity))
    return tuple(ordered[:MOST])


def _all_alike(
    ours: Sequence[FirmRow], theirs: NearFirms, cores: _Cores
) -> Iterator[tuple[FirmRow, Candidate]]:
    """Within a county; what names no county may be in any of its region."""
    regions, places = theirs.texts("region_code"), theirs.texts("place")
    names, codes = theirs.texts("name"), theirs.texts("code")
    theirs_by: dict[tuple[str, str], list[int]] = defaultdict(list)
    within: dict[str, list[str]] = defaultdict(list)
    for number, key in enumerate(zip(regions, places, strict=True)):
        if key not in theirs_by:
            within[key[0]].append(key[1])
        theirs_by[key].append(number)
    ours_by: dict[tuple[str, str], list[FirmRow]] = defaultdict(list)
    for row in ours:
        ours_by[row.region_code, row.place].append(row)
    for (region, place), own in ours_by.items():
        near = [place, ""] if place else within[region]
        other = [number for one in near for number in theirs_by.get((region, one), ())]
        if other:
            one = [cores.of(row.name, region, place) for row in own]
            its = [cores.of(names[number], region, places[number]) for number in other]
            scores = process.cdist(one, its, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=LIKE_WITH_NEAR_CODE)  # fmt: skip
            for mine, place_of_its in np.argwhere(scores >= LIKE):
                yield from _by_name(
                    own[mine], theirs.row(other[place_of_its]), int(scores[mine, place_of_its])
                )
            for mine, place_of_its, differ in _near_codes(own, [codes[number] for number in other]):
                score = int(scores[mine, place_of_its])
                if score >= LIKE_WITH_NEAR_CODE:
                    yield from _by_code(own[mine], theirs.row(other[place_of_its]), score, differ)


def _near_codes(ours: Sequence[FirmRow], theirs: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Places of ours and theirs, and in how many letters their codes differ."""
    mine = [number for number, row in enumerate(ours) if row.code]
    its = [number for number, code in enumerate(theirs) if code]
    if mine and its:
        differ = process.cdist(
            [ours[number].code for number in mine], [theirs[number] for number in its],
            scorer=OSA.distance, dtype=np.uint8, score_cutoff=NEAR_CODE,
        )  # fmt: skip
        for row, column in np.argwhere(differ <= NEAR_CODE):
            yield mine[row], its[column], int(differ[row, column])


def _by_name(ours: FirmRow, theirs: FirmRow, score: int) -> Iterator[tuple[FirmRow, Candidate]]:
    if (
        _codes_allow(ours, theirs)
        and _numerals(ours) == _numerals(theirs)
        and not _branches_differ(ours, theirs)
    ):
        yield ours, Candidate(theirs, _score(ours, theirs, score))


def _by_code(ours: FirmRow, theirs: FirmRow, score: int, differ: int) -> Iterator[tuple[FirmRow, Candidate]]:
    if not (ours.sure and theirs.sure) and not _branches_differ(ours, theirs):
        yield ours, Candidate(theirs, _score(ours, theirs, score), differ)


def _score(ours: FirmRow, theirs: FirmRow, of_the_cores: int) -> int:
    """Only what is written alike throughout is the same."""
    return 100 if ours.name == theirs.name else min(of_the_cores, 99)


def _codes_allow(ours: FirmRow, theirs: FirmRow) -> bool:
    """Two good codes that differ are two employers, unless the name is the very same: a person looks at it."""
    return not (ours.sure and theirs.sure) or ours.name == theirs.name


def _numerals(row: FirmRow) -> list[str]:
    """第一煤矿 is not 第二煤矿."""
    return NUMERALS.findall(row.name)


def _branches_differ(ours: FirmRow, theirs: FirmRow) -> bool:
    """A branch is not its head office."""
    return bool(BRANCH.search(ours.name)) != bool(BRANCH.search(theirs.name))


class _Cores:
    """A name without what its neighbours share: province, region and county before it, 有限公司 behind it."""

    def __init__(self, roster: Roster) -> None:
        self._counties = {county.code: _places(county.name) for county in roster.counties}
        self._regions = {
            region.code: (*_places(region.name), *_places(region.short)) for region in roster.regions
        }
        self._province = (roster.province, roster.province_short)

    def of(self, name: str, region: str, place: str) -> str:
        left = COMMON_END.sub("", name)
        for names in (self._province, self._regions.get(region, ()), self._counties.get(place, ())):
            left = _without(left, names)
        return left if len(left) > 1 else name


def _places(name: str) -> tuple[str, ...]:
    """雁塔区, 雁塔; the longer first."""
    short = name[:-1] if len(name) > 2 else name
    return (name, short)


def _without(text: str, names: Collection[str]) -> str:
    return next((text.removeprefix(name) for name in names if text.startswith(name)), text)
