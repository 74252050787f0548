"""The national level: provinces' own reports added up, held against what a province says of itself in one line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import books
from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.answers.drilling import kinds
from zyb.answers.progress import history, report_days, view
from zyb.answers.tracing import sources
from zyb.briefing import expected_sentence, pace_words
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.cli import main
from zyb.exports.statistics import league as statistics
from zyb.rulebook.places.divisions import provinces
from zyb.rulebook.regions import load_roster
from zyb.standing.rolling_up import homes
from zyb.store import Store
from zyb.ui.progress import headline, league

SHAANXI = """
    region | enrolled | completed
    -------+----------+----------
    西安   | 100      | 60
    宝鸡   | 50       | 10
"""
HEBEI = """
    region | enrolled | completed
    -------+----------+----------
    唐山   | 40       | 40
    定州   | 10       | 5
"""


@pytest.fixture
def nation(store: Store) -> Province:
    return Province(store, "全国")


@pytest.fixture
def xinjiang(store: Store) -> Province:
    return Province(store, "新疆维吾尔自治区")


def lines(nation: Province, on: str, measure: str = "governance_completion") -> dict[str, tuple[object, ...]]:
    """Completed, enrolled and whether rolled up, of whoever has a figure; the whole country under 全国."""
    found = nation.stands(on, measure)
    told = [found.province, *(s for s in found.regions if s.numerator is not None)]
    return {s.short: (s.numerator, s.denominator, s.rolled is not None) for s in told}


def test_provinces_are_added_up_from_their_own_reports(nation, shaanxi, hebei):
    shaanxi.reports(SHAANXI, "2024-03-01")
    hebei.reports(HEBEI, "2024-03-31")
    assert lines(nation, "2024-03-31") == {
        "全国": (115, 200, False),
        "河北": (45, 50, True),
        "陕西": (70, 150, True),
    }
    assert report_days(nation.store, "全国", "governance_completion") == [date(2024, 3, 1), date(2024, 3, 31)]


def test_a_province_stands_in_the_country_as_on_its_own_page(nation, shaanxi, hebei):
    """The second implementation: the page of each province, and a plain sum over them."""
    shaanxi.reports(SHAANXI, "2024-01-31")
    shaanxi.reports(SHAANXI.replace("60", "75"), "2024-02-29")
    hebei.reports(HEBEI, "2024-01-31")
    for day in ("2024-01-31", "2024-02-29"):
        found = nation.stands(day)
        pages = [province.stands(day).province for province in (hebei, shaanxi)]
        own = [found.region(code) for code in ("130000", "610000")]
        assert [(s.numerator, s.denominator, s.value) for s in own] == [
            (page.numerator, page.denominator, page.value) for page in pages
        ]
        assert found.province.numerator == sum(page.numerator for page in pages)
        assert found.province.denominator == sum(page.denominator for page in pages)


def test_every_report_of_a_province_is_a_point_of_its_history_in_the_country(nation, shaanxi):
    shaanxi.reports(SHAANXI, "2024-01-31")
    shaanxi.reports(SHAANXI.replace("60", "75"), "2024-02-29")
    seen = view(nation.store, "全国", "governance_completion", date(2024, 2, 29))
    told = [(point.day.isoformat(), point.completed) for point in history(nation.store, seen, "610000")]
    assert told == [("2024-01-31", 70), ("2024-02-29", 85)]
    assert nation.stands("2024-02-29").region("610000").added == 15


DAY = "2024-12-31"
# Of twelve regions of 陕西 so many report; how the province stands on its own page, and in the country.
FEW = """
    reporting | own      | in the country | ranked
    1         | 报送不足 | 报送不足       | 否
    5         | 报送不足 | 报送不足       | 否
    6         | 相对滞后 | 相对滞后       | 是
    12        | 相对滞后 | 相对滞后       | 是
