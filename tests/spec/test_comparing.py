"""A file held against what is in force: whether it is older, what a list has no longer, whether it is the same again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.books import table
from tests.spec import conftest, lists
from zyb.intake import Submission
from zyb.periods import chinese_day
from zyb.rulebook.problems import Problem
from zyb.store import fingerprint
from zyb.uploads import Prepared, compare

LIST = "assistance"
XIAN, YANTA = "610100", "610113"
NOTHING = "-"


def named(names: str, region: str = XIAN, county: str = YANTA) -> list[dict[str, str]]:
    return [{"region_code": region, "county_code": county, "name": name} for name in names]


def compared(province, found: Submission, content: bytes = b"new") -> Prepared:
    return compare(
        province.store,
        Prepared(file_name="表.csv", content=content, submission=found, sha256=fingerprint(content)),
    )


def problem_of(prepared: Prepared, code: str) -> Problem | None:
    return next((problem for problem in prepared.problems if problem.code == code), None)


# -- older than what is there -----------------------------------------------------------------------

# The lists in force of 西安 and of its 雁塔区, the one that 雁塔区 sends now → the day of the newer one.
OLDER = """
    of the city | of the county | sent       | newer
    2024-05-31  | -             | 2024-05-30 | 2024-05-31
    2024-05-31  | -             | 2024-05-31 | -
    -           | 2024-06-30    | 2024-06-29 | 2024-06-30
    -           | 2024-06-30    | 2024-06-30 | -
    2024-05-31  | 2024-06-30    | 2024-06-15 | 2024-06-30
    2024-05-31  | 2024-06-30    | 2024-05-30 | 2024-06-30
    2024-05-31  | 2024-05-30    | 2024-05-30 | 2024-05-31
"""


@pytest.mark.parametrize(("city", "county", "sent", "newer"), table(OLDER)[1:])
def test_a_countys_list_is_older_than_the_citys_or_its_own_newer_one(shaanxi, city, county, sent, newer):
    for day, place in ((city, ""), (county, YANTA)):
        if day != NOTHING:
            lists.saved(shaanxi, LIST, named("甲"), day, place)
    told = problem_of(
        compared(shaanxi, lists.submission(shaanxi, LIST, named("甲"), sent, YANTA)), "older_than_latest"
    )
    assert (told is None) == (newer == NOTHING)
    assert told is None or f"已有截至{chinese_day(date.fromisoformat(newer))}的" in told.message


NEWER_OF_TWO = """
    西安       | 宝鸡       | told
    2024-05-31 | 2024-06-30 | 表中各地区已有截至2024年6月30日的较新数据
    2024-06-30 | 2024-05-31 | 表中各地区已有截至2024年6月30日的较新数据
    2024-05-31 | 2024-04-30 | 西安市已有截至2024年5月31日的较新数据
    2024-04-30 | 2024-04-30 | -
"""


@pytest.mark.parametrize(("xian", "baoji", "told"), table(NEWER_OF_TWO)[1:])
def test_who_has_newer_figures_is_named_with_the_newest_day(shaanxi, xian, baoji, told):
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 5", xian)
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 10 | 5", baoji)
    both = conftest.submission(
        "region | enrolled | completed\n西安 | 10 | 5\n宝鸡 | 10 | 5", "2024-04-30", "陕西省"
    )
    found = problem_of(compared(shaanxi, both), "older_than_latest")
    assert (found.message.split("，")[0] if found else NOTHING) == told


# -- what a list has no longer ----------------------------------------------------------------------

# The city's list, and what 雁塔区 has sent for itself since; the city sends “甲” on 2024-06-30 → told.
GONE = """
    day        | city     | day        | county | told
    2024-05-31 | 甲       | -          | -      | -
    2024-05-31 | 甲乙     | -          | -      | 2024年5月31日：乙
    2024-05-31 | 甲乙丙丁戊己 | -      | -      | 2024年5月31日：乙、丙、丁、戊、己
    2024-05-31 | 甲乙丙丁戊己庚 | -    | -      | 2024年5月31日：乙、丙、丁、戊、己等
    2024-05-31 | 甲乙     | 2024-06-15 | 甲丙   | 2024年6月15日：丙
    2024-06-30 | 甲乙     | -          | -      | 2024年6月30日：乙
    2024-01-01 | 甲乙     | -          | -      | 2024年1月1日：乙
    2023-12-31 | 甲乙     | -          | -      | -
    2023-12-31 | 甲乙     | 2024-01-31 | 甲丙   | 2024年1月31日：丙
