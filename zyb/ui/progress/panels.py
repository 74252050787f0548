"""Standings as pieces of a page: words, cards and table rows. No arithmetic beyond the choice of words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from zyb import palette
from zyb.answers.counties import CountyFloor, State, county_verdict
from zyb.answers.drilling import CountyFigure, open_columns
from zyb.answers.tracing import Origin
from zyb.briefing import (
    Attention,
    against_pace,
    carried_words,
    done_words,
    in_months,
    not_begun,
    remainder_words,
    short_day,
    short_title,
    verdict_rules,
)
from zyb.maps.charts import TrendBar, TrendPoint
from zyb.maps.plotted import MapPlace
from zyb.numerals import (
    NO_VALUE,
    count,
    percent,
    percent_number,
    points,
    rounded,
    signed_count,
    signed_percent,
)
from zyb.periods import Schedule, in_beijing
from zyb.rulebook.ledgers import Column, Ledger, ledgers
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.stages import Timeline
from zyb.rulebook.verdicts import Verdict, verdicts
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.standing.trends import Period, Step, course
from zyb.store import Snapshot, Trace
from zyb.ui import look
from zyb.ui.frame import leads
from zyb.ui.look import Cell, Html, Row, RowKind
from zyb.ui.progress.overriding import SHORT_MARK, verdict_tag

NAMES_ON_A_CARD = 6
FEW_NAMES = 4
# A longer heading of the league table turns into a second line.
ONE_LINE_HEADING = 5
# What takes more than two lines is told above the table alone.
LONGEST_HEADING = 10


def value_text(found: Standings, standing: Standing) -> str:
    return signed_percent(standing.value) if found.measure.kind == "growth" else percent(standing.value)


def told_reports(found: Standings) -> str:
    """Who has reported and, by name while they are few, whose old figures are used and who has not."""
    if not found.reported:
        return f"{len(found.regions)} 个地区均未报送"
    told = [f"{len(found.current)} 个地区已报送"]
    days = {short_day(standing): standing.as_of for standing in found.carried}
    for day in sorted(days, key=lambda said: str(days[said])):
        told.append(f"{_few([s for s in found.carried if short_day(s) == day])}沿用{day}数据")
    told += [f"{_few(found.missing)}未报送"] if found.missing else []
    return "，".join(told)


def _few(standings: Sequence[Standing]) -> str:
    if len(standings) > FEW_NAMES:
        return f"{len(standings)} 个地区"
    return "、".join(standing.short for standing in standings)


def _note_to_pace(found: Standings, standing: Standing) -> str:
    if standing.numerator is None:
        return "尚未收到数据"
    told = (against_pace(found, standing), in_months(found, standing)) if found.plan else ("没有规定时限",)
    words = "，".join(filter(None, told))
    # When all is due, what pace lacks is 还差, which stands on its own card.
    if not standing.shortfall or standing.pace == standing.target:
        return words
    return f"{words}，距序时差 {count(standing.shortfall)} {found.measure.unit}"


def _since_previous(found: Standings, standing: Standing) -> str:
    if standing.stale:
        return carried_words(standing)
    if standing.added is None:
        return f"数据截至 {standing.as_of}" if standing.as_of else ""
    return f"较上期 {signed_count(standing.added)}"


def _still_lacking(found: Standings, standing: Standing) -> Html:
    """Until when; for the province also why it is not what its regions lack together."""
    differs = remainder_words(found) if standing is found.province else ""
    return look.html(*filter(None, (_to_deadline(found, standing), look.below(differs) if differs else "")))


def _to_deadline(found: Standings, standing: Standing) -> Html:
    plan = found.schedule(standing)
    if plan is None:
        return look.html("没有规定时限" if found.plan is None else "")
    if not plan.remaining:
        return look.strong(done_words(found, standing))
    if plan.overdue:
        return look.strong(plan.demand)
    return look.html(f"{plan.time_left}，", look.strong(_each_or_all(plan)))


def _each_or_all(plan: Schedule) -> str:
    """“每周至少 31家”; with the deadline alone, what is left: “剩余1558家”."""
    if plan.per_week is None and plan.per_month is None:
        return f"剩余{plan.remaining}{plan.unit}"
    return plan.demand.replace("完成", " ")


def headline(found: Standings, standing: Standing, history: Sequence[Point]) -> Html:
    """The hero figure with its pace tick and the row of cards beside it."""
    measure = found.measure
    hero = look.hero(
        f"{standing.short}{measure.title.removeprefix('专项治理')}",
        value_text(found, standing).removesuffix("%"),
        "%" if standing.value is not None else "",
        share=float(standing.value or 0),
        pace=float(standing.pace) if standing.pace is not None and measure.kind == "ratio" else None,
        aside=f"{found.yardstick} {_held_against(found, standing)}" if standing.pace is not None else "",
        note=_note_to_pace(found, standing),
    )
    enrolled = [float(point.enrolled) for point in history]
    completed = [float(point.completed) for point in history]
    return look.kpis(
        hero,
        look.kpi(
            measure.denominator.title,
            count(standing.denominator),
            measure.unit,
            picture=look.spark(enrolled, palette.INDIGO),
            note=_province_share(found, standing),
        ),
        look.kpi(
            measure.numerator.title,
            count(standing.numerator),
            measure.unit,
            picture=look.spark(completed),
            note=_since_previous(found, standing),
        ),
        look.kpi("还差", count(standing.remaining), measure.unit, note=_still_lacking(found, standing)),
        _last_card(found, standing),
    )


def _held_against(found: Standings, standing: Standing) -> str:
    return signed_percent(standing.pace) if found.measure.kind == "growth" else percent(standing.pace)


def _province_share(found: Standings, standing: Standing) -> str:
    if standing is found.province:
        return f"{len(found.current)} 地已报送" if found.reported else f"{len(found.regions)} 个地区"
    return f"占剩余 {percent(standing.share_of_remaining)}" if standing.share_of_remaining else ""


def _last_card(found: Standings, standing: Standing) -> Html:
    if standing is not found.province:
        place = f"{standing.rank}" if standing.rank else "—"
        return look.kpi(
            "全省位次", place, f"／{len(found.reported)}" if standing.rank else "", note=verdict_tag(standing)
        )
    if not found.reported:
        return look.kpi("未报送地区", str(len(found.missing)), "个", note="请督促上报")
    if found.plan is None or not found.begun:
        return look.kpi(_below(found), "—", note=not_begun(found) or none_behind(found))
    behind = [s for s in found.by_gap() if s.verdict.tone in ("watch", "lagging")]
    note = look.toned(_named(behind), "lagging") if behind else look.toned(none_behind(found), "good")
    return look.kpi(_below(found), str(len(behind)), "个", note=note)


def _below(found: Standings) -> str:
    return f"低于{'序时' if found.measure.paced else '目标'}的地区"


def _named(behind: Sequence[Standing]) -> str:
    """All by name while they fit the card; else the furthest behind."""
    if len(behind) <= NAMES_ON_A_CARD:
        return "、".join(s.short for s in behind)
    worst = sorted(behind, key=lambda s: s.gap or 0)[: NAMES_ON_A_CARD - 1]
    return f"{'、'.join(s.short for s in worst)}等{len(behind)}地"


def none_behind(found: Standings) -> str:
    if not found.begun:
        return f"{not_begun(found)}，暂不评价"
    if found.plan is None:
        return "没有规定时限" if found.measure.paced else "未设目标"
    return "各地均达到序时" if found.measure.paced else "各地均达到目标"


# -- map ----------------------------------------------------------------------------------


def places(found: Standings) -> list[MapPlace]:
    return [_place(found, standing) for standing in found.regions]


def _place(found: Standings, standing: Standing) -> MapPlace:
    measure = found.measure
    silent = standing.verdict.id == "not_reported"
    lines = [f"{measure.denominator.title} {count(standing.denominator)} {measure.unit}"]
    if not silent:
        lines.append(f"{measure.numerator.title} {count(standing.numerator)} {measure.unit}")
        lines.append(f"{measure.title} {value_text(found, standing)}，{against_pace(found, standing)}")
        lines.append(f"还差 {count(standing.remaining)} {measure.unit}")
    lines.append(f"{standing.verdict.shape} {standing.verdict.title}")
    if standing.stale:
        lines.append(carried_words(standing))
    if standing.override:
        lines.append(f"人工调整，规则评价：{standing.proposed.title}")
    return MapPlace(
        standing.region_code,
        standing.short,
        palette.VERDICTS[standing.verdict.id],
        text="" if standing.value is None else percent_number(standing.value),
        mark=_mark(standing.verdict),
        hover=tuple(lines),
        emphasis="light" if standing.verdict.id in palette.LIGHT_LETTERING else "dark",
        hatched=silent,
    )


def _mark(judged: Verdict) -> str:
    """The shape of a judgement; where nothing is judged, hatching or paleness says so."""
    return "" if judged.tone == "missing" else judged.shape


def map_legend(found: Standings) -> Html:
    """The verdicts; who is judged by old figures is counted among them, and told."""
    legend = _verdict_legend(Counter(standing.verdict.id for standing in found.regions))
    if not found.carried:
        return legend
    named = _few(found.carried)
    return look.html(legend, look.source(f"其中沿用前期 {len(found.carried)}：{named}"))


def _verdict_legend(numbers: Counter[str]) -> Html:
    """Every class that occurs with the number of its places, and always 未报送."""
    shown = [v for v in verdicts().values() if numbers[v.id] or v.id == "not_reported"]
    return look.legend(
        (
            None if v.id == "not_reported" else palette.VERDICTS[v.id],
            f"{_mark(v)} {v.title} {numbers[v.id]}".lstrip(),
        )
        for v in shown
    )


# -- counties on the map ------------------------------------------------------------------

FLOOR_WORDS: dict[State, str] = {"reached": "已达到", "below": "未达到", "none": "尚无", "silent": "未报送"}
FLOOR_TONES: dict[State, str] = {"reached": "good", "below": "watch", "none": "lagging", "silent": "missing"}


def floor_places(roster: Roster, floors: Sequence[CountyFloor]) -> list[MapPlace]:
    return [_floor_place(roster, floor) for floor in floors]


def _floor_place(roster: Roster, floor: CountyFloor) -> MapPlace:
    region = roster.region(floor.region_code)
    lines = [region.name] if region else []
    if floor.amount is not None:
        lines.append(f"已完成 {count(floor.amount)} 家，还差 {count(floor.missing)} 家")
    lines.append(f"{palette.SHAPES[FLOOR_TONES[floor.state]]} {FLOOR_WORDS[floor.state]}")
    return MapPlace(
        floor.county_code,
        floor.county,
        palette.FLOORS[floor.state],
        text=count(floor.amount) if floor.amount is not None else "",
        mark=_floor_mark(floor.state),
        hover=tuple(lines),
        emphasis="light" if floor.state in ("reached", "none") else "dark",
        hatched=floor.state == "silent",
    )


def _floor_mark(state: State) -> str:
    return "" if state == "silent" else palette.SHAPES[FLOOR_TONES[state]]


def floor_legend(floors: Sequence[CountyFloor], at_least: int) -> Html:
    numbers = Counter(floor.state for floor in floors)
    ranges: dict[State, str] = {"reached": f"（{at_least}家及以上）", "below": f"（1至{at_least - 1}家）"}
    return look.legend(
        (
            None if state == "silent" else palette.FLOORS[state],
            f"{_floor_mark(state)} {words}{ranges.get(state, '')} {numbers[state]}".lstrip(),
        )
        for state, words in FLOOR_WORDS.items()
    )


def floor_table(roster: Roster, floors: Sequence[CountyFloor], chosen: str | None) -> Html:
    """By region: counties in each class and how many 家 they lack together, the largest lack first."""
    headings = [
        Cell("地区", "left"), Cell("县区"), Cell("已达到"), Cell("未达到"), Cell("尚无"), Cell("还差（家）"), Cell("差得最多的县区", "left"),
    ]  # fmt: skip
    by_region = {
        region.code: [floor for floor in floors if floor.region_code == region.code]
        for region in roster.regions
    }
    lacking = sorted(by_region, key=lambda code: -_lack(by_region[code]))
    rows = [
        _floor_row(region.short, by_region[code], "chosen" if code == chosen else "")
        for code in lacking
        if (region := roster.region(code))
    ]
    return look.league(headings, [_floor_row("全省", floors, "total"), *rows])


def _lack(floors: Sequence[CountyFloor]) -> int:
    return sum(floor.missing or 0 for floor in floors)


def _lacking(floor: CountyFloor) -> str:
    return f"{floor.county}（完成{floor.amount}家，差{floor.missing}家）"


def _floor_row(name: str, floors: Sequence[CountyFloor], kind: RowKind) -> Row:
    numbers = Counter(floor.state for floor in floors)
    silent = numbers["silent"] == len(floors)
    short = sorted((f for f in floors if f.missing), key=lambda f: -(f.missing or 0))[:3]
    named = "、".join(map(_lacking, short)) if kind != "total" else ""
    told: list[str] = [count(None if silent else numbers[state]) for state in ("reached", "below", "none")]
    return Row(
        [
            Cell(name, "name"),
            Cell(count(len(floors))),
            *(Cell(text) for text in told),
            Cell(look.strong(count(None if silent else _lack(floors)))),
            Cell(look.tag("未报送", "missing") if silent else named, "wrap"),
        ],
        kind,
    )


def county_places(
    found: Standings, region: Region, names: dict[str, str], figures: Sequence[CountyFigure]
) -> list[MapPlace]:
    """The region's counties in the classes of the map of regions; who is in no report is 未报送."""
    by_code = {figure.county_code: figure for figure in figures}
    return [_county_place(found, code, names[code], by_code.get(code)) for code in region.members]


