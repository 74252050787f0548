"""From a Briefing to an issued bulletin and back: what was issued is produced again exactly as it was."""

from __future__ import annotations

from dataclasses import replace

from zyb.access import Permission, Viewer, insist
from zyb.briefing.issued.bulletins import Bulletin, Draft, bulletin, bulletins, content, issue
from zyb.briefing.issued.freezing import frozen, thawed
from zyb.briefing.model import Briefing, Request
from zyb.errors import NotPossible
from zyb.periods import chinese_day, chinese_moment
from zyb.store import Store


def sign(
    store: Store,
    briefing: Briefing,
    *,
    by: Viewer,
    revises: int | None = None,
    changes: str = "",
    seen: int | None = None,
) -> Bulletin:
    """Issue the briefing under the next number: edition, verdicts and text are frozen.

    A failed check that nobody let stand as a note refuses it. The same text has one number, however often and from
    however many windows it is signed: who signs it again gets that number, anybody else is told who has signed it.
    `seen` is the newest of the series that whoever signs has looked at: one that came since is told first.
    """
    insist(by, Permission.ISSUE)
    if briefing.blocked:
        odd = "、".join(check.told for check in briefing.checks if check.blocks)
        raise NotPossible(f"校核未通过：{odd}。", "请改正数据，或勾选“作为说明写入”后再签发。")
    request = briefing.request
    with store.exclusively():
        if twin := _twin(store, briefing, revises, changes):
            return _same_again(twin, by.name)
        if seen is not None:
            _refuse_unread(store, request, seen)
        kept = _marked(store, briefing, revises, changes)
        return issue(store, Draft(
            province=request.province, kind=request.kind, title="".join(briefing.title), on=request.on,
            known_at=briefing.known_at, content=frozen(kept), campaign=request.campaign, region_code=request.region_code,
            checks=[_check(briefing, n, by.name) for n in range(len(briefing.checks))], revises=revises, changes=changes,
        ), by=by.name)  # fmt: skip


def issued_on_the_same(store: Store, request: Request) -> list[Bulletin]:
    """What was issued in the series of the report, of whatever day: its kind, campaign and region. Newest first."""
    return [
        signed
        for signed in bulletins(store, request.province)
        if (signed.kind, signed.campaign, signed.region_code)
        == (request.kind, request.campaign, request.region_code)
    ]


def _refuse_unread(store: Store, request: Request, seen: int) -> None:
    for signed in issued_on_the_same(store, request):
        if signed.id > seen and signed.issued_at:
            when = chinese_moment(signed.issued_at)
            raise NotPossible(
                f"{signed.issued_by}已于{when}签发{signed.label}《{signed.title}》（数据截至{chinese_day(signed.on)}）。",
                "您的报告没有签发，请核对后再决定。",
            )


def _twin(store: Store, briefing: Briefing, revises: int | None, changes: str) -> Bulletin | None:
    """What was issued with the very same text, of figures known at another moment, and has not been corrected since."""
    request = briefing.request
    known = issued_on_the_same(store, request)
    corrected = {signed.revises for signed in known}
    for signed in known:
        if (signed.on, signed.revises) == (request.on, revises) and signed.id not in corrected:
            text = _marked(store, replace(briefing, known_at=signed.known_at), revises, changes)
            if thawed(content(store, signed)) == text:
                return signed
    return None


def _same_again(twin: Bulletin, by: str) -> Bulletin:
    if twin.issued_by != by and twin.issued_at:
        when = chinese_moment(twin.issued_at)
        raise NotPossible(
            f"这份报告已由{twin.issued_by}于{when}签发为{twin.label}，内容完全相同。",
            "不必重复签发；如需更正，请修改后选择“修订”。",
        )
    return twin


def _marked(store: Store, briefing: Briefing, revises: int | None, changes: str) -> Briefing:
    """A correction says in its own text what it corrects."""
    if revises is None:
        return briefing
    wrong = bulletin(store, revises)
    note = f"本期修订{wrong.label}《{wrong.title}》：{changes.strip()}"
    return replace(briefing, revises=wrong.label, changes=changes.strip(), notes=(*briefing.notes, note))


def _check(briefing: Briefing, number: int, by: str) -> dict[str, object]:
    found = briefing.checks[number]
    return {
        "title": found.title, "passed": found.passed, "detail": found.detail,
        "accepted_by": by if found.accepted else "",
    }  # fmt: skip


def issued(store: Store, signed: Bulletin) -> Briefing:
    """The briefing of an issued bulletin, whatever was uploaded or withdrawn since."""
    return thawed(content(store, signed))
