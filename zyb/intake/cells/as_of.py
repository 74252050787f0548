"""数据截至 as officials write it: in the title, in a note, in the sheet's or the file's name.

`zyb.intake.cells.moments` reads the days and periods of one text; here the words beside them tell what each is for, and
the texts are weighed against each other. What contradicts itself is nobody's guess: then there is no day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from zyb.intake.cells.moments import Moment, Read, Year, read_moments
from zyb.intake.cells.spelling import plain_days

# Words behind which the day of the figures stands, whatever else is written.
SAID = re.compile(
    r"(?<!填报)(?<!报送)(?<!上报)(?<!提交)(?<!报名)(?:数据)?截[至止]|统计(?:时间|日期|期间|周期|时段|时点|范围|[至到])"
    r"|数据(?:时间|日期|时点|期间|所属期|[为是期])|报告期|所属(?:期|时期|期间|月份|年月)|报表期间"
    r"|(?:汇总|累计|更新)[至到]|本[表期次](?:数据)?[为是系]"
)
# As far behind it, and nothing of this between.
SAID_BEFORE, NOT_SAID = 12, re.compile(r"目前|当前|本月|今|上[月季年期周旬]|去年|昨|前日|[。;；]")
# Words behind which a day stands on which somebody wrote, sent or printed the table.
FILED = re.compile(
    r"(?:填[报表写制]|制[表作]|编[制报]|报[送出告表]|上报|打印|导出|提取|下载|生成|录入|提交|印制|审[核签批]|复核|签[字章发]|盖章|汇报|汇总|更新|整理|修[改订])"
    r"(?:人|单位)?(?:时间|日期|时点|日)[^\d]{0,8}$"
)
# 截至上月底: counted from a day that only the writer knows.
RELATIVE = re.compile(r"截[至止]到?(?:上[月年季周旬]|上季度|上年度|去年|昨|前日)")
# 截止时间：2024年7月5日前报省卫生健康委: until when, not as of when.
DUE = re.compile(r"[之以]?前.{0,4}[报送交]|全[部面]完成|[之以]?前(?:全部)?完成")
DEADLINE = re.compile(
    r"(?:(?:治理|整改|任务|帮扶|完成)截[至止](?:日期|时间)|(?:填报|报送|上报|提交|报名)截[至止](?:日期|时间)?|[时期]限)[^\d]{0,4}$"
)
NUMBERED = re.compile(r"(?:电话|手机|传真|邮编|编号|代码)[:：]?[\d\-]*$")
FILED_THEN = re.compile(
    r"(?:日)?(?:更新|修[改订]|补[报录充]|调整|[填上]报|报[送出]|制[表作]|打印|导出|整理|汇总|报(?=$|[)\]）]))"
)
# A line that is signed: a day in it, without a word of its own, is that of the signature.
SIGNED = re.compile(
    r"(?:制表|审核|填报|填表|复核|报送|经办|联系|负责|签发|批准|上报|填制|编制)(?:人|单位|负责人|领导)?(?:\([^()]{0,8}\))?[:：]|[(（]?盖章"
)
# 根据2024年3月1日…, 较2023年…: what is leant on or compared with. 自 begins what may have an end.
LEANT_ON = re.compile(r"(?:根据|依据|遵照|按照|按)[^,，。;；:：、()]{0,12}$")
# 浙卫发〔2024〕5号（2024年3月1日）, 《…方案》（2023年）: the document's own day.
CITED = re.compile(r"[号》¦][(（][^)）]{0,12}$")
COMPARED = re.compile(r"(?:较|同比|相?比|与|同)$")
SINCE = re.compile(r"(?:自|从|始于|成立于|建于)$")
# 2024年3月1日前, …印发的, …成立: deadlines, documents, foundations.
ELSEWISE = re.compile(
    r"的?(?:[-至到](?:今|目前|当前|现在)|[之以]?前(?!三季|[两\d])|起|[之以]来|以后|之后|[印下]发|发布|公布|颁布|出台|施行|实施|成立|设立|投产|开工|通知|文件|会议|召开|要求|部署|启动)"
    r"(?!情况|进展|数据|工作)"
)
COMPARED_WITH = re.compile(r"同期|基数|相比|基线|基准")
# A table is sent within half a year of its day; a name that is further from it is none of the day on which it was sent.
FORGOTTEN = timedelta(days=183)
BRACKETED = re.compile(r"[(\[【（]$"), re.compile(r"^[)\]】）]")
MENTIONED_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|-20\d{2}年|[^\d家个户]|$)")


@dataclass(frozen=True)
class FoundDay:
    """A day and how it was written. `exact` is False when only a period was given;
    `impossible` holds a day that does not exist, such as 9月31日; `short` is a year of two digits."""

    day: date
    text: str
    exact: bool = True
    impossible: bool = False
    short: bool = False


@dataclass(frozen=True)
class Days:
    """What the texts around a table say: its day, if they agree on one; else what could be asked about."""

    found: FoundDay | None = None
    contested: tuple[FoundDay, ...] = ()
    filed: date | None = None
    whole_year: int | None = None
    """2024年度, where nothing else is written."""
    unclear: str = ""
    """A cell of its own with the number 2024.1, which may have been typed 2024.10."""


@dataclass(frozen=True)
class _Candidate:
    moment: Moment
    text: str
    years: tuple[int, ...]

    @property
    def found(self) -> FoundDay | None:
        if len(self.years) != 1:
            return None
        day, impossible = self.moment.last_day(self.years[0])
        return FoundDay(day, self.text, self.moment.day is not None, impossible, self.moment.short)

    def begins(self) -> date:
        return date(self.years[0], self.moment.first, 1)


class _Line:
    """One text with its moments sorted by what they are for."""

    def __init__(self, text: str, named: bool = False) -> None:
        self.read: Read = read_moments(text)
        self.named = named
        self.said: list[Moment] = []
        self.told: list[Moment] = []
        self.filed: list[Moment] = []
        signed = bool(SIGNED.search(self.read.text))
        said = [found.end() for found in SAID.finditer(self.read.text)]
        for at, moment in enumerate(self.read.moments):
            previous = self.read.moments[at - 1].end if at else 0
            self._sort(moment, previous, said, signed)

    def _sort(self, moment: Moment, previous: int, said: Sequence[int], signed: bool) -> None:
        before = self.read.text[max(previous, moment.start - 40) : moment.start]
        if self._is_due(moment, before):
            return
        if self._is_said(moment, previous, said):
            self.said.append(moment)
        elif FILED.search(before) or self._is_filed(moment, signed):
            self.filed.append(moment)
        elif not self._is_elsewise(moment, before) and (not moment.weak or self._stands_alone(moment)):
            self.told.append(moment)

    def _is_due(self, moment: Moment, before: str) -> bool:
        return bool(DUE.match(self.read.text, moment.end) or DEADLINE.search(before))

    def _is_filed(self, moment: Moment, signed: bool) -> bool:
        """A whole day in a signed line, or 7月3日更新."""
        if moment.day is None or moment.ranged:
            return False
        return bool(signed or FILED_THEN.match(self.read.text, moment.end))

    def _is_said(self, moment: Moment, previous: int, said: Sequence[int]) -> bool:
        nearest = bisect_right(said, moment.start)
        end = said[nearest - 1] if nearest else -1
        near = previous <= end and moment.start <= end + SAID_BEFORE
        return near and not NOT_SAID.search(self.read.text[end : moment.start])

    def _is_elsewise(self, moment: Moment, before: str) -> bool:
        behind = self.read.text[moment.end : moment.end + 12]
        since = SINCE.search(before) and not moment.ranged
        return bool(
            ELSEWISE.match(behind)
            or DEADLINE.search(before)
            or NUMBERED.search(before)
            or LEANT_ON.search(before)
            or CITED.search(self.read.text[max(moment.start - 40, 0) : moment.start])
            or COMPARED.search(before)
            or since
        )

    def _stands_alone(self, moment: Moment) -> bool:
        """What may be a figure with a point counts in a name, or in brackets of its own."""
        before, behind = self.read.text[: moment.start][-1:], self.read.text[moment.end :][:1]
        whole_day = moment.day is None or moment.day > 9 or "0" in self.read.text[moment.start : moment.end]
        bracketed = bool(BRACKETED[0].match(before) and BRACKETED[1].match(behind))
        return (self.named and whole_day) or bracketed

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that its figures may be of."""
        own = [moment.year for moment in (*self.said, *self.told) if moment.year]
        return tuple(dict.fromkeys((*own, *self.years_alone)))

    @cached_property
    def years_alone(self) -> tuple[int, ...]:
        """2024年度: years that belong to no day."""
        return tuple(year.year for year in self.read.years if not self._is_compared(year))

    def _is_compared(self, year: Year) -> bool:
        text = self.read.text
        before, behind = text[max(year.start - 40, 0) : year.start], text[year.end : year.end + 8]
        compared = (
            COMPARED.search(before)
            or COMPARED_WITH.match(behind)
            or LEANT_ON.search(before)
            or CITED.search(before)
        )
        return bool(compared or ELSEWISE.match(behind) or FILED.search(before))

    @property
    def whole_years(self) -> set[int]:
        return {year.year for year in self.read.years if year.whole and not self._is_compared(year)}


