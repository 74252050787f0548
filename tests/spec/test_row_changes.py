"""Two uploads row by row: 新增, 减少, 修改, and what nobody can match; against an obvious loop."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import table
from tests.spec import lists
from zyb.access import LOCAL_ADMIN, NotPermitted, Viewer
from zyb.changes import changes_page, compared, of_days, of_snapshots
from zyb.errors import NotPossible

LEDGER = "assistance"
XIAN, YANTA, CHANGAN = "610100", "610113", "610116"
COUNTIES = {"雁塔": YANTA, "长安": CHANGAN, "-": ""}
CODES = {"A": "91610113MA6U0A0X1A", "B": "91610113MA6U0B0X1B", "-": None}


def rows_of(text: str) -> list[dict[str, object]]:
    """`code | name | county | training`; “-” is an empty cell."""
    return [
        {
            "region_code": XIAN, "county_code": COUNTIES[county], "uscc": CODES[code],
            "name": None if name == "-" else name, "training": None if training == "-" else training,
        }
        for code, name, county, training in table(f"code | name | county | training\n{text}")[1:]
    ]  # fmt: skip


def differing(province, before: str, after: str) -> list[list[str]]:
    """Kind, name and what was changed of every row that differs."""
    numbers = [lists.saved(province, LEDGER, rows_of(text), day) for text, day in ((before, "2025-03-31"), (after, "2025-04-30"))]  # fmt: skip
    one, other = (province.store.snapshot(number) for number in numbers)
    question = of_snapshots(province.store, province.name, one, other, by=LOCAL_ADMIN)
    found = compared(province.store, question)
    name = [field.name for field in question.fields].index("name")
    return [
        [change.title, str(change.cells[name]), change.told] for change in changes_page(province.store, found)
    ]


# Before, after → what differs.
CASES = {
    "new": ("A | 甲 | 雁塔 | 是", "A | 甲 | 雁塔 | 是\nB | 乙 | 雁塔 | 否", "新增 | 乙 | "),
    "gone": ("A | 甲 | 雁塔 | 是\nB | 乙 | 雁塔 | 否", "A | 甲 | 雁塔 | 是", "减少 | 乙 | "),
    "changed, by its code": ("A | 甲 | 雁塔 | 否", "A | 甲 | 雁塔 | 是", "修改 | 甲 | 是否举办一次职业健康培训：否→是"),
    "renamed and moved": ("A | 甲 | 雁塔 | 否", "A | 甲厂 | 长安 | 否", "修改 | 甲厂 | 县区：雁塔区→长安区；用人单位名称：甲→甲厂"),
    "changed, by its name": ("- | 甲 | 雁塔 | 否", "- | 甲 | 雁塔 | 是", "修改 | 甲 | 是否举办一次职业健康培训：否→是"),
    "a code that was filled in": ("- | 甲 | 雁塔 | 否", "A | 甲 | 雁塔 | 否", "修改 | 甲 | 统一社会信用代码：未填写→91610113MA6U0A0X1A"),
    "another code is another employer": ("A | 甲 | 雁塔 | 否", "B | 甲 | 雁塔 | 否", "新增 | 甲 | \n减少 | 甲 | "),
    "a name in another county is another": ("- | 甲 | 雁塔 | 否", "- | 甲 | 长安 | 否", "新增 | 甲 | \n减少 | 甲 | "),
    "twice a name, one changed": ("- | 甲 | 雁塔 | 否\n- | 甲 | 雁塔 | 是", "- | 甲 | 雁塔 | 是\n- | 甲 | 雁塔 | -", "修改 | 甲 | 是否举办一次职业健康培训：否→未填写"),
    "twice a name, both changed": ("- | 甲 | 雁塔 | 否\n- | 甲 | 雁塔 | 是", "- | 甲 | 雁塔 | -", "无法对应 | 甲 | \n无法对应 | 甲 | \n无法对应 | 甲 | "),
    "one of two equal rows is gone": ("A | 甲 | 雁塔 | 否\nA | 甲 | 雁塔 | 否", "A | 甲 | 雁塔 | 否", "减少 | 甲 | "),
    "nothing": ("A | 甲 | 雁塔 | 否\n- | 乙 | - | -", "- | 乙 | - | -\nA | 甲 | 雁塔 | 否", ""),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES.keys())
def test_each_difference_has_its_kind(shaanxi, before, after, expected):
    assert differing(shaanxi, before, after) == [line.split(" | ") for line in expected.splitlines()]


def test_only_what_both_uploads_speak_for_is_compared(shaanxi):
    whole = lists.saved(shaanxi, LEDGER, rows_of("A | 甲 | 雁塔 | 否\nB | 乙 | 长安 | 否"), "2025-03-31")
    county = lists.saved(shaanxi, LEDGER, rows_of("A | 甲 | 雁塔 | 是"), "2025-04-30", YANTA)
    one, other = shaanxi.store.snapshot(whole), shaanxi.store.snapshot(county)
    found = compared(shaanxi.store, of_snapshots(shaanxi.store, shaanxi.name, one, other, by=LOCAL_ADMIN))
    assert dict(found.counts) == {"changed": 1}
    days = date(2025, 3, 31), date(2025, 4, 30)
    both = compared(shaanxi.store, of_days(shaanxi.store, shaanxi.name, LEDGER, days, by=LOCAL_ADMIN))
    assert dict(both.counts) == {"changed": 1, "same": 1}
    same = of_days(shaanxi.store, shaanxi.name, LEDGER, (days[1], days[1]), by=LOCAL_ADMIN)
    assert not same.before.parts and not compared(shaanxi.store, same).counts


def test_summaries_are_compared_by_region(shaanxi):
    first = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10\n宝鸡 | 50 | 5", "2024-01-31")
    second = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 12\n宝鸡 | 50 | 5", "2024-02-29")
    one, other = shaanxi.store.snapshot(first), shaanxi.store.snapshot(second)
    question = of_snapshots(shaanxi.store, shaanxi.name, one, other, by=LOCAL_ADMIN)
    found = compared(shaanxi.store, question)
    assert dict(found.counts) == {"changed": 1, "same": 1}
    (change,) = changes_page(shaanxi.store, found)
    assert change.changed[0][1:] == ("10", "12")


def test_two_ledgers_are_not_compared(shaanxi):
    first = shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-31")
    second = lists.saved(shaanxi, LEDGER, rows_of("A | 甲 | 雁塔 | 否"), "2025-03-31")
    one, other = shaanxi.store.snapshot(first), shaanxi.store.snapshot(second)
    with pytest.raises(NotPossible, match="不是同一种台账"):
        of_snapshots(shaanxi.store, shaanxi.name, one, other, by=LOCAL_ADMIN)


def test_personal_data_are_masked_and_shown_only_to_whom_they_are_for(shaanxi):
    row = {"region_code": XIAN, "county_code": YANTA, "uscc": CODES["A"], "name": "甲"}
    first = lists.saved(shaanxi, LEDGER, [row | {"team": "王小明"}], "2025-03-31")
    second = lists.saved(shaanxi, LEDGER, [row | {"team": "李大山"}], "2025-04-30")
    one, other = shaanxi.store.snapshot(first), shaanxi.store.snapshot(second)
    found = compared(shaanxi.store, of_snapshots(shaanxi.store, shaanxi.name, one, other, by=LOCAL_ADMIN))
    (change,) = changes_page(shaanxi.store, found)
    assert "王**→李**" in change.told and "小明" not in change.told
    third = lists.saved(shaanxi, LEDGER, [row | {"team": "李小河"}], "2025-05-31")
    again = of_snapshots(shaanxi.store, shaanxi.name, other, shaanxi.store.snapshot(third), by=LOCAL_ADMIN)
    (hidden,) = changes_page(shaanxi.store, compared(shaanxi.store, again))
    assert hidden.told == "个人信息有修改"
    with pytest.raises(NotPermitted):
        of_snapshots(shaanxi.store, shaanxi.name, one, other, by=Viewer("a", "甲", "leader"), unmasked=True)


# -- against an obvious loop ------------------------------------------------------------------

ROW = st.tuples(
    st.sampled_from("AB-"),
    st.sampled_from("甲乙-"),
    st.sampled_from(("雁塔", "长安")),
    st.sampled_from("是否-"),
)
ROWS = st.lists(ROW, min_size=1, max_size=7)


def loop(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> Counter[str]:
    """By code, then by name within the county: equal ones go, the last two are one row, more are nobody's."""
    found: Counter[str] = Counter()
    rest: tuple[list, list] = (
        [row for row in before if row[0] == "-"],
        [row for row in after if row[0] == "-"],
    )
    for code in "AB":
        old, new = matched(
            [row for row in before if row[0] == code], [row for row in after if row[0] == code], found
        )
        if len(old) == len(new) == 1:
            found["changed"] += 1
        elif old and new:
            found["ambiguous"] += len(old) + len(new)
        else:
            rest[0].extend(old)
            rest[1].extend(new)
    for key in {row[1:3] for side in rest for row in side}:
        old, new = matched(
            [row for row in rest[0] if row[1:3] == key], [row for row in rest[1] if row[1:3] == key], found
        )
        uncoded = any(row[0] == "-" for row in old + new)
        if uncoded and len(old) == len(new) == 1:
            found["changed"] += 1
        elif uncoded and old and new:
            found["ambiguous"] += len(old) + len(new)
        else:
            found["gone"] += len(old)
            found["new"] += len(new)
    return found  # fmt: skip


def matched(old: list, new: list, found: Counter[str]) -> tuple[list, list]:
    """What is left when equal ones have gone."""
    old, new = list(old), list(new)
    for row in list(old):
        if row in new:
            old.remove(row)
            new.remove(row)
            found["same"] += 1
    return old, new


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_the_query_equals_an_obvious_loop(shaanxi, before, after):
    texts = ["\n".join(" | ".join(row) for row in rows) for rows in (before, after)]
    numbers = [lists.saved(shaanxi, LEDGER, rows_of(text), "2025-03-31") for text in texts]
    one, other = (shaanxi.store.snapshot(number) for number in numbers)
    question = of_snapshots(shaanxi.store, shaanxi.name, one, other, by=LOCAL_ADMIN)
    found = compared(shaanxi.store, question)
    assert Counter(found.counts) == +loop(before, after)
    assert sum(found.number(kind) for kind in ("new", "gone", "changed", "ambiguous")) == found.number()
