"""Who fell silent: named with the day of the old figures, and no province is finished while a region is silent."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.access import on_this_machine
from zyb.alerting import alerts
from zyb.answers.judging import override
from zyb.answers.progress import history, view
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.remarks import (
    carried_words,
    deadline_sentence,
    expected_sentence,
    forecast_sentence,
    pace_words,
    remainder_words,
)
from zyb.numerals import gap_text, value_text
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.standing.forecast import Forecast
from zyb.standing.silence import is_stale, silent_from
from zyb.ui.progress import league, map, scene
from zyb.ui.progress.attention import attention

JUNE = "region | enrolled | completed\n西安 | 100 | 60\n宝鸡 | 50 | 50"
AUGUST = "region | enrolled | completed\n西安 | 100 | 70"


def test_old_figures_are_told_with_their_day_everywhere(shaanxi):
    shaanxi.reports(JUNE, "2024-06-30")
    shaanxi.reports(AUGUST, "2024-08-31")
    found = shaanxi.stands("2024-08-31")
    (silent,) = found.carried
    assert (silent.short, silent.as_of, carried_words(silent)) == (
        "宝鸡",
        date(2024, 6, 30),
        "本期未报送，沿用6月30日数据",
    )
    assert scene.told_reports(found).startswith("1 个地区已报送，宝鸡沿用6月30日数据")
    assert "6月30日" in league.league(found, None)
    assert "其中沿用前期 1：宝鸡" in map.map_legend(found)
    assert "本期未报送" in "".join(item.sentence for item in attention(found))


# The day of the figures, of the newest ones → whether new ones were due by then
DUE_ANEW = """
    ledger              | as of      | newest     | due
    governance_progress | 2024-01-31 | 2024-02-28 | 否
    governance_progress | 2024-01-31 | 2024-02-29 | 是
    governance_progress | 2023-01-31 | 2023-02-28 | 是
    governance_progress | 2024-02-29 | 2024-03-30 | 否
    governance_progress | 2024-02-29 | 2024-03-31 | 是
    governance_progress | 2024-06-30 | 2024-07-30 | 否
    governance_progress | 2024-06-30 | 2024-07-31 | 是
    governance_progress | 2024-06-25 | 2024-07-24 | 否
    governance_progress | 2024-06-25 | 2024-07-25 | 是
    governance_progress | 2024-12-31 | 2025-01-30 | 否
    governance_progress | 2024-12-31 | 2025-01-31 | 是
    employers           | 2024-11-30 | 2025-02-27 | 否
    employers           | 2024-11-30 | 2025-02-28 | 是
    cdc_guidance        | 2024-02-29 | 2025-02-27 | 否
    cdc_guidance        | 2024-02-29 | 2025-02-28 | 是
"""


@pytest.mark.parametrize(("ledger", "as_of", "newest", "due"), table(DUE_ANEW)[1:])
def test_figures_are_due_anew_on_the_same_day_of_the_next_month_quarter_or_year_and_after_a_months_end_at_its_end(
    ledger, as_of, newest, due
):
    days = date.fromisoformat(as_of), date.fromisoformat(newest)
    assert is_stale(ledger, *days) == (due == "是")


def test_figures_of_the_period_itself_are_not_old(shaanxi):
    shaanxi.reports(JUNE, "2024-06-30")
    found = shaanxi.stands("2024-06-30")
    assert (found.carried, "沿用" in map.map_legend(found)) == ([], False)


# The last figures are of 2024-06-30; what is held on a day asked for → since when nobody has reported, the pace that the regions
# are held against, and the verdicts of 西安 (60 %) and of the province. Before, 06-30 was held against 06-30 for ever.
NOBODY_SINCE = """
    on         | since      | pace  | 西安     | 全省
    2024-06-30 | -          | 64.7%  | 相对滞后 | 达到序时
    2024-07-31 | -          | 64.7%  | 相对滞后 | 达到序时
    2024-08-01 | 2024-07-01 | 67.8%  | 相对滞后 | 相对滞后
    2024-12-31 | 2024-07-01 | 82.5%  | 相对滞后 | 相对滞后
    2025-12-31 | 2024-07-01 | 100.0% | 进展缓慢 | 进展缓慢
    2027-03-31 | 2024-07-01 | 100.0% | 进展缓慢 | 进展缓慢
