"""Who fell silent: named with the day of the old figures, and no province is finished while a region is silent."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zyb.briefing import attention
from zyb.briefing.remarks import carried_words, deadline_sentence, forecast_sentence, remainder_words
from zyb.standing.forecast import Forecast
from zyb.ui.progress import league, map, scene

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


def test_a_count_of_the_year_is_finished_in_it_or_not_at_all():
    late = Forecast(Fraction(2), date(2025, 3, 1), 9)
    assert forecast_sentence(late, "家", 2024) == "近4周平均每周完成2.0家，按此进度年内不能完成。"
    assert "2025年3月" in forecast_sentence(late, "家")


def test_who_holds_the_bulk_is_told_so_and_is_not_called_behind(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 990\n宝鸡 | 10 | 10", "2024-06-30")
    assert (
        next(item.headline for item in attention(shaanxi.stands("2024-06-30")))
        == "西安　占剩余较多，还差 10 家"
    )