"""


@pytest.mark.parametrize(("number", "own", "above", "ranked"), books.table(FEW)[1:])
def test_a_province_in_which_few_speak_is_judged_in_neither_place(
    nation, shaanxi, number, own, above, ranked
):
    names = [region.short for region in load_roster("陕西省").regions][: int(number)]
    rows = "\n".join(f"{name} | 100 | 80 | 80 | 80 | 80" for name in names)
    shaanxi.reports(
        f"region | assisted | declared | tested | examined | trained\n{rows}", DAY, "assistance_rates"
    )
    assert shaanxi.stands(DAY, "assistance_declared").province.verdict.title == own
    line = nation.stands(DAY, "assistance_declared").region("610000")
    judged = ranked == "是"
    assert (line.verdict.title, line.rank is not None, line.gap is not None) == (above, judged, judged)
    assert line.numerator == 80 * int(number)


def test_who_of_a_province_is_silent_is_known_in_the_country(nation, shaanxi):
    shaanxi.reports(SHAANXI, "2024-03-01")
    rolled = nation.stands("2024-03-01").region("610000").rolled
    assert (rolled.regions, len(rolled.silent), "韩城市" in rolled.silent) == (12, 10, True)


# The line of 陕西 in a national table beside its own regions' sum of 70 of 150 as of 2024-03-01.
OWN_LINES = """
    line of  | completed of enrolled | used    | other
    ---------+-----------------------+---------+------
    2024-03-01 | 70 of 150           | 70/150  | -
    2024-03-01 | 71 of 150           | 71/150  | 70
    2024-03-31 | 71 of 150           | 71/150  | 70
    2024-02-29 | 60 of 150           | 70/150  | 60
"""


@pytest.mark.parametrize(("day", "said", "used", "other"), books.table(OWN_LINES)[1:])
def test_a_line_of_the_province_itself_holds_unless_its_regions_are_newer(
    nation, shaanxi, day, said, used, other
):
    """Of the same day the province's own line holds; other numbers are told, both with their days."""
    completed, enrolled = said.split(" of ")
    shaanxi.reports(SHAANXI, "2024-03-01")
    nation.reports(f"region | enrolled | completed\n陕西 | {enrolled} | {completed}", day)
    found = nation.stands("2024-03-31")
    standing = found.region("610000")
    assert f"{standing.numerator}/{standing.denominator}" == used
    told = dict(found.disagreements).get("陕西省", "")
    assert bool(told) == (other != "-")
    if told:
        assert "各地上报汇总（截至2024年3月1日）为70家" in told
        assert f"为{completed}家" in told


def test_a_line_withdrawn_gives_way_to_the_sum(nation, shaanxi):
    shaanxi.reports(SHAANXI, "2024-03-01")
    number = nation.reports("region | enrolled | completed\n陕西 | 150 | 99", "2024-03-01")
    assert lines(nation, "2024-03-01")["陕西"] == (99, 150, False)
    nation.withdraws(number)
    assert lines(nation, "2024-03-01")["陕西"] == (70, 150, True)


def test_the_cities_of_the_corps_are_the_corps_and_not_the_region(nation, xinjiang):
    xinjiang.reports(
        "region | enrolled | completed\n乌鲁木齐市 | 10 | 5\n石河子市 | 20 | 8\n阿拉尔市 | 4 | 4",
        "2024-03-01",
    )
    assert xinjiang.stands("2024-03-01").province.denominator == 34
    assert lines(nation, "2024-03-01") == {
        "全国": (17, 34, False),
        "新疆": (5, 10, True),
        "兵团": (12, 24, True),
    }


def test_every_reporting_region_lies_in_one_unit_of_the_country():
    nation, known = load_roster("全国"), homes()
    assert len(known) > 400
    for code, _ in provinces():
        for region in load_roster(code).regions:
            unit = nation.region(known[region.code])
            assert unit and set(region.members) <= set(unit.members), region.name


def test_nothing_of_the_country_shows_in_a_province(nation, shaanxi):
    nation.reports("region | enrolled | completed\n陕西 | 150 | 99", "2024-03-01")
    assert report_days(nation.store, "陕西省", "governance_completion") == []
    shaanxi.reports(SHAANXI, "2024-03-01")
    assert shaanxi.stands("2024-03-01").province.numerator == 70


def test_the_files_of_the_provinces_are_the_sources_of_the_country(nation, shaanxi, hebei):
    numbers = {shaanxi.reports(SHAANXI, "2024-03-01"), hebei.reports(HEBEI, "2024-03-01")}
    seen = view(nation.store, "全国", "governance_completion", date(2024, 3, 1))
    assert {snapshot.id for snapshot in sources(nation.store, seen)} == numbers


def test_twenty_a_county_is_asked_of_each_province(nation, shaanxi):
    """146号 附件2 一 “每年每省”: in a province of all its counties together, in the country of every province."""
    assert shaanxi.stands("2024-03-01", "county_average").measure.whole
    assert not nation.stands("2024-03-01", "county_average").measure.whole


