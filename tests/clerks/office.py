"""An office at work: from a table of truth to a workbook, with the habits that were drawn on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.clerks import lists, summaries
from tests.clerks.books import FORMATS, Book, Sheet
from tests.clerks.drawing import Draw
from tests.clerks.faults import FAULTS, Fault
from tests.clerks.framing import Frame, framed
from tests.clerks.tables import on_page
from tests.clerks.truth import Truth, invented
from tests.clerks.words import titles

FAULTY = 0.15


@dataclass
class Letter:
    """A workbook that was sent, and what is true of it."""

    truth: Truth
    book: Book
    written: frozenset[str] = frozenset()
    fault: str = ""
    home: str = ""
    """The province that the installation is set to."""
    habits: list[str] = field(default_factory=list)


def _list_sheets(draw: Draw, truth: Truth, frame: Frame, found: lists.Written) -> list[Sheet]:
    if len(found.tables) == 1:
        return [on_page(found.tables[0][1], frame.page, frame.sheet)]
    sheets: list[Sheet] = []
    title = frame.title
    for county, table in found.tables:
        page = frame.page
        above = [[f"{title}（{county}）" if cell == title else cell for cell in row] for row in page.above]
        sheets.append(
            on_page(
                table,
                type(page)(above, page.below, page.down, page.right, page.gap, page.merged_lines),
                county + frame.day_on_sheet,
            )
        )
    if draw.maybe("a sheet of sums", 0.5):
        sheets.insert(0, _sums(truth, title))
    return sheets


def _sums(truth: Truth, title: str) -> Sheet:
    """The number of enterprises of each county."""
    counties = [one["county"] for one in truth.enterprises]
    rows: list[list[object]] = [[f"{title}汇总表"], ["序号", "县（市、区）", "企业数（家）"]]
    rows += [[at + 1, name, counties.count(name)] for at, name in enumerate(dict.fromkeys(counties))]
    return Sheet("汇总", [*rows, ["合计", None, len(counties)]])


def _more_sheets(draw: Draw, sheets: list[Sheet]) -> None:
    """What a workbook holds beside the tables."""
    if draw.maybe("a sheet of instructions", 0.2):
        lines = draw.any(titles.INSTRUCTIONS)
        sheets.insert(draw.any((0, len(sheets))), Sheet("填表说明", [[line] for line in lines]))
    if draw.maybe("empty sheets", 0.2):
        sheets += [Sheet("Sheet2"), Sheet("Sheet3")]
    if draw.maybe("a hidden sheet", 0.1):
        sheets.append(Sheet("旧数据", [["地区", "数"], ["甲", 1]], hidden=True))


def letter(
    random: Random, half: str, ledger: str, fault: bool | None = None, mess: float | None = None
) -> Letter:
    """One workbook of the ledger. `fault`: with one, without, or by chance. `mess`: how untidy, or by chance."""
    drawn = random.choice((0.1, 0.25, 0.4, 0.6))
    draw = Draw(random, half, mess=drawn if mess is None else mess)
    truth = invented(draw, ledger)
    wrong = _fault(draw, truth) if (draw.chance(FAULTY) if fault is None else fault) else None
    if wrong:
        draw.mess = 0.1
        wrong.before(draw, truth)
    if truth.is_list:
        found = lists.tables(draw, truth)
        frame = framed(draw, truth, False, False)
        tables = [table for _, table in found.tables]
        written = found.keys
    else:
        table, shape = summaries.table(draw, truth)
        frame = framed(draw, truth, shape.needs_year, shape.tells_day)
        tables, written = [table], frozenset()
    if wrong and wrong.column and wrong.column not in written:
        wrong = None  # it does not show
    if wrong and wrong.after(draw, truth, tables, frame) is False:
        wrong = None
    sheets = (
        _list_sheets(draw, truth, frame, found)
        if truth.is_list
        else [on_page(tables[0], frame.page, frame.sheet)]
    )
    _more_sheets(draw, sheets)
    book = Book(frame.file, sheets, _form(draw, sheets, bool(frame.day_on_sheet)))
    home = (
        truth.province
        if draw.chance(0.7)
        else draw.pick("installed in", (truth.province, "陕西省", "河北省"), share=1.0)
    )
    return Letter(truth, book, written, wrong.name if wrong else "", home, draw.habits)


def _fault(draw: Draw, truth: Truth) -> Fault | None:
    fitting = [one for one in FAULTS if truth.ledger in one.ledgers]
    return draw.any(fitting) if fitting else None


def _form(draw: Draw, sheets: list[Sheet], named: bool) -> str:
    """A text file holds one sheet without a name, nothing merged and nothing hidden."""
    plain = not named and len(sheets) == 1 and not sheets[0].hidden_rows and not sheets[0].listed
    return draw.pick(
        "format",
        FORMATS if plain else FORMATS[:2] if not any(one.listed for one in sheets) else FORMATS[:1],
        share=0.25,
    )
