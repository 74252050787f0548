"""Counties that report for themselves while nobody reports for the others: their figures never stand for the region without a word."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import table
from tests.spec import lists
from tests.spec.conftest import Province
from tests.spec.test_sentences import sentences
from zyb.alerting import survey
from zyb.briefing import partly_told
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.cli import main
from zyb.intake import Submission
from zyb.rulebook.regions import load_roster
from zyb.standing.standings import Standing
from zyb.uploads.comparing import compare
from zyb.uploads.prepared import Prepared

ON = "2024-07-31"
ZHANGJIAKOU = "130700"
OTHERS = [one.name for one in load_roster("河北省").regions if one.code != ZHANGJIAKOU]


def counties(province: Province, code: str) -> list[str]:
    region = load_roster(province.name).region(code)
    assert region
    return list(region.members)


def helped(code: str, county: str, done: int, left: int = 0) -> list[dict[str, object]]:
    place = {"region_code": code, "county_code": county}
    return [
        {**place, "completed": said, "identified": said}
        for said, n in (("是", done), ("否", left))
        for _ in range(n)
    ]


def report(province: Province, code: str, spoken: list[str], done: int, as_of: str = ON) -> None:
    """Each of these counties for itself, the same of each."""
    for county in spoken:
        lists.saved(province, "assistance", helped(code, county, done), as_of, county_code=county)


@pytest.fixture
def tasks(hebei: Province) -> Province:
    """Of each city 320 enterprises in 2024."""
    lines = "\n".join(f"{one.name} | 2024 | 320" for one in load_roster("河北省").regions)
    hebei.reports(f"region | year | target\n{lines}", "2024-05-10", "assistance_targets")
    return hebei


def stands(province: Province, measure: str = "assistance_progress") -> Standing:
    found = province.stands(ON, measure).region(ZHANGJIAKOU)
    assert found
    return found


# 张家口 has 16 counties and 320 to help, 37.3 % of them by the end of July. How many counties have reported how many each: before,
# one county's 20 were 6.3 % of the city and 进展缓慢. What so few have done already holds whatever the others have done.
ONE_SIDE = """
    counties | each | verdict  | rank | gap | told
    1        | 20   | 待核实   | -    | -   | 仅桥东区报送（1／16个县区）
    1        | 0    | 待核实   | -    | -   | 仅桥东区报送（1／16个县区）
    3        | 20   | 待核实   | -    | -   | 仅桥东区、桥西区、宣化区报送（3／16个县区）
    4        | 20   | 待核实   | -    | -   | 仅桥东区等4个县区报送（4／16个县区）
    15       | 8    | 达到序时 | -    | yes | 仅桥东区等15个县区报送（15／16个县区）
    15       | 20   | 进展较快 | -    | yes | 仅桥东区等15个县区报送（15／16个县区）
    1        | 320  | 全面完成 | -    | yes | 仅桥东区报送（1／16个县区）
    16       | 5    | 相对滞后 | 1    | yes | -
    16       | 20   | 全面完成 | 1    | yes | -
"""


@pytest.mark.parametrize(("spoken", "each", "verdict", "rank", "gap", "told"), table(ONE_SIDE)[1:])
def test_what_some_counties_have_done_is_the_least_that_the_region_has(
    tasks, spoken, each, verdict, rank, gap, told
):
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[: int(spoken)], int(each))
    if each == "0":
        county = counties(tasks, ZHANGJIAKOU)[0]
        lists.saved(tasks, "assistance", helped(ZHANGJIAKOU, county, 0, 3), ON, county_code=county)
    found = tasks.stands(ON, "assistance_progress")
    own = stands(tasks)
    assert (own.verdict.title, str(own.rank or "-"), own.gap is not None) == (verdict, rank, gap == "yes")
    assert found.caveats_of(own) == ([told] if told != "-" else [])
    assert found.caveats_of(found.province) == ([f"张家口市{told}"] if told != "-" else [])


def test_a_share_of_what_some_counties_have_says_nothing_of_the_others(tasks):
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[:1], 20)
    own = stands(tasks, "assistance_identified")
    assert (own.value, own.verdict.title, own.rank) == (1, "待核实", None)
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[1:], 20)
    assert (
        stands(tasks, "assistance_identified").verdict.title,
        stands(tasks, "assistance_identified").rank,
    ) == ("全面完成", 1)


def test_a_county_beside_the_report_of_its_city_leaves_nothing_out(tasks):
    everybody = [row for county in counties(tasks, ZHANGJIAKOU) for row in helped(ZHANGJIAKOU, county, 10)]
    lists.saved(tasks, "assistance", everybody, "2024-06-30")
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[:1], 20)
    own = stands(tasks)
    assert (own.numerator, own.alone, own.verdict.title) == (170, None, "进展较快")


def test_the_summary_of_the_city_goes_before_the_list_of_one_county(shaanxi):
    xian = "610100"
    shaanxi.reports("region | enrolled | completed\n西安 | 400 | 300", "2024-03-01")
    county = counties(shaanxi, xian)[0]
    rows = [{"region_code": xian, "county_code": county, "completed": "是"}] * 5
    lists.saved(shaanxi, "governance_enterprises", rows, "2024-03-01", county_code=county)
    own = shaanxi.stands("2024-03-01").region(xian)
    assert own and (own.numerator, own.denominator, own.alone, own.disagreement) == (300, 400, None, None)


# All other cities have done so many of 320 each, 张家口's one county 20: whether the whole is judged.
WHOLE = """
    others | verdict
    320    | 进展较快
    100    | 相对滞后
    110    | 待核实
    320 -  | 报送不足
