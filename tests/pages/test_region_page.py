"""地区概况: all that is measured of one region, and the ways on from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown
from zyb.periods import today
from zyb.rulebook.regions import load_roster
from zyb.ui.frame.loading import load_standings, load_view
from zyb.ui.region.profile import region_profile

REGION = "pages/progress/region.py"
DAY = "2024-03-01"


def opened(**query: str) -> AppTest:
    page = open_page(REGION, province="陕西省", as_of=DAY, **query)
    assert not page.exception
    return page


def test_a_province_without_reports_has_no_profile(silence: Path) -> None:
    assert "陕西省还没有上报数据" in shown(opened())


def test_without_a_region_each_is_a_line_that_leads_to_its_own(published: Path) -> None:
    told = markup(opened())
    for region in load_roster("陕西省").regions:
        assert f"查看{region.name}概况" in told
    assert told.count("/region?province=") == 12


def test_a_region_shows_each_measure_as_its_own_page_does(published: Path) -> None:
    told = markup(opened(region="榆林市"))
    found = load_standings(load_view("陕西省", "governance_completion", date(2024, 3, 1)))
    standing = found.region("610800")
    assert standing and f"{standing.numerator}／{standing.denominator}" in told
    assert standing.verdict.title in told and f"{standing.rank}／12" in told
    assert "/governance?" in told and "measure=governance_completion" in told


def test_its_alerts_and_its_sheet_are_one_click_away(published: Path) -> None:
    page = opened(region="榆林市")
    assert "1 项未解除" in markup(page)
    links = {link.label: link.proto.query_string for link in page.get("page_link")}
    assert "view=" in links["打开督办单"] and "region=" in links["打开督办单"]


def test_who_is_silent_today_is_counted_so(published: Path) -> None:
    roster, day = load_roster("陕西省"), today()
    now = region_profile(roster, roster.regions[0], day)
    page = open_page(REGION, province="陕西省", region="西安市", as_of=str(day))
    counted = re.search(r"本期未报送</span>.*?z-value\">(\d+)", markup(page))
    assert now.silent and counted and int(counted[1]) == now.silent


def test_who_has_reported_nothing_is_judged_by_nothing(silence: Path) -> None:
    roster = load_roster("陕西省")
    nobody = region_profile(roster, roster.regions[0], date(2024, 3, 1))
    assert (nobody.behind, nobody.judged) == (0, 0)


def test_only_what_has_a_verdict_counts_as_judged(published: Path) -> None:
    roster, day = load_roster("陕西省"), date(2026, 3, 31)
    every = [region_profile(roster, region, day) for region in roster.regions]
    assert every and all(one.behind <= one.judged for one in every)
    judged = [each for one in every for each in one.measures if each.judged]
    assert judged and not [each for each in judged if each.standing.verdict.id == "not_reported"]
