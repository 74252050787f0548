"""Employers of a list as small text tables: codes in short, and every spelling as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests import books
from tests.spec.conftest import NOTHING, Province
from tests.spec.lists import saved
from zyb.crosscheck import CheckFinding, CheckSurvey, FindingPlace, check_survey
from zyb.rulebook.regions import load_roster
from zyb.store.lists.linking import ALPHABET, WEIGHTS

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "exceedances": {"year": 2024, "size": "小型"},
    "assistance": {"remedied": "是", "completed": "是"},
    "employers": {"declared": "是"},
}


def code(letter: str) -> str:
    """A code whose check digit agrees, the same for the same letter."""
    body = f"9161{ALPHABET.index(letter):02d}MA6TXK{letter}000"[:17].ljust(17, "0")
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(body, WEIGHTS, strict=False))
    return body + ALPHABET[-total % 31]


def mistyped(letter: str) -> str:
    """With its last letter but one changed: no code that could be given out."""
    good = code(letter)
    return f"{good[:16]}{'1' if good[16] != '1' else '2'}{good[17]}"


def written(text: str) -> str | None:
    """`A` is A's code, `~A` mistyped; anything else stands as it is."""
    if text == NOTHING:
        return None
    if len(text) == 1 and text in ALPHABET:
        return code(text)
    return mistyped(text[1]) if text.startswith("~") else text


def sends(province: Province, ledger: str, text: str, as_of: str) -> int:
    """`region | county | name | uscc`, and further columns of the ledger; the rest as a list that is in order has it."""
    roster = load_roster(province.name)
    head, *lines = books.table(text)
    rows = []
    for cells in lines:
        said = dict(zip(head, cells, strict=True))
        region = roster.find(said.pop("region"))
        assert region
        place = said.pop("county", NOTHING)
        county = roster.county(place, region) if place != NOTHING else None
        assert county or place == NOTHING, place
        row: dict[str, object] = {**DEFAULTS.get(ledger, {}), "region_code": region.code, "county_code": county.code if county else ""}  # fmt: skip
        row["uscc"] = written(said.pop("uscc", NOTHING))
        for name, cell in said.items():
            row[name] = None if cell == NOTHING else int(cell) if name in ("year", "staff") else cell
        rows.append(row)
    return saved(province, ledger, rows, as_of)


def survey(province: Province, on: str, check: str | None = None) -> CheckSurvey:
    return check_survey(province.store, province.name, date.fromisoformat(on), check_id=check)


def found(province: Province, on: str, check: str) -> list[str]:
    """The names that a check has open, each with its region in short."""
    return [f"{one.region[:2]} {one.fact.name}" for one in survey(province, on, check).open]


def only(province: Province, on: str, check: str) -> CheckFinding:
    (one,) = survey(province, on, check).findings
    return one


def place(finding: CheckFinding, on: str, province: str = "陕西省") -> FindingPlace:
    return FindingPlace(
        province, finding.check.id, finding.fact.region_code, finding.fact.subject, date.fromisoformat(on)
    )
