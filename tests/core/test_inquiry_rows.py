"""What an inquiry brings, against an obvious loop over the rows that were reported."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.access import LOCAL_ADMIN, NotPermitted, Viewer
from zyb.answers.inquiring import answered, kinds_of_industry, place_names, question
from zyb.inquiries.fields import BLANK
from zyb.inquiries.model import ROWS_A_SCREEN, ColumnTest, Inquiry
from zyb.rulebook import industries
from zyb.rulebook.regions import load_roster
from zyb.store import Store

LEDGER, PROVINCE = "governance_enterprises", "陕西省"
APRIL, MAY, JUNE = date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 30)
YULIN, XIAN, YUYANG, SHENMU = "610800", "610100", "610802", "610881"
PLACES = {YULIN: (YUYANG, SHENMU, ""), XIAN: ("610113", "610112", "")}
WORDS = ("矽尘、噪声", "噪声", "苯 Toluene", "", "%_'", "尘")
INDUSTRIES = ("0610", "B0610", "06 煤炭", "煤炭开采和洗选业", "3011", "C", "不详", "", "6")
OPTIONS = {"completed": ("是", "否"), "operating": ("正常生产", "停产", "关闭")}
TEXTS = ("name", "uscc", "hazards", "note")
COUNTS, DATES = ("staff",), ("enrolled_on", "completed_on", "confirmed_on")

Cells = dict[str, Any]


def cells(region: str) -> st.SearchStrategy[Cells]:
    def maybe(known: tuple[Any, ...]) -> st.SearchStrategy[Any]:
        return st.sampled_from([*known, None])

    return st.fixed_dictionaries({
        "region_code": st.just(region), "county_code": st.sampled_from(PLACES[region]),
        "name": st.sampled_from(["榆林煤业", "西安机械", "=1+1", "甲%", "Ab厂"]), "industry": maybe(INDUSTRIES),
        "staff": maybe((0, 9, 10, 2**40)), "hazards": maybe(WORDS), "completed": maybe(("是", "否")),
        "enrolled_on": maybe((date(2023, 1, 1), date(2024, 2, 29), date(2024, 6, 30))),
        "operating": maybe(OPTIONS["operating"]), "note": maybe(WORDS),
    })  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One report: of a region, or of one county for itself."""

    region: str
    as_of: date
    rows: tuple[Cells, ...]
    county: str = ""


@st.composite
def reports(draw: st.DrawFn) -> list[Told]:
    found = []
    for region, day in ((YULIN, APRIL), (XIAN, MAY), (YULIN, JUNE)):
        if draw(st.booleans()):
            found.append(Told(region, day, tuple(draw(st.lists(cells(region), min_size=1, max_size=6)))))
    if draw(st.booleans()):
        own = [row | {"county_code": SHENMU} for row in draw(st.lists(cells(YULIN), min_size=1, max_size=4))]
        found.append(Told(YULIN, draw(st.sampled_from([APRIL, MAY, JUNE])), tuple(own), SHENMU))
    return found


@st.composite
def inquiries(draw: st.DrawFn) -> Inquiry:
    def some(*known: Any) -> tuple[Any, ...]:
        return tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True)))

    asked = Inquiry(
        ledger_id=LEDGER, province=PROVINCE, days=draw(st.sampled_from([(JUNE,), (MAY,), (JUNE, MAY), (APRIL, JUNE)])),
        regions=some(YULIN, XIAN), counties=some(YUYANG, SHENMU, BLANK), snapshots=some(1, 2, 3),
        text=draw(st.sampled_from(["", "", "", "煤", "%", "ab", "'"])),
        columns=draw(st.sampled_from([(), ("name", "staff", "on"), ("region", "county", "snapshot", "line", "as_of")])),
        sort=draw(st.sampled_from(["", "name", "staff", "enrolled_on", "region", "operating", "as_of", "line", "on"])),
    )  # fmt: skip
    tests = [
        ColumnTest("completed", some("是", "否", BLANK)),
        ColumnTest("industry", some(BLANK), some("B", "06", "C", "0610")),
        ColumnTest(
            "staff", (), (), draw(st.sampled_from([None, 9, 10])), draw(st.sampled_from([None, 10, 2**50]))
        ),
        ColumnTest("enrolled_on", (), (), draw(st.sampled_from([None, date(2024, 2, 29)])), None),
        ColumnTest("hazards", (), (), holds=draw(st.sampled_from(["", "尘", "TOLU"]))),
    ]
    for test in draw(st.lists(st.sampled_from(tests), max_size=2)):
        asked = asked.testing(test)
    return replace(asked, descending=bool(asked.sort) and draw(st.booleans()))


