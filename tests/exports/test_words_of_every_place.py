"""What is written of each of the 31 provinces and of the country: in its own words, on its own documents or national ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from tests.exports.test_national_documents import text_of
from tests.spec.conftest import submission
from tests.spec.test_words_of_levels import documents_of_others
from zyb.alerting import survey
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.rulebook.places.divisions import provinces_and_nation
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import load_roster
from zyb.store import Store

PLACES = [name for _, name in provinces_and_nation()]
DAY = date(2025, 3, 31)
# Who is behind in every campaign that a summary can tell of.
TABLES = {
    "governance_progress": ("enrolled | completed", "100 | 10"),
    "declaration_counts": ("year | declared", "2023 | 100"),
    "assistance_rates": ("assisted | declared | tested | examined | trained", "100 | 10 | 20 | 30 | 40"),
}


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(Store(tmp_path_factory.mktemp("everybody"))) as store:
        for place in PLACES:
            regions = load_roster(place).regions[:3]
            for ledger, (head, row) in TABLES.items():
                text = "\n".join([f"region | {head}", *(f"{region.code} | {row}" for region in regions)])
                found = submission(text, DAY.isoformat(), place, ledger)
                store.save_snapshot(found, f"{place}{text}".encode(), "表.csv", by="测试")
        yield store


@pytest.mark.parametrize("place", PLACES)
def test_its_papers_and_warnings_speak_of_it_and_cite_no_other(everybody, place):
    foreign, own = documents_of_others(place), level_words(place).whole
    surveyed = survey(everybody, place, DAY)
    region = load_roster(place).regions[0].code
    said = [alert.sentence for alert in surveyed.alerts]
    for kind, code in (("quarterly", ""), ("supervision", region)):
        request = Request(province=place, kind=kind, on=DAY, campaign="assistance", region_code=code)
        said.append(text_of(compose(everybody, request, seen=surveyed)))
    text = "\n".join(said)
    assert own in text and len(said) > 2
    wrong = [word for word in ("全省", "全市", "全区") if word != own and word in text]
    assert (wrong, foreign.search(text)) == ([], None)
