"""An inquiry as the parameters of an address, and back: what is written is read as it was, whatever was asked.

What an address says and the rules do not know is refused in a sentence, all of it at once; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from zyb.errors import NotPossible, ZybError
from zyb.inquiries.fields import BLANK, InquiryField, inquiry_fields
from zyb.inquiries.model import FIGURES, MOST_DAYS, Asking, Bound, ColumnTest, Inquiry, StandingsInquiry
from zyb.rulebook.industries import classification
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.places.divisions import province_of
from zyb.rulebook.regions import Roster, load_roster

InquiryAddress = dict[str, list[str]]

TABLE, PROVINCE, DAY, BESIDE, REGION, COUNTY = "table", "province", "as_of", "beside", "region", "county"
YEAR, SNAPSHOT, TEXT, COLUMNS, SORT, PAGE = "year", "snapshot", "text", "columns", "sort", "page"
MEASURE, FIGURE, STANDINGS = "measure", "figure", "standings"
IS, WITHIN, FROM, TO, HAS = "is", "within", "from", "to", "has"
TESTS = (IS, WITHIN, FROM, TO, HAS)
KEYS = frozenset(
    (TABLE, PROVINCE, DAY, BESIDE, REGION, COUNTY, YEAR, SNAPSHOT, TEXT, COLUMNS, SORT, PAGE, MEASURE, FIGURE)
)
REMEDY = "请核对地址中的查询条件。"
# As large as the store's whole numbers.
LARGEST = 2**63 - 1

# 这一列, 这个指标
ONE_OF = {"列": "一列", "指标": "个指标", "数值": "个数值"}

T = TypeVar("T")


def is_ours(key: str) -> bool:
    """Whether a parameter of the address belongs to the inquiry."""
    return key in KEYS or (key.partition(".")[0] in TESTS and "." in key)


# -- writing --------------------------------------------------------------------------------


def address_of(asked: Asking) -> InquiryAddress:
    """Every parameter with its values, in a fixed order; what asks nothing is left out."""
    roster = load_roster(asked.province)
    said: dict[str, list[str]] = {
        PROVINCE: [asked.province],
        DAY: [day.isoformat() for day in asked.days[:1]],
        BESIDE: [day.isoformat() for day in asked.days[1:]],
        REGION: [roster.name_of(code) for code in asked.regions],
        SORT: [("-" if asked.descending else "") + asked.sort] if asked.sort else [],
    }
    said = (
        {TABLE: [_table(asked)]}
        | said
        | (_of_rows(asked) if isinstance(asked, Inquiry) else _of_standings(asked))
    )
    return {key: values for key, values in said.items() if values}


def _table(asked: Asking) -> str:
    return asked.ledger_id if isinstance(asked, Inquiry) else STANDINGS


def _of_rows(asked: Inquiry) -> InquiryAddress:
    said = {
        COUNTY: list(asked.counties),
        YEAR: [str(year) for year in asked.years],
        SNAPSHOT: [str(number) for number in asked.snapshots],
        TEXT: [asked.text] if asked.text else [],
        COLUMNS: list(asked.columns),
        PAGE: [str(asked.page)] if asked.page > 1 else [],
    }
    for test in asked.tests:
        said |= {
            f"{IS}.{test.column}": list(test.values),
            f"{WITHIN}.{test.column}": list(test.within),
            f"{FROM}.{test.column}": [str(test.since)] if test.since is not None else [],
            f"{TO}.{test.column}": [str(test.until)] if test.until is not None else [],
            f"{HAS}.{test.column}": [test.holds] if test.holds else [],
        }
    return said


def _of_standings(asked: StandingsInquiry) -> InquiryAddress:
    figures = [] if asked.figures == ("value",) else list(asked.figures)
    return {MEASURE: list(asked.measures), FIGURE: figures}


# -- reading --------------------------------------------------------------------------------


def inquiry_of(address: Mapping[str, Sequence[str]]) -> Asking:
    """What an address asks; `NotPossible` with a sentence for each thing that it cannot mean."""
    said = _AddressRead(address)
    asked = said.standings() if said.one(TABLE, "查询内容") == STANDINGS else said.rows()
    if said.faults or asked is None:
        raise NotPossible("".join(said.faults), REMEDY)
    return asked


class _AddressRead:
    """An address that is read word for word; what is wrong with it gathers in `faults`."""

    def __init__(self, address: Mapping[str, Sequence[str]]) -> None:
        self.address = address
        self.faults: list[str] = []
        self.roster = self._read_roster()

    def rows(self) -> Inquiry | None:
        ledger_id = self.one(TABLE, "查询内容")
        if ledger_id not in ledgers():
            self.faults.append(f"没有“{ledger_id}”这种台账。")
            return None
        known = inquiry_fields(ledger_id)
        sort, descending = self._sort(known, "列")
        return Inquiry(
            ledger_id=ledger_id, province=self.roster.province, days=self._days(), regions=self._regions(),
            counties=self.each(COUNTY, self._county), years=self.each(YEAR, lambda text: self._number(text, "年度")),
            snapshots=self.each(SNAPSHOT, lambda text: self._number(text, "批次")), text=self.one(TEXT, "文字"),
            tests=tuple(self._tests(known)), columns=self.each(COLUMNS, lambda text: self._among(text, known, "列")),
            sort=sort, descending=descending, page=self._page(),
        )  # fmt: skip

    def standings(self) -> StandingsInquiry:
        known = measures(self.roster.province)
        sort, descending = self._sort(known, "指标")
        asked = StandingsInquiry(
            province=self.roster.province, days=self._days(),
            measures=self.each(MEASURE, lambda text: self._among(text, known, "指标")), regions=self._regions(),
            figures=self.each(FIGURE, lambda text: self._among(text, FIGURES, "数值")) or ("value",),
            sort=sort, descending=descending,
        )  # fmt: skip
        if sort and sort not in asked.measures:
            self.faults.append(f"排序的指标“{sort}”不在所选指标中。")
        return asked

    # -- words ------------------------------------------------------------------------------

    def one(self, key: str, called: str) -> str:
        values = list(self.address.get(key, ()))
        if len(values) > 1:
            self.faults.append(f"地址中的{called}（{key}）写了{len(values)}次，只能写一次。")
        return values[0] if values else ""

    def each(self, key: str, read: Callable[[str], T | None]) -> tuple[T, ...]:
        """What is said twice is said once."""
        found = (read(text) for text in dict.fromkeys(self.address.get(key, ())))
        return tuple(one for one in found if one is not None)

    def _read_roster(self) -> Roster:
        name = self.one(PROVINCE, "省份")
        try:
            return load_roster(province_of(name).code)
        except ZybError:
            raise NotPossible(f"没有“{name}”这个省份。" if name else "没有写明省份。", REMEDY) from None

    def _days(self) -> tuple[date, ...]:
        texts = [text for key in (DAY, BESIDE) if (text := self.one(key, "日期"))]
        days = tuple(day for text in texts if (day := self._day(text)))
        if not texts:
            self.faults.append("没有写明数据截至哪一天（as_of）。")
        if len(set(days)) < len(days):
            self.faults.append("并列的两个日期相同。")
        return days[:MOST_DAYS]

    def _day(self, text: str) -> date | None:
        """As calendars write it and no other way: what is written is read again as the same text."""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            self.faults.append(f"“{text}”不是日期，应写成2024-06-30的样子。")
            return None
        return day

    def _number(self, text: str, called: str) -> int | None:
        if not (text.isascii() and text.isdecimal() and str(int(text[:20])) == text and int(text) <= LARGEST):
            self.faults.append(f"{called}“{text}”不是数字。")
            return None
        return int(text)

    def _page(self) -> int:
        text = self.one(PAGE, "页码")
        return max(1, self._number(text, "页码") or 1) if text else 1

    def _regions(self) -> tuple[str, ...]:
        codes = {name: code for code, name in self.roster.titles.items()}
        return self.each(REGION, lambda name: self._among_places(name, codes))

    def _among_places(self, name: str, codes: Mapping[str, str]) -> str | None:
        if name not in codes:
            self.faults.append(f"{self.roster.province}的名册中没有“{name}”。")
        return codes.get(name)

    def _county(self, code: str) -> str | None:
        if code != BLANK and all(county.code != code for county in self.roster.counties):
            self.faults.append(f"{self.roster.province}没有代码为“{code}”的县区。")
            return None
        return code

    def _among(self, name: str, known: Mapping[str, object], called: str) -> str | None:
        if name not in known:
            self.faults.append(f"没有“{name}”这{ONE_OF[called]}。")
            return None
        return name

    def _sort(self, known: Mapping[str, object], called: str) -> tuple[str, bool]:
        text = self.one(SORT, "排序")
        descending = text.startswith("-")
        name = self._among(text.removeprefix("-"), known, called) if text else ""
        return name or "", descending and bool(name)

    # -- tests of columns -------------------------------------------------------------------

    def _tests(self, known: Mapping[str, InquiryField]) -> Iterator[ColumnTest]:
        asked = {key.partition(".")[2] for key in self.address if is_ours(key) and "." in key}
        for name in sorted(asked - known.keys()):
            self.faults.append(f"没有“{name}”这一列，不能按它筛选。")
        for name, field in known.items():
            if name in asked and (test := self._test(field)).asks:
                yield test

    def _test(self, field: InquiryField) -> ColumnTest:
        return ColumnTest(
            field.name,
            self.each(f"{IS}.{field.name}", lambda text: self._option(text, field)),
            self.each(f"{WITHIN}.{field.name}", lambda text: self._industry(text, field)),
            self._bound(FROM, field),
            self._bound(TO, field),
            self._held(field),
        )

    def _option(self, text: str, field: InquiryField) -> str | None:
        if field.own and text in (*field.options, BLANK):
            return text
        self.faults.append(f"“{field.title}”没有“{text}”这个选项。")
        return None

    def _industry(self, code: str, field: InquiryField) -> str | None:
        if field.kind == "industry" and classification().knows(code):
            return code
        told = "不是行业代码" if field.kind == "industry" else "不能用来筛选，这一列不是行业"
        self.faults.append(f"“{field.title}”中的“{code}”{told}。")
        return None

    def _bound(self, end: str, field: InquiryField) -> Bound:
        text = self.one(f"{end}.{field.name}", f"“{field.title}”的范围")
        if not text:
            return None
        if not field.is_spanned:
            self.faults.append(f"“{field.title}”不是日期或数量，没有范围。")
            return None
        return self._day(text) if field.kind == "date" else self._number(text, field.title)

    def _held(self, field: InquiryField) -> str:
        text = self.one(f"{HAS}.{field.name}", f"“{field.title}”的文字")
        if text and field.personal:
            self.faults.append(f"“{field.title}”是个人信息，不能按它筛选。")
        elif text and not (field.own and field.is_text):
            self.faults.append(f"“{field.title}”不是文字，不能按其中的文字筛选。")
        else:
            return text
        return ""
