"""专项结束: from its day on a campaign's alerts rest; whatever was to be seen before can be seen as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.books import table
from tests.spec.conftest import Province
from zyb import cli
from zyb.access import LOCAL_ADMIN, on_this_machine
from zyb.alerting import alerts, claim, newest_day, report_days, supervision_sheet, survey
from zyb.answers.duties import duty_survey
from zyb.answers.progress import every_report_day
from zyb.answers.ticking import tick
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.errors import NotPossible
from zyb.numerals import value_text
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.campaigns import closing_days
from zyb.standing.duties import DutyStanding
from zyb.ui.progress.attention import attention
from zyb.wording.closings import duties_rest

CLOSED = '[governance]\nclosed = 2024-06-30\nclosing_report = "陕卫办某〔2024〕9号"\n'
FIGURES = """
    region | enrolled | completed
    西安市 | 1000 | 100
    宝鸡市 | 1000 | 900
"""
WORDS = "职业病危害专项治理已于2024年6月30日结束（陕卫办某〔2024〕9号），自该日起不再预警、督办。"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    return folder


@pytest.fixture
def closed(rules: Path) -> Iterator[Path]:
    """Shaanxi has closed 专项治理 on a day of its own; Hebei has not."""
    (rules / "provinces" / "陕西省" / "campaigns.toml").write_text(CLOSED, encoding="utf-8")
    with using(Rulebook(rules)):
        yield rules


def reported(province: Province, *days: str) -> Province:
    for day in days:
        province.reports(FIGURES, day)
    return province


def told(province: Province, on: str) -> list[tuple[str, str, str]]:
    found = alerts(province.store, province.name, date.fromisoformat(on))
    return [(one.region, one.state.title, one.sentence) for one in found]


DAYS = """
    看哪一天   | 未解除的地区
    2024-03-31 | 西安市
    2024-06-29 | 西安市
    2024-06-30 | -
    2024-07-31 | -
    2025-12-31 | -
"""


@pytest.mark.parametrize(("on", "open_ones"), table(DAYS)[1:])
def test_from_the_day_of_the_closing_on_nothing_is_warned(shaanxi, closed, on, open_ones):
    reported(shaanxi, "2024-02-29", "2024-03-31", "2024-07-31")
    found = alerts(shaanxi.store, "陕西省", date.fromisoformat(on))
    behind = {one.region for one in found if one.open and one.measure.campaign == "governance"}
    assert ("西安市" in behind) == (open_ones == "西安市")
    assert bool(behind) == (open_ones != "-")


def test_before_the_closing_everything_is_as_it_was_without_it(shaanxi, rules):
    reported(shaanxi, "2024-02-29", "2024-03-31")
    days = ("2024-02-29", "2024-03-31", "2024-06-29")
    before = [told(shaanxi, day) for day in days]
    assert all(before)
    with (rules / "provinces" / "陕西省" / "campaigns.toml").open("w", encoding="utf-8") as own:
        own.write(CLOSED)
    with using(Rulebook(rules)):
        assert [told(shaanxi, day) for day in days] == before
        assert told(shaanxi, "2024-06-30") == []


def test_the_figures_go_on_whatever_was_closed(shaanxi, rules):
    reported(shaanxi, "2024-03-31", "2024-07-31")
    before = shaanxi.stands("2024-07-31")
    (rules / "provinces" / "陕西省" / "campaigns.toml").write_text(CLOSED, encoding="utf-8")
    with using(Rulebook(rules)):
        after = shaanxi.stands("2024-07-31")
    assert [(s.value, s.verdict.id, s.rank) for s in after.regions] == [
        (s.value, s.verdict.id, s.rank) for s in before.regions
    ]


# A summary due on 2024-11-15, of which nobody has told: how it stands on a day, by when 专项治理 was closed.
SUMMARY_DAYS = """
    看哪一天   | 不结束   | 11-14结束 | 11-15结束 | 11-16结束 | 11-17结束
    2024-11-13 | 即将到期 | 即将到期  | 即将到期  | 即将到期  | 即将到期
    2024-11-14 | 即将到期 | 已结束    | 即将到期  | 即将到期  | 即将到期
    2024-11-15 | 即将到期 | 已结束    | 已结束    | 即将到期  | 即将到期
    2024-11-16 | 逾期     | 已结束    | 已结束    | 已结束    | 逾期
    2024-11-17 | 逾期     | 已结束    | 已结束    | 已结束    | 已结束
    2025-12-31 | 逾期     | 已结束    | 已结束    | 已结束    | 已结束
