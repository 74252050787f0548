"""The statistics workbook: the Briefing's own numbers, live where they follow from one another, in the official look."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.briefings import SHAANXI, SILENT, deadlines, league, many, matrix, sample, section
from zyb.briefing.model import Briefing, Check
from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.exports.statistics import write_statistics
from zyb.exports.statistics.annex import annex
from zyb.exports.statistics.grid import Grid, written
from zyb.exports.statistics.league import course, details
from zyb.exports.statistics.league import league as league_grid
from zyb.exports.statistics.page import HEAD_ROW, Names
from zyb.numerals import NO_VALUE, percent_number, points, rounded
from zyb.palette import OFFICE_FONT, OFFICE_HEADING_FONT

# openpyxl does not know the solid data bars of Excel 2010 and says so; it reads everything else.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

FIRST = HEAD_ROW + 2  # openpyxl counts from 1
PARAMETERS = {"target": "T", "measure_pace": "P", "weeks": "W"}
EVIL = "=cmd|'/c calc'!A1"
SOMEONE_SILENT = (*SHAANXI[:5], *SILENT[5:6], *SHAANXI[6:])
ALMOST = (("610100", "西安市", "西安", 4699, 4698, 4600), *SHAANXI[1:])
ODD = {
    "one region": sample(regions=SHAANXI[:1]),
    "21 regions with long names": sample(regions=many(21)),
    "nobody reported": sample(regions=SILENT),
    "somebody silent": sample(regions=SOMEONE_SILENT),
    "almost everything done": sample(regions=ALMOST),
    "30 columns": sample(annexes=(league(section()), matrix(section()))),
    "a demo": sample("monthly", demo=True),
    "no annexes": sample("weekly", annexes=()),
    "an empty table": sample(annexes=(replace(deadlines(section()), rows=(), total=None, tones=()),)),
}
every_briefing = pytest.mark.parametrize("briefing", [sample(), *ODD.values()], ids=["quarterly", *ODD])
written_once = cache(write_statistics)


def opened(briefing: Briefing, values: bool = False) -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(written_once(briefing)), data_only=values)
    assert len(book.worksheets) > 1
    return book


def xml(briefing: Briefing, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(written_once(briefing))) as file:
        return file.read(name).decode("utf-8")


def league_sheet(book: Workbook) -> Worksheet:
    return book[next(name for name in book.sheetnames if "进展情况表" in name)]


def shown(value: object, kind: str) -> str:
    """As Excel prints a stored number in this workbook's formats; half a tenth goes up."""
    if isinstance(value, str):
        return value
    exact = Fraction(Decimal(str(value)))
    if kind == "percent":
        return percent_number(exact)
    if kind == "growth":
        return points(exact)
    if kind == "points":
        return points(exact / 100)
    return str(rounded(exact)) if kind == "rate" else str(value).replace("-", "−")


# -- the numbers --------------------------------------------------------------------------------------


# Titles of the annexes in tests/briefings.py that the real ones (zyb.briefing.tables) call otherwise.
CALLED = {"还差": "剩余", "与序时进度之差（百分点）": "与序时差（百分点）"}


@every_briefing
def test_every_number_of_an_annex_stands_on_its_sheet(briefing: Briefing) -> None:
    book = opened(briefing, values=True)
    assert bool(briefing.annexes) == any(name.startswith("附件1 ") for name in book.sheetnames)
    for number, table in enumerate(briefing.annexes, 1):
        sheet = book[next(name for name in book.sheetnames if name.startswith(f"附件{number} "))]
        heads = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[HEAD_ROW + 1]}
        for row, said in enumerate(table.texts(), FIRST):
            for column, text in zip(table.columns, said, strict=True):
                if column.kind not in ("verdict", "name") and text != NO_VALUE:
                    place = heads.get(column.title) or heads[CALLED[column.title]]
                    assert shown(sheet.cell(row, place).value, column.kind) == text, (column.title, row)


def test_the_league_sheet_says_what_the_notice_says() -> None:
    sheet = league_sheet(opened(sample(), values=True))
    rows = {row[1]: row for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 12, values_only=True)}
    assert rows["西安市"][2:4] == (2367, 1378)
    assert rows["合　计"][2:4] == (4699, 2575)
    assert rows["合　计"][4] == pytest.approx(2575 / 4699)
    assert rows["汉中市"][0] == 1
    assert rows["西安市"][8] == 989


