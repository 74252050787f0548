"""The rows of a submission → its parts and tallies, in one pass over whole columns.

Rows that come back from the store are tallied anew in the same way (zyb.uploads.retallying).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.records import NO_COUNTY, Part
from zyb.rulebook import industries, toml
from zyb.rulebook.book import rules_file
from zyb.rulebook.industries import division, risk, section
from zyb.rulebook.ledgers import ROWS, Condition, Ledger, TallyRule
from zyb.rulebook.places import institutions
from zyb.rulebook.places.divisions import province_of
from zyb.standing.tallies import Tally

PLACES = ("region_code", "county_code", "year")
# What tallying means. Count it up whenever the code below comes to other sums from the same rows and rules:
# what was tallied under an earlier number is then tallied anew.
MEANING = 1


def tallied_columns(ledger: Ledger) -> tuple[str, ...]:
    """The columns that any tally of the ledger looks at, beside region, county and year."""
    names = {ledger.item}
    for rule in ledger.tallies:
        names |= {
            rule.sum,
            rule.count,
            rule.by,
            *rule.distinct,
            *(condition.column for condition in rule.where),
        }
    names |= {ledger.column(name).by_industry for name in names - {"", ROWS}}
    return tuple(sorted(names - {"", ROWS}))


def rules_fingerprint(ledger: Ledger) -> str:
    """Stands for everything that the sums of given rows hang on; titles, headings and checks are no part of it."""
    said = {
        "meaning": MEANING,
        "tallies": sorted(json.dumps(_said(rule), sort_keys=True) for rule in ledger.tallies),
        "item": ledger.item,
        "columns": {name: ledger.column(name).type for name in tallied_columns(ledger)},
        "divisions": _divisions() if any(rule.divisions for rule in ledger.tallies) else "",
    }
    if any(column.by_industry for column in ledger.columns):
        said["risks"] = hashlib.sha256(toml.content(rules_file(industries.RISKS_FILE))).hexdigest()
    if ledger.institution_column:
        said["institutions"] = hashlib.sha256(institutions.content()).hexdigest()
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _said(rule: TallyRule) -> dict[str, object]:
    """What came later and is not used leaves the fingerprint as it was: nothing has to be added up anew for it."""
    said = asdict(rule)
    if not rule.distinct:
        del said["distinct"]
    for condition in said["where"]:
        if not condition["filled"]:
            del condition["filled"]
    return said


def _divisions() -> str:
    """The file that says which 大类 a code belongs to. Hashed, not read: every start asks for it."""
    return hashlib.sha256(toml.content(rules_file(industries.FILE))).hexdigest()


def _grouped(columns: list[pa.ChunkedArray]) -> tuple[np.ndarray, list[list[str]]]:
    """The group of every row, and the key of every group. Texts are compared by number, never joined."""
    encoded = [_encoded(column) for column in columns]
    sizes = [len(texts) for _, texts in encoded]
    numbers = pa.array(np.ravel_multi_index([numbers for numbers, _ in encoded], sizes)).dictionary_encode()
    groups: np.ndarray = numbers.indices.to_numpy().astype(np.intp)
    picked = zip(encoded, np.unravel_index(numbers.dictionary.to_numpy(), sizes), strict=True)
    return groups, list(map(list, zip(*([texts[n] for n in at] for (_, texts), at in picked), strict=True)))


def _encoded(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """A number for every row, and the text of every number; a blank cell is the empty text."""
    one = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    one = pa.concat_arrays(one.chunks) if isinstance(one, pa.ChunkedArray) else one
    whole = one if isinstance(one, pa.DictionaryArray) else one.dictionary_encode("encode")
    texts = pc.fill_null(pc.cast(whole.dictionary, pa.string()), "").dictionary_encode()
    return texts.indices.to_numpy()[whole.indices.to_numpy()], texts.dictionary.to_pylist()


def parts_of(ledger: Ledger, body: pa.Table, county_code: str = NO_COUNTY) -> tuple[Part, ...]:
    """What the rows speak for. A table that is about one county speaks for that county only."""
    if not len(body):
        return ()
    _, keys = _grouped([body["region_code"], body["year"]])
    return tuple(Part(ledger.id, region, int(year), county_code) for region, year in keys if region)


def told_columns(ledger: Ledger, body: pa.Table, listed: Collection[str] = ()) -> frozenset[str]:
    """The columns that the table says something of: one that is there and blank says “none”.

    `listed` are the columns of the official's table; where they are not known, a blank column that the table
    need not have is taken as missing.
    """
    return frozenset(
        column.name
        for column in (ledger.stored if len(body) else ())
        if ledger.always_has(column) or column.name in listed or body[column.name].null_count < len(body)
    )


def tally(ledger: Ledger, body: pa.Table, told: Collection[str]) -> tuple[Tally, ...]:
    """Every tally of the ledger that the table tells; a group without a single counted row has an explicit zero."""
    if not len(body):
        return ()
    groups: dict[tuple[str, bool], tuple[pa.Table, np.ndarray, list[list[str]]]] = {}
    found: list[Tally] = []
    body = _with_risks(ledger, _with_institutions(ledger, body))
    for rule in ledger.tallies:
        if not _needed(rule) <= {ROWS, *told}:
            continue
        by = rule.by or ledger.item
        key = (by, rule.divisions)
        if key not in groups:
            rows = _kinds(body, by, rule.divisions) if by else body
            groups[key] = (rows, *_grouped([rows[name] for name in (*PLACES, *([by] if by else []))]))
        found += _amounts(ledger, rule, *groups[key])
    return tuple(found)


def _needed(rule: TallyRule) -> set[str]:
    """What a table has to say something of, or the tally is not told: with a blank for every row it would be a zero."""
    return {rule.count or rule.sum, *(condition.column for condition in rule.where if condition.filled)}


def _with_institutions(ledger: Ledger, body: pa.Table) -> pa.Table:
    """Each institution of the province's list by its one name, whatever it is called in the rows."""
    column = ledger.institution_column
    if column is None or column.name not in body.column_names:
        return body
    groups, keys = _grouped([body["region_code"], body[column.name]])
    called = pa.array([_institution(region, text) for region, text in keys], pa.string())
    at = body.schema.get_field_index(column.name)
    return body.set_column(at, column.name, called.take(pa.array(groups)))


