"""The annexes and the tables of slides, from sections."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.briefing import facts
from zyb.briefing.model import AlertLine, RegionLine, Section
from zyb.briefing.report_table import PERCENTS, Cell, ColumnKind, ReportTable, TableColumn
from zyb.numerals import value_text
from zyb.periods import chinese_day

DASH = "—"
SCHEDULE = "倒排工期任务表"
PARTLY = "所辖地区报送"
BY_PACE = "进展评价对照序时进度；正文对照年度目标任务。"


def _units(section: Section) -> tuple[str, ...]:
    if section.surveys:
        return (PERCENTS,)
    return (section.unit,) if section.counts else (section.unit, PERCENTS)


def _kind(section: Section) -> ColumnKind:
    """Of a column of its values: a growth carries its sign, a count is a number."""
    if section.counts:
        return "count"
    return "growth" if section.kind == "growth" else "percent"


def progress_table(section: Section, subject: str, number: int, *, by_year: bool = False) -> ReportTable:
    """Who stands where: the league table as an annex; beside a text that judges by the year that is said."""
    columns = (
        _surveyed_columns(section)
        if section.surveys
        else (
            TableColumn("位次", "rank"),
            TableColumn(facts.called(section), "name"),
            *_partly_column(section),
            TableColumn(section.denominator_title, "count"),
            TableColumn(section.numerator_title, "count"),
            *([] if section.counts else [TableColumn(section.short_title, _kind(section))]),
            TableColumn(section.gap_title, "rate" if section.counts else "points"),
            TableColumn(f"较{section.earlier}新增", "count"),
            TableColumn(section.left_title, "count"),
            TableColumn("进展评价", "verdict"),
        )
    )
    ranked, short = section.ranked(), f"{subject}进展情况表"
    return ReportTable(
        title=f"各{facts.called(section)}{short}",
        short=short,
        units=_units(section),
        columns=columns,
        rows=tuple(_progress_row(section, line) for line in ranked),
        total=_progress_total(section),
        tones=tuple(line.judgement.tone for line in ranked),
        notes=(*_progress_notes(section), *([BY_PACE] if by_year and section.paced else [])),
        section=number,
    )


def _surveyed_columns(section: Section) -> tuple[TableColumn, ...]:
    """How many were asked, and what they answered; of a percentage nothing is new and nothing left."""
    return (
        TableColumn("位次", "rank"),
        TableColumn(facts.called(section), "name"),
        *_partly_column(section),
        *([TableColumn(section.weight_title, "count")] if section.weight_title else []),
        TableColumn(section.short_title, _kind(section)),
        TableColumn(section.gap_title, "points"),
        TableColumn("进展评价", "verdict"),
    )


def _partly_column(section: Section) -> list[TableColumn]:
    """Beside a province's sum, of how many of its regions it is."""
    return [TableColumn(PARTLY, "words")] if facts.partly(section) else []


def _progress_row(section: Section, line: RegionLine) -> tuple[Cell, ...]:
    """Of a plain count the target and the count, which is its own value."""
    judged = f"{line.judgement.shape}{line.judgement.title}{facts.mark(line)}"
    partly = (line.partly,) if facts.partly(section) else ()
    if section.surveys:
        asked = (line.asked,) if section.weight_title else ()
        return (line.rank, line.name, *partly, *asked, line.value, line.gap, judged)
    value = () if section.counts else (line.value,)
    return (
        line.rank, line.name, *partly, line.denominator, line.numerator, *value, line.gap, line.added, line.remaining,
        judged,
    )  # fmt: skip


def _progress_total(section: Section) -> tuple[Cell, ...]:
    row = _progress_row(section, section.whole)
    return (DASH, section.whole.name, *row[2:-1], DASH)


