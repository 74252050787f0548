"""Who may be meant by a row that no code and no name leads from: by likeness, within the county, for a person to decide.

Pure. Nothing found here links anything: it is shown with its likeness, and a person says yes or no.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from zyb.records import FirmRow
from zyb.rulebook.regions import Roster

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
    roster: Roster, ours: Sequence[FirmRow], theirs: Sequence[FirmRow], apart: Collection[Pair] = ()
) -> dict[str, tuple[Candidate, ...]]:
    """By identity of ours, the likeliest first. `apart`: pairs of which a person has said that they are not the same."""
    refused, cores = {*apart, *((other, one) for one, other in apart)}, _Cores(roster)
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for own, other in _neighbours(ours, theirs):
        for one, candidate in _alike(own, other, cores):
            known = found[one.identity].get(candidate.row.identity)
            better = known is None or known.score <= candidate.score
            if better and (one.identity, candidate.row.identity) not in refused:
                found[one.identity][candidate.row.identity] = candidate
    return {identity: _likeliest(own.values()) for identity, own in found.items() if own}


def _likeliest(found: Collection[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        sorted(
            found, key=lambda one: (one.near is None, -one.score, one.row.identity)
        )[:MOST]
    )  # fmt: skip


def _neighbours(
    ours: Sequence[FirmRow], theirs: Sequence[FirmRow]
) -> Iterator[tuple[list[FirmRow], list[FirmRow]]]:
    """Rows of one county; what names no county may be in any of its region."""
    ours_by, theirs_by = _by_place(ours), _by_place(theirs)
    regions: dict[str, list[str]] = defaultdict(list)
    for region, place in theirs_by:
        regions[region].append(place)
    for (region, place), own in ours_by.items():
        near = [place, ""] if place else regions[region]
        other = [row for one in near for row in theirs_by.get((region, one), ())]
        if other:
            yield own, other


def _by_place(rows: Sequence[FirmRow]) -> Mapping[tuple[str, str], list[FirmRow]]:
    found: dict[tuple[str, str], list[FirmRow]] = defaultdict(list)
    for row in rows:
        found[row.region_code, row.place].append(row)
    return found


def _alike(
    ours: Sequence[FirmRow], theirs: Sequence[FirmRow], cores: _Cores
) -> Iterator[tuple[FirmRow, Candidate]]:
    one, other = [cores.of(row) for row in ours], [cores.of(row) for row in theirs]
    scores = process.cdist(one, other, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=LIKE_WITH_NEAR_CODE)
    for mine, its in np.argwhere(scores >= LIKE):
        if _codes_allow(ours[mine], theirs[its]) and _may_be_one(ours[mine], theirs[its]):
            yield ours[mine], Candidate(theirs[its], _score(ours[mine], theirs[its], int(scores[mine, its])))
    yield from _with_near_codes(ours, theirs, scores)


def _score(ours: FirmRow, theirs: FirmRow, of_the_cores: int) -> int:
    """Only what is written alike throughout is the same."""
    return 100 if ours.name == theirs.name else min(of_the_cores, 99)


def _with_near_codes(
    ours: Sequence[FirmRow], theirs: Sequence[FirmRow], scores: np.ndarray
) -> Iterator[tuple[FirmRow, Candidate]]:
    mine = [number for number, row in enumerate(ours) if row.code]
    its = [number for number, row in enumerate(theirs) if row.code]
    if not mine or not its:
        return
    differ = process.cdist(
        [ours[number].code for number in mine], [theirs[number].code for number in its],
        scorer=OSA.distance, dtype=np.uint8, score_cutoff=NEAR_CODE,
    )  # fmt: skip
    for row, column in np.argwhere(differ <= NEAR_CODE):
        one, other = ours[mine[row]], theirs[its[column]]
        score = int(scores[mine[row], its[column]])
        if (
            score >= LIKE_WITH_NEAR_CODE
            and not (one.sure and other.sure)
            and not _branches_differ(one, other)
        ):
            yield one, Candidate(other, _score(one, other, score), int(differ[row, column]))


def _codes_allow(ours: FirmRow, theirs: FirmRow) -> bool:
    """Two good codes that differ are two employers, unless the name is the very same: a person looks at it."""
    return not (ours.sure and theirs.sure) or ours.name == theirs.name


def _may_be_one(ours: FirmRow, theirs: FirmRow) -> bool:
    """第一煤矿 is not 第二煤矿, and a branch not its head office."""
    return _numerals(ours) == _numerals(theirs) and not _branches_differ(ours, theirs)


def _numerals(row: FirmRow) -> list[str]:
    return NUMERALS.findall(row.name)


def _branches_differ(ours: FirmRow, theirs: FirmRow) -> bool:
    return bool(BRANCH.search(ours.name)) != bool(BRANCH.search(theirs.name))


class _Cores:
    """A name without what its neighbours share: province, region and county before it, 有限公司 behind it."""

    def __init__(self, roster: Roster) -> None:
        self._counties = {county.code: _places(county.name) for county in roster.counties}
        self._regions = {
            region.code: (*_places(region.name), *_places(region.short)) for region in roster.regions
        }
        self._province = (roster.province, roster.province_short)

    def of(self, row: FirmRow) -> str:
        left = COMMON_END.sub("", row.name)
        for names in (
            self._province,
            self._regions.get(row.region_code, ()),
            self._counties.get(row.place, ()),
        ):
            left = _without(left, names)
        return left if len(left) > 1 else row.name


def _places(name: str) -> tuple[str, ...]:
    """雁塔区, 雁塔; the longer first."""
    short = name[:-1] if len(name) > 2 else name
    return (name, short)


def _without(text: str, names: Collection[str]) -> str:
    return next((text.removeprefix(name) for name in names if text.startswith(name)), text)
