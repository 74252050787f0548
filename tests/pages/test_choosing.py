"""What is picked outlives the page; what nobody picked follows the newest data."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.screen import league, open_page
from tests.pages.test_upload_page import april, book, confirm, upload

OVERVIEW, GOVERNANCE = "pages/progress/overview.py", "pages/progress/governance.py"


def headline(page: AppTest) -> tuple[str, str]:
    """The chosen day and the province's rate on it."""
    (day,) = [box.value for box in page.selectbox if box.label == "数据截至"]
    return day, league(page)[0][4]


def test_a_picked_day_holds_on_the_next_page_and_after_new_data(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    page = open_page(OVERVIEW, as_of="2024-03-01")
    assert headline(page) == ("2024-03-01", "54.8%")
    page = page.switch_page(f"../../{GOVERNANCE}").run()
    assert headline(page) == ("2024-03-01", "54.8%")
    assert page.query_params["as_of"] in ("2024-03-01", ["2024-03-01"])


def test_without_a_choice_the_page_follows_the_newest_day(data: Path) -> None:
    page = open_page(OVERVIEW)
    assert headline(page) == ("2024-03-01", "54.8%")
    confirm(upload(("四月.xlsx", book(april()))))
    assert headline(page.run()) == ("2024-04-01", "55.4%")


def test_picking_the_first_option_again_is_no_choice(data: Path) -> None:
    page = open_page(OVERVIEW, province="河北省")
    (province,) = [box for box in page.selectbox if box.label == "省份"]
    page = province.set_value("陕西省").run()
    assert headline(page) == ("2024-03-01", "54.8%")
    assert "province" not in page.query_params
