"""The one path from the store to findings that page, documents and command line share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from zyb.crosscheck.facts import LinkWords, facts_of
from zyb.crosscheck.lists import ListsThen
from zyb.crosscheck.model import CheckFinding, CheckSurvey, FoundFact, Unchecked, ordered
from zyb.errors import NotPossible
from zyb.periods import chinese_day
from zyb.records import FindingRecord, LinkRecord, Snapshot
from zyb.rulebook.checks.cross_checks import CrossCheck, cross_checks, finding_states
from zyb.rulebook.regions import Roster, load_roster
from zyb.store import Store

FindingKey = tuple[str, str, str]


def check_survey(
    store: Store, province: str, on: date, known_at: datetime | None = None, check_id: str | None = None
) -> CheckSurvey:
    """The findings of all checks of a province, or of one, as the lists in force on the day say it."""
    roster = load_roster(province)
    wanted = [find_check(roster.province, check_id)] if check_id else list(cross_checks(roster.province))
    checks = tuple(check for check in wanted if check.asked_on(on))
    moment = ListsThen(store, roster, on, known_at)
    words = words_of(store.link_records(roster.province_code, known_at))
    records = last_records(store.finding_records(roster.province_code, known_at))
    register = store.snapshots(roster.province_code)
    days = {one.id: one.as_of for one in register}
    earlier = list(_before(moment, checks, register))
    found: list[CheckFinding] = []
    for check in checks:
        now = {fact.key: fact for fact in facts_of(moment, check, words)}
        found += [_finding(roster, fact, records.get(fact.key)) for fact in now.values()]
        found += _cleared(moment, check, now, earlier, words, records, days)
    return CheckSurvey(
        province=roster.province, on=on, known_at=known_at, checks=checks, findings=ordered(found),
        unchecked=tuple(_unchecked(moment, checks)), states=dict(finding_states()),
    )  # fmt: skip


def find_check(province: str, check_id: str) -> CrossCheck:
    known = {check.id: check for check in cross_checks(province)}
    if check_id not in known:
        raise NotPossible(f"{province}没有核查项目“{check_id[:40]}”。", f"可用的编号：{'、'.join(known)}。")
    return known[check_id]


# -- what people said -----------------------------------------------------------------------


def words_of(records: Iterable[LinkRecord]) -> LinkWords:
    """The last word about each pair holds; one that takes back leaves nothing."""
    last = {tuple(sorted((one.one, one.other))): (one.kind, (one.one, one.other)) for one in records}
    said = sorted(last.values())
    return LinkWords(
        tuple(pair for kind, pair in said if kind == "same"),
        tuple(pair for kind, pair in said if kind == "apart"),
    )


def last_records(records: Iterable[FindingRecord]) -> dict[FindingKey, FindingRecord]:
    return {(one.check_id, one.region_code, one.subject): one for one in records}


def _finding(roster: Roster, fact: FoundFact, record: FindingRecord | None) -> CheckFinding:
    """What was settled has to be borne out by the next report; what is no fault stays none."""
    state, told = "open", fact.told
    if record and record.kind == "refute":
        state = "refuted"
    elif record and record.kind == "settle":
        state = "settled" if fact.newest <= record.snapshot else "open"
        told = fact.told if state == "settled" else f"{fact.told}（销号后新的报送仍然如此）"
    return _told(roster, fact, state, record, told)


def _told(
    roster: Roster, fact: FoundFact, state: str, record: FindingRecord | None, told: str
) -> CheckFinding:
    counties = {county.code: county.name for county in roster.counties}
    return CheckFinding(
        fact=fact, region=roster.name_of(fact.region_code), county=counties.get(fact.county_code, ""),
        state=finding_states()[state], record=record, told=told,
    )  # fmt: skip


# -- what a new report has cleared ------------------------------------------------------------


def _before(
    moment: ListsThen, checks: Iterable[CrossCheck], register: Iterable[Snapshot]
) -> Iterator[ListsThen]:
    """The report before the newest, and what was known before the last upload: between them and now it cleared itself."""
    store, roster = moment.store, moment.roster
    wanted = sorted({ledger for check in checks for ledger in check.ledger_ids})
    days = [day for day in store.days(roster.province_code, wanted, moment.known_at) if day <= moment.on]
    if len(days) > 1:
        yield ListsThen(store, roster, days[-2], moment.known_at)
    now = set(moment.edition().snapshots)
    uploads = [one.uploaded_at for one in register if one.id in now and one.ledger in wanted]
    if uploads:
        yield ListsThen(store, roster, moment.on, max(uploads) - timedelta(microseconds=1))


def _cleared(
    moment: ListsThen,
    check: CrossCheck,
    now: Mapping[FindingKey, FoundFact],
    earlier: Iterable[ListsThen],
    words: LinkWords,
    records: Mapping[FindingKey, FindingRecord],
    days: Mapping[int, date],
) -> Iterator[CheckFinding]:
    # Of whom nobody can tell any more nothing has been cleared.
    unsent = moment.lists_of(check).unsent
    then = {
        fact.key: fact
        for before in earlier
        if check.asked_on(before.on)
        for fact in facts_of(before, check, words)
        if fact.key not in now and fact.region_code not in unsent
    }
    newest = {
        part.region_code: source.snapshot
        for part, source in sorted(moment.edition().sources, key=lambda said: said[1].snapshot)
        if part.ledger in check.ledger_ids
    }
    for key, fact in then.items():
        snapshot = newest.get(fact.region_code, 0)
        told = f"{fact.told}；{_by_what(snapshot, days)}，已经消除"
        yield _told(moment.roster, fact, "cleared", records.get(key), told)
    for key, record in records.items():
        if key[0] == check.id and key not in now and key not in then and key[1] not in unsent:
            yield _remembered(moment, check, record, _by_what(newest.get(key[1], 0), days))


def _by_what(snapshot: int, days: Mapping[int, date]) -> str:
    if snapshot not in days:
        return "有关名单已不在有效数据中"
    return f"按第{snapshot}批（数据截至{chinese_day(days[snapshot])}）"


def _remembered(moment: ListsThen, check: CrossCheck, record: FindingRecord, why: str) -> CheckFinding:
    """Found no more for longer: the record alone tells of whom."""
    fact = FoundFact(
        check=check, region_code=record.region_code, subject=record.subject, name=record.name, code="",
        county_code="", rows=(), told=record.name, newest=record.snapshot,
    )  # fmt: skip
    return _told(moment.roster, fact, "cleared", record, f"{record.name}：{why}，已经消除")


def _unchecked(moment: ListsThen, checks: Iterable[CrossCheck]) -> Iterator[Unchecked]:
    for check in checks:
        if check.not_in:
            lists = moment.lists_of(check)
            titles = "、".join(one.title for one in check.not_in)
            for code in lists.unsent:
                region = moment.roster.name_of(code)
                yield Unchecked(check, code, region, f"{region}没有报送{titles}，“{check.title}”无法核查。")
