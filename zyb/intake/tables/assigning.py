"""Which heading is which column: the best assignment over the whole table.

A whole name beats what says the same in other words, and that beats a word inside. A heading that merely shares a word
with one that fits better is none of the ledger's columns, and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from zyb.intake.cells.answers import Context
from zyb.intake.cells.choices import choice
from zyb.intake.rosters import names_whole
from zyb.intake.tables.found import ColumnFound
from zyb.intake.tables.sides import Side
from zyb.intake.tables.vocabulary import SAYS_NOTHING_ABOVE, Recognised, Vocabulary, meanings
from zyb.rulebook.columns import EXPLAINED_MATCH, FIGURES, SAME_MATCH, WHOLE_MATCH, WORD_MATCH, Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.lexicon.headings import all_known

SPEAKS_FOR = {WORD_MATCH: 6, SAME_MATCH: 9, WHOLE_MATCH: 10, EXPLAINED_MATCH: 10}
# Of what a group over them says may be another thing: 本月情况 over 完成数.
JUDGED_BY_GROUP = ("count", "percent", "flag", "date")
# Of two readings the one that also takes in the tier with the years.
TELLS_MORE = 4
YEAR_ALONE, TO_DATE = frozenset({"year"}), frozenset({"to_date"})
# Headings that mean one and the same column: a form has one a year or an item. So many are no headings.
MOST_TWINS = 60
# One column twice, and nothing tells which: as bad as a column that is missing.
TWICE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadingFound:
    """What stands above the sheet column `at`, as written, and what may be meant; `lowest` by its last tier alone, `over`
    what is said of it by the group that stands higher up than the tiers that are read."""

    at: int
    text: str
    recognised: Recognised
    above: str = ""
    lowest: Recognised | None = None
    over: frozenset[str] = frozenset()
    group: str = ""
    like: str = ""
    """The column that it says as well as the heading that was taken."""
    beside: str = ""
    """An earlier figure beside it, where it is taken for the one to date and may be the period's own."""

    @property
    def with_group(self) -> HeadingFound:
        """As people are told what stands under another group than it seems."""
        return HeadingFound(at=self.at, text=self.group + self.text, recognised=self.recognised)

    @property
    def stranger(self) -> str:
        """A group over it of which nobody knows what it says: 煤矿, 东部. Its figures may be a part of all."""
        known = all_known(self.over) or names_whole(self.group)
        return "" if known else self.group

    def may_be(self, column: Column) -> bool:
        """Whether no group over it (本月情况) makes another thing of the column."""
        return column.type not in JUDGED_BY_GROUP or self.over.isdisjoint(
            column.refuses - column.told - SAYS_NOTHING_ABOVE
        )


class Match(NamedTuple):
    heading: HeadingFound
    column: Column
    level: int
    item: str = ""

    @property
    def year(self) -> int | None:
        return self.heading.recognised.said.year if self.column.yearly else None

    @property
    def moment(self) -> str:
        return "" if self.column.whole_year else self.heading.recognised.said.moment

    @property
    def found(self) -> ColumnFound:
        return ColumnFound(
            index=self.heading.at,
            heading=self.heading.text,
            year=self.year,
            moment=self.moment,
            item=self.item,
            under=self.heading.stranger if self.column.type in FIGURES else "",
            beside=self.heading.beside if self.column.type in FIGURES else "",
        )

    @property
    def to_date(self) -> bool:
        """Whether it is of a part of its year: 2025年1-6月申报数."""
        return not TO_DATE.isdisjoint(self.heading.recognised.said.core | self.heading.recognised.said.hints)

    @property
    def kind(self) -> tuple[int | None, str, str]:
        """What tells it from other columns of its meaning."""
        return self.year, self.moment, self.item


@dataclass(frozen=True)
class Assignment:
    """The columns of a ledger that headings name, the headings that name none, and how much speaks for it."""

    fields: Mapping[str, tuple[ColumnFound, ...]]
    unknown: Sequence[HeadingFound]
    score: int


