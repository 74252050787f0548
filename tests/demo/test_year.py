"""The invented year: a small one is built once through the real intake and looked at from every side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.books import NOTICE, table
from zyb import demo
from zyb.answers.progress import report_days, standings, view
from zyb.demo import building
from zyb.demo.enterprises import enterprises
from zyb.demo.institutions import INSTITUTION_LISTS
from zyb.demo.lists import LISTS, MonthEnd
from zyb.demo.story import MONTHS, RegionStory, Story, ToldVerdict, claims, judgements, stories
from zyb.demo.summaries import SUMMARIES
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure, measures
from zyb.settings import DEMO_WARNING
from zyb.store import Store

PROVINCES = ("陕西省", "河北省")
# In March nobody has been reviewed yet and no case is old enough to be put right; 名额 are Shaanxi's.
LATER = {"dust_reviewed", "enforcement_rectified"}
REGIONS = [pytest.param(story, told, id=told.region.name) for story in stories() for told in story.regions]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demo.build(folder, months=[3], scale=0.1)
    return folder


@pytest.fixture(scope="module")
def store(built: Path) -> Iterator[Store]:
    with closing(Store(built)) as store:
        yield store


def fed(province: str, store: Store) -> list[Measure]:
    """The measures whose ledgers the demo reports for the province."""
    reported = {snapshot.ledger for snapshot in store.snapshots() if snapshot.as_of.year >= 2024}
    only = {"demonstration_filled"} if province != "陕西省" else set()
    known = measures(province).values()
    return [m for m in known if set(m.ledger_ids) <= reported and m.id not in only | LATER]


# -- the database ---------------------------------------------------------------------------


def test_every_ledger_is_reported_in_shaanxi(store: Store) -> None:
    reported = {snapshot.ledger for snapshot in store.snapshots("610000")}
    assert reported == set(ledgers())


@pytest.mark.parametrize("province", PROVINCES)
def test_every_measure_that_the_ledgers_feed_has_a_value(store: Store, province: str) -> None:
    without = []
    for measure in fed(province, store):
        on = report_days(store, province, measure.id)[-1]
        on = max(on, date(2024, 3, 31))
        if standings(store, view(store, province, measure.id, on)).province.value is None:
            without.append(measure.id)
    assert len(fed(province, store)) > 40
    assert without == []


def test_the_notice_stays_among_the_invented_reports_with_its_own_source(store: Store) -> None:
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 1)))
    assert {s.region: (s.denominator, s.numerator) for s in found.regions} == NOTICE
    notice = [s for s in store.snapshots() if s.as_of == date(2024, 3, 1)]
    assert [bool(s.source) for s in notice] == [True]


def test_a_report_is_known_on_its_day_but_for_the_months_that_were_late(store: Store) -> None:
    reported = store.snapshots()
    assert len(reported) > 12
    late = [s.file_name for s in reported if (s.uploaded_at.date() - s.as_of).days != 0]
    assert late == []
    days = {report.as_of.month: report.days_later for report in demo.reports([9, 10, 11], 0.02)}
    assert (days[9], days[10], days[11]) == (4, 0, 3)


def test_a_city_and_its_county_report_their_shares(store: Store) -> None:
    month = [s for s in store.snapshots() if s.ledger == "governance_enterprises" and s.as_of.month == 3]
    names = {s.file_name.split("专项")[0] for s in month}
    assert names == {"陕西省", "河北省", "榆林市", "榆林市神木市"}


def test_every_file_says_on_its_face_that_it_is_invented(store: Store) -> None:
    invented = [report for report in demo.reports([1], 0.02) if not report.published]
    texts = [report.content() for report in invented if report.file_name.endswith(".csv")]
    assert len(texts) > 3
    assert [text for text in texts if DEMO_WARNING not in text.decode("gb18030")] == []


def test_building_again_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zyb.demo.building.reports", lambda months, scale: demo.reports([1], 0.02)[:3])
    first, second = (demo.build(tmp_path / "demo", months=[1], scale=0.02) for _ in range(2))
    assert (first.added, second.added) == (3, 0)
    assert first.snapshots == second.snapshots == 3


# How often each ledger comes in 2024: monthly; the 数据库 with the quarter as 冀卫办职健函〔2024〕5号 三（一）1 asks,
# 附件5 (once a year by rule) likewise; tasks once. 名额 and 推荐表 come with Shaanxi's notice of March 2025.
CADENCE = """
    ledger                 | 陕西省 | 河北省
    governance_progress    | 12 | 12
    governance_targets     | 1  | 1
    governance_enterprises | 12 | 12
    exceedances            | 12 | 12
    governance_posts       | 12 | 12
    declaration_counts     | 12 | 12
    employers              | 4  | 4
    assistance_targets     | 1  | 1
    assistance             | 12 | 12
    assistance_rates       | 12 | 12
    cdc_guidance           | 4  | 4
    demonstration_quota    | 0  | 0
    demonstration          | 0  | 0
    institutions           | 12 | 12
    quality_issues         | 4  | 4
    violation_leads        | 4  | 4
    enforcement            | 12 | 12
    dust_toxics            | 12 | 12