def _with_risks(ledger: Ledger, body: pa.Table) -> pa.Table:
    """风险类别 as filled in, else by the industry's code; blank where neither tells."""
    known_columns = set(body.column_names)
    for column in (one for one in ledger.columns if {one.name, one.by_industry} <= known_columns):
        numbers, texts = _encoded(body[column.by_industry])
        known = pa.array([risk(text) or None for text in texts], pa.string()).take(pa.array(numbers))
        at = body.schema.get_field_index(column.name)
        body = body.set_column(at, column.name, pc.coalesce(_texts(body[column.name]), known))
    return body


def _institution(region_code: str, text: str) -> str | None:
    if not region_code or not text:
        return text or None
    known = institutions.find_institution(province_of(f"{region_code[:2]}0000").name, text, region_code)
    return known.name if known else text


def _kinds(body: pa.Table, by: str, divisions: bool) -> pa.Table:
    """The rows with what they are split by."""
    if not divisions:
        return _split(body, by)
    numbers, texts = _encoded(body[by])
    # C3032 and 3032 are both 30; what does not tell its 大类 (a letter alone) belongs to no kind.
    codes = [found.code if (found := division(text)) else "" for text in texts]
    column = pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(codes, pa.string()))
    return body.set_column(body.schema.get_field_index(by), by, column)


def _split(body: pa.Table, by: str) -> pa.Table:
    """A row that names several kinds (未申报、未检测) counts once for each."""
    kinds = pc.split_pattern(pc.fill_null(body[by], ""), "、").combine_chunks()
    kinds = pa.concat_arrays(kinds.chunks) if isinstance(kinds, pa.ChunkedArray) else kinds
    rows = body.take(pc.list_parent_indices(kinds))
    return rows.set_column(rows.schema.get_field_index(by), by, pc.list_flatten(kinds))


