"""The later history through the real intake, once and small: pages, command line and documents say the same of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.pages.screen import open_page, shown, tables
from zyb import cli, demo
from zyb.alerting import Survey, survey
from zyb.answers.duties import duty_survey
from zyb.answers.progress import standings, view
from zyb.answers.ticking import ticks
from zyb.briefing.checking import FAILURES
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.outlines import plans
from zyb.demo.acts import release_and_tick
from zyb.errors import NotPossible
from zyb.maps.polygons import province_map
from zyb.rulebook.measures import campaigns
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui.frame.loading import close_stores
from zyb.ui.frame.navigation import pages

# December 2024, one region in January, the days that are looked at, and Tianjin's autumn of 复查.
MONTHS = (12, 13, 15, 16, 20, 24, 27)
DAYS = {"March": date(2025, 3, 31), "December": date(2025, 12, 31), "last": date(2026, 3, 31)}
MEASURES = (
    "governance_completion",
    "assistance_progress",
    "declaration_growth",
    "dust_reviewed",
    "rectified",
)
CAMPAIGN_OF = {
    "governance_completion": "governance", "assistance_progress": "assistance", "declaration_growth": "declaration",
    "dust_reviewed": "dust_toxics", "rectified": "institutions",
}  # fmt: skip
SEEN = [
    ("陕西省", DAYS["March"]), ("河北省", DAYS["December"]), ("陕西省", DAYS["last"]), ("天津市", DAYS["last"]),
]  # fmt: skip
THERE = [entry for entry in pages() if entry.switched_on and entry.script.is_file()]

WHOLE = "whole"
SAYS_SOMETHING = 200
NAMED = [word for name in FAILURES for word in ("--accept", name)]

each_day = pytest.mark.parametrize("province, on", SEEN, ids=lambda one: str(one))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("later")
    demo.build(folder, months=MONTHS, scale=0.1)
    for province in ("陕西省", "河北省", "天津市"):
        province_map(load_roster(province), folder / "boundaries")
    return folder


@pytest.fixture
def store(built: Path) -> Iterator[Store]:
    with closing(Store(built)) as store:
        yield store


@pytest.fixture
def served(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ZYB_DATA", str(built))
    yield built
    close_stores()


def verdicts(store: Store, province: str, measure: str, on: date) -> dict[str, str]:
    found = standings(store, view(store, province, measure, on))
    return {WHOLE: found.province.verdict.title} | {one.region: one.verdict.title for one in found.regions}


def states(store: Store, province: str, duty: str, due: date, on: date) -> dict[str, str]:
    (found,) = [
        one
        for one in duty_survey(store, province, on).standings
        if (one.duty.id, one.term.due) == (duty, due)
    ]
    return {cell.subject.name: cell.state.title for cell in found.cells}


# -- what there is to show ------------------------------------------------------------------


def test_a_missed_capability_stays_overdue_in_the_next_year(store: Store) -> None:
    due = date(2024, 12, 31)
    for on in (DAYS["March"], DAYS["December"]):
        assert set(states(store, "河北省", "hebei_capability", due, on).values()) == {"逾期"}
    overdue = {
        alert.region
        for alert in survey(store, "河北省", DAYS["March"]).alerts
        if alert.measure.id == "capability_confirmed" and alert.state.title == "逾期"
    }
    assert overdue


def test_the_notices_figures_stand_on_their_day(store: Store) -> None:
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 1))).province
    assert (found.denominator, found.numerator) == (4699, 2575)


def test_one_region_that_speaks_makes_no_verdict_of_the_province(store: Store) -> None:
    said = verdicts(store, "河北省", "assistance_progress", date(2025, 1, 31))
    assert said[WHOLE] == "报送不足"
    assert [region for region, title in said.items() if title not in ("未报送", "报送不足")] == ["定州市"]


def test_a_region_is_silent_over_new_year(store: Store) -> None:
    assert verdicts(store, "河北省", "assistance_progress", date(2024, 12, 31))["邢台市"] != "未报送"
    said = verdicts(store, "河北省", "assistance_progress", DAYS["March"])
    assert [region for region, title in said.items() if title == "未报送"] == ["邢台市"]
    silent = {
        alert.region
        for alert in survey(store, "河北省", DAYS["March"]).alerts
        if alert.measure.id == "assistance_system" and alert.state.title == "未报送"
    }
    assert silent == {"邢台市"}


def test_a_city_without_its_nominations_is_late_and_then_done_late(store: Store) -> None:
    due = date(2025, 3, 31)
    for on, state in ((date(2025, 4, 1), "逾期"), (date(2025, 4, 30), "逾期完成")):
        said = states(store, "陕西省", "shaanxi_demonstration", due, on)
        assert said.pop("商洛市") == state
        assert set(said.values()) == {"已完成"} and len(said) == 4


def test_what_people_ticked_is_done_late_or_missed(store: Store) -> None:
    said = states(store, "河北省", "hebei_summary", date(2025, 12, 31), DAYS["last"])
    assert {name for name, state in said.items() if state == "逾期"} == {"张家口市", "雄安新区"}
    said = states(store, "陕西省", "shaanxi_year_2024", date(2024, 11, 15), DAYS["March"])
    assert said["延安市"] == "逾期完成"
    before = len(ticks(store, "陕西省"))
    release_and_tick(store, MONTHS)
    assert len(ticks(store, "陕西省")) == before, "what is done stays so"


def test_the_third_province_is_checked_and_then_reviewed(store: Store) -> None:
    for measure, on, title in (
        ("dust_self_checked", DAYS["March"], "全面完成"), ("dust_reviewed", DAYS["March"], "未到起始日"),
    ):  # fmt: skip
        assert verdicts(store, "天津市", measure, on)[WHOLE] == title
    reviewed = standings(store, view(store, "天津市", "dust_reviewed", date(2025, 8, 31))).province
    assert reviewed.numerator and reviewed.denominator and reviewed.numerator < reviewed.denominator


# -- pages, command line, documents ---------------------------------------------------------


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert cli.main(list(words)) == cli.DONE, capsys.readouterr().err
    return capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(answered(capsys, *words, "--json"))


def has_figures(found: list[dict[str, Any]]) -> bool:
    return any(one["numerator"] is not None and one["denominator"] for one in found)


@each_day
def test_every_page_says_something(served: Path, province: str, on: date) -> None:
    failed = []
    for entry in THERE:
        page = open_page(entry.url_path, province=province, as_of=str(on), on=str(on))
        if page.exception or page.error or len(shown(page)) < SAYS_SOMETHING:
            failed.append(entry.url_path)
    assert failed == []


@each_day
def test_page_command_line_and_document_hold_the_same_figures(
    served: Path, capsys: pytest.CaptureFixture[str], province: str, on: date
) -> None:
    looked_at = 0
    for measure in MEASURES:
        close_stores()
        found = told(capsys, "standings", measure, "--province", province, "--on", str(on))
        if not has_figures(found):
            continue
        looked_at += 1
        whole = found[0]
        page = open_page(CAMPAIGN_OF[measure], province=province, as_of=str(on), measure=measure)
        rows = next(found[1:] for found in tables(page) if "评价" in found[0])
        assert [row[2] for row in rows] == [_figures(one) for one in found], measure
        assert [row[-1] for row in rows] == [one["verdict"] for one in found], measure
        close_stores()
        text = answered(
            capsys, "report", "text", "--campaign", CAMPAIGN_OF[measure], "--kind", "quarterly", "--province", province,
            "--on", str(on), *NAMED, "--out", "-",
        )  # fmt: skip
        assert str(whole["numerator"]) in text, measure
        assert _share(measure, whole) in text, measure
    assert looked_at >= (1 if province == "天津市" else 3)


def _share(measure: str, one: dict[str, Any]) -> str:
    """A second time, in decimals; what grows is told against its baseline, which no sentence repeats."""
    if measure != "declaration_growth":
        return str(one["denominator"])
    grown = Decimal(100) * (one["numerator"] - one["denominator"]) / one["denominator"]
    return f"{grown.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _figures(one: dict[str, Any]) -> str:
    return f"{one['numerator']:,}／{one['denominator']:,}" if one["numerator"] is not None else "—"


@each_day
def test_alerts_and_duties_are_counted_alike(
    served: Path, capsys: pytest.CaptureFixture[str], province: str, on: date
) -> None:
    with closing(Store(served)) as store:
        alerts, duties = survey(store, province, on), duty_survey(store, province, on)
    listed = told(capsys, "alerts", "--province", province, "--on", str(on))
    ours = [*((a.region, a.measure.id, a.state.title) for a in alerts.alerts)]
    assert [(one["region"], one["measure"], one["state"]) for one in listed][: len(ours)] == ours
    assert len(listed) == len(ours) + len(alerts.faults)
    terms = told(capsys, "duties", "--province", province, "--on", str(on), "--all")
    overdue = sum(cell["state"] == "逾期" for term in terms for cell in term["regions"])
    assert overdue == duties.counts()["overdue"]
    page = shown(open_page("duties", province=province, on=str(on)))
    assert f"逾期 {overdue:,} 项次" in page


def test_every_campaign_of_the_year_has_its_report(served: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = str(DAYS["March"])
    assert len(campaigns()) > 4
    for campaign in campaigns():
        text = answered(
            capsys, "report", "text", "--campaign", campaign, "--kind", "quarterly", "--province", "陕西省", "--on", on,
            *NAMED, "--out", "-",
        )  # fmt: skip
        assert "2025年3月31日" in text


# -- what is 逾期 ---------------------------------------------------------------------------


def said_late(store: Store, seen: Survey, kind: str, campaign: str) -> str:
    """The sentences of a paper that name what has passed its day; "" where there is no such paper."""
    request = Request(province=seen.province, kind=kind, on=seen.on, campaign=campaign)
    try:
        paper = compose(store, request, seen=seen)
    except NotPossible:
        return ""
    return "".join(one.text for part in paper.paragraphs for one in part.sentences if one.rule == "overdue")


def in_state(seen: Survey, state: str, campaign: str) -> set[str]:
    return {
        alert.measure.title
        for alert in seen.alerts
        if alert.state.id == state and campaign in ("", alert.measure.campaign)
    }


def named_late(said: str, seen: Survey) -> set[str]:
    titles = {alert.measure.title for alert in seen.alerts}
    return {title for title in titles if re.search(rf"(日，|）、){re.escape(title)}（", said)}


AFTER = date(2026, 1, 31)
EVERY_KIND = [kind.id for kind in plans().kinds.values() if not kind.regional]


@pytest.mark.parametrize("province, on", [*SEEN, ("河北省", AFTER), ("全国", AFTER)], ids=str)
def test_a_paper_names_overdue_what_the_alerts_do(store: Store, province: str, on: date) -> None:
    """In each kind that of all campaigns, in one that of each; on the day after which most is late, each in each. What the
    alerts call 未报送 may be named as well: nobody has heard of it by its day."""
    seen = survey(store, province, on)
    every = {(kind, "") for kind in EVERY_KIND} | {("yearly", campaign) for campaign in campaigns()}
    if (province, on) == ("河北省", AFTER):
        every |= {(kind, campaign) for kind in EVERY_KIND for campaign in campaigns()}
    late = {paper: in_state(seen, "overdue", paper[1]) for paper in every}
    told = {paper: named_late(said_late(store, seen, *paper), seen) for paper in every}
    assert any(late.values())
    assert {paper: names - told[paper] for paper, names in late.items() if names - told[paper]} == {}
    others = {paper: told[paper] - late[paper] - in_state(seen, "silent", paper[1]) for paper in every}
    assert not any(others.values()), others
