"""From a figure to its rows: they are as many as the figure says, and the way stands in an address."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.lists import listed
from zyb.access import LOCAL_ADMIN
from zyb.answers.behind import rows_behind
from zyb.answers.inquiring import answered, question
from zyb.inquiries.addresses import address_of, inquiry_of
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures

LIST = """
    region | county | training | declared | number
    西安   | 雁塔区 | 是       | 是       | 3
    西安   | 长安区 | 否       | 是       | 2
    宝鸡   | 渭滨区 | 是       | -        | 4
"""


@pytest.mark.parametrize("code", [None, "610100", "610300"])
@pytest.mark.parametrize("side", ["numerator", "denominator"])
def test_a_list_brings_as_many_rows_as_the_figure_says(shaanxi, code, side):
    listed(shaanxi, "assistance", LIST, "2025-06-30")
    found = shaanxi.stands("2025-06-30", "assistance_training")
    standing = found.region(code) or found.province
    asked = rows_behind(found, standing, side, "陕西省")
    assert asked
    page = answered(shaanxi.store, question(shaanxi.store, asked, by=LOCAL_ADMIN))
    assert page.rows == getattr(standing, side)
    assert [field.name for field in asked.shown][-3:] == ["file", "sheet", "line"]


def test_a_summary_brings_the_regions_row(shaanxi):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 40\n宝鸡 | 50 | 20", "2024-01-31")
    found = shaanxi.stands("2024-01-31")
    asked = rows_behind(found, found.regions[0], "numerator", "陕西省")
    assert asked
    page = answered(shaanxi.store, question(shaanxi.store, asked, by=LOCAL_ADMIN))
    assert [(line.cells[0], line.cells[-2:]) for line in page.lines] == [("西安市", ("Sheet1", 2))]


@pytest.mark.parametrize("province", ["陕西省", "河北省", "全国"])
def test_the_way_of_every_measure_stands_in_an_address(shaanxi, province):
    shaanxi.name = province
    known = list(measures(province).values())
    assert known
    for measure in known:
        found = shaanxi.stands("2025-06-30", measure.id)
        asked = [
            rows_behind(found, one, side, province)
            for one in (found.province, found.regions[0])
            for side in ("numerator", "denominator")
        ]
        own = [one for one in asked if one]
        assert own or not set(measure.ledger_ids) & set(ledgers())
        assert [inquiry_of(address_of(one)) for one in own] == own
        assert {one.days for one in own} <= {(found.on,)} and found.on <= date(2025, 6, 30)