def _amounts(
    ledger: Ledger, rule: TallyRule, rows: pa.Table, groups: np.ndarray, keys: list[list[str]]
) -> Iterator[Tally]:
    counted, weights = _within(rule, rows, *_counted(rule, rows))
    if rule.distinct:
        counted = _once_each(rule, rows, counted)
    within = groups if counted is None else groups[counted]
    some = np.bincount(within, minlength=len(keys))
    sums = some if weights is None else np.bincount(within, weights=weights, minlength=len(keys))
    for key, amount, has_value in zip(keys, sums.tolist(), some.tolist(), strict=True):
        region, county, year, *item = key
        if region and (has_value or rule.count):
            yield Tally(Part(ledger.id, region, int(year)), rule.name, round(amount), county, "".join(item))


def _counted(rule: TallyRule, rows: pa.Table) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Which rows count (none: all of them), and with what weight (none: one each). A blank cell adds nothing."""
    if rule.sum:
        values = rows[rule.sum]
        present = pc.is_valid(values).to_numpy()
        return present, pc.fill_null(values, 0).to_numpy()[present].astype(np.float64)
    if rule.count == ROWS:
        return None, None
    column = rows[rule.count]
    wanted = (
        pc.is_in(column, value_set=pa.array(list(rule.values), pa.string()))
        if rule.values
        else pc.is_valid(column)
    )
    return pc.fill_null(wanted, False).to_numpy(), None


def _within(
    rule: TallyRule, rows: pa.Table, counted: np.ndarray | None, weights: np.ndarray | None
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """What counts and also meets the conditions of the rule."""
    if not rule.where:
        return counted, weights
    kept = np.logical_and.reduce([_meets(condition, rows[condition.column]) for condition in rule.where])
    if counted is None:
        return kept, weights
    return counted & kept, weights if weights is None else weights[kept[counted]]


def _once_each(rule: TallyRule, rows: pa.Table, counted: np.ndarray | None) -> np.ndarray:
    """Of what counts the first row of every employer in its region, year and kind, in whichever county.

    A row that does not say who it is about stands for itself.
    """
    kept = np.arange(len(rows)) if counted is None else np.flatnonzero(counted)
    own = rows.take(pa.array(kept))
    who = pc.coalesce(*(_texts(own[name]) for name in rule.distinct))
    groups, _ = _grouped([own["region_code"], own["year"], *([own[rule.by]] if rule.by else []), who])
    chosen = pc.is_null(who).to_numpy().copy()
    chosen[np.unique(groups, return_index=True)[1]] = True
    found = np.zeros(len(rows), dtype=bool)
    found[kept[chosen]] = True
    return found


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """As text; an empty one is none."""
    said = pc.cast(column, pa.string())
    return pc.if_else(pc.equal(said, ""), pa.scalar(None, pa.string()), said)


def _meets(condition: Condition, column: pa.ChunkedArray) -> np.ndarray:
    """A blank cell speaks against nobody, unless the cell is to be filled in or the condition has to be sure."""
    if condition.filled:
        there: np.ndarray = pc.is_valid(column).to_numpy()
        return there
    if condition.sections:
        return _in_sections(condition, column)
    if condition.values:
        met = pc.is_in(column, value_set=pa.array(list(condition.values), pa.string()), skip_nulls=True)
    else:
        met = pc.greater_equal(column, condition.at_least)
    found: np.ndarray = (
        pc.fill_null(met, False) if condition.sure else pc.or_kleene(pc.is_null(column), met)
    ).to_numpy()
    return found


def _in_sections(condition: Condition, column: pa.ChunkedArray) -> np.ndarray:
    """Industries of these 门类; what does not tell its own is not outside of them."""
    numbers, texts = _encoded(column)
    blank = () if condition.sure else ("",)
    inside = np.array([section(text) in (*condition.sections, *blank) for text in texts], bool)
    found: np.ndarray = inside[numbers]
    return found
