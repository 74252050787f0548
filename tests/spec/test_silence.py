"""Who fell silent: named with the day of the old figures, and no province is finished while a region is silent."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from zyb.briefing.remarks import carried_words, deadline_sentence, forecast_sentence, remainder_words
from zyb.rulebook.measures import measures
from zyb.standing.forecast import Forecast
from zyb.standing.standings import is_stale
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
    governance_progress | 2024-02-29 | 2024-03-28 | 否
    governance_progress | 2024-02-29 | 2024-03-29 | 是
    governance_progress | 2024-12-31 | 2025-01-30 | 否
    governance_progress | 2024-12-31 | 2025-01-31 | 是
    employers           | 2024-11-30 | 2025-02-27 | 否
    employers           | 2024-11-30 | 2025-02-28 | 是
    cdc_guidance        | 2024-02-29 | 2025-02-27 | 否
    cdc_guidance        | 2024-02-29 | 2025-02-28 | 是
"""


@pytest.mark.parametrize(("ledger", "as_of", "newest", "due"), table(DUE_ANEW)[1:])
def test_figures_are_due_anew_on_the_same_day_of_the_next_month_quarter_or_year(ledger, as_of, newest, due):
    days = date.fromisoformat(as_of), date.fromisoformat(newest)
    assert is_stale(ledger, *days) == (due == "是")


def test_figures_of_the_period_itself_are_not_old(shaanxi):
    shaanxi.reports(JUNE, "2024-06-30")
    found = shaanxi.stands("2024-06-30")
    assert (found.carried, "沿用" in map.map_legend(found)) == ([], False)


def test_a_province_is_not_finished_while_a_region_is_silent(shaanxi):
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 50 | 50", "2024-06-30")
    found = shaanxi.stands("2024-06-30")
    assert [s.verdict.title for s in found.reported] == ["全面完成"]
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
