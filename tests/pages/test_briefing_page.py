"""领导汇报: the overview with its pickers, and what stands on the slides, whatever the figures are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from tests.briefings import SHAANXI, SILENT, many, matrix, sample, section
from tests.pages.screen import markup, open_page, plain, shown
from zyb.access import ROLES, OwnRegion, Viewer
from zyb.briefing.model import AlertLine, Briefing, HeldVerdict, Slide
from zyb.briefing.tables import alerts_table
from zyb.maps.polygons import province_map
from zyb.rulebook.regions import load_roster
from zyb.ui.wall import pictures, table_pages
from zyb.ui.wall.scene import Screen
from zyb.ui.wall.show import deck, start_buttons
from zyb.ui.wall.slides import page, screens

PAGE = "pages/reports/briefing.py"
SMALLEST_LETTERS = 24


def slides(app: AppTest) -> list[str]:
    """The text of every slide on the page."""
    return [plain(part) for part in markup(app).split('<section class="z-screen"')[1:]]


def drawn(briefing: Briefing, kind: str) -> list[Screen]:
    found = [screen for screen in screens(briefing, None) if screen.kind == kind]
    assert found, kind
    return found


def said(briefing: Briefing, kind: str) -> str:
    return " ".join(plain(f"{screen.title} {screen.body}") for screen in drawn(briefing, kind))


# -- the page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_open_the_briefing_and_begin(published: object, role: str) -> None:
    region = OwnRegion("610100", "西安市") if role == "official" else None
    app = open_page(PAGE, Viewer("li", "李某", role, region))
    assert not app.exception and not app.error
    assert "开始汇报" in shown(app)
    assert len(slides(app)) >= 5


def test_the_slides_tell_the_published_figures(published: object) -> None:
    told = slides(open_page(PAGE, province="陕西省", campaign="专项治理", as_of="2024-03-01"))
    assert "全省职业病危害专项治理工作" in told[0]
    assert "54.8 %" in told[1] or "54.8%" in told[1]
    assert "4,699" in told[1] and "2,575" in told[1]
    assert "榆林" in told[2]
    assert all("陕西省 · 数据截至2024年3月1日" in slide for slide in told)


def test_the_pickers_choose_what_is_shown(published: object) -> None:
    app = open_page(PAGE, province="陕西省", campaign="全部专项")
    assert [box.value for box in app.selectbox][:2] == ["陕西省", "全部专项"]
    assert "职业病防治重点工作" in slides(app)[0]
    app.selectbox[1].set_value("专项治理").run()
    assert "职业病危害专项治理" in slides(app)[0]


def test_a_campaign_that_is_none_falls_back_to_the_first_with_figures(published: object) -> None:
    app = open_page(PAGE, province="陕西省", campaign="火星行动")
    assert app.selectbox[1].value == "专项治理"


def test_nothing_reported_says_so_and_shows_no_slide(silence: object) -> None:
    app = open_page(PAGE)
    assert "陕西省还没有上报数据" in shown(app)
    assert slides(app) == []
    assert "开始汇报" not in shown(app)


def test_a_campaign_without_reports_says_so(published: object) -> None:
    app = open_page(PAGE, province="陕西省", campaign="监督执法")
    assert not app.exception
    assert "陕西省“监督执法”还没有上报数据" in shown(app)


# -- what stands on the slides --------------------------------------------------------------------------


def test_a_verdict_is_shape_and_word_not_colour_alone() -> None:
    league = drawn(sample(), "league")[0]
    assert 'class="z-tag z-lagging">进展缓慢' in league.body
    assert "▼ 进展缓慢" in said(sample(), "map")


def test_a_region_that_reported_nothing_is_named_and_hatched() -> None:
    regions = (*SHAANXI[:11], ("610581", "韩城市", "韩城", None, None, None))
    league = drawn(sample(regions=regions), "league")[0]
    row = next(row for row in league.body.split('<div class="z-rank-row') if "韩城市" in row)
    assert "z-bullet z-missing" in row and "未报送" in row


def test_nobody_reported_still_makes_slides() -> None:
    told = said(sample(regions=SILENT), "headline")
    assert "—" in told and "未报送" in told


def test_many_regions_are_spread_evenly_over_slides_with_the_province_on_each() -> None:
    leagues = drawn(sample(regions=many(21)), "league")
    assert [screen.body.count('class="z-rank-row') - 2 for screen in leagues] == [11, 10]
    assert all("全省" in plain(screen.body) for screen in leagues)
    assert [screen.title[-5:] for screen in leagues] == ["（1/2）", "（2/2）"]


def test_no_row_of_a_long_table_is_lost_and_its_letters_stay_large() -> None:
    found = matrix(section(many(40)), 29)
    pages = table_pages.pages(found)
    sizes = {
        float(size)
        for one in pages
        for size in re.findall(r"calc\(([\d.]+) \* var", table_pages.drawn(one)[:90])
    }
    assert min(sizes) >= SMALLEST_LETTERS
    cells = {
        (row.cells[0], column.title)
        for one in pages
        for row in one.rows
        for column in one.sheet.table.columns[1:]
    }
    assert len(cells) == 40 * 29


def alerts(number: int, *clauses: str) -> Briefing:
    lines = tuple(
        AlertLine(
            region=f"第{n}市",
            measure="专项治理完成率",
            state="预警",
            level="滞后",
            tone="lagging",
            since=None,
            sentence="全文。",
            clauses=clauses,
        )
        for n in range(number)
    )
    title = f"{number}项滞后预警未解除"
    return sample(alerts=lines, slides=(Slide("alerts", title, table=alerts_table(lines)),))


def test_of_a_hundred_alerts_the_rest_is_counted() -> None:
    found = drawn(alerts(100, *["完成率低于序时进度二十个百分点"] * 4), "alerts")
    left = int(re.findall(r"按轻重排列，其余(\d+)项从略", found[0].body)[0])
    assert len(found) == 2
    assert left + sum(screen.body.count("<tr style") for screen in found) == 100


def test_an_alert_on_the_wall_is_two_lines_in_letters_for_ten_metres() -> None:
    said = ("44.2%", "低于序时进度38.3个百分点", "自2023年12月起连续13期滞后", "还差268家")
    body = drawn(alerts(1, *said, "原因" * 60), "alerts")[0].body
    assert f">{'，'.join(said)}。</td>" in body
    assert min(table_pages.READING.sizes) * table_pages.PIXELS_PER_POINT >= 28


def test_an_alert_that_is_kept_in_one_sentence_is_shown_whole() -> None:
    assert ">全文。</td>" in drawn(alerts(1), "alerts")[0].body


ADJUSTED = "宝鸡市：按规则为“达到序时”，人工调整为“进展缓慢”，理由：连续两期未报送佐证。"


def with_adjusted(briefing: Briefing) -> Briefing:
    own = briefing.sections[0]
    held = HeldVerdict("slow", "进展缓慢", "lagging", "▼", "达到序时", "连续两期未报送佐证")
    lines = (own.lines[0], replace(own.lines[1], judgement=held), *own.lines[2:])
    return replace(briefing, sections=(replace(own, lines=lines), *briefing.sections[1:]))


@pytest.mark.parametrize("kind", ["headline", "map", "league", "schedule"])
def test_a_page_says_whose_verdict_a_person_set_and_why(kind: str) -> None:
    briefing = with_adjusted(sample())
    for screen in drawn(briefing, kind):
        assert f"* 人工调整 {ADJUSTED}" in plain(page(briefing, screen, 1, 1))
    assert all(not screen.footnote for screen in drawn(sample(), kind))


def test_beside_the_verdict_in_the_league_table_stands_that_a_person_set_it() -> None:
    body = drawn(with_adjusted(sample()), "league")[0].body
    assert body.count("人工调整</span>") == 1 and "z-with-marks" in body
    assert "人工调整" not in drawn(sample(), "league")[0].body


def test_every_slide_of_a_demo_says_that_its_figures_are_invented() -> None:
    briefing = sample(demo=True)
    shown_pages = [page(briefing, screen, 1, 1) for screen in screens(briefing, None)]
    assert len(shown_pages) > 1
    assert all("演示数据" in plain(markup) for markup in shown_pages)


def test_the_map_names_every_region_with_its_figure(filled: Path) -> None:
    shapes = province_map(load_roster("陕西省"), filled / "boundaries")
    body = next(screen for screen in screens(sample(), shapes) if screen.kind == "map").body
    assert all(f"{short}" in body for _, _, short, *_ in SHAANXI)
    assert "榆林市：完成率18.1%，进展缓慢" in body


def test_the_map_fills_its_picture_from_edge_to_edge(filled: Path) -> None:
    body = pictures.silhouette(province_map(load_roster("陕西省"), filled / "boundaries"))
    drawing = unquote(body)
    (width, height), *_ = [
        (float(w), float(h)) for w, h in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    ]
    places = [
        (float(x), float(y)) for x, y in re.findall(r"([\d.-]+),([\d.-]+)", drawing.partition("<path")[2])
    ]
    assert min(x for x, _ in places) >= 0 and max(x for x, _ in places) <= width
    assert min(y for _, y in places) >= 0 and max(y for _, y in places) <= height
    assert max(x for x, _ in places) > 0.8 * width and max(y for _, y in places) > 0.8 * height
    assert "<svg" not in body


def test_a_hostile_name_stays_text_on_every_slide(filled: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    regions = (("610100", hostile, hostile, 10, 1, 0), *SHAANXI[1:])
    briefing = replace(sample(regions=regions), issuer=hostile)
    shapes = province_map(load_roster("陕西省"), filled / "boundaries")
    assert "<img src=x" not in deck(briefing, screens(briefing, shapes))


def test_the_bar_has_a_dot_for_every_slide_and_a_way_out() -> None:
    shown_screens = screens(sample(), None)
    markup = deck(sample(), shown_screens)
    assert markup.count('class="z-dot"') == markup.count("<section") == len(shown_screens)
    assert 'data-show="leave"' in markup
    assert 'data-show="1"' in start_buttons()
