"""专项治理 from the list: 行政确认 beside 完成, 停产 and 关闭 beside the enrolled, 岗位合格率 by hazard."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import sheet, submission, table, uscc
from tests.spec.lists import listed
from zyb.answers.drilling import kinds
from zyb.answers.progress import view
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.rulebook.measures import measures

DAY = "2025-06-30"


def sides(province, measure: str) -> str:
    found = province.stands(DAY, measure).region("610800")
    return "-" if found.numerator is None else f"{found.numerator}/{found.denominator}"


@pytest.mark.parametrize(
    ("rows", "completion", "confirmed", "unconfirmed"),
    table("""
        是 2025-06-01 8, 是 - 3, 否 - 4 | 11/15 | 8/11  | 3
        是 2025-06-01 5                 | 5/5   | 5/5   | 0
        否 2025-06-01 2, 是 - 1         | 1/3   | 0/1   | 1
        是 - 6, 否 - 1                  | 6/7   | -     | -
    """),
)
def test_completed_and_not_yet_confirmed(shaanxi, rows, completion, confirmed, unconfirmed):
    """“及时进行行政确认”: the gap is who is finished and not confirmed; a list that never says so tells nothing."""
    lines = [
        dict(zip(("completed", "confirmed_on", "number"), row.split(), strict=True))
        for row in rows.split(", ")
    ]
    text = "region | completed | confirmed_on | number\n" + "\n".join(
        f"榆林 | {line['completed']} | {line['confirmed_on']} | {line['number']}" for line in lines
    )
    listed(shaanxi, "governance_enterprises", text, DAY)
    assert sides(shaanxi, "governance_completion") == completion
    assert sides(shaanxi, "governance_confirmed") == confirmed
    left = shaanxi.stands(DAY, "governance_confirmed").region("610800").remaining
    assert ("-" if left is None else str(left)) == unconfirmed


def test_a_report_tells_how_many_are_finished_and_not_confirmed(shaanxi):
    """Beside the completion, the number and not only a share."""
    shaanxi.reports("region | enrolled | completed\n榆林 | 15 | 11", DAY)
    text = "region | completed | confirmed_on | operating | number\n榆林 | 是 | 2025-06-01 | 正常生产 | 8\n榆林 | 是 | - | 停产 | 3"
    listed(shaanxi, "governance_enterprises", f"{text}\n榆林 | 否 | - | 停产 | 4", DAY)
    asked = Request(province="陕西省", kind="quarterly", on=date.fromisoformat(DAY), campaign="governance")
    told = "".join(paragraph.text for paragraph in compose(shaanxi.store, asked).paragraphs)
    assert "完成治理11家中，已行政确认8家、已完成未行政确认3家，确认率72.7%" in told
    assert "填写生产状态的15家中，停产、关闭7家，占46.7%" in told


def test_a_day_of_completion_is_no_confirmation():
    """Before: 完成日期 and 销号日期 were read as 行政确认日期, so that nobody was ever left to confirm."""
    head = ("企业名称", "统一社会信用代码", "县区", "是否完成治理", "完成日期")
    rows = [
        ("西安市专项治理企业台账（截至2024年6月30日）",),
        head,
        ("甲公司", uscc(1), "雁塔区", "是", "2024-06-01"),
    ]
    found = submission(sheet(rows), province="陕西")
    assert not found.blocked
    assert (found.body["completed_on"].null_count, found.body["confirmed_on"].null_count) == (0, 1)


def test_who_stands_still_is_counted_as_before_and_shown_apart(shaanxi):
    """No notice takes them out: 停产 and 关闭 stay among the enrolled, finished or not, and are told beside."""
    text = """
        region | completed | operating | number
        榆林   | 是        | 正常生产  | 10
        榆林   | 否        | 正常生产  | 5
        榆林   | 是        | 停产      | 1
        榆林   | 否        | 停产      | 3
        榆林   | 否        | 关闭      | 2
        榆林   | 否        | -         | 4
    """
    listed(shaanxi, "governance_enterprises", text, DAY)
    assert sides(shaanxi, "governance_completion") == "11/25"
    assert sides(shaanxi, "governance_stopped") == "6/21"
    listed(shaanxi, "governance_enterprises", "region | completed | operating\n延安 | 否 | 正常生产", DAY)
    nobody = shaanxi.stands(DAY, "governance_stopped").region("610600")
    assert (nobody.value, nobody.verdict.title) == (0, "未设时序"), "nobody who stands still is no 零进展"
    seen = view(shaanxi.store, "陕西省", "governance_stopped", shaanxi.stands(DAY).on)
    (breakdown,) = seen.measure.breakdowns
    told = {
        one.kind: (one.denominator, one.numerator) for one in kinds(shaanxi.store, seen, breakdown, "610800")
    }
    assert sum(enrolled for enrolled, _ in told.values()) == 25
    assert {kind: told[kind] for kind in ("正常生产", "停产", "关闭")} == {
        "正常生产": (15, 10), "停产": (4, 1), "关闭": (2, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "state"),
    table("""
        停产           | 停产
        长期停产       | 停产
        停产整顿       | 停产
        已停业         | 停产
        已关闭         | 关闭
        关停           | 关闭
        已注销         | 关闭
        正常           | 正常生产
        正常生产       | 正常生产
        在产           | 正常生产
    """),
)
def test_how_offices_write_the_state(written, state):
    head = ("企业名称", "统一社会信用代码", "县区", "是否完成治理", "生产状态")
    rows = [
        ("西安市专项治理企业台账（截至2024年6月30日）",),
        head,
        ("甲公司", uscc(1), "雁塔区", "否", written),
    ]
    found = submission(sheet(rows), province="陕西")
    assert not found.blocked and found.body["operating"].to_pylist() == [state]


@pytest.mark.parametrize(
    ("hazard", "measure", "value", "verdict"),
    table("""
        粉尘     | governance_posts_dust     | 17/20 | 全面完成
        化学毒物 | governance_posts_chemical | 1     | 全面完成
        噪声     | governance_posts_noise    | 3/4   | 相对滞后
    """),
)
def test_each_hazard_is_held_against_85_percent(shaanxi, hazard, measure, value, verdict):
    """国卫办职健函〔2021〕621号 一（三）: all together would be 102 of 120, 85 %, and hide the noise."""
    text = """
        region | hazard   | tested | qualified
        榆林   | 粉尘     | 60     | 51
        榆林   | 化学毒物 | 24     | 24
        榆林   | 噪声     | 36     | 27
    """
    listed(shaanxi, "governance_posts", text, "2025-12-31")
    found = shaanxi.stands("2025-12-31", measure).region("610800")
    assert (found.value, found.verdict.title) == (Fraction(value), verdict)
    assert hazard in measures("陕西省")[measure].title
