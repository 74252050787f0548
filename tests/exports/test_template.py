"""Blank templates: the notice's own forms, which come back in without a question."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.exports.filling import AS_OF, LIST_ROWS, TODAY, YEAR, filled, first_row
from zyb import cli
from zyb.exports.books.forms import form_of, layouts
from zyb.exports.books.template import blank_template, blank_templates, template_name, zipped
from zyb.intake import Given
from zyb.intake.tables.guidance import NOT_READ
from zyb.palette import OFFICE_FONT
from zyb.rulebook.ledgers import ledgers, parse_ledgers
from zyb.rulebook.regions import Roster, load_roster
from zyb.rulebook.toml import parse
from zyb.store import Store
from zyb.uploads import Prepared, prepare_all

SHAANXI, HEBEI = load_roster("陕西省"), load_roster("河北省")
every_ledger = pytest.mark.parametrize("ledger_id", list(ledgers()))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all: nothing here is saved."""
    kept = Store(tmp_path_factory.mktemp("store"))
    yield kept
    kept.close()


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def sent(store: Store, content: bytes, name: str) -> Prepared:
    (prepared,) = prepare_all(store, content, name, Given(today=TODAY))
    return prepared


def questions(prepared: Prepared) -> list[str]:
    return [f"{p.code} {p.cell} {p.message}" for p in prepared.problems if p.severity != "note"]


@every_ledger
def test_the_theme_of_a_blank_template_knows_no_foreign_font(ledger_id: str) -> None:
    with zipfile.ZipFile(io.BytesIO(blank_template(ledgers()[ledger_id], SHAANXI, YEAR))) as package:
        theme = package.read("xl/theme/theme1.xml").decode()
    assert set(re.findall(r'typeface="([^"]+)"', theme)) == {OFFICE_FONT}


# -- they come back in --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ledger_id", "roster"),
    [*((name, SHAANXI) for name in ledgers()), ("assistance", HEBEI), ("assistance_targets", HEBEI)],
    ids=lambda value: value if isinstance(value, str) else value.province,
)
def test_a_filled_template_comes_in_without_a_question(store: Store, ledger_id: str, roster: Roster) -> None:
    ledger, form = ledgers()[ledger_id], form_of(ledgers()[ledger_id], roster, YEAR)
    content = filled(blank_template(ledger, form.roster, YEAR), form)
    prepared = sent(store, content, template_name(ledger, form.roster, YEAR))
    assert questions(prepared) == []
    assert prepared.status == "accepted"
    found = prepared.submission
    assert found.ledger == ledger and found.roster == form.roster
    assert found.as_of == AS_OF or not form.dated
    assert found.n_rows == (LIST_ROWS if ledger.is_list else len(form.prefilled))
    read = set(found.table.fields) if found.table else set()
    assert read == {heading.column.name for heading in form.headings}
    assert not {p.code for p in prepared.problems} & {"unknown_column", "hidden_sheet"}


@pytest.mark.parametrize(
    "ledger_id", ["governance_progress", "assistance_targets", "institutions", "cdc_guidance"]
)
def test_a_template_of_one_region_comes_in_without_a_question(store: Store, ledger_id: str) -> None:
    ledger, region = ledgers()[ledger_id], SHAANXI.regions[1]
    form = form_of(ledger, SHAANXI, YEAR, region)
    content = filled(blank_template(ledger, SHAANXI, YEAR, region), form)
    prepared = sent(store, content, "表.xlsx")
    assert questions(prepared) == []
    assert prepared.submission.region_codes == (region.code,)


def test_a_list_of_one_region_need_not_repeat_it(store: Store) -> None:
    """The title says it; the column may stay blank."""
    ledger, region = ledgers()["assistance"], SHAANXI.regions[1]
    form = form_of(ledger, SHAANXI, YEAR, region)
    book = opened(filled(blank_template(ledger, SHAANXI, YEAR, region), form))
    page = book.worksheets[0]
    for row in range(first_row(page, form), first_row(page, form) + LIST_ROWS):
        page.cell(row, 2).value = None
    stream = io.BytesIO()
    book.save(stream)
    prepared = sent(store, stream.getvalue(), "表.xlsx")
    assert questions(prepared) == []
    assert prepared.submission.region_codes == (region.code,)