@dataclass
class _Gathered:
    matches: dict[str, list[Match]] = field(default_factory=dict)
    unknown: list[HeadingFound] = field(default_factory=list)

    def add(self, match: Match) -> None:
        self.matches.setdefault(match.column.name, []).append(match)

    def decide(self, heading: HeadingFound, columns: Sequence[Column], level: int, item: str) -> None:
        """治理数 beside 纳入数 is what has been done, beside 完成数 what is to be; alone it may be either. Of two that say
        the same (一次培训, 培训率的培训) the one that the ledger cannot do without comes first. What is decided for one month
        is so for those beside it."""
        left = [column for column in columns if not self._has(Match(heading, column, level, item))]
        needed = [column for column in left if column.required]
        left = needed if len(needed) == 1 else left
        if len(left) == 1 or (level >= WHOLE_MATCH and not left):
            self.add(Match(heading, (left or columns)[0], level, item))
        else:
            self.unknown.append(heading)

    def _has(self, match: Match) -> bool:
        """Whether the column is there already: of the same year, month and item, or of none."""
        known = self.matches.get(match.column.name, ())
        return any(other.kind == match.kind or not any(other.kind) for other in known)

    def without_parts(self, grouped: Mapping[str, set[str]]) -> None:
        """完成数 under 煤矿 beside 完成数 under 非煤矿山 is the number of neither all nor anything that is asked."""
        for name, matches in list(self.matches.items()):
            parts = (
                [match for match in matches if match.found.under] if len(grouped.get(name, ())) > 1 else []
            )
            self.unknown += [match.heading.with_group for match in parts]
            left = [match for match in matches if match not in parts]
            if left:
                self.matches[name] = left
            else:
                del self.matches[name]


def headings_of(
    columns: Sequence[Sequence[str]],
    known: Vocabulary,
    over: Sequence[str] = (),
    sides: Mapping[int, Side] | None = None,
) -> list[HeadingFound]:
    """The headings of a sheet's columns; `over` each, the group that stands above all of its tiers. Those of `sides` are
    known by less than all their tiers."""
    groups = over or [""] * len(columns)
    return [
        _heading(at, parts, known, group, (sides or {}).get(at, Side(())))
        for at, (parts, group) in enumerate(zip(columns, groups, strict=True))
        if parts
    ]


def _heading(at: int, parts: Sequence[str], known: Vocabulary, group: str, side: Side) -> HeadingFound:
    whole = known.recognised_by(parts, side.rest) if side.rest else known.recognised(*parts)
    over = known.recognised(group).said.core if group else frozenset()
    found = HeadingFound(
        at=at, text="".join(parts), recognised=whole, over=over, group=group, beside=side.beside
    )
    *above, lowest = side.rest or parts
    return replace(found, above="".join(above), lowest=known.recognised(lowest)) if above else found


def assigned(
    number: int, ledger: Ledger, headings: Sequence[HeadingFound], ignored: Sequence[str], titled: bool
) -> Assignment | None:
    """The headings as columns of the ledger with this number in the vocabulary that they were looked up in."""
    gathered = _gathered(number, ledger, headings, ignored, titled)
    if any(len(matches) > MOST_TWINS for matches in gathered.matches.values()):
        return None
    fields: dict[str, tuple[ColumnFound, ...]] = {}
    unknown, score = list(gathered.unknown), 0
    for name, matches in gathered.matches.items():
        best = max(match.level for match in matches)
        kept = [match for match in matches if match.level == best or _apart(match, matches)]
        kept = _without_parts_of_years(kept)
        unknown += [_left(match, kept) for match in matches if match not in kept]
        if _is_beside_the_point(matches[0].column):
            kept, rest = kept[:1], kept[1:]
            unknown += [match.heading for match in rest]
        fields[name] = _dated(kept)
        score += _score(kept)
    return Assignment(fields, sorted(unknown, key=lambda heading: heading.at), score)


def _without_parts_of_years(kept: Sequence[Match]) -> list[Match]:
    """2024年1-6月 beside 2025年1-6月 is not what was declared in 2024: of an earlier year only the whole counts."""
    latest = max((match.year or 0 for match in kept), default=0)
    return [match for match in kept if (match.year or latest) == latest or not match.to_date]


