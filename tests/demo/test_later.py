"""What is told after the first year: by its own figures, without a database."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.books import table
from zyb import cli, demo
from zyb.demo.files import InventedFile
from zyb.demo.further import LAST_MONTH, further
from zyb.demo.institutions import CONFIRMED, LISTED, institutions, quality_issues
from zyb.demo.lists import LISTS, MonthEnd, assistance, exceedances
from zyb.demo.story import MONTHS, stories
from zyb.errors import RulesError
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.duties import duties
from zyb.rulebook.measures import measures
from zyb.settings import ROOT

WHOLE = range(1, LAST_MONTH + 1)
LAST_DAY = date(2026, 3, 31)
FIRST = {story.roster.province: story for story in stories()}
REGIONS = [(province, n) for province, story in FIRST.items() for n in range(len(story.regions))]
every_region = pytest.mark.parametrize("province, n", REGIONS)


@pytest.fixture(scope="module")
def added() -> list[InventedFile]:
    known = {report.file_name for report in demo.reports()}
    return [report for report in demo.reports(WHOLE) if report.file_name not in known]


def by_region(province: str, year: int, month: int) -> list[MonthEnd]:
    story = further().yearly[province, year]
    return [MonthEnd(story, told, month) for told in story.regions]


# -- files --------------------------------------------------------------------------------


def test_the_first_year_is_built_without_what_comes_later(added: list[InventedFile]) -> None:
    first = [report.file_name for report in demo.reports()]
    assert [report.file_name for report in demo.reports(WHOLE) if report.file_name in set(first)] == first
    assert {report.as_of.year for report in demo.reports()} == {2023, 2024, 2025}
    assert max(report.as_of for report in demo.reports()) == date(2025, 3, 28)
    assert len(added) > 80
    assert max(report.as_of for report in added) == LAST_DAY
    assert len({report.file_name for report in demo.reports(WHOLE)}) == len(demo.reports(WHOLE))


# Days on which each ledger comes after the first year, or from the third province.
CADENCE = """
    ledger                 | 陕西省 | 河北省 | 天津市
    governance_progress    | 11 | 11 | 0
    governance_targets     | 0  | 0  | 0
    governance_enterprises | 4  | 4  | 0
    exceedances            | 5  | 5  | 0
    governance_posts       | 5  | 5  | 0
    declaration_counts     | 4  | 4  | 0
    employers              | 4  | 4  | 0
    assistance_targets     | 0  | 0  | 0
    assistance             | 4  | 11 | 0
    assistance_rates       | 4  | 4  | 0
    cdc_guidance           | 2  | 2  | 0
    demonstration          | 1  | 0  | 0
    institutions           | 5  | 5  | 0
    quality_issues         | 3  | 3  | 0
    violation_leads        | 2  | 2  | 0
    enforcement            | 5  | 5  | 0
    dust_toxics            | 5  | 5  | 9