"""


@pytest.mark.parametrize(("day", "city", "later", "county", "told"), table(GONE)[1:])
def test_who_is_gone_from_a_list_of_the_same_year_is_named(shaanxi, day, city, later, county, told):
    lists.saved(shaanxi, LIST, named(city), day)
    if later != NOTHING:
        lists.saved(shaanxi, LIST, named(county), later, YANTA)
    sent = lists.submission(shaanxi, LIST, named("甲"), "2024-06-30")
    found = problem_of(compared(shaanxi, sent), "enterprises_gone")
    said = re.search("（截至(.*)）有.*家(：.*)。", found.message) if found else None
    assert ("".join(said.groups()) if said else NOTHING) == told


# -- the same again ---------------------------------------------------------------------------------

FIRST = "西安 | 10 | 5\n宝鸡 | 10 | 5"
AGAIN = """
    sent since         | on         | the first file again
    -                  | -          | is there
    西安 10 6          | 2024-03-31 | is new
    西安 10 6, 宝鸡 10 6 | 2024-03-31 | is new
    西安 10 6          | 2024-04-30 | is there
    西安 10 5          | 2024-03-31 | is new
"""


@pytest.mark.parametrize(("since", "day", "again"), table(AGAIN)[1:])
def test_a_file_is_there_already_while_all_of_it_holds_on_its_day(shaanxi, since, day, again):
    first = conftest.submission(f"region | enrolled | completed\n{FIRST}", "2024-03-31", "陕西省")
    number = shaanxi.store.save_snapshot(first, b"first", "表.csv", by="测试")
    if since != NOTHING:
        lines = since.replace(", ", "\n").replace(" ", " | ")
        shaanxi.reports(f"region | enrolled | completed\n{lines}", day)
    assert compared(shaanxi, first, b"first").duplicate_of == (number if again == "is there" else None)


def test_a_file_sent_again_after_a_correction_is_there_the_third_time(shaanxi):
    first = conftest.submission(f"region | enrolled | completed\n{FIRST}", "2024-03-31", "陕西省")
    shaanxi.store.save_snapshot(first, b"first", "表.csv", by="测试")
    shaanxi.reports("region | enrolled | completed\n西安 | 10 | 6", "2024-03-31")
    back = shaanxi.store.save_snapshot(first, b"first", "表.csv", by="测试")
    assert compared(shaanxi, first, b"first").duplicate_of == back


# -- falls and jumps --------------------------------------------------------------------------------

# done until March 31, done on the day → what is said
COUNTS = """
    before | day        | now | said
    100    | 2024-04-30 | 200 | -
    100    | 2024-04-30 | 201 | jumped
    100    | 2024-03-31 | 201 | jumped
    0      | 2024-04-30 | 300 | -
    100    | 2024-04-30 | 100 | -
    100    | 2024-04-30 | 99  | fell
    100    | 2024-03-31 | 99  | fell
    100    | 2024-03-30 | 99  | -
    100    | 2024-04-30 | 0   | fell
