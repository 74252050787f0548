"""滞后预警: whose alert it is may answer for it; everybody else sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, shown
from zyb.access import LOCAL_ADMIN, Region, Viewer
from zyb.regions import load_roster

ALERTS = "pages/progress/alerts.py"
# Who looks: role, region (“own”: that of the alert), and whether they may act.
LOOKING = [
    ("admin", None, True), ("analyst", None, True), ("official", "own", True), ("official", "other", False),
    ("official", None, False), ("leader", None, False),
]  # fmt: skip


def first_alert(viewer: Viewer) -> tuple[AppTest, str]:
    """The page with the first line of the list chosen, and the region that it is about."""
    page = open_page(ALERTS, viewer, province="陕西省")
    name = page.dataframe[0].value["地区"].iloc[0]
    page.session_state["alerts"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    assert not page.exception
    return page, name


@pytest.mark.parametrize(("role", "place", "may"), LOOKING)
def test_the_forms_are_offered_to_whoever_answers_for_the_region(
    published: Path, role: str, place: str | None, may: bool
) -> None:
    roster = load_roster("陕西省")
    _, name = first_alert(LOCAL_ADMIN)
    own = next(region for region in roster.regions if region.name == name)
    other = next(region for region in roster.regions if region.name != name)
    region = {"own": own, "other": other}.get(place or "")
    viewer = Viewer("x", "王五", role, Region(region.code, region.name) if region else None)
    page, _ = first_alert(viewer)
    assert f"{name}：" in shown(page), "everybody may look into the alert"
    offered = {"提交认领", "保存备注", "确认解除"} & {button.label for button in page.button}
    assert len(offered) == (3 if may else 0)
