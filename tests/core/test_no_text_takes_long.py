"""However odd a text is, and wherever it stands: a file of one megabyte is understood in the time of some plain work.

What once took minutes took hundreds of times as long. The plain work is done right before and after, so that a busy or
a slow machine is as slow with both.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import codes, csv_bytes, notice_rows, sheet, submission, uscc
from tests.effort import examples
from zyb.intake import Given, Submission, understand_all
from zyb.intake.cells.as_of import find_as_of
from zyb.reading import Sheet, Workbook
from zyb.rulebook.lexicon.headings import plain_heading
from zyb.rulebook.regions import load_roster
from zyb.uploads import read_submissions

MEGABYTE = 1 << 20
LONGEST_CELL = 32_767  # Excel's own
MOST = 40
"""So many times as long as the plain work of 40,000 words: about three seconds of a quiet processor."""
TODAY = date(2025, 1, 1)
NAME = "表.xlsx"

LIST = [
    ("陕西省专项治理企业台账（截至2024年3月1日）",),
    ("企业名称", "统一社会信用代码", "地区", "县区", "纳入日期", "是否完成治理", "行业", "行政确认日期"),
    ("甲公司", uscc(1), "西安市", "雁塔区", "2023.1.1", "是", "3011", "2024.1.1"),
]
CHOICES = [
    ("西安市示范帮扶推荐表（截至2024年3月1日）",),
    ("企业名称", "所属行业及类别名称", "企业规模", "是否正常生产", "危害因素类别", "近3年申报情况", "是否纳入监测", "是否纳入专项治理"),
    ("甲公司", "☑建材", "120", "☑是□否", "☑粉尘", "☑2023年", "☑是□否", "☑是□否"),
]  # fmt: skip

Rows = list[tuple[object, ...]]
Book = tuple[Sequence[Sheet], str]
"""The sheets of a file, and its name."""


def times(text: str) -> int:
    """How often the text makes a megabyte."""
    return max(MEGABYTE // len(text.encode("utf-8", "surrogatepass")), 1)


def book(*pages: Rows, name: str = NAME, page: str = "表1") -> Book:
    return [sheet(rows, name=page if n == 0 else f"表{n + 1}") for n, rows in enumerate(pages)], name


def notice() -> Rows:
    return [tuple(row) for row in notice_rows()]


def above(text: str) -> Book:
    return book([*[(text,)] * min(times(text), 25), *notice()])


def above_in_one_line(text: str) -> Book:
    return book([tuple([text] * min(times(text), 300)), *notice()])


def headings(text: str) -> Book:
    title, unit, first, second, *body = notice()
    more = tuple(f"{text}{n}" for n in range(min(times(text), 296)))
    return book([title, unit, (*first, *more), (*second, *more), *body])


def head_of_many_sheets(text: str) -> Book:
    """Thirty lines of three hundred different texts, sheet after sheet: any of them might be headings."""

    def rows(page: int) -> Rows:
        return [tuple(f"{text[:20]}{page}.{row}.{column}" for column in range(300)) for row in range(30)]

    return book(*(rows(page) for page in range(min(times(f"{text[:20]}0.00.000") // 9000 + 1, 50))))


def notes(text: str) -> Book:
    return book([*notice(), *[(f"注：{text}",)] * times(f"注：{text}")])


def regions(text: str) -> Book:
    return book([*notice(), *[(text, 1, 1)] * times(f"{text}11")])


def sums(text: str) -> Book:
    return book([*notice(), *[("合计", text, 1)] * times(f"合计{text}1")])


def figures(text: str) -> Book:
    return book([*notice(), *[("西安", text, 1)] * times(f"西安{text}1")])


def name_of_the_sheet(text: str) -> Book:
    return book(notice(), page=text * times(text))


def name_of_the_file(text: str) -> Book:
    return book(notice(), name=text * times(text) + ".xlsx")


def nothing_else(text: str) -> Book:
    return book([(text,) * 3] * max(times(text) // 3, 1))


def column(rows: Rows, number: int, different: bool) -> Callable[[str], Book]:
    """A list with the text in every cell of a column; with `different` a number behind it makes each another text."""

    def filled(text: str) -> Book:
        *head, row = rows
        lines = (
            (*row[:number], f"{text}{n}" if different else text, *row[number + 1 :])
            for n in range(times(text + ("0" * 60 if different else "")))
        )
        return book([*head, *lines])

    return filled


PLACES: dict[str, Callable[[str], Book]] = {
    place.__name__: place
    for place in (
        above, above_in_one_line, headings, head_of_many_sheets, notes, regions, sums, figures,
        name_of_the_sheet, name_of_the_file, nothing_else,
    )
} | {
    f"{rows[1][number]}{' (all different)' * different}": column(rows, number, different)
    for rows in (LIST, CHOICES)
    for number in range(8)
    for different in (False, True)
}  # fmt: skip

ODD = [
    "截至", "统计时间", "2024年", "2024年1月1日至", "2024.", "1-", "1月", "6月30日", "20240101", "24年6月", "—", "2024年1月—",
    "(", "（", "[", "【", "〔", "（）", "([", "(不含", "杨陵区（不含", "自治", "蒙古族", "西安市", "陕西省", "合计", "注", "市/县/区：", "帮扶单位：",
    " ", "　", "\n", "T", "T12:00", " 12:00", "□", "☑", "☑a", "是☑", "□☑", "、", "、a", "，企业", "是", "未", "1", "１", "0", "1,", "1.", "万", "约", "家", "多",
    "ﷺ", "㌀", "½", "\u0315\u0300", "a\u0300\u0316", "ﾞ\u0300", "한", "😀", "\u200d", "𠮷", "企业名称", "地区", "纳入", "统一社会信用代码", "-", "_", "/", "*", "{", "%s",
]  # fmt: skip
LENGTHS = (4, 12, 40, 400, 1000, 2000, LONGEST_CELL)


def repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def plain_work() -> float:
    """The seconds of a processor that 40,000 words take to be searched, turned around and gathered."""
    began = time.process_time()
    gathered: dict[str, list[str]] = {}
    for number in range(40_000):
        text = f"地区{number}"
        gathered.setdefault(re.sub(r"\d", "", text), []).append("".join(reversed(text)))
    assert len(gathered["地区"]) == 40_000
    return time.process_time() - began


def effort_for(sheets: Sequence[Sheet], name: str) -> float:
    """How many times as long as the plain work a book takes to be understood."""
    workbook, given = Workbook("xlsx", tuple(sheets)), Given(today=TODAY, preferred_province="陕西省")
    before = plain_work()
    began = time.process_time()
    found = understand_all(workbook, name, given)
    spent = time.process_time() - began
    assert found
    return spent / max(before, plain_work())


@settings(
    max_examples=examples(12, deep=1500), derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(
    place=st.sampled_from(list(PLACES)),
    text=st.one_of(st.sampled_from(ODD), st.text(min_size=1, max_size=4)),
    length=st.sampled_from(LENGTHS),
)
def test_a_megabyte_of_any_text_in_any_place_is_understood_in_time(
    place: str, text: str, length: int
) -> None:
    assert effort_for(*PLACES[place](repeated(text, length))) < MOST


# What took minutes once, or the square of its length.
KNOWN = [
    ("above", "截至", LONGEST_CELL),
    ("headings", "（", LONGEST_CELL),
    ("headings", "企业名称", 12),
    ("above_in_one_line", "\u0315\u0300", LONGEST_CELL),
    ("notes", "截至", LONGEST_CELL),
    ("regions", "西安市", 4),
    ("sums", "1", 1),
    ("head_of_many_sheets", "企业", 4),
    ("纳入日期", "T", 1000),
    ("是否正常生产", "☑a", 1000),
    ("所属行业及类别名称 (all different)", "、a", 400),
    ("地区 (all different)", "西咸新区", 12),
]


@pytest.mark.parametrize(("place", "text", "length"), KNOWN)
def test_what_once_took_long_is_understood_in_time(place: str, text: str, length: int) -> None:
    assert effort_for(*PLACES[place](repeated(text, length))) < MOST


# -- and still means what it meant ----------------------------------------------------------------


def test_a_title_of_nothing_but_the_word_before_a_day_is_answered() -> None:
    content = csv_bytes([("截至" * 16_000,), ("地区", "纳入治理企业数", "完成治理企业数"), ("西安市", 10, 5)])
    (found,) = read_submissions(content, "表.csv", Given(today=TODAY, province="陕西"))
    assert codes(found.problems, "error") == ["as_of_unknown"]
    assert "text_cut" in codes(found.problems, "warning")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("截至目前，截至2024年3月1日", date(2024, 3, 1)),
        ("统计时间：2024年1月1日至3月31日，截至目前", date(2024, 3, 31)),
        ("截至6月30日，2024年截至", date(2024, 6, 30)),
        ("2023年12月31日，截至2024年3月", date(2024, 3, 31)),
    ],
)
def test_the_day_behind_the_first_such_word_counts(title: str, day: date) -> None:
    found = find_as_of([title], [], [])
    assert found and found.day == day


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("帮扶企业数量（家）", "帮扶企业数量"),
        ("完成（家", "完成(家"),
        ("(a[b)c]", "c]"),
        ("[(a]b)", "b)"),
        ("【1】完成〔2〕数(3)", "完成数"),
        ("（家）", "(家)"),
        ("x)b(", "x)b("),
    ],
)
def test_brackets_of_a_heading_fall_away_with_what_they_hold(written: str, plain: str) -> None:
    assert plain_heading(written) == plain


def test_a_cell_with_a_page_pasted_into_it_is_told_and_not_guessed_at() -> None:
    long = "是" + "，附说明" * 300
    head, body = LIST[1], [*LIST[2][:5], long, *LIST[2][6:]]
    (found,) = [submission([LIST[0], head, body], province="陕西", today=TODAY)]
    assert [(p.code, p.cell) for p in found.problems if p.severity == "error"] == [("answer_too_long", "F3")]
    assert all(len(p.message) < 500 for p in found.problems)


def test_no_number_is_cut_off_a_long_row_of_digits() -> None:
    rows = [*notice()[:5], ("西安", "0" * 1000 + "5", "1")]
    found = submission(rows, today=TODAY)
    assert ("answer_too_long", "B6") in [(p.code, p.cell) for p in found.problems]


def test_the_name_of_a_region_with_a_page_behind_it_is_no_region() -> None:
    shaanxi = load_roster("陕西")
    assert shaanxi.find("西安市" + " " * 300) == shaanxi.find("西安市")
    assert shaanxi.find("西安市" + " " * 500 + "雁塔区") is None
    assert not shaanxi.is_total("合计" + " " * 500 + "的说明")


def understood(rows: Rows, **given: str) -> Submission:
    return submission(rows, today=TODAY, **given)


def test_a_blank_line_between_the_lines_of_a_summary_changes_nothing() -> None:
    lines = notice()
    spaced = [line for row in lines[4:] for line in (row, ())]
    with_blanks, without = understood([*lines[:4], *spaced]), understood(lines)
    assert with_blanks.problems == without.problems
    assert [(row.region, row.values) for row in with_blanks.rows] == [
        (row.region, row.values) for row in without.rows
    ]


def test_a_table_far_down_and_far_to_the_right_is_found_without_reading_what_is_blank() -> None:
    near = sheet([(None,) * 250 + row for row in notice()]).table
    blank = pa.nulls(200_000, pa.string())
    far = [pa.chunked_array([blank, *column.chunks]) for column in near.columns]
    pages = [Sheet("远", False, pa.table(far, names=near.column_names))]
    assert effort_for(pages, NAME) < MOST
    (found,) = understand_all(Workbook("xlsx", tuple(pages)), NAME, Given(today=TODAY))
    assert (found.n_rows, found.as_of) == (12, date(2024, 3, 1))


def test_thousands_of_merged_cells_are_looked_at_once() -> None:
    merged = [(row, column, row + 5, column) for row in range(5) for column in range(4000)]
    pages = [sheet(notice(), merged=merged) for _ in range(10)]
    assert effort_for(pages, NAME) < MOST
    overlapping = [(2, 0, 1_048_575, 0)] * 20_000
    assert effort_for([sheet(LIST, merged=overlapping)], NAME) < MOST
