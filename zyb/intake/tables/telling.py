"""What is to be said of a table as it was found: columns that are missing, doubled or unknown, cells nobody sees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from zyb.intake.cells.values import LONGEST_LINE, count, narrow
from zyb.intake.rosters import names_whole
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.intake.tables.kinds import kinds_of_enterprises
from zyb.intake.tables.notes import is_note
from zyb.rulebook.columns import FIGURES, INCLUDED, PEOPLE, Column
from zyb.rulebook.lexicon.headings import lexicon, plain_of
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.sheets import sheet_words

MULTIPLE = re.compile(
    r"单\s*位\s*(?:[均都]?[为是]|[:：])\s*([十百千万亿]+\s*[家户个人件]?)(?:企业)?(?![\u4e00-\u9fff])|单\s*位\s*([十百千万亿]+\s*[家户个])\s*(?:[)）]|$)"
)
# Of so many notes what they say of the whole is looked for.
NOTES_TOLD = 20
# A title and the unit beside it.
TEXTS_OF_A_TITLE = 2
SUM = frozenset({"sum"})
TO_DATE = frozenset({"to_date"})
OF_PERIODS = TO_DATE | {"period"}
LESS = frozenset({"less"})
# A unit may stand in the last lines as well.
LINES_BELOW = 10
# So many cells are named of those that are crossed out.
STRUCK_NAMED = SHOWN_NAMED = 5
# So many columns with the same options make a check list; so many of its lines tell what a column holds.
ITEMS_OF_A_CHECK_LIST, LINES_LOOKED_AT = 3, 50
# What is said of a cell for being blank.
OF_BLANKS = {"unreported", "missing_value"}


def told_of(table: TableFound) -> list[Problem]:
    """Everything that the headings and the sheet itself give reason to say."""
    return [
        *_missing(table),
        *_put_off(table),
        *_rivals(table),
        *_unit(table),
        *_shown(table),
        *_doubled(table),
        *_unknown(table),
        *_by_content(table),
        *_under_groups(table),
        *_to_date(table),
        *_loosely(table),
        *_reduced(table),
        *_narrowed(table),
        *_unknown_items(table),
        *_unsaved(table),
        *_unseen(table),
        *_struck(table),
    ]


def _missing(table: TableFound) -> Iterator[Problem]:
    sheet, ledger = table.sheet.name, table.ledger.title
    for column in table.missing:
        yield problem("missing_column", sheet, ledger=ledger, column=column.title)
    for one, column, called in _others(table):
        cell = table.cell(table.heading_row, one.index)
        yield problem("other_figure", sheet, cell, one.heading, called=called, column=column.title)
    for one, column in _near(table):
        cell = table.cell(table.heading_row, one.index)
        yield problem("near_column", sheet, cell, one.heading, column=column.title)


def _near(table: TableFound) -> Iterator[tuple[ColumnFound, Column]]:
    """Columns that speak of one that no other is, and say something else as well: 复查申请日期, 是否有超标岗位."""
    others = [one for one, _, _ in _others(table)]
    absent = [column for column in table.ledger.columns if column.name not in table.fields]
    for one in (one for one in table.unknown if one not in others and not one.like):
        if column := next(filter(one.nearly, absent), None):
            yield one, column


def _others(table: TableFound) -> Iterator[tuple[ColumnFound, Column, str]]:
    """Columns that were not taken for what they nearly say: of one that is missing, or of a year that no other has."""
    missing = table.missing
    yearly = [column for name in table.fields if (column := table.ledger.column(name)).yearly]
    for one in (*table.unknown, *_left_over(table)):
        for column in [*missing, *_of_years(table, yearly, one)]:
            if called := _another_thing(one, column):
                yield one, column, called
                break


def _left_over(table: TableFound) -> list[ColumnFound]:
    """未完成数, 完成率: known, and not stored."""
    ignored = [name for name in table.fields if table.ledger.column(name).type == "ignored"]
    return [one for name in ignored for one in table.fields[name]]


def _of_years(table: TableFound, yearly: Sequence[Column], one: ColumnFound) -> list[Column]:
    """2023年申报数 | 2024年1—9月申报数: without the second nothing is told of 2024."""
    year = one.said.year if yearly else None
    if yearly and not year and not OF_PERIODS.isdisjoint(one.said.core):
        return [column for column in yearly if all(twin.year for twin in table.fields[column.name])]
    return [
        column
        for column in yearly
        if year and all(twin.year not in (year, None) for twin in table.fields[column.name])
    ]


def _another_thing(one: ColumnFound, column: Column) -> str:
    """What a heading says that would be the column's but for a word or two: 本月完成数 is of the month."""
    said = one.said
    core = said.core - column.takes
    beyond = [core - wanted for wanted in column.cores if wanted <= core]
    least = min(beyond, key=len, default=None)
    if said.core == SUM and column.type in FIGURES:
        return lexicon().called(SUM)
    if least is not None and INCLUDED in said.hints:  # （不含关停） is not what is left undone
        return lexicon().called(frozenset({INCLUDED}))
    if least == frozenset() and not TO_DATE.isdisjoint(said.core):
        return lexicon().called(TO_DATE)
    if least is None or not least <= lexicon().telling:
        return ""
    return lexicon().called(least | (said.hints & column.refuses))