# -- the obvious loop -------------------------------------------------------------------------


def in_force(told: list[Told], day: date) -> list[tuple[int, Told]]:
    """Of each region the latest report, and of a county its own where that is not older."""
    known = [(number, one) for number, one in enumerate(told, 1) if one.as_of <= day]
    found = {}
    for number, one in sorted(known, key=lambda said: (said[1].as_of, said[0])):
        found[one.region, one.county] = number, one
    return [
        (number, one)
        for (region, county), (number, one) in found.items()
        if not county or (region, "") not in found or _is_later((number, one), found[region, ""])
    ]


def _is_later(one: tuple[int, Told], other: tuple[int, Told]) -> bool:
    return (one[1].as_of, one[0]) > (other[1].as_of, other[0])


def loop(told: list[Told], asked: Inquiry) -> list[Cells]:
    """Every row with its place, in no particular order."""
    found = []
    for day in asked.days:
        speaking = in_force(told, day)
        replaced = {(one.region, one.county) for _, one in speaking if one.county}
        for number, one in speaking:
            for line, row in enumerate(one.rows, 2):
                if one.county or (one.region, row["county_code"]) not in replaced:
                    place = {
                        "on": day,
                        "snapshot": number,
                        "line": line,
                        "as_of": one.as_of,
                        "sheet": "Sheet1",
                    }
                    found.append(row | place | {"region": row["region_code"], "county": row["county_code"]})
    return [row for row in found if meets(row, asked)]


def meets(row: Cells, asked: Inquiry) -> bool:
    counties = ["" if code == BLANK else code for code in asked.counties]
    said = [
        not asked.regions or row["region"] in asked.regions,
        not asked.counties or row["county"] in counties,
        not asked.snapshots or row["snapshot"] in asked.snapshots,
        not asked.text or any(asked.text.lower() in (row.get(name) or "").lower() for name in TEXTS),
    ]
    return all(said) and all(_meets(row.get(test.column), test) for test in asked.tests)


def _meets(cell: Any, test: ColumnTest) -> bool:
    if test.values and not (cell in test.values or (BLANK in test.values and cell in (None, ""))):
        return False
    if test.within and not (cell and any(industries.within(cell, code) for code in test.within)):
        return False
    if test.since is not None and (cell is None or cell < test.since):
        return False
    if test.until is not None and (cell is None or cell > test.until):
        return False
    return not test.holds or test.holds.lower() in (cell or "").lower()


def in_order(rows: list[Cells], asked: Inquiry) -> list[Cells]:
    regions = [region.code for region in load_roster(PROVINCE).regions]
    rows = sorted(
        rows,
        key=lambda row: (
            regions.index(row["region"]), row["county"], asked.days.index(row["on"]), row["snapshot"], row["line"],
        ),
    )  # fmt: skip
    if not asked.sort:
        return rows

    def key(row: Cells) -> Any:
        if asked.sort == "region":
            return regions.index(row["region"])
        cell = row.get(asked.sort)
        return OPTIONS[asked.sort].index(cell) if asked.sort in OPTIONS else cell

    told = [row for row in rows if row.get(asked.sort) is not None]
    empty = [row for row in rows if row.get(asked.sort) is None]
    if asked.descending:  # ties stay in the order of the list
        return sorted(told, key=key, reverse=True) + empty
    return sorted(told, key=key) + empty


