"""A Briefing: everything that a document says, as plain frozen data, and nothing that still has to be computed.

Word, PowerPoint, Excel, text and the full-screen slides only lay out what stands here, so that a number is
the same in all of them. It goes into a bulletin's frozen record as JSON and comes back equal
(zyb.briefing.issued.freezing). Shares are exact fractions (1 = 100 %); `shown` prints every kind of cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from zyb.briefing.report_table import PERCENTS, ReportTable
from zyb.periods import chinese_day
from zyb.rulebook.verdicts import Tone
from zyb.standing.yardsticks import gap_title, lead, yardstick
from zyb.wording.templates import variants

ParagraphRole = Literal["body", "heading", "subheading"]
SlideKind = Literal["cover", "headline", "map", "league", "trend", "schedule", "matrix", "alerts"]


@dataclass(frozen=True)
class Figure:
    """A number that a sentence rests on: “西安市完成治理” 1378家, of a measure and a region."""

    title: str
    text: str
    measure_id: str
    region_code: str


@dataclass(frozen=True)
class Sentence:
    """`rule` names the wording it was made by (data/rules/wording.toml); "" for what a person wrote."""

    rule: str
    text: str
    figures: tuple[Figure, ...] = ()

    @property
    def point(self) -> str:
        """As a point of a list, which has no full stop."""
        return self.text.removesuffix("。")


@dataclass(frozen=True)
class Paragraph:
    """Headings: “一、总体进展情况” is `heading`, “（一）完成率排名。” is `subheading`, numbers included."""

    role: ParagraphRole
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class HeldVerdict:
    """The verdict that holds; where a person set it, also the rule's own and the reason."""

    id: str
    title: str
    tone: Tone
    shape: str
    proposed: str = ""
    reason: str = ""


@dataclass(frozen=True)
class VerdictRule:
    """What stands behind a verdict's word, for every legend: “进展较快”, “快于序时10个百分点及以上”."""

    title: str
    rule: str


def told_rules(rules: Iterable[VerdictRule]) -> str:
    """In one line, as below a table."""
    return "；".join(f"{one.title}：{one.rule}" for one in rules)


@dataclass(frozen=True, kw_only=True)
class RegionLine:
    """One region (or the province) in one measure, as zyb.standing.standings.Standing has it, ready to print."""

    code: str
    name: str
    short: str
    numerator: int | None
    denominator: int | None
    value: Fraction | None
    pace: Fraction | None
    gap: Fraction | None
    shortfall: int | None
    remaining: int | None
    share_of_remaining: Fraction | None
    added: int | None
    rank: int | None
    previous_rank: int | None
    judgement: HeldVerdict
    demand: str
    """倒排工期 in words: “每周至少完成31家”; "" where there is no plan or no figure."""
    needed_per_week: Fraction | None
    done_per_week: Fraction | None
    """The rate of the last reports; None from fewer than two."""
    forecast: str
    as_of: date | None
    tied: bool = False
    """Whether others share its rank."""
    stale: bool = False
    """Whether its figures are a reporting period older than the newest: 本期未报送, the old ones are used."""
    asked: int | None = None
    """Of a survey, which has no other numbers, how many were asked."""
    partly: str = ""
    """“12个地区中2个已报送”, of a province in the country whose sum is of a part of its regions; “仅桥东区报送（1／16个县区）”."""
    alone: bool = False
    """Whether it is of some counties, which have reported for themselves."""
    newly: int = 0
    """What was reported for the first time, and is not among `added`."""

    @property
    def told(self) -> bool:
        """Whether anything was reported of it: a count, or the percentage of a survey."""
        return self.numerator is not None or self.value is not None

    @property
    def rank_change(self) -> int | None:
        """Places gained since the previous period; negative when lost."""
        known = self.rank is not None and self.previous_rank is not None
        return self.previous_rank - self.rank if known else None  # type: ignore[operator]


@dataclass(frozen=True)
class ReportPoint:
    """The province (or the one region of the report) in one report."""

    day: date
    numerator: int
    denominator: int
    value: Fraction | None
    pace: Fraction | None


