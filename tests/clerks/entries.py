"""Invented enterprises of the eight lists, and what each of them counts for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.books import USCC_ALPHABET, checked
from tests.clerks.drawing import Draw
from tests.clerks.places import Region

Counted = Iterator[tuple[str, str, int]]

WORDS = [
    "恒源",
    "聚能",
    "北辰",
    "金泰",
    "锦界",
    "宏达",
    "瑞丰",
    "天成",
    "长虹",
    "信诚",
    "华盛",
    "永固",
    "新兴",
    "东升",
    "鑫磊",
    "广汇",
]
TRADES = [
    "水泥",
    "建材",
    "铸造",
    "化工",
    "石材",
    "家具",
    "陶瓷",
    "矿业",
    "机械",
    "五金",
    "耐火材料",
    "电子",
    "电镀",
    "制鞋",
    "玻璃",
]
KINDS = ("有限公司", "有限责任公司", "厂", "股份有限公司", "集团有限公司")
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡",
    ["建国", "卫东", "志强", "晓明", "海燕", "春梅", "永刚", "桂芳", "文斌", "立新"],
)
INDUSTRIES = ("C30", "C3011", "C26", "B06", "C31", "C21", "C33", "C39", "B10", "C19")
HAZARDS = (
    "矽尘",
    "噪声",
    "水泥粉尘",
    "苯、甲苯",
    "电焊烟尘",
    "铅烟",
    "高温",
    "煤尘",
    "二甲苯",
    "锰及其化合物",
)
RISKS = ("严重", "一般", "较轻")
FIVE = ("identified", "system", "notice", "training")
RATES = ("declared", "tested", "examined", "trained")
VIOLATIONS = ("未申报", "未检测", "未体检", "未配防护用品", "浓度强度超标", "虚假报告")
DISPOSALS = ("警告", "罚款", "停止作业", "责令改正", "公开曝光", "提请关闭")
SECTORS = ("采矿业", "建材", "冶金", "化工", "其他")
FACTORS = ("粉尘", "化学毒物", "物理因素", "放射有害因素", "其他有害因素")
ITEMS = (
    "responsibility", "organisation", "rules", "examination", "education", "contract", "collective", "declaration",
    "monitoring", "notice", "facilities", "technology", "equipment", "accidents", "placement",
    "three_simultaneities",
)  # fmt: skip


def uscc(draw: Draw, code: str) -> str:
    """An invented enterprise's code: of its city where that is known here."""
    county = f"{draw.number(1, 30):02d}"
    return checked(
        f"91{(code or '610000')[:4]}{county}MA{''.join(draw.any(USCC_ALPHABET) for _ in range(7))}"
    )


def person(draw: Draw) -> str:
    return draw.any(SURNAMES) + draw.any(GIVEN)


def _before(draw: Draw, day: date) -> date:
    return day - timedelta(days=draw.number(1, 200))


def invented(draw: Draw, ledger: str, region: Region, county: str, day: date, at: int) -> dict[str, Any]:
    """One enterprise: what all lists ask for, and what this one asks for."""
    stem = county[:-1] if len(county) > 2 else county
    staff = draw.number(12, 900)
    common = {
        "region": region.name,
        "county": county,
        "name": region.short + stem + WORDS[at % len(WORDS)] + TRADES[at % len(TRADES)] + draw.any(KINDS),
        "uscc": uscc(draw, region.code),
        "address": f"{region.name}{county}工业园{at}号",
        "industry": draw.any(INDUSTRIES),
        "staff": staff,
        "hazards": draw.any(HAZARDS),
        "legal_person": person(draw),
        "phone": f"0{draw.number(29, 99)}-{draw.number(2000000, 8999999)}",
        "team": f"{person(draw)}、{person(draw)}",
    }
    return common | OWN[ledger](draw, day, staff)