@dataclass(frozen=True)
class _Texts:
    """All texts around a table; the years of one level lend themselves to the months of another."""

    titles: Sequence[_Line]
    notes: Sequence[_Line]
    names: Sequence[_Line]

    def candidates(self, lines: Iterable[_Line], *, said: bool) -> list[_Candidate]:
        found = []
        for line in lines:
            for moment in line.said if said else line.told:
                written = line.read.text[moment.start : moment.end]
                years = (moment.year,) if moment.year else self._years(line)
                found.append(_Candidate(moment, written, years))
        return found

    def _years(self, line: _Line) -> tuple[int, ...]:
        """The text's own year, else that of the titles, the sheet's name, the file's."""
        return next(
            (years for years in (line.years, self._titled, *(n.years for n in self.names)) if years), ()
        )

    @cached_property
    def _titled(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(year for title in self.titles for year in title.years))

    def levels(self) -> Iterable[list[_Candidate]]:
        """What is said to be the day comes first; a note's other dates (deadlines) never count."""
        for lines in (self.titles, self.notes, *([name] for name in self.names)):
            yield self.candidates(lines, said=True)
        if any(RELATIVE.search(line.read.text) for line in (*self.titles, *self.notes)):
            return  # as of some other day than the one that stands there
        for lines in (self.titles, *([name] for name in self.names)):
            yield self.candidates(lines, said=False)