def _county_place(found: Standings, code: str, name: str, figure: CountyFigure | None) -> MapPlace:
    judged = county_verdict(found, figure) if figure else verdicts()["not_reported"]
    lines = []
    if figure:
        lines.append(
            f"{found.measure.numerator.title} {count(figure.numerator)}／{count(figure.denominator)}"
        )
        lines.append(f"{found.measure.title} {percent(figure.value)}")
    return MapPlace(
        code, name, palette.VERDICTS[judged.id],
        text=percent_number(figure.value) if figure and figure.value is not None else "",
        mark=_mark(judged),
        hover=(*lines, f"{judged.shape} {judged.title}"),
        emphasis="light" if judged.id in palette.LIGHT_LETTERING else "dark",
        hatched=judged.id == "not_reported",
    )  # fmt: skip


def county_legend(found: Standings, region: Region, figures: Sequence[CountyFigure]) -> Html:
    numbers = Counter(county_verdict(found, figure).id for figure in figures)
    numbers["not_reported"] += len(set(region.members) - {figure.county_code for figure in figures})
    return _verdict_legend(numbers)


# -- league table -------------------------------------------------------------------------


def _headings(found: Standings) -> list[Cell]:
    """The measure's own words, whole: the two sides one above the other, as a fraction is written."""
    measure = found.measure
    sides = look.html(measure.numerator.title, "／", look.below(measure.denominator.title))
    value = short_title(measure)
    if len(value) > LONGEST_HEADING:
        value = "增长" if measure.kind == "growth" else "比率"
    return [
        Cell("位次", "rank"), Cell("地区", "left"), Cell(sides), Cell("", "bar"),
        Cell(value, "tall" if len(value) > ONE_LINE_HEADING else ""),
        Cell(found.gap_title), Cell("还差"), Cell("占剩余"), Cell("新增"), Cell("评价"),
    ]  # fmt: skip


