"""A hundred per cent of who has reported is not all: who is missing stands with every sentence on all of them."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from tests.books import table
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.cli.standing import show_standings
from zyb.ui.progress.attention import none_behind

NAMES = ["西安", "宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林", "汉中", "安康", "商洛", "杨凌", "韩城"]

# Who has sent nothing, and what is said of the others, who have all finished.
SAID = """
    missing        | page                             | paper
    -              | 各地均达到序时                   | 各地完成率均为100.0%。
    商洛           | 商洛未报送，已报送的地区均达到序时 | 商洛市未报送，已报送的地区完成率均为100.0%。
    安康 商洛 杨凌 | 安康、商洛、杨凌未报送，已报送的地区均达到序时 | 安康市、商洛市、杨凌示范区未报送，已报送的地区完成率均为100.0%。
    延安 安康 商洛 杨凌 | 延安、安康、商洛、杨凌未报送，已报送的地区均达到序时 | 4个地区未报送，已报送的地区完成率均为100.0%。
"""


def done(province, missing: str) -> None:
    rows = [f"{name} | 10 | 10" for name in NAMES if name not in missing.split()]
    province.reports("\n".join(["region | enrolled | completed", *rows]), "2025-06-30")


@pytest.mark.parametrize(("missing", "page", "paper"), table(SAID)[1:])
def test_all_of_them_are_those_who_have_reported(shaanxi, missing, page, paper):
    done(shaanxi, missing)
    assert none_behind(shaanxi.stands("2025-06-30")) == page
    request = Request(province="陕西省", kind="monthly", on=date(2025, 6, 30), campaign="governance")
    text = "".join(part.text for part in compose(shaanxi.store, request).paragraphs)
    assert paper in text


def test_the_command_line_names_who_is_missing(shaanxi, capsys):
    done(shaanxi, "商洛")
    arguments = argparse.Namespace(
        province="陕西省",
        measure="governance_completion",
        on="2025-06-30",
        known_at=None,
        json=False,
        csv=False,
    )
    assert show_standings(shaanxi.store, arguments) == 0
    assert "全省：商洛市未报送，合计不含未报送地区。" in capsys.readouterr().out
