"""The 督办单 as a document: the same measures, figures, states and claims as the alerts and the page's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.access import on_this_machine
from zyb.alerting import SheetLine, SupervisionSheet, claim, supervision_sheet
from zyb.answers.judging import override
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Paragraph, Request, Section
from zyb.briefing.text.phrases import ordinal
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.store import Store

YULIN = "610800"
HEAD = "region | enrolled | completed"
# After the year has changed, before anybody reported in the new one but on one measure.
ON = date(2025, 2, 10)


@pytest.fixture
def shaanxi(store: Store) -> Province:
    """榆林 owes last year's task, lags in the long one and is late with the figures of January."""
    province = Province(store, "陕西省")
    province.reports(
        "region | year | target\n宝鸡 | 2024 | 10\n榆林 | 2024 | 300", "2024-01-01", "governance_targets"
    )
    province.reports(f"{HEAD}\n宝鸡 | 100 | 85\n榆林 | 463 | 40", "2023-12-31")
    for day, completed in (("2024-10-31", 70), ("2024-11-30", 84), ("2024-12-31", 88)):
        province.reports(f"{HEAD}\n宝鸡 | 100 | 99\n榆林 | 463 | {completed}", day)
    return province


def document(province: Province, campaign: str = "governance", on: date = ON) -> Briefing:
    return compose(
        province.store,
        Request(province=province.name, kind="supervision", on=on, campaign=campaign, region_code=YULIN),
    )


def sheet(province: Province, on: date = ON) -> SupervisionSheet:
    return supervision_sheet(province.store, province.name, YULIN, on)


def section(found: Briefing, line: SheetLine) -> Section:
    return next(each for each in found.sections if each.measure_id == line.measure.id)


def told(found: Briefing) -> list[str]:
    return [part.text for part in found.paragraphs if part.role != "body"]


def numbered(lines: Sequence[SheetLine]) -> list[str]:
    """One alone has no number."""
    marks = [f"（{ordinal(n)}）" if len(lines) > 1 else "" for n in range(1, len(lines) + 1)]
    return [f"{mark}{line.measure.title}。" for mark, line in zip(marks, lines, strict=True)]


def body_of(found: Briefing, line: SheetLine) -> Paragraph:
    titles = [part.text if part.role == "subheading" else "" for part in found.paragraphs]
    place = next(n for n, text in enumerate(titles) if text.endswith(f"{line.measure.title}。"))
    return found.paragraphs[place + 1]


def test_last_years_task_that_is_overdue_is_told_with_its_own_figures(shaanxi):
    found = document(shaanxi)
    line = next(line for line in sheet(shaanxi).supervised if line.measure.id == "governance_annual")
    assert (line.state, line.figure, line.due) == ("逾期", "16.0%（48／300家）", "2024年12月31日")
    text = body_of(found, line).text
    assert "现列为逾期（" in text and "年度目标任务300家，当年新增完成48家" in text
    assert "时限2024年12月31日已过，剩余252家，限期清零。" in text


@pytest.mark.parametrize("on", [date(2024, 12, 31), ON])
def test_figures_plans_and_states_are_those_of_the_sheet_to_the_digit(shaanxi, on):
    found, own = document(shaanxi, on=on), sheet(shaanxi, on)
    rows = {row[0]: row for row in found.annexes[0].texts()}
    reported = [line for line in own.lines if line.standing.told]
    assert own.lagging and reported
    for line in reported:
        whole, standing = section(found, line).whole, line.standing
        assert (whole.numerator, whole.denominator, whole.value, whole.pace, whole.gap, whole.remaining) == (
            standing.numerator, standing.denominator, standing.value, standing.pace, standing.gap, standing.remaining,
        )  # fmt: skip
        assert whole.judgement.title == standing.verdict.title
        assert rows[line.measure.title][6:9] == [line.due, line.demand, line.status]
    for line in (one for one in own.lagging if one in reported):
        text = body_of(found, line).text
        assert f"现列为{line.status}，{line.run}。" in text
        assert line.outlook in text


def test_what_is_supervised_comes_first_and_what_is_only_watched_apart(shaanxi):
    shaanxi.reports("region | assisted | declared\n榆林 | 14 | 5", "2024-12-31", "assistance_rates")
    own = sheet(shaanxi, date(2024, 12, 31))
    assert own.supervised and own.watched
    assert told(document(shaanxi, "", date(2024, 12, 31))) == [
        "一、督办事项", *numbered(own.supervised), "二、列入观察的指标", *numbered(own.watched),
        "三、逾期未完成的报送与节点", "四、办理要求",
    ]  # fmt: skip


def test_a_measure_that_is_only_watched_stands_under_its_own_heading(store):
    province = Province(store, "陕西省")
    province.reports(f"{HEAD}\n榆林 | 100 | 45", "2024-01-31")
    found = document(province, on=date(2024, 1, 31))
    assert told(found) == ["一、列入观察的指标", "专项治理完成率。", "二、办理要求"]
    assert "现列为观察，2024年1月出现滞后。" in "".join(part.text for part in found.paragraphs)
    opening = found.paragraphs[0].text
    assert "现予提示" in opening and "现予督办" not in opening


