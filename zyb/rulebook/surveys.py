"""What is said of the province's own figure of a survey: where it comes from, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "surveys.toml"
REPORTED, WEIGHTED, INCOMPLETE, UNWEIGHED = ORIGINS = ("reported", "weighted", "incomplete", "unweighed")
WHOLE, WEIGHT = "全省", "样本"


def parse_surveys(table: toml.RulesTable) -> Mapping[str, str]:
    weighed = (WEIGHTED, INCOMPLETE)
    found = {
        origin: table.text(origin, names=(WHOLE, WEIGHT) if origin in weighed else (WHOLE,))
        for origin in ORIGINS
    }
    table.finish()
    return found


@rule
def survey_words() -> Mapping[str, str]:
    return parse_surveys(toml.load(rules_file(FILE)))


def origin_words(origin: str, whole: str, weight: str) -> str:
    """“全省的数由各地按调查人数加权平均”."""
    return survey_words()[origin].format(**{WHOLE: whole, WEIGHT: weight})
