"""Where counties report and their region does not, each page that shows its figure says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.screen import markup, open_page
from tests.spec.conftest import Province
from tests.spec.test_counties_alone import ON, ZHANGJIAKOU, counties, report
from zyb.rulebook.regions import load_roster
from zyb.ui.frame.loading import the_store

SAID = "仅桥东区报送（1／16个县区）"
PAGES = [
    ("assistance", {"measure": "assistance_progress"}),
    ("assistance", {"measure": "assistance_progress", "region": "张家口市"}),
    ("region", {"region": "张家口市"}),
]


@pytest.fixture
def one_county(data: Path) -> Path:
    hebei = Province(the_store(), "河北省")
    lines = "\n".join(f"{one.name} | 2024 | 320" for one in load_roster("河北省").regions)
    hebei.reports(f"region | year | target\n{lines}", "2024-05-10", "assistance_targets")
    report(hebei, ZHANGJIAKOU, counties(hebei, ZHANGJIAKOU)[:1], 20)
    return data


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_a_page_says_whose_figures_they_are(one_county: Path, page: str, query: dict[str, str]) -> None:
    found = open_page(page, province="河北省", as_of=ON, **query)
    assert not found.exception
    told = markup(found)
    assert SAID in told and "待核实" in told
    assert "请其余县区报送" in told or page == "region"