"""


def test_every_ledger_goes_on_as_it_is_told(added: list[InventedFile]) -> None:
    days = {(name, report.province, report.as_of) for report in added for name in report.ledgers}
    counted = Counter((name, province) for name, province, _ in days)
    (_, *provinces), *told = table(CADENCE)
    assert [[name, *(str(counted[name, province]) for province in provinces)] for name, *_ in told] == told
    assert {name for name, _ in counted} <= {name for name, *_ in told}


def test_a_month_beyond_the_history_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["demo", "--data", str(tmp_path / "demo"), "--until", "2026-04"]) != cli.DONE
    assert "2024-01 到 2026-03" in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()


def test_the_command_builds_until_the_month_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[range] = []

    def build(folder: Path, *, months: range, tell: object) -> demo.Built:
        asked.append(months)
        return demo.Built(folder, 0, 0, 0)

    monkeypatch.setattr(demo, "build", build)
    for words in (["--until", "2026-03"], ["--until", "2025-01"], ["--months", "3"], []):
        assert cli.main(["demo", "--data", str(tmp_path / "demo"), *words]) == cli.DONE
    assert [months[-1] for months in asked] == [LAST_MONTH, 13, 3, MONTHS]
    capsys.readouterr()


# -- figures ------------------------------------------------------------------------------


@every_region
def test_nothing_falls_at_new_year(province: str, n: int) -> None:
    told = further().lasting[province].regions[n]
    figures = [told.progress(month) for month in range(LAST_MONTH + 1)]
    assert all(completed <= enrolled for enrolled, completed in figures)
    for series in zip(*figures, strict=True):
        assert list(series) == sorted(series)
    assert figures[: MONTHS + 1] == [FIRST[province].regions[n].progress(m) for m in range(MONTHS + 1)]


@every_region
def test_the_list_of_enterprises_goes_on_as_the_summary_does(province: str, n: int) -> None:
    story = further().lasting[province]
    told = story.regions[n]
    before = {
        row["uscc"]: row
        for row in LISTS["governance_enterprises"](MonthEnd(FIRST[province], FIRST[province].regions[n], 12))
    }
    for month in (15, 18, LAST_MONTH):
        rows = {row["uscc"]: row for row in LISTS["governance_enterprises"](MonthEnd(story, told, month))}
        completed = sum(row["completed"] == "是" for row in rows.values())
        assert ((len(rows), completed) == told.progress(month)) is not told.disagrees
        for code, row in before.items():
            assert rows[code]["enrolled_on"] == row["enrolled_on"]
            assert row["completed"] == "否" or rows[code] == row


def test_some_600_are_left_in_march_2025_as_the_notice_says() -> None:
    """《关于做好2025年职业病危害源头治理有关工作的通知》（2025年3月12日）一“完成剩余600余家企业的治理工作任务”."""
    figures = [told.progress(15) for told in further().lasting["陕西省"].regions]
    assert 600 < sum(enrolled - completed for enrolled, completed in figures) < 700


def test_some_stand_still_and_some_are_not_confirmed_when_the_campaign_ends() -> None:
    story = further().lasting["陕西省"]
    rows = [
        row for told in story.regions for row in LISTS["governance_enterprises"](MonthEnd(story, told, 18))
    ]
    assert any(row["completed"] == "否" and row["operating"] == "停产" for row in rows)
    assert any(row["completed"] == "是" and not row["confirmed_on"] for row in rows)


@pytest.mark.parametrize("province", FIRST)
def test_the_tasks_of_the_second_year_are_those_that_were_given_out(province: str) -> None:
    found = next(
        report
        for report in demo.reports()
        if report.ledgers == ("assistance_targets",) and report.province == province
    )
    text = found.content().decode("utf-8" if found.published else "gb18030").removeprefix("\ufeff")
    told = {one.region.short: one.target for one in further().yearly[province, 2025].regions}
    lines = [line.split(",") for line in text.replace("\r", "").split("\n")]
    given = {line[0].removesuffix("市"): line[2] for line in lines if len(line) > 2 and line[2].isdigit()}
    assert {name: given.get(name, given.get(f"{name}示范区", given.get(f"{name}新区"))) for name in told} == {
        name: str(target) for name, target in told.items()
    }


def test_all_but_two_of_last_years_exceedances_are_on_the_list_of_the_new_year() -> None:
    """陕西 2025 年通知 三“监测中发现超标的中小微企业全部纳入2025年帮扶范围”: held by the codes of the files alone."""
    first = FIRST["陕西省"]
    exceeding = {row["uscc"] for told in first.regions for row in exceedances(MonthEnd(first, told, 12))}
    helped = {row["uscc"] for at in by_region("陕西省", 2025, 3) for row in assistance(at)}
    assert len(exceeding) > 200
    assert len(exceeding - helped) == 2


@pytest.mark.parametrize("province", FIRST)
def test_the_new_list_keeps_what_it_said_and_holds_nobody_twice(province: str) -> None:
    months = by_region(province, 2025, 3), by_region(province, 2025, 6)
    assert len(months[0]) == len(FIRST[province].regions)
    for march, june in zip(*months, strict=True):
        before, after = ([row["uscc"] for row in assistance(at)] for at in (march, june))
        assert before and len(set(after)) == len(after)
        assert after[: len(before)] == before


@every_region
def test_what_is_confirmed_once_stays_confirmed(province: str, n: int) -> None:
    option = [
        next(row for row in institutions(at[n]) if row["indicator"] == "能力确认")
        for at in (by_region(province, year, month) for year, month in ((2025, 3), (2025, 12), (2026, 3)))
    ]
    first = MonthEnd(FIRST[province], FIRST[province].regions[n], 12)
    done = [list(institutions(first))[CONFIRMED]["done"], *(row["done"] for row in option)]
    assert done == sorted(done)  # type: ignore[type-var]


def test_a_region_that_sends_only_the_list_has_no_line_in_the_sums() -> None:
    only = [at for province in FIRST for at in by_region(province, 2025, 3) if at.told.list_only]
    assert len(only) == 2
    for at in only:
        assert not {row["indicator"] for row in institutions(at)} & set(LISTED.values())
        assert list(quality_issues(at))


def test_the_county_says_in_its_title_alone_which_county_it_is(added: list[InventedFile]) -> None:
    bare = [report for report in added if report.file_name.startswith("榆林市神木市")]
    assert len(bare) == 4
    assert all("县区" not in report.content().decode("gb18030") for report in bare)


# -- people -------------------------------------------------------------------------------


def test_claims_releases_and_ticks_name_what_there_is() -> None:
    told = further()
    for act in (*told.claims, *told.releases):
        assert act.region in {one.region.name for one in told.lasting[act.province].regions}
        assert act.measure in measures(act.province)
        assert date(2024, 12, 31) < act.on <= LAST_DAY
    for tick in told.ticks:
        assert tick.duty in {duty.id for duty in duties(tick.province)}
        assert tick.day <= LAST_DAY
        assert not tick.regretted or (tick.regretted in tick.subjects and tick.reason)
    assert any(tick.day > tick.due for tick in told.ticks), "some are late"
    assert sum(bool(tick.regretted) for tick in told.ticks) == 1


SLIPS = [
    ("entering = [0, 45,", "entering = [0, 145,", "由小到大"),
    ('ledgers = ["cdc_guidance"]', 'ledgers = ["cdc"]', "“cdc”不认识"),
    ("months = [18, 23]", "months = [18, 28]", "1 到 27"),
    ("completed = [2180, 2452, 2471]", "completed = [2180, 2452, 2571]", "不大于纳入的 2480"),
    ('except = ["蓟州区"]', 'except = ["蓟县"]', "“蓟县”不在天津市"),
]


@pytest.mark.parametrize("right, wrong, said", SLIPS)
def test_a_slip_in_the_later_story_is_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "data" / "rules", folder)
    text = (folder / "demo.toml").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (folder / "demo.toml").write_text(text.replace(right, wrong), encoding="utf-8")
    with using(Rulebook(folder)), pytest.raises(RulesError) as fault:
        further()
    assert said in str(fault.value) and "demo.toml" in str(fault.value)
