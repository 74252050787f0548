"""What would help when a place is not in the roster."""

from __future__ import annotations

from zyb.rulebook.places.placenames import place_words, unnumbered
from zyb.rulebook.regions import Roster

PLACE_ENDINGS = ("市", "区", "县", "旗", "州", "盟")
TOGETHER = ("含", "包括", "、", "和", "及", "与", "/", ",")
# More regions than this are not listed in a sentence.
MOST_LISTED = 20


def unknown_place(roster: Roster, text: str) -> str:
    """What was probably meant; for what looks like a place also of which year the list of divisions is."""
    name, words = unnumbered(text), place_words()
    if name in words.advice:
        return words.advice[name]
    if county := _county_named(roster, name):
        return county
    if several := _several(roster, name):
        return f"{'、'.join(several)}在名册中各自报送，请各填一行。"
    if near := roster.nearest(text):
        return f"您是否要填“{near.name}”？请改正后重新上报。"
    dated = f"名册按{words.divisions_year}年末的行政区划；此后新设或更名的，请说明按哪个地区入库。"
    return _regions_listed(roster) + (dated if name.endswith(PLACE_ENDINGS) else "")


def _county_named(roster: Roster, name: str) -> str:
    """鼓楼区 is in two cities; 雁塔区 is in one, where a table asks for cities."""
    codes = [county.code for county in roster.counties if county.name == name]
    around = [region.name for region in roster.regions if any(code in region.members for code in codes)]
    if len(around) > 1:
        return f"{'、'.join(around)}都有{name}，请写明所在的市，例如“{around[0]}{name}”。"
    if around and around[0] != name:
        return f"{name}属于{around[0]}，按市填报的表请改为“{around[0]}”一行；作为其中数的，请写在{around[0]}下面。"
    return ""


def _several(roster: Roster, name: str) -> list[str]:
    """保定市（含定州） speaks of two that report each for itself."""
    if not any(word in name for word in TOGETHER):
        return []
    rest = name.removeprefix(roster.province)
    named = [region.name for region in roster.regions if region.short in rest]
    return named if len(named) > 1 else []


def _regions_listed(roster: Roster) -> str:
    if len(roster.regions) > MOST_LISTED:
        return "请改为名册中的地区名称。"
    return f"请改为名册中的地区：{'、'.join(region.name for region in roster.regions)}。"