def test_the_opening_supervises_only_where_something_is_supervised(shaanxi):
    assert "现予督办" in document(shaanxi).paragraphs[0].text


def test_a_claim_names_who_answers_and_until_when_in_text_and_annex(shaanxi):
    claim(
        shaanxi.store, "陕西省", "榆林", "governance_completion", date(2024, 12, 31),
        by=on_this_machine("张三"), cause="企业停产", action="逐家督导", due=date(2025, 5, 31),
    )  # fmt: skip
    found = document(shaanxi)
    line = next(line for line in sheet(shaanxi).lagging if line.measure.id == "governance_completion")
    assert body_of(found, line).text.endswith("该项由张三负责，2025年5月31日前整改到位。")
    cells = {row[0]: row[-1] for row in found.annexes[0].texts()}
    assert cells[line.measure.title] == "张三，2025年5月31日"
    assert cells["专项治理年度任务完成率"] == "—"


def test_the_slides_tell_of_what_is_supervised_and_end_with_the_list(shaanxi):
    found, own = document(shaanxi, campaign=""), sheet(shaanxi)
    cover, *headlines, last = found.slides
    assert (cover.kind, last.kind) == ("cover", "alerts")
    about = [found.sections[slide.section].measure_id for slide in headlines if slide.section is not None]
    reported = [line for line in own.supervised if line.standing.told]
    assert about == [line.measure.id for line in reported]
    for slide, line in zip(headlines, reported, strict=True):
        assert slide.points[0] == f"{line.status}，{line.run}"
    (overdue,) = (slide for slide, line in zip(headlines, reported, strict=True) if line.overdue)
    assert "时限2024年12月31日，还差252家，限期清零" in overdue.points
    assert found.sections[overdue.section or 0].whole.demand == "时限已过，限期清零"


def test_nobody_answers_for_anything_without_a_claim(shaanxi):
    assert document(shaanxi).annexes[0].columns[-1].title == "状态（级别）"


def test_a_persons_verdict_stands_in_the_text_beside_the_rules_own(shaanxi):
    day = date(2024, 12, 31)
    override(
        shaanxi.store,
        shaanxi.stands(day.isoformat()),
        YULIN,
        "lagging",
        "六月前集中验收。",
        by=on_this_machine("李四"),
    )
    line = next(line for line in sheet(shaanxi, day).lagging if line.measure.id == "governance_completion")
    text = body_of(document(shaanxi, on=day), line).text
    assert text.endswith("该项评价人工调整为相对滞后，程序判定进展缓慢，理由：六月前集中验收。")


def test_who_did_not_report_is_told_so_with_the_last_figures_there_are(shaanxi):
    shaanxi.reports(f"{HEAD}\n宝鸡 | 100 | 99", "2025-01-31")
    line = next(line for line in sheet(shaanxi).lagging if line.measure.id == "governance_completion")
    assert line.state == "未报送"
    text = body_of(document(shaanxi), line).text
    assert "本期未报送，最近数据截至2024年12月31日。" in text and "已完成治理88家" in text


def test_who_never_reported_has_a_line_without_figures(store):
    province = Province(store, "陕西省")
    province.reports(f"{HEAD}\n宝鸡 | 100 | 99", "2024-01-31")
    found = document(province, on=date(2024, 1, 31))
    assert "现列为未报送（提醒），2024年1月未报送。没有可用的数据，请尽快报送。" in {
        part.text for part in found.paragraphs
    }


def test_a_letter_is_written_on_the_day_it_speaks_of(shaanxi):
    found = document(shaanxi)
    assert found.made == ON and f"截至{chinese_day(ON)}，榆林市有" in found.paragraphs[1].text


def test_a_document_on_every_campaign_tells_every_line_of_the_sheet(shaanxi):
    found = document(shaanxi, campaign="")
    assert told(found) == [
        "一、督办事项",
        *numbered(sheet(shaanxi).lagging),
        "二、逾期未完成的报送与节点",
        "三、办理要求",
    ]


def test_what_no_document_demands_cannot_be_supervised(store):
    hebei = Province(store, "河北省")
    hebei.reports(f"{HEAD}\n石家庄 | 100 | 85\n雄安 | 100 | 5", "2024-12-31")
    with pytest.raises(NotPossible, match="文件未规定时限或目标，不能据此督办"):
        compose(
            store,
            Request(
                province="河北省",
                kind="supervision",
                on=date(2024, 12, 31),
                campaign="governance",
                region_code="133100",
            ),
        )


def test_measures_of_other_units_below_each_other_each_say_their_own(shaanxi):
    listed(
        shaanxi, "institutions", "region | indicator | due | done\n榆林 | 质控问题整改 | 9 | 3", "2024-12-31"
    )
    annex = document(shaanxi, "").annexes[0]
    units = {row[0]: row[1] for row in annex.texts()}
    assert (annex.unit, annex.columns[1].title) == ("单位：见表内，比率为%", "单位")
    assert (units["专项治理完成率"], units["质控问题整改率"]) == ("家", "项")
    assert document(shaanxi).annexes[0].unit == "单位：家、%"
