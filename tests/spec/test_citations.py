"""What the rules quote stands in the document and clause that they name, letter for letter."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zyb.rulebook.book import RULES
from zyb.rulebook.measures import measures
from zyb.rulebook.places.divisions import provinces_and_nation
from zyb.standing.alert_course import alert_rules

# Document, clause and its text as printed, without blanks: from the notices themselves.
CLAUSES = Path(__file__).parents[1] / "data" / "clauses.csv"
QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)*)”")
PARTS = {"第一部分": "一", "第二部分": "二", "第三部分": "三"}
OF_A_CAMPAIGN_OF_2009 = (
    "stages.toml"  # the five plans for 尘毒 are quoted for their slips, and held elsewhere
)


def plain(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("(),:;‘’", "（），：；“”"))


def printed() -> dict[tuple[str, str], str]:
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        return {(row["document"], row["clause"]): plain(row["text"]) for row in csv.DictReader(file)}


def bases(value: Any) -> Iterator[str]:
    """Every basis and clause of a file of rules."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "basis" and isinstance(below, str):
                yield below
            yield from bases(below)
    elif isinstance(value, list):
        for below in value:
            yield from bases(below)


def cited(basis: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(document, clauses, quoted words): each quotation with the last document and clause named before it."""
    documents = sorted({name for name, _ in printed()}, key=len, reverse=True)
    document, clause, at = "", "", 0
    for found in QUOTED.finditer(basis):
        between = basis[at : found.start()]
        named = max((name for name in documents if name in between), key=between.rfind, default="")
        document = named or document
        said = between[between.rfind(named) + len(named) :] if named else between.strip("、；，。")
        clause = PARTS.get(said.strip(), said.strip()) if named or said else clause
        yield document, clauses_of(clause), found[1]
        at = found.end()


def clauses_of(clause: str) -> tuple[str, ...]:
    """一（二）（三） is two of them."""
    several = re.fullmatch(r"(.*[一二三四])((?:（[一二三四五六]）){2,})", clause)
    if several is None:
        return (clause,)
    return tuple(several[1] + part for part in re.findall(r"（.）", several[2]))


def missing(basis: str) -> list[str]:
    """Quotations that do not stand where they are said to stand."""
    known = printed()
    return [
        f"{document} {clause}“{words}”"
        for document, clauses, words in cited(basis)
        for clause in clauses
        if not all(plain(part) in known.get((document, clause), "") for part in words.split("……"))
    ]


@pytest.mark.parametrize("place", [name for _, name in provinces_and_nation()])
def test_what_a_measure_quotes_stands_in_its_document(place):
    assert sum(len(list(cited(one.basis))) for one in measures(place).values()) > 10
    for one in measures(place).values():
        said = [one.basis, *(plan.basis for plan in one.plans)]
        assert [odd for basis in said for odd in missing(basis)] == [], one.id


@pytest.mark.parametrize("place", [name for _, name in provinces_and_nation()])
def test_what_alerts_quote_stands_in_its_document(place):
    rules = alert_rules(place)
    assert [
        odd for basis in (rules.basis, *(level.basis for level in rules.levels)) for odd in missing(basis)
    ] == []


FILES = sorted(
    path for path in RULES.rglob("*.toml") if path.name not in (OF_A_CAMPAIGN_OF_2009, "measures.toml")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(RULES).as_posix())
def test_what_any_other_file_of_rules_quotes_stands_in_its_document(path):
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content
    assert [odd for basis in bases(content) for odd in missing(basis)] == []


def due(value: Any) -> Iterator[tuple[str, str]]:
    """The basis of each duty, and the words of its clause."""
    if isinstance(value, dict):
        if "clause" in value:
            yield value["basis"], value["clause"]
        for below in value.values():
            yield from due(below)


@pytest.mark.parametrize("path", sorted(RULES.rglob("duties.toml")), ids=lambda path: path.parent.name)
def test_the_clause_of_a_duty_stands_in_its_document(path):
    duties = list(due(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert duties
    known = printed()
    for basis, clause in duties:
        document = max((name for name, _ in known if basis.startswith(name)), key=len)
        text = known[document, basis.removeprefix(document).strip()]
        assert all(plain(part) in text for part in clause.split("……")), clause


def test_ninety_five_percent_is_cited_from_the_clause_that_says_so():
    hebei, national = (measures(place)["monitoring_share"] for place in ("河北省", "山东省"))
    assert [plan.target * 100 for plan in (*hebei.plans, *national.plans)] == [95, 85]
    assert "冀卫办职健函〔2024〕5号 二（三）“承担95%以上" in hebei.basis
    assert "附件3 一（一）“承担85%以上" in national.basis and "95" not in national.basis


def test_a_quotation_of_other_words_or_of_another_clause_is_found():
    assert missing("国卫办职健函〔2024〕146号 附件3 一（一）“承担95%以上的国家职业病防治监测任务”")
    assert missing("国卫办职健函〔2024〕146号 附件3 一（二）“承担85%以上的国家职业病防治监测任务”")
    assert missing("陕卫办职业发〔2024〕5号 第二部分（三）“通报工作进展情况”")
    assert not missing("国卫办职健函〔2024〕146号 附件3 一（二）（三）“案件查处率达到100%”")
