"""查询语句: in nobody's navigation unless switched on, and then what is typed, shown, turned and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import open_page, open_script, shown
from zyb.access import LOCAL_ADMIN, NOT_ALLOWED, OwnRegion, Permission, Viewer
from zyb.sqldesk import forget_copy
from zyb.sqldesk.asking import SWITCHED_OFF
from zyb.store.desk.running import limits_hold
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.navigation import entries

PAGE = "pages/reports/sql.py"
ANALYST = Viewer("e", "分析", "analyst")
OFFICIAL = Viewer("a", "填报", "official", OwnRegion("610100", "西安市"))
LEADER = Viewer("d", "领导", "leader")


@pytest.fixture
def switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    if not limits_hold():
        pytest.skip("no limits of a process here")
    monkeypatch.setenv("ZYB_SQL", "on")


def run(page: AppTest, statement: str) -> None:
    page.text_area[0].set_value(statement)
    press(page, "运行")


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def titles(viewer: Viewer) -> list[str]:
    return [entry.title for entry in entries(viewer)]


def test_it_is_off_unless_somebody_switches_it_on(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZYB_SQL", raising=False)
    assert "查询语句" not in titles(LOCAL_ADMIN)
    page = open_script(PAGE, LOCAL_ADMIN)
    assert SWITCHED_OFF.message in shown(page)
    assert not page.text_area


@pytest.mark.usefixtures("switched_on")
def test_it_is_for_analysts_and_administrators() -> None:
    assert [("查询语句" in titles(one)) for one in (LOCAL_ADMIN, ANALYST, OFFICIAL, LEADER)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize("person", [OFFICIAL, LEADER], ids=lambda one: one.role)
def test_others_see_the_refusal_alone(published: Path, person: Viewer) -> None:
    page = open_script(PAGE, person)
    assert [error.value for error in page.error] == [NOT_ALLOWED[Permission.QUERY]]
    assert not page.text_area


@pytest.mark.usefixtures("switched_on")
def test_a_statement_is_answered_and_stands_in_the_address(published: Path) -> None:
    page = open_page(PAGE, ANALYST)
    assert not page.exception
    asked = "select region, completed from governance_progress order by completed desc, region"
    run(page, asked)
    assert page.query_params["q"] in (asked, [asked])
    rows = page.dataframe[-1].value
    assert list(rows.columns) == ["region", "completed"]
    assert rows["region"][0] == "西安市"
    assert f"共{len(rows)}行" in shown(page)
    assert the_store().audit_lines(1)[0][1:4] == ("分析", "查询语句", f"{len(rows)}行")
    forget_copy(the_store())


@pytest.mark.usefixtures("switched_on")
def test_an_address_brings_its_statement_and_runs_nothing(published: Path) -> None:
    before = len(the_store().audit_lines())
    page = open_page(PAGE, ANALYST, q="select 1 as i")
    assert page.text_area[0].value == "select 1 as i"
    assert "共1行" not in shown(page)
    assert len(the_store().audit_lines()) == before


@pytest.mark.usefixtures("switched_on")
def test_a_hundred_rows_are_a_page(published: Path) -> None:
    page = open_page(PAGE, ANALYST)
    run(page, "select i from range(250) as r(i) order by i")
    assert list(page.dataframe[-1].value["i"])[::99] == [0, 99]
    page.query_params["page"] = "3"
    page.run()
    assert list(page.dataframe[-1].value["i"])[::49] == [200, 249]
    assert "第 201–250 行，共 250 行" in shown(page)
    run(page, "select 1 as i")
    assert "page" not in page.query_params, "another question begins with its first page"


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("drop table snapshots", "只能查询，不能执行其他命令。"),
        ("select nobody from snapshots", "没有“nobody”这一列。"),
        ("select cast(state as integer) from snapshots", "不能转换为"),
        ("", "还没有写查询语句。"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(published: Path, statement: str, told: str) -> None:
    page = open_page(PAGE, ANALYST)
    run(page, statement)
    assert told in page.error[0].value
    assert "用时" not in shown(page), "no rows of what was asked before"


@pytest.mark.usefixtures("switched_on")
def test_the_schema_stands_beside_with_a_statement_to_begin_with(published: Path) -> None:
    page = open_page(PAGE, ANALYST)
    page.selectbox(key="sql_view").set_value("standings").run()
    assert list(page.dataframe[0].value["列名"])[:2] == ["province", "measure"]
    press(page, "插入示例")
    assert page.text_area[0].value.startswith("select measure_title")
    press(page, "运行")
    assert not page.error
    assert "rank" in list(page.dataframe[0].value["列名"])
