"""The rows of every list of enterprises and cases, as a region's officials would keep them at a month's end.

A list only grows: who is on it, what is done and when stays as it was the month before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil

from zyb.demo.days import after, day_in, earlier_day, month_of, shown
from zyb.demo.enterprises import Enterprise, enterprises, first_helped, how_many
from zyb.demo.story import MONTHS, RegionStory, Story
from zyb.rulebook.ledgers import ledgers

InventedRow = Mapping[str, object]
YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"
FIVE = ("identified", "system", "notice", "training", "remedied")
RATES = ("declared", "tested", "examined", "trained")
# How much the fourfold rates differ: 申报 comes first, 体检 last.
RATE_LEADS = (0.16, 0.04, -0.06, 0.1)
TEAM = "演示甲、演示乙"
VIOLATIONS = ("未申报", "未检测", "未体检", "未配防护用品", "浓度强度超标", "虚假报告")
DISPOSALS = ("警告", "罚款", "责令改正", "停止作业", "警告、罚款")
# What the list of a region that disagrees with its summary has forgotten to tick off.
FORGOTTEN = 6
# Of what is finished so much has been confirmed; so few stand still.
CONFIRMED, STOPPED = 0.9, 0.04
EXCEEDING = 0.045
ALL = 100
YEARLY_TURN = 0.31


@dataclass(frozen=True)
class MonthEnd:
    """A region at a month's end, with as much of its lists as is asked for."""

    story: Story
    told: RegionStory
    month: int
    scale: float = 1.0

    @property
    def year(self) -> int:
        return self.story.year

    @property
    def quality(self) -> float:
        return self.told.quality(self.month)

    def scaled(self, number: int) -> int:
        return ceil(number * self.scale)

    @property
    def last_month(self) -> int:
        """The end of the year, or of what goes on beyond it."""
        return max(MONTHS, self.month)

    def firms(self) -> tuple[Enterprise, ...]:
        return enterprises(self.story, self.told)

    def luck(self, firm: Enterprise, n: int) -> float:
        """An enterprise's chance of that number, drawn anew each year."""
        return self._turned(firm.chances[n], self.year)

    def luck_before(self, firm: Enterprise, n: int) -> float:
        """The chance of the year before."""
        return self._turned(firm.chances[n], self.year - 1)

    def _turned(self, chance: float, year: int) -> float:
        return (chance + YEARLY_TURN * (year - self.story.began)) % 1


def _who(firm: Enterprise) -> dict[str, object]:
    return {"name": firm.name, "uscc": firm.uscc, "region": firm.region, "county": firm.county}


def _yes(said: bool) -> str:
    return YES if said else NO


# -- 专项治理 -----------------------------------------------------------------------------


def governance_enterprises(at: MonthEnd) -> Iterator[InventedRow]:
    """As many rows and ticks as the summary says, but for a region whose list lags behind it."""
    enrolled, completed = (at.scaled(number) for number in at.told.progress(at.month))
    completed -= FORGOTTEN if at.told.disagrees and completed > FORGOTTEN else 0
    joined = month_of(lambda month: at.told.progress(month)[0], at.last_month)
    done = month_of(lambda month: at.told.progress(month)[1], at.last_month)
    for n, firm in enumerate(at.firms()[:enrolled]):
        entered, confirmed = joined(n), done(n)
        yield {
            **_who(firm), "industry": firm.industry, "staff": firm.staff, "hazards": firm.hazards,
            "enrolled_on": shown(
                day_in(at.year, entered, firm.chances[0], 1, 10) if entered
                else earlier_day(at.year, firm.chances[0], (8, 15))
            ),
            "completed": _yes(n < completed),
            "confirmed_on": shown(
                day_in(at.year, confirmed, firm.chances[1], 12, 28) if confirmed
                else earlier_day(at.year, firm.chances[1], (0, 7))
            ) if n < completed and firm.chances[9] < CONFIRMED else "",
            "operating": "停产" if firm.chances[10] < STOPPED else "正常生产",
        }  # fmt: skip


def exceedances(at: MonthEnd) -> Iterator[InventedRow]:
    """Where this year's monitoring found too much: some in 专项治理, some in 帮扶, some in neither."""
    found = (firm for firm in at.firms() if at.luck(firm, 2) < EXCEEDING * at.month / MONTHS)
    for firm in list(found)[: at.scaled(len(at.firms()))]:
        yield {
            **_who(firm), "year": f"{at.year}年", "hazards": firm.hazards.split("、")[0], "staff": firm.staff,
            "size": firm.size,
        }  # fmt: skip


# -- 申报 ---------------------------------------------------------------------------------