def _progress_notes(section: Section) -> tuple[str, ...]:
    notes = [f"{section.title}：{section.definition}", f"数据截至{chinese_day(section.as_of)}。"]
    if facts.few_speak(section):
        owing, speaking = facts.owing(section), facts.speaking(section)
        notes.append(
            f"{len(owing)}个地区中仅{len(speaking)}个报送本期数据，合计不代表{section.whole.name}，不作评价。"
        )
    if section.under_way or not section.begun:
        notes.append(_pace_note(section))
    if section.both_targets:
        notes.append(f"目标：{section.both_targets}，按本省目标评价。")
    if section.surveys and section.caveats:
        notes.append(f"{'；'.join(section.caveats)}。")
    if section.previous_as_of and not section.surveys:
        newly = section.whole.newly
        apart = f"，首次报送的{newly}{section.unit}不计入" if newly else ""
        notes.append(
            f"较{section.earlier}新增为与截至{chinese_day(section.previous_as_of)}的数据相比{apart}。"
        )
    if carried := facts.carried(section):
        notes.append(f"{carried}。")
    if section.whole.remaining not in (None, facts.regional_remainder(section)):
        surplus, whole = "低于目标的" if section.falls else "超额", section.whole.name
        notes.append(
            f"{whole}{section.left_title}数按{whole}目标计算，{surplus}地区可以抵补，不等于各地之和。"
        )
    notes += facts.adjusted(section)
    return tuple(notes)


def _pace_note(section: Section) -> str:
    if not section.begun and section.start:
        return f"任务自{chinese_day(section.start)}起，数据截至日尚未到起始日，暂不作评价。"
    if section.start is None or section.due is None or not section.paced:
        return f"{_due(section, '目标')}，不按时间推算；与目标差的单位为{section.gap_unit or '百分点'}。"
    window = f"{chinese_day(section.start)}至{chinese_day(section.due)}"
    unit = section.gap_unit or "百分点"
    return f"{_due(section, '序时进度')}，按{window}的任务期限测算；与序时差的单位为{unit}。"


def _due(section: Section, called: str) -> str:
    """“目标85.0%”, “全省目标60例，为已报送地区目标之和”."""
    shown = value_text(section.pace, section.kind) + section.gap_unit
    if not section.counts or section.together:
        return f"{called}{shown}"
    return f"全省{called}{shown}（已报送地区之和）"


def schedule_table(section: Section, number: int, about: str = "") -> ReportTable:
    """倒排工期: the largest remainder first."""
    columns = (
        TableColumn(facts.called(section), "name"),
        TableColumn(section.left_title if section.falls else "剩余任务", "count"),
        TableColumn("剩余周数", "count"),
        TableColumn(f"周均需{section.to_do}", "rate"),
        TableColumn("近期周均", "rate"),
        TableColumn("进度要求", "words"),
    )
    known = [line for line in section.lines if line.remaining is not None]
    ordered = sorted(known, key=lambda line: -(line.remaining or 0))
    short = f"{about}{SCHEDULE}"
    return ReportTable(
        title=f"各{facts.called(section)}{short}", short=short, units=(section.unit,), columns=columns,
        rows=tuple(_schedule_row(section, line) for line in ordered),
        total=(section.whole.name, *_schedule_row(section, section.whole)[1:]),
        tones=tuple(line.judgement.tone for line in ordered), notes=_schedule_notes(section), section=number,
        is_schedule=True,
    )  # fmt: skip


def _schedule_row(section: Section, line: RegionLine) -> tuple[Cell, ...]:
    return (
        line.name,
        line.remaining,
        section.weeks_left,
        line.needed_per_week,
        line.done_per_week,
        line.demand,
    )


def _schedule_notes(section: Section) -> tuple[str, ...]:
    due = f"时限{chinese_day(section.due)}。" if section.due else ""
    return (
        f"{due}周均需{section.to_do}＝{f'{section.left_title}数' if section.falls else '剩余任务'}÷剩余周数；"
        f"近期周均按最近几次报送（至少跨四周）的{'减少' if section.falls else '新增'}计算。",
        f"进度要求按进一法取整，各地之和可能大于{section.whole.name}数。",
    )


def matrix_table(sections: Sequence[Section], about: str = "") -> ReportTable:
    """Regions by measures, for the measures that are told in groups."""
    first = sections[0]
    columns = (
        TableColumn(facts.called(first), "name"),
        *(
            TableColumn(f"{section.title}{f'（{section.unit}）' if section.counts else ''}", _kind(section))
            for section in sections
        ),
    )
    rows = tuple(
        (line.name, *(_value(section, _of(section, line.code)) for section in sections))
        for line in first.lines
    )
    short = f"{about}各项指标情况表"
    return ReportTable(
        title=f"各{facts.called(first)}{short}", short=short, units=(PERCENTS,) if any(not s.counts for s in sections) else (), columns=columns, rows=rows,
        total=(first.whole.name, *(_value(section, section.whole) for section in sections)), tones=(),
        notes=tuple(f"{section.title}：{section.definition}" for section in sections),
    )  # fmt: skip


