"""Whoever may not, cannot: every act that changes something or hands out a file refuses by itself, without a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from tests.spec.conftest import Province, submission
from tests.spec.firms import code, sends
from zyb.access import NOT_ALLOWED, ROLES, NotPermitted, OwnRegion, Permission, Viewer
from zyb.alerting import claim, note, release, supervision_sheet
from zyb.answers.inquiring import question
from zyb.answers.judging import override, take_back
from zyb.answers.saving import forget_view, note_unmasked, save_view
from zyb.answers.side_by_side import side_by_side
from zyb.answers.ticking import tick, untick
from zyb.briefing.composing import compose
from zyb.briefing.issued.issuing import sign
from zyb.briefing.model import Request
from zyb.briefing.text.rewording import give_up, take
from zyb.crosscheck import FindingPlace, check_survey, link, refute, reopen, settle, unlink
from zyb.errors import NotPossible
from zyb.exports.books.findings import findings_workbook
from zyb.exports.books.unfinished import unfinished_workbook
from zyb.exports.documents import FORMATS, TEXT
from zyb.exports.inquiries.register import register_taken
from zyb.exports.inquiries.rows import rows_taken
from zyb.exports.inquiries.standings import standings_taken
from zyb.exports.inquiries.statements import statement_taken
from zyb.inquiries.model import Inquiry, StandingsInquiry
from zyb.inquiries.register import RegisterInquiry
from zyb.records import Learned
from zyb.rulebook.regions import load_roster
from zyb.sqldesk import DeskAnswer
from zyb.store import Store
from zyb.store.desk.running import DeskRows
from zyb.uploads import (
    Prepared,
    accept_all,
    compare_all,
    forget,
    original,
    remember,
    take_note_of_loss,
    withdraw,
)

ROSTER, MEASURE, DAY = load_roster("陕西省"), "governance_completion", date(2024, 3, 31)
YULIN, XIAN = "610800", "610100"
CHECK, SHAFT = "exceeding_not_declared", "610802|西安华山精密机械制造厂"
FIRMS = "region | county | name | uscc"
HEAD = "region | enrolled | completed"
ANSWER = DeskAnswer("select 1 as i", DAY, DeskRows(pa.table({"i": [1]}), False, 0.4))
WORDING = '[lead]\ndefault = "据{{ 来源 }}，情况如下："\n'
ZONE = Learned(places=(("高新区", XIAN),))
PEOPLE = {
    "榆林填报": Viewer("a", "榆林填报", "official", OwnRegion(YULIN, "榆林市")),
    "西安填报": Viewer("b", "西安填报", "official", OwnRegion(XIAN, "西安市")),
    "无地区": Viewer("c", "无地区", "official"),
    "领导": Viewer("d", "领导", "leader"),
    "分析": Viewer("e", "分析", "analyst"),
    "管理员": Viewer("f", "管理员", "admin"),
    "无角色": Viewer("g", "无角色", "guest"),
}

TABLE = """
    做什么                榆林填报  西安填报  无地区  领导  分析  管理员  无角色
    上报榆林的表          可        否        否      否    可    可      否
    上报两地的表          否        否        否      否    可    可      否
    上报不分地区的表      否        否        否      否    可    可      否
    一份文件两张表        否        否        否      否    可    可      否
    撤回榆林的批次        可        否        否      否    可    可      否
    撤回已被取代的批次    否        否        否      否    可    可      否
    下载榆林的原文件      可        否        否      否    可    可      否
    认领榆林的预警        可        否        否      否    可    可      否
    备注榆林的预警        可        否        否      否    可    可      否
    解除榆林的预警        可        否        否      否    可    可      否
    登记榆林的报送        可        否        否      否    可    可      否
    撤销榆林的登记        可        否        否      否    可    可      否
    登记省级的报送        否        否        否      否    可    可      否
    销号榆林的问题        可        否        否      否    可    可      否
    列榆林为不属实        可        否        否      否    可    可      否
    恢复榆林的问题        可        否        否      否    可    可      否
    认定榆林的企业        可        否        否      否    可    可      否
    撤销榆林的认定        可        否        否      否    可    可      否
    调整评价              否        否        否      否    可    可      否
    撤销调整              否        否        否      否    可    可      否
    签发                  否        否        否      否    可    可      否
    换措辞                否        否        否      否    可    可      否
    恢复措辞              否        否        否      否    可    可      否
    记住榆林的写法        可        否        否      否    可    可      否
    记住全省的写法        否        否        否      否    可    可      否
    下载两地合一的原文件  否        否        否      否    可    可      否
    忘记榆林的写法        可        否        否      否    可    可      否
    忘记全省的写法        否        否        否      否    可    可      否
    确认数据丢失          否        否        否      否    否    可      否
    取走未完成的名单      可        可        可      可    可    可      否
    取走核查清单          可        可        可      可    可    可      否
    取走通报文件          可        可        可      可    可    可      否
    取走查询的明细        可        可        可      可    可    可      否
    取走查询的指标        可        可        可      可    可    可      否
    取走历史批次的清单    可        可        可      可    可    可      否
    查看个人信息          否        否        否      否    可    可      否
    记录个人信息的查看    否        否        否      否    可    可      否
    保存查询              可        可        可      可    可    可      否
    删除查询              可        可        可      可    可    可      否
    取走查询语句的结果    否        否        否      否    可    可      否
