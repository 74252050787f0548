"""Documents of the country: its own words, tiles in the place of a map, whose figures are rolled up."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pptx import Presentation

from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.exports.documents import FORMATS
from zyb.rulebook.places.tiles import tiles
from zyb.rulebook.regions import load_roster
from zyb.store import Store

RATES = "region | assisted | declared | tested | examined | trained\n"
OWN = RATES + "北京 | 100 | 90 | 80 | 70 | 60\n兵团 | 50 | 50 | 50 | 50 | 50"
BELOW = RATES + "西安 | 40 | 20 | 20 | 20 | 20\n宝鸡 | 60 | 30 | 40 | 50 | 60"
# Half of its cities: of fewer a province is not judged.
BELOW += "".join(f"\n{city} | 0 | 0 | 0 | 0 | 0" for city in ("咸阳", "铜川", "渭南", "延安"))
DAY = date(2024, 12, 31)


@pytest.fixture
def country(store: Store) -> Store:
    Province(store, "全国").reports(OWN, "2024-12-31", "assistance_rates")
    Province(store, "陕西省").reports(BELOW, "2024-12-31", "assistance_rates")
    return store


def written(store: Store, kind: str = "quarterly", province: str = "全国", region: str = "") -> Briefing:
    request = Request(province=province, kind=kind, on=DAY, campaign="assistance", region_code=region)
    return compose(store, request)


def text_of(briefing: Briefing) -> str:
    said = [*briefing.title, briefing.issuer, briefing.addressees, *briefing.notes]
    said += [paragraph.text for paragraph in briefing.paragraphs]
    for annex in briefing.annexes:
        said += [annex.title, *annex.notes, *(cell for row in annex.texts() for cell in row)]
    return "\n".join(said)


def test_a_bulletin_of_the_country_is_the_national_commissions(country):
    found = written(country)
    assert (found.issuer, found.addressees) == (
        "国家卫生健康委员会办公厅", "各省、自治区、直辖市及新疆生产建设兵团卫生健康委：",
    )  # fmt: skip
    said = text_of(found)
    assert "全国" in said and not any(word in said for word in ("全省", "本省", "陕卫办", "冀卫办"))
    assert "陕西由各地上报汇总，其余取自行上报的数；合计不含未报送的地区：陕西（12个地区中6个已报送）" in said
    whole = next(section.whole for section in found.sections if section.measure_id == "assistance_declared")
    assert (whole.numerator, whole.denominator) == (90 + 50 + 20 + 30, 100 + 50 + 40 + 60)


def test_a_provinces_paper_at_the_national_level_is_not_in_its_own_words(country):
    found = written(country, "supervision", region="610000")
    said = text_of(found)
    assert found.addressees == "陕西省卫生健康委：" and "陕卫办" not in said
    assert "居全国第" in said and found.short_title.startswith("陕西省")


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly", "yearly"])
def test_every_kind_of_report_is_written_of_the_country_in_every_form(country, kind, tmp_path):
    found = written(country, kind)
    for form in FORMATS.values():
        assert form.write(found, tmp_path, to=LOCAL_ADMIN)


def test_slides_of_the_country_show_tiles_and_say_that_they_are_no_map(country, tmp_path):
    deck = Presentation(io.BytesIO(FORMATS["slides"].write(written(country), tmp_path, to=LOCAL_ADMIN)))
    texts = "\n".join(_texts(shape) for slide in deck.slides for shape in slide.shapes)
    assert all(tile.short in texts for tile in tiles())
    assert "本图为示意排列，不代表行政区划界线" in texts and "审图号" not in texts


def _texts(shape) -> str:
    if hasattr(shape, "shapes"):
        return "\n".join(map(_texts, shape.shapes))
    return shape.text_frame.text if shape.has_text_frame else ""


def test_the_grid_holds_every_unit_once_and_three_that_are_not_counted():
    known = tiles()
    assert len({(tile.row, tile.column) for tile in known}) == len(known) == 35
    assert [
        tile.code for tile in known if tile.counted and load_roster("全国").region(tile.code) is None
    ] == []
    assert sorted(tile.short for tile in known if not tile.counted) == ["台湾", "澳门", "香港"]
