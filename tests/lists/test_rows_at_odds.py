"""What a row says against itself: the whole done and a part not, a remark or a title that says it is not, a wrong year."""

from __future__ import annotations

import pytest

from tests.books import codes, sheet, submission, table

HEAD = ("企业名称", "是否完成治理", "行政确认日期", "备注")
ODD = ("remark_undone", "title_undone", "long_ago", "year_added", "after_the_report")


def read(done: str, day: str = "", remark: str = "", title: str = "西安市专项治理企业台账") -> list[str]:
    rows = [(f"{title}（截至2024年3月1日）",), HEAD, ("甲公司", done, day, remark)]
    return [one for one in codes(submission(sheet(rows)).problems) if one in ODD]


@pytest.mark.parametrize(("done", "day", "remark", "said"), table("""
    是 | 2024-02-01 |                |
    是 | 2024-02-01 | 复测仍超标     | remark_undone
    是 | 2024-02-01 | 尚未行政确认   | remark_undone
    是 |            | 预计12月完成   | remark_undone
    否 |            | 预计12月完成   |
    否 |            | 正在整改       |
    是 | 2024-02-01 | 已督办         |
    是 | 1925-02-01 |                | long_ago
    是 | 1900-01-05 |                | long_ago
    是 | 2005.3.5   |                | long_ago
    是 | 2月1日     |                | year_added
    是 | 2.1        |                | year_added
"""))  # fmt: skip
def test_a_row_against_itself(done: str, day: str, remark: str, said: str) -> None:
    assert read(done, day, remark) == said.split()


@pytest.mark.parametrize("title", ["西安市未完成治理企业名单", "西安市未完成专项治理企业台账"])
def test_a_title_of_those_that_are_not_done(title: str) -> None:
    assert read("是", title=title) == ["title_undone"]
    assert read("否", title=title) == []
