"""A count is what its cell shows, in the unit that the table writes: what says another thing is asked about."""

from __future__ import annotations

import pytest

from tests.books import Rows, codes, sheet, submission, table

TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
COUNTS: Rows = [("地区", "纳入治理企业数", "完成治理企业数"), ("西安市", 24, 15), ("宝鸡市", 6, 4)]


@pytest.mark.parametrize(("printed", "said"), table("""
    1家          |
    1户          |
    1家企业      |
    1%           | shown_as_share
    1％          | shown_with_words
    1（预计）    | shown_with_words
    约1          | shown_with_words
    1百家        | shown_with_words
    1万          | shown_with_words
    1人          | shown_with_words
"""))  # fmt: skip
def test_what_a_format_prints_around_a_count(printed: str, said: str) -> None:
    found = submission(sheet([TITLE, *COUNTS], shown=[(2, 2, printed), (3, 2, printed), (2, 0, printed)]))
    assert [one.code for one in found.problems if one.code.startswith("shown")] == [said] * bool(said)
    assert all("C3、C4" in one.message for one in found.problems if one.code == said)


@pytest.mark.parametrize(("line", "below", "code"), table("""
    单位：家                         |   |
    单位：家、%                      |   |
    填报单位：百色家具厂             |   |
    单位：%                          |   | unit_of_table
    （单位：人）                     |   | unit_of_table
    单位：百家                       |   | unit_of_table
    注：以上数据单位均为百家。       | x | unit_of_table
    注：单位为千家                   | x | unit_of_table
    注：以上数据单位均为家。         | x |
"""))  # fmt: skip
def test_the_unit_of_the_figures(line: str, below: str, code: str) -> None:
    rows = [TITLE, *COUNTS, (line,)] if below else [TITLE, (line,), *COUNTS]
    assert codes(submission(sheet(rows)).problems, "error") == [code] * bool(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [("单位千家", "unit_of_sheet"), ("进展（单位：百家）", "unit_of_sheet"), ("单位情况", "")],
)
def test_a_sheet_named_after_its_unit(name: str, code: str) -> None:
    assert codes(submission(sheet([TITLE, *COUNTS], name)).problems, "error") == [code] * bool(code)


@pytest.mark.parametrize(
    ("merged", "said"),
    [
        ([(2, 1, 3, 1), (2, 2, 3, 2)], ["merged_figure"] * 2),
        ([(2, 1, 3, 2)], ["merged_figure"]),
        ([(2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2)], []),
        ([(0, 0, 0, 2)], []),
    ],
)
def test_a_figure_merged_over_two_regions_is_neithers(
    merged: list[tuple[int, int, int, int]], said: list[str]
) -> None:
    """Where the region is merged as well it is one line, made taller."""
    other = "" if (2, 0, 3, 0) in merged else "宝鸡市"
    figures = (6, 4) if (0, 0, 0, 2) in merged else ("", "")
    found = submission(sheet([TITLE, COUNTS[0], ("西安市", 24, 15), (other, *figures)], merged=merged))
    assert codes(found.problems, "error") == said
    assert "unreported" not in codes(found.problems)