def _unknown_items(table: TableFound) -> Iterator[Problem]:
    """职业病报告 | 应完成数 beside the items that the ledger asks for: of which of them, nobody can tell."""
    if not table.items_across:
        return
    counts = [column for column in table.ledger.columns if column.type in FIGURES]
    options = "、".join(table.ledger.column(table.ledger.item).options)
    for one in table.unknown:
        if any(_may_be(one, column) for column in counts):
            cell, words = table.cell(table.heading_row, one.index), {"ledger": table.ledger.title}
            yield problem("unknown_item", table.sheet.name, cell, one.heading, options=options, **words)


def _may_be(one: ColumnFound, column: Column) -> bool:
    """Whether a heading says what the column is asked for, and nothing (上月末) that makes another figure of it."""
    asked = any(core <= one.said.core for core in column.cores)
    return asked and one.said.core.isdisjoint(column.refuses - column.told)


def _narrowed(table: TableFound) -> Iterator[Problem]:
    """A title or a note that speaks of some enterprises only, or of another work altogether."""
    words, own = sheet_words(), table.ledger
    above = [[cell for cell in cells if cell.strip()] for _, cells in table.rows_above()]
    # A line of more texts is one of groups of columns.
    lines = [" ".join(cells) for cells in above if len(cells) <= TEXTS_OF_A_TITLE]
    titles = [narrow(text[:LONGEST_LINE]) for text in (*lines, table.sheet.name)]
    notes = [narrow(text[:LONGEST_LINE]) for text in table.note_lines[:NOTES_TOLD]]
    usual = "".join((narrow(own.title), *own.title_words))
    stated = [
        found[0]
        for pattern, texts in ((words.narrowed, titles), (words.partly, [*titles, *notes]))
        for text in texts
        for found in re.finditer(pattern, text)
    ]
    stated += [word for text in titles for word in kinds_of_enterprises(text)]
    if word := next((one for one in stated if one not in usual), ""):
        yield problem("narrowed", table.sheet.name, value=word, ledger=own.title)
    if word := next((found[0] for text in titles if (found := re.search(words.foreign, text))), ""):
        yield problem("foreign_title", table.sheet.name, value=word, ledger=own.title)


def _under_groups(table: TableFound) -> Iterator[Problem]:
    """完成数 under 煤矿 may be of coal mines alone."""
    for name, twins in table.fields.items():
        for one in twins:
            if one.under:
                cell = table.cell(table.heading_row, one.index)
                words = {"group": one.under, "column": table.ledger.column(name).title}
                yield problem("under_group", table.sheet.name, cell, one.heading, **words)