"""


@pytest.mark.parametrize(("before", "day", "now", "said"), table(COUNTS)[1:])
def test_a_count_falls_by_one_and_jumps_beyond_twice_as_many(shaanxi, before, day, now, said):
    """From nothing no share can be told, and what comes later is no reason to doubt what was before."""
    shaanxi.reports(f"region | enrolled | completed\n西安 | 900 | {before}", "2024-03-31")
    sent = conftest.submission(f"region | enrolled | completed\n西安 | 900 | {now}", day, "陕西省")
    codes = {problem.code for problem in compared(shaanxi, sent).problems} & {"fell", "jumped"}
    assert codes == ({said} - {NOTHING})


# done on April 30, done on the day that comes in later → what is said
LATER = """
    after | day        | now | said
    100   | 2024-03-31 | 101 | falls_after
    100   | 2024-03-31 | 100 | -
    100   | 2024-04-29 | 101 | falls_after
    100   | 2024-04-30 | 101 | -
    0     | 2024-03-31 | 1   | falls_after
    -     | 2024-03-31 | 101 | -
"""


@pytest.mark.parametrize(("after", "day", "now", "said"), table(LATER)[1:])
def test_a_count_is_no_higher_than_what_a_later_report_says(shaanxi, after, day, now, said):
    """A fall between two reports is one whichever of them came in first; of a region that has not spoken since, none."""
    later = f"西安 | 900 | {after}" if after != NOTHING else "宝鸡 | 900 | 5"
    shaanxi.reports(f"region | enrolled | completed\n{later}", "2024-04-30")
    sent = conftest.submission(f"region | enrolled | completed\n西安 | 900 | {now}", day, "陕西省")
    codes = {problem.code for problem in compared(shaanxi, sent).problems} & {"falls_after"}
    assert codes == ({said} - {NOTHING})


def test_the_next_report_in_which_a_region_speaks_is_the_one_that_counts(shaanxi):
    """Two reports since: the nearer one says nothing of 西安, the farther one says less."""
    head = "region | enrolled | completed\n"
    shaanxi.reports(f"{head}宝鸡 | 900 | 5", "2024-04-30")
    shaanxi.reports(f"{head}西安 | 900 | 90", "2024-05-31")
    shaanxi.reports(f"{head}西安 | 900 | 80", "2024-06-30")
    sent = conftest.submission(f"{head}西安 | 900 | 100", "2024-03-31", "陕西省")
    told = problem_of(compared(shaanxi, sent), "falls_after")
    assert told and "大于此后已上报的 90（截至2024年5月31日）" in told.message


def test_a_region_of_which_only_the_task_changes_is_among_the_changed(shaanxi):
    shaanxi.reports(f"region | enrolled | completed\n{FIRST}", "2024-03-31")
    sent = conftest.submission(
        f"region | enrolled | completed\n{FIRST.replace('10 | 5', '11 | 5', 1)}", "2024-04-30", "陕西省"
    )
    effect = next(one for one in compared(shaanxi, sent).effects if one.measure.id == "governance_completion")
    assert [old.short for old, _ in effect.changed] == ["西安"]


# -- rows that another report has taken the place of -------------------------------------------------

BAOJI = "610300"


def coded(codes: str, region: str = XIAN, county: str = YANTA) -> list[dict[str, str]]:
    return [{**one, "uscc": one["name"]} for one in named(codes, region, county)]


def test_what_a_region_has_since_taken_off_its_list_is_no_longer_on_it(shaanxi):
    lists.saved(shaanxi, LIST, [*coded("A"), *coded("B", BAOJI, "610302")], "2024-05-31")
    lists.saved(shaanxi, LIST, coded("C", BAOJI, "610302"), "2024-06-15")
    sent = lists.submission(shaanxi, LIST, coded("ABC"), "2024-06-30")
    assert shaanxi.store.codes_elsewhere(sent) == [("C", BAOJI)]


def test_what_a_county_has_since_taken_off_its_list_is_new_again(shaanxi):
    lists.saved(shaanxi, LIST, coded("AB"), "2024-05-31")
    lists.saved(shaanxi, LIST, coded("A"), "2024-06-15", YANTA)
    sent = lists.submission(shaanxi, LIST, coded("AB"), "2024-06-30")
    assert shaanxi.store.compare_rows(sent) == (1, 0, 1), "new, changed, the same"
