"""Briefings made by hand for the tests of the writers: the published figures of Shaanxi, and odd ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from zyb.briefing.model import (
    AlertLine,
    Briefing,
    Check,
    Figure,
    HeldVerdict,
    NamedSource,
    Paragraph,
    RegionLine,
    ReportPoint,
    Request,
    Section,
    Sentence,
    Slide,
    VerdictRule,
)
from zyb.briefing.report_table import Cell, ReportTable, TableColumn
from zyb.numerals import absolute_points, percent
from zyb.periods import chinese_day, schedule, weeks_left
from zyb.rulebook.verdicts import verdict, verdicts
from zyb.standing.arithmetic import ranks
from zyb.wording.schedules import task_of

START, DUE, AS_OF, BEFORE = date(2022, 9, 1), date(2025, 6, 30), date(2024, 3, 1), date(2024, 2, 1)
PACE = Fraction((AS_OF - START).days, (DUE - START).days)
EARLIER_PACE = Fraction((BEFORE - START).days, (DUE - START).days)
WEEKS = weeks_left(DUE, AS_OF)

# code, name, short name, enrolled, completed, completed a month before (invented); None reported nothing
Region = tuple[str, str, str, int | None, int | None, int | None]
SHAANXI: tuple[Region, ...] = (
    ("610100", "西安市", "西安", 2367, 1378, 1356),
    ("610300", "宝鸡市", "宝鸡", 554, 356, 347),
    ("610400", "咸阳市", "咸阳", 213, 140, 137),
    ("610200", "铜川市", "铜川", 84, 51, 51),
    ("610500", "渭南市", "渭南", 247, 146, 142),
    ("610600", "延安市", "延安", 131, 23, 22),
    ("610800", "榆林市", "榆林", 463, 84, 81),
    ("610700", "汉中市", "汉中", 331, 244, 238),
    ("610900", "安康市", "安康", 104, 51, 49),
    ("611000", "商洛市", "商洛", 78, 56, 54),
    ("610403", "杨凌示范区", "杨凌", 48, 4, 4),
    ("610581", "韩城市", "韩城", 79, 42, 41),
)
SILENT: tuple[Region, ...] = tuple((code, name, short, None, None, None) for code, name, short, *_ in SHAANXI)


def many(number: int) -> tuple[Region, ...]:
    """Invented regions with names of every length."""
    names = ["市", "示范区", "高新技术产业开发区", "自治州"]
    return tuple(
        (f"99{n:02}00", f"第{n}{names[n % 4]}", f"第{n}", 40 + 7 * n, 3 * n, 2 * n)
        for n in range(1, number + 1)
    )


def _share(numerator: int | None, denominator: int | None) -> Fraction | None:
    return Fraction(numerator, denominator) if numerator is not None and denominator else None


def _judgement(numerator: int | None, denominator: int | None, gap: Fraction | None) -> HeldVerdict:
    finished = bool(denominator) and numerator is not None and numerator >= (denominator or 0)
    found = verdict(verdicts(""), numerator, denominator, finished, gap)
    return HeldVerdict(found.id, found.title, found.tone, found.shape)


def _line(
    region: Region, left_everywhere: int, rank: int | None = None, previous: int | None = None
) -> RegionLine:
    code, name, short, enrolled, completed, before = region
    value = _share(completed, enrolled)
    gap = None if value is None else value - PACE
    remaining = None if enrolled is None or completed is None else max(enrolled - completed, 0)
    return RegionLine(
        code=code,
        name=name,
        short=short,
        numerator=completed,
        denominator=enrolled,
        value=value,
        pace=PACE,
        gap=gap,
        shortfall=None if gap is None else max(0, -int(gap * (enrolled or 0) // 1)) if gap < 0 else 0,
        remaining=remaining,
        share_of_remaining=_share(remaining, left_everywhere),
        added=None if completed is None or before is None else completed - before,
        rank=rank,
        previous_rank=previous,
        judgement=_judgement(completed, enrolled, gap),
        demand=""
        if remaining is None
        else task_of(schedule(remaining, DUE, AS_OF, "家"), "governance_completion", "ratio"),
        needed_per_week=None if remaining is None else Fraction(remaining, WEEKS),
        done_per_week=None if completed is None or before is None else Fraction(completed - before, 4),
        forecast="",
        as_of=None if completed is None else AS_OF,
    )


def _left(regions: Sequence[Region]) -> int:
    return sum(max(r[3] - r[4], 0) for r in regions if r[3] is not None and r[4] is not None)


def _lines(regions: Sequence[Region]) -> tuple[RegionLine, ...]:
    now = ranks({r[0]: _share(r[4], r[3]) for r in regions})
    then = ranks({r[0]: _share(r[5], r[3]) for r in regions})
    left = _left(regions)
    return tuple(_line(r, left, now.get(r[0]), then.get(r[0])) for r in regions)


def _whole(regions: Sequence[Region], name: str) -> RegionLine:
    reported = [r for r in regions if r[4] is not None]
    sums: list[int | None] = [sum(int(r[n] or 0) for r in reported) if reported else None for n in (3, 4, 5)]  # type: ignore[call-overload]
    return _line(("", name, name, *sums), _left(regions))  # type: ignore[arg-type]


def _trend(whole: RegionLine) -> tuple[ReportPoint, ...]:
    if whole.numerator is None or whole.denominator is None:
        return ()
    before = whole.numerator - (whole.added or 0)
    return tuple(
        ReportPoint(day, done, whole.denominator, _share(done, whole.denominator), pace)
        for day, done, pace in ((BEFORE, before, EARLIER_PACE), (AS_OF, whole.numerator, PACE))
    )


def section(regions: Sequence[Region] = SHAANXI, scope: str = "全省") -> Section:
    whole = _whole(regions, scope)
    return Section(
        measure_id="governance_completion",
        campaign="governance",
        title="专项治理完成率",
        short_title="完成率",
        kind="ratio",
        unit="家",
        numerator_title="完成治理",
        denominator_title="纳入治理",
        definition="完成治理企业数占纳入治理企业数的比例。",
        basis="陕卫办职业发〔2024〕5号",
        plan_basis="陕卫办职业函〔2022〕37号",
        note="",
        as_of=AS_OF,
        previous_as_of=BEFORE,
        start=START,
        due=DUE,
        target=Fraction(1),
        pace=PACE,
        paced=True,
        weeks_left=WEEKS,
        whole=whole,
        lines=_lines(regions),
        trend=_trend(whole),
        sources=(
            NamedSource(1, "专项治理进展汇总表", AS_OF, "进展.xlsx", "陕卫办职业发〔2024〕5号 第一部分"),
        ),
    )


LEAGUE_COLUMNS = (
    TableColumn("位次", "rank"),
    TableColumn("市（区）", "name"),
    TableColumn("纳入治理", "count"),
    TableColumn("完成治理", "count"),
    TableColumn("完成率", "percent"),
    TableColumn("与序时进度之差（百分点）", "points"),
    TableColumn("较上期新增", "count"),
    TableColumn("还差", "count"),
    TableColumn("进展评价", "verdict"),
)
SCHEDULE_COLUMNS = (
    TableColumn("市（区）", "name"),
    TableColumn("剩余任务", "count"),
    TableColumn("占全省剩余", "percent"),
    TableColumn("剩余周数", "count"),
    TableColumn("进度要求", "words"),
)


def _league_row(line: RegionLine, judged: str) -> tuple[Cell, ...]:
    counts = (line.denominator, line.numerator, line.value, line.gap, line.added, line.remaining)
    return (line.rank, line.name, *counts, judged)


def league(found: Section) -> ReportTable:
    ranked = found.ranked()
    return ReportTable(
        title="各市（区）职业病危害专项治理进展情况表",
        units=("家", "%"),
        columns=LEAGUE_COLUMNS,
        rows=tuple(_league_row(line, line.judgement.title) for line in ranked),
        total=_league_row(found.whole, ""),
        tones=tuple(line.judgement.tone for line in ranked),
        notes=(
            f"数据来源：国家职业病危害“专项治理”模块，截至{chinese_day(found.as_of)}。",
            f"序时进度{percent(found.pace)}，按{chinese_day(START)}至{chinese_day(DUE)}已用天数计算。",
        ),
        section=0,
    )


def _schedule_row(line: RegionLine) -> tuple[Cell, ...]:
    return (line.name, line.remaining, line.share_of_remaining, WEEKS, line.demand)


def deadlines(found: Section) -> ReportTable:
    return ReportTable(
        title="各市（区）倒排工期任务表",
        units=("家", "%", "周"),
        columns=SCHEDULE_COLUMNS,
        rows=tuple(_schedule_row(line) for line in found.lines),
        total=_schedule_row(found.whole),
        tones=tuple(line.judgement.tone for line in found.lines),
        notes=("进度要求按进一法取整，各地之和可能大于全省数。",),
        section=0,
    )


def matrix(found: Section, measures: int = 29) -> ReportTable:
    """Regions by many measures, with gaps: the widest annex there is."""
    columns = tuple(TableColumn(f"第{n}项指标完成率", "percent") for n in range(1, measures + 1))
    rows = tuple(
        (line.name, *(None if (n + m) % 11 == 0 else Fraction(n * 7 + m, 200) for m in range(measures)))
        for n, line in enumerate(found.lines)
    )
    return ReportTable(
        title="各市（区）各项指标情况表",
        units=("%",),
        columns=(TableColumn("市（区）", "name"), *columns),
        rows=rows,
        total=None,
        tones=(),
    )


def _body(text: str, rule: str, *figures: Figure) -> Paragraph:
    return Paragraph("body", (Sentence(rule, text, figures),))


def _heading(text: str) -> Paragraph:
    return Paragraph("heading", (Sentence("", text),))


def _overall(found: Section) -> Paragraph:
    whole = found.whole
    told = "；".join(
        f"{line.name}纳入治理{line.denominator}家，完成治理{line.numerator}家"
        for line in found.lines
        if line.numerator is not None
    )
    figures = (
        Figure("全省完成治理", f"{whole.numerator}家", found.measure_id, ""),
        Figure("全省完成率", percent(whole.value), found.measure_id, ""),
    )
    first = (
        f"目前，全省纳入治理企业{whole.denominator}家，已完成治理{whole.numerator}家、"
        f"占纳入治理企业总数的{percent(whole.value)}。"
    )
    second = f"其中，{told}。" if told else "各地均未报送。"
    return Paragraph("body", (Sentence("overall", first, figures), Sentence("regions", second)))


def _change(found: Section) -> Paragraph:
    gap = found.whole.gap or Fraction(0)
    side = "快于" if gap > 0 else "低于"
    return _body(
        f"较上期新增完成{found.whole.added}家；序时进度为{percent(found.pace)}，"
        f"全省{side}序时进度{absolute_points(gap)}个百分点。",
        "change",
    )


def _paragraphs(found: Section) -> tuple[Paragraph, ...]:
    lead = (
        "按照“周小结、月分析、季通报”要求，依据国家职业病危害“专项治理”模块统计数据，"
        f"现将截至{chinese_day(found.as_of)}全省职业病危害专项治理工作进展情况通报如下："
    )
    left = found.whole.remaining
    return (
        _body(lead, "lead"),
        _heading("一、总体进展情况"),
        _overall(found),
        _change(found),
        _heading("二、下一步工作要求"),
        Paragraph("subheading", (Sentence("", "（一）倒排工期，挂图作战"),)),
        _body(f"距{chinese_day(DUE)}还有{WEEKS}周，剩余{left}家，{found.whole.demand}。", "deadline"),
        Paragraph("subheading", (Sentence("", "（二）严格验收，确保质量"),)),
        _body("要严格验收标准和程序，防止完成治理的企业超标问题“死灰复燃”。", ""),
    )


def _slides(found: Section) -> tuple[Slide, ...]:
    whole = found.whole
    said = f"全省完成率{percent(whole.value)}，剩余{whole.remaining}家"
    behind = [line.name for line in found.lines if line.judgement.tone == "lagging"]
    return (
        Slide("cover", "陕西省职业病危害专项治理进展通报", points=(f"数据截至{chinese_day(AS_OF)}",)),
        Slide("headline", said, 0, (f"本期新增{whole.added}家",)),
        Slide("map", f"{'、'.join(behind[:4])}进展缓慢" if behind else "各地均达到序时进度", 0),
        Slide("league", f"序时进度{percent(found.pace)}以下的地区需要加力", 0, table=league(found)),
        Slide("trend", f"本期新增{whole.added}家", 0),
        Slide("schedule", f"距时限还有{WEEKS}周，{whole.demand}", 0, table=deadlines(found)),
        Slide("matrix", "各项指标进展不平衡", None, table=matrix(found, 8)),
        Slide("alerts", "需要调度的地区", None, tuple(f"{name}：进展缓慢" for name in behind[:4])),
    )


def sample(
    kind: str = "quarterly",
    regions: Sequence[Region] = SHAANXI,
    demo: bool = False,
    annexes: Sequence[ReportTable] | None = None,
    **changes: object,
) -> Briefing:
    """`changes` replace any field of the Briefing: `sample(number="", copies="")`."""
    found = section(regions)
    titles = {"weekly": "周小结", "monthly": "月分析", "quarterly": "季通报", "yearly": "年度总结"}
    made = Briefing(
        request=Request(province="陕西省", kind=kind, on=AS_OF, campaign="governance"),
        kind_title=titles.get(kind, "督办单"),
        red_head=kind not in ("weekly", "monthly"),
        title=("关于全省职业病危害专项治理工作", "进展情况的通报"),
        short_title="陕西省职业病危害专项治理进展通报",
        scope="全省",
        issuer="陕西省卫生健康委办公室",
        addressees="各设区市、杨凌示范区、韩城市卫生健康委（局）",
        copies="省疾病预防控制中心，省卫生健康监督中心，省职业病防治院",
        number="陕卫办职业函〔2024〕12号",
        made=date(2024, 3, 5),
        as_of=AS_OF,
        edition=(1,),
        known_at=datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC),
        demo_warning="演示数据，不得作为工作依据" if demo else "",
        paragraphs=_paragraphs(found),
        sections=(found,),
        annexes=tuple(annexes) if annexes is not None else (league(found), deadlines(found)),
        slides=_slides(found),
        alerts=(
            AlertLine(
                region="延安市",
                measure="专项治理完成率",
                state="预警",
                level="滞后",
                tone="lagging",
                since=BEFORE,
                sentence="延安市低于序时进度35.4个百分点。",
            ),
        ),
        checks=(Check("totals", "合计与各地之和一致", True, "纳入4699家，完成2575家"),),
        notes=(f"数据截至{chinese_day(AS_OF)}，来源：专项治理进展汇总表。",),
        verdict_rules=(
            VerdictRule("进展较快", "快于序时10个百分点及以上"),
            VerdictRule("相对滞后", "低于序时30个百分点以内（含30）；另行说明"),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
