"""联动核查 on two lists with a known truth: `python -m tests.benchmarks.linking [rows]`.

Of 100,000 assisted enterprises 80,000 stand in a list of 300,000 in 专项治理, some of them with a mistyped code, without
one, with a name that is written otherwise, or renamed. Counted: who is known again, who falsely so, whom a person is
shown, and whom falsely. Beside it pandas does the same with frames that are in memory already.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from tests.benchmarks.clock import report, side_by_side
from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.crosscheck.candidates import Candidate, candidates
from zyb.records import FirmRow, Part, Source
from zyb.rulebook.checks.cross_checks import ListChoice
from zyb.rulebook.regions import load_roster
from zyb.store import ListInForce, Store
from zyb.store.lists.linking import ALPHABET, NARROW_LETTERS, WEIGHTS, WIDE_LETTERS

ROSTER = load_roster("陕西省")
DAY = date(2025, 3, 31)
OURS, THEIRS, SHARED = "assistance", "governance_enterprises", 0.8
FIRST = "华秦渭汉泾延金龙宏盛泰恒鑫瑞嘉隆兴源通达顺德诚信安康新永昌荣丰和美佳亿万众天海山河石林"
TRADES = (
    "机械",
    "建材",
    "水泥",
    "化工",
    "陶瓷",
    "矿业",
    "铸造",
    "玻璃",
    "纺织",
    "家具",
    "电子",
    "制药",
    "煤业",
    "石料",
)
FORMS = ("有限公司", "有限责任公司", "厂", "制造有限公司", "加工厂", "股份有限公司", "科技有限公司")
# How often an enterprise of both lists is written otherwise in ours.
KINDS = {"as it is": 90, "mistyped code": 2, "no code": 3, "no code, name otherwise": 1, "mistyped, name otherwise": 1, "renamed": 3}  # fmt: skip
Row = dict[str, Any]


def place(chance: random.Random) -> tuple[str, str]:
    region = chance.choice(ROSTER.regions)
    return region.code, chance.choice(region.members)


def name(chance: random.Random) -> str:
    brand = "".join(chance.choice(FIRST) for _ in range(chance.choice((2, 2, 3))))
    town = chance.choice(("", "", "陕西", "陕西省", "西安", "秦川"))
    return f"{town}{brand}{chance.choice(TRADES)}{chance.choice(FORMS)}"


def code(number: int) -> str:
    body = f"91610{number:09d}MA6"[:17]
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(body, WEIGHTS, strict=False))
    return body + ALPHABET[-total % 31]


def mistyped(text: str, chance: random.Random) -> str:
    at = chance.randrange(8, 17)
    return text[:at] + str((int(text[at]) + 1) % 10 if text[at].isdigit() else 3) + text[at + 1 :]


def otherwise(text: str, chance: random.Random) -> str:
    """Shortened, or with a letter mistaken."""
    if chance.random() < 0.5:
        return text.replace("有限责任公司", "").replace("有限公司", "") or text
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(FIRST) + text[at + 1 :]


def made(many: int, seed: int = 1) -> tuple[list[Row], list[Row], dict[int, int]]:
    """Ours, theirs, and which line of ours is which of theirs."""
    chance = random.Random(seed)
    theirs = []
    for number in range(3 * many):
        region, county = place(chance)
        theirs.append(
            {"region_code": region, "county_code": county, "name": name(chance), "uscc": code(number)}
        )
    ours, truth = [], {}
    kinds, weights = list(KINDS), list(KINDS.values())
    for line, number in enumerate(chance.sample(range(3 * many), int(many * SHARED)), 2):
        ours.append(_written(theirs[number], chance.choices(kinds, weights)[0], chance))
        truth[line] = number + 2
    for number in range(many - len(ours)):
        region, county = place(chance)
        bare = chance.random() < 0.05
        ours.append({"region_code": region, "county_code": county, "name": name(chance), "uscc": None if bare else code(10**7 + number)})  # fmt: skip
    return ours, theirs, truth


def _written(row: Row, kind: str, chance: random.Random) -> Row:
    row = dict(row)
    if kind.startswith("mistyped"):
        row["uscc"] = mistyped(row["uscc"], chance)
    if kind.startswith("no code"):
        row["uscc"] = None
    if kind.endswith("otherwise"):
        row["name"] = otherwise(row["name"], chance)
    return {**row, "name": name(chance)} if kind == "renamed" else row


def in_force(province: Province, ledger: str, rows: Sequence[Row]) -> ListInForce:
    number = saved(province, ledger, rows, DAY.isoformat())
    parts = [(Part(ledger, region), Source(number, DAY)) for region in sorted({row["region_code"] for row in rows})]  # fmt: skip
    return ListInForce(ListChoice(ledger), tuple(parts))


# -- the same in pandas -----------------------------------------------------------------------


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    narrow, marks = str.maketrans(WIDE_LETTERS, NARROW_LETTERS), r"[\W_]+"
    found = rows.copy()
    found["code"] = found["uscc"].str.translate(narrow).str.upper().str.replace(marks, "", regex=True)
    found.loc[~found["code"].fillna("").str.fullmatch("[0-9A-Z]{18}"), "code"] = None
    sums = sum(
        found["code"].str[at].map({letter: value for value, letter in enumerate(ALPHABET)}) * weight
        for at, weight in enumerate(WEIGHTS)
    )
    found["sure"] = (sums % 31).eq(0)
    found["plain"] = (
        found["name"].str.translate(narrow).str.upper().str.replace(marks, "", regex=True).str.replace("有限责任公司", "有限公司", regex=False)
        .str.replace("陕西省", "陕西", regex=False)
    )  # fmt: skip
    found["identity"] = found["code"].fillna(found["county_code"] + "|" + found["plain"])
    return found


def in_pandas(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who of ours is in none of theirs, and who of theirs may be meant."""
    one, other = compared(ours), compared(theirs)
    codes = set(one["code"].dropna()) & set(other["code"].dropna())
    named = _unique(one).merge(_unique(other), on=["county_code", "plain"], suffixes=("", "_other"))
    named = named[~(named["sure"] & named["sure_other"] & (named["code"] != named["code_other"]))]
    missing = one[~one["identity"].isin(codes | set(named["identity"]))]
    left = other[~other["identity"].isin(codes | set(named["identity_other"]))]
    seeking = set(missing.loc[~missing["sure"], "region_code"])
    same = set(zip(missing["region_code"], missing["plain"], strict=True))
    near = (
        left["region_code"].isin(seeking) | ~left["sure"]
        | pd.Series([pair in same for pair in zip(left["region_code"], left["plain"], strict=True)], left.index)
    )  # fmt: skip
    return missing, left[near]