def test_what_is_unfinished_never_shows_as_a_hundred_percent() -> None:
    cell = league_sheet(opened(ODD["almost everything done"], values=True)).cell(FIRST, 5)
    assert cell.value < 1
    assert cell.number_format == '[>=1]0.0%;[>=0.9995]"99.9%";0.0%'


# -- live formulas --------------------------------------------------------------------------------------


def test_sums_rates_and_ranks_are_formulas() -> None:
    sheet = league_sheet(opened(sample()))
    first, total = FIRST, FIRST + 12
    assert sheet.cell(first, 1).value == f'=IFERROR(RANK(E{first},$E${first}:$E${total - 1}),"—")'
    assert sheet.cell(first, 5).value == f'=IFERROR(D{first}/C{first},"—")'
    assert sheet.cell(total, 3).value == f"=SUM(C{first}:C{total - 1})"
    assert sheet.cell(total, 5).value == f'=IFERROR(D{total}/C{total},"—")'
    assert "指标口径" in str(sheet.cell(first, 6).value)


def test_a_total_that_is_not_the_sum_stays_a_number_and_says_so() -> None:
    table = ReportTable(
        title="各市任务表",
        units=("家",),
        columns=(TableColumn("市", "name"), TableColumn("剩余", "count")),
        rows=(("甲市", 3), ("乙市", 4)),
        total=("全省", 5),
        tones=(),
    )
    sheet = opened(sample(annexes=(table,)))["附件1 各市任务表"]
    assert sheet.cell(FIRST + 2, 2).value == 5
    assert any("“剩余”按总数直接计算" in str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_a_rate_that_is_no_quotient_of_its_neighbours_stays_a_number() -> None:
    columns = (
        TableColumn("市", "name"),
        TableColumn("应", "count"),
        TableColumn("已", "count"),
        TableColumn("率", "percent"),
    )
    honest = ReportTable(
        title="甲表",
        units=(),
        columns=columns,
        rows=(("甲市", 4, 1, Fraction(1, 4)), ("乙市", 4, 3, Fraction(3, 4))),
        total=None,
        tones=(),
    )
    odd = replace(honest, title="乙表", rows=(("甲市", 4, 1, Fraction(1, 4)), ("乙市", 4, 3, Fraction(1, 2))))
    book = opened(sample(annexes=(honest, odd)))
    assert book["附件1 甲表"].cell(FIRST, 4).value == f'=IFERROR(C{FIRST}/B{FIRST},"—")'
    assert [book["附件2 乙表"].cell(FIRST + n, 4).value for n in (0, 1)] == [0.25, 0.5]


def test_growth_and_what_it_still_needs_are_live() -> None:
    found = section()
    lines = tuple(
        replace(line, numerator=13, denominator=10, value=Fraction(3, 10), remaining=0)
        for line in found.lines
    )
    growing = replace(found, kind="growth", target=Fraction(3, 10), lines=lines)
    grid = league_grid(growing, PARAMETERS)
    assert all(
        grid.follows(grid.fields[grid.place(key)], row) for row in grid.rows for key in ("value", "remaining")
    )
    assert not grid.follows(grid.fields[grid.place("value")], {**grid.rows[0], "value": Fraction(31, 100)})


def test_a_region_that_reported_nothing_has_dashes_and_breaks_no_formula() -> None:
    briefing = ODD["somebody silent"]
    sheet = league_sheet(opened(briefing, values=True))
    row = next(row for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[1] == "延安市")
    assert set(row) - {"延安市", "▨未报送"} <= {NO_VALUE, float(section().pace or 0), "—"}
    assert sheet.cell(FIRST + 12, 3).value == briefing.sections[0].whole.denominator


# -- recalculated by somebody else ---------------------------------------------------------------------


SOFFICE = shutil.which("soffice")


def recalculated(content: bytes, folder: Path) -> Workbook:
    """Cached values taken away, so that what comes back is what LibreOffice computes."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(bare, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = re.sub(rb'( t="str")?><f>(.*?)</f><v>.*?</v>', rb"><f>\2</f>", part)
            target.writestr(entry, part)
    (folder / "bare.xlsx").write_bytes(bare.getvalue())
    (folder / "out").mkdir()
    own = f"-env:UserInstallation=file://{folder}/settings"
    command = [str(SOFFICE), own, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    env = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*command, str(folder / "bare.xlsx")], check=True, capture_output=True, timeout=120, env=env
    )
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


@pytest.mark.skipif(SOFFICE is None, reason="soffice is missing: install libreoffice-calc")
@pytest.mark.filterwarnings("ignore:Unable to read chart:UserWarning")  # LibreOffice's own; not asked for
@pytest.mark.parametrize("name", ["somebody silent", "almost everything done"])
def test_recalculated_formulas_give_the_briefings_numbers(name: str, tmp_path: Path) -> None:
    content = written_once(ODD[name])
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    said = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    computed = recalculated(content, tmp_path)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    compared += 1
                    mine, theirs = (book[sheet.title][cell.coordinate].value for book in (said, computed))
                    same = (
                        mine == theirs if isinstance(mine, str) else mine == pytest.approx(theirs, abs=1e-9)
                    )
                    assert same, (sheet.title, cell.coordinate, cell.value, mine, theirs)
    assert compared > 100


# -- nothing out of data becomes anything but text -------------------------------------------------------


@pytest.mark.parametrize("text", [EVIL, "@SUM(A1)", "+1", "-1", "http://example.com", "0123", "{=1}"])
def test_text_from_data_stays_text(text: str) -> None:
    table = ReportTable(
        title=text,
        units=(text,),
        columns=(TableColumn(text, "name"), TableColumn("数", "count")),
        rows=((text, 1), ("乙", 2)),
        total=None,
        tones=(),
        notes=(text,),
    )
    check = Check("odd", text, False, text, accepted=True)
    briefing = sample(
        annexes=(table,), notes=(text,), issuer=text, checks=(check,), title=(text,), changes=text
    )
    book = opened(briefing)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) >= 5
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert not [formula for formula in formulas if "cmd" in str(formula)]


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    book = opened(sample(notes=("坏\x00字\x1f符\ud800\uffff",)))
    assert any(cell.value == "坏字符" for row in book["说明"].iter_rows() for cell in row)


# -- the look --------------------------------------------------------------------------------------------


@every_briefing
def test_every_sheet_is_ready_for_a4_with_its_head_repeated(briefing: Briefing) -> None:
    for sheet in opened(briefing):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
        if sheet.title not in ("说明",):
            assert sheet.print_title_rows is not None
            assert sheet.freeze_panes


@every_briefing
def test_the_total_stays_outside_of_the_filter(briefing: Briefing) -> None:
    filtered = [sheet for sheet in opened(briefing) if sheet.auto_filter.ref]
    assert filtered
    for sheet in filtered:
        last = int(re.findall(r"\d+", sheet.auto_filter.ref)[-1])
        inside = [sheet.cell(row, column).value for row in range(FIRST, last + 1) for column in (1, 2)]
        assert "合　计" not in inside


def test_invented_data_are_marked_on_every_sheet_on_screen_and_on_paper() -> None:
    briefing = ODD["a demo"]
    for sheet in opened(briefing):
        assert sheet.cell(3, 1).value == briefing.demo_warning
        assert briefing.demo_warning in str(sheet.oddHeader.right.text)
        assert briefing.demo_warning in str(sheet.oddFooter.left.text)
    assert not any(
        "演示" in str(cell.value) for sheet in opened(sample()) for row in sheet.iter_rows() for cell in row
    )


def test_verdicts_are_told_by_shape_word_and_a_colour_that_follows_the_word() -> None:
    sheet = league_sheet(opened(sample()))
    verdicts = [
        row[0] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 11, min_col=15, values_only=True)
    ]
    assert verdicts[0] == "●进展较快"
    assert verdicts[-1] == "▼进展缓慢"
    rules = [rule for ranged in sheet.conditional_formatting for rule in ranged.rules]
    assert {rule.text for rule in rules if rule.type == "containsText"} >= {
        "进展较快",
        "相对滞后",
        "进展缓慢",
    }
    assert [rule.type for rule in rules].count("dataBar") == 1


def test_the_theme_knows_no_foreign_font() -> None:
    with zipfile.ZipFile(io.BytesIO(write_statistics(sample()))) as package:
        theme = package.read("xl/theme/theme1.xml").decode()
    assert set(re.findall(r'typeface="([^"]+)"', theme)) == {OFFICE_FONT}


@every_briefing
def test_no_cell_is_left_to_the_programs_own_font(briefing: Briefing) -> None:
    styles = xml(briefing, "xl/styles.xml")
    fonts = re.search(r"<fonts.*?</fonts>", styles, re.S)
    assert fonts and set(re.findall(r'<name val="(.*?)"', fonts.group())) <= {
        OFFICE_FONT,
        OFFICE_HEADING_FONT,
    }


def test_the_chart_is_native_with_a_line_for_pace_and_no_label_for_who_is_silent() -> None:
    chart = xml(ODD["somebody silent"], "xl/charts/chart1.xml")
    assert "<c:barChart>" in chart and "<c:lineChart>" in chart
    assert "序时进度" in chart
    assert chart.count('<c:delete val="1"/>') >= 1
    assert f'typeface="{OFFICE_FONT}"' in chart


def test_the_course_of_reports_has_its_own_sheet_and_line_chart() -> None:
    book = opened(sample(), values=True)
    sheet = book["走势 专项治理完成率"]
    assert [cell.value for cell in sheet[FIRST + 1]][1:4] == [4699, 2575, 53]
    assert "<c:dateAx>" in xml(sample(), "xl/charts/chart2.xml")


# -- what stands beside the tables -------------------------------------------------------------------------


def test_the_remarks_say_versions_checks_rules_and_overrides() -> None:
    found = section()
    judged = replace(found.lines[5].judgement, proposed="进展缓慢", reason="已完成现场验收，待系统确认")
    lines = tuple(replace(line, judgement=judged) if n == 5 else line for n, line in enumerate(found.lines))
    checks = (
        Check("totals", "合计一致", True, "一致"),
        Check("fell", "没有下降", False, "延安市下降", accepted=True),
    )
    briefing = sample(
        sections=(replace(found, lines=lines),),
        checks=checks,
        edition=(1, 7),
        revises="2024年第1期",
        changes="更正延安市",
    )
    told = "\n".join(
        str(cell.value) for row in opened(briefing)["说明"].iter_rows() for cell in row if cell.value
    )
    for words in ("1、7", "2024-03-05 09:02:03", "●通过", "◆未通过，确认作为说明", "延安市下降", "快于序时10个百分点及以上",
                  "按规则为“进展缓慢”", "已完成现场验收", "2024年第1期", "更正延安市"):  # fmt: skip
        assert words in told


def test_sources_and_definitions_have_sheets_of_their_own() -> None:
    book = opened(sample(), values=True)
    assert [cell.value for cell in book["数据来源"][FIRST]][:2] == [1, "专项治理进展汇总表"]
    definition = [cell.value for cell in book["指标口径"][FIRST]]
    assert "完成治理企业数占纳入治理企业数的比例。" in definition
    assert "陕卫办职业发〔2024〕5号" in definition
    assert not book["指标口径"].auto_filter.ref  # formulas elsewhere point at its rows


def test_a_workbook_of_many_sheets_opens_on_a_list_of_them() -> None:
    tables = tuple(replace(deadlines(section()), title=f"第{n}表") for n in range(8))
    book = opened(sample(annexes=tables))
    sheet = book["目录"]
    assert book.sheetnames[0] == "目录"
    linked = [
        cell.hyperlink.location for row in sheet.iter_rows(min_row=FIRST) for cell in row if cell.hyperlink
    ]
    assert len(linked) == len(book.sheetnames) - 1
    assert all(place.split("!")[0].strip("'") in book.sheetnames for place in linked)


def test_names_of_sheets_are_what_excel_allows_and_never_twice() -> None:
    names = Names({"说明"})
    made = [names.name(wanted) for wanted in ("a/b:c", "a/b:c", "说明", "长" * 60, "长" * 60, "'[]", "ABC")]
    assert made == ["abc", "abc（2）", "说明（2）", "长" * 31, "长" * 28 + "（2）", "表", "ABC（3）"]


# -- the same again ---------------------------------------------------------------------------------------


@every_briefing
def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing) -> None:
    assert write_statistics(briefing) == written_once(briefing)


def test_the_day_of_the_file_is_the_reports_own() -> None:
    assert opened(sample()).properties.created.date() == sample().made


# -- grids by themselves -----------------------------------------------------------------------------------


def test_half_a_tenth_of_a_point_is_rounded_up_before_it_is_stored() -> None:
    tried = ((Fraction(1225, 10000), 12.3), (Fraction(-1225, 10000), -12.3), (Fraction(1, 9999), 0.0))
    for value, expected in tried:
        assert written(value, "points") == expected
        assert str(written(value, "points")) != "-0.0"


def test_details_and_courses_follow_from_their_own_rows() -> None:
    grids: list[Grid] = [details([section()]), course(section()), annex(deadlines(section()))]
    for grid in grids[:2]:
        column = grid.fields[grid.place("value")]
        assert all(grid.follows(column, row) for row in grid.rows)
    assert grids[2].total is not None and grids[2].total["column0"] == "合　计"
    assert Decimal("0.25").quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal("0.3")
