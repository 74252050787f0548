"""Who may do what, as a table that the people who decide it can read."""

from __future__ import annotations

import itertools

import pytest

from zyb.access import (
    LOCAL_ADMIN,
    NO_REGION,
    NOBODY,
    ROLES,
    UNKNOWN_ROLE,
    OwnRegion,
    Permission,
    Viewer,
    late_withdrawal,
    refusal,
)

JINAN, QINGDAO = OwnRegion("370100", "济南市"), OwnRegion("370200", "青岛市")

TABLE = """
    权限              填报人员  领导  分析人员  管理员
    查看工作进展      可        可    可        可
    上报台账          可        否    可        可
    下载上报原文件    可        否    可        可
    撤回批次          可        否    可        可
    登记报送          可        否    可        可
    认定免报          否        否    可        可
    处理核查问题      可        否    可        可
    处理预警          可        否    可        可
    调整评价          否        否    可        可
    签发通报          否        否    可        可
    更换措辞          否        否    可        可
    下载简报和数据    可        可    可        可
    查看个人信息      否        否    可        可
    使用查询语句      否        否    可        可
    管理系统          否        否    否        可
"""


def rows() -> list[tuple[str, str, bool]]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (line[0], title, mark == "可")
        for line in lines
        for title, mark in zip(head[1:], line[1:], strict=True)
    ]


def viewer(title: str) -> Viewer:
    role = next(key for key, role in ROLES.items() if role.title == title)
    return Viewer("someone", "某人", role, JINAN if role == "official" else None)


@pytest.mark.parametrize(("permission", "title", "allowed"), rows())
def test_a_role_allows_what_the_table_says(permission: str, title: str, allowed: bool) -> None:
    assert (refusal(viewer(title), Permission(permission)) is None) is allowed


def test_the_table_names_every_permission_and_every_role() -> None:
    assert {permission for permission, _, _ in rows()} == {str(permission) for permission in Permission}
    assert {title for _, title, _ in rows()} == {role.title for role in ROLES.values()}


def test_an_official_reports_and_answers_only_for_the_own_region() -> None:
    official = viewer("填报人员")
    assert refusal(official, Permission.UPLOAD, JINAN) is None
    assert refusal(official, Permission.UPLOAD, QINGDAO) == (
        "您只能上报本地区（济南市）的台账。青岛市的台账请由当地填报人员上报。"
    )
    assert refusal(official, Permission.WITHDRAW, QINGDAO) == (
        "您只能撤回本地区（济南市）的批次。青岛市的批次请由当地填报人员撤回。"
    )
    assert refusal(official, Permission.CLAIM, JINAN) is None
    assert refusal(official, Permission.CLAIM, QINGDAO) == (
        "您只能处理本地区（济南市）的预警。青岛市的预警请由当地填报人员处理。"
    )


def test_an_official_sees_every_region() -> None:
    assert refusal(viewer("填报人员"), Permission.VIEW_PROGRESS, QINGDAO) is None


def test_an_official_without_a_region_reports_nothing() -> None:
    official = Viewer("new", "新人", "official")
    assert refusal(official, Permission.UPLOAD) == NO_REGION.format(act="上报台账")


def test_an_analyst_reports_for_any_region() -> None:
    assert refusal(viewer("分析人员"), Permission.UPLOAD, QINGDAO) is None


@pytest.mark.parametrize("permission", Permission)
def test_nobody_and_unknown_roles_are_refused_everything(permission: Permission) -> None:
    assert refusal(None, permission) == NOBODY
    assert refusal(Viewer("x", "x", "root"), permission) == UNKNOWN_ROLE


def test_every_refusal_ends_with_something_to_do() -> None:
    asked = itertools.product([viewer(role.title) for role in ROLES.values()], Permission)
    told = list(filter(None, (refusal(who, permission, QINGDAO) for who, permission in asked)))
    assert len(told) == 27
    assert all("请" in sentence or "如" in sentence for sentence in told)


def test_the_local_administrator_may_do_everything() -> None:
    assert [refusal(LOCAL_ADMIN, permission, QINGDAO) for permission in Permission] == [None] * len(
        Permission
    )


@pytest.mark.parametrize("role", ROLES)
def test_whoever_reports_a_region_takes_back_only_what_nothing_newer_stands_upon(role: str) -> None:
    viewer = Viewer("wang", "王某", role, JINAN)
    bound = Permission.WITHDRAW in ROLES[role].bound_to_region
    assert late_withdrawal(viewer, superseded=False) is None
    assert (late_withdrawal(viewer, superseded=True) is not None) == bound
    assert bound == (role == "official")