"""


@pytest.mark.parametrize(("others", "verdict"), table(WHOLE)[1:])
def test_the_whole_is_judged_where_it_is_judged_alike_whatever_the_other_counties_have_done(
    tasks, others, verdict
):
    done, *few = others.split()
    for name in OTHERS[:3] if few else OTHERS:
        region = load_roster("河北省").find(name)
        assert region
        lists.saved(tasks, "assistance", helped(region.code, "", int(done)), ON)
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[:1], 20)
    assert tasks.stands(ON, "assistance_progress").province.verdict.title == verdict


# -- wherever its figure stands ------------------------------------------------------------------

SAID = "张家口市仅桥东区报送（1／16个县区）"


@pytest.fixture
def one_county(tasks: Province) -> Province:
    for code in ("130100", "130800"):
        lists.saved(tasks, "assistance", helped(code, "", 100), ON)
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[:1], 20)
    return tasks


@pytest.mark.parametrize("kind", ["monthly", "quarterly", "yearly"])
def test_a_paper_says_whose_figures_they_are(one_county, kind):
    asked = Request(province="河北省", kind=kind, on=date.fromisoformat(ON), campaign="assistance")
    found = compose(one_county.store, asked)
    said = sentences(found)
    assert f"张家口三市报送了本期数据，其中{SAID}，全省情况暂不作评价" in said["few"]
    assert f"（{SAID.removeprefix('张家口市')}）" in said["overall"]
    assert SAID in said["missing"]
    assert "张家口市（6.3%）" not in "".join(said.values()) and "张家口市进展" not in "".join(said.values())


def test_a_letter_to_the_city_says_so_of_each_figure(one_county):
    asked = Request(
        province="河北省",
        kind="supervision",
        on=date(2024, 10, 5),
        campaign="assistance",
        region_code=ZHANGJIAKOU,
    )
    text = "".join(part.text for part in compose(one_county.store, asked).paragraphs)
    assert text.count(f"{SAID}。") >= text.count("完成帮扶20家") > 0


def test_the_alert_does_not_call_it_behind(one_county):
    own = [
        one
        for one in survey(one_county.store, "河北省", date.fromisoformat(ON)).alerts
        if one.region == "张家口市"
    ]
    assert {one.measure.id: one.state.title for one in own}["assistance_progress"] == "未报送"


def test_after_its_day_the_others_are_asked_for(one_county):
    report(one_county, ZHANGJIAKOU, counties(one_county, ZHANGJIAKOU)[:1], 20, "2024-12-31")
    late = [
        one.sentence
        for one in survey(one_county.store, "河北省", date(2025, 1, 1)).alerts
        if (one.region, one.measure.id) == ("张家口市", "assistance_progress")
    ]
    assert late == [
        "张家口市帮扶任务完成率自2024年7月起连续6期未报送，最近数据为2024年12月31日的6.3%，仅桥东区报送（1／16个县区），"
        "时限2024年12月31日已过，请其余县区报送。"
    ]


def test_the_command_line_says_so_in_words_and_in_json(one_county, monkeypatch, capsys):
    monkeypatch.setenv("ZYB_DATA", str(one_county.store.folder))
    one_county.store.close()
    asked = ["standings", "assistance_progress", "--province", "河北省", "--on", ON]
    assert main(asked) == 0
    assert f"全省：{SAID}。" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert '"caveats": "仅桥东区报送（1／16个县区）"' in capsys.readouterr().out


def coming(province: Province, county: str) -> Submission:
    return lists.submission(province, "assistance", helped(ZHANGJIAKOU, county, 20), ON, county_code=county)


def test_who_hands_it_in_is_told(tasks):
    """Until the last county has reported; not where the city itself has."""
    every = counties(tasks, ZHANGJIAKOU)

    def warned(county: str) -> list[str]:
        prepared = Prepared(file_name="附件4.xlsx", content=b"", submission=coming(tasks, county), sha256="")
        return [
            one.message
            for one in compare(tasks.store, prepared).submission.problems
            if one.code == "other_counties_silent"
        ]

    assert [said.split("，")[0] for said in warned(every[0])] == [SAID]
    report(tasks, ZHANGJIAKOU, every[:-1], 20)
    assert warned(every[-1]) == []
    assert len(warned(every[0])) == 1
    lists.saved(tasks, "assistance", helped(ZHANGJIAKOU, "", 1), ON)
    assert warned(every[0]) == []


def test_the_country_says_so_of_the_province(tasks):
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[:1], 20)
    found = Province(tasks.store, "全国").stands(ON, "assistance_identified").region("130000")
    assert found and partly_told(found) == "14个地区中1个已报送，张家口市仅部分县区报送"
    report(tasks, ZHANGJIAKOU, counties(tasks, ZHANGJIAKOU)[1:], 20)
    found = Province(tasks.store, "全国").stands(ON, "assistance_identified").region("130000")
    assert found and partly_told(found) == "14个地区中1个已报送"
