"""变化原因: what a figure's change is made of. Told beforehand in small tables, and held against an obvious loop."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import table
from tests.spec import lists
from tests.spec.conftest import submission
from zyb.changes import LookedThen, ReportLog, change_sentence, change_split, refusal
from zyb.changes.model import KIND_TITLES, SIDES, ChangeKind, ChangeSplit
from zyb.errors import NotPossible
from zyb.rulebook.measures import measures
from zyb.standing.arithmetic import added, shares

MEASURE, LEDGER = "governance_completion", "governance_progress"
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
UNHURRIED = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


# Each history that is drawn happens in a time of its own: what was before is withdrawn by then.
ages = itertools.count(1)


def at(number: int) -> datetime:
    """The moments of these stories are numbered."""
    return NOON + timedelta(hours=number)


def sent(province, moment: int, as_of: str, rows: str) -> int:
    found = submission(f"region | enrolled | completed\n{rows}", as_of, province.name)
    return province.store.save_snapshot(found, f"{moment}{rows}".encode(), "表.csv", by="测试", at=at(moment))


def taken_back(province, snapshot: int, moment: int) -> None:
    province.store.withdraw(snapshot, by="测试", reason="填报有误", at=at(moment))


def split(province, first, second, region=None, measure=MEASURE) -> ChangeSplit:
    """Each looking is a day and a numbered moment."""
    ways = [LookedThen(date.fromisoformat(str(day)), at(moment)) for day, moment in (first, second)]
    return change_split(province.store, province.name, measure, *ways, region_code=region)


def told(found: ChangeSplit) -> list[list[str]]:
    """Region, reason, numerator and denominator of each snapshot's doing, as a table has them."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for place in found.regions:
        for term in place.terms:
            sums.setdefault((place.region[:2], KIND_TITLES[term.kind]), Counter())[term.side] += term.amount
    return [[*key, *(str(sums[key][side]) for side in SIDES)] for key in sums]


# What is sent when, of which day (x: withdrawn then), and what the change from 01-31, known at 2, to 02-29, known at 9, is
# made of.
STORIES = {
    "new completions and new enrolments": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n5 | 2024-02-29 | 西安 | 110 | 30",
        "西安 | 新增 | 20 | 10",
    ),
    "less than before": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n5 | 2024-02-29 | 西安 | 90 | 12",
        "西安 | 新增 | 2 | 0\n西安 | 减少 | 0 | -10",
    ),
    "a correction of the first day": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n3 | 2024-01-31 | 西安 | 100 | 14\n5 | 2024-02-29 | 西安 | 100 | 30",
        "西安 | 更正 | 4 | 0\n西安 | 新增 | 16 | 0",
    ),
    "a correction of the second day": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n5 | 2024-02-29 | 西安 | 100 | 30\n6 | 2024-02-29 | 西安 | 100 | 25",
        "西安 | 新增 | 20 | 0\n西安 | 更正 | -5 | 0",
    ),
    "a report that came late": (
        "1 | 2024-01-30 | 西安 | 100 | 10\n3 | 2024-01-31 | 西安 | 100 | 14",
        "西安 | 迟报 | 4 | 0",
    ),
    "a late report of who had said nothing": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n3 | 2024-01-31 | 宝鸡 | 50 | 5",
        "宝鸡 | 迟报 | 5 | 50",
    ),
    "a late one of a day before the one in force": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n3 | 2024-01-30 | 西安 | 100 | 9\n5 | 2024-02-29 | 西安 | 100 | 30",
        "西安 | 新增 | 20 | 0",
    ),
    "who reports for the first time": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n5 | 2024-02-29 | 宝鸡 | 50 | 5",
        "宝鸡 | 首次报送 | 5 | 50",
    ),
    "a withdrawal of what was shown": (
        "1 | 2024-01-31 | 西安 | 100 | 10\nx4 | 2024-01-31 | 西安 | 100 | 10",
        "西安 | 撤回 | -10 | -100",
    ),
    "withdrawn and sent again": (
        "1 | 2024-01-31 | 西安 | 100 | 10\nx4 | 2024-01-31 | 西安 | 100 | 10\n5 | 2024-01-31 | 西安 | 100 | 12",
        "西安 | 撤回 | -10 | -100\n西安 | 更正 | 12 | 100",
    ),
    "come and gone between": (
        "1 | 2024-01-31 | 西安 | 100 | 10\n3 | 2024-01-31 | 西安 | 100 | 40\nx4 | 2024-01-31 | 西安 | 100 | 40",
        "西安 | 更正 | 30 | 0\n西安 | 撤回 | -30 | 0",
    ),
    "whom nobody could add up before": (
        "1 | 2024-01-31 | 西安 | - | 10\n5 | 2024-02-29 | 宝鸡 | 50 | 5",
        "西安 | 他地报送影响 | -10 | 0\n宝鸡 | 首次报送 | 5 | 50",
    ),
    "known too late": ("1 | 2024-01-31 | 西安 | 100 | 10\n10 | 2024-02-29 | 西安 | 100 | 50", ""),
}