def _rank_text(standing: Standing) -> str:
    if standing.rank is None:
        return ""
    change = standing.rank_change
    if not change:
        return str(standing.rank)
    return f"{standing.rank} {'↑' if change > 0 else '↓'}{abs(change)}"


def _bar_tone(judged: Verdict) -> str:
    """A value that no window judges is no missing one."""
    return "plain" if judged.tone == "missing" else judged.tone


def _full(found: Standings, values: Iterable[Fraction | None]) -> float:
    """The end of the axis that all bars of a table share, so that the tick of the pace stands in one line."""
    most = max((float(value) for value in (*values, found.province.pace) if value is not None), default=0.0)
    return max(1.0, most) if found.measure.kind == "ratio" else most * 1.1 or 1.0


def _row(found: Standings, standing: Standing, chosen: str | None, full: float) -> Row:
    kind: RowKind = (
        "total" if standing is found.province else "chosen" if standing.region_code == chosen else ""
    )
    value = float(standing.value) if standing.value is not None else None
    pace = float(standing.pace) if standing.pace is not None else None
    # Hatched is who has not reported; who has no task has no bar.
    bar = look.bullet(value, pace, _bar_tone(standing.verdict), full=full)
    return Row(
        [
            Cell(_rank_text(standing), "rank"),
            Cell(_name(standing), "name"),
            Cell(f"{count(standing.numerator)}／{count(standing.denominator)}"),
            Cell("" if standing.verdict.id == "no_task" else bar, "bar"),
            Cell(look.strong(value_text(found, standing))),
            Cell(points(standing.gap)),
            Cell(count(standing.remaining)),
            Cell(_share(found, standing)),
            Cell(signed_count(standing.added)),
            Cell(verdict_tag(standing, SHORT_MARK)),
        ],
        kind,
    )