@dataclass(frozen=True)
class NamedSource:
    """A snapshot that the figures come from."""

    snapshot: int
    ledger: str
    as_of: date
    file_name: str
    document: str
    place: str = ""
    """Sheets and lines of its rows, “台账第4—15行”; of what was issued before this was told, nothing."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A measure in full. `whole` is 全省, or in a report on one region that region; `lines` in roster order."""

    measure_id: str
    campaign: str
    title: str
    short_title: str
    """What stands over a column of its values: “完成率”, “增长”."""
    kind: Literal["ratio", "growth", "count", "survey"]
    unit: str
    numerator_title: str
    denominator_title: str
    definition: str
    basis: str
    plan_basis: str
    note: str
    as_of: date
    previous_as_of: date | None
    start: date | None
    due: date | None
    target: Fraction | None
    pace: Fraction | None
    paced: bool
    """Without pace a measure is held against its target itself."""
    weeks_left: int | None
    whole: RegionLine
    lines: tuple[RegionLine, ...]
    trend: tuple[ReportPoint, ...]
    sources: tuple[NamedSource, ...]
    earlier: str = "上期"
    """What the figures before are called, by what the report looks back to: 上期, 上季度, 上年."""
    before_value: str = ""
    """What goes before the value in a sentence; "" where the title does."""
    added_title: str = ""
    """What the numerator is called after “新增”."""
    fallen: str = ""
    """What goes before a growth below zero."""
    gist: str = ""
    """The definition without what is said further."""
    title_in_group: str = ""
    """The title where its group is named already."""
    asked: date | None = None
    """The day of the report: a deadline has passed on it whether or not there are new figures."""
    silent_from: date | None = None
    """Of the whole: since when nobody has sent what was due until that day."""
    together: bool = False
    """Asked of the province together: its denominator holds the silent regions' as well."""
    few: bool = False
    """Too few regions have reported this time for the whole to be judged."""
    caveats: tuple[str, ...] = ()
    """What the figure of `whole` could not place: “另有12家未写明县区”."""
    beside: tuple[int, int] = (0, 0)
    """Both sides of what is counted for the province and stands in no region's line."""
    always: bool = False
    """The target holds on every day, and no week has a share of it."""
    falls: bool = False
    """Less of it is better: who is above the target is behind."""
    verdict_rules: tuple[VerdictRule, ...] = ()
    """What stands behind its verdicts' words, where that is not what the report says of all."""
    targets: tuple[tuple[str, str], ...] = ()
    """Whose target, and which with its day and clause, where nation and province both ask."""
    both_targets: str = ""
    """The same in a few words: “国家85.0%（2025年12月31日）、本省95.0%（2025年12月31日）”."""
    weight_title: str = ""
    """Of a survey what its sample is called: 调查人数."""
    origin: str = ""
    """Where the figures of its campaign come from: “国家职业病危害“专项治理”模块”."""
    closed: str = ""
    """That its campaign was closed by the day of the report, and nothing is to be done any more; "" while it goes on."""

    @property
    def counted_from(self) -> date:
        """What time is left is counted from the day of the figures, or once the deadline has passed from that of the report."""
        passed = self.due is not None and self.asked is not None and self.due < self.asked
        return self.asked if passed and self.asked else self.as_of

    @property
    def under_way(self) -> bool:
        """Whether there is anything to be held against: neither without a plan nor before its window opens."""
        return self.pace is not None

    @property
    def judges(self) -> bool:
        """As zyb.standing.standings.Standings has it: whether its regions are judged, or told apart by value alone."""
        return self.under_way and not self.together

    @property
    def begun(self) -> bool:
        """As zyb.standing.standings.Standings has it: what has no window has no beginning either."""
        return self.target is None or self.under_way

    @property
    def yardstick(self) -> str:
        """What values are compared with."""
        return yardstick(self.paced)

    @property
    def gap_title(self) -> str:
        return gap_title(self.paced)

    @property
    def left_title(self) -> str:
        """Over a column of what the target still needs."""
        return ("高出目标" if self.counts else "需减少") if self.falls else "剩余"

    @property
    def to_do(self) -> str:
        """What a week has to bring: 完成, or where less is better 减少."""
        return "减少" if self.falls else "完成"

    def lead(self, line: RegionLine) -> Fraction | None:
        """The gap of one of its lines from the good side, as a share: negative is behind."""
        scale = max(self.target or Fraction(1), Fraction(1)) if self.counts else Fraction(1)
        return lead(line.gap, not self.falls, scale)

    @property
    def counts(self) -> bool:
        """A plain count, whose value is the numerator; what stands beside it is its target number."""
        return self.kind == "count"

    @property
    def surveys(self) -> bool:
        """A percentage as it was reported: without numerator and denominator, and nothing left of it."""
        return self.kind == "survey"

    @property
    def gap_unit(self) -> str:
        """Of a plain count the unit of its gap; nothing where that is 百分点."""
        return self.unit if self.counts else ""

    @property
    def value_unit(self) -> str:
        """Of its values, as captions and titles say it: “%”, “例”."""
        return self.unit if self.counts else PERCENTS

    @property
    def variants(self) -> tuple[str, ...]:
        """Whose words it takes, first of all its own."""
        return variants(self.measure_id, self.kind, self.falls)

    def ranked(self) -> list[RegionLine]:
        """The league table: best first, ties in roster order, who has no value last."""
        return sorted(self.lines, key=lambda line: (line.rank is None, line.rank or 0))


