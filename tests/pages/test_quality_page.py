"""数据质量: what was refused and accepted is seen by unit, month and kind, with a note that can be sent."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.books import csv_bytes
from tests.pages.screen import open_page, shown, texts
from tests.pages.test_upload_page import confirm, upload
from tests.pages.wording import english_words
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.ui.frame.loading import the_store

QUALITY = "pages/intake/quality.py"
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
XIAN = OwnRegion("610100", "西安市")


def xian(completed: int, enrolled: int = 2400) -> bytes:
    return csv_bytes([("西安市专项治理进展（截至2024年4月30日）",), HEAD, ("西安市", enrolled, completed)])


def grids(page: AppTest) -> dict[str, list[dict[str, object]]]:
    return {one.proto.alt: one.value.to_dict("records") for one in page.dataframe}


def reported_twice() -> AppTest:
    """Two versions of one report: the first is refused, the second accepted."""
    upload(("一版.csv", xian(2500)))
    confirm(upload(("二版.csv", xian(1400))))
    return open_page(QUALITY, province="陕西省", region="西安市")


def test_a_refused_version_is_a_round_of_the_report_that_was_accepted(data: Path) -> None:
    page = reported_twice()
    assert not page.exception and english_words(texts(page)) == []
    (unit,) = grids(page)["各地区数据质量"]
    assert (unit["地区"], unit["入库"], unit["一次通过率"], unit["平均轮次"]) == ("西安市", 1, 0, 2)
    (month,) = grids(page)["逐月数据质量"]
    assert month["月份"] == "2024-04" and month["已改正"] == unit["已改正"] >= 1
    kinds = {kind["问题"]: kind for kind in grids(page)["问题种类"]}
    assert kinds["部分大于总数"]["还有"] == 0
    (report,) = grids(page)["逐次报送"]
    assert (report["结果"], report["轮次"], report["文件"]) == ("已入库", 2, "二版.csv")


def test_the_note_says_what_to_mend(data: Path) -> None:
    (note,) = reported_twice().text_area
    lines = note.value.splitlines()
    assert lines[0] == "关于西安市数据报送质量的提示"
    assert "入库1次，其中一次通过0次（0.0%），平均核对2.0个版本后入库" in lines[2]
    assert any("部分大于总数：1次报送共1处，已全部改正。" in line for line in lines)
    assert lines[-1].startswith("请在下次报送前对照以上各条自查")


def test_a_page_that_runs_again_notes_a_file_once_and_a_leader_only_looks(data: Path) -> None:
    page = upload(("一版.csv", xian(2500)))
    lines = len(the_store().audit_lines())
    page.run().run()
    assert len(the_store().audit_lines()) == lines
    looked = open_page(QUALITY, Viewer("li", "李某", "leader"), province="陕西省", region="西安市")
    (report,) = grids(looked)["逐次报送"]
    assert (report["结果"], report["核对人"]) == ("没有入库", LOCAL_ADMIN.name)
    assert "以下文件核对后还没有入库：“一版.csv”" in looked.text_area[0].value


def test_a_file_of_another_region_is_no_attempt(data: Path) -> None:
    yulin = Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市"))
    upload(("一版.csv", xian(2500)), viewer=yulin)
    assert "没有核对记录" in shown(open_page(QUALITY, province="陕西省", region="西安市"))


def test_a_region_of_which_nothing_is_known_says_so(published: Path) -> None:
    assert "没有核对记录" in shown(open_page(QUALITY, province="陕西省", region="榆林市", year="2020年"))
    whole = open_page(QUALITY, province="陕西省")
    assert not whole.exception and english_words(texts(whole)) == []
    assert "多个地区合报" in [row["地区"] for row in grids(whole)["各地区数据质量"]]