"""
# A summary that came late, 2024-11-18: the day on which it was there is seen whatever was closed.
LATE_DAYS = """
    看哪一天   | 不结束   | 11-15结束 | 11-17结束 | 11-19结束
    2024-11-17 | 逾期     | 已结束    | 已结束    | 逾期
    2024-11-18 | 逾期完成 | 逾期完成  | 逾期完成  | 逾期完成
    2024-11-19 | 逾期完成 | 逾期完成  | 逾期完成  | 逾期完成
"""
# 100 of 1,000 done of what is due on 2025-06-30, by when the campaign was closed.
FIGURE_DAYS = """
    看哪一天   | 不结束 | 06-30结束 | 07-01结束 | 07-02结束
    2025-06-29 | 预警   | 预警      | 预警      | 预警
    2025-06-30 | 预警   | -         | 预警      | 预警
    2025-07-01 | 逾期   | -         | -         | 逾期
    2025-07-02 | 逾期   | -         | -         | -
"""


def by_closing(rules: Path, days: str, look: Callable[[date], str]) -> list[list[str]]:
    """The table anew: each column under rules in which the campaign was closed on its day, or not at all."""
    head, *rows = table(days)
    columns = [[row[0] for row in rows]]
    own = rules / "provinces" / "陕西省" / "campaigns.toml"
    for closing in head[1:]:
        day = closing.removesuffix("结束")
        closed_on = CLOSED.replace("2024-06-30", f"{rows[0][0][:4]}-{day}")
        own.write_text("" if closing == "不结束" else closed_on, encoding="utf-8")
        with using(Rulebook(rules)):
            columns.append([look(date.fromisoformat(row[0])) for row in rows])
    return [head, *map(list, zip(*columns, strict=True))]


def of_xian(province: Province, on: date) -> DutyStanding:
    """Never gone from the list, whatever the day."""
    found = duty_survey(province.store, "陕西省", on).within("610100")
    (standing,) = [one for one in found.standings if one.duty.id == "shaanxi_year_2024"]
    told_of = {
        one.duty.id for one in survey(province.store, "陕西省", on).missed if one.subject.code == "610100"
    }
    assert ("shaanxi_year_2024" in told_of) == (standing.state.id == "overdue")
    return standing


def test_a_duty_rests_from_the_day_of_the_closing_on_and_never_vanishes(shaanxi, rules):
    found = by_closing(rules, SUMMARY_DAYS, lambda on: of_xian(shaanxi, on).state.title)
    assert found == table(SUMMARY_DAYS)


def test_what_is_told_late_is_late_whether_the_campaign_is_over_or_not(shaanxi, rules):
    tick(
        shaanxi.store, "陕西省", "shaanxi_year_2024", "西安市", date(2024, 11, 15), by=LOCAL_ADMIN,
        day=date(2024, 11, 18), file="总结.docx",
    )  # fmt: skip
    found = by_closing(rules, LATE_DAYS, lambda on: of_xian(shaanxi, on).state.title)
    assert found == table(LATE_DAYS)


def test_an_alert_rests_from_the_day_of_the_closing_on(shaanxi, rules):
    reported(shaanxi, "2025-04-30", "2025-05-31")

    def xian(on: date) -> str:
        found = alerts(shaanxi.store, "陕西省", on)
        own = (
            one.state.title
            for one in found
            if (one.region, one.measure.id) == ("西安市", "governance_completion")
        )
        return next(own, "-")

    assert by_closing(rules, FIGURE_DAYS, xian) == table(FIGURE_DAYS)


# Closed on 2024-06-30: the weekly summaries, which nobody hands in, and the monthly ones, by the day they are due.
TERMS = """
    到期日     | 06-29    | 06-30    | 2024-12-31
    2024-06-23 | 未登记   | 未登记   | 未登记
    2024-06-30 | 即将到期 | 已结束   | 已结束
    2024-07-07 | -        | -        | -