def test_kinds_are_counted_from_the_reports_that_the_figure_rests_on(nation, shaanxi):
    """违法行为 of a province rolled up are those of its regions; beside a line of its own they are not counted twice."""
    seen = view(nation.store, "全国", "enforcement_resolved", date(2024, 3, 31))
    assert kinds(nation.store, seen, seen.measure.breakdowns[0], None) == []
    books_of_cases(shaanxi, "2024-03-01")
    seen = view(nation.store, "全国", "enforcement_resolved", date(2024, 3, 31))
    own = view(nation.store, "陕西省", "enforcement_resolved", date(2024, 3, 31))
    told = [kinds(nation.store, one, one.measure.breakdowns[0], None) for one in (seen, own)]
    assert told[0] == told[1] != []


def books_of_cases(province: Province, as_of: str) -> None:
    rows = [
        ("企业名称", "统一社会信用代码", "地区", "违法行为", "立案日期", "处置方式", "是否查处到位"),
        ("甲厂", "", "西安市", "未申报", "2024-01-05", "警告", "是"),
        ("乙厂", "", "宝鸡市", "未检测", "2024-01-06", "罚款", "否"),
    ]
    found = books.submission(
        books.sheet([(f"陕西省专项执法台账（截至{as_of}）",), *rows]),
        province=province.name,
        today=date(2024, 12, 31),
    )
    assert found.rows or found.body is not None
    province.store.save_snapshot(found, b"cases", "执法.xlsx", by="测试")


def test_half_a_sum_takes_no_lines_place(nation, shaanxi):
    """Tasks that 陕西 itself was given stay, while its regions have only tables of what is done."""
    nation.reports("region | year | target\n陕西 | 2024 | 300", "2024-03-01", "governance_targets")
    shaanxi.reports(SHAANXI, "2024-03-01")
    standing = nation.stands("2024-03-01", "governance_annual").region("610000")
    assert (standing.numerator, standing.denominator, standing.rolled) == (None, 300, None)


# 陕西 has sent 70 of 150 in February (西安 and 宝鸡); what comes in March → 新增 of 陕西, of the whole country, and what of it
# is told for the first time. Before, whatever was first told was 新增: 60, 50 and 45 家 that nobody had just completed.
FIRST_TOLD = """
    march                              | 陕西 | 全国 | first
    西安 75 宝鸡 10                    | 15   | 15   | 0
    西安 75 宝鸡 10, 唐山 40 定州 5    | 15   | 15   | 45
    西安 75 宝鸡 10 咸阳 35            | 15   | 15   | 35
    西安 60 宝鸡 10 咸阳 35, 唐山 40   | 0    | 0    | 75
    唐山 40 定州 5                     | -    | 0    | 45
"""


@pytest.mark.parametrize(("march", "own", "whole", "first"), books.table(FIRST_TOLD)[1:])
def test_what_is_told_for_the_first_time_is_no_new_completion(
    nation, shaanxi, hebei, march, own, whole, first
):
    shaanxi.reports(SHAANXI, "2024-02-29")
    for told in march.split(", "):
        names = told.split()[::2]
        province = hebei if "唐山" in names else shaanxi
        rows = [f"{name} | 100 | {done}" for name, done in zip(names, told.split()[1::2], strict=True)]
        province.reports("\n".join(["region | enrolled | completed", *rows]), "2024-03-31")
    found = nation.stands("2024-03-31")
    assert found.province.newly == int(first)
    assert (found.province.added, found.region("610000").added) == (
        int(whole), None if own == "-" else int(own),
    )  # fmt: skip
    request = Request(province="全国", kind="monthly", on=date(2024, 3, 31), campaign="governance")
    report = compose(nation.store, request)
    text = "".join(part.text for part in report.paragraphs)
    assert (f"（首次报送的{first}家不计入）" in text) == (first != "0")
    assert ("完成率提高" in text or "完成率下降" in text) == (first == "0" and whole != "0")
    assert (f"首次报送的{first}家不计入" in headline.kpi_row(found, found.province, [])) == (first != "0")


def test_a_city_that_reports_for_the_first_time_adds_nothing_to_its_province(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 60", "2024-02-29")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 65\n宝鸡 | 50 | 40", "2024-03-31")
    found = shaanxi.stands("2024-03-31")
    told = {one.short: (one.added, one.newly) for one in (found.province, *found.reported)}
    assert told == {"全省": (5, 40), "西安": (5, 0), "宝鸡": (None, 40)}


