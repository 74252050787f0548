"""Which day the figures are of, as titles, notes, sheets and files say it; an empty day is asked for."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import table
from zyb.intake.cells.as_of import find_days


def day_of(titles: str = "", note: str = "", name: str = "") -> str:
    lines, notes, names = ([part for part in text.split("／") if part] for text in (titles, note, name))
    found = find_days(lines, notes, names).found
    return found.day.isoformat() if found else ""


# -- one text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "day"),
    table("""
        2023年第四季度帮扶情况                  | 2023-12-31
        2025年2季度申报情况                     | 2025-06-30
        2025年第1季度                           | 2025-03-31
        2024年Q3进展                            | 2024-09-30
        2024年第一至三季度                      | 2024-09-30
        2024年1-3季度                           | 2024-09-30
        2024年前两季度汇总                      | 2024-06-30
        2024年前三个季度                        | 2024-09-30
        2025年前8个月                           | 2025-08-31
        2024年1-11个月                          | 2024-11-30
        2025年下半年                            | 2025-12-31
        2024上半年各市完成数                    | 2024-06-30
        2024年的上半年                          | 2024-06-30
        2024年半年报                            | 2024-06-30
        2023年全年                              | 2023-12-31
        2023年末在册用人单位                    | 2023-12-31
        2024年度末                              | 2024-12-31
        2024年终总结表                          | 2024-12-31
        截至上月底 填报日期：2024年7月3日       |
        截至上年底 2024年7月3日                 |
        截止时间：2024年7月5日前报省卫生健康委  |
        2024年6月进展 治理截止时间：2025年6月30日 | 2024-06-30
        2024年6月进展，2025年6月底全部完成      | 2024-06-30
        2024年度完成情况（年终数）              | 2024-12-31
        二〇二三年底                            | 2023-12-31
        二零二四年十月                          | 2024-10-31
        二○二四年二月二十九日                   | 2024-02-29
        贰零贰肆年叁月                          | 2024-03-31
        ２０２４年十一月下旬                    | 2024-11-30
        2024年9月中旬                           | 2024-09-20
        2024年9月上旬专项治理                   | 2024-09-10
        2024年1—10月份                          | 2024-10-31
        2024年1月~4月                           | 2024-04-30
        2024年一至五月                          | 2024-05-31
        2024年(1到5月)                          | 2024-05-31
        2024.1-7                                | 2024-07-31
        2024.01—2024.07                         | 2024-07-31
        202401-202407                           | 2024-07-31
        20240101-20240731                       | 2024-07-31
        2024年3月4日－3月10日周报               | 2024-03-10
        2024年3月4日至10日                      | 2024-03-10
        2024年第10周（3月4日—3月10日）          | 2024-03-10
        第10周（2024.3.4-3.10）                 | 2024-03-10
        2023年12月25日—2024年1月3日             | 2024-01-03
        自2024年1月1日至2024年5月31日           | 2024-05-31
        5月（2025年）专项治理                   | 2025-05-31
        （2025）5月                             | 2025-05-31
        截至 2025 年 5 月 31 日                 | 2025-05-31
        截止2025年5月底前                       | 2025-05-31
        截至今年目前（2025年5月）               | 2025-05-31
        截至2025年5月31日24时                   | 2025-05-31
        数据截止日期：2025/5/31                 | 2025-05-31
        统计期间：2025年1月1日～5月31日         | 2025-05-31
        报告期：2025年一季度                    | 2025-03-31
        数据为2025年1-5月                       | 2025-05-31
        2025年5月31                             | 2025-05-31
        25年5月专项治理                         | 2025-05-31
        截至25.5.31                             | 2025-05-31
        2025年5月12个市进展                     | 2025-05-31
        2025-05                                 | 2025-05-31
        2025/5                                  | 2025-05-31
        2025年5月（含6月2日补报）               | 2025-05-31
        2025三季度                              | 2025-09-30
        2025六月                                | 2025-06-30
        2025年Ⅲ季度                             | 2025-09-30
        2025年元月                              | 2025-01-31
        2025年前半年                            | 2025-06-30
        2025年头5个月                           | 2025-05-31
        2025年5月（较2023年增长）               | 2025-05-31
        1-5月申报数较2024年同期增长（2025年）   | 2025-05-31
        陕卫办职业发〔2024〕5号 2025年5月进展   | 2025-05-31
        按照2024年3月1日通知，2025年5月进展     | 2025-05-31
        根据《关于做好2024年3月工作的通知》（2024年3月1日）填报，2025年5月 | 2025-05-31
        2025年5月进展（2024年3月1日印发）       | 2025-05-31
        2022-2025年专项治理2025年5月进展        | 2025-05-31
        2025年9月31日                           | 2025-09-30
    """),
)  # fmt: skip
def test_a_period_gives_its_last_day(title: str, day: str) -> None:
    assert day_of(title) == day


@pytest.mark.parametrize(
    "title",
    [
        "2024年职业病危害专项治理进展情况表",
        "2024年度申报数量汇总表",
        "6月专项治理进展",
        "上半年进展情况",
        "第26周进展情况",
        "2024年第26周进展情况",
        "2024年6月第4周",
        "2024年6月初进展",
        "2022—2025年专项治理进展（6月）",
        "2023年、2024年申报数对比（1-6月）",
        "1-6月申报数较2023年增长情况",
        "2024年企业2024家",
        "请于2024年6月30日前完成",
        "2024年6月30日印发",
        "自2024年6月1日起施行",
        "建于2004年6月",
        "2024年3月和2024年6月",
        "截至2024年6月30日，截至2024年7月31日",
        "近3年进展",
        "三级等保系统导出 24.6%",
        "2024年 附件1.12",
        "2024年每半年报送",
        "填报时间：2024年7月2日",
        "打印日期 2024-07-02",
        "报送截止日期：2024年7月5日",
        "填报单位：某市卫健委 2024年7月2日",
        "制表：张三 审核：李四 2024年7月2日",
        "联系电话：029-20240630",
        "91610113MA6T202406",
        "数据截至目前",
        "2024年1月1日至今",
        "2024年6月第1期",
        "2024年10月至3月",
        "2024年9月30日更新",
        "",
    ],
)
def test_what_names_no_one_day_is_asked_for(title: str) -> None:
    assert day_of(title) == ""


# -- several texts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "note", "name", "day"),
    table("""
        2024年申报情况／（9月）              |                         |                   | 2024-09-30
        申报情况（9月）／2024年              |                         |                   | 2024-09-30
        2024年申报情况                       | 注：数据截至9月15日     |                   | 2024-09-15
        2024年申报情况                       |                         | 申报9月           | 2024-09-30
        2024年申报情况                       |                         | 9月／汇总         | 2024-09-30
        申报情况                             |                         | 9月／申报2024     | 2024-09-30
        申报情况（前三季度）                 |                         | 2024申报          | 2024-09-30
        2024年申报情况                       |                         | 申报(9.15)        | 2024-09-15
        2024年申报情况／截至年底             |                         |                   | 2024-12-31
        2024年8月申报情况                    |                         | 申报202409        | 2024-08-31
        2024年8月申报情况                    | 注：截至2024年8月20日   |                   | 2024-08-20
        2024年8月申报情况／2024年8月20日     |                         |                   | 2024-08-20
        2024年8月申报情况／数据截至2024年9月3日 |                      |                   | 2024-09-03
        2024年8月申报情况                    | 填表日期：2024年9月3日  |                   | 2024-08-31
        2024年8月申报情况                    | 制表：甲 审核：乙 2024年9月3日 |            | 2024-08-31
        2024年8月申报情况／2024年9月3日      |                         |                   |
        申报情况                             | 注：请于2024年9月3日前报 |                  |
        申报情况                             | 注：2024年上半年新增3家 |                   |
        申报情况                             |                         | 2024年8月／申报202409 | 2024-08-31
        2024年8月申报情况                    | 填报人：甲 9月3日       |                   | 2024-08-31
        2024年8月申报情况（9月3日报）        |                         |                   | 2024-08-31
        8月申报情况                          | 填报时间：2024年9月3日  |                   |
        2023年和2024年申报情况（8月）        |                         |                   |
    """),
)  # fmt: skip
def test_lines_and_names_together_tell_the_day(titles: str, note: str, name: str, day: str) -> None:
    assert day_of(titles, note, name) == day


@pytest.mark.parametrize(
    ("name", "day"),
    table("""
        申报（2025年3月）- 副本        | 2025-03-31
        申报202503(1)                  | 2025-03-31
        申报202503终稿v2               | 2025-03-31
        申报20250331_最终版            | 2025-03-31
        申报_20250331093015            | 2025-03-31
        2025申报3月                    | 2025-03-31
        申报25.03                      | 2025-03-31
        申报25.3.31                    | 2025-03-31
        申报250331                     | 2025-03-31
        申报2025-03-31(修改)           | 2025-03-31
        申报2025_03                    | 2025-03-31
        （3月）申报 2025               | 2025-03-31
        申报2025年一季度(2)            | 2025-03-31
        申报2025年10月-1               | 2025-10-31
        申报2025年09                   | 2025-09-30
        申报 2025 09                   | 2025-09-30
        申报2025年9月 2                | 2025-09-30
        申报2025年9月（10月8日修改）   | 2025-09-30
        申报2025年9月-20251008         |
        申报v2.3                       |
        申报(3)                        |
        230604申报                     |
        申报3月                        |
    """),
)  # fmt: skip
def test_files_are_named_after_the_day(name: str, day: str) -> None:
    assert day_of(name=name) == day


@pytest.mark.parametrize(
    "line",
    [
        "填报时间：2024年7月2日", "填表日期 2024.7.2", "制表日期：2024/7/2", "报送日期：二〇二四年七月二日",
        "打印日期：2024-07-02", "填报单位（盖章）：某市卫健委  填报日期：2024年7月2日", "制表人：甲 审核人：乙 2024年7月2日",
        "上报时间: 20240702", "填报日期（公历）：2024年7月2日",
    ],
)  # fmt: skip
def test_the_day_of_filing_is_offered_and_never_taken(line: str) -> None:
    for days in (find_days(["进展情况", line], [], []), find_days(["进展情况"], [line], [])):
        assert (days.found, days.filed) == (None, date(2024, 7, 2))
    assert find_days(["2024年上半年进展情况", line], [], []).found.day == date(2024, 6, 30)  # type: ignore[union-attr]


def test_a_whole_year_is_told_apart() -> None:
    assert find_days(["2024年度提质合规情况"], [], []).whole_year == 2024
    assert find_days(["2024年提质合规情况"], [], []).whole_year is None


# -- every way of writing ---------------------------------------------------------------------

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
FIGURES = "〇一二三四五六七八九"
HARMLESS = st.sampled_from(
    ["", "某省", "专项治理进展情况", "（第二批）", "附件1：", "共12家", "三级", "- 副本", "(1)", "表 "]
)


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else FIGURES[tens])
        + ("十" if tens else "")
        + (FIGURES[ones] if ones or not tens else "")
    )


def spellings_of_a_day(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    year = "".join(FIGURES[int(figure)] for figure in str(y))
    return [
        f"{y}年{m}月{d}日", f"{y} 年 {m:02} 月 {d:02} 日", f"{y}.{m}.{d}", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}{m:02}{d:02}",
        f"{year}年{in_words(m)}月{in_words(d)}日", f"{y}年1月1日—{m}月{d}日", f"{y}年（截至{m}月{d}号）", f"{y}年{m}月{d}日24时",
    ]  # fmt: skip


def spellings_of_a_month(year: int, month: int) -> list[str]:
    found = [f"{year}年{month}月", f"{year}年{month}月底", f"{year}.{month:02}", f"{year}{month:02}", f"{month}月（{year}年）",
             f"{year}年{in_words(month)}月份", f"{year}年1月至{month}月", f"{year}年前{month}个月"]  # fmt: skip
    found += [f"{year}年1—{month}月", f"（1-{month}月）{year}年"] if month > 1 else []
    found += (
        [f"{year}年第{month // 3}季度", f"{year}年{in_words(month // 3)}季度末"] if month % 3 == 0 else []
    )
    return found + {
        6: [f"{year}年上半年"],
        9: [f"{year}年前三季度"],
        12: [f"{year}年底", f"{year}年年末"],
    }.get(month, [])


@given(DAYS, HARMLESS, HARMLESS)
def test_every_way_of_writing_a_day_gives_it(day: date, before: str, after: str) -> None:
    read = {written: day_of(f"{before}（{written}）{after}") for written in spellings_of_a_day(day)}
    assert set(read.values()) == {day.isoformat()}, read


@given(st.integers(2020, 2035), st.integers(1, 12), HARMLESS, HARMLESS)
def test_every_way_of_writing_a_month_gives_its_last_day(
    year: int, month: int, before: str, after: str
) -> None:
    found = {day_of(f"{before}（{written}）{after}") for written in spellings_of_a_month(year, month)}
    assert len(found) == 1 and found.pop()[:7] == f"{year}-{month:02}"


@given(st.text(alphabet="0123456789年月日第季度周半上下前底末初截至-—.（）一二十〇 ", max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    found = find_days([text], [text], [text]).found
    assert found is None or 2000 <= found.day.year < 2100


@pytest.mark.parametrize(
    "piece", ["截至", "（", "0", "1-", "2024", "2024年", "6月", "6月30日至", "一", "十", " ", "\u3000", "《", "填报", "根据", "20240630 "]
)  # fmt: skip
def test_a_text_of_any_length_takes_no_more_than_its_length(piece: str) -> None:
    text = (piece * 32_000)[:32_000]
    begun = time.process_time()
    find_days([text], [], [])
    assert time.process_time() - begun < 1  # a tenth on a quiet machine


@pytest.mark.parametrize(("title", "name", "day"), table("""
    2023年9月专项治理进展           | 专项治理进展2024年9月            |
    截至2023年9月30日               | 2024年9月                        |
    2024年9月专项治理进展           | 专项治理进展2023年9月            |
    2023年8月专项治理进展           | 专项治理进展2024年9月            |
    2024年9月专项治理进展           | 专项治理进展2024年9月            | 2024-09-30
    2023年9月专项治理进展           | 2023年9月／2024年9月汇总         | 2023-09-30
    截至2023年12月31日              | 专项治理进展2024年1月            | 2023-12-31
    截至2023年12月31日              | 专项治理进展20240110             | 2023-12-31
    截至2024年4月30日               | 专项治理进展2024年5月            | 2024-04-30
    截至2023年12月31日              | 2024年专项治理进展               | 2023-12-31
"""))  # fmt: skip
def test_a_year_that_title_and_name_say_differently_is_asked_about(title: str, name: str, day: str) -> None:
    assert day_of(title, name=name) == day
