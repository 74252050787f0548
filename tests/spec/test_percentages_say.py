"""百分比列: what a cell of percentages means, when it is asked about, and whose figure the 合计 line is."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from tests import invented
from tests.books import codes, errors, sheet, submission, table
from tests.effort import examples
from zyb.exports.books.template import blank_template
from zyb.intake import understand
from zyb.intake.adopted import changed_cells
from zyb.intake.cells.values import percentage
from zyb.numerals import HUNDRED_PERCENT, reported_percent
from zyb.reading import read_workbook
from zyb.rulebook.book import using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.problems import catalogue
from zyb.rulebook.regions import load_roster

TITLE = ("陕西省职业健康知识知晓率调查表（截至2024年3月1日）",)
HEAD = ("地区", "职业健康知识知晓率", "调查人数")
EVERYBODY = tuple(region.name for region in load_roster("陕西省").regions)


@pytest.fixture(autouse=True)
def rules(tmp_path) -> Iterator[None]:
    with using(invented.rules(tmp_path, "", ledgers=invented.SURVEY_LEDGER)):
        yield


# written; shown as: what Excel's format prints, where the cell holds a number
CELLS = """
    written   | shown as | means      | fault
    ----------+----------+------------+------------------------
    87.5      |          | 87.5%      |
    87.5%     |          | 87.5%      |
    87.5％    |          | 87.5%      |
    ８７．５  |          | 87.5%      |
    0.875     | %        | 87.5%      |
    0.875     |          |            | percentage_unclear
    0.875%    |          | 0.875%     |
    1         |          |            | percentage_unclear
    1         | %        | 100%       |
    1%        |          | 1%         |
    1.01      |          | 1.01%      |
    0         |          | 0%         |
    0         | %        | 0%         |
    100       |          | 100%       |
    100.01    |          |            | percentage_out_of_range
    105%      |          |            | percentage_out_of_range
    1.5       | %        |            | percentage_out_of_range
    87.5      | %        |            | percentage_out_of_range
    -3        |          |            | percentage_out_of_range
    −3%       |          |            | percentage_out_of_range
    九成      |          |            | not_a_percentage
    约87%     |          |            | not_a_percentage
    80-90%    |          |            | not_a_percentage
    875‰      |          |            | not_a_percentage
    87.5人    |          |            | not_a_percentage
              |          |            |
    —         |          |            |
    未报      |          |            |
    0.8753333333333333 | % | 87.533333% |
    0.35000000000000003 | % | 35%       |
"""


@pytest.mark.parametrize(("written", "shown", "means", "fault"), table(CELLS)[1:])
def test_what_a_cell_means(written, shown, means, fault):
    read = percentage(written, shown_as_percent=shown == "%")
    assert (read.fault, "" if read.units is None else reported_percent(read.units)) == (fault, means)


@pytest.mark.parametrize("seed", range(examples(20, 400)))
def test_whatever_is_written_is_read_as_meant_or_asked_about(seed):
    """The other way round: a percentage is invented first and then written, and no writing of it is read as another."""
    dice = random.Random(seed)
    for _ in range(50):
        places = dice.randint(0, 4)
        meant = Fraction(dice.choice([dice.randint(0, 130), dice.randint(0, 2)]) * 10**places, 10**places)
        meant += Fraction(dice.randrange(10**places), 10**places)
        bare, part = f"{float(meant):.{places}f}", f"{float(meant / 100):.{places + 2}f}"
        wide = bare.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
        for text, shown in ((f"{bare}%", False), (f" {bare} ％", False), (f"{wide}%", False), (part, True)):
            read = percentage(text, shown_as_percent=shown)
            assert read.fault == ("percentage_out_of_range" if meant > 100 else ""), text
            assert meant > 100 or Fraction(read.units, HUNDRED_PERCENT) == meant / 100
        for text in (bare, part):  # without a sign: as it stands, or asked about where it may be either
            read, stands = percentage(text), Fraction(text)
            if 0 < stands <= 1:
                assert read.fault == "percentage_unclear"
            elif stands > 100:
                assert read.fault == "percentage_out_of_range"
            else:
                assert Fraction(read.units, HUNDRED_PERCENT) == stands / 100


def survey(*lines: tuple[object, ...], shown: tuple[int, ...] = (), head: tuple[str, ...] = HEAD):
    return submission(sheet([TITLE, head, *lines], shown=[(2 + row, 1, "1%") for row in shown]))


def test_rows_keep_the_percentage_and_show_it():
    found = survey(("西安市", "0.875", 400), ("宝鸡市", "91.2", ""), ("咸阳市", "", ""), shown=(0,))
    assert not found.blocked
    assert [row.values for row in found.rows] == [
        {"aware": 87_500_000, "sampled": 400},
        {"aware": 91_200_000, "sampled": None},
    ]
    assert {(t.name, t.part.region_code, t.amount) for t in found.tallies()} == {
        ("aware", "610100", 87_500_000),
        ("sampled", "610100", 400),
        ("aware", "610300", 91_200_000),
    }
    assert codes(found.problems, "warning") == ["unreported"], "a blank line has not reported"
    assert [(one.original, one.adopted) for one in changed_cells(found) if one.cell != "A3"][:2] == [
        ("0.875", "87.5%"),
        ("91.2", "91.2%"),
    ]


def test_a_column_of_parts_and_percentages_is_asked_about_cell_by_cell():
    found = survey(("西安市", "0.875", 400), ("宝鸡市", "91.2", 10), ("咸阳市", "0.9", 5))
    assert errors(found) == [("percentage_unclear", "B3"), ("percentage_unclear", "B5")]
    (first, _) = [one for one in found.problems if one.code == "percentage_unclear"]
    assert "0.875" in first.message and "百分号" in first.remedy


@pytest.mark.parametrize(
    ("code", "cell", "shown"),
    [
        ("not_a_percentage", "九成", ()),
        ("percentage_out_of_range", "105", ()),
        ("percentage_out_of_range", "87.5", (0,)),
        ("percentage_unclear", "0.875", ()),
    ],
)
def test_the_problem_says_where_and_what_to_do(code, cell, shown):
    found = survey(("西安市", cell, 400), shown=shown)
    assert errors(found) == [(code, "B3")]
    (said,) = [one for one in found.problems if one.code == code]
    assert said.severity == catalogue()[code].severity
    assert cell in said.message and "知晓率" in said.message and said.remedy.endswith("。")


def test_a_format_that_prints_anything_else_is_refused():
    found = submission(sheet([TITLE, HEAD, ("西安市", "87.5", 400)], shown=[(2, 1, "1（预计）")]))
    assert errors(found) == [("shown_with_words", "B3")]


@pytest.mark.parametrize(
    "heading",
    ["职业健康知识知晓率", "知晓率", "职业健康知识知晓率（%）", "知晓率(％)", "职业健康知识 知晓率"],
)
def test_headings_that_name_the_column(heading):
    found = survey(("西安市", "87.5", 400), head=("地区", heading, "调查人数"))
    assert not found.blocked and found.rows[0].values["aware"] == 87_500_000


@pytest.mark.parametrize(
    "heading", ["职业健康知识知晓人数", "上年职业健康知识知晓率", "职业健康知识未知晓率"]
)
def test_headings_that_name_another_thing(heading):
    found = survey(("西安市", "87.5", 400), head=("地区", heading, "调查人数"))
    assert found.blocked


# -- the 合计 line is nobody's sum ---------------------------------------------------------------


def test_the_line_of_the_whole_is_the_provinces_own_and_no_sum():
    lines = [(name, "80", 10) for name in EVERYBODY]
    found = survey(*lines, ("合计", "83.3", 120))
    assert not found.blocked and "total_differs" not in codes(found.problems)
    own = found.rows[-1]
    assert (own.region.code, own.region.name, own.values["aware"]) == ("610000", "全省", 83_300_000)
    assert own.values["sampled"] is None, "what can be added up is, and is no line of its own"
    assert ("sampled", "610000") not in {(t.name, t.part.region_code) for t in found.tallies()}


def test_a_sum_beside_it_is_still_held_against_the_regions():
    found = survey(*[(name, "80", 10) for name in EVERYBODY], ("合计", "83.3", 121))
    assert errors(found) == [("total_differs", "C15")]


TOTALS = """
    lines       | said | taken
    ------------+------+------
    all         | 合计 | yes
    all         | 全省 | yes
    two         | 全省 | yes
    two         | 陕西省合计 | yes
    two         | 合计 | no
    one         | 合计 | no
    one         | 全省 | no
