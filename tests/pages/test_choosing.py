"""What is picked outlives the page; what nobody picked follows the newest data."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.screen import league, open_page, shown, switch
from tests.pages.test_upload_page import april, book, confirm, upload

OVERVIEW, GOVERNANCE = "pages/progress/overview.py", "governance"
HELP = "pages/system/help.py"


def address(page: AppTest) -> dict[str, str]:
    """What the address says; a value that a test set itself comes back in a list."""
    said = {name: page.query_params[name] for name in page.query_params}
    return {name: value[0] if isinstance(value, list) else value for name, value in said.items()}


def set_box(page: AppTest, label: str, value: str) -> AppTest:
    (box,) = [box for box in page.selectbox if box.label == label]
    return box.set_value(value).run()


def headline(page: AppTest) -> tuple[str, str]:
    """The chosen day and the province's rate on it."""
    (day,) = [box.value for box in page.selectbox if box.label == "数据截至"]
    return day, league(page)[0][4]


def test_a_picked_day_holds_on_the_next_page_and_after_new_data(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    page = open_page(OVERVIEW, as_of="2024-03-01")
    assert headline(page) == ("2024-03-01", "54.8%")
    page = switch(page, GOVERNANCE)
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
    confirm(upload(("四月.xlsx", book(april()))))
    assert headline(page.run()) == ("2024-04-01", "55.4%")


def test_province_and_day_stand_in_the_address_without_a_choice(data: Path) -> None:
    page = open_page(OVERVIEW)
    assert address(page) == {"province": "陕西省", "as_of": "2024-03-01"}
    confirm(upload(("四月.xlsx", book(april()))))
    assert address(page.run())["as_of"] == "2024-04-01"


def test_a_copied_address_opens_the_same_view_after_new_data(data: Path) -> None:
    copied = address(open_page(GOVERNANCE))
    assert copied == {"province": "陕西省", "as_of": "2024-03-01", "measure": "governance_completion"}
    confirm(upload(("四月.xlsx", book(april()))))
    assert headline(open_page(GOVERNANCE, **copied)) == ("2024-03-01", "54.8%")


def test_an_older_day_says_that_there_are_newer_data(data: Path) -> None:
    assert "已有更新的数据" not in shown(open_page(GOVERNANCE, as_of="2024-03-01"))
    confirm(upload(("四月.xlsx", book(april()))))
    assert "已有更新的数据（截至 2024年4月1日）" in shown(open_page(GOVERNANCE, as_of="2024-03-01"))
    assert "已有更新的数据" not in shown(open_page(GOVERNANCE))


def test_a_measure_stays_in_the_address_and_through_the_session(data: Path) -> None:
    page = open_page(GOVERNANCE, measure="governance_annual")
    assert address(page.run())["measure"] == "governance_annual"
    page = switch(switch(page, OVERVIEW), GOVERNANCE)
    assert "专项治理年度任务完成率" in shown(page)


def test_what_was_chosen_is_still_chosen_after_a_visit_to_help(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    page = set_box(open_page(OVERVIEW), "数据截至", "2024-03-01")
    page = set_box(page, "省份", "河北省")
    page = page.switch_page(f"../../../{HELP}").run()
    page.query_params.clear()  # as a link of the sidebar does
    page = page.switch_page(f"../../../{OVERVIEW}").run()
    assert address(page)["province"] == "河北省"
    page = set_box(page, "省份", "陕西省")
    assert headline(page) == ("2024-03-01", "54.8%")