def _unique(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows.assign(told=rows["code"].fillna(""))
    number = told.groupby(["county_code", "plain"])["told"].transform("nunique")
    return told[number == 1].drop_duplicates(["county_code", "plain"])[["county_code", "plain", "code", "sure", "identity"]]  # fmt: skip


# -- counted against the truth ------------------------------------------------------------------


def counted(
    many: int, truth: Mapping[int, int], missing: Sequence[FirmRow], likely: Mapping[str, Sequence[Candidate]]
) -> None:
    alone = {row.line for row in missing}
    linked = set(range(2, many + 2)) - alone
    wrong = [line for line in linked if line not in truth]
    open_still = [row for row in missing if row.line in truth]
    shown = [
        row for row in open_still
        if any(one.row.line == truth[row.line] for one in likely.get(row.identity, ()))
    ]  # fmt: skip
    false = sum(
        one.row.line != truth.get(row.line)
        for row in {row.identity: row for row in missing}.values()
        for one in likely.get(row.identity, ())
    )
    print(
        f"in both lists {len(truth):>8,}   known again {len(linked) - len(wrong):>8,}   falsely {len(wrong):>6,}"
    )
    print(
        f"left to people {len(open_still):>7,}   shown to them {len(shown):>6,}   falsely suggested {false:>6,}"
    )


def main(many: int = 100_000, rounds: int = 3) -> None:
    print(f"\n联动核查: {many:,} of one list beside {3 * many:,} of another")
    ours, theirs, truth = made(many)
    with tempfile.TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        province = Province(store, "陕西省")
        one, other = in_force(province, OURS, ours), in_force(province, THEIRS, theirs)
        frames = pd.DataFrame(ours), pd.DataFrame(theirs)
        missing, near = store.unlinked(ROSTER, [one], [other])
        by_pandas, near_by_pandas = in_pandas(*frames)
        assert [row.line for row in missing] == sorted(by_pandas.index + 2, key=_order(missing))
        assert len(near) == len(near_by_pandas)
        counted(many, truth, missing, candidates(ROSTER, missing, near))
        contenders = {
            "by code and name, in SQL": lambda: store.unlinked(ROSTER, [one], [other]),
            "the same in pandas": lambda: in_pandas(*frames),
            "who may be meant, by likeness": lambda: candidates(ROSTER, missing, near),
        }
        report("who is in no other list", side_by_side(contenders, rounds))


def _order(rows: Sequence[FirmRow]) -> Any:
    return {row.line: place for place, row in enumerate(rows)}.__getitem__


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