def _agreed(candidates: Sequence[_Candidate]) -> tuple[FoundDay, ...]:
    """One day, or all that contradict each other. A day within a period says it more exactly."""
    dated = [(candidate, candidate.found) for candidate in candidates]
    known = [(candidate, found) for candidate, found in dated if found]
    exact = {found.day for _, found in known if found.exact}
    kept = [
        found
        for candidate, found in known
        if found.exact or not any(candidate.begins() <= day < found.day for day in exact)
    ]
    return tuple({found.day: found for found in reversed(kept)}.values())


def find_days(titles: Iterable[str], notes: Iterable[str], names: Iterable[str]) -> Days:
    """The day of the figures: as said (截至…), else as the title, the sheet's name or the file's name tells it."""
    lines = [_Line(text) for text in titles], [_Line(text) for text in notes]
    texts = _Texts(*lines, [_Line(text, named=True) for text in names])
    filed = _filed((*texts.titles, *texts.notes, *texts.names))
    for candidates in texts.levels():
        if days := _agreed(candidates):
            days = (*days, *_by_another_name(days[0], texts.names))
            return Days(days[0], filed=filed) if len(days) == 1 else Days(None, days, filed)
    whole = {year for line in (*texts.titles, *texts.names) for year in line.whole_years}
    return Days(filed=filed, whole_year=whole.pop() if len(whole) == 1 else None)


def _by_another_name(found: FoundDay, names: Sequence[_Line]) -> list[FoundDay]:
    """Whoever writes 2024年9月 in the file's name over a table of 2023年9月, or 截至5月底 over one of 6月底, has forgotten to
    change one of the two; a name
    may also be of the month in which the table was sent. No name speaks against a day that another one bears out."""
    told = [moment for line in names for moment in (*line.said, *line.told) if moment.year]
    said = [moment for line in names for moment in line.said if not moment.year]
    ends = [(moment, moment.last_day(found.day.year)[0]) for moment in said]
    if others := [(moment, day) for moment, day in ends if day.month != found.day.month]:
        return [FoundDay(day, f"{day.month}月", moment.day is not None) for moment, day in others[:1]]
    if any(moment.year == found.day.year for moment in told):
        return []
    days = [(moment, moment.last_day(moment.year or 0)[0]) for moment in told]
    return [
        FoundDay(day, f"{moment.year}年{day.month}月", moment.day is not None)
        for moment, day in days[:1]
        if day.month == found.day.month or abs(day - found.day) > FORGOTTEN
    ]


def _filed(lines: Iterable[_Line]) -> date | None:
    """The last of the days on which the table was written, signed or sent."""
    days = [moment for line in lines for moment in line.filed if moment.day]
    return max((moment.last_day(moment.year)[0] for moment in days if moment.year), default=None)


def find_as_of(titles: Iterable[str], notes: Iterable[str], names: Iterable[str]) -> FoundDay | None:
    return find_days(titles, notes, names).found


def years_of_figures(texts: Iterable[str], names: Iterable[str] = ()) -> list[int]:
    """The distinct years that the figures may be of: not those of filing days, documents and comparisons."""
    lines = [*(_Line(text) for text in texts), *(_Line(text, named=True) for text in names)]
    return list(dict.fromkeys(year for line in lines for year in line.years))


def years_alone(texts: Iterable[str]) -> list[int]:
    """The distinct years that are said by themselves: 2024年度 in 2024年度名单（截至2025年2月28日）."""
    return list(dict.fromkeys(year for text in texts for year in _Line(text).years_alone))


def years_in(texts: Iterable[str]) -> list[int]:
    """The distinct years that titles and names mention, in order."""
    found = (
        int(year) for text in texts for year in MENTIONED_YEAR.findall(plain_days(text).replace(" ", ""))
    )
    return list(dict.fromkeys(found))