"""


def test_what_would_begin_after_the_closing_is_asked_of_nobody(shaanxi, closed):
    def states(on: date) -> dict[str, str]:
        found = duty_survey(shaanxi.store, "陕西省", on).within("610100").standings
        return {str(one.term.due): one.state.title for one in found if one.duty.id == "shaanxi_weekly"}

    columns = [states(on) for on in (date(2024, 6, 29), date(2024, 6, 30), date(2024, 12, 31))]
    rows = table(TERMS)[1:]
    assert [[row[0], *(column.get(row[0], "-") for column in columns)] for row in rows] == rows
    week = (shaanxi.store, "陕西省", "shaanxi_weekly", "西安市")
    tick(*week, date(2024, 6, 30), by=LOCAL_ADMIN, day=date(2024, 6, 30), note="已开展")
    with pytest.raises(NotPossible, match="已于2024年6月30日结束，2024年7月7日到期的一期不再要求"):
        tick(*week, date(2024, 7, 7), by=LOCAL_ADMIN, day=date(2024, 7, 7), note="已开展")


# The week from Monday 2024-07-01 on, by when the campaign was closed.
WEEK_DAYS = """
    看哪一天   | 不结束   | 06-30结束 | 07-01结束 | 07-02结束
    2024-07-01 | 即将到期 | -         | -         | 即将到期
    2024-07-02 | 即将到期 | -         | -         | 已结束
    2024-07-07 | 即将到期 | -         | -         | 已结束
    2024-07-08 | 未登记   | -         | -         | 已结束
"""


def test_what_begins_on_the_day_of_the_closing_is_asked_of_nobody(shaanxi, rules):
    def week(on: date) -> str:
        found = duty_survey(shaanxi.store, "陕西省", on).within("610100").standings
        own = (
            one.state.title
            for one in found
            if (one.duty.id, str(one.term.due)) == ("shaanxi_weekly", "2024-07-07")
        )
        return next(own, "-")

    assert by_closing(rules, WEEK_DAYS, week) == table(WEEK_DAYS)


def test_what_is_due_next_is_nothing_that_rests(shaanxi, rules):
    def following(on: date) -> str:
        found = duty_survey(shaanxi.store, "陕西省", on).following
        return "、".join(sorted({str(one.term.due) for one in found}))

    days = """
        看哪一天   | 不结束     | 11-15结束  | 11-16结束
        2024-11-14 | 2024-11-15 | 2024-11-15 | 2024-11-15
        2024-11-15 | 2024-11-15 | 2024-12-31 | 2024-11-15
        2024-11-16 | 2024-12-31 | 2024-12-31 | 2024-12-31
    """
    assert by_closing(rules, days, following) == table(days)


def test_how_much_rests_is_told_with_the_day(shaanxi, closed):
    assert duties_rest(duty_survey(shaanxi.store, "陕西省", date(2024, 6, 29))) == ""
    # Of 12 regions the last week, month and quarter, which nobody hands in, and the year's summary.
    assert duties_rest(duty_survey(shaanxi.store, "陕西省", date(2024, 6, 30))) == (
        "已结束的专项不再提醒，结束时没有完成的列为“已结束”，补报的仍可登记：专项治理（自2024年6月30日起）48项次。"
    )


def test_the_other_province_and_the_other_campaigns_go_on(shaanxi, hebei, closed):
    with (closed / "provinces" / "河北省" / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(
            '\n[[governance_completion.plans]]\nstart = 2022-09-01\ndue = 2025-06-30\ntarget = "100%"\nbasis = "某文"\n'
        )
    figures = FIGURES.replace("西安市", "石家庄市").replace("宝鸡市", "唐山市")
    with using(Rulebook(closed)):
        for day in ("2024-06-30", "2024-07-31"):
            hebei.reports(figures, day)
        assert "石家庄市" in {region for region, _, _ in told(hebei, "2024-07-31")}
        assert survey(hebei.store, "河北省", date(2024, 7, 31)).closed == ()


def test_the_day_of_the_closing_can_be_looked_at_although_nothing_came_after(shaanxi, closed):
    assert report_days(shaanxi.store, "陕西省") == []
    reported(shaanxi, "2024-03-31")
    both = [date(2024, 3, 31), date(2024, 6, 30)]
    assert report_days(shaanxi.store, "陕西省") == both
    assert every_report_day(shaanxi.store, "陕西省") == both
    assert newest_day(shaanxi.store, "陕西省") == date(2024, 6, 30)


@pytest.mark.parametrize(("until", "days"), [("2024-06-29", []), ("2024-06-30", ["2024-06-30"])])
def test_the_day_of_a_closing_is_one_to_look_at_from_that_day_on(closed, until, days):
    found = closing_days("陕西省", date.fromisoformat(until))
    assert [day.isoformat() for day in found] == days


def test_a_closing_that_is_still_to_come_changes_nothing(shaanxi, rules):
    own = CLOSED.replace("2024-06-30", "2999-12-31")
    (rules / "provinces" / "陕西省" / "campaigns.toml").write_text(own, encoding="utf-8")
    reported(shaanxi, "2024-03-31")
    with using(Rulebook(rules)):
        assert report_days(shaanxi.store, "陕西省") == [date(2024, 3, 31)]
        assert told(shaanxi, "2024-03-31")


def test_who_claims_an_alert_of_a_closed_campaign_is_told_why_there_is_none(shaanxi, closed):
    reported(shaanxi, "2024-03-31")
    said = {"by": on_this_machine("张三"), "cause": "原因", "action": "措施", "due": date(2024, 12, 31)}
    with pytest.raises(NotPossible) as refused:
        claim(shaanxi.store, "陕西省", "西安市", "governance_completion", date(2024, 6, 30), **said)
    assert refused.value.message == WORDS


def test_the_supervision_sheet_presses_for_nothing_that_is_closed(shaanxi, closed):
    reported(shaanxi, "2024-03-31")
    sheets = [supervision_sheet(shaanxi.store, "陕西省", "西安市", date(2024, 6, day)) for day in (29, 30)]
    assert [[line.measure.id for line in sheet.lagging] for sheet in sheets] == [
        ["governance_completion"],
        [],
    ]


def test_a_report_after_the_closing_says_so_and_one_before_does_not(shaanxi, closed):
    reported(shaanxi, "2024-03-31", "2024-07-31")
    made = [
        compose(shaanxi.store, Request(province="陕西省", kind="monthly", on=on, campaign="governance"))
        for on in (date(2024, 3, 31), date(2024, 7, 31))
    ]
    assert [WORDS in one.notes for one in made] == [False, True]
    assert [bool(one.alerts) for one in made] == [True, False]


# On which day, for which campaign: what a 督办单 on 西安市 says of 专项治理, closed on 2024-06-30.
SHEETS = """
    on         | campaign   | said
    2024-03-31 | governance | 督办
    2024-06-29 | governance | 督办
    2024-06-30 | governance | 职业病危害专项治理已于2024年6月30日结束（陕卫办某〔2024〕9号），自该日起不再预警、督办。
    2025-12-31 | governance | 职业病危害专项治理已于2024年6月30日结束（陕卫办某〔2024〕9号），自该日起不再预警、督办。
