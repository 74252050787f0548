"""What a form says of its own marks and codes is followed, or asked about; √ is never 是 where the form says otherwise."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.books import sheet, submission, table
from zyb.intake.submission import Submission
from zyb.reading import Doubts

HEADINGS = """
    是否完成治理（0.是 1.否）          | 0 1 | 是 否
    是否完成治理（1.是 2.否）          | 1 2 | 是 否
    是否完成治理（1是2否）             | 2 1 | 否 是
    是否完成治理（是1否2）             | 1 2 | 是 否
    是否完成治理（1=是/2=否）          | 1 2 | 是 否
    是否完成治理（完成打○，未完成打√） | ○ √ | 是 否
    是否完成治理（完成打“√”）          | ✓ √ | 是 是
    是否完成治理（√为未完成）          | √ ✔ | 否 否
    是否完成治理（未完成的打√）        | ☑ √ | 否 否
    是否完成治理（打√的为未完成）      | √ √ | 否 否
    是否完成治理（完成√未完成×）       | √ × | 是 否
    1.是否完成治理                     | 1 0 | 是 否
"""


def listed(heading: str, cells: list[str], note: str = "") -> Submission:
    rows = [(f"{name}公司", "西安市", cell) for name, cell in zip("甲乙丙", cells, strict=False)]
    return submission(
        [("陕西省专项治理企业台账（截至2024年6月30日）",), ("企业名称", "地区", heading), *rows, *([(note,)] if note else [])],
        name="表.xlsx", province="陕西",
    )  # fmt: skip


def values(found: Submission) -> list[str | None]:
    assert found.body is not None
    read: list[str | None] = found.body["completed"].to_pylist()
    return read


@pytest.mark.parametrize(("heading", "cells", "answers"), table(HEADINGS))
def test_the_legend_in_the_heading(heading: str, cells: str, answers: str) -> None:
    found = listed(heading, cells.split())
    assert values(found) == answers.split()
    assert not found.blocked


@pytest.mark.parametrize(
    "note", ["说明：0表示已完成，1表示未完成", "注：是否完成治理：0—是，1—否。", "备注：完成填0，未完成填1"]
)
def test_the_legend_below_the_table(note: str) -> None:
    assert values(listed("是否完成治理", ["0", "1"], note)) == ["是", "否"]


def test_a_numbered_note_is_no_legend() -> None:
    assert values(listed("是否完成治理", ["1", "0"], "说明：1.已完成的填报日期；2.未完成的不填")) == [
        "是",
        "否",
    ]


@pytest.mark.parametrize("mark", ["×", "1", "是√", "√（2024年）"])
def test_where_a_mark_is_turned_around_the_others_are_asked_about(mark: str) -> None:
    found = listed("是否完成治理（√为未完成）", ["√", mark])
    assert values(found)[0] == "否"
    assert found.blocked or mark == "是√"


@pytest.mark.parametrize(
    "way",
    ["{0}为{1}", "{0}表示{1}", "{0}代表{1}", "{0}={1}", "{0}：{1}", "{1}打{0}", "{1}填{0}", "{1}的用{0}"],
)
@pytest.mark.parametrize(("yes", "no"), [pair for pair in product("√○102", "×√013") if pair[0] != pair[1]])
def test_every_way_to_write_a_legend_gives_what_it_says(way: str, yes: str, no: str) -> None:
    legend = "，".join(way.format(mark, word) for mark, word in ((yes, "完成"), (no, "未完成")))
    found = listed(f"是否完成治理（{legend}）", [yes, no])
    assert found.blocked or values(found) == ["是", "否"]
    assert values(listed("是否完成治理", [yes, no], f"说明：{legend}。")) == ["是", "否"]


@pytest.mark.parametrize(
    ("said", "answers"), [("0—完成，1—未完成", ["是", "否"]), ("请如实填写", ["否", "是"])]
)
def test_the_legend_in_a_comment_on_the_heading(said: str, answers: list[str]) -> None:
    rows = [
        ["陕西省专项治理企业台账（截至2024年6月30日）"],
        ["企业名称", "地区", "是否完成治理"],
        ["甲公司", "西安市", 0],
        ["乙公司", "西安市", 1],
    ]
    commented = replace(sheet(rows), doubts=Doubts(comments=((1, 2, said),)))
    assert values(submission(commented, name="表.xlsx", province="陕西")) == answers