"""


@pytest.mark.parametrize(("lines", "said", "taken"), table(TOTALS)[1:])
def test_whose_figure_the_line_is(lines, said, taken):
    names = {"all": EVERYBODY, "two": EVERYBODY[:2], "one": EVERYBODY[:1]}[lines]
    found = survey(*[(name, "80", 10) for name in names], (said, "83.3", ""))
    assert ("610000" in found.region_codes) == (taken == "yes")
    assert ("total_not_taken" in codes(found.problems, "note")) == (taken == "no")
    assert not found.blocked


def test_a_partial_sum_of_percentages_is_nobodys_line():
    found = survey(("西安市", "80", 10), ("宝鸡市", "90", 10), ("关中小计", "86", 20))
    assert not found.blocked and found.region_codes == ("610100", "610300")


def test_percentages_of_counties_are_not_added_up_for_their_city():
    roster = load_roster("陕西省")
    city = next(region for region in roster.regions if region.name == "铜川市")
    names = [county.name for county in roster.counties if county.code in city.members]
    title = ("铜川市职业健康知识知晓率调查表（截至2024年3月1日）",)
    found = submission(sheet([title, HEAD, *[(name, "40", 10) for name in names]]))
    assert ("missing_value" in codes(found.problems, "error")) and not any(
        row.values.get("aware") for row in found.rows
    )


# -- the form -------------------------------------------------------------------------------------


def test_the_blank_form_takes_percentages():
    ledger, roster = ledgers()["awareness"], load_roster("陕西省")
    book = openpyxl.load_workbook(io.BytesIO(blank_template(ledger, roster, 2024)))
    page = book.worksheets[0]
    head = next(c for row in page.iter_rows(max_row=10) for c in row if c.value == "职业健康知识知晓率")
    first = page.cell(head.row + 1, head.column)
    assert first.number_format == "0.##%"
    total = page.cell(head.row + 1 + len(EVERYBODY), head.column)
    assert total.value is None and total.number_format == "0.##%", "no formula adds them up"
    first.value, page.cell(first.row, first.column + 1).value = 0.875, 400
    total.value = 0.9
    day = next(c for row in page.iter_rows(max_row=10) for c in row if c.value == "数据截至：")
    page.cell(day.row, day.column + 1).value = date(2024, 3, 1)
    stream = io.BytesIO()
    book.save(stream)
    name = "知晓率.xlsx"
    found = understand(read_workbook(stream.getvalue(), name), name, today=date(2024, 6, 30))
    assert [(row.region.name, row.values["aware"]) for row in found.rows] == [
        ("西安市", 87_500_000),
        ("全省", 90_000_000),
    ]
    assert "unreported" in codes(found.problems) and not [
        one for one in errors(found) if one[0].startswith(("percent", "not_"))
    ]
