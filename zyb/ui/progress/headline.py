"""The headline: the figure, its pace, what is lacking, who is behind; one row of cards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zyb import palette
from zyb.briefing import (
    carried_words,
    done_words,
    few_speak,
    few_words,
    in_months,
    newly_words,
    not_begun,
    pace_words,
    remainder_words,
)
from zyb.html import Markup, joined
from zyb.numerals import (
    NO_VALUE,
    absolute_points,
    count,
    percent,
    signed_count,
    value_number,
    value_text,
)
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.standing.yardsticks import beyond
from zyb.ui import look
from zyb.ui.frame import leads
from zyb.ui.progress import overriding
from zyb.ui.progress.attention import none_behind
from zyb.ui.progress.overriding import verdict_badge
from zyb.ui.progress.scene import Scene
from zyb.wording.closings import ended
from zyb.wording.schedules import task, task_on_a_card

NAMES_ON_A_CARD = 6


def _note_to_pace(found: Standings, standing: Standing) -> str:
    if not standing.told:
        return "；".join(found.caveats_of(standing)) or "尚未收到数据"
    told = (
        (pace_words(found, standing), in_months(found, standing))
        if found.plan
        else (_without_plan(found, standing),)
    )
    words = "，".join(filter(None, (*told, standing.alone.told if standing.alone else "")))
    # When all is due, what pace lacks is 还差, which stands on its own card.
    if not standing.shortfall or standing.pace == standing.target:
        return words
    return f"{words}，距序时差 {count(standing.shortfall)} {found.measure.unit}"


def _without_plan(found: Standings, standing: Standing) -> str:
    few = f"{few_words(found)}，" if standing is found.province and few_speak(found) else ""
    return f"{few}没有规定时限"


def _since_previous(found: Standings, standing: Standing) -> str:
    if standing.stale:
        return carried_words(standing)
    if standing.added is None:
        return f"数据截至 {standing.as_of}" if standing.as_of else ""
    return "，".join(filter(None, (f"较上期 {signed_count(standing.added)}", newly_words(found, standing))))


def _still_lacking(found: Standings, standing: Standing) -> Markup:
    """Until when; for the province also why it is not what its regions lack together."""
    differs = remainder_words(found) if standing is found.province else ""
    return joined(*filter(None, (_to_deadline(found, standing), look.below(differs) if differs else "")))


def _to_deadline(found: Standings, standing: Standing) -> Markup:
    plan = found.schedule(standing)
    if plan is None:
        return joined("没有规定时限" if found.plan is None else ended(found.closing) if found.closing else "")
    if not plan.remaining:
        return look.strong(done_words(found, standing))
    if plan.overdue:
        return look.strong(task(plan, found.measure))
    return joined(f"{plan.time_left}，", look.strong(task_on_a_card(plan, found.measure)))


def kpi_row(found: Standings, standing: Standing, history: Sequence[Point], province: str = "") -> Markup:
    """The hero figure with its pace tick and the row of cards beside it; in a province its figures lead to their rows."""

    def led(side: str, shown: str) -> str:
        return leads.rows_lead(found, standing, side, province, shown) if province else shown

    measure = found.measure
    hero = look.hero(
        f"{standing.short}{measure.title_in_campaign}",
        led("numerator", value_number(standing.value, measure.kind)),
        (measure.gap_unit or "%") if standing.value is not None else "",
        share=_share(found, standing),
        pace=float(standing.pace)
        if standing.pace is not None and measure.kind in ("ratio", "survey")
        else None,
        aside=f"{found.yardstick} {value_text(standing.pace, measure.kind)}{measure.gap_unit}"
        if standing.pace is not None
        else "",
        note=_note_to_pace(found, standing),
    )
    if measure.surveys:
        return look.kpis(
            _asked(found, standing),
            _distance(found, standing),
            _last_card(found, standing, province),
            leader=hero,
        )
    enrolled = [float(point.enrolled) for point in history]
    completed = [float(point.completed) for point in history]
    return look.kpis(
        look.kpi(
            measure.denominator.title,
            led("denominator", count(standing.denominator)),
            measure.unit,
            picture=look.spark(enrolled, palette.INDIGO),
            note=_province_share(found, standing),
        ),
        look.kpi(
            measure.numerator.title,
            led("numerator", count(standing.numerator)),
            measure.unit,
            picture=look.spark(completed),
            note=_since_previous(found, standing),
        ),
        look.kpi(
            measure.lacking,
            _to_measure(found, standing, province, count(standing.remaining)),
            measure.unit,
            note=_still_lacking(found, standing),
        ),
        _last_card(found, standing, province),
        leader=hero,
    )


def _asked(found: Standings, standing: Standing) -> Markup:
    title = found.measure.weight_title
    return look.kpi(
        title or "数据截至",
        count(standing.asked) if title else f"{standing.as_of or NO_VALUE}",
        note=_province_share(found, standing),
    )


def _distance(found: Standings, standing: Standing) -> Markup:
    """How far a survey is from its target: nobody knows how many are left."""
    behind = standing.lead is not None and standing.lead < 0
    value = NO_VALUE if standing.gap is None else absolute_points(standing.gap) if behind else "0.0"
    going = found.plan if not found.closing else None
    due = f"{going.window.due}前" if going and not found.measure.always else ""
    return look.kpi(
        "距目标差",
        value,
        "个百分点" if standing.gap is not None else "",
        note=due or _since_previous(found, standing),
    )


def _share(found: Standings, standing: Standing) -> float:
    """Of the bar below the figure; a count fills its target."""
    value = standing.value or Fraction(0)
    return float(value / standing.scale if standing.target else 0) if found.measure.counts else float(value)


def _province_share(found: Standings, standing: Standing) -> str:
    if standing is found.province:
        return f"{len(found.current)} 地已报送" if found.reported else f"{len(found.regions)} 个地区"
    return f"占剩余 {percent(standing.share_of_remaining)}" if standing.share_of_remaining else ""


def _to_measure(found: Standings, standing: Standing, province: str, shown: str) -> Markup | str:
    """To the page of the measure, where it says who lacks how many, and until when."""
    if not province or not standing.told:
        return shown
    region = "" if standing is found.province else standing.region
    address = leads.measure_address(province, found.measure, region, found.as_of)
    return look.lead(address, shown, f"查看{found.measure.title}的倒排工期、各地排名和来源")


def _to_page(page: str, province: str, shown: str, told: str, **said: object) -> Markup | str:
    return look.lead(leads.page_address(page, province=province, **said), shown, told) if province else shown


def _last_card(found: Standings, standing: Standing, province: str) -> Markup:
    if standing is not found.province:
        place = f"{standing.rank}" if standing.rank else "—"
        return look.kpi(
            f"{found.province.region}位次",
            _to_page(
                "region",
                province,
                place,
                f"查看{standing.region}概况",
                region=standing.region,
                as_of=found.as_of,
            ),
            f"／{len(found.reported)}" if standing.rank else "",
            note=verdict_badge(standing),
        )
    if not found.reported:
        return look.kpi(
            "未报送地区",
            _to_page("submissions", province, str(len(found.missing)), "查看报送情况"),
            "个",
            note="" if found.closing else "请督促上报",
        )
    if found.plan is None or found.measure.whole or not found.begun:
        return look.kpi(_below(found), "—", note=not_begun(found) or none_behind(found))
    behind = [s for s in found.by_gap() if s.verdict.tone in ("watch", "lagging")]
    note = look.toned(_named(behind), "lagging") if behind else look.toned(none_behind(found), "good")
    shown = _to_page("alerts", province, str(len(behind)), "查看滞后预警", as_of=found.as_of)
    return look.kpi(_below(found), shown, "个", note=note)


def _below(found: Standings) -> str:
    return f"{beyond(found.measure.higher_is_better)}{'序时' if found.measure.paced else '目标'}的地区"


def _named(behind: Sequence[Standing]) -> str:
    """All by name while they fit the card; else the furthest behind."""
    if len(behind) <= NAMES_ON_A_CARD:
        return "、".join(s.short for s in behind)
    worst = sorted(behind, key=lambda s: s.lead or 0)[: NAMES_ON_A_CARD - 1]
    return f"{'、'.join(s.short for s in worst)}等{len(behind)}地"


def headline(scene: Scene) -> None:
    look.show(kpi_row(scene.found, scene.standing, scene.history, scene.roster.province))
    overriding.judgement(scene.view, scene.found, scene.region_code)
