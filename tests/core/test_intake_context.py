"""Which province and which day a table speaks of: from title, notes, sheet and file name, or as given."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import NOTICE, codes, sheet, submission, table, uscc
from zyb.periods import chinese_day

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
ROWS = [("西安市", 10, 5), ("宝鸡市", 20, 8)]
TODAY = date(2024, 12, 31)


def titled(title: str, note: str = "", page: str = "Sheet1", name: str = "表.xlsx", **given):
    rows = [(title,), HEAD, *ROWS, (note,)]
    return submission(sheet(rows, page), name=name, today=TODAY, **given)


def day_codes(found) -> list[str]:
    return [code for code in codes(found.problems) if "day" in code or code.startswith("as_of")]


# -- the day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "day", "said"),
    table("""
        进展表（截至2024年3月1日）           | 2024-03-01 |
        进展表（截止 2024 年 3 月 1 日）     | 2024-03-01 |
        进展表（数据截至2024-03-01）         | 2024-03-01 |
        进展表 2024.3.1                      | 2024-03-01 |
        进展表２０２４年３月１日             | 2024-03-01 |
        进展表（统计日期：2024/3/1）         | 2024-03-01 |
        进展表20240301                       | 2024-03-01 |
        2024年各市进展（截至6月30日）        | 2024-06-30 |
        2024年3月进展表                      | 2024-03-31 | as_of_month_end
        2024年2月底进展表                    | 2024-02-29 | as_of_month_end
        2024-3进展表                         | 2024-03-31 | as_of_month_end
        2024年1-3月进展表                    | 2024-03-31 | as_of_month_end
        2024年1月至3月进展表                 | 2024-03-31 | as_of_month_end
        2024年1月1日至3月31日进展表          | 2024-03-31 |
        2023年1月1日—2024年3月31日进展表     | 2024-03-31 |
        进展表（截至2024年9月31日）          | 2024-09-30 | no_such_day
        进展表（截至2023年2月29日）          | 2023-02-28 | no_such_day
        2024年工作（2023年12月印发，截至2024年3月1日） | 2024-03-01 |
    """),
)
def test_the_day_as_titles_write_it(title, day, said):
    found = titled(title)
    assert found.as_of == date.fromisoformat(day)
    assert day_codes(found) == ([said] if said else [])


@pytest.mark.parametrize(
    "title",
    [
        "进展表",
        "2024年进展表",
        "〔2024〕5号 进展表",
        "2022-2025年进展表",
        "2024年13月45日进展表",
        "（截至目前）",
    ],
)
def test_a_day_that_nobody_wrote_is_asked_for(title):
    found = titled(title)
    assert (found.as_of, day_codes(found)) == (None, ["as_of_unknown"])
    assert found.blocked


def test_the_note_below_may_say_the_day():
    assert titled("进展表", note="注：数据截至2024年3月1日").as_of == date(2024, 3, 1)


def test_other_days_in_a_note_are_no_day_of_the_figures():
    assert titled("进展表", note="注：请于2024年3月1日前完成").as_of is None


def test_the_sheet_or_the_file_may_be_named_after_the_day():
    assert titled("进展表", page="2024年3月1日").as_of == date(2024, 3, 1)
    assert titled("进展表", name="进展2024.3.1.xlsx").as_of == date(2024, 3, 1)
    assert titled("进展表", name="进展_20240301.xlsx").as_of == date(2024, 3, 1)
    assert titled("进展表", name="C:\\表\\进展（截至2024年3月1日）.xlsx").as_of == date(2024, 3, 1)


def test_the_title_goes_before_the_name_of_the_file():
    assert titled("进展表（截至2024年3月1日）", name="进展20240430.xlsx").as_of == date(2024, 3, 1)


def test_a_day_that_is_given_goes_before_one_that_is_found_and_says_so():
    found = titled("截至2024年3月1日", as_of=date(2024, 3, 2))
    assert (found.as_of, day_codes(found)) == (date(2024, 3, 2), ["as_of_conflict"])
    assert day_codes(titled("截至2024年3月1日", as_of=date(2024, 3, 1))) == []


# A list that has no column of years counts for the year of its day: what the title says of another year is pointed out.
YEARS = """
    title                                       | given      | as_of      | said
    2024年度帮扶台账                            | 2025-02-28 | 2025-02-28 | 2024 2025
    2024年各市中小微企业帮扶台账                | 2025-12-31 | 2025-12-31 | 2024 2025
    2024年度帮扶台账（截至2025年1月5日）        |            | 2025-01-05 | 2024 2025
    2025年度帮扶台账                            | 2024-12-31 | 2024-12-31 | 2025 2024
    2024年度帮扶台账                            | 2024-12-31 | 2024-12-31 |
    2024年度帮扶台账（截至2024年12月31日）      |            | 2024-12-31 |
    帮扶台账                                    | 2025-02-28 | 2025-02-28 |
    2024—2025年中小微企业帮扶台账               | 2025-02-28 | 2025-02-28 |
    2025年度帮扶台账（2024年结转）              | 2025-02-28 | 2025-02-28 |