"""


@pytest.mark.parametrize(("on", "campaign", "said"), table(SHEETS)[1:])
def test_a_sheet_asked_for_after_the_closing_says_that_the_campaign_is_over(
    shaanxi, closed, on, campaign, said
):
    reported(shaanxi, "2024-02-29", "2024-03-31")
    request = Request(
        province="陕西省",
        kind="supervision",
        on=date.fromisoformat(on),
        campaign=campaign,
        region_code="610100",
    )
    if said == "督办":
        assert compose(shaanxi.store, request).alerts
        return
    with pytest.raises(NotPossible) as refused:
        compose(shaanxi.store, request)
    assert refused.value.message == said


def test_a_sheet_on_every_campaign_names_those_that_are_over(shaanxi, closed):
    reported(shaanxi, "2024-03-31")
    sheet = supervision_sheet(shaanxi.store, "陕西省", "西安市", date(2024, 6, 30))
    assert sheet.rest == "已结束的专项不再预警、督办，报送与节点不再提醒：专项治理（自2024年6月30日起）。"
    assert supervision_sheet(shaanxi.store, "陕西省", "西安市", date(2024, 6, 29)).rest == ""


# What still had to be done on the day, by where it would be told: who is to be called, what each week must bring,
# the forecast, the annex and the slide of 倒排工期, the demands. 宝鸡 has 100 left, 西安 900.
PENDING = """
    on         | called | a week | forecast | annex | slide | demands | figures
    2024-06-29 | yes    | yes    | yes      | yes   | yes   | yes     | 50.0%
    2024-06-30 | -      | -      | -        | -     | -     | -       | 50.0%
    2024-07-31 | -      | -      | -        | -     | -     | -       | 50.0%
