"""What the lists in force say that cannot be, check by check: worked out once for the same lists, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from zyb.crosscheck.candidates import Candidate, candidates
from zyb.crosscheck.lists import CheckedLists, ListsThen, newest_of
from zyb.crosscheck.model import FoundFact
from zyb.periods import month_end
from zyb.records import NO_YEAR, FirmRow, Part
from zyb.rulebook.book import remembered
from zyb.rulebook.checks.cross_checks import CrossCheck
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Roster, load_roster
from zyb.store import IdentityPairs, Store

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class LinkWords:
    """IdentityPairs of identities of which people have said that they are the same employer, or are not."""

    same: IdentityPairs = ()
    apart: IdentityPairs = ()


def facts_of(moment: ListsThen, check: CrossCheck, words: LinkWords) -> tuple[FoundFact, ...]:
    if check.agreement:
        return tuple(_counted(moment, check))
    return compared(moment.store, moment.roster.province, moment.lists_of(check), words)


@remembered(64)
def compared(store: Store, province: str, lists: CheckedLists, words: LinkWords) -> tuple[FoundFact, ...]:
    """Lists in force never change, so a page pays for them once."""
    roster = load_roster(province)
    if lists.check.kind == "missing":
        return tuple(_missing(store, roster, lists, words))
    rows = store.repeated(roster, lists.check.kind, lists.of)
    return tuple(REPEATED[lists.check.kind](roster, lists, rows))


# -- who is not where they should be --------------------------------------------------------


def _missing(store: Store, roster: Roster, lists: CheckedLists, words: LinkWords) -> Iterator[FoundFact]:
    ours, theirs = store.unlinked(roster, lists.of, lists.not_in, words.same, words.apart)
    likely = candidates(roster, ours, theirs, words.apart)
    elsewhere = "、".join(one.choice.title for one in lists.not_in)
    # Who stands in a row that does not count is not found either.
    wanted = "符合条件的记录" if any(one.choice.where for one in lists.not_in) else "这家企业"
    for (region, identity), rows in _grouped(ours, lambda row: (row.region_code, row.identity)):
        close = likely.get(identity, ())
        told = f"{_called(rows[0])}列入{_titles(lists, rows)}，{elsewhere}中没有{wanted}"
        hint = f"；有{len(close)}家名称或代码相近，请认定是不是同一家" if close else ""
        yield _fact(lists, region, identity, rows, told + hint, close)


def _titles(lists: CheckedLists, rows: Sequence[FirmRow]) -> str:
    known = {row.ledger for row in rows}
    return "、".join(dict.fromkeys(one.choice.title for one in lists.of if one.choice.ledger in known))


# -- who stands where they should not, or more than once ------------------------------------


def _in_regions(roster: Roster, lists: CheckedLists, rows: Sequence[FirmRow]) -> Iterator[FoundFact]:
    """Each of the regions has it to look into, its own rows first."""
    for code, every in _grouped(rows, lambda row: row.code):
        regions = list(dict.fromkeys(row.region_code for row in every))
        names = "、".join(map(roster.name_of, regions))
        for region in regions:
            own = sorted(every, key=lambda row: row.region_code != region)
            yield _fact(lists, region, code, own, f"{_called(own[0])}出现在{len(regions)}个地区：{names}")


def _with_codes(_: Roster, lists: CheckedLists, rows: Sequence[FirmRow]) -> Iterator[FoundFact]:
    for (region, place, name), own in _grouped(rows, lambda row: (row.region_code, row.place, row.name)):
        codes = dict.fromkeys((row.code, row.sure) for row in own)
        said = "、".join(code if sure else f"{code}（校验位不符）" for code, sure in codes)
        told = f"{own[0].told_name}有{len(codes)}个统一社会信用代码：{said}"
        yield replace(_fact(lists, region, f"{place}|{name}", own, told), code="")


def _twice(_: Roster, lists: CheckedLists, rows: Sequence[FirmRow]) -> Iterator[FoundFact]:
    nameless = {(row.ledger, row.year, row.place, row.name) for row in rows if not row.code}

    def who(row: FirmRow) -> tuple[str, str, int, str]:
        """By code; where one of several rows of a name has none, by name."""
        by_name = (row.ledger, row.year, row.place, row.name) in nameless
        return row.region_code, row.ledger, row.year, _by_name(row) if by_name else row.code

    for (region, ledger, year, key), own in _grouped(rows, who):
        where = f"《{ledgers()[ledger].title}》{f'（{year}年）' if year else ''}"
        lines = "、".join(f"第{row.line}行" for row in own)
        subject = " ".join(filter(None, (ledger, str(year or ""), key)))
        yield _fact(lists, region, subject, own, f"{_called(own[0])}在{where}中列了{len(own)}次：{lines}")


REPEATED: dict[str, Callable[[Roster, CheckedLists, Sequence[FirmRow]], Iterator[FoundFact]]] = {
    "regions": _in_regions, "codes": _with_codes, "twice": _twice,
}  # fmt: skip


def _fact(
    lists: CheckedLists,
    region: str,
    subject: str,
    rows: Sequence[FirmRow],
    told: str,
    close: tuple[Candidate, ...] = (),
) -> FoundFact:
    first = rows[0]
    return FoundFact(
        check=lists.check, region_code=region, subject=subject, name=first.told_name, code=first.told_code,
        county_code=first.county_code, rows=tuple(rows), told=told, newest=lists.newest.get(region, 0), candidates=close,
    )  # fmt: skip


def _by_name(row: FirmRow) -> str:
    return f"{row.place or row.region_code}|{row.name}"


def _called(row: FirmRow) -> str:
    return f"{row.told_name}（{row.told_code}）" if row.told_code else f"{row.told_name}（没有代码）"


def _grouped(rows: Iterable[FirmRow], key: Callable[[FirmRow], K]) -> Iterator[tuple[K, list[FirmRow]]]:
    """In the order in which their first rows come."""
    found: dict[K, list[FirmRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    yield from found.items()


# -- a summary and its list -----------------------------------------------------------------


def _counted(moment: ListsThen, check: CrossCheck) -> Iterator[FoundFact]:
    """Of two that were reported in the same month: otherwise one of them is merely older."""
    agreed = check.agreement
    assert agreed
    edition = moment.edition()
    summary, listed = ledgers()[check.summary], ledgers()[agreed.ledger]
    totals = moment.store.totals([edition], [agreed.tally, agreed.their])[0]
    newest = newest_of(said for said in edition.sources if said[0].ledger in check.ledger_ids)
    for region in moment.roster.regions:
        ours, theirs = (Part(one.id, region.code, NO_YEAR) for one in (summary, listed))
        one, other = totals.amount(ours, agreed.tally), totals.amount(theirs, agreed.their)
        if one is None or other is None or one == other:
            continue
        if month_end(totals.sources[ours].as_of) == month_end(totals.sources[theirs].as_of):
            title = summary.column(agreed.tally).title
            told = f"{region.name}{title}不一致：《{summary.title}》为{one}，《{listed.title}》为{other}"
            yield FoundFact(
                check=check, region_code=region.code, subject=f"{summary.id}.{agreed.tally}", name=title, code="",
                county_code="", rows=(), told=told, newest=newest[region.code],
            )  # fmt: skip