def _to_date(table: TableFound) -> Iterator[Problem]:
    """本月数 beside 上月数 is taken for the figure to date, and may be what was done in the month; told once."""
    doubtful = [(name, one) for name, twins in table.fields.items() for one in twins if one.beside]
    for name, one in doubtful[:1]:
        cell = table.cell(table.heading_row, one.index)
        words = {"beside": one.beside, "column": table.ledger.column(name).title}
        yield problem("taken_to_date", table.sheet.name, cell, one.heading, **words)


def _reduced(table: TableFound) -> Iterator[Problem]:
    """核减数 beside 纳入数: whether the one is still in the other, the headings do not say."""
    for one in table.unknown:
        if column := _reduction_of(table, one):
            cell = table.cell(table.heading_row, one.index)
            yield problem("reduced_beside", table.sheet.name, cell, one.heading, column=column.title)


def _reduction_of(table: TableFound, one: ColumnFound) -> Column | None:
    """The first figure of a summary in which a column is told that says what is to be taken off."""
    if table.ledger.is_list or LESS.isdisjoint(one.said.core):
        return None
    counts = (column for column in table.ledger.columns if column.type == "count" and column.required)
    return next((column for column in counts if column.name in table.fields), None)


def _loosely(table: TableFound) -> Iterator[Problem]:
    """检查日期 where the day of filing is asked for is mostly that, and may be earlier."""
    for name, twins in table.fields.items():
        column = table.ledger.column(name)
        for one in twins:
            if column.loosely and plain_of(one.said.written) in column.loosely:
                cell = table.cell(table.heading_row, one.index)
                yield problem("taken_for", table.sheet.name, cell, one.heading, column=column.title)


def _put_off(table: TableFound) -> Iterator[Problem]:
    if table.shortened and table.ledger.short_form and not table.missing:
        titles, basis = [column.title for column in table.put_off], table.ledger.short_form.basis
        told = {"first": titles[0], "count": len(titles), "basis": basis, "ledger": table.ledger.title}
        yield problem("columns_put_off", table.sheet.name, "", "", **told)


def _rivals(table: TableFound) -> Iterator[Problem]:
    """As much speaks for another ledger: nobody can tell by the headings, and no title does."""
    if table.missing:
        return
    if table.rivals:
        titles = dict.fromkeys(ledger.title for ledger in (table.ledger, *table.rivals))
        named = "、".join(f"《{title}》" for title in titles)
        yield problem("ledger_unclear", table.sheet.name, ledgers=named)
    elif table.named:
        named = "、".join(f"《{ledger.title}》" for ledger in table.named)
        yield problem("title_of_another", table.sheet.name, ledgers=named, ledger=table.ledger.title)
        for one, column, called in _people(table):
            cell = table.cell(table.heading_row, one.index)
            yield problem(
                "other_figure", table.sheet.name, cell, one.heading, called=called, column=column.title
            )


def _people(table: TableFound) -> Iterator[tuple[ColumnFound, Column, str]]:
    """体检人数 in a table of enterprises: why it is not the ledger that its title names."""
    asked = [column for one in table.named for column in one.columns if column.type == "count"]
    for one in table.unknown:
        columns = [column for column in asked if not column.counts_people and _another_thing(one, column)]
        if columns and PEOPLE in one.said.core:
            yield one, columns[0], _another_thing(one, columns[0])


def _unit(table: TableFound) -> Iterator[Problem]:
    """单位：百家 above the table: its figures are not what they look like."""
    last = max(table.body_row, table.sheet.n_rows - LINES_BELOW)
    below = enumerate(table.sheet.rows(last), last)
    for row, cells in (*table.rows_above(), *below):
        for column, text in enumerate(cells):
            if unit := _other_unit(table, text[:LONGEST_LINE]):
                yield problem("unit_of_table", table.sheet.name, table.cell(row, column), unit)
    if found := MULTIPLE.search(table.sheet.name):
        yield problem("unit_of_sheet", table.sheet.name, "", found[1] or found[2])


