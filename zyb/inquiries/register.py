"""The register of uploads (历史批次) asked for by filter, order and page, and as the parameters of an address.

What an address says and nobody knows is left out with a sentence: the lines that are then shown have chips that say
what they were filtered by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zyb.inquiries.words import filters_in_name
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster

LINES_A_PAGE = 50
# What a snapshot still says: of all that it spoke for, of some of it, of nothing since newer ones came, or withdrawn.
SNAPSHOT_STATES: Mapping[str, str] = {
    "in_force": "有效", "partly": "部分有效", "replaced": "已被替代", "withdrawn": "已撤回",
}  # fmt: skip
STATE_TONES: Mapping[str, str] = {
    "in_force": "good", "partly": "watch", "replaced": "missing", "withdrawn": "missing",
}  # fmt: skip
# The headings by which all lines can be put in order; without any the newest stand first.
SORTS: Mapping[str, str] = {
    "id": "批次", "state": "状态", "ledger": "台账", "as_of": "数据截至", "regions": "地区", "row_count": "行数",
    "file_name": "文件", "uploaded_by": "上报人", "uploaded_at": "上报时间",
}  # fmt: skip
LEDGER, REGION, STATE, BY, TEXT, SORT, PAGE = "ledger", "region", "state", "by", "text", "sort", "page"
KEYS = (LEDGER, REGION, STATE, BY, TEXT, SORT, PAGE)
# What is typed into an address is no book.
LONGEST_TEXT = 200
MOST_PAGES = 10**6


@dataclass(frozen=True, kw_only=True)
class RegisterInquiry:
    """Lines of the register of one province, or of all where it is blank. Empty filters ask nothing."""

    province: str = ""
    ledgers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    text: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1

    @property
    def unfiltered(self) -> RegisterInquiry:
        return RegisterInquiry(province=self.province, sort=self.sort, descending=self.descending)

    @property
    def filtered(self) -> bool:
        return bool(self.ledgers or self.regions or self.states or self.people or self.text)

    def sorted_by(self, name: str) -> RegisterInquiry:
        """A second click on a heading turns the order round."""
        turned = self.sort == name and not self.descending
        return replace(self, sort=name, descending=turned, page=1)


@dataclass(frozen=True)
class RegisterChip:
    """A filter in words, and the question without it."""

    words: str
    without: RegisterInquiry


def register_chips(asked: RegisterInquiry) -> tuple[RegisterChip, ...]:
    return tuple(_chips(replace(asked, page=1)))


def _chips(asked: RegisterInquiry) -> Iterator[RegisterChip]:
    for one in asked.ledgers:
        yield RegisterChip(ledgers()[one].title, replace(asked, ledgers=_but(asked.ledgers, one)))
    for one in asked.regions:
        name = load_roster(asked.province).name_of(one)
        yield RegisterChip(name, replace(asked, regions=_but(asked.regions, one)))
    for one in asked.states:
        yield RegisterChip(SNAPSHOT_STATES[one], replace(asked, states=_but(asked.states, one)))
    for one in asked.people:
        yield RegisterChip(f"上报人：{one}", replace(asked, people=_but(asked.people, one)))
    if asked.text:
        yield RegisterChip(f"含“{asked.text}”", replace(asked, text=""))


def _but(every: Sequence[str], one: str) -> tuple[str, ...]:
    return tuple(other for other in every if other != one)


def register_told(asked: RegisterInquiry) -> str:
    return "；".join(chip.words for chip in register_chips(asked)) or "没有筛选条件"


def register_file(asked: RegisterInquiry, mark: str = "") -> str:
    """陕西省历史批次_西安市_已撤回, without its ending; `mark` stands in front of invented data."""
    filters = filters_in_name(chip.words for chip in register_chips(asked))
    return "_".join(filter(None, (mark, f"{asked.province}历史批次", filters)))


# -- addresses --------------------------------------------------------------------------------


def register_address(asked: RegisterInquiry) -> dict[str, list[str]]:
    """Every parameter with its values, beside the province's; what asks nothing is left out."""
    said = {
        LEDGER: list(asked.ledgers), REGION: [load_roster(asked.province).name_of(code) for code in asked.regions],
        STATE: [SNAPSHOT_STATES[state] for state in asked.states], BY: list(asked.people),
        TEXT: [asked.text] if asked.text else [],
        SORT: [("-" if asked.descending else "") + asked.sort] if asked.sort else [],
        PAGE: [str(asked.page)] if asked.page > 1 else [],
    }  # fmt: skip
    return {key: values for key, values in said.items() if values}


def register_inquiry(
    province: str, address: Mapping[str, Sequence[str]]
) -> tuple[RegisterInquiry, tuple[str, ...]]:
    """What an address asks of a province's register, and of what it says the words that nobody knows."""
    unknown: list[str] = []

    def known(key: str, options: Mapping[str, str]) -> tuple[str, ...]:
        texts = tuple(dict.fromkeys(address.get(key, ())))
        unknown.extend(text for text in texts if text not in options)
        return tuple(options[text] for text in texts if text in options)

    sort = next(iter(address.get(SORT, ())), "")
    if sort and sort.removeprefix("-") not in SORTS:
        unknown.append(sort)
        sort = ""
    asked = RegisterInquiry(
        province=province, ledgers=known(LEDGER, {one: one for one in ledgers()}),
        regions=known(REGION, {name: code for code, name in load_roster(province).titles.items()}),
        states=known(STATE, {title: state for state, title in SNAPSHOT_STATES.items()}),
        people=tuple(dict.fromkeys(address.get(BY, ()))), text=next(iter(address.get(TEXT, ())), "")[:LONGEST_TEXT],
        sort=sort.removeprefix("-"), descending=sort.startswith("-"), page=_page(address),
    )  # fmt: skip
    return asked, tuple(unknown)


def _page(address: Mapping[str, Sequence[str]]) -> int:
    text = next(iter(address.get(PAGE, ())), "")
    return max(1, min(int(text), MOST_PAGES)) if text.isascii() and text.isdecimal() else 1
