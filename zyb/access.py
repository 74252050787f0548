"""Who may do what: roles as a plain table, and the one function that gives the reason of a refusal.

Nothing here knows how a person was recognised; `zyb.web.identity` brings the viewer. Pages ask `refusal` before they
offer something; whatever writes or hands out a file takes the viewer and says `insist`, whoever has asked before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from zyb.errors import NotPossible


class Permission(StrEnum):
    """Things a person may be allowed to do; the value is how a refusal names it."""

    VIEW_PROGRESS = "查看工作进展"
    READ_ORIGINALS = "下载上报原文件"
    UPLOAD = "上报台账"
    WITHDRAW = "撤回批次"
    CLAIM = "处理预警"
    TICK = "登记报送"
    EXEMPT = "认定免报"
    SETTLE = "处理核查问题"
    JUDGE = "调整评价"
    ISSUE = "签发通报"
    REWORD = "更换措辞"
    EXPORT = "下载简报和数据"
    UNMASK = "查看个人信息"
    QUERY = "使用查询语句"
    ADMINISTER = "管理系统"


@dataclass(frozen=True)
class Role:
    """A title people know and what it allows; `bound_to_region` means only within the viewer's own region."""

    title: str
    permissions: frozenset[Permission]
    bound_to_region: frozenset[Permission] = field(default_factory=frozenset)


_REPORTING = frozenset(
    {
        Permission.UPLOAD,
        Permission.READ_ORIGINALS,
        Permission.WITHDRAW,
        Permission.CLAIM,
        Permission.TICK,
        Permission.SETTLE,
    }
)
_READING = frozenset({Permission.VIEW_PROGRESS, Permission.EXPORT})
# 填报人员 sees every region (the league table is meant to be seen) but reports and answers only for its own.
# An original may hold names and addresses that no page shows: it goes to who reports, and to who checks reports.
ROLES: dict[str, Role] = {
    "official": Role("填报人员", _READING | _REPORTING, bound_to_region=_REPORTING),
    "leader": Role("领导", _READING),
    "analyst": Role(
        "分析人员",
        _READING
        | _REPORTING
        | {
            Permission.EXEMPT,
            Permission.JUDGE,
            Permission.ISSUE,
            Permission.REWORD,
            Permission.UNMASK,
            Permission.QUERY,
        },
    ),
    "admin": Role("管理员", frozenset(Permission)),
}


class Reporting(Protocol):
    """A reporting region, as far as permissions need it: code to compare, name to print."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class OwnRegion:
    """The region that a 填报人员 reports for."""

    code: str
    name: str


WHOLE_PROVINCE = OwnRegion("", "其他地区")


@dataclass(frozen=True)
class Viewer:
    """The person in front of the screen. `region` is a 填报人员's own region, None for everybody else."""

    user: str
    name: str
    role: str
    region: OwnRegion | None = None

    @property
    def title(self) -> str:
        """The role as people call it: 填报人员, 领导, 分析人员, 管理员."""
        role = ROLES.get(self.role)
        return role.title if role else "未授权人员"


LOCAL_ADMIN = Viewer(user="local", name="本机管理员", role="admin")


def on_this_machine(name: str | None = None) -> Viewer:
    """Whoever sits at this machine may do everything; `name` is who they say they are, for the record."""
    return replace(LOCAL_ADMIN, name=name) if name else LOCAL_ADMIN


class NotPermitted(NotPossible):
    """This viewer may not do this; the message is the whole reason."""