"""


def test_every_ledger_comes_in_the_months_that_the_documents_ask_for() -> None:
    months = {
        (name, report.province, report.as_of.month)
        for report in demo.reports()
        for name in report.ledgers
        if report.as_of.year == 2024
    }
    counted = Counter((name, province) for name, province, _ in months)
    _, *told = table(CADENCE)
    assert [[name, *(str(counted[name, province]) for province in PROVINCES)] for name in ledgers()] == told


def test_places_and_nominations_come_with_the_notice_of_the_next_year() -> None:
    late = Counter(name for report in demo.reports() if report.as_of.year == 2025 for name in report.ledgers)
    assert late == {"demonstration_quota": 1, "demonstration": 2}


# -- the story ------------------------------------------------------------------------------


def test_equal_seeds_make_equal_files() -> None:
    once, again = (demo.reports([1, 2], 0.02) for _ in range(2))
    assert [r.content() for r in once[-12:]] == [r.content() for r in again[-12:]]


@pytest.mark.parametrize("story, told", REGIONS)
def test_nothing_cumulative_falls_and_nothing_is_done_that_was_not_begun(
    story: Story, told: RegionStory
) -> None:
    months = range(MONTHS + 1)
    for figures in (
        [told.progress(m)[0] for m in months], [told.progress(m)[1] for m in months],
        [told.helped(m) for m in months], [told.declarations(m) for m in months],
    ):  # fmt: skip
        assert figures == sorted(figures)
    assert all(completed <= enrolled for enrolled, completed in map(told.progress, months))


@pytest.mark.parametrize("story, told", REGIONS)
def test_the_list_of_enterprises_agrees_with_the_summary_or_is_meant_to_disagree(
    story: Story, told: RegionStory
) -> None:
    for month in (1, 6, 12):
        rows = list(LISTS["governance_enterprises"](MonthEnd(story, told, month)))
        counted = (len(rows), sum(row["completed"] == "是" for row in rows))
        assert (counted == told.progress(month)) is not told.disagrees


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_what_it_said_the_month_before(name: str) -> None:
    story = stories()[0]
    told = story.regions[7]
    before, after = (
        {row["uscc"]: row for row in LISTS[name](MonthEnd(story, told, month))} for month in (8, 9)
    )
    assert before and set(before) <= set(after)
    dates = [key for key in next(iter(before.values())) if str(key).endswith("_on")]
    moved = [
        (code, key) for code in before for key in dates if before[code][key] not in ("", after[code][key])
    ]
    assert moved == []


def test_invented_enterprises_have_names_that_say_so_and_codes_of_their_own() -> None:
    everyone = [firm for story in stories() for told in story.regions for firm in enterprises(story, told)]
    assert all(firm.name.startswith("演示") for firm in everyone)
    assert len({firm.uscc for firm in everyone}) == len(everyone)


def test_the_tasks_of_hebei_are_those_of_the_notice(store: Store) -> None:
    on = date(2024, 3, 31)
    found = standings(store, view(store, "河北省", "assistance_progress", on))
    told = {one.region.name: one.target for story in stories() for one in story.regions}
    assert {s.region: s.denominator for s in found.regions} == {
        s.region: told[s.region] for s in found.regions
    }


def test_summaries_and_lists_are_those_of_the_ledgers() -> None:
    assert {*LISTS, *INSTITUTION_LISTS, *SUMMARIES, "demonstration", "demonstration_quota"} == set(ledgers())


def test_a_claim_names_a_region_a_measure_and_a_date_ahead() -> None:
    names = {(s.roster.province, told.region.name) for s in stories() for told in s.regions}
    assert len(claims()) >= 4
    for judgement in judgements():
        assert (judgement.province, judgement.region) in names
        assert judgement.on < judgement.said_on and len(judgement.reason) > 20
    for claim in claims():
        assert (claim.province, claim.region) in names
        assert claim.measure in measures(claim.province)
        assert claim.on < claim.due


def test_a_person_sees_one_verdict_otherwise_and_says_why_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the year's own, which is said of December, said of the month that is built here."""
    said = ToldVerdict(
        province="陕西省",
        region="延安市",
        measure="governance_completion",
        on=date(2024, 3, 31),
        verdict="lagging",
        reason="倒排到户",
        said_on=date(2024, 4, 2),
    )
    monkeypatch.setattr(building, "judgements", lambda: (said,))
    for _ in range(2):
        building.judge(store, [3])
    assert len(store.verdict_records("610000")) == 1
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 31)))
    judged = [standing for standing in found.regions if standing.override]
    assert [(s.region, s.verdict.title, s.proposed.title) for s in judged] == [
        ("延安市", "相对滞后", "进展缓慢")
    ]
    assert judged[0].override and judged[0].override.at.date() == date(2024, 4, 2)