def _other_unit(table: TableFound, text: str) -> str:
    """A unit in which no enterprises are counted: 百家; 人 where no column is of people, % where all are numbers."""
    if found := MULTIPLE.search(text):
        return found[1] or found[2]
    if "单" not in text or any(column.counts_people for column in table.ledger.columns):
        return ""
    found = re.search(rf"单位(?:[均都]?[为是]|:)({sheet_words().other_units})(?:[)，,。;]|$)", narrow(text))
    return found[1] if found and not table.ledger.is_list else ""


def _shown(table: TableFound) -> Iterator[Problem]:
    """Counts whose format prints something around them, and what is printed is no such count: 1 shows as 100%."""
    printed = {(row, at): text for row, at, text in table.sheet.doubts.shown if row >= table.body_row}
    for name, twins in table.fields.items() if printed else ():
        column = table.ledger.column(name)
        if column.type not in FIGURES:
            continue
        for one in twins:
            cells = [
                (row, text)
                for (row, at), text in sorted(printed.items())
                if at == one.index and not _prints_as_meant(column, text)
            ]
            if cells:
                yield _shown_otherwise(table, one, column, cells)


def _prints_as_meant(column: Column, text: str) -> bool:
    """Whether 1 in a cell of this format is one of what the column asks for: 1家, or of percentages 100 %."""
    if column.type == "percent":
        return text == "1%"
    return count(text, column.counts_people) == count("1家")


def _shown_otherwise(
    table: TableFound, one: ColumnFound, column: Column, cells: Sequence[tuple[int, str]]
) -> Problem:
    named = [table.cell(row, one.index) for row, _ in cells]
    told = "、".join(named[:SHOWN_NAMED]) + (f"等 {len(named)} 格" if len(named) > SHOWN_NAMED else "")
    printed = cells[0][1]
    code = "shown_as_share" if "%" in printed else "shown_with_words"
    return problem(code, table.sheet.name, named[0], printed, cells=told, column=column.title)


def _doubled(table: TableFound) -> Iterator[Problem]:
    row = table.heading_row
    for name, found in table.fields.items():
        column = table.ledger.column(name)
        first: dict[tuple[int | None, str, str], ColumnFound] = {}
        for one in found:
            twin = first.setdefault(one.kind, one)
            if twin is not one and column.type != "ignored":
                words = {"other": table.cell(row, twin.index), "column": column.title}
                cell = table.cell(row, one.index)
                yield problem("duplicate_column", table.sheet.name, cell, one.heading, **words)


def _unknown(table: TableFound) -> Iterator[Problem]:
    """What is said to be another figure is no stranger, nor is what says the same as a column that was taken."""
    told = [one for one, _, _ in _others(table)] + [one for one, _ in _near(table)]
    told += [one for one, _, _ in _people(table)]
    told += [one for one in table.unknown if _reduction_of(table, one)]
    for one in (one for one in table.unknown if one not in told):
        cell = table.cell(table.heading_row, one.index)
        if one.like:
            taken = table.fields[one.like][0]
            words = {
                "column": table.ledger.column(one.like).title,
                "other": table.cell(table.heading_row, taken.index),
            }
            yield problem("second_column", table.sheet.name, cell, one.heading, taken=taken.heading, **words)
            continue
        code = "answers_unread" if _answers_items(table, one) else "unknown_column"
        yield problem(code, table.sheet.name, cell, one.heading, ledger=table.ledger.title)


def _answers_items(table: TableFound, one: ColumnFound) -> bool:
    """合格 | 不合格 below a heading that is no item of the check list: somebody answered a question there."""
    choices = Counter(column.options for column in table.ledger.columns if column.type == "choice")
    options = next((options for options, times in choices.items() if times >= ITEMS_OF_A_CHECK_LIST), ())
    if not options:
        return False
    rows = table.sheet.rows(table.body_row, table.body_row + LINES_LOOKED_AT)
    said = {row[one.index].strip() for row in rows} - {""}
    return bool(said) and said <= set(options)


