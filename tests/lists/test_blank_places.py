"""A blank cell where a place is asked for: over which rows the name above it stands, and when that is nobody's guess."""

from __future__ import annotations

import random

import pytest

from tests.books import codes, sheet, submission, table, uscc

TITLE = ("陕西省专项治理企业台账（截至2024年3月1日）",)
HEAD = ("企业名称", "统一社会信用代码", "地区", "县区", "是否完成治理")
AREAS = {"西安": "610113", "宝鸡": "610302", "咸阳": "610402", "": ""}
SAID = ("blank_as_above", "blank_region_contradicted", "blank_county", "region_unknown")


def read(rows, **said):  # type: ignore[no-untyped-def]
    found = submission(sheet([TITLE, HEAD, *rows], **said))
    return [one for one in codes(found.problems) if one in SAID], found


@pytest.mark.parametrize(("cities", "registered", "said"), table("""
    西安市 . 宝鸡市 .               | 西安 西安 宝鸡 宝鸡       |
    西安市 . 宝鸡市 .               | . . . .                   | blank_as_above
    西安市 . 宝鸡市                 | 西安 宝鸡 宝鸡            | blank_region_contradicted
    西安市 西安市 . 西安市          | . . . .                   | blank_as_above
    西安市 西安市 . 宝鸡市          | . . . .                   | region_unknown
    西安市 . 宝鸡市 . 西安市        | . . . . .                 | region_unknown region_unknown
    西安市 宝鸡市 咸阳市            | . . .                     |
"""))  # fmt: skip
def test_whether_a_blank_region_is_known(cities: str, registered: str, said: str) -> None:
    marks = zip(cities.split(), registered.split(), strict=True)
    rows = [
        (f"第{n}公司", uscc(n, AREAS[code]) if code != "." else "", "" if city == "." else city, "", "是")
        for n, (city, code) in enumerate(marks, 1)
    ]
    assert read(rows)[0] == said.split()


def test_what_is_merged_holds_for_its_rows_whatever_else_is_written() -> None:
    cities = ["西安市", "", "宝鸡市", "宝鸡市", "西安市", ""]
    rows = [(f"第{n}公司", "", city, "", "是") for n, city in enumerate(cities)]
    said, found = read(rows, merged=[(2, 2, 3, 2), (6, 2, 7, 2)])
    assert said == []
    assert found.body["region_code"].to_pylist() == ["610100"] * 2 + ["610300"] * 2 + ["610100"] * 2


@pytest.mark.parametrize(("counties", "said", "taken"), table("""
    雁塔区 雁塔区 . 长安区   | blank_county   | 雁塔区 雁塔区 . 长安区
    雁塔区 . 雁塔区          | blank_as_above | 雁塔区 雁塔区 雁塔区
    雁塔区 . 长安区 .        | blank_as_above | 雁塔区 雁塔区 长安区 长安区
    . 雁塔区 长安区          |                | . 雁塔区 长安区
"""))  # fmt: skip
def test_a_county_that_was_forgotten_is_none(counties: str, said: str, taken: str) -> None:
    head = ("企业名称", "县区", "是否完成治理")
    rows = [(f"第{n}公司", one.strip("."), "是") for n, one in enumerate(counties.split())]
    found = submission(sheet([("西安市专项治理企业台账（截至2024年3月1日）",), head, *rows]))
    assert [one for one in codes(found.problems) if one in SAID] == said.split()
    known = {"雁塔区": "610113", "长安区": "610116", ".": ""}
    assert found.body["county_code"].to_pylist() == [known[one] for one in taken.split()]


@pytest.mark.parametrize("seed", range(40))
def test_no_enterprise_is_put_into_another_region_without_a_word(seed: int) -> None:
    """Names are left out at random: what goes in without an error is right, or has been told."""
    draw = random.Random(seed)
    truth = [
        city for city in draw.sample(["西安市", "宝鸡市", "咸阳市"], 3) for _ in range(draw.randint(1, 4))
    ]
    if draw.random() < 0.5:
        draw.shuffle(truth)
    written = [city if n == 0 or draw.random() < 0.6 else "" for n, city in enumerate(truth)]
    rows = [(f"第{n}公司", "", city, "", "是") for n, city in enumerate(written)]
    said, found = read(rows)
    names = [found.roster.name_of(code) if code else "" for code in found.body["region_code"].to_pylist()]
    assert (
        all(name in ("", city) for name, city in zip(names, truth, strict=True)) or "blank_as_above" in said
    )
    assert found.blocked == ("region_unknown" in said)