"""
FILES = (
    "取走未完成的名单",
    "取走核查清单",
    "取走通报文件",
    "取走查询的明细",
    "取走查询的指标",
    "取走历史批次的清单",
)
UNDOES = {
    "撤销榆林的登记": "登记榆林的报送",
    "恢复榆林的问题": "销号榆林的问题",
    "撤销榆林的认定": "认定榆林的企业",
    "撤销调整": "调整评价",
    "恢复措辞": "换措辞",
}
HEADINGS, *LINES = (line.split() for line in TABLE.strip().splitlines())

Act = Callable[[Viewer], object]


def seen(store: Store, *tables: str) -> list[Prepared]:
    """Tables of April, each its rows, as somebody sees them before confirming."""
    content = "\n".join(tables).encode()
    found = [submission(f"{HEAD}\n{rows}", "2024-04-30", "陕西省") for rows in tables]
    return compare_all(store, content, "表.csv", found)


def acts(store: Store) -> dict[str, Act]:
    """Each by name, on a store in which both regions have reported twice and 榆林 is far behind."""
    province = Province(store, "陕西省")
    superseded = province.reports(f"{HEAD}\n榆林市 | 463 | 70", "2024-02-29")
    own = province.reports(f"{HEAD}\n榆林市 | 463 | 84", str(DAY))
    province.reports(f"{HEAD}\n西安市 | 2367 | 1378", str(DAY))
    shared = [
        store.save_snapshot(
            submission(f"{HEAD}\n{name} | 9 | 1", "2023-12-31", "陕西省"), b"two sheets", "表.csv", by="某人"
        )
        for name in ("榆林市", "西安市")
    ]
    sends(
        province,
        "exceedances",
        f"{FIRMS}\n榆林 | 榆阳区 | 甲厂 | A\n榆林 | 榆阳区 | 西安华山精密机械制造厂 | -",
        "2023-12-31",
    )
    sends(
        province,
        "employers",
        f"{FIRMS}\n榆林 | 榆阳区 | 西安华山精密机诫制造厂 | B",
        "2023-12-31",
    )
    found = province.stands(str(DAY))
    briefing = compose(
        store,
        Request(province="陕西省", kind="quarterly", on=DAY, campaign="governance", accepted=("reported",)),
    )
    for unit in (YULIN, ""):
        store.learn(ROSTER.province_code, ZONE, by="某人", unit=unit)
    units = {known.unit: known for known in store.explanations(ROSTER.province_code)}
    yulin, xian = "榆林市 | 463 | 90", "西安市 | 2367 | 1400"
    sheet = supervision_sheet(store, "陕西省", "榆林", DAY)
    summary = (store, "陕西省", "shaanxi_year_2024", "榆林市", date(2024, 11, 15))
    review = (store, "陕西省", "national_assistance_review", "省级", date(2024, 12, 31))
    rows = Inquiry(ledger_id="governance_progress", province="陕西省", days=(DAY,))
    several = StandingsInquiry(province="陕西省", days=(DAY,), measures=(MEASURE,))
    beside = side_by_side(several, lambda name, day: province.stands(str(day), name))
    at, likely = (FindingPlace("陕西省", CHECK, "榆林", one, DAY) for one in (code("A"), SHAFT))
    alert, told = (store, "陕西省", "榆林", MEASURE, DAY), {"cause": "停产", "action": "督导"}
    return {
        "上报榆林的表": lambda by: accept_all(store, seen(store, yulin), by=by),
        "上报两地的表": lambda by: accept_all(store, seen(store, f"{yulin}\n{xian}"), by=by),
        "上报不分地区的表": lambda by: accept_all(store, seen(store, ""), by=by),
        "一份文件两张表": lambda by: accept_all(store, seen(store, yulin, xian), by=by),
        "撤回榆林的批次": lambda by: withdraw(store, own, by=by, reason="填错"),
        "撤回已被取代的批次": lambda by: withdraw(store, superseded, by=by, reason="填错"),
        "下载榆林的原文件": lambda by: original(store, store.snapshot(own), to=by),
        "认领榆林的预警": lambda by: claim(*alert, by=by, due=date(2024, 9, 30), **told),
        "备注榆林的预警": lambda by: note(*alert, by=by, reason="已电话督促"),
        "解除榆林的预警": lambda by: release(*alert, by=by, reason="名单有误"),
        "登记榆林的报送": lambda by: tick(*summary, by=by, day=DAY, file="总结.docx"),
        "撤销榆林的登记": lambda by: untick(*summary, by=by, reason="填错"),
        "登记省级的报送": lambda by: tick(*review, by=by, day=date(2024, 12, 1), file="总结.docx"),
        "销号榆林的问题": lambda by: settle(store, at, by=by, reason="已录入"),
        "列榆林为不属实": lambda by: refute(store, at, by=by, reason="不足10人"),
        "恢复榆林的问题": lambda by: reopen(store, at, by=by, reason="核实有误"),
        "认定榆林的企业": lambda by: link(store, likely, code("B"), by=by, same=True),
        "撤销榆林的认定": lambda by: unlink(store, "陕西省", 1, by=by, reason="看错"),
        "调整评价": lambda by: override(store, found, YULIN, "lagging", "集中验收", by=by),
        "撤销调整": lambda by: take_back(store, province.stands(str(DAY)), YULIN, "恢复", by=by),
        "签发": lambda by: sign(store, briefing, by=by),
        "换措辞": lambda by: take(store, store.folder, WORDING, by=by),
        "恢复措辞": lambda by: give_up(store, store.folder, by=by),
        "记住榆林的写法": lambda by: remember(store, ROSTER, ZONE, by=by, unit=YULIN),
        "记住全省的写法": lambda by: remember(store, ROSTER, ZONE, by=by),
        "下载两地合一的原文件": lambda by: original(store, store.snapshot(shared[0]), to=by),
        "忘记榆林的写法": lambda by: forget(store, ROSTER, units[YULIN], by=by),
        "忘记全省的写法": lambda by: forget(store, ROSTER, units[""], by=by),
        "确认数据丢失": lambda by: take_note_of_loss(store, by=by),
        "取走未完成的名单": lambda by: unfinished_workbook(store, sheet, to=by),
        "取走核查清单": lambda by: findings_workbook(check_survey(store, "陕西省", DAY), to=by),
        "取走通报文件": lambda by: FORMATS[TEXT].write(briefing, store.folder, to=by),
        "取走查询的明细": lambda by: rows_taken(store, question(store, rows, by=by), (), to=by),
        "取走查询的指标": lambda by: standings_taken(beside, to=by),
        "取走历史批次的清单": lambda by: register_taken(store, RegisterInquiry(province="陕西省"), to=by),
        "查看个人信息": lambda by: question(store, rows, by=by, unmasked=True),
        "记录个人信息的查看": lambda by: note_unmasked(store, rows, by=by),
        "保存查询": lambda by: save_view(store, "榆林", rows, by=by),
        "删除查询": lambda by: (save_view(store, "榆林", rows, by=by), forget_view(store, "榆林", by=by)),
        "取走查询语句的结果": lambda by: statement_taken(ANSWER, to=by),
    }  # fmt: skip


@pytest.mark.parametrize(("act", "allowed"), [(line[0], line[1:]) for line in LINES])
def test_an_act_is_for_those_whom_the_table_names(store: Store, act: str, allowed: list[str]) -> None:
    """Who is refused changes nothing; whom it is allowed may yet be told that a colleague was first."""
    possible = acts(store)
    if act in UNDOES:
        possible[UNDOES[act]](PEOPLE["管理员"])
    do = possible[act]
    marked = list(zip(PEOPLE.values(), allowed, strict=True))
    assert "否" in allowed
    before = store.revision
    for person in (person for person, mark in marked if mark == "否"):
        with pytest.raises(NotPermitted, match=r"请|由分析人员或管理员"):
            do(person)
        assert store.revision == before
    first, *others = (person for person, mark in marked if mark == "可")
    do(first)
    for person in others:
        assert not _not_permitted(do, person), person.name


def _not_permitted(do: Act, person: Viewer) -> bool:
    try:
        do(person)
    except NotPossible as told:
        return isinstance(told, NotPermitted)
    return False


def test_the_table_names_every_act_every_person_and_every_role(store: Store) -> None:
    assert [line[0] for line in LINES] == list(acts(store))
    assert HEADINGS[1:] == list(PEOPLE)
    assert {person.role for person in PEOPLE.values()} >= set(ROLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", FILES)
def test_a_file_is_for_whoever_may_export(
    store: Store, act: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every role may today: so it is taken from each."""
    do, person = acts(store)[act], next(one for one in PEOPLE.values() if one.role == role)
    do(person)
    without = replace(ROLES[role], permissions=ROLES[role].permissions - {Permission.EXPORT})
    monkeypatch.setitem(ROLES, role, without)
    with pytest.raises(NotPermitted, match=NOT_ALLOWED[Permission.EXPORT]):
        do(person)
