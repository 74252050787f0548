"""原值与采用值: which cells are told to be taken over differently, and which are not worth a word."""

from __future__ import annotations

from datetime import date

from tests.books import sheet, submission, table, uscc
from zyb.intake.adopted import changed_cells

TITLE = ("陕西省专项治理企业台账（截至2024年12月31日）",)
TODAY = date(2024, 12, 31)
FIRST, SECOND = uscc(1), uscc(2)
LIST = f"""
    企业名称 | 统一社会信用代码 | 地区   | 行业 | 纳入日期   | 是否完成治理
    甲公司   | {FIRST.lower()}  | 西安   | 1011 | 2024.6.30  | √
    乙公司   | {SECOND}         | 宝鸡市 | 3011 | 2024-07-01 | 否
"""


def told(text: str) -> list[list[str]]:
    found = submission(sheet([TITLE, *map(tuple, table(text))]), name="上报.xlsx", today=TODAY)
    return [[cell.cell, cell.column, cell.original, cell.adopted] for cell in changed_cells(found)]


def test_cells_that_are_written_otherwise_are_told_row_by_row() -> None:
    assert told(LIST) == table(f"""
        B3 | 统一社会信用代码 | {FIRST.lower()} | {FIRST}
        C3 | 地区             | 西安            | 西安市
        E3 | 纳入日期         | 2024.6.30       | 2024-06-30
        F3 | 是否完成治理     | √               | 是
    """)


def test_a_summary_tells_its_places_and_numbers() -> None:
    summary = """
        地区     | 纳入治理企业数 | 完成治理企业数
        西 安 市 | １，２３４     | 约1000家
        宝鸡市   | 10             | 5
    """
    rows = [("陕西省专项治理进展汇总表（截至2024年12月31日）",), *map(tuple, table(summary))]
    found = submission(sheet(rows), name="上报.xlsx", today=TODAY)
    cells = {cell.cell: (cell.original, cell.adopted) for cell in changed_cells(found)}
    assert cells["B3"] == ("１，２３４", "1234") and cells["C3"] == ("约1000家", "1000")
    assert cells["A3"] == ("西 安 市", "西安市")
    assert not {"A4", "B4", "C4"} & set(cells)


def test_of_two_tables_each_cell_names_its_own_sheet() -> None:
    def city(name: str, amount: str) -> tuple[tuple[str, ...], ...]:
        return (
            (f"{name}专项治理进展汇总表（截至2024年12月31日）",),
            ("地区", "纳入治理企业数", "完成治理企业数"),
            (name, amount, "1"),
        )

    sheets = [sheet(city(name, amount), name) for name, amount in (("西安市", "２０"), ("宝鸡市", "３０"))]
    found = submission(*sheets, name="陕西省.xlsx", today=TODAY)
    told = [(c.sheet, c.cell, c.original, c.adopted) for c in changed_cells(found)]
    assert told == [("西安市", "B3", "２０", "20"), ("宝鸡市", "B3", "３０", "30")]
