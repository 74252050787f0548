"""The lists: an enterprise a line, of one city or several, by county, on one sheet or on several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.clerks.books import Sheet
from tests.clerks.columns import Wanted, wanted_of, writer
from tests.clerks.drawing import Draw
from tests.clerks.places import regions_of
from tests.clerks.summaries import heading
from tests.clerks.tables import Column, Look, laid_out
from tests.clerks.truth import Truth
from tests.clerks.words import headings, titles
from tests.clerks.words import lists as words

NAMES = {"cdc_guidance": words.GUIDED}
SUBTOTALS = ("小计", "小  计", "{c}小计", "{c}合计", "{n}家", "小计：")
CITY_FORMS = ("full", "short", "卫健委")


@dataclass
class Written:
    """A list as it was written: its tables, the keys of its columns."""

    tables: list[tuple[str, Sheet]]
    """(county or nothing, table)."""
    keys: frozenset[str]


def _counted_total(draw: Draw, number: int) -> object:
    return draw.pick("count in total", (f"{number}家", number, f"共{number}家", None, f"{number}户"))


class Clerk:
    """Writes one list: what is drawn once for the whole book is drawn when it begins."""

    def __init__(self, draw: Draw, truth: Truth) -> None:
        self.draw, self.truth = draw, truth
        self.marks: dict[str, Any] = {}
        self.wanted = wanted_of(draw, truth.ledger)
        label = truth.ledger
        self.name = heading(draw, f"{label} name", NAMES.get(label, words.NAME))
        self.serial = draw.pick("heading serial", headings.SERIAL) if draw.chance(0.85) else ""
        self.city = (
            draw.pick("heading city", words.CITY) if len(truth.regions) > 1 or draw.chance(0.3) else ""
        )
        self.county = draw.pick("heading county", words.COUNTY) if draw.chance(0.75) else ""
        self.heads = {one.key: draw.pick(f"heading {label} {one.key}", one.headings) for one in self.wanted}
        self.writers = {one.key: writer(draw, one, self.marks) for one in self.wanted}
        self.beside = {
            draw.number(0, len(self.wanted)): draw.pick("column beside list", ("", *words.BESIDE), share=1.0)
            for _ in range(draw.number(0, 2) if draw.chance(draw.mess) else 0)
        }
        self.tiers = (
            draw.pick("tier over five", words.FIVE_ABOVE),
            draw.pick("tier over items", words.ITEMS_ABOVE),
        )
        self.tiered = label == "assistance" or (label == "dust_toxics" and draw.chance(0.6))
        self.remark = draw.chance(0.6)

    def columns(self, lines: list[dict[str, Any]]) -> list[Column]:
        known = {one.name: one for one in regions_of(self.truth.province)}
        found: list[Column] = []
        if self.serial:
            found.append(Column((self.serial,), list(range(1, len(lines) + 1)), role="serial"))
        if self.city:
            names = [known[one["region"]] for one in lines]
            spell = {"full": lambda one: one.name, "short": lambda one: one.short}
            form = self.marks.setdefault("city", self.draw.pick("city written", ("full", "short")))
            found.append(Column((self.city,), [spell[form](one) for one in names], role="city"))
        if self.county:
            found.append(Column((self.county,), [one["county"] for one in lines], role="county"))
        found.append(Column((self.name,), [one["name"] for one in lines], role="name"))
        for at, one in enumerate(self.wanted):
            if self.beside.get(at) and not (
                self.beside[at] == "联系电话" and self.truth.ledger == "demonstration"
            ):
                found.append(Column((self.beside[at],), [self.draw.any(("王某", "是", None)) for _ in lines]))
            cells = [self.writers[one.key](line[one.key]) for line in lines]
            found.append(Column(self._path(one), cells, role=one.key))
        if self.remark:
            found.append(Column((self.draw.pick("heading remark", headings.REMARK),), [None] * len(lines)))
        return found

    def _path(self, one: Wanted) -> tuple[str, ...]:
        words_for = self.heads[one.key]
        if one.tier and self.tiered:
            return (self.tiers[one.tier == "items"], words_for)
        return (words_for,)

    def table(self, lines: list[dict[str, Any]]) -> Sheet:
        columns = self.columns(lines)
        total = self.draw.pick("total", titles.TOTALS) if self.draw.chance(0.4) else ""
        look = Look(total_label=total.replace("全省", "合计").replace("省", ""))
        if self.draw.maybe("headings repeated", 0.06) and len(lines) > 6:
            look.repeat_every = 6
        for column in columns:
            if column.role == "name" and total:
                column.total = _counted_total(self.draw, len(lines))
        depth = max(len(column.path) for column in columns)
        sheet = laid_out(columns, look)
        self._habits_of_lines(sheet, columns, lines, depth, look)
        return sheet

    def _habits_of_lines(
        self, sheet: Sheet, columns: list[Column], lines: list[dict[str, Any]], depth: int, look: Look
    ) -> None:
        draw = self.draw
        if look.repeat_every:
            return
        if draw.maybe("subtotals", 0.15) and self.county:
            self._subtotals(sheet, columns, lines, depth)
        elif draw.maybe("county once", 0.15) and self.county:
            self._county_once(sheet, columns, lines, depth)
        elif draw.maybe("example line", 0.1):
            self._example(sheet, columns, depth)
        elif draw.maybe("hidden rows", 0.06):
            sheet.hidden_rows = {depth + at for at in range(0, len(lines), 3)}
        elif depth == 1 and not look.total_label and draw.maybe("Excel table", 0.15):
            self._listed(sheet, columns)
        elif draw.maybe("blank lines below", 0.15):
            first = columns[0].role == "serial"
            sheet.rows += [[len(lines) + at + 1 if first else None] for at in range(3)]

    def _subtotals(
        self, sheet: Sheet, columns: list[Column], lines: list[dict[str, Any]], depth: int
    ) -> None:
        """A line below each county's enterprises."""
        form = self.draw.pick("subtotal", SUBTOTALS)
        roles = [column.role for column in columns]
        at_name = roles.index("name")
        where = self.draw.any([at for at, role in enumerate(roles) if role in ("serial", "county")])
        counts = Counter((one["region"], one["county"]) for one in lines)
        rows = sheet.rows[:depth]
        for at, line in enumerate(lines):
            rows.append(sheet.rows[depth + at])
            following = lines[at + 1] if at + 1 < len(lines) else None
            if following is None or (following["region"], following["county"]) != (
                line["region"],
                line["county"],
            ):
                number = counts[line["region"], line["county"]]
                subtotal: list[object] = [None] * len(columns)
                subtotal[where] = form.format(c=line["county"], n=number) if "{n}" not in form else "小计"
                subtotal[at_name] = f"{number}家"
                rows.append(subtotal)
        sheet.rows = rows + sheet.rows[depth + len(lines) :]

    def _county_once(
        self, sheet: Sheet, columns: list[Column], lines: list[dict[str, Any]], depth: int
    ) -> None:
        """The county (and the city) only beside the first of its enterprises, merged over the others or not."""
        merged = self.draw.chance(0.6)
        for role, key in (("city", "region"), ("county", "county")):
            column = next((at for at, one in enumerate(columns) if one.role == role), None)
            if column is None:
                continue
            start = 0
            for at in range(1, len(lines) + 1):
                if at == len(lines) or (lines[at]["region"], lines[at][key]) != (
                    lines[start]["region"],
                    lines[start][key],
                ):
                    if merged and at - start > 1:
                        sheet.merged.append((depth + start, column, depth + at - 1, column))
                    for below in range(start + 1, at):
                        sheet.rows[depth + below][column] = None
                    start = at

    def _example(self, sheet: Sheet, columns: list[Column], depth: int) -> None:
        """A line that shows how to fill in the form."""
        example = list(sheet.rows[depth])
        roles = [column.role for column in columns]
        if "serial" in roles:
            example[roles.index("serial")] = self.draw.pick(
                "example", ("例", "例：", "示例", "样例", "（例）")
            )
            example[roles.index("name")] = self.draw.any(("××有限公司", "XX公司", "某某有限公司"))
        else:
            example[roles.index("name")] = self.draw.pick(
                "example", ("例：××有限公司", "示例：某某公司", "（例）XX有限公司")
            )
        if "uscc" in roles:
            example[roles.index("uscc")] = "91610000XXXXXXXXXX"
        sheet.rows.insert(depth, example)
        sheet.merged = [(a + (a >= depth), b, c + (c >= depth), d) for a, b, c, d in sheet.merged]

    def _listed(self, sheet: Sheet, columns: list[Column]) -> None:
        names = [str(one).casefold() for one in sheet.rows[0]]
        if len(set(names)) == len(names):
            sheet.listed = (0, 0, len(sheet.rows) - 1, len(columns) - 1)
            if self.draw.chance(0.5):
                sheet.rows.append(["汇总", *[None] * (len(columns) - 2), len(sheet.rows) - 1])

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.wanted)


def tables(draw: Draw, truth: Truth) -> Written:
    """The list's tables: one, or one a county."""
    clerk = Clerk(draw, truth)
    lines = truth.enterprises
    found = list(dict.fromkeys(one["county"] for one in lines))
    if truth.region and len(found) > 1 and draw.maybe("a sheet a county", 0.12):
        parts = [(county, [one for one in lines if one["county"] == county]) for county in found]
        return Written([(county, clerk.table(part)) for county, part in parts], clerk.keys)
    return Written([("", clerk.table(lines))], clerk.keys)
