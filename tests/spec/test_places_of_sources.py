"""A document says of each figure not only from which file it is, but on which sheet and lines it stands there."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from tests.books import table
from tests.spec.conftest import Province
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.exports.statistics import write_statistics
from zyb.rulebook.ledgers import ledgers

GOVERNANCE = "region | enrolled | completed\n西安 | 100 | 10\n宝鸡 | 50 | 5\n榆林 | 20 | 5"
DAY = date(2024, 3, 31)

# Of whom the report is, and which lines of the table it rests on.
PLACES = """
    region | lines
    -      | 第2—4行
    610300 | 第3行
"""


@pytest.mark.filterwarnings(
    "ignore:.* extension is not supported:UserWarning"
)  # of the reader; Excel knows it
@pytest.mark.parametrize(("region", "lines"), table(PLACES)[1:])
def test_the_workbook_says_where_the_rows_stand(shaanxi: Province, region: str, lines: str) -> None:
    number = shaanxi.reports(GOVERNANCE, DAY.isoformat())
    code = "" if region == "-" else region
    asked = Request(province="陕西省", kind="monthly", on=DAY, campaign="governance", region_code=code)
    found = compose(shaanxi.store, asked)
    (trace, *_) = shaanxi.store.traces(ledgers()["governance_progress"], [number])
    place = f"{trace.sheet}{lines}"
    assert {one.place for section in found.sections for one in section.sources} == {place}
    page = openpyxl.load_workbook(io.BytesIO(write_statistics(found)))["数据来源"]
    assert place in {cell.value for row in page.iter_rows() for cell in row}