def employers(at: MonthEnd) -> Iterator[InventedRow]:
    for firm in at.firms()[: at.scaled(len(at.firms()) * 2 // 3)]:
        yield {
            **_who(firm), "industry": firm.industry, "legal_person": "演示某", "address": firm.address,
            "declared": _yes(firm.chances[3] < 0.3 + 0.7 * at.quality), "staff": firm.staff,
            "risk": "严重" if firm.dusty else "一般",
        }  # fmt: skip


# -- 帮扶 ---------------------------------------------------------------------------------


def assistance(at: MonthEnd) -> Iterator[InventedRow]:
    """附件4: the five things one after the other; finished when all that apply are done."""
    entered = month_of(at.told.helped)
    for n, firm in enumerate(_chosen(at)):
        yield _helped(at, firm, max(min(entered(n), at.month), 1))


def _chosen(at: MonthEnd) -> list[Enterprise]:
    """Who is on the list: from the second year on first those that last year's monitoring found to exceed limits
    (陕西 2025 年通知 三“全部纳入2025年帮扶范围”), then whoever has not been helped yet."""
    first, last = first_helped(at.told), at.scaled(at.told.helped(at.month))
    if at.told.before is None:
        return list(at.firms()[first : first + last])
    begun = at.scaled(at.told.before.helped(MONTHS))
    known_then = at.firms()[: how_many(at.told.before)]
    exceeding = [firm for firm in known_then if at.luck_before(firm, 2) < EXCEEDING]
    carried = exceeding[: len(exceeding) - at.told.left_out]
    known = {firm.uscc for firm in exceeding}
    fresh = [firm for firm in at.firms()[first + begun :] if firm.uscc not in known]
    least = len(carried) if at.told.enters[at.month] == ALL else 0
    return [*carried, *fresh][: max(last, least)]


def _helped(at: MonthEnd, firm: Enterprise, entered: int) -> InventedRow:
    to_remedy = firm.chances[4] < 0.35
    # The quick ones take a month, the slow ones four; after that only what the region leaves undone is open.
    steps = int((at.month - entered + 1) * (2 + 4 * firm.chances[5]) * at.told.speed)
    finishes = firm.chances[6] < 0.55 + 0.45 * at.told.effort / 100
    done = {name: n < steps and (finishes or n < 3) for n, name in enumerate(FIVE)}
    applying = [done[name] for name in FIVE if name != "remedied" or to_remedy]
    start = day_in(at.year, entered, firm.chances[7], 1, 20)
    end = at.story.month_end(at.month)
    row: dict[str, object] = {**_who(firm), "address": firm.address, "team": TEAM}
    for n, name in enumerate(FIVE):
        row[name] = _yes(done[name]) if name != "remedied" or to_remedy else NOT_APPLICABLE
        row[f"{name}_on"] = shown(after(start, 4 * n, end)) if row[name] == YES else ""
    row["completed"] = _yes(all(applying))
    return row | _rates(at, firm)


def _rates(at: MonthEnd, firm: Enterprise) -> dict[str, object]:
    shares = [at.quality + lead for lead in RATE_LEADS]
    return {name: _yes(firm.chances[8 + n] < shares[n]) for n, name in enumerate(RATES)}


def cdc_guidance(at: MonthEnd) -> Iterator[InventedRow]:
    """附件5: the city's own institution; the province's comes on top in its first region."""
    places = [(f"{at.told.region.short}（演示）疾病预防控制中心", 68, 0)]
    if at.told is at.story.regions[0]:
        short = at.story.roster.province_short
        places += [(f"{short}（演示）疾病预防控制中心", 75, 80), (f"{short}（演示）职业病防治院", 66, 180)]
    for institution, most, offset in places:
        grown = partial(_guided, at.told, most)
        added = month_of(grown)
        for n, firm in enumerate(at.firms()[offset : offset + at.scaled(grown(at.month))]):
            yield {
                "institution": institution, **_who(firm),
                "assisted_on": shown(day_in(at.year, max(added(n), 1), firm.chances[12])),
                "form": "现场指导" if firm.chances[13] < 0.6 else "培训", "team": TEAM,
            }  # fmt: skip


def _guided(told: RegionStory, most: int, month: int) -> int:
    return round(most * told.quality(month) * told.pattern[month] / 100)


def demonstration(at: MonthEnd, number: int) -> Iterator[InventedRow]:
    """附件2 with its ticks: small enterprises among those that get 帮扶."""
    first = first_helped(at.told)
    fitting = [firm for firm in at.firms()[first:] if firm.staff < 300]
    for firm in fitting[:number]:
        yield {
            **_who(firm), "address": firm.address, "legal_person": "演示某", "manager": "演示某",
            "phone": "00000000000", "sector": f"☑{firm.sector}_{firm.trade}_", "staff": firm.staff,
            "operating": "☑是 □否", "hazards": "☑粉尘 □化学毒物" if firm.dusty else "□粉尘 ☑化学毒物",
            "exposed": firm.staff // 2,
            "declared_years": "□均未申报 □2022年 □2023年 ☑2024年" if firm.chances[3] < 0.9 else "☑均未申报",
            "monitored": "☑是 □否" if firm.chances[4] < 0.5 else "□是 ☑否", "governed": "□是 ☑否",
        }  # fmt: skip


# -- 监督执法、尘毒 --------------------------------------------------------------------------


def enforcement(at: MonthEnd) -> Iterator[InventedRow]:
    """A few cases a month, at least one a region; most are closed in two months and put right a month later."""
    caught = [firm for firm in at.firms() if at.luck(firm, 14) < 0.025][: 4 + len(at.firms()) // 40]
    caught = caught or list(at.firms()[:1])
    for n, firm in enumerate(caught[: at.scaled(len(caught))]):
        filed = 1 + n * MONTHS // len(caught)
        if filed > at.month:
            return
        closed = at.month - filed >= 2 and firm.chances[9] < 0.4 + 0.6 * at.told.effort / 100
        righted = at.month - filed >= 3 and closed and firm.chances[10] < 0.3 + 0.7 * at.told.effort / 100
        acts = [VIOLATIONS[int(firm.chances[k] * len(VIOLATIONS))] for k in (11, 12)]
        yield {
            **_who(firm), "violations": "、".join(dict.fromkeys(acts)),
            "filed_on": shown(day_in(at.year, filed, firm.chances[0])),
            "disposal": DISPOSALS[int(firm.chances[13] * len(DISPOSALS))] if closed else "",
            "resolved": _yes(closed),
            "rectified_on": shown(day_in(at.year, filed + 3, firm.chances[1])) if righted else "",
        }  # fmt: skip


def dust_items() -> list[str]:
    """The items that are checked: the columns with 合格 as an answer."""
    return [column.name for column in ledgers()["dust_toxics"].columns if "合格" in column.options]


def dust_toxics(at: MonthEnd) -> Iterator[InventedRow]:
    """自查 in spring, 复查 from summer on, or when the region is told to; items that fail are put right by and by."""
    checks, checking, reviews, reviewing = at.told.dust
    chosen = [firm for firm in at.firms() if firm.dusty][: at.scaled(20 + len(at.firms()) // 25)]
    for n, firm in enumerate(chosen):
        checked, reviewed = checks + n % checking, reviews + n % reviewing
        was_reviewed = at.month >= reviewed and firm.chances[5] < 0.25 + 0.75 * at.told.effort / 100
        answers = {name: _answer(at, firm, k) for k, name in enumerate(dust_items())}
        failed = "不合格" in answers.values()
        righted = was_reviewed and firm.chances[7] < at.quality
        yield {
            **_who(firm), "industry": firm.industry, "staff": firm.staff,
            "self_checked_on": shown(day_in(at.year, checked, firm.chances[0])) if at.month >= checked else "",
            "reviewed_on": shown(day_in(at.year, reviewed, firm.chances[1])) if was_reviewed else "",
            **(answers if at.month >= checked else dict.fromkeys(answers, "")),
            "contracted": int(firm.staff * min(1.0, 0.5 + at.quality / 2 + firm.chances[6] / 5)),
            "insured": int(firm.staff * min(1.0, 0.4 + at.quality / 2 + firm.chances[7] / 5)),
            "rectified": _yes(not failed or righted) if at.month >= checked else "",
        }  # fmt: skip


def _answer(at: MonthEnd, firm: Enterprise, item: int) -> str:
    """Each item has its own difficulty, so that some come out worst."""
    chance = (firm.chances[item % len(firm.chances)] * 7 + item * 0.137) % 1
    if item % 5 == 4 and chance < 0.12:
        return "不适用"
    return "合格" if chance < 0.62 + 0.36 * at.quality - 0.02 * (item * 7 % 9) else "不合格"


LISTS: Mapping[str, Callable[[MonthEnd], Iterator[InventedRow]]] = {
    "governance_enterprises": governance_enterprises,
    "exceedances": exceedances,
    "employers": employers,
    "assistance": assistance,
    "cdc_guidance": cdc_guidance,
    "enforcement": enforcement,
    "dust_toxics": dust_toxics,
}