def _left(match: Match, kept: Sequence[Match]) -> HeadingFound:
    """完成治理家数 beside 完成治理企业数 says the same, and may hold another figure."""
    heading = match.heading
    asked = kept[0].level < EXPLAINED_MATCH
    same = asked and match.level >= SAME_MATCH and any(other.kind == match.kind for other in kept)
    if not same or match.column.type not in FIGURES:
        return heading
    return HeadingFound(
        at=heading.at, text=heading.text, recognised=heading.recognised, like=match.column.name
    )


def _is_beside_the_point(column: Column) -> bool:
    """A text that nothing is counted by: of two columns that may be it the first is as good as the other."""
    return column.type == "text" and not column.required


def _dated(kept: Sequence[Match]) -> tuple[ColumnFound, ...]:
    """Where each year has its own column, 2023年底 | 2024年9月底 are years of one report: as of the latest of them."""
    found = tuple(match.found for match in kept)
    years = [one.year for one in found]
    if len(set(years)) < len(years) or not all(years):
        return found
    latest = max(years, key=lambda year: year or 0)
    return tuple(one if one.year == latest else replace(one, moment="") for one in found)


def _gathered(
    number: int, ledger: Ledger, headings: Sequence[HeadingFound], ignored: Sequence[str], titled: bool
) -> _Gathered:
    found, previous, yearly = _Gathered(), "", _of_bare_years(ledger) if titled else None
    undecided: list[tuple[HeadingFound, list[Column], int, str]] = []
    grouped: dict[str, set[str]] = {}
    for heading in headings:
        item, recognised = _of_item(ledger, heading)
        meant, level = meanings(recognised.choice.get(number, ()), previous)
        named = [column for column in meant if titled or not column.needs_title(recognised.said)]
        columns = [column for column in named if heading.may_be(column)]
        if not named and yearly and _is_bare_year(recognised.said.core, yearly):
            columns, level = [yearly], SAME_MATCH
        previous = columns[0].name if columns else ""
        for column in named:
            grouped.setdefault(column.name, set()).add(heading.group)
        if len(columns) > 1:
            undecided.append((heading, columns, level, item))
        elif columns:
            found.add(Match(heading, columns[0], level, item))
        elif named:
            found.unknown.append(heading.with_group)
        elif heading.recognised.plain not in ignored:
            found.unknown.append(heading)
    for heading, columns, level, item in undecided:
        found.decide(heading, columns, level, item)
    found.without_parts(grouped)
    return found


def _of_item(ledger: Ledger, heading: HeadingFound) -> tuple[str, Recognised]:
    """能力确认 | 应完成数: of which item the figures are, where it stands over them; and what is said of it."""
    item = ledger.column(ledger.item) if ledger.item and not ledger.is_list else None
    if item is None or item.type != "choice" or heading.lowest is None:
        return "", heading.recognised
    named = choice(item, heading.above, Context(date.max)).value
    return (str(named), heading.lowest) if named else ("", heading.recognised)


def _is_bare_year(core: frozenset[str], yearly: Column) -> bool:
    """2023年 | 2025年1—6月 say nothing but of which years the figures are."""
    return core == YEAR_ALONE or (core == YEAR_ALONE | TO_DATE and yearly.takes >= TO_DATE)


def _of_bare_years(ledger: Ledger) -> Column | None:
    """What a heading that is nothing but a year is of, in a table whose title names the ledger."""
    yearly = [column for column in ledger.columns if column.yearly and column.required]
    return yearly[0] if len(yearly) == 1 else None


def _apart(match: Match, others: Sequence[Match]) -> bool:
    """Whether no better heading is of the same year and moment."""
    return any(match.kind) and all(other.level <= match.level for other in others if other.kind == match.kind)


def _score(kept: Sequence[Match]) -> int:
    if kept[0].column.type == "ignored":
        return len(kept)
    kinds = {match.kind for match in kept}
    told = sum(SPEAKS_FOR[match.level] + TELLS_MORE * bool(match.year) for match in kept)
    return told - TWICE * (len(kept) - len(kinds))