"""


@pytest.mark.parametrize(("on", "since", "pace", "xian", "whole"), table(NOBODY_SINCE)[1:])
def test_figures_that_no_longer_speak_for_the_day_are_held_against_that_day(
    shaanxi, on, since, pace, xian, whole
):
    most = "".join(f"\n{name} | 50 | 35" for name in ["宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林"])
    shaanxi.reports(f"region | enrolled | completed\n西安 | 100 | 60{most}", "2024-06-30")
    found = shaanxi.stands(on)
    seen = found.region("610100")
    assert seen and [
        str(found.silent_from or "-"), value_text(found.province.pace, "ratio"), seen.verdict.title, found.province.verdict.title,
    ] == [since, pace, xian, whole]  # fmt: skip
    # The province's figures are as old as those of its regions, and are judged as they are; that nobody has reported comes first.
    assert (found.province.gap is None, seen.stale) == (False, since != "-")


# The newest figures, the day asked for → the first day of which a report was due and nobody has sent one: only what is over is
# missed, only what somebody owed, and never a period of which there are figures.
SILENT_FROM = """
    measure               | of                  | heard      | day        | since
    governance_completion | governance_progress | 2024-06-12 | 2024-07-31 | -
    governance_completion | governance_progress | 2024-06-12 | 2024-08-01 | 2024-07-01
    governance_completion | governance_progress | 2025-06-02 | 2027-01-01 | -
    declaration_coverage  | employers           | 2024-08-15 | 2024-10-01 | -
    declaration_coverage  | employers           | 2024-08-15 | 2024-12-31 | -
    declaration_coverage  | employers           | 2024-08-15 | 2025-01-01 | 2024-10-01
    declaration_coverage  | employers           | 2024-03-31 | 2024-07-01 | 2024-05-01
    supervision           | institutions        | 2024-05-31 | 2025-12-31 | -
    supervision           | institutions        | 2024-05-31 | 2026-01-01 | 2025-01-01
    demonstration_filled  | demonstration       | 2025-03-12 | 2026-01-01 | -
    demonstration_filled  | demonstration       | 2025-03-01 | 2025-03-31 | -
    demonstration_filled  | demonstration       | 2025-03-01 | 2025-04-01 | 2025-03-12
    governance_stopped    | governance_enterprises | 2024-05-31 | 2027-01-01 | -
    assistance_task_floor | assistance_targets  | 2024-05-31 | 2027-01-01 | -
"""


@pytest.mark.parametrize(("measure", "of", "heard", "day", "since"), table(SILENT_FROM)[1:])
def test_silence_begins_with_the_first_period_that_is_over_without_a_report(measure, of, heard, day, since):
    days = date.fromisoformat(heard), date.fromisoformat(day)
    assert str(silent_from(measures("陕西省")[measure], [of], *days) or "-") == since


def test_figures_of_before_a_task_that_is_due_once_are_old_when_it_is_over(shaanxi):
    shaanxi.reports(QUOTA, "2025-02-28", "demonstration_quota")
    listed(shaanxi, "demonstration", "region | number\n西安 | 1", "2025-03-01")
    assert [s.stale for s in shaanxi.stands("2025-03-31", "demonstration_filled").reported] == [False]
    assert [s.stale for s in shaanxi.stands("2025-04-01", "demonstration_filled").reported] == [True]


# Reports within the last weeks of the task, and nothing since; asked on a day → verdict of the province and of 西安, what is said
# of when it will be finished. Before: 达到序时, 约快0.1个月 and 可按期完成 for ever.
ALL_WAS_DUE = """
    on         | whole    | xian     | gap  | months | foreseen
    2025-06-20 | 达到序时 | 达到序时 | +0.3 | ahead  | 预计2025年6月完成，可按期完成
    2025-06-30 | 达到序时 | 达到序时 | +0.3 | ahead  | -
    2025-07-01 | 相对滞后 | 相对滞后 | −0.7 | behind | -
    2026-03-15 | 相对滞后 | 相对滞后 | −0.7 | behind | -