@every_ledger
def test_a_blank_template_is_read_as_its_ledger_and_found_empty(store: Store, ledger_id: str) -> None:
    ledger = ledgers()[ledger_id]
    prepared = sent(store, blank_template(ledger, SHAANXI, YEAR), template_name(ledger, SHAANXI, YEAR))
    assert prepared.submission.ledger == ledger
    assert prepared.status == "refused"
    blocking = {p.code for p in prepared.problems if p.severity == "error"}
    assert blocking <= {"empty_table", "as_of_unknown"} and blocking


def test_a_ledger_that_is_only_data_has_a_template(store: Store) -> None:
    ledger = parse_ledgers(
        parse("""
        [noise]
        title = "噪声作业岗位汇总表"
        campaign = "governance"
        grain = "region"
        basis = "某文件"
        tallies = ["posts"]
        [[noise.columns]]
        name = "region"
        title = "地区"
        type = "region"
        [[noise.columns]]
        name = "posts"
        title = "噪声岗位数"
        type = "count"
        """)
    )["noise"]
    page = opened(blank_template(ledger, SHAANXI, YEAR)).worksheets[0]
    assert page["A1"].value == "陕西省2025年噪声作业岗位汇总表"
    assert [page.cell(row, 1).value for row in range(5, 5 + 12)] == [r.name for r in SHAANXI.regions]


# -- what they look like --------------------------------------------------------------------


def test_the_five_items_stand_under_one_heading_as_the_notice_prints_them() -> None:
    page = opened(blank_template(ledgers()["assistance"], HEBEI, 2024)).worksheets[0]
    assert page["A1"].value == "河北省2024年中小微企业帮扶台账"
    group = next(cell for cell in page[4] if cell.value == "“五个一”帮扶工作开展情况")
    merged = next(m for m in page.merged_cells.ranges if group.coordinate in m)
    assert merged.size == {"rows": 1, "columns": 10}
    below = [page.cell(5, column).value for column in range(merged.min_col, merged.max_col + 1)]
    assert below[1::2] == ["开展时间", "建立完成时间", "开展时间", "举办时间", "开展时间"]


def test_a_summary_has_every_region_in_the_order_of_the_commission_and_a_total() -> None:
    page = opened(blank_template(ledgers()["assistance_targets"], HEBEI, YEAR)).worksheets[0]
    assert [cell.value for cell in page[4]] == [
        "行政区域",
        "2024年帮扶任务数",
        "2025年帮扶任务数",
        "合计帮扶任务数",
    ]
    names = [page.cell(row, 1).value for row in range(5, 20)]
    assert names == [*(region.name for region in HEBEI.regions), "合计"]
    assert page["D5"].value == '=IF(COUNT(B5:C5)=0,"",SUM(B5:C5))'
    assert page["B19"].value == '=IF(COUNT(B5:B18)=0,"",SUM(B5:B18))'


def test_institutions_have_a_row_for_each_region_and_indicator() -> None:
    ledger = ledgers()["institutions"]
    options = ledger.column("indicator").options
    page = opened(blank_template(ledger, SHAANXI, YEAR)).worksheets[0]
    found = [(page.cell(row, 1).value, page.cell(row, 2).value) for row in range(5, 5 + 144)]
    assert found == [(region.name, option) for region in SHAANXI.regions for option in options]


def checks(page: object) -> dict[str, object]:
    return {str(check.sqref).split(":")[0]: check for check in page.data_validations.dataValidation}  # type: ignore[attr-defined]


def options_of(book: openpyxl.Workbook, check: object) -> list[str]:
    """What a drop-down offers, by way of its named range."""
    name = book.defined_names[check.formula1.lstrip("=")]  # type: ignore[attr-defined]
    ((sheet, cells),) = name.destinations
    return [row[0].value for row in book[sheet][cells]]


