"""报送情况: the board, one's own countdown, reminders that can be sent, and what is not owed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown
from tests.spec.conftest import Province
from tests.spec.test_duties import arrives
from zyb.access import LOCAL_ADMIN, ROLES, OwnRegion, Permission, Viewer
from zyb.ui.frame.loading import the_store

SUBMISSIONS = "pages/intake/submissions.py"
ON, LEDGER = "2024-09-10", "hebei_assistance_monthly"
TANGSHAN = OwnRegion("130200", "唐山市")
OFFICIAL = Viewer("x", "某人", "official", TANGSHAN)


@pytest.fixture
def sent(data: Path) -> Iterator[Province]:
    """石家庄 has sent July in time and August late; nobody else anything."""
    hebei = Province(the_store(), "河北省")
    arrives(hebei, "assistance", ["石家庄"], "2024-07-31", "2024-07-31")
    arrives(hebei, "assistance", ["石家庄"], "2024-08-31", "2024-09-02")
    yield hebei


def opened(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(SUBMISSIONS, viewer, **{"province": "河北省", "on": ON, **query})
    assert not page.exception
    return page


def row(page: AppTest, unit: str) -> list[str]:
    """Of the board the cells of a unit."""
    found = next(
        row
        for row in re.findall(r"<tr.*?</tr>", markup(page), re.S)
        if f">{unit}<" in row and "z-chip" in row
    )
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", found, re.S)]


def box(page: AppTest, key: str) -> object:
    return next(one for one in page.selectbox if one.key == key)


def test_of_all_duties_a_mark_a_period_stands_in_the_board(sent: Province) -> None:
    page = opened()
    cells = row(page, "石家庄市")
    assert cells[:4] == ["石家庄市", "60.0%", "20.0%", "2"]
    assert "●△○" in cells and "▼▼○" in row(page, "唐山市")
    assert "河北省 · 2024年9月10日 · 应报 70 项次，未报 67 项次" in shown(page)
    assert "中小微企业帮扶台账（附件4）（2024年8月），2024年8月31日到期：迟报，" in unescape(markup(page))


def test_of_one_duty_a_column_a_period(sent: Province) -> None:
    page = opened(duty=LEDGER)
    cells = row(page, "石家庄市")
    assert cells == ["石家庄市", "100.0%", "50.0%", "0", "● 2024-07-31", "△ 2024-09-02", "○ 还有20天"]
    assert row(page, "唐山市")[4:] == ["▼ 已过41天", "▼ 已过10天", "○ 还有20天"]
    assert "2024-08-31 到期" in shown(page)


def test_the_address_and_the_pickers_say_the_same(sent: Province) -> None:
    page = opened(duty=LEDGER, span="近3个月")
    assert box(page, "duty").value == LEDGER
    box(page, "duty").select("").run()
    assert "duty" not in page.query_params and "●△○" in row(page, "石家庄市")
    assert box(opened(duty="no_such"), "duty").value == ""


def test_an_official_sees_the_own_region_counted_down(sent: Province) -> None:
    page = opened(OFFICIAL)
    assert "唐山市待报" in shown(page)
    assert "未报 5 项次；下一个到期 2024年9月30日，还有20天" in shown(page)
    assert "认定免报" not in shown(page)
    assert "唐山市待报" in shown(opened(region="唐山市")) and "待报" not in shown(opened())


def test_all_who_are_late_are_reminded_at_once_or_one_alone(sent: Province) -> None:
    page = opened(duty=LEDGER)
    assert page.code[0].value.count("下列2项已过报送时限") == 13
    assert "石家庄市" not in page.code[0].value
    box(page, "reminded").select("唐山市").run()
    assert page.code[0].value.startswith("唐山市：\n截至2024年9月10日，")
    assert page.code[0].value.count("已过报送时限") == 1


def test_nobody_is_late_before_anything_is_due(data: Path) -> None:
    page = opened(on="2024-05-01")
    assert "没有需要催报的单位" in shown(page) and not page.code
    assert "这段时间没有要求报送的事项" in shown(opened(on="2023-01-01"))


def test_what_is_not_owed_is_recorded_with_a_reason(sent: Province) -> None:
    page = opened(duty=LEDGER)
    box(page, "exempt_unit").select("130200").run()
    save = next(button for button in page.button if button.label == "认定免报")
    save.click().run()
    assert "还没有填写免报的理由" in shown(page)
    reason = next(one for one in page.text_input if one.label == "免报的理由")
    reason.input("没有对象")
    next(button for button in page.button if button.label == "认定免报").click().run()
    assert [one.kind for one in sent.store.duty_ticks("130000")] == ["exempt"] * 3
    assert row(opened(duty=LEDGER), "唐山市")[1:] == ["—", "—", "0", "－ 免报", "－ 免报", "－ 免报"]


def test_who_may_not_export_gets_no_reminders_to_send(
    sent: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = replace(ROLES["leader"], permissions=frozenset({Permission.VIEW_PROGRESS}))
    monkeypatch.setitem(ROLES, "leader", looking)
    page = opened(Viewer("l", "领导", "leader"))
    assert "没有下载简报和数据的权限" in shown(page)
    assert not page.code and not page.get("download_button")
