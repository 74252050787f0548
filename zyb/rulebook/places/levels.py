"""What the places of a level are called in sentences: 全省, 全市, 全区, 全国; 本省 …, and whom its letters go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.divisions import provinces_and_nation

LEVELS = "levels.toml"
PLACES = "places"


@dataclass(frozen=True)
class LevelWords:
    """As `data/rules/levels.toml` has them for one province, or for the nation."""

    whole: str
    """全省, 全市, 全区, 全国: the sum of its regions, and how far a report goes."""
    own: str
    """本省, 本市, 本区, 国家."""
    documents: str
    """本省文件; of the nation those that the rules know, for there are others."""
    parts: str
    issuer: str
    addressees: str

    def filled(self, text: str) -> str:
        """A text of the rules with this place's own words: {全省}, {本省文件}."""
        return text.replace(f"{{{WHOLE}}}", self.whole).replace(f"{{{DOCUMENTS}}}", self.documents)

    def addressed(self, named: Iterable[str]) -> str:
        """The line of addressees; `named` are the regions that are no ordinary ones and named one by one."""
        parts = self.parts.replace("{单列}", "".join(f"、{name}" for name in named))
        return self.addressees.replace("{各地}", parts)


# What may stand in braces in each.
FIELDS: dict[str, tuple[str, ...]] = {
    "whole": (), "own": (), "documents": (), "parts": ("单列",), "issuer": ("地方",), "addressees": ("各地",),
}  # fmt: skip
WHOLE, DOCUMENTS = PLACE_NAMES = ("全省", "本省文件")
FieldTexts = dict[str, str]


@rule
def level_words(province: str) -> LevelWords:
    """Of a province by its full name, or of 全国."""
    levels, places = _read(toml.load(rules_file(LEVELS)))
    words = next((words for ends, words in levels if province.endswith(ends)), None)
    if words is None:
        raise RulesError(LEVELS, "of", f"没有哪一级包括“{province}”。")
    words = words | places.get(province, {})
    return LevelWords(**words | {"issuer": words["issuer"].replace("{地方}", province)})


def _read(table: toml.RulesTable) -> tuple[list[tuple[tuple[str, ...], FieldTexts]], dict[str, FieldTexts]]:
    """A level has all of its words, a place those that differ; neither has others."""
    levels, places = [], {}
    for name, below in table.items():
        if name == PLACES:
            places = {place: _words(own, place) for place, own in below.items()}
        else:
            levels.append(
                (
                    below.texts("of"),
                    {field: below.text(field, names=names) for field, names in FIELDS.items()},
                )
            )
            below.finish()
    return levels, places


def _words(table: toml.RulesTable, place: str) -> FieldTexts:
    if place not in {name for _, name in provinces_and_nation()}:
        raise table.fault(f"没有名为“{place}”的省级行政区。")
    words = {field: table.text(field, names=names) for field, names in FIELDS.items() if table.has(field)}
    table.finish()
    return words