"""


@pytest.mark.parametrize(("on", "whole", "xian", "gap", "months", "foreseen"), table(ALL_WAS_DUE)[1:])
def test_once_all_was_due_nobody_keeps_a_pace_of_before(shaanxi, on, whole, xian, gap, months, foreseen):
    for day, done in (("2025-05-31", 975), ("2025-06-20", 993)):
        rows = "".join(f"\n{region.name} | 1000 | {done}" for region in load_roster("陕西省").regions)
        shaanxi.reports(f"region | enrolled | completed{rows}", day)
    found = shaanxi.stands(on)
    own = found.region("610100")
    assert own and [found.province.verdict.title, own.verdict.title, gap_text(own.gap, "ratio")] == [
        whole,
        xian,
        gap,
    ]
    ahead = found.months_ahead(found.province)
    assert ahead is not None and (ahead > 0) == (months == "ahead")
    points = history(
        shaanxi.store, view(shaanxi.store, "陕西省", "governance_completion", date.fromisoformat(on))
    )
    said = expected_sentence(found, found.province, points)
    assert (foreseen in said) if foreseen != "-" else said == ""


def test_that_nobody_has_reported_is_said_first_everywhere(shaanxi, capsys):
    shaanxi.reports(JUNE, "2024-06-30")
    said, found = "2024年7月1日以来各地均未报送新的数据", shaanxi.stands("2024-09-30")
    assert scene.told_reports(found) == said
    assert pace_words(found, found.province) == f"{said}，不作评价"
    briefing = compose(
        shaanxi.store, Request(kind="monthly", province="陕西省", on=date(2024, 9, 30), campaign="governance")
    )
    said_of = (one for paragraph in briefing.paragraphs for one in paragraph.sentences if one.rule)
    first = next(one.text for one in said_of if one.rule != "lead")
    assert first == f"{said}，以下为截至2024年6月30日的数据，全省情况暂不作评价。"
    reported = next(check for check in briefing.checks if check.id == "reported")
    assert not reported.passed and said in reported.detail


def test_last_years_outcome_stands_and_the_new_years_silence_is_said(shaanxi):
    shaanxi.reports(
        "region | year | target\n西安 | 2024 | 100\n西安 | 2025 | 50", "2024-01-01", "governance_targets"
    )
    shaanxi.reports("region | enrolled | completed\n西安 | 500 | 100", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 500 | 200", "2024-12-31")
    found = shaanxi.stands("2025-03-31", "governance_annual")
    xian = found.region("610100")
    assert (str(found.as_of), xian.verdict.title, xian.stale) == ("2024-12-31", "全面完成", False)
    assert str(found.silent_from) == "2025-01-01"


def test_a_province_is_not_finished_while_a_region_is_silent(shaanxi):
    done = "".join(f"\n{name} | 50 | 50" for name in ["宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林"])
    shaanxi.reports(f"region | enrolled | completed{done}", "2024-06-30")
    found = shaanxi.stands("2024-06-30")
    assert {s.verdict.title for s in found.reported} == {"全面完成"}
    assert found.province.verdict.title == "进展较快"
    assert deadline_sentence(found, found.province).startswith("已报送地区均已完成，")


def test_where_the_sum_of_the_regions_differs_it_is_said_why(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 104\n宝鸡 | 50 | 20", "2024-06-30")
    found = shaanxi.stands("2024-06-30")
    assert (found.own_remainder, found.regional_remainder) == (26, 30)
    assert remainder_words(found) == "为各地合计，超额不抵其他地区（全省总数相差26家）"


GOVERNANCE = measures("陕西省")["governance_completion"]


def test_a_count_of_the_year_is_finished_in_it_or_not_at_all():
    late = Forecast(Fraction(2), date(2025, 3, 1), 9)
    assert forecast_sentence(late, GOVERNANCE, 2024) == "近4周平均每周完成2.0家，按此进度年内不能完成。"
    assert "2025年3月" in forecast_sentence(late, GOVERNANCE)
    assert "预计2024年12月完成" in forecast_sentence(
        Forecast(Fraction(2), date(2024, 12, 31), 0), GOVERNANCE, 2024
    )


def test_who_holds_the_bulk_is_told_so_and_is_not_called_behind(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 990\n宝鸡 | 10 | 10", "2024-06-30")
    assert (
        next(item.headline for item in attention(shaanxi.stands("2024-06-30")))
        == "西安　占剩余较多，还差 10 家"
    )


# -- from the first day of a duty -------------------------------------------------------------

# What has been published or reported, and when → who is told to be silent on a day, since when and at which level.
# Before, the first two stories had no alert at all, and the last two had none from the day on which the year began.
QUOTA = "region | year | quota\n西安 | 2025 | 5\n延安 | 2025 | 3"
TASKS = "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 50\n唐山 | 2024 | 80\n唐山 | 2025 | 80"
OTHER = "region | enrolled | completed\n西安 | 10 | 5"


def silent_ones(province, measure, on):
    found = [
        one
        for one in alerts(province.store, province.name, date.fromisoformat(on))
        if one.measure.id == measure
    ]
    own = [one for one in found if one.state.id == "silent"]
    return " ".join(f"{one.standing.short}{one.level.title}{one.periods}" for one in own) or "-"


# Only other work has ever been reported; the whole list of employers is due by 2025-12-31.
NEVER_REPORTED = """
    on         | silent
    2025-12-31 | -
    2026-01-01 | 西安督办1 宝鸡督办1 咸阳督办1 铜川督办1 渭南督办1 延安督办1 榆林督办1 汉中督办1 安康督办1 商洛督办1 杨凌督办1 韩城督办1