def _governance(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    completed = draw.chance(0.6)
    enrolled_on = day - timedelta(days=draw.number(220, 500))
    return {
        "completed": completed,
        "enrolled_on": enrolled_on,
        "confirmed_on": _before(draw, day) if completed else None,
    }


def _exceedance(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    size = draw.any(("大型", "中型", "小型", "小型", "微型"))
    within = {"大型": (1000, 4000), "中型": (300, 999), "小型": (20, 299), "微型": (3, 19)}[size]
    return {"year": day.year, "size": size, "staff": draw.number(*within)}


def _employer(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    return {"declared": draw.chance(0.7), "risk": draw.any(RISKS)}


def _assistance(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    found: dict[str, Any] = {"completed": draw.chance(0.5)}
    for name in (*FIVE, *RATES):
        found[name] = draw.chance(0.7)
    found["remedied"] = draw.any((True, False))
    for name in (*FIVE, "remedied"):
        found[f"{name}_on"] = _before(draw, day) if found[name] else None
    return found


def _guidance(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    form = draw.any(("现场指导", "技术咨询", "培训", "现场检测", "专家授课"))
    return {"assisted_on": _before(draw, day), "form": form}


def _demonstration(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    return {
        "sector": draw.any(SECTORS),
        "operating": draw.chance(0.9),
        "factors": draw.some(FACTORS[:4], 1, 3),
        "exposed": draw.number(0, staff),
        "declarations": draw.some(("2022年", "2023年", "2024年"), 0, 3),
        "monitored": draw.chance(0.5),
        "in_governance": draw.chance(0.5),
    }


def _case(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    filed = day - timedelta(days=draw.number(60, 200))
    resolved = draw.chance(0.7)
    rectified = resolved and draw.chance(0.7)
    return {
        "violations": draw.some(VIOLATIONS, 1, 2),
        "disposals": draw.some(DISPOSALS[:4], 1, 2),
        "filed_on": filed,
        "resolved": resolved,
        "rectified_on": filed + timedelta(days=draw.number(1, 55)) if rectified else None,
    }


def _dust(draw: Draw, day: date, staff: int) -> dict[str, Any]:
    checked = day - timedelta(days=draw.number(90, 200))
    reviewed = draw.chance(0.7)
    marks = {item: draw.any(("合格", "合格", "合格", "不合格", "不适用")) for item in ITEMS}
    return marks | {
        "self_checked_on": checked,
        "reviewed_on": checked + timedelta(days=draw.number(5, 80)) if reviewed else None,
        "contracted": draw.number(staff // 2, staff),
        "insured": draw.number(staff // 2, staff),
        "rectified": draw.any((True, True, False)),
    }


OWN = {
    "governance_enterprises": _governance, "exceedances": _exceedance, "employers": _employer,
    "assistance": _assistance, "cdc_guidance": _guidance, "demonstration": _demonstration, "enforcement": _case,
    "dust_toxics": _dust,
}  # fmt: skip


def counted(ledger: str, one: dict[str, Any], written: frozenset[str], institution: str) -> Counted:
    """What an enterprise counts for, as far as the columns were written."""
    first = {
        "governance_enterprises": "enrolled", "exceedances": "exceeding", "employers": "employers",
        "assistance": "assisted", "cdc_guidance": "assisted", "demonstration": "recommended",
        "enforcement": "cases", "dust_toxics": "employers",
    }[ledger]  # fmt: skip
    yield first, institution if ledger == "cdc_guidance" else "", 1
    yield from _MORE.get(ledger, _nothing)(one, written)


def _nothing(one: dict[str, Any], written: frozenset[str]) -> Counted:
    yield from ()


def _governance_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    yield "completed", "", int(one["completed"])


def _exceedance_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    if "size" in written:
        yield "small_exceeding", "", int(one["size"] != "大型")


def _employer_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    yield "declared", "", int(one["declared"])
    if "risk" in written:
        sizable = "staff" not in written or one["staff"] >= 10
        yield "sizable_by_risk", one["risk"], int(sizable)


def _assistance_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    for name in ("completed", *FIVE, "remedied", *RATES):
        if name in written:
            yield name, "", int(one[name])
    yield "remedy_needed", "", 1


def _case_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    yield "resolved", "", int(one["resolved"])
    if "rectified_on" in written:
        yield "rectified", "", int(one["rectified_on"] is not None)
    for violation in one["violations"]:
        yield "violation_cases", violation, 1
    for disposal in one["disposals"] if "disposals" in written else ():
        yield "disposal_cases", disposal, 1


def _dust_counts(one: dict[str, Any], written: frozenset[str]) -> Counted:
    for name in ("self_checked_on", "reviewed_on"):
        if name in written:
            yield name.removesuffix("_on"), "", int(one[name] is not None)
    for item in ITEMS:
        if item in written:
            yield f"{item}_passed", "", int(one[item] == "合格")
            yield f"{item}_applicable", "", int(one[item] != "不适用")
    for name in ("staff", "contracted", "insured"):
        if name in written:
            yield name, "", one[name]
    if "rectified" in written:
        yield "rectified", "", int(one["rectified"])


_MORE = {
    "governance_enterprises": _governance_counts, "exceedances": _exceedance_counts,
    "employers": _employer_counts, "assistance": _assistance_counts, "enforcement": _case_counts,
    "dust_toxics": _dust_counts,
}  # fmt: skip