def _name(standing: Standing) -> Html:
    """With the day of its figures, where they are old ones."""
    if not standing.stale:
        return look.html(standing.short)
    return look.html(standing.short, look.noted(short_day(standing), carried_words(standing)))


def _share(found: Standings, standing: Standing) -> str:
    """Of what all regions lack together; where the province says less than they, that sum stands in its row."""
    if standing is found.province and standing.remaining not in (None, found.regional_remainder):
        return f"合计{count(found.regional_remainder)}"
    return percent(standing.share_of_remaining)


def league(found: Standings, chosen: str | None) -> Html:
    """全省 pinned on top, then best first; bars and pace tick on one axis."""
    shown = (found.province, *found.by_gap())
    full = _full(found, (standing.value for standing in shown))
    rows = [_row(found, standing, chosen, full) for standing in shown]
    return look.league(_headings(found), rows)


def yardstick_words(found: Standings) -> str:
    """What the tick in the bars is."""
    if found.province.pace is None:
        return not_begun(found)
    return f"竖线为{found.yardstick} {_held_against(found, found.province)}"


def lacking_words(found: Standings) -> str:
    said = remainder_words(found)
    return f"全省还差：{said}，占剩余按各地合计计算。" if said else ""


def rules_words(found: Standings) -> str:
    """The rules of the verdicts; nothing is judged where no document sets a target."""
    if found.plan is None:
        return lacking_words(found)
    return (
        lacking_words(found)
        + f"评价规则（与{found.yardstick}相差的百分点）：{verdict_rules(found.measure.paced)}。"
    )


