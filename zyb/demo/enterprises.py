"""Enterprises that do not exist: named 演示…, with codes that add up, in the counties of the roster."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from itertools import count

from zyb.demo.story import RegionStory, Story
from zyb.intake.cells.codes import ALPHABET, MODULUS, WEIGHTS
from zyb.rulebook.places.placenames import short_name

# Word in the name, industry code, 示范帮扶 sector, hazards, whether dust or a highly toxic agent is among them.
TRADES = (
    ("石材", "3032", "建材", "粉尘、噪声", True),
    ("水泥制品", "3021", "建材", "粉尘、噪声", True),
    ("铸造", "3391", "冶金", "粉尘、噪声、高温", True),
    ("家具", "2110", "其他", "木粉尘、苯系物", True),
    ("化工", "2614", "化工", "苯、甲苯、二甲苯", True),
    ("煤业", "0610", "采矿业", "煤尘、噪声", True),
    ("矿业", "1011", "采矿业", "矽尘、噪声", True),
    ("电镀", "3360", "其他", "铬酸雾、氰化物", True),
    ("汽修", "8111", "其他", "苯系物、噪声", False),
    ("印刷", "2319", "其他", "正己烷、噪声", False),
    ("纺织", "1711", "其他", "棉尘、噪声", False),
    ("机械", "3484", "其他", "噪声、电焊烟尘", False),
)
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
# Small ones are many: 微型 X<20, 小型 20≤X<300, 中型 300≤X<1000 (陕西 2025 年通知附件2), a few larger.
SIZES = (("微型", 5, 19), ("小型", 20, 299), ("小型", 20, 120), ("中型", 300, 980), ("微型", 10, 19))
CHANCES = 16


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    name: str
    uscc: str
    region: str
    county: str
    address: str
    trade: str
    industry: str
    sector: str
    hazards: str
    dusty: bool
    staff: int
    size: str
    chances: tuple[float, ...]
    """Numbers between 0 and 1, drawn once: what is done with a chance below today's quality stays done."""


def code_of(number: int, division: str) -> str:
    """统一社会信用代码 with the check digit of GB 32100-2015."""
    body = f"91{division}MA{number:07d}"
    total = sum(int(weight) * ALPHABET.index(letter) for weight, letter in zip(WEIGHTS, body, strict=True))
    return body + ALPHABET[-total % MODULUS]


@cache
def enterprises(story: Story, told: RegionStory) -> tuple[Enterprise, ...]:
    """The region's enterprises, in an order that holds all year; every list takes a stretch of them."""
    draw = random.Random(f"{story.seed} {told.region.code}")
    counties = [county for county in story.roster.counties if county.code in told.region.members]
    weights = [draw.uniform(0.6, 1.5) for _ in counties]
    numbers = {county.code: count(1) for county in counties}
    found = []
    for _ in range(how_many(told)):
        county = draw.choices(counties, weights)[0]
        number = next(numbers[county.code])
        trade, industry, sector, hazards, dusty = TRADES[draw.randrange(len(TRADES))]
        size, least, most = SIZES[draw.randrange(len(SIZES))]
        pair = _pair(number)
        found.append(Enterprise(
            name=f"演示{short_name(county.name)}{pair}{trade}有限公司", uscc=code_of(number, county.code),
            region=told.region.name, county=county.name, address=f"{county.name}演示路{number}号", trade=trade, industry=industry, sector=sector, hazards=hazards,
            dusty=dusty, staff=draw.randint(least, most), size=size, chances=tuple(draw.random() for _ in range(CHANCES)),
        ))  # fmt: skip
    return tuple(found)


def _pair(number: int) -> str:
    """甲子, 乙丑 …; after sixty the round is counted as well, so that no two names are the same."""
    turn = "" if number <= 60 else "二三四五六七八九十"[(number - 61) // 60 % 9]
    return STEMS[number % 10] + BRANCHES[number % 12] + turn


def how_many(told: RegionStory) -> int:
    """So many as its longest list takes."""
    own = max(told.enrolled.end, first_helped(told) + 2 * told.target)
    return max(own, how_many(told.before) + told.target) if told.before else own


def first_helped(told: RegionStory) -> int:
    """帮扶 starts in the midst of those in 专项治理 and goes on beyond them, so that the lists overlap."""
    return told.enrolled.end * 2 // 5
