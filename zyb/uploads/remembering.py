"""What officials have explained of headings and places, remembered and forgotten: by whom it may be."""

from __future__ import annotations

from zyb.access import WHOLE_PROVINCE, NotPermitted, OwnRegion, Permission, Viewer, insist, refusal
from zyb.records import Explanation, Learned
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.store import Store

PROVINCE_ONLY = (
    "{全省}共用的说明由分析人员或管理员删除；如不适用于本地区，在上报时重新指定即可，以本地区的为准。"
)


def remember(store: Store, roster: Roster, said: Learned, *, by: Viewer, unit: str = "") -> list[Explanation]:
    """As `Store.learn`. What is said of a file of several regions, or of none known, holds for the whole province."""
    insist(by, Permission.UPLOAD, _region(roster, unit) if unit else WHOLE_PROVINCE)
    return store.learn(roster.province_code, said, by=by.name, unit=unit)


def forget(store: Store, roster: Roster, known: Explanation, *, by: Viewer) -> None:
    """As `Store.forget`."""
    if reason := refusal_to_forget(by, roster, known):
        raise NotPermitted(reason)
    store.forget(roster.province_code, known, by=by.name)


def refusal_to_forget(viewer: Viewer, roster: Roster, known: Explanation) -> str | None:
    """Who answers for one region may change what is remembered for it, not what all others rely on."""
    if known.unit:
        return refusal(viewer, Permission.UPLOAD, _region(roster, known.unit))
    told = level_words(roster.province).filled(PROVINCE_ONLY)
    return told if refusal(viewer, Permission.UPLOAD, WHOLE_PROVINCE) else None


def _region(roster: Roster, code: str) -> OwnRegion:
    return OwnRegion(code, roster.name_of(code))
