"""Every measure on generated lists against an obvious loop, and on what the notices publish."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from tests.recipes import CAMPAIGN, rules_with
from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.answers.progress import history, report_days, standings, view
from zyb.rulebook.book import Rulebook, in_force, using
from zyb.rulebook.ledgers import ROWS, Ledger, ledgers
from zyb.rulebook.measures import Measure, Operand, measures
from zyb.rulebook.regions import Roster, load_roster
from zyb.standing.forecast import forecast
from zyb.store import Store
from zyb.uploads import published

DAY = "2025-06-30"
Line = dict[str, object]
Test = Callable[[Line], object]
PLACES = ("610100", "610300", "610403", "610581")


def everyone(line: Line) -> bool:
    return True


def yes(name: str) -> Test:
    return lambda line: line[name] == "是"


def answered(name: str, *answers: str) -> Test:
    return lambda line: line[name] in answers


def both(one: Test, other: Test) -> Test:
    return lambda line: one(line) and other(line)


def filled_in(name: str) -> Test:
    return lambda line: line[name] is not None


def number(name: str) -> Test:
    return lambda line: line[name] or 0


def obliged(line: Line) -> bool:
    """严重行业、10人及以上; what is not told speaks against nobody."""
    return line["risk"] in ("严重", None) and (line["staff"] is None or line["staff"] >= 10)


def controlled(line: Line) -> bool:
    """Found by quality control; a list that does not say how is one of quality control."""
    return line["source"] in ("质量控制", None)


SEVERE = answered("risk", "严重")
# ledger → measure → what a line adds to the numerator and to the denominator
LOOPS: dict[str, dict[str, tuple[Test, Test]]] = {
    "governance_enterprises": {
        "governance_completion": (yes("completed"), everyone),
        "governance_confirmed": (both(yes("completed"), filled_in("confirmed_on")), yes("completed")),
        "governance_stopped": (answered("operating", "停产", "关闭"), filled_in("operating")),
    },
    "governance_posts": {
        f"governance_posts_{name}": (
            lambda line, item=item: line["qualified"] if line["hazard"] == item else 0,
            lambda line, item=item: line["tested"] if line["hazard"] == item else 0,
        )
        for name, item in {"dust": "粉尘", "chemical": "化学毒物", "noise": "噪声"}.items()
    },
    "employers": {
        "declaration_coverage": (both(yes("declared"), obliged), obliged),
        "declaration_severe": (both(yes("declared"), SEVERE), SEVERE),
    },
    "assistance": {
        **{
            f"assistance_{name}": (yes(name), everyone)
            for name in (
                "identified", "system", "notice", "training", "declared", "tested", "examined", "trained",
            )
        },
        "assistance_remedied": (yes("remedied"), answered("remedied", "是", "否")),
    },
    "institutions": {
        name: (
            lambda line, item=item: line["done"] if line["indicator"] == item else 0,
            lambda line, item=item: line["due"] if line["indicator"] == item else 0,
        )
        for name, item in {
            "capability_confirmed": "能力确认", "monitoring_share": "监测任务承担", "reporting": "报送卡上报",
            "case_reporting": "个案信息报告", "diagnosis_reporting": "诊断报告", "supervision": "监管覆盖",
            "quality_control": "体检诊断机构质控覆盖", "quality_control_yearly": "其他机构质控覆盖", "rectified": "质控问题整改",
            "assessment_rectified": "评估检查问题整改", "investigated": "违法案件查处",
            "suspected_diagnosed": "疑似职业病进入诊断",
        }.items()
    },
    "quality_issues": {
        "rectified": (both(controlled, yes("rectified")), controlled),
        "assessment_rectified": (both(answered("source", "评估检查"), yes("rectified")), answered("source", "评估检查")),
        "quality_closed": (both(controlled, yes("closed")), controlled),
    },
    "violation_leads": {
        "leads_accepted": (filled_in("accepted_on"), everyone),
        "leads_resolved": (yes("resolved"), everyone),
    },
    "enforcement": {
        "enforcement_resolved": (yes("resolved"), everyone),
        "enforcement_rectified": (filled_in("rectified_on"), yes("resolved")),
    },
    "dust_toxics": {
        "dust_self_checked": (filled_in("self_checked_on"), everyone),
        "dust_reviewed": (filled_in("reviewed_on"), everyone),
        "dust_contract": (number("contracted"), number("staff")),
        "dust_insurance": (number("insured"), number("staff")),
        "dust_rectified": (yes("rectified"), answered("rectified", "是", "否")),
        **{
            f"dust_item_{column.name}": (answered(column.name, "合格"), answered(column.name, "合格", "不合格"))
            for column in ledgers()["dust_toxics"].columns
            if column.options
        },
    },
}  # fmt: skip


def invented(ledger: str, roster: Roster, seed: int) -> list[Line]:
    """Lines with every answer that a column allows, blank ones too; every indicator for every region."""
    chance, known = random.Random(seed), ledgers()[ledger]
    lines: list[Line] = []
    kinds = known.column(known.item).options if known.item else ("",) * 15
    for region in (region for region in roster.regions if region.code in PLACES):
        for kind in kinds:
            line: Line = {column.name: _cell(column, chance) for column in known.stored}
            line |= {"region_code": region.code, "county_code": chance.choice(region.members)}
            lines.append(line | ({known.item: kind} if known.item else {}))
    return lines


def _cell(column, chance: random.Random) -> object:
    if column.type == "count":
        return chance.randrange(1, 90)
    if column.type == "date":
        return chance.choice((date(2025, 3, 1), None))
    if column.type == "flag":
        return chance.choice(("是", "否", *(["不适用"] if column.not_applicable else [])))
    return chance.choice(column.options) if column.options else "某"


def added(lines: Iterable[Line], code: str, test: Test) -> int:
    return sum(int(test(line) or 0) for line in lines if line["region_code"] == code)


@pytest.mark.parametrize("ledger", LOOPS)
def test_the_figures_of_a_list_equal_an_obvious_loop(shaanxi, ledger):
    lines = invented(ledger, load_roster("陕西"), seed=len(ledger))
    saved(shaanxi, ledger, lines, DAY)
    for measure, (numerator, denominator) in LOOPS[ledger].items():
        found = shaanxi.stands(DAY, measure)
        counted = {s.region_code: (s.numerator, s.denominator) for s in found.reported}
        wanted = {code: (added(lines, code, numerator), added(lines, code, denominator)) for code in PLACES}
        if measure == "declaration_severe":  # who has no severe employer at all has nothing to say about them
            wanted = {code: sides for code, sides in wanted.items() if sides[1]}
        assert counted == wanted, measure
        assert (found.province.numerator, found.province.denominator) == tuple(
            map(sum, zip(*wanted.values(), strict=True))
        ), measure


# -- what is not named here ---------------------------------------------------------------------

# Sums of more than lines and numbers have tables of their own: years, floors, other lists.
ELSEWHERE = {
    "governance_annual", "declaration_growth", "assistance_progress", "demonstration_filled", "cdc_floor",
    "county_floor", "county_average", "county_average_two_years", "assistance_task_floor", "assistance_task_floor_two_years",
    "assistance_from_governance",
}  # fmt: skip
NAMED = {name for loops in LOOPS.values() for name in loops} | ELSEWHERE


def as_declared(ledger: Ledger, operand: Operand) -> Test:
    """What a line adds to a sum, read off its declaration in the plainest way."""
    tally = next(one for one in ledger.tallies if one.name == operand.tally)
    if tally.sum:
        return number(tally.sum)
    if tally.count == ROWS:
        return everyone
    return answered(tally.count, *tally.values) if tally.values else filled_in(tally.count)


def is_plain(measure: Measure) -> bool:
    """A ratio of two such sums of one ledger: no year, no floor, no kinds, no condition, no other list."""
    if measure.kind != "ratio" or len(measure.ledger_ids) != 1 or measure.ledger_ids[0] not in ledgers():
        return False
    ledger = ledgers()[measure.ledger_ids[0]]
    lines = ledger.is_list or not (ledger.item or ledger.of_type("year"))
    return lines and all(is_plain_sum(ledger, side) for side in (measure.numerator, measure.denominator))


def is_plain_sum(ledger: Ledger, side: Operand) -> bool:
    further = (
        side.over,
        side.item,
        side.also_in,
        side.year,
        side.years,
        side.since_new_year,
        side.times != 1,
    )
    tally = next(one for one in ledger.tallies if one.name == side.tally)
    return not any((*further, tally.where, tally.by, tally.distinct))


def sent(province: Province, ledger: Ledger, lines: list[Line]) -> None:
    """A list line by line; of a summary the first line of each region, which is all that it has."""
    if ledger.is_list:
        saved(province, ledger.id, lines, DAY)
        return
    counts = [column.name for column in ledger.columns if column.type == "count"]
    table = [["region", *counts], *([load_roster(province.name).region(str(line["region_code"])).name, *(str(line[c]) for c in counts)] for line in lines)]  # fmt: skip
    province.reports("\n".join(map(" | ".join, table)), DAY, ledger.id)


def holds_as_declared(province: Province, measure: Measure) -> None:
    ledger = ledgers()[measure.numerator.ledger]
    lines = invented(ledger.id, load_roster(province.name), seed=len(measure.id))
    if not ledger.is_list:
        lines = list({line["region_code"]: line for line in lines}.values())
    sent(province, ledger, lines)
    sides = [as_declared(ledger, operand) for operand in (measure.numerator, measure.denominator)]
    found = province.stands(DAY, measure.id)
    counted = {s.region_code: (s.numerator, s.denominator) for s in found.reported}
    assert counted == {code: tuple(added(lines, code, side) for side in sides) for code in PLACES}


def test_a_ratio_of_a_summary_equals_its_declaration_too(shaanxi):
    """As a campaign may bring one that has a summary alone: here without the list that is read before it."""
    measure = measures("陕西省")["governance_completion"]
    (summary,) = (one for one in measure.sources if one.numerator.ledger == "governance_progress")
    alone = replace(measure, sources=(summary,))
    assert is_plain(alone)
    known = {**measures("陕西省"), alone.id: alone}
    with using(in_force().holding((measures, ("陕西省",), known))):
        holds_as_declared(shaanxi, alone)


def test_a_measure_that_is_not_named_here_is_a_ratio_of_plain_sums_and_equals_its_declaration(shaanxi):
    """So that a campaign can be added as data; any other kind of sum wants a loop above or a table of its own."""
    assert set(measures("陕西省")) >= NAMED
    for name in set(measures("陕西省")) - NAMED:
        assert is_plain(measures("陕西省")[name]), f"{name}: write a loop for it in LOOPS"
        holds_as_declared(shaanxi, measures("陕西省")[name])


def test_what_the_guide_to_the_rules_adds_equals_its_declaration(shaanxi, tmp_path):
    with using(Rulebook(rules_with(CAMPAIGN, tmp_path / "rules"))):
        new = [measures("陕西省")[name] for name in ("protection_completion", "protection_trained")]
        assert all(map(is_plain, new))
        for measure in new:
            holds_as_declared(shaanxi, measure)


def test_the_loops_above_say_what_the_declarations_say_wherever_those_are_plain():
    """Two readings of one rule: the loop that somebody wrote, and the declaration."""
    known, chance, told = measures("陕西省"), random.Random(1), 0
    for ledger_id, loops in LOOPS.items():
        ledger = ledgers()[ledger_id]
        for name in (name for name in loops if is_plain(known[name])):
            for side, operand in zip(
                loops[name], (known[name].numerator, known[name].denominator), strict=True
            ):
                line: Line = {column.name: _cell(column, chance) for column in ledger.stored}
                assert int(side(line) or 0) == int(as_declared(ledger, operand)(line) or 0), name
                told += 1
    assert told > 40


@pytest.mark.parametrize("seed", range(3))
def test_counties_and_institutions_that_reach_a_floor_equal_an_obvious_loop(shaanxi, seed):
    chance, roster = random.Random(seed), load_roster("陕西")
    regions = [region for region in roster.regions if region.code in PLACES]
    lines, done = [], {}
    for region in regions:
        for county in region.members:
            done[county] = chance.choice((0, 1, 19, 20, 21, 40))
            place = {"region_code": region.code, "county_code": county}
            lines += [place | {"completed": "是"}] * done[county] + [place | {"completed": "否"}]
    saved(shaanxi, "assistance", lines, DAY)
    found = shaanxi.stands(DAY, "county_floor")
    wanted = {r.code: (sum(done[c] >= 20 for c in r.members), len(r.members)) for r in regions}
    assert {s.region_code: (s.numerator, s.denominator) for s in found.reported} == wanted


# -- what the notices publish -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("filled") / "data")
    published.fill(store, date(2025, 7, 1))
    yield store
    store.close()


@pytest.mark.parametrize("name", ["陕西省", "河北省"])
def test_every_measure_answers_for_every_region_with_and_without_figures(filled, name):
    """Before the first report, on the last one and after every window."""
    roster = load_roster(name)
    assert roster.regions and measures(name)
    for measure in measures(name).values():
        days = report_days(filled, name, measure.id)[-1:]
        for day in {*days, date(2022, 1, 1), date(2026, 6, 30)}:
            seen = view(filled, name, measure.id, day)
            found = standings(filled, seen)
            assert len(found.regions) == len(roster.regions)
            assert all(found.schedule(standing) is None or found.plan for standing in found.regions)
            points = history(filled, seen)
            assert forecast(points, found.plan.window.due if found.plan else None) is None or len(points) > 1
