"""Invented figures do not go into a real database, whatever they were taken out in."""

from __future__ import annotations

import io
from datetime import date

import pytest

from tests.books import csv_bytes, xlsx
from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.access import LOCAL_ADMIN
from zyb.answers.inquiring import answered, question
from zyb.exports.inquiries.rows import rows_taken
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.inquiries.model import Inquiry
from zyb.settings import DEMO_MARKER, DEMO_WARNING
from zyb.store import Store
from zyb.uploads import Prepared, prepare

LEDGER, DAY = "governance_enterprises", date(2024, 5, 31)
TABLE = [
    ["陕西省专项治理企业台账（截至2024年5月31日）"],
    ["企业名称", "地区", "是否完成治理"],
    ["甲厂", "西安市", "否"],
]


def sent(store: Store, content: bytes, name: str) -> Prepared:
    return prepare(store, content, name, today=date(2025, 1, 1))


def told(prepared: Prepared) -> list[str]:
    return [one.message + one.remedy for one in prepared.submission.problems if one.code == "invented"]


@pytest.mark.parametrize("form", ["xlsx", "csv", "gb18030"])
def test_what_was_downloaded_from_the_demo_is_refused(store: Store, form: str) -> None:
    rows = [
        {"region_code": "610100", "county_code": "", "name": f"甲{n}", "completed": "否"} for n in range(30)
    ]
    saved(Province(store, "陕西省"), LEDGER, rows, str(DAY))
    page = answered(
        store, question(store, Inquiry(ledger_id=LEDGER, province="陕西省", days=(DAY,)), by=LOCAL_ADMIN)
    )
    stream = io.BytesIO()
    taken = rows_taken(store, page.question, page.sums, to=LOCAL_ADMIN, warning=DEMO_WARNING)
    TAKEN_FORMS[form].write(taken, stream, lambda done, total: None)
    found = sent(store, stream.getvalue(), TAKEN_FORMS[form].file_name(taken.name))
    assert found.submission.blocked
    assert told(found) == [
        "文件标明“演示数据 · 虚构，不得引用”，不能报入正式的数据库。请上报正式的表格；演示数据只能报入演示用的数据库。"
    ]


@pytest.mark.parametrize("written", [csv_bytes, xlsx])
def test_a_demo_takes_its_own_files_and_anybody_takes_files_without_the_mark(
    store: Store, written: object
) -> None:
    assert callable(written)
    plain, marked = written(TABLE), written([TABLE[0], [DEMO_WARNING], *TABLE[1:]])
    assert not told(sent(store, plain, "台账"))
    assert told(sent(store, marked, "台账"))
    (store.folder / DEMO_MARKER).touch()
    assert not told(sent(store, marked, "台账"))
    assert not sent(store, marked, "台账").submission.blocked
