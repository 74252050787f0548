"""Where the figures come from and how they were checked: 数据来源 and 说明."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zyb.briefing import facts
from zyb.briefing.model import Briefing, Check, NamedSource
from zyb.exports.statistics.grid import Grid, GridRow, SheetColumn
from zyb.exports.statistics.house import LINE_HEIGHT, ROW_HEIGHT, lines
from zyb.exports.statistics.page import HEAD_ROW, SheetSurround, StatisticsPage, widths_of
from zyb.periods import chinese_day, in_beijing

# Printed in the time of those who read it, wherever the program runs.
REMARKS, SOURCES = "说明", "数据来源"
COLUMNS = (24, 22, 84)
Line = tuple[str, str, str]
HOW_TO_READ = (
    ("公式", "合计、比率、差距、位次等单元格为公式，可以核对；修改数字后自动重算。公式结果与通报不一致的单元格直接写数。"),
    ("筛选", "表头可以筛选和排序，合计行不参加筛选。"),
    ("“—”", "没有报送、没有任务数或无法计算，不等于零。"),
    ("颜色", "比率以数据条表示；进展评价同时用形状、文字和底色表示；“近期周均”低于“周均需完成”的用红色加粗。"),
)  # fmt: skip


def sources(briefing: Briefing) -> Grid:
    """One row for each snapshot of a measure, in the order of the measures."""
    fields = (
        SheetColumn("snapshot", "批次", "rank"),
        SheetColumn("name", "台账", "name"),
        SheetColumn("as_of", "数据截至", "day"),
        SheetColumn("file", "文件", "words"),
        SheetColumn("place", "工作表和行", "words"),
        SheetColumn("document", "来源", "words"),
        SheetColumn("measures", "用于指标", "words"),
    )
    pairs = [(source, section.title) for section in briefing.sections for source in section.sources]
    known = {source.snapshot: source for source, _ in pairs}
    return Grid(
        fields,
        tuple(
            _source(known[n], [title for source, title in pairs if source.snapshot == n])
            for n in sorted(known)
        ),
    )


def _source(source: NamedSource, used_by: Sequence[str]) -> GridRow:
    return {
        "snapshot": source.snapshot, "name": source.ledger, "as_of": source.as_of, "file": source.file_name,
        "place": source.place, "document": source.document, "measures": "、".join(dict.fromkeys(used_by)),
    }  # fmt: skip


def write_sources(page: StatisticsPage, briefing: Briefing, footer: str) -> None:
    grid = sources(briefing)
    page.set_widths(widths_of(grid))
    page.opening(
        SheetSurround("数据来源", f"数据截至{chinese_day(briefing.as_of)}；采用批次{_edition(briefing)}")
    )
    placed = page.table(grid)
    page.paper(max(placed.last, HEAD_ROW), SOURCES, footer)


def _edition(briefing: Briefing) -> str:
    return "、".join(map(str, briefing.edition)) or "无"


# -- 说明 -----------------------------------------------------------------------------------------------


def write_remarks(page: StatisticsPage, briefing: Briefing, footer: str) -> None:
    """Everything that has to be known beside the tables, chapter by chapter."""
    page.set_widths(COLUMNS)
    page.opening(SheetSurround("说明", f"数据截至{chinese_day(briefing.as_of)}"))
    row = HEAD_ROW
    for title, told in _chapters(briefing):
        row = _chapter(page, row, title, list(told))
    page.paper(row - 1, REMARKS, footer, headed=False)


def _chapters(briefing: Briefing) -> Iterator[tuple[str, Iterator[Line]]]:
    yield "一、本期报告", _report(briefing)
    yield "二、校核结果", (_checked(check) for check in briefing.checks)
    yield "三、进展评价规则", _rules(briefing)
    yield "四、评价的人工调整", _overrides(briefing)
    yield "五、数据说明", (("", "", note) for note in briefing.notes)
    yield "六、怎样看这些表", (("", name, text) for name, text in HOW_TO_READ)


def _chapter(page: StatisticsPage, row: int, title: str, told: Sequence[Line]) -> int:
    page.across(row, 0, len(COLUMNS) - 1, title, page.look.chapter)
    page.tall(row, ROW_HEIGHT + 6)
    for line in told or [("", "", "无。")]:
        row += 1
        _line(page, row, line)
    return row + 1


def _line(page: StatisticsPage, row: int, line: Line) -> None:
    """Cells that say nothing lend their room to the last one."""
    said = [text for text in line if text]
    look = page.look.cell("words", left=True)
    for place, text in enumerate(said[:-1]):
        page.text(row, place, text, look)
    first = len(said) - 1
    page.across(row, first, len(COLUMNS) - 1, said[-1], look)
    width = sum(COLUMNS[first:]) - 3
    page.tall(row, max(ROW_HEIGHT, lines(said[-1], width) * LINE_HEIGHT + 5))


def _report(briefing: Briefing) -> Iterator[Line]:
    told = (
        ("名称", "".join(briefing.title)),
        ("种类和范围", f"{briefing.kind_title}　{briefing.scope}"),
        ("发文单位", briefing.issuer),
        ("文号", briefing.number),
        ("成文日期", chinese_day(briefing.made)),
        ("取数时间", f"{in_beijing(briefing.known_at):%Y-%m-%d %H:%M:%S}（北京时间）"),
        ("采用批次", _edition(briefing)),
        ("修订", briefing.revises),
        ("修订内容", briefing.changes),
        ("数据性质", briefing.demo_warning),
    )
    return (("", name, text) for name, text in told if text)


def _checked(check: Check) -> Line:
    return check.title, _outcome(check), check.detail or "—"


def _outcome(check: Check) -> str:
    if check.passed:
        return "●通过"
    return "◆未通过，确认作为说明" if check.accepted else "▼未通过"


def _rules(briefing: Briefing) -> Iterator[Line]:
    for one in briefing.verdict_rules:
        yield "", one.title, one.rule
    for section in briefing.sections:
        for one in section.verdict_rules:
            yield section.title, one.title, one.rule


def _overrides(briefing: Briefing) -> Iterator[Line]:
    for section in briefing.sections:
        for line in section.lines:
            if line.judgement.proposed:
                judged = facts.in_place_of(line.judgement)
                yield section.title, line.name, f"{judged}，理由：{line.judgement.reason}"
