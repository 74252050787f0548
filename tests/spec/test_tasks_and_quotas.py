"""The published tables of tasks: 冀卫办职健函〔2024〕5号附件3 and 陕西2025年附件1."""

from __future__ import annotations

from datetime import date

import pytest

from zyb.answers.progress import standings, view
from zyb.records import Part
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.uploads import published


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("filled") / "data")
    published.fill(store, date(2025, 7, 1))
    yield store
    store.close()


def amounts(store: Store, province: str, ledger: str, tally: str, year: int) -> dict[str, int | None]:
    roster = load_roster(province)
    totals = store.totals([store.edition(roster.province_code, date(2025, 12, 31))])[0]
    found = {r.short: totals.amount(Part(ledger, r.code, year), tally) for r in roster.regions}
    return {name: amount for name, amount in found.items() if amount is not None}


def test_hebeis_tasks_of_both_years(filled):
    first = amounts(filled, "河北", "assistance_targets", "target", 2024)
    second = amounts(filled, "河北", "assistance_targets", "target", 2025)
    assert (len(first), len(second)) == (14, 14)
    assert (sum(first.values()), sum(second.values())) == (5348, 1657)
    assert sum(first.values()) + sum(second.values()) == 7005
    assert (first["石家庄"], second["石家庄"], first["雄安"], second["定州"]) == (727, 153, 110, 13)


@pytest.mark.parametrize(("on", "tasks"), [(date(2024, 6, 30), 5348), (date(2025, 6, 30), 1657)])
def test_a_task_without_a_report_is_a_task_and_not_a_zero(filled, on, tasks):
    found = standings(filled, view(filled, "河北", "assistance_progress", on))
    assert (found.province.denominator, found.province.numerator) == (tasks, None)
    assert {s.verdict.title for s in found.regions} == {"未报送"}


def test_shaanxis_quotas_name_five_cities_and_no_other(filled):
    quotas = amounts(filled, "陕西", "demonstration_quota", "quota", 2025)
    assert quotas == {"榆林": 40, "延安": 20, "安康": 20, "汉中": 20, "商洛": 20}
    assert sum(quotas.values()) == 120


def test_every_published_table_names_the_document_it_comes_from(filled):
    register = filled.snapshots()
    assert len(register) == len(list(published.published_tables())) == 3
    assert all(snapshot.source and snapshot.uploaded_by == published.PUBLISHER for snapshot in register)


def test_every_published_table_can_be_sent_again_as_it_is(filled):
    """What the notices say goes through the same checks as an official's upload, without a complaint."""
    from zyb.uploads import prepare

    tables = list(published.published_tables())
    assert len(tables) == 3
    for published_table in tables:
        content = published_table.path.read_bytes()
        prepared = prepare(filled, content, published_table.path.name, today=date(2025, 7, 1))
        assert prepared.submission.ledger.id == published_table.ledger
        assert prepared.submission.roster.province == published_table.province
        assert not [p for p in prepared.problems if p.severity != "note"]
