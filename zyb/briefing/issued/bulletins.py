"""Issued bulletins: numbered, frozen, never changed. A correction is a new number that says what changed.

What a bulletin holds is made elsewhere; here it is a text that comes back exactly as it was issued,
whatever is uploaded, withdrawn or judged anew afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zyb.errors import NotPossible
from zyb.rulebook.regions import load_roster
from zyb.store import Bulletin as Bulletin
from zyb.store import Store, fingerprint

KINDS = {
    "weekly": "周小结", "monthly": "月分析", "quarterly": "季通报", "yearly": "年度总结", "supervision": "督办单",
}  # fmt: skip

CheckLine = Mapping[str, object]
"""One line of the 校核 list with who decided what; its keys are its maker's."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is to be issued. `content` is its maker's own text (JSON), frozen as known at `known_at` (UTC)."""

    province: str
    kind: str
    title: str
    on: date
    known_at: datetime
    content: str
    campaign: str = ""
    """Empty for all campaigns."""
    region_code: str = ""
    """Empty for the whole province."""
    checks: Sequence[CheckLine] = ()
    revises: int | None = None
    """Id of the bulletin that it corrects."""
    changes: str = ""
    """What it corrects."""


def issue(store: Store, draft: Draft, *, by: str, at: datetime | None = None) -> Bulletin:
    """The draft under the next number of its province and year (the year of the day that it speaks of).

    `at` is for a history told afterwards (the demo).
    """
    _complete(store, draft)
    roster = load_roster(draft.province)
    if draft.region_code and roster.region(draft.region_code) is None:
        raise NotPossible(f"{roster.province}没有代码为“{draft.region_code}”的地区。", "请重新选择地区。")
    if draft.revises is not None:
        _corrects(draft, bulletin(store, draft.revises), roster.province_code)
    number = store.add_bulletin(
        Bulletin(
            province_code=roster.province_code, year=draft.on.year, kind=draft.kind, title=draft.title.strip(), campaign=draft.campaign, region_code=draft.region_code,
            on=draft.on, known_at=draft.known_at, issued_by=by, sha256=fingerprint(draft.content.encode()),
            checks=json.dumps([dict(check) for check in draft.checks], ensure_ascii=False), revises=draft.revises, changes=draft.changes.strip(),
        ),
        draft.content,
        at=at,
    )  # fmt: skip
    return bulletin(store, number)


def bulletins(store: Store, province: str) -> list[Bulletin]:
    """The issued bulletins of a province, newest first."""
    return store.bulletins(load_roster(province).province_code)


def bulletin(store: Store, number: int) -> Bulletin:
    """The bulletin with this id."""
    found = store.bulletins(number=number)
    if not found:
        raise NotPossible("没有这一期通报。", "请在已签发的清单中核对。")
    return found[0]


def content(store: Store, issued: Bulletin) -> str:
    """The text as it was issued, byte for byte."""
    return store.bulletin_content(issued.id)


def checks(issued: Bulletin) -> list[dict[str, Any]]:
    """The 校核 list as it was handed in."""
    found: list[dict[str, Any]] = json.loads(issued.checks)
    return found


def _complete(store: Store, draft: Draft) -> None:
    if draft.kind not in KINDS:
        raise NotPossible(f"没有种类“{draft.kind}”。", f"可用的种类：{'、'.join(KINDS.values())}。")
    if not draft.title.strip() or not draft.content.strip():
        raise NotPossible("标题或正文为空，不能签发。", "请补充后重试。")
    if draft.known_at.tzinfo is None or draft.known_at > store.now():
        raise NotPossible("取数时间有误，不能签发。", "请重新生成后再签发。")
    if draft.revises is None and draft.changes.strip():
        raise NotPossible("没有指明修订的是哪一期。", "请选择被修订的一期，或清空修订说明。")
    if draft.revises is not None and not draft.changes.strip():
        raise NotPossible("修订需要写明改了什么。", "请填写修订说明后重试。")


def _corrects(draft: Draft, wrong: Bulletin, province_code: str) -> None:
    """A correction speaks of the same thing as what it corrects."""
    same = (province_code, draft.kind, draft.campaign, draft.region_code)
    if same != (wrong.province_code, wrong.kind, wrong.campaign, wrong.region_code):
        raise NotPossible(
            f"{wrong.label}与本期的省份、种类、专项或地区不同，不能作为被修订的一期。",
            "请重新选择被修订的一期。",
        )