"""


@pytest.mark.parametrize(("title", "given", "day", "said"), table(YEARS)[1:])
def test_a_list_of_another_year_than_its_day_is_pointed_out(title, given, day, said):
    rows = [(f"西安市{title}",), ("用人单位名称", "统一社会信用代码"), ("甲公司", uscc(1))]
    answer = date.fromisoformat(given) if given else None
    found = submission(rows, as_of=answer, today=date(2025, 12, 31))
    told = [one.message for one in found.problems if one.code == "year_of_another_day"]
    titled_of, booked = said.split() if said else ("", "")
    words = f"标题写的是{titled_of}年，数据截至日期是 {chinese_day(found.as_of)}：《中小微企业帮扶台账》按数据截至日期分年度，将计入{booked}年的任务。"
    assert (found.as_of, told) == (date.fromisoformat(day), [words] if said else [])


def test_what_goes_on_over_the_years_may_keep_its_old_title():
    found = titled("2023年度进展表", as_of=date(2024, 3, 1))
    assert "year_of_another_day" not in codes(found.problems)


def test_a_day_to_come_is_refused():
    found = titled("截至2025年3月1日")
    assert (day_codes(found), found.blocked) == (["as_of_future"], True)
    assert not titled("截至2024年12月31日").blocked


# -- the province ---------------------------------------------------------------------------------


def test_the_title_names_the_province():
    assert titled("陕西省专项治理（截至2024年3月1日）").roster.province == "陕西省"


def test_the_regions_tell_the_province():
    assert titled("截至2024年3月1日").roster.province == "陕西省"


def test_a_province_that_is_given_and_another_in_the_title_is_refused():
    found = titled("陕西省专项治理（截至2024年3月1日）", province="河北")
    assert "other_province" in codes(found.problems, "error")
    said = next(p for p in found.problems if p.code == "other_province")
    assert "陕西省" in said.message and "河北省" in said.message


def test_regions_of_another_province_are_refused_one_by_one():
    found = titled("截至2024年3月1日", province="河北")
    assert codes(found.problems, "error") == ["unknown_region", "unknown_region"]


def test_a_table_whose_regions_could_be_anywhere_is_asked_about():
    rows = [("截至2024年3月1日",), HEAD, ("甲市", 1, 1), ("乙市", 1, 1)]
    found = submission(rows)
    assert codes(found.problems, "error") == ["mixed_provinces"]


def test_the_page_settles_what_the_table_leaves_open():
    rows = [("截至2024年3月1日",), HEAD, ("西安", 1, 1), ("石家庄", 1, 1)]
    assert submission(rows).roster is None
    assert submission(rows, preferred_province="河北省").roster.province == "河北省"
    clear = [("截至2024年3月1日",), HEAD, ("西安", 1, 1), ("宝鸡", 1, 1)]
    assert submission(clear, preferred_province="河北省").roster.province == "陕西省"


def test_a_province_without_a_roster_of_its_own_reports_by_prefectures():
    rows = [("山东省专项治理（截至2024年3月1日）",), HEAD, ("济南", 10, 5), ("青岛市", 20, 8)]
    found = submission(rows)
    assert [row.region.name for row in found.rows] == ["济南市", "青岛市"]


def test_every_region_of_the_notice_is_shaanxis():
    rows = [("截至2024年3月1日",), HEAD, *[(name, 1, 1) for name in NOTICE]]
    assert len(submission(rows).rows) == 12