def shown(row: Cells, asked: Inquiry) -> tuple[Any, ...]:
    names = place_names(PROVINCE), {county.code: county.name for county in load_roster(PROVINCE).counties}
    cell = {
        "region": lambda: names[0][row["region"]],
        "county": lambda: names[1].get(row["county"], row["county"]),
    }
    return tuple(cell.get(field.name, lambda name=field.name: row.get(name))() for field in asked.shown)


@given(reports(), st.lists(inquiries(), min_size=3, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_numbers_sums_and_order_are_those_of_an_obvious_loop(
    blank: Path, told: list[Told], every: list[Inquiry]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(blank, Path(folder) / "data")
        store = Store(Path(folder) / "data")
        for one in told:
            saved(Province(store, PROVINCE), LEDGER, one.rows, str(one.as_of), one.county)
        for asked in every:
            compared(store, told, asked)
        store.close()


def compared(store: Store, told: list[Told], asked: Inquiry) -> None:
    wanted = in_order(loop(told, asked), asked)
    whole = question(store, asked, by=LOCAL_ADMIN)
    page = answered(store, whole)
    assert [(one.day, one.rows, one.sums) for one in page.sums] == [
        (day, len(own), {"staff": sum(row.get("staff") or 0 for row in own)})
        for day in asked.days
        for own in [[row for row in wanted if row["on"] == day]]
    ]
    assert [line.cells for line in page.lines] == [shown(row, asked) for row in wanted]
    assert [(line.snapshot, line.line) for line in page.lines] == [
        (row["snapshot"], row["line"]) for row in wanted
    ]
    portions = list(store.asked_rows(whole, portion=3))
    assert [len(rows) for rows in portions[:-1]] == [3] * (len(portions) - 1)
    assert sum(map(len, portions)) == len(wanted)


# -- pages ------------------------------------------------------------------------------------


@pytest.fixture
def many(store: Store) -> Store:
    rows = [
        {"region_code": XIAN, "county_code": "610113", "name": f"甲{n}", "staff": n % 7, "completed": "否"}
        for n in range(250)
    ]
    saved(Province(store, PROVINCE), LEDGER, rows, str(MAY))
    return store


def asking(**said: Any) -> Inquiry:
    return replace(Inquiry(ledger_id=LEDGER, province=PROVINCE, days=(JUNE,)), **said)


def test_pages_are_of_one_hundred_rows_and_together_are_all_of_them_once(many: Store) -> None:
    asked = asking(sort="staff", columns=("name", "staff"))
    pages = [answered(many, question(many, replace(asked, page=n), by=LOCAL_ADMIN)) for n in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [ROWS_A_SCREEN, ROWS_A_SCREEN, 50]
    assert {(page.rows, page.pages) for page in pages} == {(250, 3)}
    rows = [line.cells for page in pages for line in page.lines]
    assert len(set(rows)) == 250 and [staff for _, staff in rows] == sorted(n % 7 for n in range(250))


def test_a_page_beyond_the_last_one_is_the_last(many: Store) -> None:
    page = answered(many, question(many, asking(page=99), by=LOCAL_ADMIN))
    assert (page.question.asked.page, len(page.lines)) == (3, 50)


def test_of_a_ledger_that_nobody_has_reported_there_is_nothing(store: Store) -> None:
    page = answered(store, question(store, asking(ledger_id="exceedances"), by=LOCAL_ADMIN))
    assert (page.rows, page.lines, page.pages) == (0, (), 1)
    assert page.sums[0].sums == {"staff": 0}


# -- what is counted, who may see -------------------------------------------------------------


def test_several_answers_in_one_cell_are_met_by_each_of_them(store: Store) -> None:
    rows = [
        {"region_code": XIAN, "county_code": "", "name": name, "violations": said}
        for name, said in (("甲", "未检测、未体检"), ("乙", "未体检"), ("丙", None), ("丁", "未申报"))
    ]
    saved(Province(store, PROVINCE), "enforcement", rows, str(MAY))

    def found(*values: str) -> list[str]:
        asked = asking(ledger_id="enforcement", columns=("name",)).testing(ColumnTest("violations", values))
        return [line.cells[0] for line in answered(store, question(store, asked, by=LOCAL_ADMIN)).lines]

    assert found("未检测") == ["甲"]
    assert found("未检测", "未申报") == ["甲", "丁"]
    assert found("未体检", BLANK) == ["甲", "乙", "丙"]


def test_industries_are_counted_by_their_first_letter(store: Store) -> None:
    rows = [
        {"region_code": XIAN, "county_code": "", "name": "甲", "industry": text}
        for text in (*INDUSTRIES, None)
    ]
    saved(Province(store, PROVINCE), LEDGER, rows, str(MAY))
    asked = asking().testing(ColumnTest("completed", ("是",)))
    assert kinds_of_industry(store, question(store, asked, by=LOCAL_ADMIN), "industry") == {
        "B": 4, "C": 2, BLANK: 4
    }  # fmt: skip


@pytest.fixture
def people(store: Store) -> Store:
    rows = [
        {"region_code": XIAN, "county_code": "", "name": name, "declared": "是", "legal_person": person}
        for name, person in (("甲", "张三"), ("乙", "李四光"), ("丙", None), ("丁", "王"))
    ]
    saved(Province(store, PROVINCE), "employers", rows, str(MAY))
    return store


def test_personal_data_show_their_first_letter_alone(people: Store) -> None:
    asked = asking(ledger_id="employers", columns=("name", "legal_person"))
    masked = question(people, asked, by=LOCAL_ADMIN)
    wanted = ["张**", "李**", None, "王**"]
    assert [line.cells[1] for line in answered(people, masked).lines] == wanted
    assert [row[1] for rows in people.asked_rows(masked) for row in rows] == wanted
    assert [text for text, _ in people.asked_kinds(masked, "legal_person") if text] == sorted(
        filter(None, wanted)
    )
    whole = question(people, asked, by=LOCAL_ADMIN, unmasked=True)
    assert [line.cells[1] for line in answered(people, whole).lines] == ["张三", "李四光", None, "王"]


def test_personal_data_are_no_usual_column_and_no_search_finds_them(people: Store) -> None:
    asked = asking(ledger_id="employers")
    assert [field.title for field in asked.shown if field.personal] == []
    assert "用人单位名称" in [field.title for field in asked.shown]
    assert answered(people, question(people, replace(asked, text="张三"), by=LOCAL_ADMIN)).rows == 0


@pytest.mark.parametrize("role", ["leader", "official"])
def test_personal_data_are_for_whoever_may_see_them(people: Store, role: str) -> None:
    asked = asking(ledger_id="employers")
    assert question(people, asked, by=Viewer("a", "某人", role)).parts
    with pytest.raises(NotPermitted, match="查看个人信息"):
        question(people, asked, by=Viewer("a", "某人", role), unmasked=True)


def test_the_nation_lists_what_its_provinces_reported(store: Store) -> None:
    for name, region in (("陕西省", XIAN), ("河北省", "130100")):
        rows = [{"region_code": region, "county_code": "", "name": f"{name}甲", "completed": "是"}]
        saved(Province(store, name), LEDGER, rows, str(MAY))
    asked = asking(province="全国", columns=("region", "name"))
    whole = answered(store, question(store, asked, by=LOCAL_ADMIN))
    assert [line.cells for line in whole.lines] == [
        ("河北省石家庄市", "河北省甲"),
        ("陕西省西安市", "陕西省甲"),
    ]
    one = answered(store, question(store, replace(asked, regions=("610000",)), by=LOCAL_ADMIN))
    assert [line.cells[1] for line in one.lines] == ["陕西省甲"]