# -- trend, attention ---------------------------------------------------------------------


def attention_order(found: Standings) -> str:
    unit = found.measure.unit
    return f"按{'落后序时' if found.measure.paced else '距目标'}的{unit}数排序"


def trend_points(found: Standings, periods: Sequence[Period]) -> list[TrendPoint]:
    """The last report of each period; after silence the line begins anew."""
    spoken = [period for period in periods if period.completed is not None]
    return [
        TrendPoint(
            period.reported or period.last,
            period.completed or 0,
            _told_period(found, period),
            after_silence=place > 0 and period.covers > 1,
        )
        for place, period in enumerate(spoken)
    ]


def _told_period(found: Standings, period: Period) -> str:
    said = f"累计{found.measure.numerator.title} {count(period.completed)} {found.measure.unit}"
    if period.pace is None:
        return said
    return f"{said}，{period.name}末序时目标 {count(round(period.pace))} {found.measure.unit}"


def trend_bars(found: Standings, step: Step, periods: Sequence[Period]) -> list[TrendBar]:
    return [
        TrendBar(
            period.first,
            period.last,
            None if period.rate is None else float(period.rate),
            period.needed,
            tuple(_told_bar(found, step, period)),
            silent=period.silent and period.first <= found.on,
            covers_silence=period.covers > 1,
        )
        for period in periods
    ]