@pytest.mark.parametrize(("history", "reasons"), STORIES.values(), ids=STORIES.keys())
def test_each_reason_has_its_name(shaanxi, history, reasons):
    numbers: dict[tuple[str, ...], int] = {}
    for moment, *said in table(f"moment | day | region | enrolled | completed\n{history}")[1:]:
        if moment.startswith("x"):
            taken_back(shaanxi, numbers[tuple(said)], int(moment[1:]))
        else:
            numbers[tuple(said)] = sent(shaanxi, int(moment), said[0], " | ".join(said[1:]))
    found = split(shaanxi, ("2024-01-31", 2), ("2024-02-29", 9))
    rows = table(f"region | reason | completed | enrolled\n{reasons}")[1:]
    # Of a reason that cancels itself out a sum of 0 stands there; in the tables too.
    by_kind = {(region, kind): [n, d] for region, kind, n, d in rows}
    assert {(region, kind): [n, d] for region, kind, n, d in told(found)} == by_kind


def test_a_term_names_the_upload_that_brought_it(shaanxi):
    first = sent(shaanxi, 1, "2024-01-31", "西安 | 100 | 10")
    again = sent(shaanxi, 3, "2024-01-31", "西安 | 100 | 14")
    taken_back(shaanxi, first, 4)
    later = sent(shaanxi, 5, "2024-02-29", "西安 | 100 | 30")
    found = split(shaanxi, ("2024-01-31", 2), ("2024-02-29", 9))
    assert [(term.kind, term.snapshot) for term in found.whole.terms] == [
        (ChangeKind.CORRECTED, again),
        (ChangeKind.NEW, later),
    ]


def test_a_countys_own_list_beside_its_regions_corrects_nothing(shaanxi):
    own = [
        {"region_code": "610100", "county_code": "610113", "name": name, "training": "是"} for name in "甲乙"
    ]
    lists.saved(shaanxi, LIST, own[:1], "2024-01-31")
    lists.saved(shaanxi, LIST, own[:1], "2024-02-29")
    lists.saved(shaanxi, LIST, own, "2024-02-29", "610113")
    found = split(shaanxi, ("2024-01-31", LATE), ("2024-02-29", LATE), measure=LIST_MEASURE)
    assert found.whole.by_kind("numerator") == {ChangeKind.NEW: 1}


def test_of_one_region_its_own_figures_are_split(shaanxi):
    sent(shaanxi, 1, "2024-01-31", "西安 | - | 10\n宝鸡 | 50 | 5")
    sent(shaanxi, 5, "2024-02-29", "西安 | - | 12\n宝鸡 | 50 | 9")
    found = split(shaanxi, ("2024-01-31", 2), ("2024-02-29", 9), "610100")
    assert (found.whole.before, found.whole.after) == ((10, 0), (12, 0))
    assert found.regions == ()


def test_the_new_year_has_its_own_name(shaanxi):
    """What is counted anew each year falls without any report of the list."""
    shaanxi.reports(
        "region | year | target\n西安 | 2024 | 20\n西安 | 2025 | 30", "2024-01-05", "assistance_targets"
    )
    rows = [{"region_code": "610100", "county_code": "610113", "name": "甲", "completed": "是"}] * 3
    lists.saved(shaanxi, "assistance", rows, "2024-12-20")
    lists.saved(shaanxi, "assistance", rows[:1], "2025-02-20")
    later = LATE
    found = split(shaanxi, ("2024-12-31", later), ("2025-02-28", later), measure="assistance_progress")
    assert (found.whole.before, found.whole.after) == ((3, 20), (1, 30))
    assert found.whole.by_kind("numerator") == {ChangeKind.NEW: 1, ChangeKind.TURNED: -3}
    assert found.whole.by_kind("denominator") == {ChangeKind.TURNED: 10}
    assert all_sums_agree(found)


# Later than any clock.
LATE = 24 * 365 * 100


def test_percentages_that_were_surveyed_are_not_split():
    """No measure of ours is surveyed; others add theirs (tests/spec/test_surveys.py)."""
    completion = measures("陕西省")[MEASURE]
    assert refusal(completion) is None
    refused = refusal(replace(completion, kind="survey"))
    assert refused is not None
    assert "不能分解" in refused[0]