"""


@pytest.mark.parametrize(("on", "silent"), table(NEVER_REPORTED)[1:])
def test_what_nobody_has_ever_reported_is_silent_once_its_day_is_over(shaanxi, on, silent):
    shaanxi.reports(OTHER, "2025-03-31")
    assert silent_ones(shaanxi, "declaration_coverage", on) == silent


QUOTAS_PUBLISHED = """
    on         | silent
    2025-03-31 | -
    2025-04-01 | 西安督办1 延安督办1
    2025-05-31 | 西安督办2 延安督办2
    2025-06-01 | 西安通报3 延安通报3
    2025-09-01 | 西安约谈6 延安约谈6
"""


@pytest.mark.parametrize(("on", "silent"), table(QUOTAS_PUBLISHED)[1:])
def test_quotas_without_a_nomination_are_silent_from_the_day_they_were_due(shaanxi, on, silent):
    shaanxi.reports(QUOTA, "2025-03-12", "demonstration_quota")
    shaanxi.reports(OTHER, "2025-03-31")
    assert silent_ones(shaanxi, "demonstration_filled", on) == silent
    for one in alerts(shaanxi.store, "陕西省", date.fromisoformat(on)):
        if one.measure.id == "demonstration_filled":
            silence = "2025年3月未报送" if on == "2025-04-01" else "自2025年3月起一直未报送"
            assert one.sentence.endswith(f"{silence}，没有可用的数据，时限2025年3月31日已过，请督促上报。")


# A table of the campaign that arrives from 西安 after its day: 延安 goes on to be asked, 西安 is judged by its figures and
# not asked to send once more what is due a single time.
NOMINATED = """
    on         | silent    | 西安
    2025-05-01 | 延安督办2 | 逾期
    2025-08-01 | 延安通报5 | 逾期
    2025-09-01 | 延安约谈6 | 逾期
"""


@pytest.mark.parametrize(("on", "silent", "reported"), table(NOMINATED)[1:])
def test_what_is_due_once_is_asked_for_only_of_whom_it_never_came_from(shaanxi, on, silent, reported):
    shaanxi.reports(QUOTA, "2025-03-12", "demonstration_quota")
    listed(shaanxi, "demonstration", "region | number\n西安 | 2", "2025-04-10")
    assert silent_ones(shaanxi, "demonstration_filled", on) == silent
    found = alerts(shaanxi.store, "陕西省", date.fromisoformat(on))
    own = next(a for a in found if (a.measure.id, a.standing.short) == ("demonstration_filled", "西安"))
    assert (own.state.title, own.history[-1].course.silent) == (reported, 0)


# 附件4 as it is printed has no columns for the four rates; 石家庄's list has one of them. → who is said to be silent of
# 申报 and of 检测, and what is said beside the province's figure.
FOUR_RATES = """
    measure            | silent | beside
    assistance_declared| -      | 1个地区报送的《中小微企业帮扶台账》没有“是否申报”一列，无从计算，可另报《帮扶企业四率汇总表》
    assistance_tested  | -      | 2个地区报送的《中小微企业帮扶台账》没有“是否检测”一列，无从计算，可另报《帮扶企业四率汇总表》
    assistance_progress| -      | -
