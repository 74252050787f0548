"""新增一个专项行动, as the guide to the rules tells it: from the texts in the guide to page, tile, alerts and documents."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.exports.filling import filled
from tests.pages.screen import markup, open_page, plain, shown, texts
from tests.pages.test_campaign_tiles import tiles
from tests.pages.wording import english_words
from tests.recipes import CAMPAIGN, recipes, rules_with
from zyb import cli
from zyb.access import on_this_machine
from zyb.alerting import survey
from zyb.exports.books.forms import form_of
from zyb.exports.books.template import blank_template, template_name
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.campaigns import campaigns_of
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.navigation import pages
from zyb.uploads import accept, prepare
from zyb.uploads.opening import open_store

NEW, MEASURE, LEDGER = "protection", "protection_completion", "protection_enterprises"
PROVINCE, REGION = "陕西省", "西安市"
DAY, TODAY = date(2026, 9, 30), date(2026, 10, 8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rules_with(CAMPAIGN, tmp_path_factory.mktemp("guide") / "rules")


@pytest.fixture
def added(folder: Path) -> Iterator[Path]:
    with using(Rulebook(folder)):
        yield folder


def workbook() -> bytes:
    """Its template, filled in: three enterprises of the first region, of which none is up to standard."""
    roster, ledger = load_roster(PROVINCE), ledgers()[LEDGER]
    form = form_of(ledger, roster, DAY.year)
    return filled(blank_template(ledger, roster, DAY.year), form, as_of=DAY, flags={"completed": "否"})


@pytest.fixture
def reported(added: Path, data: Path) -> Path:
    """The campaign with one workbook that came in through the front door."""
    with closing(open_store(data)) as store:
        name = template_name(ledgers()[LEDGER], load_roster(PROVINCE), DAY.year)
        prepared = prepare(store, workbook(), name, today=TODAY, province=PROVINCE)
        assert [p.message for p in prepared.problems if p.severity != "note"] == []
        accept(store, prepared, by=on_this_machine("张三"))
    return data


def test_the_guide_names_each_file_once_and_no_page(folder: Path) -> None:
    files = [name for name, _ in recipes(CAMPAIGN)]
    assert files == [
        "campaigns.toml", "ledgers/75-protection_enterprises.toml", "measures.toml", "provinces/陕西省/plan.toml",
        "stages.toml", "briefing.toml", "provinces/河北省/campaigns.toml",
    ]  # fmt: skip
    with using(Rulebook(folder)):
        assert measures(PROVINCE)[MEASURE].plans[0].window.due == date(2029, 12, 31)
        assert measures("河北省")[MEASURE].plans[0].window.due == date(2030, 12, 31)
        assert campaigns_of("河北省")[NEW].closed_on(date(2029, 6, 30))
        assert not campaigns_of(PROVINCE)[NEW].closed_on(date.max)


def test_before_anything_is_reported_it_has_its_page_its_template_and_its_line_in_the_guide(
    added: Path, data: Path
) -> None:
    assert [(one.title, one.url_path) for one in pages()][6:9] == [
        ("监督执法", "enforcement"), ("健康保护", NEW), ("地区概况", "region"),
    ]  # fmt: skip
    page = open_page(NEW)
    assert not page.exception
    assert "陕西省还没有上报数据" in shown(page) and "动员部署" in shown(page)
    assert "尚无数据" in tiles()["健康保护"]
    assert "职业健康保护企业台账" in shown(open_page("templates"))
    assert "企业职业健康保护达标率和全员培训率" in shown(open_page("help"))


def test_its_page_shows_what_the_workbook_says(reported: Path) -> None:
    page = open_page(NEW, province=PROVINCE)
    assert not page.exception and not page.error
    said = shown(page)
    assert "职业健康保护行动（2026—2030年）" in said and "数据截至 2026年9月30日" in said
    assert english_words(texts(page)) == []
    keys = {key for key in ("card_map", "card_league", "card_trend", "card_definition") if key in cards(page)}
    assert keys == {"card_map", "card_league", "card_trend", "card_definition"}
    ranked = next(
        html.value for html in page.get("html") if "z-league" in html.value and "西安" in html.value
    )
    assert "1 西安 0／3 0.0% −22.4 3 100.0%" in plain(ranked)
    assert "全员培训率" in said and "达标率：按行业大类" in said and "煤炭开采和洗选业" in said
    assert "各项由弱到强" in said and "动员部署" in said and "健康保护达标率" in said
    trained = open_page(NEW, province=PROVINCE, measure="protection_trained")
    assert "100.0%" in plain(markup(trained).split("z-hero")[1])


def cards(page: object) -> str:
    """Every container that has a name."""
    return " ".join(str(block.proto) for block in blocks(page._tree))  # type: ignore[attr-defined]


def blocks(block: object) -> Iterator[object]:
    for child in getattr(block, "children", {}).values():
        if getattr(child, "proto", None) is not None:
            yield child
        yield from blocks(child)


def test_a_region_leads_to_its_counties_and_enterprises(reported: Path) -> None:
    page = open_page(NEW, province=PROVINCE, region=REGION)
    assert not page.exception
    assert "新城区" in shown(page) and "企业名称0" in shown(page)


def test_the_overview_has_its_tile_and_its_alerts(reported: Path) -> None:
    tile = tiles()["健康保护"]
    assert "0.0%" in tile and "健康保护达标率" in tile
    assert f"/{NEW}?" in markup(open_page("overview"))
    found = survey(the_store(), PROVINCE, DAY)
    own = [alert for alert in found.alerts if alert.measure.campaign == NEW]
    assert {(alert.region, alert.measure.id) for alert in own} >= {(REGION, MEASURE)}
    page = open_page("alerts", province=PROVINCE)
    assert "健康保护达标率" in set(page.dataframe[0].value["指标"])


def test_the_overview_begins_with_it_where_nothing_else_was_reported(added: Path, silence: Path) -> None:
    assert "陕西省还没有上报数据" in shown(open_page("overview"))


def test_the_wall_shows_it(reported: Path) -> None:
    page = open_page("briefing", province=PROVINCE, campaign="健康保护")
    assert not page.exception
    assert "健康保护达标率" in markup(page) and "职业健康保护行动" in markup(page)


@pytest.mark.parametrize(("form", "ending"), [("word", ".docx"), ("slides", ".pptx"), ("excel", ".xlsx")])
@pytest.mark.parametrize("kind", ["monthly", "quarterly"])
def test_its_documents_are_made(
    reported: Path, tmp_path: Path, form: str, ending: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = [
        "report",
        form,
        "--province",
        PROVINCE,
        "--campaign",
        NEW,
        "--kind",
        kind,
        "--accept",
        "reported",
        "--out",
        str(out),
    ]
    assert cli.main(asked) == 0, capsys.readouterr()
    (file,) = out.iterdir()
    assert file.suffix == ending
    with zipfile.ZipFile(file) as package:
        text = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    assert "健康保护达标率" in text


def test_its_blank_template_is_written(added: Path, silence: Path, tmp_path: Path) -> None:
    assert cli.main(["templates", "--province", PROVINCE, "--ledger", LEDGER, "--out", str(tmp_path)]) == 0
    assert [file.suffix for file in tmp_path.rglob("*职业健康保护企业台账*")] == [".xlsx"]


def test_the_command_line_knows_it(reported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["standings", MEASURE, "--province", PROVINCE]) == 0
    assert "西安市" in capsys.readouterr().out
    assert cli.main(["alerts", "--province", PROVINCE, "--measure", MEASURE]) == 0
    assert "健康保护达标率" in capsys.readouterr().out