def test_where_nobody_has_reported_there_is_no_nought(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 50", "2024-01-31")
    now = datetime.now(UTC)
    found = change_split(
        shaanxi.store, shaanxi.name, MEASURE, LookedThen(date(2023, 12, 31), now), LookedThen(date(2024, 1, 31), now)
    )  # fmt: skip
    assert found.told == (False, True) and found.values[0] is None
    said = change_sentence(found)
    assert said.endswith("前尚未报送，后为50.0%，不能比较。") and "0家" not in said
    nobody = change_split(
        shaanxi.store, shaanxi.name, MEASURE, LookedThen(date(2023, 12, 31), now), LookedThen(date(2024, 1, 31), now),
        "610300",
    )  # fmt: skip
    assert change_sentence(nobody).endswith("前尚未报送，后尚未报送，不能比较。")


def test_a_change_is_looked_at_forwards(shaanxi):
    with pytest.raises(NotPossible, match="对调"):
        split(shaanxi, ("2024-02-29", 1), ("2024-01-31", 2))
    with pytest.raises(NotPossible, match="对调"):
        split(shaanxi, ("2024-01-31", 2), ("2024-02-29", 1))


# -- against an obvious loop ------------------------------------------------------------------

REGIONS = ("西安", "宝鸡", "咸阳")
DAYS = ("2023-12-31", "2024-01-31", "2024-02-15", "2024-02-29")


@dataclass(frozen=True)
class Told:
    """What one region said in an upload; `number` is its place in the order, `gone` the moment of its withdrawal."""

    number: int
    came: int
    gone: int | None
    day: str
    region: str
    completed: int
    enrolled: int

    def known(self, moment: int) -> bool:
        return self.came <= moment and (self.gone is None or self.gone > moment)


@st.composite
def histories(draw) -> list[Told]:
    """Uploads of some regions at moments of their own, some withdrawn later."""
    uploads = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DAYS), st.sets(st.sampled_from(REGIONS), min_size=1), st.booleans(), st.integers(1, 9)
            ),
            min_size=1, max_size=8,
        )
    )  # fmt: skip
    moments = draw(st.permutations(range(1, 2 * len(uploads) + 1)))
    said = []
    for number, (day, regions, withdrawn, amount) in enumerate(uploads):
        came, gone = sorted(moments[2 * number : 2 * number + 2])
        for place, region in enumerate(sorted(regions)):
            completed = amount + place
            said.append(
                Told(number, came, gone if withdrawn else None, day, region, completed, 20 + 2 * amount)
            )
    return said


def in_force(said: list[Told], region: str, day: str) -> tuple[int, int]:
    """The region's newest of these until the day."""
    own = [one for one in said if one.region == region and one.day <= day]
    last = max(own, key=lambda one: (one.day, one.number), default=None)
    return (last.completed, last.enrolled) if last else (0, 0)


def expected(said: list[Told], region: str, first: tuple[str, int], second: tuple[str, int]) -> Counter:
    """One thing after the other, each time the whole looked at anew."""
    (day, known), (later, now) = first, second
    sums: Counter[tuple[str, str]] = Counter()
    own = [one for one in said if one.region == region]

    def note(kind: str, before: tuple[int, int], after: tuple[int, int]) -> None:
        for side, old, new in zip(SIDES, before, after, strict=True):
            named = "减少" if kind == "新增" and new < old else kind
            sums[side, named] += new - old

    seen = {one.day for one in own if one.known(known)}
    for moment in range(known + 1, now + 1):
        before, after = (
            in_force([one for one in own if one.known(when)], region, day) for when in (moment - 1, moment)
        )
        arrived = [one.day for one in own if one.came == moment and one.day <= day]
        kind = "撤回" if not arrived else "更正" if arrived[0] in seen else "迟报"
        note(kind, before, after)
        seen |= set(arrived)
    kept = [one for one in own if one.known(now)]
    until = [one for one in kept if one.day <= day]
    for one in sorted(kept, key=lambda one: (one.day, one.number)):
        if day < one.day <= later:
            same = any(other.day == one.day for other in until)
            kind = "更正" if same else "新增" if until else "首次报送"
            note(kind, in_force(until, region, later), in_force([*until, one], region, later))
            until.append(one)
    return Counter({key: amount for key, amount in sums.items() if amount})