def test_of_how_many_regions_a_provinces_sum_is_stands_beside_it(nation, shaanxi, hebei, monkeypatch, capsys):
    """On the page, in text, annex and workbook of a report, and on the command line; not beside a line of its own."""
    shaanxi.reports(SHAANXI, "2024-03-31")
    nation.reports("region | enrolled | completed\n河北 | 50 | 40", "2024-03-31")
    whole = "".join(f"\n{region.name} | 2 | 1" for region in load_roster("海南省").regions)
    Province(nation.store, "海南省").reports(f"region | enrolled | completed{whole}", "2024-03-31")
    partly = "12个地区中2个已报送"
    shown = league.league(nation.stands("2024-03-31"), None)
    assert shown.count("个已报送") == 1
    assert f'陕西<small class="z-below">{partly}</small>' in shown
    request = Request(province="全国", kind="monthly", on=date(2024, 3, 31), campaign="governance")
    report = compose(nation.store, request)
    assert f"完成治理70家（{partly}）" in "".join(part.text for part in report.paragraphs)
    rows = {row[1]: row[2] for row in report.annexes[0].texts()}
    assert (rows["陕西省"], rows["河北省"], rows["海南省"]) == (partly, "—", "—")
    grid = statistics.league(report.sections[0], {})
    assert "所辖地区报送" in [column.title for column in grid.fields]
    monkeypatch.setenv("ZYB_DATA", str(nation.store.folder))
    nation.store.close()
    assert main(["standings", "governance_completion", "--province", "全国"]) == 0
    assert f"陕西省（{partly}）" in capsys.readouterr().out
    assert main(["standings", "governance_completion", "--province", "全国", "--json"]) == 0
    said = {
        row["region"]: (row["regions"], row["regions_reported"])
        for row in json.loads(capsys.readouterr().out)
    }
    assert said["陕西省"] == (12, 2) and said["河北省"] == (None, None)
    assert said["海南省"][0] == said["海南省"][1]


# Who has reported in March (and in February before) → how many of the 32 speak, and whether that is said before
# anything of the whole: on the page, in a report, on the command line. The country has no plan for 专项治理, so that there is
# no verdict to withhold; 应报尽报 has one. Before, nothing was said of the first.
FEW_PROVINCES = """
    measure               | speak | verdict
    governance_completion | 2     | 未设时序
    declaration_coverage  | 2     | 报送不足
"""


@pytest.mark.parametrize(("measure", "speak", "verdict"), books.table(FEW_PROVINCES)[1:])
def test_that_few_provinces_speak_is_said_before_anything_of_the_country(
    nation, shaanxi, hebei, measure, speak, verdict, monkeypatch, capsys
):
    for province, text in ((shaanxi, SHAANXI), (hebei, HEBEI)):
        province.reports(text, "2024-03-31")
        listed(
            province,
            "employers",
            f"region | declared | industry | number\n{text.split()[6]} | 是 | 0610 | 9",
            "2024-03-31",
        )
    found = nation.stands("2024-03-31", measure)
    told = f"32 个地区中仅 {speak} 个报送本期数据，不作评价"
    assert found.province.verdict.title == verdict
    assert pace_words(found, found.province) == told
    assert told in headline.kpi_row(found, found.province, [])
    campaign = found.measure.campaign
    report = compose(
        nation.store, Request(province="全国", kind="monthly", on=date(2024, 3, 31), campaign=campaign)
    )
    text = "".join(part.text for part in report.paragraphs)
    task = "有任务的" if verdict == "报送不足" else ""
    said = text.index(f"32个{task}地区中仅河北省、陕西省报送了本期数据，全国情况暂不作评价。")
    assert said < text.index("其中，河北省")
    monkeypatch.setenv("ZYB_DATA", str(nation.store.folder))
    nation.store.close()
    assert main(["standings", measure, "--province", "全国"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"{told}。"


def test_no_forecast_is_made_for_the_whole_while_few_speak(nation, shaanxi):
    """A rate of two cities is not the province's; each city keeps its own."""
    for day, done in (("2024-01-31", "10"), ("2024-02-29", "20"), ("2024-03-31", "30")):
        shaanxi.reports(f"region | enrolled | completed\n西安 | 100 | {done}\n宝鸡 | 50 | 10", day)
    found = shaanxi.stands("2024-03-31")
    seen = view(shaanxi.store, "陕西省", "governance_completion", date(2024, 3, 31))
    told = {one.short: expected_sentence(found, one, history(shaanxi.store, seen, one.region_code))
            for one in (found.province, found.region("610100"))}  # fmt: skip
    assert told["全省"] == "本期报送的地区不足，暂不预测。"
    assert told["西安"].startswith("近4周平均每周完成2.3家")
    request = Request(province="陕西省", kind="monthly", on=date(2024, 3, 31), campaign="governance")
    section = compose(shaanxi.store, request).sections[0]
    assert section.whole.forecast == "" and section.lines[0].forecast