NOBODY = "未能确认您的身份。请关闭本页面，从程序给出的地址重新打开；如仍不行，请联系管理员。"
UNKNOWN_ROLE = "您的账号还没有分配角色。请联系管理员分配后再使用。"
NO_REGION = "您的账号还没有指定负责地区，暂时不能{act}。请联系管理员指定地区。"
NOT_ALLOWED = {
    Permission.VIEW_PROGRESS: "您没有查看此页面的权限。如工作需要，请联系管理员开通。",
    Permission.READ_ORIGINALS: "您没有下载上报原文件的权限。请联系分析人员，或联系管理员开通。",
    Permission.UPLOAD: "您没有上报台账的权限。请由本地区填报人员上报，或联系管理员开通。",
    Permission.WITHDRAW: "您没有撤回批次的权限。请由上报地区的填报人员撤回，或联系管理员开通。",
    Permission.CLAIM: "您没有处理预警的权限。请由滞后地区的填报人员或分析人员处理，或联系管理员开通。",
    Permission.TICK: "您没有登记报送的权限。请由报送地区的填报人员或分析人员登记，或联系管理员开通。",
    Permission.EXEMPT: "您没有认定免报的权限。请由分析人员认定，或联系管理员开通。",
    Permission.SETTLE: "您没有处理核查问题的权限。请由有关地区的填报人员或分析人员处理，或联系管理员开通。",
    Permission.JUDGE: "您没有调整评价的权限。请由分析人员调整，或联系管理员开通。",
    Permission.ISSUE: "您没有签发通报的权限。请由分析人员签发，或联系管理员开通。",
    Permission.REWORD: "您没有更换措辞的权限。请由分析人员更换，或联系管理员开通。",
    Permission.EXPORT: "您没有下载简报和数据的权限。如工作需要，请联系管理员开通。",
    Permission.UNMASK: "您没有查看个人信息的权限。如工作需要，请联系分析人员，或联系管理员开通。",
    Permission.QUERY: "您没有使用查询语句的权限。请用“数据查询”，或联系管理员开通。",
    Permission.ADMINISTER: "此页面只供管理员使用。如工作需要，请联系管理员办理。",
}
OTHER_REGION = {
    Permission.READ_ORIGINALS: "您只能下载本地区（{own}）上报的原文件。{other}的原文件请联系分析人员。",
    Permission.UPLOAD: "您只能上报本地区（{own}）的台账。{other}的台账请由当地填报人员上报。",
    Permission.WITHDRAW: "您只能撤回本地区（{own}）的批次。{other}的批次请由当地填报人员撤回。",
    Permission.CLAIM: "您只能处理本地区（{own}）的预警。{other}的预警请由当地填报人员处理。",
    Permission.SETTLE: "您只能处理本地区（{own}）的核查问题。{other}的核查问题请由分析人员或当地填报人员处理。",
    Permission.TICK: "您只能登记本地区（{own}）的报送。{other}的报送请由分析人员或当地填报人员登记。",
}


def refusal(viewer: Viewer | None, permission: Permission, region: Reporting | None = None) -> str | None:
    """Why this viewer may not do this (to this region), as a sentence to act on; None when they may.

    Without `region` the question is whether the page may be opened at all. Anything unknown is refused.
    """
    if viewer is None:
        return NOBODY
    role = ROLES.get(viewer.role)
    if role is None:
        return UNKNOWN_ROLE
    if permission not in role.permissions:
        return NOT_ALLOWED[permission]
    if permission in role.bound_to_region:
        return _refusal_by_region(viewer, permission, region)
    return None


def refusal_for(viewer: Viewer | None, permission: Permission, regions: Iterable[Reporting]) -> str | None:
    """The first reason of all that concern these regions; what speaks of no region speaks of the whole province."""
    reasons = (refusal(viewer, permission, region) for region in list(regions) or [WHOLE_PROVINCE])
    return next(filter(None, reasons), None)


def insist(viewer: Viewer | None, permission: Permission, *regions: Reporting) -> None:
    """Raise `NotPermitted` with the reason, unless the viewer may do this to all these regions (or at all)."""
    reason = refusal_for(viewer, permission, regions) if regions else refusal(viewer, permission)
    if reason:
        raise NotPermitted(reason)


SUPERSEDED = "此批次已被更新的批次取代，不能再自行撤回；如需改正，请重新上报，或联系分析人员处理。"


def late_withdrawal(viewer: Viewer, superseded: bool) -> str | None:
    """Whoever reports one region may take a snapshot back until the next one is in; others at any time."""
    role = ROLES.get(viewer.role)
    bound = role is not None and Permission.WITHDRAW in role.bound_to_region
    return SUPERSEDED if bound and superseded else None


def _refusal_by_region(viewer: Viewer, permission: Permission, region: Reporting | None) -> str | None:
    if viewer.region is None:
        return NO_REGION.format(act=permission.value)
    if region is None or region.code == viewer.region.code:
        return None
    return OTHER_REGION[permission].format(own=viewer.region.name, other=region.name)