"""


@pytest.mark.parametrize(("measure", "silent", "beside"), table(FOUR_RATES)[1:])
def test_a_list_without_the_column_is_not_asked_for_what_it_cannot_say(hebei, measure, silent, beside):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n唐山 | 2024 | 80", "2024-05-20", "assistance_targets"
    )
    for day in ("2024-07-31", "2024-08-31"):
        listed(hebei, "assistance", "region | completed | declared | number\n石家庄 | 是 | 是 | 20", day)
        listed(hebei, "assistance", "region | completed | number\n唐山 | 否 | 10", day)
    silent_of_both = [
        one for one in silent_ones(hebei, measure, "2024-09-01").split() if one[:2] in ("石家", "唐山")
    ]
    assert " ".join(silent_of_both) == silent.removeprefix("-")
    found = hebei.stands("2024-08-31", measure)
    assert found.caveats_of(found.province) == ([] if beside == "-" else [beside])


def test_a_list_without_the_column_ends_a_silence_unless_another_table_has_room(hebei):
    for day in ("2024-06-30", "2024-07-31", "2024-08-31", "2024-09-30"):
        hebei.reports("region | assisted | declared\n唐山 | 20 | 10", day, "assistance_rates")
    hebei.reports("region | year | target\n石家庄 | 2024 | 100", "2024-05-20", "assistance_targets")
    hebei.reports("region | assisted | declared\n承德 | 20 | 10", "2024-06-30", "assistance_rates")
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 20", "2024-06-30")
    listed(hebei, "assistance", "region | completed | number\n承德 | 是 | 20", "2024-09-30")
    # 石家庄 has never sent the summary, and its list has no such column; 承德 has sent both before.
    told = silent_ones(hebei, "assistance_declared", "2024-09-30")
    assert "石家庄" not in told
    assert "承德" in told


TASKS_PUBLISHED = """
    reports                   | on         | silent
    -                         | 2024-07-31 | -
    -                         | 2024-08-01 | 石家庄提醒1 唐山提醒1
    -                         | 2024-10-31 | 石家庄通报3 唐山通报3
    石家庄 2024-09-30 50      | 2024-09-30 | 唐山通报3
    石家庄 2024-09-30 50      | 2024-11-01 | 唐山通报4 石家庄提醒1
    石家庄 2024-12-31 100, 唐山 2024-12-31 80 | 2025-01-31 | -
    石家庄 2024-12-31 100, 唐山 2024-12-31 80 | 2025-02-01 | 石家庄提醒1 唐山提醒1
    石家庄 2024-12-31 100, 唐山 2024-12-31 80 | 2025-12-31 | 石家庄约谈11 唐山约谈11
    石家庄 2024-12-31 100, 唐山 2024-12-31 80 | 2026-01-01 | 石家庄约谈12 唐山约谈12
