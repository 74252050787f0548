"""人工调整 on a page: both verdicts are told, and only who may judge is offered the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import league, markup, open_page, shown, texts
from tests.pages.test_upload_page import april, book, confirm, upload
from tests.pages.wording import english_words
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer, on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.ui.frame.loading import the_store

GOVERNANCE, OVERVIEW = "governance", "pages/progress/overview.py"
YANAN = "610600"
MAY = [LOCAL_ADMIN, Viewer("a", "李四", "analyst")]
MAY_NOT = [Viewer("l", "张厅长", "leader"), Viewer("o", "王五", "official", OwnRegion(YANAN, "延安市"))]
REASON = "集中验收 <b>粗</b> **体**"


def judge(reason: str = REASON) -> None:
    found = standings(the_store(), view(the_store(), "陕西省", "governance_completion", date(2024, 3, 1)))
    override(the_store(), found, YANAN, "lagging", reason, by=on_this_machine("李四"))


def open_region(name: str = "延安市", viewer: Viewer = LOCAL_ADMIN) -> AppTest:
    page = open_page(GOVERNANCE, viewer, province="陕西省", region=name)
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def fill(page: AppTest, title: str | None, reason: str) -> AppTest:
    next(radio for radio in page.radio if radio.label == "调整为").set_value(title)
    next(area for area in page.text_area if area.label == "调整理由（必填）").set_value(reason)
    return next(button for button in page.button if button.label == "确认调整").click().run()


def told(page: AppTest) -> str:
    """The last cell of the region's line in the ranking."""
    return next(row for row in league(page) if row[1] == "延安")[-1]


def test_both_verdicts_and_the_reason_are_told(data: Path) -> None:
    judge()
    page = open_region()
    assert "规则评价：进展缓慢；调整理由：集中验收 <b>粗</b> **体**（李四，" in shown(page)
    assert "人工调整：延安（规则评价：进展缓慢）。" in shown(page)
    assert told(page) == "相对滞后人工"
    assert english_words(text.replace("<b>", "").replace("</b>", "") for text in texts(page)) == []


def test_what_a_person_wrote_is_text_and_not_markup(data: Path) -> None:
    judge('"><img src=x onerror=alert(1)>')
    for path in (GOVERNANCE, OVERVIEW):
        said = markup(open_page(path, province="陕西省", region="延安市"))
        assert "<img src=x" not in said and "&lt;img src=x" in said


def test_every_table_and_map_follows_the_verdict_that_holds(data: Path) -> None:
    assert "进展缓慢 3" in shown(open_page(OVERVIEW, province="陕西省"))
    judge()
    page = open_page(OVERVIEW, province="陕西省")
    assert "进展缓慢 2" in shown(page) and "相对滞后 2" in shown(page)
    assert "人工调整，规则评价：进展缓慢" in shown(page), "beside the region on the map"


@pytest.mark.parametrize("viewer", MAY, ids=lambda one: one.title)
def test_who_may_judge_changes_a_verdict_with_a_reason(data: Path, viewer: Viewer) -> None:
    page = fill(open_region(viewer=viewer), "相对滞后", "集中验收")
    assert f"规则评价：进展缓慢；调整理由：集中验收（{viewer.name}，" in shown(page)
    assert told(page) == "相对滞后人工"
    assert {"确认调整", "撤销调整"} <= set(labels(page))


@pytest.mark.parametrize("viewer", MAY_NOT, ids=lambda one: one.title)
def test_who_may_not_judge_sees_both_verdicts_and_no_form(data: Path, viewer: Viewer) -> None:
    assert "按规则评价" not in shown(open_region(viewer=viewer))
    judge()
    page = open_region(viewer=viewer)
    assert "规则评价：进展缓慢；调整理由：集中验收" in shown(page)
    assert not {"确认调整", "撤销调整"} & set(labels(page))


@pytest.mark.parametrize(
    ("title", "reason", "sentence"),
    [(None, "集中验收", "还没有选择评价。请选择后重试。"), ("相对滞后", "  ", "还没有填写理由。")],
)
def test_a_form_left_incomplete_says_what_is_missing(
    data: Path, title: str | None, reason: str, sentence: str
) -> None:
    page = fill(open_region(), title, reason)
    assert [error.value[: len(sentence)] for error in page.error] == [sentence]
    assert the_store().verdict_records("610000") == []


def test_it_is_taken_back_with_a_reason(data: Path) -> None:
    judge()
    page = open_region()
    next(area for area in page.text_area if area.label == "撤销理由（必填）").set_value("验收推迟")
    page = next(button for button in page.button if button.label == "撤销调整").click().run()
    assert told(page) == "进展缓慢"
    assert "按规则评价。" in shown(page) and "撤销调整" not in labels(page)


def test_new_figures_are_judged_by_the_rule_and_the_page_says_so(data: Path) -> None:
    judge("集中验收")
    confirm(upload(("四月.xlsx", book(april()))))
    page = open_region()
    assert (
        "此前的人工调整已失效，现按规则评价。2024年3月1日的数据曾调整为“相对滞后”，理由：集中验收（李四，"
        in shown(page)
    )
    assert told(page) == "进展缓慢"


def test_a_region_that_cannot_be_judged_offers_no_form(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april({"延安市": (131, 131)})))))
    page = open_region()
    assert "确认调整" not in labels(page) and "按规则评价" not in shown(page)
