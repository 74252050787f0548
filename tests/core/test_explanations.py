"""Explanations are remembered for the unit that reported, then for its province; never for another unit."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from zyb.errors import NotPossible
from zyb.store import SQL, Learned, Store

SHAANXI, XIAN, BAOJI = "610000", "610100", "610300"
ZONE = Learned(places=(("高新区", XIAN),))
HEADING = Learned(headings=(("governance_progress", "办结数", "completed"),))


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path)
    yield opened
    opened.close()


def forget(store, said, unit="", ledger=""):
    known = [
        one for one in store.explanations(SHAANXI) if (one.said, one.unit, one.ledger) == (said, unit, ledger)
    ]
    store.forget(SHAANXI, known[0], by="王某")


def test_what_a_colleague_has_explained_since_is_not_forgotten_unread(store):
    store.learn(SHAANXI, ZONE, by="王某", unit=XIAN)
    (seen,) = store.explanations(SHAANXI)
    store.learn(SHAANXI, Learned(places=(("高新区", BAOJI),)), by="李某", unit=XIAN)
    with pytest.raises(NotPossible, match=r"“高新区”已由李某于.*重新说明，没有删除"):
        store.forget(SHAANXI, seen, by="王某")
    (now,) = store.explanations(SHAANXI)
    store.forget(SHAANXI, now, by="王某")
    lines = len(store.audit_lines())
    with pytest.raises(NotPossible, match="“高新区”的说明已被删除"):
        store.forget(SHAANXI, now, by="王某")
    assert store.explanations(SHAANXI) == [] and len(store.audit_lines()) == lines


def test_what_a_unit_explains_holds_for_that_unit_only(store):
    store.learn(SHAANXI, ZONE, by="王某", unit=XIAN)
    assert store.learned(SHAANXI, XIAN) == ZONE
    assert store.learned(SHAANXI, BAOJI) == store.learned(SHAANXI) == Learned()


def test_what_was_said_of_the_whole_province_holds_for_every_unit(store):
    store.learn(SHAANXI, HEADING, by="省级")
    assert store.learned(SHAANXI, XIAN) == store.learned(SHAANXI, BAOJI) == store.learned(SHAANXI) == HEADING
    assert store.learned("130000", "130100") == Learned()


def test_whoever_explains_a_word_otherwise_is_told_who_had_explained_it(store):
    assert store.learn(SHAANXI, ZONE, by="王某", unit=XIAN) == []
    assert store.learn(SHAANXI, ZONE, by="李某", unit=XIAN) == [], "the same again contradicts nobody"
    assert store.learn(SHAANXI, HEADING, by="省级", unit=BAOJI) == []
    (before,) = store.learn(SHAANXI, Learned(places=(("高新区", BAOJI),)), by="张某", unit=XIAN)
    assert (before.learned_from, before.said, before.meaning) == ("李某", "高新区", XIAN)


def test_a_units_own_explanation_comes_after_the_provinces_and_so_holds(store):
    store.learn(SHAANXI, ZONE, by="省级")
    store.learn(SHAANXI, Learned(places=(("高新区", BAOJI),)), by="李某", unit=BAOJI)
    assert dict(store.learned(SHAANXI, BAOJI).places) == {"高新区": BAOJI}
    assert dict(store.learned(SHAANXI, XIAN).places) == {"高新区": XIAN}


def test_the_newest_answer_of_a_unit_holds_and_can_be_forgotten(store):
    store.learn(SHAANXI, ZONE, by="王某", unit=BAOJI)
    store.learn(SHAANXI, Learned(places=(("高新区", BAOJI),)), by="王某", unit=BAOJI)
    assert store.learned(SHAANXI, BAOJI).places == (("高新区", BAOJI),)
    store.learn(SHAANXI, ZONE, by="省级")
    forget(store, "高新区")
    assert store.learned(SHAANXI, BAOJI).places == (("高新区", BAOJI),)
    forget(store, "高新区", unit=BAOJI)
    assert store.learned(SHAANXI, BAOJI) == Learned()


def test_each_one_is_listed_with_who_said_it_when_and_only_that_one_is_forgotten(store):
    headings = Learned(
        headings=tuple((ledger, "办结数", "completed") for ledger in ("governance_progress", "assistance"))
    )
    store.learn(SHAANXI, headings, by="王某", unit=XIAN)
    store.learn(SHAANXI, ZONE, by="省级")
    place, *own = store.explanations(SHAANXI)
    assert (place.unit, place.kind, place.said, place.meaning, place.learned_from) == (
        "",
        "place",
        "高新区",
        XIAN,
        "省级",
    )
    assert {(one.unit, one.ledger, one.learned_from) for one in own} == {
        (XIAN, "governance_progress", "王某"), (XIAN, "assistance", "王某"),
    }  # fmt: skip
    assert all(one.learned_at.tzinfo for one in own)
    forget(store, "办结数", unit=XIAN, ledger="assistance")
    assert [one.ledger for one in store.explanations(SHAANXI)] == ["", "governance_progress"]
    assert [line[1:] for line in store.audit_lines(1)] == [
        ("王某", "忘记写法", "办结数", f"{XIAN} assistance")
    ]


def test_what_an_older_program_learned_stays_the_provinces(tmp_path):
    older = duckdb.connect(str(tmp_path / "zyb.duckdb"))
    older.execute("create table schema_versions (version integer primary key)")
    for number, file in enumerate(sorted((SQL / "schema").glob("*.sql"))[:5], 1):
        older.execute(file.read_text(encoding="utf-8"))
        older.execute("insert into schema_versions values (?)", [number])
    values = [SHAANXI, "place", "", "高新区", XIAN, "2026-01-01", "王某"]
    older.execute("insert into learned values (?, ?, ?, ?, ?, ?, ?)", values)
    older.close()
    opened = Store(tmp_path)
    assert opened.learned(SHAANXI, BAOJI).places == (("高新区", XIAN),)
    opened.close()
