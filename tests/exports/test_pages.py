"""What the pages hand out: the templates, and the marked workbook for a file with faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.books import NOTICE_MERGED, notice_rows, xlsx
from tests.pages.screen import open_page, shown, texts
from tests.pages.wording import english_words
from zyb.access import OwnRegion, Viewer
from zyb.rulebook.ledgers import ledgers
from zyb.ui.frame.loading import close_stores

TEMPLATES, UPLOAD = "pages/intake/templates.py", "pages/intake/upload.py"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder in which nobody has reported anything."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    yield
    close_stores()


def downloads(page: AppTest) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


def uploaded(rows: object) -> AppTest:
    page = open_page(UPLOAD)
    content = xlsx(rows, merged=NOTICE_MERGED)  # type: ignore[arg-type]
    page.file_uploader[0].set_value([("四月.xlsx", content, "application/octet-stream")])
    return page.run()


def test_every_ledger_has_its_template_with_the_document_that_asks_for_it() -> None:
    page = open_page(TEMPLATES, province="河北省")
    assert not page.exception
    assert downloads(page) == ["下载模板"] * len(ledgers())
    assert all(ledger.title in shown(page) and ledger.basis in shown(page) for ledger in ledgers().values())
    assert english_words(texts(page)) == []


def test_all_templates_are_packed_while_one_looks_on() -> None:
    page = open_page(TEMPLATES)
    (pack,) = [button for button in page.button if button.label == "打包全部模板"]
    page = pack.click().run()
    assert f"下载全部模板（{len(ledgers())} 张）" in downloads(page)
    page = page.selectbox[-1].select_index(2).run()
    assert f"下载全部模板（{len(ledgers())} 张）" not in downloads(page)


def test_an_official_gets_the_templates_of_the_own_region() -> None:
    page = open_page(TEMPLATES, Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市")))
    assert "陕西省榆林市" in shown(page)


def test_a_file_with_faults_can_be_fetched_back_marked() -> None:
    assert "下载标注工作簿" in downloads(uploaded(notice_rows({"宝鸡市": (554, 600)})))
    assert "下载标注工作簿" not in downloads(uploaded(notice_rows()))