@dataclass(frozen=True)
class Slide:
    """`title` is a sentence that says the finding. `section` is an index into the Briefing's sections."""

    kind: SlideKind
    title: str
    section: int | None = None
    points: tuple[str, ...] = ()
    table: ReportTable | None = None
    lines: tuple[str, ...] = ()
    """The title of a cover, broken by meaning."""


@dataclass(frozen=True, kw_only=True)
class AlertLine:
    region: str
    measure: str
    state: str
    level: str
    tone: Tone
    since: date | None
    sentence: str
    clauses: tuple[str, ...] = field(default=(), compare=False)
    """What the sentence says beside region and measure, one by one; older programs kept the sentence alone."""


@dataclass(frozen=True)
class Check:
    """One line of the 校核 box. What fails blocks the export until somebody lets it become a note."""

    id: str
    title: str
    passed: bool
    detail: str
    accepted: bool = False
    failure: str = ""
    """What is the matter where it fails; the title says what should hold."""

    @property
    def told(self) -> str:
        """The title before a detail that nobody introduces as passed or failed."""
        return self.title if self.passed else self.failure or self.title

    @property
    def blocks(self) -> bool:
        return not self.passed and not self.accepted


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a person asked for. `region_code` "" is the whole province; `campaign` "" is every campaign."""

    province: str
    kind: str
    """A key of data/rules/briefing.toml: weekly, monthly, quarterly, yearly, supervision."""
    on: date
    campaign: str = ""
    region_code: str = ""
    known_at: datetime | None = None
    number: str = ""
    """文号, as printed under the red head: “陕卫办职业函〔2024〕12号”; "" leaves a blank to fill in."""
    made: date | None = None
    """成文日期; the day of the report itself when None."""
    issuer: str = ""
    addressees: str = ""
    copies: str = ""
    requirements: tuple[str, ...] = ()
    """工作要求 that a person wrote, a paragraph each; none takes the wording's own."""
    accepted: tuple[str, ...] = ()
    """Checks that failed and may stand as a note."""


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """A finished report. `paragraphs` is the whole text in order; `annexes` follow it; `slides` tell it."""

    request: Request
    kind_title: str
    """周小结, 月分析, 季通报, 年度总结, 督办单"""
    red_head: bool
    """An official letter with the issuer in red; kept here so that an issued one never changes its look."""
    title: tuple[str, ...]
    """The document's title, broken by meaning: a line each."""
    short_title: str
    """Of files and covers: “陕西省职业病危害专项治理进展通报”."""
    scope: str
    """“全省”, or the region's name."""
    issuer: str
    addressees: str
    copies: str
    number: str
    made: date
    as_of: date
    edition: tuple[int, ...]
    """The numbers of all snapshots in force that the report rests on."""
    known_at: datetime
    demo_warning: str
    """演示数据 must be marked on every page; "" for real data."""
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    annexes: tuple[ReportTable, ...]
    slides: tuple[Slide, ...]
    alerts: tuple[AlertLine, ...]
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    """Source, 数据截至, definitions, missing regions, accepted checks, in the order to print them."""
    verdict_rules: tuple[VerdictRule, ...]
    missed: tuple[str, ...] = ()  # 报送与节点 that are overdue, a line each, for the 校核单
    revises: str = ""
    changes: str = ""

    @property
    def told_rules(self) -> str:
        return told_rules(self.verdict_rules)

    def rules_of(self, section: Section) -> tuple[VerdictRule, ...]:
        """What stands behind the verdicts of one measure."""
        return section.verdict_rules or self.verdict_rules

    def section_of(self, slide: Slide) -> Section | None:
        """The measure that a slide is about; None for one about several."""
        return None if slide.section is None else self.sections[slide.section]

    @property
    def blocked(self) -> bool:
        return any(check.blocks for check in self.checks)

    def file_name(self, suffix: str) -> str:
        """“陕西省职业病危害专项治理进展通报（截至2024年3月1日）.docx”; a demo says so in its name."""
        mark = "演示数据_" if self.demo_warning else ""
        return f"{mark}{self.short_title}（截至{chinese_day(self.as_of)}）.{suffix}"
