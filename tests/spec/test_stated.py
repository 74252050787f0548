"""约数: what a notice states roughly is printed as it was written, from its day on, and added to nothing."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from tests.books import table
from tests.spec.conftest import Province
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.cli import main
from zyb.errors import RulesError
from zyb.rulebook.stated import parse_stated, stated_figures, stated_on
from zyb.rulebook.toml import parse
from zyb.store import Store

REMAINING = "2025年3月12日，全省剩余600余家企业未完成治理"
WRITTEN = """
[[stated]]
measure = "governance_completion"
figure = "600余"
said = "全省剩余600余家企业未完成治理"
day = 2025-03-12
basis = "某通知“剩余 600 余家企业”"
"""
FIGURES = "region | enrolled | completed\n西安 | 2400 | 2100\n榆林 | 480 | 100"


def test_shaanxis_six_hundred_odd_are_never_six_hundred():
    (one,) = stated_figures("陕西省")
    assert one.sentence.startswith(f"{REMAINING}（文件中的约数；")
    assert "600家" not in one.sentence
    assert stated_figures("山东省") == ()


@pytest.mark.parametrize(
    ("day", "number"),
    table("""
        2024-03-01 | 0
        2025-03-11 | 0
        2025-03-12 | 1
        2025-07-15 | 1
    """),
)
def test_nothing_is_told_before_the_notice(day, number):
    assert len(stated_on("陕西省", "governance_completion", date.fromisoformat(day))) == int(number)


def test_a_report_tells_it_beside_its_own_figures_and_its_sums_stay_as_they_were(shaanxi: Province):
    shaanxi.reports(FIGURES, "2025-03-31")
    request = Request(province="陕西省", kind="quarterly", on=date(2025, 3, 31), campaign="governance")
    told = [note for note in compose(shaanxi.store, request).notes if "约数" in note]
    assert [note.split("（")[0] for note in told] == [f"专项治理完成率：{REMAINING}"]
    assert shaanxi.stands("2025-03-31").province.remaining == 680


PAPERS = """
    on         | figures of | made       | told
    2025-06-30 | 2024-03-01 | -          | 是
    2025-03-11 | 2024-03-01 | -          | 否
    2025-06-30 | 2024-03-01 | 2025-03-11 | 否
    2025-06-30 | 2024-03-01 | 2025-03-12 | 是
    2025-03-31 | 2025-03-31 | -          | 是
    2025-03-11 | 2024-03-01 | 2025-06-30 | 否
"""


@pytest.mark.parametrize(("on", "figures", "made", "told"), table(PAPERS)[1:])
def test_no_paper_tells_what_was_published_after_its_day(shaanxi: Province, on, figures, made, told):
    """A paper without a day of its own bears that which it is asked for."""
    shaanxi.reports(FIGURES, figures)
    request = Request(
        province="陕西省", kind="quarterly", on=date.fromisoformat(on), campaign="governance",
        made=None if made == "-" else date.fromisoformat(made),
    )  # fmt: skip
    assert any("约数" in note for note in compose(shaanxi.store, request).notes) == (told == "是")


def test_the_command_line_tells_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    with closing(Store(tmp_path / "data")) as store:
        Province(store, "陕西省").reports(FIGURES, "2025-03-31")
    assert main(["standings", "governance_completion", "--on", "2025-03-31"]) == 0
    assert REMAINING in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('figure = "600余"', 'figure = "600"', "不是约数"),
        ("剩余600余家", "剩余六百家", "照原文写出“600余”"),
        ("600 余家企业”", "企业”", "照原文写出“600余”"),
        ("governance_completion", "gone", "“measure”应为"),
    ],
)
def test_a_slip_is_told_with_file_table_and_key(old, new, said):
    with pytest.raises(RulesError) as refused:
        list(parse_stated(parse(WRITTEN.replace(old, new), "published.toml")))
    assert refused.value.file == "published.toml"
    assert said in refused.value.message