def _value(section: Section, line: RegionLine) -> Cell:
    """A count stands in its column as a whole number."""
    return line.numerator if section.counts else line.value


def _of(section: Section, code: str) -> RegionLine:
    return next(line for line in section.lines if line.code == code)


def each_with_its_unit(
    sections: Sequence[Section], columns: tuple[TableColumn, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[str, ...], tuple[TableColumn, ...], tuple[tuple[Cell, ...], ...]]:
    """The units, columns and rows of measures below each other: a column of units where they differ."""
    if len({section.unit for section in sections}) == 1:
        return _units(sections[0]), columns, tuple(rows)
    placed = [(row[0], each.unit, *row[1:]) for each, row in zip(sections, rows, strict=True)]
    return ("见表内，比率为%",), (columns[0], TableColumn("单位", "words"), *columns[1:]), tuple(placed)


MEASURE_COLUMNS: tuple[TableColumn, ...] = (
    TableColumn("指标", "name"),
    TableColumn("应完成", "count"),
    TableColumn("已完成", "count"),
    TableColumn("比率", "percent"),
    TableColumn("序时／目标", "percent"),
    TableColumn("还差", "count"),
    TableColumn("时限", "words"),
    TableColumn("进度要求", "words"),
)


def measures_table(sections: Sequence[Section]) -> ReportTable:
    """One region over all measures: the annex of a 督办单."""
    units, columns, rows = each_with_its_unit(
        sections, MEASURE_COLUMNS, [measure_row(each) for each in sections]
    )
    return ReportTable(
        title=f"{sections[0].whole.name}各项指标情况表",
        units=units,
        columns=columns,
        rows=rows,
        total=None,
        tones=tuple(section.whole.judgement.tone for section in sections),
        # What the letter is about is defined; the other measures are defined in the province's reports.
        notes=tuple(f"{s.title}：{s.definition}" for s in sections if facts.is_behind(s)),
    )


def measure_row(section: Section, demand: str | None = None) -> tuple[Cell, ...]:
    """In the order of MEASURE_COLUMNS; a `demand` from elsewhere stands in for the section's own."""
    line = section.whole
    due = chinese_day(section.due) if section.due else DASH
    return (
        section.title,
        line.denominator,
        line.numerator,
        None if section.counts else line.value,
        None if section.counts else section.pace,
        line.remaining,
        due,
        (line.demand if demand is None else demand) or DASH,
    )


def alerts_table(alerts: Sequence[AlertLine]) -> ReportTable:
    columns = (
        TableColumn("地区", "name"),
        TableColumn("指标", "name"),
        TableColumn("状态", "words"),
        TableColumn("级别", "words"),
        TableColumn("情况", "words"),
    )
    return ReportTable(
        title="滞后预警情况表",
        units=(),
        columns=columns,
        rows=tuple(
            (alert.region, alert.measure, alert.state, alert.level or DASH, alert.sentence)
            for alert in alerts
        ),
        total=None,
        tones=tuple(alert.tone for alert in alerts),
    )


def pressed_table(section: Section, most: int) -> ReportTable | None:
    """Beside the map: who has to be pressed, the furthest behind first; of a closed campaign nobody."""
    behind, named = facts.behind(section), facts.called(section)
    late, rest = behind[:most], len(behind[most:])
    if not late or section.closed:
        return None
    columns = (
        TableColumn(facts.called(section), "name"),
        TableColumn(section.short_title, _kind(section)),
        *(
            [TableColumn(section.gap_title, "points")]
            if section.surveys
            else [
                TableColumn(section.left_title if section.falls else "还差", "count"),
                TableColumn("进度要求", "words"),
            ]
        ),
    )
    return ReportTable(
        title=f"需重点督导的{len(late)}个{named}，另有{rest}个" if rest else f"需重点督导的{named}", units=_units(section),
        columns=columns, rows=tuple((line.name, _value(section, line), *_still_due(section, line)) for line in late),
        total=None, tones=tuple(line.judgement.tone for line in late),
    )  # fmt: skip


def _still_due(section: Section, line: RegionLine) -> tuple[Cell, ...]:
    """How far a survey is from its target; of what can be counted how many are left, and what that asks for."""
    return (line.gap,) if section.surveys else (line.remaining, line.demand or DASH)