"""


def pending(province: Province, on: date) -> list[str]:
    found = province.stands(on.isoformat())
    made = compose(province.store, Request(province="陕西省", kind="monthly", on=on, campaign="governance"))
    rules = {said.rule for paragraph in made.paragraphs for said in paragraph.sentences}
    text = "".join(paragraph.text for paragraph in made.paragraphs)
    there = [
        attention(found), found.schedule(found.province), rules & {"forecast", "deadline", "press", "schedule"},
        [annex for annex in made.annexes if annex.is_schedule],
        [slide for slide in made.slides if slide.kind == "schedule"], "严格验收，确保质量" in text,
    ]  # fmt: skip
    return [*("yes" if told else "-" for told in there), value_text(found.province.value, "ratio")]


@pytest.mark.parametrize("expected", table(PENDING)[1:], ids=lambda line: line[0])
def test_what_a_closed_campaign_still_had_to_do_is_pending_no_more(shaanxi, closed, expected):
    shaanxi.reports(FIGURES.replace("900", "850"), "2024-02-29")
    shaanxi.reports(FIGURES, "2024-05-31")
    assert [expected[0], *pending(shaanxi, date.fromisoformat(expected[0]))] == expected


def test_the_command_line_says_which_campaigns_warn_no_more(shaanxi, closed, monkeypatch, capsys):
    reported(shaanxi, "2024-03-31")
    folder = shaanxi.store.folder
    shaanxi.store.close()
    monkeypatch.setenv("ZYB_DATA", str(folder))
    assert cli.main(["alerts", "--province", "陕西省"]) == 0
    said = capsys.readouterr().out
    assert (
        "已结束的专项不再预警、督办，报送与节点不再提醒：专项治理（自2024年6月30日起）。" in said
        and "西安市" not in said
    )
    assert cli.main(["alerts", "--province", "陕西省", "--on", "2024-03-31"]) == 0
    said = capsys.readouterr().out
    assert "已结束的专项" not in said and "西安市" in said


def test_the_command_line_gives_no_sheet_of_what_is_over(shaanxi, closed, monkeypatch, capsys, tmp_path):
    reported(shaanxi, "2024-03-31")
    folder = shaanxi.store.folder
    shaanxi.store.close()
    monkeypatch.setenv("ZYB_DATA", str(folder))
    asked = ["report", "word", "--kind", "supervision", "--province", "陕西省", "--region", "西安市", "--out", str(tmp_path / "督办单.docx")]  # fmt: skip
    assert cli.main(asked) != 0
    assert WORDS in capsys.readouterr().err and not (tmp_path / "督办单.docx").exists()
    assert cli.main(["standings", "governance_completion", "--province", "陕西省"]) == 0
    said = capsys.readouterr().out
    assert WORDS in said and "50.0%" in said


def test_the_command_line_lists_what_rests_and_says_so(shaanxi, closed, monkeypatch, capsys):
    folder = shaanxi.store.folder
    shaanxi.store.close()
    monkeypatch.setenv("ZYB_DATA", str(folder))
    asked = ["duties", "--province", "陕西省", "--on", "2024-12-31", "--region", "西安市"]
    assert cli.main([*asked, "--all"]) == 0
    said = capsys.readouterr().out
    assert "专项治理（自2024年6月30日起）4项次" in said
    (line,) = [line for line in said.splitlines() if "shaanxi_year_2024" in line]
    assert "已结束" in line and "2024-11-15" in line
    told = ["duties", "tick", "shaanxi_year_2024", "西安市", "2024-11-15", "--province", "陕西省", "--day", "2024-11-10", "--file", "总结.docx"]  # fmt: skip
    assert cli.main(told) == 0
    assert capsys.readouterr().out == "已登记。专项已于2024年6月30日结束，该项不再提醒。\n"
    assert cli.main([*asked, "--json", "--all"]) == 0
    (own,) = [one for one in json.loads(capsys.readouterr().out) if one["duty"] == "shaanxi_year_2024"]
    assert (own["state"], own["closed"]) == ("已完成", "2024-06-30")


def test_doubts_about_the_figures_of_a_closed_campaign_rest_with_it(shaanxi, closed):
    """A cumulative figure that fell is nothing that anybody is asked about any more; until the day before it is."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 60", "2024-05-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 50", "2024-06-10")
    doubts = {on: {one.kind for one in survey(shaanxi.store, "陕西省", date.fromisoformat(on)).faults} for on in ("2024-06-29", "2024-06-30")}  # fmt: skip
    assert doubts == {"2024-06-29": {"fell"}, "2024-06-30": set()}