@UNHURRIED
@given(histories(), st.integers(0, 8), st.integers(0, 8), st.sampled_from(DAYS[:3]), st.integers(0, 1))
def test_the_split_equals_an_obvious_loop(shaanxi, said, known, more, day, further):
    age = new_age(shaanxi)
    numbers: dict[int, int] = {}
    for one in said:
        if one.number not in numbers:
            rows = [
                f"{other.region} | {other.enrolled} | {other.completed}"
                for other in said
                if other.number == one.number
            ]
            numbers[one.number] = sent(shaanxi, age + one.came, one.day, "\n".join(rows))
    gone = {one.number: one.gone for one in said if one.gone is not None}
    for number, moment in gone.items():
        taken_back(shaanxi, numbers[number], age + moment)
    first, second = (day, known), (DAYS[DAYS.index(day) + further], known + more)
    ways = ((looked, age + moment) for looked, moment in (first, second))
    found = split(shaanxi, *ways)
    names = {place.region[:2]: place for place in found.regions}
    for region in REGIONS:
        sums: Counter[tuple[str, str]] = Counter()
        for term in names[region].terms:
            sums[term.side, KIND_TITLES[term.kind]] += term.amount
        assert Counter({key: amount for key, amount in sums.items() if amount}) == expected(
            said, region, first, second
        )
    assert all_sums_agree(found)
    assert ends_are_what_the_pages_show(shaanxi, found)


def new_age(province) -> int:
    """The hour before its first; whatever is in force is withdrawn in it."""
    age = 100 * next(ages)
    for one in province.store.snapshots():
        if not one.withdrawn:
            taken_back(province, one.id, age - 1)
    return age


def all_sums_agree(found: ChangeSplit) -> bool:
    """Terms make the difference; regions make the province. Without any remainder."""
    places = [found.whole, *found.regions]
    return all(
        sum(place.by_kind(side).values()) == place.difference(side) for place in places for side in SIDES
    ) and all(
        sum(place.difference(side) for place in found.regions) == found.whole.difference(side) for side in SIDES
    )  # fmt: skip


def ends_are_what_the_pages_show(province, found: ChangeSplit) -> bool:
    shown = []
    for looked, pair in ((found.first, found.whole.before), (found.second, found.whole.after)):
        stands = province.stands(looked.on.isoformat(), found.measure.id, looked.known_at).province
        shown.append(((stands.numerator or 0, stands.denominator or 0), pair))
    return all(page == pair for page, pair in shown)


# -- counties, blank cells, and the log itself ---------------------------------------------------

LIST, LIST_MEASURE = "assistance", "assistance_training"
PLACES = (("610100", "610113"), ("610100", "610116"), ("610300", "610302"))
# Day, place, whether the county reports for itself, moment, hours until the withdrawal (0: never), enterprises, trained.
LISTS = st.lists(
    st.tuples(
        st.sampled_from(DAYS), st.sampled_from(PLACES), st.booleans(), st.integers(1, 6), st.integers(0, 3),
        st.integers(1, 3), st.integers(0, 3),
    ),
    min_size=1, max_size=7,
)  # fmt: skip


def listed(province, age: int, drawn) -> None:
    for day, (region, county), alone, moment, hours, number, trained in drawn:
        rows = [
            {"region_code": region, "county_code": county, "name": f"企业{n}", "training": "是" if n < trained else "否"}
            for n in range(number)
        ]  # fmt: skip
        found = lists.submission(province, LIST, rows, day, county if alone else "")
        snapshot = province.store.save_snapshot(found, b"list", "名单.csv", by="测试", at=at(age + moment))
        if hours:
            taken_back(province, snapshot, age + moment + hours)


@settings(UNHURRIED, max_examples=20)
@given(LISTS, st.integers(0, 7), st.integers(0, 4), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_lists_of_counties_at_the_same_moments_leave_no_remainder(shaanxi, drawn, known, more, one, other):
    age = new_age(shaanxi)
    listed(shaanxi, age, drawn)
    day, later = sorted((one, other))
    found = split(shaanxi, (day, age + known), (later, age + known + more), measure=LIST_MEASURE)
    assert all_sums_agree(found)
    assert ends_are_what_the_pages_show(shaanxi, found)
    log = ReportLog("610000", tuple(shaanxi.store.report_log("610000", [LIST])))
    moments = [at(age + moment) for moment in range(12)]
    asked = [(date.fromisoformat(day), moment) for day in DAYS for moment in moments]
    assert [log.edition(known_lines(log, moment), day) for day, moment in asked] == [
        shaanxi.store.edition("610000", day, moment) for day, moment in asked
    ]


def known_lines(log: ReportLog, moment: datetime) -> set[int]:
    return {place for place, line in enumerate(log.lines) if line.is_known(moment)}


SIDE = st.none() | st.integers(0, 50)


@given(st.lists(st.tuples(SIDE, SIDE), max_size=6), st.booleans())
def test_what_regions_bring_is_what_is_added(pairs, together):
    brought = shares(pairs, together=together)
    sums = [number or 0 for number in added(pairs, together=together)]
    assert [sum(pair[side] for pair in brought) for side in (0, 1)] == sums
