"""An inquiry stands whole in an address: what was asked is read again as it was, and what cannot be meant is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyb.errors import NotPossible
from zyb.inquiries.addresses import InquiryAddress, address_of, inquiry_of, is_ours
from zyb.inquiries.fields import BLANK, InquiryField, inquiry_fields
from zyb.inquiries.model import FIGURES, Asking, ColumnTest, Inquiry, StandingsInquiry
from zyb.inquiries.words import chips, filters_told, name_of_file
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster

PLACES = ("陕西省", "河北省", "全国")
DAY, LATER = date(2024, 6, 30), date(2024, 12, 31)
# As browsers carry them: no halves of characters.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NUMBERS = st.integers(0, 2**63 - 1)
NUMBERS_ONCE = st.lists(NUMBERS, max_size=2, unique=True).map(tuple)


def days() -> st.SearchStrategy[tuple[date, ...]]:
    return st.lists(st.dates(), min_size=1, max_size=2, unique=True).map(tuple)


def some(known: list[str], least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(known), min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def cell_tests(draw: st.DrawFn, field: InquiryField) -> ColumnTest:
    bounds = st.none() | (st.dates() if field.kind == "date" else NUMBERS)
    return ColumnTest(
        field.name,
        draw(some([*field.options, BLANK], most=2)),
        draw(some(["B", "06", "0610", "C", "301"])) if field.kind == "industry" else (),
        draw(bounds) if field.is_spanned else None,
        draw(bounds) if field.is_spanned else None,
        draw(TEXTS | st.just("")) if field.is_text and not field.personal else "",
    )


@st.composite
def inquiries(draw: st.DrawFn) -> Inquiry:
    roster = load_roster(draw(st.sampled_from(PLACES)))
    ledger_id = draw(st.sampled_from(sorted(ledgers())))
    known = inquiry_fields(ledger_id)
    own = [field for field in known.values() if field.own]
    asked = Inquiry(
        ledger_id=ledger_id, province=roster.province, days=draw(days()),
        regions=draw(some(sorted(roster.titles))),
        counties=draw(some([*(county.code for county in roster.counties[:30]), BLANK])),
        years=draw(NUMBERS_ONCE), snapshots=draw(NUMBERS_ONCE),
        text=draw(TEXTS | st.just("")), columns=draw(some(sorted(known), most=30)),
        sort=draw(st.sampled_from(["", *known])), page=draw(st.integers(1, 10_000)),
    )  # fmt: skip
    for field in draw(st.lists(st.sampled_from(own), max_size=3, unique=True)):
        asked = asked.testing(draw(cell_tests(field)))
    return replace(
        asked, page=draw(st.integers(1, 10_000)), descending=bool(asked.sort) and draw(st.booleans())
    )


@st.composite
def standings(draw: st.DrawFn) -> StandingsInquiry:
    roster = load_roster(draw(st.sampled_from(PLACES)))
    chosen = draw(some(sorted(measures(roster.province)), least=1, most=8))
    sort = draw(st.sampled_from(["", *chosen]))
    return StandingsInquiry(
        province=roster.province, days=draw(days()), measures=chosen, regions=draw(some(sorted(roster.titles))),
        figures=draw(some(list(FIGURES), least=1)), sort=sort, descending=bool(sort) and draw(st.booleans()),
    )  # fmt: skip


@given(inquiries() | standings())
def test_what_is_asked_comes_back_out_of_the_address(asked: Asking) -> None:
    written = address_of(asked)
    assert all(map(is_ours, written))
    assert inquiry_of(written) == asked
    assert inquiry_of(parse_qs(urlencode(written, doseq=True), keep_blank_values=True)) == asked


@given(inquiries() | standings())
def test_every_chip_takes_one_filter_away_until_none_is_left(asked: Asking) -> None:
    first = chips(asked)
    assert len({chip.words for chip in first}) <= len(first)
    for chip in first:
        assert len(chips(chip.without)) == len(first) - 1
        assert inquiry_of(address_of(chip.without)) == chip.without
    if isinstance(asked, Inquiry):
        assert chips(asked.unfiltered) == ()


BASE: InquiryAddress = {"table": ["governance_enterprises"], "province": ["陕西省"], "as_of": ["2024-06-30"]}
SLIPS = {
    "没有“nobody”这种台账。": {"table": ["nobody"]},
    "没有“秦国”这个省份。": {"province": ["秦国"]},
    "“2024-6-30”不是日期": {"as_of": ["2024-6-30"]},
    "没有写明数据截至哪一天": {"as_of": []},
    "并列的两个日期相同": {"beside": ["2024-06-30"]},
    "陕西省的名册中没有“石家庄市”": {"region": ["石家庄市"]},
    "陕西省没有代码为“130102”的县区": {"county": ["130102"]},
    "年度“今年”不是数字": {"year": ["今年"]},
    "批次“-1”不是数字": {"snapshot": ["-1"]},
    "批次“９”不是数字": {"snapshot": ["９"]},
    "没有“salary”这一列。": {"columns": ["name", "salary"]},
    "没有“salary”这一列，不能按它筛选": {"has.salary": ["1"]},
    "“是否完成治理”没有“大概”这个选项": {"is.completed": ["大概"]},
    "“行业”中的“Z99”不是行业代码": {"within.industry": ["Z99"]},
    "“备注”中的“B”不能用来筛选": {"within.note": ["B"]},
    "“备注”不是日期或数量": {"from.note": ["1"]},
    "“职工人数”不是文字": {"has.staff": ["1"]},
    "职工人数“十”不是数字": {"from.staff": ["十"]},
    "排序（sort）写了2次": {"sort": ["name", "staff"]},
    "没有“-name”这一列": {"sort": ["--name"]},
    "“法人代表”是个人信息，不能按它筛选": {"table": ["employers"], "has.legal_person": ["张"]},
    "没有“speed”这个指标": {"table": ["standings"], "measure": ["speed"]},
    "没有“speed”这个数值": {
        "table": ["standings"],
        "measure": ["governance_completion"],
        "figure": ["speed"],
    },
    "不在所选指标中": {"table": ["standings"], "sort": ["governance_completion"]},
}


@pytest.mark.parametrize("told", SLIPS)
def test_what_an_address_cannot_mean_is_refused_in_a_sentence(told: str) -> None:
    with pytest.raises(NotPossible, match="请核对地址") as refused:
        inquiry_of(BASE | SLIPS[told])
    assert told in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(NotPossible) as refused:
        inquiry_of(BASE | {"region": ["石家庄市"], "as_of": ["昨天"], "columns": ["salary"]})
    assert [word in str(refused.value) for word in ("石家庄市", "昨天", "salary")] == [True] * 3


def test_what_is_said_twice_is_said_once() -> None:
    asked = inquiry_of(
        BASE | {"region": ["榆林市"] * 2, "columns": ["name", "staff", "name"], "snapshot": ["3", "3"]}
    )
    assert isinstance(asked, Inquiry)
    assert (asked.regions, asked.columns, asked.snapshots) == (("610800",), ("name", "staff"), (3,))


def test_parameters_that_are_not_ours_are_left_alone() -> None:
    assert inquiry_of(BASE | {"embed": ["true"]}) == inquiry_of(BASE)
    assert not is_ours("embed") and not is_ours("is")


def asked_for(**said: list[str]) -> Asking:
    return inquiry_of(BASE | {key.replace("__", "."): values for key, values in said.items()})


def test_filters_are_told_as_people_say_them() -> None:
    asked = asked_for(
        region=["榆林市"], county=["610802", BLANK], text=["煤"], is__completed=["否", BLANK],
        within__industry=["B", "0610"], from__staff=["10"], from__enrolled_on=["2024-01-01"],
        to__enrolled_on=["2024-06-30"], has__hazards=["噪声"],
    )  # fmt: skip
    assert filters_told(asked) == (
        "榆林市；榆阳区；未写明县区；含“煤”；B 采矿业；0610 烟煤和无烟煤开采洗选；职工人数：不少于10；超标危害因素含“噪声”；"
        "纳入日期：2024-01-01至2024-06-30；是否完成治理：否、未填写"
    )
    assert filters_told(asked_for()) == "全省，没有筛选条件"


def test_a_file_is_named_by_filter_and_day_and_by_no_letter_that_a_disk_refuses() -> None:
    asked = asked_for(region=["榆林市"], is__completed=["否"], text=["a/b:c*?"])
    assert name_of_file(asked) == ("陕西省专项治理企业台账_榆林市_含abc_是否完成治理否（截至2024年6月30日）")
    both = asked_for(beside=["2024-05-31"])
    assert name_of_file(both, "演示数据") == (
        "演示数据_陕西省专项治理企业台账（截至2024年6月30日与2024年5月31日）"
    )
    many = asked_for(text=["很" * 200])
    assert len(f"{name_of_file(many)}.xlsx".encode()) < 255


def test_a_second_click_on_a_heading_turns_the_order_round() -> None:
    once = replace(asked_for(), page=7).sorted_by("staff")  # type: ignore[call-arg]
    assert isinstance(once, Inquiry)
    assert (once.sort, once.descending, once.page) == ("staff", False, 1)
    assert once.sorted_by("staff").descending and not once.sorted_by("staff").sorted_by("staff").descending
    assert not once.sorted_by("staff").sorted_by("name").descending
