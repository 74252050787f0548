"""The queries that hold lists against each other, beside obvious loops over the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.firms import code, mistyped
from tests.spec.lists import saved
from zyb.records import Part, Source
from zyb.rulebook.checks.cross_checks import ListChoice
from zyb.rulebook.regions import load_roster
from zyb.store import FirmRow, ListInForce
from zyb.store.lists.linking import ALPHABET, WEIGHTS

ROSTER = load_roster("陕西省")
# 杨凌 has one county, which need not be written.
PLACES = [("610100", "610113"), ("610100", "610116"), ("610100", ""), ("610300", "610303"), ("610403", "")]
CODES = [None, code("A"), code("B"), mistyped("A"), "M00000000000000001", "无", "0" * 18, code("A").lower()]
NAMES = ["甲厂", "甲 厂", "乙有限责任公司", "乙有限公司", "陕西省丙厂", "陕西丙厂", "（丁）厂", "丁厂"]
DAYS = (date.fromordinal(date(2024, 1, 1).toordinal() + n) for n in count())


@dataclass(frozen=True)
class Firm:
    """A row as it was written, compared by the words of the rules: see zyb/sql/listed_firms.sql."""

    number: int
    region: str
    county: str
    told_code: str | None
    told_name: str

    @property
    def code(self) -> str:
        text = (self.told_code or "").upper()
        good = len(text) == 18 and text.isascii() and text.isalnum() and len(set(text)) > 1
        return text if good else ""

    @property
    def sure(self) -> bool:
        return bool(self.code) and all(one in ALPHABET for one in self.code) and (
            sum(ALPHABET.index(one) * weight for one, weight in zip(self.code, WEIGHTS, strict=True)) % 31 == 0
        )  # fmt: skip

    @property
    def name(self) -> str:
        bare = "".join(one for one in self.told_name if one not in " （）")
        return bare.replace("有限责任公司", "有限公司").replace("陕西省", "陕西")

    @property
    def place(self) -> str:
        return self.county or ("610403" if self.region == "610403" else "")

    @property
    def identity(self) -> str:
        return self.code or f"{self.place or self.region}|{self.name}"


FIRMS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(CODES), st.sampled_from(NAMES)), min_size=1, max_size=9
)
UNHURRIED = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(drawn) -> list[Firm]:
    return [Firm(n, region, county, code, name) for n, ((region, county), code, name) in enumerate(drawn, 2)]


def in_force(province, ledger: str, firms: Iterable[Firm]) -> ListInForce:
    rows = [
        {"region_code": one.region, "county_code": one.county, "uscc": one.told_code, "name": one.told_name}
        for one in firms
    ]
    day = next(DAYS)
    number = saved(province, ledger, rows, day.isoformat())
    parts = [
        (Part(ledger, region), Source(number, day)) for region in sorted({row["region_code"] for row in rows})
    ]
    return ListInForce(ListChoice(ledger), tuple(parts))


def lines(rows: Iterable[FirmRow], ledger: str = "") -> list[int]:
    return sorted(row.line for row in rows if ledger in ("", row.ledger))


# -- who is in the other list ---------------------------------------------------------------


def alone(firm: Firm, own: list[Firm]) -> bool:
    """Whether its name means one employer in its county."""
    named = [one for one in own if (one.place, one.name) == (firm.place, firm.name)]
    return bool(firm.place) and len({one.code for one in named}) == 1


def is_one(one: Firm, other: Firm, ours: list[Firm], theirs: list[Firm]) -> bool:
    if one.code and one.code == other.code:
        return True
    named = (one.place, one.name) == (other.place, other.name) and alone(one, ours) and alone(other, theirs)
    return named and not (one.sure and other.sure and one.code != other.code)


@UNHURRIED
@given(FIRMS, FIRMS)
def test_who_is_in_no_other_list_equals_an_obvious_loop(shaanxi, first, second):
    ours, theirs = made(first), made(second)
    lists = in_force(shaanxi, "assistance", ours), in_force(shaanxi, "governance_enterprises", theirs)
    found, others = shaanxi.store.unlinked(ROSTER, [lists[0]], [lists[1]])
    known = {one.identity for one in ours if any(is_one(one, other, ours, theirs) for other in theirs)}
    missing = [one for one in ours if one.identity not in known]
    assert lines(found) == [one.number for one in missing]
    assert {row.line: (row.identity, row.sure) for row in found} == {
        one.number: (one.identity, one.sure) for one in missing
    }
    taken = {other.identity for other in theirs if any(is_one(one, other, ours, theirs) for one in ours)}
    near = [one for one in theirs if one.identity not in taken and _may_be_meant(one, missing)]
    assert sorted(others.row(n).line for n in range(len(others))) == [one.number for one in near]


def _may_be_meant(other: Firm, missing: list[Firm]) -> bool:
    own = [one for one in missing if one.region == other.region]
    return any(not one.sure or not other.sure or one.name == other.name for one in own)


# -- who stands where they should not -------------------------------------------------------


def several(firms: list[tuple[str, Firm]], key: Callable, value: Callable) -> set[object]:
    found = defaultdict(set)
    for ledger, one in firms:
        if key(ledger, one) is not None:
            found[key(ledger, one)].add(value(one))
    return {one for one, values in found.items() if len(values) > 1}


def in_regions(ledger: str, one: Firm):
    return one.code or None


def with_codes(ledger: str, one: Firm):
    return (one.place, one.name) if one.code and one.place else None


@UNHURRIED
@given(FIRMS, FIRMS)
@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [("regions", in_regions, lambda one: one.region), ("codes", with_codes, lambda one: one.code)],
)
def test_codes_and_names_at_odds_equal_an_obvious_loop(shaanxi, kind, key, value, first, second):
    firms = {"assistance": made(first), "governance_enterprises": made(second)}
    lists = [in_force(shaanxi, ledger, own) for ledger, own in firms.items()]
    found = shaanxi.store.repeated(ROSTER, kind, lists)
    every = [(ledger, one) for ledger, own in firms.items() for one in own]
    odd = several(every, key, value)
    for ledger in firms:
        assert lines(found, ledger) == [
            one.number for name, one in every if name == ledger and key(ledger, one) in odd
        ]


@UNHURRIED
@given(FIRMS)
def test_twice_in_a_list_equals_an_obvious_loop(shaanxi, drawn):
    firms = made(drawn)
    found = shaanxi.store.repeated(ROSTER, "twice", [in_force(shaanxi, "assistance", firms)])

    def is_twice(one: Firm) -> bool:
        by_code = [
            other for other in firms if one.code and (other.region, other.code) == (one.region, one.code)
        ]
        named = [
            other for other in firms
            if (other.region, other.place, other.name) == (one.region, one.place, one.name)
        ]  # fmt: skip
        codes = [other.code for other in named if other.code]
        return len(by_code) > 1 or (len(named) > 1 and len(set(codes)) <= 1 and len(codes) < len(named))

    assert lines(found) == [one.number for one in firms if is_twice(one)]