def _told_bar(found: Standings, step: Step, period: Period) -> list[str]:
    unit, lines = found.measure.unit, [period.name]
    if period.added is not None:
        lines += _told_gain(found, step, period)
    elif period.silent and period.first <= found.on:
        lines.append("未报送")
    elif not period.silent:
        lines.append("首次报送，此前没有数据")
    if period.needed is not None:
        lines.append(f"需完成 {count(period.needed)} {unit}（期初剩余按剩余{step.title}数平均）")
    return lines


def _told_gain(found: Standings, step: Step, period: Period) -> list[str]:
    """Of several periods together the sum, and the average that the bar shows."""
    unit, fresh = found.measure.unit, f"新增 {signed_count(period.added)} {found.measure.unit}"
    if period.covers == 1:
        return [fresh]
    return [
        f"{_together(step, period)}{fresh}（此前 {period.covers - 1} {_counted(step)}未报送）",
        f"{_each(step)} {_average(period)} {unit}，柱高为平均数",
    ]


def _together(step: Step, period: Period) -> str:
    return f"{period.covers} {_counted(step)}合计"


def _each(step: Step) -> str:
    return f"平均每{_named_step(step)}"


def _average(period: Period) -> str:
    return str(rounded(period.rate)) if period.rate is not None else NO_VALUE


def _counted(step: Step) -> str:
    return {"周": "周", "月": "个月", "季": "个季度"}[step.title]


def _named_step(step: Step) -> str:
    return {"周": "周", "月": "月", "季": "季度"}[step.title]


