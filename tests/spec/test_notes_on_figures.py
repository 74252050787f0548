"""A note, a remark or a comment that says of a figure that it is another one is never passed over in silence."""

from __future__ import annotations

import pytest

from tests.books import Rows, sheet, submission, table
from tests.clerks.words import titles

TITLE = ("河南省专项治理进展（截至2024年3月1日）",)
COUNTS: Rows = [("地区", "纳入治理企业数", "完成治理企业数"), ("郑州市", 24, 15), ("洛阳市", 6, 4)]


def noted(*rows: tuple[object, ...], **said: object) -> list[tuple[str, str]]:
    found = submission(sheet([TITLE, *rows], **said))  # type: ignore[arg-type]
    assert not found.blocked
    return [(one.cell, one.severity) for one in found.problems if one.code in ("figures_noted", "narrowed")]


@pytest.mark.parametrize(("note", "told"), table("""
    注：郑州市纳入数含已关闭企业12家，实际应为198家   | x
    注：洛阳市数据截至2024年1月31日                   | x
    注：洛阳市2月未报，沿用1月数据                    | x
    注：完成数为预计数                                | x
    备注：完成治理企业数中含正在治理企业80家。        | x
    说明：纳入治理企业数不含2024年新纳入的45家。      | x
    注：郑州市不含航空港区（45家）                    | x
    *洛阳市数据为估算数                               | x
    标黄企业已关闭，不纳入统计                        | x
    注：数据截至2024年3月1日。                        |
    注：空格请填0。                                   |
    注：如有误请于每月5日前反馈。                     |
    填表说明：数据应为累计数，日期格式应为2024-06-30。|
    注：完成率=完成数/纳入数×100%。                   |
    数据来源：专项治理模块                            |
    填报单位：河南省卫生健康委　联系电话：0371-85960000 |
    注：按照豫卫职健〔2024〕5号文件要求填报。         |
"""))  # fmt: skip
def test_a_note_below_that_speaks_of_figures(note: str, told: str) -> None:
    assert noted(*COUNTS, (note,)) == ([("A5", "warning")] if told else [])


@pytest.mark.parametrize(("remark", "told"), table("""
    经核实，完成数应为110家   | x
    有误                      | x
    沿用上月                  | x
    已督办                    |
    按时报送                  |
"""))  # fmt: skip
def test_a_remark_beside_a_figure(remark: str, told: str) -> None:
    rows = [(*COUNTS[0], "备注"), (*COUNTS[1], ""), (*COUNTS[2], remark)]
    assert noted(*rows) == ([("D4", "warning")] if told else [])


@pytest.mark.parametrize(
    ("comment", "told"), [("有误，应为201", True), ("科员:\n应为 14", True), ("请填整数", False)]
)
def test_a_comment_on_a_figure(comment: str, told: bool) -> None:
    assert noted(*COUNTS, comments=[(2, 2, comment)]) == ([("C3", "warning")] if told else [])


@pytest.mark.parametrize("note", titles.NOTES)
def test_what_offices_usually_write_is_silent(note: str) -> None:
    assert not [one for one in noted(*COUNTS, (note,)) if "不含" not in note]