"""


@pytest.mark.parametrize(("reports", "on", "silent"), table(TASKS_PUBLISHED)[1:])
def test_tasks_without_a_list_are_silent_from_the_first_month_that_the_document_names(
    hebei, reports, on, silent
):
    hebei.reports(TASKS, "2024-05-20", "assistance_targets")
    for told in filter(None, reports.removeprefix("-").split(", ")):
        region, day, done = told.split()
        listed(hebei, "assistance", f"region | completed | number\n{region} | 是 | {done}", day)
    assert silent_ones(hebei, "assistance_progress", on) == silent


def test_a_whole_year_without_a_report_is_silence(hebei):
    listed(hebei, "institutions", "region | indicator | due | done\n石家庄 | 监管覆盖 | 10 | 5", "2024-06-30")
    listed(hebei, "institutions", "region | indicator | due | done\n唐山 | 监管覆盖 | 10 | 10", "2024-06-30")
    assert "石家庄" not in silent_ones(hebei, "supervision", "2025-12-31")
    found = [a for a in alerts(hebei.store, "河北省", date(2026, 1, 1)) if a.measure.id == "supervision"]
    late = next(a for a in found if a.standing.short == "石家庄")
    assert (late.state.title, "最近1期未报送，时限2025年12月31日已过，还差5家" in late.sentence) == (
        "逾期",
        True,
    )
    # Who had done all has nothing more to say; who never reported is as late as who has not done it.
    assert silent_ones(hebei, "supervision", "2026-01-01").startswith("承德督办2 张家口督办2")
    assert "唐山" not in {a.standing.short for a in found if a.open}


def test_who_has_no_task_and_whom_none_was_given_is_not_silent(hebei):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 0\n唐山 | 2024 | 80", "2024-05-20", "assistance_targets"
    )
    assert silent_ones(hebei, "assistance_progress", "2024-08-01") == "唐山提醒1"


# -- a report in which few speak --------------------------------------------------------------

# 西安 to 铜川, four regions of twelve with a task, reported 50 of 100 each in April; who of them (and of the eight
# others) has reported in May → how many speak, the province's verdict. Before, one report alone was 50.0 % of the
# province and 相对滞后.
FEW = """
    may                  | speaks | verdict
    西安                 | 1/4    | 报送不足
    西安 宝鸡            | 2/4    | 相对滞后
    西安 宝鸡 咸阳 铜川  | 4/4    | 相对滞后
"""


@pytest.mark.parametrize(("may", "speaks", "verdict"), table(FEW)[1:])
def test_a_report_in_which_few_speak_says_so_first_and_judges_nobody_by_the_province(
    shaanxi, may, speaks, verdict
):
    idle = [region.name for region in load_roster("陕西省").regions[4:]]
    without = "".join(f"\n{name} | 0 | 0" for name in idle)
    april = "".join(f"\n{name} | 100 | 50" for name in ("西安", "宝鸡", "咸阳", "铜川"))
    shaanxi.reports(f"region | enrolled | completed{april}{without}", "2024-04-30")
    said = "".join(f"\n{name} | 100 | 55" for name in may.split())
    shaanxi.reports(f"region | enrolled | completed{said}", "2024-05-31")
    found = shaanxi.stands("2024-05-31")
    few = verdict == "报送不足"
    assert (found.province.verdict.title, found.province.gap is None) == (verdict, few)
    text = "".join(part.text for part in monthly(shaanxi).paragraphs)
    assert (
        "截至2024年5月31日，4个有任务的地区中仅西安市报送了本期数据，全省情况暂不作评价。全省"
        in text.replace("目前，", "")
    ) == few
    assert "低于全省平均" not in text or not few
    assert (f"4 个地区中仅 {speaks[0]} 个报送本期数据" in pace_words(found, found.province)) == few


def monthly(province):
    request = Request(province=province.name, kind="monthly", on=date(2024, 5, 31), campaign="governance")
    return compose(province.store, request)


# -- one rule for what is old -----------------------------------------------------------------


def test_nobody_grows_silent_and_no_decision_lapses_because_another_region_reports_a_day_later(shaanxi):
    """Before, 西安 was 未报送 on 1 May, since the month of the newest report had none of its own."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 60\n宝鸡 | 100 | 60", "2024-04-30")
    override(
        shaanxi.store, shaanxi.stands("2024-04-30"), "610100", "slow", "虚报", by=on_this_machine("李四")
    )
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 100 | 61", "2024-05-01")
    own = shaanxi.stands("2024-05-01").region("610100")
    assert (own.stale, own.verdict.title, bool(own.override)) == (False, "进展缓慢", True)
    assert "西安" not in silent_ones(shaanxi, "governance_completion", "2024-05-01")
    # A whole period on, both are said everywhere: the figures are old, the decision was about them.
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 100 | 62", "2024-05-31")
    own = shaanxi.stands("2024-05-31").region("610100")
    assert (own.stale, bool(own.override)) == (True, False)
    assert "西安" in silent_ones(shaanxi, "governance_completion", "2024-05-31")