def trend_frame(found: Standings, step: Step, bars: Sequence[TrendBar]) -> tuple[date, date] | None:
    """The periods that have bars, and on to the due day where that is not too far."""
    if not bars:
        return None
    first, last = bars[0].first, bars[-1].last
    horizon = step.last_day(step.number(last) + step.shown // 2)
    due = found.plan.window.due if found.plan else last
    return first, max(last, due) if due <= horizon else last


def trend_heading(found: Standings, step: Step, periods: Sequence[Period], following: Period | None) -> str:
    """“本月新增 111 家，需完成 156 家；下月需完成 167 家”: what the lower part of the chart says."""
    named, unit = _named_step(step), found.measure.unit
    said = []
    if periods:
        last = periods[-1]
        said.append(_told_last(found, step, last))
        due = f"本{named}需完成" if last.covers > 1 else "需完成"
        said += [f"{due} {count(last.needed)} {unit}"] if last.needed is not None else []
    now = "，".join(said)
    return "；".join([now, f"下{named}需完成 {count(following.needed)} {unit}"] if following else [now])


def _told_last(found: Standings, step: Step, last: Period) -> str:
    unit, named = found.measure.unit, _named_step(step)
    if last.silent:
        return f"本{named}未报送"
    if last.added is None:
        return f"本{named}暂无法计算新增"
    if last.covers == 1:
        return f"本{named}新增 {count(last.added)} {unit}"
    return f"{_together(step, last)}新增 {count(last.added)} {unit}，{_each(step)} {_average(last)} {unit}"


def trend_legend(found: Standings, step: Step, bars: Sequence[TrendBar]) -> Html:
    """Only what is drawn."""
    marks = [("line", f"累计{found.measure.numerator.title}")]
    if has_goal_line(found):
        marks.append(("dots", goal_name(found)))
    marks.append(("bar", f"本{step.title}新增"))
    if any(bar.needed for bar in bars):
        marks.append(("tick", f"每{step.title}需完成"))
    if any(bar.covers_silence for bar in bars):
        marks.append(("striped", f"{_each(step)}（含未报送期间）"))
    if any(bar.silent for bar in bars):
        marks.append(("hatched", "未报送"))
    return look.marks(marks)


def has_pace_line(found: Standings) -> bool:
    """A growth and a measure without pace have no count that is due on a day."""
    return found.plan is not None and found.measure.kind == "ratio" and found.measure.paced


def has_goal_line(found: Standings) -> bool:
    return found.plan is not None and not found.measure.shown_only


def goal_name(found: Standings) -> str:
    """序时目标 rises with time; where no pace runs there is the target alone."""
    return "序时目标" if has_pace_line(found) else "目标"


def trend_title(found: Standings, standing: Standing) -> str:
    what = f"累计与{goal_name(found)}" if has_goal_line(found) else f"累计{found.measure.numerator.title}"
    return f"{standing.short}：{what}（{found.measure.unit}）"


def pace_points(found: Standings, standing: Standing) -> list[TrendPoint]:
    """The pace in 家: the plan's knots times what is enrolled today; without pace the target, a level line."""
    if found.plan is None or not standing.denominator or not has_goal_line(found):
        return []
    goal, window = course(found.measure, found.plan).goal(standing.denominator), found.plan.window
    assert goal is not None
    if not has_pace_line(found):
        return [TrendPoint(day, math.ceil(goal)) for day in (window.start, max(window.due, found.on))]
    return [TrendPoint(day, float(goal * share)) for day, share in window.knots()]


def attention_list(items: Sequence[Attention]) -> Html:
    return look.alert_list(
        look.Alert(item.headline, item.sentence, item.standing.verdict.tone, item.standing.verdict.title)
        for item in items
    )


# -- 倒排工期 -----------------------------------------------------------------------------


def schedule_table(found: Standings) -> Html:
    """Who must bring how many a week, the largest remainder first."""
    headings = [
        Cell("地区", "left"),
        Cell("还差"),
        Cell("占剩余"),
        Cell("剩余周数"),
        Cell("进度要求", "left"),
    ]
    ordered = sorted(found.reported, key=lambda s: -(s.remaining or 0))
    rows = [_schedule_row(found, standing) for standing in (found.province, *ordered)]
    return look.league(headings, [row for row in rows if row])


def _schedule_row(found: Standings, standing: Standing) -> Row | None:
    plan = found.schedule(standing)
    if plan is None:
        return None
    cells = [
        Cell(standing.short, "name"),
        Cell(count(plan.remaining)),
        Cell(percent(standing.share_of_remaining)),
        Cell(str(plan.weeks_left) if plan.weeks_left else plan.time_left.removeprefix("距时限")),
        Cell(plan.demand, "left"),
    ]
    return Row(cells, "total" if standing is found.province else "")


# -- where figures come from --------------------------------------------------------------


def report_row(origin: Origin) -> dict[str, object]:
    """One report of a region: its figures in the ledger's own words, and where they stand."""
    ledger, trace, snapshot = origin.ledger, origin.trace, origin.snapshot
    figures = {column.title: trace.values[column.name] for column in ledger.stored}
    year = {"年度": str(trace.year)} if trace.year else {}
    return {
        "数据截至": snapshot.as_of.isoformat(), **year, **figures,
        "状态": "已撤回" if snapshot.withdrawn else "有效",
        "批次": snapshot.id, "文件": snapshot.file_name, "位置": origin.place, "依据": snapshot.source,
    }  # fmt: skip


def moment(stamp: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{in_beijing(stamp):%Y-%m-%d %H:%M}"


def source_row(snapshot: Snapshot, province: str) -> dict[str, object]:
    return {
        "批次": snapshot.id, "内容": leads.snapshot_address(snapshot, province), "台账": ledgers()[snapshot.ledger].title, "数据截至": snapshot.as_of.isoformat(),
        "文件": snapshot.file_name, "工作表": snapshot.sheet or "—", "地区数": snapshot.regions,
        "来源文件": snapshot.source or "—", "上报人": snapshot.uploaded_by, "上报时间": moment(snapshot.uploaded_at),
    }  # fmt: skip


def point_row(found: Standings, point: Point) -> dict[str, object]:
    """One report of a region that comes from a list: its sums."""
    measure = found.measure
    return {
        "数据截至": point.day.isoformat(),
        measure.denominator.title: point.enrolled,
        measure.numerator.title: point.completed,
    }


def county_table(found: Standings, figures: Sequence[CountyFigure]) -> Html:
    """The counties of a region, lowest first, on one axis, judged as the regions are."""
    measure = found.measure
    headings = [
        Cell("县区", "left"), Cell(measure.denominator.title), Cell(measure.numerator.title), Cell("", "bar"), Cell("比率"), Cell("评价"),
    ]  # fmt: skip
    full = _full(found, (figure.value for figure in figures))
    return look.league(headings, [_county_row(found, figure, full) for figure in figures])


def county_counts(found: Standings, figures: Sequence[CountyFigure]) -> Html:
    """Without a task of their own there is nothing to hold counties against: what they have done, least first."""
    ordered = sorted(figures, key=lambda figure: figure.numerator)
    told = "、".join(f"{figure.county} {count(figure.numerator)}" for figure in ordered)
    measure = found.measure
    said = f"各县区没有单独的任务数，只列{measure.numerator.title}（{measure.unit}）："
    return look.html(look.muted(said), told)


def _county_row(found: Standings, figure: CountyFigure, full: float) -> Row:
    judged, pace = county_verdict(found, figure), found.province.pace
    value = float(figure.value) if figure.value is not None else None
    tick = float(pace) if pace is not None and value is not None else None
    return Row([
        Cell(figure.county, "name"),
        Cell(count(figure.denominator)),
        Cell(count(figure.numerator)),
        Cell(look.bullet(value, tick, _bar_tone(judged), full=full), "bar"),
        Cell(look.strong(percent(figure.value))),
        Cell(look.tag(judged.title, judged.tone) if value is not None else ""),
    ])  # fmt: skip


def enterprise_row(ledger: Ledger, trace: Trace) -> dict[str, object]:
    """An enterprise in the ledger's own words, without personal data, and where it stands."""
    sheet = f"{trace.sheet} " if trace.sheet else ""
    own = {column.title: _in_list(column, trace.values[column.name]) for column in open_columns(ledger)}
    return {**own, "批次": trace.snapshot, "位置": f"{sheet}第 {trace.line} 行"}


def _in_list(column: Column, value: object) -> object:
    """An empty cell of text stays empty: the grid would write None."""
    return "" if value is None and column.type != "count" else value


def stage_table(timeline: Timeline, day: date) -> Html:
    """The stages of a local plan, and where the day stands in them."""
    headings = [
        Cell("阶段", "left"),
        Cell("起止", "left"),
        Cell("", "bar"),
        Cell("状态"),
        Cell("说明", "wrap"),
    ]
    rows = [
        Row([
            Cell(stage.name, "name"),
            Cell(f"{stage.start} 至 {stage.end}", "left"),
            Cell(look.bullet(float(stage.elapsed(day)), tone="good"), "bar"),
            Cell(stage.state_on(day)),
            Cell(stage.note or stage.basis, "wrap"),
        ], "chosen" if stage in timeline.running(day) else "")
        for stage in timeline.stages
    ]  # fmt: skip
    return look.league(headings, rows)
