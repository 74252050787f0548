"""From a Briefing to an issued bulletin and back: what was issued is produced again exactly as it was."""

from __future__ import annotations

from dataclasses import replace

from zyb.briefing.freezing import frozen, thawed
from zyb.briefing.model import Briefing
from zyb.bulletins import Bulletin, Draft, bulletin, content, issue
from zyb.errors import NotPossible
from zyb.store import Store


def sign(
    store: Store, briefing: Briefing, *, by: str, revises: int | None = None, changes: str = ""
) -> Bulletin:
    """Issue the briefing under the next number: edition, verdicts and text are frozen.

    A failed check that nobody let stand as a note refuses it.
    """
    if briefing.blocked:
        odd = "、".join(check.told for check in briefing.checks if check.blocks)
        raise NotPossible(f"校核未通过：{odd}。", "请改正数据，或勾选“作为说明写入”后再签发。")
    request = briefing.request
    kept = _marked(store, briefing, revises, changes)
    return issue(store, Draft(
        province=request.province, kind=request.kind, title="".join(briefing.title), on=request.on,
        known_at=briefing.known_at, content=frozen(kept), campaign=request.campaign, region_code=request.region_code,
        checks=[_check(briefing, n, by) for n in range(len(briefing.checks))], revises=revises, changes=changes,
    ), by=by)  # fmt: skip


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
