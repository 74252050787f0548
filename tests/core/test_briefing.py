"""A report from the store: the same numbers as standings, one title an annex, frozen and thawed equal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.books import NOTICE
from tests.briefings import section
from tests.spec.conftest import Province
from zyb.briefing.checklist import checklist
from zyb.briefing.composing import compose
from zyb.briefing.issued.freezing import frozen, thawed
from zyb.briefing.model import Briefing, Request
from zyb.briefing.outlines import campaign_texts, plans
from zyb.briefing.report_table import shown, unit_line
from zyb.briefing.tables import progress_table
from zyb.errors import NotPossible
from zyb.rulebook.measures import campaigns

DAY = date(2024, 3, 1)
XIAN, YULIN = "610100", "610800"


@pytest.fixture
def shaanxi(store) -> Province:
    province = Province(store, "陕西省")
    lines = [f"{name} | {enrolled} | {completed}" for name, (enrolled, completed) in NOTICE.items()]
    province.reports("region | enrolled | completed\n" + "\n".join(lines), "2024-03-01")
    return province


def report(
    province: Province, kind: str = "quarterly", campaign: str = "governance", region: str = ""
) -> Briefing:
    return compose(
        province.store,
        Request(province=province.name, kind=kind, on=DAY, campaign=campaign, region_code=region),
    )


KINDS = [(kind.id, YULIN if kind.regional else "") for kind in plans().kinds.values()]


@pytest.mark.parametrize(("kind", "region"), KINDS)
@pytest.mark.parametrize("campaign", ["governance", ""])
def test_every_kind_of_report_says_something_and_survives_freezing(shaanxi, kind, region, campaign):
    found = report(shaanxi, kind, campaign, region)
    assert all(part.text for part in found.paragraphs)
    assert found.slides[0].kind == "cover" and all(slide.title for slide in found.slides)
    assert thawed(frozen(found)) == found
    assert frozen(thawed(frozen(found))) == frozen(found)


def test_what_was_issued_before_rules_had_parts_reads_as_it_did(shaanxi):
    found = report(shaanxi)
    older = json.loads(frozen(found))
    older["format"], older["briefing"]["verdict_rules"] = 1, found.told_rules
    put_units_in_one_line(older["briefing"])
    assert thawed(json.dumps(older, ensure_ascii=False)) == found


def put_units_in_one_line(kept: dict[str, Any]) -> None:
    tables = [*kept["annexes"], *(slide["table"] for slide in kept["slides"] if slide["table"])]
    for table in tables:
        table["unit"] = unit_line(table.pop("units"))


@pytest.mark.parametrize(("kind", "region"), KINDS)
def test_what_was_issued_before_units_stood_apart_reads_as_it_did(shaanxi, kind, region):
    found = report(shaanxi, kind, "", region)
    older = json.loads(frozen(found))
    older["format"] = 3
    put_units_in_one_line(older["briefing"])
    assert thawed(json.dumps(older, ensure_ascii=False)) == found


@pytest.mark.parametrize(("kind", "region"), KINDS)
def test_what_was_issued_before_sources_and_covers_had_parts_reads_as_it_did(shaanxi, kind, region):
    found = report(shaanxi, kind, "", region)
    older = json.loads(frozen(found))
    older["format"], kept = 2, older["briefing"]
    for one, key in [*((s, "origin") for s in kept["sections"]), *((s, "lines") for s in kept["slides"]),
                     *((a, "clauses") for a in kept["alerts"]),
                     *((a, "short") for a in kept["annexes"])]:  # fmt: skip
        del one[key]
    put_units_in_one_line(kept)
    assert thawed(json.dumps(older, ensure_ascii=False)) == found


def test_the_lines_are_the_standings(shaanxi):
    (section, *_) = report(shaanxi).sections
    standings = shaanxi.stands("2024-03-01")
    assert len(standings.regions) == 12
    for line, standing in zip(section.lines, standings.regions, strict=True):
        said = (line.code, line.numerator, line.denominator, line.value, line.gap, line.remaining, line.rank)
        assert said == (
            standing.region_code, standing.numerator, standing.denominator, standing.value, standing.gap,
            standing.remaining, standing.rank,
        )  # fmt: skip
        assert line.judgement.title == standing.verdict.title


def test_the_figures_of_a_sentence_name_region_and_measure(shaanxi):
    (overall,) = (s for part in report(shaanxi).paragraphs for s in part.sentences if s.rule == "overall")
    told = {(figure.region_code, figure.title): figure.text for figure in overall.figures}
    assert told[XIAN, "西安市完成治理"] == "1378家"
    assert {figure.measure_id for figure in overall.figures} == {"governance_completion"}


def test_no_two_annexes_have_the_same_title(shaanxi):
    titles = [table.title for table in report(shaanxi, campaign="").annexes]
    assert len(set(titles)) == len(titles)


def test_a_report_known_then_is_the_report_of_then(shaanxi):
    before = report(shaanxi)
    shaanxi.reports("region | enrolled | completed\n西安市 | 2367 | 2000", "2024-03-01")
    assert report(shaanxi).sections[0].whole.numerator == 2575 - 1378 + 2000
    then = Request(
        province="陕西省", kind="quarterly", on=DAY, campaign="governance", known_at=before.known_at
    )
    again = compose(shaanxi.store, then)
    assert (again.paragraphs, again.sections, again.annexes) == (
        before.paragraphs,
        before.sections,
        before.annexes,
    )


def test_nothing_to_report_on_is_said(store):
    with pytest.raises(NotPossible, match="没有可写的数据"):
        compose(store, Request(province="陕西省", kind="quarterly", on=DAY, campaign="governance"))


@pytest.mark.parametrize(("kind", "campaign", "region", "words"), [
    ("hourly", "governance", "", "没有“hourly”这种简报"),
    ("quarterly", "nothing", "", "没有专项行动“nothing”"),
    ("supervision", "governance", "", "督办单针对一个地区"),
    ("weekly", "governance", "999999", "没有代码为“999999”的地区"),
])  # fmt: skip
def test_a_request_that_cannot_be_met_is_told_why(shaanxi, kind, campaign, region, words):
    with pytest.raises(NotPossible, match=words):
        report(shaanxi, kind, campaign, region)


def test_nobody_is_pressed_who_keeps_pace(shaanxi):
    with pytest.raises(NotPossible, match="西安市各项指标均达到序时进度或目标，无需督办"):
        report(shaanxi, "supervision", "governance", XIAN)


def test_a_growth_is_finished_when_its_target_is_reached(store):
    """1,000 a year ago and +30 % to reach: 1,150 after two reports is no end in sight at ten a month."""
    hebei = Province(store, "河北省")
    for day, declared in (("2024-08-31", 1140), ("2024-09-30", 1150)):
        hebei.reports(f"region | year | declared\n石家庄市 | 2023 | 1000\n石家庄市 | 2024 | {declared}", day)
    request = Request(province="河北省", kind="monthly", on=date(2024, 9, 30), campaign="declaration")
    (line,) = (line for line in compose(store, request).sections[0].lines if line.name == "石家庄市")
    assert line.remaining == 150
    assert "平均每周新增2.3家，按此进度年内不能达到目标" in line.forecast


def test_every_campaign_is_told_somehow():
    assert list(plans().campaigns) == list(campaigns())


def test_the_checklist_names_every_check_the_snapshots_and_who_was_judged_otherwise(shaanxi):
    found = checklist(report(shaanxi))
    text = "".join(part.text for part in found.paragraphs)
    assert all(check.title in text for check in found.checks)
    assert "采用批次：1。" in text
    assert (found.annexes, found.red_head) == ((), False)


def test_a_part_larger_than_its_whole_blocks_until_it_is_let_stand(store):
    province = Province(store, "陕西省")
    province.reports("region | enrolled | completed\n西安市 | 100 | 104", "2024-03-01")
    found = report(province)
    assert {check.id for check in found.checks if check.blocks} == {"within", "reported"}
    let = Request(
        province="陕西省", kind="quarterly", on=DAY, campaign="governance", accepted=("within", "reported")
    )
    assert not compose(store, let).blocked
    assert any("西安市完成治理104家，大于纳入治理100家" in note for note in compose(store, let).notes)


def test_names_of_files_say_what_and_until_when(shaanxi):
    assert report(shaanxi).file_name("docx") == "陕西省职业病危害专项治理进展通报（截至2024年3月1日）.docx"
    demo = compose(shaanxi.store, Request(province="陕西省", kind="weekly", on=DAY), demo_warning="演示数据")
    assert demo.file_name("txt") == "演示数据_陕西省职业病防治重点工作周小结（截至2024年3月1日）.txt"


@pytest.mark.parametrize(("campaign", "title"), [
    ("", ("全省职业病防治重点工作", "年度总结")),
    ("governance", ("全省职业病危害专项治理", "年度工作总结")),
])  # fmt: skip
def test_a_title_says_no_word_twice_and_breaks_none(shaanxi, campaign, title):
    found = report(shaanxi, "yearly", campaign)
    assert (found.title, found.short_title) == (title, f"陕西省{title[0].removeprefix('全省')}{title[1]}")


def test_every_campaign_closes_with_what_its_documents_demand():
    told = campaign_texts("")
    assert [one.id for one in told] == list(campaigns())
    assert [one.id for one in told if not one.requirements] == []


def test_a_share_below_zero_has_the_minus_sign_of_all_other_figures():
    assert shown(Fraction(-79, 1000), "percent") == "−7.9"


def test_a_growth_in_a_table_carries_its_sign():
    line = replace(section().whole, value=Fraction(123, 1000))
    grown = replace(section(), kind="growth", short_title="增幅", whole=line, lines=(line,))
    table = progress_table(grown, "申报扩面", 0)
    place = [column.title for column in table.columns].index("增幅")
    assert [row[place] for row in table.texts()] == ["+12.3", "+12.3"]