def _by_content(table: TableFound) -> Iterator[Problem]:
    """A column without a heading of its kind: what it was taken for can be seen, and contradicted."""
    for name, twins in table.fields.items():
        for one in twins:
            if one.by_content and one.heading and not table.sheet.turned:
                cell, title = table.cell(table.heading_row, one.index), table.ledger.column(name).title
                yield problem("known_by_content", table.sheet.name, cell, one.heading, column=title)


def _unsaved(table: TableFound) -> Iterator[Problem]:
    """Formulas in the table's columns whose results the file does not hold, told once. A sum can be done without."""
    stored = {column.name for column in table.ledger.stored if column.type != "text" or column.required}
    used = {one.index for name, found in table.fields.items() for one in found if name in stored}
    rows = range(table.body_row, table.sheet.n_rows)
    cells = [cell for cell in table.sheet.doubts.unsaved if cell[0] in rows and cell[1] in used]
    counted = {row for row in {row for row, _ in cells} if _is_counted(table, row)}
    first = min((cell for cell in cells if cell[0] in counted), default=None)
    if first is not None:
        number = sum(row in counted for row, _ in cells)
        yield problem("formula_unsaved", table.sheet.name, table.cell(*first), "", count=number)


def _is_counted(table: TableFound, row: int) -> bool:
    """A line with something in it that is no line of sums."""
    texts = [text for text in table.sheet.rows(row, row + 1)[0] if text]
    return bool(texts) and not any(names_whole(text) for text in texts)


def _is_note(table: TableFound, row: int) -> bool:
    """A line of one text that begins as notes do; a firm that does has more cells."""
    texts = [text for text in table.sheet.rows(row, row + 1)[0] if text]
    return len(texts) == 1 and is_note(texts[0])


def _unseen(table: TableFound) -> Iterator[Problem]:
    """Rows and columns that are hidden are read like all others, and that is said."""
    sheet = table.sheet.name
    if rows := table.hidden_rows:
        first = f"{table.sheet.place(rows[0], 0)[0] + 1}"
        yield problem("hidden_rows", sheet, "", first, count=len(rows))
    for name, twins in table.fields.items():
        for one in twins:
            if one.index in table.sheet.doubts.columns:
                cell, title = table.cell(table.heading_row, one.index), table.ledger.column(name).title
                yield problem("hidden_column", sheet, cell, one.heading, column=title)


def _struck(table: TableFound) -> Iterator[Problem]:
    """Lines that are crossed out, wholly or in a cell that would be taken: whether they count, only their writer knows."""
    used = {
        one.index
        for name, twins in table.fields.items()
        for one in twins
        if table.ledger.column(name).type != "ignored"
    }
    rows = range(table.body_row, table.sheet.n_rows)
    cells = sorted(cell for cell in table.sheet.doubts.struck if cell[0] in rows and cell[1] in used)
    first = {
        row: column for row, column in reversed(cells) if _is_counted(table, row) and not _is_note(table, row)
    }
    if first:
        named = [table.cell(row, first[row]) for row in sorted(first)]
        told = "、".join(named[:STRUCK_NAMED]) + (f"等 {len(named)} 行" if len(named) > STRUCK_NAMED else "")
        yield problem("struck_through", table.sheet.name, named[0], "", cells=told)


def hidden_clue(table: TableFound) -> str:
    """Why a sum may differ: SUBTOTAL adds up what a filter shows."""
    rows = len(table.hidden_rows)
    return f"（表中有 {rows} 行被隐藏，合计可能只加了显示的行）" if rows else ""


def without_formulas(problems: Iterable[Problem], table: TableFound) -> list[Problem]:
    """Without what is said of blank cells that hold a formula: they are not blank to whoever sent them."""
    rows = tuple(str(row + 1) for row in {row for row, _ in table.sheet.doubts.unsaved})
    return [p for p in problems if p.code not in OF_BLANKS or p.cell.lstrip(ascii_uppercase) not in rows]