def test_drop_downs_offer_the_roster_and_the_answers_from_a_hidden_sheet() -> None:
    book = opened(blank_template(ledgers()["assistance"], SHAANXI, YEAR))
    found = checks(book.worksheets[0])
    assert options_of(book, found["B6"]) == [region.name for region in SHAANXI.regions]
    assert {"碑林区", "神木市", "杨陵区"} <= set(options_of(book, found["C6"]))
    assert options_of(book, found["G6"]) == ["是", "否"]
    assert options_of(book, found["O6"]) == ["是", "否", "不涉及"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]


def test_cells_check_dates_numbers_and_codes_and_say_the_rule() -> None:
    page = opened(blank_template(ledgers()["governance_enterprises"], SHAANXI, YEAR)).worksheets[0]
    heads = {cell.value: cell.column_letter for cell in page[4]}
    found = checks(page)
    day, staff, code = (
        found[heads[title] + "5"] for title in ("行政确认日期", "职工人数", "统一社会信用代码")
    )
    assert (day.type, day.formula2) == ("date", "TODAY()")
    assert "不早于“纳入日期”" in day.prompt and "“是否完成治理”填“是”的，应当填写" in day.prompt
    assert (staff.type, staff.operator, staff.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (code.type, code.formula1, code.errorStyle) == ("textLength", "18", "warning")
    assert page[heads["统一社会信用代码"] + "5"].number_format == "@"
    assert page[heads["纳入日期"] + "5"].number_format == "yyyy-mm-dd"


def test_several_choices_may_be_typed_where_several_are_allowed() -> None:
    page = opened(blank_template(ledgers()["enforcement"], SHAANXI, YEAR)).worksheets[0]
    heads = {cell.value: cell.column_letter for cell in page[4]}
    found = checks(page)
    assert not found[heads["违法行为"] + "5"].showErrorMessage
    assert found[heads["是否查处到位"] + "5"].showErrorMessage


@every_ledger
def test_every_template_is_set_up_for_paper_and_keeps_its_headings_in_sight(ledger_id: str) -> None:
    page = opened(blank_template(ledgers()[ledger_id], SHAANXI, YEAR)).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.freeze_panes and page.print_title_rows


@every_ledger
def test_the_guide_explains_every_column_and_is_not_read(ledger_id: str) -> None:
    ledger = ledgers()[ledger_id]
    guide = opened(blank_template(ledger, SHAANXI, YEAR))["填表说明"]
    words = [str(cell.value) for row in guide.iter_rows() for cell in row if cell.value]
    assert any(NOT_READ in word for word in words[:3])
    assert f"依据：{ledger.basis}。" in words
    form = form_of(ledger, SHAANXI, YEAR)
    assert {heading.title for heading in form.headings} <= {word.split("：")[-1] for word in words}


def test_forms_speak_of_ledgers_and_columns_that_there_are() -> None:
    assert layouts()
    for ledger_id, layout in layouts().items():
        names = {column.name for column in ledgers()[ledger_id].columns}
        used = {name for name, _ in layout.headings}
        used |= {name for group in layout.groups for name in (group.first, group.last)}
        assert used <= names, ledger_id


# -- all of them ------------------------------------------------------------------------------


def test_all_templates_go_into_one_archive_under_their_chinese_names() -> None:
    files = [(name, content) for _, name, content in blank_templates(HEBEI, YEAR)]
    archive = zipfile.ZipFile(io.BytesIO(zipped(files)))
    assert archive.namelist() == [template_name(ledger, HEBEI, YEAR) for ledger in ledgers().values()]
    assert "河北省2025年中小微企业帮扶台账（空白模板）.xlsx" in archive.namelist()


def test_the_command_line_writes_the_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    out = tmp_path / "模板"
    words = ["templates", "--out", str(out), "--province", "河北", "--ledger", "employers", "--year", "2024"]
    assert cli.main([*words, "--json"]) == 0
    (made,) = json.loads(capsys.readouterr().out)
    assert made["ledger"] == "employers" and made["province"] == "河北省" and made["year"] == 2024
    assert [path.name for path in out.iterdir()] == [made["file"]]
    assert cli.main(["templates", "--out", str(out / made["file"])]) == 1
    assert "请" in capsys.readouterr().err
