"""One institution under several names in a list is told: as two of them it would reach no floor."""

from __future__ import annotations

import pytest

from tests.books import codes, sheet, submission, table

# names of two institutions of one region | are they told as one?
NAMES = """
    徐州市疾病预防控制中心 | 徐州市疾控中心 | 是
    徐州市疾病预防控制中心 | 市疾控         | 是
    徐州市疾控             | 疾控中心       | 是
    徐州市职业病防治院     | 市职防院       | 是
    徐州市职业病防治院     | 徐州市疾控中心 | 否
    沛县疾控中心           | 徐州市疾控中心 | 否
    江苏省疾控中心         | 徐州市疾控中心 | 否
    徐州市疾控中心         | 徐州市疾控中心 | 否
"""


@pytest.mark.parametrize(("one", "other", "told"), table(NAMES))
def test_two_names_of_one_institution_are_told(one: str, other: str, told: str) -> None:
    found = submission(
        sheet([
            ["江苏省疾控中心帮扶用人单位情况表（截至2024年6月30日）"],
            ["帮扶单位", "被帮扶对象名称", "帮扶时间", "地区"],
            [one, "甲公司", "2024-03-01", "徐州市"],
            [other, "乙公司", "2024-03-02", "徐州市"],
            [other, "丙公司", "2024-03-02", "南京市"],
        ])
    )  # fmt: skip
    warned = [p for p in found.problems if p.code == "institution_twice"]
    assert [p.cell for p in warned] == (["A4"] if told == "是" else [])
    assert found.n_rows == 3 or "institution_twice" in codes(found.problems)
