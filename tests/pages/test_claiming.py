"""滞后预警: whose alert it is may answer for it; everybody else sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, shown
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.rulebook.regions import load_roster
from zyb.ui.frame.loading import the_store

ALERTS = "pages/progress/alerts.py"
# Who looks: role, region (“own”: that of the alert), and whether they may act.
LOOKING = [
    ("admin", None, True), ("analyst", None, True), ("official", "own", True), ("official", "other", False),
    ("official", None, False), ("leader", None, False),
]  # fmt: skip


def first_alert(viewer: Viewer, day: str = "") -> tuple[AppTest, str]:
    """The page with the first line of the list chosen, and the region that it is about."""
    page = open_page(ALERTS, viewer, province="陕西省")
    if day:
        next(box for box in page.selectbox if box.key == "as_of").set_value(day).run()
    name = page.dataframe[0].value["地区"].iloc[0]
    tick(page, 0)
    return page, name


def tick(page: AppTest, row: int) -> None:
    page.session_state["alerts"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    page.run()
    assert not page.exception


@pytest.mark.parametrize(("role", "place", "may"), LOOKING)
def test_the_forms_are_offered_to_whoever_answers_for_the_region(
    published: Path, role: str, place: str | None, may: bool
) -> None:
    roster = load_roster("陕西省")
    _, name = first_alert(LOCAL_ADMIN)
    own = next(region for region in roster.regions if region.name == name)
    other = next(region for region in roster.regions if region.name != name)
    region = {"own": own, "other": other}.get(place or "")
    viewer = Viewer("x", "王五", role, OwnRegion(region.code, region.name) if region else None)
    page, _ = first_alert(viewer)
    assert f"{name}：" in shown(page), "everybody may look into the alert"
    offered = {"提交认领", "保存备注", "确认解除"} & {button.label for button in page.button}
    assert len(offered) == (3 if may else 0)


# -- the tick, and forms that were sent ---------------------------------------------------


def subjects(page: AppTest) -> list[tuple[str, str]]:
    frame = page.dataframe[0].value
    return list(zip(frame["地区"], frame["指标"], strict=True))


def fill_in(page: AppTest) -> None:
    next(box for box in page.text_input if box.label == "责任人").set_value("张三")
    for label in ("滞后原因", "整改措施"):
        next(box for box in page.text_area if box.label == label).set_value("人手不足，已增派")


def send(page: AppTest) -> None:
    next(button for button in page.button if button.label == "提交认领").click().run()
    assert not page.exception


def stored() -> list[tuple[str, str]]:
    records = the_store().alert_records(load_roster("陕西省").province_code)
    return [(record.region_code, record.kind) for record in records]


def test_a_claimed_alert_stays_ticked_although_the_list_is_sorted_anew(data: Path) -> None:
    page = first_alert(LOCAL_ADMIN, "2024-03-01")[0]
    claimed = subjects(page)[0]
    fill_in(page)
    send(page)
    place = subjects(page).index(claimed)
    assert place > 0, "what is claimed comes after what nobody has taken up"
    assert f"{claimed[0]}：{claimed[1]}" in shown(page)
    assert page.session_state["alerts"]["selection"]["rows"] == [place]


def test_a_form_that_was_sent_is_empty_and_sends_nothing_again(data: Path) -> None:
    page, _ = first_alert(LOCAL_ADMIN)
    fill_in(page)
    send(page)
    assert {box.value for box in page.text_area} == {""}
    send(page)
    assert "还没有填写原因、措施" in shown(page)
    assert len(stored()) == 1


def test_another_alert_has_a_form_of_its_own(data: Path) -> None:
    page, _ = first_alert(LOCAL_ADMIN)
    fill_in(page)
    tick(page, 1)
    assert {box.value for box in page.text_area} == {""}


def test_an_alert_that_leaves_the_list_leaves_no_tick_on_its_place(published: Path) -> None:
    page, _ = first_alert(LOCAL_ADMIN, "2024-03-01")
    assert "提交认领" in {button.label for button in page.button}
    next(group for group in page.button_group if group.key == "state").set_value(["观察"]).run()
    assert subjects(page)
    assert page.session_state["alerts"]["selection"]["rows"] == []
    assert "提交认领" not in {button.label for button in page.button}
