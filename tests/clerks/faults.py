"""What clerks get wrong: workbooks that must be refused or asked about, never taken with other figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.clerks.books import Formula, Sheet
from tests.clerks.drawing import Draw
from tests.clerks.framing import Frame
from tests.clerks.places import Region
from tests.clerks.truth import LEDGERS, LISTS, SUMMARIES, Truth
from tests.clerks.words import days

Before = Callable[[Draw, Truth], None]
After = Callable[[Draw, Truth, list[Sheet], Frame], bool | None]
"""False where the table gives no occasion for the fault."""


def _leave(draw: Draw, truth: Truth) -> None:
    """Nothing is done before the table is written."""


def _keep(draw: Draw, truth: Truth, tables: list[Sheet], frame: Frame) -> None:
    """Nothing is done afterwards."""


@dataclass(frozen=True)
class Fault:
    name: str
    ledgers: tuple[str, ...]
    before: Before = _leave
    after: After = _keep
    column: str = ""
    """Without this column of a list the fault does not show."""


def _more_than_whole(draw: Draw, truth: Truth) -> None:
    """More done than there is to do, in one line."""
    at = draw.number(0, len(truth.figures) - 1)
    line = truth.figures[at]
    first, *others = line.numbers
    name = draw.any(others)
    numbers = {**line.numbers, name: line.numbers[first] + draw.number(1, 40)}
    truth.figures = (*truth.figures[:at], replace(line, numbers=numbers), *truth.figures[at + 1 :])


UNKNOWN = ("西咸新区", "高新技术产业开发区", "市直单位", "省属企业", "兵团", "长清市", "经开区")


def _unknown_region(draw: Draw, truth: Truth) -> None:
    """A line of a region that is on no roster."""
    name = draw.any(UNKNOWN)
    strange = Region(name, name)
    first = truth.figures[0].region
    like = [line for line in truth.figures if line.region == first]
    truth.figures += tuple(replace(line, region=strange, numbers=dict(line.numbers)) for line in like)
    truth.regions = (*truth.regions, strange)


def _wrong_total(draw: Draw, truth: Truth, tables: list[Sheet], frame: Frame) -> bool:
    """The last line is a total that does not match; one is written where there was none."""
    table = tables[0]
    last = table.rows[-1]
    if str(last[0]).replace(" ", "") in ("合计", "总计") or (len(last) > 1 and str(last[1]) == "合计"):
        table.rows[-1] = [
            cell + 11 if isinstance(cell, int) else cell.value + 11 if isinstance(cell, Formula) else cell
            for cell in last
        ]
        return True
    sums: list[object] = [None] * table.width
    sums[0] = "合计"
    for column in range(1, table.width):
        numbers = [row[column] for row in table.rows if column < len(row) and isinstance(row[column], int)]
        if len(numbers) > 1 and numbers != list(range(1, len(numbers) + 1)):
            sums[column] = sum(numbers) + 11
    table.rows.append(sums)
    return any(isinstance(number, int) for number in sums)


def _rounded_code(draw: Draw, truth: Truth) -> None:
    """A code that the spreadsheet took for a number."""
    for one in truth.enterprises[:2]:
        one["uscc"] = draw.any(("9.16E+17", 9.16103001234567e17, "9.16103E+17"))


def _lost_name(draw: Draw, truth: Truth) -> None:
    truth.enterprises[0]["name"] = None


def _hundreds(draw: Draw, truth: Truth, tables: list[Sheet], frame: Frame) -> None:
    """Figures in hundreds: 单位：百家."""
    unit = draw.any(("单位：百家", "单位：万家", "单位：千家", "计量单位：百家"))
    frame.page.above = [
        [cell for cell in row if "单位：" not in str(cell) or "填报" in str(cell)] for row in frame.page.above
    ]
    frame.page.above.append([unit])


def _month_only(draw: Draw, truth: Truth, tables: list[Sheet], frame: Frame) -> bool:
    """What was done in the month, and no sum since the beginning."""
    done = False
    word = draw.any(
        ("本月完成数", "本月完成治理企业数", "当月完成数", "本月新增完成企业数", "本周完成数", "上月完成数")
    )
    for row in tables[0].rows[:2]:
        for at, cell in enumerate(row):
            if (
                isinstance(cell, str)
                and any(sign in cell for sign in ("完成治理", "已完成"))
                and "率" not in cell
            ):
                row[at], done = word, True
    return done


def _filing_day_only(draw: Draw, truth: Truth, tables: list[Sheet], frame: Frame) -> None:
    """No day of the figures; only when the form was filled in."""
    frame.page.above = [[f"{truth.province}职业病危害专项治理进展情况表"], [days.filing_day(draw, truth.day)]]
    frame.page.below = []
    frame.sheet, frame.day_on_sheet, frame.file = "Sheet1", "", f"{truth.province}专项治理进展"


NUMBERED = ("governance_progress", "assistance_rates", "institutions")
FAULTS = (
    Fault("more than the whole", NUMBERED, before=_more_than_whole),
    Fault("unknown region", SUMMARIES, before=_unknown_region),
    Fault(
        "total does not match", tuple(one for one in SUMMARIES if one != "institutions"), after=_wrong_total
    ),
    Fault(
        "rounded code",
        tuple(one for one in LISTS if one != "demonstration"),
        before=_rounded_code,
        column="uscc",
    ),
    Fault("line without a name", LISTS, before=_lost_name),
    Fault("in hundreds", SUMMARIES, after=_hundreds),
    Fault("month only", ("governance_progress",), after=_month_only),
    Fault("filing day only", ("governance_progress",), after=_filing_day_only),
)
assert all(any(ledger in fault.ledgers for fault in FAULTS) for ledger in LEDGERS)
